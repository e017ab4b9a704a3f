//! What every engine test needs: running programs, folders that go away, and one file per engine.
//!
//! Nothing here knows what is exported. A missing engine is a failure with the way out, never a
//! silent pass.

pub(crate) mod chromium;
pub(crate) mod mariadb;
pub(crate) mod node;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use lunette::formats::file_set::FileSet;

/// Where `tests/run` says an engine is.
pub(crate) fn engine(variable: &str) -> PathBuf {
    let place = std::env::var_os(variable);
    place.unwrap_or_else(|| panic!("{variable} is not set: run `bash tests/run`")).into()
}

/// The program's output, or all that it said when it failed.
pub(crate) fn run(command: &mut Command, input: &str) -> Result<String, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // A program may end, or fill its output, before it has read all of its input.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    Err(format!(
        "{command:?}: {}\n{text}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// What `sqlfluff` says of a T-SQL script; `Ok` when it can read all of it.
pub(crate) fn sqlfluff_parse_tsql(script: &str) -> Result<String, String> {
    let mut command = Command::new(engine("LUNETTE_TEST_SQLFLUFF"));
    run(command.args(["parse", "--dialect", "tsql", "--nocolor", "-"]), script)
}

/// Puts the files of an export into a folder.
pub(crate) fn write_files(files: &FileSet, folder: &Path) {
    for file in files.iter() {
        let path = folder.join(file.path.as_str());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.text).unwrap();
    }
}

/// A folder for one test, removed at its end.
pub(crate) fn temporary_folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("lunette-engine-").tempdir().unwrap()
}

/// A database name that no other test of this run has.
fn fresh_database_name() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    format!("lunette_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Splits output whose fields end in unit separators and whose rows end in record separators.
fn separated_rows(output: &str) -> Vec<Vec<String>> {
    let output = output.strip_suffix('\n').unwrap_or(output);
    let rows = output.split('\u{1e}').filter(|row| !row.is_empty());
    rows.map(|row| row.split('\u{1f}').map(str::to_owned).collect()).collect()
}
