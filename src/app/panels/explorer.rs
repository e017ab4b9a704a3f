//! What the project is made of: entities by namespace or area, enumerations, diagrams; a filter on
//! top. The list is the complete keyboard and screen-reader path to everything on the canvas.

use std::collections::BTreeMap;

use eframe::egui::{self, Color32, ScrollArea, TextEdit, Ui, WidgetInfo};
use indexmap::IndexMap;

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::base::ident::find_ignoring_case;
use crate::document::edit::diagrams::{add_diagram, remove_diagram};
use crate::document::project::Project;
use crate::editor::selection::Selection;
use crate::layout::hubs::{Degrees, degrees, least_of_a_hub};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{DiagramId, ElementId, NodeId};

/// What the explorer keeps between frames: rows follow from the project and the filter.
#[derive(Debug, Default)]
pub struct Explorer {
    filter: String,
    wants_focus: bool,
    rows: Vec<Row>,
    /// How many references the hubs have.
    hubs: Degrees,
    made_of: Option<MadeOf>,
}

/// What rows follow from.
#[derive(Debug, PartialEq)]
struct MadeOf {
    revision: u64,
    filter: String,
    diagrams: Vec<(DiagramId, String)>,
}

impl MadeOf {
    fn is_current(&self, view: ExplorerView<'_>, filter: &str) -> bool {
        let diagrams = view.project.diagrams.values().map(|one| (one.id, one.name.as_str()));
        self.revision == view.revision
            && self.filter == filter
            && self.diagrams.iter().map(|(id, name)| (*id, name.as_str())).eq(diagrams)
    }
}

/// What the explorer shows, as the window knows it.
#[derive(Clone, Copy, Debug)]
pub struct ExplorerView<'a> {
    /// The project.
    pub project: &'a Project,
    /// The revision of what it means.
    pub revision: u64,
    /// The open diagram.
    pub diagram: DiagramId,
    /// What is selected.
    pub selection: &'a Selection,
}

/// What was asked for beyond changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplorerAction {
    /// Open this diagram.
    OpenDiagram(DiagramId),
}

/// One line of the list; what it says is looked up when it is seen.
#[derive(Clone, Debug)]
enum Row {
    Heading(String),
    Diagram(DiagramId),
    Node(NodeId),
}

const ROW: f32 = 24.0;

impl Explorer {
    /// Puts the cursor into the filter.
    pub fn focus_filter(&mut self) {
        self.wants_focus = true;
    }

    /// Draws the list and notes what was asked for.
    pub fn explorer_ui(
        &mut self,
        ui: &mut Ui,
        view: ExplorerView<'_>,
        requests: &mut Requests,
    ) -> Option<ExplorerAction> {
        self.filter_ui(ui);
        self.refresh(view);
        ui.add_space(2.0);
        let mut action = None;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(
            ui,
            ROW,
            self.rows.len(),
            |ui, range| {
                for row in self.rows.get(range).unwrap_or_default() {
                    if let Some(asked) = row_ui(ui, row, (view, &self.hubs), requests) {
                        action = Some(asked);
                    }
                }
            },
        );
        action
    }

    fn filter_ui(&mut self, ui: &mut Ui) {
        let edit = TextEdit::singleline(&mut self.filter)
            .hint_text(format!("{}  Filter", icons::MAGNIFYING_GLASS))
            .margin(egui::vec2(8.0, 5.0))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| {
            let mut info = WidgetInfo::text_edit(true, "", &self.filter, "");
            info.label = Some("Filter".to_owned());
            info
        });
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
        }
        if response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            self.filter.clear();
        }
    }

    fn refresh(&mut self, view: ExplorerView<'_>) {
        if self.made_of.as_ref().is_some_and(|made_of| made_of.is_current(view, &self.filter)) {
            return;
        }
        self.rows = rows(view.project, &self.filter);
        if self.made_of.as_ref().is_none_or(|made_of| made_of.revision != view.revision) {
            self.hubs = degrees(&view.project.model);
            let least = least_of_a_hub(&self.hubs);
            self.hubs.retain(|_, count| *count >= least);
        }
        let diagrams = view.project.diagrams.values().map(|one| (one.id, one.name.clone()));
        let (revision, filter) = (view.revision, self.filter.clone());
        self.made_of = Some(MadeOf { revision, filter, diagrams: diagrams.collect() });
    }
}

/// All rows that the filter leaves: diagrams, then entities by namespace, else by area, then
/// enumerations.
fn rows(project: &Project, filter: &str) -> Vec<Row> {
    let model = &project.model;
    let fits = |name: &str| find_ignoring_case(name, filter).is_some();
    let mut rows = Vec::new();
    let mut push_group = |title: String, group: Vec<Row>| {
        if !group.is_empty() {
            rows.push(Row::Heading(title));
            rows.extend(group);
        }
    };
    let diagrams = project.diagrams.values().filter(|diagram| fits(&diagram.name));
    push_group("Diagrams".to_owned(), diagrams.map(|one| Row::Diagram(one.id)).collect());
    let groups = Groups::of(model);
    let mut by_group: IndexMap<&str, Vec<Row>> = IndexMap::new();
    for entity in model.entities() {
        let has_field = || entity.fields.iter().any(|field| fits(&field.name));
        if fits(&entity.name) || has_field() {
            by_group.entry(groups.title(entity)).or_default().push(Row::Node(entity.id.into()));
        }
    }
    for (title, group) in by_group {
        push_group(title.to_owned(), group);
    }
    let enumerations = model.enumerations().filter(|one| fits(&one.name));
    push_group(
        "Enumerations".to_owned(),
        enumerations.map(|one| Row::Node(one.id.into())).collect(),
    );
    rows
}

