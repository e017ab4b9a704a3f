//! Indexes of collections as the two objects that Mongoose and the shell take alike: what is indexed,
//! and how.

use crate::formats::code::code;
use crate::formats::collections::index::CollectionIndex;
use crate::formats::javascript::text::{json, string};
use crate::formats::javascript::tree::Member;

/// `{ owner: 1, createdAt: -1 }`
pub fn key_members(index: &CollectionIndex) -> Vec<Member> {
    index.keys.iter().map(|(path, kind)| Member::new(path, kind.as_js())).collect()
}

/// `{ name: …, unique: true, … }`, as far as something was said.
pub fn option_members(index: &CollectionIndex) -> Vec<Member> {
    let mut options = Vec::new();
    if let Some(name) = &index.name {
        options.push(Member::new("name", string(name)));
    }
    if index.unique {
        options.push(Member::new("unique", "true"));
    }
    if index.sparse {
        options.push(Member::new("sparse", "true"));
    }
    if let Some(filter) = &index.partial {
        options.push(Member::new("partialFilterExpression", json(filter)));
    }
    if let Some(seconds) = index.expire_after_seconds {
        options.push(Member::new("expireAfterSeconds", code!(seconds)));
    }
    options
}
