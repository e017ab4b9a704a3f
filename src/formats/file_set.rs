//! What an export is: files with relative names that cannot leave the folder they are put in.

use std::collections::BTreeMap;
use std::fmt;

use crate::base::ident::UniqueNames;
use crate::formats::code::{Origin, Written};

/// Longest file name that all usual file systems take, with room for a counting suffix.
const LONGEST_NAME: usize = 180;

/// Device names that Windows will not take as a file's base name.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A path below the export folder.
///
/// - Made of cleaned components only: none is empty, `.`, `..`, a device or holds a separator or
///   control character, so it cannot lead anywhere else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelativePath(String);

impl RelativePath {
    /// The path of these components, each cleaned.
    pub fn of(components: &[&str]) -> Self {
        let clean: Vec<_> = components.iter().map(|component| clean_component(component)).collect();
        Self(if clean.is_empty() { "_".to_owned() } else { clean.join("/") })
    }

    /// The path with `/` between its components.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its components.
    pub fn components(&self) -> impl Iterator<Item = &str> {
        self.0.split('/')
    }
}

impl fmt::Display for RelativePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `component` without what file systems refuse or read as structure.
pub fn clean_component(component: &str) -> String {
    let mut clean: String = component
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() || is_invisible(c) => '_',
            c => c,
        })
        .collect();
    if clean.len() > LONGEST_NAME {
        let tail_start = clean.char_indices().map(|(at, _)| at).find(|at| clean.len() - at <= 24);
        let tail = tail_start.and_then(|at| clean.get(at..)).unwrap_or_default().to_owned();
        let head_end = clean
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| at + tail.len() <= LONGEST_NAME)
            .last()
            .unwrap_or(0);
        clean.truncate(head_end);
        clean.push_str(&tail);
    }
    let trimmed = clean.trim_start_matches(' ').trim_end_matches(['.', ' ']).to_owned();
    let base = trimmed.split('.').next().unwrap_or_default().trim().to_lowercase();
    if trimmed.is_empty() || DEVICES.contains(&base.as_str()) {
        return format!("_{trimmed}");
    }
    trimmed
}

/// Characters that change how a name is read without being seen (bidirectional and zero width).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputFile {
    /// Where it goes.
    pub path: RelativePath,
    /// What it holds.
    pub text: String,
    /// Which lines come from which element, where the exporter knows.
    pub origins: Vec<Origin>,
}

/// The files of one export, ordered by path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileSet {
    files: BTreeMap<RelativePath, OutputFile>,
    names: UniquePaths,
}

/// Paths taken so far, compared without case, since many file systems do.
#[derive(Clone, Debug, Default)]
struct UniquePaths(UniqueNames);

impl PartialEq for UniquePaths {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl FileSet {
    /// One file of that name, whose text no generator put together.
    pub fn single(name: &str, text: impl Into<String>) -> Self {
        let mut files = Self::default();
        files.insert(RelativePath::of(&[name]), text.into(), Vec::new());
        files
    }

    /// Adds a file; a path that is taken, ignoring case, gets a counting suffix before its first
    /// dot. Exporters that import one file from another choose unique names themselves.
    pub fn add(&mut self, wanted: RelativePath, written: Written) {
        let (text, origins) = written.into_parts();
        self.insert(wanted, text, origins);
    }

    fn insert(&mut self, wanted: RelativePath, text: String, origins: Vec<Origin>) {
        let path = self.free_path(wanted);
        self.names.0.reserve(path.as_str());
        self.files.insert(path.clone(), OutputFile { path, text, origins });
    }

    fn free_path(&self, wanted: RelativePath) -> RelativePath {
        if !self.names.0.is_taken(wanted.as_str()) {
            return wanted;
        }
        let (folder, file) = match wanted.0.rsplit_once('/') {
            Some((folder, file)) => (format!("{folder}/"), file),
            None => (String::new(), wanted.0.as_str()),
        };
        let (base, ending) = match file.split_once('.') {
            Some((base, ending)) => (base, format!(".{ending}")),
            None => (file, String::new()),
        };
        let mut counted = (2_usize..).map(|n| format!("{folder}{base}-{n}{ending}"));
        let free = counted.find(|path| !self.names.0.is_taken(path));
        free.map_or(wanted.clone(), RelativePath)
    }

    /// The files in path order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &OutputFile> {
        self.files.values()
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The only file, when there is exactly one.
    pub fn only(&self) -> Option<&OutputFile> {
        if self.files.len() == 1 { self.files.values().next() } else { None }
    }

    /// The file at that path.
    pub fn file(&self, path: &str) -> Option<&OutputFile> {
        self.files.values().find(|file| file.path.as_str() == path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_component_can_leave_the_folder() {
        for (hostile, clean) in [
            ("../../etc/passwd", ".._.._etc_passwd"),
            ("..", "_"),
            ("", "_"),
            ("C:\\x", "C__x"),
            ("nul.js", "_nul.js"),
            ("a\0b\u{202e}c", "a_b_c"),
            ("name. . ", "name"),
        ] {
            assert_eq!(RelativePath::of(&[hostile]).as_str(), clean, "{hostile:?}");
        }
        let long = RelativePath::of(&[&format!("{}.models.js", "ä".repeat(500))]);
        assert!(long.as_str().len() <= LONGEST_NAME && long.as_str().ends_with(".models.js"));
    }

    #[test]
    fn paths_differ_ignoring_case() {
        let mut files = FileSet::single("User.js", "a");
        files.insert(RelativePath::of(&["user.js"]), "b".to_owned(), Vec::new());
        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["User.js", "user-2.js"]);
    }
}
