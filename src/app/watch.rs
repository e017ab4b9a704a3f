//! Hears when somebody writes a file: the system tells of changes in its folder, and the window is
//! woken once they have settled.
//!
//! Where the system does not tell, as on network drives, nothing is heard; whoever watches also
//! looks now and then. Must not know what is in the file.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use eframe::egui::Context;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::app::jobs::Job;

/// How long nothing must have happened: programs write in several steps.
const SETTLED: Duration = Duration::from_millis(150);

/// A file that is watched.
pub(super) struct Watch {
    heard: Arc<Mutex<Option<Instant>>>,
    starting: Option<Job<Option<RecommendedWatcher>>>,
    /// Watches for as long as it is kept.
    watcher: Option<RecommendedWatcher>,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("is_watching", &self.watcher.is_some())
            .finish_non_exhaustive()
    }
}

impl Watch {
    /// Begins to watch; a drive that takes its time holds nobody up.
    pub(super) fn new(ctx: &Context, path: &Path) -> Self {
        let heard = Arc::default();
        let (of_thread, path, wakes) = (Arc::clone(&heard), path.to_owned(), ctx.clone());
        let starting = Job::start("watch", ctx, move || watcher(&path, of_thread, wakes));
        Self { heard, starting: Some(starting), watcher: None }
    }

    /// Whether the file was written since the last question, and that has settled.
    pub(super) fn has_heard(&mut self, ctx: &Context) -> bool {
        if let Some(watcher) = self.starting.as_ref().and_then(Job::poll) {
            self.starting = None;
            self.watcher = watcher;
        }
        let Ok(mut heard) = self.heard.lock() else { return false };
        let Some(last) = *heard else { return false };
        let Some(left) = SETTLED.checked_sub(last.elapsed()).filter(|left| !left.is_zero()) else {
            *heard = None;
            return true;
        };
        ctx.request_repaint_after(left);
        false
    }
}

fn watcher(
    path: &Path,
    heard: Arc<Mutex<Option<Instant>>>,
    ctx: Context,
) -> Option<RecommendedWatcher> {
    let (folder, name) = place_of(path)?;
    let on_event = move |event: notify::Result<Event>| {
        let is_ours = event.is_ok_and(|event| {
            // That somebody reads it, as we do ourselves, is no change.
            let is_change = !matches!(event.kind, EventKind::Access(_));
            is_change && event.paths.iter().any(|path| path.file_name() == Some(&name))
        });
        if is_ours && let Ok(mut heard) = heard.lock() {
            *heard = Some(Instant::now());
            ctx.request_repaint_after(SETTLED);
        }
    };
    let watching = notify::recommended_watcher(on_event).and_then(|mut watcher| {
        watcher.watch(&folder, RecursiveMode::NonRecursive)?;
        Ok(watcher)
    });
    watching.inspect_err(|error| log::warn!("cannot watch {}: {error}", folder.display())).ok()
}

/// The folder that the file is really in, and its name there.
fn place_of(path: &Path) -> Option<(PathBuf, OsString)> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    Some((path.parent()?.to_owned(), path.file_name()?.to_owned()))
}
