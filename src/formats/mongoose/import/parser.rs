//! Text → module: the grammar of TypeScript, which reads JavaScript too, and which goes on behind
//! what it cannot read (tree-sitter). The tree is walked once and let go.

use std::borrow::Cow;

use tree_sitter::{Node, Parser, Tree};

use crate::formats::mongoose::import::code::Module;
use crate::formats::mongoose::import::notes::Comments;

/// Deepest nesting of code that is looked into.
const DEEPEST: usize = 96;
/// Largest file: models are written by hand.
const MOST_BYTES: usize = 4_000_000;
/// Deepest nesting of brackets that the grammar is asked to read: it takes long over more.
const DEEPEST_BRACKETS: usize = 256;
/// Largest file that is mended, and how often that is tried.
const MOST_REPAIRED: usize = 200_000;
const MOST_REPAIRS: usize = 16;
/// How many syntax errors of one file are told.
const MOST_ERRORS: usize = 20;

/// Reads modules, one after another.
#[derive(Default)]
pub(super) struct ModuleParser {
    parser: Option<Parser>,
}

/// The way through one syntax tree.
pub(super) struct Reader<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// What was found so far.
    pub(super) module: Module<'a>,
    depth: usize,
    too_deep: Option<usize>,
}

impl ModuleParser {
    /// What a text declares and states.
    pub(super) fn parse<'a>(&mut self, text: &'a str) -> Module<'a> {
        let mut reader = Reader { text, module: Module::default(), depth: 0, too_deep: None };
        if text.len() > MOST_BYTES {
            let message = format!("the file is larger than {MOST_BYTES} bytes: it is left out");
            reader.module.errors.push((0, message));
            return reader.module;
        }
        let (shallow, cut) = without_depths(text);
        reader.too_deep = cut;
        let Some(mut tree) = self.tree(&shallow) else {
            let message = "the file is too tangled to be code: it is left out".to_owned();
            reader.module.errors.push((0, message));
            return reader.module;
        };
        if tree.root_node().has_error() && text.len() < MOST_REPAIRED {
            for at in self.repair(&shallow, &mut tree) {
                reader.module.errors.push((at, missing(",")));
            }
        }
        let root = tree.root_node();
        if root.has_error() {
            reader.errors(root);
        }
        reader.statements(root, true);
        if let Some(at) = reader.too_deep {
            let message = format!("what is nested deeper than {DEEPEST} levels is left out");
            reader.module.errors.push((at, message));
        }
        reader.module
    }

    /// Reads the text again with a comma where one is missing, as long as that leaves fewer
    /// errors; every byte stays where it is. Gives the places of the commas.
    fn repair(&mut self, text: &str, tree: &mut Tree) -> Vec<usize> {
        let mut repaired = text.to_owned();
        let mut commas = Vec::new();
        let mut tried = 0;
        for _ in 0..MOST_REPAIRS {
            let errors = error_places(tree.root_node());
            if errors.len() > MOST_ERRORS {
                break;
            }
            let untried = errors.iter().copied().filter(|at| *at >= tried);
            let mut gaps = untried.filter_map(|at| Some((at, comma_gap(&repaired, at)?)));
            let Some((at, gap)) = gaps.next() else { break };
            tried = at + 1;
            let mut attempt = repaired.clone();
            attempt.replace_range(gap..=gap, ",");
            let Some(other) = self.tree(&attempt) else { break };
            if error_places(other.root_node()).len() < errors.len() {
                *tree = other;
                repaired = attempt;
                commas.push(gap);
            }
        }
        commas
    }

    fn tree(&mut self, text: &str) -> Option<Tree> {
        if self.parser.is_none() {
            let mut parser = Parser::new();
            parser.set_language(&tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()).ok()?;
            self.parser = Some(parser);
        }
        self.parser.as_mut()?.parse(text, None)
    }
}

