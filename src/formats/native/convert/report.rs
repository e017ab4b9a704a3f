//! What opening a project file finds: ids handed out, words looked up, keys kept, repairs told.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use indexmap::IndexMap;

use crate::base::diagnostic::{Diagnostic, Span};
use crate::document::project::UnknownKeys;
use crate::formats::native::places::Places;
use crate::formats::native::v1;
use crate::model::id::{IdMint, MintedBits};

/// The findings of one reading.
pub(super) struct Report<'a> {
    /// Where things stand in the text.
    pub(super) places: Places<'a>,
    /// What was found so far.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was not known so far.
    pub(super) unknown: UnknownKeys,
    /// How often an id was defined, by the kind of its elements.
    definitions: IndexMap<String, BTreeMap<&'static str, usize>>,
}

/// The id of a text; a text that is no id stands for one that it alone decides, so that files
/// written by hand may use ids of their own.
pub(super) fn id_from_text<T: FromStr + From<MintedBits>>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| IdMint::from_text(text).mint())
}

impl<'a> Report<'a> {
    /// Nothing found yet in that text.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            places: Places::new(text),
            diagnostics: Vec::new(),
            unknown: UnknownKeys::new(),
            definitions: IndexMap::new(),
        }
    }

    /// Something was repaired.
    pub(super) fn warn(&mut self, place: Option<Span>, message: String, hint: &str) {
        let diagnostic = Diagnostic::warning(message).with_hint(hint);
        self.diagnostics.push(match place {
            Some(span) => diagnostic.at(span),
            None => diagnostic,
        });
    }

    /// The id of an element that is defined here; the second of its kind with one id gets another.
    pub(super) fn define<T>(&mut self, text: &str, name: &str) -> T
    where
        T: FromStr + From<MintedBits> + Display,
    {
        let kinds = self.definitions.entry(text.to_owned()).or_default();
        let before: usize = kinds.values().sum();
        let same_kind = kinds.entry(type_name::<T>()).or_default();
        let nth = std::mem::replace(same_kind, *same_kind + 1);
        if text.is_empty() {
            self.warn(None, format!("`{name}` has no id and got one"), "save the file to keep it");
            return id_from_text(&format!("{name}#{nth}"));
        }
        if nth > 0 {
            let place = self.places.of_definition(text, before);
            let message = format!("id `{text}` is taken; `{name}` got another");
            self.warn(place, message, "give every element an id of its own");
            return id_from_text(&format!("{text}#{nth}"));
        }
        if text.parse::<T>().is_err() {
            let place = self.places.of_definition(text, before);
            let message = format!("`{text}` is not an id; `{name}` got one");
            self.warn(place, message, "save the file to keep it");
        }
        id_from_text(text)
    }

    /// What `text` means among `words`; an unknown word is told, with the words there are.
    pub(super) fn word<T: Copy>(
        &mut self,
        words: &[(&str, T)],
        text: &str,
        owner: &str,
        what: &str,
    ) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let place = self.places.of_value(owner, text);
            let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            let hint = format!("one of: {}", known.join(", "));
            self.warn(place, format!("unknown {what} `{text}`"), &hint);
        }
        found.map(|(_, value)| *value)
    }

    /// Keeps what was not known at that place.
    pub(super) fn keep(&mut self, place: &str, unknown: v1::Unknown) {
        if !unknown.is_empty() {
            let members = unknown.into_iter().map(|(key, value)| (key, value.to_string()));
            self.unknown.insert(place.to_owned(), members.collect());
        }
    }
}
