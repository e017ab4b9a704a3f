//! Declarations, imports and exports → what names stand for, inside a module and outside.

use std::borrow::Cow;

use tree_sitter::Node;

use crate::formats::mongoose::import::code::{Bound, Expr, Kind, Stated};
use crate::formats::mongoose::import::parser::Reader;

impl<'a> Reader<'a> {
    /// Adds an expression that stands for itself.
    pub(super) fn state(&mut self, expr: Expr<'a>, note: String) {
        let number = self.module.stated.len();
        if let Kind::Assign(target, _) = &expr.kind {
            let bound = || Bound::Stated(number);
            match export_of(target) {
                Some(Exported::Whole) => self.module.whole = Some(bound()),
                Some(Exported::Named(name)) => {
                    self.module.exports.insert(name, bound());
                }
                None => {
                    if let Kind::Name(name) = target.kind {
                        self.module.bindings.insert(name, bound());
                    }
                }
            }
        }
        self.module.stated.push(Stated { name: None, expr, note });
    }

    /// Binds what a module takes from another.
    pub(super) fn import(&mut self, node: Node<'_>) {
        let Some(path) = node.child_by_field_name("source").map(|source| self.expr(source)) else {
            return;
        };
        let Kind::Text(path) = path.kind else { return };
        let at = node.start_byte();
        let module = || Expr::new(Kind::Module(path.clone()), at);
        let take =
            |name: &'a str| Expr::new(Kind::Member(Box::new(module()), Cow::Borrowed(name)), at);
        let mut cursor = node.walk();
        let Some(clause) =
            node.named_children(&mut cursor).find(|child| child.kind() == "import_clause")
        else {
            return;
        };
        let mut cursor = clause.walk();
        for part in clause.named_children(&mut cursor) {
            match part.kind() {
                "identifier" => self.bind(self.slice(part), Bound::Made(take("default")), true),
                "namespace_import" => {
                    if let Some(name) = part.named_child(0) {
                        self.bind(self.slice(name), Bound::Made(module()), true);
                    }
                }
                "named_imports" => {
                    let mut cursor = part.walk();
                    for specifier in part.named_children(&mut cursor) {
                        let Some(name) = specifier.child_by_field_name("name") else { continue };
                        let local = specifier.child_by_field_name("alias").unwrap_or(name);
                        let taken = take(self.slice(name));
                        self.bind(self.slice(local), Bound::Made(taken), true);
                    }
                }
                _ => {}
            }
        }
    }

    /// Remembers what a module gives to others.
    pub(super) fn export(&mut self, node: Node<'_>, note: String, is_top: bool) {
        if let Some(declaration) = node.child_by_field_name("declaration") {
            return match declaration.kind() {
                "lexical_declaration" | "variable_declaration" => {
                    for (name, at) in self.variables(declaration, note, is_top) {
                        self.export_itself(name, at);
                    }
                }
                "enum_declaration" => {
                    if let Some((name, at)) = self.enumeration(declaration, note) {
                        self.export_itself(name, at);
                    }
                }
                "function_declaration" | "class_declaration" => {
                    if let Some(name) = self.opaque(declaration, is_top) {
                        self.export_itself(name, declaration.start_byte());
                    }
                }
                _ => self.statement(declaration, note, is_top),
            };
        }
        if let Some(value) = node.child_by_field_name("value") {
            let expr = self.expr(value);
            let number = self.module.stated.len();
            self.module.stated.push(Stated { name: None, expr, note });
            self.module.exports.insert(Cow::Borrowed("default"), Bound::Stated(number));
            return;
        }
        let from = node.child_by_field_name("source").map(|source| self.expr(source).kind);
        let from = match from {
            Some(Kind::Text(path)) => Some(path),
            _ => None,
        };
        let mut cursor = node.walk();
        let mut names_any = false;
        for part in node.named_children(&mut cursor) {
            match part.kind() {
                "export_clause" => {
                    names_any = true;
                    self.export_names(part, from.as_ref());
                }
                "namespace_export" => {
                    names_any = true;
                    if let (Some(name), Some(path)) = (part.named_child(0), &from) {
                        let module = Expr::new(Kind::Module(path.clone()), part.start_byte());
                        let name = Cow::Borrowed(self.slice(name));
                        self.module.exports.insert(name, Bound::Made(module));
                    }
                }
                _ => {}
            }
        }
        if !names_any {
            self.module.stars.extend(from);
        }
    }

    fn export_names(&mut self, clause: Node<'_>, from: Option<&Cow<'a, str>>) {
        let mut cursor = clause.walk();
        for specifier in clause.named_children(&mut cursor) {
            let Some(name) = specifier.child_by_field_name("name") else { continue };
            let outside = specifier.child_by_field_name("alias").unwrap_or(name);
            let at = specifier.start_byte();
            let value = match from {
                Some(path) => {
                    let module = Expr::new(Kind::Module(path.clone()), at);
                    Kind::Member(Box::new(module), Cow::Borrowed(self.slice(name)))
                }
                None => Kind::Name(self.slice(name)),
            };
            let outside = Cow::Borrowed(self.slice(outside));
            self.module.exports.insert(outside, Bound::Made(Expr::new(value, at)));
        }
    }

