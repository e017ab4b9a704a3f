//! Two sides of a project as one: what comes in, and where the sides contradict each other both
//! values beside each other, to be chosen one by one. Merging runs on a thread.

mod choice;

use eframe::egui::{Context, RichText, ScrollArea, Ui, vec2};
use indexmap::IndexMap;

use crate::app::dialogs::merge::choice::{Choice, HEIGHT as CHOICE, choice_ui};
use crate::app::dialogs::{Pressed, buttons_ui, dialog_ui};
use crate::app::jobs::Job;
use crate::app::theme;
use crate::app::widgets;
use crate::document::project::Project;
use crate::formats::native::merge::waiting::Sides;
use crate::formats::native::merge::words::{Told, told};
use crate::formats::native::merge::{Conflict, Side};
use crate::model::diff::differences;
use crate::model::diff::words::sentences;

/// The width of the dialog, where there is room.
const WIDTH: f32 = 620.0;
/// The height of a line of what comes in.
const LINE: f32 = 20.0;

/// Why there are two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The file was changed on disk while there is unsaved work in the window.
    Disk,
    /// The file holds a merge that Git could not finish.
    Markers,
}

/// The open dialog.
#[derive(Debug)]
pub struct Merge {
    /// The name of the file.
    name: String,
    origin: Origin,
    sides: Sides,
    comparing: Option<Job<Compared>>,
    compared: Option<Compared>,
    /// What was chosen of each conflict.
    chosen: Vec<Side>,
    merging: Option<Job<Project>>,
}

/// What was found out about the sides.
#[derive(Debug)]
struct Compared {
    /// What the other side changed, in words.
    came_in: Vec<String>,
    conflicts: Vec<Conflict>,
    told: Vec<Told>,
}

/// What became of the dialog in a frame.
#[derive(Debug)]
pub enum Outcome {
    /// It stays open.
    Open,
    /// It was closed without a choice.
    Later,
    /// The project is to become this, the sides as one.
    Merged(Box<Project>),
    /// Our side alone.
    Ours,
    /// Their side alone.
    Theirs,
}

impl Merge {
    /// A dialog about the sides of the file with that name.
    pub fn new(ctx: &Context, name: String, origin: Origin, sides: Sides) -> Self {
        let of_thread = sides.clone();
        let comparing = Job::start("compare sides", ctx, move || compare(&of_thread));
        Self {
            name,
            origin,
            sides,
            comparing: Some(comparing),
            compared: None,
            chosen: Vec::new(),
            merging: None,
        }
    }

    /// The two sides.
    pub fn sides(&self) -> &Sides {
        &self.sides
    }

    /// Why there are two.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Draws the dialog and says what became of it.
    pub fn merge_ui(&mut self, ctx: &Context) -> Outcome {
        if let Some(compared) = self.comparing.as_ref().and_then(Job::poll) {
            self.comparing = None;
            self.chosen = vec![Side::Ours; compared.conflicts.len()];
            self.compared = Some(compared);
        }
        if let Some(merged) = self.merging.as_ref().and_then(Job::poll) {
            return Outcome::Merged(Box::new(merged));
        }
        let title = match self.origin {
            Origin::Disk => format!("{} was changed on disk", self.name),
            Origin::Markers => format!("{} holds a merge that is not finished", self.name),
        };
        let [ours, theirs] = self.buttons();
        let mut pressed = None;
        let stays = dialog_ui(ctx, &title, WIDTH, |ui| {
            self.content_ui(ui);
            let can_merge = self.compared.is_some() && self.merging.is_none();
            pressed = buttons_ui(ui, "Merge", &[ours, theirs], can_merge);
        });
        match pressed {
            Some(Pressed::Main) => {
                self.merge(ctx);
                Outcome::Open
            }
            Some(Pressed::Other(button)) if button == ours => Outcome::Ours,
            Some(Pressed::Other(_)) => Outcome::Theirs,
            None if stays => Outcome::Open,
            None => Outcome::Later,
        }
    }

    /// Our side and theirs on the buttons at the foot.
    fn buttons(&self) -> [&'static str; 2] {
        match self.origin {
            Origin::Disk => ["Keep mine", "Take the disk's"],
            Origin::Markers => ["Only ours", "Only theirs"],
        }
    }

    /// Our side and theirs before a value.
    fn words(&self) -> [&'static str; 2] {
        match self.origin {
            Origin::Disk => ["Mine", "On disk"],
            Origin::Markers => ["Ours", "Theirs"],
        }
    }

