//! How MySQL and its relatives write scripts; what they differ in is data.

use crate::formats::FormatInfo;
use crate::formats::code::{Code, code, join};
use crate::formats::relational::naming::NameSet;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnType, Condition, ForeignKey, Rule, Schema, Table, TableIndex,
};
use crate::formats::relational::target::Target;
use crate::formats::sql::adapt;
use crate::formats::sql::dialect::{ColumnText, Dialect, Traits};
use crate::formats::sql::dialects::{ansi, mysql_definition, mysql_keys, mysql_storage};
use crate::formats::sql::import::readings::Reading;
use crate::formats::sql::storage::Storage;
use crate::formats::sql::text::{self, Sql};
use crate::formats::sql::writer::Writer;
use crate::model::data_type::IntegerSize;
use crate::model::field::{DefaultValue, Literal};
use crate::model::index::IndexKind;
use crate::model::reference::ReferentialAction;

/// MySQL or a relative; what they differ in is data.
#[derive(Debug)]
pub(super) struct Family {
    /// What it is as an export target.
    pub(super) info: &'static FormatInfo,
    /// What it can hold.
    pub(super) target: &'static Target,
    /// How its scripts look.
    pub(super) traits: &'static Traits,
    /// How it is read.
    pub(super) reading: &'static Reading,
    /// How it spells a UUID.
    pub(super) uuid: &'static str,
    /// The condition that a column, given first, matches a pattern, given as a constant.
    pub(super) matches: fn(&Code<Sql>, Code<Sql>) -> Code<Sql>,
    /// What stands before a pattern in that constant.
    pub(super) pattern_prefix: &'static str,
    /// Whether indexes can be over expressions.
    pub(super) expression_indexes: bool,
    /// Whether generated columns can be `NOT NULL`.
    pub(super) generated_not_null: bool,
    /// Whether columns that a foreign key changes may stand in checks.
    pub(super) checks_changing_columns: bool,
    /// Parts of names of engines and collations that only the relative has.
    pub(super) foreign_storage: &'static [&'static str],
}

/// The current moment where a column does not say how many digits it keeps.
const NOW: &str = "CURRENT_TIMESTAMP(6)";
/// The longest `varchar` and `varbinary` that leave room for other columns.
const LONGEST_VARCHAR: u32 = 16_000;

