//! SQLite's own catalog.

use std::collections::BTreeMap;

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

/// Every model can be strict, and have its rows by their keys where they have some.
#[test]
fn tables_are_stored_as_asked() {
    for (name, mut project) in crate::models::every_project() {
        let ids: Vec<_> = project.model.entities().map(|entity| entity.id).collect();
        for id in ids {
            let extras = &mut project.model.entity_mut(id).unwrap().extras;
            extras.set("sqlite", "strict", "true");
            extras.set("sqlite", "without_rowid", "true");
        }
        for choices in [&[][..], &[("embedded", "tables")]] {
            let case = Case::new(&SQLITE, &name, &project, choices);
            let database = Database::new();
            if let Err(error) = database.run(&case.script) {
                panic!("{}: {error}", case.name);
            }
            let of_entities = "PRAGMA table_list";
            let tables = database.rows(of_entities);
            assert!(tables.iter().any(|row| row[5] == "1"), "{name}: no table is strict");
        }
    }
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

/// Reads what is there; which keys have which columns depends on no name. Each kind of fact is one
/// query over all tables: a query of its own for each table takes minutes.
fn read(database: &Database, schema: &Schema) -> Catalog {
    let mut catalog = Catalog::default();
    let own = "name NOT LIKE 'sqlite!_%' ESCAPE '!'";
    for row in rows(database, "type, name, sql", &format!("sqlite_master WHERE {own}")) {
        match row[0].as_str() {
            "view" => {
                catalog.views.insert(qualified("main", &row[1]));
            }
            "table" => {
                // The catalog keeps checks as text only.
                let table = schema.tables.iter().find(|table| table.name.name == row[1]).unwrap();
                let written = |name: &&String| {
                    let quoted = name.replace('"', "\"\"");
                    row[2].contains(&format!("CONSTRAINT {name} CHECK"))
                        || row[2].contains(&format!("CONSTRAINT \"{quoted}\" CHECK"))
                };
                let names = table.checks.iter().map(|check| &check.name);
                let checks = names.filter(written).cloned().collect();
                let facts = TableFacts { checks, ..TableFacts::default() };
                catalog.tables.insert(qualified("main", &row[1]), facts);
            }
            _ => {}
        }
    }
    read_columns(database, &mut catalog);
    read_foreign_keys(database, &mut catalog);
    read_indexes(database, &mut catalog);
    catalog
}

/// The rows of a pragma over all tables, each behind the key of its table in the catalog.
fn of_tables(database: &Database, columns: &str, pragma: &str) -> Vec<(String, Vec<String>)> {
    let columns = format!("of.name, {columns}");
    let from = format!("sqlite_master AS of, {pragma}");
    let rows = rows(database, &columns, &from).into_iter();
    rows.map(|mut row| (qualified("main", &row.remove(0)), row)).collect()
}

fn read_columns(database: &Database, catalog: &mut Catalog) {
    let columns = "of.sql LIKE '%AUTOINCREMENT%', c.name, lower(c.type), c.\"notnull\", \
                   c.dflt_value, c.pk, c.hidden";
    let pragma = "pragma_table_xinfo(of.name) AS c WHERE of.type = 'table' ORDER BY of.name, c.cid";
    let mut keys: BTreeMap<(String, String), String> = BTreeMap::new();
    for (table, row) in of_tables(database, columns, pragma) {
        let Some(facts) = catalog.tables.get_mut(&table) else { continue };
        if row[5] != "0" {
            keys.insert((table, row[5].clone()), row[1].clone());
        }
        facts.columns.push(ColumnFacts {
            name: row[1].clone(),
            ty: row[2].replace(" generated always", ""),
            nullable: row[3] == "0",
            default: Some(&row[4]).filter(|text| *text != "\\N").map(|text| constant(text)),
            counts_up: row[5] != "0" && row[0] == "1",
            is_generated: row[6] != "0",
            comment: String::new(),
        });
    }
    for ((table, _), column) in keys {
        let key = &mut catalog.tables.get_mut(&table).unwrap().primary_key;
        key.get_or_insert_default().push(column);
    }
}

fn read_foreign_keys(database: &Database, catalog: &mut Catalog) {
    let columns = "k.id, k.\"table\", k.\"from\", k.\"to\", k.on_delete, k.on_update";
    let pragma = "pragma_foreign_key_list(of.name) AS k WHERE of.type = 'table' ORDER BY k.seq";
    let mut keys: BTreeMap<(String, String), ForeignKeyFacts> = BTreeMap::new();
    for (table, row) in of_tables(database, columns, pragma) {
        let key = keys.entry((table, row[0].clone())).or_insert_with(|| ForeignKeyFacts {
            name: String::new(),
            columns: Vec::new(),
            table: qualified("main", &row[1]),
            referenced_columns: Vec::new(),
            on_delete: row[4].clone(),
            on_update: row[5].clone(),
        });
        key.columns.push(row[2].clone());
        key.referenced_columns.push(row[3].clone());
    }
    for ((table, _), key) in keys {
        catalog.tables.get_mut(&table).unwrap().foreign_keys.insert(key);
    }
}

fn read_indexes(database: &Database, catalog: &mut Catalog) {
    let columns = "i.name, i.\"unique\", i.origin, i.partial, p.name, p.\"desc\"";
    let pragma = "pragma_index_list(of.name) AS i, pragma_index_xinfo(i.name) AS p \
                  WHERE of.type = 'table' AND p.key = 1 ORDER BY p.seqno";
    let mut uniques: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut indexes: BTreeMap<(String, String), IndexFacts> = BTreeMap::new();
    for (table, row) in of_tables(database, columns, pragma) {
        let part = match (row[4].as_str(), row[5].as_str()) {
            ("\\N", _) => "(expression)".to_owned(),
            (name, "1") => format!("{name} desc"),
            (name, _) => name.to_owned(),
        };
        let key = (table, row[0].clone());
        match row[2].as_str() {
            "u" => uniques.entry(key).or_default().push(part),
            "c" => {
                let index = indexes.entry(key).or_insert_with(|| IndexFacts {
                    name: row[0].clone(),
                    parts: Vec::new(),
                    is_unique: row[1] == "1",
                    is_partial: row[3] == "1",
                    kind: "c".to_owned(),
                });
                index.parts.push(part);
            }
            _ => {}
        }
    }
    for ((table, _), parts) in uniques {
        catalog.tables.get_mut(&table).unwrap().uniques.insert((String::new(), parts));
    }
    for ((table, _), index) in indexes {
        catalog.tables.get_mut(&table).unwrap().indexes.insert(index);
    }
}
