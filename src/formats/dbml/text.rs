//! Names, texts and expressions as DBML writes them. Must not know tables.

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
pub(super) fn name(name: &str) -> String {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_word && !WORDS.contains(&name.to_ascii_lowercase().as_str()) {
        return name.to_owned();
    }
    format!("\"{}\"", escaped(name, '"'))
}

/// A text in single quotes, on one line.
pub(super) fn string(text: &str) -> String {
    format!("'{}'", escaped(text, '\''))
}

/// An expression in backticks, which cannot be escaped: one that holds them has no form.
pub(super) fn expression(text: &str) -> Option<String> {
    let fits = !text.contains('`') && !text.chars().any(|c| c.is_control() && c != '\t');
    fits.then(|| format!("`{text}`"))
}

/// A line of a comment, which ends with its line.
pub(super) fn comment(line: &str) -> String {
    line.chars().map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c }).collect()
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
        assert_eq!(expression("lower(a)").as_deref(), Some("`lower(a)`"));
        assert_eq!(expression("`"), None);
    }
}
