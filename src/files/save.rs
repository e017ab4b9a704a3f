//! Atomic writing: after a crash at any moment the file holds either the old or the new content.
//!
//! Reading order: [`save_over`] (a project, not over what somebody else wrote), [`write_atomic`],
//! [`Step`] (where a disk may refuse).

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::document::project::Project;
use crate::files::FileError;
use crate::files::backups;
use crate::files::stamp::Stamp;
use crate::formats::native;

/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".lunette-unfinished-";

/// How many links may lead from one to the next.
const MOST_LINKS: usize = 40;

/// A step of saving that the disk may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What is replaced is kept as an earlier version.
    Backup,
    /// A new file comes beside the old one.
    Create,
    /// The content goes into it.
    Write,
    /// The content reaches the disk.
    SyncFile,
    /// The new file takes the place of the old one.
    Replace,
    /// Its name reaches the disk.
    SyncFolder,
}

impl Step {
    /// All of them, in the order in which they are made.
    pub const ALL: [Self; 6] =
        [Self::Backup, Self::Create, Self::Write, Self::SyncFile, Self::Replace, Self::SyncFolder];
}

/// Asked before each step, which is not made when it says why not: how a test has a disk refuse.
pub type Gate<'a> = &'a dyn Fn(Step) -> io::Result<()>;

/// What a file is believed to hold before it is saved over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Nobody asks.
    Anything,
    /// It is not there.
    Nothing,
    /// What was last read or saved.
    Content(Stamp),
}

/// What saving did.
#[derive(Debug)]
pub struct Saved {
    /// What the file holds now.
    pub stamp: Stamp,
    /// Why the version that was replaced is not kept, where that failed.
    pub without_backup: Option<FileError>,
}

/// Saves a project.
pub fn save(project: &Project, path: &Path) -> Result<(), FileError> {
    write_atomic(path, native::write(project).as_bytes())
}

/// Saves a project unless the file holds something else than expected, and keeps the version that
/// it replaces among those in the folder `kept`, when one is named.
pub fn save_over(
    project: &Project,
    path: &Path,
    expected: Expected,
    kept: Option<&Path>,
    gate: Gate<'_>,
) -> Result<Saved, FileError> {
    let text = native::write(project);
    let found = match expected {
        Expected::Anything => None,
        Expected::Nothing | Expected::Content(_) => Stamp::of(path)?,
    };
    let is_expected = match expected {
        Expected::Content(content) => found.is_none_or(|found| found == content),
        Expected::Anything | Expected::Nothing => found.is_none(),
    };
    if !is_expected {
        return Err(FileError::Changed { path: path.to_owned() });
    }
    let keep = |kept| {
        gate(Step::Backup).map_err(|source| FileError::write(kept, source))?;
        backups::keep(kept, path)
    };
    let without_backup = kept.and_then(|kept| keep(kept).err());
    write_in_steps(path, text.as_bytes(), gate)?;
    Ok(Saved { stamp: Stamp::of_written(path, text.as_bytes()), without_backup })
}

/// Writes beside the file, then puts the new one in its place. Links are followed, an existing
/// file keeps its permissions, and what is no file (a pipe, `/dev/null`) is written into.
///
/// A file with several names keeps them: it is written over, while a whole copy stands beside it
/// until that is done.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_in_steps(path, bytes, &|_| Ok(()))
}

fn write_in_steps(path: &Path, bytes: &[u8], gate: Gate<'_>) -> Result<(), FileError> {
    let failed = |source| FileError::write(path, source);
    let target = without_links(path).map_err(failed)?;
    let mut has_names = false;
    let permissions = match fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        Ok(metadata) if !metadata.is_file() => return fs::write(&target, bytes).map_err(failed),
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(FileError::ReadOnly { path: path.to_owned() });
        }
        Ok(metadata) => {
            has_names = has_other_names(&metadata);
            Some(metadata.permissions())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let replace = || {
        let folder = folder_of(&target);
        gate(Step::Create)?;
        let mut unfinished = unfinished_in(folder, permissions)?;
        gate(Step::Write)?;
        unfinished.write_all(bytes)?;
        gate(Step::SyncFile)?;
        unfinished.as_file().sync_all()?;
        gate(Step::Replace)?;
        if has_names {
            return write_over(&target, bytes);
        }
        unfinished.persist(&target).map_err(|error| error.error)?;
        gate(Step::SyncFolder)?;
        sync_folder(folder)
    };
    replace().map_err(failed)
}

/// Writes into the file that is there; what it held is cut off only behind the new content.
fn write_over(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).open(target)?;
    file.write_all(bytes)?;
    file.set_len(bytes.len() as u64)?;
    file.sync_all()
}

/// Whether the file has other names, which a new file in its place would not have.
#[cfg(unix)]
fn has_other_names(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

/// Elsewhere a file's names cannot be counted.
#[cfg(not(unix))]
fn has_other_names(_metadata: &fs::Metadata) -> bool {
    false
}

/// Like [`write_atomic`], into a folder that may not be there yet.
pub fn write_in_own_folder(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    fs::create_dir_all(folder_of(path)).map_err(|source| FileError::write(path, source))?;
    write_atomic(path, bytes)
}

/// The folder that a file is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) | None => Path::new("."),
    }
}

/// An empty file beside others, with these permissions or those that new files have; it goes away
/// unless it is persisted.
pub(super) fn unfinished_in(
    folder: &Path,
    permissions: Option<Permissions>,
) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's own mask applies, as to any new file.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

/// Where links from `path` lead, even if nothing is there yet.
pub(super) fn without_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::symlink_metadata(&target) {
            Ok(metadata) if metadata.is_symlink() => {
                let link = fs::read_link(&target)?;
                target = folder_of(&target).join(link);
            }
            Ok(_) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(target),
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links lead from one to the next"))
}

/// Makes a rename last beyond a power failure, where the system can.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // A folder that may be written but not read cannot be asked; the content is on disk already.
    let Ok(folder) = File::open(folder) else { return Ok(()) };
    match folder.sync_all() {
        // Some file systems know no such thing.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput
                    | io::ErrorKind::Unsupported
                    | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        result => result,
    }
}
