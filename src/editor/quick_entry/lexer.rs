//! A line as words, numbers, quoted texts and signs, each with its bytes. It never fails: what it
//! does not know is a sign of its own.

use std::ops::Range;

use crate::model::field::Number;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes in the line, quotes included.
    pub range: Range<usize>,
    /// What it says, quotes taken off.
    pub text: String,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, digits, `_`, `$`, `@`, and `-` or `.` between them.
    Word,
    /// A number.
    Number,
    /// A text between `'` or `"`.
    Quoted,
    /// An expression between backticks.
    Expression,
    /// A pattern between slashes.
    Pattern,
    /// A line break.
    Break,
    /// `->`, or any one other character.
    Sign,
}

impl Token {
    /// Whether it is that sign.
    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == TokenKind::Sign && self.text == sign
    }

    /// Whether it is that word, ignoring case.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(word)
    }
}

/// The pieces of a line, without blanks.
pub fn tokens(line: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_whitespace() && first != '\n' {
            at += first.len_utf8();
            continue;
        }
        let follows_match =
            tokens.last().is_some_and(|token| token.is_word("match") || token.is_word("pattern"));
        let (kind, length, text) = next(rest, first, follows_match);
        tokens.push(Token { kind, range: at..at + length, text });
        at += length;
    }
    tokens
}

fn next(rest: &str, first: char, follows_match: bool) -> (TokenKind, usize, String) {
    match first {
        '\n' => (TokenKind::Break, 1, "\n".to_owned()),
        '"' | '\'' => quoted(rest, first, TokenKind::Quoted),
        '`' => quoted(rest, first, TokenKind::Expression),
        '/' if follows_match => quoted(rest, first, TokenKind::Pattern),
        '-' if rest.starts_with("->") => (TokenKind::Sign, 2, "->".to_owned()),
        _ if starts_number(rest) => number(rest),
        _ if is_word_character(first) || first == '@' => word(rest),
        other => (TokenKind::Sign, other.len_utf8(), other.to_string()),
    }
}

/// Up to the closing quote, or the end when it never comes; a backslash keeps the quote after it,
/// and in a text the backslash; in a pattern's `[…]` a slash is only a slash.
fn quoted(rest: &str, quote: char, kind: TokenKind) -> (TokenKind, usize, String) {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    let mut in_class = false;
    while let Some((at, c)) = characters.next() {
        if kind == TokenKind::Pattern {
            in_class = (in_class || c == '[') && c != ']';
        }
        if c == quote && !in_class {
            return (kind, at + c.len_utf8(), text);
        }
        let escaped = rest.get(at + 1..).and_then(|after| after.chars().next());
        let is_kept = |c: char| c == quote || (c == '\\' && kind == TokenKind::Quoted);
        if let Some(escaped) = escaped.filter(|escaped| c == '\\' && is_kept(*escaped)) {
            text.push(escaped);
            characters.next();
        } else {
            text.push(c);
        }
    }
    (kind, rest.len(), text)
}

fn starts_number(rest: &str) -> bool {
    let digits = rest.strip_prefix('-').unwrap_or(rest);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

/// A number, or a word that starts with digits, such as the value `2fa`.
fn number(rest: &str) -> (TokenKind, usize, String) {
    let belongs = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    let longest = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
    let lengths = (1..=longest).rev();
    let found = lengths.filter_map(|length| rest.split_at_checked(length)).find(|(text, after)| {
        Number::parse(text).is_some() && !after.starts_with(is_word_character)
    });
    if let Some((text, _)) = found {
        return (TokenKind::Number, text.len(), text.to_owned());
    }
    let sign = usize::from(rest.starts_with('-'));
    let (_, length, _) = word(rest.get(sign..).unwrap_or_default());
    let length = sign + length;
    (TokenKind::Word, length, rest.get(..length).unwrap_or_default().to_owned())
}

fn word(rest: &str) -> (TokenKind, usize, String) {
    let mut length = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins = matches!(c, '-' | '.')
            && characters.peek().is_some_and(|(_, next)| is_word_character(*next));
        if !(is_word_character(c) || joins || (at == 0 && c == '@')) {
            break;
        }
        length = at + c.len_utf8();
    }
    (TokenKind::Word, length, rest.get(..length).unwrap_or_default().to_owned())
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        tokens(line).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn lines_fall_into_words_and_signs() {
        assert_eq!(texts("owner->User?"), ["owner", "->", "User", "?"]);
        assert_eq!(texts("price decimal(10,2)"), ["price", "decimal", "(", "10", ",", "2", ")"]);
        assert_eq!(texts("\"first name\" string"), ["first name", "string"]);
        assert_eq!(texts("a match /^a\\/b$/ b"), ["a", "match", "^a/b$", "b"]);
        assert_eq!(texts("in-progress -3.5 2fa 1e-9"), ["in-progress", "-3.5", "2fa", "1e-9"]);
    }

    #[test]
    fn an_open_quote_runs_to_the_end() {
        let all = tokens("a note 'half");
        assert_eq!(all.last().map(|token| token.range.clone()), Some(7..12));
    }
}
