//! Where in the text of a project file something stands, so that a repair can say its place.
//!
//! The file is read into data that no longer knows its lines; what is reported is rare, so its
//! place is searched for in the text. Must not know what the file means.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::base::diagnostic::Span;

/// How many places are searched for: a file that is wrong all over must not take forever.
const LIMIT: usize = 200;

/// The text of a file, to search in.
pub(super) struct Places<'a> {
    text: &'a str,
    searches_left: Cell<usize>,
}

impl<'a> Places<'a> {
    /// Places in that text.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, searches_left: Cell::new(LIMIT) }
    }

    /// Where the `nth` element with that id is defined, counted from 0.
    pub(super) fn of_definition(&self, id: &str, nth: usize) -> Option<Span> {
        self.spend()?;
        self.definition(id, nth).map(|offset| Span::at_offset(self.text, offset))
    }

    /// Where the text `value` stands inside the element `owner`.
    pub(super) fn of_value(&self, owner: &str, value: &str) -> Option<Span> {
        self.spend()?;
        let start = self.definition(owner, 0).unwrap_or(0);
        let quoted = Value::from(value).to_string();
        let found = self.text.get(start..)?.find(&quoted)?;
        Some(Span::at_offset(self.text, start + found))
    }

    fn spend(&self) -> Option<()> {
        self.searches_left.set(self.searches_left.get().checked_sub(1)?);
        Some(())
    }

    fn definition(&self, id: &str, nth: usize) -> Option<usize> {
        let quoted = Value::from(id).to_string();
        let is_definition = |offset: usize| {
            let before = self.text.get(..offset).unwrap_or_default().trim_end();
            before.strip_suffix(':').is_some_and(|before| before.trim_end().ends_with("\"id\""))
        };
        self.text
            .match_indices(&quoted)
            .map(|(offset, _)| offset)
            .filter(|offset| is_definition(*offset))
            .nth(nth)
    }
}

/// Where each element of a project file is defined, by its id.
pub fn definitions(text: &str) -> BTreeMap<&str, Span> {
    const KEY: &str = "\"id\": \"";
    let mut places = BTreeMap::new();
    let mut line_start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        for (offset, _) in line.match_indices(KEY) {
            let start = line_start + offset + KEY.len();
            let rest = text.get(start..).unwrap_or_default();
            let id = rest.split('"').next().unwrap_or_default();
            let column = line.get(..offset).unwrap_or_default().chars().count() + 1;
            places.entry(id).or_insert(Span::new(at + 1, column));
        }
        line_start += line.len();
    }
    places
}
