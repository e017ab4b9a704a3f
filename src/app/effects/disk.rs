//! The file of the open project on disk: somebody else may write it, take it away, or leave a merge
//! in it that is not finished. What comes in is read again while nothing is unsaved here, and merged
//! by a person's choice otherwise. Nothing that somebody else wrote is saved over in silence.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Event};

use crate::app::dialogs::merge::{Merge, Origin, Outcome};
use crate::app::dialogs::question::Message;
use crate::app::effects::importing::name_of;
use crate::app::effects::project_files::fresh_mint;
use crate::app::jobs::Job;
use crate::app::open::Open;
use crate::app::remarks::Remarks;
use crate::app::watch::Watch;
use crate::app::window::{Dialog, Window};
use crate::base::diagnostic::has_errors;
use crate::document::project::Project;
use crate::files::load::{Loaded, load};
use crate::files::save::Expected;
use crate::files::stamp::Stamp;
use crate::formats::native::merge::waiting::{Sides, sides_in};

/// The file of the open project, as it was when it was last read or saved.
#[derive(Debug)]
pub(in crate::app) struct OnDisk {
    path: PathBuf,
    /// What it held; none when it is not there.
    held: Option<Stamp>,
    /// The project that it held.
    project: Project,
    watch: Watch,
    looking: Option<Looking>,
    /// What was found, until the hand is free to take it.
    found: Option<Found>,
    /// What a person saw and left for later.
    left: Option<Stamp>,
}

/// A look at the file that has not ended yet.
#[derive(Debug)]
struct Looking {
    since: Option<Stamp>,
    job: Job<Found>,
}

/// What a look at the file gave.
#[derive(Debug)]
enum Found {
    /// What was known.
    Same(Option<Stamp>),
    /// It is not there any more.
    Gone,
    /// Somebody else wrote a project.
    Project(Stamp, Box<Loaded>),
    /// Somebody left both sides of a merge in it.
    Sides(Stamp, Box<Sides>),
    /// Somebody wrote what cannot be read.
    Broken(Stamp, String),
}

/// Two sides that a person is asked about.
#[derive(Debug)]
pub(in crate::app) struct Merging {
    dialog: Merge,
    path: PathBuf,
    /// What the file holds.
    stamp: Stamp,
}

impl OnDisk {
    /// The file at `path`, which holds that project.
    pub(super) fn new(ctx: &Context, path: &Path, held: Option<Stamp>, project: Project) -> Self {
        Self {
            path: path.to_owned(),
            held,
            project,
            watch: Watch::new(ctx, path),
            looking: None,
            found: None,
            left: None,
        }
    }

    /// What saving may replace.
    pub(super) fn expected(&self) -> Expected {
        self.held.map_or(Expected::Nothing, Expected::Content)
    }

    /// Looks at the file, whatever was seen of it before.
    pub(super) fn look_again(&mut self, ctx: &Context) {
        self.left = None;
        self.look(ctx, false);
    }

    fn look(&mut self, ctx: &Context, trusts_times: bool) {
        let (path, held) = (self.path.clone(), self.held);
        let job = Job::start("look at the file", ctx, move || look(&path, held, trusts_times));
        self.looking = Some(Looking { since: held, job });
    }

    /// What there is to be done, once a look has ended.
    fn collect(&mut self, ctx: &Context) {
        let Some(looking) = self.looking.take() else { return };
        match looking.job.poll() {
            None if looking.job.is_lost() => {}
            None => self.looking = Some(looking),
            // It was saved meanwhile.
            Some(_) if looking.since != self.held => self.look(ctx, false),
            Some(found) => self.found = Some(found),
        }
    }

    pub(super) fn holds(&mut self, stamp: Stamp, project: Project) {
        self.held = Some(stamp);
        self.project = project;
        self.left = None;
    }
}

