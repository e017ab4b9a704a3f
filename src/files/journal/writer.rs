//! A thread that writes a journal, so that nobody who edits waits for a disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::document::project::Project;
use crate::files::journal::{Journal, JournalError, Unsynced};

/// How often it is looked whether somebody else wants the journal.
const GLANCE: Duration = Duration::from_millis(500);

/// What the thread is told.
enum Message {
    /// This is the newest version.
    Version(Box<Project>),
    /// The first version is saved, the second one is the newest.
    Saved(Box<[Project; 2]>),
    /// The first version needs no journal, the second one is the newest.
    Settled(Box<[Project; 2]>),
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

    /// Says that a version needs no journal any more than the saved one does, since nobody made it.
    /// What an earlier program left stays.
    pub fn settled(&self, settled: &Project, newest: &Project) {
        self.send(Message::Settled(Box::new([settled.clone(), newest.clone()])));
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
    let disk = Disk::start(&journal, failures);
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
        let is_cleared = matches!(message, Message::Saved(_)) || journal.has_begun();
        let newest = match message {
            Message::Version(newest) => *newest,
            Message::Saved(versions) | Message::Settled(versions) => {
                let [needs_none, newest] = *versions;
                saved = needs_none;
                newest
            }
            Message::Remove => {
                report(journal.remove(), failures);
                return End::Removed;
            }
        };
        if disk.has_failed() {
            journal.distrust();
        }
        let written = match newest == saved {
            true if is_cleared => journal.clear(),
            true => Ok(()),
            false => journal.append(&newest),
        };
        report(written, failures);
        disk.take(journal.take_unsynced());
    }
}

fn report(written: Result<(), JournalError>, failures: &Sender<JournalError>) {
    if let Err(error) = written {
        // Whoever closed the window no longer asks.
        let _ = failures.send(error);
    }
}

/// A thread that waits for the disk, so that what comes next is written meanwhile.
struct Disk {
    sender: Option<Sender<Unsynced>>,
    has_failed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Disk {
    fn start(journal: &Journal, failures: &Sender<JournalError>) -> Self {
        let (sender, written) = channel::<Unsynced>();
        let has_failed = Arc::new(AtomicBool::new(false));
        let (path, failures, of_thread) =
            (journal.path.clone(), failures.clone(), Arc::clone(&has_failed));
        let run = move || {
            while let Ok(mut next) = written.recv() {
                // What was written last is in the same file, or in the one that took its place.
                while let Ok(later) = written.try_recv() {
                    next.file = later.file.or(next.file);
                    next.replaced = later.replaced.or(next.replaced);
                }
                if let Err(error) = next.sync().map_err(JournalError::of(&path)) {
                    of_thread.store(true, Ordering::Release);
                    report(Err(error), &failures);
                }
            }
        };
        let thread = thread::Builder::new().name("journal to disk".to_owned()).spawn(run);
        if let Err(error) = &thread {
            log::error!("cannot start the thread that waits for the disk: {error}");
        }
        Self { sender: Some(sender), has_failed, thread: thread.ok() }
    }

    /// Sees to it that the disk gets that.
    fn take(&self, written: Unsynced) {
        if let Some(sender) = self.sender.as_ref().filter(|_| written.file.is_some()) {
            // A thread that could not start was told of in the log.
            let _ = sender.send(written);
        }
    }

    /// Whether the disk refused something since the last call.
    fn has_failed(&self) -> bool {
        self.has_failed.swap(false, Ordering::AcqRel)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the thread that waits for the disk panicked");
        }
    }
}
