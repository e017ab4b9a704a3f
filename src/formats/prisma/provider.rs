//! What each database of Prisma can do, and how it spells types.
//!
//! Must not know models beyond their types.

use crate::model::data_type::{DataType, IntegerSize};

/// A database, as far as a schema for it differs from others.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own")]
pub(super) struct Provider {
    /// Its name in a schema.
    pub(super) id: &'static str,
    /// Our target for the same database.
    pub(super) target: &'static str,
    /// Whether it stores documents, with types inside types.
    pub(super) is_documents: bool,
    /// Whether it has enumerations.
    pub(super) has_enumerations: bool,
    /// Whether it has lists of scalars.
    pub(super) has_lists: bool,
    /// The scalar that holds JSON.
    pub(super) json: Spelling,
    /// What tables without a schema are in, where there are schemas.
    pub(super) usual_schema: Option<&'static str>,
    /// Longest name of a constraint in bytes.
    pub(super) longest_name: usize,
    /// Whether primary keys have names.
    pub(super) names_primary_keys: bool,
    /// Whether references have names.
    pub(super) names_references: bool,
    /// Whether a reference can restrict, and whether references may act in circles.
    pub(super) acts_freely: bool,
    /// Whether a counted field has to be the key.
    pub(super) counts_only_keys: bool,
    /// Whether there are full-text indexes.
    pub(super) has_text_indexes: bool,
    /// Whether there are indexes by hash.
    pub(super) has_hash_indexes: bool,
    /// Whether the database makes UUIDs.
    pub(super) makes_uuids: bool,
    /// The attribute of a type that says more than the scalar.
    pub(super) native: fn(&DataType) -> Option<String>,
    /// The scalar of a type, where it is not the usual one.
    pub(super) scalar: fn(&DataType) -> Option<&'static str>,
    /// What a scalar without an attribute means, where it is not the usual thing.
    pub(super) meaning: fn(&str) -> Option<DataType>,
}

/// A scalar and the attribute behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelling {
    pub(super) scalar: &'static str,
    pub(super) native: Option<&'static str>,
}

const JSON: Spelling = Spelling { scalar: "Json", native: None };

/// All databases, the first for whatever is no document.
pub(super) static PROVIDERS: [Provider; 5] = [
    Provider {
        id: "postgresql",
        target: "postgres",
        is_documents: false,
        has_enumerations: true,
        has_lists: true,
        json: JSON,
        usual_schema: Some("public"),
        longest_name: 63,
        names_references: true,
        names_primary_keys: true,
        acts_freely: true,
        counts_only_keys: false,
        has_text_indexes: false,
        has_hash_indexes: true,
        makes_uuids: true,
        native: postgres,
        scalar: postgres_scalar,
        meaning: wall_clock,
    },
    Provider {
        id: "mysql",
        target: "mysql",
        is_documents: false,
        has_enumerations: true,
        has_lists: false,
        json: JSON,
        usual_schema: None,
        longest_name: 64,
        names_references: true,
        names_primary_keys: false,
        acts_freely: true,
        counts_only_keys: true,
        has_text_indexes: true,
        has_hash_indexes: false,
        makes_uuids: false,
        native: mysql,
        scalar: |_| None,
        meaning: |scalar| match scalar {
            "String" => Some(DataType::String { length: Some(191) }),
            other => wall_clock(other),
        },
    },
    Provider {
        id: "sqlite",
        target: "sqlite",
        is_documents: false,
        has_enumerations: true,
        has_lists: false,
        json: JSON,
        usual_schema: None,
        longest_name: 10_000,
        names_references: false,
        names_primary_keys: false,
        acts_freely: true,
        counts_only_keys: true,
        has_text_indexes: false,
        has_hash_indexes: false,
        makes_uuids: false,
        native: |_| None,
        scalar: text_time,
        meaning: wall_clock,
    },
    Provider {
        id: "sqlserver",
        target: "sqlserver",
        is_documents: false,
        has_enumerations: false,
        has_lists: false,
        json: Spelling { scalar: "String", native: Some("NVarChar(Max)") },
        usual_schema: Some("dbo"),
        longest_name: 128,
        names_references: true,
        names_primary_keys: true,
        acts_freely: false,
        counts_only_keys: false,
        has_text_indexes: false,
        has_hash_indexes: false,
        makes_uuids: true,
        native: sql_server,
        scalar: |_| None,
        meaning: |scalar| match scalar {
            "String" => Some(DataType::String { length: Some(1000) }),
            other => wall_clock(other),
        },
    },
    Provider {
        id: "mongodb",
        target: "mongoose",
        is_documents: true,
        has_enumerations: true,
        has_lists: true,
        json: JSON,
        usual_schema: None,
        longest_name: 120,
        names_references: false,
        names_primary_keys: false,
        acts_freely: false,
        counts_only_keys: true,
        has_text_indexes: true,
        has_hash_indexes: false,
        makes_uuids: false,
        native: |ty| (*ty == DataType::ObjectId).then(|| "ObjectId".to_owned()),
        scalar: |ty| match ty {
            DataType::Decimal { .. } => Some("Float"),
            other => text_time(other),
        },
        meaning: |_| None,
    },
];

