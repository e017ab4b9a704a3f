//! SQLite 3.31 and newer. Types are spelled so that their affinity is right and that they say what
//! is meant.

use crate::formats::FormatInfo;
use crate::formats::code::{Code, code, join};
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{Column, ColumnType, Rule, Schema, Table, TableIndex};
use crate::formats::relational::target::{
    EMBEDDED, Enumerations, KEYS, Longest, NAMES, NameRules, ReferenceTypes, Scope, Target,
};
use crate::formats::sql::adapt;
use crate::formats::sql::dialect::{ColumnText, Comments, Dialect, Traits};
use crate::formats::sql::dialects::{DROP, IF_NOT_EXISTS, QUOTE, ansi};
use crate::formats::sql::import::readings::{self, Reading};
use crate::formats::sql::storage::{Storage, of_table};
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::data_type::IntegerSize;
use crate::model::index::IndexKind;

/// SQLite.
#[derive(Debug)]
pub(super) struct Sqlite;

/// What SQLite alone knows.
const PROPERTIES: &[PropertyInfo] = &[
    of_table(
        "strict",
        "Columns hold values of their type only (SQLite 3.37 and newer)",
        OptionValues::Flag,
        "false",
    ),
    of_table("without_rowid", "Rows are stored by their key", OptionValues::Flag, "false"),
    PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: "autoincrement",
            summary: "A key that counts up never gives a number twice",
            values: OptionValues::Flag,
            default: "true",
        },
    },
];

