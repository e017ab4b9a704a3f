//! A database of the real PostgreSQL for one test.

use std::process::Command;

use crate::support::{engine, fresh_database_name, run, separated_rows};

/// An empty database, dropped at the end of the test.
#[derive(Debug)]
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// A new one.
    pub(crate) fn new() -> Self {
        let name = fresh_database_name();
        run(&mut psql("postgres"), &format!("CREATE DATABASE {name} TEMPLATE template0")).unwrap();
        Self { name }
    }

    /// Runs a script; the first error stops it and is returned.
    pub(crate) fn run(&self, script: &str) -> Result<String, String> {
        run(&mut psql(&self.name), script)
    }

    /// The rows of one query; `NULL` reads as `\N`.
    pub(crate) fn rows(&self, query: &str) -> Vec<Vec<String>> {
        let mut psql = psql(&self.name);
        let psql = psql.args(["--no-align", "--tuples-only", "--pset=null=\\N"]);
        let psql = psql.args(["--field-separator=\u{1f}", "--record-separator=\u{1e}"]);
        separated_rows(&run(psql, query).unwrap())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        if let Err(error) = run(&mut psql("postgres"), &drop) {
            assert!(std::thread::panicking(), "{error}");
        }
    }
}

fn psql(database: &str) -> Command {
    let mut command = Command::new("psql");
    command.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--username=lunette"]);
    command.arg("--host").arg(engine("LUNETTE_TEST_POSTGRES"));
    command.args(["--dbname", database]);
    command.env("PGOPTIONS", "-c client_min_messages=warning").env("PGCLIENTENCODING", "UTF8");
    command
}
