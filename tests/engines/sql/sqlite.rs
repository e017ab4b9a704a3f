//! SQLite's own catalog.

use lunette::formats::relational::schema::{Column, ColumnType, Schema};
use lunette::formats::sql::exporter::SQLITE;
use lunette::model::data_type::IntegerSize;
use lunette::model::field::{DefaultValue, Literal};
use lunette::model::index::IndexKind;
use lunette::model::reference::ReferentialAction;

use super::catalog::{
    Catalog, ColumnFacts, Expectations, ForeignKeyFacts, IndexFacts, TableFacts, assert_same,
    plain, qualified,
};
use super::{Case, cases};
use crate::models::kitchen_sink;
use crate::support::sqlite::Database;

#[test]
fn every_model_becomes_the_tables_that_are_meant() {
    for case in cases(&SQLITE) {
        let database = Database::new();
        if let Err(error) = database.run(&case.script) {
            panic!("{}: {error}", case.name);
        }
        assert_same(&expectations().of(&case.schema), &read(&database, &case.schema), &case.name);
        assert_eq!(database.rows("PRAGMA foreign_key_check"), Vec::<Vec<String>>::new());
    }
}

#[test]
fn a_script_can_run_again_over_what_it_made() {
    let case = |choice: &[(&str, &str)]| Case::new(&SQLITE, "again", &kitchen_sink(), choice);
    let database = Database::new();
    database.run(&case(&[]).script).unwrap();
    database.run(&case(&[("if_not_exists", "true")]).script).unwrap();
    let dropped = case(&[("drop", "true")]);
    database.run(&dropped.script).unwrap();
    let found = read(&database, &dropped.schema);
    assert_same(&expectations().of(&dropped.schema), &found, "run again");
    let error = database.run(&case(&[]).script).unwrap_err();
    assert!(error.contains("already exists"), "{error}");
}

#[test]
fn defaults_rules_and_references_hold_for_rows() {
    let database = Database::new();
    database.run(&Case::new(&SQLITE, "rows", &kitchen_sink(), &[]).script).unwrap();
    database.run("INSERT INTO column_defaults DEFAULT VALUES").unwrap();
    let row = database.rows(
        "SELECT token GLOB '????????-????-4???-[89ab]???-????????????', created_at > '2020', sum, \
         greeting, options FROM column_defaults",
    );
    assert_eq!(row, [["1", "1", "3", "it's \"fine\"\\", "{}"]]);
    for (wrong, why) in [
        ("INSERT INTO column_defaults (status) VALUES ('nonsense')", "CHECK"),
        ("INSERT INTO column_defaults (options) VALUES ('no json')", "CHECK"),
        ("INSERT INTO column_rules (id, handle, price) VALUES ('1', 'me', 1)", "CHECK"),
        ("INSERT INTO column_rules (id, handle, price) VALUES ('1', 'mine', 0)", "CHECK"),
        ("INSERT INTO product_detail (product_id) VALUES (7)", "FOREIGN KEY"),
    ] {
        let error = database.run(wrong).unwrap_err();
        assert!(error.contains(why), "{wrong}: {error}");
    }
    database.run("INSERT INTO column_rules (id, handle, price) VALUES ('1', 'mine', 2)").unwrap();
}

fn expectations() -> Expectations {
    Expectations {
        namespace: "main".to_owned(),
        ty,
        default,
        action: |action| match action {
            ReferentialAction::NoAction => "NO ACTION",
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        },
        index_kind: |kind| match kind {
            IndexKind::Ordered | IndexKind::Hash => "c",
            IndexKind::Text | IndexKind::Geo => "none",
        },
        keeps_notes: false,
        names_enumerations: false,
        names_constraints: false,
    }
}

