//! Code that a person typed speaks of names as the model has them. Where a name is another in the
//! tables, such code would break the script and is left out.

use indexmap::IndexSet;

use crate::formats::relational::lower::Lowering;
use crate::formats::relational::schema::{Condition, IndexOn, Table};
use crate::model::field::DefaultValue;

/// Leaves out every expression and view that speaks of a renamed table or column.
pub(super) fn drop_stale_code(lowering: &mut Lowering<'_>) {
    if lowering.renamed.is_empty() {
        return;
    }
    let renamed = std::mem::take(&mut lowering.renamed);
    let is_stale = |text: &str| mentions_any(text, &renamed);
    let mut stale = Vec::new();
    for draft in &mut lowering.drafts {
        drop_from_table(&mut draft.table, is_stale, &mut stale);
    }
    lowering.schema.views.retain(|view| {
        let keep = !is_stale(&view.query);
        if !keep {
            stale.push(view.name.name.clone());
        }
        keep
    });
    for subject in stale {
        let why = "code that speaks of names that are others here is left out";
        lowering.notices.warn(why, subject);
    }
}

fn drop_from_table(table: &mut Table, is_stale: impl Fn(&str) -> bool, stale: &mut Vec<String>) {
    let name = table.name.name.clone();
    for column in &mut table.columns {
        let generated = column.generated.take_if(|one| is_stale(&one.expression)).is_some();
        let default = column.default.take_if(|default| match default {
            DefaultValue::Expression(text) => is_stale(text),
            DefaultValue::Value(_) | DefaultValue::Now | DefaultValue::Generated => false,
        });
        if generated || default.is_some() {
            stale.push(format!("{name}.{}", column.name));
        }
    }
    let kept = |text: &str, stale: &mut Vec<String>| {
        let keep = !is_stale(text);
        if !keep {
            stale.push(format!("{name} ({text})"));
        }
        keep
    };
    table.checks.retain(|check| match &check.condition {
        Condition::Expression(_, text) => kept(text, stale),
        Condition::Rules { .. } => true,
    });
    table.indexes.retain(|index| {
        let expressions = index.parts.iter().filter_map(|part| match &part.on {
            IndexOn::Expression(text) => Some(text),
            IndexOn::Column(_) => None,
        });
        expressions.chain(&index.partial).all(|text| kept(text, stale))
    });
}

/// Whether a text, outside of its constants, has one of these names (in lower case) in it.
fn mentions_any(text: &str, names: &IndexSet<String>) -> bool {
    let code = text.split('\'').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut words = code.split(|c: char| !is_word(c));
    let has_odd_name =
        || names.iter().any(|name| !name.chars().all(is_word) && code.contains(name.as_str()));
    words.any(|word| names.contains(word)) || has_odd_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_words_and_not_in_constants() {
        let names = IndexSet::from(["unitprice".to_owned(), "order item".to_owned()]);
        for text in ["unitPrice > 0", "lower(\"unitPrice\")", "SELECT * FROM \"Order item\""] {
            assert!(mentions_any(text, &names), "{text}");
        }
        for text in ["unitPrices > 0", "x = 'unitPrice'", "order_item > 0"] {
            assert!(!mentions_any(text, &names), "{text}");
        }
    }
}
