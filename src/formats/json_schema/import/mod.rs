//! JSON Schema in: the texts become trees with places ([`documents`]), a schema with all that it
//! refers to one [`shape`], shapes types and fields ([`fields`]), definitions entities and
//! enumerations ([`build`]). What a model has no word for is told ([`losses`]).
//!
//! A text that is no JSON is lost as a whole, with the place where it stops being JSON; a schema that
//! makes no sense costs only itself. Comments and trailing commas are no error.

mod alternatives;
mod build;
mod documents;
mod fields;
mod kinds;
mod losses;
mod shape;

use jsonc_parser::ast::Value;

use crate::formats::json_schema::import::build::Builder;
use crate::formats::json_schema::import::documents::{Documents, external_references, parse};
use crate::formats::json_schema::{JSON_SCHEMA, JsonSchema};
use crate::formats::sources::{Source, Sources, path_from};
use crate::formats::{FormatInfo, Imported, Importer};

/// Words of which a schema has at least one.
const SIGNS: [&str; 7] = [
    "json-schema.org",
    "\"$jsonSchema\"",
    "\"$defs\"",
    "\"definitions\"",
    "\"bsonType\"",
    "\"openapi\"",
    "\"properties\"",
];

impl Importer for JsonSchema {
    fn info(&self) -> &'static FormatInfo {
        &JSON_SCHEMA
    }

    fn recognizes(&self, text: &str) -> bool {
        let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        text.starts_with(['{', '[', '/']) && SIGNS.iter().any(|sign| text.contains(sign))
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        let mut diagnostics = Vec::new();
        let mut trees: Vec<Option<Value<'_>>> = Vec::new();
        for (number, source) in sources.iter().enumerate() {
            match parse(&source.text) {
                Ok(tree) => trees.push(tree),
                Err(diagnostic) => {
                    let span = diagnostic.span.map(|span| span.in_source(number));
                    diagnostics.push(crate::base::diagnostic::Diagnostic { span, ..diagnostic });
                    trees.push(None);
                }
            }
        }
        let documents = Documents::new(sources, &trees);
        let mut imported = Builder::new(documents, name).build();
        diagnostics.append(&mut imported.diagnostics);
        Imported { diagnostics, ..imported }
    }

    fn wants(&self, source: &Source) -> Vec<Vec<String>> {
        let Ok(Some(tree)) = parse(&source.text) else { return Vec::new() };
        let wanted = external_references(&tree);
        let paths = wanted.iter().filter_map(|path| path_from(&source.path, path));
        paths.map(|path| vec![path]).collect()
    }
}
