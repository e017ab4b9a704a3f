//! Texts as GitHub-flavored Markdown takes them: whatever they hold, they are shown as they are.
//!
//! Must not know what the texts mean.

use crate::base::ident::UniqueNames;
use crate::formats::code::{join, language};

language!("Markdown");

/// Where a text stands, which decides what would end it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a cell of a table.
    Cell,
    /// In a paragraph, heading or list.
    Line,
}

/// A name or an expression, as code.
pub(super) fn code(text: &str, place: Place) -> Code {
    let mut shown: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    if shown.trim().is_empty() {
        return sealed("*(empty)*");
    }
    if place == Place::Cell {
        shown = shown.replace('|', "\\|");
        // A table reads `\|` as `|`; a backslash before it would keep the cell from ending there.
        if text.contains("\\|") {
            return prose(text, place);
        }
    }
    let longest = shown.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_room = shown.starts_with(['`', ' ']) || shown.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    sealed(format!("{fence}{room}{shown}{room}{fence}"))
}

/// A text on one line; in a cell its lines are kept.
pub(super) fn prose(text: &str, place: Place) -> Code {
    let lines = lines_of(text).map(|line| escaped(&line));
    match place {
        Place::Cell => join(lines.map(sealed), "<br>"),
        Place::Line => sealed(lines.collect::<Vec<_>>().join(" ").trim()),
    }
}

/// A name in a heading or link; one that cannot be seen says so.
pub(super) fn shown(name: &str) -> Code {
    let shown = prose(name, Place::Line);
    if shown.is_empty() { sealed("(no name)") } else { shown }
}

/// An id of plain ASCII that no other anchor has, made of a name.
pub(super) fn anchor(name: &str, ids: &mut UniqueNames) -> Code {
    let words: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' })
        .collect();
    let slug = words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    sealed(ids.unique(if slug.is_empty() { "element" } else { &slug }, "-"))
}

/// The lines of an SQL text, fenced so that nothing in it ends the fence.
pub(super) fn fenced_sql(text: &str) -> Vec<Code> {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let lines = text.trim().lines().map(|line| {
        let shown: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        sealed(shown.trim_end())
    });
    let open = sealed(format!("{fence}sql"));
    std::iter::once(open).chain(lines).chain(std::iter::once(sealed(fence))).collect()
}

/// A text as paragraphs of its own: each of its lines, with an empty one where it has one.
pub(super) fn paragraphs(text: &str) -> Vec<Code> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<_> =
        lines_of(text).map(|line| sealed(unstructured(&escaped(&line)))).collect();
    let n_lines = lines.len();
    for (n, line) in lines.iter_mut().enumerate() {
        if n + 1 < n_lines && !line.is_empty() {
            line.push("<br>");
        }
    }
    lines
}

fn lines_of(text: &str) -> impl Iterator<Item = String> {
    text.trim().split(['\n', '\u{2028}', '\u{2029}', '\u{85}']).map(|line| {
        line.chars()
            .map(|c| if is_hidden(c) { ' ' } else { c })
            .collect::<String>()
            .trim()
            .to_owned()
    })
}

/// A line whose signs mean themselves.
fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let mut previous = ' ';
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let is_inside_word =
            previous.is_alphanumeric() && chars.peek().is_some_and(|next| next.is_alphanumeric());
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '_' if is_inside_word => escaped.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
        previous = c;
    }
    escaped
}

/// A line that starts no heading, list, quote or rule.
fn unstructured(line: &str) -> String {
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_number.len() < line.len() && after_number.starts_with(['.', ')']);
    if line.starts_with(['#', '-', '+', '=', ':', '!']) {
        return format!("\\{line}");
    }
    if is_numbered {
        let digits = line.get(..line.len() - after_number.len()).unwrap_or_default();
        return format!("{digits}\\{after_number}");
    }
    line.to_owned()
}

/// Characters that are not seen or change how the rest reads.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_keeps_backticks_and_pipes_inside() {
        assert_eq!(code("a_b", Place::Line), "`a_b`");
        assert_eq!(code("a|b", Place::Cell), "`a\\|b`");
        assert_eq!(code("`x``", Place::Line), "``` `x`` ```");
        assert_eq!(code(" \n", Place::Line), "*(empty)*");
    }

    #[test]
    fn prose_means_itself() {
        let hostile = "<b>&| [x](javascript:1) *a* snake_case _it_";
        let shown = "&lt;b&gt;&amp;\\| \\[x\\](javascript:1) \\*a\\* snake_case \\_it\\_";
        assert_eq!(prose(hostile, Place::Cell), shown);
        assert_eq!(prose("a\nb", Place::Cell), "a<br>b");
        assert_eq!(paragraphs("# a\n1. b"), ["\\# a<br>", "1\\. b"]);
    }
}