impl Dialect for Family {
    fn info(&self) -> &'static FormatInfo {
        self.info
    }

    fn target(&self) -> &'static Target {
        self.target
    }

    fn traits(&self) -> &'static Traits {
        self.traits
    }

    fn reading(&self) -> &'static Reading {
        self.reading
    }

    fn quoting(&self) -> &dyn Dialect {
        self
    }

    /// Scripts for one of the two are often given to the other, and MariaDB keeps more words.
    fn is_bare(&self, name: &str) -> bool {
        ansi::is_bare(name, "mariadb")
    }

    fn quoted(&self, name: &str) -> Code<Sql> {
        text::quoted(['`'; 2], name)
    }

    fn string(&self, text: &str) -> Code<Sql> {
        text::string_with_escapes(text)
    }

    fn type_name(&self, sql: &Writer<'_>, ty: &ColumnType) -> Code<Sql> {
        match ty {
            ColumnType::String { length: None } => code!("varchar(255)"),
            ColumnType::String { length: Some(length) } if *length <= LONGEST_VARCHAR => {
                code!("varchar(", (*length).max(1), ")")
            }
            ColumnType::String { .. } | ColumnType::Text => code!("longtext"),
            ColumnType::Integer(IntegerSize::Tiny) => code!("tinyint"),
            ColumnType::Integer(IntegerSize::Small) => code!("smallint"),
            ColumnType::Integer(IntegerSize::Regular) => code!("int"),
            ColumnType::Integer(IntegerSize::Big) => code!("bigint"),
            ColumnType::Decimal { precision, scale } => decimal(*precision, *scale),
            ColumnType::Float => code!("float"),
            ColumnType::Double => code!("double"),
            ColumnType::Boolean => code!("boolean"),
            ColumnType::Date => code!("date"),
            ColumnType::Time => code!("time(6)"),
            ColumnType::DateTime { zoned: true } => code!("timestamp(6)"),
            ColumnType::DateTime { zoned: false } => code!("datetime(6)"),
            ColumnType::Interval => code!("varchar(64)"),
            ColumnType::Uuid => code!(self.uuid),
            ColumnType::ObjectId => code!("char(24)"),
            ColumnType::Binary { length: Some(length) } if *length <= LONGEST_VARCHAR => {
                code!("varbinary(", (*length).max(1), ")")
            }
            ColumnType::Binary { .. } => code!("longblob"),
            ColumnType::Json | ColumnType::Vector { .. } | ColumnType::Array(_) => {
                code!("json")
            }
            ColumnType::GeoPoint => code!("point"),
            ColumnType::Inet => code!("varchar(43)"),
            ColumnType::Enumeration(position) => enumeration(sql, *position),
        }
    }

    fn column(&self, sql: &Writer<'_>, _: &Table, column: &Column) -> ColumnText {
        let is_moment = column.ty == ColumnType::DateTime { zoned: true };
        let null = match column.nullable {
            false => "NOT NULL",
            true if is_moment && column.generated.is_none() => "NULL",
            true => "",
        };
        let mut text = ColumnText { ty: Code::default(), null, rest: Code::default() };
        text.ty = match &column.native_type {
            Some(spelling) => text::typed(spelling),
            None => self.type_name(sql, &column.ty),
        };
        let mut rest = Vec::new();
        if let Some(generated) = &column.generated {
            let expression = ansi::in_parentheses(&generated.expression);
            let stored = if generated.stored { "STORED" } else { "VIRTUAL" };
            rest.push(code!("GENERATED ALWAYS AS ", expression, " ", stored));
            if self.generated_not_null && !column.nullable {
                rest.push(code!("NOT NULL"));
            }
            text.null = "";
        } else if column.auto_increment {
            rest.push(code!("AUTO_INCREMENT"));
        } else if let Some(default) = &column.default {
            rest.push(code!("DEFAULT ", self.settled_default(default, &column.ty, &text.ty)));
        }
        if column.updated_on_change {
            rest.push(code!("ON UPDATE ", current_timestamp(&text.ty)));
        }
        if !column.note.is_empty() {
            rest.push(code!("COMMENT ", self.string(&column.note)));
        }
        text.rest = join(rest, " ");
        text
    }

    fn index(&self, sql: &Writer<'_>, _: &Table, index: &TableIndex) -> Code<Sql> {
        let kind = match index.kind {
            IndexKind::Ordered | IndexKind::Hash if index.unique => "UNIQUE INDEX",
            IndexKind::Ordered | IndexKind::Hash => "INDEX",
            IndexKind::Text => "FULLTEXT INDEX",
            IndexKind::Geo => "SPATIAL INDEX",
        };
        let comment = match index.note.as_str() {
            "" => None,
            note => Some(code!(" COMMENT ", self.string(note))),
        };
        let parts = ansi::index_parts(sql, &index.parts);
        code!(kind, " ", sql.name(&index.name), " (", parts, ")", comment)
    }

    fn storage(&self, _: &Writer<'_>, table: &Table) -> Storage {
        mysql_storage::storage(self.target.id(), table)
    }

    fn adapt(&self, schema: &mut Schema, notices: &mut Notices) {
        mysql_storage::adapt(self.target.id(), self.foreign_storage, schema, notices);
        adapt::keep_rules(schema, notices, |rule| *rule != Rule::Json);
        self.adapt_indexes(schema, notices);
        replace_emoji(schema, notices);
        if let Some(longest) = self.traits.longest_notes {
            adapt::shorten_notes(schema, notices, longest);
        }
        mysql_definition::fit(self, schema, notices);
        mysql_keys::fit(schema, notices);
        self.adapt_references(schema, notices);
        adapt::keep_auto_increment(schema, notices, is_first_of_key);
        for column in schema.tables.iter_mut().flat_map(|table| &mut table.columns) {
            column.default.take_if(|default| is_before_or_after_epoch(default, &column.ty));
        }
    }

    fn generated_value(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::ObjectId => "(left(replace(uuid(), '-', ''), 24))",
            _ => "(uuid())",
        }
    }

    fn now(&self, ty: &ColumnType) -> &'static str {
        match ty {
            ColumnType::Date => "(CURRENT_DATE)",
            ColumnType::Time => "(CURRENT_TIME)",
            _ => NOW,
        }
    }

    fn default_value(&self, default: &DefaultValue, ty: &ColumnType) -> Code<Sql> {
        match default {
            DefaultValue::Value(Literal::Text(text))
                if matches!(ty, ColumnType::DateTime { .. }) =>
            {
                self.string(&text.trim_end_matches('Z').replace('T', " "))
            }
            other => ansi::default_value(self, other, ty),
        }
    }

    fn rule(&self, column: &Code<Sql>, rule: &Rule) -> Option<Code<Sql>> {
        match rule {
            Rule::Pattern(pattern) => {
                let pattern = self.string(&format!("{}{pattern}", self.pattern_prefix));
                Some((self.matches)(column, pattern))
            }
            other => ansi::rule(self, column, other),
        }
    }
}

