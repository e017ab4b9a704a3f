//! THE list of text formats. Command line, menus, documentation tables and tests iterate it.

use crate::formats::dbml::Dbml;
use crate::formats::eraser::Eraser;
use crate::formats::graphql::Graphql;
use crate::formats::json_schema::JsonSchema;
use crate::formats::markdown::Markdown;
use crate::formats::mermaid::Mermaid;
use crate::formats::mongodb::Mongodb;
use crate::formats::mongoose::Mongoose;
use crate::formats::mongoose::import::MongooseImporter;
use crate::formats::native::Native;
use crate::formats::plantuml::Plantuml;
use crate::formats::prisma::Prisma;
use crate::formats::rust_types::Rust;
use crate::formats::sql::exporter as sql;
use crate::formats::sql::import::SqlImporter;
use crate::formats::typescript::Typescript;
use crate::formats::{Exporter, Importer};

/// Every export target, in the order in which menus and tables show them.
#[rustfmt::skip]
pub const EXPORTERS: &[&dyn Exporter] = &[
    &Mongoose,
    &Mongodb,
    &sql::POSTGRES,
    &sql::MYSQL,
    &sql::MARIADB,
    &sql::SQLITE,
    &sql::SQL_SERVER,
    &Rust,
    &Typescript,
    &Prisma,
    &JsonSchema,
    &Graphql,
    &Dbml,
    &Mermaid,
    &Plantuml,
    &Eraser,
    &Markdown,
];

/// Every import format, in the order in which they are asked whether they recognize a text.
#[rustfmt::skip]
pub const IMPORTERS: &[&dyn Importer] = &[
    &Native,
    &SqlImporter,
    &MongooseImporter,
    &Prisma,
    &JsonSchema,
    &Dbml,
    &Mermaid,
    &Eraser,
];

/// The export target of that id.
pub fn exporter(id: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|exporter| exporter.info().id == id)
}

/// The import format of that id.
pub fn importer(id: &str) -> Option<&'static dyn Importer> {
    IMPORTERS.iter().copied().find(|importer| importer.info().id == id)
}
