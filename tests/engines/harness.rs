//! The engines are there, are the real ones, and say so when a script is wrong.

use lunette::formats::file_set::FileSet;

use crate::support::{mariadb, node, postgres, sqlfluff_parse_tsql, sqlite, write_files};

/// One text with what separates and escapes fields anywhere.
const AWKWARD: &str = "tab\tnew\nline \\ ' \" é 🙂";

#[test]
fn postgres_answers() {
    let database = postgres::Database::new();
    database.run("CREATE TABLE t (a text, b int); INSERT INTO t VALUES ('x', NULL);").unwrap();
    assert_eq!(database.rows("SELECT a, b FROM t"), [["x", "\\N"]]);
    let quoted = AWKWARD.replace('\'', "''");
    assert_eq!(
        database.rows(&format!("SELECT '{quoted}', '' UNION ALL SELECT '1', '2'")),
        [[AWKWARD, ""], ["1", "2"]]
    );
    let error = database.run("SELECT 1; SELECT nothing FROM nowhere; SELECT 2").unwrap_err();
    assert!(error.contains("nowhere"), "{error}");
    assert_eq!(
        database.rows("SELECT current_setting('server_version_num')::int / 10000 >= 15"),
        [["t"]]
    );
}

#[test]
fn mariadb_answers() {
    let database = mariadb::Database::new();
    database
        .run("CREATE TABLE t (a varchar(99), b int); INSERT INTO t VALUES ('x', NULL);")
        .unwrap();
    assert_eq!(database.rows("SELECT a, b FROM t"), [["x", "NULL"]]);
    let quoted = AWKWARD.replace('\\', "\\\\").replace('\'', "''");
    assert_eq!(database.rows(&format!("SELECT '{quoted}', ''")), [[AWKWARD, ""]]);
    assert_eq!(database.rows("SELECT database()"), [[database.name()]]);
    let error = database.run("SELECT 1; SELECT nothing FROM nowhere; SELECT 2").unwrap_err();
    assert!(error.contains("nowhere"), "{error}");
}

#[test]
fn sqlite_answers() {
    let database = sqlite::Database::new();
    database.run("CREATE TABLE t (a text, b int); INSERT INTO t VALUES ('x', NULL);").unwrap();
    assert_eq!(database.rows("SELECT a, b FROM t"), [["x", "\\N"]]);
    let quoted = AWKWARD.replace('\'', "''");
    assert_eq!(database.rows(&format!("SELECT '{quoted}', ''")), [[AWKWARD, ""]]);
    assert_eq!(database.rows("PRAGMA foreign_keys"), [["1"]]);
    let error = database.run("SELECT 1;\nSELECT nothing FROM nowhere;").unwrap_err();
    assert!(error.contains("nowhere"), "{error}");
}

#[test]
fn sqlfluff_reads_t_sql_and_refuses_what_is_not() {
    sqlfluff_parse_tsql("CREATE TABLE [dbo].[t] ([a] nvarchar(max) NOT NULL);\nGO\n").unwrap();
    assert!(sqlfluff_parse_tsql("CREATE TABLE (a int;").is_err(), "half a statement was read");
}

#[test]
fn node_imports_mongoose_and_checks_types() {
    let workspace = node::workspace();
    let script = "import mongoose from 'mongoose'; console.log(mongoose.version);";
    let version = node::run_module(script, workspace.path()).unwrap();
    assert!(version.starts_with("9."), "{version}");
    let error = node::run_module("import 'no-such-package';", workspace.path()).unwrap_err();
    assert!(error.contains("no-such-package"), "{error}");

    let options = ["--strict", "--noEmit", "--target", "es2022", "good.ts"];
    write_files(&FileSet::single("good.ts", "export const a: number = 1;\n"), workspace.path());
    node::run_tsc(workspace.path(), &options).unwrap();
    write_files(&FileSet::single("good.ts", "export const a: number = 'x';\n"), workspace.path());
    let error = node::run_tsc(workspace.path(), &options).unwrap_err();
    assert!(error.contains("TS2322"), "{error}");
}

#[test]
fn the_other_parsers_are_installed() {
    let printed = node::run_script("parsers.mjs", &[], "").unwrap();
    assert_eq!(printed.trim(), "@dbml/core @prisma/prisma-schema-wasm ajv graphql jsdom mermaid");
}
