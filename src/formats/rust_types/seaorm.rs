//! The `seaorm` flavor: an entity module for each table, enumerations in `sea_orm_active_enums.rs`, a
//! `prelude.rs` and a `mod.rs`, in SeaORM's compact form. Must not know how tables are made.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase as _;
use unicode_ident::{is_xid_continue, is_xid_start};

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::{code, join};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::relational::schema::{Column, ColumnType, EnumerationType, Table};
use crate::formats::rust_types::files::file_of;
use crate::formats::rust_types::items::{Body, Derive, Item, STRUCT_DERIVES, eq_types};
use crate::formats::rust_types::names::{Kind, unraw};
use crate::formats::rust_types::order::path_order;
use crate::formats::rust_types::requirements::{Requirements, title};
use crate::formats::rust_types::rows::{Row, RowColumn, RowStyle, Rows, rows};
use crate::formats::rust_types::scalars::integer;
use crate::formats::rust_types::seaorm_relations::{Relation, Way, relations, ways};
use crate::formats::rust_types::source::{Code, Source, key_value, name};
use crate::formats::rust_types::types::{Imports, Local, Ty};
use crate::formats::rust_types::{Dates, Decimals, Settings};

const STYLE: RowStyle = RowStyle {
    scalar,
    json,
    types: Kind::Type,
    columns: Kind::ModelField,
    reserved: &[
        "ActiveModel",
        "Column",
        "Entity",
        "Json",
        "Linked",
        "Model",
        "PrimaryKey",
        "Related",
        "RelatedEntity",
        "Relation",
        "RelationDef",
        "Select",
    ],
    reserved_modules: &["prelude", ENUMS],
    enumerations: Some(ENUMS),
    takes: takes_values,
};

/// The module of enumerations.
const ENUMS: &str = "sea_orm_active_enums";
/// What a document in a column derives.
const FROM_JSON: &str = "sea_orm::entity::prelude::FromJsonQueryResult";
/// What every module imports as a whole.
const PRELUDE: &str = "sea_orm::entity::prelude";

/// The project as entities.
pub(super) fn export(project: &Project, settings: &Settings) -> Exported {
    let mut rows = rows(project, settings, STYLE);
    let kept = keep(&mut rows);
    warn_of_namespaces(&mut rows);
    read_from_json(&mut rows);
    let title = title(project, "SeaORM");
    let mut documents: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in &rows.documents {
        documents.entry(&item.local.module).or_default().push(item);
    }
    let relations = relations(&rows, &kept);
    let mut writer = Writer {
        ways: ways(&rows, &kept, &relations),
        relations,
        eq: eq_types(rows.documents.iter().chain(rows.enumerations.iter().flatten())),
        files: FileSet::default(),
        modules: BTreeSet::from(["prelude"]),
        requirements: Requirements::default(),
        rows: &rows,
        kept: &kept,
        title: &title,
        settings,
    };
    writer.requirements.add_paths(&BTreeSet::from([PRELUDE]));
    for position in &kept {
        writer.entity(*position, &mut documents);
    }
    writer.enumerations(documents.remove(ENUMS).unwrap_or_default());
    for (module, items) in documents {
        writer.module(module, |writer, imports, body| writer.items(&items, imports, body));
    }
    writer.prelude();
    writer.index();
    let files = writer.files;
    Exported { files, diagnostics: rows.diagnostics }
}

/// Lets the documents that columns hold be read from JSON.
fn read_from_json(rows: &mut Rows) {
    let columns = rows.tables.iter().flat_map(|row| &row.columns);
    let held: BTreeSet<&str> = columns.filter_map(|column| column.ty.local()).collect();
    for item in &mut rows.documents {
        let is_struct = matches!(item.body, Body::Struct(_));
        if is_struct && held.contains(item.local.ident.as_str()) {
            item.derives.push(Derive::Known(FROM_JSON));
        }
    }
}

/// The tables that SeaORM can hold; it says of the others why not.
fn keep(rows: &mut Rows) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for (position, table) in rows.schema.tables.iter().enumerate() {
        if table.primary_key.as_ref().is_some_and(|key| key.columns.len() <= LONGEST_KEY) {
            kept.insert(position);
            continue;
        }
        let name = &table.name.name;
        rows.diagnostics.push(Diagnostic::warning(format!(
            "rust: SeaORM has no place for the table `{name}`: it has no primary key of up to \
             {LONGEST_KEY} columns"
        )));
    }
    for view in &rows.schema.views {
        let name = &view.name.name;
        rows.diagnostics.push(Diagnostic::warning(format!(
            "rust: SeaORM has no place for the view `{name}`: a view has no primary key"
        )));
    }
    kept
}

