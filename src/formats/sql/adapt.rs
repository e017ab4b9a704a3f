//! Changes to a schema that several dialects need before they write it.
//!
//! Must not know any dialect by name; each calls what it needs.

use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    Column, ColumnType, Condition, ForeignKey, IndexOn, Rule, Schema, Table, TableIndex, UniqueKey,
};
use crate::formats::relational::types_agree;
use crate::formats::sql::dialect::Dialect;
use crate::formats::sql::import;
use crate::formats::sql::native_type::is_type_spelling;
use crate::model::field::{DefaultValue, Literal};
use crate::model::index::IndexKind;
use crate::model::reference::ReferentialAction;

/// Drops spellings of types that are not only a type.
pub(super) fn check_native_types(schema: &mut Schema, notices: &mut Notices) {
    for table in &mut schema.tables {
        for column in &mut table.columns {
            // A line break in a type could begin a line that means something to a client.
            let refused = column
                .native_type
                .take_if(|spelling| !is_type_spelling(spelling) || spelling.contains(['\n', '\r']));
            if refused.is_some() {
                let subject = format!("{}.{}", table.name.name, column.name);
                notices.warn("native types that are not only a type are left out", subject);
            }
        }
    }
}

/// Defaults of columns with a type of people's choice say what that type makes of them: texts that
/// are numbers or truth values to it are bare, and the moment or a generated value is an expression
/// where it knows neither.
pub(super) fn settle_defaults(dialect: &dyn Dialect, schema: &mut Schema) {
    for column in schema.tables.iter_mut().flat_map(|table| &mut table.columns) {
        let (Some(spelling), Some(default)) = (&column.native_type, &column.default) else {
            continue;
        };
        let expression = match default {
            DefaultValue::Value(Literal::Text(text)) => {
                match import::constant_of(dialect, text, spelling) {
                    Literal::Number(number) => Some(number.as_str().to_owned()),
                    Literal::Boolean(value) => Some(value.to_string()),
                    _ => None,
                }
            }
            DefaultValue::Now | DefaultValue::Generated => {
                let text = String::from(dialect.default_value(default, &column.ty));
                let is_known =
                    import::default_of(dialect, &text, spelling).as_ref() == Some(default);
                (!is_known).then_some(text)
            }
            DefaultValue::Value(_) | DefaultValue::Expression(_) => None,
        };
        if let Some(expression) = expression {
            column.default = Some(DefaultValue::Expression(expression));
        }
    }
}

/// Drops rules that cannot be said, and checks that have none left.
pub(super) fn keep_rules(schema: &mut Schema, notices: &mut Notices, can: impl Fn(&Rule) -> bool) {
    for table in &mut schema.tables {
        for check in &mut table.checks {
            let Condition::Rules { column, rules } = &mut check.condition else { continue };
            let before = rules.len();
            rules.retain(&can);
            if rules.len() < before {
                let subject = format!("{}.{column}", table.name.name);
                notices.warn("patterns cannot be checked", subject);
            }
        }
        table.checks.retain(|check| match &check.condition {
            Condition::Rules { rules, .. } => !rules.is_empty(),
            Condition::Expression(..) => true,
        });
    }
}

/// Drops indexes that cannot be made.
pub(super) fn keep_indexes(
    schema: &mut Schema,
    notices: &mut Notices,
    reason: &str,
    can: impl Fn(&Table, &TableIndex) -> bool,
) {
    for table in &mut schema.tables {
        let mut indexes = std::mem::take(&mut table.indexes);
        indexes.retain(|index| {
            let keep = can(table, index);
            if !keep {
                notices.warn(reason, format!("{} on {}", index.name, table.name.name));
            }
            keep
        });
        table.indexes = indexes;
    }
}

/// Makes plain trees of indexes of that kind.
pub(super) fn plain_indexes(
    schema: &mut Schema,
    notices: &mut Notices,
    reason: &str,
    is_other: impl Fn(&TableIndex) -> bool,
) {
    for table in &mut schema.tables {
        for index in table.indexes.iter_mut().filter(|index| is_other(index)) {
            index.kind = IndexKind::Ordered;
            notices.note(reason, format!("{} on {}", index.name, table.name.name));
        }
    }
}

