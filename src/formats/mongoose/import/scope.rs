//! What names mean, across files: constants, schemas and models that one module takes from another,
//! and what the library and the language give.
//!
//! Nothing is run: a meaning is the expression at which every name has been followed.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::formats::mongoose::import::code::{Element, Expr, Key, Kind, Member, Module};
use crate::formats::mongoose::import::parser::ModuleParser;
use crate::formats::mongoose::import::paths::{candidates, find_alias};
use crate::formats::sources::Sources;

/// How many names are followed before a circle is given up.
const MOST_STEPS: usize = 64;

/// Names that snippets use without taking them from the library.
const CONVENTIONS: [(&str, &str); 7] = [
    ("mongoose", "mongoose"),
    ("Schema", "mongoose.Schema"),
    ("model", "mongoose.model"),
    ("Types", "mongoose.Types"),
    ("ObjectId", "mongoose.Schema.Types.ObjectId"),
    ("Mixed", "mongoose.Schema.Types.Mixed"),
    ("Decimal128", "mongoose.Schema.Types.Decimal128"),
];

/// All modules of one import.
#[derive(Debug)]
pub(super) struct Program<'a> {
    /// The modules, in the order of the sources.
    pub(super) modules: Vec<Module<'a>>,
    /// Their paths.
    pub(super) paths: Vec<&'a str>,
    numbers: IndexMap<&'a str, usize>,
}

/// An expression and the module in which it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At<'p> {
    /// The number of the module.
    pub(super) module: usize,
    /// The expression.
    pub(super) expr: &'p Expr<'p>,
}

/// What an expression means.
#[derive(Clone, Debug)]
pub(super) enum Meaning<'p> {
    /// An expression that is no name.
    Expr(At<'p>),
    /// Something of the library or the language, by its full name: `mongoose.Schema`, `String`.
    Known(String),
    /// A module as a whole.
    Module(usize),
    /// Nobody knows.
    Unknown,
}

/// What an expression means, and the last name on the way there.
#[derive(Clone, Debug)]
pub(super) struct Resolved<'p> {
    /// What it means.
    pub(super) meaning: Meaning<'p>,
    /// The name nearest to it, with the module in which it is declared.
    pub(super) name: Option<(usize, &'p str)>,
}

impl<'p> From<Meaning<'p>> for Resolved<'p> {
    fn from(meaning: Meaning<'p>) -> Self {
        Self { meaning, name: None }
    }
}

impl<'p> Resolved<'p> {
    /// The expression, when it means one.
    pub(super) fn at(&self) -> Option<At<'p>> {
        if let Meaning::Expr(at) = self.meaning { Some(at) } else { None }
    }

    /// The full name, when it is something of the library or the language.
    pub(super) fn known(&self) -> Option<&str> {
        if let Meaning::Known(name) = &self.meaning { Some(name) } else { None }
    }

    fn named(mut self, module: usize, name: &'p str) -> Self {
        self.name.get_or_insert((module, name));
        self
    }
}

impl<'a> Program<'a> {
    /// Reads all texts.
    pub(super) fn of(sources: &'a Sources) -> Self {
        let mut parser = ModuleParser::default();
        let modules = sources.iter().map(|source| parser.parse(&source.text)).collect();
        let paths: Vec<&str> = sources.iter().map(|source| source.path.as_str()).collect();
        let numbers = paths.iter().enumerate().map(|(number, path)| (*path, number)).collect();
        Self { modules, paths, numbers }
    }

    /// What an expression means.
    pub(super) fn resolve<'p>(&'p self, at: At<'p>) -> Resolved<'p> {
        self.follow(at.module, at.expr, 0)
    }