/// SeaORM casts to an enumeration by its bare name.
fn warn_of_namespaces(rows: &mut Rows) {
    for one in rows.schema.enumerations.iter().filter(|one| !one.checked) {
        if let Some(namespace) = &one.name.namespace {
            let name = &one.name.name;
            let message =
                format!("rust: SeaORM looks for the enumeration `{name}` without `{namespace}`");
            let hint = format!("put `{namespace}` into the `search_path` of the connection");
            rows.diagnostics.push(Diagnostic::warning(message).with_hint(hint));
        }
    }
}

struct Writer<'a> {
    rows: &'a Rows,
    kept: &'a BTreeSet<usize>,
    relations: BTreeMap<usize, Vec<Relation>>,
    ways: BTreeMap<usize, Vec<Way>>,
    /// The documents whose equality is total.
    eq: BTreeSet<String>,
    files: FileSet,
    modules: BTreeSet<&'a str>,
    requirements: Requirements,
    title: &'a str,
    settings: &'a Settings,
}

impl<'a> Writer<'a> {
    /// Writes a module that imports what it names.
    fn module(
        &mut self,
        module: &'a str,
        write: impl FnOnce(&Self, &mut Imports<'_>, &mut Source),
    ) {
        let mut imports = Imports::new(self.rows.names.given(), Some(module)).with_all_of(PRELUDE);
        let mut body = Source::default();
        write(self, &mut imports, &mut body);
        if imports.paths().contains(FROM_JSON) {
            // What it derives names that crate.
            imports.need("serde_json::Value");
        }
        self.requirements.add_paths(imports.paths());
        let written = imports.before(body).finish(&[self.title.to_owned()]);
        self.files.add(file_of(module), written);
        self.modules.insert(module);
    }

    fn items(&self, items: &[&Item], imports: &mut Imports<'_>, body: &mut Source) {
        for item in items {
            item.write(&self.eq, imports, body);
        }
    }

    fn entity(&mut self, position: usize, documents: &mut BTreeMap<&str, Vec<&Item>>) {
        let found = self.rows.schema.tables.get(position).zip(self.rows.tables.get(position));
        let Some((table, row)) = found else { return };
        let below = documents.remove(row.local.module.as_str()).unwrap_or_default();
        if table.columns.iter().any(|column| is_array(&column.ty)) {
            self.requirements.add_feature("sea_orm", "postgres-array");
        }
        self.module(&row.local.module, |writer, imports, body| {
            let model = model(table, row, writer.rows, writer.settings);
            let mut eq = writer.eq.clone();
            if row.columns.iter().all(|column| column.ty.is_eq(&writer.eq)) {
                eq.insert(model.local.ident.clone());
            }
            model.write(&eq, imports, body);
            let relations = writer.relations.get(&position).map_or(&[][..], Vec::as_slice);
            let ways = writer.ways.get(&position).map_or(&[][..], Vec::as_slice);
            write_relations(relations, ways, imports, body);
            writer.items(&below, imports, body);
        });
    }

    /// Writes the enumerations of columns and those that only documents use.
    fn enumerations(&mut self, inner: Vec<&Item>) {
        let of_columns: Vec<Item> = self
            .rows
            .schema
            .enumerations
            .iter()
            .zip(&self.rows.enumerations)
            .filter_map(|(one, item)| Some(active_enum(item.clone()?, one)))
            .collect();
        if of_columns.is_empty() && inner.is_empty() {
            return;
        }
        let items: Vec<&Item> = of_columns.iter().chain(inner).collect();
        self.module(ENUMS, |writer, imports, body| {
            writer.items(&items, imports, body);
        });
    }

    fn prelude(&mut self) {
        let mut uses: Vec<(Vec<String>, Code)> = Vec::new();
        for row in self.kept.iter().filter_map(|position| self.rows.tables.get(*position)) {
            let Local { ident, module } = &row.local;
            let path = vec![module.clone(), format!("Entity as {ident}")];
            let [module, ident] = [module, ident].map(|one| name(one));
            uses.push((path, code!("pub use super::", module, "::Entity as ", ident, ";")));
        }
        uses.sort_by(|(a, _), (b, _)| path_order(a, b));
        let mut body = Source::default();
        body.start_item(None);
        for (_, line) in uses {
            body.line(line);
        }
        let written = body.finish(&[self.title.to_owned()]);
        self.files.add(RelativePath::of(&["prelude.rs"]), written);
    }

    fn index(&mut self) {
        let mut modules: Vec<&str> = self.modules.iter().copied().collect();
        modules.sort_by_key(|module| unraw(module));
        let mut body = Source::default();
        body.start_item(None);
        for module in modules {
            body.line(code!("pub mod ", name(module), ";"));
        }
        let written = body.finish(&self.requirements.header(self.title));
        self.files.add(RelativePath::of(&["mod.rs"]), written);
    }
}

/// Most columns of a primary key.
const LONGEST_KEY: usize = 12;

fn is_array(ty: &ColumnType) -> bool {
    matches!(ty, ColumnType::Array(_) | ColumnType::Vector { .. })
}

/// The struct of an entity's rows.
fn model(table: &Table, row: &Row, rows: &Rows, settings: &Settings) -> Item {
    let members = row.members(|column| {
        let of = table.column(&column.name);
        of.map(|of| field_attributes(table, of, column, rows)).unwrap_or_default()
    });
    let mut arguments = Vec::new();
    let namespace = table.name.namespace.as_ref();
    arguments.extend(namespace.map(|name| key_value("schema_name", name)));
    arguments.push(key_value("table_name", &table.name.name));
    let derives = STRUCT_DERIVES.iter().chain(&["sea_orm::entity::prelude::DeriveEntityModel"]);
    Item {
        local: Local { ident: "Model".to_owned(), module: row.local.module.clone() },
        element: Some(row.element),
        note: row.note.clone(),
        derives: derives.map(|path| Derive::Known(path)).chain(settings.given_derives()).collect(),
        attributes: vec![code!("sea_orm(", join(arguments, ", "), ")")],
        body: Body::Struct(members),
        constants: Vec::new(),
        after: None,
    }
}

fn field_attributes(table: &Table, of: &Column, column: &RowColumn, rows: &Rows) -> Vec<Code> {
    let mut arguments = Vec::new();
    if table.is_in_primary_key(&of.name) {
        arguments.push(code!("primary_key"));
        if !of.auto_increment {
            arguments.push(code!("auto_increment = false"));
        }
    }
    if column.is_renamed() {
        arguments.push(key_value("column_name", &of.name));
    }
    if column.variant != unraw(&column.ident).to_upper_camel_case() {
        arguments.push(key_value("enum_name", &column.variant));
    }
    if let Some(ty) = column_type(&of.ty) {
        arguments.push(key_value("column_type", &ty));
        if column.ty.is_optional() {
            arguments.push(code!("nullable"));
        }
    }
    if let Some(cast) = cast(&of.ty, rows) {
        arguments.push(key_value("select_as", "text"));
        arguments.push(key_value("save_as", &cast));
    }
    if table.uniques.iter().any(|key| key.columns == [of.name.clone()]) {
        arguments.push(code!("unique"));
    }
    if arguments.is_empty() {
        Vec::new()
    } else {
        vec![code!("sea_orm(", join(arguments, ", "), ")")]
    }
}

/// The type of a column, where the Rust type alone does not tell.
fn column_type(ty: &ColumnType) -> Option<String> {
    Some(match ty {
        ColumnType::String { length: Some(length) } => format!("String(StringLen::N({length}))"),
        ColumnType::Text => "Text".to_owned(),
        ColumnType::ObjectId => "Char(Some(24))".to_owned(),
        ColumnType::Decimal { precision: Some(precision), scale } => {
            format!("Decimal(Some(({precision}, {})))", scale.unwrap_or(0))
        }
        ColumnType::Float => "Float".to_owned(),
        ColumnType::Double => "Double".to_owned(),
        ColumnType::Json => "JsonBinary".to_owned(),
        ColumnType::Interval => "custom(\"interval\")".to_owned(),
        ColumnType::GeoPoint => "custom(\"point\")".to_owned(),
        ColumnType::Inet => "Inet".to_owned(),
        ColumnType::Binary { .. } => "VarBinary(StringLen::None)".to_owned(),
        ColumnType::String { length: None }
        | ColumnType::Decimal { precision: None, .. }
        | ColumnType::Integer(_)
        | ColumnType::Boolean
        | ColumnType::Date
        | ColumnType::Time
        | ColumnType::DateTime { .. }
        | ColumnType::Uuid
        | ColumnType::Vector { .. }
        | ColumnType::Enumeration(_)
        | ColumnType::Array(_) => return None,
    })
}

/// The type that text must be cast to, where SeaORM has no type of its own.
fn cast(ty: &ColumnType, rows: &Rows) -> Option<String> {
    match ty {
        ColumnType::Interval => Some("interval".to_owned()),
        ColumnType::GeoPoint => Some("point".to_owned()),
        ColumnType::Enumeration(position) if rows.refused.contains(position) => {
            rows.schema.enumerations.get(*position).map(|one| one.name.name.clone())
        }
        _ => None,
    }
}

fn write_relations(
    relations: &[Relation],
    ways: &[Way],
    imports: &mut Imports<'_>,
    body: &mut Source,
) {
    imports.need(PRELUDE);
    body.start_item(None);
    body.line("#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]");
    body.line("pub enum Relation {");
    for relation in relations {
        body.mark(relation.element);
        let arguments: Vec<_> =
            relation.arguments.iter().map(|(key, text)| key_value(key, text)).collect();
        body.line(code!("#[sea_orm(", join(arguments, ", "), ")]"));
        body.line(code!(name(&relation.variant), ","));
    }
    body.line("}");
    for relation in relations {
        let Some(module) = &relation.related else { continue };
        body.start_item(relation.element);
        body.line(code!("impl Related<super::", name(module), "::Entity> for Entity {"));
        body.line("fn to() -> RelationDef {");
        body.line(code!("Relation::", name(&relation.variant), ".def()"));
        body.line("}\n}");
    }
    for Way { to, over, variants: [forth, back] } in ways {
        body.start_item(None);
        body.line(code!("impl Related<super::", name(to), "::Entity> for Entity {"));
        body.line("fn to() -> RelationDef {");
        body.line(code!("super::", name(over), "::Relation::", name(forth), ".def()"));
        body.line("}");
        body.line("fn via() -> Option<RelationDef> {");
        body.line(code!("Some(super::", name(over), "::Relation::", name(back), ".def().rev())"));
        body.line("}\n}");
    }
    body.start_item(None);
    body.line("impl ActiveModelBehavior for ActiveModel {}");
}

/// An enumeration that columns are of.
fn active_enum(mut item: Item, one: &EnumerationType) -> Item {
    let derives =
        ["sea_orm::entity::prelude::EnumIter", "sea_orm::entity::prelude::DeriveActiveEnum"];
    item.derives.extend(derives.map(Derive::Known));
    item.attributes.push(code!(
        "sea_orm(",
        key_value("rs_type", "Enum"),
        ", ",
        key_value("db_type", "Enum"),
        ", ",
        key_value("enum_name", &one.name.name),
        ")"
    ));
    if let Body::Enum(variants) = &mut item.body {
        for variant in variants {
            let value = key_value("string_value", &variant.value);
            variant.attributes.push(code!("sea_orm(", value, ")"));
        }
    }
    item
}

/// Whether SeaORM can derive an enum of these values: from each it makes an identifier, and they
/// must differ.
fn takes_values(values: &[String]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().all(|value| {
        let ident = identifier_of_value(value);
        !ident.is_empty() && ident != "Self" && seen.insert(ident)
    })
}

/// The identifier that SeaORM makes of a value.
fn identifier_of_value(value: &str) -> String {
    let escaped = value.chars().enumerate().map(|(position, c)| {
        let fits = if position == 0 { is_xid_start(c) } else { is_xid_continue(c) };
        if fits && c != '_' { c.to_string() } else { format!("{:#X}", u32::from(c)) }
    });
    escaped.collect::<String>().to_upper_camel_case()
}

fn json(ty: Ty) -> Ty {
    match ty {
        Ty::Local(_) => ty,
        Ty::Path(..) => Ty::path("sea_orm::entity::prelude::Json"),
    }
}

fn scalar(ty: &ColumnType, settings: &Settings) -> Ty {
    let of = |chrono: &'static str, time: &'static str| {
        Ty::path(match settings.dates {
            Dates::Chrono => chrono,
            Dates::Time => time,
        })
    };
    match ty {
        ColumnType::Integer(size) => Ty::path(integer(*size)),
        ColumnType::Decimal { .. } => Ty::path(match settings.decimals {
            Decimals::RustDecimal => "sea_orm::entity::prelude::Decimal",
            Decimals::BigDecimal => "sea_orm::entity::prelude::BigDecimal",
        }),
        ColumnType::Float => Ty::path("f32"),
        ColumnType::Double => Ty::path("f64"),
        ColumnType::Boolean => Ty::path("bool"),
        ColumnType::Date => {
            of("sea_orm::entity::prelude::Date", "sea_orm::entity::prelude::TimeDate")
        }
        ColumnType::Time => {
            of("sea_orm::entity::prelude::Time", "sea_orm::entity::prelude::TimeTime")
        }
        ColumnType::DateTime { zoned: true } => of(
            "sea_orm::entity::prelude::DateTimeWithTimeZone",
            "sea_orm::entity::prelude::TimeDateTimeWithTimeZone",
        ),
        ColumnType::DateTime { zoned: false } => {
            of("sea_orm::entity::prelude::DateTime", "sea_orm::entity::prelude::TimeDateTime")
        }
        ColumnType::Uuid => Ty::path("sea_orm::entity::prelude::Uuid"),
        ColumnType::Binary { .. } => Ty::path("u8").list(),
        ColumnType::Json => Ty::path("sea_orm::entity::prelude::Json"),
        ColumnType::Inet => Ty::path("sea_orm::entity::prelude::IpNetwork"),
        ColumnType::Vector { .. } => Ty::path("f32").list(),
        ColumnType::String { .. }
        | ColumnType::Text
        | ColumnType::ObjectId
        | ColumnType::Interval
        | ColumnType::GeoPoint
        | ColumnType::Enumeration(_)
        | ColumnType::Array(_) => Ty::STRING,
    }
}
