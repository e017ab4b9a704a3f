//! A script for mongosh: collections with validators, and their indexes.
//!
//! | in the model | in MongoDB |
//! |---|---|
//! | collection, table | `createCollection` with a `$jsonSchema` validator |
//! | namespace | a database of that name; what has none goes to the one that is connected |
//! | view | left out ✗ |
//! | embedded type | a constant with its schema; where it embeds itself, any object |
//! | string, text, time, interval, inet | `string`; lengths and pattern are rules |
//! | integer of up to 32 bits | `int`, with the range of the smaller ones |
//! | 64-bit integer | `int` or `long` |
//! | decimal | `decimal` |
//! | float, double | `number`, since drivers store 5.0 as an integer |
//! | boolean, date and date-time | `bool`, `date` |
//! | uuid, binary | `binData` |
//! | object id | `objectId` |
//! | json, mixed | anything |
//! | map | an object with values of one type |
//! | geo point | a GeoJSON point |
//! | vector | an array of numbers of that length |
//! | enumeration | `enum` |
//! | nested object, list | `object`, `array` |
//! | required | `required`; all else may be absent or null |
//! | primary key of one field | `_id` |
//! | unique, keys, indexes | `createIndex`; partial ones where the condition is a JSON filter |
//! | reference | a field with the key; MongoDB does not check it ✗ |
//! | default, immutable, trim, lower case, hidden | left to the application ✗ |
//! | note | `description` |
//! | checks, areas, sticky notes | left out ✗ |
//!
//! ✗ marks what [`MONGODB`] declares as lost. Names are changed as in
//! [`collections`](super::collections).
//!
//! Reading order: [`Mongodb`], `validator` (one schema), `script` (the whole).

mod script;
mod validator;

use crate::base::ident::{Case, with_case};
use crate::document::project::Project;
use crate::formats::collections::lower;
use crate::formats::feature::{Feature, Loss};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target `mongodb`.
#[derive(Debug)]
pub struct Mongodb;

/// What it is.
pub static MONGODB: FormatInfo = FormatInfo {
    id: "mongodb",
    name: "MongoDB",
    summary: "a mongosh script of collections with validators and indexes",
    extensions: &["mongodb.js", "js"],
    options: &[
        OptionInfo {
            key: "validation",
            summary: "what the server does with a document that breaks a rule",
            values: OptionValues::Choice(&["error", "warn", "off"]),
            default: "error",
        },
        OptionInfo {
            key: "other_fields",
            summary: "whether documents may have fields that the model does not know",
            values: OptionValues::Choice(&["allow", "refuse"]),
            default: "allow",
        },
    ],
    properties: &[],
    losses: &[
        Loss { feature: Feature::Views, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left to the application" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left to the application" },
        Loss { feature: Feature::AutoIncrement, outcome: "is left to the application" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Immutable, outcome: "are left to the application" },
        Loss { feature: Feature::TextCleaning, outcome: "are left to the application" },
        Loss { feature: Feature::Hidden, outcome: "are left to the application" },
        Loss { feature: Feature::KeyNames, outcome: "are kept for unique indexes only" },
        Loss { feature: Feature::ExpressionIndexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::EnumerationNotes, outcome: "are left out" },
        Loss { feature: Feature::References, outcome: "are not checked by the server" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left to the application" },
        Loss { feature: Feature::MinimumCardinality, outcome: "are not checked" },
        Loss { feature: Feature::Timestamps, outcome: "are left to the application" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
    ],
};

impl Exporter for Mongodb {
    fn info(&self) -> &'static FormatInfo {
        &MONGODB
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let (collections, mut diagnostics) = lower(&project.model, MONGODB.id);
        let (written, lost) = script::write(project, &collections, options);
        diagnostics.extend(lost);
        let mut files = FileSet::default();
        let name = format!("{}.mongodb.js", with_case(&project.settings.name, Case::Kebab));
        files.add(RelativePath::of(&[&name]), written);
        Exported { files, diagnostics }
    }
}
