//! What only one target knows: options that the model does not understand but carries along.
//!
//! Bounded on purpose: what two formats need becomes a real property.

use std::collections::BTreeMap;

/// Options by target id, then by name: `mysql` → `engine` → `InnoDB`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Target id → option → value.
    pub options: BTreeMap<String, BTreeMap<String, String>>,
}

impl Extras {
    /// The value of a target's option.
    pub fn option(&self, target: &str, key: &str) -> Option<&str> {
        self.options.get(target)?.get(key).map(String::as_str)
    }

    /// Sets a target's option.
    pub fn set(&mut self, target: &str, key: &str, value: impl Into<String>) {
        self.options.entry(target.to_owned()).or_default().insert(key.to_owned(), value.into());
    }

    /// Takes a target's option away.
    pub fn remove(&mut self, target: &str, key: &str) {
        if let Some(options) = self.options.get_mut(target) {
            options.remove(key);
            if options.is_empty() {
                self.options.remove(target);
            }
        }
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.options.values().all(BTreeMap::is_empty)
    }
}
