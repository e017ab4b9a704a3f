//! Literals: any text as a string, a property key or a regular expression that cannot end early.

use std::fmt::Write as _;

use regress::Regex;
use serde_json::Value;

use crate::formats::javascript::identifier;

/// Longest pattern that is taken over.
const LONGEST_PATTERN: usize = 4_000;
/// Deepest nesting of a pattern that is taken over.
const DEEPEST_PATTERN: usize = 100;

/// `text` as a string literal, in the quotes that need fewer escapes, single ones by preference.
///
/// - Whatever is not seen, changes the reading direction or ends a line is written as an escape.
pub(super) fn string(text: &str) -> String {
    let quote = if text.matches('\'').count() > text.matches('"').count() { '"' } else { '\'' };
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push(quote);
    for c in text.chars() {
        match c {
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            c if c == quote => literal.extend(['\\', c]),
            c if is_unseen(c) => push_escape(&mut literal, c),
            c => literal.push(c),
        }
    }
    literal.push(quote);
    literal
}

/// `name` as the key of an object literal: bare where it may be, computed where a plain key would
/// set the prototype instead.
pub(super) fn key(name: &str) -> String {
    if name == "__proto__" {
        return format!("[{}]", string(name));
    }
    if identifier::is_identifier(name) { name.to_owned() } else { string(name) }
}

/// Reading a property of an object by name: `.name` or `['name']`.
pub(super) fn member(name: &str) -> String {
    if identifier::is_identifier(name) { format!(".{name}") } else { format!("[{}]", string(name)) }
}

/// A JSON value as an expression on one line.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => string(text),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(json).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}: {}", key(name), json(value)))
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// `pattern` as a regular expression literal; none when JavaScript could not read it.
pub(super) fn regular_expression(pattern: &str) -> Option<String> {
    if !is_regular_expression(pattern) {
        return None;
    }
    let mut literal = String::from("/");
    let mut in_class = false;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => push_escaped_pair(&mut literal, chars.next()?),
            '/' if !in_class => literal.push_str("\\/"),
            '[' => {
                in_class = true;
                literal.push('[');
            }
            ']' => {
                in_class = false;
                literal.push(']');
            }
            c => push_pattern_char(&mut literal, c),
        }
    }
    literal.push('/');
    Some(literal)
}

/// A backslash and what it escapes; a line end after a backslash stands for itself.
fn push_escaped_pair(literal: &mut String, escaped: char) {
    if is_unseen(escaped) || matches!(escaped, '\n' | '\r' | '\t') {
        push_pattern_char(literal, escaped);
    } else {
        literal.extend(['\\', escaped]);
    }
}

fn push_pattern_char(literal: &mut String, c: char) {
    match c {
        '\n' => literal.push_str("\\n"),
        '\r' => literal.push_str("\\r"),
        '\t' => literal.push_str("\\t"),
        // Outside a string only the form with four digits is known to every engine.
        c if is_unseen(c) && u32::from(c) <= 0xffff => {
            write!(literal, "\\u{:04x}", u32::from(c)).unwrap_or_default();
        }
        c => literal.push(c),
    }
}

/// Whether `pattern` is one that every JavaScript engine of today reads, and not the empty one.
pub fn is_regular_expression(pattern: &str) -> bool {
    let nesting = pattern.matches(['(', '[']).count();
    !pattern.is_empty()
        && pattern.len() <= LONGEST_PATTERN
        && nesting <= DEEPEST_PATTERN
        && is_common_syntax(pattern)
        && Regex::new(pattern).is_ok()
}

/// Whether the pattern keeps clear of what engines read differently: flags inside groups, code
/// points in braces, repeated word boundaries.
fn is_common_syntax(pattern: &str) -> bool {
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => {
                let Some(escaped) = rest.chars().next() else { return false };
                rest = rest.get(escaped.len_utf8()..).unwrap_or_default();
                let is_repeated = rest.starts_with(['*', '+', '?', '{']);
                let is_boundary = matches!(escaped, 'b' | 'B') && !in_class;
                if is_boundary && is_repeated || escaped == 'u' && rest.starts_with('{') {
                    return false;
                }
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                let is_plain = rest
                    .strip_prefix('?')
                    .is_none_or(|kind| kind.starts_with([':', '=', '!', '<']));
                if !is_plain {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

/// Characters that a reader of the code does not see, or that change how it reads the rest.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `c` as an escape that means the same in a string literal and in a comment's reader's eyes.
pub fn push_escape(text: &mut String, c: char) {
    let code = u32::from(c);
    let written = match code {
        0..=0xff => write!(text, "\\x{code:02x}"),
        0x100..=0xffff => write!(text, "\\u{code:04x}"),
        _ => write!(text, "\\u{{{code:x}}}"),
    };
    written.unwrap_or_default();
}

/// A text in double quotes, as JSON spells it; what is not seen or changes the reading direction is
/// written as its code.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if is_unseen(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(quoted, "\\u{unit:04x}");
                }
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_cannot_end_early_or_hide_anything() {
        assert_eq!(string("it's"), r#""it's""#);
        assert_eq!(string(r#"a'b"c"#), r#"'a\'b"c'"#);
        assert_eq!(string("a\\\n\u{2028}\0\u{202e}"), r"'a\\\n\u2028\x00\u202e'");
    }

    #[test]
    fn keys_are_bare_quoted_or_computed() {
        assert_eq!(key("name"), "name");
        assert_eq!(key("class"), "class");
        assert_eq!(key("a-b"), "'a-b'");
        assert_eq!(key("2"), "'2'");
        assert_eq!(key("__proto__"), "['__proto__']");
    }

    #[test]
    fn patterns_stay_inside_their_slashes() {
        for (pattern, literal) in [
            ("^[a-z/]+$", Some("/^[a-z/]+$/")),
            ("a/b\\/c", Some("/a\\/b\\/c/")),
            ("x\ny", Some("/x\\ny/")),
            ("\\\u{2028}", Some("/\\u2028/")),
            ("[", None),
            ("a**", None),
            ("(?i:x)", None),
            ("\\u{1f600}", None),
            ("\\b+", None),
            ("", None),
        ] {
            assert_eq!(regular_expression(pattern).as_deref(), literal, "{pattern:?}");
        }
    }
}
