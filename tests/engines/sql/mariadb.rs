//! MariaDB's own catalog, for the scripts of both relatives.

use lunette::formats::relational::schema::{Column, ColumnType, Schema};
use lunette::formats::sql::exporter::{MARIADB, MYSQL, SqlExporter};
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
use crate::support::mariadb::Database;

#[test]
fn every_model_becomes_the_tables_that_are_meant() {
    for case in cases(&MARIADB) {
        assert_loads(&case, ty);
    }
}

/// MariaDB cannot index expressions nor match patterns MySQL's way; all else it shares with MySQL.
#[test]
fn scripts_for_mysql_become_the_tables_that_are_meant() {
    for mut case in cases(&MYSQL) {
        case.script = case.script.replace("regexp_like(", "concat_ws(");
        let has_expression =
            |index: &IndexFacts| index.parts.iter().any(|part| part == "(expression)");
        let is_shared = expectations("")
            .of(&case.schema)
            .tables
            .values()
            .all(|table| !table.indexes.iter().any(has_expression));
        if is_shared {
            assert_loads(&case, |schema, column| match column.ty {
                ColumnType::Uuid => "char(36)".to_owned(),
                _ => ty(schema, column),
            });
        }
    }
}

#[track_caller]
fn assert_loads(case: &Case, ty: fn(&Schema, &Column) -> String) {
    let server = Database::new();
    if let Err(error) = server.run(&case.script) {
        panic!("{}: {error}", case.name);
    }
    let expected = Expectations { ty, ..expectations(server.name()) }.of(&case.schema);
    assert_same(&with_one_kind_of_unique(expected), &read(&server), &case.name);
}

/// Unique constraints and unique indexes are one thing here.
fn with_one_kind_of_unique(mut catalog: Catalog) -> Catalog {
    for table in catalog.tables.values_mut() {
        let (unique, plain): (Vec<_>, Vec<_>) =
            std::mem::take(&mut table.indexes).into_iter().partition(|index| index.is_unique);
        table.indexes.extend(plain);
        table.uniques.extend(unique.into_iter().map(|index| (index.name, index.parts)));
    }
    catalog
}

#[test]
fn a_script_can_run_again_over_what_it_made() {
    let case = |target: &SqlExporter, choice: &[(&str, &str)]| {
        Case::new(target, "again", &kitchen_sink(), choice)
    };
    let server = Database::new();
    server.run(&case(&MARIADB, &[]).script).unwrap();
    server.run(&case(&MARIADB, &[("if_not_exists", "true")]).script).unwrap();
    let dropped = case(&MARIADB, &[("drop", "true")]);
    server.run(&dropped.script).unwrap();
    let expected = expectations(server.name()).of(&dropped.schema);
    assert_same(&with_one_kind_of_unique(expected), &read(&server), "run again");
    let error = server.run(&case(&MARIADB, &[]).script).unwrap_err();
    assert!(error.contains("already exists"), "{error}");
}

/// The engine says of a table what the properties said, and takes both character sets.
#[test]
fn tables_are_stored_as_asked() {
    let mut project = kitchen_sink();
    let product = project.model.entity_named("product").unwrap().id;
    let extras = &mut project.model.entity_mut(product).unwrap().extras;
    for (key, value) in [
        ("engine", "Aria"),
        ("charset", "latin1"),
        ("collation", "latin1_bin"),
        ("row_format", "dynamic"),
        ("auto_increment", "500"),
    ] {
        extras.set("mariadb", key, value);
    }
    let server = Database::new();
    server.run(&Case::new(&MARIADB, "stored", &project, &[]).script).unwrap();
    let rows = server.rows(
        "SELECT engine, table_collation, lower(row_format), auto_increment \
         FROM information_schema.tables \
         WHERE table_schema = database() AND engine <> 'InnoDB' AND table_type = 'BASE TABLE'",
    );
    assert_eq!(rows, [["Aria", "latin1_bin", "dynamic", "500"]]);
}

