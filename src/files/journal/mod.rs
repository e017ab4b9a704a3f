//! The journal of an open project: every change reaches the disk soon after it is made, so that a
//! killed program loses none.
//!
//! A journal is a text of lines, each a checksum and a JSON object: what is edited, a snapshot of the
//! project, then one delta for each version that was written down. A line that was torn or changed
//! ends what is believed. While somebody edits, the file is locked; what nobody locks is left over
//! from a program that ended badly. What is written survives the program at once; the disk itself
//! has it a little later, so that a disk that is slow to say so holds nothing up. Reading order:
//! [`Journal`] (writing), [`recover`] (reading), [`writer`] (writing off the caller's thread).

pub mod writer;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::document::project::Project;
use crate::files::save::{folder_of, sync_folder};
use crate::formats::native::delta::{apply, delta, project_of_snapshot, snapshot};

/// The version of the form.
const VERSION: u64 = 1;

/// How names of journals end.
const ENDING: &str = "journal";

/// How many bytes of changes a journal holds, or as many as its snapshot has, before it begins anew.
const MOST_CHANGES: u64 = 4_000_000;

/// Why a journal cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// Another window edits the same file.
    #[error("the project is open in another window")]
    Taken,
    /// The operating system refuses.
    #[error("the journal `{}` fails: {source}", path.display())]
    Io {
        /// The journal.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl JournalError {
    fn of(path: &Path) -> impl Fn(io::Error) -> Self {
        |source| Self::Io { path: path.to_owned(), source }
    }
}

/// A journal that is being written, and the only one for what it is about.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    edited: Option<PathBuf>,
    /// The lock lasts as long as this is open.
    file: File,
    /// The version that the journal ends with; nothing while all is saved.
    last: Option<Project>,
    n_snapshot: u64,
    n_changes: u64,
    unsynced: Unsynced,
}

/// What was written and may not be on the disk itself yet.
#[derive(Debug, Default)]
struct Unsynced {
    file: Option<File>,
    /// The folder whose entries changed, and the journal that stood there before.
    replaced: Option<(PathBuf, PathBuf)>,
}

impl Unsynced {
    /// Returns when the disk has it; takes as long as the disk does.
    fn sync(self) -> io::Result<()> {
        if let Some(file) = self.file {
            file.sync_all()?;
        }
        if let Some((folder, before)) = self.replaced {
            sync_folder(&folder)?;
            remove_if_there(&before)?;
        }
        Ok(())
    }
}

impl Journal {
    /// Takes the journal at `path` for the file `edited`, unless somebody else has it. What stands
    /// there stays until the first change.
    pub fn open(path: &Path, edited: Option<&Path>) -> Result<Self, JournalError> {
        let failed = JournalError::of(path);
        fs::create_dir_all(folder_of(path)).map_err(&failed)?;
        let file = OpenOptions::new().create(true).append(true).open(path).map_err(&failed)?;
        lock(&file, path)?;
        // A wish that is left over is granted.
        let _ = fs::remove_file(wish_for(path));
        let (path, edited) = (path.to_owned(), edited.map(Path::to_path_buf));
        let unsynced = Unsynced::default();
        Ok(Self { path, edited, file, last: None, n_snapshot: 0, n_changes: 0, unsynced })
    }

    /// Writes down what changed since the last call; when it returns, it survives this program.
    pub fn append(&mut self, project: &Project) -> Result<(), JournalError> {
        let is_full = self.n_changes > MOST_CHANGES.max(self.n_snapshot);
        let Some(last) = self.last.as_ref().filter(|_| !is_full) else {
            return self.restart(project);
        };
        let Some(delta) = delta(last, project) else { return Ok(()) };
        let line = line(&json!({ "delta": delta }));
        // A line that was torn would hide all that is written behind it: then it begins anew.
        self.last = None;
        let written = self.file.write_all(line.as_bytes()).and_then(|()| self.note_unsynced());
        written.map_err(JournalError::of(&self.path))?;
        self.n_changes += line.len() as u64;
        self.last = Some(project.clone());
        Ok(())
    }

