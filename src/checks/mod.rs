//! What is wrong or risky in a model: model → findings, one rule per file.
//!
//! Reading order: [`finding`] (what a rule says), then THE list below, then any rule. A rule must
//! not know how its findings are shown, nor change the model: a [`Fix`](finding::Fix) is carried
//! along for whoever owns the document.

mod auto_increment;
mod binary_in_document;
mod contradictory_cardinality;
mod default_not_in_enumeration;
mod default_type;
mod duplicate_enumeration_value;
mod duplicate_field;
mod duplicate_name;
mod embedding_cycle;
mod empty_entity;
mod empty_enumeration;
mod empty_name;
mod expiring_index;
pub mod finding;
mod impossible_limits;
mod join_table;
mod key_type_mismatch;
mod missing_key;
mod name_length;
mod open_expression;
mod redundant_index;
mod reference_fields;
mod reference_to_embedded;
mod reference_without_index;
mod referenced_not_unique;
mod required_cycle;
mod reserved_name;
mod same_collection;
mod set_action;
mod unbounded_array;
mod unused_enumeration;
mod view_without_query;

use crate::checks::finding::{Context, Finding, Findings};
use crate::model::Model;

/// One thing that is looked for.
#[derive(Debug)]
pub struct Rule {
    /// Its id, as findings and the documentation name it.
    pub id: &'static str,
    /// What it looks for, in one line.
    pub summary: &'static str,
    /// Looks for it.
    check: fn(&Context<'_>, &mut Findings),
}

/// THE list of rules, in the order in which they run.
pub const RULES: &[Rule] = &[
    empty_name::RULE,
    duplicate_name::RULE,
    duplicate_field::RULE,
    same_collection::RULE,
    reserved_name::RULE,
    name_length::RULE,
    empty_entity::RULE,
    missing_key::RULE,
    auto_increment::RULE,
    default_type::RULE,
    default_not_in_enumeration::RULE,
    impossible_limits::RULE,
    open_expression::RULE,
    empty_enumeration::RULE,
    duplicate_enumeration_value::RULE,
    unused_enumeration::RULE,
    reference_fields::RULE,
    key_type_mismatch::RULE,
    referenced_not_unique::RULE,
    contradictory_cardinality::RULE,
    set_action::RULE,
    required_cycle::RULE,
    reference_without_index::RULE,
    reference_to_embedded::RULE,
    embedding_cycle::RULE,
    binary_in_document::RULE,
    unbounded_array::RULE,
    expiring_index::RULE,
    redundant_index::RULE,
    join_table::RULE,
    view_without_query::RULE,
];

/// All findings about the model, rule by rule, each in the model's order. `target` is the id of the
/// export target that the project has in mind; it decides reserved words and lengths of names.
pub fn check(model: &Model, target: &str) -> Vec<Finding> {
    let context = Context::new(model, target);
    let mut findings = Vec::new();
    for rule in RULES {
        let mut of_rule = Findings::new(rule.id);
        (rule.check)(&context, &mut of_rule);
        findings.extend(of_rule.into_vec());
    }
    findings
}
