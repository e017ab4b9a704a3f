//! Atomic writing: after a crash at any moment the file holds either the old or the new content.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::document::project::Project;
use crate::files::FileError;
use crate::formats::native;

/// What the names of unfinished files begin with.
const UNFINISHED: &str = ".lunette-unfinished-";

/// How many links may lead from one to the next.
const MOST_LINKS: usize = 40;

/// Saves a project.
pub fn save(project: &Project, path: &Path) -> Result<(), FileError> {
    write_atomic(path, native::write(project).as_bytes())
}

/// Writes beside the file, then puts the new one in its place. Links are followed, an existing
/// file keeps its permissions, and what is no file (a pipe, `/dev/null`) is written into.
///
/// A file with several names keeps them: it is written over, while a whole copy stands beside it
/// until that is done.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
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
    let folder = folder_of(&target);
    let mut unfinished = unfinished_in(folder, permissions).map_err(failed)?;
    unfinished.write_all(bytes).and_then(|()| unfinished.as_file().sync_all()).map_err(failed)?;
    if has_names {
        return write_over(&target, bytes).map_err(failed);
    }
    unfinished.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder(folder);
    Ok(())
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
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // Some file systems refuse this; the content itself is on disk already.
        let _ = folder.sync_all();
    }
}
