//! Asking for files: the system's dialogs behind a trait, so that tests pick without one.
//!
//! The system's dialog runs on a thread of its own and never holds the window up. Where there is
//! neither a portal nor `zenity`, rfd answers at once as if the person had canceled: the caller
//! offers a path field instead when an answer comes suspiciously fast.

use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::app::jobs::Job;
use crate::formats::registry::IMPORTERS;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A file to read.
    Open,
    /// Files to read into the open project.
    Import,
    /// Where to write, with a proposed name.
    Save {
        /// The proposed file name.
        name: String,
        /// The ending without dot, which the filter shows.
        extension: String,
    },
    /// A folder to write files into.
    Folder,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This one.
    Picked(PathBuf),
    /// These, where several may be chosen.
    PickedSeveral(Vec<PathBuf>),
    /// Nothing.
    Canceled,
    /// There seems to be no dialog on this system.
    Unavailable,
}

/// Asks for files.
pub trait FilePicker: fmt::Debug {
    /// Asks, and answers later.
    fn ask(&mut self, ctx: &Context, question: &Question) -> Job<Answer>;
}

/// The system's own dialogs.
#[derive(Debug, Default)]
pub struct SystemPicker;

/// Faster than any person cancels a dialog that just opened.
const TOO_FAST: Duration = Duration::from_millis(150);

impl FilePicker for SystemPicker {
    fn ask(&mut self, ctx: &Context, question: &Question) -> Job<Answer> {
        let question = question.clone();
        Job::start("file dialog", ctx, move || {
            let start = Instant::now();
            match pollster::block_on(pick(&question)) {
                Some(answer) => answer,
                None if start.elapsed() < TOO_FAST => Answer::Unavailable,
                None => Answer::Canceled,
            }
        })
    }
}

async fn pick(question: &Question) -> Option<Answer> {
    let dialog = rfd::AsyncFileDialog::new();
    let handle = match question {
        Question::Open => for_reading(dialog).pick_file().await,
        Question::Import => {
            let handles = for_reading(dialog).pick_files().await?;
            let paths = handles.iter().map(|handle| handle.path().to_path_buf()).collect();
            return Some(Answer::PickedSeveral(paths));
        }
        Question::Save { name, extension } => {
            let filter = extension.to_uppercase();
            dialog.add_filter(filter, &[extension]).set_file_name(name).save_file().await
        }
        Question::Folder => dialog.pick_folder().await,
    };
    handle.map(|handle| Answer::Picked(handle.path().to_path_buf()))
}

/// A dialog that shows what some format reads.
fn for_reading(dialog: rfd::AsyncFileDialog) -> rfd::AsyncFileDialog {
    // Not every system knows endings with a dot in them.
    let last = |ending: &&'static str| ending.rsplit('.').next();
    let endings: Vec<&str> =
        IMPORTERS.iter().flat_map(|one| one.info().extensions.iter().filter_map(last)).collect();
    let dialog = dialog.add_filter("Everything that can be opened", &endings);
    dialog.add_filter("All files", &["*"])
}
