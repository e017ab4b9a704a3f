//! THE list of what a person can ask for: menus, shortcuts, palette, context menus, the shortcut
//! sheet and tests read it.
//!
//! One file per menu. An action changes the editor, or asks the window for what needs the operating
//! system or a dialog, as an [`Effect`]. Must not know egui.

pub mod arrange;
pub mod diagram;
pub mod edit;
pub mod effect;
pub mod file;
pub mod insert;
pub mod view;

use crate::editor::Editor;
use crate::editor::actions::effect::Effect;
use crate::editor::event::{KeyEvent, Shortcut};
use crate::model::id::ElementId;

/// Something a person can ask for.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// Its id, unique among all.
    pub id: &'static str,
    /// What it is called, in sentence case; with `…` when more input follows.
    pub label: &'static str,
    /// The menu that it is in.
    pub menu: Menu,
    /// The keys that do it; the first is shown.
    pub shortcuts: &'static [Shortcut],
    /// The name of its icon; empty when it has none.
    pub icon: &'static str,
    /// The context menus that it is in.
    pub subjects: &'static [Subject],
    /// Whether a line stands above it in its menu.
    pub starts_group: bool,
    /// Whether it makes sense now.
    is_enabled: fn(&Editor) -> bool,
    /// Whether what it switches is on.
    is_on: Option<fn(&Editor) -> bool>,
    /// What it does.
    run: Run,
}

/// What an action does.
#[derive(Clone, Copy, Debug)]
enum Run {
    /// Changes the editor.
    Change(fn(&mut Editor)),
    /// Asks the window, with or without an open project.
    Ask(Effect),
}

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Menu {
    /// Files.
    File,
    /// What is selected.
    Edit,
    /// What is shown.
    View,
    /// What can be added.
    Insert,
    /// Where things stand.
    Arrange,
    /// The pictures of the model.
    Diagram,
    /// How to work with it.
    Help,
}

impl Menu {
    /// All menus, from left to right.
    pub const ALL: [Self; 7] = [
        Self::File,
        Self::Edit,
        Self::View,
        Self::Insert,
        Self::Arrange,
        Self::Diagram,
        Self::Help,
    ];

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Insert => "Insert",
            Self::Arrange => "Arrange",
            Self::Diagram => "Diagram",
            Self::Help => "Help",
        }
    }
}

/// What a context menu was opened on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The empty canvas.
    Canvas,
    /// An entity.
    Entity,
    /// An enumeration.
    Enumeration,
    /// A field.
    Field,
    /// A value.
    Value,
    /// A reference.
    Reference,
    /// An area.
    Area,
    /// A note.
    Note,
    /// Several things.
    Several,
}

impl Subject {
    /// What a context menu on the selection is about.
    pub fn of(editor: &Editor) -> Self {
        let selection = &editor.session().selection;
        match (selection.len(), selection.leader()) {
            (0, _) | (_, None) => Self::Canvas,
            (1, Some(element)) => match element {
                ElementId::Entity(_)
                | ElementId::Key(..)
                | ElementId::Index(..)
                | ElementId::Check(..) => Self::Entity,
                ElementId::Enumeration(_) => Self::Enumeration,
                ElementId::Field(..) => Self::Field,
                ElementId::Value(..) => Self::Value,
                ElementId::Reference(_) => Self::Reference,
                ElementId::Area(_) => Self::Area,
                ElementId::Note(_) => Self::Note,
                ElementId::Namespace(_) => Self::Canvas,
            },
            _ => Self::Several,
        }
    }
}

/// Every action, menu by menu.
pub fn all() -> impl Iterator<Item = &'static Action> {
    [
        file::ACTIONS,
        edit::ACTIONS,
        view::ACTIONS,
        insert::ACTIONS,
        arrange::ACTIONS,
        diagram::ACTIONS,
        file::HELP,
    ]
    .into_iter()
    .flatten()
}

/// The action of that id.
pub fn action(id: &str) -> Option<&'static Action> {
    all().find(|action| action.id == id)
}

/// The action that a key press means.
pub fn for_key(key: KeyEvent) -> Option<&'static Action> {
    all().find(|action| action.shortcuts.iter().any(|shortcut| shortcut.matches(key)))
}

impl Action {
    /// Whether it makes sense now; without an open project only what the window does alone.
    pub fn is_enabled(&self, editor: Option<&Editor>) -> bool {
        match (editor, self.run) {
            (Some(editor), _) => (self.is_enabled)(editor),
            (None, Run::Ask(effect)) => !effect.needs_project(),
            (None, Run::Change(_)) => false,
        }
    }

    /// Whether what it switches is on; none when it switches nothing.
    pub fn is_on(&self, editor: &Editor) -> Option<bool> {
        self.is_on.map(|is_on| is_on(editor))
    }

    /// Does it, or says what the window has to do. What the hand is in the middle of is put back
    /// first, and what is typed kept, unless the action only looks.
    pub fn run(&self, mut editor: Option<&mut Editor>) -> Option<Effect> {
        if !self.is_enabled(editor.as_deref()) {
            return None;
        }
        if let Some(editor) = editor.as_deref_mut().filter(|_| self.menu != Menu::View) {
            editor.commit_cell();
            if self.id != "edit.undo" {
                editor.let_go();
            }
        }
        match (self.run, editor) {
            (Run::Ask(effect), _) => Some(effect),
            (Run::Change(change), Some(editor)) => {
                change(editor);
                None
            }
            (Run::Change(_), None) => None,
        }
    }

    const fn change(
        menu: Menu,
        id: &'static str,
        label: &'static str,
        change: fn(&mut Editor),
    ) -> Self {
        Self::new(menu, id, label, Run::Change(change))
    }

    const fn ask(menu: Menu, id: &'static str, label: &'static str, effect: Effect) -> Self {
        Self::new(menu, id, label, Run::Ask(effect))
    }

    const fn new(menu: Menu, id: &'static str, label: &'static str, run: Run) -> Self {
        Self {
            id,
            label,
            menu,
            shortcuts: &[],
            icon: "",
            subjects: &[],
            starts_group: false,
            is_enabled: always,
            is_on: None,
            run,
        }
    }

    const fn keys(mut self, shortcuts: &'static [Shortcut]) -> Self {
        self.shortcuts = shortcuts;
        self
    }

    const fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }

    const fn on(mut self, subjects: &'static [Subject]) -> Self {
        self.subjects = subjects;
        self
    }

    const fn when(mut self, is_enabled: fn(&Editor) -> bool) -> Self {
        self.is_enabled = is_enabled;
        self
    }

    const fn switch(mut self, is_on: fn(&Editor) -> bool) -> Self {
        self.is_on = Some(is_on);
        self
    }

    const fn group(mut self) -> Self {
        self.starts_group = true;
        self
    }
}

fn always(_: &Editor) -> bool {
    true
}

fn has_selection(editor: &Editor) -> bool {
    !editor.session().selection.is_empty()
}

fn has_cards(editor: &Editor) -> bool {
    editor.session().selection.has_nodes()
}

fn has_several_cards(editor: &Editor) -> bool {
    editor.session().selection.has_several_nodes()
}
