//! Rust identifiers: any text becomes one that compiles without a warning, and no two of a scope
//! are the same. Must not know what the names are for.

use unicode_ident::{is_xid_continue, is_xid_start};
use unicode_normalization::UnicodeNormalization as _;

use crate::base::ident::{Case, UniqueNames, with_case};

/// Words that need `r#` to be a name in edition 2024.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be names at all, not even with `r#`.
const UNTOUCHABLE: [&str; 5] = ["crate", "self", "super", "Self", "_"];

/// Names of the prelude that generated code and derives write without a path.
const PRELUDE: [&str; 24] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Some",
    "String",
    "ToString",
    "TryFrom",
    "Vec",
];

/// Names that Diesel gives to things beside the columns of a table, and beside tables.
const REFUSED_COLUMNS: [&str; 8] =
    ["all_columns", "columns", "dsl", "schema", "sql_type", "sql_types", "star", "table"];

/// File names that mean something to Rust or that Windows keeps for devices.
const REFUSED_FILES: [&str; 26] = [
    "mod", "lib", "main", "build", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4",
    "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
    "lpt8", "lpt9",
];

/// Longest identifier in bytes, so that a type around it fits a line of 100 columns.
const LONGEST: usize = 56;

/// What an identifier is of, which decides its case and what it must not be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A type.
    #[default]
    Type,
    /// A type of ASCII letters, a capital one first, for derives that take the first byte for a
    /// letter and for schemas that columns share with types.
    AsciiType,
    /// A variant of an enum.
    Variant,
    /// A field.
    Field,
    /// A table or column of a Diesel schema, which cannot be raw.
    Column,
    /// A field of a SeaORM model, which becomes a variant too.
    ModelField,
    /// A module, which is a file name too.
    Module,
}

/// A name that a scope has handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Given {
    /// The identifier, with `r#` where it needs it.
    pub ident: String,
    /// Whether the usual identifier was taken.
    pub collided: bool,
}

/// The names of one scope; they differ from each other ignoring case.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    taken: UniqueNames,
}

impl Scope {
    /// The identifier for `name`. When that is taken it tries `longer`, then `name` with its
    /// punctuation in words, then counts.
    pub(super) fn give(&mut self, kind: Kind, name: &str, longer: Option<&str>) -> Given {
        let usual = identifier(kind, name);
        let spelled = spelled_out(name);
        let others = longer.into_iter().chain([spelled.as_str()]);
        let ident = std::iter::once(usual.clone())
            .chain(others.map(|other| identifier(kind, other)))
            .find(|ident| !self.taken.is_taken(ident))
            .unwrap_or_else(|| self.counted(kind, &usual));
        self.taken.reserve(&ident);
        Given { collided: ident != usual, ident: raw(&ident) }
    }

    /// Marks an identifier as taken.
    pub(super) fn reserve(&mut self, ident: &str) {
        self.taken.reserve(unraw(ident));
    }

    /// Whether an identifier is taken.
    pub(super) fn is_taken(&self, ident: &str) -> bool {
        self.taken.is_taken(unraw(ident))
    }

    fn counted(&self, kind: Kind, ident: &str) -> String {
        let base = ident.trim_end_matches('_');
        let separator = match kind {
            Kind::Type | Kind::AsciiType | Kind::Variant
                if !base.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                ""
            }
            // A column `a_2` would become the variant `A2`, as would `a2`.
            Kind::ModelField => "_n",
            Kind::Type
            | Kind::AsciiType
            | Kind::Variant
            | Kind::Field
            | Kind::Column
            | Kind::Module => "_",
        };
        let mut n = 2_u32;
        loop {
            let counted = format!("{base}{separator}{n}");
            if !self.taken.is_taken(&counted) {
                return counted;
            }
            n += 1;
        }
    }
}

/// The identifier without its `r#`, as serde and the database crates read it.
pub(super) fn unraw(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

/// `ident` with `r#` when it is a keyword.
fn raw(ident: &str) -> String {
    if KEYWORDS.contains(&ident) { format!("r#{ident}") } else { ident.to_owned() }
}

/// The usual identifier for `name`, without `r#`.
fn identifier(kind: Kind, name: &str) -> String {
    let case = match kind {
        Kind::Type | Kind::AsciiType | Kind::Variant => Case::Pascal,
        Kind::Field | Kind::Column | Kind::ModelField | Kind::Module => Case::Snake,
    };
    let mut words = readable(name);
    if !words.chars().any(char::is_alphanumeric) {
        words = spelled_out(name);
    }
    if !words.chars().any(char::is_alphanumeric) {
        if name.is_empty() { "empty" } else { "blank" }.clone_into(&mut words);
    }
    if matches!(kind, Kind::Module | Kind::AsciiType) {
        words = ascii(&words);
    }
    let mut ident: String = with_case(words.trim_matches('_'), case).nfc().collect();
    if !ident.starts_with(is_xid_start) {
        ident.insert_str(0, before_digits(kind));
    }
    while ident.len() > LONGEST {
        ident.pop();
    }
    let is_refused = UNTOUCHABLE.contains(&ident.as_str())
        || (matches!(kind, Kind::Type | Kind::AsciiType) && PRELUDE.contains(&ident.as_str()))
        || (kind == Kind::Column && KEYWORDS.contains(&ident.as_str()))
        || (kind == Kind::Column && REFUSED_COLUMNS.contains(&ident.as_str()))
        || (kind == Kind::Module && REFUSED_FILES.contains(&ident.as_str()));
    if is_refused { format!("{ident}_") } else { ident }
}

/// What a name gets that starts with a digit: a variant of SeaORM needs a letter, and a type of
/// Diesel's schema must not have the name of a column.
fn before_digits(kind: Kind) -> &'static str {
    match kind {
        Kind::ModelField => "c_",
        Kind::AsciiType => "T",
        Kind::Type | Kind::Variant | Kind::Field | Kind::Column | Kind::Module => "_",
    }
}

