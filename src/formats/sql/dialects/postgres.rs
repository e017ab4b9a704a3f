//! PostgreSQL 13 and newer.

use crate::formats::FormatInfo;
use crate::formats::code::{Code, code, join};
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::{OptionInfo, OptionValues};
use crate::formats::property::{Bearer, PropertyInfo};
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnType, IndexOn, Rule, Schema, Table, TableIndex,
};
use crate::formats::relational::target::{self, EMBEDDED, KEYS, NAMES, Target};
use crate::formats::sql::adapt;
use crate::formats::sql::dialect::{ColumnText, Comments, Dialect, Traits};
use crate::formats::sql::dialects::{DROP, IF_NOT_EXISTS, QUOTE, ansi};
use crate::formats::sql::import::known_type;
use crate::formats::sql::import::readings::{self, Reading};
use crate::formats::sql::storage::{Storage, of_table};
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::data_type::IntegerSize;
use crate::model::field::{DefaultValue, Literal};
use crate::model::index::IndexKind;

/// PostgreSQL.
#[derive(Debug)]
pub(super) struct Postgres;

/// What PostgreSQL alone knows.
const PROPERTIES: &[PropertyInfo] = &[
    of_table(
        "unlogged",
        "Rows are lost in a crash, and written faster",
        OptionValues::Flag,
        "false",
    ),
    of_table(
        "storage_parameters",
        "Storage parameters, such as `fillfactor=70`",
        OptionValues::Text,
        "",
    ),
    of_table("tablespace", "Where the rows lie", OptionValues::Text, ""),
    PropertyInfo {
        of: Bearer::Field,
        option: OptionInfo {
            key: "identity",
            summary: "How a field that counts up does it",
            values: OptionValues::Choice(&["by default", "always", "serial"]),
            default: "by default",
        },
    },
];

