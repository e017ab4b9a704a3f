//! Colors for generated code: a small lexer for the languages that exporters write.
//!
//! It knows words, texts, numbers and comments, which is all that a reader needs; a grammar per
//! language would be many crates for less. Must not know how the code is shown.

use std::ops::Range;

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A word of the language.
    Keyword,
    /// A name with a capital: a type or constant by custom.
    Type,
    /// A text in quotes.
    Text,
    /// A number.
    Number,
    /// A remark.
    Comment,
}

/// How a language writes what we color.
#[derive(Debug)]
pub struct Language {
    line_comment: &'static [&'static str],
    block_comment: Option<(&'static str, &'static str)>,
    quotes: &'static [char],
    /// Whether a backslash keeps the next quote inside.
    escapes: bool,
    /// Whether patterns stand between slashes, where quotes are letters like any other.
    patterns: bool,
    ignores_case: bool,
    keywords: &'static [&'static str],
}

const JAVASCRIPT: Language = Language {
    line_comment: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &['"', '\'', '`'],
    escapes: true,
    patterns: true,
    ignores_case: false,
    keywords: &[
        "as",
        "async",
        "await",
        "const",
        "default",
        "export",
        "extends",
        "false",
        "for",
        "from",
        "function",
        "if",
        "import",
        "in",
        "interface",
        "let",
        "module",
        "new",
        "null",
        "of",
        "readonly",
        "require",
        "return",
        "true",
        "type",
        "typeof",
        "undefined",
        "var",
    ],
};

const SQL: Language = Language {
    line_comment: &["--"],
    block_comment: Some(("/*", "*/")),
    quotes: &['\'', '"', '`'],
    escapes: false,
    patterns: false,
    ignores_case: true,
    keywords: &[
        "add",
        "alter",
        "always",
        "and",
        "as",
        "asc",
        "auto_increment",
        "autoincrement",
        "begin",
        "by",
        "cascade",
        "check",
        "collate",
        "column",
        "comment",
        "commit",
        "constraint",
        "create",
        "default",
        "deferrable",
        "delete",
        "desc",
        "drop",
        "end",
        "engine",
        "enum",
        "exec",
        "exists",
        "false",
        "foreign",
        "from",
        "fulltext",
        "generated",
        "go",
        "identity",
        "if",
        "in",
        "index",
        "initially",
        "insert",
        "into",
        "is",
        "join",
        "key",
        "left",
        "not",
        "now",
        "null",
        "on",
        "or",
        "order",
        "pragma",
        "primary",
        "references",
        "restrict",
        "schema",
        "select",
        "set",
        "stored",
        "strict",
        "table",
        "then",
        "true",
        "type",
        "unique",
        "update",
        "using",
        "values",
        "view",
        "virtual",
        "when",
        "where",
        "with",
    ],
};

const RUST: Language = Language {
    line_comment: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &['"'],
    escapes: true,
    patterns: false,
    ignores_case: false,
    keywords: &[
        "as", "async", "const", "crate", "derive", "else", "enum", "false", "fn", "for", "if",
        "impl", "in", "let", "match", "mod", "mut", "pub", "ref", "return", "self", "static",
        "struct", "super", "trait", "true", "type", "use", "where",
    ],
};

const DBML: Language = Language {
    line_comment: &["//"],
    block_comment: Some(("/*", "*/")),
    quotes: &['\'', '"', '`'],
    escapes: true,
    patterns: false,
    ignores_case: true,
    keywords: &[
        "as",
        "checks",
        "default",
        "delete",
        "enum",
        "erdiagram",
        "increment",
        "indexes",
        "name",
        "not",
        "note",
        "null",
        "pk",
        "primary",
        "project",
        "ref",
        "table",
        "tablegroup",
        "type",
        "unique",
        "update",
        "pk",
        "fk",
        "uk",
    ],
};

const MARKDOWN: Language = Language {
    line_comment: &["#"],
    block_comment: None,
    quotes: &['`'],
    escapes: false,
    patterns: false,
    ignores_case: false,
    keywords: &[],
};

/// The language of a file, by its ending.
pub fn language(path: &str) -> &'static Language {
    match path.rsplit('.').next().unwrap_or_default() {
        "sql" => &SQL,
        "rs" => &RUST,
        "dbml" | "mmd" | "mermaid" => &DBML,
        "md" => &MARKDOWN,
        _ => &JAVASCRIPT,
    }
}

/// The colored pieces of each line, as bytes of that line; what is in none is plain.
pub fn highlight(text: &str, language: &Language) -> Vec<Vec<(Range<usize>, Class)>> {
    let mut inside = None;
    text.lines().map(|line| highlight_line(line, language, &mut inside)).collect()
}