    fn follow<'p>(&'p self, module: usize, expr: &'p Expr<'p>, steps: usize) -> Resolved<'p> {
        if steps > MOST_STEPS {
            return Meaning::Unknown.into();
        }
        match &expr.kind {
            Kind::Name(name) => self.follow_name(module, name, steps + 1),
            Kind::Module(path) => self.module_as_whole(module, path, steps + 1),
            Kind::Member(object, name) => {
                if let Kind::Module(path) = &object.kind {
                    return self.taken_from(module, path, name, steps + 1);
                }
                let object = self.follow(module, object, steps + 1);
                self.member(object, name, steps + 1)
            }
            Kind::Index(list, index) => {
                let list = self.follow(module, list, steps + 1);
                match list.at().and_then(|list| self.element_value(list, index)) {
                    Some(value) => self.follow(value.module, value.expr, steps + 1),
                    None => Meaning::Unknown.into(),
                }
            }
            Kind::Assign(_, value) => self.follow(module, value, steps + 1),
            Kind::Binary(left, "||" | "??" | "&&", right) => {
                let left = self.follow(module, left, steps + 1);
                match left.meaning {
                    Meaning::Expr(_) => left,
                    _ => self.follow(module, right, steps + 1),
                }
            }
            Kind::Call(call) => {
                let is_wrapper = call.arguments.len() == 1
                    && matches!(&call.callee.kind, Kind::Member(object, name)
                        if matches!(object.kind, Kind::Name("Object"))
                            && matches!(name.as_ref(), "freeze" | "seal"));
                match call.arguments.first() {
                    Some(inner) if is_wrapper => self.follow(module, inner, steps + 1),
                    None if !call.is_new => self.called(module, expr, &call.callee, steps + 1),
                    _ => Meaning::Expr(At { module, expr }).into(),
                }
            }
            _ => Meaning::Expr(At { module, expr }).into(),
        }
    }

    /// What a function without arguments gives back, where that is all it does.
    fn called<'p>(
        &'p self,
        module: usize,
        call: &'p Expr<'p>,
        callee: &'p Expr<'p>,
        steps: usize,
    ) -> Resolved<'p> {
        let itself = || Meaning::Expr(At { module, expr: call }).into();
        if !matches!(callee.kind, Kind::Name(_)) {
            return itself();
        }
        let function = self.follow(module, callee, steps);
        match function.at().and_then(|at| Some((at.module, at.expr.result()?))) {
            Some((module, result)) => self.follow(module, result, steps),
            None => itself(),
        }
    }

    fn follow_name<'p>(&'p self, module: usize, name: &'p str, steps: usize) -> Resolved<'p> {
        let convention = || {
            let known = CONVENTIONS.iter().find(|(short, _)| *short == name);
            known.map(|(_, full)| Resolved::from(Meaning::Known((*full).to_owned())))
        };
        let bound = self.modules.get(module).and_then(|m| Some((m, m.bindings.get(name)?)));
        let Some(value) = bound.and_then(|(module, bound)| module.value_of(bound)) else {
            return convention().unwrap_or_else(|| Meaning::Known(name.to_owned()).into());
        };
        if matches!(value.kind, Kind::Name(other) if other == name) {
            return Meaning::Unknown.into();
        }
        let resolved = self.follow(module, value, steps);
        match resolved.meaning {
            Meaning::Unknown => convention().unwrap_or(resolved).named(module, name),
            Meaning::Known(_) | Meaning::Module(_) => resolved,
            Meaning::Expr(_) => resolved.named(module, name),
        }
    }

    /// What `require('path')` or `import * as` gives.
    fn module_as_whole<'p>(&'p self, from: usize, path: &str, steps: usize) -> Resolved<'p> {
        if path == "mongoose" {
            return Meaning::Known("mongoose".to_owned()).into();
        }
        let Some(number) = self.module_at(from, path) else { return Meaning::Unknown.into() };
        let Some(module) = self.modules.get(number) else { return Meaning::Unknown.into() };
        match module.whole.as_ref().and_then(|whole| module.value_of(whole)) {
            Some(whole) => self.follow(number, whole, steps),
            None => Meaning::Module(number).into(),
        }
    }

    /// What `import { name } from 'path'` or `require('path').name` gives.
    fn taken_from<'p>(
        &'p self,
        from: usize,
        path: &str,
        name: &'p str,
        steps: usize,
    ) -> Resolved<'p> {
        if path == "mongoose" {
            return Meaning::Known(library_name("mongoose", name)).into();
        }
        let Some(number) = self.module_at(from, path) else { return Meaning::Unknown.into() };
        let whole = self.module_as_whole(from, path, steps);
        self.exported(number, name, steps).unwrap_or_else(|| {
            if name == "default" { whole } else { self.member(whole, name, steps) }
        })
    }

    /// What a module exports under that name.
    fn exported<'p>(&'p self, number: usize, name: &'p str, steps: usize) -> Option<Resolved<'p>> {
        if steps > MOST_STEPS {
            return None;
        }
        let module = self.modules.get(number)?;
        if let Some(bound) = module.exports.get(name) {
            return Some(self.follow(number, module.value_of(bound)?, steps + 1));
        }
        let stars = module.stars.iter().filter_map(|path| self.module_at(number, path));
        stars.into_iter().find_map(|star| self.exported(star, name, steps + 1))
    }

    fn member<'p>(&'p self, object: Resolved<'p>, name: &'p str, steps: usize) -> Resolved<'p> {
        if steps > MOST_STEPS {
            return Meaning::Unknown.into();
        }
        match object.meaning {
            Meaning::Known(known) => Meaning::Known(library_name(&known, name)).into(),
            Meaning::Module(number) => {
                self.exported(number, name, steps + 1).unwrap_or(Meaning::Unknown.into())
            }
            Meaning::Expr(at) => match self.member_value(at, name, steps + 1) {
                // `schema.obj` is what the schema was made of.
                None if name == "obj" => match at.expr.call() {
                    Some(call) if call.is_new => match call.arguments.first() {
                        Some(definition) => self.follow(at.module, definition, steps + 1),
                        None => Meaning::Unknown.into(),
                    },
                    _ => Meaning::Unknown.into(),
                },
                Some(value) => {
                    let resolved = self.follow(value.module, value.expr, steps + 1);
                    resolved.named(value.module, name)
                }
                None => Meaning::Unknown.into(),
            },
            Meaning::Unknown => Meaning::Unknown.into(),
        }
    }

    /// The element of a list at a number that is written out.
    fn element_value<'p>(&'p self, list: At<'p>, index: &Expr<'_>) -> Option<At<'p>> {
        let Kind::Number(number) = index.kind else { return None };
        let elements = self.elements(list)?;
        let (module, element) = elements.get(number.parse::<usize>().ok()?)?;
        Some(At { module: *module, expr: &element.value })
    }

    /// The value of a member, looked for in what is spread into the object too.
    fn member_value<'p>(&'p self, object: At<'p>, name: &str, steps: usize) -> Option<At<'p>> {
        if steps > MOST_STEPS {
            return None;
        }
        let members = object.expr.members()?;
        for member in members.iter().rev() {
            match &member.key {
                Key::Text(key) if key == name => {
                    return Some(At { module: object.module, expr: &member.value });
                }
                Key::Spread => {
                    let Kind::Spread(inner) = &member.value.kind else { continue };
                    let found = match self.follow(object.module, inner, steps + 1).meaning {
                        Meaning::Expr(at) => self.member_value(at, name, steps + 1),
                        Meaning::Module(number) => self.export_value(number, name),
                        Meaning::Known(_) | Meaning::Unknown => None,
                    };
                    if found.is_some() {
                        return found;
                    }
                }
                Key::Text(_) | Key::Computed(_) => {}
            }
        }
        None
    }

    fn export_value(&self, number: usize, name: &str) -> Option<At<'_>> {
        let module = self.modules.get(number)?;
        let expr = module.value_of(module.exports.get(name)?)?;
        Some(At { module: number, expr })
    }

    /// The module that a path means in another one.
    pub(super) fn module_at(&self, from: usize, path: &str) -> Option<usize> {
        let own = self.paths.get(from)?;
        let found = candidates(own, path).into_iter();
        let mut found = found.filter_map(|path| self.numbers.get(path.as_str()).copied());
        found.next().or_else(|| find_alias(&self.paths, path))
    }

    /// The members of an object by name, those of spread objects included; of equals the last
    /// counts, where the first stands.
    pub(super) fn members<'p>(&'p self, object: At<'p>) -> Flat<'p> {
        let mut flat = Flat::default();
        self.flatten(object, &mut flat, 0);
        flat
    }

    fn flatten<'p>(&'p self, object: At<'p>, flat: &mut Flat<'p>, steps: usize) {
        let Some(members) = object.expr.members().filter(|_| steps < MOST_STEPS) else {
            flat.unknown.push(object);
            return;
        };
        for member in members {
            let value = At { module: object.module, expr: &member.value };
            let name = match &member.key {
                Key::Text(name) => name.clone(),
                Key::Computed(key) => {
                    let Some(name) = self.text(At { module: object.module, expr: key }) else {
                        flat.unknown.push(value);
                        continue;
                    };
                    Cow::Owned(name)
                }
                Key::Spread => {
                    self.flatten_spread(value, flat, steps + 1);
                    continue;
                }
            };
            flat.members.insert(name, (object.module, member));
        }
    }

    fn flatten_spread<'p>(&'p self, value: At<'p>, flat: &mut Flat<'p>, steps: usize) {
        let Kind::Spread(inner) = &value.expr.kind else { return };
        match self.follow(value.module, inner, steps).meaning {
            Meaning::Expr(at) if at.expr.members().is_some() => self.flatten(at, flat, steps),
            _ => flat.unknown.push(value),
        }
    }

    /// The elements of a list, those of spread lists included; none when it is no list.
    pub(super) fn elements<'p>(&'p self, list: At<'p>) -> Option<Vec<(usize, &'p Element<'p>)>> {
        let mut flat = Vec::new();
        self.flatten_list(list, &mut flat, 0).then_some(flat)
    }

    fn flatten_list<'p>(
        &'p self,
        list: At<'p>,
        flat: &mut Vec<(usize, &'p Element<'p>)>,
        steps: usize,
    ) -> bool {
        let Kind::Array(elements) = &list.expr.kind else { return false };
        for element in elements {
            match &element.value.kind {
                Kind::Spread(inner) => {
                    let inner = self.follow(list.module, inner, steps + 1);
                    let is_list = steps < MOST_STEPS
                        && inner.at().is_some_and(|at| self.flatten_list(at, flat, steps + 1));
                    if !is_list {
                        return false;
                    }
                }
                _ => flat.push((list.module, element)),
            }
        }
        true
    }

    /// The text that an expression is.
    pub(super) fn text(&self, at: At<'_>) -> Option<String> {
        let resolved = self.resolve(at);
        let found = resolved.at()?;
        match &found.expr.kind {
            Kind::Text(text) => Some(text.clone().into_owned()),
            Kind::Binary(left, "+", right) => {
                let part = |expr| self.text(At { module: found.module, expr });
                Some(part(left)? + &part(right)?)
            }
            _ => None,
        }
    }
}

/// Members of an object and of all that is spread into it.
#[derive(Debug, Default)]
pub(super) struct Flat<'p> {
    /// Each member with the module in which it stands.
    pub(super) members: IndexMap<Cow<'p, str>, (usize, &'p Member<'p>)>,
    /// What could not be followed.
    pub(super) unknown: Vec<At<'p>>,
}

impl<'p> Flat<'p> {
    /// The value of a member.
    pub(super) fn value(&self, name: &str) -> Option<At<'p>> {
        let (module, member) = self.members.get(name)?;
        Some(At { module: *module, expr: &member.value })
    }
}

/// The full name of a member of the library or the language.
fn library_name(object: &str, name: &str) -> String {
    match (object, name) {
        ("mongoose", "default" | "mongoose") => object.to_owned(),
        _ => format!("{object}.{name}"),
    }
}