fn ty(schema: &Schema, column: &Column) -> String {
    let spelled = match &column.ty {
        ColumnType::String { length: Some(length) } => format!("varchar({length})"),
        ColumnType::String { length: None } => "varchar".to_owned(),
        ColumnType::Integer(_) if column.auto_increment => "integer".to_owned(),
        ColumnType::Integer(IntegerSize::Tiny) => "tinyint".to_owned(),
        ColumnType::Integer(IntegerSize::Small) => "smallint".to_owned(),
        ColumnType::Integer(IntegerSize::Regular) => "integer".to_owned(),
        ColumnType::Integer(IntegerSize::Big) => "bigint".to_owned(),
        ColumnType::Decimal { precision, scale } => {
            let digits: Vec<_> =
                [*precision, *scale].iter().flatten().map(u16::to_string).collect();
            if digits.is_empty() {
                "decimal".to_owned()
            } else {
                format!("decimal({})", digits.join(", "))
            }
        }
        ColumnType::Text
        | ColumnType::Json
        | ColumnType::Array(_)
        | ColumnType::Vector { .. }
        | ColumnType::GeoPoint => "text".to_owned(),
        ColumnType::Float => "real".to_owned(),
        ColumnType::Double => "double".to_owned(),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time".to_owned(),
        ColumnType::DateTime { zoned: true } => "timestamp".to_owned(),
        ColumnType::DateTime { zoned: false } => "datetime".to_owned(),
        ColumnType::Interval => "varchar(64)".to_owned(),
        ColumnType::Uuid => "char(36)".to_owned(),
        ColumnType::ObjectId => "char(24)".to_owned(),
        ColumnType::Binary { length: Some(length) } => format!("blob({length})"),
        ColumnType::Binary { length: None } => "blob".to_owned(),
        ColumnType::Inet => "varchar(43)".to_owned(),
        ColumnType::Enumeration(position) => {
            let values = &schema.enumerations[*position].values;
            let longest = values.iter().map(|value| value.chars().count()).max().unwrap();
            format!("varchar({longest})")
        }
    };
    spelled.to_lowercase()
}

#[expect(clippy::unnecessary_wraps, reason = "other engines keep some defaults to themselves")]
fn default(column: &Column, default: &DefaultValue) -> Option<String> {
    Some(match default {
        DefaultValue::Value(Literal::Null) => "NULL".to_owned(),
        DefaultValue::Value(Literal::Boolean(value)) => value.to_string().to_uppercase(),
        DefaultValue::Value(Literal::Number(number)) => plain(number.as_str()),
        DefaultValue::Value(Literal::Text(text)) if text.contains('\r') => "computed".to_owned(),
        DefaultValue::Value(Literal::Text(text)) => plain(&text.replace('\0', "")),
        DefaultValue::Value(Literal::EmptyArray) => "[]".to_owned(),
        DefaultValue::Value(Literal::EmptyObject) => "{}".to_owned(),
        DefaultValue::Now => match column.ty {
            ColumnType::Date => "CURRENT_DATE",
            ColumnType::Time => "CURRENT_TIME",
            _ => "CURRENT_TIMESTAMP",
        }
        .to_owned(),
        DefaultValue::Generated if column.ty == ColumnType::ObjectId => {
            "lower(hex(randomblob(12)))".to_owned()
        }
        DefaultValue::Generated => "computed".to_owned(),
        DefaultValue::Expression(text) => text.trim_matches(['(', ')']).to_owned(),
    })
}

/// The constant in what the catalog says of a default, else all of it.
fn constant(text: &str) -> String {
    if text.contains("char(13)") || text.contains("printf") {
        return "computed".to_owned();
    }
    let inside = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inside.map_or_else(|| plain(text), |inside| plain(&inside.replace("''", "'")))
}

