//! What an action asks of the window: files, dialogs, the clipboard, panels.

use crate::layout::arrange::ArrangeScope;
use crate::model::id::NodeId;

/// Something that needs the operating system or a part of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the action of that name")]
pub enum Effect {
    New,
    Open,
    Import,
    Save,
    SaveAs,
    ExportCode,
    ExportImage,
    Close,
    Quit,
    Preferences,
    Cut,
    Copy,
    CopyImage,
    CopyCode,
    CopyDbml,
    Paste,
    Palette,
    Find,
    Filter,
    History,
    Shortcuts,
    About,
    ToggleTheme,
    ToggleExplorer,
    ToggleInspector,
    ToggleProblems,
    ToggleMinimap,
    ShowCode,
    /// The layout engine finds places in the background.
    Arrange(Arranged),
}

/// What the layout engine may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arranged {
    /// Everything that is not pinned.
    All,
    /// What is selected.
    Selection,
    /// What has no place of its own.
    New,
}

impl Arranged {
    /// The same for the layout engine.
    pub fn scope(self, selected: impl IntoIterator<Item = NodeId>) -> ArrangeScope {
        match self {
            Self::All => ArrangeScope::All,
            Self::New => ArrangeScope::New,
            Self::Selection => ArrangeScope::Selection(selected.into_iter().collect()),
        }
    }
}

impl Effect {
    /// Whether it means nothing without an open project.
    pub fn needs_project(self) -> bool {
        !matches!(
            self,
            Self::New
                | Self::Open
                | Self::Import
                | Self::Quit
                | Self::Preferences
                | Self::Palette
                | Self::Shortcuts
                | Self::About
                | Self::ToggleTheme
        )
    }
}
