//! Where the lines of a text begin, so that many places in it are found without reading it again.

use std::cell::{Cell, OnceCell};

use crate::base::diagnostic::Span;

/// A text whose places are asked for.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: OnceCell<Vec<usize>>,
    /// The last place that was asked for: where its line begins, itself, and its column. Places on
    /// one long line mostly follow each other.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> Lines<'a> {
    /// The lines of a text; they are counted when the first place is asked for.
    pub fn of(text: &'a str) -> Self {
        Self { text, starts: OnceCell::new(), last: Cell::new((0, 0, 1)) }
    }

    /// The place of byte `offset`; past the end it is the end.
    pub fn span_at(&self, offset: usize) -> Span {
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let starts = self.starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        let line = starts.partition_point(|start| *start <= end);
        let start = starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let (of_line, before, column) = self.last.get();
        let (from, counted) =
            if of_line == start && before <= end { (before, column) } else { (start, 1) };
        let column = counted + self.text.get(from..end).unwrap_or_default().chars().count();
        self.last.set((start, end.max(start), column));
        Span::new(line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_that_are_counted_from_the_beginning() {
        let text = "ab\ncäd\n\nlong line of ä and ö";
        let lines = Lines::of(text);
        for offset in [6, 0, 99, 3, 9, 12, 20, 15, 7, 8, 2] {
            assert_eq!(lines.span_at(offset), Span::at_offset(text, offset), "{offset}");
        }
    }
}
