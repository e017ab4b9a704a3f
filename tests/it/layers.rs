//! The direction rule: a room may name only the rooms of its row, and some things have one room.

use std::fs;
use std::path::{Path, PathBuf};

/// The rule, as the page of `src/lib.rs` quotes it: a room and the rooms it may name.
const ROOMS: [(&str, &str); 14] = [
    ("base", "–"),
    ("model", "base"),
    ("checks", "base, model"),
    ("diagram", "base, model"),
    ("document", "base, model, diagram"),
    ("layout", "base, model, diagram"),
    ("formats", "base, model, diagram, document"),
    ("scene", "base, model, diagram, layout"),
    ("render", "base, scene"),
    ("export", "all above"),
    ("files", "base, document, formats"),
    ("editor", "base, model, checks, diagram, document, layout, scene"),
    ("cli", "all but editor and app"),
    ("app", "all but cli"),
];

/// One file of `src`: the room it is in, how deep its module lies, and its lines of code.
struct Source {
    path: PathBuf,
    room: String,
    depth: usize,
    lines: Vec<(usize, String)>,
}

fn may_name(room: &str) -> Vec<&'static str> {
    let position = ROOMS.iter().position(|(name, _)| *name == room).unwrap();
    let all = ROOMS.iter().map(|(name, _)| *name);
    match ROOMS[position].1 {
        "–" => Vec::new(),
        "all above" => all.take(position).collect(),
        rule => match rule.strip_prefix("all but ") {
            Some(others) => all.filter(|name| !others.split(" and ").any(|o| o == *name)).collect(),
            None => rule.split(", ").collect(),
        },
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push(Source::read(&root, &path));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(sources.len() > 50, "only {} files found", sources.len());
    sources
}

impl Source {
    fn read(root: &Path, path: &Path) -> Self {
        let path_in_src = path.strip_prefix(root).unwrap().with_extension("");
        let mut module: Vec<_> =
            path_in_src.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        module.pop_if(|last| last == "mod");
        let text = fs::read_to_string(path).unwrap();
        let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, code(line))).collect();
        Self { path: path.to_owned(), room: module[0].clone(), depth: module.len(), lines }
    }

    fn is_root(&self) -> bool {
        matches!(self.room.as_str(), "lib" | "main")
    }

    fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }
}

/// The words that follow each `prefix` in a line.
fn names_after<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        let is_whole_word = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = &line[at + prefix.len()..];
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        is_whole_word.then(|| &rest[..end])
    })
}

fn assert_none(broken: &[String], rule: &str) {
    assert!(broken.is_empty(), "{rule}:\n{}", broken.join("\n"));
}

#[test]
fn the_map_quotes_the_rule() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = map.lines().filter_map(|line| line.strip_prefix("//! | ")).skip(1);
    let quoted: Vec<_> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_end_matches(" |").split(" | ").collect();
            (cells[0].trim_matches(['[', ']', '`']), cells[2])
        })
        .collect();
    assert_eq!(quoted, ROOMS, "src/lib.rs and this test tell different rules");
}

#[test]
fn a_room_names_only_the_rooms_of_its_row() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_root()) {
        let allowed = may_name(&source.room);
        for (at, line) in &source.lines {
            for name in names_after(line, "crate::") {
                if name.is_empty() {
                    broken.push(format!("{} imports from the crate's root", source.at(*at)));
                } else if name != source.room && !allowed.contains(&name) {
                    broken.push(format!("{} names `{name}`", source.at(*at)));
                }
            }
        }
    }
    assert_none(&broken, "each room may name only the rooms of its row in src/lib.rs");
}

#[test]
fn no_room_is_left_by_the_back_door() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_root()) {
        let mut depth = source.depth;
        for (at, line) in &source.lines {
            if line.starts_with("mod tests {") {
                depth += 1;
            }
            let climbs = (1..9).rev().find(|n| line.contains(&"super::".repeat(*n))).unwrap_or(0);
            if climbs >= depth {
                broken.push(source.at(*at));
            }
        }
    }
    assert_none(&broken, "`super` must not lead out of a room");
}

#[test]
fn only_the_window_names_egui() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room != "app") {
        for (at, line) in &source.lines {
            if ["egui", "eframe", "rfd"].iter().any(|name| line.contains(&format!("{name}::"))) {
                broken.push(source.at(*at));
            }
        }
    }
    assert_none(&broken, "only `app` may name egui");
}

#[test]
fn only_files_touches_the_disk() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room != "files") {
        for (at, line) in &source.lines {
            let names_fs = line.contains("std::fs") || names_after(line, "tempfile::").count() > 0;
            if names_fs || (line.contains("use std::{") && line.contains("fs")) {
                broken.push(source.at(*at));
            }
        }
    }
    assert_none(&broken, "only `files` may name std::fs");
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut broken = Vec::new();
    for source in sources() {
        let text = fs::read_to_string(&source.path).unwrap();
        if !text.starts_with("//! ") {
            broken.push(source.at(1));
        }
    }
    assert_none(&broken, "every file starts with `//!`");
}

#[test]
fn no_room_names_a_socket() {
    let mut broken = Vec::new();
    for source in sources() {
        for (at, line) in &source.lines {
            let names = ["TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"];
            if names.iter().any(|name| line.contains(name)) {
                broken.push(source.at(*at));
            }
        }
    }
    assert_none(&broken, "SECURITY.md says that nothing speaks to a network");
}
