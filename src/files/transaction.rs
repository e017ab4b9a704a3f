//! Several files changed as one: all of it happens, or nothing does.
//!
//! New content is staged beside its place, old content is set aside, and whatever fails puts
//! everything back. Must not know why files are written.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use crate::files::FileError;
use crate::files::save::{folder_of, unfinished_in};

/// A change of several files; dropped before [`commit`](Self::commit), it leaves no trace.
#[derive(Debug, Default)]
pub(super) struct Transaction {
    staged: Vec<(TempPath, PathBuf)>,
    leaving: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    done: Vec<Done>,
}

/// A step that was made: where, and what stood there before.
#[derive(Debug)]
struct Done {
    path: PathBuf,
    before: Option<TempPath>,
}

impl Transaction {
    /// Makes a folder and those above it, where they are missing.
    pub(super) fn create_folder(&mut self, folder: &Path) -> Result<(), FileError> {
        let missing: Vec<_> = folder
            .ancestors()
            .take_while(|one| !one.as_os_str().is_empty() && !one.exists())
            .collect();
        for one in missing.into_iter().rev() {
            fs::create_dir(one).map_err(|source| FileError::write(one, source))?;
            self.folders.push(one.to_owned());
        }
        Ok(())
    }

    /// Prepares a file's new content.
    pub(super) fn stage(&mut self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        let failed = |source| FileError::write(path, source);
        let folder = folder_of(path);
        self.create_folder(folder)?;
        let permissions = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => Some(metadata.permissions()),
            Ok(_) | Err(_) => None,
        };
        let mut unfinished = unfinished_in(folder, permissions).map_err(failed)?;
        unfinished.write_all(bytes).map_err(failed)?;
        // Only its path is kept: an export may have more files than a process may hold open.
        self.staged.push((unfinished.into_temp_path(), path.to_owned()));
        Ok(())
    }

    /// Prepares the removal of a file.
    pub(super) fn remove(&mut self, path: &Path) {
        self.leaving.push(path.to_owned());
    }

    /// Makes all of it happen.
    pub(super) fn commit(mut self) -> Result<(), FileError> {
        for (unfinished, path) in std::mem::take(&mut self.staged) {
            self.put(unfinished, &path).map_err(|source| FileError::write(&path, source))?;
        }
        for path in std::mem::take(&mut self.leaving) {
            let before = set_aside(&path).map_err(|source| FileError::write(&path, source))?;
            self.done.push(Done { path, before });
        }
        // Forgetting the steps keeps them: what was set aside goes with its `TempPath`.
        self.done.clear();
        self.folders.clear();
        Ok(())
    }

    fn put(&mut self, unfinished: TempPath, path: &Path) -> io::Result<()> {
        let before = set_aside(path)?;
        self.done.push(Done { path: path.to_owned(), before });
        unfinished.persist(path).map_err(|error| error.error)
    }
}

/// Moves what stands at `path` out of the way; none when nothing stands there.
fn set_aside(path: &Path) -> io::Result<Option<TempPath>> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    let aside = unfinished_in(folder_of(path), None)?.into_temp_path();
    fs::rename(path, &aside)?;
    Ok(Some(aside))
}

impl Drop for Transaction {
    fn drop(&mut self) {
        self.staged.clear();
        while let Some(Done { path, before }) = self.done.pop() {
            // Putting back is all that can be done here; its own failure has nobody to go to.
            let _ = match before {
                Some(aside) => fs::rename(&aside, &path),
                None => fs::remove_file(&path),
            };
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<_> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_failure_at_the_end_puts_everything_back() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("old"), "old").unwrap();
        fs::write(at("leaving"), "leaving").unwrap();
        let mut transaction = Transaction::default();
        transaction.stage(&at("old"), b"new").unwrap();
        transaction.stage(&at("a/b/fresh"), b"new").unwrap();
        transaction.stage(&at("blocked"), b"new").unwrap();
        transaction.remove(&at("leaving"));
        fs::create_dir_all(at("blocked/by")).unwrap();
        assert!(matches!(transaction.commit(), Err(FileError::Write { .. })));
        assert_eq!(fs::read_to_string(at("old")).unwrap(), "old");
        assert_eq!(names(folder.path()), ["blocked", "leaving", "old"]);
    }

    #[test]
    fn a_transaction_that_is_dropped_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let mut transaction = Transaction::default();
        transaction.stage(&folder.path().join("x/y"), b"new").unwrap();
        drop(transaction);
        assert_eq!(names(folder.path()), [""; 0]);
    }
}
