//! Defaults: constants, the current moment, new ids; anything else is code.

use crate::formats::mongoose::import::build::Builder;
use crate::formats::mongoose::import::code::{Expr, Kind};
use crate::formats::mongoose::import::fields::Here;
use crate::formats::mongoose::import::scope::{At, Meaning};
use crate::formats::mongoose::import::told::{Lost, place};
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::{DefaultValue, Field, Literal, Number};

/// Functions of well-known packages that make a new UUID.
const NEW_UUID: [&str; 6] = ["uuidv4", "uuid", "v4", "randomUUID", "crypto.randomUUID", "uuid.v4"];

/// What a default turned out to be.
enum Found {
    Value(DefaultValue),
    /// As `Value`, and the type of the field follows from it.
    Typed(DefaultValue, DataType),
    /// The absence of a list that Mongoose would make.
    NoList,
    Nothing,
    Lost(Lost),
}

impl<'p> Builder<'p> {
    /// Gives the field its default.
    pub(super) fn default_value(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>) {
        match self.found_default(field, value, 0) {
            Found::Value(default) => field.default = Some(default),
            Found::Typed(default, ty) => {
                field.default = Some(default);
                field.ty = ty;
            }
            Found::NoList => field.default = Some(DefaultValue::Value(Literal::Null)),
            Found::Nothing => {}
            Found::Lost(lost) => {
                if lost == Lost::DefaultOnce {
                    field.default = Some(DefaultValue::Now);
                }
                self.told.lose(lost, here.subject(), place(value));
            }
        }
    }

    fn found_default(&self, field: &Field, value: At<'p>, depth: usize) -> Found {
        let resolved = self.program.resolve(value);
        let found = match &resolved.meaning {
            Meaning::Expr(found) if depth < 4 => *found,
            Meaning::Known(name) => return known(field, name),
            Meaning::Expr(_) | Meaning::Module(_) | Meaning::Unknown => {
                return unknown(value.expr);
            }
        };
        if let Some(result) = found.expr.result() {
            let result = At { module: found.module, expr: result };
            return self.made(field, result, depth);
        }
        let literal = match &found.expr.kind {
            Kind::Boolean(flag) => Literal::Boolean(*flag),
            Kind::Null => Literal::Null,
            Kind::Undefined if field.ty.is_array() => return Found::NoList,
            Kind::Undefined => return Found::Nothing,
            Kind::Array(elements) if elements.is_empty() => Literal::EmptyArray,
            Kind::Object(members) if members.is_empty() => Literal::EmptyObject,
            Kind::Array(_) | Kind::Object(_) => return Found::Lost(Lost::DefaultList),
            Kind::Number(_) | Kind::Unary(..) | Kind::Binary(..) | Kind::Text(_) => {
                match (self.program.text(found), self.program.number(found)) {
                    (Some(text), _) => Literal::Text(text),
                    (None, Some(number)) => number_for(field, number),
                    (None, None) => return Found::Lost(Lost::DefaultByCode),
                }
            }
            Kind::Call(_) => {
                // `new Date()` and `Date.now()` are made once, when the file loads.
                return match self.made(field, found, depth) {
                    Found::Value(DefaultValue::Now) => Found::Lost(Lost::DefaultOnce),
                    other => other,
                };
            }
            _ => return Found::Lost(Lost::DefaultByCode),
        };
        Found::Value(DefaultValue::Value(literal))
    }

