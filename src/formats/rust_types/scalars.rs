//! The Rust types of PostgreSQL's scalars: what sqlx and Diesel agree on, beside what each driver
//! has of its own.
//!
//! Must not know tables.

use crate::formats::relational::schema::ColumnType;
use crate::formats::rust_types::serde;
use crate::formats::rust_types::types::Ty;
use crate::formats::rust_types::{Decimals, Settings};
use crate::model::data_type::IntegerSize;

/// The types that a driver has of its own.
#[derive(Debug)]
pub(super) struct DriverTypes {
    /// Of an interval.
    pub interval: Ty,
    /// Of a geographic point.
    pub point: Ty,
    /// Of a network address.
    pub inet: Ty,
}

/// The type of a scalar; what is no scalar is a text.
pub(super) fn scalar(ty: &ColumnType, settings: &Settings, driver: DriverTypes) -> Ty {
    match ty {
        ColumnType::Integer(size) => Ty::path(integer(*size)),
        ColumnType::Decimal { .. } => Ty::path(match settings.decimals {
            Decimals::RustDecimal => "rust_decimal::Decimal",
            Decimals::BigDecimal => "bigdecimal::BigDecimal",
        }),
        ColumnType::Float => Ty::path("f32"),
        ColumnType::Double => Ty::path("f64"),
        ColumnType::Boolean => Ty::path("bool"),
        ColumnType::Date => settings.dates.date(),
        ColumnType::Time => settings.dates.time(),
        ColumnType::DateTime { zoned } => settings.dates.date_time(*zoned),
        ColumnType::Interval => driver.interval,
        ColumnType::Uuid => Ty::path("uuid::Uuid"),
        ColumnType::Binary { .. } => Ty::path("u8").list(),
        ColumnType::Json => Ty::path("serde_json::Value"),
        ColumnType::GeoPoint => driver.point,
        ColumnType::Inet => driver.inet,
        ColumnType::Vector { .. } => Ty::path("f32").list(),
        ColumnType::String { .. }
        | ColumnType::Text
        | ColumnType::ObjectId
        | ColumnType::Enumeration(_)
        | ColumnType::Array(_) => Ty::STRING,
    }
}

/// The integer that PostgreSQL has for that size: it knows none of 8 bits.
pub(super) fn integer(size: IntegerSize) -> &'static str {
    match size {
        IntegerSize::Tiny => "i16",
        other => serde::integer(other),
    }
}
