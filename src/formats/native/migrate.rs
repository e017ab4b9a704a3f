//! Files of every released version, as objects of the newest one: old versions open forever.
//!
//! When version 2 comes, `v2.rs` stands beside `v1.rs`, this file turns the one into the other
//! (`1 => v2::File::from(parse::<v1::File>(text)?)`), and only `convert` speaks to the model.

use crate::formats::native::v1;

/// The objects of a file of that version, as the newest ones; none when no such version exists.
pub(super) fn newest_from_text(
    text: &str,
    version: u64,
) -> Option<Result<v1::File, serde_json::Error>> {
    match version {
        1 => Some(serde_json::from_str(text)),
        _ => None,
    }
}
