//! Rust source under construction: items in order, each marked with the element it comes from, then
//! formatted by prettyplease and settled where rustfmt lays lines out differently.
//!
//! Must not know what the items mean.

use crate::formats::code::Origin;
use crate::formats::rust_types::rustfmt::{MARK, settle};
use crate::model::id::ElementId;

/// Items of one file, before formatting.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    text: String,
    elements: Vec<ElementId>,
}

impl Source {
    /// Starts a top-level item after an empty line; an item that comes from an element says so.
    pub(super) fn start_item(&mut self, element: Option<ElementId>) {
        self.mark(element);
    }

    /// What follows, up to the next mark or the end of the block, comes from that element.
    pub(super) fn mark(&mut self, element: Option<ElementId>) {
        let number = match element {
            Some(element) => {
                self.elements.push(element);
                (self.elements.len() - 1).to_string()
            }
            None => String::new(),
        };
        self.line(&format!("#[comment = {}]", string(&format!("{MARK}{number}"))));
    }

    /// Adds a line of code.
    pub(super) fn line(&mut self, code: &str) {
        self.text.push_str(code);
        self.text.push('\n');
    }

    /// Adds documentation of what follows: nothing when the note is empty.
    pub(super) fn docs(&mut self, note: &str) {
        for line in doc_lines(note) {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            self.line(&format!("#[doc = {}]", string(&line)));
        }
    }

    /// Adds the items of another source; this one must not have marked any element yet.
    pub(super) fn append(&mut self, body: Self) {
        debug_assert!(self.elements.is_empty(), "marks are numbered from the first source");
        self.text.push_str(&body.text);
        self.elements.extend(body.elements);
    }

    /// The formatted text and where its lines come from, after `header`, which is comment lines
    /// without their slashes.
    pub(super) fn finish(self, header: &[String]) -> (String, Vec<Origin>) {
        let formatted = match syn::parse_file(&self.text) {
            Ok(file) => prettyplease::unparse(&file),
            Err(error) => {
                debug_assert!(false, "generated Rust does not parse: {error}\n{}", self.text);
                self.text
            }
        };
        let mut text = String::new();
        for line in header {
            text.push_str(format!("// {}", clean(line)).trim_end());
            text.push('\n');
        }
        settle(&formatted, text, &self.elements)
    }
}

/// `text` as a Rust string literal: on one line, invisible characters escaped.
pub(super) fn string(text: &str) -> String {
    format!("{text:?}")
}

/// The lines of a note as doc comments may hold them.
pub(super) fn doc_lines(note: &str) -> Vec<String> {
    let lines = note.trim().split(['\n', '\u{2028}', '\u{2029}', '\u{85}']);
    let lines: Vec<_> = lines.map(|line| clean(line).trim_end().to_owned()).collect();
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

/// `line` without characters that rustc refuses in comments or that hide how they read.
pub(super) fn clean(line: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    line.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_become_doc_comments_that_cannot_end_early() {
        let mut source = Source::default();
        source.start_item(None);
        source.docs("one */ \"two\"\r\n\n/ three\u{202e} \u{2028}pub struct X;  ");
        source.line("pub struct A;");
        let (text, origins) = source.finish(&["head\ner".to_owned()]);
        let expected = "// head er\n\n/// one */ \"two\"\n///\n/// / three\n/// pub struct X;\npub struct A;\n";
        assert_eq!(text, expected);
        assert!(origins.is_empty());
    }
}
