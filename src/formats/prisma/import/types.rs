//! Scalars and native types → types.
//!
//! Must not know blocks.

use std::collections::BTreeMap;

use crate::formats::prisma::PRISMA;
use crate::formats::prisma::import::tree::{Attribute, Value};
use crate::formats::prisma::provider::Provider;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::type_words::from_spelling;

/// A type, and how it is spelled where that says more.
pub(super) struct Scalar {
    pub(super) ty: DataType,
    pub(super) native_types: BTreeMap<String, String>,
}

/// What a scalar with that attribute means; none for a name that is no scalar.
pub(super) fn scalar(
    provider: &Provider,
    name: &str,
    native: Option<&Attribute>,
) -> Option<Scalar> {
    let plain = plain(provider, name)?;
    let Some(native) = native else {
        return Some(Scalar { ty: plain, native_types: BTreeMap::new() });
    };
    let word = native.name.strip_prefix("db.").unwrap_or(&native.name);
    let arguments: Vec<_> = native.arguments.iter().map(|one| one.value.shown()).collect();
    let spelled = if arguments.is_empty() {
        word.to_owned()
    } else {
        format!("{word}({})", arguments.join(", "))
    };
    let in_sql = sql_spelling(word, &arguments);
    let ty = known(name, word, &arguments)
        .or_else(|| from_spelling(&in_sql).map(|word| word.ty).filter(|ty| fits(name, ty)))
        .unwrap_or(plain);
    let own = (provider.native)(&ty);
    let mut native_types = BTreeMap::new();
    if own.as_deref() != Some(spelled.as_str()) {
        native_types.insert(PRISMA.id.to_owned(), spelled);
        let says_more = word == "Json"
            || word.starts_with("Unsigned")
            || word == "Timestamp" && provider.target == "mysql";
        if (own.is_some() || says_more) && !provider.is_documents {
            native_types.insert(provider.target.to_owned(), in_sql);
        }
    }
    Some(Scalar { ty, native_types })
}

/// What `Unsupported("…")` is of.
pub(super) fn unsupported(provider: &Provider, of: &str) -> Scalar {
    let known = from_spelling(of).map(|word| word.ty);
    let own = |ty: &DataType| provider.spelling(ty).0 == format!("Unsupported(\"{of}\")");
    if let Some(ty) = known.filter(own) {
        return Scalar { ty, native_types: BTreeMap::new() };
    }
    let mut native_types = BTreeMap::new();
    native_types.insert(PRISMA.id.to_owned(), format!("Unsupported(\"{of}\")"));
    native_types.insert(provider.target.to_owned(), of.to_owned());
    Scalar { ty: DataType::Mixed, native_types }
}

fn plain(provider: &Provider, name: &str) -> Option<DataType> {
    if let Some(ty) = (provider.meaning)(name) {
        return Some(ty);
    }
    Some(match name {
        "String" => DataType::STRING,
        "Int" => DataType::INTEGER,
        "BigInt" => DataType::Integer(IntegerSize::Big),
        "Float" => DataType::Double,
        "Decimal" => DataType::Decimal { precision: None, scale: None },
        "Boolean" => DataType::Boolean,
        "DateTime" => DataType::DateTime { zoned: true },
        "Json" => DataType::Json,
        "Bytes" => DataType::Binary { length: None },
        _ => return None,
    })
}

/// Native types whose words mean something else elsewhere.
fn known(scalar: &str, word: &str, arguments: &[String]) -> Option<DataType> {
    let first = arguments.first().and_then(|one| one.parse().ok());
    Some(match (scalar, word) {
        ("String", "ObjectId") => DataType::ObjectId,
        ("String", "Uuid" | "UniqueIdentifier") => DataType::Uuid,
        ("String", "Inet") => DataType::Inet,
        ("String", "Char" | "NChar") if first == Some(24) => DataType::ObjectId,
        ("String", "VarChar" | "NVarChar" | "Char" | "NChar") if first.is_some() => {
            DataType::String { length: first }
        }
        ("String", "VarChar") if arguments.is_empty() => DataType::STRING,
        ("String", _) => DataType::Text,
        ("DateTime", "Date") => DataType::Date,
        ("DateTime", "Time" | "Timetz") => DataType::Time,
        ("DateTime", "Timestamptz" | "DateTimeOffset") => DataType::DateTime { zoned: true },
        ("Int", "TinyInt" | "UnsignedTinyInt") => DataType::Integer(IntegerSize::Tiny),
        ("Int", "SmallInt" | "UnsignedSmallInt" | "Year") => DataType::Integer(IntegerSize::Small),
        ("Int", _) => DataType::INTEGER,
        ("BigInt", _) => DataType::Integer(IntegerSize::Big),
        ("Float", "Real" | "Float") => DataType::Float,
        ("Float", _) => DataType::Double,
        ("Boolean", _) => DataType::Boolean,
        ("Json", _) => DataType::Json,
        ("Bytes", "VarBinary" | "Binary") => DataType::Binary { length: first },
        ("Bytes", _) => DataType::Binary { length: None },
        _ => return None,
    })
}

/// Whether a type can be that of a scalar.
fn fits(scalar: &str, ty: &DataType) -> bool {
    match scalar {
        "DateTime" => matches!(ty, DataType::DateTime { .. } | DataType::Date | DataType::Time),
        "Decimal" => matches!(ty, DataType::Decimal { .. }),
        _ => true,
    }
}

/// How a database spells a native type.
fn sql_spelling(word: &str, arguments: &[String]) -> String {
    let lower = word.to_lowercase();
    let (name, rest) = match lower.as_str() {
        "doubleprecision" => ("double precision".to_owned(), ""),
        other => match other.strip_prefix("unsigned") {
            Some(kind) => (kind.to_owned(), " unsigned"),
            None => (lower.clone(), ""),
        },
    };
    let name = if name == "integer" && !rest.is_empty() { "int".to_owned() } else { name };
    if arguments.is_empty() {
        format!("{name}{rest}")
    } else {
        format!("{name}({}){rest}", arguments.join(", ").to_lowercase())
    }
}

/// The arguments of a function, for comparison.
pub(super) fn is_call(value: &Value, name: &str) -> bool {
    matches!(value, Value::Call(called, arguments) if called == name && arguments.is_empty())
}
