//! Intents: what a person means to change, written so that the model's invariants and the house
//! naming hold afterwards. Each is a plain function over a project, to be called inside
//! [`Document::edit`](super::Document::edit).
//!
//! Reading order: [`house`] (how this project names things), [`entities`], [`fields`],
//! [`references`],
//! [`nesting`] (objects, embedded types and referenced entities), [`join_tables`], [`diagrams`], [`clipboard`],
//! [`intake`] (importing again). Must not know the screen, selection or files.

pub mod clipboard;
pub mod diagrams;
pub mod entities;
pub mod fields;
pub mod house;
pub mod intake;
pub mod join_tables;
pub mod nesting;
pub mod references;