static INFO: FormatInfo = FormatInfo {
    id: "postgres",
    name: "PostgreSQL",
    summary: "DDL for PostgreSQL 13 and newer",
    extensions: &["sql"],
    options: &[NAMES, EMBEDDED, KEYS, QUOTE, DROP, IF_NOT_EXISTS],
    properties: PROPERTIES,
    losses: &[
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

static TRAITS: Traits = Traits {
    engine: "PostgreSQL 13 or newer",
    comments: Comments::Statements,
    indexes_in_table: false,
    references_ahead: false,
    names_primary_keys: true,
    batches: false,
    if_not_exists: true,
    create_namespace: "CREATE SCHEMA",
    foreign_marks: &["`"],
    replace_view: "CREATE OR REPLACE VIEW",
    default_namespace: "public",
    drop_options: " CASCADE",
    drop_around: None,
    longest_notes: None,
};

/// Keywords that `quote_ident` quotes although they can be column names.
const COLUMN_NAME_WORDS: &[&str] = &[
    "between",
    "bigint",
    "bit",
    "boolean",
    "char",
    "character",
    "coalesce",
    "dec",
    "decimal",
    "exists",
    "extract",
    "float",
    "greatest",
    "grouping",
    "inout",
    "int",
    "integer",
    "interval",
    "json",
    "least",
    "national",
    "nchar",
    "none",
    "normalize",
    "nullif",
    "numeric",
    "out",
    "overlay",
    "position",
    "precision",
    "real",
    "row",
    "setof",
    "smallint",
    "substring",
    "time",
    "timestamp",
    "treat",
    "trim",
    "values",
    "varchar",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];

/// Types that come with an extension, and which.
const EXTENSIONS: &[(&str, &str)] = &[
    ("citext", "citext"),
    ("cube", "cube"),
    ("geography", "postgis"),
    ("geometry", "postgis"),
    ("hstore", "hstore"),
    ("isbn", "isn"),
    ("ltree", "ltree"),
    ("vector", "vector"),
];

/// The longest `varchar(n)`.
const LONGEST_VARCHAR: u32 = 10_485_760;

impl Dialect for Postgres {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn target(&self) -> &'static Target {
        &target::POSTGRES
    }

    fn traits(&self) -> &'static Traits {
        &TRAITS
    }

    fn reading(&self) -> &'static Reading {
        &readings::postgres::READING
    }

    fn quoting(&self) -> &dyn Dialect {
        self
    }

    fn is_bare(&self, name: &str) -> bool {
        ansi::is_bare(name, "postgres")
            && !name.bytes().any(|byte| byte.is_ascii_uppercase())
            && !COLUMN_NAME_WORDS.contains(&name)
    }

    fn string(&self, text: &str) -> Code<Sql> {
        if text.contains('\r') {
            return code!("E", text::string_with_escapes(text));
        }
        text::string(text)
    }

    fn type_name(&self, sql: &Writer<'_>, ty: &ColumnType) -> Code<Sql> {
        match ty {
            ColumnType::String { length: Some(length) } if *length <= LONGEST_VARCHAR => {
                code!("varchar(", (*length).max(1), ")")
            }
            ColumnType::String { .. } => code!("varchar"),
            ColumnType::Text => code!("text"),
            ColumnType::Integer(IntegerSize::Tiny | IntegerSize::Small) => code!("smallint"),
            ColumnType::Integer(IntegerSize::Regular) => code!("integer"),
            ColumnType::Integer(IntegerSize::Big) => code!("bigint"),
            ColumnType::Decimal { precision, scale } => decimal(*precision, *scale),
            ColumnType::Float => code!("real"),
            ColumnType::Double => code!("double precision"),
            ColumnType::Boolean => code!("boolean"),
            ColumnType::Date => code!("date"),
            ColumnType::Time => code!("time"),
            ColumnType::DateTime { zoned: true } => code!("timestamptz"),
            ColumnType::DateTime { zoned: false } => code!("timestamp"),
            ColumnType::Interval => code!("interval"),
            ColumnType::Uuid => code!("uuid"),
            ColumnType::ObjectId => code!("char(24)"),
            ColumnType::Binary { .. } => code!("bytea"),
            ColumnType::Json => code!("jsonb"),
            ColumnType::GeoPoint => code!("point"),
            ColumnType::Inet => code!("inet"),
            ColumnType::Vector { .. } => code!("real[]"),
            ColumnType::Enumeration(position) => match sql.schema.enumerations.get(*position) {
                Some(one) if one.checked && one.values.is_empty() => code!("varchar"),
                Some(one) if one.checked => {
                    code!("varchar(", adapt::longest_value(&one.values), ")")
                }
                Some(one) => sql.qualified(&one.name),
                None => code!("varchar"),
            },
            ColumnType::Array(item) => code!(self.type_name(sql, item), "[]"),
        }
    }

    fn column(&self, sql: &Writer<'_>, _: &Table, column: &Column) -> ColumnText {
        let mut text = ColumnText {
            ty: match &column.native_type {
                Some(spelling) => text::typed(spelling),
                None => self.type_name(sql, &column.ty),
            },
            null: if column.nullable { "" } else { "NOT NULL" },
            rest: Code::default(),
        };
        if let Some(generated) = &column.generated {
            let expression = ansi::in_parentheses(&generated.expression);
            text.rest = code!("GENERATED ALWAYS AS ", expression, " STORED");
        } else if column.auto_increment {
            match column.extras.option("postgres", "identity") {
                Some("serial") => text.ty = code!(serial(&column.ty)),
                Some("always") => text.rest = code!("GENERATED ALWAYS AS IDENTITY"),
                _ => text.rest = code!("GENERATED BY DEFAULT AS IDENTITY"),
            }
        } else if let Some(default) = &column.default {
            text.rest = code!("DEFAULT ", self.default_value(default, &column.ty));
        }
        text
    }

    fn index(&self, sql: &Writer<'_>, table: &Table, index: &TableIndex) -> Code<Sql> {
        let parts = ansi::index_parts(sql, &index.parts);
        let is_composite = |column: &Column| {
            let spelled = column.native_type.as_ref().and_then(|text| known_type(self, text));
            matches!(
                spelled.as_ref().unwrap_or(&column.ty),
                ColumnType::Json | ColumnType::Array(_) | ColumnType::Vector { .. }
            )
        };
        let parts = match index.kind {
            // Inside of documents and lists only an inverted index finds anything.
            IndexKind::Ordered
                if !index.unique
                    && index.parts.len() == 1
                    && adapt::all_columns(table, index, is_composite) =>
            {
                code!("USING gin (", parts, ")")
            }
            IndexKind::Ordered => code!("(", parts, ")"),
            IndexKind::Hash => code!("USING hash (", parts, ")"),
            IndexKind::Geo => code!("USING gist (", parts, ")"),
            IndexKind::Text => code!("USING gin (to_tsvector('simple', ", words(sql, index), "))"),
        };
        ansi::create_index(sql, table, index, parts)
    }

    fn storage(&self, sql: &Writer<'_>, table: &Table) -> Storage {
        let option = |key| table.extras.option("postgres", key);
        let mut storage = Storage::default();
        if option("unlogged") == Some("true") {
            storage.kind = " UNLOGGED";
        }
        if let Some(parameters) = option("storage_parameters") {
            storage.options = code!(" WITH (", text::typed(parameters), ")");
        }
        if let Some(name) = option("tablespace") {
            storage.options.push(" TABLESPACE ");
            storage.options.push(sql.name(name));
        }
        storage
    }

    /// Types of people's choice may come from extensions.
    fn prelude(&self, schema: &Schema) -> Vec<Code<Sql>> {
        let columns = schema.tables.iter().flat_map(|table| &table.columns);
        let natives: Vec<_> = columns.filter_map(|column| column.native_type.as_deref()).collect();
        let is_used = |ty: &str| {
            natives.iter().any(|native| {
                let name = native.split(['(', '[']).next().unwrap_or_default().trim();
                name.rsplit('.').next().is_some_and(|name| name.eq_ignore_ascii_case(ty))
            })
        };
        let mut extensions: Vec<_> =
            EXTENSIONS.iter().filter(|(ty, _)| is_used(ty)).map(|(_, name)| *name).collect();
        extensions.dedup();
        let create = |name: &'static str| code!("CREATE EXTENSION IF NOT EXISTS ", name);
        extensions.into_iter().map(create).collect()
    }

    fn adapt(&self, schema: &mut Schema, notices: &mut Notices) {
        let is_point = |column: &Column| column.ty == ColumnType::GeoPoint;
        adapt::keep_keys(schema, notices, |column| !is_point(column));
        adapt::keep_indexes(
            schema,
            notices,
            "indexes of a kind that does not fit their columns are left out",
            |table, index| match index.kind {
                IndexKind::Geo => adapt::all_columns(table, index, is_point) && !index.unique,
                IndexKind::Text => {
                    adapt::all_columns(table, index, adapt::is_text) && !index.unique
                }
                IndexKind::Ordered | IndexKind::Hash => !adapt::any_column(table, index, is_point),
            },
        );
        let is_unlogged =
            |table: &Table| table.extras.option("postgres", "unlogged") == Some("true");
        let why = "references from tables that are logged to ones that are not are left out";
        adapt::keep_references(schema, notices, why, |table, referenced, _| {
            is_unlogged(table) || !is_unlogged(referenced)
        });
        let why = "hash indexes over several columns, or unique ones, are trees";
        adapt::plain_indexes(schema, notices, why, |index| {
            index.kind == IndexKind::Hash && (index.parts.len() > 1 || index.unique)
        });
        for table in &mut schema.tables {
            for column in &mut table.columns {
                let subject = || format!("{}.{}", table.name.name, column.name);
                if let Some(generated) = column.generated.as_mut().filter(|one| !one.stored) {
                    notices.note("generated columns are stored", subject());
                    generated.stored = true;
                }
                if matches!(column.ty, ColumnType::Vector { .. }) && column.native_type.is_none() {
                    notices.note(
                        "vectors are arrays; pgvector's type can be their native type",
                        subject(),
                    );
                }
            }
        }
        adapt::report_updates(schema, notices);
    }

    fn generated_value(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::ObjectId => "left(replace(gen_random_uuid()::text, '-', ''), 24)",
            _ => "gen_random_uuid()",
        }
    }

    fn now(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::Date => "CURRENT_DATE",
            ColumnType::Time => "LOCALTIME",
            _ => "now()",
        }
    }

    fn default_value(&self, default: &DefaultValue, ty: &ColumnType) -> Code<Sql> {
        match default {
            DefaultValue::Value(Literal::EmptyArray) if *ty != ColumnType::Json => {
                code!("'{}'")
            }
            other => ansi::default_value(self, other, ty),
        }
    }

    fn rule(&self, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
        match rule {
            Rule::Pattern(pattern) => Some(code!(column, " ~ ", self.string(pattern))),
            other => ansi::rule(self, column, other),
        }
    }
}

fn decimal(precision: Option<u16>, scale: Option<u16>) -> Code<Sql> {
    match (precision.map(|precision| precision.clamp(1, 1000)), scale) {
        (Some(precision), Some(scale)) => {
            code!("numeric(", precision, ", ", scale.min(precision), ")")
        }
        (Some(precision), None) => code!("numeric(", precision, ")"),
        (None, _) => code!("numeric"),
    }
}

fn serial(ty: &ColumnType) -> &'static str {
    match ty {
        ColumnType::Integer(IntegerSize::Big) => "bigserial",
        ColumnType::Integer(IntegerSize::Tiny | IntegerSize::Small) => "smallserial",
        _ => "serial",
    }
}

/// The text that a full-text index looks at.
fn words(sql: &Writer<'_>, index: &TableIndex) -> Code<Sql> {
    let words = index.parts.iter().map(|part| match &part.on {
        IndexOn::Column(name) => code!("coalesce(", sql.name(name), ", '')"),
        IndexOn::Expression(text) => ansi::in_parentheses(text),
    });
    join(words, " || ' ' || ")
}
