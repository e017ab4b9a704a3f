//! Generated structs and enums as data, and how they are written into a file.
//!
//! Must not know any model or flavor.

use std::collections::BTreeSet;

use crate::formats::code::{code, join};
use crate::formats::rust_types::source::{Code, Source, name, string};
use crate::formats::rust_types::types::{Imports, Local, Ty};
use crate::model::id::ElementId;

/// What every struct derives.
pub(super) const STRUCT_DERIVES: [&str; 3] = ["Debug", "Clone", "PartialEq"];
/// What every enum derives.
pub(super) const ENUM_DERIVES: [&str; 6] = ["Debug", "Clone", "Copy", "PartialEq", "Eq", "Hash"];
/// What serde needs.
pub(super) const SERDE_DERIVES: [&str; 2] = ["serde::Serialize", "serde::Deserialize"];

/// A struct or an enum.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Its name and module.
    pub local: Local,
    /// What it comes from.
    pub element: Option<ElementId>,
    /// Its documentation.
    pub note: String,
    /// What it derives, in order; `PartialEq` is followed by `Eq` where that holds.
    pub derives: Vec<Derive>,
    /// Attributes without `#[` and `]`, derives aside.
    pub attributes: Vec<Code>,
    /// What is in it.
    pub body: Body,
    /// Texts that belong to it.
    pub constants: Vec<Constant>,
    /// Writes the code that follows it.
    pub after: Option<After>,
}

/// What writes code that follows an item.
pub(super) type After = fn(&Item, &mut Imports<'_>, &mut Source);

/// A text that belongs to a type.
#[derive(Clone, Debug)]
pub(super) struct Constant {
    /// Its identifier.
    pub ident: &'static str,
    /// Its documentation.
    pub note: &'static str,
    /// The text.
    pub value: String,
}

/// Something that an item derives.
#[derive(Clone, Debug)]
pub(super) enum Derive {
    /// A derive of the library or a crate, by its full path, which is imported.
    Known(&'static str),
    /// A derive that somebody asked for, written as they wrote it.
    Given(Code),
}

/// What is in an item.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// The fields of a struct.
    Struct(Vec<Member>),
    /// The variants of an enum.
    Enum(Vec<Variant>),
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// Its identifier.
    pub ident: String,
    /// Its type.
    pub ty: Ty,
    /// What it comes from.
    pub element: Option<ElementId>,
    /// Its documentation.
    pub note: String,
    /// Attributes without `#[` and `]`.
    pub attributes: Vec<Code>,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub(super) struct Variant {
    /// Its identifier.
    pub ident: String,
    /// What it stands for.
    pub value: String,
    /// What it comes from.
    pub element: Option<ElementId>,
    /// Its documentation.
    pub note: String,
    /// Attributes without `#[` and `]`.
    pub attributes: Vec<Code>,
}

impl Item {
    fn members(&self) -> &[Member] {
        match &self.body {
            Body::Struct(members) => members,
            Body::Enum(_) => &[],
        }
    }

    /// Takes away what only serde reads.
    pub(super) fn forget_serde(&mut self) {
        let is_serde = |attribute: &Code| attribute.as_str().starts_with("serde(");
        self.attributes.retain(|attribute| !is_serde(attribute));
        self.derives.retain(|derive| match derive {
            Derive::Known(path) => !SERDE_DERIVES.contains(path),
            Derive::Given(_) => true,
        });
        match &mut self.body {
            Body::Struct(members) => {
                for member in members {
                    member.attributes.retain(|attribute| !is_serde(attribute));
                }
            }
            Body::Enum(variants) => {
                for variant in variants {
                    variant.attributes.retain(|attribute| !is_serde(attribute));
                }
            }
        }
    }

    /// Writes it; derives by path are imported.
    pub(super) fn write(&self, eq: &BTreeSet<String>, imports: &mut Imports<'_>, out: &mut Source) {
        out.start_item(self.element);
        out.docs(&self.note);
        let derives = self.derive_list(eq, imports);
        if !derives.is_empty() {
            out.line(code!("#[derive(", join(derives, ", "), ")]"));
        }
        for attribute in &self.attributes {
            out.line(code!("#[", attribute, "]"));
        }
        match &self.body {
            Body::Struct(members) => {
                out.line(code!("pub struct ", name(&self.local.ident), " {"));
                for member in members {
                    out.mark(member.element);
                    out.docs(&member.note);
                    for attribute in &member.attributes {
                        out.line(code!("#[", attribute, "]"));
                    }
                    let ty = imports.write(&member.ty);
                    out.line(code!("pub ", name(&member.ident), ": ", ty, ","));
                }
            }
            Body::Enum(variants) => {
                out.line(code!("pub enum ", name(&self.local.ident), " {"));
                for variant in variants {
                    out.mark(variant.element);
                    out.docs(&variant.note);
                    for attribute in &variant.attributes {
                        out.line(code!("#[", attribute, "]"));
                    }
                    out.line(code!(name(&variant.ident), ","));
                }
            }
        }
        out.line("}");
        if !self.constants.is_empty() {
            self.write_constants(out);
        }
        if let Some(after) = self.after {
            after(self, imports, out);
        }
    }

    fn write_constants(&self, out: &mut Source) {
        out.start_item(self.element);
        out.line(code!("impl ", name(&self.local.ident), " {"));
        for constant in &self.constants {
            out.docs(constant.note);
            let value = string(&constant.value);
            out.line(code!("pub const ", constant.ident, ": &str = ", value, ";"));
        }
        out.line("}");
    }

    fn derive_list(&self, eq: &BTreeSet<String>, imports: &mut Imports<'_>) -> Vec<Code> {
        let mut names: Vec<Code> = Vec::new();
        for derive in &self.derives {
            let name = match derive {
                Derive::Known(path) => imports.name(path),
                Derive::Given(path) => path.clone(),
            };
            let implies_eq = name == "PartialEq" && eq.contains(&self.local.ident);
            for name in [Some(name), implies_eq.then(|| code!("Eq"))].into_iter().flatten() {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }
}

/// The generated types whose equality is total: those that hold nothing whose equality is not.
pub(super) fn eq_types<'a>(items: impl IntoIterator<Item = &'a Item>) -> BTreeSet<String> {
    let items: Vec<&Item> = items.into_iter().collect();
    let mut eq: BTreeSet<String> = items.iter().map(|item| item.local.ident.clone()).collect();
    loop {
        let partial = items.iter().find(|item| {
            eq.contains(&item.local.ident)
                && item.members().iter().any(|member| !member.ty.is_eq(&eq))
        });
        match partial {
            Some(item) => eq.remove(&item.local.ident),
            None => return eq,
        };
    }
}
