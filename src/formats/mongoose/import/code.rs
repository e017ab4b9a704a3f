//! The part of JavaScript and TypeScript that says what a schema is: expressions without types,
//! each with its place, and the statements of a module as one flat list.
//!
//! Must not know Mongoose nor the parser.

use std::borrow::Cow;

use indexmap::IndexMap;

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Expr<'a> {
    /// What it is.
    pub(super) kind: Kind<'a>,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

/// What an expression is; types, parentheses and `as const` are gone.
#[derive(Clone, Debug)]
pub(super) enum Kind<'a> {
    /// `name`
    Name(&'a str),
    /// Another module as a whole: `require('./x')`.
    Module(Cow<'a, str>),
    /// A text without anything to be filled in.
    Text(Cow<'a, str>),
    /// A number as it is written.
    Number(&'a str),
    /// `/pattern/flags`
    Regex {
        /// Between the slashes.
        pattern: &'a str,
        /// After them.
        flags: &'a str,
    },
    /// `true` or `false`
    Boolean(bool),
    /// `null`
    Null,
    /// `undefined`
    Undefined,
    /// `{ … }`, or an `enum` of TypeScript.
    Object(Vec<Member<'a>>),
    /// `[ … ]`
    Array(Vec<Element<'a>>),
    /// `object.name`
    Member(Box<Expr<'a>>, Cow<'a, str>),
    /// `object[index]`, where the index is no text.
    Index(Box<Expr<'a>>, Box<Expr<'a>>),
    /// `callee(…)` or `new callee(…)`
    Call(Box<Call<'a>>),
    /// `(a) => result`, or a function that ends in `return result`.
    Function(Box<Function<'a>>),
    /// `left operator right`
    Binary(Box<Expr<'a>>, &'a str, Box<Expr<'a>>),
    /// `operator operand`
    Unary(&'a str, Box<Expr<'a>>),
    /// `target = value`
    Assign(Box<Expr<'a>>, Box<Expr<'a>>),
    /// `...value`
    Spread(Box<Expr<'a>>),
    /// Nothing, where something should stand.
    Missing,
    /// Anything else.
    Other,
}

/// A value in a list, with the comment that it has.
#[derive(Clone, Debug)]
pub(super) struct Element<'a> {
    /// The value.
    pub(super) value: Expr<'a>,
    /// What stands above or behind it.
    pub(super) note: String,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    /// Its key; a spread has none.
    pub(super) key: Key<'a>,
    /// Its value.
    pub(super) value: Expr<'a>,
    /// The comment above or behind it.
    pub(super) note: String,
    /// Where it begins, in bytes.
    pub(super) at: usize,
}

/// What a member is called.
#[derive(Clone, Debug)]
pub(super) enum Key<'a> {
    /// A name or text.
    Text(Cow<'a, str>),
    /// `[ … ]`
    Computed(Box<Expr<'a>>),
    /// Nothing: the member spreads another object.
    Spread,
}

/// A call.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    /// What is called.
    pub(super) callee: Expr<'a>,
    /// What with.
    pub(super) arguments: Vec<Expr<'a>>,
    /// Whether it makes an object.
    pub(super) is_new: bool,
}

/// A function, as far as it can be understood without running it.
#[derive(Clone, Debug)]
pub(super) struct Function<'a> {
    /// Its parameters that are plain names.
    pub(super) parameters: Vec<&'a str>,
    /// What it gives back, where that is all it does.
    pub(super) result: Option<Expr<'a>>,
}

impl<'a> Expr<'a> {
    /// An expression at a place.
    pub(super) fn new(kind: Kind<'a>, at: usize) -> Self {
        Self { kind, at }
    }

    /// The text, when it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }

    /// The call, when it is one.
    pub(super) fn call(&self) -> Option<&Call<'a>> {
        if let Kind::Call(call) = &self.kind { Some(call) } else { None }
    }

    /// The members, when it is an object.
    pub(super) fn members(&self) -> Option<&[Member<'a>]> {
        if let Kind::Object(members) = &self.kind { Some(members) } else { None }
    }

    /// What a function without parameters gives back.
    pub(super) fn result(&self) -> Option<&Self> {
        if let Kind::Function(function) = &self.kind { function.result.as_ref() } else { None }
    }
}

impl Member<'_> {
    /// Its key, when it is plain.
    pub(super) fn name(&self) -> Option<&str> {
        if let Key::Text(name) = &self.key { Some(name) } else { None }
    }
}

/// One file.
#[derive(Debug, Default)]
pub(super) struct Module<'a> {
    /// Every expression that is stated on its own or declares something, in order.
    pub(super) stated: Vec<Stated<'a>>,
    /// What names stand for.
    pub(super) bindings: IndexMap<&'a str, Bound<'a>>,
    /// What other modules can take by name.
    pub(super) exports: IndexMap<Cow<'a, str>, Bound<'a>>,
    /// `module.exports = …`
    pub(super) whole: Option<Bound<'a>>,
    /// Modules of which everything is exported again.
    pub(super) stars: Vec<Cow<'a, str>>,
    /// Types that are made of a constant: its name, then theirs.
    pub(super) types: IndexMap<&'a str, &'a str>,
    /// `enum`s of TypeScript.
    pub(super) enums: Vec<&'a str>,
    /// Where the text is no code, in bytes, and what is wrong there.
    pub(super) errors: Vec<(usize, String)>,
}

/// An expression that is a statement, or the value of a declaration.
#[derive(Debug)]
pub(super) struct Stated<'a> {
    /// The name that it gets.
    pub(super) name: Option<&'a str>,
    /// The expression.
    pub(super) expr: Expr<'a>,
    /// The comment directly above the statement.
    pub(super) note: String,
}

/// What a name stands for.
#[derive(Debug)]
pub(super) enum Bound<'a> {
    /// The expression of that number in [`Module::stated`].
    Stated(usize),
    /// An expression that is written nowhere, such as what an import names.
    Made(Expr<'a>),
}

impl Stated<'_> {
    /// `const x = require('…')`
    pub(super) fn is_required(&self) -> bool {
        matches!(&self.expr.kind, Kind::Module(_))
    }
}

impl<'a> Module<'a> {
    /// The expression that a name stands for.
    pub(super) fn value_of<'m>(&'m self, bound: &'m Bound<'a>) -> Option<&'m Expr<'a>> {
        match bound {
            Bound::Stated(number) => self.stated.get(*number).map(|stated| &stated.expr),
            Bound::Made(expr) => Some(expr),
        }
    }
}
