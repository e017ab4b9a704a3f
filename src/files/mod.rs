//! The only user of `std::fs`: opening, saving and exporting.
//!
//! Reading order: this file (what can go wrong), [`load`] (files as a project), [`save`] (atomic
//! writing), [`stamp`] (whether somebody else wrote), [`backups`] (earlier versions), [`journal`]
//! (what a kill does not take), [`export`] (a set of files, all or none) with `transaction` (how none
//! is kept) and `manifest` (what Lunette wrote last time). Must not know what a format means.

pub mod backups;
pub mod export;
pub mod journal;
pub mod load;
mod manifest;
pub mod save;
pub mod stamp;
mod transaction;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The operating system refuses to read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is not text.
    #[error("`{}` is not UTF-8 text: line {line} holds other bytes; convert it to UTF-8", path.display())]
    NotText {
        /// What was read.
        path: PathBuf,
        /// The first line that is not text, from 1.
        line: usize,
    },
    /// No format knows it.
    #[error("cannot tell the format of `{}`; name it with `--from`", path.display())]
    UnknownFormat {
        /// What was read.
        path: PathBuf,
    },
    /// Files of several formats are no whole.
    #[error("{} and {} cannot be read as one project; name files of one format, or one with `--from`", formats[0], formats[1])]
    MixedFormats {
        /// The names of two of them.
        formats: [&'static str; 2],
    },
    /// No file in it is of a format that is known.
    #[error("`{}` holds no file that can be imported; name the format with `--from`", path.display())]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// No file was named.
    #[error("there is nothing to read")]
    NothingToRead,
    /// The operating system refuses to write.
    #[error("cannot write `{}`: {source}", path.display())]
    Write {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is marked as read-only.
    #[error("`{}` is read-only; save under another name or make it writable", path.display())]
    ReadOnly {
        /// What was to be written.
        path: PathBuf,
    },
    /// Somebody else wrote it since it was last read or saved.
    #[error("`{}` was changed since it was read; nothing was written", path.display())]
    Changed {
        /// What was to be written.
        path: PathBuf,
    },
    /// Several files do not fit into one.
    #[error("the export has {count} files and does not fit into `{}`; name a folder", path.display())]
    NotOneFile {
        /// The one file.
        path: PathBuf,
        /// How many there are.
        count: usize,
    },
    /// Something stands where an export would write.
    #[error("nothing was written to `{}`:{}", folder.display(), ConflictList(conflicts))]
    Conflicts {
        /// The export folder.
        folder: PathBuf,
        /// What stands there.
        conflicts: Vec<Conflict>,
    },
}

impl FileError {
    /// Whether [`Overwrite::Force`](export::Overwrite::Force) would get past it.
    pub fn can_be_forced(&self) -> bool {
        match self {
            Self::Conflicts { conflicts, .. } => {
                conflicts.iter().all(|conflict| conflict.reason.can_be_forced())
            }
            Self::Read { .. }
            | Self::NotText { .. }
            | Self::UnknownFormat { .. }
            | Self::MixedFormats { .. }
            | Self::EmptyFolder { .. }
            | Self::NothingToRead
            | Self::Write { .. }
            | Self::ReadOnly { .. }
            | Self::Changed { .. }
            | Self::NotOneFile { .. } => false,
        }
    }

    fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }

    fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }
}

/// Something that stands where an export would write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its name below the export folder.
    pub name: String,
    /// Why it is not overwritten.
    pub reason: Reason,
}

/// Why a file is not overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Lunette did not write it.
    Foreign,
    /// Somebody changed it since.
    Edited,
    /// It is a symbolic link.
    Link,
    /// It is a folder.
    Folder,
    /// A part of its path is a link or a file.
    Blocked,
    /// It is where Lunette keeps its own record.
    Record,
}

impl Reason {
    /// The reason in words, after the name of the file.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Foreign => "exists and was not written by Lunette",
            Self::Edited => "was changed since Lunette wrote it",
            Self::Link => "is a link, which would be replaced by a file",
            Self::Folder => "is a folder; move it away",
            Self::Blocked => "has a link or a file where a folder must be; move that away",
            Self::Record => "is the name of Lunette's own record; rename the element",
        }
    }

    /// Whether a person may insist.
    pub fn can_be_forced(self) -> bool {
        match self {
            Self::Foreign | Self::Edited | Self::Link => true,
            Self::Folder | Self::Blocked | Self::Record => false,
        }
    }
}

struct ConflictList<'a>(&'a [Conflict]);

impl fmt::Display for ConflictList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for conflict in self.0 {
            write!(f, "\n  `{}` {}", conflict.name, conflict.reason.describe())?;
        }
        Ok(())
    }
}