static INFO: FormatInfo = FormatInfo {
    id: "sqlite",
    name: "SQLite",
    summary: "DDL for SQLite 3.31 and newer",
    extensions: &["sql"],
    options: &[NAMES, EMBEDDED, KEYS, QUOTE, DROP, IF_NOT_EXISTS],
    properties: PROPERTIES,
    losses: &[
        Loss { feature: Feature::Namespaces, outcome: "become the beginning of names" },
        Loss { feature: Feature::Immutable, outcome: "are not enforced" },
        Loss { feature: Feature::TextCleaning, outcome: "are left to the application" },
        Loss { feature: Feature::Hidden, outcome: "are left to the application" },
        Loss { feature: Feature::EnumerationNotes, outcome: "are left out" },
        Loss { feature: Feature::ExpiringIndexes, outcome: "do not remove rows" },
        Loss { feature: Feature::MinimumCardinality, outcome: "are not enforced" },
        Loss { feature: Feature::Roles, outcome: "are left out" },
        Loss { feature: Feature::Areas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
    ],
};

static TARGET: Target = Target {
    ids: &["sqlite"],
    arrays: false,
    namespaces: false,
    enumerations: Enumerations::Checked,
    takes_values: |_| true,
    checks_json: true,
    reference_types: ReferenceTypes::Family,
    names: NameRules {
        longest: Longest::Unbounded,
        basic_plane_only: false,
        refuses_trailing_blank: false,
        single_line: false,
        refused_namespaces: &[],
        refused_columns: &[],
        refused_types: &[],
        reserved_prefix: "sqlite_",
        keys: Scope::Table,
        foreign_keys: Scope::Table,
        checks: Scope::Table,
        indexes: Scope::Namespace,
    },
};

static TRAITS: Traits = Traits {
    engine: "SQLite 3.31 or newer; foreign keys hold with PRAGMA foreign_keys = ON",
    comments: Comments::Script,
    indexes_in_table: false,
    references_ahead: true,
    names_primary_keys: true,
    batches: false,
    if_not_exists: true,
    create_namespace: "",
    foreign_marks: &["::", "~~", "~*", "!~", "array["],
    replace_view: "CREATE VIEW IF NOT EXISTS",
    default_namespace: "main",
    drop_options: "",
    drop_around: Some(["PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"]),
    longest_notes: None,
};

/// A random UUID of version 4.
const NEW_UUID: &str = "(lower(printf('%s-%s-4%s-%s%s-%s', hex(randomblob(4)), \
    hex(randomblob(2)), substr(hex(randomblob(2)), 2), substr('89AB', 1 + (random() & 3), 1), \
    substr(hex(randomblob(2)), 2), hex(randomblob(6)))))";

impl Dialect for Sqlite {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn target(&self) -> &'static Target {
        &TARGET
    }

    fn traits(&self) -> &'static Traits {
        &TRAITS
    }

    fn reading(&self) -> &'static Reading {
        &readings::sqlite::READING
    }

    fn quoting(&self) -> &dyn Dialect {
        self
    }

    /// SQLite reads words such as `current_date` or `true` as values where a column is missing.
    fn is_bare(&self, name: &str) -> bool {
        ansi::is_bare(name, "sqlite") && ansi::is_bare(name, "postgres")
    }

    fn string(&self, text: &str) -> Code<Sql> {
        if text.contains('\r') {
            let parts = text.split('\r').map(text::string);
            return code!("(", join(parts, " || char(13) || "), ")");
        }
        text::string(text)
    }

    fn type_name(&self, sql: &Writer<'_>, ty: &ColumnType) -> Code<Sql> {
        match ty {
            ColumnType::String { length: Some(length) } => code!("varchar(", length, ")"),
            ColumnType::String { length: None } => code!("varchar"),
            ColumnType::Text
            | ColumnType::Json
            | ColumnType::Array(_)
            | ColumnType::Vector { .. }
            | ColumnType::GeoPoint => code!("text"),
            ColumnType::Integer(IntegerSize::Tiny) => code!("tinyint"),
            ColumnType::Integer(IntegerSize::Small) => code!("smallint"),
            ColumnType::Integer(IntegerSize::Regular) => code!("integer"),
            ColumnType::Integer(IntegerSize::Big) => code!("bigint"),
            ColumnType::Decimal { precision: Some(precision), scale: Some(scale) } => {
                code!("decimal(", precision, ", ", scale, ")")
            }
            ColumnType::Decimal { precision: Some(precision), scale: None } => {
                code!("decimal(", precision, ")")
            }
            ColumnType::Decimal { precision: None, .. } => code!("decimal"),
            ColumnType::Float => code!("real"),
            ColumnType::Double => code!("double"),
            ColumnType::Boolean => code!("boolean"),
            ColumnType::Date => code!("date"),
            ColumnType::Time => code!("time"),
            ColumnType::DateTime { zoned: true } => code!("timestamp"),
            ColumnType::DateTime { zoned: false } => code!("datetime"),
            ColumnType::Interval => code!("varchar(64)"),
            ColumnType::Uuid => code!("char(36)"),
            ColumnType::ObjectId => code!("char(24)"),
            ColumnType::Binary { length: Some(length) } => code!("blob(", length, ")"),
            ColumnType::Binary { length: None } => code!("blob"),
            ColumnType::Inet => code!("varchar(43)"),
            ColumnType::Enumeration(position) => match sql.schema.enumerations.get(*position) {
                Some(one) if !one.values.is_empty() => {
                    code!("varchar(", adapt::longest_value(&one.values), ")")
                }
                Some(_) | None => code!("varchar"),
            },
        }
    }

    fn column(&self, sql: &Writer<'_>, table: &Table, column: &Column) -> ColumnText {
        let mut text = ColumnText {
            ty: match &column.native_type {
                _ if is(table, "strict") => strict_type(column),
                Some(spelling) => text::typed(spelling),
                None => self.type_name(sql, &column.ty),
            },
            null: if column.nullable { "" } else { "NOT NULL" },
            rest: Code::default(),
        };
        if let Some(generated) = &column.generated {
            let expression = ansi::in_parentheses(&generated.expression);
            let stored = if generated.stored { "STORED" } else { "VIRTUAL" };
            text.rest = code!("GENERATED ALWAYS AS ", expression, " ", stored);
        } else if let Some(key) = table.primary_key.as_ref().filter(|_| column.auto_increment) {
            text.ty = code!("integer");
            let name = sql.name(&key.name);
            let counts = match column.extras.option("sqlite", "autoincrement") {
                Some("false") => "",
                _ => " AUTOINCREMENT",
            };
            text.rest = code!("CONSTRAINT ", name, " PRIMARY KEY", counts);
        } else if let Some(default) = &column.default {
            text.rest = code!("DEFAULT ", self.default_value(default, &column.ty));
        }
        text
    }

    fn index(&self, sql: &Writer<'_>, table: &Table, index: &TableIndex) -> Code<Sql> {
        let parts = code!("(", ansi::index_parts(sql, &index.parts), ")");
        ansi::create_index(sql, table, index, parts)
    }

    fn storage(&self, _: &Writer<'_>, table: &Table) -> Storage {
        let options = [("without_rowid", "WITHOUT ROWID"), ("strict", "STRICT")]
            .into_iter()
            .filter(|(key, _)| is(table, key))
            .map(|(_, option)| option);
        let options = join(options, ", ");
        let blank = if options.is_empty() { "" } else { " " };
        Storage { kind: "", options: code!(blank, options) }
    }

    fn adapt(&self, schema: &mut Schema, notices: &mut Notices) {
        adapt::keep_rules(schema, notices, |rule| !matches!(rule, Rule::Pattern(_)));
        let why = "text and geo indexes are left out";
        adapt::keep_indexes(schema, notices, why, |_, index| {
            matches!(index.kind, IndexKind::Ordered | IndexKind::Hash)
        });
        let why = "hash indexes are trees";
        adapt::plain_indexes(schema, notices, why, |index| index.kind == IndexKind::Hash);
        adapt::keep_auto_increment(schema, notices, |table, column| {
            let key = table.primary_key.as_ref();
            key.is_some_and(|key| matches!(key.columns.as_slice(), [only] if *only == column.name))
        });
        for table in &mut schema.tables {
            let counts_up = table.columns.iter().any(|column| column.auto_increment);
            if is(table, "without_rowid") && (counts_up || table.primary_key.is_none()) {
                table.extras.remove("sqlite", "without_rowid");
                let why = "tables without a key, or whose key counts up, have row ids";
                notices.warn(why, &table.name.name);
            }
        }
        adapt::report_updates(schema, notices);
    }

    fn generated_value(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::ObjectId => "(lower(hex(randomblob(12))))",
            _ => NEW_UUID,
        }
    }

    fn rule(&self, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
        match rule {
            Rule::MinLength(length) => Some(code!("length(", column, ") >= ", length)),
            Rule::MaxLength(length) => Some(code!("length(", column, ") <= ", length)),
            Rule::Json => Some(code!("json_valid(", column, ")")),
            other => ansi::rule(self, column, other),
        }
    }
}

