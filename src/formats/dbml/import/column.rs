//! Columns: a name, a type, settings.

use crate::formats::dbml::import::cursor::{Cursor, Word, between_commas};
use crate::formats::dbml::import::facts::{Column, Facts, InlineLink, Table};
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::link::inline;
use crate::formats::dbml::import::nested::{Shape, inside, object, shape};
use crate::formats::dbml::import::rules;
use crate::formats::dbml::import::settings::{Setting, settings};
use crate::formats::dbml::import::tree::{Group, Part};
use crate::formats::draft::entity::{DraftDefault, DraftField, DraftType};
use crate::formats::draft::name::Name;
use crate::model::data_type::DataType;
use crate::model::field::{DefaultValue, Literal, Number};

const SETTINGS: [&str; 11] = [
    "pk",
    "primary key",
    "null",
    "not null",
    "unique",
    "increment",
    "default",
    "check",
    "note",
    "ref",
    "dep",
];

/// The type of a column that says none.
const ANYTHING: DraftType = DraftType::Known(DataType::Mixed);

/// Reads the line of a column; what it checks belongs to its table.
pub(super) fn column(
    facts: &mut Facts,
    table: &mut Table,
    mut cursor: Cursor<'_, '_>,
) -> Option<Column> {
    let span = cursor.span();
    let Some(name) = cursor.name() else {
        let hint = "write `name type [settings]`";
        facts.error("this is no column: the line is left out", hint, span);
        return None;
    };
    let mut column =
        Column { field: DraftField::new(name.text.clone(), ANYTHING, span), links: Vec::new() };
    if let Some(shape) = shape(facts, table, &mut cursor) {
        hold(&mut column, &name, shape);
    } else if let Some(ty) = column_type(facts, &mut cursor) {
        column.field.ty = ty;
    } else {
        let message = format!("the column `{}` has no type", name.text);
        facts.error(message, "write the type behind the name", span);
    }
    loop {
        if let Some(list) = cursor.list() {
            column_settings(facts, table, &mut column, list);
        } else if let Some(block) = cursor.block() {
            let shape = object(facts, table, block);
            hold(&mut column, &name, shape);
        } else {
            break;
        }
    }
    if !cursor.is_at_end() {
        let hint = "only settings in square brackets follow";
        facts.error("this does not belong to the column", hint, cursor.span());
    }
    Some(column)
}

/// Gives a column a type with what it holds.
fn hold(column: &mut Column, name: &Word, shape: Shape) {
    column.field.ty = shape.ty;
    column.field.fields = shape.fields;
    column.links.extend(inside(name, shape.links));
    column.field.field.required &= !shape.may_be_null;
}

/// Takes a type: `schema.name(arguments)[]`, `"any words"`.
pub(super) fn column_type(facts: &mut Facts, cursor: &mut Cursor<'_, '_>) -> Option<DraftType> {
    let span = cursor.span();
    let mut path = cursor.path();
    let last = path.pop()?;
    let mut spelling = last.text;
    let mut words = 1;
    while let Some(word) = cursor.token_if(|token| token.kind == Kind::Word) {
        spelling = format!("{spelling} {}", word.text);
        words += 1;
    }
    if words > 1 {
        let hint = format!("write `\"{spelling}\"`");
        facts.error(format!("the type `{spelling}` has blanks"), &hint, span);
    }
    let mut choices = None;
    if let Some(tuple) = cursor.tuple() {
        let arguments = arguments(tuple);
        let are_texts = !arguments.is_empty() && arguments.iter().all(|(is_text, _)| *is_text);
        let texts: Vec<String> = arguments.into_iter().map(|(_, text)| text).collect();
        if are_texts && spelling.eq_ignore_ascii_case("enum") {
            choices = Some(texts);
        } else {
            spelling = format!("{spelling}({})", texts.join(","));
        }
    }
    if facts.is_extended && spelling == "Date" {
        // MongoDB's word for a moment.
        return Some(DraftType::Known(DataType::DateTime { zoned: true }));
    }
    let namespace = path.pop().map(|word| word.text).filter(|name| name != "public");
    let mut ty = match choices {
        Some(choices) => DraftType::OneOf(choices),
        None => DraftType::Spelled(Name { namespace, name: spelling, span }),
    };
    while matches!(cursor.peek(), Some(Part::List(group)) if is_size(group)) {
        cursor.list();
        ty = ty.array();
    }
    Some(ty)
}

/// Whether it is `[]` or `[3]`: the mark of a list.
fn is_size(group: &Group<'_>) -> bool {
    match group.parts.as_slice() {
        [] => true,
        [Part::Token(only)] => only.kind == Kind::Number,
        _ => false,
    }
}

/// The arguments of a type, and whether each is a text in quotes.
fn arguments(tuple: &Group<'_>) -> Vec<(bool, String)> {
    let one = |cursor: Cursor<'_, '_>| {
        let mut is_text = false;
        let mut text = String::new();
        for part in cursor.rest() {
            let Part::Token(token) = part else { continue };
            is_text |= matches!(token.kind, Kind::Text | Kind::Quoted);
            match token.kind {
                Kind::Sign(sign) => text.push(sign),
                _ => text.push_str(&token.text),
            }
        }
        (is_text, text)
    };
    between_commas(tuple).into_iter().map(one).collect()
}

