//! What a file held when it was last read or written, so that a change by somebody else is noticed.
//!
//! Must not know what the content means.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::files::FileError;

/// Tells one content of a file from another.
#[derive(Clone, Copy, Debug)]
pub struct Stamp {
    length: u64,
    hash: u64,
    /// When it was written; none when nobody knows whether that was this content.
    modified: Option<SystemTime>,
}

impl PartialEq for Stamp {
    /// The same content, whenever it was written.
    fn eq(&self, other: &Self) -> bool {
        (self.length, self.hash) == (other.length, other.hash)
    }
}

impl Eq for Stamp {}

impl Stamp {
    /// The stamp of what the file holds now; none when it is not there.
    pub fn of(path: &Path) -> Result<Option<Self>, FileError> {
        let time = modified(path);
        match fs::read(path) {
            Ok(bytes) => Ok(Some(Self { modified: time, ..Self::of_bytes(&bytes) })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::read(path, error)),
        }
    }

    /// The stamp of these bytes, which were just written to the file.
    pub(super) fn of_written(path: &Path, bytes: &[u8]) -> Self {
        let is_ours = fs::metadata(path).is_ok_and(|found| found.len() == bytes.len() as u64);
        Self { modified: modified(path).filter(|_| is_ours), ..Self::of_bytes(bytes) }
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self { length: bytes.len() as u64, hash: hasher.finish(), modified: None }
    }

    /// Whether the file looks as it did without reading it: by its length and its time.
    pub fn looks_the_same(&self, path: &Path) -> bool {
        self.modified.is_some()
            && modified(path) == self.modified
            && fs::metadata(path).is_ok_and(|found| found.len() == self.length)
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}
