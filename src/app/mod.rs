//! The window: the only module that names egui.
//!
//! Reading order: [`theme`] and [`icons`] (how it looks), [`jobs`] and [`picker`] (what runs beside
//! it), [`preferences`], [`highlight`], [`widgets`], then [`panels`].

pub mod change;
pub mod highlight;
pub mod icons;
pub mod jobs;
pub mod panels;
pub mod picker;
pub mod preferences;
pub mod theme;
pub mod widgets;