/// Whether a table has a property that is a flag.
fn is(table: &Table, property: &str) -> bool {
    table.extras.option("sqlite", property) == Some("true")
}

/// The type of a column of a strict table, which knows six.
fn strict_type(column: &Column) -> Code<Sql> {
    let own = column.native_type.as_ref().map(|native| native.to_lowercase());
    let own = own
        .filter(|own| matches!(own.as_str(), "int" | "integer" | "real" | "text" | "blob" | "any"));
    let usual = match &column.ty {
        ColumnType::Integer(_) | ColumnType::Boolean => "integer",
        ColumnType::Float | ColumnType::Double => "real",
        ColumnType::Binary { .. } => "blob",
        // A number with as many digits as it was given.
        ColumnType::Decimal { .. } => "any",
        ColumnType::String { .. }
        | ColumnType::Text
        | ColumnType::Date
        | ColumnType::Time
        | ColumnType::DateTime { .. }
        | ColumnType::Interval
        | ColumnType::Uuid
        | ColumnType::ObjectId
        | ColumnType::Json
        | ColumnType::GeoPoint
        | ColumnType::Inet
        | ColumnType::Vector { .. }
        | ColumnType::Enumeration(_)
        | ColumnType::Array(_) => "text",
    };
    own.and_then(|own| text::word(&own)).unwrap_or_else(|| code!(usual))
}
