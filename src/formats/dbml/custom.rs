//! Settings of somebody's own, which DBML allows on tables and columns and the model keeps as extras.
//!
//! Must not know how settings are read or written.

/// Settings that mean something to DBML itself, or to us.
const TAKEN: [&str; 15] = [
    "check",
    "default",
    "dep",
    "headercolor",
    "increment",
    "note",
    "null",
    "pk",
    "records",
    "ref",
    "unique",
    "kind",
    "name",
    "type",
    "color",
];

/// The setting of a table that says what it is stored as, where its database does not.
pub(super) const KIND: &str = "kind";

/// The setting of a project that says that operators without `?` mean what they say.
pub(super) const REFERENCE_ENDS: &str = "reference_ends";

/// The setting of a table that colors its header.
pub(super) const HEADER_COLOR: &str = "headercolor";

/// The extra that keeps example rows.
pub(super) const RECORDS: &str = "records";

/// Whether a setting of that name can be kept and written again as it is.
pub(super) fn is_key(key: &str) -> bool {
    let is_word = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_word && key.len() <= 100 && !TAKEN.contains(&key.to_ascii_lowercase().as_str())
}
