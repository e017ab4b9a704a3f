//! Validators that say no more than a rule of the model: whole numbers, bounds, patterns, lengths.

use crate::formats::mongoose::import::code::{Expr, Kind};
use crate::formats::mongoose::import::literal;
use crate::formats::mongoose::import::scope::{At, Meaning, Program};
use crate::model::field::Number;

/// A rule that a validator says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// Any value, or none, is fine.
    Anything,
    /// A whole number.
    Whole,
    /// At least.
    Min(Number),
    /// At most.
    Max(Number),
    /// A text of that form.
    Pattern(String),
    /// So many values.
    Count(u32),
}

impl Program<'_> {
    /// The rules that a validator says; none when it says more than a model can.
    pub(super) fn rules(&self, at: At<'_>) -> Option<Vec<Rule>> {
        let resolved = self.resolve(at);
        let found = match &resolved.meaning {
            Meaning::Known(name) if name == "Number.isInteger" => return Some(vec![Rule::Whole]),
            Meaning::Expr(found) => *found,
            Meaning::Known(_) | Meaning::Module(_) | Meaning::Unknown => return None,
        };
        match &found.expr.kind {
            Kind::Object(_) => self.rules(self.members(found).value("validator")?),
            Kind::Array(_) => {
                let mut rules = Vec::new();
                for (module, element) in self.elements(found)? {
                    let value = At { module, expr: &element.value };
                    // `[validator, 'message']`
                    if self.text(value).is_none() {
                        rules.extend(self.rules(value)?);
                    }
                }
                Some(rules)
            }
            Kind::Function(function) => {
                let [value] = function.parameters.as_slice() else { return None };
                let mut rules = Vec::new();
                self.condition(found.module, value, function.result.as_ref()?, &mut rules)?;
                rules.retain(|rule| *rule != Rule::Anything);
                Some(rules)
            }
            _ => None,
        }
    }

    /// Reads a condition on `value` as rules that all hold.
    fn condition(
        &self,
        module: usize,
        value: &str,
        expr: &Expr<'_>,
        rules: &mut Vec<Rule>,
    ) -> Option<()> {
        match &expr.kind {
            Kind::Binary(left, "||", right) if is_absent(value, left) => {
                self.condition(module, value, right, rules)
            }
            Kind::Binary(left, "&&", right) => {
                self.condition(module, value, left, rules)?;
                self.condition(module, value, right, rules)
            }
            Kind::Binary(left, operator, right) => {
                rules.push(self.comparison(module, value, left, operator, right)?);
                Some(())
            }
            Kind::Call(call) => {
                let Kind::Member(object, method) = &call.callee.kind else { return None };
                let [argument] = call.arguments.as_slice() else { return None };
                let is_value = matches!(argument.kind, Kind::Name(name) if name == value);
                let rule = match (&object.kind, method.as_ref()) {
                    (Kind::Name("Number"), "isInteger") if is_value => Rule::Whole,
                    (Kind::Regex { pattern, flags: "" }, "test") if is_value => {
                        Rule::Pattern(literal::pattern(pattern))
                    }
                    _ => return None,
                };
                rules.push(rule);
                Some(())
            }
            _ => None,
        }
    }

    fn comparison(
        &self,
        module: usize,
        value: &str,
        left: &Expr<'_>,
        operator: &str,
        right: &Expr<'_>,
    ) -> Option<Rule> {
        let bound = self.number(At { module, expr: right })?;
        if matches!(&left.kind, Kind::Member(object, name)
            if name == "length" && matches!(object.kind, Kind::Name(name) if name == value))
        {
            let count = bound.as_str().parse().ok()?;
            return matches!(operator, "===" | "==").then_some(Rule::Count(count));
        }
        let is_value = |expr: &Expr<'_>| matches!(expr.kind, Kind::Name(name) if name == value);
        let is_read = is_value(left)
            || left.call().is_some_and(|call| {
                matches!(call.callee.kind, Kind::Name("Number"))
                    && matches!(call.arguments.as_slice(), [only] if is_value(only))
            });
        match operator {
            ">=" if is_read => Some(Rule::Min(bound)),
            "<=" if is_read => Some(Rule::Max(bound)),
            _ => None,
        }
    }
}

/// `value == null`, `value === undefined`, `!value`
fn is_absent(value: &str, expr: &Expr<'_>) -> bool {
    let is_value = |expr: &Expr<'_>| matches!(expr.kind, Kind::Name(name) if name == value);
    match &expr.kind {
        Kind::Binary(left, "==" | "===", right) => {
            is_value(left) && matches!(right.kind, Kind::Null | Kind::Undefined)
        }
        Kind::Unary("!", operand) => is_value(operand),
        _ => false,
    }
}