/// `name` as words of letters and digits that rustc takes without a warning: compatibility forms
/// resolved, apostrophes dropped, other punctuation as spaces, unusual letters as code points.
fn readable(name: &str) -> String {
    let normal: String = name.nfkc().collect();
    let mixes_scripts =
        normal.chars().any(is_latin) && normal.chars().any(|c| c.is_alphabetic() && !is_latin(c));
    let mut words = String::with_capacity(normal.len());
    for c in normal.chars() {
        match c {
            '_' => words.push('_'),
            '\'' | '’' => {}
            c if c.is_ascii_alphanumeric() => words.push(c),
            c if !c.is_alphanumeric() => words.push(' '),
            c if is_usual(c) && (is_latin(c) || !mixes_scripts) => words.push(c),
            c => words.push_str(&code_point(c)),
        }
    }
    words
}

/// The words in ASCII, since rustc finds no file for any other module: accents are dropped, other
/// letters become code points.
fn ascii(words: &str) -> String {
    let mut ascii = String::with_capacity(words.len());
    for c in words.nfd() {
        match c {
            'ß' => ascii.push_str("ss"),
            c if c.is_ascii() => ascii.push(c),
            c if c.is_alphabetic() => ascii.push_str(&code_point(c)),
            _ => {}
        }
    }
    if ascii.chars().any(char::is_alphanumeric) { ascii } else { "blank".to_owned() }
}

/// `name` with each of its signs in words: `C++` is `C plus plus`. Signs that separate words do so.
fn spelled_out(name: &str) -> String {
    let has_words = name.chars().any(char::is_alphanumeric);
    let mut words = String::new();
    for c in name.chars() {
        match sign_name(c) {
            Some(_) if has_words && matches!(c, '_' | '-' | '.' | ',' | ':' | ';' | '/') => {
                words.push(' ');
            }
            Some(sign) => words.extend([" ", sign, " "]),
            None if c.is_alphanumeric() || c == ' ' => words.push(c),
            None => words.push_str(&code_point(c)),
        }
    }
    readable(&words)
}

fn sign_name(c: char) -> Option<&'static str> {
    Some(match c {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "pipe",
        '=' => "equal",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '~' => "tilde",
        '^' => "caret",
        _ => return None,
    })
}

fn code_point(c: char) -> String {
    format!(" u{:04x} ", u32::from(c))
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic() && matches!(c, 'À'..='ɏ' | '\u{1e00}'..='\u{1eff}'))
}

/// Letters of scripts in wide use, which rustc's lints on identifiers let pass.
fn is_usual(c: char) -> bool {
    let in_wide_use = matches!(c, '\u{0370}'..='\u{052f}' | '\u{05d0}'..='\u{06ff}'
        | '\u{0900}'..='\u{0e7f}' | '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}');
    is_xid_continue(c) && (is_latin(c) || in_wide_use)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn give(kind: Kind, names: &[&str]) -> Vec<String> {
        let mut scope = Scope::default();
        names.iter().map(|name| scope.give(kind, name, None).ident).collect()
    }

    #[test]
    fn fields_are_snake_case_and_keywords_are_raw() {
        let names = ["createdAt", "type", "self", "crate", "_id", "id", "2fa", "", "user name"];
        let idents =
            ["created_at", "r#type", "self_", "crate_", "id", "id_2", "_2fa", "empty", "user_name"];
        assert_eq!(give(Kind::Field, &names), idents);
    }

    #[test]
    fn variants_stay_apart_after_sanitizing() {
        let names = ["C", "C++", "C#", "c", "3d", "<=", "Self", "it's", "in-progress", "🚀"];
        let idents =
            ["C", "CPlusPlus", "CHash", "C2", "_3d", "LessEqual", "Self_", "Its", "InProgress"];
        let given = give(Kind::Variant, &names);
        assert_eq!(given[..9], idents);
        assert_eq!(given[9], "U1f680");
    }

    #[test]
    fn types_do_not_hide_the_prelude_and_scripts_do_not_mix() {
        let names = ["Option", "option", "größe", "用户", "\u{430}dmin", "\u{202e}x"];
        let idents = ["Option_", "Option2", "Größe", "用户", "U0430Dmin", "X"];
        assert_eq!(give(Kind::Type, &names), idents);
    }

    #[test]
    fn modules_are_file_names_everywhere() {
        let names = ["mod", "CON", "type", "User", "Größe", "用户", &"x".repeat(300)];
        let given = give(Kind::Module, &names);
        let idents = ["mod_", "con_", "r#type", "user", "grosse", "u7528_u6237"];
        assert_eq!(given[..6], idents);
        assert_eq!(given[6].len(), LONGEST);
    }
}