fn literal(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// The rows of a query over columns of these names, through JSON since names may hold anything.
fn rows(database: &Database, columns: &str, from: &str) -> Vec<Vec<String>> {
    let rows = database.rows(&format!("SELECT json_array({columns}) FROM {from}"));
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "\\N".to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &Vec<String>| {
        let row: Vec<serde_json::Value> = serde_json::from_str(&row[0]).unwrap();
        row.iter().map(text).collect()
    };
    rows.iter().map(row).collect()
}

/// Reads what is there; which keys have which columns depends on no name.
fn read(database: &Database, schema: &Schema) -> Catalog {
    let mut catalog = Catalog::default();
    let master = rows(
        database,
        "type, name, sql",
        "sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    );
    for row in &master {
        match row[0].as_str() {
            "view" => {
                catalog.views.insert(qualified("main", &row[1]));
            }
            "table" => {
                let mut facts = read_table(database, &row[1]);
                // The catalog keeps checks as text only.
                let table = schema.tables.iter().find(|table| table.name.name == row[1]).unwrap();
                let written = |name: &&String| {
                    row[2].contains(&format!("CONSTRAINT {name} CHECK"))
                        || row[2].contains(&format!(
                            "CONSTRAINT \"{}\" CHECK",
                            name.replace('"', "\"\"")
                        ))
                };
                let names = table.checks.iter().map(|check| &check.name);
                facts.checks = names.filter(written).cloned().collect();
                catalog.tables.insert(qualified("main", &row[1]), facts);
            }
            _ => {}
        }
    }
    catalog
}

fn read_table(database: &Database, name: &str) -> TableFacts {
    let mut facts = TableFacts::default();
    let table = literal(name);
    let mut key: Vec<(String, String)> = Vec::new();
    let counts_up = rows(
        database,
        "1",
        &format!("sqlite_master WHERE name = {table} AND sql LIKE '%AUTOINCREMENT%'"),
    );
    let columns = "name, lower(type), \"notnull\", dflt_value, pk, hidden";
    for row in rows(database, columns, &format!("pragma_table_xinfo({table})")) {
        if row[4] != "0" {
            key.push((row[4].clone(), row[0].clone()));
        }
        facts.columns.push(ColumnFacts {
            name: row[0].clone(),
            ty: row[1].replace(" generated always", ""),
            nullable: row[2] == "0",
            default: Some(&row[3]).filter(|text| *text != "\\N").map(|text| constant(text)),
            counts_up: row[4] != "0" && !counts_up.is_empty(),
            is_generated: row[5] != "0",
            comment: String::new(),
        });
    }
    key.sort();
    if !key.is_empty() {
        facts.primary_key = Some(key.into_iter().map(|(_, name)| name).collect());
    }
    read_foreign_keys(database, &table, &mut facts);
    read_indexes(database, &table, &mut facts);
    facts
}

fn read_foreign_keys(database: &Database, table: &str, facts: &mut TableFacts) {
    let columns = "id, \"table\", \"from\", \"to\", on_delete, on_update";
    let from = format!("pragma_foreign_key_list({table}) ORDER BY id, seq");
    let mut keys: Vec<(String, ForeignKeyFacts)> = Vec::new();
    for row in rows(database, columns, &from) {
        match keys.last_mut().filter(|(id, _)| *id == row[0]) {
            Some((_, key)) => {
                key.columns.push(row[2].clone());
                key.referenced_columns.push(row[3].clone());
            }
            None => keys.push((
                row[0].clone(),
                ForeignKeyFacts {
                    name: String::new(),
                    columns: vec![row[2].clone()],
                    table: qualified("main", &row[1]),
                    referenced_columns: vec![row[3].clone()],
                    on_delete: row[4].clone(),
                    on_update: row[5].clone(),
                },
            )),
        }
    }
    facts.foreign_keys = keys.into_iter().map(|(_, key)| key).collect();
}

fn read_indexes(database: &Database, table: &str, facts: &mut TableFacts) {
    let columns = "name, \"unique\", origin, partial";
    for row in rows(database, columns, &format!("pragma_index_list({table})")) {
        let from = format!("pragma_index_xinfo({}) WHERE key = 1 ORDER BY seqno", literal(&row[0]));
        let parts: Vec<_> = rows(database, "name, \"desc\"", &from)
            .into_iter()
            .map(|part| match (part[0].as_str(), part[1].as_str()) {
                ("\\N", _) => "(expression)".to_owned(),
                (name, "1") => format!("{name} desc"),
                (name, _) => name.to_owned(),
            })
            .collect();
        match row[2].as_str() {
            "u" => {
                facts.uniques.insert((String::new(), parts));
            }
            "c" => {
                facts.indexes.insert(IndexFacts {
                    name: row[0].clone(),
                    parts,
                    is_unique: row[1] == "1",
                    is_partial: row[3] == "1",
                    kind: "c".to_owned(),
                });
            }
            _ => {}
        }
    }
}
