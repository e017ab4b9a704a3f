//! Rust types, in flavors: `serde` (default), `sqlx`, `diesel`, `seaorm`, `mongodb`.
//!
//! | in the model | serde | mongodb |
//! |---|---|---|
//! | entity, embedded type | struct | struct |
//! | nested object | struct named by its path | struct named by its path |
//! | enumeration | enum; without values `String` | enum; without values `String` |
//! | string, text | `String` | `String` |
//! | tiny, small, regular, big integer | `i8`, `i16`, `i32`, `i64` | the same |
//! | decimal | `rust_decimal::Decimal` | `bson::Decimal128` |
//! | float, double | `f32`, `f64` | the same |
//! | boolean | `bool` | `bool` |
//! | date, time | `NaiveDate`, `NaiveTime` or `time`'s | `bson::DateTime`, `String` |
//! | date-time | `DateTime<Utc>`, `NaiveDateTime` or `time`'s | `bson::DateTime` |
//! | interval, inet | `String` | `String` |
//! | uuid | `uuid::Uuid` | `bson::Uuid` |
//! | object id | `String` of 24 digits | `bson::oid::ObjectId` |
//! | binary | `Vec<u8>` | `bson::Binary` |
//! | json, mixed | `serde_json::Value` | `bson::Bson` |
//! | map | `HashMap<String, _>` (option `maps`) | the same |
//! | geo point | a struct that reads and writes GeoJSON | the same |
//! | vector | `Vec<f32>` | the same |
//! | list | `Vec<_>`, empty when absent from a document | the same |
//! | optional | `Option<_>` | `Option<_>`, left out when absent |
//! | timestamps | two moments | two moments |
//! | reference without fields | the key it stands for, or a list of it | the same |
//! | recursion | `Box<_>` | `Box<_>` |
//! | note | doc comment | doc comment |
//! | rules, indexes, checks, areas | lost | lost |
//!
//! The flavors for tables write the tables that the target `postgres` makes:
//!
//! | in PostgreSQL | sqlx | diesel | seaorm |
//! |---|---|---|---|
//! | table | struct with `FromRow` | `table!` in `schema.rs`, struct | module with `Model` |
//! | table without primary key | struct with `FromRow` | left out | left out |
//! | view | struct, all optional | left out | left out |
//! | namespace | comment | before the table | `schema_name` |
//! | enumeration | enum with `Type` | enum with `ToSql`, `FromSql` | `DeriveActiveEnum` |
//! | 8-bit integer | `i16` | `i16` | `i16` |
//! | decimal | `rust_decimal` or `bigdecimal` | the same | the same |
//! | date, time, date-time | `chrono` or `time` | the same | the same |
//! | interval | `PgInterval` | `PgInterval` | `String`, cast |
//! | place | `PgPoint` | struct `Point` | `String`, cast |
//! | inet | `IpNetwork` | `IpNetwork` | `IpNetwork` |
//! | JSON of a known shape | `Json<_>` | `Json<_>`, written beside | struct, else `Json` |
//! | primary key | – | `primary_key` | `primary_key` |
//! | unique column | – | – | `unique` |
//! | counted or computed column | – | `skip_insertion` | `auto_increment` |
//! | foreign key | – | `joinable!`, `belongs_to` | `Relation`, `Related` |
//! | join table | struct | `table!`, struct | module, `Related` over it |
//!
//! - Diesel joins by itself only over a single column that leads to a primary key and is the only way
//!   between two tables; all others are joined with `on`.
//! - SeaORM relates two entities by type only where there is one way between them; the others are
//!   variants of `Relation`.
//!
//! Reading order: this file (options and flavors), `names`, `type_names`, `types`, `items`,
//! `renaming`, `documents` with `implied` and `boxing`, `document_files`, the flavors `serde` and
//! `mongodb`, `rows` and `scalars` with the flavors `sqlx`, `diesel` and `seaorm`, then `files`,
//! `requirements`, `source`, `rustfmt` and `order`, which make text of them.

