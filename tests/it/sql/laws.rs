//! Our own scripts, of every model: read without a word, and written the same to the byte.

use lunette::formats::registry::exporter;
use lunette::formats::sql::dialects::DIALECTS as ALL;
use lunette::model::data_type::DataType;
use lunette::model::field::{DefaultValue, Field, Generated, Number};
use proptest::prelude::*;

use super::{DIALECTS, export, import, messages};
use crate::edits::any_edit;
use crate::support::builder::{Builder, text_default};
use crate::support::{every_project, kitchen_sink, small};

const CHOICES: [&[(&str, &str)]; 5] = [
    &[],
    &[("embedded", "tables")],
    &[("keys", "identity")],
    &[("keys", "uuid"), ("names", "snake_plural")],
    &[("names", "snake")],
];

/// The first line in which two scripts differ, with both versions.
fn difference(expected: &str, found: &str, what: &str) -> Option<String> {
    let end = "(the end)";
    let pairs = expected.lines().chain([end]).zip(found.lines().chain([end]));
    let (number, (expected, found)) = pairs.enumerate().find(|(_, (a, b))| a != b)?;
    Some(format!("{what}, line {number}:\n- {expected}\n+ {found}"))
}

#[test]
fn every_dialect_is_tried() {
    assert_eq!(ALL.map(|dialect| dialect.target().id()), DIALECTS);
}

