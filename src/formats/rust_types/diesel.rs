//! The `diesel` flavor: `schema.rs` with a `table!` for each table, and the structs of their rows with
//! what Diesel derives. Must not know how tables are made.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::{code, join};
use crate::formats::file_set::RelativePath;
use crate::formats::relational::schema::{ColumnType, Table};
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::diesel_json;
use crate::formats::rust_types::diesel_schema::{
    UsedType, joinable, kept_tables, schema, used_types, width_feature,
};
use crate::formats::rust_types::files::{modules, one_file};
use crate::formats::rust_types::items::{Body, Derive, Item, Member, STRUCT_DERIVES};
use crate::formats::rust_types::names::Kind;
use crate::formats::rust_types::requirements::{Requirements, title};
use crate::formats::rust_types::rows::{Row, RowStyle, Rows, rows, takes_all};
use crate::formats::rust_types::scalars::{self, DriverTypes};
use crate::formats::rust_types::source::{Code, Source, name, string};
use crate::formats::rust_types::types::{Imports, Local, Ty};

const STYLE: RowStyle = RowStyle {
    scalar,
    json: diesel_json::json,
    types: Kind::AsciiType,
    columns: Kind::Column,
    reserved: &["FromSql", "IsNull", "Json", "Output", "Pg", "PgValue", "Point", "ToSql"],
    reserved_modules: &["json", "point", "schema"],
    enumerations: None,
    takes: takes_all,
};

/// The project as a schema and rows.
pub(super) fn export(project: &Project, settings: &Settings) -> Exported {
    let rows = rows(project, settings, STYLE);
    let mut diagnostics = rows.diagnostics.clone();
    let (kept, lost) = kept_tables(&rows);
    diagnostics.extend(lost.into_iter().map(Diagnostic::warning));
    for view in &rows.schema.views {
        let name = &view.name.name;
        diagnostics.push(Diagnostic::warning(format!(
            "rust: Diesel has no place for the view `{name}`: a view has no primary key"
        )));
    }
    let mut requirements = Requirements::default();
    requirements.add_paths(&BTreeSet::from(["diesel::table"]));
    if let Some(feature) = width_feature(&rows, &kept) {
        requirements.add_feature("diesel", feature);
    }
    let mut beside = vec!["schema"];
    if holds_documents(&rows, &kept) {
        beside.push("json");
        requirements.add_paths(&diesel_json::paths());
    }
    let items = items(&rows, &kept, settings);
    let title = title(project, "Diesel");
    let taken = rows.names.given();
    let mut files = if settings.modules {
        modules(&items, taken, &title, requirements, &beside)
    } else {
        one_file("models.rs", &items, taken, &title, requirements)
    };
    if beside.contains(&"json") {
        files.add(RelativePath::of(&["json.rs"]), diesel_json::text(&title));
    }
    files.add(RelativePath::of(&["schema.rs"]), schema(&rows, &kept, &[title]));
    Exported { files, diagnostics }
}

/// Whether any column holds JSON of a known shape.
fn holds_documents(rows: &Rows, kept: &BTreeSet<usize>) -> bool {
    let rows = kept.iter().filter_map(|position| rows.tables.get(*position));
    rows.flat_map(|row| &row.columns).any(|column| column.ty.holds(diesel_json::PATH))
}

fn items(rows: &Rows, kept: &BTreeSet<usize>, settings: &Settings) -> Vec<Item> {
    let mut items = Vec::new();
    let mut parents = parents(rows, kept, settings);
    for position in kept {
        let table = rows.schema.tables.get(*position).zip(rows.tables.get(*position));
        if let Some((table, row)) = table {
            let parents = parents.remove(position).unwrap_or_default();
            items.push(row_item(table, row, parents, settings));
        }
    }
    let used = used_types(rows, kept);
    for used in &used {
        match *used {
            UsedType::Enumeration(position) => {
                let item = rows.enumerations.get(position).and_then(Option::as_ref);
                items.extend(item.cloned().map(enumeration));
            }
            UsedType::Point => items.push(point()),
        }
    }
    let only_in_documents = rows.enumerations.iter().enumerate().filter_map(|(position, item)| {
        item.as_ref().filter(|_| !used.contains(&UsedType::Enumeration(position)))
    });
    items.extend(only_in_documents.chain(&rows.documents).cloned());
    items
}

