//! Lines of code with indentation, and the memory of which of them came from which element of the
//! model.

use std::ops::Range;

use crate::formats::code::{Code, Piece};
use crate::model::id::ElementId;

/// Lines of a generated text and the element they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Lines, counted from 0.
    pub lines: Range<usize>,
    /// What they come from; inner elements stand after outer ones.
    pub element: ElementId,
}

/// The text of a file, which nothing but code can become, and where its lines come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    text: String,
    origins: Vec<Origin>,
}

impl Written {
    /// What it says, and where its lines come from.
    pub fn into_parts(self) -> (String, Vec<Origin>) {
        (self.text, self.origins)
    }
}

impl<L> Code<L> {
    /// The code as a file whose lines come from these elements.
    pub fn written(self, origins: Vec<Origin>) -> Written {
        Written { text: self.text, origins }
    }
}

/// Writes lines of code at a depth of indentation.
#[derive(Clone, Debug)]
pub struct CodeWriter<L> {
    code: Code<L>,
    unit: &'static str,
    depth: usize,
    lines: usize,
    origins: Vec<Origin>,
}

impl<L> CodeWriter<L> {
    /// An empty text that indents by `unit`.
    pub fn new(unit: &'static str) -> Self {
        Self { code: Code::default(), unit, depth: 0, lines: 0, origins: Vec::new() }
    }

    /// Writes a line; line breaks inside it start further lines at the same depth. An empty line
    /// has no trailing blanks.
    pub fn line(&mut self, piece: impl Piece<L>) {
        let start = self.code.text.len();
        self.code.push(piece);
        if self.depth > 0 {
            self.indent_from(start);
        }
        self.code.text.push('\n');
        let written = self.code.text.get(start..).unwrap_or_default();
        self.lines += written.bytes().filter(|byte| *byte == b'\n').count();
    }

    /// Indents the lines that begin there or later.
    fn indent_from(&mut self, start: usize) {
        let lines = self.code.text.split_off(start);
        for (position, line) in lines.split('\n').enumerate() {
            if position > 0 {
                self.code.text.push('\n');
            }
            if !line.is_empty() {
                for _ in 0..self.depth {
                    self.code.text.push_str(self.unit);
                }
                self.code.text.push_str(line);
            }
        }
    }

    /// Writes an empty line, unless the text is empty or ends with one.
    pub fn blank(&mut self) {
        if !self.code.text.is_empty() && !self.code.text.ends_with("\n\n") {
            self.line("");
        }
    }

    /// What `body` writes is one step deeper.
    pub fn indented(&mut self, body: impl FnOnce(&mut Self)) {
        self.depth += 1;
        body(self);
        self.depth -= 1;
    }

    /// Writes `open`, the body one step deeper, and `close`.
    pub fn block(
        &mut self,
        open: impl Piece<L>,
        close: impl Piece<L>,
        body: impl FnOnce(&mut Self),
    ) {
        self.line(open);
        self.indented(body);
        self.line(close);
    }

    /// What `body` writes comes from `element`.
    pub fn from_element(&mut self, element: ElementId, body: impl FnOnce(&mut Self)) {
        let start = self.lines;
        let position = self.origins.len();
        body(self);
        if self.lines > start {
            self.origins.insert(position, Origin { lines: start..self.lines, element });
        }
    }

    /// Writes the lines of another text.
    pub fn append(&mut self, other: Self) {
        let shift = self.lines;
        self.code.push(other.code);
        self.lines += other.lines;
        self.origins.extend(other.origins.into_iter().map(|origin| Origin {
            lines: origin.lines.start + shift..origin.lines.end + shift,
            ..origin
        }));
    }

    /// The text so far, to look at.
    pub fn text(&self) -> &str {
        &self.code.text
    }

    /// The text, without empty lines at its end, and where its lines come from.
    pub fn finish(mut self) -> Written {
        while self.code.text.ends_with("\n\n") {
            self.code.text.pop();
        }
        self.code.written(self.origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, IdMint};

    #[test]
    fn lines_are_indented_and_remember_their_element() {
        let id: EntityId = IdMint::from_seed(7).mint();
        let mut code = CodeWriter::<()>::new("  ");
        code.line("a");
        code.from_element(ElementId::Entity(id), |code| {
            code.block("{", "}", |code| code.line("b\nc"));
        });
        code.blank();
        code.blank();
        code.line("d");
        code.blank();
        let (text, origins) = code.finish().into_parts();
        assert_eq!(text, "a\n{\n  b\n  c\n}\n\nd\n");
        assert_eq!(origins, [Origin { lines: 1..5, element: ElementId::Entity(id) }]);
    }
}
