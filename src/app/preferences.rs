//! What a person prefers, kept per user and never in a project.
//!
//! A broken or missing file means the defaults: preferences are never worth an error.

use std::path::{Path, PathBuf};

use eframe::egui::ThemePreference;
use serde::{Deserialize, Serialize};

use crate::files::load::read_text;
use crate::files::save::write_in_own_folder;

/// How many recent files are remembered.
const MOST_RECENT: usize = 12;

/// What a person prefers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Preferences {
    /// Light, dark, or as the system has it.
    pub theme: ThemeChoice,
    /// Files opened lately, the last one first.
    pub recent: Vec<PathBuf>,
    /// Whether the explorer is shown.
    pub shows_explorer: bool,
    /// Whether the inspector and the code are shown.
    pub shows_inspector: bool,
    /// Whether the minimap is shown.
    pub shows_minimap: bool,
    /// Whether cards and guides snap to the grid.
    pub snaps_to_grid: bool,
    /// Whether nothing moves where a jump would do.
    pub reduces_motion: bool,
    /// How wide and high the panels are.
    pub panels: PanelSizes,
}

/// How wide and high the panels are, in points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelSizes {
    /// Width of the explorer.
    pub explorer: f32,
    /// Width of inspector and code.
    pub side: f32,
    /// Height of the list of problems.
    pub problems: f32,
}

impl Default for PanelSizes {
    fn default() -> Self {
        Self { explorer: 220.0, side: 340.0, problems: 180.0 }
    }
}

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// The same for egui.
    pub fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Light => ThemePreference::Light,
            Self::Dark => ThemePreference::Dark,
        }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            recent: Vec::new(),
            shows_explorer: true,
            shows_inspector: true,
            shows_minimap: true,
            snaps_to_grid: true,
            reduces_motion: false,
            panels: PanelSizes::default(),
        }
    }
}

/// Where what belongs to this machine alone is kept, such as journals.
pub fn state_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "lunette")?;
    Some(folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned())
}

impl Preferences {
    /// Where they are kept on this system.
    pub fn usual_path() -> Option<PathBuf> {
        let folders = directories::ProjectDirs::from("", "", "lunette")?;
        Some(folders.config_dir().join("preferences.json"))
    }

    /// What is kept there, or the defaults.
    pub fn load(path: &Path) -> Self {
        let text = read_text(path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Keeps them there; a failure is only logged.
    pub fn save(&self, path: &Path) {
        let text = match serde_json::to_string_pretty(self) {
            Ok(text) => text,
            Err(error) => return log::warn!("cannot write preferences: {error}"),
        };
        if let Err(error) = write_in_own_folder(path, text.as_bytes()) {
            log::warn!("cannot save preferences: {error}");
        }
    }

    /// Puts a file first among the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
        self.recent.insert(0, path.to_path_buf());
        self.recent.truncate(MOST_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use crate::files::save::write_atomic;

    use super::*;

    #[test]
    fn recent_files_come_once_and_the_last_one_first() {
        let mut preferences = Preferences::default();
        for name in ["a", "b", "a"] {
            preferences.remember(Path::new(name));
        }
        assert_eq!(preferences.recent, [PathBuf::from("a"), PathBuf::from("b")]);
    }

    #[test]
    fn what_is_kept_reads_back_and_what_is_broken_is_forgotten() {
        let folder =
            std::env::temp_dir().join(format!("lunette-preferences-{}", std::process::id()));
        let path = folder.join("new/preferences.json");
        let preferences = Preferences { theme: ThemeChoice::Dark, ..Preferences::default() };
        preferences.save(&path);
        assert_eq!(Preferences::load(&path), preferences);
        write_atomic(&path, b"{ broken").unwrap();
        assert_eq!(Preferences::load(&path), Preferences::default());
    }
}
