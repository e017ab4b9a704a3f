//! What the project is made of: entities by namespace or area, enumerations, diagrams; a filter on
//! top. The list is the complete keyboard and screen-reader path to everything on the canvas.

use eframe::egui::{self, Color32, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::theme;
use crate::app::widgets;
use crate::document::edit::diagrams::{add_diagram, remove_diagram};
use crate::document::project::Project;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{DiagramId, ElementId, NodeId};

/// What the explorer keeps between frames: rows follow from the project and the filter.
#[derive(Debug, Default)]
pub struct Explorer {
    filter: String,
    wants_focus: bool,
    rows: Vec<Row>,
    made_of: Option<(u64, String)>,
}

/// What the explorer shows, as the window knows it.
#[derive(Clone, Copy, Debug)]
pub struct ExplorerView<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its revision.
    pub revision: u64,
    /// The open diagram.
    pub diagram: DiagramId,
    /// What is selected.
    pub selection: &'a [ElementId],
}

/// What was asked for beyond changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplorerAction {
    /// Open this diagram.
    OpenDiagram(DiagramId),
}

/// One line of the list.
#[derive(Clone, Debug)]
enum Row {
    Heading(String),
    Diagram { id: DiagramId, name: String },
    Node { id: NodeId, name: String, quiet: String, icon: char },
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
                    if let Some(asked) = row_ui(ui, row, view, requests) {
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
        let made_of = (view.revision, self.filter.clone());
        if self.made_of.as_ref() != Some(&made_of) {
            self.rows = rows(view.project, &self.filter.to_lowercase());
            self.made_of = Some(made_of);
        }
    }
}

/// All rows that the filter leaves: diagrams, then entities by namespace, else by area, then
/// enumerations.
fn rows(project: &Project, filter: &str) -> Vec<Row> {
    let model = &project.model;
    let fits = |name: &str| filter.is_empty() || name.to_lowercase().contains(filter);
    let mut rows = Vec::new();
    let mut push_group = |title: String, group: Vec<Row>| {
        if !group.is_empty() {
            rows.push(Row::Heading(title));
            rows.extend(group);
        }
    };
    let diagrams = project.diagrams.values().filter(|diagram| fits(&diagram.name));
    let diagrams = diagrams.map(|one| Row::Diagram { id: one.id, name: one.name.clone() });
    push_group("Diagrams".to_owned(), diagrams.collect());
    let by_namespace = model.namespaces().len() > 0;
    let group_of = |entity: &Entity| {
        if by_namespace {
            let namespace = entity.namespace.and_then(|id| model.namespace(id));
            namespace.map_or_else(|| "Default".to_owned(), |one| one.name.clone())
        } else {
            let area = model.area_of(entity.id.into());
            area.map_or_else(|| "Entities".to_owned(), |area| area.name.clone())
        }
    };
    let mut groups: indexmap::IndexMap<String, Vec<Row>> = indexmap::IndexMap::new();
    for entity in model.entities() {
        let has_field = || entity.fields.iter().any(|field| fits(&field.name));
        if fits(&entity.name) || has_field() {
            groups.entry(group_of(entity)).or_default().push(entity_row(entity));
        }
    }
    for (title, group) in groups {
        push_group(title, group);
    }
    let enumerations = model.enumerations().filter(|one| fits(&one.name)).map(|one| Row::Node {
        id: one.id.into(),
        name: one.name.clone(),
        quiet: one.values.len().to_string(),
        icon: icons::LIST_BULLETS,
    });
    push_group("Enumerations".to_owned(), enumerations.collect());
    rows
}

fn entity_row(entity: &Entity) -> Row {
    let icon = match entity.kind {
        EntityKind::Collection => icons::STACK,
        EntityKind::Table => icons::TABLE,
        EntityKind::View => icons::EYE,
        EntityKind::Embedded => icons::BRACKETS_CURLY,
    };
    let quiet = entity.fields.len().to_string();
    Row::Node { id: entity.id.into(), name: entity.name.clone(), quiet, icon }
}

fn row_ui(
    ui: &mut Ui,
    row: &Row,
    view: ExplorerView<'_>,
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
        Row::Diagram { id, name } => diagram_row_ui(ui, *id, name, view, requests),
        Row::Node { id, name, quiet, icon } => {
            node_row_ui(ui, *id, (name, quiet, *icon), view, requests);
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

fn node_row_ui(
    ui: &mut Ui,
    id: NodeId,
    (name, quiet, icon): (&str, &str, char),
    view: ExplorerView<'_>,
    requests: &mut Requests,
) {
    let element = ElementId::from(id);
    let is_selected = view.selection.contains(&element);
    let shown = view.project.diagram(view.diagram).is_some_and(|diagram| diagram.shows(id));
    let color = if shown { color_of(ui, view, id) } else { ui.visuals().weak_text_color() };
    let response = widgets::row_ui(ui, Some((icon, color)), name, quiet, is_selected);
    response.widget_info(|| {
        WidgetInfo::selected(egui::Role::ListItem, true, is_selected, format!("{name} in the list"))
    });
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
