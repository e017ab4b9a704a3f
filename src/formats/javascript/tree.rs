//! Nested values, laid out as Prettier lays them out: on one line while that fits, else one member
//! a line with a trailing comma.

use crate::formats::code_writer::CodeWriter;
use crate::formats::javascript::literal;
use crate::model::id::ElementId;

/// Longest line that Prettier writes.
const WIDTH: usize = 80;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Code that stays on one line.
    Text(String),
    /// `{ … }`
    Object(Vec<Member>),
    /// `{ … }` that is always written one member a line.
    Tall(Vec<Member>),
    /// `[ … ]`
    Array(Vec<Self>),
    /// `callee(…)`
    Call(String, Vec<Self>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its key, as it stands in code.
    pub key: String,
    /// Its value.
    pub value: Node,
    /// Lines of comment above it.
    pub comment: Vec<String>,
    /// What it comes from.
    pub element: Option<ElementId>,
}

impl Member {
    /// A member of that name; the name is escaped.
    pub fn new(name: &str, value: impl Into<Node>) -> Self {
        let key = literal::key(name);
        Self { key, value: value.into(), comment: Vec::new(), element: None }
    }
}

impl From<String> for Node {
    fn from(code: String) -> Self {
        Self::Text(code)
    }
}

impl From<&str> for Node {
    fn from(code: &str) -> Self {
        Self::Text(code.to_owned())
    }
}

impl Node {
    /// The value on one line, unless it must not be.
    fn flat(&self) -> Option<String> {
        match self {
            Self::Text(code) => Some(code.clone()),
            Self::Object(members) if members.is_empty() => Some("{}".to_owned()),
            Self::Object(members) => {
                let members: Option<Vec<_>> = members.iter().map(Member::flat).collect();
                Some(format!("{{ {} }}", members?.join(", ")))
            }
            Self::Tall(members) => members.is_empty().then(|| "{}".to_owned()),
            Self::Array(items) => Some(format!("[{}]", flat_list(items)?)),
            Self::Call(callee, arguments) => Some(format!("{callee}({})", flat_list(arguments)?)),
        }
    }

    /// Writes `before`, the value and `after`, at `depth` steps of two blanks.
    pub fn write(&self, code: &mut CodeWriter, depth: usize, before: &str, after: &str) {
        if let Some(flat) = self.flat() {
            let line = format!("{before}{flat}{after}");
            if matches!(self, Self::Text(_)) || depth * 2 + line.chars().count() <= WIDTH {
                code.raw_line(line);
                return;
            }
        }
        match self {
            Self::Text(_) => {}
            Self::Object(members) | Self::Tall(members) => {
                code.raw_block(&format!("{before}{{"), &format!("}}{after}"), |code| {
                    write_members(code, depth + 1, members);
                });
            }
            Self::Array(items) => {
                code.raw_block(&format!("{before}["), &format!("]{after}"), |code| {
                    write_items(code, depth + 1, items);
                });
            }
            Self::Call(callee, arguments) => {
                write_call(code, depth, &format!("{before}{callee}("), arguments, after);
            }
        }
    }
}

impl Member {
    fn flat(&self) -> Option<String> {
        if !self.comment.is_empty() {
            return None;
        }
        Some(format!("{}: {}", self.key, self.value.flat()?))
    }

    fn write(&self, code: &mut CodeWriter, depth: usize) {
        for line in &self.comment {
            code.raw_line(line);
        }
        self.value.write(code, depth, &format!("{}: ", self.key), ",");
    }
}

fn flat_list(items: &[Node]) -> Option<String> {
    let items: Option<Vec<_>> = items.iter().map(Node::flat).collect();
    Some(items?.join(", "))
}

fn write_members(code: &mut CodeWriter, depth: usize, members: &[Member]) {
    for member in members {
        match member.element {
            Some(element) => code.from_element(element, |code| member.write(code, depth)),
            None => member.write(code, depth),
        }
    }
}

fn write_items(code: &mut CodeWriter, depth: usize, items: &[Node]) {
    for item in items {
        item.write(code, depth, "", ",");
    }
}

/// The last argument opens on the line of the call when it is the only value that needs lines.
fn write_call(code: &mut CodeWriter, depth: usize, open: &str, arguments: &[Node], after: &str) {
    if let Some((last, first)) = arguments.split_last()
        && first.iter().all(|argument| matches!(argument, Node::Text(_)))
        && !matches!(last, Node::Text(_))
    {
        let mut before = open.to_owned();
        for argument in first {
            before.push_str(&argument.flat().unwrap_or_default());
            before.push_str(", ");
        }
        last.write(code, depth, &before, &format!("){after}"));
        return;
    }
    code.raw_block(open, &format!("){after}"), |code| write_items(code, depth + 1, arguments));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(node: &Node) -> String {
        let mut code = CodeWriter::new("  ");
        node.write(&mut code, 0, "x = ", ";");
        code.finish().into_parts().0
    }

    #[test]
    fn a_value_breaks_only_when_it_must() {
        let short = Node::Object(vec![Member::new("a", "1"), Member::new("b-c", "2")]);
        assert_eq!(text(&short), "x = { a: 1, 'b-c': 2 };\n");
        let tall = Node::Tall(vec![Member::new("a", short.clone())]);
        let call = Node::Call("f".to_owned(), vec!["'n'".into(), tall]);
        assert_eq!(text(&call), "x = f('n', {\n  a: { a: 1, 'b-c': 2 },\n});\n");
        let long = Node::Array(vec![Node::Text("y".repeat(70)), short]);
        assert!(text(&long).starts_with("x = [\n  yyy"), "{}", text(&long));
    }
}
