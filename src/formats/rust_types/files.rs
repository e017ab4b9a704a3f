//! Items as files: one file, or one module per entity and enumeration with a `mod.rs`.
//!
//! Must not know what the items mean.

use indexmap::IndexMap;

use crate::formats::code::{code, join};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::rust_types::items::{Item, eq_types};
use crate::formats::rust_types::names::{Scope, unraw};
use crate::formats::rust_types::order::version_order;
use crate::formats::rust_types::requirements::Requirements;
use crate::formats::rust_types::source::{self, Source};
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
    let mut files = FileSet::default();
    files.add(RelativePath::of(&[name]), imports.before(body).finish(&header));
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
        files.add(file_of(module), imports.before(body).finish(&[title.to_owned()]));
    }
    let mut index = Source::default();
    index.start_item(None);
    let mut names: Vec<&str> = by_module.keys().copied().collect();
    let mut all: Vec<&str> = names.iter().chain(further).copied().collect();
    all.sort_by_key(|name| unraw(name));
    for module in all {
        index.line(code!("pub mod ", source::name(module), ";"));
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
            [only] => source::name(only),
            idents => code!("{", join(idents.iter().map(|one| source::name(one)), ", "), "}"),
        };
        index.line(code!("pub use ", source::name(module), "::", list, ";"));
    }
    files.add(RelativePath::of(&["mod.rs"]), index.finish(&requirements.header(title)));
    files
}

/// The file of a module.
pub(super) fn file_of(module: &str) -> RelativePath {
    RelativePath::of(&[&format!("{}.rs", unraw(module))])
}
