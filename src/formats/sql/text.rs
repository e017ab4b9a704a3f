//! Names, texts and what a person typed, as SQL takes them: nothing else of a model becomes code.
//!
//! Must not know which dialect quotes how; each chooses from here.

use crate::formats::code::Code;

/// SQL of any dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sql(());

/// A name of ASCII letters, digits and underscores that begins with no digit, as it is.
pub fn word(name: &str) -> Option<Code<Sql>> {
    let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word.then(|| Code::sealed(Sql(()), name))
}

/// A name between two quotes; closing ones inside are doubled.
pub fn quoted([open, close]: [char; 2], name: &str) -> Code<Sql> {
    let mut text = String::with_capacity(name.len() + 2);
    text.push(open);
    for c in name.chars() {
        text.push(c);
        if c == close {
            text.push(c);
        }
    }
    text.push(close);
    Code::sealed(Sql(()), text)
}

/// A text in single quotes; those inside are doubled. No dialect takes NUL.
pub fn string(text: &str) -> Code<Sql> {
    Code::sealed(Sql(()), format!("'{}'", text.replace('\0', "").replace('\'', "''")))
}

/// A text in single quotes for dialects that know backslashes in it.
pub fn string_with_escapes(text: &str) -> Code<Sql> {
    string(&text.replace('\\', "\\\\").replace('\r', "\\r"))
}

/// A line of a comment of the script.
pub fn comment(line: &str) -> Code<Sql> {
    let line: String = line.chars().filter(|c| !matches!(c, '\0' | '\n' | '\r')).collect();
    Code::sealed(Sql(()), format!("-- {line}")).trimmed()
}

/// What a person typed to be code, and what was found before to be nothing more than it should be:
/// one contained expression by [`relational`](crate::formats::relational), one type by
/// [`native_type`](super::native_type), a way of storage by [`storage`](super::storage).
pub fn typed(text: &str) -> Code<Sql> {
    Code::sealed(Sql(()), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_cannot_end_early() {
        assert_eq!(quoted(['[', ']'], "a]; DROP TABLE b --"), "[a]]; DROP TABLE b --]");
        assert_eq!(quoted(['"'; 2], "a\"b"), "\"a\"\"b\"");
        assert_eq!(string("it's\0"), "'it''s'");
        assert_eq!(string_with_escapes("\\'\r"), "'\\\\''\\r'");
        assert_eq!(comment("a\nb\0 "), "-- ab");
        assert_eq!(word("order_item").as_ref().map(Code::as_str), Some("order_item"));
        assert_eq!(word("a b").or_else(|| word("1a")).or_else(|| word("")), None);
    }
}