impl Provider {
    /// The database of that name in a schema.
    pub(super) fn named(id: &str) -> Option<&'static Self> {
        let id = match id {
            "postgres" | "cockroachdb" => "postgresql",
            other => other,
        };
        PROVIDERS.iter().find(|provider| provider.id == id)
    }

    /// The database of that target of ours.
    pub(super) fn of_target(target: &str) -> Option<&'static Self> {
        let target = match target {
            "mariadb" => "mysql",
            "mongodb" => "mongoose",
            other => other,
        };
        PROVIDERS.iter().find(|provider| provider.target == target)
    }

    /// The scalar and the attribute of a type that is no list and nothing with a name.
    pub(super) fn spelling(&self, ty: &DataType) -> (String, Option<String>) {
        if let Some(scalar) = (self.scalar)(ty) {
            return match scalar {
                "Unsupported" => (format!("Unsupported(\"{}\")", unsupported(ty)), None),
                scalar => (scalar.to_owned(), (self.native)(ty)),
            };
        }
        match usual_scalar(ty) {
            "Json" => (self.json.scalar.to_owned(), self.json.native.map(str::to_owned)),
            scalar => (scalar.to_owned(), (self.native)(ty)),
        }
    }
}

fn usual_scalar(ty: &DataType) -> &'static str {
    match ty {
        DataType::String { .. }
        | DataType::Text
        | DataType::Interval
        | DataType::Uuid
        | DataType::ObjectId
        | DataType::Inet
        | DataType::Enumeration(_) => "String",
        DataType::Integer(IntegerSize::Big) => "BigInt",
        DataType::Integer(_) => "Int",
        DataType::Decimal { .. } => "Decimal",
        DataType::Float | DataType::Double => "Float",
        DataType::Boolean => "Boolean",
        DataType::Date | DataType::Time | DataType::DateTime { .. } => "DateTime",
        DataType::Binary { .. } => "Bytes",
        DataType::Json
        | DataType::Mixed
        | DataType::Map(_)
        | DataType::GeoPoint
        | DataType::Vector { .. }
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Array(_) => "Json",
    }
}

fn wall_clock(scalar: &str) -> Option<DataType> {
    (scalar == "DateTime").then_some(DataType::DateTime { zoned: false })
}

fn text_time(ty: &DataType) -> Option<&'static str> {
    (*ty == DataType::Time).then_some("String")
}

fn postgres_scalar(ty: &DataType) -> Option<&'static str> {
    let is_unknown =
        matches!(ty, DataType::Interval | DataType::GeoPoint | DataType::Vector { .. });
    is_unknown.then_some("Unsupported")
}

