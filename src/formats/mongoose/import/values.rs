//! Constants: what an expression is worth when nothing has to be run to know it.

use serde_json::{Map, Value};

use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::literal;
use crate::formats::mongoose::import::scope::{At, Program};
use crate::formats::mongoose::import::told::{Place, place};
use crate::model::field::Number;

/// Deepest nesting of a constant.
const DEEPEST: usize = 64;

/// A list of choices and where it is declared.
#[derive(Clone, Debug)]
pub(super) struct Choices {
    /// Each with its comment.
    pub(super) values: Vec<(String, String)>,
    /// The name of the constant.
    pub(super) name: Option<String>,
    /// Where the values stand.
    pub(super) place: Place,
    /// Whether some of them are no texts.
    pub(super) has_numbers: bool,
}

impl Program<'_> {
    /// `true` or `false`, also as the first of `[true, 'message']`.
    pub(super) fn flag(&self, at: At<'_>) -> Option<bool> {
        let found = self.resolve(at).at()?;
        match &found.expr.kind {
            Kind::Boolean(flag) => Some(*flag),
            Kind::Null | Kind::Undefined => Some(false),
            // A message stands for `true`, and so does any number but zero.
            Kind::Text(text) => Some(!text.is_empty()),
            Kind::Number(raw) => Some(!matches!(*raw, "0" | "0.0")),
            Kind::Array(elements) => {
                let first = &elements.first()?.value;
                self.flag(At { module: found.module, expr: first })
            }
            Kind::Unary("!", operand) => {
                Some(!self.flag(At { module: found.module, expr: operand })?)
            }
            Kind::Object(_) => {
                let flat = self.members(found);
                let value = flat.value("value").or_else(|| flat.value("isRequired"));
                value.map_or(Some(true), |value| self.flag(value))
            }
            _ => None,
        }
    }

    /// A number, also one that is reckoned from others or has a message: `[1, 'at least one']`.
    pub(super) fn number(&self, at: At<'_>) -> Option<Number> {
        self.number_below(at, 0)
    }

    fn number_below(&self, at: At<'_>, depth: usize) -> Option<Number> {
        let found = self.resolve(at).at().filter(|_| depth < DEEPEST)?;
        let part = |expr| self.number_below(At { module: found.module, expr }, depth + 1);
        match &found.expr.kind {
            Kind::Number(raw) => literal::number(raw),
            Kind::Unary("-", operand) => {
                let number = part(operand)?;
                let text = number.as_str();
                match text.strip_prefix('-') {
                    Some(positive) => Number::parse(positive),
                    None => Number::parse(&format!("-{text}")),
                }
            }
            Kind::Unary("+", operand) => part(operand),
            Kind::Array(elements) => part(&elements.first()?.value),
            Kind::Object(_) => {
                let value = self.members(found).value("value")?;
                self.number_below(value, depth + 1)
            }
            Kind::Binary(left, operator @ ("*" | "+" | "-" | "/"), right) => {
                let (left, right) = (part(left)?.to_f64(), part(right)?.to_f64());
                let value = match *operator {
                    "*" => left * right,
                    "+" => left + right,
                    "-" => left - right,
                    _ => left / right,
                };
                Number::parse(&value.to_string())
            }
            _ => None,
        }
    }

    /// A length of time in whole seconds: a number, or a text such as `7d`.
    pub(super) fn seconds(&self, at: At<'_>) -> Option<u64> {
        if let Some(number) = self.number(at) {
            return whole(number.to_f64());
        }
        let text = self.text(at)?;
        let text = text.trim();
        let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (count, unit) = text.split_at_checked(split)?;
        let seconds = match unit.trim() {
            "" | "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" => 0.001,
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
            "h" | "hr" | "hrs" | "hour" | "hours" => 3_600.0,
            "d" | "day" | "days" => 86_400.0,
            "w" | "week" | "weeks" => 604_800.0,
            "y" | "yr" | "yrs" | "year" | "years" => 31_557_600.0,
            _ => return None,
        };
        whole(count.parse::<f64>().ok()? * seconds)
    }

    /// A constant as JSON.
    pub(super) fn json(&self, at: At<'_>) -> Option<Value> {
        self.json_below(at, 0)
    }

    fn json_below(&self, at: At<'_>, depth: usize) -> Option<Value> {
        let found = self.resolve(at).at().filter(|_| depth < DEEPEST)?;
        match &found.expr.kind {
            Kind::Text(text) => Some(Value::String(text.clone().into_owned())),
            Kind::Boolean(flag) => Some(Value::Bool(*flag)),
            Kind::Null => Some(Value::Null),
            Kind::Number(_) | Kind::Unary(..) | Kind::Binary(..) => {
                let number = self.number(found)?;
                serde_json::from_str(number.as_str()).ok()
            }
            Kind::Array(_) => {
                let elements = self.elements(found)?;
                let values = elements.into_iter().map(|(module, element)| {
                    self.json_below(At { module, expr: &element.value }, depth + 1)
                });
                values.collect::<Option<_>>().map(Value::Array)
            }
            Kind::Object(_) => {
                let flat = self.members(found);
                if !flat.unknown.is_empty() {
                    return None;
                }
                let mut object = Map::new();
                for (name, (module, member)) in &flat.members {
                    let value = At { module: *module, expr: &member.value };
                    object.insert(name.clone().into_owned(), self.json_below(value, depth + 1)?);
                }
                Some(Value::Object(object))
            }
            _ => None,
        }
    }

    /// The choices that an expression lists: a list, an object, an `enum`, `Object.values` of one,
    /// or any of these with a message.
    pub(super) fn choices(&self, at: At<'_>) -> Option<Choices> {
        self.choices_below(at, 0)
    }

    fn choices_below(&self, at: At<'_>, depth: usize) -> Option<Choices> {
        let resolved = self.resolve(at);
        let found = resolved.at().filter(|_| depth < DEEPEST)?;
        let name = resolved.name.map(|(_, name)| name.to_owned());
        let below = |expr| self.choices_below(At { module: found.module, expr }, depth + 1);
        let mut choices = match &found.expr.kind {
            Kind::Array(_) => self.listed(found, depth)?,
            Kind::Object(members) => {
                // `{ values: […], message: '…' }`
                let values = self.members(found).value("values");
                if let Some(values) = values.filter(|_| members.len() <= 2) {
                    return self.choices_below(values, depth + 1);
                }
                self.members_as_choices(found)?
            }
            Kind::Call(call) => {
                let inner = call.arguments.first()?;
                let callee = self.resolve(At { module: found.module, expr: &call.callee });
                match callee.known() {
                    Some("Object.keys") => self.keys(At { module: found.module, expr: inner })?,
                    Some("Object.values" | "Array.from" | "Set") => below(inner)?,
                    _ => return None,
                }
            }
            _ => return None,
        };
        choices.name = choices.name.or(name);
        Some(choices)
    }

    /// `['a', B.c, ...Object.values(D)]`
    fn listed(&self, list: At<'_>, depth: usize) -> Option<Choices> {
        let Kind::Array(elements) = &list.expr.kind else { return None };
        let mut choices =
            Choices { values: Vec::new(), name: None, place: place(list), has_numbers: false };
        for element in elements {
            let value = At { module: list.module, expr: &element.value };
            if let Kind::Spread(inner) = &element.value.kind {
                let inner = At { module: list.module, expr: inner };
                let spread = self.choices_below(inner, depth + 1)?;
                choices.has_numbers |= spread.has_numbers;
                choices.values.extend(spread.values);
                continue;
            }
            if let Some(text) = self.text(value) {
                choices.values.push((text, element.note.clone()));
                continue;
            }
            match &self.resolve(value).at()?.expr.kind {
                // An absent value may be stored whatever the choices are.
                Kind::Null | Kind::Undefined => {}
                Kind::Number(_) | Kind::Unary(..) | Kind::Boolean(_) => choices.has_numbers = true,
                _ => return None,
            }
        }
        Some(choices)
    }

    fn members_as_choices(&self, object: At<'_>) -> Option<Choices> {
        let flat = self.members(object);
        if !flat.unknown.is_empty() {
            return None;
        }
        let mut has_numbers = false;
        let mut values = Vec::new();
        for (module, member) in flat.members.values() {
            match self.text(At { module: *module, expr: &member.value }) {
                Some(text) => values.push((text, member.note.clone())),
                None => match member.value.kind {
                    Kind::Number(_) | Kind::Unary(..) | Kind::Other => has_numbers = true,
                    _ => return None,
                },
            }
        }
        Some(Choices { values, name: None, place: place(object), has_numbers })
    }

    fn keys(&self, at: At<'_>) -> Option<Choices> {
        let resolved = self.resolve(at);
        let object = resolved.at()?;
        let flat = self.members(object);
        if object.expr.members().is_none() || !flat.unknown.is_empty() {
            return None;
        }
        let values = flat
            .members
            .iter()
            .map(|(name, (_, member))| (name.clone().into_owned(), member.note.clone()));
        let name = resolved.name.map(|(_, name)| format!("{name}Keys"));
        let (module, at) = place(object);
        // The values of the same object may be another list.
        Some(Choices {
            values: values.collect(),
            name,
            place: (module, at + 1),
            has_numbers: false,
        })
    }
}

fn whole(value: f64) -> Option<u64> {
    (0.0..1e15).contains(&value).then(|| value.round() as u64)
}