fn column_settings(facts: &mut Facts, table: &mut Table, column: &mut Column, list: &Group<'_>) {
    for setting in settings(list, &mut facts.diagnostics) {
        let field = &mut column.field;
        let model = &mut field.field;
        match setting.name.as_str() {
            "pk" | "primary key" => field.is_key = true,
            "not null" => model.required = true,
            "null" => {
                if model.required {
                    facts.error("a column is null or not null", "leave one out", setting.span);
                }
            }
            "unique" => model.unique = true,
            "increment" => {
                model.auto_increment = true;
            }
            "note" => match setting.text() {
                Some(text) => model.note = text,
                None => facts.diagnostics.push(setting.bad_value("a text in quotes")),
            },
            "default" => default(facts, field, &setting),
            "check" => check(facts, table, column, &setting),
            "ref" => {
                let (text, span) = (model.name.clone(), field.span);
                let link = inline(facts, setting.value.clone(), setting.span);
                column.links.extend(link.map(|(operator, end)| {
                    let path = vec![Word { text, span }];
                    InlineLink { path, operator, end }
                }));
            }
            "dep" => facts.lose(
                (
                    "dependencies are left out",
                    "keep them beside the model: it says what is stored, not where it comes from",
                ),
                "",
                setting.span,
            ),
            // What tells the cases of `oneOf` apart is one of the fields.
            "discriminator" if facts.is_extended && !field.fields.is_empty() => {
                let name = setting.any_text().unwrap_or_default();
                let is_there = |one: &DraftField| one.field.name == name;
                if !name.is_empty() && !field.fields.iter().any(is_there) {
                    let ty = DraftType::Known(DataType::STRING);
                    field.fields.insert(0, DraftField::new(name, ty, setting.span));
                }
            }
            _ if rules::set_rule(model, &setting) => {}
            _ => match custom(&setting) {
                Some((key, value)) => rules::set_on_field(facts, model, &key, value, setting.span),
                None => facts.diagnostics.push(setting.unknown(&SETTINGS)),
            },
        }
    }
}

/// A setting of somebody's own, which has a text, a list of texts or a color as its value.
pub(super) fn custom(setting: &Setting<'_, '_>) -> Option<(String, String)> {
    match setting.value.rest() {
        [Part::Token(token)] if matches!(token.kind, Kind::Text | Kind::Color) => {
            Some((setting.written.clone(), token.text.clone().into_owned()))
        }
        // `tags: ['a', 'b']`
        [Part::List(group)] => {
            let texts = between_commas(group).into_iter().map(|mut text| text.text());
            let texts: Option<Vec<_>> = texts.collect();
            texts.map(|texts| (setting.written.clone(), texts.join(", ")))
        }
        _ => None,
    }
}

fn default(facts: &mut Facts, field: &mut DraftField, setting: &Setting<'_, '_>) {
    let mut value = setting.value.clone();
    let known = |literal| Some(DefaultValue::Value(literal));
    let mut is_negative = false;
    while let Some(sign) = value.token_if(|token| token.is_sign('-') || token.is_sign('+')) {
        is_negative ^= sign.is_sign('-');
    }
    if let Some(number) = value.token_if(|token| token.kind == Kind::Number) {
        let text = if is_negative { format!("-{}", number.text) } else { number.text.to_string() };
        match Number::parse(&text) {
            Some(number) => field.field.default = known(Literal::Number(number)),
            None => field.default = Some(DraftDefault::Text(text)),
        }
    } else if let Some(token) =
        value.token_if(|token| matches!(token.kind, Kind::Expression | Kind::Text | Kind::Quoted))
    {
        let text = token.text.clone().into_owned();
        field.default = Some(match token.kind {
            Kind::Expression => DraftDefault::Code(text),
            _ => DraftDefault::Text(text),
        });
    } else if value.keyword("true") {
        field.field.default = known(Literal::Boolean(true));
    } else if value.keyword("false") {
        field.field.default = known(Literal::Boolean(false));
    } else if value.keyword("null") {
        field.field.default = known(Literal::Null);
    } else {
        // The value of an enumeration by its full name.
        let mut path = value.path();
        let is_value = path.len() > 1;
        field.default = path.pop().filter(|_| is_value).map(|word| DraftDefault::Text(word.text));
    }
    let has_default = field.default.is_some() || field.field.default.is_some();
    if !has_default || !value.is_at_end() {
        let wanted = "a number, 'text', true, false, null or `expression`";
        facts.diagnostics.push(setting.bad_value(wanted));
    }
}

/// A check that our own exporter would write for a rule is the rule.
fn check(facts: &mut Facts, table: &mut Table, column: &mut Column, setting: &Setting<'_, '_>) {
    match setting.value.rest() {
        [Part::Token(token)] if token.kind == Kind::Expression => {
            if !rules::set_range(&mut column.field.field, &token.text) {
                table.entity.check(None, token.text.clone());
            }
        }
        _ => facts.diagnostics.push(setting.bad_value("an expression in backticks")),
    }
}
