//! Identifiers: names that code may declare, made of any name that a model may hold.

use indexmap::IndexSet;

use crate::base::ident::{Case, with_case};

/// Words that a module or script cannot declare, and values that one must not hide.
const RESERVED: [&str; 54] = [
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "exports",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "module",
    "new",
    "null",
    "package",
    "private",
    "process",
    "protected",
    "public",
    "require",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
    "globalThis",
];

/// Whether `name` has the form of an identifier; reserved words have it too, and are fine as keys.
///
/// - Letters outside the basic plane are left out: engines disagree on how new ones they know.
pub fn is_identifier(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(is_start) && chars.all(is_continue)
}

/// Whether code cannot declare that name, or would hide what the language gives.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name)
}

/// `name` as a type is called, `UserSettings`: an identifier that starts with a capital letter where
/// its alphabet has any. One that already is such a name stays as it is; one without any letter or
/// digit becomes `fallback`.
pub fn type_name(name: &str, fallback: &str) -> String {
    if is_identifier(name) && name.starts_with(char::is_uppercase) {
        return name.to_owned();
    }
    let pascal = with_case(name.trim_matches('_'), Case::Pascal);
    let mut clean: String = pascal.chars().filter(|c| is_continue(*c)).collect();
    if !clean.contains(char::is_alphanumeric) {
        fallback.clone_into(&mut clean);
    }
    if !clean.starts_with(is_start) {
        clean.insert(0, '_');
    }
    clean
}

/// Identifiers already declared, compared exactly, as the language does.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: IndexSet<String>,
}

impl Scope {
    /// A scope in which these names are taken.
    pub fn with(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// `wanted`, or `wanted2`, `wanted3`, …: the first for which none of the names that `family`
    /// derives from it is taken or reserved. All of them are taken then.
    pub fn declare(&mut self, wanted: &str, family: impl Fn(&str) -> Vec<String>) -> String {
        let mut name = wanted.to_owned();
        let mut n = 2;
        loop {
            let derived = family(&name);
            if !derived.iter().any(|one| self.taken.contains(one) || is_reserved(one)) {
                self.taken.extend(derived);
                return name;
            }
            name = format!("{wanted}{n}");
            n += 1;
        }
    }
}

fn is_start(c: char) -> bool {
    c == '$' || c == '_' || (u32::from(c) <= 0xffff && unicode_ident::is_xid_start(c))
}

fn is_continue(c: char) -> bool {
    c == '$' || (u32::from(c) <= 0xffff && unicode_ident::is_xid_continue(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_becomes_a_type_name() {
        for (name, expected) in [
            ("User", "User"),
            ("APIKey", "APIKey"),
            ("order_item", "OrderItem"),
            ("3d model", "_3dModel"),
            ("!?", "Thing"),
            ("__proto__", "Proto"),
            ("\u{1f680} launch", "Launch"),
            ("用户", "用户"),
        ] {
            let made = type_name(name, "Thing");
            assert_eq!(made, expected);
            assert!(is_identifier(&made), "{made}");
        }
    }

    #[test]
    fn a_name_is_declared_with_its_family_or_counted_up() {
        let mut scope = Scope::with(&["Map"]);
        let family = |name: &str| vec![name.to_owned(), format!("{name}Document")];
        assert_eq!(scope.declare("Map", family), "Map2");
        assert_eq!(scope.declare("User", family), "User");
        assert_eq!(scope.declare("UserDocument", family), "UserDocument2");
    }
}
