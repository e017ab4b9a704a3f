//! Where prettyplease and rustfmt (default settings, edition 2024) differ on the constructs that we
//! write, and how rustfmt has them: attributes, fields, imports, empty lines between items.
//!
//! - An attribute stays on one line while its list of several arguments is at most 70 columns wide
//!   and the line at most 100; a list of derives has the line alone as its bound, and fills one
//!   further line before it takes a line for each.
//! - A field whose line would be longer than 100 columns has its type on the next line, a constant
//!   its value.
//! - `use` lists fill lines of 100 columns.
//!
//! Must not know what the items mean.

use unicode_width::UnicodeWidthStr as _;

use crate::formats::code_writer::Origin;
use crate::model::id::ElementId;

/// What a comment starts with that marks where an element's lines begin.
pub(super) const MARK: char = '@';

/// Widest line.
const WIDTH: usize = 100;
/// Widest list of several arguments in an attribute.
const ATTRIBUTE_WIDTH: usize = 70;

/// The text with rustfmt's layout, appended to `head`, and the origins that its marks tell.
pub(super) fn settle(text: &str, head: String, elements: &[ElementId]) -> (String, Vec<Origin>) {
    let mut settled =
        Settled { line_count: head.lines().count(), text: head, ..Settled::default() };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let code = line.trim_start();
        if let Some(mark) = code.strip_prefix("//").and_then(|mark| mark.strip_prefix(MARK)) {
            let element = mark.parse().ok().and_then(|n: usize| elements.get(n)).copied();
            settled.mark(indent, element);
            continue;
        }
        settled.close(|depth| depth > indent);
        let is_list =
            code.starts_with("#[") || code.starts_with("pub ") || code.starts_with("use ");
        let mut statement = code.to_owned();
        if is_list && code.ends_with(['(', '<', '[', '{']) && !is_block(code) {
            for next in lines.by_ref() {
                join(&mut statement, next.trim_start());
                if next.len() - next.trim_start().len() <= indent {
                    break;
                }
            }
        }
        for line in laid_out(&statement, indent) {
            settled.push(&line);
        }
    }
    settled.close(|_| true);
    (settled.text, settled.origins)
}

/// Whether the line opens a block of code rather than a list.
fn is_block(code: &str) -> bool {
    let words = ["struct", "enum", "mod", "fn", "impl", "trait", "const"];
    let is_item = |code: &str| words.iter().any(|word| code.starts_with(&format!("{word} ")));
    is_item(code) || code.strip_prefix("pub ").is_some_and(is_item)
}

#[derive(Debug, Default)]
struct Settled {
    text: String,
    line_count: usize,
    origins: Vec<Origin>,
    /// Marks that are still open: how deep they stand and their place in `origins`.
    open: Vec<(usize, Option<usize>)>,
}

impl Settled {
    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.line_count += 1;
    }

    fn mark(&mut self, indent: usize, element: Option<ElementId>) {
        self.close(|depth| depth >= indent);
        if indent == 0 && !self.text.is_empty() {
            self.push("");
        }
        let origin = element.map(|element| {
            self.origins.push(Origin { lines: self.line_count..self.line_count, element });
            self.origins.len() - 1
        });
        self.open.push((indent, origin));
    }

    /// Ends what is open at those depths.
    fn close(&mut self, is_closed: impl Fn(usize) -> bool) {
        while let Some((_, origin)) = self.open.pop_if(|(depth, _)| is_closed(*depth)) {
            if let Some(origin) = origin.and_then(|origin| self.origins.get_mut(origin)) {
                origin.lines.end = self.line_count;
            }
        }
    }
}

/// Appends a line to a statement that prettyplease broke.
fn join(statement: &mut String, next: &str) {
    if next.starts_with([')', '>', ']', '}']) {
        if statement.ends_with(',') {
            statement.pop();
        }
    } else if !statement.ends_with(['(', '<', '[', '{']) {
        statement.push(' ');
    }
    statement.push_str(next);
}

/// The lines that rustfmt gives a statement.
fn laid_out(statement: &str, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{statement}");
    if let Some(list) = statement.strip_prefix("#[derive(").and_then(|s| s.strip_suffix(")]")) {
        return if line.width() <= WIDTH { vec![line] } else { derive(&pad, list) };
    }
    if let Some(attribute) = statement.strip_prefix("#[").and_then(|s| s.strip_suffix(")]"))
        && let Some((name, list)) = attribute.split_once('(')
    {
        let arguments = arguments(list);
        let fits =
            line.width() <= WIDTH && (arguments.len() < 2 || list.width() <= ATTRIBUTE_WIDTH);
        if fits || arguments.iter().any(|argument| !is_meta(argument)) {
            return vec![line];
        }
        return vertical(&pad, &format!("#[{name}("), &arguments, "", ")]");
    }
    if line.width() <= WIDTH {
        return vec![line];
    }
    if let Some((head, names)) = statement.strip_suffix("};").and_then(|s| s.split_once('{')) {
        let mut lines = vec![format!("{pad}{head}{{")];
        lines.extend(filled(&format!("{pad}    "), &arguments(names)));
        lines.push(format!("{pad}}};"));
        return lines;
    }
    if let Some((head, value)) = statement.split_once(" = ") {
        let value = format!("{pad}    {value}");
        // What is too wide on a line of its own, too, stays where it is.
        return if value.width() <= WIDTH {
            vec![format!("{pad}{head} ="), value]
        } else {
            vec![line]
        };
    }
    match statement.strip_prefix("pub ").and_then(|field| field.split_once(": ")) {
        Some((name, ty)) if indent > 0 && !name.contains(' ') => {
            vec![format!("{pad}pub {name}:"), format!("{pad}    {ty}")]
        }
        Some(_) | None => vec![line],
    }
}

fn derive(pad: &str, list: &str) -> Vec<String> {
    let inner = format!("{pad}    {list},");
    if inner.width() <= WIDTH {
        return vec![format!("{pad}#[derive("), inner, format!("{pad})]")];
    }
    vertical(pad, "#[derive(", &arguments(list), ",", ")]")
}

fn vertical(pad: &str, open: &str, arguments: &[&str], last: &str, close: &str) -> Vec<String> {
    let mut lines = vec![format!("{pad}{open}")];
    for (n, argument) in arguments.iter().enumerate() {
        let comma = if n + 1 < arguments.len() { "," } else { last };
        lines.push(format!("{pad}    {argument}{comma}"));
    }
    lines.push(format!("{pad}{close}"));
    lines
}

/// Names in lines as long as they may be, with a comma after each.
fn filled(pad: &str, names: &[&str]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.width() + name.width() + 2 <= WIDTH => {
                line.extend([" ", *name, ","]);
            }
            Some(_) | None => lines.push(format!("{pad}{name},")),
        }
    }
    lines
}

/// The arguments of a list, split at commas outside strings and parentheses.
fn arguments(list: &str) -> Vec<&str> {
    let mut arguments = Vec::new();
    let (mut start, mut depth, mut quoted, mut escaped) = (0, 0_usize, false, false);
    for (at, c) in list.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                arguments.extend(list.get(start..at).map(str::trim));
                start = at + 1;
            }
            _ => {}
        }
    }
    arguments.extend(list.get(start..).map(str::trim).filter(|last| !last.is_empty()));
    arguments
}

/// Whether rustfmt reads an argument as one it may lay out: a word or a word with a literal.
fn is_meta(argument: &str) -> bool {
    match argument.split_once(" = ") {
        Some((_, value)) => value.starts_with('"'),
        None => !argument.contains('('),
    }
}
