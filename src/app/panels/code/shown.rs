//! A file of generated code as lines with colors, kept in little room.
//!
//! Must not know how lines are drawn.

use std::ops::Range;

use crate::app::highlight::{self, Class};
use crate::formats::code::Origin;

/// A file with where its lines are in its text: there may be a million of them.
#[derive(Debug)]
pub(super) struct ShownFile {
    pub(super) path: String,
    pub(super) text: String,
    pub(super) lines: Vec<PlacedLine>,
    /// The colored pieces of all lines, as places in the whole text.
    pieces: Vec<(Range<u32>, Class)>,
    pub(super) origins: Vec<Origin>,
}

/// Where a line is in the text, and how many pieces there are before and with it.
#[derive(Debug)]
pub(super) struct PlacedLine {
    text: Range<u32>,
    pieces: Range<u32>,
}

/// One line of a file, its pieces with their places in it.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) pieces: Vec<(Range<usize>, Class)>,
}

impl ShownFile {
    /// A file of an export, colored by its ending.
    pub(super) fn new(path: &str, text: &str, origins: &[Origin]) -> Self {
        let colored = highlight::highlight(text, highlight::language(path));
        let (mut lines, mut pieces, mut begin) = (Vec::new(), Vec::new(), 0);
        for (line, own) in text.split_inclusive('\n').zip(colored) {
            let first = pieces.len() as u32;
            let place = |range: Range<usize>| begin + range.start as u32..begin + range.end as u32;
            pieces.extend(own.into_iter().map(|(range, class)| (place(range), class)));
            let shown = line.strip_suffix('\n').unwrap_or(line);
            let shown = shown.strip_suffix('\r').unwrap_or(shown);
            lines.push(PlacedLine {
                text: place(0..shown.len()),
                pieces: first..pieces.len() as u32,
            });
            begin += line.len() as u32;
        }
        pieces.shrink_to_fit();
        lines.shrink_to_fit();
        let (path, text, origins) = (path.to_owned(), text.to_owned(), origins.to_vec());
        Self { path, text, lines, pieces, origins }
    }

    /// The line of that number, counted from 0; none behind the last.
    pub(super) fn line(&self, number: usize) -> Option<Line<'_>> {
        let PlacedLine { text, pieces } = self.lines.get(number)?;
        let begin = text.start;
        let own = self.pieces.get(pieces.start as usize..pieces.end as usize)?;
        let own = own
            .iter()
            .map(|(at, class)| ((at.start - begin) as usize..(at.end - begin) as usize, *class));
        let text = self.text.get(text.start as usize..text.end as usize)?;
        Some(Line { text, pieces: own.collect() })
    }
}
