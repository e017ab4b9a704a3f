//! What an action asks of the window: files, dialogs, the clipboard, panels.

use crate::layout::arrange::ArrangeScope;
use crate::layout::engines::{self, Engine, flow, grid};
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
    Earlier,
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

/// What the layout engine may move, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arranged {
    /// Everything that is not pinned; what stands well stays.
    All,
    /// Everything that is not pinned, from scratch.
    Anew,
    /// All of it in the direction of references, from left to right.
    LeftRight,
    /// All of it in the direction of references, from top to bottom.
    TopDown,
    /// All of it in rows and columns.
    Grid,
    /// Each area within itself.
    Areas,
    /// All else around the one card that is selected.
    Around,
    /// What is selected.
    Selection,
    /// What has no place of its own.
    New,
    /// What no line joins with anything.
    Unlinked,
}

impl Arranged {
    /// The same for the layout engine.
    pub fn scope(self, selected: impl IntoIterator<Item = NodeId>) -> ArrangeScope {
        let mut selected = selected.into_iter();
        match self {
            Self::All | Self::LeftRight | Self::TopDown | Self::Grid => ArrangeScope::All,
            Self::Anew => ArrangeScope::Anew,
            Self::Areas => ArrangeScope::Areas,
            Self::Around => selected.next().map_or(ArrangeScope::All, ArrangeScope::Around),
            Self::Selection => ArrangeScope::Selection(selected.collect()),
            Self::New => ArrangeScope::New,
            Self::Unlinked => ArrangeScope::Unlinked,
        }
    }

    /// The engine that does it.
    pub fn engine(self) -> &'static Engine {
        match self {
            Self::LeftRight => &flow::LEFT_RIGHT,
            Self::TopDown => &flow::TOP_DOWN,
            Self::Grid => &grid::ENGINE,
            Self::All
            | Self::Anew
            | Self::Areas
            | Self::Around
            | Self::Selection
            | Self::New
            | Self::Unlinked => &engines::DEFAULT,
        }
    }

    /// Whether all of the diagram is another picture afterwards, and worth seeing whole.
    pub fn is_of_all(self) -> bool {
        match self {
            Self::All | Self::Anew | Self::LeftRight | Self::TopDown | Self::Grid | Self::Areas => {
                true
            }
            Self::Around | Self::Selection | Self::New | Self::Unlinked => false,
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