fn look(path: &Path, held: Option<Stamp>, trusts_times: bool) -> Found {
    if trusts_times && held.is_some_and(|held| held.looks_the_same(path)) {
        return Found::Same(held);
    }
    let stamp = match Stamp::of(path) {
        Ok(Some(stamp)) => stamp,
        Ok(None) if held.is_none() => return Found::Same(None),
        Ok(None) => return Found::Gone,
        // A drive that does not answer says nothing about the file.
        Err(_) => return Found::Same(held),
    };
    if held == Some(stamp) {
        return Found::Same(Some(stamp));
    }
    match load(path) {
        Ok(loaded) => read(stamp, loaded),
        Err(error) => Found::Broken(stamp, error.to_string()),
    }
}

fn read(stamp: Stamp, loaded: Loaded) -> Found {
    if !has_errors(&loaded.diagnostics) {
        return Found::Project(stamp, Box::new(loaded));
    }
    if let Some(sides) = sides_of(&loaded) {
        return Found::Sides(stamp, Box::new(sides));
    }
    let first = loaded.diagnostics.iter().map(|one| one.message.clone()).next();
    Found::Broken(stamp, first.unwrap_or_default())
}

/// The sides of a merge that is not finished, where that is why a project could not be read.
pub(super) fn sides_of(loaded: &Loaded) -> Option<Sides> {
    let text = &loaded.sources.get(0)?.text;
    sides_in(text, &loaded.project.settings.name)
}

impl Open {
    /// The file holds that project now, of which what is here may be another version.
    fn file_holds(&mut self, stamp: Stamp, project: Project) {
        self.editor.mark_saved_as(project.clone());
        self.journal_saved(&project);
        if let Some(disk) = &mut self.on_disk {
            disk.holds(stamp, project);
        }
    }

    /// Nothing on disk is what is here: it counts as unsaved until it is saved.
    pub(super) fn is_nowhere(&mut self) {
        let nothing = Project::default();
        self.editor.mark_saved_as(nothing.clone());
        self.journal_saved(&nothing);
    }

    /// Whether a version may come in now: nobody types, drags or waits for a step.
    fn is_at_rest(&self) -> bool {
        let session = self.editor.session();
        session.cell.is_none()
            && session.tool.is_at_rest()
            && !self.editor.document().is_in_transaction()
    }
}

impl Window {
    /// Does what is due for the file of the open project.
    pub(in crate::app) fn watch_file(&mut self, ctx: &Context) {
        let is_saving = self.waiting.is_saving();
        let is_free = self.dialog.is_none() && self.finder.is_none();
        let Some(open) = &mut self.open else { return };
        let is_at_rest = open.is_at_rest();
        let Some(disk) = &mut open.on_disk else { return };
        if is_saving {
            return;
        }
        disk.collect(ctx);
        if disk.looking.is_none() {
            let returns = ctx.input(|input| input.events.contains(&Event::WindowFocused(true)));
            if disk.watch.has_heard(ctx) {
                disk.look(ctx, false);
            } else if returns {
                disk.look(ctx, true);
            }
        }
        if is_free
            && is_at_rest
            && let Some(found) = disk.found.take()
        {
            self.file_found(ctx, found);
        }
    }

    fn file_found(&mut self, ctx: &Context, found: Found) {
        let Some(open) = &mut self.open else { return };
        let is_modified = open.editor.is_modified();
        let Some(disk) = &mut open.on_disk else { return };
        let name = name_of(&disk.path);
        match found {
            Found::Same(stamp) => disk.held = stamp,
            Found::Gone => {
                disk.held = None;
                open.is_nowhere();
                self.tell(
                    format!("{name} is gone"),
                    "Somebody moved or removed the file. What is open here stays; saving writes \
                     it again.",
                );
            }
            Found::Project(stamp, _) | Found::Sides(stamp, _) if disk.left == Some(stamp) => {}
            Found::Project(stamp, loaded) => self.file_changed(ctx, &name, stamp, *loaded),
            Found::Sides(stamp, _) if is_modified => {
                disk.left = Some(stamp);
                self.tell(
                    format!("{name} holds a merge that is not finished"),
                    "There is unsaved work here. Save it under another name, then open the file \
                     to choose between the sides.",
                );
            }
            Found::Sides(stamp, sides) => {
                let path = disk.path.clone();
                self.ask_about_sides(ctx, path, stamp, *sides);
            }
            Found::Broken(stamp, reason) => {
                disk.held = Some(stamp);
                open.is_nowhere();
                self.tell(
                    format!("{name} was changed on disk and cannot be read"),
                    &format!(
                        "{reason}. What is open here stays; saving it replaces what is on disk, \
                         which is kept among the earlier versions."
                    ),
                );
            }
        }
    }

