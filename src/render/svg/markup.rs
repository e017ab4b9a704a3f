//! XML that no text breaks out of: names of elements and attributes are our own words, and what
//! stands in them is a [`Value`], which only this file makes of a text.
//!
//! Must not know what is drawn.

use crate::base::color::Color;
use crate::base::geom::rounded;

/// What stands in an attribute or between two tags: our own words, numbers, colors and escaped
/// texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Value(String);

impl Value {
    /// A text as XML character data, without the characters that XML cannot hold.
    pub(super) fn text(text: &str) -> Self {
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\t' | '\n' | '\r' => out.push(' '),
                c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
                c => out.push(c),
            }
        }
        Self(out)
    }

    /// The values, one behind the other.
    pub(super) fn of<const N: usize>(values: [Self; N]) -> Self {
        Self(values.map(|value| value.0).concat())
    }

    /// The numbers with a blank between them.
    pub(super) fn numbers<const N: usize>(numbers: [f64; N]) -> Self {
        Self(numbers.map(|number| Self::from(number).0).join(" "))
    }

    /// Appends values.
    pub(super) fn push<const N: usize>(&mut self, values: [Self; N]) {
        for value in values {
            self.0.push_str(&value.0);
        }
    }

    /// Whether it says nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&'static str> for Value {
    fn from(word: &'static str) -> Self {
        Self(word.to_owned())
    }
}

impl From<u16> for Value {
    fn from(number: u16) -> Self {
        Self(number.to_string())
    }
}

/// At most two decimals.
impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self(rounded(number).to_string())
    }
}

/// Its opaque part.
impl From<Color> for Value {
    fn from(color: Color) -> Self {
        Self(color.hex())
    }
}

/// Elements, each on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
    depth: usize,
}

impl Markup {
    /// Begins a tag; its attributes follow, and then one of the four ends.
    pub(super) fn begin(&mut self, name: &'static str) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
        self.out.push('<');
        self.out.push_str(name);
    }

    /// An attribute of the tag that was begun.
    pub(super) fn attribute(&mut self, name: &'static str, value: impl Into<Value>) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.out.push_str(&value.into().0);
        self.out.push('"');
    }

    /// Ends a tag of an element without content.
    pub(super) fn end_empty(&mut self) {
        self.out.push_str("/>\n");
    }

    /// Ends a tag and its element around what it says.
    pub(super) fn end_around(&mut self, name: &'static str, content: &Value) {
        self.out.push('>');
        self.out.push_str(&content.0);
        self.end_element(name);
    }

    /// Ends a tag and its element around lines.
    pub(super) fn end_around_lines(&mut self, name: &'static str, lines: &Value) {
        self.out.push_str(">\n");
        self.out.push_str(&lines.0);
        self.close_at(name, self.depth);
    }

    /// Ends a tag; what follows up to [`close`](Self::close) is inside.
    pub(super) fn end_open(&mut self) {
        self.out.push_str(">\n");
        self.depth += 1;
    }

    /// Closes the innermost element that is open.
    pub(super) fn close(&mut self, name: &'static str) {
        self.depth = self.depth.saturating_sub(1);
        self.close_at(name, self.depth);
    }

    fn close_at(&mut self, name: &'static str, depth: usize) {
        for _ in 0..depth {
            self.out.push_str("  ");
        }
        self.end_element(name);
    }

    fn end_element(&mut self, name: &'static str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push_str(">\n");
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_attribute_or_element() {
        let mut markup = Markup::default();
        markup.begin("g");
        markup.attribute("id", Value::text("\" onload=\"alert(1)"));
        markup.end_open();
        markup.begin("text");
        markup.attribute("x", 1.254);
        markup.end_around("text", &Value::text("</text><script>\u{0}\n"));
        markup.close("g");
        assert_eq!(
            markup.finish(),
            "<g id=\"&quot; onload=&quot;alert(1)\">\n  \
             <text x=\"1.25\">&lt;/text&gt;&lt;script&gt; </text>\n</g>\n"
        );
    }
}
