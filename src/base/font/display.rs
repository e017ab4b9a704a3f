//! What of a text is shown: names are data, so nothing in them may hide or reorder.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// The text as one line that shows all it holds: white space becomes spaces, and control and
/// direction characters become `�`, so that no name hides or turns around what stands beside it.
pub fn display_text(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| !c.is_control() && !is_invisible(c);
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        c if is_plain(c) => c,
        _ => char::REPLACEMENT_CHARACTER,
    };
    Cow::Owned(text.replace("\r\n", "\n").chars().map(shown).collect())
}

/// Format characters that draw nothing or reorder their neighbors, and non-characters.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether the character belongs to the one before it.
pub(super) fn is_joined(character: char) -> bool {
    is_combining_mark(character) || matches!(character, '\u{200c}' | '\u{200d}')
}

/// Width, in parts of the font size, of the box for a character that a face lacks.
pub(super) fn box_width(character: char) -> f64 {
    let is_wide = matches!(u32::from(character),
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f000..=0x1faff
        | 0x20000..=0x3fffd);
    match character {
        c if is_joined(c) => 0.0,
        _ if is_wide => 1.0,
        _ => 0.6,
    }
}
