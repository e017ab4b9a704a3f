//! JSON Schema: what a JSON document of each entity looks like.
//!
//! Written is draft 2020-12; read are the drafts from 4 to 2020-12, the schemas of an `OpenAPI`
//! document, and MongoDB's `$jsonSchema` validators.
//!
//! | in the model | in JSON Schema |
//! |---|---|
//! | project name, note | `title`, `description` |
//! | entity of any kind | `object` in `$defs`, or in a file of its own |
//! | enumeration | `enum` in `$defs`; with notes on its values `oneOf` with a `const` each |
//! | string, text | `string`; length and length rules are `minLength`, `maxLength` |
//! | integer of 8 or 16 bits; of 32; of 64 | `integer` with its range; `integer`; format `int64` |
//! | float, double | `number` with format `float`; `number` |
//! | decimal | `number`, or text with its digits as a pattern (option `decimals`) |
//! | boolean, date, time, zoned date-time, interval, uuid | the type or format of that meaning |
//! | wall clock date-time, object id, IP address | text with a pattern or one of two formats |
//! | binary | text in `base64` |
//! | json, mixed | anything |
//! | map | `additionalProperties` of one type |
//! | geo point | a GeoJSON point |
//! | vector | `number`s of format `float`, as many as it has |
//! | embedded type | `$ref` |
//! | nested object, list | `object`, `array` |
//! | required | `required`; what is not may be absent, null or both (option `absent`) |
//! | smallest and largest value, pattern | `minimum`, `maximum`, `pattern` |
//! | constant default | `default` |
//! | immutable; hidden | `readOnly`; `writeOnly` |
//! | reference without fields | a field with the key, as in documents |
//! | `_id` that the model does not mention | not mentioned |
//! | timestamps | two read-only date-times |
//! | keys, indexes, checks, references, areas, sticky notes | left out ✗ |
//!
//! ✗ marks what [`JSON_SCHEMA`] declares as lost.
//!
//! The other way, a definition that others refer to is an embedded type and any other a collection;
//! a required `_id` or `id` is the primary key; `allOf` is merged; alternatives that are one shape or
//! null are that shape; a list of texts on a property is an enumeration. What a model has no word for
//! is told with its place.
//!
//! Reading order: `tree` (JSON with origins), `patterns`, `export` (definitions), `types` (values),
//! then [`import`].

mod export;
pub mod import;
mod patterns;
mod tree;
mod types;

use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target and import format `json-schema`.
#[derive(Debug)]
pub struct JsonSchema;

/// The key in the extras of a field under which a format of texts is kept that no type stands for.
const FORMAT: &str = "format";

/// What it is.
pub static JSON_SCHEMA: FormatInfo = FormatInfo {
    id: "json-schema",
    name: "JSON Schema",
    summary: "what JSON documents look like, in draft 2020-12",
    extensions: &["schema.json", "jsonschema", "json"],
    options: &[
        OptionInfo {
            key: "files",
            summary: "all definitions in one file, or a file for each",
            values: OptionValues::Choice(&["one", "each"]),
            default: "one",
        },
        OptionInfo {
            key: "absent",
            summary: "whether a value that is not required may be missing, null, or both",
            values: OptionValues::Choice(&["optional", "null", "both"]),
            default: "optional",
        },
        OptionInfo {
            key: "other_fields",
            summary: "whether documents may have fields that the model does not mention",
            values: OptionValues::Choice(&["allow", "refuse"]),
            default: "allow",
        },
        OptionInfo {
            key: "decimals",
            summary: "decimals as numbers, or as text that keeps every digit",
            values: OptionValues::Choice(&["number", "string"]),
            default: "number",
        },
    ],
    properties: &[PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: FORMAT,
            summary: "The format of a text, such as `email` or `uri`",
            values: OptionValues::Text,
            default: "",
        },
    }],
    losses: &[
        Loss { feature: Feature::Namespaces, outcome: "become part of names" },
        Loss { feature: Feature::Views, outcome: "become objects" },
        Loss { feature: Feature::KeptIds, outcome: "are left out" },
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::MadeDefaults, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "becomes read-only" },
        Loss { feature: Feature::GeneratedFields, outcome: "become read-only" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::PrimaryKeys, outcome: "are required fields" },
        Loss { feature: Feature::AlternateKeys, outcome: "are left out" },
        Loss { feature: Feature::UniqueFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::References, outcome: "are fields with a key and nothing more" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss { feature: Feature::Timestamps, outcome: "of tables become two fields" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for JsonSchema {
    fn info(&self) -> &'static FormatInfo {
        &JSON_SCHEMA
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        export::export(project, options)
    }
}
