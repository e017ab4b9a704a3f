//! Names: the cases that code is written in, and names that must be unique.
//!
//! Must not know the reserved words of any target; each target brings its own.

use heck::ToSnakeCase as _;
use heck::{ToKebabCase as _, ToLowerCamelCase as _, ToPascalCase as _, ToShoutySnakeCase as _};
use indexmap::IndexSet;

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// As written.
    Keep,
    /// `orderItem`
    Camel,
    /// `OrderItem`
    Pascal,
    /// `order_item`
    Snake,
    /// `order-item`
    Kebab,
    /// `ORDER_ITEM`
    Constant,
}

/// `name` in that case; leading underscores stay, and a name without a letter or digit is kept as
/// it is, so the result is never empty unless the name was.
pub fn with_case(name: &str, case: Case) -> String {
    let words = name.trim_start_matches('_');
    let converted = match case {
        Case::Keep => return name.to_owned(),
        Case::Camel => words.to_lower_camel_case(),
        Case::Pascal => words.to_pascal_case(),
        Case::Snake => words.to_snake_case(),
        Case::Kebab => words.to_kebab_case(),
        Case::Constant => words.to_shouty_snake_case(),
    };
    if converted.is_empty() {
        return name.to_owned();
    }
    let underscores = name.len() - words.len();
    format!("{}{converted}", "_".repeat(underscores))
}

/// Whether two names are the same name to a case-insensitive reader (SQL, file systems).
pub fn same_ignoring_case(a: &str, b: &str) -> bool {
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Where the text holds the part, in bytes of the text or of what it is in lower case.
pub fn find_ignoring_case(text: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    if text.is_ascii() && part.is_ascii() {
        let (text, part) = (text.as_bytes(), part.as_bytes());
        return text.windows(part.len()).position(|piece| piece.eq_ignore_ascii_case(part));
    }
    text.to_lowercase().find(&part.to_lowercase())
}

/// Hands out names that differ from each other ignoring case, by a counting suffix.
#[derive(Clone, Debug, Default)]
pub struct UniqueNames {
    taken: IndexSet<String>,
}

impl UniqueNames {
    /// Nothing taken yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Marks a name as taken, without handing it out.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// Whether the name is taken, ignoring case.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&name.to_lowercase())
    }

    /// `wanted`, or `wanted` with the first free suffix of `{separator}2`, `{separator}3`, …
    pub fn unique(&mut self, wanted: &str, separator: &str) -> String {
        let mut name = wanted.to_owned();
        let mut n = 2;
        while !self.taken.insert(name.to_lowercase()) {
            name = format!("{wanted}{separator}{n}");
            n += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_keep_leading_underscores_and_never_lose_a_name() {
        assert_eq!(with_case("_orderItem", Case::Snake), "_order_item");
        assert_eq!(with_case("order item", Case::Pascal), "OrderItem");
        assert_eq!(with_case("SubTodo", Case::Kebab), "sub-todo");
        assert_eq!(with_case("!!", Case::Camel), "!!");
    }

    #[test]
    fn unique_names_count_up_ignoring_case() {
        let mut names = UniqueNames::new();
        assert_eq!(names.unique("User", "_"), "User");
        assert_eq!(names.unique("user", "_"), "user_2");
        assert_eq!(names.unique("USER", "_"), "USER_3");
    }
}
