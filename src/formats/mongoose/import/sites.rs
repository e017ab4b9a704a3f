//! Where schemas and models are made, and what is said about a schema after it was made.

use indexmap::IndexMap;

use crate::formats::mongoose::import::code::{Call, Expr, Kind};
use crate::formats::mongoose::import::copies::Copied;
use crate::formats::mongoose::import::scope::{At, Meaning, Program};
use crate::formats::mongoose::import::told::{Custom, Place, place};

/// Deepest nesting of calls that is looked through.
const DEEPEST: usize = 200;
/// Methods of schemas that give the schema itself, or one like it.
const CHAINING: [&str; 9] =
    ["add", "clone", "index", "plugin", "pre", "post", "set", "method", "static"];

/// A schema: where it is made, by its place.
#[derive(Debug)]
pub(super) struct SchemaSite<'p> {
    /// What it holds, as it is written.
    pub(super) definition: Option<At<'p>>,
    /// Its options.
    pub(super) options: Option<At<'p>>,
    /// The name that it is declared under.
    pub(super) name: Option<&'p str>,
    /// The comment above its declaration.
    pub(super) note: &'p str,
    /// What is said about it later, in order.
    pub(super) statements: Vec<Statement<'p>>,
    /// The schema that it is a copy of.
    pub(super) copied: Option<Copied>,
}

/// Something that is said about a schema after it was made.
#[derive(Clone, Debug)]
pub(super) struct Statement<'p> {
    /// What.
    pub(super) kind: StatementKind,
    /// With what.
    pub(super) arguments: Vec<At<'p>>,
    /// The comment above it.
    pub(super) note: &'p str,
    /// Where.
    pub(super) place: Place,
}

/// What can be said about a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatementKind {
    /// `schema.add(…)`
    Add,
    /// `schema.path('list').discriminator(…)`: documents of this schema may have these fields.
    AddSpecial,
    /// `schema.index(…)`
    Index,
    /// `schema.virtual(…)`
    Virtual,
    /// `schema.set(…)`
    Set,
    /// Code that stays where it is.
    Custom(Custom),
}

/// A model.
#[derive(Debug)]
pub(super) struct ModelSite<'p> {
    /// What it is called.
    pub(super) name: String,
    /// Its schema.
    pub(super) schema: Place,
    /// Its collection, where the third argument names it.
    pub(super) collection: Option<At<'p>>,
    /// The comment above the statement that makes it.
    pub(super) note: &'p str,
    /// The model of which it is a special case.
    pub(super) base: Option<String>,
    /// Where it is made.
    pub(super) place: Place,
}

/// All schemas and models of a program.
#[derive(Debug, Default)]
pub(super) struct Sites<'p> {
    /// Schemas by their places, in order.
    pub(super) schemas: IndexMap<Place, SchemaSite<'p>>,
    /// Models in order.
    pub(super) models: Vec<ModelSite<'p>>,
    /// Calls whose model cannot be known: `mongoose.model(name, schema)`.
    pub(super) nameless: Vec<Place>,
    /// Special cases of documents whose schema cannot be known.
    pub(super) stray: Vec<(String, Place)>,
    /// Models whose schema cannot be known: `mongoose.model('User', makeSchema(options))`.
    pub(super) schemaless: Vec<(String, Place)>,
}

/// Where an expression of the program stands.
#[derive(Clone, Copy)]
pub(super) struct Context<'p> {
    module: usize,
    pub(super) name: Option<&'p str>,
    pub(super) note: &'p str,
}

impl<'p> Sites<'p> {
    /// What the program makes.
    pub(super) fn of(program: &'p Program<'p>) -> Self {
        let mut sites = Self::default();
        sites.each_call(program, |sites, at, context| sites.find_schema(program, at, context));
        sites.each_call(program, |sites, at, context| sites.find_copy(program, at, context));
        sites.each_call(program, |sites, at, context| sites.find_model(program, at, context));
        sites.each_call(program, |sites, at, context| {
            sites.find_discriminator(program, at, context);
        });
        sites.each_call(program, |sites, at, context| sites.find_statement(program, at, context));
        sites.find_assignments(program);
        sites
    }

