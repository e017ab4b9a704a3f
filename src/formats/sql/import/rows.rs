//! The rows of an `INSERT`, stepped over without a token for each value: they may be most of a
//! dump.

use memchr::{memchr, memchr2};

use crate::formats::sql::import::lexer::{Lexer, Quoting};
use crate::formats::sql::import::statements::BEGINNINGS;

impl Lexer<'_> {
    /// Whether the word that stands at the beginning of a statement puts rows into a table.
    pub(super) fn begins_rows(&self, word: &str) -> bool {
        let begins = self.is_statement_start() || (self.quoting.batches && self.starts_line);
        begins && matches!(word, "insert" | "replace")
    }

    /// Steps to the end of the statement.
    pub(super) fn skip_rows(&mut self) {
        let quoting = self.quoting;
        let bytes = self.text.as_bytes();
        let end = self.delimiter.bytes().next();
        let marks = marks(quoting, end);
        let is_mark = |byte: &u8| marks.get(usize::from(*byte)).is_some_and(|is| *is);
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let Some(offset) = rest.iter().position(is_mark) else {
                self.at = bytes.len();
                return;
            };
            self.at += offset;
            let mark = rest.get(offset).copied().unwrap_or_default();
            let next = rest.get(offset + 1).copied();
            if Some(mark) == end && self.rest().starts_with(self.delimiter.as_str()) {
                return;
            }
            match mark {
                b'\n' => {
                    if self.begins_next() {
                        return;
                    }
                }
                b'\'' => {
                    let before = self.at.checked_sub(1).and_then(|before| bytes.get(before));
                    let escapes = quoting.postgres && matches!(before, Some(b'e' | b'E'));
                    self.skip_quoted(b'\'', quoting.backslashes || escapes);
                }
                b'"' => {
                    let escapes = quoting.double_quoted_texts && quoting.backslashes;
                    self.skip_quoted(b'"', escapes);
                }
                b'`' => self.skip_quoted(b'`', false),
                b'[' => self.skip_quoted(b']', false),
                b'-' if next == Some(b'-') => self.skip_line(),
                b'#' => self.skip_line(),
                b'/' if next == Some(b'*') => self.block_comment(),
                b'$' => {
                    self.dollar_quoted();
                    self.lexed.tokens.pop();
                }
                _ => self.at += 1,
            }
        }
    }

    /// Whether the line that begins here begins another statement; steps over the line break.
    fn begins_next(&mut self) -> bool {
        self.at += 1;
        self.starts_line = true;
        let line = self.rest().trim_start_matches([' ', '\t']);
        let end = line.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(line.len());
        let word = line.get(..end).unwrap_or_default();
        !word.is_empty()
            && (word.eq_ignore_ascii_case("go")
                || BEGINNINGS.iter().any(|beginning| beginning.eq_ignore_ascii_case(word)))
    }

    /// Steps over what stands between quotes, doubled ones inside.
    fn skip_quoted(&mut self, close: u8, backslashes: bool) {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = if backslashes { memchr2(close, b'\\', rest) } else { memchr(close, rest) };
            let Some(offset) = found else {
                self.at = self.closed(None);
                return;
            };
            at += offset;
            let is_close = bytes.get(at) == Some(&close);
            if is_close && bytes.get(at + 1) != Some(&close) {
                self.at = at + 1;
                return;
            }
            // Over the quote that is doubled, or what the backslash escapes.
            at += 2;
        }
    }
}

/// Which bytes mean something between the values of rows.
fn marks(quoting: Quoting, end: Option<u8>) -> [bool; 256] {
    let mut marks = [false; 256];
    let chosen = [
        (b'\'', true),
        (b'"', true),
        (b'`', true),
        (b'-', true),
        (b'/', true),
        (b'#', quoting.mysql),
        (b'$', quoting.postgres),
        (b'[', quoting.brackets),
        (b'\n', quoting.batches),
        (end.unwrap_or(b';'), true),
    ];
    for (byte, _) in chosen.into_iter().filter(|(_, is_mark)| *is_mark) {
        if let Some(mark) = marks.get_mut(usize::from(byte)) {
            *mark = true;
        }
    }
    marks
}
