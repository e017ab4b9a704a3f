//! Text with indentation, for every exporter that writes lines of code, and the memory of which
//! lines came from which element of the model.

pub use crate::formats::code::Origin;
use crate::model::id::ElementId;

/// Writes lines at a depth of indentation.
#[derive(Clone, Debug)]
pub struct CodeWriter {
    text: String,
    unit: &'static str,
    depth: usize,
    lines: usize,
    origins: Vec<Origin>,
}

impl CodeWriter {
    /// An empty text that indents by `unit`.
    pub fn new(unit: &'static str) -> Self {
        Self { text: String::new(), unit, depth: 0, lines: 0, origins: Vec::new() }
    }

    /// Writes a line; line breaks inside it start further lines at the same depth. An empty line
    /// has no trailing blanks.
    pub fn line(&mut self, text: impl AsRef<str>) {
        for line in text.as_ref().split('\n') {
            if !line.is_empty() {
                for _ in 0..self.depth {
                    self.text.push_str(self.unit);
                }
                self.text.push_str(line);
            }
            self.text.push('\n');
            self.lines += 1;
        }
    }

    /// Writes an empty line, unless the text is empty or ends with one.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
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
    pub fn block(&mut self, open: &str, close: &str, body: impl FnOnce(&mut Self)) {
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

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, without empty lines at its end, and where its lines come from.
    pub fn finish(mut self) -> (String, Vec<Origin>) {
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
        (self.text, self.origins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::{EntityId, IdMint};

    #[test]
    fn lines_are_indented_and_remember_their_element() {
        let id: EntityId = IdMint::from_seed(7).mint();
        let mut code = CodeWriter::new("  ");
        code.line("a");
        code.from_element(ElementId::Entity(id), |code| {
            code.block("{", "}", |code| code.line("b\nc"));
        });
        code.blank();
        code.blank();
        code.line("d");
        code.blank();
        let (text, origins) = code.finish();
        assert_eq!(text, "a\n{\n  b\n  c\n}\n\nd\n");
        assert_eq!(origins, [Origin { lines: 1..5, element: ElementId::Entity(id) }]);
    }
}
