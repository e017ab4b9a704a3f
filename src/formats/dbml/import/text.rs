//! What quoted texts say: escapes resolved, the indent of long texts removed.

use std::borrow::Cow;

/// The text that these characters between quotes stand for.
pub(super) fn unescaped(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some('b') => text.push('\u{8}'),
            Some('v') => text.push('\u{b}'),
            Some('f') => text.push('\u{c}'),
            Some('\n') | None => {}
            Some('u') => match code_point(rest.as_str()) {
                Some((c, length)) => {
                    text.push(c);
                    rest = rest.as_str().get(length..).unwrap_or_default().chars();
                }
                None => text.push_str("\\u"),
            },
            Some(c @ ('\\' | '\'' | '"' | '`')) => text.push(c),
            Some(other) => text.extend(['\\', other]),
        }
    }
    Cow::Owned(text)
}

/// The character of four hexadecimal digits, or of two such escapes that are a surrogate pair, and
/// how many bytes it takes.
fn code_point(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(text)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, 4));
    }
    let second = unit(text.get(4..)?.strip_prefix("\\u")?)?;
    let pair = char::decode_utf16([first, second]).next()?.ok()?;
    Some((pair, 10))
}

/// The text between three quotes: lines that a backslash continues are joined, the indent that all
/// lines share and empty lines at both ends are removed, escapes are resolved.
pub(super) fn without_indent(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n").replace("\\\n", "");
    let lines: Vec<&str> = raw.split('\n').collect();
    let is_blank = |line: &&str| line.trim().is_empty();
    let indents = lines.iter().filter(|line| !is_blank(line));
    let shared = indents.map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let first = lines.iter().position(|line| !is_blank(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !is_blank(line)).map_or(first, |last| last + 1);
    let kept = lines.get(first..last).unwrap_or_default();
    let cut: Vec<&str> = kept
        .iter()
        .map(
            |line| {
                if is_blank(line) { "" } else { line.get(shared..).unwrap_or(line.trim_start()) }
            },
        )
        .collect();
    unescaped(&cut.join("\n")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_say_what_they_say() {
        assert_eq!(unescaped(r#"a\n\t\\\'\"\`\u0041\d"#), "a\n\t\\'\"`A\\d");
        assert_eq!(unescaped(r"\ud83d\ude00 \ud83d \u12"), "\u{1f600} \\ud83d \\u12");
    }

    #[test]
    fn a_long_text_loses_its_indent() {
        let raw = "\n\n    # Title\n      * one \\\ntwo\n\n    end\n  ";
        assert_eq!(without_indent(raw), "# Title\n  * one two\n\nend");
        assert_eq!(without_indent("same line"), "same line");
    }
}
