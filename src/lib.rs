//! Lunette: draw entities, fields, enumerations and references; take away code that runs and
//! pictures of the diagram. This page is the map of the house.
//!
//! # Five ideas that hold it up
//!
//! 1. **One hub, one display list.** Text goes text → [`model`] → text; pictures go model + diagram
//!    → layout → scene → backend. Formats never talk to each other; the screen and the files draw
//!    the same scene.
//! 2. **Four scopes of state**: the logical model; diagrams (saved looks); the session (selection,
//!    viewport, tool; never saved or undone); preferences (per user). They never mix.
//! 3. **A headless editor.** Tools, actions, selection and viewport live below egui, so the canvas
//!    is tested by script without a window.
//! 4. **One door for change.** Everything that changes a document goes through one labeled
//!    transaction of [`document::Document`]. Parts are shared between versions, so undo is exact
//!    by construction and a version costs little.
//! 5. **An extension is one folder and one registry line.** Command line, menus, dialogs,
//!    documentation tables and tests iterate the registries.
//!
//! # Rooms and the direction of dependencies
//!
//! A module may name only the modules of its row; a test holds this table.
//!
//! | module | what lives there | may name |
//! |---|---|---|
//! | [`base`] | diagnostics, geometry, names, fonts, colors | – |
//! | [`model`] | what the data means | base |
//! | [`checks`] | model → diagnostics, one rule per file | base, model |
//! | [`diagram`] | how one picture shows the model | base, model |
//! | [`document`] | the unit of open, edit, undo, save | base, model, diagram |
//! | [`layout`] | model + diagram → positions and routes | base, model, diagram |
//! | [`formats`] | text ⇄ project | base, model, diagram, document |
//! | [`scene`] | the display list | base, model, diagram, layout |
//! | [`render`] | scene → bytes | base, scene |
//! | [`export`] | text exporters and image formats, as users see them | all above |
//! | [`files`] | the only user of `std::fs` | base, document, formats |
//! | [`editor`] | headless interaction | base, model, checks, diagram, document, layout, scene |
//! | [`cli`] | one file per subcommand | all but editor and app |
//! | `app` | the window; the only module that names egui | all but cli |
//!
//! # Words
//!
//! An **entity** (collection, table, view or embedded type) has **fields**; a **key** identifies, an
//! **index** speeds up; a **reference** joins two **ends** with a **cardinality** each; an
//! **enumeration** lists values; a **namespace** is an SQL schema or a Mongo database; an **area**
//! groups; a **note** is free text. "Table", "column" and "path" are words of the formats.

pub mod base;
pub mod checks;
pub mod cli;
pub mod diagram;
pub mod document;
pub mod editor;
pub mod export;
pub mod files;
pub mod formats;
pub mod layout;
pub mod model;
pub mod render;
pub mod scene;

#[cfg(feature = "gui")]
pub mod app;
