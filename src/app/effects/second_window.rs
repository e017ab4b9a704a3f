//! Two windows on one file: the second one shows it and changes nothing, until it takes the project
//! over with all that the first one had not saved; then the first one changes nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::{self, Context, Frame, Margin, Panel, RichText, Ui};

use crate::app::dialogs::question::Message;
use crate::app::effects::AfterSaving;
use crate::app::effects::importing::name_of;
use crate::app::effects::recovery::{Found, Journaling, find};
use crate::app::icons;
use crate::app::jobs::Job;
use crate::app::open::Open;
use crate::app::theme;
use crate::app::window::{Dialog, Window};
use crate::files::journal::{JournalError, ask_for};

/// How long the other window has to answer.
const PATIENCE: Duration = Duration::from_secs(4);

/// Why nothing may be changed in a window.
#[derive(Debug)]
pub(in crate::app) struct ReadOnly {
    why: Why,
    /// The journal that the other window writes.
    place: PathBuf,
    /// How many edits had come to nothing when a person was last told.
    told: u64,
    taking: Option<Job<Found>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// It was open in another window already.
    OpenElsewhere,
    /// Another window took it over.
    TakenOver,
}

impl Why {
    fn words(self) -> &'static str {
        match self {
            Self::OpenElsewhere => "This project is open in another window; here it is read-only.",
            Self::TakenOver => "Another window took this project over; here it is read-only now.",
        }
    }
}

impl Open {
    fn may_not_be_changed(&mut self, why: Why, place: &Path) {
        self.journal = Journaling::Off;
        self.editor.set_read_only(true);
        let told = self.editor.document().refusals();
        self.read_only = Some(ReadOnly { why, place: place.to_owned(), told, taking: None });
    }

    /// It has a file of its own, or the other window gave it up.
    pub(super) fn may_be_changed(&mut self) {
        if self.read_only.take().is_some() {
            self.editor.set_read_only(false);
        }
    }
}

impl Window {
    /// Another window has the project: it is shown, and nothing is changed.
    pub(super) fn is_second(&mut self, place: &Path) {
        if let Some(open) = &mut self.open {
            open.may_not_be_changed(Why::OpenElsewhere, place);
        }
    }

    /// Does what is due between two windows on one file.
    pub(super) fn second_window(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        if let Journaling::Writing(writer, _) = &open.journal
            && writer.is_given_up()
        {
            let place = writer.place().to_owned();
            // The other window has all that is here.
            open.editor.mark_saved();
            return open.may_not_be_changed(Why::TakenOver, &place);
        }
        let refusals = open.editor.document().refusals();
        let Some(read_only) = &mut open.read_only else { return };
        if let Some(found) = read_only.taking.as_ref().and_then(Job::poll) {
            read_only.taking = None;
            let place = read_only.place.clone();
            return self.taken_over(ctx, &place, found);
        }
        if read_only.told != refusals {
            read_only.told = refusals;
            open.editor.forget_refused();
            self.say(ctx, "Nothing was changed: here the project is read-only");
        }
    }

    fn taken_over(&mut self, ctx: &Context, place: &Path, found: Found) {
        let Some(open) = &mut self.open else { return };
        let trouble = match found {
            Found::Ours(unsaved) => match open.take_journal(ctx, place) {
                Ok(()) => {
                    open.may_be_changed();
                    if let Some(unsaved) = unsaved {
                        open.editor.replace("Take over from the other window", unsaved.project);
                    }
                    return self.say(ctx, "The project is yours; the other window is read-only");
                }
                Err(error) => error.to_string(),
            },
            Found::Taken => "the other window does not answer".to_owned(),
            Found::Broken(error) => error,
        };
        let lines = vec![format!("{trouble}. Close the other window, or save under another name.")];
        let title = "The project could not be taken over".to_owned();
        self.dialog = Some(Dialog::Message(Message { title, lines }));
    }

    fn take_over_project(&mut self, ctx: &Context) {
        let Some(open) = &mut self.open else { return };
        let saved = open.editor.saved().clone();
        let Some(read_only) = &mut open.read_only else { return };
        let place = read_only.place.clone();
        let job = Job::start("take over", ctx, move || match ask_for(&place, PATIENCE) {
            Ok(true) => find(&place, &saved),
            Ok(false) | Err(JournalError::Taken) => Found::Taken,
            Err(error) => Found::Broken(error.to_string()),
        });
        read_only.taking = Some(job);
    }

    pub(super) fn refuse_to_save(&mut self, path: &Path) {
        let title = format!("{} is open in another window", name_of(path));
        let lines = vec!["Save under another name, or take the project over first.".to_owned()];
        self.dialog = Some(Dialog::Message(Message { title, lines }));
    }

    /// Says why nothing may be changed, and the ways out.
    pub(in crate::app) fn read_only_ui(&mut self, ui: &mut Ui) {
        let Some(read_only) = self.open.as_ref().and_then(|open| open.read_only.as_ref()) else {
            return;
        };
        let (words, is_asking) = (read_only.why.words(), read_only.taking.is_some());
        let color = ui.visuals().warn_fg_color;
        let frame = Frame::new().fill(ui.visuals().panel_fill.blend(color.gamma_multiply(0.14)));
        let frame = frame.inner_margin(Margin::symmetric(12, 5));
        let (mut takes_over, mut saves) = (false, false);
        Panel::top("read-only").frame(frame).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(icons::icon(icons::WARNING, theme::ICON).color(color));
                ui.label(RichText::new(words));
                ui.add_space(8.0);
                let text = if is_asking { "Asking the other window…" } else { "Take over" };
                takes_over = ui.add_enabled(!is_asking, egui::Button::new(text)).clicked();
                saves = ui.button("Save as…").clicked();
            });
        });
        if takes_over {
            self.take_over_project(ui.ctx());
        }
        if saves {
            self.ask_where_to_save(ui.ctx(), AfterSaving::Nothing);
        }
    }
}
