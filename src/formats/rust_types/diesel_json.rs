//! `json.rs` of the `diesel` flavor: the type of columns that hold documents, since Diesel itself
//! reads JSON of any shape only. Must not know any table.
//!
//! Written by hand and not formatted: it is the same for every project but for its first line.

use std::collections::BTreeSet;

use crate::formats::code::{Written, code};
use crate::formats::rust_types::source::{Code, comment};
use crate::formats::rust_types::types::Ty;

/// The path of the type, as the files beside it name it.
pub(super) const PATH: &str = "super::json::Json";

/// A JSON column that holds values of that type.
pub(super) fn json(ty: Ty) -> Ty {
    Ty::Path(PATH, vec![ty])
}

/// What the file names of crates.
pub(super) fn paths() -> BTreeSet<&'static str> {
    BTreeSet::from(["diesel::sql_types::Jsonb", "serde::Serialize", "serde_json::Value"])
}

/// The text of `json.rs`.
pub(super) fn text(title: &str) -> Written {
    let text: Code = code!(comment(title), "\n", CODE);
    text.written(Vec::new())
}

const CODE: &str = r"
use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{IsNull, Output, ToSql};
use diesel::sql_types::Jsonb;
use diesel::{deserialize, serialize};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A document in a column of JSON.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromSql<Jsonb, Pg> for Json<T> {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <serde_json::Value as FromSql<Jsonb, Pg>>::from_sql(bytes)?;
        Ok(Self(serde_json::from_value(value)?))
    }
}

impl<T: std::fmt::Debug + Serialize> ToSql<Jsonb, Pg> for Json<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        // The version of the binary form of `jsonb`.
        std::io::Write::write_all(out, &[1])?;
        serde_json::to_writer(out, &self.0)?;
        Ok(IsNull::No)
    }
}
";