impl<'a> Reader<'a> {
    /// The text of a node.
    pub(super) fn slice(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// Goes one level deeper, unless that is too deep.
    pub(super) fn descend(&mut self, at: usize) -> bool {
        if self.depth >= DEEPEST {
            self.too_deep.get_or_insert(at);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Comes back from a level.
    pub(super) fn ascend(&mut self) {
        self.depth -= 1;
    }

    /// The statements in a body, where they may speak of schemas.
    pub(super) fn block(&mut self, body: Node<'_>) {
        let text = self.slice(body);
        let words = ["chema", "odel(", "odel<", ".index(", ".virtual("];
        if words.iter().any(|word| text.contains(word)) {
            self.statements(body, false);
        }
    }

    fn statements(&mut self, node: Node<'_>, is_top: bool) {
        if !self.descend(node.start_byte()) {
            return;
        }
        let (mut comments, mut end) = (Comments::default(), None);
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            if child.kind() == "comment" {
                comments.hear(child, self.text, end);
                continue;
            }
            let note = comments.take(child);
            self.statement(child, note, is_top);
            end = Some(child.end_position().row);
        }
        self.ascend();
    }

    /// Reads one statement.
    pub(super) fn statement(&mut self, node: Node<'_>, note: String, is_top: bool) {
        match node.kind() {
            "import_statement" => self.import(node),
            "export_statement" => self.export(node, note, is_top),
            "lexical_declaration" | "variable_declaration" => {
                self.variables(node, note, is_top);
            }
            "expression_statement" | "return_statement" => {
                if let Some(inner) = node.named_child(0) {
                    let expr = self.expr(inner);
                    self.state(expr, note);
                }
            }
            "enum_declaration" => {
                self.enumeration(node, note);
            }
            "type_alias_declaration" => self.type_alias(node),
            "function_declaration" | "generator_function_declaration" | "class_declaration" => {
                self.opaque(node, is_top);
            }
            "interface_declaration" | "function_signature" | "import_alias" => {}
            kind if is_statement(kind) => self.statements(node, false),
            _ => {
                let expr = self.expr(node);
                self.state(expr, note);
            }
        }
    }

    /// Remembers where the text is no code.
    fn errors(&mut self, root: Node<'_>) {
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if self.module.errors.len() >= MOST_ERRORS {
                return;
            }
            let at = node.start_byte();
            if node.is_missing() {
                self.module.errors.push((at, missing(node.kind())));
            } else if node.is_error() {
                let shown: String = self.slice(node).chars().take(40).collect();
                let shown = shown.lines().next().unwrap_or_default().trim_end().to_owned();
                self.module.errors.push((at, format!("this is no code: `{shown}`")));
            } else if node.has_error() {
                let mut cursor = node.walk();
                let children: Vec<_> = node.children(&mut cursor).collect();
                open.extend(children.into_iter().rev());
            }
        }
    }
}

/// The text with blanks for all that stands in too many brackets, every byte where it was, and where
/// the first of it stands.
fn without_depths(text: &str) -> (Cow<'_, str>, Option<usize>) {
    let mut depth = 0_usize;
    let mut cut = None;
    let mut shallow: Vec<u8> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b'(' | b'[' | b'{') {
            depth += 1;
        }
        let is_too_deep = depth > DEEPEST_BRACKETS;
        if matches!(byte, b')' | b']' | b'}') {
            depth = depth.saturating_sub(1);
        }
        if is_too_deep && cut.is_none() {
            cut = Some(at);
            shallow.extend(text.as_bytes().get(..at).unwrap_or_default());
        }
        if cut.is_some() {
            shallow.push(if is_too_deep && byte != b'\n' { b' ' } else { byte });
        }
    }
    match (cut, String::from_utf8(shallow)) {
        (Some(_), Ok(shallow)) => (Cow::Owned(shallow), cut),
        (_, Ok(_) | Err(_)) => (Cow::Borrowed(text), None),
    }
}

/// Where a tree has errors, in order.
fn error_places(root: Node<'_>) -> Vec<usize> {
    let mut places = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        if node.is_missing() || node.is_error() {
            places.push(node.start_byte());
        }
        if node.has_error() {
            let mut cursor = node.walk();
            let children: Vec<_> = node.children(&mut cursor).collect();
            open.extend(children.into_iter().rev());
        }
    }
    places
}

/// The blank before that place in which a comma may be missing.
fn comma_gap(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?;
    let gap = before.len().checked_sub(1)?;
    let ends = before.trim_end();
    let is_behind_value = ends.chars().next_back().is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '}' | ']' | ')' | '\'' | '"' | '`' | '_')
    });
    (ends.len() < before.len() && before.is_char_boundary(gap) && is_behind_value).then_some(gap)
}

fn missing(kind: &str) -> String {
    match kind {
        "identifier" | "property_identifier" => "a name or value is missing".to_owned(),
        _ => format!("`{kind}` is missing"),
    }
}

/// Whether nodes of that kind hold statements.
fn is_statement(kind: &str) -> bool {
    matches!(
        kind,
        "ERROR" | "statement_block" | "class_body" | "class_static_block" | "switch_body"
    ) || kind.ends_with("_statement")
        || kind.ends_with("_clause")
        || kind.ends_with("_declaration")
        || kind.starts_with("switch_")
}