    /// Forgets everything: it is saved, or nobody wants it.
    pub fn clear(&mut self) -> Result<(), JournalError> {
        (self.last, self.n_snapshot) = (None, 0);
        let forget = || {
            remove_if_there(&before(&self.path))?;
            self.file.set_len(0)
        };
        let cleared = forget().and_then(|()| self.note_unsynced());
        cleared.map_err(JournalError::of(&self.path))
    }

    /// Removes the journal and lets others have it.
    pub fn remove(self) -> Result<(), JournalError> {
        let removed = remove_if_there(&before(&self.path));
        removed.and_then(|()| fs::remove_file(&self.path)).map_err(JournalError::of(&self.path))
    }

    /// Whether it holds changes that were written here.
    fn has_begun(&self) -> bool {
        self.n_snapshot > 0
    }

    /// The disk may have lost what was written: it begins anew with the next change.
    fn distrust(&mut self) {
        self.last = None;
    }

    fn note_unsynced(&mut self) -> io::Result<()> {
        self.unsynced.file = Some(self.file.try_clone()?);
        Ok(())
    }

    /// What was written since the last call.
    fn take_unsynced(&mut self) -> Unsynced {
        std::mem::take(&mut self.unsynced)
    }

    /// Whether somebody else asks for it.
    fn is_wanted(&self) -> bool {
        wish_for(&self.path).exists()
    }

    /// Puts a journal of this version alone in the place of the one there is, which stays beside it
    /// until the disk has the new one.
    fn restart(&mut self, project: &Project) -> Result<(), JournalError> {
        let path = self.path.with_extension("unfinished");
        let head = json!({ "journal": { "version": VERSION, "edited": self.edited } });
        let lines = line(&head) + &line(&json!({ "snapshot": snapshot(project) }));
        let write = || {
            let mut file = File::create(&path)?;
            file.lock()?;
            file.write_all(lines.as_bytes())?;
            remove_if_there(&before(&self.path))?;
            if fs::hard_link(&self.path, before(&self.path)).is_err() {
                // Where there are no such links, the new one is safe before the old one goes.
                file.sync_all()?;
            }
            fs::rename(&path, &self.path)?;
            Ok(file)
        };
        self.file = write().map_err(JournalError::of(&self.path))?;
        self.unsynced.replaced = Some((folder_of(&self.path).to_owned(), before(&self.path)));
        self.note_unsynced().map_err(JournalError::of(&self.path))?;
        self.n_snapshot = lines.len() as u64;
        self.n_changes = 0;
        self.last = Some(project.clone());
        Ok(())
    }
}

/// What a journal that nobody writes holds.
#[derive(Debug)]
pub struct Recovered {
    /// The file that was edited, where it had one.
    pub edited: Option<PathBuf>,
    /// The newest version that reached the disk.
    pub project: Project,
    /// How many versions were written down after the snapshot.
    pub n_changes: usize,
    /// Whether something behind that version was torn.
    pub is_torn: bool,
}

/// Reads the journal at `path` as far as it can be believed; nothing where not even its beginning
/// can.
pub fn recover(path: &Path) -> Result<Option<Recovered>, JournalError> {
    let found = recover_up_to(path, usize::MAX)?;
    let before = before(path);
    // The machine may have ended before the disk had the journal that took the place of that one.
    if found.is_none() && before.exists() { recover_up_to(&before, usize::MAX) } else { Ok(found) }
}

/// The file that was edited by whoever wrote the journal at `path`, whether somebody still does or
/// not.
pub fn edited_in(path: &Path) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    BufReader::new(File::open(path).ok()?).read_until(b'\n', &mut bytes).ok()?;
    record(&bytes)?["journal"]["edited"].as_str().map(PathBuf::from)
}

