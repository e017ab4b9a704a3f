//! Names, texts and comments as code of JavaScript and TypeScript: nothing else of a model becomes
//! such code.
//!
//! Must not know any library.

use serde_json::Value;

use crate::formats::code::{self, code};
use crate::formats::javascript::{comment, identifier, literal};

/// JavaScript, TypeScript and what the shell of MongoDB runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JavaScript(());

/// Code in that language.
pub type Code = code::Code<JavaScript>;
/// Lines of it.
pub type CodeWriter = code::CodeWriter<JavaScript>;

fn sealed(text: impl Into<String>) -> Code {
    Code::sealed(JavaScript(()), text)
}

/// A name that code declares, which was chosen before; what may not stand in one is an underscore.
pub fn name(name: &str) -> Code {
    if identifier::is_identifier(name) {
        return sealed(name);
    }
    let fits = |c: &char| identifier::is_identifier(&format!("_{c}"));
    sealed(format!("_{}", name.chars().map(|c| if fits(&c) { c } else { '_' }).collect::<String>()))
}

/// A text as a string literal.
pub fn string(text: &str) -> Code {
    sealed(literal::string(text))
}

/// A name as the key of an object literal.
pub fn key(name: &str) -> Code {
    sealed(literal::key(name))
}

/// Reading a property of an object by name: `.name` or `['name']`.
pub fn member(name: &str) -> Code {
    sealed(literal::member(name))
}

/// A JSON value as an expression on one line.
pub fn json(value: &Value) -> Code {
    sealed(literal::json(value))
}

/// `true` or `false`.
pub fn boolean(flag: bool) -> Code {
    code!(if flag { "true" } else { "false" })
}

/// A pattern as a regular expression literal; none when JavaScript could not read it.
pub fn regular_expression(pattern: &str) -> Option<Code> {
    literal::regular_expression(pattern).map(sealed)
}

/// The lines of a `/** … */` comment; none for an empty text.
pub fn block_comment(text: &str) -> Vec<Code> {
    comment::block(text).into_iter().map(sealed).collect()
}

/// The lines of a `//` comment; none for an empty text.
pub fn line_comment(text: &str) -> Vec<Code> {
    comment::line(text).into_iter().map(sealed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_whatever_it_is_made_of() {
        for (text, expected) in [
            ("User", "User"),
            ("größe", "größe"),
            ("", "_"),
            ("3d", "_3d"),
            ("a; alert(1) //", "_a__alert_1____"),
            ("\u{1f680}", "__"),
        ] {
            assert_eq!(name(text), expected, "{text:?}");
        }
    }
}
