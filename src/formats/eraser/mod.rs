//! The entity relationship diagrams of Eraser.
//!
//! | in the model | in Eraser |
//! |---|---|
//! | project name | `title` |
//! | entity of any kind | block; its namespace before its name |
//! | field | `name type` with `pk`, `fk`, `unique`, `not null`, `auto_increment` |
//! | nested field | field with a dotted name below that of its object |
//! | type | one word, arguments included; lists `type[]`; maps are `json` |
//! | embedded type | type of the field, and a line to its block |
//! | values of an enumeration | remark behind its fields, of type `string` |
//! | note of an entity, of a field | remark above, behind |
//! | reference | `>`, `-` or `<>` between fields, the referencing end on the left |
//! | reference over several fields | a line for each |
//! | many-to-many without fields | `<>` between entities |
//! | key of several fields | `pk` at each |
//! | timestamps | two fields |
//! | optional ends, names, actions, indexes, checks, defaults, areas, sticky notes | lost |
//!
//! The other way, `<` is a reference from the right, unless only the other end is an `fk`; what only a line speaks of is made; a field that
//! says neither `null` nor `not null` is optional.
//!
//! Reading order: `text`, `export`, `import`.

mod export;
mod import;
mod text;

use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::Options;
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target and import format `eraser`.
#[derive(Debug)]
pub struct Eraser;

/// What it is.
pub static ERASER: FormatInfo = FormatInfo {
    id: "eraser",
    name: "Eraser",
    summary: "an entity relationship diagram for eraser.io",
    extensions: &["eraserdiagram", "eraser"],
    options: &[],
    properties: &[],
    losses: &[
        Loss { feature: Feature::Namespaces, outcome: "become part of names" },
        Loss { feature: Feature::Views, outcome: "become entities" },
        Loss { feature: Feature::NestedObjects, outcome: "become fields with dotted names" },
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary fields" },
        Loss { feature: Feature::NamespaceNotes, outcome: "are left out" },
        Loss { feature: Feature::AlternateKeys, outcome: "of several fields are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::Enumerations, outcome: "become remarks on their fields" },
        Loss { feature: Feature::CompositeReferences, outcome: "become a line for each field" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferenceNotes, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left out" },
        Loss { feature: Feature::MinimumCardinality, outcome: "may have none" },
        Loss { feature: Feature::Roles, outcome: "are left out" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss { feature: Feature::Timestamps, outcome: "become two fields" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for Eraser {
    fn info(&self) -> &'static FormatInfo {
        &ERASER
    }

    fn export(&self, project: &Project, _options: &Options) -> Exported {
        export::export(project)
    }
}
