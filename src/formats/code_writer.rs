//! Lines of Rust, whose texts are escaped where they are written, and not yet by their type.

use crate::formats::code::{self, Code};

/// Any language; whoever writes a text of it has escaped what is in it.
#[derive(Clone, Debug)]
pub struct Unchecked(());

/// Lines of it.
pub type CodeWriter = code::CodeWriter<Unchecked>;

fn sealed(text: &str) -> Code<Unchecked> {
    Code::sealed(Unchecked(()), text)
}

impl CodeWriter {
    /// Like [`line`](Self::line), for a text that is escaped already.
    pub fn raw_line(&mut self, text: impl AsRef<str>) {
        self.line(sealed(text.as_ref()));
    }

    /// Like [`block`](Self::block), for texts that are escaped already.
    pub fn raw_block(&mut self, open: &str, close: &str, body: impl FnOnce(&mut Self)) {
        self.block(sealed(open), sealed(close), body);
    }
}
