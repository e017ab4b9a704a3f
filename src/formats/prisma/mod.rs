//! Prisma schemas, as Prisma 6 and 7 read them.
//!
//! | in the model | in Prisma |
//! |---|---|
//! | collection, table | `model`; the name of what it is stored in is `@@map` |
//! | view | `view`, without its query |
//! | namespace | `@@schema`, in PostgreSQL and SQL Server |
//! | embedded type | `type` in MongoDB, else `Json` |
//! | nested object | a `type` of its own in MongoDB, else `Json` |
//! | field | field; a name that Prisma cannot take is `@map` |
//! | string, text | `String` with `@db.VarChar(n)`, `@db.Text` and the like |
//! | integers, decimal, float, double, boolean | `Int`, `BigInt`, `Decimal`, `Float`, `Boolean` |
//! | date, time, date-times | `DateTime`, with `@db.Date` and the like |
//! | uuid, object id, IP address | `String` with the native type |
//! | binary; json, map, mixed | `Bytes`; `Json` |
//! | interval, point, vector | `Unsupported` in PostgreSQL, else text or `Json` |
//! | list | list where the database has them, else `Json` |
//! | native spelling of a type | `@db.…`, where it was chosen for this target |
//! | enumeration | `enum`; values that are no names are `@map` |
//! | primary, alternate key; unique | `@id`, `@@id`; `@unique`, `@@unique`, with names as `map` |
//! | index | `@@index`, `@@fulltext` |
//! | default | `@default`; expressions are `dbgenerated` |
//! | timestamps | `createdAt` and `@updatedAt` |
//! | reference | two fields, with `@relation` on the one that holds the key |
//! | role | the name of the field at the other end |
//! | many-to-many without fields | two lists |
//! | name of a reference | `map` of the relation; of a many-to-many one its name |
//! | collection without a key | gets an `id` |
//! | table without anything unique | `@@ignore` |
//! | note | `///` |
//! | checks, areas, sticky notes, other rules of fields | left out |
//!
//! What a database cannot do is told where it happens. The other way, columns and tables keep the
//! names of the database, and the names in the schema are remembered.
//!
//! Reading order: `provider` (databases), `text`, `plan` (names), `fields`, `relations`, `keys`,
//! `export`, then [`import`].

mod export;
mod fields;
pub mod import;
mod keys;
mod plan;
mod provider;
mod relations;
mod text;

use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::{Exported, Exporter, FormatInfo};

/// The export target and import format `prisma`.
#[derive(Debug)]
pub struct Prisma;

/// The key in the extras of an entity or field under which its name in the schema is kept.
const NAME: &str = "name";

/// The key in the extras of a field that is set to the moment of each change.
const UPDATED_AT: &str = "updatedAt";

/// The key in the extras of a field whose value the client makes.
const DEFAULT: &str = "default";

/// What it is.
pub static PRISMA: FormatInfo = FormatInfo {
    id: "prisma",
    name: "Prisma",
    summary: "a Prisma schema with relations both ways",
    extensions: &["prisma"],
    options: &[
        OptionInfo {
            key: "provider",
            summary: "the database; auto is that of the project's target",
            values: OptionValues::Choice(&[
                "auto",
                "postgresql",
                "mysql",
                "sqlite",
                "sqlserver",
                "mongodb",
            ]),
            default: "auto",
        },
        OptionInfo {
            key: "version",
            summary: "the major version of Prisma: since 7 the address of the database is elsewhere",
            values: OptionValues::Choice(&["7", "6"]),
            default: "7",
        },
    ],
    properties: &[
        PropertyInfo {
            of: Bearer::Entity,
            option: OptionInfo {
                key: NAME,
                summary: "The name of the model in the schema",
                values: OptionValues::Text,
                default: "",
            },
        },
        PropertyInfo {
            of: Bearer::Field,
            option: OptionInfo {
                key: NAME,
                summary: "The name of the field in the schema",
                values: OptionValues::Text,
                default: "",
            },
        },
        PropertyInfo {
            of: Bearer::Field,
            option: OptionInfo {
                key: DEFAULT,
                summary: "The function by which the client makes a value, such as `cuid()`",
                values: OptionValues::Text,
                default: "",
            },
        },
        PropertyInfo {
            of: Bearer::Field,
            option: OptionInfo {
                key: UPDATED_AT,
                summary: "Whether each change sets it to the moment",
                values: OptionValues::Flag,
                default: "false",
            },
        },
    ],
    losses: &[
        Loss { feature: Feature::Views, outcome: "lose their query" },
        Loss { feature: Feature::KeptIds, outcome: "are left out" },
        Loss {
            feature: Feature::NestedObjects,
            outcome: "become JSON where there are no documents",
        },
        Loss { feature: Feature::NativeTypes, outcome: "are those of Prisma" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary fields" },
        Loss { feature: Feature::PartialIndexes, outcome: "lose their condition" },
        Loss { feature: Feature::SparseIndexes, outcome: "become ordinary indexes" },
        Loss { feature: Feature::ExpressionIndexes, outcome: "are left out" },
        Loss { feature: Feature::ExpiringIndexes, outcome: "become ordinary indexes" },
        Loss { feature: Feature::NamespaceNotes, outcome: "are left out" },
        Loss { feature: Feature::IndexNotes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::MinimumCardinality, outcome: "may have none" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss {
            feature: Feature::Timestamps,
            outcome: "of collections become two fields where there are no documents",
        },
    ],
};

impl Exporter for Prisma {
    fn info(&self) -> &'static FormatInfo {
        &PRISMA
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        export::export(project, options)
    }
}