impl Family {
    /// A default as a type of that spelling takes it.
    fn settled_default(
        &self,
        default: &DefaultValue,
        ty: &ColumnType,
        spelling: &Code<Sql>,
    ) -> Code<Sql> {
        let moment = current_timestamp(spelling);
        match default {
            DefaultValue::Expression(text) => {
                let text = text.replace(NOW, moment.as_str());
                apart(self.default_value(&DefaultValue::Expression(text), ty), spelling)
            }
            other => match self.default_value(other, ty) {
                now if now == NOW => moment,
                value => apart(value, spelling),
            },
        }
    }

    fn adapt_indexes(&self, schema: &mut Schema, notices: &mut Notices) {
        if !self.expression_indexes {
            let why = "indexes over expressions are left out";
            adapt::keep_indexes(schema, notices, why, |_, index| !adapt::has_expression(index));
        }
        let why = "unique indexes over some rows only are left out";
        adapt::keep_indexes(schema, notices, why, |_, index| {
            index.partial.is_none() || !index.unique
        });
        for table in &mut schema.tables {
            for index in &mut table.indexes {
                if index.partial.take().is_some() {
                    let subject = format!("{} on {}", index.name, table.name.name);
                    notices.note("indexes over some rows are over all rows", subject);
                }
            }
        }
        adapt::keep_indexes(
            schema,
            notices,
            "indexes of a kind that does not fit their columns are left out",
            |table, index| match index.kind {
                IndexKind::Geo => {
                    index.parts.len() == 1
                        && !index.unique
                        && adapt::all_columns(table, index, |column| {
                            column.ty == ColumnType::GeoPoint && !column.nullable
                        })
                }
                IndexKind::Text => {
                    !index.unique && adapt::all_columns(table, index, adapt::is_text)
                }
                IndexKind::Ordered | IndexKind::Hash => true,
            },
        );
        let why = "hash indexes are trees";
        adapt::plain_indexes(schema, notices, why, |index| index.kind == IndexKind::Hash);
    }

    fn adapt_references(&self, schema: &mut Schema, notices: &mut Notices) {
        let why = "SET DEFAULT is not enforced and becomes NO ACTION";
        adapt::keep_actions(schema, notices, why, |_, _, action| {
            action != ReferentialAction::SetDefault
        });
        let why = "SET NULL on required columns becomes NO ACTION";
        adapt::keep_actions(schema, notices, why, |table, key, action| {
            action != ReferentialAction::SetNull || !adapt::has_required_column(table, key)
        });
        if self.checks_changing_columns {
            return;
        }
        for table in &mut schema.tables {
            let changing = changing_columns(&table.foreign_keys);
            table.checks.retain(|check| {
                let is_free = !changing.iter().any(|name| mentions(&check.condition, name));
                if !is_free {
                    let subject = format!("{} on {}", check.name, table.name.name);
                    notices
                        .warn("checks of columns that a reference changes are left out", subject);
                }
                is_free
            });
        }
    }
}

