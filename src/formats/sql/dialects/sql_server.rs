//! SQL Server 2016 and newer.

use crate::formats::FormatInfo;
use crate::formats::code::{Code, code, join};
use crate::formats::feature::{Feature, Loss};
use crate::formats::options::OptionValues;
use crate::formats::property::PropertyInfo;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnType, IndexOn, Rule, Schema, Table, TableIndex, TableIndexPart,
};
use crate::formats::relational::target::{
    EMBEDDED, Enumerations, KEYS, Longest, NAMES, NameRules, ReferenceTypes, Scope, Target,
};
use crate::formats::sql::adapt;
use crate::formats::sql::code::ends_batch;
use crate::formats::sql::dialect::{ColumnText, Comments, Dialect, Traits};
use crate::formats::sql::dialects::{DROP, QUOTE, ansi, cascades};
use crate::formats::sql::import::readings::{self, Reading};
use crate::formats::sql::storage::{Storage, of_table};
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::data_type::IntegerSize;
use crate::model::index::{IndexKind, SortOrder};
use crate::model::reference::ReferentialAction;

/// SQL Server.
#[derive(Debug)]
pub(super) struct SqlServer;

/// What SQL Server alone knows.
const PROPERTIES: &[PropertyInfo] = &[
    of_table("filegroup", "Where the rows lie", OptionValues::Text, "PRIMARY"),
    of_table(
        "data_compression",
        "How the rows are compressed",
        OptionValues::Choice(&["none", "row", "page"]),
        "none",
    ),
];

