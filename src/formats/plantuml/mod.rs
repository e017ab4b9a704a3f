//! PlantUML's information engineering diagrams.
//!
//! | in the model | in PlantUML |
//! |---|---|
//! | project name | `title` |
//! | entity of any kind | `entity`; views and embedded types say so in their stereotype |
//! | field | line; the key above `--`, `*` before what is required |
//! | nested field | line with a dotted name below that of its object |
//! | key, reference, unique, auto-increment, computed | stereotypes behind the type |
//! | enumeration | `enum` with its values (option `enums`) |
//! | note of an entity | `note` beside it (option `notes`) |
//! | sticky note | `note` of its own |
//! | reference | line with the cardinality of each end; identifying ones solid, others dashed |
//! | name and fields of a reference | label of the line |
//! | embedding | solid line from the owner |
//! | area | `package` with its color (option `areas`) |
//! | defaults, indexes, checks, actions, other rules of fields | lost |
//!
//! Reading order: `text`, `write`.

mod text;
mod write;

use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target `plantuml`.
#[derive(Debug)]
pub struct Plantuml;

/// What it is.
pub static PLANTUML: FormatInfo = FormatInfo {
    id: "plantuml",
    name: "PlantUML",
    summary: "an entity relationship diagram for wikis that draw PlantUML",
    extensions: &["puml", "plantuml"],
    options: &[
        OptionInfo {
            key: "areas",
            summary: "draw areas as packages",
            values: OptionValues::Flag,
            default: "true",
        },
        OptionInfo {
            key: "enums",
            summary: "draw enumerations",
            values: OptionValues::Flag,
            default: "true",
        },
        OptionInfo {
            key: "notes",
            summary: "write the notes of entities beside them",
            values: OptionValues::Flag,
            default: "true",
        },
    ],
    properties: &[],
    losses: &[
        Loss { feature: Feature::NestedObjects, outcome: "become fields with dotted names" },
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary fields" },
        Loss { feature: Feature::AlternateKeys, outcome: "of several fields are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::EnumerationNotes, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left out" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for Plantuml {
    fn info(&self) -> &'static FormatInfo {
        &PLANTUML
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        write::export(project, options)
    }
}
