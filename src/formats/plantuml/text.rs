//! Texts as PlantUML shows them: signs that mean something to it are written by their code.
//!
//! Must not know entities.

use std::fmt::Write as _;

use crate::formats::javascript::literal::is_unseen;

/// A text on one line that nothing of can be read as markup.
pub(super) fn text(text: &str) -> String {
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