    fn tell(&mut self, title: String, line: &str) {
        let lines = vec![line.to_owned()];
        self.dialog = Some(Dialog::Message(Message { title, lines }));
    }

    fn file_changed(&mut self, ctx: &Context, name: &str, stamp: Stamp, loaded: Loaded) {
        let remarks = Remarks::of(name, std::slice::from_ref(&loaded));
        let Some(open) = &mut self.open else { return };
        let theirs = loaded.project;
        let is_modified = open.editor.is_modified();
        if theirs == *open.editor.project() {
            return open.file_holds(stamp, theirs);
        }
        if is_modified {
            let Some(disk) = &open.on_disk else { return };
            let base = Some(disk.project.clone());
            let (ours, path) = (open.editor.project().clone(), disk.path.clone());
            let sides = Sides { base, ours, theirs };
            let dialog = Merge::new(ctx, name.to_owned(), Origin::Disk, sides);
            self.dialog = Some(Dialog::Merge(Box::new(Merging { dialog, path, stamp })));
            return;
        }
        open.file_holds(stamp, theirs.clone());
        open.editor.replace("Read again from disk", theirs);
        // Places that were computed for it are no change to be saved.
        let now = open.editor.project().clone();
        open.journal_saved(&now);
        open.take_remarks(remarks);
        let undo = if open.read_only.is_some() { "" } else { "; undo leads back" };
        self.say(ctx, format!("{name} was changed on disk and is read again{undo}"));
    }

    /// Asks a person to choose between the sides that a file holds.
    pub(super) fn ask_about_sides(
        &mut self,
        ctx: &Context,
        path: PathBuf,
        stamp: Stamp,
        sides: Sides,
    ) {
        let dialog = Merge::new(ctx, name_of(&path), Origin::Markers, sides);
        self.dialog = Some(Dialog::Merge(Box::new(Merging { dialog, path, stamp })));
    }

    pub(super) fn merge_ui(&mut self, ctx: &Context, mut merging: Box<Merging>) -> Option<Dialog> {
        let outcome = merging.dialog.merge_ui(ctx);
        let Merging { dialog, path, stamp } = merging.as_ref();
        let Sides { ours, theirs, .. } = dialog.sides();
        let version = match outcome {
            Outcome::Open => return Some(Dialog::Merge(merging)),
            Outcome::Later => {
                let disk = self.open.as_mut().and_then(|open| open.on_disk.as_mut());
                if let Some(disk) = disk.filter(|disk| disk.path == *path) {
                    disk.left = Some(*stamp);
                    self.say(ctx, "Nothing was taken over; saving asks again");
                }
                return None;
            }
            Outcome::Merged(merged) => *merged,
            Outcome::Ours => ours.clone(),
            Outcome::Theirs => theirs.clone(),
        };
        let is_open =
            self.open.as_ref().is_some_and(|open| open.path.as_deref() == Some(path.as_path()));
        if !is_open {
            self.show(ctx, ours.clone(), fresh_mint(), Some(path.clone()));
            self.preferences.remember(path);
        }
        let open = self.open.as_mut()?;
        match dialog.origin() {
            Origin::Disk => open.file_holds(*stamp, theirs.clone()),
            Origin::Markers => {
                let base = dialog.sides().base.as_ref().unwrap_or(ours).clone();
                open.on_disk = Some(OnDisk::new(ctx, path, Some(*stamp), base));
                open.is_nowhere();
            }
        }
        open.editor.replace(&format!("Merge {}", name_of(path)), version);
        self.say(ctx, "Merged; it is not saved yet");
        self.dialog.take()
    }
}
