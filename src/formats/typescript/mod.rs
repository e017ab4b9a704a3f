//! Plain TypeScript: an interface for every entity, a union for every enumeration, and no library.
//!
//! | in the model | in TypeScript |
//! |---|---|
//! | collection, table, view, embedded type | an interface |
//! | enumeration | a union of its values, or an `as const` object (option `enums`) |
//! | string, text, time, interval, inet, uuid, object id | `string` |
//! | integer of up to 32 bits, float, double | `number` |
//! | 64-bit integer, decimal | `string`, or `bigint` and `number` (option `big_numbers`) |
//! | boolean | `boolean` |
//! | date, date-time | `Date`, or `string` (option `dates`) |
//! | binary | `Uint8Array` |
//! | json, mixed | `unknown` |
//! | map, list | `Record<string, T>`, `T[]` |
//! | geo point | a GeoJSON point |
//! | vector | `number[]` |
//! | nested object | a type in place |
//! | not required | `name?: T`, `name: T \| null`, or both (option `absent`) |
//! | immutable | `readonly` |
//! | reference | the key of the other side, or its interface (option `references`) |
//! | timestamps | `createdAt`, `updatedAt`; `created_at`, `updated_at` in tables |
//! | note | a doc comment |
//! | rules, defaults, keys, indexes, checks, actions | left out ✗ |
//!
//! ✗ marks what [`TYPESCRIPT`] declares as lost.
//!
//! Reading order: [`Typescript`], `style` (options), `write` (the file).

mod style;
mod write;

use crate::base::ident::{Case, with_case};
use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target `typescript`.
#[derive(Debug)]
pub struct Typescript;

/// What it is.
pub static TYPESCRIPT: FormatInfo = FormatInfo {
    id: "typescript",
    name: "TypeScript",
    summary: "plain interfaces and unions, without any library",
    extensions: &["ts"],
    options: style::OPTIONS,
    properties: &[],
    losses: &[
        Loss { feature: Feature::Namespaces, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "is left out" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary properties" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary properties" },
        Loss { feature: Feature::PrimaryKeys, outcome: "become ordinary properties" },
        Loss { feature: Feature::AlternateKeys, outcome: "are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::CompositeReferences, outcome: "become plain properties" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left out" },
        Loss { feature: Feature::MinimumCardinality, outcome: "are left out" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for Typescript {
    fn info(&self) -> &'static FormatInfo {
        &TYPESCRIPT
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let style = style::Style::of(options);
        let (written, diagnostics) = write::write(&project.model, &style);
        let name = with_case(&project.settings.name, Case::Kebab);
        let mut files = FileSet::default();
        files.add(RelativePath::of(&[&format!("{name}.ts")]), written);
        Exported { files, diagnostics }
    }
}
