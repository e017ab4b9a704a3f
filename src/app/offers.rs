//! A quiet line above the canvas of a large project that was just opened: how much of its cards is
//! shown, and that its entities could be put into areas. Each goes once it is taken up or dismissed;
//! nothing changes by itself.

use eframe::egui::{Context, Frame, Margin, RichText, Ui};

use crate::app::icons;
use crate::app::jobs::Job;
use crate::app::theme;
use crate::app::widgets;
use crate::app::window::Window;
use crate::diagram::notation::Detail;
use crate::document::project::Project;
use crate::editor::Editor;
use crate::editor::actions;
use crate::layout::communities::communities;

/// From this many cards on, areas are offered.
const LARGE: usize = 40;
/// With fewer groups than this, areas would not help.
const FEWEST_GROUPS: usize = 3;

/// What is offered of a project that was just opened.
#[derive(Debug, Default)]
pub(super) struct Offer {
    /// The level of detail that was chosen for it, when that is not the usual one.
    detail: Option<Detail>,
    /// How many groups hang together, once that is found.
    n_groups: Option<usize>,
    search: Option<Job<usize>>,
}

/// What was asked for in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Detail(&'static str),
    Areas,
    Dismiss,
}

impl Offer {
    /// What is offered of that project; the level of detail was chosen by its size.
    pub(super) fn of(ctx: &Context, project: &Project, detail: Option<Detail>) -> Self {
        let model = &project.model;
        let Some(diagram) = project.first_diagram() else { return Self::default() };
        let nodes = diagram.nodes(model);
        let looks = nodes.len() >= LARGE && model.areas().len() == 0;
        let search = looks.then(|| {
            let model = model.clone();
            Job::start("groups", ctx, move || communities(&model, &nodes).len())
        });
        Self { detail, n_groups: None, search }
    }

    /// Takes over how many groups were found.
    fn refresh(&mut self) {
        let Some(search) = self.search.take() else { return };
        match search.poll() {
            Some(found) => self.n_groups = (found >= FEWEST_GROUPS).then_some(found),
            None if search.is_lost() => {}
            None => self.search = Some(search),
        }
    }

    /// Lets go of what was taken up elsewhere.
    fn keep_current(&mut self, editor: &Editor) {
        let detail = editor.diagram().map(|diagram| diagram.detail);
        self.detail = self.detail.filter(|chosen| detail == Some(*chosen));
        self.n_groups = self.n_groups.filter(|_| editor.project().model.areas().len() == 0);
    }

    fn offer_ui(&self, ui: &mut Ui, n_cards: usize) -> Option<Asked> {
        let mut asked = None;
        let quiet = |text: String| RichText::new(text).size(theme::SMALL).weak();
        if let Some(detail) = self.detail {
            let (shown, more) = match detail {
                Detail::Names => ("by name", [Some(KEYS), Some(TYPES)]),
                Detail::Keys | Detail::Fields | Detail::Types | Detail::Notes => {
                    ("by name and keys", [None, Some(TYPES)])
                }
            };
            ui.label(quiet(format!("{n_cards} cards, shown {shown} so that all fit")));
            for (label, action) in more.into_iter().flatten() {
                if ui.small_button(label).clicked() {
                    asked = Some(Asked::Detail(action));
                }
            }
        }
        if let Some(n_groups) = self.n_groups {
            if self.detail.is_some() {
                ui.add_space(12.0);
            }
            ui.label(quiet(format!("{n_groups} groups of entities hang together")));
            if ui.small_button("Put them into areas").clicked() {
                asked = Some(Asked::Areas);
            }
        }
        ui.add_space(4.0);
        if widgets::icon_button_ui(ui, icons::X, "Dismiss the offer").clicked() {
            asked = Some(Asked::Dismiss);
        }
        asked
    }
}

/// More detail: what its button says, and the action.
const KEYS: (&str, &str) = ("Show keys", "diagram.detail-keys");
const TYPES: (&str, &str) = ("Show all fields", "diagram.detail-types");

impl Window {
    /// Draws the line, where something is offered, and does what is asked for in it.
    pub(super) fn offer_ui(&mut self, ui: &mut Ui) {
        let Some(open) = &mut self.open else { return };
        open.offer.refresh();
        open.offer.keep_current(&open.editor);
        if open.offer.detail.is_none() && open.offer.n_groups.is_none() {
            return;
        }
        let model = &open.editor.project().model;
        let n_cards = model.entities().len() + model.enumerations().len();
        let mut asked = None;
        let frame = Frame::new().fill(ui.visuals().panel_fill);
        frame.inner_margin(Margin::symmetric(8, 3)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| asked = open.offer.offer_ui(ui, n_cards));
        });
        ui.add_space(-ui.spacing().item_spacing.y);
        match asked {
            Some(Asked::Detail(id)) => self.run_named(ui.ctx(), id),
            Some(Asked::Areas) => {
                self.run_named(ui.ctx(), "arrange.suggest-areas");
                self.run_named(ui.ctx(), "arrange.areas");
            }
            Some(Asked::Dismiss) => open.offer = Offer::default(),
            None => {}
        }
    }

    fn run_named(&mut self, ctx: &Context, id: &str) {
        if let Some(action) = actions::action(id) {
            self.run(ctx, action);
        }
    }
}
