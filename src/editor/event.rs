//! Events of our own: what a pointer and a keyboard do to the canvas, whoever sends it. The window
//! makes them from the operating system's, tests from text.
//!
//! Positions are in screen units from the canvas's top left corner. Must not know any tool.

use std::fmt;

use crate::base::geom::{Point, Vec2};

/// Something a person did on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// The pointer.
    Pointer(PointerEvent),
    /// The keyboard.
    Key(KeyEvent),
}

/// Something the pointer did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointerEvent {
    /// What.
    pub kind: PointerKind,
    /// Where it is now.
    pub at: Point,
    /// Which keys were held.
    pub modifiers: Modifiers,
}

/// What a pointer does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointerKind {
    /// A button went down; `clicks` counts quick presses in one place, from 1.
    Down {
        /// Which one.
        button: Button,
        /// Presses so far.
        clicks: u8,
    },
    /// It moved.
    Move,
    /// A button went up.
    Up {
        /// Which one.
        button: Button,
    },
    /// The wheel or two fingers moved the content by that much.
    Scroll(Vec2),
    /// A pinch, or the wheel with Ctrl, scaled by that factor.
    Zoom(f64),
    /// It left the canvas.
    Leave,
}

/// A button of the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Button {
    /// The usual one.
    Primary,
    /// The one for menus.
    Secondary,
    /// The wheel.
    Middle,
}

/// A key went down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyEvent {
    /// Which one.
    pub key: Key,
    /// Which keys were held.
    pub modifiers: Modifiers,
}

/// Keys that change what another key or the pointer does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifiers {
    /// Ctrl, or Command on a Mac.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
}

impl Modifiers {
    /// None held.
    pub const NONE: Self = Self { command: false, shift: false, alt: false };
    /// Ctrl alone.
    pub const COMMAND: Self = Self { command: true, ..Self::NONE };
    /// Shift alone.
    pub const SHIFT: Self = Self { shift: true, ..Self::NONE };
    /// Alt alone.
    pub const ALT: Self = Self { alt: true, ..Self::NONE };
    /// Ctrl and Shift.
    pub const COMMAND_SHIFT: Self = Self { command: true, shift: true, alt: false };
    /// Ctrl and Alt.
    pub const COMMAND_ALT: Self = Self { command: true, shift: false, alt: true };
}

/// A key, by what it types or does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is the key that it is called")]
pub enum Key {
    /// A letter (in capitals), digit or sign.
    Character(char),
    Function(u8),
    Escape,
    Enter,
    Tab,
    Space,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// A key with the keys held: what an action claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// Which keys are held.
    pub modifiers: Modifiers,
    /// Which one is pressed.
    pub key: Key,
}

impl Shortcut {
    /// That key alone.
    pub const fn plain(key: Key) -> Self {
        Self { modifiers: Modifiers::NONE, key }
    }

    /// That key with Ctrl.
    pub const fn command(key: Key) -> Self {
        Self { modifiers: Modifiers::COMMAND, key }
    }

    /// That key with those held.
    pub const fn with(modifiers: Modifiers, key: Key) -> Self {
        Self { modifiers, key }
    }

    /// Whether that press is this shortcut.
    pub fn matches(self, event: KeyEvent) -> bool {
        self.key == event.key && self.modifiers == event.modifiers
    }

    /// The shortcut written like `Ctrl+Shift+P`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut modifiers = Modifiers::NONE;
        let mut rest = text;
        while let Some((held, after)) = rest.split_once('+').filter(|(_, after)| !after.is_empty())
        {
            match held {
                "Ctrl" => modifiers.command = true,
                "Shift" => modifiers.shift = true,
                "Alt" => modifiers.alt = true,
                _ => return None,
            }
            rest = after;
        }
        Some(Self { modifiers, key: Key::parse(rest)? })
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Modifiers { command, shift, alt } = self.modifiers;
        for (held, name) in [(command, "Ctrl+"), (alt, "Alt+"), (shift, "Shift+")] {
            if held {
                f.write_str(name)?;
            }
        }
        self.key.fmt(f)
    }
}

const NAMED: [(Key, &str); 14] = [
    (Key::Escape, "Esc"),
    (Key::Enter, "Enter"),
    (Key::Tab, "Tab"),
    (Key::Space, "Space"),
    (Key::Backspace, "Backspace"),
    (Key::Delete, "Delete"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "PageUp"),
    (Key::PageDown, "PageDown"),
];

impl Key {
    /// The key of that name.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some((key, _)) = NAMED.iter().find(|(_, known)| *known == name) {
            return Some(*key);
        }
        let mut characters = name.chars();
        match (characters.next(), characters.as_str()) {
            (Some(only), "") => Some(Self::Character(only)),
            (Some('F'), number) => number.parse().ok().map(Self::Function),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(character) => write!(f, "{character}"),
            Self::Function(number) => write!(f, "F{number}"),
            named => {
                let name = NAMED.iter().find(|(key, _)| key == named).map(|(_, name)| *name);
                f.write_str(name.unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcuts_read_back_as_they_are_written() {
        for text in ["V", "Ctrl+Z", "Ctrl+Shift+P", "Shift+0", "F2", "Ctrl++", "?", "Alt+Up"] {
            assert_eq!(Shortcut::parse(text).map(|s| s.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Shortcut::parse("Hyper+X"), None);
    }
}