/// `belongs_to` for each table that another one can be joined to, by the position of that one.
fn parents(rows: &Rows, kept: &BTreeSet<usize>, settings: &Settings) -> BTreeMap<usize, Vec<Code>> {
    let mut parents: BTreeMap<usize, Vec<Code>> = BTreeMap::new();
    for (position, key) in joinable(&rows.schema, kept) {
        let ends = rows.tables.get(position).zip(rows.tables.get(key.table));
        let (Some((child, parent)), Some(table)) = (ends, rows.schema.tables.get(key.table)) else {
            continue;
        };
        let column = child.columns.iter().find(|one| Some(&one.name) == key.columns.first());
        if let Some(column) = column
            && is_identifiable(table, parent)
        {
            let Local { ident, module } = &parent.local;
            let module = settings.modules.then(|| code!("super::", name(module), "::"));
            let column = name(&column.ident);
            let attribute =
                code!("diesel(belongs_to(", module, name(ident), ", foreign_key = ", column, "))");
            parents.entry(position).or_default().push(attribute);
        }
    }
    parents
}

/// Whether the primary key is made of types that can be hashed, as Diesel asks.
fn is_identifiable(table: &Table, row: &Row) -> bool {
    let key = row.columns.iter().filter(|column| table.is_in_primary_key(&column.name));
    key.into_iter().all(|column| match &column.ty {
        Ty::Path(path, _) => {
            let unhashed = ["f32", "f64", "Vec", "diesel::data_types::PgInterval"];
            !unhashed.contains(path) && *path != diesel_json::PATH
        }
        Ty::Local(local) => local.ident != "Point",
    })
}

fn row_item(table: &Table, row: &Row, parents: Vec<Code>, settings: &Settings) -> Item {
    let members = row.members(|column| {
        let is_made = table
            .column(&column.name)
            .is_some_and(|column| column.auto_increment || column.generated.is_some());
        if is_made { vec![code!("diesel(skip_insertion)")] } else { Vec::new() }
    });
    let mut derives = STRUCT_DERIVES.to_vec();
    derives.extend(["diesel::Queryable", "diesel::Selectable"]);
    if is_identifiable(table, row) {
        derives.push("diesel::Identifiable");
        if !parents.is_empty() {
            derives.push("diesel::Associations");
        }
    }
    derives.push("diesel::Insertable");
    let mut attributes =
        if derives.contains(&"diesel::Associations") { parents } else { Vec::new() };
    attributes.push(code!("diesel(table_name = super::schema::", name(&row.table), ")"));
    let key: Vec<&str> = row
        .columns
        .iter()
        .filter(|column| table.is_in_primary_key(&column.name))
        .map(|column| column.ident.as_str())
        .collect();
    if key != ["id"] && derives.contains(&"diesel::Identifiable") {
        let key = join(key.into_iter().map(name), ", ");
        attributes.push(code!("diesel(primary_key(", key, "))"));
    }
    attributes.push(code!("diesel(check_for_backend(diesel::pg::Pg))"));
    Item {
        local: row.local.clone(),
        element: Some(row.element),
        note: row.note.clone(),
        derives: derives.into_iter().map(Derive::Known).chain(settings.given_derives()).collect(),
        attributes,
        body: Body::Struct(members),
        constants: Vec::new(),
        after: None,
    }
}

fn enumeration(mut item: Item) -> Item {
    item.derives.extend(CONVERTED.map(Derive::Known));
    item.attributes.push(code!("diesel(sql_type = sql_types::", name(&item.local.ident), ")"));
    item.after = Some(write_enumeration);
    item
}

/// What a type derives that is written to and read from a column.
const CONVERTED: [&str; 2] =
    ["diesel::expression::AsExpression", "diesel::deserialize::FromSqlRow"];

