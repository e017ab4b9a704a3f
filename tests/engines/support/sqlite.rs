//! A database of the real SQLite for one test.

use std::process::Command;

use crate::support::{run, separated_rows, temporary_folder};

/// An empty database, removed at the end of the test.
#[derive(Debug)]
pub(crate) struct Database {
    folder: tempfile::TempDir,
}

impl Database {
    /// A new one.
    pub(crate) fn new() -> Self {
        Self { folder: temporary_folder() }
    }

    /// Runs a script with foreign keys enforced; the first error stops it and is returned.
    pub(crate) fn run(&self, script: &str) -> Result<String, String> {
        run(&mut self.sqlite3(), script)
    }

    /// The rows of one query; `NULL` reads as `\N`.
    pub(crate) fn rows(&self, query: &str) -> Vec<Vec<String>> {
        let mut sqlite3 = self.sqlite3();
        separated_rows(&run(sqlite3.args(["-ascii", "-nullvalue", "\\N"]), query).unwrap())
    }

    fn sqlite3(&self) -> Command {
        let mut command = Command::new("sqlite3");
        command.args(["-batch", "-bail", "-init", "/dev/null", "-cmd", "PRAGMA foreign_keys = ON"]);
        command.arg(self.folder.path().join("test.db"));
        command
    }
}
