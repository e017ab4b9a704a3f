//! What the lowering must know of a target, as data, and what a person can choose.
//!
//! Must not know how a target writes anything.

use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::relational::schema::ColumnType;
use crate::model::data_type::IntegerSize;

/// What a target can hold and how it takes names.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Ids under which native types and extras are looked up, the best first.
    pub ids: &'static [&'static str],
    /// Whether columns can be arrays.
    pub arrays: bool,
    /// Whether tables live in namespaces; else the namespace becomes part of the name.
    pub namespaces: bool,
    /// What enumerations become.
    pub enumerations: Enumerations,
    /// Whether these values can be an enumeration there; else they become a check.
    pub takes_values: fn(&[String]) -> bool,
    /// Whether JSON is text that a check must prove to be JSON.
    pub checks_json: bool,
    /// How alike referencing and referenced columns must be.
    pub reference_types: ReferenceTypes,
    /// Which names it takes.
    pub names: NameRules,
}

impl Target {
    /// Its own id: `postgres`.
    pub fn id(&self) -> &'static str {
        self.ids.first().copied().unwrap_or_default()
    }
}

/// What enumerations become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enumerations {
    /// Types with names.
    Named,
    /// Lists of values in each column's type.
    Inline,
    /// Text with a check.
    Checked,
}

/// How alike referencing and referenced columns must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceTypes {
    /// Any integer matches any integer, any text any text.
    Family,
    /// Integers must be equally wide; texts may differ in length.
    Size,
    /// The types must be the same.
    Exact,
}

/// Which names a target takes.
#[derive(Clone, Copy, Debug)]
pub struct NameRules {
    /// How long they may be.
    pub longest: Longest,
    /// Whether characters beyond the basic plane (emoji) are refused.
    pub basic_plane_only: bool,
    /// Whether a blank at the end is refused.
    pub refuses_trailing_blank: bool,
    /// Whether line breaks are refused: a line may mean something to it even inside a name.
    pub single_line: bool,
    /// Names of namespaces that it keeps for itself, in lower case.
    pub refused_namespaces: &'static [&'static str],
    /// Column names that it refuses even quoted, in lower case.
    pub refused_columns: &'static [&'static str],
    /// Names of types that hide one of ours even quoted.
    pub refused_types: &'static [&'static str],
    /// A beginning of names of tables, indexes and namespaces that it keeps for itself, in lower
    /// case.
    pub reserved_prefix: &'static str,
    /// Where names of keys must be unique.
    pub keys: Scope,
    /// Where names of foreign keys must be unique.
    pub foreign_keys: Scope,
    /// Where names of checks must be unique.
    pub checks: Scope,
    /// Where names of indexes must be unique.
    pub indexes: Scope,
}

/// How long a name may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Longest {
    /// In bytes of UTF-8.
    Bytes(usize),
    /// In characters; a name also becomes a file name in which everything but ASCII letters, digits
    /// and `_` takes five bytes, and which is that long at most.
    Chars(usize, usize),
    /// In UTF-16 code units.
    Units(usize),
    /// As long as one likes.
    Unbounded,
}

/// Where a name must be unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Within its table.
    Table,
    /// Within its namespace, tables included.
    Namespace,
    /// Within its namespace, among its own kind.
    Kind,
}

/// PostgreSQL, which the Rust flavors for SQL share with the `postgres` dialect: they describe the
/// same tables.
pub const POSTGRES: Target = Target {
    ids: &["postgres"],
    arrays: true,
    namespaces: true,
    enumerations: Enumerations::Named,
    takes_values: |values| values.iter().all(|value| value.len() <= 63 && !value.contains('\0')),
    checks_json: false,
    reference_types: ReferenceTypes::Family,
    names: NameRules {
        longest: Longest::Bytes(63),
        basic_plane_only: false,
        refuses_trailing_blank: false,
        single_line: false,
        refused_namespaces: &["information_schema"],
        refused_columns: &["ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"],
        refused_types: POSTGRES_TYPES,
        reserved_prefix: "pg_",
        keys: Scope::Namespace,
        foreign_keys: Scope::Table,
        checks: Scope::Table,
        indexes: Scope::Namespace,
    },
};