#[test]
fn defaults_and_rules_hold_for_rows() {
    let rocket = crate::models::hostile::hostile_project_of(&["🚀 launch".to_owned()]);
    let server = Database::new();
    server.run(&Case::new(&MARIADB, "rocket", &rocket, &[]).script).unwrap();
    let table = "`_ launch__ launch`";
    server.run(&format!("INSERT INTO {table} (_id) VALUES ('1')")).unwrap();
    assert_eq!(server.rows(&format!("SELECT * FROM {table}"))[0][1], "🚀 launch");

    let server = Database::new();
    server.run(&Case::new(&MARIADB, "rows", &kitchen_sink(), &[]).script).unwrap();
    server.run("INSERT INTO column_defaults () VALUES ()").unwrap();
    let row = server.rows(
        "SELECT token RLIKE '^[0-9a-f-]{36}$', created_at > '2020-01-01', sum, greeting, options \
         FROM column_defaults",
    );
    assert_eq!(row, [["1", "1", "3", "it's \"fine\"\\", "{}"]]);
    let insert = "INSERT INTO column_rules (id, handle, price) VALUES (uuid(),";
    for (wrong, why) in [
        (format!("{insert} 'me', 1)"), "column_rules_handle_check"),
        (format!("{insert} 'Mine', 1)"), "column_rules_handle_check"),
        (format!("{insert} 'mine', 0)"), "column_rules_price_check"),
        ("INSERT INTO column_defaults (status) VALUES ('nonsense')".to_owned(), "status"),
        ("INSERT INTO product_detail (product_id) VALUES (7)".to_owned(), "foreign key"),
    ] {
        let error = server.run(&wrong).unwrap_err();
        assert!(error.contains(why), "{wrong}: {error}");
    }
    server.run(&format!("{insert} 'mine', 2)")).unwrap();
}

fn expectations(namespace: &str) -> Expectations {
    Expectations {
        namespace: namespace.to_owned(),
        ty,
        default,
        action: |action| match action {
            ReferentialAction::NoAction | ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull => "SET NULL",
            ReferentialAction::SetDefault => "SET DEFAULT",
        },
        index_kind: |kind| match kind {
            IndexKind::Ordered | IndexKind::Hash => "BTREE",
            IndexKind::Text => "FULLTEXT",
            IndexKind::Geo => "SPATIAL",
        },
        keeps_notes: true,
        names_enumerations: false,
        names_constraints: true,
    }
}

fn ty(schema: &Schema, column: &Column) -> String {
    match &column.ty {
        ColumnType::String { length } => format!("varchar({})", length.unwrap_or(255)),
        ColumnType::Text | ColumnType::Json | ColumnType::Array(_) | ColumnType::Vector { .. } => {
            "longtext".to_owned()
        }
        ColumnType::Integer(IntegerSize::Tiny) => "tinyint(4)".to_owned(),
        ColumnType::Integer(IntegerSize::Small) => "smallint(6)".to_owned(),
        ColumnType::Integer(IntegerSize::Regular) => "int(11)".to_owned(),
        ColumnType::Integer(IntegerSize::Big) => "bigint(20)".to_owned(),
        ColumnType::Decimal { precision: None, .. } => "decimal(65,30)".to_owned(),
        ColumnType::Decimal { precision: Some(precision), scale } => {
            format!("decimal({precision},{})", scale.unwrap_or(0))
        }
        ColumnType::Float => "float".to_owned(),
        ColumnType::Double => "double".to_owned(),
        ColumnType::Boolean => "tinyint(1)".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time(6)".to_owned(),
        ColumnType::DateTime { zoned: true } => "timestamp(6)".to_owned(),
        ColumnType::DateTime { zoned: false } => "datetime(6)".to_owned(),
        ColumnType::Interval => "varchar(64)".to_owned(),
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::ObjectId => "char(24)".to_owned(),
        ColumnType::Binary { length: Some(length) } => format!("varbinary({length})"),
        ColumnType::Binary { length: None } => "longblob".to_owned(),
        ColumnType::GeoPoint => "point".to_owned(),
        ColumnType::Inet => "varchar(43)".to_owned(),
        ColumnType::Enumeration(position) => {
            let one = &schema.enumerations[*position];
            if one.checked {
                let longest = one.values.iter().map(|value| value.chars().count()).max().unwrap();
                let is_long = longest > 16_000;
                return if is_long { "longtext".to_owned() } else { format!("varchar({longest})") };
            }
            let quoted = |value: &String| {
                let escaped = value.replace('\\', "\\\\").replace('\'', "''");
                format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r"))
            };
            format!("enum({})", one.values.iter().map(quoted).collect::<Vec<_>>().join(","))
        }
    }
}

