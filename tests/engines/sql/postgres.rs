//! PostgreSQL's own catalog.

use lunette::formats::relational::schema::{Column, ColumnType, Schema};
use lunette::formats::sql::exporter::POSTGRES;
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
use crate::support::postgres::Database;

#[test]
fn every_model_becomes_the_tables_that_are_meant() {
    for case in cases(&POSTGRES) {
        let database = Database::new();
        if let Err(error) = database.run(&case.script) {
            panic!("{}: {error}", case.name);
        }
        assert_same(&expectations().of(&case.schema), &read(&database), &case.name);
    }
}

#[test]
fn a_script_can_run_again_over_what_it_made() {
    for project in [kitchen_sink(), crate::models::hostile::hostile_project()] {
        let database = Database::new();
        database.run(&Case::new(&POSTGRES, "", &project, &[]).script).unwrap();
        let kept = Case::new(&POSTGRES, "keep", &project, &[("if_not_exists", "true")]);
        database.run(&kept.script).unwrap();
        let dropped = Case::new(&POSTGRES, "drop", &project, &[("drop", "true")]);
        database.run(&dropped.script).unwrap();
        assert_same(&expectations().of(&dropped.schema), &read(&database), "run again");
        let error = database.run(&Case::new(&POSTGRES, "", &project, &[]).script).unwrap_err();
        assert!(error.contains("already exists"), "{error}");
    }
}

/// The engine says of a table what the properties said.
#[test]
fn tables_are_stored_as_asked() {
    let mut project = kitchen_sink();
    let product = project.model.entity_named("product").unwrap().id;
    let extras = &mut project.model.entity_mut(product).unwrap().extras;
    extras.set("postgres", "unlogged", "true");
    extras.set("postgres", "storage_parameters", "fillfactor=70, autovacuum_enabled=false");
    extras.set("postgres", "tablespace", "pg_default");
    let server = Database::new();
    server.run(&Case::new(&POSTGRES, "stored", &project, &[]).script).unwrap();
    let rows = server.rows(
        "SELECT relpersistence, array_to_string(reloptions, ' ') FROM pg_class \
         WHERE relkind = 'r' AND reloptions IS NOT NULL",
    );
    assert_eq!(rows, [["u", "fillfactor=70 autovacuum_enabled=false"]]);
}

#[test]
fn defaults_and_rules_hold_for_rows() {
    let database = Database::new();
    database.run(&Case::new(&POSTGRES, "rows", &kitchen_sink(), &[]).script).unwrap();
    database.run("INSERT INTO column_defaults DEFAULT VALUES").unwrap();
    let row = database.rows(
        "SELECT token IS NOT NULL, created_at > '2020-01-01', sum, greeting, options, names \
         FROM column_defaults",
    );
    assert_eq!(row, [["t", "t", "3", "it's \"fine\"\\", "{}", "{}"]]);
    let insert = "INSERT INTO column_rules (id, handle, price) VALUES (gen_random_uuid(),";
    for (wrong, why) in [
        (format!("{insert} 'me', 1)"), "column_rules_handle_check"),
        (format!("{insert} 'Mine', 1)"), "column_rules_handle_check"),
        (format!("{insert} 'mine', 0)"), "column_rules_price_check"),
        ("INSERT INTO column_defaults (status) VALUES ('nonsense')".to_owned(), "enum"),
        ("INSERT INTO product_detail (product_id) VALUES (7)".to_owned(), "foreign key"),
    ] {
        let error = database.run(&wrong).unwrap_err();
        assert!(error.contains(why), "{wrong}: {error}");
    }
    database.run(&format!("{insert} 'mine', 2)")).unwrap();
}

fn expectations() -> Expectations {
    Expectations {
        namespace: "public".to_owned(),
        ty,
        default,
        action: |action| match action {
            ReferentialAction::NoAction => "a",
            ReferentialAction::Restrict => "r",
            ReferentialAction::Cascade => "c",
            ReferentialAction::SetNull => "n",
            ReferentialAction::SetDefault => "d",
        },
        index_kind: |kind| match kind {
            IndexKind::Ordered => "btree",
            IndexKind::Hash => "hash",
            IndexKind::Text => "gin",
            IndexKind::Geo => "gist",
        },
        keeps_notes: true,
        names_enumerations: true,
        names_constraints: true,
    }
}

fn ty(schema: &Schema, column: &Column) -> String {
    match column.native_type.as_deref() {
        Some("varchar(30)") => "character varying(30)".to_owned(),
        Some(other) => other.to_owned(),
        None => column_type(schema, &column.ty),
    }
}

