//! Between the model's types and the objects of the newest project file.
//!
//! Reading order: [`file_from_project()`] with [`entity_to_file`] and [`defaults`] (saving), then
//! [`project_from_file()`] with [`entity_from_file`] and [`diagram_from_file`] (opening), [`report`]
//! (what opening found) and [`repair`] (the model's invariants). Must not know how JSON is laid out.

mod defaults;
mod diagram_from_file;
mod entity_from_file;
mod entity_to_file;
mod file_from_project;
mod project_from_file;
mod repair;
mod report;

pub(super) use file_from_project::{diagram_to_file, file_from_project};
pub(super) use project_from_file::project_from_file;