fn point() -> Item {
    let coordinate = |ident: &str, note: &str| Member {
        ident: ident.to_owned(),
        ty: Ty::path("f64"),
        element: None,
        note: note.to_owned(),
        attributes: Vec::new(),
    };
    let derives = STRUCT_DERIVES.iter().chain(&["Copy"]).chain(&CONVERTED);
    Item {
        local: Local { ident: "Point".to_owned(), module: "point".to_owned() },
        element: None,
        note: "A place on the globe.".to_owned(),
        derives: derives.map(|path| Derive::Known(path)).collect(),
        attributes: vec![code!("diesel(sql_type = sql_types::Point)")],
        body: Body::Struct(vec![
            coordinate("x", "Longitude, in degrees."),
            coordinate("y", "Latitude, in degrees."),
        ]),
        constants: Vec::new(),
        after: Some(write_point),
    }
}

/// Writes the conversions of an enumeration from and to its text.
fn write_enumeration(item: &Item, imports: &mut Imports<'_>, out: &mut Source) {
    let Body::Enum(variants) = &item.body else { return };
    to_sql(item, imports, out, |out| {
        out.line("let text = match self {");
        for variant in variants {
            out.line(code!("Self::", name(&variant.ident), " => ", string(&variant.value), ","));
        }
        out.line("};");
        out.line("std::io::Write::write_all(out, text.as_bytes())?;");
    });
    from_sql(item, imports, out, |out| {
        out.line("match std::str::from_utf8(bytes.as_bytes())? {");
        for variant in variants {
            let ident = name(&variant.ident);
            out.line(code!(string(&variant.value), " => Ok(Self::", ident, "),"));
        }
        out.line("_ => Err(\"not a value of this enumeration\".into()),");
        out.line("}");
    });
}

/// Writes the conversions of a place from and to its two coordinates.
fn write_point(item: &Item, imports: &mut Imports<'_>, out: &mut Source) {
    to_sql(item, imports, out, |out| {
        out.line("std::io::Write::write_all(out, &self.x.to_be_bytes())?;");
        out.line("std::io::Write::write_all(out, &self.y.to_be_bytes())?;");
    });
    from_sql(item, imports, out, |out| {
        out.line("let bytes: [u8; 16] = bytes.as_bytes().try_into()?;");
        out.line("let (x, y) = bytes.split_at(8);");
        out.line("let x = f64::from_be_bytes(x.try_into()?);");
        out.line("let y = f64::from_be_bytes(y.try_into()?);");
        out.line("Ok(Self { x, y })");
    });
}

fn to_sql(
    item: &Item,
    imports: &mut Imports<'_>,
    out: &mut Source,
    body: impl FnOnce(&mut Source),
) {
    for path in TO_SQL {
        imports.name(path);
    }
    let ident = name(&item.local.ident);
    out.start_item(item.element);
    out.line(code!("impl ToSql<sql_types::", &ident, ", Pg> for ", &ident, " {"));
    out.line("fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {");
    body(out);
    out.line("Ok(IsNull::No)\n}\n}");
}

/// What a conversion to the database names.
const TO_SQL: [&str; 6] = [
    "diesel::pg::Pg",
    "diesel::serialize",
    "diesel::serialize::IsNull",
    "diesel::serialize::Output",
    "diesel::serialize::ToSql",
    "super::schema::sql_types",
];

/// What a conversion from the database names.
const FROM_SQL: [&str; 5] = [
    "diesel::deserialize",
    "diesel::deserialize::FromSql",
    "diesel::pg::Pg",
    "diesel::pg::PgValue",
    "super::schema::sql_types",
];

fn from_sql(
    item: &Item,
    imports: &mut Imports<'_>,
    out: &mut Source,
    body: impl FnOnce(&mut Source),
) {
    for path in FROM_SQL {
        imports.name(path);
    }
    let ident = name(&item.local.ident);
    out.start_item(item.element);
    out.line(code!("impl FromSql<sql_types::", &ident, ", Pg> for ", &ident, " {"));
    out.line("fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {");
    body(out);
    out.line("}\n}");
}

fn scalar(ty: &ColumnType, settings: &Settings) -> Ty {
    let driver = DriverTypes {
        interval: Ty::path("diesel::data_types::PgInterval"),
        point: Ty::Local(Local { ident: "Point".to_owned(), module: "point".to_owned() }),
        inet: Ty::path("ipnetwork::IpNetwork"),
    };
    scalars::scalar(ty, settings, driver)
}