fn column_type(schema: &Schema, ty: &ColumnType) -> String {
    match ty {
        ColumnType::String { length: Some(length) } => format!("character varying({length})"),
        ColumnType::String { length: None } => "character varying".to_owned(),
        ColumnType::Text => "text".to_owned(),
        ColumnType::Integer(IntegerSize::Tiny | IntegerSize::Small) => "smallint".to_owned(),
        ColumnType::Integer(IntegerSize::Regular) => "integer".to_owned(),
        ColumnType::Integer(IntegerSize::Big) => "bigint".to_owned(),
        ColumnType::Decimal { precision: None, .. } => "numeric".to_owned(),
        ColumnType::Decimal { precision: Some(precision), scale } => {
            format!("numeric({precision},{})", scale.unwrap_or(0))
        }
        ColumnType::Float => "real".to_owned(),
        ColumnType::Double => "double precision".to_owned(),
        ColumnType::Boolean => "boolean".to_owned(),
        ColumnType::Date => "date".to_owned(),
        ColumnType::Time => "time without time zone".to_owned(),
        ColumnType::DateTime { zoned: true } => "timestamp with time zone".to_owned(),
        ColumnType::DateTime { zoned: false } => "timestamp without time zone".to_owned(),
        ColumnType::Interval => "interval".to_owned(),
        ColumnType::Uuid => "uuid".to_owned(),
        ColumnType::ObjectId => "character(24)".to_owned(),
        ColumnType::Binary { .. } => "bytea".to_owned(),
        ColumnType::Json => "jsonb".to_owned(),
        ColumnType::GeoPoint => "point".to_owned(),
        ColumnType::Inet => "inet".to_owned(),
        ColumnType::Vector { .. } => "real[]".to_owned(),
        ColumnType::Array(item) => format!("{}[]", column_type(schema, item)),
        ColumnType::Enumeration(position) => {
            let one = &schema.enumerations[*position];
            if one.checked {
                let longest = one.values.iter().map(|value| value.chars().count()).max().unwrap();
                return format!("character varying({longest})");
            }
            qualified(one.name.namespace.as_deref().unwrap_or("public"), &one.name.name)
        }
    }
}

fn default(column: &Column, default: &DefaultValue) -> Option<String> {
    Some(match default {
        DefaultValue::Value(Literal::Null) => return None,
        DefaultValue::Value(Literal::Boolean(value)) => value.to_string(),
        DefaultValue::Value(Literal::Number(number)) => plain(number.as_str()),
        DefaultValue::Value(Literal::Text(text)) => plain(&text.replace('\0', "")),
        DefaultValue::Value(Literal::EmptyArray) if column.ty == ColumnType::Json => {
            "[]".to_owned()
        }
        DefaultValue::Value(Literal::EmptyArray | Literal::EmptyObject) => "{}".to_owned(),
        DefaultValue::Now if column.ty == ColumnType::Date => "CURRENT_DATE".to_owned(),
        DefaultValue::Now => "now()".to_owned(),
        DefaultValue::Generated if column.ty == ColumnType::ObjectId => {
            "\"left\"(replace((gen_random_uuid())::text, '-'::text, ''::text), 24)".to_owned()
        }
        DefaultValue::Generated => "gen_random_uuid()".to_owned(),
        DefaultValue::Expression(text) => text.clone(),
    })
}

/// The constant in what the catalog says of a default, else all of it.
fn constant(text: &str) -> String {
    let text = text.strip_prefix("E").filter(|rest| rest.starts_with('\'')).unwrap_or(text);
    let Some(inside) = text.strip_prefix('\'') else { return plain(text) };
    let end = inside.rfind("'::").unwrap();
    plain(&inside[..end].replace("''", "'"))
}

/// Reads everything in the namespaces of people.
fn read(database: &Database) -> Catalog {
    let mut catalog = Catalog::default();
    read_tables(database, &mut catalog);
    read_columns(database, &mut catalog);
    read_constraints(database, &mut catalog);
    read_indexes(database, &mut catalog);
    let enumerations = "SELECT n.nspname, t.typname, e.enumlabel FROM pg_enum e \
        JOIN pg_type t ON t.oid = e.enumtypid JOIN pg_namespace n ON n.oid = t.typnamespace \
        ORDER BY 1, 2, e.enumsortorder";
    for row in rows(database, enumerations) {
        catalog.enumerations.entry(qualified(&row[0], &row[1])).or_default().push(row[2].clone());
    }
    catalog
}

