//! Code that a person typed: it speaks of fields and entities by their names in the model, and gets
//! the names and quotes that the script has. What is plainly in another SQL's words is left out.
//!
//! Must not change anything but names; constants stay as they are.

use indexmap::IndexMap;

use crate::base::reserved::is_reserved;
use crate::formats::relational::notices::Notices;
use crate::formats::relational::schema::{
    ColumnOrigin, Condition, IndexOn, Schema, Table, TableOrigin,
};
use crate::formats::sql::dialect::Dialect;
use crate::model::Model;
use crate::model::field::DefaultValue;

/// Whether a line of the text would end a batch.
pub(super) fn ends_batch(text: &str) -> bool {
    let first_word = |line: &str| line.split_ascii_whitespace().next().map(str::to_lowercase);
    text.contains('\n') && text.split('\n').any(|line| first_word(line).as_deref() == Some("go"))
}

/// Names in the model and in the script.
type Names = IndexMap<String, String>;

/// Gives all code of a schema the names of the script.
pub(super) fn adapt_code(
    dialect: &dyn Dialect,
    model: &Model,
    schema: &mut Schema,
    quotes_always: bool,
    notices: &mut Notices,
) {
    let cx = Code { dialect, quotes_always, is_query: false };
    let mut everywhere = Names::new();
    for table in &mut schema.tables {
        let names = names_of(model, table);
        cx.adapt_table(table, &names, notices);
        everywhere.extend(names);
        if let TableOrigin::Entity(id) = table.origin
            && let Some(entity) = model.entity(id)
        {
            let known = entity.stored_name.as_ref().unwrap_or(&entity.name);
            everywhere.insert(known.clone(), table.name.name.clone());
        }
    }
    let mut flattened: Vec<_> = Vec::new();
    if !dialect.target().namespaces {
        flattened.extend(model.namespaces().map(|namespace| namespace.name.to_lowercase()));
    }
    schema.views.retain_mut(|view| {
        let speaks_of_namespace = words(&view.query).iter().any(|word| flattened.contains(word));
        let keep = !speaks_of_namespace && !cx.is_foreign(&view.query);
        if keep {
            view.query = Code { is_query: true, ..cx }.renamed(&view.query, &everywhere);
        } else {
            notices.warn("code in another SQL's words is left out", &view.name.name);
        }
        keep
    });
}

/// The names of fields, each with the column that holds it.
fn names_of(model: &Model, table: &Table) -> Names {
    let named = table.columns.iter().filter_map(|column| match column.origin {
        ColumnOrigin::Field(entity, field) => {
            let field = model.entity(entity)?.field(field)?;
            Some((field.name.clone(), column.name.clone()))
        }
        _ => Some((column.name.clone(), column.name.clone())),
    });
    named.collect()
}

#[derive(Clone, Copy)]
struct Code<'a> {
    dialect: &'a dyn Dialect,
    quotes_always: bool,
    /// Whether the code is a query, in which any reserved word is one.
    is_query: bool,
}

/// Words that are never names in a condition, not even of a field that is called so.
const KEYWORDS: &[&str] = &[
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "between",
    "case",
    "cast",
    "collate",
    "current_date",
    "current_time",
    "current_timestamp",
    "desc",
    "distinct",
    "else",
    "end",
    "escape",
    "exists",
    "false",
    "from",
    "ilike",
    "in",
    "is",
    "isnull",
    "like",
    "not",
    "notnull",
    "null",
    "or",
    "regexp",
    "rlike",
    "similar",
    "then",
    "true",
    "when",
];

