//! egui's keys → the keys of actions.

use eframe::egui::{self, Event};

use crate::editor::event::{Key, KeyEvent, Modifiers};

/// The modifiers as actions know them.
pub fn modifiers(held: egui::Modifiers) -> Modifiers {
    Modifiers { command: held.command, shift: held.shift, alt: held.alt }
}

/// The press that an event is. Copy, cut and paste arrive as events of their own.
pub fn key_event(event: &Event) -> Option<KeyEvent> {
    let clipboard =
        |letter| KeyEvent { key: Key::Character(letter), modifiers: Modifiers::COMMAND };
    match event {
        Event::Copy => Some(clipboard('C')),
        Event::Cut => Some(clipboard('X')),
        Event::Key { key, physical_key, pressed: true, modifiers: held, .. } => {
            press(*key, *physical_key, modifiers(*held))
        }
        _ => None,
    }
}

/// With Shift a digit types a sign, which differs by layout: the digit is meant. Where Shift types
/// the plus, it is not held for anything else.
fn press(
    key: egui::Key,
    physical: Option<egui::Key>,
    mut modifiers: Modifiers,
) -> Option<KeyEvent> {
    let digit = physical.and_then(named).filter(|key| {
        modifiers.shift && matches!(key, Key::Character(digit) if digit.is_ascii_digit())
    });
    let key = digit.or_else(|| named(key))?;
    if key == Key::Character('+') {
        modifiers.shift = false;
    }
    Some(KeyEvent { key, modifiers })
}

fn named(key: egui::Key) -> Option<Key> {
    Some(match key {
        egui::Key::Escape => Key::Escape,
        egui::Key::Enter => Key::Enter,
        egui::Key::Tab => Key::Tab,
        egui::Key::Space => Key::Space,
        egui::Key::Backspace => Key::Backspace,
        egui::Key::Delete => Key::Delete,
        egui::Key::ArrowUp => Key::Up,
        egui::Key::ArrowDown => Key::Down,
        egui::Key::ArrowLeft => Key::Left,
        egui::Key::ArrowRight => Key::Right,
        egui::Key::Home => Key::Home,
        egui::Key::End => Key::End,
        egui::Key::PageUp => Key::PageUp,
        egui::Key::PageDown => Key::PageDown,
        other => {
            if let Some(sign) = sign(other) {
                return Some(sign);
            }
            let name = other.symbol_or_name();
            let mut chars = name.chars();
            match (chars.next(), chars.next()) {
                (Some(only), None) => Key::Character(only.to_ascii_uppercase()),
                (Some('F'), Some(_)) => Key::Function(name.get(1..)?.parse().ok()?),
                _ => return None,
            }
        }
    })
}

/// Signs whose symbol egui spells out or draws with another character.
fn sign(key: egui::Key) -> Option<Key> {
    let sign = match key {
        egui::Key::Plus => '+',
        egui::Key::Minus => '-',
        egui::Key::Equals => '=',
        egui::Key::Comma => ',',
        egui::Key::Questionmark => '?',
        egui::Key::Slash => '/',
        _ => return None,
    };
    Some(Key::Character(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_digits_signs_and_function_keys_are_known() {
        assert_eq!(named(egui::Key::P), Some(Key::Character('P')));
        assert_eq!(named(egui::Key::Num1), Some(Key::Character('1')));
        assert_eq!(named(egui::Key::F2), Some(Key::Function(2)));
        assert_eq!(named(egui::Key::Minus), Some(Key::Character('-')));
        assert_eq!(named(egui::Key::Questionmark), Some(Key::Character('?')));
        assert_eq!(named(egui::Key::Equals), Some(Key::Character('=')));
    }

    #[test]
    fn a_digit_with_shift_is_the_digit_whatever_it_types() {
        let typed = |key, physical| {
            press(key, Some(physical), Modifiers::SHIFT).map(|event| (event.key, event.modifiers))
        };
        let one = Some((Key::Character('1'), Modifiers::SHIFT));
        assert_eq!(typed(egui::Key::Exclamationmark, egui::Key::Num1), one);
        assert_eq!(typed(egui::Key::Num1, egui::Key::Num1), one);
        let plus = Some((Key::Character('+'), Modifiers::NONE));
        assert_eq!(typed(egui::Key::Plus, egui::Key::Equals), plus);
    }
}
