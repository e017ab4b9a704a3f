//! Nested values, laid out as Prettier lays them out: on one line while that fits, else one member
//! a line with a trailing comma.

use crate::formats::code::{Piece, code, join};
use crate::formats::javascript::text::{self, Code, CodeWriter, JavaScript};
use crate::model::id::ElementId;

/// Longest line that Prettier writes.
const WIDTH: usize = 80;

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Code that stays on one line.
    Text(Code),
    /// `{ … }`
    Object(Vec<Member>),
    /// `{ … }` that is always written one member a line.
    Tall(Vec<Member>),
    /// `[ … ]`
    Array(Vec<Self>),
    /// `callee(…)`
    Call(Code, Vec<Self>),
}

/// One member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its key, as it stands in code.
    pub key: Code,
    /// Its value.
    pub value: Node,
    /// Lines of comment above it.
    pub comment: Vec<Code>,
    /// What it comes from.
    pub element: Option<ElementId>,
}

impl Member {
    /// A member of that name; the name is escaped.
    pub fn new(name: &str, value: impl Into<Node>) -> Self {
        let key = text::key(name);
        Self { key, value: value.into(), comment: Vec::new(), element: None }
    }
}

impl From<Code> for Node {
    fn from(code: Code) -> Self {
        Self::Text(code)
    }
}

impl From<&'static str> for Node {
    fn from(code: &'static str) -> Self {
        Self::Text(code!(code))
    }
}

impl Node {
    /// The value on one line, unless it must not be.
    fn flat(&self) -> Option<Code> {
        match self {
            Self::Text(code) => Some(code.clone()),
            Self::Object(members) if members.is_empty() => Some(code!("{}")),
            Self::Object(members) => {
                let members: Option<Vec<_>> = members.iter().map(Member::flat).collect();
                Some(code!("{ ", join(members?, ", "), " }"))
            }
            Self::Tall(members) => members.is_empty().then(|| code!("{}")),
            Self::Array(items) => Some(code!("[", flat_list(items)?, "]")),
            Self::Call(callee, arguments) => Some(code!(callee, "(", flat_list(arguments)?, ")")),
        }
    }

    /// Writes `before`, the value and `after`, at `depth` steps of two blanks.
    pub fn write(
        &self,
        code: &mut CodeWriter,
        depth: usize,
        before: impl Piece<JavaScript>,
        after: impl Piece<JavaScript>,
    ) {
        self.write_between(code, depth, code!(before), code!(after));
    }

    fn write_between(&self, code: &mut CodeWriter, depth: usize, before: Code, after: Code) {
        if let Some(flat) = self.flat() {
            let line = code!(&before, flat, &after);
            if matches!(self, Self::Text(_)) || depth * 2 + line.width() <= WIDTH {
                code.line(line);
                return;
            }
        }
        match self {
            Self::Text(_) => {}
            Self::Object(members) | Self::Tall(members) => {
                code.block(code!(before, "{"), code!("}", after), |code| {
                    write_members(code, depth + 1, members);
                });
            }
            Self::Array(items) => {
                code.block(code!(before, "["), code!("]", after), |code| {
                    write_items(code, depth + 1, items);
                });
            }
            Self::Call(callee, arguments) => {
                write_call(code, depth, code!(before, callee, "("), arguments, code!(")", after));
            }
        }
    }
}

impl Member {
    fn flat(&self) -> Option<Code> {
        if !self.comment.is_empty() {
            return None;
        }
        Some(code!(&self.key, ": ", self.value.flat()?))
    }

    fn write(&self, code: &mut CodeWriter, depth: usize) {
        for line in &self.comment {
            code.line(line);
        }
        self.value.write(code, depth, code!(&self.key, ": "), ",");
    }
}

fn flat_list(items: &[Node]) -> Option<Code> {
    let items: Option<Vec<_>> = items.iter().map(Node::flat).collect();
    Some(join(items?, ", "))
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
fn write_call(code: &mut CodeWriter, depth: usize, open: Code, arguments: &[Node], close: Code) {
    if let Some((last, first)) = arguments.split_last()
        && first.iter().all(|argument| matches!(argument, Node::Text(_)))
        && !matches!(last, Node::Text(_))
    {
        let mut before = open;
        for argument in first {
            before.push(argument.flat());
            before.push(", ");
        }
        last.write_between(code, depth, before, close);
        return;
    }
    code.block(open, close, |code| write_items(code, depth + 1, arguments));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(node: &Node) -> String {
        let mut code = CodeWriter::new("  ");
        node.write(&mut code, 0, "x = ", ";");
        code.finish().into_parts().0
    }

    #[test]
    fn a_value_breaks_only_when_it_must() {
        let short = Node::Object(vec![Member::new("a", "1"), Member::new("b-c", "2")]);
        assert_eq!(written(&short), "x = { a: 1, 'b-c': 2 };\n");
        let tall = Node::Tall(vec![Member::new("a", short.clone())]);
        let call = Node::Call(code!("f"), vec!["'n'".into(), tall]);
        assert_eq!(written(&call), "x = f('n', {\n  a: { a: 1, 'b-c': 2 },\n});\n");
        let long = Node::Array(vec![Node::Text(text::name(&"y".repeat(70))), short]);
        assert!(written(&long).starts_with("x = [\n  yyy"), "{}", written(&long));
    }
}