/// `inside` is what closes the comment that goes on from the line before.
fn highlight_line(
    line: &str,
    language: &Language,
    inside: &mut Option<&'static str>,
) -> Vec<(Range<usize>, Class)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let (length, class) = match *inside {
            Some(close) => (end_of_comment(rest, close, inside), Some(Class::Comment)),
            None => piece(rest, language, inside),
        };
        if let Some(class) = class {
            pieces.push((at..at + length, class));
        }
        at += length.max(1);
    }
    pieces
}

fn end_of_comment(rest: &str, close: &str, inside: &mut Option<&'static str>) -> usize {
    match rest.find(close) {
        Some(position) => {
            *inside = None;
            position + close.len()
        }
        None => rest.len(),
    }
}

/// The length of the piece that `rest` starts with, and what it is.
fn piece(
    rest: &str,
    language: &Language,
    inside: &mut Option<&'static str>,
) -> (usize, Option<Class>) {
    if language.line_comment.iter().any(|start| rest.starts_with(start)) {
        return (rest.len(), Some(Class::Comment));
    }
    if let Some((open, close)) = language.block_comment
        && let Some(after) = rest.strip_prefix(open)
    {
        *inside = Some(close);
        return (open.len() + end_of_comment(after, close, inside), Some(Class::Comment));
    }
    let Some(first) = rest.chars().next() else { return (0, None) };
    if language.quotes.contains(&first) {
        return (end_of_text(rest, first, language.escapes), Some(Class::Text));
    }
    if language.patterns
        && first == '/'
        && let Some(end) = end_of_pattern(rest)
    {
        return (end, Some(Class::Text));
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    if !is_word(first) {
        return (first.len_utf8(), None);
    }
    let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default();
    (end, class_of_word(word, first, language))
}

fn class_of_word(word: &str, first: char, language: &Language) -> Option<Class> {
    let is_keyword = |keyword: &&str| {
        *keyword == word || (language.ignores_case && keyword.eq_ignore_ascii_case(word))
    };
    if first.is_ascii_digit() {
        Some(Class::Number)
    } else if language.keywords.iter().any(is_keyword) {
        Some(Class::Keyword)
    } else if first.is_uppercase() && !language.ignores_case && !language.keywords.is_empty() {
        Some(Class::Type)
    } else {
        None
    }
}

fn end_of_text(rest: &str, quote: char, escapes: bool) -> usize {
    let mut is_escaped = false;
    for (position, c) in rest.char_indices().skip(1) {
        match c {
            '\\' if escapes => is_escaped = !is_escaped,
            c if c == quote && !is_escaped => return position + c.len_utf8(),
            _ => is_escaped = false,
        }
    }
    rest.len()
}

/// Where the pattern ends that `rest` starts with, if it ends in this line; a slash among the
/// characters of a class does not end it.
fn end_of_pattern(rest: &str) -> Option<usize> {
    let (mut is_escaped, mut in_class) = (false, false);
    for (position, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return Some(position + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str, path: &str) -> Vec<(String, Class)> {
        let lines = highlight(text, language(path));
        let mut found = Vec::new();
        for (line, pieces) in text.lines().zip(lines) {
            found.extend(pieces.into_iter().map(|(range, class)| (line[range].to_owned(), class)));
        }
        found
    }

    #[test]
    fn words_texts_numbers_and_comments_are_told_apart() {
        let found = classes("const a = 'it\\'s'; // ok\nnew Schema(12)", "a.js");
        let expected = [
            ("const", Class::Keyword),
            ("'it\\'s'", Class::Text),
            ("// ok", Class::Comment),
            ("new", Class::Keyword),
            ("Schema", Class::Type),
            ("12", Class::Number),
        ];
        assert_eq!(found, expected.map(|(text, class)| (text.to_owned(), class)));
    }

    #[test]
    fn a_pattern_may_hold_quotes_and_slashes() {
        let found = classes(r"match: /^[A-Z/']\/$/, min: 2, a / b", "a.js");
        let expected = [(r"/^[A-Z/']\/$/", Class::Text), ("2", Class::Number)];
        assert_eq!(found, expected.map(|(text, class)| (text.to_owned(), class)));
    }

    #[test]
    fn a_comment_goes_on_over_lines() {
        let found = classes("/* a\nb */ create TABLE", "a.sql");
        let classes: Vec<_> = found.iter().map(|(_, class)| *class).collect();
        assert_eq!(classes, [Class::Comment, Class::Comment, Class::Keyword, Class::Keyword]);
    }

    #[test]
    fn no_text_panics() {
        for text in ["'", "\\", "/*", "é'ü\\", "`${x}`", "''''", "--", "\u{1f600}"] {
            for path in ["a.js", "a.sql", "a.rs", "a.dbml", "a.md"] {
                highlight(text, language(path));
            }
        }
    }
}
