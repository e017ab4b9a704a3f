//! A database of the real MariaDB for one test.

use std::process::Command;

use crate::support::{engine, fresh_database_name, run};

/// An empty database, dropped at the end of the test.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// A new one.
    pub(crate) fn new() -> Self {
        let name = fresh_database_name();
        run(&mut mariadb(None), &format!("CREATE DATABASE {name} CHARACTER SET utf8mb4")).unwrap();
        Self { name }
    }

    /// Its name, for queries of `information_schema`.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Runs a script; the first error stops it and is returned.
    pub(crate) fn run(&self, script: &str) -> Result<String, String> {
        run(&mut mariadb(Some(&self.name)), script)
    }

    /// The rows of one query; `NULL` reads as `NULL`.
    pub(crate) fn rows(&self, query: &str) -> Vec<Vec<String>> {
        let mut mariadb = mariadb(Some(&self.name));
        let output = run(mariadb.args(["--batch", "--skip-column-names"]), query).unwrap();
        let fields = |row: &str| row.split('\t').map(unescaped).collect();
        output.lines().map(fields).collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Err(error) = run(&mut mariadb(None), &format!("DROP DATABASE {}", self.name)) {
            assert!(std::thread::panicking(), "{error}");
        }
    }
}

/// A field as it was before batch mode escaped it.
fn unescaped(field: &str) -> String {
    let mut text = String::new();
    let mut chars = field.chars();
    while let Some(c) = chars.next() {
        let escaped = if c == '\\' { chars.next() } else { None };
        text.push(match escaped {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('0') => '\0',
            Some(other) => other,
            None => c,
        });
    }
    text
}

fn mariadb(database: Option<&str>) -> Command {
    let mut command = Command::new("mariadb");
    command.args(["--no-defaults", "--default-character-set=utf8mb4", "--user=root"]);
    command.arg("--socket").arg(engine("LUNETTE_TEST_MARIADB"));
    command.args(database);
    command
}
