//! Headless interaction.

pub mod quick_entry;
