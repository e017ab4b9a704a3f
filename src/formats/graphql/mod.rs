//! GraphQL types, in the schema definition language.
//!
//! | in the model | in GraphQL |
//! |---|---|
//! | collection, table, view, embedded type | `type` |
//! | nested object | a `type` of its own |
//! | key of one field; object id | `ID` |
//! | text, uuid, IP address | `String` |
//! | integer of up to 32 bits; float, double | `Int`; `Float` |
//! | boolean | `Boolean` |
//! | 64-bit integer, decimal, moments, bytes, JSON, maps, points | a `scalar` of that name |
//! | list | `[T!]` |
//! | required | `!` |
//! | enumeration | `enum` |
//! | reference | the other type, a key, or the other type at both ends (option `references`) |
//! | reference over several fields | a field beside those |
//! | timestamps | two fields |
//! | note | description |
//! | hidden field | left out |
//! | names that GraphQL cannot hold | changed |
//! | defaults, rules, keys, indexes, checks, areas, sticky notes | lost |
//!
//! Reading order: `text`, `export`.

mod export;
mod text;

use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target `graphql`.
#[derive(Debug)]
pub struct Graphql;

/// What it is.
pub static GRAPHQL: FormatInfo = FormatInfo {
    id: "graphql",
    name: "GraphQL",
    summary: "types and enums of a GraphQL schema",
    extensions: &["graphql", "gql"],
    options: &[OptionInfo {
        key: "references",
        summary: "references as the type of the other side, at both sides, or as its key",
        values: OptionValues::Choice(&["object", "both", "id"]),
        default: "object",
    }],
    properties: &[],
    losses: &[
        Loss { feature: Feature::Namespaces, outcome: "are left out" },
        Loss { feature: Feature::Views, outcome: "become types" },
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "is left out" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "are left out" },
        Loss { feature: Feature::AlternateKeys, outcome: "are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left out" },
        Loss { feature: Feature::MinimumCardinality, outcome: "may have none" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for Graphql {
    fn info(&self) -> &'static FormatInfo {
        &GRAPHQL
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        export::export(project, options)
    }
}
