//! Leaf vocabulary without domain knowledge: everything above may name it, it names nothing.
//!
//! Reading order: [`diagnostic`] (what we say about somebody's input), [`lines`] (where
//! in it), [`geom`] (points and
//! rectangles in world units), [`color`], [`font`] (the bundled fonts and how wide their texts are),
//! [`ident`] (names: cases, uniqueness), [`similar`] (the name that was probably meant),
//! [`reserved`] (words that targets keep), [`expression`] (code a person typed and that must stay
//! one expression), [`plural`] (collection names as Mongoose derives them), [`shared_map`] (what
//! versions of a document are made of).

pub mod color;
pub mod diagnostic;
pub mod expression;
pub mod font;
pub mod geom;
pub mod ident;
pub mod lines;
pub mod plural;
pub mod reserved;
pub mod shared_map;
pub mod similar;
