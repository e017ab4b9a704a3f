//! Options of a path → rules of a field.

use crate::base::diagnostic::Diagnostic;
use crate::base::similar::did_you_mean;
use crate::formats::javascript::literal::is_regular_expression;
use crate::formats::mongoose::import::build::Builder;
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::literal;
use crate::formats::mongoose::import::scope::{At, Flat, Meaning};
use crate::formats::mongoose::import::told::{Custom, Lost, place};
use crate::formats::mongoose::import::validators::Rule;
use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Field};

/// Options that Mongoose knows, for a hint about any other.
const KNOWN: [&str; 34] = [
    "type",
    "of",
    "ref",
    "refPath",
    "enum",
    "required",
    "unique",
    "index",
    "sparse",
    "expires",
    "text",
    "default",
    "min",
    "max",
    "minlength",
    "minLength",
    "maxlength",
    "maxLength",
    "match",
    "trim",
    "lowercase",
    "uppercase",
    "select",
    "immutable",
    "alias",
    "get",
    "set",
    "validate",
    "transform",
    "auto",
    "cast",
    "_id",
    "excludeIndexes",
    "description",
];

/// What options stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// A path.
    Path,
    /// The values of a list or map.
    Item,
}

impl<'p> Builder<'p> {
    /// Applies all options of a path or of the values in it.
    pub(super) fn options(
        &mut self,
        here: &Here<'_>,
        field: &mut Field,
        options: &Flat<'p>,
        on: Bearer,
    ) {
        for unknown in &options.unknown {
            let subject = format!("options of {}", here.subject());
            self.told.lose(Lost::FieldByCode, subject, place(*unknown));
        }
        for (name, (module, member)) in &options.members {
            let value = At { module: *module, expr: &member.value };
            self.option(here, field, (name, value), on);
        }
        self.index_options(here, field, options);
        // `type: String, // what it is`
        if let Some((_, ty)) = options.members.get(here.owner.type_key.as_str())
            && field.note.is_empty()
        {
            field.note.clone_from(&ty.note);
        }
    }

    fn option(
        &mut self,
        here: &Here<'_>,
        field: &mut Field,
        (name, value): (&str, At<'p>),
        on: Bearer,
    ) {
        match name {
            "required" => self.required(here, field, value, on),
            "unique" => field.unique |= self.program.flag(value) == Some(true),
            "default" if on == Bearer::Path => self.default_value(here, field, value),
            "immutable" => match self.program.flag(value) {
                Some(flag) => field.immutable = flag,
                None => self.told.lose(Lost::ImmutableByCode, here.subject(), place(value)),
            },
            "select" => field.hidden = self.program.flag(value) == Some(false),
            "alias" => {
                let alias = match self.program.elements(value) {
                    Some(all) => all.first().and_then(|(module, first)| {
                        self.program.text(At { module: *module, expr: &first.value })
                    }),
                    None => self.program.text(value),
                };
                if let Some(alias) = alias {
                    field.extras.set("mongoose", "alias", alias);
                }
            }
            "description" | "comment" => match self.program.text(value) {
                Some(text) if field.note.is_empty() => field.note = text,
                _ => {}
            },
            "auto" => {
                if self.program.flag(value) == Some(true) && field.default.is_none() {
                    field.default = Some(DefaultValue::Generated);
                }
            }
            "_id" => {
                if *field.ty.innermost() == DataType::Object {
                    field.keeps_id &= self.program.flag(value).unwrap_or(true);
                }
            }
            "ref" => self.reference_to(here, field, value),
            "refPath" => match self.program.text(value) {
                Some(path) => {
                    field.extras.set("mongoose", "refPath", path);
                    self.told.lose(Lost::RefPath, here.subject(), place(value));
                }
                None => self.told.lose(Lost::RefByCode, here.subject(), place(value)),
            },
            "enum" => self.choices_of(here, field, value),
            "min" | "max" | "minlength" | "minLength" | "maxlength" | "maxLength" | "match"
            | "trim" | "lowercase" | "uppercase" => self.rule(here, field, (name, value)),
            "validate" => self.validate(here, field, value),
            "get" | "set" | "transform" | "cast" => {
                self.told.keep(Custom::Accessor, &here.owner.name, place(value));
            }
            "default" => self.told.lose(Lost::ItemRules, here.subject(), place(value)),
            "type" | "of" | "index" | "sparse" | "expires" | "text" | "2dsphere" | "2d"
            | "hashed" | "excludeIndexes" | "subtype" => {}
            _ if name == here.owner.type_key => {}
            _ => self.unknown_option(here, name, value),
        }
    }

    fn unknown_option(&mut self, here: &Here<'_>, name: &str, value: At<'p>) {
        let subject = format!("`{name}` of {}", here.subject());
        match did_you_mean(name, KNOWN) {
            Some(hint) => {
                let message = format!("Mongoose knows no option {subject}");
                self.told.say(place(value), Diagnostic::warning(message).with_hint(hint));
            }
            None => self.told.lose(Lost::UnknownOption, subject, place(value)),
        }
    }

    fn required(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>, on: Bearer) {
        match (self.program.flag(value), on) {
            (Some(flag), Bearer::Path) => field.required = flag,
            (Some(false), Bearer::Item) => {}
            (_, Bearer::Item) => self.told.lose(Lost::ItemRules, here.subject(), place(value)),
            (None, Bearer::Path) => {
                self.told.lose(Lost::RequiredByCode, here.subject(), place(value));
            }
        }
    }

    fn rule(&mut self, here: &Here<'_>, field: &mut Field, (name, value): (&str, At<'p>)) {
        let is_date = matches!(field.ty.innermost(), DataType::DateTime { .. } | DataType::Date);
        let lose = |builder: &mut Self, lost| builder.told.lose(lost, here.subject(), place(value));
        let is_text = matches!(field.ty.innermost(), DataType::String { .. });
        match name {
            "min" | "max" if is_date => lose(self, Lost::DateRange),
            "min" | "max" if is_text => {
                let message = format!("Mongoose ignores `{name}` of {}, a text", here.subject());
                let hint = format!("did you mean `{name}Length`?");
                self.told.say(place(value), Diagnostic::warning(message).with_hint(hint));
            }
            "min" | "max" => match self.program.number(value) {
                Some(number) if name == "min" => field.min = Some(number),
                Some(number) => field.max = Some(number),
                None => lose(self, Lost::UnknownRule),
            },
            "minlength" | "minLength" | "maxlength" | "maxLength" => {
                let length = self.program.number(value).and_then(|n| n.as_str().parse().ok());
                match length {
                    Some(length) if name.starts_with("min") => field.min_length = Some(length),
                    Some(length) => field.max_length = Some(length),
                    None => lose(self, Lost::UnknownRule),
                }
            }
            "match" => self.pattern(here, field, value),
            "trim" => field.trim = self.program.flag(value) == Some(true),
            "lowercase" => field.lowercase = self.program.flag(value) == Some(true),
            _ if self.program.flag(value) == Some(true) => lose(self, Lost::Uppercase),
            _ => {}
        }
    }

