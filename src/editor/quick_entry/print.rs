//! Field → the line that would make it: what a cell shows when somebody starts to edit it.

use crate::document::edit::fields::has_own_index;
use crate::editor::quick_entry::{Flag, UNREAD};
use crate::model::Model;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field, Literal};
use crate::model::reference::{Reference, ReferentialAction};
use crate::model::spelling::type_name;

/// The line of a field; nested fields have lines of their own.
pub fn line(model: &Model, entity: &Entity, field: &Field, target: &str) -> String {
    let mut words = vec![quoted_name(&field.name), kind(model, entity, field, target)];
    words.extend(flags(entity, field).into_iter().map(|flag| flag.as_str().to_owned()));
    if let Some(default) = &field.default {
        words.push(format!("default {}", default_text(default)));
    }
    let bounds = [
        ("min", field.min.as_ref().map(|number| number.as_str().to_owned())),
        ("max", field.max.as_ref().map(|number| number.as_str().to_owned())),
        (length_word(field, "min", "minlength"), field.min_length.map(|n| n.to_string())),
        (length_word(field, "max", "maxlength"), field.max_length.map(|n| n.to_string())),
    ];
    words.extend(bounds.into_iter().filter_map(|(word, n)| Some(format!("{word} {}", n?))));
    if let Some(pattern) = &field.pattern {
        words.push(format!("match /{}/", pattern.replace('/', "\\/")));
    }
    if let Some(reference) = own_reference(model, entity, field) {
        words.extend(actions(reference));
    }
    words.extend(field.extras.option(UNREAD.0, UNREAD.1).map(str::to_owned));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

fn length_word(field: &Field, on_text: &'static str, elsewhere: &'static str) -> &'static str {
    match field.ty {
        DataType::String { .. } | DataType::Text => on_text,
        _ => elsewhere,
    }
}

/// The reference that a field carries alone.
fn own_reference<'a>(model: &'a Model, entity: &Entity, field: &Field) -> Option<&'a Reference> {
    let mut carried = model.references_of_field(entity.id, field.id);
    carried.find(|reference| reference.from.fields.len() == 1)
}

fn kind(model: &Model, entity: &Entity, field: &Field, target: &str) -> String {
    if let Some(reference) = own_reference(model, entity, field) {
        return referred(model, entity, field, reference);
    }
    if field.ty == DataType::Mixed
        && let Some(native) = field.native_types.get(target)
    {
        return native.clone();
    }
    type_name(model, &field.ty)
}

fn referred(model: &Model, entity: &Entity, field: &Field, reference: &Reference) -> String {
    let Some(to) = model.entity(reference.to.entity) else { return String::new() };
    let mut name = quoted_name(&to.name);
    if let [only] = reference.to.fields.as_slice()
        && let Some(referenced) = to.field(*only)
    {
        name = quoted_name(&format!("{}.{}", to.name, referenced.name));
    }
    let is_document = matches!(entity.kind, EntityKind::Collection | EntityKind::Embedded);
    match &field.ty {
        DataType::Array(_) if is_document && reference.to.fields.is_empty() => format!("[{name}]"),
        DataType::Array(_) => format!("-> [{name}]"),
        _ => format!("-> {name}"),
    }
}

fn flags(entity: &Entity, field: &Field) -> Vec<Flag> {
    let is_key = entity.is_in_primary_key(field.id);
    let holds = |flag: &Flag| match flag {
        Flag::Key => is_key,
        Flag::Unique => field.unique,
        Flag::Required => field.required && !is_key,
        Flag::Optional => false,
        Flag::Index => has_own_index(entity, field.id),
        Flag::Auto => field.auto_increment,
        Flag::Immutable => field.immutable,
        Flag::Trim => field.trim,
        Flag::Lowercase => field.lowercase,
        Flag::Hidden => field.hidden,
    };
    Flag::ALL.into_iter().filter(holds).collect()
}

fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Now => "now".to_owned(),
        DefaultValue::Generated => "generated".to_owned(),
        DefaultValue::Expression(expression) => format!("`{}`", expression.replace('`', "\\`")),
        DefaultValue::Value(literal) => match literal {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Number(number) => number.as_str().to_owned(),
            Literal::Text(text) => quoted_value(text),
            Literal::EmptyArray => "[]".to_owned(),
            Literal::EmptyObject => "{}".to_owned(),
        },
    }
}

fn actions(reference: &Reference) -> Vec<String> {
    let said = |event: &str, action: ReferentialAction| {
        (action != ReferentialAction::NoAction).then(|| format!("on {event} {}", action.as_str()))
    };
    [said("delete", reference.on_delete), said("update", reference.on_update)]
        .into_iter()
        .flatten()
        .collect()
}

/// A name as the grammar reads it back: bare when it is one word, else between quotes.
fn quoted_name(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    if !name.is_empty() && name.chars().all(is_plain) && !name.ends_with('.') {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A default text that would read as something else is quoted.
pub(super) fn quoted_value(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let means_more = ["now", "generated", "uuid", "true", "false", "null", "current_timestamp"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    if is_word && !means_more { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
