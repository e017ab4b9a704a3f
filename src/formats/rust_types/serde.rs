//! The `serde` flavor: plain types that read and write JSON. Must not know any database.
//!
//! JSON has few types, so text stands in for what it lacks: object ids, times, intervals and
//! addresses as databases print them, decimals as `rust_decimal` writes them.

use indexmap::IndexMap;

use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::reference_fields::complete;
use crate::formats::rust_types::document_files::{self, Shape};
use crate::formats::rust_types::documents::Style;
use crate::formats::rust_types::types::Ty;
use crate::formats::rust_types::{Dates, Settings};
use crate::model::data_type::{DataType, IntegerSize};

/// How this flavor writes documents.
pub(super) const STYLE: Style =
    Style { scalar, any: "serde_json::Value", with, skips_none: false, is_stored: false };

/// The project as documents in JSON.
pub(super) fn export(project: &Project, settings: &Settings) -> Exported {
    let completed = complete(&project.model);
    let (model, made) = (&completed.model, completed.added);
    let shape = Shape { model, made, collections: IndexMap::new() };
    document_files::export(project, shape, settings, (STYLE, "serde"))
}

fn scalar(ty: &DataType, settings: &Settings) -> Ty {
    match ty {
        DataType::Integer(size) => Ty::path(integer(*size)),
        DataType::Decimal { .. } => Ty::path("rust_decimal::Decimal"),
        DataType::Float => Ty::path("f32"),
        DataType::Double => Ty::path("f64"),
        DataType::Boolean => Ty::path("bool"),
        DataType::Date => settings.dates.date(),
        DataType::Time => settings.dates.time(),
        DataType::DateTime { zoned } => settings.dates.date_time(*zoned),
        DataType::Uuid => Ty::path("uuid::Uuid"),
        DataType::Binary { .. } => Ty::path("u8").list(),
        DataType::Json | DataType::Mixed | DataType::GeoPoint => Ty::path("serde_json::Value"),
        DataType::Vector { .. } => Ty::path("f32").list(),
        DataType::String { .. }
        | DataType::Text
        | DataType::Interval
        | DataType::ObjectId
        | DataType::Inet
        | DataType::Enumeration(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Map(_)
        | DataType::Array(_) => Ty::STRING,
    }
}

/// The integer of that size.
pub(super) fn integer(size: IntegerSize) -> &'static str {
    match size {
        IntegerSize::Tiny => "i8",
        IntegerSize::Small => "i16",
        IntegerSize::Regular => "i32",
        IntegerSize::Big => "i64",
    }
}

/// `time` writes moments as text only when it is told so.
fn with(ty: &Ty) -> Option<&'static str> {
    match (ty.inner_path(), ty.is_optional()) {
        (Some("time::OffsetDateTime"), false) => Some("time::serde::rfc3339"),
        (Some("time::OffsetDateTime"), true) => Some("time::serde::rfc3339::option"),
        (Some(_) | None, _) => None,
    }
}

impl Dates {
    /// A day.
    pub(super) fn date(self) -> Ty {
        Ty::path(match self {
            Self::Chrono => "chrono::NaiveDate",
            Self::Time => "time::Date",
        })
    }

    /// A time of day.
    pub(super) fn time(self) -> Ty {
        Ty::path(match self {
            Self::Chrono => "chrono::NaiveTime",
            Self::Time => "time::Time",
        })
    }

    /// A moment.
    pub(super) fn date_time(self, zoned: bool) -> Ty {
        match (self, zoned) {
            (Self::Chrono, true) => Ty::Path("chrono::DateTime", vec![Ty::path("chrono::Utc")]),
            (Self::Chrono, false) => Ty::path("chrono::NaiveDateTime"),
            (Self::Time, true) => Ty::path("time::OffsetDateTime"),
            (Self::Time, false) => Ty::path("time::PrimitiveDateTime"),
        }
    }
}
