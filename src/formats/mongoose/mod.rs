//! Mongoose models: one file per collection, with enumerations and embedded schemas in files of
//! their own, as ES modules, CommonJS or TypeScript.
//!
//! | in the model | in Mongoose |
//! |---|---|
//! | collection, table | a schema, and a model under an explicit `collection` name |
//! | embedded type | a schema in a file of its own; those that embed each other share a file |
//! | view | left out ✗ |
//! | string, text, time, interval, inet | `String`; a length becomes `maxLength` |
//! | integer of up to 32 bits | `Number` that must be whole |
//! | 64-bit integer | `BigInt`, or `Number` (option `big_integers`) |
//! | decimal | `Decimal128` |
//! | float, double | `Number` |
//! | boolean; date, date-time | `Boolean`; `Date` |
//! | uuid, object id, binary | `UUID`, `ObjectId`, `Buffer` |
//! | json, mixed, object without fields | `Mixed` |
//! | map | `Map` with `of` |
//! | geo point | a GeoJSON point |
//! | vector | `[Number]` of that length, absent by default |
//! | enumeration | `String` with `enum`; `as const` in TypeScript |
//! | nested object | a nested path; a schema in place where absence, rules or lists need one |
//! | list | `[T]`, empty by default; absent where the default is null |
//! | primary key of one field | `_id`; a field that was called otherwise is its `alias` |
//! | keys, indexes | `schema.index`; partial ones where the condition is a JSON filter |
//! | reference to `_id` | `ref` on the field; without one, a field named after role or target |
//! | reference to another field | a virtual populate |
//! | reference over several fields | the fields alone ✗ |
//! | unique | `unique`, and `sparse` where the field is optional |
//! | default now, generated | `Date.now`, `new Types.ObjectId()`, `new Types.UUID()` |
//! | default expression, checks | left out ✗ |
//! | min, max, lengths, pattern, trim, lower case, immutable, hidden | the options of that name |
//! | timestamps | the option |
//! | note | a comment |
//! | namespace, area, sticky note | left out ✗ |
//! | properties of `mongoose` | the schema options of that name; the `alias` of a path |
//!
//! ✗ marks what [`MONGOOSE`] declares as lost. Names that Mongoose cannot hold are changed with a
//! warning; see [`collections`](super::collections).
//!
//! Reading order: `style` (options), `properties`, `file_name`, `plan` (names and files), `field`, `field_type`,
//! `default`, `moment` (the members of a definition), `virtuals`, `schema` (the statements of one
//! entity), `inferred` (types), `file` (whole files). [`import`] goes the other way.

mod default;
mod field;
mod field_type;
mod file;
mod file_name;
pub mod import;
mod inferred;
mod moment;
mod plan;
mod properties;
mod schema;
mod style;
mod virtuals;

use crate::document::project::Project;
use crate::formats::collections::lower;
use crate::formats::feature::{Feature, Loss};
use crate::formats::mongoose::plan::Plan;
use crate::formats::mongoose::style::Style;
use crate::formats::options::Options;
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target `mongoose`.
#[derive(Debug)]
pub struct Mongoose;

/// What it is.
pub static MONGOOSE: FormatInfo = FormatInfo {
    id: "mongoose",
    name: "Mongoose",
    summary: "models for Node.js in JavaScript or TypeScript",
    extensions: &["js", "ts"],
    options: style::OPTIONS,
    properties: properties::PROPERTIES,
    losses: &[
        Loss {
            feature: Feature::Namespaces,
            outcome: "are left out; the connection chooses the database",
        },
        Loss { feature: Feature::Views, outcome: "are left out" },
        Loss { feature: Feature::NativeTypes, outcome: "are those of Mongoose" },
        Loss { feature: Feature::CompositeKeys, outcome: "become unique indexes beside `_id`" },
        Loss { feature: Feature::AlternateKeys, outcome: "become unique indexes" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "is left to the application" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::KeyNames, outcome: "are kept for unique indexes only" },
        Loss { feature: Feature::ExpressionIndexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::CompositeReferences, outcome: "become plain fields" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferenceNotes, outcome: "are left out" },
        Loss { feature: Feature::ManyToMany, outcome: "become lists of keys" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left to the application" },
        Loss { feature: Feature::MinimumCardinality, outcome: "are not checked" },
        Loss { feature: Feature::Roles, outcome: "are kept by the option `virtuals` only" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
    ],
};

impl Exporter for Mongoose {
    fn info(&self) -> &'static FormatInfo {
        &MONGOOSE
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let (collections, mut diagnostics) = lower(&project.model, MONGOOSE.id);
        let style = Style::of(options);
        let (plan, about_names) = Plan::new(&collections, &style);
        diagnostics.extend(about_names);
        let (files, about_code) = file::write_all(&plan);
        diagnostics.extend(about_code);
        Exported { files, diagnostics }
    }
}