mod boxing;
mod diesel;
mod diesel_json;
mod diesel_schema;
mod document_files;
mod documents;
mod files;
mod implied;
mod items;
mod mongodb;
mod names;
mod order;
mod renaming;
mod requirements;
mod rows;
mod rustfmt;
mod scalars;
mod seaorm;
mod seaorm_relations;
mod serde;
mod source;
mod sqlx;
mod type_names;
mod types;

use crate::base::diagnostic::Diagnostic;
use crate::document::project::Project;
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::relational::target::{Choices, EMBEDDED, KEYS, NAMES};
use crate::formats::rust_types::items::Derive;
use crate::formats::rust_types::renaming::{LONGEST_NAME, RenameRule, best_rule, is_told_to_serde};
use crate::formats::rust_types::source::{Code, typed_path};
use crate::formats::{Exported, Exporter, FormatInfo};
use crate::model::Model;
use crate::model::entity::Entity;

/// The export target `rust`.
#[derive(Debug)]
pub struct Rust;

/// A flavor: its name and what writes it.
type Flavor = (&'static str, fn(&Project, &Settings) -> Exported);

/// THE list of flavors.
const FLAVORS: [Flavor; 5] = [
    ("serde", serde::export),
    ("sqlx", sqlx::export),
    ("diesel", diesel::export),
    ("seaorm", seaorm::export),
    ("mongodb", mongodb::export),
];

const INFO: FormatInfo = FormatInfo {
    id: "rust",
    name: "Rust",
    summary: "structs and enums for serde, sqlx, Diesel, SeaORM or the MongoDB driver",
    extensions: &["rs"],
    options: &[
        OptionInfo {
            key: "flavor",
            summary: "which crate the types are for",
            values: OptionValues::Choice(&["serde", "sqlx", "diesel", "seaorm", "mongodb"]),
            default: "serde",
        },
        OptionInfo {
            key: "layout",
            summary: "one file, or one module per entity",
            values: OptionValues::Choice(&["file", "modules"]),
            default: "file",
        },
        OptionInfo {
            key: "dates",
            summary: "the crate for dates and times (mongodb has its own)",
            values: OptionValues::Choice(&["chrono", "time"]),
            default: "chrono",
        },
        OptionInfo {
            key: "decimals",
            summary: "the crate for decimals in rows",
            values: OptionValues::Choice(&["rust_decimal", "bigdecimal"]),
            default: "rust_decimal",
        },
        OptionInfo {
            key: "maps",
            summary: "the type of maps",
            values: OptionValues::Choice(&["hash", "btree"]),
            default: "hash",
        },
        OptionInfo {
            key: "rename_all",
            summary: "serde's rule for names; auto takes the one with the fewest exceptions",
            values: OptionValues::Choice(&[
                "auto",
                "none",
                "camelCase",
                "PascalCase",
                "snake_case",
                "SCREAMING_SNAKE_CASE",
                "kebab-case",
                "SCREAMING-KEBAB-CASE",
                "lowercase",
                "UPPERCASE",
            ]),
            default: "auto",
        },
        OptionInfo {
            key: "skip_none",
            summary: "leave absent values out of what is written; auto does so for mongodb",
            values: OptionValues::Choice(&["auto", "true", "false"]),
            default: "auto",
        },
        OptionInfo {
            key: "derive",
            summary: "further derives of structs, by path: Hash, schemars::JsonSchema",
            values: OptionValues::Text,
            default: "",
        },
        NAMES,
        EMBEDDED,
        KEYS,
    ],
    properties: &[],
    losses: &[
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "is told to Diesel and SeaORM alone" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Immutable, outcome: "are like others" },
        Loss { feature: Feature::Hidden, outcome: "are like others" },
        Loss { feature: Feature::PrimaryKeys, outcome: "are told to Diesel and SeaORM alone" },
        Loss { feature: Feature::AlternateKeys, outcome: "are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::CompositeReferences, outcome: "are told to SeaORM alone" },
        Loss { feature: Feature::ReferenceNames, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are told to SeaORM alone" },
        Loss { feature: Feature::MinimumCardinality, outcome: "are left out" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
    ],
};

impl Exporter for Rust {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let (settings, mut diagnostics) = Settings::of(options);
        let chosen = options.text("flavor");
        let flavor = FLAVORS.iter().find(|(name, _)| *name == chosen).or(FLAVORS.first());
        let Some((_, export)) = flavor else { return Exported::default() };
        let mut exported = export(project, &settings);
        diagnostics.append(&mut exported.diagnostics);
        diagnostics.extend(longest_names(&project.model));
        Exported { files: exported.files, diagnostics }
    }
}

/// Names and values that no attribute of serde says, since they are too long for its macros.
fn longest_names(model: &Model) -> Option<Diagnostic> {
    let fields = model.entities().flat_map(Entity::all_fields).map(|field| field.name.as_str());
    let values = model.enumerations().flat_map(|one| &one.values).map(|value| value.name.as_str());
    let mut long = fields.chain(values).filter(|name| !is_told_to_serde(name));
    let beginning: String = long.next()?.chars().take(30).collect();
    let more = match long.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "rust: names and values of more than {LONGEST_NAME} bytes are written under shorter ones: \
         {beginning:?}…{more}"
    );
    Some(Diagnostic::warning(message))
}

/// What a person chose.
#[derive(Debug)]
struct Settings {
    modules: bool,
    dates: Dates,
    /// The type of maps.
    map: &'static str,
    rename_all: RenameAll,
    skips_none: Option<bool>,
    derives: Vec<Code>,
    decimals: Decimals,
    /// How tables are made.
    choices: Choices,
}

/// The crate for decimals in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decimals {
    RustDecimal,
    BigDecimal,
}

