//! The files of an export on disk: all or none, and never over what a person wrote.
//!
//! What Lunette wrote last time is known from a record in the folder; a file that differs from it
//! is refused unless forced. What an export no longer writes is removed while nobody changed it.
//! Links inside the folder are not followed. Exports can be made again, so unlike
//! [`save`](super::save) they are not forced to disk one by one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::manifest::{self, Manifest};
use crate::files::save::{folder_of, without_links, write_atomic};
use crate::files::transaction::Transaction;
use crate::files::{Conflict, FileError, Reason};
use crate::formats::file_set::FileSet;

/// Where an export goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination<'a> {
    /// A folder for all its files.
    Folder(&'a Path),
    /// One file, for an export that has one.
    File(&'a Path),
}

/// What happens to files that a person wrote or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// Nothing is written.
    Refuse,
    /// They are overwritten.
    Force,
}

/// What an export did; names are those below the folder, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// Files with new content.
    pub written: Vec<String>,
    /// Files that held the same already.
    pub unchanged: Vec<String>,
    /// Files of last time that this export no longer has.
    pub removed: Vec<String>,
    /// Such files that somebody changed, so they stay.
    pub kept: Vec<String>,
}

/// Which export it is, as the record of a folder names it.
pub fn label(target: &str, project: &str) -> String {
    format!("{target} of {project}")
}

/// Writes the files of an export. `export` is its [`label`], so that several can share a folder.
pub fn write_export(
    files: &FileSet,
    to: Destination<'_>,
    export: &str,
    overwrite: Overwrite,
) -> Result<ExportReport, FileError> {
    let (folder, new): (_, Vec<_>) = match to {
        Destination::Folder(folder) => {
            let new = files.iter().map(|file| (file.path.as_str().to_owned(), file.text.as_str()));
            (folder.to_owned(), new.collect())
        }
        Destination::File(path) => match one_file(files, path)? {
            OneFile::Beside { folder, new } => (folder, vec![new]),
            OneFile::Into { text } => {
                write_atomic(path, text.as_bytes())?;
                return Ok(ExportReport::default());
            }
        },
    };
    let plan = Plan::new(&folder, &new, export);
    let conflicts: Vec<_> = plan
        .conflicts
        .iter()
        .filter(|one| overwrite == Overwrite::Refuse || !one.reason.can_be_forced())
        .cloned()
        .collect();
    if !conflicts.is_empty() {
        return Err(FileError::Conflicts { folder, conflicts });
    }
    plan.carry_out()
}

/// What an export into a folder would do to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Its name below the folder.
    pub name: String,
    /// What would become of it.
    pub fate: Fate,
    /// The text that stands there now; empty where there is none.
    pub before: String,
}

/// What an export would do to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It comes into being.
    Added,
    /// What Lunette wrote last time is replaced.
    Changed,
    /// It holds the same already.
    Unchanged,
    /// The export no longer has it.
    Removed,
    /// Something stands there that is not overwritten unless told to, or not at all.
    Blocked(Reason),
}

/// What [`write_export`] into a folder would do, file by file in the order of the export; nothing
/// is written.
pub fn preview_export(files: &FileSet, folder: &Path, export: &str) -> Vec<FileChange> {
    let new: Vec<_> =
        files.iter().map(|file| (file.path.as_str().to_owned(), file.text.as_str())).collect();
    let plan = Plan::new(folder, &new, export);
    let blocked = |name: &str| plan.conflicts.iter().find(|conflict| conflict.name == name);
    let change = |name: &String| {
        let before = match what_is_at(folder, name) {
            There::File(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            There::Nothing | There::Other(_) => None,
        };
        let fate = match (blocked(name), &before) {
            (Some(conflict), _) => Fate::Blocked(conflict.reason),
            (None, _) if plan.report.removed.contains(name) => Fate::Removed,
            (None, _) if plan.report.unchanged.contains(name) => Fate::Unchanged,
            (None, Some(_)) => Fate::Changed,
            (None, None) => Fate::Added,
        };
        FileChange { name: name.clone(), fate, before: before.unwrap_or_default() }
    };
    new.iter().map(|(name, _)| name).chain(&plan.report.removed).map(change).collect()
}

/// A name below the folder and the text that goes there.
type NewFile<'a> = (String, &'a str);

/// How the only file of an export is written.
enum OneFile<'a> {
    /// As a file of that folder.
    Beside { folder: PathBuf, new: NewFile<'a> },
    /// Into something that is no file, such as a pipe.
    Into { text: &'a str },
}

fn one_file<'a>(files: &'a FileSet, path: &Path) -> Result<OneFile<'a>, FileError> {
    let Some(file) = files.only() else {
        return Err(FileError::NotOneFile { path: path.to_owned(), count: files.len() });
    };
    let target = without_links(path).map_err(|source| FileError::write(path, source))?;
    if fs::metadata(&target).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        return Ok(OneFile::Into { text: &file.text });
    }
    let Some(name) = target.file_name().and_then(|name| name.to_str()) else {
        let source = io::Error::from(io::ErrorKind::InvalidFilename);
        return Err(FileError::write(path, source));
    };
    let new = (name.to_owned(), file.text.as_str());
    Ok(OneFile::Beside { folder: folder_of(&target).to_owned(), new })
}

