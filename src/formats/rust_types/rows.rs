//! Tables as rows: the same tables that the target `postgres` makes, each with a struct, and the
//! enumerations and JSON documents that its columns hold. What all flavors with tables share.
//!
//! Must not know how a flavor spells scalars: its [`RowStyle`] says so.

use std::collections::BTreeSet;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::relational::lower;
use crate::formats::relational::schema::{
    Column, ColumnOrigin, ColumnType, QualifiedName, Schema, Table, TableOrigin, View,
};
use crate::formats::relational::target::{POSTGRES, Target};
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::document_files::{geo_point_item, uses_points};
use crate::formats::rust_types::documents::Documents;
use crate::formats::rust_types::items::{Body, Item, Member};
use crate::formats::rust_types::names::{Kind, Scope, unraw};
use crate::formats::rust_types::serde;
use crate::formats::rust_types::source::Code;
use crate::formats::rust_types::type_names::{FieldNames, TypeNames};
use crate::formats::rust_types::types::{Local, Ty};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::graph::Link;
use crate::model::id::ElementId;

/// PostgreSQL, with a native type for this target before one for that.
const TARGET: Target = Target { ids: &["rust", "postgres"], ..POSTGRES };

/// How a flavor writes columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowStyle {
    /// The type of a scalar.
    pub scalar: fn(&ColumnType, &Settings) -> Ty,
    /// The type of a JSON column that holds values of that type.
    pub json: fn(Ty) -> Ty,
    /// What the identifiers of types are.
    pub types: Kind,
    /// What the identifiers of columns are.
    pub columns: Kind,
    /// Names of types that the flavor needs for itself.
    pub reserved: &'static [&'static str],
    /// Names of modules that it needs for itself.
    pub reserved_modules: &'static [&'static str],
    /// The one module of all enumerations, if they have one.
    pub enumerations: Option<&'static str>,
    /// Whether it can have an enum of these values; else the column is text.
    pub takes: fn(&[String]) -> bool,
}

/// Any values will do.
pub(super) fn takes_all(_: &[String]) -> bool {
    true
}

/// A project as rows.
#[derive(Debug)]
pub(super) struct Rows {
    /// The tables.
    pub schema: Schema,
    /// A struct for each table, by its position in the schema.
    pub tables: Vec<Row>,
    /// A struct for each view, by its position in the schema.
    pub views: Vec<Row>,
    /// The enumerations that columns are of, by their position in the schema; none where one is
    /// stored as text.
    pub enumerations: Vec<Option<Item>>,
    /// The enumerations that the flavor cannot have.
    pub refused: BTreeSet<usize>,
    /// The documents in JSON columns and the enumerations that only they use.
    pub documents: Vec<Item>,
    /// The names of all types.
    pub names: TypeNames,
    /// What a person should know.
    pub diagnostics: Vec<Diagnostic>,
}

/// The struct of a table or view.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its name.
    pub local: Local,
    /// Where it comes from.
    pub element: ElementId,
    /// Its documentation.
    pub note: String,
    /// What the table itself is called where it is a module.
    pub table: String,
    /// Its columns in order.
    pub columns: Vec<RowColumn>,
}

/// A column as a field of a struct.
#[derive(Clone, Debug)]
pub(super) struct RowColumn {
    /// Its identifier.
    pub ident: String,
    /// The variant that stands for it, in flavors that have one.
    pub variant: String,
    /// The name of the column.
    pub name: String,
    /// Its type, optional where the column is nullable.
    pub ty: Ty,
    /// Where it comes from.
    pub element: Option<ElementId>,
    /// Its documentation.
    pub note: String,
}

impl RowColumn {
    /// Whether the identifier is another word than the column's name.
    pub(super) fn is_renamed(&self) -> bool {
        unraw(&self.ident) != self.name
    }
}

