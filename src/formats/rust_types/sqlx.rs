//! The `sqlx` flavor: rows of PostgreSQL with `FromRow`, and its enumerations with `Type`. Must not
//! know how tables are made.

use crate::base::reserved::is_reserved;
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::{code, join};
use crate::formats::relational::schema::{ColumnType, QualifiedName};
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::files::{modules, one_file};
use crate::formats::rust_types::items::{Body, Derive, Item, STRUCT_DERIVES};
use crate::formats::rust_types::names::Kind;
use crate::formats::rust_types::renaming::{RenameRule, best_rule};
use crate::formats::rust_types::requirements::{Requirements, title};
use crate::formats::rust_types::rows::{Row, RowStyle, rows, takes_all};
use crate::formats::rust_types::scalars::{self, DriverTypes};
use crate::formats::rust_types::source::key_value;
use crate::formats::rust_types::types::Ty;

const STYLE: RowStyle = RowStyle {
    scalar,
    json,
    types: Kind::Type,
    columns: Kind::Field,
    reserved: &[],
    reserved_modules: &[],
    enumerations: None,
    takes: takes_all,
};

/// The project as rows.
pub(super) fn export(project: &Project, settings: &Settings) -> Exported {
    let mut rows = rows(project, settings, STYLE);
    let mut items: Vec<Item> =
        rows.tables.iter().chain(&rows.views).map(|row| item(row, settings)).collect();
    for (one, item) in rows.schema.enumerations.iter().zip(&mut rows.enumerations) {
        items.extend(item.take().map(|item| enumeration(item, &one.name)));
    }
    items.append(&mut rows.documents);
    let title = title(project, "sqlx");
    let taken = rows.names.given();
    let files = if settings.modules {
        modules(&items, taken, &title, Requirements::default(), &[])
    } else {
        one_file("models.rs", &items, taken, &title, Requirements::default())
    };
    Exported { files, diagnostics: rows.diagnostics }
}

fn item(row: &Row, settings: &Settings) -> Item {
    let members = row.members(|column| {
        if column.is_renamed() {
            vec![code!("sqlx(", key_value("rename", &column.name), ")")]
        } else {
            Vec::new()
        }
    });
    let derives = STRUCT_DERIVES.iter().chain(&["sqlx::FromRow"]).map(|path| Derive::Known(path));
    Item {
        local: row.local.clone(),
        element: Some(row.element),
        note: row.note.clone(),
        derives: derives.chain(settings.given_derives()).collect(),
        attributes: Vec::new(),
        body: Body::Struct(members),
        constants: Vec::new(),
        after: None,
    }
}

/// The enum with what makes it a type of the database.
fn enumeration(mut item: Item, name: &QualifiedName) -> Item {
    let Body::Enum(variants) = &mut item.body else { return item };
    let pairs: Vec<_> =
        variants.iter().map(|variant| (variant.ident.as_str(), variant.value.as_str())).collect();
    let rule =
        best_rule(&pairs, RenameRule::of_words).filter(|rule| *rule != RenameRule::ScreamingKebab);
    for variant in variants.iter_mut() {
        let derived = rule.map(|rule| rule.of_words(&variant.ident));
        if derived.as_ref().unwrap_or(&variant.ident) != &variant.value {
            let renamed = key_value("rename", &variant.value);
            variant.attributes.push(code!("sqlx(", renamed, ")"));
        }
    }
    let mut arguments = vec![key_value("type_name", &type_name(name))];
    arguments.extend(rule.map(|rule| key_value("rename_all", rule.as_str())));
    item.attributes.push(code!("sqlx(", join(arguments, ", "), ")"));
    item.derives.push(Derive::Known("sqlx::Type"));
    item
}

/// Names of types that PostgreSQL reads as its own when they are not in quotes.
const TYPE_WORDS: [&str; 21] = [
    "bigint",
    "bit",
    "boolean",
    "char",
    "character",
    "dec",
    "decimal",
    "float",
    "int",
    "integer",
    "interval",
    "national",
    "nchar",
    "numeric",
    "precision",
    "real",
    "setof",
    "smallint",
    "time",
    "timestamp",
    "varchar",
];

/// The name of a type as PostgreSQL reads it: in quotes unless it is plain.
fn type_name(name: &QualifiedName) -> String {
    let quoted = |name: &str| {
        let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && !TYPE_WORDS.contains(&name)
            && !is_reserved(name, "postgres");
        if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
    };
    match &name.namespace {
        Some(namespace) => format!("{}.{}", quoted(namespace), quoted(&name.name)),
        None => quoted(&name.name),
    }
}

fn json(ty: Ty) -> Ty {
    Ty::Path("sqlx::types::Json", vec![ty])
}

fn scalar(ty: &ColumnType, settings: &Settings) -> Ty {
    let driver = DriverTypes {
        interval: Ty::path("sqlx::postgres::types::PgInterval"),
        point: Ty::path("sqlx::postgres::types::PgPoint"),
        inet: Ty::path("sqlx::types::ipnetwork::IpNetwork"),
    };
    scalars::scalar(ty, settings, driver)
}