/// Drops keys over columns that cannot be compared.
pub(super) fn keep_keys(schema: &mut Schema, notices: &mut Notices, can: impl Fn(&Column) -> bool) {
    for table in &mut schema.tables {
        let columns = &table.columns;
        let table_name = &table.name.name;
        let comparable =
            |name: &String| columns.iter().find(|column| column.name == *name).is_none_or(&can);
        let mut keep = |key: &UniqueKey| {
            let keep = key.columns.iter().all(comparable);
            if !keep {
                let why = "unique columns of a type that cannot be compared are not checked";
                notices.warn(why, format!("{table_name}.{}", key.columns.join("+")));
            }
            keep
        };
        table.primary_key.take_if(|key| !keep(key));
        table.uniques.retain(keep);
    }
}

/// Whether all parts are plain columns for which `holds`.
pub(super) fn all_columns(
    table: &Table,
    index: &TableIndex,
    holds: impl Fn(&Column) -> bool,
) -> bool {
    index.parts.iter().all(|part| match &part.on {
        IndexOn::Column(name) => table.column(name).is_some_and(&holds),
        IndexOn::Expression(_) => false,
    })
}

/// Whether any part is a column for which `holds`.
pub(super) fn any_column(
    table: &Table,
    index: &TableIndex,
    holds: impl Fn(&Column) -> bool,
) -> bool {
    index.parts.iter().any(|part| match &part.on {
        IndexOn::Column(name) => table.column(name).is_some_and(&holds),
        IndexOn::Expression(_) => false,
    })
}

/// Whether any part is an expression.
pub(super) fn has_expression(index: &TableIndex) -> bool {
    index.parts.iter().any(|part| matches!(part.on, IndexOn::Expression(_)))
}

/// Whether a column holds text.
pub(super) fn is_text(column: &Column) -> bool {
    matches!(column.ty, ColumnType::String { .. } | ColumnType::Text)
}

/// Replaces actions that the engine refuses by none.
pub(super) fn keep_actions(
    schema: &mut Schema,
    notices: &mut Notices,
    reason: &str,
    can: impl Fn(&Table, &ForeignKey, ReferentialAction) -> bool,
) {
    for table in &mut schema.tables {
        let mut keys = std::mem::take(&mut table.foreign_keys);
        for key in &mut keys {
            let [can_delete, can_update] =
                [key.on_delete, key.on_update].map(|action| can(table, key, action));
            if !can_delete {
                key.on_delete = ReferentialAction::NoAction;
            }
            if !can_update {
                key.on_update = ReferentialAction::NoAction;
            }
            if !can_delete || !can_update {
                notices.warn(reason, format!("{}.{}", table.name.name, key.columns.join("+")));
            }
        }
        table.foreign_keys = keys;
    }
}

/// Whether a foreign key has a column that must have a value.
pub(super) fn has_required_column(table: &Table, key: &ForeignKey) -> bool {
    key.columns.iter().filter_map(|name| table.column(name)).any(|column| !column.nullable)
}

/// Changes the text of every note on tables and on anything else.
pub(super) fn change_notes(schema: &mut Schema, mut change: impl FnMut(&mut String, bool)) {
    for table in &mut schema.tables {
        change(&mut table.note, true);
        for column in &mut table.columns {
            change(&mut column.note, false);
        }
        for index in &mut table.indexes {
            change(&mut index.note, false);
        }
        for check in &mut table.checks {
            change(&mut check.note, false);
        }
        for key in &mut table.foreign_keys {
            change(&mut key.note, false);
        }
    }
    for namespace in &mut schema.namespaces {
        change(&mut namespace.note, true);
    }
    for enumeration in &mut schema.enumerations {
        change(&mut enumeration.note, false);
    }
    for view in &mut schema.views {
        change(&mut view.note, true);
    }
}

/// Cuts notes at the longest that the engine keeps.
pub(super) fn shorten_notes(
    schema: &mut Schema,
    notices: &mut Notices,
    [of_table, of_other]: [usize; 2],
) {
    change_notes(schema, |note, is_table| {
        let most = if is_table { of_table } else { of_other };
        if let Some((end, _)) = note.char_indices().nth(most) {
            let start: String = note.chars().take(30).collect();
            notices.warn("notes that are too long are cut", format!("{start:?}"));
            note.truncate(end);
        }
    });
}

