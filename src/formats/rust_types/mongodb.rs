//! The `mongodb` flavor: documents as the official driver reads and writes them in BSON. Must not
//! know any SQL.
//!
//! Every moment is a BSON date, days included, since that is what BSON has; an `_id` that the
//! database makes may be absent before the insert.

use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::collections::lower;
use crate::formats::rust_types::Settings;
use crate::formats::rust_types::document_files::{self, Shape};
use crate::formats::rust_types::documents::Style;
use crate::formats::rust_types::serde::integer;
use crate::formats::rust_types::types::Ty;
use crate::model::data_type::DataType;

/// How this flavor writes documents.
pub(super) const STYLE: Style =
    Style { scalar, any: "mongodb::bson::Bson", with, skips_none: true, is_stored: true };

/// The project as the documents that the targets `mongoose` and `mongodb` describe.
pub(super) fn export(project: &Project, settings: &Settings) -> Exported {
    let (collections, mut diagnostics) = lower(&project.model, "rust");
    let made = collections.made_fields();
    let shape = Shape { model: &collections.model, made, collections: collections.names.clone() };
    let mut exported = document_files::export(project, shape, settings, (STYLE, "mongodb"));
    diagnostics.append(&mut exported.diagnostics);
    Exported { files: exported.files, diagnostics }
}

fn scalar(ty: &DataType, _settings: &Settings) -> Ty {
    match ty {
        DataType::Integer(size) => Ty::path(integer(*size)),
        DataType::Decimal { .. } => Ty::path("mongodb::bson::Decimal128"),
        DataType::Float => Ty::path("f32"),
        DataType::Double => Ty::path("f64"),
        DataType::Boolean => Ty::path("bool"),
        DataType::Date | DataType::DateTime { .. } => Ty::path("mongodb::bson::DateTime"),
        DataType::Uuid => Ty::path("mongodb::bson::Uuid"),
        DataType::ObjectId => Ty::path("mongodb::bson::oid::ObjectId"),
        DataType::Binary { .. } => Ty::path("mongodb::bson::Binary"),
        DataType::Json | DataType::Mixed | DataType::GeoPoint => Ty::path("mongodb::bson::Bson"),
        DataType::Vector { .. } => Ty::path("f32").list(),
        DataType::String { .. }
        | DataType::Text
        | DataType::Time
        | DataType::Interval
        | DataType::Inet
        | DataType::Enumeration(_)
        | DataType::Embedded(_)
        | DataType::Object
        | DataType::Map(_)
        | DataType::Array(_) => Ty::STRING,
    }
}

/// BSON types know how to write themselves.
fn with(_ty: &Ty) -> Option<&'static str> {
    None
}
