//! Which comment belongs to what: the lines directly above, else what stands behind on the same
//! line.

use tree_sitter::Node;

use crate::formats::mongoose::import::literal;

/// Comments on the way through the parts of a list, object or file.
#[derive(Debug, Default)]
pub(super) struct Comments {
    lines: Vec<String>,
    /// The row after the last of them.
    next_row: usize,
}

/// What a comment turned out to be.
pub(super) enum Heard {
    /// It stands behind what came before it.
    Behind(String),
    /// It may belong to what comes next.
    Above,
}

impl Comments {
    /// Hears a comment; `previous_end` is the row in which the part before it ends.
    pub(super) fn hear(
        &mut self,
        node: Node<'_>,
        text: &str,
        previous_end: Option<usize>,
    ) -> Heard {
        let raw = text.get(node.byte_range()).unwrap_or_default();
        let said = literal::comment(raw);
        let row = node.start_position().row;
        if previous_end == Some(row) {
            return Heard::Behind(said.unwrap_or_default());
        }
        if row > self.next_row {
            self.lines.clear();
        }
        self.lines.extend(said);
        self.next_row = node.end_position().row + 1;
        Heard::Above
    }

    /// What was said directly above this part.
    pub(super) fn take(&mut self, node: Node<'_>) -> String {
        let lines = std::mem::take(&mut self.lines);
        if node.start_position().row <= self.next_row { lines.join("\n") } else { String::new() }
    }
}