    fn pattern(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>) {
        let found = self.program.resolve(value).at();
        let found = match found.and_then(|found| Some((found, self.program.elements(found)?))) {
            // `[/…/, 'message']`
            Some((_, elements)) => elements.first().and_then(|(module, first)| {
                self.program.resolve(At { module: *module, expr: &first.value }).at()
            }),
            None => found,
        };
        let pattern = found.and_then(|found| match &found.expr.kind {
            Kind::Regex { pattern, flags } => Some((literal::pattern(pattern), *flags)),
            Kind::Call(call) if matches!(call.callee.kind, Kind::Name("RegExp")) => {
                let text = At { module: found.module, expr: call.arguments.first()? };
                let flags = call.arguments.get(1).and_then(|flags| flags.text()).unwrap_or("");
                Some((self.program.text(text)?, flags))
            }
            _ => None,
        });
        match pattern {
            Some((pattern, flags)) if is_regular_expression(&pattern) => {
                if !flags.is_empty() {
                    self.told.lose(Lost::PatternFlags, here.subject(), place(value));
                }
                field.pattern = Some(pattern);
            }
            _ => self.told.lose(Lost::UnknownRule, here.subject(), place(value)),
        }
    }

    /// A validator that says a rule becomes that rule; any other stays in the code.
    fn validate(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>) {
        let keep = |builder: &mut Self| {
            builder.told.keep(Custom::Validator, &here.owner.name, place(value));
        };
        let Some(rules) = self.program.rules(value) else { return keep(self) };
        for rule in rules {
            let is_text = matches!(field.ty.innermost(), DataType::String { .. });
            let is_number = matches!(
                field.ty.innermost(),
                DataType::Integer(_) | DataType::Double | DataType::Decimal { .. }
            );
            match rule {
                Rule::Anything => {}
                Rule::Whole if *field.ty.innermost() == DataType::Double => {
                    *field.ty.innermost_mut() = DataType::INTEGER;
                }
                Rule::Min(number) if is_number => field.min = Some(number),
                Rule::Max(number) if is_number => field.max = Some(number),
                Rule::Pattern(pattern) if is_text && is_regular_expression(&pattern) => {
                    field.pattern = Some(pattern);
                }
                Rule::Count(count) if field.ty == DataType::Double.array() => {
                    field.ty = DataType::Vector { dimensions: Some(count) };
                    field.default = None;
                }
                Rule::Whole | Rule::Min(_) | Rule::Max(_) | Rule::Pattern(_) | Rule::Count(_) => {
                    keep(self);
                }
            }
        }
    }

    fn choices_of(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>) {
        let Some(choices) = self.program.choices(value) else {
            return self.told.lose(Lost::UnknownChoices, here.subject(), place(value));
        };
        let is_text = matches!(field.ty.innermost(), DataType::String { .. });
        if choices.has_numbers || !is_text {
            return self.told.lose(Lost::NumberChoices, here.subject(), place(value));
        }
        let id = self.enumeration(here, choices);
        *field.ty.innermost_mut() = DataType::Enumeration(id);
    }

    /// The name of the model that a path refers to.
    fn reference_to(&mut self, here: &Here<'_>, field: &Field, value: At<'p>) {
        match self.model_name(value) {
            Some(target) => self.found_reference(here, field, target, place(value)),
            None => self.told.lose(Lost::RefByCode, here.subject(), place(value)),
        }
    }

    /// The model that a `ref` means: by its name, by the model itself, or by a function of either.
    pub(super) fn model_name(&self, value: At<'p>) -> Option<String> {
        if let Some(model) = self.sites.model_of(self.program, value) {
            return Some(model.name.clone());
        }
        if let Some(name) = self.program.text(value) {
            return Some(name);
        }
        if let Kind::Member(model, name) = &value.expr.kind
            && name == "modelName"
        {
            return self.model_name(At { module: value.module, expr: model });
        }
        let resolved = self.program.resolve(value);
        match &resolved.meaning {
            Meaning::Expr(found) => {
                let result = found.expr.result()?;
                self.model_name(At { module: found.module, expr: result })
            }
            // A model from a file that is not here is called like its variable.
            Meaning::Unknown => match value.expr.kind {
                Kind::Name(name) => Some(name.to_owned()),
                _ => None,
            },
            Meaning::Known(_) | Meaning::Module(_) => None,
        }
    }
}
