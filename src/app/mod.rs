//! The window: the only module that names egui.