    /// Binds what a declaration names; gives the names and their places.
    pub(super) fn variables(
        &mut self,
        node: Node<'_>,
        note: String,
        is_top: bool,
    ) -> Vec<(&'a str, usize)> {
        let mut names = Vec::new();
        let mut note = Some(note);
        let mut cursor = node.walk();
        for declarator in node.named_children(&mut cursor) {
            let Some(name) = declarator.child_by_field_name("name") else { continue };
            let Some(value) = declarator.child_by_field_name("value") else { continue };
            let mut expr = self.expr(value);
            if name.kind() != "identifier" {
                self.destructure(name, &expr, is_top);
                self.module.stated.push(Stated { name: None, expr, note: String::new() });
                continue;
            }
            let name = self.slice(name);
            let itself = || Bound::Made(Expr::new(Kind::Name(name), value.start_byte()));
            // `const User = module.exports = model(…)`
            while let Kind::Assign(target, value) = expr.kind {
                match export_of(&target) {
                    Some(Exported::Whole) => self.module.whole = Some(itself()),
                    Some(Exported::Named(outside)) => {
                        self.module.exports.insert(outside, itself());
                    }
                    None => {}
                }
                expr = *value;
            }
            self.bind(name, Bound::Stated(self.module.stated.len()), is_top);
            names.push((name, value.start_byte()));
            let note = note.take().unwrap_or_default();
            self.module.stated.push(Stated { name: Some(name), expr, note });
        }
        names
    }

    /// `const { a, b: c } = value`
    fn destructure(&mut self, pattern: Node<'_>, value: &Expr<'a>, is_top: bool) {
        let mut cursor = pattern.walk();
        for part in pattern.named_children(&mut cursor) {
            let (key, local) = match part.kind() {
                "shorthand_property_identifier_pattern" => (part, part),
                "pair_pattern" => {
                    let parts =
                        (part.child_by_field_name("key"), part.child_by_field_name("value"));
                    let (Some(key), Some(local)) = parts else { continue };
                    (key, local)
                }
                _ => continue,
            };
            let name = Cow::Borrowed(self.slice(key));
            let taken = Expr::new(Kind::Member(Box::new(value.clone()), name), part.start_byte());
            if local.kind() == "object_pattern" {
                self.destructure(local, &taken, is_top);
            } else {
                self.bind(self.slice(local), Bound::Made(taken), is_top);
            }
        }
    }

    /// Binds an `enum`.
    pub(super) fn enumeration(&mut self, node: Node<'_>, note: String) -> Option<(&'a str, usize)> {
        let parts = (node.child_by_field_name("name"), node.child_by_field_name("body"));
        let (Some(name_node), Some(body)) = parts else { return None };
        let name = self.slice(name_node);
        let at = name_node.start_byte();
        let members = self.members(body);
        self.bind(name, Bound::Stated(self.module.stated.len()), true);
        self.module.enums.push(name);
        let expr = Expr::new(Kind::Object(members), at);
        self.module.stated.push(Stated { name: Some(name), expr, note });
        Some((name, at))
    }

    /// `type Status = (typeof statusValues)[number]`, `InferSchemaType<typeof userSchema>`
    pub(super) fn type_alias(&mut self, node: Node<'_>) {
        let parts = (node.child_by_field_name("name"), node.child_by_field_name("value"));
        let (Some(name), Some(value)) = parts else { return };
        let name = self.slice(name);
        if let Some(constant) = self.type_query(value) {
            let constant = self.slice(constant);
            self.module.types.entry(constant).or_insert(name);
        }
    }

    /// The constant of which a type is made.
    fn type_query<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        match node.kind() {
            "type_query" => node.named_child(0).filter(|inner| inner.kind() == "identifier"),
            "lookup_type" | "parenthesized_type" | "intersection_type" => {
                self.type_query(node.named_child(0)?)
            }
            "generic_type" => {
                let name = self.slice(node.child_by_field_name("name")?);
                let arguments = node.child_by_field_name("type_arguments")?;
                let is_schema = name.rsplit('.').next() == Some("InferSchemaType");
                if is_schema { self.type_query(arguments.named_child(0)?) } else { None }
            }
            _ => None,
        }
    }

    /// Binds a function or class; what it does is only looked through for schemas.
    pub(super) fn opaque(&mut self, node: Node<'_>, is_top: bool) -> Option<&'a str> {
        let is_class = node.kind() == "class_declaration";
        if is_class && let Some(body) = node.child_by_field_name("body") {
            self.block(body);
        }
        let name = self.slice(node.child_by_field_name("name")?);
        let kind = if is_class { Kind::Other } else { self.expr(node).kind };
        self.bind(name, Bound::Made(Expr::new(kind, node.start_byte())), is_top);
        Some(name)
    }

    /// `export const name = …`
    fn export_itself(&mut self, name: &'a str, at: usize) {
        let itself = Bound::Made(Expr::new(Kind::Name(name), at));
        self.module.exports.insert(Cow::Borrowed(name), itself);
    }

    /// Names at the top of a file win over those in functions.
    fn bind(&mut self, name: &'a str, bound: Bound<'a>, is_top: bool) {
        if is_top || !self.module.bindings.contains_key(name) {
            self.module.bindings.insert(name, bound);
        }
    }
}

/// What an assignment gives to other modules.
enum Exported<'a> {
    /// `module.exports`
    Whole,
    /// `module.exports.name`, `exports.name`
    Named(Cow<'a, str>),
}

fn export_of<'a>(target: &Expr<'a>) -> Option<Exported<'a>> {
    let is_module_exports = |expr: &Expr<'_>| match &expr.kind {
        Kind::Member(object, name) => {
            name == "exports" && matches!(object.kind, Kind::Name("module"))
        }
        Kind::Name(name) => *name == "exports",
        _ => false,
    };
    if is_module_exports(target) {
        return Some(Exported::Whole);
    }
    match &target.kind {
        Kind::Member(object, name) if is_module_exports(object) => {
            Some(Exported::Named(name.clone()))
        }
        _ => None,
    }
}
