//! The rows of an `INSERT`, stepped over without a token for each value: they may be most of a
//! dump.

use crate::formats::sql::import::lexer::Lexer;
use crate::formats::sql::import::statements::BEGINNINGS;

impl Lexer<'_> {
    /// Whether the word that stands at the beginning of a statement puts rows into a table.
    pub(super) fn begins_rows(&self, word: &str) -> bool {
        let begins = self.is_statement_start() || (self.quoting.batches && self.starts_line);
        begins && matches!(word, "insert" | "replace")
    }

    /// Steps to the end of the statement.
    pub(super) fn skip_rows(&mut self) {
        let end = self.delimiter.bytes().next();
        let quoting = self.quoting;
        let is_mark = |byte: u8| match byte {
            b'\'' | b'"' | b'`' | b'-' | b'/' => true,
            b'#' => quoting.mysql,
            b'$' => quoting.postgres,
            b'[' => quoting.brackets,
            b'\n' => quoting.batches,
            other => Some(other) == end,
        };
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(offset) = rest.iter().position(|byte| is_mark(*byte)) else {
                self.at = self.text.len();
                return;
            };
            let before = offset.checked_sub(1).and_then(|before| rest.get(before)).copied();
            let mark = rest.get(offset).copied().unwrap_or_default();
            self.at += offset;
            if self.rest().starts_with(self.delimiter.as_str()) {
                return;
            }
            match mark {
                b'\n' => {
                    if self.begins_next() {
                        return;
                    }
                }
                b'\'' => {
                    let escapes = quoting.postgres && matches!(before, Some(b'e' | b'E'));
                    self.skip_quoted('\'', quoting.backslashes || escapes);
                }
                b'"' => {
                    let escapes = quoting.double_quoted_texts && quoting.backslashes;
                    self.skip_quoted('"', escapes);
                }
                b'`' => self.skip_quoted('`', false),
                b'[' => self.skip_quoted(']', false),
                b'-' if self.rest().starts_with("--") => self.skip_line(),
                b'#' => self.skip_line(),
                b'/' if self.rest().starts_with("/*") => self.block_comment(),
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
        let word = line.get(..end).unwrap_or_default().to_ascii_lowercase();
        word == "go" || BEGINNINGS.contains(&word.as_str())
    }

    /// Steps over what stands between quotes, doubled ones inside.
    fn skip_quoted(&mut self, close: char, backslashes: bool) {
        let mut bytes = self.text.as_bytes().iter().enumerate().skip(self.at + 1).peekable();
        let close = u8::try_from(close).unwrap_or(b'\'');
        while let Some((at, byte)) = bytes.next() {
            if *byte == b'\\' && backslashes {
                bytes.next();
            } else if *byte == close && bytes.next_if(|(_, next)| **next == close).is_none() {
                self.at = at + 1;
                return;
            }
        }
        self.at = self.closed(None);
    }
}