/// The rows of a query, through JSON since names may hold any character; NULL reads as `\N`.
fn rows(database: &Database, query: &str) -> Vec<Vec<String>> {
    let rows = database.rows(&format!("SELECT row_to_json(t)::text FROM ({query}) AS t"));
    let text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => "\\N".to_owned(),
        serde_json::Value::Bool(value) => if *value { "t" } else { "f" }.to_owned(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let row = |row: &Vec<String>| {
        let row: serde_json::Map<_, _> = serde_json::from_str(&row[0]).unwrap();
        row.values().map(text).collect()
    };
    rows.iter().map(row).collect()
}

const ONES_OWN: &str = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";

fn read_tables(database: &Database, catalog: &mut Catalog) {
    let relations = format!(
        "SELECT n.nspname, c.relname, c.relkind, coalesce(obj_description(c.oid, 'pg_class'), '') AS note \
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE c.relkind IN ('r', 'v') AND {ONES_OWN}"
    );
    for row in rows(database, &relations) {
        let name = qualified(&row[0], &row[1]);
        if row[2] == "v" {
            catalog.views.insert(name);
        } else {
            let facts = TableFacts { comment: row[3].clone(), ..TableFacts::default() };
            catalog.tables.insert(name, facts);
        }
    }
}

fn read_columns(database: &Database, catalog: &mut Catalog) {
    let columns = format!(
        "SELECT n.nspname, c.relname, a.attname, a.attnotnull, a.attidentity <> '' AS counts, \
             a.attgenerated <> '' AS generated, pg_get_expr(d.adbin, d.adrelid) AS value, \
             coalesce(col_description(c.oid, a.attnum), '') AS note, \
             CASE WHEN t.typtype = 'e' THEN tn.nspname || ' ' || t.typname \
                  WHEN e.typtype = 'e' THEN en.nspname || ' ' || e.typname || '[]' \
                  ELSE format_type(a.atttypid, a.atttypmod) END AS ty \
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace \
         JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace tn ON tn.oid = t.typnamespace \
         LEFT JOIN pg_type e ON e.oid = t.typelem LEFT JOIN pg_namespace en ON en.oid = e.typnamespace \
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum \
         WHERE c.relkind = 'r' AND a.attnum > 0 AND {ONES_OWN} ORDER BY 1, 2, a.attnum"
    );
    for row in rows(database, &columns) {
        let is_generated = row[5] == "t";
        let default = Some(&row[6]).filter(|text| *text != "\\N" && !is_generated);
        let column = ColumnFacts {
            name: row[2].clone(),
            ty: row[8].clone(),
            nullable: row[3] == "f",
            default: default.map(|text| constant(text)),
            counts_up: row[4] == "t",
            is_generated,
            comment: row[7].clone(),
        };
        catalog.tables.get_mut(&qualified(&row[0], &row[1])).unwrap().columns.push(column);
    }
}

/// The names of columns by their numbers, in the order of the numbers.
fn names_of(numbers: &str, relation: &str) -> String {
    format!(
        "(SELECT string_agg(a.attname, chr(29) ORDER BY k.place) \
          FROM unnest({numbers}) WITH ORDINALITY AS k (number, place) \
          JOIN pg_attribute a ON a.attrelid = {relation} AND a.attnum = k.number)"
    )
}

fn list(names: &str) -> Vec<String> {
    names.split('\u{1d}').map(str::to_owned).collect()
}

fn read_constraints(database: &Database, catalog: &mut Catalog) {
    let constraints = format!(
        "SELECT n.nspname, c.relname, o.contype, o.conname, {} AS names, \
             fn.nspname AS parent_space, f.relname AS parent, {} AS parent_names, \
             o.confdeltype, o.confupdtype \
         FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid \
         JOIN pg_namespace n ON n.oid = c.relnamespace \
         LEFT JOIN pg_class f ON f.oid = o.confrelid \
         LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE {ONES_OWN}",
        names_of("o.conkey", "o.conrelid"),
        names_of("o.confkey", "o.confrelid"),
    );
    for row in rows(database, &constraints) {
        let table = catalog.tables.get_mut(&qualified(&row[0], &row[1])).unwrap();
        let (name, columns) = (row[3].clone(), list(&row[4]));
        let is_new = match row[2].as_str() {
            "p" => table.primary_key.replace(columns).is_none(),
            "u" => table.uniques.insert((name, columns)),
            "c" => table.checks.insert(name),
            "f" => table.foreign_keys.insert(ForeignKeyFacts {
                name,
                columns,
                table: qualified(&row[5], &row[6]),
                referenced_columns: list(&row[7]),
                on_delete: row[8].clone(),
                on_update: row[9].clone(),
            }),
            other => panic!("constraint of kind {other}"),
        };
        assert!(is_new, "{row:?}");
    }
}

fn read_indexes(database: &Database, catalog: &mut Catalog) {
    let indexes = format!(
        "SELECT n.nspname, c.relname, i.relname AS index, x.indisunique, \
             x.indpred IS NOT NULL AS is_partial, m.amname, \
             (SELECT string_agg(coalesce(a.attname, '(expression)') \
                  || CASE WHEN x.indoption[o.place::int - 1] & 1 = 1 THEN ' desc' ELSE '' END, \
                  chr(29) ORDER BY o.place) \
              FROM unnest(x.indkey::smallint[]) WITH ORDINALITY AS o (number, place) \
              LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = o.number \
                  AND o.number > 0) AS parts \
         FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid \
         JOIN pg_am m ON m.oid = i.relam JOIN pg_namespace n ON n.oid = c.relnamespace \
         WHERE {ONES_OWN} AND NOT EXISTS (SELECT 1 FROM pg_constraint o \
             WHERE o.conindid = x.indexrelid AND o.contype IN ('p', 'u'))"
    );
    for row in rows(database, &indexes) {
        let table = catalog.tables.get_mut(&qualified(&row[0], &row[1])).unwrap();
        table.indexes.insert(IndexFacts {
            name: row[2].clone(),
            parts: list(&row[6]),
            is_unique: row[3] == "t",
            is_partial: row[4] == "t",
            kind: row[5].clone(),
        });
    }
}