    fn merge(&mut self, ctx: &Context) {
        let Some(compared) = &self.compared else { return };
        let chosen = compared.conflicts.iter().map(key_of).zip(self.chosen.iter().copied());
        let chosen: IndexMap<String, Side> = chosen.collect();
        let sides = self.sides.clone();
        self.merging = Some(Job::start("merge", ctx, move || {
            sides.merge(&|conflict| chosen.get(&key_of(conflict)).copied()).project
        }));
    }

    fn content_ui(&mut self, ui: &mut Ui) {
        let said = match self.origin {
            Origin::Disk => {
                "There is unsaved work here, so nothing was taken over. Whatever you choose, undo \
                 leads back, and the file stays as it is until you save."
            }
            Origin::Markers => {
                "Both sides changed it. Choose, and save: until then the file stays as it is."
            }
        };
        ui.label(RichText::new(said).weak());
        let Some(compared) = &self.compared else {
            widgets::empty_ui(ui, "Comparing…");
            return;
        };
        self.came_in_ui(ui, compared);
        self.conflicts_ui(ui);
    }

    fn came_in_ui(&self, ui: &mut Ui, compared: &Compared) {
        ui.add_space(6.0);
        widgets::heading_ui(
            ui,
            match self.origin {
                Origin::Disk => "What comes in",
                Origin::Markers => "What theirs has and ours has not",
            },
        );
        let most = if compared.conflicts.is_empty() { 12 } else { 5 };
        let lines = &compared.came_in;
        let height = LINE * lines.len().clamp(1, most) as f32;
        let area = ScrollArea::vertical().id_salt("came in").max_height(height);
        ui.spacing_mut().item_spacing.y = 0.0;
        area.auto_shrink([false, true]).show_rows(ui, LINE, lines.len(), |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                let color = ui.visuals().text_color();
                let text = widgets::message(line, theme::TEXT, color);
                ui.allocate_ui(vec2(ui.available_width(), LINE), |ui| {
                    ui.set_min_height(LINE);
                    ui.add(eframe::egui::Label::new(text).truncate());
                });
            }
        });
    }

    fn conflicts_ui(&mut self, ui: &mut Ui) {
        let Some(compared) = &self.compared else { return };
        let count = compared.told.len();
        ui.add_space(6.0);
        if count == 0 {
            ui.label(RichText::new("Nothing contradicts what is here.").weak());
            return;
        }
        let words = self.words();
        ui.horizontal(|ui| {
            let title =
                if count == 1 { "1 conflict".to_owned() } else { format!("{count} conflicts") };
            ui.label(widgets::strong(title).size(theme::SMALL).weak());
            for (side, word) in [(Side::Ours, words[0]), (Side::Theirs, words[1])] {
                ui.add_space(8.0);
                let text = format!("All: {}", word.to_lowercase());
                if ui.link(RichText::new(text).size(theme::SMALL)).clicked() {
                    self.chosen.fill(side);
                }
            }
        });
        let room = (ui.ctx().content_rect().height() - 420.0).max(CHOICE * 2.0);
        let height = (CHOICE * count as f32).min(room);
        let area = ScrollArea::vertical().id_salt("conflicts").max_height(height);
        area.auto_shrink([false, true]).show_rows(ui, CHOICE, count, |ui, range| {
            for at in range {
                let (Some(told), Some(chosen)) = (compared.told.get(at), self.chosen.get_mut(at))
                else {
                    continue;
                };
                if let Some(side) = choice_ui(ui, Choice { told, words, chosen: *chosen }) {
                    *chosen = side;
                }
            }
        });
    }
}

/// What a conflict is known by when the sides are merged again.
fn key_of(conflict: &Conflict) -> String {
    format!("{} {:?}", conflict.element, conflict.what)
}

fn compare(sides: &Sides) -> Compared {
    let Sides { base, ours, theirs } = sides;
    let from = base.as_ref().unwrap_or(ours);
    let found = differences(&from.model, &theirs.model);
    let mut came_in: Vec<String> = found.iter().flat_map(sentences).collect();
    if came_in.is_empty() {
        came_in.push("Only how diagrams look, or settings of the project".to_owned());
    }
    let conflicts = sides.merge(&|_| None).conflicts;
    let told = told(&conflicts, ours, theirs);
    Compared { came_in, conflicts, told }
}