fn recover_up_to(path: &Path, most: usize) -> Result<Option<Recovered>, JournalError> {
    let failed = JournalError::of(path);
    let file = File::open(path).map_err(&failed)?;
    lock_to_read(&file, path)?;
    let mut lines = BufReader::new(file);
    let mut is_torn = false;
    let mut next = |key: &str| -> Result<Option<Value>, JournalError> {
        let mut bytes = Vec::new();
        lines.read_until(b'\n', &mut bytes).map_err(&failed)?;
        let value = record(&bytes).and_then(|mut record| Some(record.get_mut(key)?.take()));
        is_torn |= value.is_none() && !bytes.is_empty();
        Ok(value)
    };
    let Some(head) = next("journal")?.filter(|head| head["version"] == VERSION) else {
        return Ok(None);
    };
    let edited = head["edited"].as_str().map(PathBuf::from);
    let Some(mut newest) = next("snapshot")? else { return Ok(None) };
    let mut n_changes = 0;
    while n_changes < most
        && let Some(delta) = next("delta")?
    {
        if apply(&mut newest, delta).is_err() {
            // A change that does not fit is half made now.
            return recover_up_to(path, n_changes);
        }
        n_changes += 1;
    }
    is_torn |= n_changes == most;
    Ok(Some(Recovered { edited, project: project_of_snapshot(newest), n_changes, is_torn }))
}

/// Asks whoever has the journal at `path` to give it up, and waits that long for it; says whether it
/// is free. All that was changed there is written down in it by then.
pub fn ask_for(path: &Path, patience: Duration) -> Result<bool, JournalError> {
    let wish = wish_for(path);
    fs::write(&wish, []).map_err(JournalError::of(&wish))?;
    let begin = Instant::now();
    loop {
        match recover(path) {
            Err(JournalError::Taken) if begin.elapsed() < patience => {
                thread::sleep(Duration::from_millis(50));
            }
            answer => {
                // Who was asked may still be busy; it must not give up what nobody waits for.
                let _ = fs::remove_file(&wish);
                return match answer {
                    Err(JournalError::Taken) => Ok(false),
                    other => other.map(|_| true),
                };
            }
        }
    }
}

/// Where the journal is that the one at `path` took the place of.
fn before(path: &Path) -> PathBuf {
    path.with_extension("before")
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    fs::remove_file(path).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })
}

/// The file that says that somebody wants a journal.
fn wish_for(path: &Path) -> PathBuf {
    path.with_extension("wanted")
}

/// The journals in a folder that nobody writes, in order of their names.
pub fn left_over(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let journals = entries.map(|entry| entry.path()).filter(|path| {
        path.extension().is_some_and(|ending| ending == ENDING)
            && File::open(path).is_ok_and(|file| lock_to_read(&file, path).is_ok())
    });
    let mut journals: Vec<_> = journals.collect();
    journals.sort();
    journals
}

/// Where in `folder` the journal for a file is: the same place each time, so that a second window
/// meets it. What has no file yet gets a place of its own.
pub fn place_for(folder: &Path, edited: Option<&Path>) -> PathBuf {
    let Some(edited) = edited else {
        let names = (0..).map(|number| format!("untitled-{}-{number}.{ENDING}", process::id()));
        let mut paths = names.map(|name| folder.join(name));
        return paths.find(|path| !path.exists()).unwrap_or_default();
    };
    let whole = fs::canonicalize(edited).unwrap_or_else(|_| edited.to_owned());
    let hash = crc32fast::hash(whole.as_os_str().as_encoded_bytes());
    let name = edited.file_name().unwrap_or_default().to_string_lossy();
    let name: String = name.chars().take(60).collect();
    folder.join(format!("{name}-{hash:08x}.{ENDING}"))
}

fn lock(file: &File, path: &Path) -> Result<(), JournalError> {
    file.try_lock().map_err(|error| not_locked(error, path))
}

/// Several may read at a time, while nobody writes.
fn lock_to_read(file: &File, path: &Path) -> Result<(), JournalError> {
    file.try_lock_shared().map_err(|error| not_locked(error, path))
}

fn not_locked(error: TryLockError, path: &Path) -> JournalError {
    match error {
        TryLockError::WouldBlock => JournalError::Taken,
        TryLockError::Error(source) => JournalError::Io { path: path.to_owned(), source },
    }
}

/// A record as a line: its checksum, then its text.
fn line(record: &Value) -> String {
    let text = record.to_string();
    format!("{:08x} {text}\n", crc32fast::hash(text.as_bytes()))
}

/// The record of a whole line that says what was written.
fn record(line: &[u8]) -> Option<Value> {
    let line = std::str::from_utf8(line.strip_suffix(b"\n")?).ok()?;
    let (sum, text) = line.split_once(' ')?;
    let is_whole = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(text.as_bytes());
    is_whole.then(|| serde_json::from_str(text).ok()).flatten()
}
