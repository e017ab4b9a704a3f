//! How tables are stored: read, kept as properties of the target, and written again.

use lunette::formats::options::Options;
use lunette::formats::registry::exporter;

use crate::support::builder::Builder;

use super::{entity, export_to, import_of, messages, read_of};

/// What stands behind the last column of the first table.
fn options_of(script: &str) -> &str {
    let line = script.lines().find(|line| line.starts_with(')')).unwrap();
    line.trim_start_matches(')').trim_end_matches(';')
}

#[track_caller]
fn assert_stored(dialect: &str, options: &str, expected: &[(&str, &str)]) {
    let script =
        format!("CREATE TABLE t (\n    id int NOT NULL,\n    PRIMARY KEY (id)\n){options};");
    let imported = import_of(dialect, &script);
    assert_eq!(messages(&imported.diagnostics), Vec::<String>::new(), "{options}");
    let extras = &entity(&imported.project.model, "t").extras;
    let found: Vec<_> = extras.options.get(dialect).into_iter().flatten().collect();
    let found: Vec<_> = found.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(found, expected, "{options}");
    let again = export_to(dialect, &imported.project);
    assert_eq!(options_of(&again), options, "{again}");
}

#[test]
fn options_of_tables_come_back() {
    assert_stored("mysql", " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", &[]);
    assert_stored(
        "mysql",
        " ENGINE=MyISAM DEFAULT CHARSET=latin1 COLLATE=latin1_bin ROW_FORMAT=DYNAMIC AUTO_INCREMENT=7",
        &[
            ("auto_increment", "7"),
            ("charset", "latin1"),
            ("collation", "latin1_bin"),
            ("engine", "MyISAM"),
            ("row_format", "dynamic"),
        ],
    );
    assert_stored(
        "mariadb",
        " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci",
        &[("collation", "utf8mb4_unicode_ci")],
    );
    assert_stored("mariadb", " ENGINE=Aria DEFAULT CHARSET=utf8mb4", &[("engine", "Aria")]);
    assert_stored(
        "sqlite",
        " WITHOUT ROWID, STRICT",
        &[("strict", "true"), ("without_rowid", "true")],
    );
    assert_stored(
        "postgres",
        " WITH (fillfactor=70, autovacuum_enabled=false) TABLESPACE \"fast disk\"",
        &[
            ("storage_parameters", "fillfactor=70, autovacuum_enabled=false"),
            ("tablespace", "fast disk"),
        ],
    );
    assert_stored(
        "sqlserver",
        " ON [fast disk] WITH (DATA_COMPRESSION = PAGE)",
        &[("data_compression", "page"), ("filegroup", "fast disk")],
    );
}

#[test]
fn options_are_read_as_tools_write_them() {
    let stored = |dialect: &str, script: &str, key: &str| {
        let model = read_of(dialect, script);
        entity(&model, "t").extras.option(dialect, key).map(str::to_owned)
    };
    let postgres = "CREATE UNLOGGED TABLE t (a int) WITH (autovacuum_enabled='false', oids=false);
        ALTER TABLE t SET (fillfactor = 50);
        ALTER TABLE ONLY t SET TABLESPACE fast;";
    assert_eq!(stored("postgres", postgres, "unlogged").as_deref(), Some("true"));
    assert_eq!(
        stored("postgres", postgres, "storage_parameters").as_deref(),
        Some("autovacuum_enabled=false, fillfactor=50")
    );
    assert_eq!(stored("postgres", postgres, "tablespace").as_deref(), Some("fast"));
    let mysql = "CREATE TABLE t (a int) ENGINE = MyISAM, CHARACTER SET = latin1;
        ALTER TABLE t MODIFY a int, AUTO_INCREMENT=9;";
    assert_eq!(stored("mysql", mysql, "charset").as_deref(), Some("latin1"));
    assert_eq!(stored("mysql", mysql, "auto_increment").as_deref(), Some("9"));
    let server = "CREATE TABLE t (a int) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY];";
    assert_eq!(stored("sqlserver", server, "filegroup"), None);
}

/// A key of a table without row ids does not count up by itself.
#[test]
fn keys_without_row_ids_are_plain() {
    let model = read_of("sqlite", "CREATE TABLE t (id INTEGER PRIMARY KEY) WITHOUT ROWID;");
    assert!(!entity(&model, "t").fields[0].auto_increment);
}

#[test]
fn values_that_are_more_are_refused() {
    for (dialect, key, value) in [
        ("mysql", "engine", "InnoDB; DROP TABLE t"),
        ("mysql", "auto_increment", "1 COMMENT 'x'"),
        ("mariadb", "collation", "a/*"),
        ("mariadb", "row_format", "wide"),
        ("postgres", "storage_parameters", "fillfactor=70) TABLESPACE x; --"),
        ("postgres", "tablespace", "a\nb"),
        ("sqlite", "strict", "maybe"),
        ("sqlserver", "filegroup", "a\nGO\nDROP TABLE t"),
        ("sqlserver", "data_compression", "NONE)"),
    ] {
        let mut build = Builder::new("Storage");
        let table = build.table("t");
        build.field(table, "a", lunette::model::data_type::DataType::INTEGER);
        build.change(table, |entity| entity.extras.set(dialect, key, value));
        let target = exporter(dialect).unwrap();
        let exported = target.export(&build.project, &Options::defaults(target.info()));
        let text = &exported.files.iter().next().unwrap().text;
        assert!(!text.contains(value), "{text}");
        assert_eq!(
            messages(&exported.diagnostics),
            [format!("{dialect}: ways of storage that are not only that are left out: t ({key})")]
        );
    }
}

/// MySQL takes a reference between texts only when they are made of the same characters.
#[test]
fn references_between_different_character_sets_are_left_out() {
    let script = "CREATE TABLE a (id varchar(9) PRIMARY KEY, n int UNIQUE) DEFAULT CHARSET=latin1;
        CREATE TABLE b (a_id varchar(9) REFERENCES a (id), n int REFERENCES a (n));";
    let project = import_of("mysql", script).project;
    let target = exporter("mysql").unwrap();
    let exported = target.export(&project, &Options::defaults(target.info()));
    assert_eq!(
        messages(&exported.diagnostics),
        ["mysql: references between texts of different character sets are left out: b.a_id"]
    );
}
