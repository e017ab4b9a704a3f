//! The panels around the canvas, one file each. A panel shows and returns what a person asked for;
//! whoever owns the editor carries it out.

pub mod code;
pub mod explorer;
pub mod inspector;
pub mod problems;