static INFO: FormatInfo = FormatInfo {
    id: "sqlserver",
    name: "SQL Server",
    summary: "DDL for SQL Server 2016 and newer",
    extensions: &["sql"],
    options: &[NAMES, EMBEDDED, KEYS, QUOTE, DROP],
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

static TARGET: Target = Target {
    ids: &["sqlserver"],
    arrays: false,
    namespaces: true,
    enumerations: Enumerations::Checked,
    takes_values: |_| true,
    checks_json: true,
    reference_types: ReferenceTypes::Exact,
    names: NameRules {
        longest: Longest::Units(128),
        basic_plane_only: false,
        refuses_trailing_blank: false,
        // A line `GO` ends the batch even inside brackets.
        single_line: true,
        refused_namespaces: &["guest", "information_schema", "sys"],
        refused_columns: &[],
        refused_types: &[],
        reserved_prefix: "",
        keys: Scope::Namespace,
        foreign_keys: Scope::Namespace,
        checks: Scope::Namespace,
        indexes: Scope::Table,
    },
};

static TRAITS: Traits = Traits {
    engine: "SQL Server 2016 or newer",
    comments: Comments::Properties,
    indexes_in_table: false,
    references_ahead: false,
    names_primary_keys: true,
    batches: true,
    if_not_exists: false,
    create_namespace: "CREATE SCHEMA",
    foreign_marks: &["::", "`", "~~", " ~ ", "~*", "!~", "->", "||", "array["],
    replace_view: "CREATE OR ALTER VIEW",
    default_namespace: "dbo",
    drop_options: "",
    drop_around: None,
    longest_notes: Some([3700, 3700]),
};

/// Characters of a text in a key: 900 bytes.
const KEY_LENGTH: u32 = 450;

impl Dialect for SqlServer {
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
        &readings::sql_server::READING
    }

    fn quoting(&self) -> &dyn Dialect {
        self
    }

    fn quoted(&self, name: &str) -> Code<Sql> {
        text::quoted(['[', ']'], name)
    }

    /// A backslash at the end of a line would join it with the next one, and a line `GO` would end
    /// the batch even here: then line breaks are written by their number.
    fn string(&self, text: &str) -> Code<Sql> {
        if !text.contains('\r') && !ends_batch(text) && !text.contains("\\\n") {
            return code!("N", text::string(text));
        }
        let lines = text.split('\n').map(|line| {
            let parts = line.split('\r').map(|part| code!("N", text::string(part)));
            join(parts, " + nchar(13) + ")
        });
        code!("(", join(lines, " + nchar(10) + "), ")")
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "1" } else { "0" }
    }

    fn type_name(&self, sql: &Writer<'_>, ty: &ColumnType) -> Code<Sql> {
        match ty {
            ColumnType::String { length: None } => code!("nvarchar(255)"),
            ColumnType::String { length: Some(length) } if *length <= 4000 => {
                code!("nvarchar(", (*length).max(1), ")")
            }
            ColumnType::String { .. }
            | ColumnType::Text
            | ColumnType::Json
            | ColumnType::Array(_)
            | ColumnType::Vector { .. } => code!("nvarchar(max)"),
            ColumnType::Integer(IntegerSize::Tiny | IntegerSize::Small) => code!("smallint"),
            ColumnType::Integer(IntegerSize::Regular) => code!("int"),
            ColumnType::Integer(IntegerSize::Big) => code!("bigint"),
            ColumnType::Decimal { precision, scale } => decimal(*precision, *scale),
            ColumnType::Float => code!("real"),
            ColumnType::Double => code!("float"),
            ColumnType::Boolean => code!("bit"),
            ColumnType::Date => code!("date"),
            ColumnType::Time => code!("time"),
            ColumnType::DateTime { zoned: true } => code!("datetimeoffset"),
            ColumnType::DateTime { zoned: false } => code!("datetime2"),
            ColumnType::Interval => code!("nvarchar(64)"),
            ColumnType::Uuid => code!("uniqueidentifier"),
            ColumnType::ObjectId => code!("char(24)"),
            ColumnType::Binary { length: Some(length) } if *length <= 8000 => {
                code!("varbinary(", (*length).max(1), ")")
            }
            ColumnType::Binary { .. } => code!("varbinary(max)"),
            ColumnType::GeoPoint => code!("geography"),
            ColumnType::Inet => code!("varchar(43)"),
            ColumnType::Enumeration(position) => match sql.schema.enumerations.get(*position) {
                Some(one) if !one.values.is_empty() => {
                    code!("nvarchar(", adapt::longest_value(&one.values).min(4000), ")")
                }
                Some(_) | None => code!("nvarchar(255)"),
            },
        }
    }

    fn column(&self, sql: &Writer<'_>, _: &Table, column: &Column) -> ColumnText {
        if let Some(generated) = &column.generated {
            let expression = ansi::in_parentheses(&generated.expression);
            let stored = match (generated.stored, column.nullable) {
                (true, true) => " PERSISTED",
                (true, false) => " PERSISTED NOT NULL",
                (false, _) => "",
            };
            let ty = code!("AS ", expression, stored);
            return ColumnText { ty, null: "", rest: Code::default() };
        }
        let mut text = ColumnText {
            ty: match &column.native_type {
                Some(spelling) => text::typed(spelling),
                None => self.type_name(sql, &column.ty),
            },
            null: if column.nullable { "NULL" } else { "NOT NULL" },
            rest: Code::default(),
        };
        if column.auto_increment {
            text.rest = code!("IDENTITY(1, 1)");
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
        let option = |key| table.extras.option("sqlserver", key);
        let mut storage = Storage::default();
        if let Some(name) = option("filegroup") {
            storage.options = code!(" ON ", self.quoted(name));
        }
        if let Some(way) = option("data_compression") {
            storage.options.push(" WITH (DATA_COMPRESSION = ");
            storage.options.push(text::typed(&way.to_uppercase()));
            storage.options.push(")");
        }
        storage
    }

    fn adapt(&self, schema: &mut Schema, notices: &mut Notices) {
        adapt::keep_rules(schema, notices, |rule| !matches!(rule, Rule::Pattern(_)));
        let is_large = |column: &Column| {
            matches!(column.ty, ColumnType::Json | ColumnType::GeoPoint | ColumnType::Vector { .. })
        };
        adapt::keep_keys(schema, notices, |column| !is_large(column));
        bound_key_texts(schema, notices);
        let why = "indexes over expressions, long texts or documents are left out";
        adapt::keep_indexes(schema, notices, why, |table, index| {
            matches!(index.kind, IndexKind::Ordered | IndexKind::Hash)
                && !adapt::has_expression(index)
                && !adapt::any_column(table, index, is_large)
        });
        let why = "hash indexes are trees";
        adapt::plain_indexes(schema, notices, why, |index| index.kind == IndexKind::Hash);
        let why = "SET NULL on required columns becomes NO ACTION";
        adapt::keep_actions(schema, notices, why, |table, key, action| {
            action != ReferentialAction::SetNull || !adapt::has_required_column(table, key)
        });
        for key in schema.tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
            for action in [&mut key.on_delete, &mut key.on_update] {
                if *action == ReferentialAction::Restrict {
                    *action = ReferentialAction::NoAction;
                }
            }
        }
        cascades::break_cycles(schema, notices);
        adapt::keep_auto_increment(schema, notices, |_, _| true);
        filter_uniques(schema, notices);
        adapt::report_updates(schema, notices);
        plain_notes(schema);
        if let Some(longest) = TRAITS.longest_notes {
            adapt::shorten_notes(schema, notices, longest);
        }
    }

    fn generated_value(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::ObjectId => "(lower(convert(char(24), crypt_gen_random(12), 2)))",
            ColumnType::String { .. } | ColumnType::Text => "(convert(nvarchar(36), newid()))",
            _ => "newid()",
        }
    }

    fn now(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::Date => "(convert(date, sysdatetime()))",
            ColumnType::Time => "(convert(time, sysdatetime()))",
            ColumnType::DateTime { zoned: true } => "sysdatetimeoffset()",
            _ => "sysdatetime()",
        }
    }

    fn rule(&self, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
        match rule {
            Rule::MinLength(length) => Some(code!("len(", column, ") >= ", length)),
            Rule::MaxLength(length) => Some(code!("len(", column, ") <= ", length)),
            Rule::Json => Some(code!("isjson(", column, ") = 1")),
            other => ansi::rule(self, column, other),
        }
    }
}

