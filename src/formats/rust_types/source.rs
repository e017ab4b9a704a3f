//! Rust source under construction: items in order, each marked with the element it comes from, then
//! formatted by prettyplease and settled where rustfmt lays lines out differently.
//!
//! It declares the language: nothing of a model becomes Rust but by what stands here. Must not know
//! what the items mean.

use unicode_ident::{is_xid_continue, is_xid_start};

use crate::formats::code::{Piece, Written, code, join, language};
use crate::formats::rust_types::names::unraw;
use crate::formats::rust_types::rustfmt::{MARK, settle};
use crate::model::id::ElementId;

language!("Rust");

/// Items of one file, before formatting.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    code: Code,
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
        self.line(code!("#[comment = ", string(&format!("{MARK}{number}")), "]"));
    }

    /// Adds a line of code.
    pub(super) fn line(&mut self, piece: impl Piece<Language>) {
        self.code.push(piece);
        self.code.push("\n");
    }

    /// Adds documentation of what follows: nothing when the note is empty.
    pub(super) fn docs(&mut self, note: &str) {
        for line in doc_lines(note) {
            let line = if line.is_empty() { line } else { format!(" {line}") };
            self.line(code!("#[doc = ", string(&line), "]"));
        }
    }

    /// Adds the items of another source; this one must not have marked any element yet.
    pub(super) fn append(&mut self, body: Self) {
        debug_assert!(self.elements.is_empty(), "marks are numbered from the first source");
        self.code.push(body.code);
        self.elements.extend(body.elements);
    }

    /// The formatted text and where its lines come from, after `header`, which is comment lines
    /// without their slashes.
    pub(super) fn finish(self, header: &[String]) -> Written {
        let formatted = match syn::parse_file(self.code.as_str()) {
            Ok(file) => prettyplease::unparse(&file),
            Err(error) => {
                debug_assert!(
                    false,
                    "generated Rust does not parse: {error}\n{}",
                    self.code.as_str()
                );
                self.code.into()
            }
        };
        let mut text = String::new();
        for line in header {
            text.push_str(comment(line).as_str());
            text.push('\n');
        }
        let (text, origins) = settle(&formatted, text, &self.elements);
        sealed(text).written(origins)
    }
}

/// `text` as a Rust string literal: on one line, invisible characters escaped.
pub(super) fn string(text: &str) -> Code {
    sealed(format!("{text:?}"))
}

/// `key = "text"`, as attributes say it.
pub(super) fn key_value(key: &'static str, text: &str) -> Code {
    code!(key, " = ", string(text))
}

/// An identifier that was chosen before, with its `r#`; what may not stand in one is an underscore.
pub(super) fn name(ident: &str) -> Code {
    let bare = unraw(ident);
    let starts = bare.starts_with(|c| c == '_' || is_xid_start(c));
    if starts && bare.chars().all(is_xid_continue) {
        return sealed(ident);
    }
    let fits = |c: char| if is_xid_continue(c) { c } else { '_' };
    sealed(format!("_{}", bare.chars().map(fits).collect::<String>()))
}

/// A path that was put together before; its last name may be a star.
pub(super) fn path(path: &str) -> Code {
    join(path.split("::").map(|one| if one == "*" { code!("*") } else { name(one) }), "::")
}

/// A path that somebody typed, made of names alone.
pub(super) fn typed_path(text: &str) -> Option<Code> {
    let path = syn::parse_str::<syn::Path>(text).ok()?;
    if path.segments.iter().any(|segment| !segment.arguments.is_none()) {
        return None;
    }
    let names = path.segments.iter().map(|segment| name(&segment.ident.to_string()));
    Some(code!(path.leading_colon.map(|_| "::"), join(names, "::")))
}

/// A line as a comment.
pub(super) fn comment(line: &str) -> Code {
    sealed(format!("// {}", clean(line)).trim_end())
}

/// A note as doc comments.
pub(super) fn doc_comments(note: &str) -> Vec<Code> {
    doc_lines(note).iter().map(|line| sealed(format!("/// {line}").trim_end())).collect()
}

/// The lines of a note as doc comments may hold them.
fn doc_lines(note: &str) -> Vec<String> {
    let lines = note.trim().split(['\n', '\u{2028}', '\u{2029}', '\u{85}']);
    let lines: Vec<_> = lines.map(|line| clean(line).trim_end().to_owned()).collect();
    if lines.iter().all(String::is_empty) { Vec::new() } else { lines }
}

/// `line` without characters that rustc refuses in comments or that hide how they read.
fn clean(line: &str) -> String {
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
        let (text, origins) = source.finish(&["head\ner".to_owned()]).into_parts();
        let expected = "// head er\n\n/// one */ \"two\"\n///\n/// / three\n/// pub struct X;\npub struct A;\n";
        assert_eq!(text, expected);
        assert!(origins.is_empty());
    }

    #[test]
    fn a_typed_path_is_nothing_but_its_names() {
        for (text, expected) in [
            ("Hash", Some("Hash")),
            ("::a :: r#type", Some("::a::r#type")),
            ("Hash // x", Some("Hash")),
            ("Vec<u8>", None),
            ("Hash)]", None),
        ] {
            assert_eq!(typed_path(text).as_ref().map(Code::as_str), expected, "{text}");
        }
        assert_eq!(name("a // b"), "_a____b");
    }
}
