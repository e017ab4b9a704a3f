//! A thread that writes a journal, so that nobody who edits waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::document::project::Project;
use crate::files::journal::{Journal, JournalError};

/// How often it is looked whether somebody else wants the journal.
const GLANCE: Duration = Duration::from_millis(500);

/// What the thread is told.
enum Message {
    /// This is the newest version.
    Version(Box<Project>),
    /// The first version is saved, the second one is the newest.
    Saved(Box<[Project; 2]>),
    /// Nobody needs it any more.
    Remove,
}

/// Writes down the versions it is given, the newest first: one that was superseded meanwhile is part
/// of what comes after it.
#[derive(Debug)]
pub struct JournalWriter {
    place: PathBuf,
    sender: Option<Sender<Message>>,
    errors: Receiver<JournalError>,
    is_given_up: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl JournalWriter {
    /// Starts the thread; `saved` is the version that needs no journal. When somebody else took the
    /// journal over, `wake` is called.
    pub fn start(journal: Journal, saved: &Project, wake: impl Fn() + Send + 'static) -> Self {
        let (sender, messages) = channel();
        let (failures, errors) = channel();
        let is_given_up = Arc::new(AtomicBool::new(false));
        let (place, saved) = (journal.path.clone(), saved.clone());
        let of_thread = Arc::clone(&is_given_up);
        let run = move || {
            if write_all(journal, saved, &messages, &failures) == End::GivenUp {
                of_thread.store(true, Ordering::Release);
                wake();
            }
        };
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(run);
        if let Err(error) = &thread {
            log::error!("cannot start the thread of the journal: {error}");
        }
        Self { place, sender: Some(sender), errors, is_given_up, thread: thread.ok() }
    }

    /// Gives it the newest version.
    pub fn note(&self, project: &Project) {
        self.send(Message::Version(Box::new(project.clone())));
    }

    /// Says that a version is saved. What is newer stays written down, or is from now on.
    pub fn saved(&self, saved: &Project, newest: &Project) {
        self.send(Message::Saved(Box::new([saved.clone(), newest.clone()])));
    }

    /// Where the journal is.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// Whether somebody else has the journal now: nothing is written down any more.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Acquire)
    }

    /// What went wrong since the last call.
    pub fn error(&self) -> Option<JournalError> {
        self.errors.try_iter().last()
    }

    /// Ends the thread when it has written everything; the journal stays.
    pub fn close(mut self) {
        self.end();
    }

    /// Ends the thread and removes the journal.
    pub fn remove(mut self) {
        self.send(Message::Remove);
        self.end();
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // A thread that could not start was told of in the log.
            let _ = sender.send(message);
        }
    }

    fn end(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the thread of the journal panicked");
        }
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.end();
    }
}

/// Why the thread ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Closed,
    Removed,
    GivenUp,
}

/// Takes messages until nobody sends any more, the journal is removed, or somebody else wants it.
fn write_all(
    mut journal: Journal,
    mut saved: Project,
    messages: &Receiver<Message>,
    failures: &Sender<JournalError>,
) -> End {
    loop {
        let mut message = match messages.recv_timeout(GLANCE) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) if journal.is_wanted() => return End::GivenUp,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return End::Closed,
        };
        // A version that is superseded need not be written; other messages are never skipped.
        while let Message::Version(_) = message
            && let Ok(next) = messages.try_recv()
        {
            message = next;
        }
        let newest = match message {
            Message::Version(newest) => *newest,
            Message::Saved(versions) => {
                let [now_saved, newest] = *versions;
                saved = now_saved;
                newest
            }
            Message::Remove => {
                report(journal.remove(), failures);
                return End::Removed;
            }
        };
        let written = if newest == saved { journal.clear() } else { journal.append(&newest) };
        report(written, failures);
    }
}

fn report(written: Result<(), JournalError>, failures: &Sender<JournalError>) {
    if let Err(error) = written {
        // Whoever closed the window no longer asks.
        let _ = failures.send(error);
    }
}
