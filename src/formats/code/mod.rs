//! Code that a model cannot break out of: text of one language, put together from what we wrote
//! ourselves and from what that language's own file has escaped.
//!
//! - Literals of this program are code of any language, and so are numbers and colors.
//! - Whatever else becomes code passes the one file that declares the language: only that file can
//!   make the value that [`Code::sealed`] asks for, so a name that was not escaped does not compile.
//!
//! Reading order: this file, `writer` (lines with indentation, and what a finished file is). Must
//! not know any language.

mod writer;

use std::fmt::Write as _;
use std::marker::PhantomData;

use crate::base::color::Color;
use crate::model::field::Number;

pub use writer::{CodeWriter, Origin, Written};

/// Code in the language `L`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code<L> {
    text: String,
    language: PhantomData<L>,
}

impl<L> Default for Code<L> {
    fn default() -> Self {
        Self { text: String::new(), language: PhantomData }
    }
}

impl<L> Code<L> {
    /// Text that the file which declares the language vouches for: nothing else has the seal.
    pub fn sealed(_seal: L, text: impl Into<String>) -> Self {
        Self { text: text.into(), language: PhantomData }
    }

    /// Appends code.
    pub fn push(&mut self, piece: impl Piece<L>) {
        piece.append_to(self);
    }

    /// The code with that piece behind it.
    #[must_use]
    pub fn with(mut self, piece: impl Piece<L>) -> Self {
        self.push(piece);
        self
    }

    /// The code with blanks behind it up to that many characters.
    #[must_use]
    pub fn padded(mut self, width: usize) -> Self {
        let missing = width.saturating_sub(self.width());
        self.text.extend(std::iter::repeat_n(' ', missing));
        self
    }

    /// The code without blanks and line breaks at its end.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        self.text.truncate(self.text.trim_end().len());
        self
    }

    /// How many characters it has.
    pub fn width(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What it says, to look at.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<L> From<Code<L>> for String {
    fn from(code: Code<L>) -> Self {
        code.text
    }
}

impl<L> PartialEq<&str> for Code<L> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// What can stand in code of the language `L` as it is.
pub trait Piece<L> {
    /// Puts it behind that code.
    fn append_to(self, code: &mut Code<L>);
}

impl<L> Piece<L> for &'static str {
    fn append_to(self, code: &mut Code<L>) {
        code.text.push_str(self);
    }
}

impl<L> Piece<L> for Code<L> {
    fn append_to(self, code: &mut Self) {
        if code.text.is_empty() {
            *code = self;
        } else {
            code.text.push_str(&self.text);
        }
    }
}

impl<L> Piece<L> for &Code<L> {
    fn append_to(self, code: &mut Code<L>) {
        code.text.push_str(&self.text);
    }
}

impl<L, P: Piece<L>> Piece<L> for Option<P> {
    fn append_to(self, code: &mut Code<L>) {
        if let Some(piece) = self {
            piece.append_to(code);
        }
    }
}

/// What is copied rather than moved needs no star.
impl<L, P: Piece<L> + Copy> Piece<L> for &P {
    fn append_to(self, code: &mut Code<L>) {
        (*self).append_to(code);
    }
}

impl<L> Piece<L> for Color {
    fn append_to(self, code: &mut Code<L>) {
        write!(code.text, "{self}").unwrap_or_default();
    }
}

impl<L> Piece<L> for &Number {
    fn append_to(self, code: &mut Code<L>) {
        code.text.push_str(self.as_str());
    }
}

macro_rules! numbers_are_pieces {
    ($($number:ty),+) => {$(
        impl<L> Piece<L> for $number {
            fn append_to(self, code: &mut Code<L>) {
                write!(code.text, "{self}").unwrap_or_default();
            }
        }
    )+};
}

numbers_are_pieces!(u16, u32, u64, usize, i64);

/// The code of all pieces, one behind the other.
macro_rules! code {
    ($($piece:expr),* $(,)?) => {
        $crate::formats::code::Code::default()$(.with($piece))*
    };
}

pub(crate) use code;

/// Declares the language of the file it stands in, with its code, lines of it, and what gives a text
/// the seal: nobody else can make code of a text.
macro_rules! language {
    ($name:literal) => {
        #[doc = $name]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(super) struct Language(());

        /// Code in that language.
        pub(super) type Code = $crate::formats::code::Code<Language>;
        /// Lines of it.
        pub(super) type CodeWriter = $crate::formats::code::CodeWriter<Language>;

        fn sealed(text: impl Into<String>) -> Code {
            Code::sealed(Language(()), text)
        }
    };
}

pub(crate) use language;

/// The pieces with a separator between them.
pub fn join<L, P: Piece<L>>(
    pieces: impl IntoIterator<Item = P>,
    separator: &'static str,
) -> Code<L> {
    let mut joined = Code::default();
    for (position, piece) in pieces.into_iter().enumerate() {
        if position > 0 {
            joined.push(separator);
        }
        joined.push(piece);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A language that has but names in angle brackets.
    #[derive(Debug)]
    struct Angles;

    fn name(name: &str) -> Code<Angles> {
        Code::sealed(Angles, format!("<{}>", name.replace('>', ">>")))
    }

    #[test]
    fn code_is_put_together_from_literals_numbers_and_what_is_escaped() {
        let names = join(["a", "b>"].map(name), ", ");
        let code: Code<Angles> = code!("f(", &names, "; ", 2_usize, None::<&str>, ")").padded(20);
        assert_eq!(code, "f(<a>, <b>>>; 2)    ");
        assert_eq!(code.trimmed().width(), 16);
    }
}