/// Under which headings entities stand.
enum Groups<'a> {
    ByNamespace(&'a Model),
    ByArea(BTreeMap<NodeId, &'a str>),
}

impl<'a> Groups<'a> {
    fn of(model: &'a Model) -> Self {
        if model.namespaces().len() > 0 {
            return Self::ByNamespace(model);
        }
        let members = |area: &'a Area| area.members.iter().map(|node| (*node, area.name.as_str()));
        Self::ByArea(model.areas().flat_map(members).collect())
    }

    fn title(&self, entity: &Entity) -> &'a str {
        match self {
            Self::ByNamespace(model) => {
                let namespace = entity.namespace.and_then(|id| model.namespace(id));
                namespace.map_or("Default", |one| one.name.as_str())
            }
            Self::ByArea(areas) => areas.get(&entity.id.into()).copied().unwrap_or("Entities"),
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    row: &Row,
    (view, hubs): (ExplorerView<'_>, &Degrees),
    requests: &mut Requests,
) -> Option<ExplorerAction> {
    match row {
        Row::Heading(title) => {
            let (rect, _) =
                ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::hover());
            let font = egui::FontId::new(theme::SMALL, theme::semi_bold());
            let at = egui::pos2(rect.left() + 6.0, rect.bottom() - 5.0);
            let color = ui.visuals().weak_text_color();
            ui.painter().text(at, egui::Align2::LEFT_BOTTOM, title, font, color);
            None
        }
        Row::Diagram(id) => {
            let name = &view.project.diagram(*id)?.name;
            diagram_row_ui(ui, *id, name, view, requests)
        }
        Row::Node(id) => {
            let face = face(&view.project.model, *id)?;
            node_row_ui(ui, *id, face, (view, hubs.get(id).copied()), requests);
            None
        }
    }
}

fn diagram_row_ui(
    ui: &mut Ui,
    id: DiagramId,
    name: &str,
    view: ExplorerView<'_>,
    requests: &mut Requests,
) -> Option<ExplorerAction> {
    let color = ui.visuals().weak_text_color();
    let is_open = view.diagram == id;
    let response = widgets::row_ui(ui, Some((icons::FRAME_CORNERS, color)), name, "", is_open);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::ListItem, true, is_open, format!("Diagram {name}"))
    });
    response.context_menu(|ui| {
        if ui.button("New diagram").clicked() {
            requests.change("Add diagram", |project, mint| {
                add_diagram(project, mint, "Diagram", crate::diagram::Content::Everything);
            });
            ui.close();
        }
        if view.project.diagrams.len() > 1 && ui.button("Remove diagram").clicked() {
            requests.change("Remove diagram", move |project, _| {
                remove_diagram(project, id);
            });
            ui.close();
        }
    });
    response.clicked().then_some(ExplorerAction::OpenDiagram(id))
}

/// The name of a node, how many rows it has, and its icon.
pub(super) fn face(model: &Model, id: NodeId) -> Option<(&str, usize, char)> {
    Some(match id {
        NodeId::Entity(id) => {
            let entity = model.entity(id)?;
            (&entity.name, entity.fields.len(), kind_icon(entity.kind))
        }
        NodeId::Enumeration(id) => {
            let one = model.enumeration(id)?;
            (&one.name, one.values.len(), icons::LIST_BULLETS)
        }
    })
}

/// The icon of a kind of entity.
pub(super) fn kind_icon(kind: EntityKind) -> char {
    match kind {
        EntityKind::Collection => icons::STACK,
        EntityKind::Table => icons::TABLE,
        EntityKind::View => icons::EYE,
        EntityKind::Embedded => icons::BRACKETS_CURLY,
    }
}

fn node_row_ui(
    ui: &mut Ui,
    id: NodeId,
    (name, n_rows, icon): (&str, usize, char),
    (view, n_links): (ExplorerView<'_>, Option<usize>),
    requests: &mut Requests,
) {
    let element = ElementId::from(id);
    let is_selected = view.selection.contains(element);
    let shown = view.project.diagram(view.diagram).is_some_and(|diagram| diagram.shows(id));
    let color = if shown { color_of(ui, view, id) } else { ui.visuals().weak_text_color() };
    // A hub also says how many references it has.
    let quiet = match n_links {
        Some(count) => format!("{} {count}   {n_rows}", icons::GRAPH),
        None => n_rows.to_string(),
    };
    let mut response = widgets::row_ui(ui, Some((icon, color)), name, &quiet, is_selected);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::ListItem, true, is_selected, format!("{name} in the list"))
    });
    if let Some(count) = n_links {
        response = response.on_hover_text(format!("A hub: {count} references"));
    }
    response.dnd_set_drag_payload(id);
    if response.double_clicked() || (response.clicked() && shown) {
        requests.reveal = Some(element);
    } else if response.clicked() {
        requests.select = Some(vec![element]);
    }
}

/// The color of the card on the open diagram.
fn color_of(ui: &Ui, view: ExplorerView<'_>, id: NodeId) -> Color32 {
    let placed = view.project.diagram(view.diagram).and_then(|one| one.placements.get(&id)?.color);
    let area = || view.project.model.area_of(id).map(|area| area.color);
    let token = placed.or_else(area).unwrap_or_default();
    theme::color32(theme::current(ui.ctx()).shade(token).strong)
}