/// Notes become arguments, which must be constants: there such line breaks are blanks.
fn plain_notes(schema: &mut Schema) {
    adapt::change_notes(schema, |note, _| {
        if ends_batch(note) || note.contains("\\\n") {
            *note = note.replace('\n', " ");
        }
    });
}

fn decimal(precision: Option<u16>, scale: Option<u16>) -> Code<Sql> {
    let Some(precision) = precision.map(|precision| precision.clamp(1, 38)) else {
        return code!("decimal(38, 10)");
    };
    match scale {
        Some(scale) => code!("decimal(", precision, ", ", scale.min(precision), ")"),
        None => code!("decimal(", precision, ")"),
    }
}

/// Texts in keys and indexes have a length that a key can hold.
fn bound_key_texts(schema: &mut Schema, notices: &mut Notices) {
    let mut referenced: Vec<(usize, String)> = Vec::new();
    for key in schema.tables.iter().flat_map(|table| &table.foreign_keys) {
        referenced.extend(key.referenced_columns.iter().map(|name| (key.table, name.clone())));
    }
    for (position, table) in schema.tables.iter_mut().enumerate() {
        let keys = table.primary_key.iter().chain(&table.uniques).map(|key| key.columns.clone());
        let foreign = table.foreign_keys.iter().map(|key| key.columns.clone());
        let mut in_keys: Vec<String> = keys.chain(foreign).flatten().collect();
        for index in table.indexes.iter().filter(|index| index.kind != IndexKind::Text) {
            in_keys.extend(index.columns().into_iter().flatten().map(str::to_owned));
        }
        in_keys.extend(
            referenced.iter().filter(|(at, _)| *at == position).map(|(_, name)| name.clone()),
        );
        for column in &mut table.columns {
            let is_kept = column.generated.is_some() || !in_keys.contains(&column.name);
            if let Some(bounded) = bounded_in_key(column).filter(|_| !is_kept) {
                column.ty = bounded;
                column.native_type = None;
                let subject = format!("{}.{}", table.name.name, column.name);
                notices.warn("texts in keys hold 450 characters at most", subject);
            }
        }
    }
}

/// The type that a column has in a key, where its own is too long for any.
fn bounded_in_key(column: &Column) -> Option<ColumnType> {
    let of_text = Some(ColumnType::String { length: Some(KEY_LENGTH) });
    let of_bytes = Some(ColumnType::Binary { length: Some(2 * KEY_LENGTH) });
    let native = column.native_type.as_ref().map(|native| native.to_lowercase());
    match (native.as_deref(), &column.ty) {
        (Some("nvarchar(max)" | "varchar(max)" | "text" | "ntext"), _)
        | (None, ColumnType::Text) => of_text,
        (Some("varbinary(max)" | "image"), _) | (None, ColumnType::Binary { length: None }) => {
            of_bytes
        }
        (None, ColumnType::String { length: Some(length) }) if *length > KEY_LENGTH => of_text,
        _ => None,
    }
}

/// A unique constraint takes one row without a value only; a unique index over the rows that have
/// one is what is meant, unless a foreign key needs the constraint.
fn filter_uniques(schema: &mut Schema, notices: &mut Notices) {
    let mut referenced: Vec<(usize, Vec<String>)> = Vec::new();
    for key in schema.tables.iter().flat_map(|table| &table.foreign_keys) {
        referenced.push((key.table, key.referenced_columns.clone()));
    }
    for (position, table) in schema.tables.iter_mut().enumerate() {
        for key in std::mem::take(&mut table.uniques) {
            let optional: Vec<_> = key
                .columns
                .iter()
                .filter(|name| table.column(name).is_some_and(|column| column.nullable))
                .map(|name| code!(SqlServer.quoted(name), " IS NOT NULL"))
                .collect();
            let needed =
                referenced.iter().any(|(at, names)| *at == position && *names == key.columns);
            if optional.is_empty() || needed {
                table.uniques.push(key);
                continue;
            }
            notices.note("unique columns without a value are left out of their index", &key.name);
            let part = |name: String| TableIndexPart {
                on: IndexOn::Column(name),
                order: SortOrder::Ascending,
                prefix: None,
            };
            table.indexes.push(TableIndex {
                id: None,
                name: key.name,
                parts: key.columns.into_iter().map(part).collect(),
                kind: IndexKind::Ordered,
                unique: true,
                partial: Some(join(optional, " AND ").into()),
                note: String::new(),
            });
        }
    }
}
