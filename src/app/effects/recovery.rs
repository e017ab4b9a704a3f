//! What the window does so that no change is lost: it keeps a journal of the open project, and
//! offers what the journal of a program that ended badly holds.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use crate::app::dialogs::question::Message;
use crate::app::dialogs::recovered::{Choice, recovered_ui};
use crate::app::jobs::Job;
use crate::app::open::Open;
use crate::app::window::{Dialog, Window};
use crate::document::project::Project;
use crate::files::journal::writer::JournalWriter;
use crate::files::journal::{
    Journal, JournalError, Recovered, edited_in, left_over, place_for, recover,
};
use crate::model::diff::differences;
use crate::model::diff::words::sentences;

/// How many differences are told; who wants to see more looks at the diagram.
const MOST_TOLD: usize = 200;

/// Changes that a program that ended badly did not save.
#[derive(Debug)]
pub(in crate::app) struct Unsaved {
    /// The journal that holds them.
    place: PathBuf,
    /// The file that was edited, where it had one.
    edited: Option<PathBuf>,
    pub(super) project: Project,
    /// What they change, in words.
    pub(in crate::app) lines: Vec<String>,
}

/// What was found out about the journal of a project that was opened.
#[derive(Debug)]
pub(super) enum Found {
    /// Nobody has it, and it may hold changes.
    Ours(Option<Box<Unsaved>>),
    /// Another window has it.
    Taken,
    /// It cannot be read.
    Broken(String),
}

/// The journal of the open project.
#[derive(Debug)]
pub(in crate::app) enum Journaling {
    /// What an earlier program left is being read.
    Reading(ReadingJournal),
    /// Each change is written down.
    Writing(JournalWriter, Noted),
    /// Nothing is written down.
    Off,
}

/// What was written down last.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) struct Noted {
    /// The revision; none when it has to be written down whatever it is.
    revision: Option<u64>,
    /// How often computed places had been added to what is saved.
    settlings: u64,
}

/// A journal that is being read before it is written.
#[derive(Debug)]
pub(in crate::app) struct ReadingJournal {
    place: PathBuf,
    job: Job<Found>,
}

/// Reads what an earlier program left of that project; `saved` is what the file says.
pub(super) fn find(place: &Path, saved: &Project) -> Found {
    if !place.exists() {
        return Found::Ours(None);
    }
    match recover(place) {
        Ok(found) => {
            Found::Ours(found.and_then(|found| unsaved(place, found, saved)).map(Box::new))
        }
        Err(JournalError::Taken) => Found::Taken,
        Err(error) => Found::Broken(error.to_string()),
    }
}

/// The changes in a journal; none when all of them are saved.
fn unsaved(place: &Path, found: Recovered, saved: &Project) -> Option<Unsaved> {
    let Recovered { edited, project, .. } = found;
    if project == *saved {
        return None;
    }
    let found = differences(&saved.model, &project.model);
    let mut lines: Vec<String> = found.iter().flat_map(sentences).take(MOST_TOLD).collect();
    if lines.is_empty() {
        lines.push("Only how diagrams look, or settings of the project.".to_owned());
    }
    Some(Unsaved { place: place.to_owned(), edited, project, lines })
}

impl Open {
    /// Begins to keep a journal in that folder.
    pub(super) fn start_journal(&mut self, ctx: &Context, folder: &Path) {
        let place = place_for(folder, self.path.as_deref());
        let (of_thread, saved) = (place.clone(), self.editor.project().clone());
        let job = Job::start("journal", ctx, move || find(&of_thread, &saved));
        self.journal = Journaling::Reading(ReadingJournal { place, job });
    }

    /// Takes a journal; what stands in it stays until the first change.
    pub(super) fn take_journal(&mut self, ctx: &Context, place: &Path) -> Result<(), JournalError> {
        let journal = Journal::open(place, self.path.as_deref())?;
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint();
        let writer = JournalWriter::start(journal, self.editor.saved(), wake);
        let revision = self.editor.document().revision();
        let revision = (!self.editor.is_modified()).then_some(revision);
        let noted = Noted { revision, settlings: self.editor.settlings() };
        self.journal = Journaling::Writing(writer, noted);
        Ok(())
    }

    /// Writes the newest version down, but for what a drag has not finished.
    fn note_changes(&mut self) {
        let Journaling::Writing(writer, noted) = &mut self.journal else { return };
        let (document, settlings) = (self.editor.document(), self.editor.settlings());
        let revision = Some(document.revision());
        if noted.revision == revision || document.is_in_transaction() {
            return;
        }
        if noted.settlings == settlings {
            writer.note(document.project());
        } else {
            writer.settled(self.editor.saved(), document.project());
        }
        *noted = Noted { revision, settlings };
    }

    /// Says that this version is in the file.
    pub(super) fn journal_saved(&mut self, saved: &Project) {
        if let Journaling::Writing(writer, noted) = &mut self.journal {
            let document = self.editor.document();
            let newest = document.project_before_transaction().unwrap_or(document.project());
            writer.saved(saved, newest);
            // What a drag has not finished is written down when it has.
            noted.revision = None;
        }
    }