fn unsupported(ty: &DataType) -> String {
    match ty {
        DataType::GeoPoint => "point".to_owned(),
        DataType::Vector { dimensions: Some(n) } => format!("vector({n})"),
        DataType::Vector { dimensions: None } => "vector".to_owned(),
        _ => "interval".to_owned(),
    }
}

fn decimal(precision: Option<u16>, scale: Option<u16>, most: [u16; 2]) -> Option<String> {
    let (precision, scale) = (precision?, scale.unwrap_or(0));
    let fits = (1..=most[0]).contains(&precision) && scale <= precision.min(most[1]);
    fits.then(|| format!("Decimal({precision}, {scale})"))
}

fn postgres(ty: &DataType) -> Option<String> {
    Some(match ty {
        DataType::String { length } => format!("VarChar({})", (*length)?.clamp(1, 10_485_760)),
        DataType::Text => "Text".to_owned(),
        DataType::Integer(IntegerSize::Tiny | IntegerSize::Small) => "SmallInt".to_owned(),
        DataType::Decimal { precision, scale } => return decimal(*precision, *scale, [1000, 1000]),
        DataType::Float => "Real".to_owned(),
        DataType::Date => "Date".to_owned(),
        DataType::Time => "Time".to_owned(),
        DataType::DateTime { zoned: true } => "Timestamptz".to_owned(),
        DataType::Uuid => "Uuid".to_owned(),
        DataType::ObjectId => "Char(24)".to_owned(),
        DataType::Inet => "Inet".to_owned(),
        _ => return None,
    })
}

fn mysql(ty: &DataType) -> Option<String> {
    Some(match ty {
        DataType::String { length: Some(191) } => return None,
        DataType::String { length: None } => "VarChar(255)".to_owned(),
        DataType::String { length: Some(length) } if (1..=16_383).contains(length) => {
            format!("VarChar({length})")
        }
        DataType::String { .. } | DataType::Text => "LongText".to_owned(),
        DataType::Integer(IntegerSize::Tiny) => "TinyInt".to_owned(),
        DataType::Integer(IntegerSize::Small) => "SmallInt".to_owned(),
        DataType::Decimal { precision, scale } => return decimal(*precision, *scale, [65, 30]),
        DataType::Float => "Float".to_owned(),
        DataType::Date => "Date".to_owned(),
        DataType::Time => "Time".to_owned(),
        DataType::DateTime { zoned: true } => "Timestamp".to_owned(),
        DataType::Uuid => "Char(36)".to_owned(),
        DataType::ObjectId => "Char(24)".to_owned(),
        DataType::Inet => "VarChar(43)".to_owned(),
        DataType::Binary { length: Some(length) } if (1..=65_535).contains(length) => {
            format!("VarBinary({length})")
        }
        _ => return None,
    })
}

fn sql_server(ty: &DataType) -> Option<String> {
    Some(match ty {
        DataType::String { length: Some(1000) } => return None,
        DataType::String { length: None } => "NVarChar(255)".to_owned(),
        DataType::String { length: Some(length) } if (1..=4000).contains(length) => {
            format!("NVarChar({length})")
        }
        DataType::String { .. } | DataType::Text => "NVarChar(Max)".to_owned(),
        DataType::Integer(IntegerSize::Tiny | IntegerSize::Small) => "SmallInt".to_owned(),
        DataType::Decimal { precision, scale } => return decimal(*precision, *scale, [38, 38]),
        DataType::Float => "Real".to_owned(),
        DataType::Date => "Date".to_owned(),
        DataType::Time => "Time".to_owned(),
        DataType::DateTime { zoned: true } => "DateTimeOffset".to_owned(),
        DataType::Uuid => "UniqueIdentifier".to_owned(),
        DataType::ObjectId => "Char(24)".to_owned(),
        DataType::Inet => "VarChar(43)".to_owned(),
        DataType::Binary { length: Some(length) } if (1..=8000).contains(length) => {
            format!("VarBinary({length})")
        }
        _ => return None,
    })
}
