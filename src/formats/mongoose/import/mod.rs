//! Mongoose models in: JavaScript and TypeScript as courses and teams write them, in one file or in
//! many that take from each other.
//!
//! A text becomes a syntax tree that survives mistakes ([`parser`], [`declarations`],
//! [`expressions`], [`notes`], [`literal`]) and the tree a flat list of what is stated ([`code`]). Names are followed across
//! files ([`scope`], [`paths`]) to constants ([`values`], [`validators`], [`types`]), schemas and
//! models ([`sites`]). Then entities are made of them ([`build`], [`statements`], [`fields`],
//! [`options`], [`defaults`], [`points`], [`enumerations`]), and once all are known what joins them
//! ([`references`], [`indexes`], [`virtuals`]). Nothing is ever run, and nothing fails: what is not
//! understood is told with its place ([`told`]).
//!
//! | in Mongoose | in the model |
//! |---|---|
//! | model | collection; its stored name where it is not the usual plural |
//! | schema that others hold, under a name | embedded type |
//! | schema in place, object in a list | nested object, with or without an `_id` |
//! | nested path | nested object; required when something in it is |
//! | `_id` | the primary key; one with an `alias` is called so |
//! | `Number`; whole by its validator | double; integer |
//! | GeoJSON point, written out or as a schema | geo point |
//! | `enum`: list, object, `Object.values`, imported, with a message | enumeration, named as its constant, else as entity and field; equal lists are shared |
//! | `ref`: name, model, function | reference; its ends are inferred from lists, `required`, `unique` |
//! | virtual populate | reference, or the role of one |
//! | discriminator | entity that shares the `_id` of its base |
//! | `unique`, `index`, `sparse`, `expires`, `schema.index` | unique field, index |
//! | validators that say a rule | the rule |
//! | `timestamps`; under other names | timestamps; plain fields |
//! | options that the target declares as properties | the properties |
//! | comment above or behind | note |
//! | hooks, methods, statics, plugins, other validators | told: they stay in the code |

mod build;
mod code;
mod copies;
mod declarations;
mod defaults;
mod enumerations;
mod expressions;
mod fields;
mod habits;
mod indexes;
mod literal;
mod notes;
mod options;
mod parser;
mod paths;
mod points;
mod references;
mod scope;
mod sites;
mod statements;
mod told;
mod types;
mod validators;
mod values;
mod virtuals;

use crate::formats::sources::{Source, Sources};
use crate::formats::{FormatInfo, Imported, Importer};

/// Reads Mongoose models.
#[derive(Debug)]
pub struct MongooseImporter;

static INFO: FormatInfo = FormatInfo {
    id: "mongoose",
    name: "Mongoose",
    summary: "schemas and models in JavaScript and TypeScript, a file or a folder",
    extensions: &["js", "mjs", "cjs", "ts", "mts", "cts"],
    options: &[],
    properties: &[],
    losses: &[],
};

impl Importer for MongooseImporter {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn recognizes(&self, text: &str) -> bool {
        makes_schema(text) || takes_library(text) && text.contains("model") || lists_constants(text)
    }

    fn import(&self, sources: &Sources, name: &str) -> Imported {
        build::build(sources, name)
    }

    fn wants(&self, source: &Source) -> Vec<Vec<String>> {
        let named = paths::named_in(&source.text).into_iter();
        named.map(|path| paths::candidates(&source.path, path)).collect()
    }
}

/// Whether a text makes a schema of Mongoose.
fn makes_schema(text: &str) -> bool {
    [
        "new Schema(",
        "new Schema<",
        "new mongoose.Schema(",
        "new mongoose.Schema<",
        "mongoose.Schema(",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// Whether a text gives lists of choices to others, and does nothing else.
fn lists_constants(text: &str) -> bool {
    let gives = text.contains("export enum ")
        || text.contains("export const ")
            && (text.contains("as const") || text.contains("Object.freeze("));
    let does = ["=>", "function", "class ", "return ", "require(", "new ", "</", "interface "];
    gives && !does.iter().any(|word| text.contains(word))
}

/// Whether a text imports the library.
fn takes_library(text: &str) -> bool {
    ["'mongoose'", "\"mongoose\"", "`mongoose`"].iter().any(|quoted| {
        text.match_indices(quoted).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default().trim_end();
            ["from", "require(", "import(", "import"].iter().any(|word| before.ends_with(word))
        })
    })
}