    /// What a function gives that Mongoose calls for each document.
    fn made(&self, field: &Field, result: At<'p>, depth: usize) -> Found {
        let Some(call) = result.expr.call() else {
            return self.found_default(field, result, depth + 1);
        };
        if let Kind::Member(object, method) = &call.callee.kind {
            let is_new_date = |expr: &Expr<'_>| self.is_new(result.module, expr, "Date");
            // `new Date().toISOString().slice(11, 19)`
            if method == "slice"
                && let Some(inner) = object.call()
                && let Kind::Member(date, method) = &inner.callee.kind
                && method == "toISOString"
                && is_new_date(date)
            {
                return Found::Typed(DefaultValue::Now, DataType::Time);
            }
            let is_text = matches!(field.ty, DataType::String { .. });
            if method == "toISOString" && is_new_date(object) {
                return Found::Value(DefaultValue::Now);
            }
            let makes_id = ["Types.UUID", "Types.ObjectId"]
                .iter()
                .any(|class| self.is_new(result.module, object, class));
            if matches!(method.as_ref(), "toString" | "toHexString") && is_text && makes_id {
                return Found::Value(DefaultValue::Generated);
            }
        }
        let callee = self.program.resolve(At { module: result.module, expr: &call.callee });
        let argument = call.arguments.first().map(|expr| At { module: result.module, expr });
        let name = callee.known().unwrap_or_default();
        let name = name.strip_prefix("mongoose.").unwrap_or(name);
        let text = argument.and_then(|argument| self.program.text(argument));
        match (name, argument) {
            ("Date" | "Date.now", None) => Found::Value(DefaultValue::Now),
            ("BigInt", Some(_)) if field.ty == DataType::Integer(IntegerSize::Big) => {
                Found::Value(DefaultValue::Now)
            }
            (
                "Types.UUID" | "Types.ObjectId" | "Schema.Types.ObjectId" | "Schema.Types.UUID",
                None,
            ) => Found::Value(DefaultValue::Generated),
            ("Map", None) => Found::Value(DefaultValue::Value(Literal::EmptyObject)),
            ("Types.Decimal128" | "Types.Decimal128.fromString", Some(_)) => {
                match text.and_then(|text| Number::parse(&text)) {
                    Some(number) => Found::Value(DefaultValue::Value(Literal::Number(number))),
                    None => Found::Lost(Lost::DefaultByCode),
                }
            }
            ("Date" | "Types.UUID" | "Types.ObjectId" | "Buffer.from", Some(_)) => match text {
                Some(text) => Found::Value(DefaultValue::Value(Literal::Text(text))),
                None => Found::Lost(Lost::DefaultByCode),
            },
            _ if argument.is_none() && makes_uuid(&call.callee, field) => {
                Found::Value(DefaultValue::Generated)
            }
            _ => Found::Lost(Lost::DefaultByCode),
        }
    }

    /// Whether an expression makes an object of that class, from nothing.
    fn is_new(&self, module: usize, expr: &Expr<'_>, class: &str) -> bool {
        expr.call().is_some_and(|call| {
            let callee = self.program.resolve(At { module, expr: &call.callee });
            let name = callee.known().unwrap_or_default();
            let name = name.strip_prefix("mongoose.").unwrap_or(name);
            name == class && call.is_new && call.arguments.is_empty()
        })
    }
}

/// A function by name: `Date.now`, `uuidv4`.
fn known(field: &Field, name: &str) -> Found {
    let bare = name.strip_prefix("mongoose.").unwrap_or(name);
    match bare {
        "Date.now" | "Date" => Found::Value(DefaultValue::Now),
        "Types.ObjectId" | "Schema.Types.ObjectId" | "Types.UUID" => {
            Found::Value(DefaultValue::Generated)
        }
        "Object" | "Map" => Found::Value(DefaultValue::Value(Literal::EmptyObject)),
        "Array" => Found::Value(DefaultValue::Value(Literal::EmptyArray)),
        "Infinity" | "NaN" => Found::Lost(Lost::DefaultByCode),
        _ if NEW_UUID.contains(&bare) && can_be_uuid(field) => {
            Found::Value(DefaultValue::Generated)
        }
        _ => Found::Lost(Lost::DefaultByCode),
    }
}

fn unknown(expr: &Expr<'_>) -> Found {
    match expr.kind {
        Kind::Name(name) if NEW_UUID.contains(&name) => Found::Value(DefaultValue::Generated),
        _ => Found::Lost(Lost::DefaultByCode),
    }
}

fn can_be_uuid(field: &Field) -> bool {
    matches!(field.ty, DataType::Uuid | DataType::String { .. })
}

fn makes_uuid(callee: &Expr<'_>, field: &Field) -> bool {
    let name = match &callee.kind {
        Kind::Name(name) => name,
        Kind::Member(_, name) => name.as_ref(),
        _ => return false,
    };
    can_be_uuid(field) && NEW_UUID.contains(&name)
}

/// A number for a field that holds texts is its text.
fn number_for(field: &Field, number: Number) -> Literal {
    match field.ty {
        DataType::String { .. } => Literal::Text(number.as_str().to_owned()),
        _ => Literal::Number(number),
    }
}
