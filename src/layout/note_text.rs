//! The lines of a sticky note's text, and the size of a note that nobody sized.
//!
//! The scene draws these lines. Must not know where notes stand.

use crate::base::font::FontFace;
use crate::base::font::measurer::TextMeasurer;
use crate::base::geom::Size;
use crate::layout::metrics::{GRID, TEXT_SIZE};

/// Height of a line of a note.
pub const LINE_HEIGHT: f64 = 18.0;
/// Distance of the text from the border of a note.
pub const PADDING: f64 = 12.0;
/// Width of a note that nobody sized.
pub const WIDTH: f64 = 208.0;

/// The text in lines no wider than a note of that width has room for: broken at spaces, and inside
/// a word only when the word alone is too wide. Line breaks of the text are kept.
pub fn lines(text: &str, note_width: f64) -> Vec<String> {
    let room = (note_width - 2.0 * PADDING).max(TEXT_SIZE);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if width(&longer) <= room {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = break_word(word, room, &mut lines);
        }
        lines.push(line);
    }
    lines
}

/// The size of a note that nobody sized: as high as its text needs.
pub fn size(text: &str) -> Size {
    let n_lines = lines(text, WIDTH).len().max(1);
    let height = n_lines as f64 * LINE_HEIGHT + 2.0 * PADDING;
    Size::new(WIDTH, (height / GRID).ceil() * GRID)
}

fn width(text: &str) -> f64 {
    TextMeasurer::shared().width(text, FontFace::Regular, TEXT_SIZE)
}

/// Pushes full lines of a word that is too wide, and returns what is left of it.
fn break_word(word: &str, room: f64, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    let mut used = 0.0;
    for character in word.chars() {
        let advance = width(character.encode_utf8(&mut [0; 4]));
        if used + advance > room && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        line.push(character);
        used += advance;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "Prices are in cents.\n\nAsk_finance_before_you_change_any_of_these_columns now";
        let broken = lines(text, WIDTH);
        assert!(broken.iter().all(|line| width(line) <= WIDTH - 2.0 * PADDING), "{broken:?}");
        let glued: String = broken.concat();
        assert_eq!(glued.replace(' ', ""), text.replace([' ', '\n'], ""));
        assert_eq!(broken.iter().filter(|line| line.is_empty()).count(), 1);
    }
}