/// What would be done, before anything is.
struct Plan<'a> {
    folder: &'a Path,
    new: &'a [NewFile<'a>],
    manifest: Manifest,
    report: ExportReport,
    conflicts: Vec<Conflict>,
}

impl<'a> Plan<'a> {
    fn new(folder: &'a Path, new: &'a [NewFile<'a>], export: &str) -> Self {
        let manifest = Manifest::of(folder);
        let report = ExportReport::default();
        let mut plan = Self { folder, new, manifest, report, conflicts: Vec::new() };
        for (name, text) in new {
            plan.consider(name, text);
        }
        let names: BTreeSet<_> = new.iter().map(|(name, _)| name.as_str()).collect();
        for name in plan.manifest.names_of(export) {
            if !names.contains(name.as_str()) {
                plan.consider_leaving(name);
            }
        }
        let record = folder.join(manifest::NAME);
        if fs::symlink_metadata(&record).is_ok_and(|metadata| !metadata.is_file()) {
            plan.conflict(manifest::NAME, Reason::Blocked);
        }
        let now = new.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
        plan.manifest.record(export, now);
        plan
    }

    fn conflict(&mut self, name: &str, reason: Reason) {
        self.conflicts.push(Conflict { name: name.to_owned(), reason });
    }

    fn consider(&mut self, name: &str, text: &str) {
        let there = what_is_at(self.folder, name);
        if name.eq_ignore_ascii_case(manifest::NAME) {
            self.conflict(name, Reason::Record);
            return;
        }
        match there {
            There::Nothing => {}
            There::File(bytes) if bytes == text.as_bytes() => {
                self.report.unchanged.push(name.to_owned());
                return;
            }
            There::File(bytes) if self.manifest.has(name, &bytes) => {}
            There::File(_) if self.manifest.knows(name) => self.conflict(name, Reason::Edited),
            There::File(_) => self.conflict(name, Reason::Foreign),
            There::Other(reason) => self.conflict(name, reason),
        }
        self.report.written.push(name.to_owned());
    }

    fn consider_leaving(&mut self, name: String) {
        match what_is_at(self.folder, &name) {
            There::File(bytes) if self.manifest.has(&name, &bytes) => {
                self.report.removed.push(name);
            }
            There::File(_) | There::Other(_) => self.report.kept.push(name),
            There::Nothing => {}
        }
    }

    fn carry_out(self) -> Result<ExportReport, FileError> {
        let Self { folder, new, manifest, report, .. } = self;
        let mut transaction = Transaction::default();
        transaction.create_folder(folder)?;
        let written: BTreeSet<_> = report.written.iter().collect();
        for (name, text) in new {
            if written.contains(name) {
                transaction.stage(&folder.join(name), text.as_bytes())?;
            }
        }
        for name in &report.removed {
            transaction.remove(&folder.join(name));
        }
        // The record comes last of all files: a run that was killed before knows its old ones.
        if manifest != Manifest::of(folder) {
            transaction.stage(&folder.join(manifest::NAME), manifest.text().as_bytes())?;
        }
        transaction.commit()?;
        for name in &report.removed {
            remove_empty_folders(folder, name);
        }
        Ok(report)
    }
}

/// What stands at a name.
enum There {
    Nothing,
    File(Vec<u8>),
    Other(Reason),
}

/// Looks at `name` below `folder` without following links.
fn what_is_at(folder: &Path, name: &str) -> There {
    let mut path = folder.to_owned();
    let mut components = name.split('/').peekable();
    while let Some(component) = components.next() {
        path.push(component);
        let Ok(metadata) = fs::symlink_metadata(&path) else { return There::Nothing };
        if components.peek().is_some() {
            if !metadata.is_dir() {
                return There::Other(Reason::Blocked);
            }
        } else if metadata.is_symlink() {
            return There::Other(Reason::Link);
        } else if !metadata.is_file() {
            return There::Other(Reason::Folder);
        }
    }
    match fs::read(&path) {
        Ok(bytes) => There::File(bytes),
        // What cannot be read cannot be known to be ours.
        Err(_) => There::Other(Reason::Foreign),
    }
}

/// Removes the folders of a file that left, from the inside out, while they are empty.
fn remove_empty_folders(folder: &Path, name: &str) {
    let path = Path::new(name);
    let inner = path.ancestors().skip(1).take_while(|one| !one.as_os_str().is_empty());
    for one in inner {
        if fs::remove_dir(folder.join(one)).is_err() {
            return;
        }
    }
}
