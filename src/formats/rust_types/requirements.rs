//! The head of a generated file: where it comes from and which crates it needs, features included.
//!
//! Must not know how the code below it is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::project::Project;

/// The first line of every file.
pub(super) fn title(project: &Project, flavor: &str) -> String {
    format!("Rust types of {}, for {flavor}. Written by Lunette.", project.settings.name)
}

/// What a flavor's code needs of crates.
#[derive(Debug, Default)]
pub(super) struct Requirements {
    crates: BTreeMap<&'static str, BTreeSet<&'static str>>,
    paths: BTreeSet<&'static str>,
}

/// A crate: its name, the version that the code was proven with, features that it always needs, and
/// whether its default features stay on.
#[derive(Debug)]
struct Crate {
    name: &'static str,
    version: &'static str,
    features: &'static [&'static str],
    defaults: bool,
}

/// THE list of crates that generated code may name.
const CRATES: [Crate; 13] = [
    Crate { name: "bigdecimal", version: "0.4", features: &["serde"], defaults: true },
    Crate { name: "chrono", version: "0.4", features: &["serde"], defaults: true },
    Crate { name: "diesel", version: "2.3", features: &["postgres"], defaults: true },
    Crate { name: "ipnetwork", version: "0.21", features: &[], defaults: true },
    Crate {
        name: "mongodb",
        version: "3.3",
        features: &["bson-3", "compat-3-3-0", "dns-resolver", "rustls-tls"],
        defaults: false,
    },
    Crate { name: "pgvector", version: "0.4", features: &[], defaults: true },
    Crate { name: "rust_decimal", version: "1", features: &["serde"], defaults: true },
    Crate {
        name: "sea_orm",
        version: "2",
        features: &["macros", "runtime-tokio-rustls", "sqlx-postgres"],
        defaults: true,
    },
    Crate { name: "serde", version: "1", features: &["derive"], defaults: true },
    Crate { name: "serde_json", version: "1", features: &[], defaults: true },
    Crate { name: "sqlx", version: "0.9", features: &["postgres"], defaults: true },
    Crate {
        name: "time",
        version: "0.3",
        features: &["serde-human-readable", "serde-well-known"],
        defaults: true,
    },
    Crate { name: "uuid", version: "1", features: &["serde"], defaults: true },
];

/// THE list of features that a crate needs for a type: the crate, the type's path or its beginning up
/// to a `::`, and the feature.
const FEATURES: [(&str, &str, &str); 30] = [
    ("diesel", "bigdecimal::", "numeric"),
    ("diesel", "chrono::", "chrono"),
    ("diesel", "ipnetwork::", "network-address"),
    ("diesel", "rust_decimal::", "numeric"),
    ("diesel", "serde_json::", "serde_json"),
    ("diesel", "time::", "time"),
    ("diesel", "uuid::", "uuid"),
    ("rust_decimal", "diesel::", "db-diesel2-postgres"),
    ("sea_orm", "sea_orm::entity::prelude::BigDecimal", "with-bigdecimal"),
    ("sea_orm", "sea_orm::entity::prelude::Date", "with-chrono"),
    ("sea_orm", "sea_orm::entity::prelude::DateTime", "with-chrono"),
    ("sea_orm", "sea_orm::entity::prelude::DateTimeWithTimeZone", "with-chrono"),
    ("sea_orm", "sea_orm::entity::prelude::Decimal", "with-rust_decimal"),
    ("sea_orm", "sea_orm::entity::prelude::FromJsonQueryResult", "with-json"),
    ("sea_orm", "sea_orm::entity::prelude::IpNetwork", "with-ipnetwork"),
    ("sea_orm", "sea_orm::entity::prelude::Json", "with-json"),
    ("sea_orm", "sea_orm::entity::prelude::Time", "with-chrono"),
    ("sea_orm", "sea_orm::entity::prelude::TimeDate", "with-time"),
    ("sea_orm", "sea_orm::entity::prelude::TimeDateTime", "with-time"),
    ("sea_orm", "sea_orm::entity::prelude::TimeDateTimeWithTimeZone", "with-time"),
    ("sea_orm", "sea_orm::entity::prelude::TimeTime", "with-time"),
    ("sea_orm", "sea_orm::entity::prelude::Uuid", "with-uuid"),
    ("sqlx", "bigdecimal::", "bigdecimal"),
    ("sqlx", "chrono::", "chrono"),
    ("sqlx", "rust_decimal::", "rust_decimal"),
    ("sqlx", "serde_json::", "json"),
    ("sqlx", "sqlx::types::Json", "json"),
    ("sqlx", "sqlx::types::ipnetwork::", "ipnetwork"),
    ("sqlx", "time::", "time"),
    ("sqlx", "uuid::", "uuid"),
];

impl Requirements {
    /// Adds the crates of these paths.
    pub(super) fn add_paths(&mut self, paths: &BTreeSet<&'static str>) {
        for path in paths {
            let root = path.split_once("::").map(|(root, _)| root);
            if let Some(known) = CRATES.iter().find(|one| Some(one.name) == root) {
                self.crates.entry(known.name).or_default();
            }
            self.paths.insert(path);
        }
    }

    /// Adds a feature of a crate, which is needed then.
    pub(super) fn add_feature(&mut self, name: &'static str, feature: &'static str) {
        self.crates.entry(name).or_default().insert(feature);
    }

    /// The head of a file: `title` and the lines that `Cargo.toml` must have.
    pub(super) fn header(&self, title: &str) -> Vec<String> {
        let mut lines = vec![title.to_owned()];
        let mut dependencies: Vec<_> = self
            .crates
            .iter()
            .filter_map(|(name, features)| self.dependency(name, features))
            .collect();
        if !dependencies.is_empty() {
            lines.extend([String::new(), "Cargo.toml needs:".to_owned()]);
            lines.append(&mut dependencies);
        }
        lines
    }

    fn dependency(&self, name: &str, further: &BTreeSet<&'static str>) -> Option<String> {
        let known = CRATES.iter().find(|one| one.name == name)?;
        let mut features: BTreeSet<&str> = known.features.iter().copied().collect();
        features.extend(further);
        for (_, wanted, feature) in FEATURES.iter().filter(|(of, _, _)| *of == name) {
            let is_beginning = wanted.ends_with("::");
            let names = |path: &&str| path == wanted || (is_beginning && path.starts_with(wanted));
            if self.paths.iter().any(names) {
                features.insert(feature);
            }
        }
        let package = if name == "sea_orm" { "sea-orm" } else { known.name };
        let version = known.version;
        if features.is_empty() && known.defaults {
            return Some(format!("    {package} = {version:?}"));
        }
        let features: Vec<_> = features.into_iter().map(|feature| format!("{feature:?}")).collect();
        let defaults = if known.defaults { "" } else { "default-features = false, " };
        let features = features.join(", ");
        Some(format!(
            "    {package} = {{ version = {version:?}, {defaults}features = [{features}] }}"
        ))
    }
}
