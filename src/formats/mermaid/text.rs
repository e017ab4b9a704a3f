//! Names and texts as Mermaid's entity relationship diagrams take them. Nothing can be escaped there,
//! so what would end a text or start a directive gives way to a sign that looks like it.
//!
//! Must not know entities.

use crate::base::ident::UniqueNames;
use crate::formats::code::language;

language!("Mermaid");

/// Words that cannot be the id of an entity, in lower case.
const ENTITY_WORDS: [&str; 12] = [
    "accdescr",
    "acctitle",
    "class",
    "classdef",
    "direction",
    "end",
    "erdiagram",
    "many",
    "one",
    "style",
    "subgraph",
    "to",
];

/// Words that cannot be the name of a field, in lower case.
const FIELD_WORDS: [&str; 3] = ["fk", "pk", "uk"];

/// A sign that looks like a space and is none.
const BLANK: char = '\u{2800}';

/// An id made of ASCII letters, digits and `_` that no other has.
pub(super) fn id(name: &str, ids: &mut UniqueNames) -> Code {
    let mut word: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !word.chars().any(|c| c.is_ascii_alphanumeric()) {
        "entity".clone_into(&mut word);
    }
    if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        word.insert_str(0, "e_");
    }
    if ENTITY_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
        word.push('_');
    }
    sealed(ids.unique(&word, "_"))
}

/// A field's name or type: letters, digits and few signs, starting with a letter or `_`.
pub(super) fn word(text: &str) -> Code {
    let fits = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '_' | '-' | '.' | ',' | '[' | ']' | '(' | ')')
            || (c.is_alphanumeric() && matches!(c, '\u{c0}'..='\u{ffff}'))
    };
    let mut word: String = text.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    if !word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        word.insert(0, '_');
    }
    if FIELD_WORDS.contains(&word.to_ascii_lowercase().as_str()) {
        word.push('_');
    }
    sealed(word)
}

/// The name of an entity or area as a card shows it, in quotes.
pub(super) fn label(text: &str) -> Code {
    let shown: String = one_line(text)
        .chars()
        .map(|c| match c {
            '%' => '％',
            '\\' => '＼',
            c => c,
        })
        .collect();
    sealed(format!("\"{shown}\""))
}

/// A text in quotes.
pub(super) fn text(text: &str) -> Code {
    sealed(format!("\"{}\"", one_line(text)))
}

/// A comment to the end of the line.
pub(super) fn comment(text: &str) -> Code {
    sealed(format!("%% {}", one_line(text)))
}

/// A text as a value of the front matter, which is YAML.
pub(super) fn front_matter(text: &str) -> Code {
    sealed(serde_json::Value::from(one_line(text)).to_string())
}

/// A text on one line that neither ends a quote nor starts a directive, and holds no HTML.
pub(super) fn one_line(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let visible: String = text.chars().map(|c| if is_hidden(c) { ' ' } else { c }).collect();
    let mut line = String::with_capacity(visible.len());
    let mut last = "";
    for word in visible.split_whitespace() {
        // Mermaid takes a whole line for a directive that has these words anywhere, even in quotes.
        let starts = |word: &str, with: &str| {
            word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
        };
        let is_directive = last.to_ascii_lowercase().ends_with("direction")
            && ["TB", "BT", "RL", "LR"].into_iter().any(|way| starts(word, way));
        if !line.is_empty() {
            line.push(if is_directive { BLANK } else { ' ' });
        }
        line.push_str(word);
        last = word;
    }
    // What looks like a tag or an entity of HTML would be read as one.
    let is_entity = line.contains(';');
    let line: String = line
        .chars()
        .map(|c| match c {
            '"' => '”',
            '<' => '＜',
            '>' => '＞',
            '&' => '＆',
            // Two of them make a generic type, even in quotes.
            '~' => '∼',
            '#' if is_entity => '＃',
            c => c,
        })
        .collect();
    line.replace("%%", "％％")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_text_or_starts_a_directive() {
        assert_eq!(text("say \"hi\"\n%%{init}%%"), "\"say ”hi” ％％{init}％％\"");
        assert_eq!(label("100% \\ x"), "\"100％ ＼ x\"");
        assert_eq!(text("C# <b>&#35;"), "\"C＃ ＜b＞＆＃35;\"");
        assert_eq!(text("~a~"), "\"∼a∼\"");
        assert_eq!(text("C# & a"), "\"C# ＆ a\"");
        assert_eq!(text("Direction lr"), "\"Direction\u{2800}lr\"");
        assert_eq!(word("map of int"), "map_of_int");
        assert_eq!(word("2fa"), "_2fa");
        assert_eq!(word("pk"), "pk_");
    }

    #[test]
    fn ids_are_plain_words_that_differ() {
        let mut ids = UniqueNames::new();
        let given = ["User", "user", "Style", "größe", "3d", "!"].map(|name| id(name, &mut ids));
        assert_eq!(given, ["User", "user_2", "Style_", "gr__e", "e_3d", "entity"]);
    }
}
