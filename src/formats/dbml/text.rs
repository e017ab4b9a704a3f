//! Names, texts and expressions as DBML writes them. Must not know tables.

use crate::formats::code::language;

language!("DBML");

/// Words that would be read as something else where a column or table name may stand.
const WORDS: [&str; 22] = [
    "as",
    "checks",
    "constraint",
    "dep",
    "diagramview",
    "enum",
    "false",
    "indexes",
    "metadata",
    "note",
    "null",
    "project",
    "records",
    "ref",
    "reuse",
    "table",
    "tablegroup",
    "tablepartial",
    "true",
    "use",
    "public",
    "default",
];

/// A name: bare where that is safe, else in double quotes.
pub(super) fn name(name: &str) -> Code {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_word && !WORDS.contains(&name.to_ascii_lowercase().as_str()) {
        return sealed(name);
    }
    sealed(format!("\"{}\"", escaped(name, '"')))
}

/// A text in single quotes, on one line.
pub(super) fn string(text: &str) -> Code {
    sealed(format!("'{}'", escaped(text, '\'')))
}

/// An expression in backticks, which cannot be escaped: one that holds them has no form.
pub(super) fn expression(text: &str) -> Option<Code> {
    let fits = !text.contains('`') && !text.chars().any(|c| c.is_control() && c != '\t');
    fits.then(|| sealed(format!("`{text}`")))
}

/// Characters that show nothing, and of which a comment keeps only the room.
fn is_hidden(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// A text as lines of a comment; what shows nothing at its end is left out.
pub(super) fn comments(text: &str) -> impl Iterator<Item = Code> {
    text.trim_end_matches(|c: char| c.is_whitespace() || is_hidden(c)).lines().map(comment)
}

/// A line of a comment, which ends with its line.
fn comment(line: &str) -> Code {
    let line: String = line.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    sealed(format!("// {line}")).trimmed()
}

/// A number as the grammar has read it; anything else is a text.
pub(super) fn number(text: &str) -> Code {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
    if text.chars().all(is_part) { sealed(text) } else { string(text) }
}

/// The key of a setting of somebody's own; one that is no word is in quotes.
pub(super) fn key(key: &str) -> Code {
    let is_word = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word { sealed(key) } else { name(key) }
}

/// A type in the words of a database: bare where it is one word with arguments, else in quotes.
pub(super) fn native_type(native: &str) -> Code {
    let plain = native.trim_end_matches("[]");
    let (word, arguments) = match plain.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((word, arguments)) => (word, Some(arguments)),
        None => (plain, None),
    };
    let is_word = |text: &str| name(text) == text;
    let are_plain = |arguments: &str| {
        let mut arguments = arguments.split(',').map(str::trim);
        arguments.all(|one| !one.is_empty() && one.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let is_bare = is_word(word) && arguments.is_none_or(are_plain);
    let lists = native.get(plain.len()..).unwrap_or_default();
    if is_bare { sealed(native) } else { sealed(format!("{}{lists}", name(plain).as_str())) }
}

fn escaped(text: &str, quote: char) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c == quote => escaped.extend(['\\', c]),
            c if c.is_control() || is_invisible(c) => {
                escaped.extend(['\\', 'u']);
                escaped.push_str(&hex(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// The code of a character of the basic plane, in four digits.
fn hex(c: char) -> String {
    format!("{:04x}", u32::from(c))
}

/// Characters that change how a line reads without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_cannot_end_early() {
        assert_eq!(name("order_item"), "order_item");
        assert_eq!(name("note"), "\"note\"");
        assert_eq!(name("a\"b\\"), "\"a\\\"b\\\\\"");
        assert_eq!(string("it's\n\u{202e}"), "'it\\'s\\n\\u202e'");
        assert_eq!(expression("lower(a)").as_ref().map(Code::as_str), Some("`lower(a)`"));
        assert_eq!(expression("`"), None);
    }
}