fn default(column: &Column, default: &DefaultValue) -> Option<String> {
    Some(match default {
        DefaultValue::Value(Literal::Null) => return None,
        DefaultValue::Value(Literal::Boolean(value)) => u8::from(*value).to_string(),
        DefaultValue::Value(Literal::Number(number)) => plain(number.as_str()),
        DefaultValue::Value(Literal::Text(text)) => {
            // The catalog shows an emoji of a default as `?`; rows get the emoji.
            let shown = |c| if u32::from(c) > 0xffff { '?' } else { c };
            plain(&text.chars().filter(|c| *c != '\0').map(shown).collect::<String>())
        }
        DefaultValue::Value(Literal::EmptyArray) => "[]".to_owned(),
        DefaultValue::Value(Literal::EmptyObject) => "{}".to_owned(),
        DefaultValue::Now if column.ty == ColumnType::Date => "curdate()".to_owned(),
        DefaultValue::Now if column.ty == ColumnType::Time => "curtime()".to_owned(),
        DefaultValue::Now if column.updated_on_change => {
            "current_timestamp(6) on update current_timestamp(6)".to_owned()
        }
        DefaultValue::Now => "current_timestamp(6)".to_owned(),
        DefaultValue::Generated if column.ty == ColumnType::ObjectId => {
            "left(replace(uuid(),'-',''),24)".to_owned()
        }
        DefaultValue::Generated => "uuid()".to_owned(),
        DefaultValue::Expression(text) => text.clone(),
    })
}

/// A text that came as hexadecimal digits, since names may hold any character.
fn text_of(digits: &str) -> String {
    if digits == "NULL" {
        return "NULL".to_owned();
    }
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    String::from_utf8((0..digits.len()).step_by(2).map(byte).collect()).unwrap()
}

fn rows(server: &Database, query: &str) -> Vec<Vec<String>> {
    let decoded = |row: Vec<String>| row.iter().map(|field| text_of(field)).collect();
    server.rows(query).into_iter().map(decoded).collect()
}

const ONES_OWN: &str = "= database()";

fn read(server: &Database) -> Catalog {
    let mut catalog = Catalog::default();
    read_tables(server, &mut catalog);
    read_columns(server, &mut catalog);
    read_keys(server, &mut catalog);
    read_indexes(server, &mut catalog);
    catalog
}

fn read_tables(server: &Database, catalog: &mut Catalog) {
    let tables = format!(
        "SELECT hex(table_schema), hex(table_name), hex(table_type), hex(table_comment) \
         FROM information_schema.tables WHERE table_schema {ONES_OWN}"
    );
    for row in rows(server, &tables) {
        let name = qualified(&row[0], &row[1]);
        if row[2] == "VIEW" {
            catalog.views.insert(name);
        } else {
            let facts = TableFacts { comment: row[3].clone(), ..TableFacts::default() };
            catalog.tables.insert(name, facts);
        }
    }
    let checks = format!(
        "SELECT hex(constraint_schema), hex(table_name), hex(constraint_name) \
         FROM information_schema.check_constraints \
         WHERE constraint_schema {ONES_OWN} AND level = 'Table'"
    );
    for row in rows(server, &checks) {
        let table = catalog.tables.get_mut(&qualified(&row[0], &row[1])).unwrap();
        table.checks.insert(row[2].clone());
    }
}

fn read_columns(server: &Database, catalog: &mut Catalog) {
    let columns = format!(
        "SELECT hex(table_schema), hex(table_name), hex(column_name), hex(column_type), \
             hex(is_nullable), hex(column_default), hex(extra), hex(column_comment) \
         FROM information_schema.columns WHERE table_schema {ONES_OWN} \
         ORDER BY table_schema, table_name, ordinal_position"
    );
    for row in rows(server, &columns) {
        let Some(table) = catalog.tables.get_mut(&qualified(&row[0], &row[1])) else { continue };
        let extra = row[6].to_lowercase();
        let updates = extra.strip_prefix("on update ").map(|of| format!(" on update {of}"));
        let default = Some(&row[5]).filter(|text| *text != "NULL");
        table.columns.push(ColumnFacts {
            name: row[2].clone(),
            ty: row[3].clone(),
            nullable: row[4] == "YES",
            default: default
                .map(|text| format!("{}{}", constant(text), updates.unwrap_or_default())),
            counts_up: extra == "auto_increment",
            is_generated: extra.contains("generated"),
            comment: row[7].clone(),
        });
    }
}

