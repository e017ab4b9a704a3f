//! Folders of expected files: compared, or written anew when `UPDATE_EXPECT` is set.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use similar::TextDiff;

/// How many lines of difference are shown, in all.
const LINES_SHOWN: usize = 80;

/// The comparison of a whole folder of fixtures: files that nothing produces are wrong too.
pub(super) struct Comparison {
    folder: PathBuf,
    produced: BTreeMap<String, String>,
}

impl Comparison {
    /// A comparison with the fixtures of that folder.
    pub(super) fn new(folder: &str) -> Self {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        Self { folder: fixtures.join(folder), produced: BTreeMap::new() }
    }

    /// Files that were produced, below that name.
    pub(super) fn add(&mut self, name: &str, files: &BTreeMap<String, String>) {
        for (path, text) in files {
            self.produced.insert(format!("{name}/{path}"), text.clone());
        }
    }

    /// Compares, and panics with the first differences.
    #[track_caller]
    pub(super) fn finish(self) {
        if env::var_os("UPDATE_EXPECT").is_some() {
            self.write();
            return;
        }
        let expected = tree(&self.folder);
        let mut differences = Vec::new();
        for (path, text) in &self.produced {
            match expected.get(path) {
                None => differences.push(format!("{path} is new")),
                Some(expected) if expected != text => {
                    let diff = TextDiff::from_lines(expected, text);
                    let diff = diff.unified_diff().header("expected", "now").to_string();
                    differences.push(format!("{path} differs:\n{diff}"));
                }
                Some(_) => {}
            }
        }
        let is_extra = |path: &&String| !self.produced.contains_key(*path);
        differences.extend(expected.keys().filter(is_extra).map(|path| format!("{path} is gone")));
        let count = differences.len();
        let shown: Vec<_> =
            differences.iter().flat_map(|one| one.lines()).take(LINES_SHOWN).collect();
        assert!(
            count == 0,
            "{count} files differ from {}; UPDATE_EXPECT=1 accepts them\n{}",
            self.folder.display(),
            shown.join("\n"),
        );
    }

    /// Writes what differs and removes what is gone, so that unchanged files keep their time.
    fn write(&self) {
        let expected = tree(&self.folder);
        for (path, text) in &self.produced {
            if expected.get(path) != Some(text) {
                let path = self.folder.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
        }
        for path in expected.keys().filter(|path| !self.produced.contains_key(*path)) {
            let path = self.folder.join(path);
            fs::remove_file(&path).unwrap();
            for folder in path.ancestors().skip(1).take_while(|one| *one != self.folder) {
                if fs::remove_dir(folder).is_err() {
                    break;
                }
            }
        }
    }
}

/// All files below a folder by their path there; none when there is no folder.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        let Ok(entries) = fs::read_dir(&one) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
    files
}