    /// The schema that an expression means.
    pub(super) fn schema_of(&self, program: &'p Program<'p>, at: At<'p>) -> Option<Place> {
        self.schema_below(program, at, 0)
    }

    fn schema_below(&self, program: &'p Program<'p>, at: At<'p>, steps: usize) -> Option<Place> {
        if steps > 16 {
            return None;
        }
        let below = |at| self.schema_below(program, at, steps + 1);
        let Some(found) = program.resolve(at).at() else {
            // `User.schema`
            let Kind::Member(object, name) = &at.expr.kind else { return None };
            let object = At { module: at.module, expr: object };
            let model = (name == "schema").then(|| self.model_of(program, object)).flatten()?;
            return Some(model.schema);
        };
        let key = place(found);
        let call = found.expr.call();
        if let Some(site) = self.schemas.get(&key)
            && call.is_none_or(|call| is_schema_call(program, found, call) || site.copies(call))
        {
            return Some(key);
        }
        // `new Schema(…).index(…)`
        let Kind::Member(object, name) = &call?.callee.kind else { return None };
        let object = At { module: found.module, expr: object };
        CHAINING.contains(&name.as_ref()).then(|| below(object)).flatten()
    }

    /// The model that an expression means.
    pub(super) fn model_of(&self, program: &'p Program<'p>, at: At<'p>) -> Option<&ModelSite<'p>> {
        let resolved = program.resolve(at);
        if let Some(known) = resolved.known() {
            let name = known.strip_prefix("mongoose.models.")?;
            return self.models.iter().find(|model| model.name == name);
        }
        let found = place(resolved.at()?);
        self.models.iter().find(|model| model.place == found).or_else(|| {
            // `mongoose.model('User')`
            let at = resolved.at()?;
            let name = at.expr.call().filter(|call| names_model(program, at.module, call))?;
            let name = At { module: at.module, expr: name.arguments.first()? };
            let name = program.text(name)?;
            self.models.iter().find(|model| model.name == name)
        })
    }

    fn each_call(
        &mut self,
        program: &'p Program<'p>,
        mut visit: impl FnMut(&mut Self, At<'p>, Context<'p>),
    ) {
        for (module, code) in program.modules.iter().enumerate() {
            for stated in &code.stated {
                let context = Context { module, name: stated.name, note: &stated.note };
                walk(&stated.expr, true, 0, &mut |expr, is_whole| {
                    let name = context.name.filter(|_| is_whole);
                    visit(self, At { module, expr }, Context { name, ..context });
                });
            }
        }
    }

    fn find_schema(&mut self, program: &'p Program<'p>, at: At<'p>, context: Context<'p>) {
        let Some(call) = at.expr.call().filter(|call| is_schema_call(program, at, call)) else {
            return;
        };
        let argument =
            |number: usize| call.arguments.get(number).map(|expr| At { module: at.module, expr });
        self.schemas.entry(place(at)).or_insert(SchemaSite {
            definition: argument(0),
            options: argument(1),
            name: context.name,
            note: context.note,
            statements: Vec::new(),
            copied: None,
        });
    }

    fn find_model(&mut self, program: &'p Program<'p>, at: At<'p>, context: Context<'p>) {
        let Some(call) = at.expr.call().filter(|call| names_model(program, at.module, call)) else {
            return;
        };
        let argument = |number: usize| {
            call.arguments.get(number).map(|expr| At { module: context.module, expr })
        };
        let (Some(name), Some(definition)) = (argument(0), argument(1)) else { return };
        let schema = match self.schema_of(program, definition) {
            None => self.schema_in_place(program, definition, context.note),
            known => known,
        };
        let Some(name) = program.text(name) else {
            if schema.is_some() {
                self.nameless.push(place(at));
            }
            return;
        };
        let Some(schema) = schema else {
            let callee = At { module: at.module, expr: &call.callee };
            // Other libraries have a `model` too.
            if program.resolve(callee).known() == Some("mongoose.model") {
                self.schemaless.push((name, place(at)));
            }
            return;
        };
        // A file may say twice how to get at its model.
        let is_known = |model: &ModelSite<'_>| model.name == name && model.schema == schema;
        if !self.models.iter().any(is_known) {
            let (collection, note, place) = (argument(2), context.note, place(at));
            self.models.push(ModelSite { name, schema, collection, note, base: None, place });
        }
    }

    /// `mongoose.model('User', { name: String })`
    fn schema_in_place(
        &mut self,
        program: &'p Program<'p>,
        definition: At<'p>,
        note: &'p str,
    ) -> Option<Place> {
        let object = program.resolve(definition).at()?;
        object.expr.members()?;
        let (definition, statements) = (Some(object), Vec::new());
        let site =
            SchemaSite { definition, options: None, name: None, note, statements, copied: None };
        self.schemas.entry(place(object)).or_insert(site);
        Some(place(object))
    }

    fn find_discriminator(&mut self, program: &'p Program<'p>, at: At<'p>, context: Context<'p>) {
        let Some(call) = at.expr.call() else { return };
        let Kind::Member(object, method) = &call.callee.kind else { return };
        if method != "discriminator" {
            return;
        }
        let object = At { module: at.module, expr: object };
        let by_schema = || {
            let schema = self.schema_of(program, object)?;
            self.models.iter().find(|model| model.schema == schema)
        };
        let base = self.model_of(program, object).or_else(by_schema);
        let base = base.map(|model| model.name.clone());
        let [name, definition, ..] = call.arguments.as_slice() else { return };
        let [name, definition] = [name, definition].map(|expr| At { module: at.module, expr });
        let (Some(name), Some(schema)) = (program.text(name), self.schema_of(program, definition))
        else {
            return;
        };
        let (note, place) = (context.note, place(at));
        if base.is_none() {
            let list = self.schema_of_path(program, object);
            let Some(site) = list.and_then(|schema| self.schemas.get_mut(&schema)) else {
                return self.stray.push((name, place));
            };
            let kind = StatementKind::AddSpecial;
            let statement = Statement { kind, arguments: vec![definition], note, place };
            return site.statements.push(statement);
        }
        self.models.push(ModelSite { name, schema, collection: None, note, base, place });
    }

    fn find_statement(&mut self, program: &'p Program<'p>, at: At<'p>, context: Context<'p>) {
        let Some(call) = at.expr.call() else { return };
        let Kind::Member(object, method) = &call.callee.kind else { return };
        let Some(kind) = statement_kind(method, call) else { return };
        let object = At { module: at.module, expr: object };
        let Some(schema) = self.schema_of(program, object) else { return };
        let arguments = call.arguments.iter().map(|expr| At { module: at.module, expr }).collect();
        let statement = Statement { kind, arguments, note: context.note, place: place(at) };
        if let Some(site) = self.schemas.get_mut(&schema) {
            site.statements.push(statement);
        }
    }

    /// `schema.methods.name = …`, `schema.statics = …`
    fn find_assignments(&mut self, program: &'p Program<'p>) {
        for (module, code) in program.modules.iter().enumerate() {
            for stated in &code.stated {
                let Kind::Assign(target, _) = &stated.expr.kind else { continue };
                let Some((object, custom)) = custom_target(target) else { continue };
                let object = At { module, expr: object };
                let Some(schema) = self.schema_of(program, object) else { continue };
                let kind = StatementKind::Custom(custom);
                let place = (module, stated.expr.at);
                let statement = Statement { kind, arguments: Vec::new(), note: "", place };
                if let Some(site) = self.schemas.get_mut(&schema) {
                    site.statements.push(statement);
                }
            }
        }
    }
}

/// Whether a call makes a schema.
fn is_schema_call(program: &Program<'_>, at: At<'_>, call: &Call<'_>) -> bool {
    let callee = At { module: at.module, expr: &call.callee };
    matches!(program.resolve(callee).known(), Some("mongoose.Schema"))
}

/// Whether a call gets or makes a model by its name.
fn names_model(program: &Program<'_>, module: usize, call: &Call<'_>) -> bool {
    let callee = At { module, expr: &call.callee };
    let resolved = program.resolve(callee);
    if resolved.known().is_some_and(|known| known == "mongoose.model") {
        return true;
    }
    match &call.callee.kind {
        Kind::Member(_, name) => name == "model",
        // A connection's own function under that name.
        Kind::Name(name) => *name == "model" && matches!(resolved.meaning, Meaning::Unknown),
        _ => false,
    }
}

fn statement_kind(method: &str, call: &Call<'_>) -> Option<StatementKind> {
    let is_custom = |custom| Some(StatementKind::Custom(custom));
    match method {
        "add" => Some(StatementKind::Add),
        "index" => Some(StatementKind::Index),
        "virtual" if call.arguments.len() > 1 => Some(StatementKind::Virtual),
        "virtual" => is_custom(Custom::Virtual),
        "set" => Some(StatementKind::Set),
        "pre" | "post" => is_custom(Custom::Hook),
        "plugin" => is_custom(Custom::Plugin),
        "method" => is_custom(Custom::Method),
        "static" => is_custom(Custom::Static),
        "loadClass" => is_custom(Custom::Class),
        "path" => is_custom(Custom::Path),
        _ => None,
    }
}

/// The schema and the kind of code in `schema.methods.name` or `schema.methods`.
fn custom_target<'p>(target: &'p Expr<'p>) -> Option<(&'p Expr<'p>, Custom)> {
    let Kind::Member(object, name) = &target.kind else { return None };
    let custom = |name: &str| match name {
        "methods" => Some(Custom::Method),
        "statics" => Some(Custom::Static),
        "query" => Some(Custom::QueryHelper),
        _ => None,
    };
    if let Some(custom) = custom(name) {
        return Some((object, custom));
    }
    let Kind::Member(schema, list) = &object.kind else { return None };
    custom(list).map(|custom| (schema.as_ref(), custom))
}

