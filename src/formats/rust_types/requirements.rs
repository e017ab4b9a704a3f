//! The head of a generated file: where it comes from and which crates it needs, features included.
//!
//! Must not know how the code below it is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::project::Project;
use crate::formats::rust_types::source::string;

/// The first line of every file.
pub(super) fn title(project: &Project, flavor: &str) -> String {
    format!("Rust types of {}, for {flavor}. Written by Lunette.", project.settings.name)
}

/// What a flavor's code needs of crates.
#[derive(Debug, Default)]
pub(super) struct Requirements {
    crates: BTreeMap<&'static str, BTreeSet<&'static str>>,
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
    Crate { name: "ipnetwork", version: "0.20", features: &[], defaults: true },
    Crate {
        name: "mongodb",
        version: "3.3",
        features: &["bson-3", "compat-3-3-0", "dns-resolver", "rustls-tls"],
        defaults: false,
    },
    Crate { name: "pgvector", version: "0.4", features: &[], defaults: true },
    Crate { name: "rust_decimal", version: "1", features: &["serde"], defaults: true },
    Crate { name: "sea_orm", version: "2", features: &["macros"], defaults: true },
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

impl Requirements {
    /// Adds crates by their names in code.
    pub(super) fn add_crates(&mut self, names: &BTreeSet<&'static str>) {
        for name in names {
            self.crates.entry(name).or_default();
        }
    }

    /// The head of a file: `title` and the lines that `Cargo.toml` must have.
    pub(super) fn header(&self, title: &str) -> Vec<String> {
        let mut lines = vec![title.to_owned()];
        let mut dependencies: Vec<_> = self.crates.iter().filter_map(dependency).collect();
        if !dependencies.is_empty() {
            lines.extend([String::new(), "Cargo.toml needs:".to_owned()]);
            lines.append(&mut dependencies);
        }
        lines
    }
}

fn dependency((name, further): (&&'static str, &BTreeSet<&'static str>)) -> Option<String> {
    let known = CRATES.iter().find(|one| one.name == *name)?;
    let mut features: BTreeSet<&str> = known.features.iter().copied().collect();
    features.extend(further);
    let package = known.name.replace('_', "-");
    let package = if known.name == "sea_orm" { &package } else { known.name };
    let version = string(known.version);
    if features.is_empty() && known.defaults {
        return Some(format!("    {package} = {version}"));
    }
    let features: Vec<_> = features.into_iter().map(string).collect();
    let defaults = if known.defaults { "" } else { "default-features = false, " };
    let features = features.join(", ");
    Some(format!("    {package} = {{ version = {version}, {defaults}features = [{features}] }}"))
}
