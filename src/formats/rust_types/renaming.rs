//! `rename_all`: one attribute that says how the names of many fields or variants follow from their
//! identifiers, computed as serde computes it.
//!
//! Must not know whose names they are.

use heck::{ToKebabCase as _, ToLowerCamelCase as _, ToShoutyKebabCase as _};
use heck::{ToShoutySnakeCase as _, ToSnakeCase as _, ToUpperCamelCase as _};

use crate::formats::rust_types::names::unraw;

/// Bytes of the longest name that serde is told. The code that its macros write compares names byte
/// by byte, and the compiler takes memory by the square of that: 8,000 bytes took 1 GiB.
pub(super) const LONGEST_NAME: usize = 2000;

/// Whether serde is told a name that differs from its identifier.
pub(super) fn is_told_to_serde(name: &str) -> bool {
    name.len() <= LONGEST_NAME
}

/// A rule by which serde derives the name of many fields or variants at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RenameRule {
    /// `camelCase`
    Camel,
    /// `PascalCase`
    Pascal,
    /// `snake_case`
    Snake,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `kebab-case`
    Kebab,
    /// `SCREAMING-KEBAB-CASE`
    ScreamingKebab,
    /// `lowercase`
    Lower,
    /// `UPPERCASE`
    Upper,
}

impl RenameRule {
    /// All rules, the simpler first.
    pub(super) const ALL: [Self; 8] = [
        Self::Lower,
        Self::Upper,
        Self::Snake,
        Self::Camel,
        Self::Kebab,
        Self::ScreamingSnake,
        Self::Pascal,
        Self::ScreamingKebab,
    ];

    /// Its name in `rename_all`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
            Self::Snake => "snake_case",
            Self::ScreamingSnake => "SCREAMING_SNAKE_CASE",
            Self::Kebab => "kebab-case",
            Self::ScreamingKebab => "SCREAMING-KEBAB-CASE",
            Self::Lower => "lowercase",
            Self::Upper => "UPPERCASE",
        }
    }

    /// What serde makes of a field's identifier.
    pub(super) fn of_field(self, ident: &str) -> String {
        let field = unraw(ident);
        match self {
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal_from_snake(field),
            Self::Camel => first_lower(&pascal_from_snake(field)),
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }

    /// What serde makes of a variant's identifier.
    pub(super) fn of_variant(self, ident: &str) -> String {
        let variant = unraw(ident);
        match self {
            Self::Pascal => variant.to_owned(),
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Camel => first_lower(variant),
            Self::Snake => snake_from_pascal(variant),
            Self::ScreamingSnake => snake_from_pascal(variant).to_ascii_uppercase(),
            Self::Kebab => snake_from_pascal(variant).replace('_', "-"),
            Self::ScreamingKebab => {
                snake_from_pascal(variant).to_ascii_uppercase().replace('_', "-")
            }
        }
    }
    /// What sqlx makes of an identifier, which it takes apart into words.
    pub(super) fn of_words(self, ident: &str) -> String {
        let words = unraw(ident);
        match self {
            Self::Camel => words.to_lower_camel_case(),
            Self::Pascal => words.to_upper_camel_case(),
            Self::Snake => words.to_snake_case(),
            Self::ScreamingSnake => words.to_shouty_snake_case(),
            Self::Kebab => words.to_kebab_case(),
            Self::ScreamingKebab => words.to_shouty_kebab_case(),
            Self::Lower => words.to_lowercase(),
            Self::Upper => words.to_uppercase(),
        }
    }
}

fn pascal_from_snake(field: &str) -> String {
    let mut pascal = String::new();
    let mut capital = true;
    for c in field.chars() {
        if c == '_' {
            capital = true;
        } else if capital {
            pascal.push(c.to_ascii_uppercase());
            capital = false;
        } else {
            pascal.push(c);
        }
    }
    pascal
}

fn snake_from_pascal(variant: &str) -> String {
    let mut snake = String::new();
    for (position, c) in variant.char_indices() {
        if position > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn first_lower(text: &str) -> String {
    match text.chars().next() {
        Some(first) if first.is_ascii() => {
            let rest = text.get(1..).unwrap_or_default();
            format!("{}{rest}", first.to_ascii_lowercase())
        }
        Some(_) | None => text.to_owned(),
    }
}

/// The rule that leaves the fewest of these `(identifier, name)` pairs to rename one by one; none
/// when no rule is better than no rule.
pub(super) fn best_rule(
    pairs: &[(&str, &str)],
    derived: impl Fn(RenameRule, &str) -> String,
) -> Option<RenameRule> {
    let plain = pairs.iter().filter(|(ident, name)| unraw(ident) != *name).count();
    let renamed = |rule: RenameRule| {
        pairs.iter().filter(|(ident, name)| derived(rule, ident) != *name).count()
    };
    // serde's camel case cuts off the first byte, which must be a whole letter.
    let is_ascii = pairs.iter().all(|(ident, _)| {
        unraw(ident).trim_start_matches('_').starts_with(|first: char| first.is_ascii())
    });
    let rules = RenameRule::ALL.into_iter().filter(|rule| is_ascii || *rule != RenameRule::Camel);
    let counts = rules.map(|rule| (renamed(rule), rule));
    let best = counts.reduce(|best, next| if next.0 < best.0 { next } else { best });
    best.filter(|(count, _)| *count < plain).map(|(_, rule)| rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_rule_leaves_the_fewest_exceptions() {
        let fields = [("id", "_id"), ("created_at", "createdAt"), ("r#type", "type")];
        let field = |rule: RenameRule, ident: &str| rule.of_field(ident);
        assert_eq!(best_rule(&fields, field), Some(RenameRule::Camel));
        assert_eq!(best_rule(&[("id", "id"), ("name", "name")], field), None);
        let variants = [("InProgress", "in-progress"), ("Done", "done")];
        let variant = |rule: RenameRule, ident: &str| rule.of_variant(ident);
        assert_eq!(best_rule(&variants, variant), Some(RenameRule::Kebab));
        let foreign = [("Über", "über"), ("Ab", "ab")];
        assert_ne!(best_rule(&foreign, variant), Some(RenameRule::Camel));
    }
}
