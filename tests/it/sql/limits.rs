//! What an engine refuses by its size or its storage alone is left out and told.

use lunette::base::diagnostic::Severity;
use lunette::document::project::Project;
use lunette::formats::Exporter as _;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::formats::sql::exporter::{MARIADB, MYSQL};

use super::{export_to, import, import_of, messages};
use crate::support::small;

/// MariaDB keeps what a table says of itself in 65,535 bytes.
#[test]
fn a_definition_too_large_for_mariadb_loses_its_longest_parts() {
    let long = "x".repeat(40_000);
    let note = "y".repeat(1_000);
    let noted: Vec<_> = (0..30).map(|n| format!(", n{n} int COMMENT '{note}'")).collect();
    let noted = noted.concat();
    let script = format!(
        "CREATE TABLE t (id int PRIMARY KEY, a longtext DEFAULT ('{long}'), b text{noted}, \
         CONSTRAINT c CHECK (b <> '{long}'));"
    );
    for target in [&MYSQL, &MARIADB] {
        let id = target.info().id;
        let project = import_of(id, &script).project;
        let exported = target.export(&project, &Options::defaults(target.info()));
        let text = &exported.files.iter().next().unwrap().text;
        assert!(text.len() < 65_000 && text.contains(&note), "{} bytes", text.len());
        assert_eq!(
            messages(&exported.diagnostics),
            [
                format!(
                    "{id}: defaults that make a table's definition too large are left out: t.a"
                ),
                format!(
                    "{id}: checks that make a table's definition too large are left out: c on t"
                ),
            ]
        );
    }
}

/// MySQL takes the default of a text that is stored apart only as an expression.
#[test]
fn defaults_of_long_texts_are_expressions() {
    let text = |dialect: &str, script: &str| {
        let project = import_of(dialect, script).project;
        let exported = MYSQL.export(&project, &Options::defaults(MYSQL.info()));
        let text = &exported.files.iter().next().unwrap().text;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let kept =
        text("mysql", "CREATE TABLE t (a tinytext DEFAULT ('x'), b varchar(9) DEFAULT 'y');");
    assert!(kept.contains("a tinytext DEFAULT ('x'), b varchar(9) DEFAULT 'y'"), "{kept}");
    let long = text("postgres", "CREATE TABLE t (a varchar(20000) DEFAULT 'x');");
    assert!(long.contains("a longtext DEFAULT ('x')"), "{long}");
}

#[test]
fn scripts_that_nest_without_end_are_refused() {
    let deep =
        |open: &str, close: &str| format!("{}1{}", open.repeat(30_000), close.repeat(30_000));
    for expression in [deep("(", ")"), deep("coalesce(", ", 2)"), deep("(1+", ")")] {
        for script in [
            format!("CREATE TABLE t (a int DEFAULT {expression});"),
            format!("CREATE TABLE t (a int, CHECK (a > {expression}));"),
            format!("CREATE VIEW t AS SELECT {expression};"),
        ] {
            let told = import(&format!("{script}\nCREATE TABLE u (a int);"), "bomb").diagnostics;
            let refused = told.iter().find(|one| one.severity == Severity::Error).unwrap();
            assert_eq!(
                refused.message,
                "parentheses are nested more than 200 deep: the statement is left out"
            );
            assert_eq!(refused.span.unwrap().line, 1);
        }
    }
    for chain in ["1 + ", "a = 1 AND ", "'\\'' || ", "NOT ", "- "] {
        let chain = chain.repeat(30_000);
        for dialect in ["PostgreSQL 13 or newer", "MySQL 8.0.16 or newer"] {
            let script = format!(
                "-- {dialect}\nCREATE TABLE t (a int DEFAULT {chain} 1, CHECK ({chain} 1));"
            );
            assert_eq!(import(&script, "bomb").project.model.entities().count(), 1);
        }
    }
}

#[test]
fn references_that_storage_cannot_keep_are_left_out() {
    for (dialect, key, value, reason) in [
        ("mysql", "engine", "MyISAM", "references that InnoDB alone keeps"),
        ("mariadb", "engine", "Aria", "references that InnoDB alone keeps"),
        ("postgres", "unlogged", "true", "references from tables that are logged"),
    ] {
        let mut project = small::tables();
        let kept = |project: &Project| export_to(dialect, project).matches("REFERENCES").count();
        let before = kept(&project);
        let to = project.model.references().next().unwrap().to.entity;
        project.model.entity_mut(to).unwrap().extras.set(dialect, key, value);
        assert!(kept(&project) < before, "{dialect}");
        let target = exporter(dialect).unwrap();
        let exported = target.export(&project, &Options::defaults(target.info()));
        let told = messages(&exported.diagnostics);
        assert!(told.iter().any(|told| told.contains(reason)), "{told:#?}");
    }
}