#[test]
fn a_script_that_was_read_is_written_the_same() {
    let mut failures = Vec::new();
    for id in DIALECTS {
        let target = exporter(id).unwrap();
        for (name, project) in every_project() {
            for choices in CHOICES {
                let what = format!("{id} of {name} {choices:?}");
                let script = export(target, &project, choices);
                let read = import(&script, &project.settings.name);
                assert_eq!(read.project.settings.target, id, "{what}");
                let told = messages(&read.diagnostics);
                if !told.is_empty() {
                    failures.push(format!("{what} is not read without a word: {told:#?}"));
                }
                let again = export(target, &read.project, &[]);
                failures.extend(difference(&script, &again, &what));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(64, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever a person edits.
    #[test]
    fn an_edited_model_is_written_the_same_once_it_was_read(
        documents in any::<bool>(),
        edits in prop::collection::vec(any_edit(), 0..30),
        id in prop::sample::select(DIALECTS.to_vec()),
    ) {
        let mut project = if documents { small::documents() } else { kitchen_sink() };
        let mut mint = lunette::model::id::IdMint::from_seed(1);
        for edit in &edits {
            edit.apply(&mut project, &mut mint);
        }
        let target = exporter(id).unwrap();
        let script = export(target, &project, &[]);
        let read = import(&script, &project.settings.name);
        let again = export(target, &read.project, &[]);
        prop_assert_eq!(difference(&script, &again, id), None);
    }

    /// Reading never fails, and what it made of nonsense is as good a model as any other.
    #[test]
    fn a_broken_script_is_read(
        id in prop::sample::select(DIALECTS.to_vec()),
        cut in any::<prop::sample::Index>(),
        garbage in ".{0,6}",
        length in 0..60_usize,
    ) {
        let target = exporter(id).unwrap();
        let mut text = export(target, &kitchen_sink(), &[]);
        let boundaries: Vec<_> = text.char_indices().map(|(offset, _)| offset).collect();
        let start = cut.index(boundaries.len());
        let end = boundaries.get(start + length).copied().unwrap_or(text.len());
        text.replace_range(boundaries[start]..end, &garbage);
        let read = import(&text, "broken");
        let mut script = export(target, &read.project, &[]);
        let again = import(&script, "broken");
        script = export(target, &again.project, &[]);
        let again = import(&script, "broken");
        prop_assert_eq!(difference(&script, &export(target, &again.project, &[]), id), None);
    }
}

/// The first field of a table of its own, changed, in the script that comes back the same.
#[track_caller]
fn script_that_comes_back(id: &str, ty: DataType, change: impl FnOnce(&mut Field)) -> String {
    let mut build = Builder::new("Trap");
    let table = build.table("t");
    let first = build.field_with(table, "a", ty, change);
    build.field(table, "b", DataType::INTEGER);
    build.primary_key(table, &[first]);
    let target = exporter(id).unwrap();
    let script = export(target, &build.project, &[]);
    let again = export(target, &import(&script, "Trap").project, &[]);
    assert_eq!(difference(&script, &again, id), None);
    script
}

#[test]
fn constants_typed_as_expressions_are_constants() {
    for id in DIALECTS {
        for (typed, written) in
            [("(2)", "DEFAULT 2"), ("-1.5", "DEFAULT -1.5"), ("'x'", "DEFAULT 'x'")]
        {
            let default = DefaultValue::Expression(typed.to_owned());
            let script = script_that_comes_back(id, DataType::INTEGER, |field| {
                field.default = Some(default);
            });
            assert!(script.contains(written), "{script}");
        }
        for typed in ["NULL", "(null)"] {
            let default = DefaultValue::Expression(typed.to_owned());
            let script = script_that_comes_back(id, DataType::STRING, |field| {
                field.default = Some(default);
            });
            assert!(!script.to_lowercase().contains("null)"), "{script}");
            assert!(!script.to_lowercase().contains("default null"), "{script}");
        }
    }
}

/// No engine takes a document or a place as a key, but for SQLite's texts and PostgreSQL's `jsonb`.
#[test]
fn keys_over_documents_are_left_out() {
    for id in DIALECTS {
        let types = [DataType::Json, DataType::GeoPoint, DataType::Vector { dimensions: Some(3) }];
        for ty in types {
            let is_key = match (id, &ty) {
                ("sqlite", _) => true,
                ("postgres", ty) => *ty != DataType::GeoPoint,
                _ => false,
            };
            let script = script_that_comes_back(id, ty, |_| {});
            assert_eq!(script.contains("PRIMARY KEY"), is_key, "{script}");
        }
    }
}

#[test]
fn spellings_that_contradict_their_type_come_back() {
    for id in DIALECTS {
        let spellings = match id {
            "postgres" => ["integer", "text", "numeric(9, 2)", "bytea"],
            "sqlite" => ["integer", "text", "decimal(9, 2)", "blob"],
            "sqlserver" => ["int", "nvarchar(max)", "decimal(9, 2)", "varbinary(max)"],
            _ => ["int", "longtext", "decimal(9, 2)", "longblob"],
        };
        for native in spellings {
            let moment = DataType::DateTime { zoned: true };
            for (ty, default) in [
                (DataType::STRING, text_default("2")),
                (DataType::Boolean, text_default("2")),
                (DataType::Json, text_default("2")),
                (moment, DefaultValue::Now),
                (DataType::Uuid, DefaultValue::Generated),
            ] {
                script_that_comes_back(id, ty, |field| {
                    field.native_types.insert(id.to_owned(), native.to_owned());
                    field.default = Some(default);
                });
            }
        }
    }
}

/// PostgreSQL refuses such a reference, and no reader could tell which of the two was meant.
#[test]
fn references_between_contradictory_spellings_are_left_out() {
    for (spelling, is_kept) in [("varchar(30)", false), ("bigint", true)] {
        let mut build = Builder::new("Trap");
        let owner = build.table("owner");
        let id = build.field(owner, "id", DataType::INTEGER);
        build.primary_key(owner, &[id]);
        let pet = build.table("pet");
        let of = build.field_with(pet, "owner_id", DataType::INTEGER, |field| {
            field.native_types.insert("postgres".to_owned(), spelling.to_owned());
        });
        build.reference_with(pet, &[of], owner, |_| {});
        let target = exporter("postgres").unwrap();
        let script = export(target, &build.project, &[]);
        assert_eq!(script.contains("REFERENCES"), is_kept, "{script}");
        let again = export(target, &import(&script, "Trap").project, &[]);
        assert_eq!(difference(&script, &again, spelling), None);
    }
}

/// A line `GO` ends a batch wherever it stands.
#[test]
fn code_with_a_line_go_is_left_out() {
    let mut build = Builder::new("Trap");
    let table = build.table("t");
    build.field(table, "a", DataType::INTEGER);
    build.check(table, None, "a > 0\nGO\nOR a < 0", "");
    let target = exporter("sqlserver").unwrap();
    let script = export(target, &build.project, &[]);
    assert!(!script.contains("CHECK"), "{script}");
    assert_eq!(export(target, &import(&script, "Trap").project, &[]), script);
}

/// SQL Server writes no type for a computed column: what references it says which.
#[test]
fn computed_keys_have_the_type_of_what_references_them() {
    let mut build = Builder::new("Trap");
    let owner = build.table("owner");
    let id = build.field_with(owner, "id", DataType::ObjectId, |field| {
        field.required = true;
        field.generated = Some(Generated { expression: "code".to_owned(), stored: true });
    });
    build.primary_key(owner, &[id]);
    let pet = build.table("pet");
    let of = build.field(pet, "owner_id", DataType::ObjectId);
    build.reference_with(pet, &[of], owner, |_| {});
    let target = exporter("sqlserver").unwrap();
    let script = export(target, &build.project, &[]);
    let again = export(target, &import(&script, "Trap").project, &[]);
    assert_eq!(difference(&script, &again, "sqlserver"), None);
}

/// What no type is written for has the type that its checks take it to have.
#[test]
fn rules_of_computed_columns_come_back() {
    let mut build = Builder::new("Trap");
    let table = build.table("t");
    let first = build.field_with(table, "score", DataType::INTEGER, |field| {
        field.generated = Some(Generated { expression: "a".to_owned(), stored: true });
        field.min = Number::parse("-5");
    });
    build.field_with(table, "a", DataType::STRING, |field| field.min_length = Some(3));
    build.primary_key(table, &[first]);
    let target = exporter("sqlserver").unwrap();
    let script = export(target, &build.project, &[]);
    assert!(script.contains("score >= -5"), "{script}");
    let again = export(target, &import(&script, "Trap").project, &[]);
    assert_eq!(difference(&script, &again, "sqlserver"), None);
}

#[test]
fn what_ends_a_comment_is_no_expression() {
    for id in DIALECTS {
        let mut build = Builder::new("Trap");
        let table = build.table("t");
        build.field(table, "a", DataType::INTEGER);
        build.check(table, None, "a */ 2", "");
        let script = export(exporter(id).unwrap(), &build.project, &[]);
        assert!(!script.contains("CHECK"), "{script}");
    }
}

#[test]
fn texts_in_double_quotes_are_texts_to_mysql() {
    for (id, written) in
        [("mysql", "concat('a', 'it''s')"), ("postgres", "concat(\"a\", \"it's\")")]
    {
        let script = script_that_comes_back(id, DataType::STRING, |field| {
            let typed = "concat(\"a\", \"it's\")".to_owned();
            field.default = Some(DefaultValue::Expression(typed));
        });
        assert!(script.contains(written), "{script}");
    }
}