/// Calls `visit` for every call, inner ones first, with whether it is all of the expression.
fn walk<'p>(
    expr: &'p Expr<'p>,
    is_whole: bool,
    depth: usize,
    visit: &mut impl FnMut(&'p Expr<'p>, bool),
) {
    if depth > DEEPEST {
        return;
    }
    let mut inner = |expr: &'p Expr<'p>, is_whole| walk(expr, is_whole, depth + 1, visit);
    match &expr.kind {
        Kind::Object(members) => members.iter().for_each(|member| inner(&member.value, false)),
        Kind::Array(elements) => elements.iter().for_each(|element| inner(&element.value, false)),
        Kind::Member(object, _) | Kind::Unary(_, object) | Kind::Spread(object) => {
            inner(object, false);
        }
        Kind::Index(object, index) => {
            inner(object, false);
            inner(index, false);
        }
        Kind::Binary(left, _, right) => {
            inner(left, is_whole);
            inner(right, is_whole);
        }
        Kind::Assign(target, value) => {
            inner(target, false);
            inner(value, is_whole);
        }
        Kind::Function(function) => function.result.iter().for_each(|expr| inner(expr, false)),
        Kind::Call(call) => {
            // What is chained on belongs to the same name.
            inner(&call.callee, false);
            call.arguments.iter().for_each(|argument| inner(argument, false));
            visit(expr, is_whole);
        }
        Kind::Name(_)
        | Kind::Module(_)
        | Kind::Text(_)
        | Kind::Number(_)
        | Kind::Regex { .. }
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Undefined
        | Kind::Missing
        | Kind::Other => {}
    }
}