/// The rows of a project in that style.
pub(super) fn rows(project: &Project, settings: &Settings, style: RowStyle) -> Rows {
    let model = &project.model;
    let mut schema = lower(model, &TARGET, settings.choices);
    let mut diagnostics = std::mem::take(&mut schema.diagnostics);
    let mut names = TypeNames::avoiding(model, style.types, style.reserved, style.reserved_modules);
    if let Some(module) = style.enumerations {
        names.put_enumerations_in(module);
    }
    let refused = refuse(&mut schema, style, &mut diagnostics);
    let geo_point = uses_points(model).then(|| names.further("GeoPoint"));
    let locals: Vec<Local> =
        schema.tables.iter().map(|table| local_of(model, table, &mut names)).collect();
    let (tables, views, enumerations, documents) = {
        let mut documents =
            Documents::new(model, &names, serde::STYLE, settings, geo_point.clone());
        let mut writer = Writer {
            model,
            schema: &schema,
            names: &names,
            documents: &documents,
            settings,
            style,
            tables: Scope::default(),
            diagnostics: Vec::new(),
        };
        let tables: Vec<Row> = schema
            .tables
            .iter()
            .zip(locals)
            .map(|(table, local)| writer.table(table, local))
            .collect();
        let views: Vec<Row> = schema.views.iter().filter_map(|view| writer.view(view)).collect();
        diagnostics.append(&mut writer.diagnostics);
        let mut all: Vec<Item> = Vec::new();
        for entity in model.entities() {
            all.extend(documents.entity(entity));
        }
        for enumeration in model.enumerations() {
            all.extend(documents.enumeration(enumeration));
        }
        all.extend(geo_point.map(geo_point_item));
        all.retain({
            let reachable = reachable(&all, tables.iter().chain(&views));
            move |item| reachable.contains(&item.local.ident)
        });
        let serialized = serialized(&all, tables.iter().chain(&views));
        let (enumerations, documents) = split(&schema, &names, all, |item| {
            settings.derives_serde() || serialized.contains(&item.local.ident)
        });
        (tables, views, enumerations, documents)
    };
    diagnostics.extend_from_slice(names.diagnostics());
    Rows { schema, tables, views, enumerations, refused, documents, names, diagnostics }
}

/// Makes text of the enumerations that the flavor cannot have.
fn refuse(
    schema: &mut Schema,
    style: RowStyle,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeSet<usize> {
    let mut refused = BTreeSet::new();
    for (position, one) in schema.enumerations.iter_mut().enumerate() {
        if !one.checked && !(style.takes)(&one.values) {
            one.checked = true;
            refused.insert(position);
            diagnostics.push(Diagnostic::warning(format!(
                "rust: the enumeration `{}` is text, since some of its values are too much alike",
                one.name.name
            )));
        }
    }
    refused
}

/// The type of a table: that of its entity, or one named after the table. An entity that is also
/// embedded has two, of which the document keeps the plain name.
fn local_of(model: &Model, table: &Table, names: &mut TypeNames) -> Local {
    let TableOrigin::Entity(id) = table.origin else { return names.further(&table.name.name) };
    let links = model.graph().incoming(id);
    let is_embedded = links.iter().any(|(link, _)| matches!(link, Link::Embedding(_)));
    match names.entity(id).cloned() {
        Some(local) if is_embedded => names.further(&format!("{} row", unraw(&local.ident))),
        Some(local) => local,
        None => names.further(&table.name.name),
    }
}

struct Writer<'a> {
    model: &'a Model,
    schema: &'a Schema,
    names: &'a TypeNames,
    documents: &'a Documents<'a>,
    settings: &'a Settings,
    style: RowStyle,
    /// The names of tables.
    tables: Scope,
    diagnostics: Vec<Diagnostic>,
}

impl Writer<'_> {
    fn table(&mut self, table: &Table, local: Local) -> Row {
        let is_optional =
            |column: &Column| column.nullable && !table.is_in_primary_key(&column.name);
        let origin = (local, table.origin.element());
        self.row(origin, (&table.name, &table.note), &table.columns, is_optional)
    }

    fn view(&mut self, view: &View) -> Option<Row> {
        let local = self.names.entity(view.entity)?.clone();
        let origin = (local, ElementId::Entity(view.entity));
        // A database cannot tell that a column of a view is never null.
        Some(self.row(origin, (&view.name, &view.note), &view.columns, |_| true))
    }

    fn row(
        &mut self,
        (local, element): (Local, ElementId),
        (name, note): (&QualifiedName, &str),
        columns: &[Column],
        is_optional: impl Fn(&Column) -> bool,
    ) -> Row {
        let longer = name.namespace.as_ref().map(|namespace| format!("{namespace} {}", name.name));
        let table = self.tables.give(Kind::Column, &name.name, longer.as_deref()).ident;
        let mut names = FieldNames::new(self.style.columns);
        if self.style.columns == Kind::Column {
            names.reserve(&table);
        }
        let mut variants = Scope::default();
        let columns = columns
            .iter()
            .map(|column| {
                let ty = self.ty(column, &column.ty);
                let ident = names.give(&column.name, &name.name);
                RowColumn {
                    variant: variants.give(Kind::Variant, unraw(&ident), None).ident,
                    ident,
                    name: column.name.clone(),
                    ty: if is_optional(column) { ty.optional() } else { ty },
                    element: element_of(column.origin),
                    note: column.note.clone(),
                }
            })
            .collect();
        self.diagnostics.append(&mut names.diagnostics);
        Row { local, element, note: note_of(note, name), table, columns }
    }

    fn ty(&self, column: &Column, ty: &ColumnType) -> Ty {
        match ty {
            ColumnType::Array(item) => self.ty(column, item).list(),
            ColumnType::Enumeration(position) => {
                let one = self.schema.enumerations.get(*position).filter(|one| !one.checked);
                let local = one.and_then(|one| self.names.enumeration(one.id));
                local.map_or(Ty::STRING, |local| Ty::Local(local.clone()))
            }
            ColumnType::Json => self.json(column),
            scalar => (self.style.scalar)(scalar, self.settings),
        }
    }

    fn json(&self, column: &Column) -> Ty {
        let any = || (self.style.scalar)(&ColumnType::Json, self.settings);
        let ColumnOrigin::Field(entity, field) = column.origin else { return any() };
        let field = self.model.entity(entity).and_then(|entity| entity.field(field));
        match field {
            Some(field) if !is_any(&field.ty) => {
                (self.style.json)(self.documents.ty(&field.ty, Some(field)))
            }
            Some(_) | None => any(),
        }
    }
}