/// Columns that an action on a referenced row changes.
fn changing_columns(keys: &[ForeignKey]) -> Vec<String> {
    let changes = |key: &&ForeignKey| {
        key.on_delete == ReferentialAction::SetNull
            || matches!(key.on_update, ReferentialAction::SetNull | ReferentialAction::Cascade)
    };
    keys.iter().filter(changes).flat_map(|key| key.columns.clone()).collect()
}

/// Whether a condition speaks of a column, or may.
fn mentions(condition: &Condition, name: &str) -> bool {
    match condition {
        Condition::Rules { column, .. } => column == name,
        Condition::Expression(_, text) => text.to_lowercase().contains(&name.to_lowercase()),
    }
}

/// An auto-increment column must lead a key.
pub(super) fn is_first_of_key(table: &Table, column: &Column) -> bool {
    let keys = table.primary_key.iter().chain(&table.uniques).map(|key| key.columns.first());
    let mut keys = keys.flatten();
    let in_key = keys.any(|name| *name == column.name);
    in_key
        || table.indexes.iter().any(|index| {
            index
                .columns()
                .is_some_and(|names| names.first().is_some_and(|name| *name == column.name))
        })
}

/// Whether a constant lies outside of what `timestamp` holds.
fn is_before_or_after_epoch(default: &DefaultValue, ty: &ColumnType) -> bool {
    let DefaultValue::Value(Literal::Text(text)) = default else { return false };
    let year = text.get(..4).and_then(|year| year.parse::<u32>().ok());
    *ty == ColumnType::DateTime { zoned: true }
        && year.is_none_or(|year| !(1971..=2037).contains(&year))
}

/// Notes are kept without characters beyond the basic plane.
fn replace_emoji(schema: &mut Schema, notices: &mut Notices) {
    adapt::change_notes(schema, |note, _| {
        if note.chars().any(|c| u32::from(c) > 0xffff) {
            let start: String = note.chars().take(30).collect();
            notices.warn("emoji in notes are replaced", format!("{start:?}"));
            *note =
                note.chars().map(|c| if u32::from(c) > 0xffff { '\u{fffd}' } else { c }).collect();
        }
    });
}

/// A default as a type of that spelling takes it: MySQL stores some values apart from their row, and
/// their default must be an expression.
fn apart(default: Code<Sql>, ty: &Code<Sql>) -> Code<Sql> {
    let first = ty.as_str().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let first = first.to_ascii_lowercase();
    let is_apart = first.ends_with("text")
        || first.ends_with("blob")
        || matches!(first.as_str(), "json" | "point" | "geometry");
    if is_apart && default != "NULL" { ansi::enclosed(default) } else { default }
}

/// The current moment with as many digits as the type has, which the engine wants here too.
fn current_timestamp(ty: &Code<Sql>) -> Code<Sql> {
    let (_, arguments) = ty.as_str().split_once('(').unwrap_or_default();
    let digits = arguments.split(')').next().and_then(|digits| digits.trim().parse::<u16>().ok());
    code!("CURRENT_TIMESTAMP", digits.map(|digits| code!("(", digits, ")")))
}

fn decimal(precision: Option<u16>, scale: Option<u16>) -> Code<Sql> {
    let Some(precision) = precision.map(|precision| precision.clamp(1, 65)) else {
        return code!("decimal(65, 30)");
    };
    match scale {
        Some(scale) => code!("decimal(", precision, ", ", scale.min(precision).min(30), ")"),
        None => code!("decimal(", precision, ")"),
    }
}

/// `ENUM (…)`; values that differ only by case or accent need a comparison that sees it.
fn enumeration(sql: &Writer<'_>, position: usize) -> Code<Sql> {
    let Some(enumeration) = sql.schema.enumerations.get(position) else {
        return code!("varchar(255)");
    };
    if enumeration.checked {
        let longest = adapt::longest_value(&enumeration.values);
        let fits = u32::try_from(longest).is_ok_and(|longest| longest <= LONGEST_VARCHAR);
        return if fits { code!("varchar(", longest, ")") } else { code!("longtext") };
    }
    let mut names = NameSet::default();
    let alike = enumeration.values.iter().any(|value| !names.take(value));
    let collation = if alike { " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" } else { "" };
    code!("enum(", sql.strings(&enumeration.values), ")", collation)
}
