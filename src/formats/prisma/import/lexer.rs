//! A schema as tokens with places.
//!
//! Must not know blocks.

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name or word.
    Word(&'t str),
    /// A number.
    Number(&'t str),
    /// A text in quotes, read.
    Text(String),
    /// A line of documentation.
    Doc(&'t str),
    /// Any other sign.
    Sign(char),
    /// The end of a line.
    LineEnd,
}

/// A token and the byte at which it begins.
pub(super) type Placed<'t> = (Token<'t>, usize);

/// All tokens of a text; plain comments are left out.
pub(super) fn lex(text: &str) -> Vec<Placed<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        let length = match c {
            '\n' => {
                tokens.push((Token::LineEnd, at));
                1
            }
            c if c.is_whitespace() => c.len_utf8(),
            '/' if rest.starts_with("//") => {
                let line = rest.split('\n').next().unwrap_or(rest);
                if let Some(doc) = line.strip_prefix("///") {
                    let doc = doc.strip_prefix(' ').unwrap_or(doc);
                    tokens.push((Token::Doc(doc.trim_end_matches('\r')), at));
                }
                line.len()
            }
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => {
                let (said, length) = quoted(rest);
                tokens.push((Token::Text(said), at));
                length
            }
            c if c.is_alphabetic() || c == '_' => {
                let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                let word = rest.split(|c| !is_inside(c)).next().unwrap_or(rest);
                tokens.push((Token::Word(word), at));
                word.len()
            }
            c if c.is_ascii_digit() || c == '-' => {
                let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+');
                let tail = rest.get(1..).unwrap_or_default();
                let number = 1 + tail.find(|c| !is_inside(c)).unwrap_or(tail.len());
                tokens.push((Token::Number(rest.get(..number).unwrap_or(rest)), at));
                number
            }
            c => {
                tokens.push((Token::Sign(c), at));
                c.len_utf8()
            }
        };
        at += length;
    }
    tokens
}

/// The text in quotes at the beginning, and how long it is; it ends with its line at the latest.
fn quoted(rest: &str) -> (String, usize) {
    let mut said = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (said, at + 1),
            '\n' => return (said, at),
            '\\' => match chars.next() {
                Some((_, 'n')) => said.push('\n'),
                Some((_, 'r')) => said.push('\r'),
                Some((_, 't')) => said.push('\t'),
                Some((at, 'u')) => {
                    let (c, digits) = code(rest.get(at + 1..).unwrap_or_default());
                    said.push(c);
                    for _ in 0..digits {
                        chars.next();
                    }
                }
                Some((_, c)) => said.push(c),
                None => break,
            },
            c => said.push(c),
        }
    }
    (said, rest.len())
}

/// The character that four digits write, or twice four in two halves, and how many signs that took.
fn code(digits: &str) -> (char, usize) {
    let unit = |at: usize| u16::from_str_radix(digits.get(at..at + 4)?, 16).ok();
    let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 0) };
    let second = if digits.get(4..6) == Some("\\u") { unit(6) } else { None };
    let units = [Some(first), second];
    let mut decoded = char::decode_utf16(units.into_iter().flatten());
    match decoded.next() {
        Some(Ok(c)) if c.len_utf16() == 2 => (c, 10),
        Some(Ok(c)) => (c, 4),
        Some(Err(_)) | None => (char::REPLACEMENT_CHARACTER, 4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_they_were_written() {
        let text = r#""a\"\\\n\u202e\udb40\udc01é" x"#;
        let tokens = lex(text);
        assert_eq!(tokens[0].0, Token::Text("a\"\\\n\u{202e}\u{e0001}é".to_owned()));
        assert_eq!(tokens[1].0, Token::Word("x"));
    }
}