impl Code<'_> {
    fn adapt_table(&self, table: &mut Table, names: &Names, notices: &mut Notices) {
        let name = table.name.name.clone();
        let mut lost = |what: &str| {
            notices.warn("code in another SQL's words is left out", format!("{name} ({what})"));
        };
        for column in &mut table.columns {
            if let Some(generated) =
                column.generated.take_if(|one| self.is_foreign(&one.expression))
            {
                lost(&generated.expression);
            }
            if let Some(generated) = &mut column.generated {
                generated.expression = self.renamed(&generated.expression, names);
            }
            let foreign = column.default.take_if(|default| match default {
                DefaultValue::Expression(text) => self.is_foreign(text),
                DefaultValue::Value(_) | DefaultValue::Now | DefaultValue::Generated => false,
            });
            if let Some(DefaultValue::Expression(text)) = foreign {
                lost(&text);
            }
            if let Some(DefaultValue::Expression(text)) = &mut column.default {
                *text = self.with_texts(text);
            }
        }
        table.checks.retain_mut(|check| {
            let Condition::Expression(_, text) = &mut check.condition else { return true };
            *text = self.renamed(text, names);
            let keep = !self.is_foreign(text);
            if !keep {
                lost(text);
            }
            keep
        });
        table.indexes.retain_mut(|index| {
            let expressions = index.parts.iter_mut().filter_map(|part| match &mut part.on {
                IndexOn::Expression(text) => Some(text),
                IndexOn::Column(_) => None,
            });
            let mut keep = true;
            for text in expressions.chain(&mut index.partial) {
                *text = self.renamed(text, names);
                if self.is_foreign(text) {
                    lost(text);
                    keep = false;
                }
            }
            keep
        });
    }

    /// Whether code has a line that ends it, or marks that the dialect does not know outside of
    /// constants.
    fn is_foreign(&self, text: &str) -> bool {
        if self.dialect.traits().batches && ends_batch(text) {
            return true;
        }
        let code = pieces(text).filter(|piece| !is_quoted(piece)).collect::<String>();
        let code = code.to_lowercase();
        self.dialect.traits().foreign_marks.iter().any(|mark| code.contains(mark))
    }

    /// The text with every name that is known as the script writes it.
    fn renamed(&self, text: &str, names: &Names) -> String {
        let mut at = 0;
        let mut result = String::new();
        for piece in pieces(text) {
            at += piece.len();
            result.push_str(&self.piece(piece, text.get(at..).unwrap_or_default(), names));
        }
        result
    }

    /// A default with what the dialect takes for texts in the quotes of texts everywhere: it speaks
    /// of no columns.
    fn with_texts(&self, text: &str) -> String {
        if !self.dialect.reading().has_double_quoted_texts() {
            return text.to_owned();
        }
        let single = |piece: &str| match piece.strip_prefix('"').and_then(|p| p.strip_suffix('"')) {
            Some(inside) => self.dialect.string(&inside.replace("\"\"", "\"")).into(),
            None => piece.to_owned(),
        };
        pieces(text).map(single).collect()
    }

    fn piece(&self, piece: &str, after: &str, names: &Names) -> String {
        let first = piece.chars().next().unwrap_or_default();
        let inside = || piece.get(1..piece.len().saturating_sub(1)).unwrap_or_default();
        match first {
            '"' | '`' => {
                let quote = first.to_string();
                let name = inside().replace(&quote.repeat(2), &quote);
                self.written(find(names, &name).unwrap_or(&name))
            }
            '[' if piece.len() > 1 => {
                let name = inside().replace("]]", "]");
                self.written(find(names, &name).unwrap_or(&name))
            }
            c if is_word(c) && !c.is_ascii_digit() && !after.starts_with(['(', '\'']) => {
                match find(names, piece).filter(|_| !self.is_keyword(piece)) {
                    Some(name) => self.written(name),
                    None => piece.to_owned(),
                }
            }
            _ => piece.to_owned(),
        }
    }

    fn is_keyword(&self, word: &str) -> bool {
        let id = self.dialect.target().id();
        KEYWORDS.contains(&word.to_lowercase().as_str())
            || (self.is_query && (is_reserved(word, id) || is_reserved(word, "postgres")))
    }

    fn written(&self, name: &str) -> String {
        if !self.quotes_always && self.dialect.is_bare(name) {
            name.to_owned()
        } else {
            self.dialect.quoted(name).into()
        }
    }
}

/// The name in the script of what is called so in the model, by the same letters if possible.
fn find<'a>(names: &'a Names, name: &str) -> Option<&'a String> {
    let lower = || name.to_lowercase();
    names.get(name).or_else(|| {
        let lower = lower();
        names.iter().find(|(known, _)| known.to_lowercase() == lower).map(|(_, to)| to)
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Words, quoted names and texts, and the characters between them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (before, rest) = text.split_at_checked(at)?;
        let length = match rest.chars().next()? {
            '\'' => quoted_length(rest, '\''),
            quote @ ('"' | '`') => quoted_length(rest, quote),
            '[' if is_bracketed_name(before, rest) => quoted_length(rest, ']'),
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        at += length;
        rest.get(..length)
    })
}

/// Whether a piece is a name or a text in quotes.
fn is_quoted(piece: &str) -> bool {
    piece.starts_with(['\'', '"', '`']) || (piece.starts_with('[') && piece.len() > 1)
}

/// The length of what begins with a quote, the closing one included; doubled ones are inside.
fn quoted_length(text: &str, close: char) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == close && chars.next_if(|(_, next)| *next == close).is_none() {
            return at + c.len_utf8();
        }
    }
    text.len()
}

/// Whether a bracket begins a name of SQL Server, not a subscript or an array.
fn is_bracketed_name(before: &str, text: &str) -> bool {
    let follows_value = before.ends_with(|c: char| is_word(c) || matches!(c, ')' | ']'));
    let begins_name = text.chars().nth(1).is_some_and(|c| c.is_alphabetic() || c == '_');
    !follows_value && begins_name
}

fn words(text: &str) -> Vec<String> {
    text.split(|c| !is_word(c)).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::sql::dialects::{MYSQL, POSTGRES, SQL_SERVER};

    fn renamed(dialect: &dyn Dialect, text: &str) -> String {
        let names = [("unitPrice", "unitPrice"), ("total", "total_amount"), ("order", "order")];
        let names = names.map(|(from, to)| (from.to_owned(), to.to_owned())).into();
        Code { dialect, quotes_always: false, is_query: false }.renamed(text, &names)
    }

    #[test]
    fn names_are_written_as_the_dialect_needs_them() {
        assert_eq!(renamed(POSTGRES, "unitPrice > 0"), "\"unitPrice\" > 0");
        assert_eq!(renamed(POSTGRES, "[unitPrice] > `total`"), "\"unitPrice\" > total_amount");
        assert_eq!(
            renamed(MYSQL, "lower(\"order\") = 'unitPrice'"),
            "lower(`order`) = 'unitPrice'"
        );
        assert_eq!(renamed(SQL_SERVER, "total(total) + tags[1]"), "total(total_amount) + tags[1]");
        assert_eq!(renamed(POSTGRES, "ARRAY['a', 'it''s']"), "ARRAY['a', 'it''s']");
    }

    #[test]
    fn code_of_another_dialect_is_told() {
        let code = |dialect| Code { dialect, quotes_always: false, is_query: false };
        assert!(code(MYSQL).is_foreign("a::text = b") && !code(POSTGRES).is_foreign("a::text = b"));
        assert!(!code(MYSQL).is_foreign("a = '::'"));
    }
}
