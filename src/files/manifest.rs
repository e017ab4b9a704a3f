//! What Lunette wrote into an export folder last time, so that it knows its own files from those
//! of people.
//!
//! The record tells edits, not attacks: whoever can change it can change the files. Names in it
//! are believed only when they cannot lead out of the folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::formats::file_set::RelativePath;

/// The name of the record in its folder.
pub(super) const NAME: &str = ".lunette-export.json";

/// The version that is written and read.
const VERSION: u64 = 1;

/// The record of a folder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Manifest {
    version: u64,
    /// Export → file name → fingerprint of what was written.
    exports: BTreeMap<String, BTreeMap<String, String>>,
}

impl Manifest {
    /// The record of that folder; empty when there is none that can be read.
    pub(super) fn of(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join(NAME)).unwrap_or_default();
        let read = serde_json::from_str(&text).ok();
        read.filter(|manifest: &Self| manifest.version == VERSION)
            .unwrap_or(Self { version: VERSION, exports: BTreeMap::new() })
    }

    /// Whether Lunette wrote these bytes under that name.
    pub(super) fn has(&self, name: &str, bytes: &[u8]) -> bool {
        let fingerprint = fingerprint(bytes);
        self.exports.values().any(|files| files.get(name) == Some(&fingerprint))
    }

    /// Whether Lunette wrote anything under that name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.exports.values().any(|files| files.contains_key(name))
    }

    /// The names that an export wrote last time and that no other export of the folder has.
    pub(super) fn names_of(&self, export: &str) -> Vec<String> {
        let is_of_another = |name: &str| {
            self.exports.iter().any(|(other, files)| other != export && files.contains_key(name))
        };
        let names = self.exports.get(export).into_iter().flat_map(BTreeMap::keys);
        names.filter(|name| is_safe(name) && !is_of_another(name)).cloned().collect()
    }

    /// Records what an export writes now, instead of what it wrote last time.
    pub(super) fn record<'a>(
        &mut self,
        export: &str,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) {
        let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), fingerprint(bytes)));
        let files: BTreeMap<_, _> = files.collect();
        for other in self.exports.values_mut() {
            other.retain(|name, _| !files.contains_key(name));
        }
        self.exports.insert(export.to_owned(), files);
        self.exports.retain(|_, files| !files.is_empty());
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn is_safe(name: &str) -> bool {
    let components: Vec<_> = name.split('/').collect();
    RelativePath::of(&components).as_str() == name
}

/// Length and hash (FNV-1a: Fowler, Noll, Vo) of some bytes, without regard to line ends, which
/// version control may change.
fn fingerprint(bytes: &[u8]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut length = 0_u64;
    for byte in bytes.iter().filter(|byte| **byte != b'\r') {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        length += 1;
    }
    format!("{length}-{hash:016x}")
}
