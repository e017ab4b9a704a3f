//! Items as files: one file, or one module per entity and enumeration with a `mod.rs`.
//!
//! Must not know what the items mean.

use indexmap::IndexMap;

use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::rust_types::items::{Item, eq_types};
use crate::formats::rust_types::names::{Scope, unraw};
use crate::formats::rust_types::order::version_order;
use crate::formats::rust_types::requirements::Requirements;
use crate::formats::rust_types::source::Source;
use crate::formats::rust_types::types::Imports;

/// All items in one file.
pub(super) fn one_file(
    name: &str,
    items: &[Item],
    taken: &Scope,
    title: &str,
    mut requirements: Requirements,
) -> FileSet {
    let eq = eq_types(items);
    let mut imports = Imports::new(taken, None);
    let mut body = Source::default();
    for item in items {
        item.write(&eq, &mut imports, &mut body);
    }
    requirements.add_paths(imports.paths());
    let header = requirements.header(title);
    let (text, origins) = imports.before(body).finish(&header);
    let mut files = FileSet::default();
    files.add_text(RelativePath::of(&[name]), text, origins);
    files
}

/// Each module in a file of its own, and a `mod.rs` that names them all, and `further` ones that
/// somebody else writes.
pub(super) fn modules(
    items: &[Item],
    taken: &Scope,
    title: &str,
    mut requirements: Requirements,
    further: &[&str],
) -> FileSet {
    let eq = eq_types(items);
    let mut by_module: IndexMap<&str, Vec<&Item>> = IndexMap::new();
    for item in items {
        by_module.entry(&item.local.module).or_default().push(item);
    }
    let mut files = FileSet::default();
    for (module, items) in &by_module {
        let mut imports = Imports::new(taken, Some(module));
        let mut body = Source::default();
        for item in items {
            item.write(&eq, &mut imports, &mut body);
        }
        requirements.add_paths(imports.paths());
        let (text, origins) = imports.before(body).finish(&[title.to_owned()]);
        files.add_text(file_of(module), text, origins);
    }
    let mut index = Source::default();
    index.start_item(None);
    let mut names: Vec<&str> = by_module.keys().copied().collect();
    let mut all: Vec<&str> = names.iter().chain(further).copied().collect();
    all.sort_by_key(|name| unraw(name));
    for module in all {
        index.line(&format!("pub mod {module};"));
    }
    index.start_item(None);
    names.sort_by(|a, b| version_order(a, b));
    for module in names {
        let mut idents: Vec<&str> = by_module
            .get(module)
            .into_iter()
            .flatten()
            .map(|item| item.local.ident.as_str())
            .collect();
        idents.sort_by(|a, b| version_order(a, b));
        let list = match idents.as_slice() {
            [only] => (*only).to_owned(),
            idents => format!("{{{}}}", idents.join(", ")),
        };
        index.line(&format!("pub use {module}::{list};"));
    }
    let (text, origins) = index.finish(&requirements.header(title));
    files.add_text(RelativePath::of(&["mod.rs"]), text, origins);
    files
}

/// The file of a module.
pub(super) fn file_of(module: &str) -> RelativePath {
    RelativePath::of(&[&format!("{}.rs", unraw(module))])
}
