//! A thread that writes a journal, so that nobody who edits waits for a disk.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::document::project::Project;
use crate::files::journal::{Journal, JournalError};

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
    sender: Option<Sender<Message>>,
    errors: Receiver<JournalError>,
    thread: Option<JoinHandle<()>>,
}

impl JournalWriter {
    /// Starts the thread; `saved` is the version that needs no journal.
    pub fn start(journal: Journal, saved: &Project) -> Self {
        let (sender, messages) = channel();
        let (failures, errors) = channel();
        let saved = saved.clone();
        let run = move || write_all(journal, saved, &messages, &failures);
        let thread = thread::Builder::new().name("journal".to_owned()).spawn(run);
        if let Err(error) = &thread {
            log::error!("cannot start the thread of the journal: {error}");
        }
        Self { sender: Some(sender), errors, thread: thread.ok() }
    }

    /// Gives it the newest version.
    pub fn note(&self, project: &Project) {
        self.send(Message::Version(Box::new(project.clone())));
    }

    /// Says that a version is saved. What is newer stays written down, or is from now on.
    pub fn saved(&self, saved: &Project, newest: &Project) {
        self.send(Message::Saved(Box::new([saved.clone(), newest.clone()])));
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

/// Takes messages until nobody sends any more or the journal is removed.
fn write_all(
    mut journal: Journal,
    mut saved: Project,
    messages: &Receiver<Message>,
    failures: &Sender<JournalError>,
) {
    while let Ok(mut message) = messages.recv() {
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
                return;
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
