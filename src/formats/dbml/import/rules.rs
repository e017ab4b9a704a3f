//! What our own exporter writes in the words of DBML, read back: ranges as checks, and properties
//! in settings of our own.

use crate::base::diagnostic::Span;
use crate::formats::dbml::custom;
use crate::formats::dbml::import::facts::Facts;
use crate::formats::dbml::import::lexer::Kind;
use crate::formats::dbml::import::settings::Setting;
use crate::model::entity::Entity;
use crate::model::field::{Field, Number};

/// Gives a field its smallest and largest value, when a check says exactly those.
pub(super) fn set_range(field: &mut Field, check: &str) -> bool {
    let column = format!("\"{}\" ", field.name.replace('"', "\"\""));
    let mut min = None;
    let mut max = None;
    let mut parts = check.split(" AND ").peekable();
    while let Some(part) = parts.next() {
        let Some(bound) = part.strip_prefix(column.as_str()) else { return false };
        let is_last = parts.peek().is_none();
        if let Some(number) = bound.strip_prefix(">= ") {
            if min.is_some() || max.is_some() {
                return false;
            }
            min = Number::parse(number);
            if min.is_none() {
                return false;
            }
        } else if let Some(number) = bound.strip_prefix("<= ") {
            max = Number::parse(number);
            if max.is_none() || !is_last {
                return false;
            }
        } else {
            return false;
        }
    }
    if field.min.is_some() || field.max.is_some() || min.is_none() && max.is_none() {
        return false;
    }
    (field.min, field.max) = (min, max);
    true
}

/// Gives a field a rule that xDBML has a setting for; false when the setting is none of those, or its
/// value makes no sense.
pub(super) fn set_rule(field: &mut Field, setting: &Setting<'_, '_>) -> bool {
    let number = || {
        let mut value = setting.value.clone();
        let sign = if value.sign('-') { "-" } else { "" };
        let token = value.token_if(|token| token.kind == Kind::Number)?;
        Number::parse(&format!("{sign}{}", token.text)).filter(|_| value.is_at_end())
    };
    let length = || number()?.as_str().parse().ok();
    match setting.name.as_str() {
        "minimum" => number().map(|min| field.min = Some(min)).is_some(),
        "maximum" => number().map(|max| field.max = Some(max)).is_some(),
        "minlength" => length().map(|min| field.min_length = Some(min)).is_some(),
        "maxlength" => length().map(|max| field.max_length = Some(max)).is_some(),
        "pattern" => setting.text().map(|text| field.pattern = Some(text)).is_some(),
        "required" => {
            field.required = setting.words() != "false";
            true
        }
        _ => false,
    }
}

/// Keeps a setting of a column that is somebody's own.
pub(super) fn set_on_field(
    facts: &mut Facts,
    field: &mut Field,
    key: &str,
    value: String,
    span: Span,
) {
    if custom::is_key(key) {
        field.extras.set("dbml", key, value);
    } else {
        facts.lose(
            (
                "settings with such names are left out",
                "begin the name with a letter, and write it without blanks",
            ),
            key,
            span,
        );
    }
}

/// Keeps a setting of a table that is somebody's own.
pub(super) fn set_on_entity(
    facts: &mut Facts,
    entity: &mut Entity,
    key: &str,
    value: String,
    span: Span,
) {
    if custom::is_key(key) {
        entity.extras.set("dbml", key, value);
    } else {
        facts.lose(
            (
                "settings with such names are left out",
                "begin the name with a letter, and write it without blanks",
            ),
            key,
            span,
        );
    }
}
