//! Names that a target takes: short enough, acceptable, unique; and what constraints are called
//! when nobody chose a name.
//!
//! Must not know how names are quoted.

use indexmap::IndexSet;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::formats::relational::target::{Longest, NameRules};

/// Names taken in one scope, compared as the most forgiving database compares them: without case
/// and accents.
#[derive(Clone, Debug, Default)]
pub struct NameSet {
    taken: IndexSet<String>,
}

impl NameSet {
    /// Whether the name is taken.
    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&folded(name))
    }

    /// Takes a name; false when it was taken.
    pub fn take(&mut self, name: &str) -> bool {
        self.taken.insert(folded(name))
    }
}

fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// What a name is of, which decides what is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// A namespace.
    Namespace,
    /// A table, view or index.
    Relation,
    /// A column.
    Column,
    /// An enumeration.
    Type,
    /// A constraint.
    Constraint,
}

impl NameRules {
    /// `name` as the target takes it, wherever it is used: without characters that it refuses (or
    /// that text files lose: carriage returns), not empty, not reserved and not too long; the same
    /// name always gives the same.
    pub fn accept(&self, name: &str, of: NameOf) -> String {
        let mut accepted: String = name
            .chars()
            .map(|c| match c {
                '\0' | '\r' => '_',
                '\n' if self.single_line => '_',
                c if self.basic_plane_only && u32::from(c) > 0xffff => '_',
                c => c,
            })
            .collect();
        if self.refuses_trailing_blank && accepted.ends_with(char::is_whitespace) {
            accepted = format!("{}_", accepted.trim_end());
        }
        let lower = accepted.to_lowercase();
        let has_prefix =
            !self.reserved_prefix.is_empty() && lower.starts_with(self.reserved_prefix);
        let is_reserved = match of {
            NameOf::Namespace => has_prefix || self.refused_namespaces.contains(&lower.as_str()),
            NameOf::Relation => has_prefix,
            NameOf::Column => self.refused_columns.contains(&lower.as_str()),
            NameOf::Type => self.refused_types.contains(&accepted.as_str()),
            NameOf::Constraint => false,
        };
        if accepted.is_empty() || is_reserved {
            accepted.insert(0, '_');
        }
        if self.longest.allows(&accepted) { accepted } else { self.shortened(&accepted) }
    }

    /// The beginning of a name and a digest of all of it, so that names that begin alike differ.
    fn shortened(&self, name: &str) -> String {
        let digest = name
            .bytes()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut short = String::new();
        for (end, c) in name.char_indices() {
            let head = name.get(..end + c.len_utf8()).unwrap_or_default();
            let candidate = format!("{}_{digest:08x}", head.trim_end());
            if !self.longest.allows(&candidate) {
                break;
            }
            short = candidate;
        }
        short
    }

    /// The first of `wanted`, `wanted_2`, `wanted_3`, … that the target takes and that is free.
    pub fn unique(&self, wanted: &str, of: NameOf, is_taken: impl Fn(&str) -> bool) -> String {
        let mut name = self.accept(wanted, of);
        let mut n = 2;
        while is_taken(&name) {
            name = self.accept(&format!("{wanted}_{n}"), of);
            n += 1;
        }
        name
    }
}

impl Longest {
    fn allows(self, name: &str) -> bool {
        match self {
            Self::Bytes(most) => name.len() <= most,
            Self::Chars(most, most_in_file_name) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let in_file_name: usize = name.chars().map(|c| if plain(c) { 1 } else { 5 }).sum();
                name.chars().count() <= most && in_file_name <= most_in_file_name
            }
            Self::Units(most) => name.encode_utf16().count() <= most,
            Self::Unbounded => true,
        }
    }
}

/// What constraints and indexes are called when nobody chose a name: PostgreSQL's own way.
pub mod default_name {
    /// Of a primary key.
    pub fn primary_key(table: &str) -> String {
        format!("{table}_pkey")
    }

    /// Of a unique constraint.
    pub fn unique(table: &str, columns: &[String]) -> String {
        format!("{table}_{}_key", columns.join("_"))
    }

    /// Of a foreign key.
    pub fn foreign_key(table: &str, columns: &[String]) -> String {
        format!("{table}_{}_fkey", columns.join("_"))
    }

    /// Of a check over one column, or over none in particular.
    pub fn check(table: &str, column: Option<&str>) -> String {
        match column {
            Some(column) => format!("{table}_{column}_check"),
            None => format!("{table}_check"),
        }
    }

    /// Of an index; an expression counts as `expr`.
    pub fn index(table: &str, parts: &[&str]) -> String {
        format!("{table}_{}_idx", parts.join("_"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::relational::target::POSTGRES;

    #[test]
    fn names_that_begin_alike_stay_different() {
        let rules = POSTGRES.names;
        let [a, b] = ["a", "b"]
            .map(|end| rules.accept(&format!("{}{end}", "ä".repeat(40)), NameOf::Relation));
        assert!(a != b && a.len() <= 63 && b.len() <= 63, "{a} {b}");
    }

    #[test]
    fn refused_names_are_changed() {
        let rules = POSTGRES.names;
        assert_eq!(rules.accept("", NameOf::Column), "_");
        assert_eq!(rules.accept("xmin", NameOf::Column), "_xmin");
        assert_eq!(rules.accept("pg_toast", NameOf::Relation), "_pg_toast");
        let schema = |name| rules.accept(name, NameOf::Namespace);
        assert_eq!(schema("Information_Schema"), "_Information_Schema");
        assert_eq!(rules.accept("a\0b\rc", NameOf::Constraint), "a_b_c");
    }

    #[test]
    fn case_and_accents_do_not_make_a_name() {
        let mut names = NameSet::default();
        assert!(names.take("Café"));
        assert!(!names.take("cafe") && names.is_taken("CAFÉ"));
        assert!(names.take("caff"));
    }
}