/// Whether values of the type can be anything.
fn is_any(ty: &DataType) -> bool {
    matches!(ty, DataType::Json | DataType::Mixed)
}

fn element_of(origin: ColumnOrigin) -> Option<ElementId> {
    match origin {
        ColumnOrigin::Field(entity, field) => Some(ElementId::Field(entity, field)),
        ColumnOrigin::Reference(reference) => Some(ElementId::Reference(reference)),
        ColumnOrigin::Key
        | ColumnOrigin::CreatedAt
        | ColumnOrigin::UpdatedAt
        | ColumnOrigin::Parent
        | ColumnOrigin::Position => None,
    }
}

/// A note with a line that says where the rows are.
fn note_of(note: &str, name: &QualifiedName) -> String {
    let shown = match &name.namespace {
        Some(namespace) => format!("{namespace}.{}", name.name),
        None => name.name.clone(),
    };
    let line = format!("A row of `{}`.", shown.replace('`', "'"));
    if note.is_empty() { line } else { format!("{note}\n\n{line}") }
}

/// The names of the types that JSON columns lead to.
fn reachable<'a>(all: &[Item], rows: impl Iterator<Item = &'a Row>) -> BTreeSet<String> {
    let mut waiting: Vec<&Ty> = Vec::new();
    let rows: Vec<&Row> = rows.collect();
    let mut found = BTreeSet::new();
    for column in rows.iter().flat_map(|row| &row.columns) {
        waiting.push(&column.ty);
    }
    while let Some(ty) = waiting.pop() {
        match ty {
            Ty::Path(_, arguments) => waiting.extend(arguments),
            Ty::Local(local) => {
                if found.insert(local.ident.clone()) {
                    let item = all.iter().find(|item| item.local.ident == local.ident);
                    if let Some(Item { body: Body::Struct(members), .. }) = item {
                        waiting.extend(members.iter().map(|member| &member.ty));
                    }
                }
            }
        }
    }
    found
}

/// The names of the types that documents hold: as fields, or as values of a JSON column.
fn serialized<'a>(items: &[Item], rows: impl Iterator<Item = &'a Row>) -> BTreeSet<String> {
    let mut waiting: Vec<&Ty> = Vec::new();
    for item in items {
        if let Body::Struct(members) = &item.body {
            waiting.extend(members.iter().map(|member| &member.ty));
        }
    }
    for column in rows.flat_map(|row| &row.columns) {
        let mut ty = &column.ty;
        // Within these it is a value of the column itself.
        while let Ty::Path("Option" | "Vec", arguments) = ty
            && let [inner] = arguments.as_slice()
        {
            ty = inner;
        }
        if let Ty::Path(_, arguments) = ty {
            waiting.extend(arguments);
        }
    }
    let mut idents = BTreeSet::new();
    while let Some(ty) = waiting.pop() {
        match ty {
            Ty::Path(_, arguments) => waiting.extend(arguments),
            Ty::Local(local) => {
                idents.insert(local.ident.clone());
            }
        }
    }
    idents
}

/// The enumerations of the schema, by their position there, and the other types.
fn split(
    schema: &Schema,
    names: &TypeNames,
    mut all: Vec<Item>,
    is_serialized: impl Fn(&Item) -> bool,
) -> (Vec<Option<Item>>, Vec<Item>) {
    let enumerations = schema
        .enumerations
        .iter()
        .map(|one| {
            let local = names.enumeration(one.id).filter(|_| !one.checked)?;
            let position = all.iter().position(|item| item.local == *local)?;
            let mut item = all.remove(position);
            if !is_serialized(&item) {
                item.forget_serde();
            }
            Some(item)
        })
        .collect();
    (enumerations, all)
}

impl Row {
    /// Its fields, each with the attributes that `attributes` gives it.
    pub(super) fn members(&self, attributes: impl Fn(&RowColumn) -> Vec<Code>) -> Vec<Member> {
        self.columns
            .iter()
            .map(|column| Member {
                ident: column.ident.clone(),
                ty: column.ty.clone(),
                element: column.element,
                note: column.note.clone(),
                attributes: attributes(column),
            })
            .collect()
    }
}
