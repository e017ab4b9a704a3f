//! Texts as PlantUML shows them: signs that mean something to it are written by their code.
//!
//! Must not know entities.

use std::fmt::Write as _;

use crate::formats::code::language;
use crate::formats::javascript::literal::is_unseen;

language!("PlantUML");

/// A text on one line that nothing of can be read as markup.
pub(super) fn text(text: &str) -> Code {
    sealed(written(text))
}

fn written(text: &str) -> String {
    let visible: String = text.chars().map(|c| if is_unseen(c) { ' ' } else { c }).collect();
    let mut written = String::with_capacity(visible.len());
    for word in visible.split_whitespace() {
        if !written.is_empty() {
            written.push(' ');
        }
        for c in word.chars() {
            let is_plain = c.is_alphanumeric()
                || matches!(
                    c,
                    '_' | '.' | ',' | '(' | ')' | ':' | '-' | '[' | ']' | '/' | ';' | '?'
                );
            if is_plain || !c.is_ascii() {
                written.push(c);
            } else {
                write!(written, "<U+{:04X}>", u32::from(c)).unwrap_or_default();
            }
        }
    }
    escape_pairs(written)
}

/// Two of some signs in a row are markup.
fn escape_pairs(text: String) -> String {
    let mut text = text;
    for c in ['_', '.', '-', '[', ']', '/'] {
        let pair = format!("{c}{c}");
        let code = format!("<U+{0:04X}><U+{0:04X}>", u32::from(c));
        text = text.replace(&pair, &code);
    }
    text
}

/// A name in a line of an entity, where some first signs mean something.
pub(super) fn field_name(name: &str) -> Code {
    let name =
        written(name).replace(':', "<U+003A>").replace('(', "<U+0028>").replace(')', "<U+0029>");
    let is_plain = name.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '<');
    match (name.is_empty(), is_plain) {
        (true, _) => sealed("<U+0020>"),
        (_, true) => sealed(name),
        (_, false) => sealed(format!("<U+200B>{name}")),
    }
}

/// The lines of a note, none of which can end it.
pub(super) fn note_lines(note: &str) -> impl Iterator<Item = Code> {
    note.lines().map(|line| {
        let line = written(line);
        let is_end = line.to_ascii_lowercase().starts_with("end");
        let guard = if line.is_empty() {
            " "
        } else if is_end {
            "<U+200B>"
        } else {
            ""
        };
        sealed(format!("{guard}{line}"))
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(text("order_item (2)"), "order_item (2)");
        assert_eq!(text("a\"b\n@enduml"), "a<U+0022>b <U+0040>enduml");
        assert_eq!(text("!include x"), "<U+0021>include x");
        assert_eq!(text("a__b"), "a<U+005F><U+005F>b");
    }
}