/// Counting up goes only where the engine allows it; `can` says so.
pub(super) fn keep_auto_increment(
    schema: &mut Schema,
    notices: &mut Notices,
    can: impl Fn(&Table, &Column) -> bool,
) {
    for table in &mut schema.tables {
        let mut columns = std::mem::take(&mut table.columns);
        let mut has_one = false;
        for column in columns.iter_mut().filter(|column| column.auto_increment) {
            if has_one || !can(table, column) {
                column.auto_increment = false;
                let subject = format!("{}.{}", table.name.name, column.name);
                notices.warn("columns that cannot be counted up here are plain", subject);
            }
            has_one |= column.auto_increment;
        }
        table.columns = columns;
    }
}

/// Says that the moment of the last change is the application's business.
pub(super) fn report_updates(schema: &Schema, notices: &mut Notices) {
    for table in &schema.tables {
        for column in table.columns.iter().filter(|column| column.updated_on_change) {
            let subject = format!("{}.{}", table.name.name, column.name);
            notices.note("the application keeps the moment of the last change", subject);
        }
    }
}

/// The length of a text column that holds the values of an enumeration.
pub(super) fn longest_value(values: &[String]) -> usize {
    values.iter().map(|value| value.chars().count()).max().unwrap_or(255).max(1)
}

/// Drops references for which the referencing and the referenced table cannot be joined.
pub(super) fn keep_references(
    schema: &mut Schema,
    notices: &mut Notices,
    reason: &str,
    can: impl Fn(&Table, &Table, &ForeignKey) -> bool,
) {
    let kept = |table: &Table| {
        let keys = table.foreign_keys.iter();
        let is_kept = |key: &ForeignKey| {
            schema.tables.get(key.table).is_none_or(|referenced| can(table, referenced, key))
        };
        keys.map(is_kept).collect::<Vec<_>>()
    };
    let kept: Vec<Vec<bool>> = schema.tables.iter().map(kept).collect();
    for (table, kept) in schema.tables.iter_mut().zip(kept) {
        let name = &table.name.name;
        let mut kept = kept.into_iter();
        table.foreign_keys.retain(|key| {
            let keep = kept.next().unwrap_or(true);
            if !keep {
                notices.warn(reason, format!("{name}.{}", key.columns.join("+")));
            }
            keep
        });
    }
}

/// Drops foreign keys between columns whose types of people's choice contradict each other, which
/// the types of their fields do not show.
pub(super) fn keep_agreeing_references(
    dialect: &dyn Dialect,
    schema: &mut Schema,
    notices: &mut Notices,
) {
    let spelled = |column: &Column| {
        let known = column.native_type.as_ref().and_then(|text| import::known_type(dialect, text));
        known.unwrap_or_else(|| column.ty.clone())
    };
    let agree = |from: &Column, to: &Column| {
        let types = dialect.target().reference_types;
        from.native_type == to.native_type || types_agree(types, &spelled(from), &spelled(to))
    };
    let reason = "columns of contradictory native types cannot reference: references are left out";
    keep_references(schema, notices, reason, |from, to, key| {
        let mut pairs = key.columns.iter().zip(&key.referenced_columns);
        pairs.all(|(own, other)| match (from.column(own), to.column(other)) {
            (Some(own), Some(other)) => agree(own, other),
            _ => true,
        })
    });
}

/// Drops foreign keys whose referenced columns are unique no longer.
pub(super) fn drop_dangling_references(schema: &mut Schema, notices: &mut Notices) {
    let unique: Vec<Vec<Vec<String>>> = schema.tables.iter().map(unique_lists).collect();
    for table in &mut schema.tables {
        let name = &table.name.name;
        table.foreign_keys.retain(|key| {
            let lists = unique.get(key.table).map(Vec::as_slice).unwrap_or_default();
            let keep = lists.contains(&key.referenced_columns);
            if !keep {
                let subject = format!("{name}.{}", key.columns.join("+"));
                notices.warn("references to columns that are not unique are left out", subject);
            }
            keep
        });
    }
}

fn unique_lists(table: &Table) -> Vec<Vec<String>> {
    let keys = table.primary_key.iter().chain(&table.uniques).map(|key| key.columns.clone());
    let indexes = table
        .indexes
        .iter()
        .filter(|index| index.unique && index.partial.is_none())
        .filter_map(TableIndex::columns)
        .map(|names| names.into_iter().map(str::to_owned).collect());
    keys.chain(indexes).collect()
}
