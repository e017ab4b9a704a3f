//! Literals and comments back to what they say: the other direction of the writers of JavaScript.

use std::borrow::Cow;

use crate::model::field::Number;

/// The text between the quotes of a string literal.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let mut chars = after.chars();
        let next = chars.next();
        rest = chars.as_str();
        let Some(c) = next else { break };
        match c {
            'n' => text.push('\n'),
            'r' => text.push('\r'),
            't' => text.push('\t'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '0' if !rest.starts_with(|next: char| next.is_ascii_digit()) => text.push('\0'),
            'x' => rest = push_code(&mut text, rest, 2),
            'u' => rest = push_unicode(&mut text, rest),
            '\r' => rest = rest.strip_prefix('\n').unwrap_or(rest),
            '\n' | '\u{2028}' | '\u{2029}' => {}
            other => text.push(other),
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Reads so many hexadecimal digits as one character and gives what is left.
fn push_code<'a>(text: &mut String, rest: &'a str, digits: usize) -> &'a str {
    let code = rest.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match code.and_then(char::from_u32) {
        Some(c) => {
            text.push(c);
            rest.get(digits..).unwrap_or_default()
        }
        None => rest,
    }
}

/// `\u1234`, `\u{12345}`, or two of the first kind for one character.
fn push_unicode<'a>(text: &mut String, rest: &'a str) -> &'a str {
    if let Some((digits, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        if let Some(c) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32) {
            text.push(c);
        }
        return after;
    }
    let unit = |text: &str| text.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let low = rest.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(unit);
    if let (Some(high @ 0xd800..=0xdbff), Some(low)) = (unit(rest), low)
        && let Some(Ok(c)) = char::decode_utf16([high, low]).next()
    {
        text.push(c);
        return rest.get(10..).unwrap_or_default();
    }
    push_code(text, rest, 4)
}

/// A number literal in the form that a model keeps; whether it is a `bigint` is not said.
pub(super) fn number(raw: &str) -> Option<Number> {
    let clean = raw.replace('_', "");
    let clean = clean.strip_suffix('n').unwrap_or(&clean);
    let radix = |prefix: [&str; 2], radix: u32| {
        let digits = prefix.iter().find_map(|prefix| clean.strip_prefix(*prefix))?;
        i64::from_str_radix(digits, radix).ok().map(Number::from)
    };
    Number::parse(clean)
        .or_else(|| radix(["0x", "0X"], 16))
        .or_else(|| radix(["0o", "0O"], 8))
        .or_else(|| radix(["0b", "0B"], 2))
        .or_else(|| {
            let whole = clean.strip_suffix('.').unwrap_or(clean);
            let whole = if whole.starts_with('.') { format!("0{whole}") } else { whole.to_owned() };
            Number::parse(&whole)
        })
}

/// The pattern between the slashes as any engine takes it: a slash needs no escape elsewhere.
pub(super) fn pattern(raw: &str) -> String {
    raw.replace("\\/", "/")
}

/// Comments that speak to tools and not to people.
const DIRECTIVES: [&str; 9] = [
    "eslint-",
    "@ts-",
    "@type ",
    "@type{",
    "@typedef",
    "@jest",
    "prettier-ignore",
    "istanbul ",
    "biome-ignore",
];

/// What a comment says, without its marks; none for one that is not for people.
pub(super) fn comment(raw: &str) -> Option<String> {
    let text = match raw.strip_prefix("//") {
        Some(line) => unpadded(line),
        None => block_comment(raw.strip_prefix("/*")?),
    };
    let is_directive = DIRECTIVES.iter().any(|directive| text.starts_with(directive));
    (!is_directive && !is_code(&text)).then_some(text)
}

fn unpadded(line: &str) -> String {
    line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
}

fn block_comment(block: &str) -> String {
    let block = block.strip_prefix('*').unwrap_or(block);
    let block = block.strip_suffix("*/").unwrap_or(block);
    let block = block.strip_suffix('*').unwrap_or(block);
    let mut lines: Vec<String> = Vec::new();
    for (number, line) in block.lines().enumerate() {
        let bare = line.trim_start();
        let inside = match bare.strip_prefix('*') {
            Some(inside) if number > 0 => inside,
            _ if number > 0 => bare,
            _ => line,
        };
        lines.push(unpadded(inside));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    lines.drain(..first);
    lines.join("\n").replace("*\\/", "*/")
}

/// Whether a comment is a member that somebody took out: `email: String,`.
fn is_code(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else { return false };
    let is_key = key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    let value = value.trim();
    let begins = ["{", "[", "String", "Number", "Date", "Boolean", "mongoose.", "Schema."]
        .iter()
        .any(|word| value.starts_with(word));
    is_key && begins && value.ends_with([',', '{', '['])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::code::join;
    use crate::formats::javascript::text::{block_comment, string};

    #[test]
    fn a_literal_reads_back_what_it_wrote() {
        for text in ["it's \"fine\"", "a\\n\n\t\r\0", "\u{2028}\u{202e}\u{e0001}", "", "{PATH}"] {
            let literal = String::from(string(text));
            let inside = literal.get(1..literal.len() - 1).unwrap();
            assert_eq!(unescape(inside), text, "{literal}");
        }
        assert_eq!(unescape(r"\u{1f600}\ud83d\ude00\x41\q\"), "😀😀Aq");
    }

    #[test]
    fn numbers_of_every_form_are_numbers() {
        for (raw, expected) in
            [("1_000", "1000"), ("0xff", "255"), (".5", "0.5"), ("10n", "10"), ("1e3", "1e3")]
        {
            assert_eq!(number(raw).unwrap().as_str(), expected);
        }
        assert_eq!(number("0x"), None);
    }

    #[test]
    fn comments_say_what_was_written_into_them() {
        for text in ["one", "one\ntwo\n\nthree", "a */ b"] {
            assert_eq!(comment(join(block_comment(text), "\n").as_str()).as_deref(), Some(text));
        }
        assert_eq!(comment("// what it is").as_deref(), Some("what it is"));
        assert_eq!(comment("/* a\n   b */").as_deref(), Some("a\nb"));
        assert_eq!(comment("// eslint-disable-next-line"), None);
        assert_eq!(comment("// email: { type: String },"), None);
    }
}