/// PostgreSQL's own types: an enumeration of that name would never be found.
const POSTGRES_TYPES: &[&str] = &[
    "abstime",
    "aclitem",
    "any",
    "bit",
    "bool",
    "box",
    "bpchar",
    "bytea",
    "char",
    "cid",
    "cidr",
    "circle",
    "cstring",
    "date",
    "datemultirange",
    "daterange",
    "event_trigger",
    "fdw_handler",
    "float4",
    "float8",
    "gtsvector",
    "index_am_handler",
    "inet",
    "int2",
    "int2vector",
    "int4",
    "int4multirange",
    "int4range",
    "int8",
    "int8multirange",
    "int8range",
    "internal",
    "interval",
    "json",
    "jsonb",
    "jsonpath",
    "language_handler",
    "line",
    "lseg",
    "macaddr",
    "macaddr8",
    "money",
    "name",
    "numeric",
    "nummultirange",
    "numrange",
    "oid",
    "oidvector",
    "path",
    "point",
    "polygon",
    "record",
    "refcursor",
    "regclass",
    "regcollation",
    "regconfig",
    "regdictionary",
    "regnamespace",
    "regoper",
    "regoperator",
    "regproc",
    "regprocedure",
    "regrole",
    "regtype",
    "table_am_handler",
    "text",
    "tid",
    "time",
    "timestamp",
    "timestamptz",
    "timetz",
    "trigger",
    "tsm_handler",
    "tsmultirange",
    "tsquery",
    "tsrange",
    "tstzmultirange",
    "tstzrange",
    "tsvector",
    "txid_snapshot",
    "unknown",
    "uuid",
    "varbit",
    "varchar",
    "void",
    "xid",
    "xid8",
    "xml",
];

/// What a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// How names are written.
    pub names: NameStyle,
    /// What becomes of documents inside documents.
    pub embedded: EmbeddedStyle,
    /// What key a collection has whose key is an object id, drawn or not.
    pub keys: KeyStyle,
}

/// How names of tables and columns are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameStyle {
    /// As in the model.
    #[default]
    Keep,
    /// `order_item`
    Snake,
    /// Tables `order_items`, columns `unit_price`.
    SnakePlural,
}

/// What becomes of documents inside documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmbeddedStyle {
    /// A JSON column.
    #[default]
    Json,
    /// A table of their own.
    Tables,
}

/// What key a collection has whose key is an object id, drawn or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyStyle {
    /// A MongoDB object id, as it is there.
    #[default]
    ObjectId,
    /// A 64-bit integer that the database counts up.
    Identity,
    /// A random UUID.
    Uuid,
}

/// Option: how names are written.
pub const NAMES: OptionInfo = OptionInfo {
    key: "names",
    summary: "how names of tables and columns are written",
    values: OptionValues::Choice(&["keep", "snake", "snake_plural"]),
    default: "keep",
};

/// Option: what becomes of documents inside documents.
pub const EMBEDDED: OptionInfo = OptionInfo {
    key: "embedded",
    summary: "what embedded documents and nested objects become",
    values: OptionValues::Choice(&["json", "tables"]),
    default: "json",
};

/// Option: what the object ids become that are keys of collections.
pub const KEYS: OptionInfo = OptionInfo {
    key: "keys",
    summary: "what the object ids become that are keys of collections",
    values: OptionValues::Choice(&["object_id", "identity", "uuid"]),
    default: "object_id",
};

impl Choices {
    /// What these options say; an option that a format does not offer has its default.
    pub fn of(options: &Options) -> Self {
        Self {
            names: match options.text(NAMES.key) {
                "snake" => NameStyle::Snake,
                "snake_plural" => NameStyle::SnakePlural,
                _ => NameStyle::Keep,
            },
            embedded: match options.text(EMBEDDED.key) {
                "tables" => EmbeddedStyle::Tables,
                _ => EmbeddedStyle::Json,
            },
            keys: match options.text(KEYS.key) {
                "identity" => KeyStyle::Identity,
                "uuid" => KeyStyle::Uuid,
                _ => KeyStyle::ObjectId,
            },
        }
    }
}

impl KeyStyle {
    /// The type of that key.
    pub(super) fn column_type(self) -> ColumnType {
        match self {
            Self::Identity => ColumnType::Integer(IntegerSize::Big),
            Self::Uuid => ColumnType::Uuid,
            Self::ObjectId => ColumnType::ObjectId,
        }
    }
}
