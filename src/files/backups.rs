//! Earlier versions of saved files: each save keeps what it replaces.
//!
//! A folder holds for each file a folder of copies, named by the second in which they were saved.
//! Must not know what the files hold.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::files::FileError;
use crate::files::save::write_in_own_folder;

/// How many versions of a file are kept.
pub const MOST: usize = 10;

/// A version that was replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Where it is kept.
    pub path: PathBuf,
    /// When it was saved.
    pub saved: SystemTime,
    /// How long it is.
    pub n_bytes: u64,
}

/// Keeps the version at `path`, which is about to be replaced, and thins older ones out by age.
/// Without a file there is nothing to keep.
pub fn keep(folder: &Path, path: &Path) -> Result<(), FileError> {
    let Ok(metadata) = fs::metadata(path) else { return Ok(()) };
    let failed = |source| FileError::read(path, source);
    let saved = metadata.modified().map_err(failed)?;
    let seconds = saved.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let bytes = fs::read(path).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let kept = folder_for(folder, path).join(format!("{seconds}-{name}"));
    let last = backups_of(folder, path).into_iter().next();
    let is_known = last.is_some_and(|last| fs::read(last.path).is_ok_and(|old| old == bytes));
    if !is_known {
        write_in_own_folder(&kept, &bytes)?;
    }
    let mut backups = backups_of(folder, path);
    while backups.len() > MOST {
        let least = backups.remove(least_missed(&backups));
        fs::remove_file(&least.path).map_err(|source| FileError::write(&least.path, source))?;
    }
    Ok(())
}

/// What is kept of a file, the newest first.
pub fn backups_of(folder: &Path, path: &Path) -> Vec<Backup> {
    let entries = fs::read_dir(folder_for(folder, path)).into_iter().flatten().flatten();
    let backups = entries.filter_map(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let seconds = name.split_once('-')?.0.parse().ok()?;
        let saved = UNIX_EPOCH + Duration::from_secs(seconds);
        Some(Backup { path: entry.path(), saved, n_bytes: entry.metadata().ok()?.len() })
    });
    let mut backups: Vec<_> = backups.collect();
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.saved));
    backups
}

fn folder_for(folder: &Path, path: &Path) -> PathBuf {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().take(60).collect();
    let hash = crc32fast::hash(whole.as_os_str().as_encoded_bytes());
    folder.join(format!("{name}-{hash:08x}"))
}

/// The version, of those from new to old, whose neighbors are closest together for their age, so
/// that what stays is close together when it is new and far apart when it is old. The newest and
/// the oldest stay.
fn least_missed(backups: &[Backup]) -> usize {
    let newest = backups.first().map_or(UNIX_EPOCH, |newest| newest.saved);
    let age = |backup: &Backup| {
        newest.duration_since(backup.saved).unwrap_or_default().as_secs_f64() + 1.0
    };
    let gaps = backups.windows(3).enumerate().filter_map(|(at, window)| match window {
        [newer, _, older] => Some((at + 1, age(older) / age(newer))),
        _ => None,
    });
    gaps.min_by(|(_, one), (_, other)| one.total_cmp(other)).map_or(0, |(at, _)| at)
}
