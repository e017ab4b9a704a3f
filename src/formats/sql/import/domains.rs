//! Domains: a model knows none, so columns get what they stand for.

use crate::formats::sql::import::facts::{CheckFacts, DomainFacts, Facts, TableFacts};
use crate::formats::sql::import::lexer::{Kind, Quoting, lex};
use crate::formats::sql::import::losses::{Loss, Lost};

/// Deepest chain of domains over domains.
const DEEPEST: usize = 8;

/// Gives every column of a domain the domain's type, default and checks.
pub(super) fn expand_domains(facts: &mut Facts, quoting: Quoting) {
    for domain in &facts.domains {
        let subject = domain.name.name.clone();
        facts.losses.push(Loss { what: Lost::Domain, subject, place: domain.place });
    }
    for table in &mut facts.tables {
        for position in 0..table.columns.len() {
            for _ in 0..DEEPEST {
                if !expand(&facts.domains, table, position, quoting) {
                    break;
                }
            }
        }
    }
}

/// Takes one domain away from a column; false when it has none.
fn expand(
    domains: &[DomainFacts],
    table: &mut TableFacts,
    position: usize,
    quoting: Quoting,
) -> bool {
    let Some(column) = table.columns.get_mut(position) else { return false };
    let Some(name) = &column.ty.name else { return false };
    let exact = domains.iter().find(|domain| domain.name == *name);
    let domain = exact.or_else(|| domains.iter().find(|domain| domain.name.is_like(name)));
    let Some(domain) = domain else { return false };
    let arrays = column.ty.arrays;
    column.ty = domain.ty.clone();
    column.ty.arrays += arrays;
    column.required |= domain.required && !column.nullable;
    column.default = column.default.take().or_else(|| domain.default.clone());
    let column = column.name.clone();
    for check in &domain.checks {
        if arrays > 0 {
            table.lose(Lost::DomainCheck, &column, domain.place);
        } else {
            let expression = about_column(check, &column, quoting);
            table.checks.push(CheckFacts { expression, ..CheckFacts::default() });
        }
    }
    true
}

/// A condition that speaks of `VALUE` as one that speaks of a column.
fn about_column(check: &str, column: &str, quoting: Quoting) -> String {
    let lexed = lex(check, quoting);
    let mut condition = String::new();
    let mut at = 0;
    for token in &lexed.tokens {
        let written = check.get(token.range.clone()).unwrap_or_default();
        if token.kind == Kind::Word && written.eq_ignore_ascii_case("value") {
            condition.push_str(check.get(at..token.range.start).unwrap_or_default());
            condition.push('"');
            condition.push_str(&column.replace('"', "\"\""));
            condition.push('"');
            at = token.range.end;
        }
    }
    condition.push_str(check.get(at..).unwrap_or_default());
    condition
}