/// Which rule names follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RenameAll {
    /// The one with the fewest exceptions.
    Best,
    /// None: every changed name is told.
    Never,
    /// This one.
    Always(RenameRule),
}

impl RenameAll {
    /// The rule for these pairs of identifier and name.
    fn rule(
        self,
        pairs: &[(&str, &str)],
        derived: impl Fn(RenameRule, &str) -> String,
    ) -> Option<RenameRule> {
        match self {
            Self::Best => best_rule(pairs, derived),
            Self::Never => None,
            Self::Always(rule) => Some(rule),
        }
    }
}

/// The crate for dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dates {
    Chrono,
    Time,
}

impl Settings {
    fn of(options: &Options) -> (Self, Vec<Diagnostic>) {
        let rename_all = match options.text("rename_all") {
            "auto" => RenameAll::Best,
            name => {
                let rule = RenameRule::ALL.into_iter().find(|rule| rule.as_str() == name);
                rule.map_or(RenameAll::Never, RenameAll::Always)
            }
        };
        let skips_none = match options.text("skip_none") {
            "auto" => None,
            choice => Some(choice == "true"),
        };
        let mut diagnostics = Vec::new();
        let mut derives = Vec::new();
        for derive in options.text("derive").split(',').map(str::trim).filter(|one| !one.is_empty())
        {
            if let Some(path) = typed_path(derive) {
                derives.push(path);
            } else {
                let message = format!("rust: `{derive}` is not the path of a derive");
                let hint = "option `derive` takes paths with commas between: Hash, my_crate::Trace";
                diagnostics.push(Diagnostic::warning(message).with_hint(hint));
            }
        }
        let settings = Self {
            modules: options.text("layout") == "modules",
            dates: if options.text("dates") == "time" { Dates::Time } else { Dates::Chrono },
            map: match options.text("maps") {
                "btree" => "std::collections::BTreeMap",
                _ => "std::collections::HashMap",
            },
            rename_all,
            skips_none,
            derives,
            decimals: match options.text("decimals") {
                "bigdecimal" => Decimals::BigDecimal,
                _ => Decimals::RustDecimal,
            },
            choices: Choices::of(options),
        };
        (settings, diagnostics)
    }

    /// Whether structs are asked to derive what serde needs, and so enums must.
    fn derives_serde(&self) -> bool {
        let names = self.derives.iter().filter_map(|derive| derive.as_str().rsplit("::").next());
        names.into_iter().any(|name| matches!(name, "Serialize" | "Deserialize"))
    }

    fn given_derives(&self) -> impl Iterator<Item = Derive> {
        self.derives.iter().cloned().map(Derive::Given)
    }
}
