//! A JSON text in the making that remembers what its members come from, on as few lines as read well.
//!
//! Must not know schemas.

use crate::formats::code::{Piece, code, join, language};
use crate::formats::javascript::literal::quoted;
use crate::model::id::ElementId;

language!("JSON");

/// Longest line on which a list or object stands whole.
const WIDTH: usize = 100;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// Anything that is written as it is: numbers, `true`, texts in their quotes.
    Raw(Code),
    /// A list.
    List(Vec<Self>),
    /// An object.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    key: Code,
    value: Json,
    element: Option<ElementId>,
}

impl Member {
    /// A member of that name.
    pub(super) fn new(key: &str, value: impl Into<Json>) -> Self {
        Self { key: string(key), value: value.into(), element: None }
    }

    /// The same member, with what it comes from; it begins a line.
    pub(super) fn of(self, element: ElementId) -> Self {
        Self { element: Some(element), ..self }
    }
}

/// A text in quotes.
fn string(text: &str) -> Code {
    sealed(quoted(text))
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Raw(string(text))
    }
}

impl From<Vec<Member>> for Json {
    fn from(members: Vec<Member>) -> Self {
        Self::Object(members)
    }
}

impl From<Vec<Self>> for Json {
    fn from(items: Vec<Self>) -> Self {
        Self::List(items)
    }
}

impl Json {
    /// A number, `true`, `false` or `null`.
    pub(super) fn raw(word: impl Piece<Language>) -> Self {
        Self::Raw(code!(word))
    }

    /// Writes it, the whole file.
    pub(super) fn write(&self, code: &mut CodeWriter) {
        self.write_between(code, 0, Code::default(), "");
    }

    /// Writes it between `open` and `close` at that depth of indentation.
    fn write_between(&self, code: &mut CodeWriter, depth: usize, open: Code, close: &'static str) {
        let room = WIDTH.saturating_sub(2 * depth + open.width() + close.len());
        if let Some(line) = self.on_one_line(room) {
            return code.line(code!(open, line, close));
        }
        let comma = |at: usize, len: usize| if at + 1 < len { "," } else { "" };
        match self {
            Self::Raw(text) => code.line(code!(open, text, close)),
            Self::List(items) => {
                code.block(code!(open, "["), code!("]", close), |code| {
                    for (at, item) in items.iter().enumerate() {
                        item.write_between(
                            code,
                            depth + 1,
                            Code::default(),
                            comma(at, items.len()),
                        );
                    }
                });
            }
            Self::Object(members) => {
                code.block(code!(open, "{"), code!("}", close), |code| {
                    for (at, member) in members.iter().enumerate() {
                        let key = code!(&member.key, ": ");
                        let close = comma(at, members.len());
                        let write = |code: &mut CodeWriter| {
                            member.value.write_between(code, depth + 1, key, close);
                        };
                        match member.element {
                            Some(element) => code.from_element(element, write),
                            None => write(code),
                        }
                    }
                });
            }
        }
    }

    /// The value on one line of at most `room` characters, where nothing in it begins a line.
    fn on_one_line(&self, room: usize) -> Option<Code> {
        let line = match self {
            Self::Raw(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<Code> =
                    items.iter().map(|item| item.on_one_line(room)).collect::<Option<_>>()?;
                code!("[", join(items, ", "), "]")
            }
            Self::Object(members) if members.is_empty() => code!("{}"),
            Self::Object(members) => {
                if members.iter().any(|member| member.element.is_some()) {
                    return None;
                }
                let member = |member: &Member| -> Option<Code> {
                    let value = member.value.on_one_line(room)?;
                    Some(code!(&member.key, ": ", value))
                };
                let members: Vec<Code> = members.iter().map(member).collect::<Option<_>>()?;
                code!("{ ", join(members, ", "), " }")
            }
        };
        (line.width() <= room).then_some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_end_early_or_hide_anything() {
        assert_eq!(quoted("a\"\\\n\u{202e}\u{e0001}"), r#""a\"\\\n\u202e\udb40\udc01""#);
    }

    #[test]
    fn what_fits_stands_on_one_line() {
        let long = "x".repeat(90);
        let list = Json::List(vec![Json::raw(1_u32), Json::from("a")]);
        let value =
            Json::from(vec![Member::new("short", list), Member::new("long", long.as_str())]);
        let mut code = CodeWriter::new("  ");
        value.write(&mut code);
        let expected = format!("{{\n  \"short\": [1, \"a\"],\n  \"long\": \"{long}\"\n}}\n");
        assert_eq!(code.text(), expected);
    }
}
