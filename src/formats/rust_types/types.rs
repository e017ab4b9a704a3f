//! Rust types as data, so that imports, required crates and derives can be told from them.
//!
//! Must not know which logical type stands behind them.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::formats::code::{code, join};
use crate::formats::rust_types::names::Scope;
use crate::formats::rust_types::order::{path_order, version_order};
use crate::formats::rust_types::source::{self, Code, Source};

/// A type in Rust.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ty {
    /// A type of the language, its library or a crate, by its full path: `i32`, `chrono::NaiveDate`.
    Path(&'static str, Vec<Self>),
    /// A type that is generated beside it.
    Local(Local),
}

/// A generated type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Local {
    /// Its identifier.
    pub ident: String,
    /// The module it lives in, when each has its own.
    pub module: String,
}

/// Types whose equality is only partial.
const PARTIAL: [&str; 8] = [
    "[f64; 2]",
    "f32",
    "f64",
    "mongodb::bson::Bson",
    "mongodb::bson::Document",
    "pgvector::Vector",
    "diesel::pg::data_types::PgPoint",
    "sqlx::postgres::types::PgPoint",
];

impl Ty {
    /// The type of that path, without arguments.
    pub(super) const fn path(path: &'static str) -> Self {
        Self::Path(path, Vec::new())
    }

    /// `String`.
    pub(super) const STRING: Self = Self::path("String");

    /// `Option` of this, once: an optional type stays as it is.
    #[must_use]
    pub(super) fn optional(self) -> Self {
        if self.is_optional() { self } else { Self::Path("Option", vec![self]) }
    }

    /// `Vec` of this.
    #[must_use]
    pub(super) fn list(self) -> Self {
        Self::Path("Vec", vec![self])
    }

    /// `Box` of this.
    #[must_use]
    pub(super) fn boxed(self) -> Self {
        Self::Path("Box", vec![self])
    }

    /// Whether it is an `Option`.
    pub(super) fn is_optional(&self) -> bool {
        matches!(self, Self::Path("Option", _))
    }

    /// The path of the type, or inside its `Option`.
    pub(super) fn inner_path(&self) -> Option<&'static str> {
        match self {
            Self::Path("Option", arguments) => arguments.first().and_then(Self::inner_path),
            Self::Path(path, _) => Some(path),
            Self::Local(_) => None,
        }
    }

    /// The generated type that it is, or that is in its `Option`.
    pub(super) fn local(&self) -> Option<&str> {
        match self {
            Self::Path("Option", arguments) => arguments.first().and_then(Self::local),
            Self::Path(..) => None,
            Self::Local(local) => Some(&local.ident),
        }
    }

    /// Whether the type of that path is in it, at any depth.
    pub(super) fn holds(&self, wanted: &str) -> bool {
        match self {
            Self::Path(path, arguments) => {
                *path == wanted || arguments.iter().any(|argument| argument.holds(wanted))
            }
            Self::Local(_) => false,
        }
    }

    /// Whether it is equal to itself, given the generated types that are.
    pub(super) fn is_eq(&self, eq: &BTreeSet<String>) -> bool {
        match self {
            Self::Path(path, arguments) => {
                !PARTIAL.contains(path) && arguments.iter().all(|argument| argument.is_eq(eq))
            }
            Self::Local(local) => eq.contains(&local.ident),
        }
    }
}

/// What one file names from elsewhere.
///
/// - A name that a generated type has is written with its full path and not imported.
#[derive(Clone, Debug)]
pub(super) struct Imports<'a> {
    taken: &'a Scope,
    module: Option<&'a str>,
    /// A module whose names are all there.
    all_of: Option<&'static str>,
    uses: BTreeSet<String>,
    paths: BTreeSet<&'static str>,
}

impl<'a> Imports<'a> {
    /// Nothing imported yet; generated types of other modules than `module`, when there is one,
    /// are imported from beside it.
    pub(super) fn new(taken: &'a Scope, module: Option<&'a str>) -> Self {
        Self { taken, module, all_of: None, uses: BTreeSet::new(), paths: BTreeSet::new() }
    }

    /// The same, where all names of that module are imported.
    pub(super) fn with_all_of(mut self, module: &'static str) -> Self {
        self.all_of = Some(module);
        self.uses.insert(format!("{module}::*"));
        self
    }

    /// The type as the file writes it.
    pub(super) fn write(&mut self, ty: &Ty) -> Code {
        match ty {
            Ty::Path(path, arguments) => {
                let name = self.name(path);
                if arguments.is_empty() {
                    return name;
                }
                let arguments: Vec<_> = arguments.iter().map(|ty| self.write(ty)).collect();
                code!(name, "<", join(arguments, ", "), ">")
            }
            Ty::Local(local) => {
                if self.module.is_some_and(|module| module != local.module) {
                    self.uses.insert(format!("super::{}::{}", local.module, local.ident));
                }
                source::name(&local.ident)
            }
        }
    }

    /// What a path of a crate is called in the file: its last name where that is free.
    pub(super) fn name(&mut self, path: &'static str) -> Code {
        self.need(path);
        match path.rsplit_once("::") {
            Some((module, name)) if !self.taken.is_taken(name) => {
                if self.all_of != Some(module) {
                    self.uses.insert(path.to_owned());
                }
                code!(name)
            }
            Some(_) | None => code!(path),
        }
    }

    /// Notes that a path is used, without importing anything.
    pub(super) fn need(&mut self, path: &'static str) {
        self.paths.insert(path);
    }

    /// The paths of crates that the file names.
    pub(super) fn paths(&self) -> &BTreeSet<&'static str> {
        &self.paths
    }

    /// The items of a file after what they import.
    pub(super) fn before(&self, body: Source) -> Source {
        let mut source = Source::default();
        for group in self.groups() {
            source.start_item(None);
            for line in group {
                source.line(line);
            }
        }
        source.append(body);
        source
    }

    /// The `use` lines in rustfmt's order: the standard library, crates, then modules beside.
    fn groups(&self) -> Vec<Vec<Code>> {
        let root = |path: &str| path.split("::").next().map(str::to_owned).unwrap_or_default();
        let is_std = |path: &&String| root(path) == "std";
        let is_near = |path: &&String| matches!(root(path).as_str(), "super" | "crate" | "self");
        let groups = [
            grouped(self.uses.iter().filter(is_std)),
            grouped(self.uses.iter().filter(|path| !is_std(path) && !is_near(path))),
            grouped(self.uses.iter().filter(is_near)),
        ];
        groups.into_iter().filter(|group| !group.is_empty()).collect()
    }
}

/// `use` lines of these paths, one per parent.
fn grouped<'p>(paths: impl Iterator<Item = &'p String>) -> Vec<Code> {
    let mut parents: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for path in paths {
        if let Some((parent, name)) = path.rsplit_once("::") {
            parents.entry(parent).or_default().push(name);
        }
    }
    let mut lines: Vec<(Vec<String>, Code)> = Vec::new();
    for (parent, mut names) in parents {
        names.sort_by(|a, b| version_order(a, b));
        let mut segments: Vec<String> = parent.split("::").map(str::to_owned).collect();
        let list = match names.as_slice() {
            [only] => source::path(only),
            names => code!("{", join(names.iter().map(|name| source::name(name)), ", "), "}"),
        };
        let line = code!("use ", source::path(parent), "::", &list, ";");
        segments.push(list.into());
        lines.push((segments, line));
    }
    lines.sort_by(|(a, _), (b, _)| path_order(a, b));
    lines.into_iter().map(|(_, line)| line).collect()
}