    /// Removes the journal: what it holds is saved, or nobody wants it.
    pub(in crate::app) fn end_journal(&mut self) {
        if let Journaling::Writing(writer, _) =
            std::mem::replace(&mut self.journal, Journaling::Off)
        {
            writer.remove();
        }
    }
}

impl Window {
    /// Keeps journals in that folder from now on, and looks for what earlier programs left there.
    pub fn keep_journals(&mut self, ctx: &Context, folder: PathBuf) {
        let of_thread = folder.clone();
        let job = Job::start("left over", ctx, move || unnamed_left_over(&of_thread));
        self.waiting.left_over = Some(job);
        self.journals = Some(folder);
    }

    /// Does what is due for the journal of the open project.
    pub(in crate::app) fn journal(&mut self, ctx: &Context) {
        self.collect_left_over();
        self.second_window(ctx);
        let Some(open) = &mut self.open else { return };
        if let Journaling::Reading(reading) = &open.journal {
            let Some(found) = reading.job.poll() else { return };
            let place = reading.place.clone();
            open.journal = Journaling::Off;
            self.found_journal(ctx, &place, found);
        }
        let Some(open) = &mut self.open else { return };
        open.note_changes();
        let Journaling::Writing(writer, _) = &open.journal else { return };
        if let Some(error) = writer.error() {
            let lines = vec![error.to_string(), "Save often, or make room on the disk.".to_owned()];
            let title = "Changes cannot be written down".to_owned();
            self.dialog.get_or_insert(Dialog::Message(Message { title, lines }));
        }
    }

    fn found_journal(&mut self, ctx: &Context, place: &Path, found: Found) {
        let Some(open) = &mut self.open else { return };
        let trouble = match found {
            Found::Ours(unsaved) => {
                if let Some(unsaved) = unsaved {
                    self.dialog = Some(Dialog::Recovered(unsaved));
                }
                match open.take_journal(ctx, place) {
                    Err(JournalError::Taken) => return self.is_second(place),
                    taken => taken.err().map(|error| error.to_string()),
                }
            }
            Found::Taken => return self.is_second(place),
            Found::Broken(error) => Some(error),
        };
        if let Some(trouble) = trouble {
            let lines = vec![
                format!("{trouble}."),
                "Changes made here are not written down until they are saved.".to_owned(),
            ];
            let title = "This project has no journal".to_owned();
            self.dialog.get_or_insert(Dialog::Message(Message { title, lines }));
        }
    }

    /// Offers work that was never saved to a file, when nothing else is going on.
    fn collect_left_over(&mut self) {
        if let Some(found) = self.waiting.left_over.as_ref().and_then(Job::poll) {
            self.waiting.left_over = None;
            self.waiting.unnamed = found;
        }
        if self.open.is_none() && self.dialog.is_none() && self.waiting.loading.is_none() {
            let next = self.waiting.unnamed.pop();
            self.dialog = next.map(|unsaved| Dialog::Recovered(Box::new(unsaved)));
        }
    }

    pub(super) fn recovered_ui(&mut self, ctx: &Context, unsaved: Box<Unsaved>) -> Option<Dialog> {
        let name = unsaved.edited.as_deref().and_then(Path::file_name);
        let name = name.map_or_else(
            || unsaved.project.settings.name.clone(),
            |name| name.to_string_lossy().into_owned(),
        );
        match recovered_ui(ctx, &name, &unsaved.lines, self.open.is_some()) {
            None => return Some(Dialog::Recovered(unsaved)),
            Some(choice) => self.recover(ctx, *unsaved, choice),
        }
        self.dialog.take()
    }

    /// Opens the project with the changes or without; undo and redo lead to the other.
    fn recover(&mut self, ctx: &Context, unsaved: Unsaved, choice: Choice) {
        let Unsaved { place, project, .. } = unsaved;
        if self.open.is_none() {
            if choice == Choice::AsSaved {
                return discard(&place);
            }
            let mint = super::project_files::fresh_mint();
            let empty = Project { settings: project.settings.clone(), ..Project::default() };
            self.show(ctx, empty, mint, None);
            let Some(open) = &mut self.open else { return };
            open.end_journal();
            if let Err(error) = open.take_journal(ctx, &place) {
                log::warn!("{error}");
            }
        }
        let Some(open) = &mut self.open else { return };
        open.editor.replace("Recover what was not saved", project);
        if choice == Choice::AsSaved {
            let _ = open.editor.undo();
            let saved = open.editor.saved().clone();
            open.journal_saved(&saved);
        }
    }
}

/// Work of earlier programs that has no file to be opened with.
fn unnamed_left_over(folder: &Path) -> Vec<Unsaved> {
    let mut found = Vec::new();
    // What has its file is read when that is opened, maybe right now by this window.
    let has_file = |place: &PathBuf| edited_in(place).is_some_and(|edited| edited.exists());
    for place in left_over(folder).into_iter().filter(|place| !has_file(place)) {
        match recover(&place) {
            Ok(Some(recovered)) => found.extend(unsaved(&place, recovered, &Project::default())),
            Ok(None) => discard(&place),
            Err(error) => log::warn!("{error}"),
        }
    }
    found
}

fn discard(place: &Path) {
    if let Err(error) = Journal::open(place, None).and_then(Journal::remove) {
        log::warn!("{error}");
    }
}
