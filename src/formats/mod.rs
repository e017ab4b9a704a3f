//! Text ⇄ project, as pure functions over `&str`: formats never touch files and never talk to each
//! other.
//!
//! Reading order: this file (what a format is), [`options`], [`property`], [`file_set`] (what an export is),
//! [`code`] (text that a model cannot break out of), [`sources`] (what an import reads), [`draft`] (a model by names, for all that read one), [`feature`] (what a model uses and a format may lose), [`registry`] (THE list), [`echo`] (importing again),
//! [`relational`] (the model as tables, for all that speak SQL), [`collections`] (the model as
//! documents, for all that speak MongoDB), [`reference_fields`], [`default_words`], [`paper`] (colors), [`javascript`], then one folder per
//! format, whose module doc is its mapping table.
//!
//! # How to write a generator
//!
//! Names and texts of a model are data. A generator has one file, `text`, that declares its language
//! (by `language!`) and turns a name, a text, a comment or a number into [`Code`](code::Code) of it;
//! the value that [`Code::sealed`](code::Code::sealed) asks for can be made in that file alone. Everywhere else code is put together by `code!("TYPE ", name(&entity.name), " {")` and
//! [`join`](code::join) from literals, numbers and such code, and written by a
//! [`CodeWriter`](code::CodeWriter), whose [`finish`](code::CodeWriter::finish) is what
//! [`FileSet::add`](file_set::FileSet::add) takes: a raw name in between does not compile. File names
//! go through [`RelativePath::of`](file_set::RelativePath::of), which nothing leads around.
//!
//! [`FileSet::single`](file_set::FileSet::single) takes what is no code of a model: a text that is whole already.

pub mod code;
pub mod collections;
pub mod dbml;
pub mod default_words;
pub mod draft;
pub mod echo;
pub mod eraser;
pub mod feature;
pub mod file_set;
pub mod graphql;
pub mod javascript;
pub mod json_schema;
pub mod markdown;
pub mod mermaid;
pub mod mongodb;
pub mod mongoose;
pub mod native;
pub mod options;
pub mod paper;
pub mod plantuml;
pub mod prisma;
pub mod property;
pub mod reference_fields;
pub mod registry;
pub mod relational;
pub mod rust_types;
pub mod sources;
pub mod sql;
pub mod typescript;

use std::fmt;

use crate::base::diagnostic::{Diagnostic, Severity, Span};
use crate::document::project::Project;
use crate::formats::feature::Loss;
use crate::formats::file_set::FileSet;
use crate::formats::options::{OptionInfo, Options};
use crate::formats::property::PropertyInfo;
use crate::formats::sources::{Source, Sources};

/// What every format says of itself.
#[derive(Debug)]
pub struct FormatInfo {
    /// Id on the command line: `postgres`.
    pub id: &'static str,
    /// Name in menus: `PostgreSQL`.
    pub name: &'static str,
    /// One line on what it is for.
    pub summary: &'static str,
    /// File name endings without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// What a person can choose.
    pub options: &'static [OptionInfo],
    /// What it knows about single entities and fields beyond the model.
    pub properties: &'static [PropertyInfo],
    /// What of a model it cannot carry.
    pub losses: &'static [Loss],
}

/// Writes a project as text files.
pub trait Exporter: Sync + fmt::Debug {
    /// What it is.
    fn info(&self) -> &'static FormatInfo;

    /// The files, and what was changed or lost on the way beyond the declared losses. The same
    /// project and options give the same bytes.
    fn export(&self, project: &Project, options: &Options) -> Exported;
}

/// What an export gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exported {
    /// The files.
    pub files: FileSet,
    /// What a person should know about them.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads texts as a project.
pub trait Importer: Sync + fmt::Debug {
    /// What it is.
    fn info(&self) -> &'static FormatInfo;

    /// Whether the text looks like this format, for a file whose ending does not say.
    fn recognizes(&self, text: &str) -> bool;

    /// What was understood of all texts as one whole, with diagnostics for the rest; it never
    /// fails. `name` is what the project is called when the texts do not say.
    fn import(&self, sources: &Sources, name: &str) -> Imported;

    /// The other texts that this one speaks of and that belong to the whole: for each the paths
    /// under which it may be found, the likeliest first, as [`path_from`](sources::path_from)
    /// gives them. What is found is added to the sources of the import, what is not is left out.
    fn wants(&self, _source: &Source) -> Vec<Vec<String>> {
        Vec::new()
    }
}

/// What an import gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// What was understood.
    pub project: Project,
    /// What was not, with places and hints.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads texts with that importer; a text in which nothing was found is no success.
pub fn read(importer: &dyn Importer, sources: &Sources, name: &str) -> Imported {
    let mut imported = importer.import(sources, name);
    let has_found = !imported.project.model.is_empty() || importer.info().id == native::FORMAT;
    let is_told = imported.diagnostics.iter().any(|told| told.severity != Severity::Info);
    if !has_found && !is_told && sources.iter().any(|source| !source.text.trim().is_empty()) {
        let message = format!("nothing was found here that {} says of data", importer.info().name);
        let hint = "look whether it is the right file, or name its format with `--from`";
        let nothing = Diagnostic::warning(message).with_hint(hint).at(Span::new(1, 1));
        imported.diagnostics.push(nothing);
    }
    imported
}
