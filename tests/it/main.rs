//! One integration binary: each room has its file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

mod actions;
mod bad_input;
mod checks;
mod claims;
mod cli;
mod dbml;
mod derived;
mod diagrams;
#[cfg(feature = "gui")]
mod earlier;
mod edits;
mod files;
mod font;
mod git;
mod golden;
#[cfg(feature = "gui")]
mod hand;
mod hostile;
mod import_fuzz;
#[cfg(feature = "gui")]
mod importing;
mod intake;
mod intents;
mod join_tables;
mod journal;
mod json_schema;
#[cfg(feature = "gui")]
mod large;
mod layers;
mod layout;
mod merge;
mod model;
mod mongodb;
mod mongoose;
mod mongoose_import;
mod native;
#[cfg(feature = "gui")]
mod on_canvas;
#[cfg(feature = "gui")]
mod on_disk;
mod own_fuzz;
#[cfg(feature = "gui")]
mod panels;
mod prisma;
mod properties;
mod quick_entry;
mod readme;
#[cfg(feature = "gui")]
mod recovery;
mod registries;
mod render;
mod round_trip;
mod rust_types;
mod samples;
mod saving;
mod scene;
mod scene_golden;
mod schema;
#[cfg(feature = "gui")]
mod second_window;
mod soak;
mod sql;
mod support;
mod telling;
mod text_exports;
mod todo_drawing;
mod tool_table;
mod tools;
mod typescript;
#[cfg(feature = "gui")]
mod ui;
#[cfg(feature = "gui")]
mod what_is_seen;
