//! Where prettyplease and rustfmt (default settings, edition 2024) differ on the constructs that we
//! write, and how rustfmt has them: attributes, fields, imports, empty lines between items.
//!
//! - An attribute stays on one line while its list of several arguments is at most 70 columns wide
//!   and the line at most 100; a list of derives has the line alone as its bound, and fills one
//!   further line before it takes a line for each.
//! - A field whose line would be longer than 100 columns has its type on the next line, a constant
//!   its value.
//! - An arm of a match stays on one line of 100 columns, those of its pattern counted in bytes, else
//!   its body has a block.
//! - The type that something is implemented for has a line of its own where the header is too long.
//! - `use` lists of more than 98 columns fill lines inside braces.
//!
//! Must not know what the items mean.

use unicode_width::UnicodeWidthStr as _;

use crate::formats::code::Origin;
use crate::model::id::ElementId;

/// What a comment starts with that marks where an element's lines begin.
pub(super) const MARK: char = '@';

/// Widest line.
const WIDTH: usize = 100;
/// Widest `use` of a list on one line; a line inside its braces may have one column more.
const USE_WIDTH: usize = 98;
/// Widest list of derives on one line; on a line of its own it may be as wide as any line, with a
/// comma after it.
const DERIVE_WIDTH: usize = 96;
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
        if code.starts_with("impl ") {
            while !statement.ends_with(['{', '}'])
                && let Some(next) = lines.next()
            {
                join(&mut statement, next.trim_start());
            }
        }
        if is_list && code.ends_with(['(', '<', '[', '{']) && !is_block(code) {
            for next in lines.by_ref() {
                join(&mut statement, next.trim_start());
                if next.len() - next.trim_start().len() <= indent {
                    break;
                }
            }
        }
        if code.ends_with(" => {") {
            // The body of an arm is one line here, and its end another.
            let body: Vec<&str> = lines.by_ref().take(2).collect();
            settled.push_arm(line, &body);
            continue;
        }
        for line in laid_out(&statement, indent, settled.place(indent, code)) {
            settled.push(&line);
        }
    }
    settled.close(|_| true);
    (settled.text, settled.origins)
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Among the fields of a struct.
    Struct,
    /// Anywhere else.
    #[default]
    Elsewhere,
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
    /// What the last line at the top opened.
    top: Place,
    /// Marks that are still open: how deep they stand and their place in `origins`.
    open: Vec<(usize, Option<usize>)>,
}

impl Settled {
    /// Where a line of that depth stands; one at the top decides for those below it.
    fn place(&mut self, indent: usize, code: &str) -> Place {
        if indent > 0 {
            return self.top;
        }
        let is_struct = code.starts_with("pub struct ");
        self.top = if is_struct { Place::Struct } else { Place::Elsewhere };
        Place::Elsewhere
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.line_count += 1;
    }

    /// Writes an arm that prettyplease put into a block, on one line where that fits.
    fn push_arm(&mut self, head: &str, body: &[&str]) {
        // rustfmt measures the pattern in bytes and the body in columns.
        let joined = head.strip_suffix('{').zip(body.first()).and_then(|(head, body)| {
            let body = format!("{},", body.trim());
            (head.len() + body.width() <= WIDTH).then(|| format!("{head}{body}"))
        });
        match joined {
            Some(joined) => self.push(&joined),
            None => {
                for line in std::iter::once(&head).chain(body) {
                    self.push(line);
                }
            }
        }
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
fn laid_out(statement: &str, indent: usize, place: Place) -> Vec<String> {
    let pad = " ".repeat(indent);
    let line = format!("{pad}{statement}");
    if let Some(list) = statement.strip_prefix("#[derive(").and_then(|s| s.strip_suffix(")]")) {
        return if line.width() <= DERIVE_WIDTH { vec![line] } else { derive(&pad, list) };
    }
    if let Some(attribute) = statement.strip_prefix("#[").and_then(|s| s.strip_suffix(")]"))
        && let Some((name, list)) = attribute.split_once('(')
    {
        let arguments = arguments(list);
        // rustfmt counts one column more where an attribute stands on a field.
        let widest = if place == Place::Struct { WIDTH - 1 } else { WIDTH };
        let fits =
            line.width() <= widest && (arguments.len() < 2 || list.width() <= ATTRIBUTE_WIDTH);
        if fits || arguments.iter().any(|argument| !is_meta(argument)) {
            return vec![line];
        }
        return vertical(&pad, &format!("#[{name}("), &arguments, "", ")]");
    }
    let use_list = statement.strip_suffix("};").and_then(|s| s.split_once('{'));
    let widest = if use_list.is_some() { USE_WIDTH } else { WIDTH };
    if line.width() <= widest {
        return vec![line];
    }
    if let Some(header) = statement.strip_prefix("impl ").and_then(|s| s.strip_suffix(" {"))
        && let Some((of, subject)) = header.split_once(" for ")
    {
        return vec![
            format!("{pad}impl {of}"),
            format!("{pad}    for {subject}"),
            format!("{pad}{{"),
        ];
    }
    if let Some((head, names)) = use_list {
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
    if inner.width() <= WIDTH + 1 {
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
    let lines = filled_lines(pad.width(), names);
    lines.into_iter().map(|line| format!("{pad}{},", line.join(", "))).collect()
}

/// Names as they share lines of that indentation, with a comma after each.
pub(super) fn filled_lines<'a>(pad: usize, names: &[&'a str]) -> Vec<Vec<&'a str>> {
    let mut lines: Vec<Vec<&str>> = Vec::new();
    let mut width = 0;
    for name in names {
        match lines.last_mut() {
            Some(line) if width + name.width() + 2 <= USE_WIDTH + 1 => {
                line.push(name);
                width += name.width() + 2;
            }
            Some(_) | None => {
                lines.push(vec![name]);
                width = pad + name.width() + 1;
            }
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
        Some((_, value)) => value.starts_with('"') || matches!(value, "true" | "false"),
        None => !argument.contains('('),
    }
}