/// The constant in what the catalog says of a default, else all of it.
fn constant(text: &str) -> String {
    let inside = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    inside.map_or_else(|| plain(text), |inside| plain(&unescaped(inside)))
}

/// A text constant without its escapes.
fn unescaped(inside: &str) -> String {
    let mut text = String::new();
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\'', Some('\'')) => {
                chars.next();
                text.push('\'');
            }
            ('\\', Some(escaped)) => {
                chars.next();
                text.push(match escaped {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    '0' => '\0',
                    'Z' => '\u{1a}',
                    other => other,
                });
            }
            _ => text.push(c),
        }
    }
    text
}

fn read_keys(server: &Database, catalog: &mut Catalog) {
    let foreign_keys = format!(
        "SELECT hex(k.table_schema), hex(k.table_name), hex(k.constraint_name), \
             hex(k.column_name), hex(k.referenced_table_schema), hex(k.referenced_table_name), \
             hex(k.referenced_column_name), hex(r.delete_rule), hex(r.update_rule) \
         FROM information_schema.key_column_usage k \
         JOIN information_schema.referential_constraints r \
         ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name \
             AND r.table_name = k.table_name \
         WHERE k.table_schema {ONES_OWN} AND k.referenced_table_name IS NOT NULL \
         ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position"
    );
    let action = |rule: &String| rule.replace("NO ACTION", "RESTRICT");
    let mut keys: Vec<(String, ForeignKeyFacts)> = Vec::new();
    for row in rows(server, &foreign_keys) {
        let table = qualified(&row[0], &row[1]);
        match keys.last_mut().filter(|(of, key)| *of == table && key.name == row[2]) {
            Some((_, key)) => {
                key.columns.push(row[3].clone());
                key.referenced_columns.push(row[6].clone());
            }
            None => keys.push((
                table,
                ForeignKeyFacts {
                    name: row[2].clone(),
                    columns: vec![row[3].clone()],
                    table: qualified(&row[4], &row[5]),
                    referenced_columns: vec![row[6].clone()],
                    on_delete: action(&row[7]),
                    on_update: action(&row[8]),
                },
            )),
        }
    }
    for (table, key) in keys {
        catalog.tables.get_mut(&table).unwrap().foreign_keys.insert(key);
    }
}

fn read_indexes(server: &Database, catalog: &mut Catalog) {
    let statistics = format!(
        "SELECT hex(s.table_schema), hex(s.table_name), hex(s.index_name), hex(s.column_name), \
             hex(s.collation), hex(concat(s.non_unique, '')), hex(s.index_type) \
         FROM information_schema.statistics s WHERE s.table_schema {ONES_OWN} \
         ORDER BY s.table_schema, s.table_name, s.index_name, s.seq_in_index"
    );
    let mut indexes: Vec<(String, IndexFacts)> = Vec::new();
    for row in rows(server, &statistics) {
        let table = qualified(&row[0], &row[1]);
        let part = if row[4] == "D" { format!("{} desc", row[3]) } else { row[3].clone() };
        match indexes.last_mut().filter(|(of, index)| *of == table && index.name == row[2]) {
            Some((_, index)) => index.parts.push(part),
            None => indexes.push((
                table,
                IndexFacts {
                    name: row[2].clone(),
                    parts: vec![part],
                    is_unique: row[5] == "0",
                    is_partial: false,
                    kind: row[6].clone(),
                },
            )),
        }
    }
    for (table, index) in indexes {
        let table = catalog.tables.get_mut(&table).unwrap();
        let is_made_for_a_key =
            !index.is_unique && table.foreign_keys.iter().any(|key| key.name == index.name);
        if index.name == "PRIMARY" {
            table.primary_key = Some(index.parts);
        } else if index.is_unique {
            table.uniques.insert((index.name, index.parts));
        } else if !is_made_for_a_key {
            table.indexes.insert(index);
        }
    }
}
