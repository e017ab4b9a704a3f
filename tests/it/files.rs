//! Files on disk: formats are chosen, saves are atomic, exports are all or nothing and never
//! overwrite what a person wrote.

use std::fs;
use std::path::Path;

use lunette::files::export::{
    Destination, ExportReport, Fate, Overwrite, preview_export, write_export,
};
use lunette::files::load::{importer_for, load};
use lunette::files::save::{save, write_atomic};
use lunette::files::{FileError, Reason};
use lunette::formats::code::Code;
use lunette::formats::file_set::{FileSet, RelativePath};
use tempfile::TempDir;

use crate::support::kitchen_sink;

/// All files below a folder but the record, with their content, by name.
fn tree(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            if name != ".lunette-export.json" {
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// A language without anything to escape.
struct Plain;

fn set(files: &[(&str, &str)]) -> FileSet {
    let mut set = FileSet::default();
    for (name, text) in files {
        let components: Vec<_> = name.split('/').collect();
        set.add(RelativePath::of(&components), Code::sealed(Plain, *text).written(Vec::new()));
    }
    set
}

fn export(folder: &Path, files: &[(&str, &str)]) -> Result<ExportReport, FileError> {
    write_export(&set(files), Destination::Folder(folder), "test", Overwrite::Refuse)
}

fn force(folder: &Path, files: &[(&str, &str)]) -> Result<ExportReport, FileError> {
    write_export(&set(files), Destination::Folder(folder), "test", Overwrite::Force)
}

#[track_caller]
fn assert_conflicts(result: Result<ExportReport, FileError>, expected: &[(&str, Reason)]) {
    let error = result.unwrap_err();
    let FileError::Conflicts { conflicts, .. } = &error else { panic!("{error}") };
    let found: Vec<_> = conflicts.iter().map(|one| (one.name.as_str(), one.reason)).collect();
    assert_eq!(found, expected);
    for (name, _) in expected {
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn a_project_is_saved_and_loaded() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("sink.lunette.json");
    let project = kitchen_sink();
    save(&project, &path).unwrap();
    let loaded = load(&path).unwrap();
    assert_eq!((loaded.project, loaded.diagnostics), (project, vec![]));
    assert_eq!(loaded.importer.info().id, "lunette");
    assert_eq!(tree(folder.path()).len(), 1, "no unfinished file stays");
}

#[test]
fn the_format_is_told_by_the_ending_then_by_the_content() {
    let head = "{ \"format\": \"lunette\", \"version\": 1 }";
    let id = |name: &str, text: &str| importer_for(name, text).map(|one| one.info().id);
    assert_eq!(id("a.LUNETTE.json", "not even JSON"), Some("lunette"));
    assert_eq!(id("renamed.txt", head), Some("lunette"));
    assert_eq!(id("", head), Some("lunette"));
    assert_eq!(id("lunette.txt", "what is this"), None);
    assert_eq!(id("lunette.json", "what is this"), Some("json-schema"));
}

#[test]
fn errors_of_reading_name_the_file() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    assert!(matches!(load(&at("absent.lunette.json")), Err(FileError::Read { .. })));
    fs::write(at("x"), "who knows").unwrap();
    assert!(matches!(load(&at("x")), Err(FileError::UnknownFormat { .. })));
    fs::write(at("binary.lunette.json"), b"{\n\xff\xfe").unwrap();
    let error = load(&at("binary.lunette.json")).unwrap_err();
    assert!(matches!(error, FileError::NotText { line: 2, .. }));
    assert!(error.to_string().contains("binary.lunette.json"));
}

#[cfg(unix)]
#[test]
fn a_save_keeps_permissions_and_links_and_respects_read_only() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("real")).unwrap();
    fs::write(at("real/file"), "old").unwrap();
    fs::set_permissions(at("real/file"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real/file", at("link")).unwrap();
    symlink("link", at("link-to-link")).unwrap();
    write_atomic(&at("link-to-link"), b"new").unwrap();
    assert!(at("link").is_symlink() && at("link-to-link").is_symlink());
    assert_eq!(fs::read_to_string(at("real/file")).unwrap(), "new");
    assert_eq!(fs::metadata(at("real/file")).unwrap().permissions().mode() & 0o777, 0o640);
    symlink("nowhere", at("dangling")).unwrap();
    write_atomic(&at("dangling"), b"there").unwrap();
    assert_eq!(fs::read_to_string(at("nowhere")).unwrap(), "there");
    symlink("circle", at("circle")).unwrap();
    assert!(matches!(write_atomic(&at("circle"), b""), Err(FileError::Write { .. })));
    fs::set_permissions(at("real/file"), fs::Permissions::from_mode(0o444)).unwrap();
    assert!(matches!(write_atomic(&at("link"), b""), Err(FileError::ReadOnly { .. })));
    assert_eq!(fs::read_to_string(at("real/file")).unwrap(), "new");
    write_atomic(Path::new("/dev/null"), b"gone").unwrap();
    assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    assert!(matches!(write_atomic(&at("real"), b""), Err(FileError::Write { .. })));
    assert!(matches!(write_atomic(&at("no/folder"), b""), Err(FileError::Write { .. })));
}

#[test]
fn an_export_writes_what_changed_and_removes_what_it_no_longer_has() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("new/out");
    let report = export(&out, &[("a.js", "1"), ("models/b.js", "2"), ("old/c.js", "3")]).unwrap();
    assert_eq!(report.written, ["a.js", "models/b.js", "old/c.js"]);
    let report = export(&out, &[("a.js", "1"), ("models/b.js", "two")]).unwrap();
    assert_eq!(report.unchanged, ["a.js"]);
    assert_eq!(report.written, ["models/b.js"]);
    assert_eq!(report.removed, ["old/c.js"]);
    let expected = [("a.js", "1"), ("models/b.js", "two")];
    assert_eq!(tree(&out), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert!(!out.join("old").exists(), "a folder that is empty now goes too");
}

#[test]
fn what_a_person_wrote_or_changed_is_not_overwritten() {
    let folder = TempDir::new().unwrap();
    let out = folder.path();
    fs::write(out.join("mine.js"), "mine").unwrap();
    export(out, &[("a.js", "1"), ("b.js", "1"), ("gone.js", "1")]).unwrap();
    fs::write(out.join("a.js"), "edited").unwrap();
    fs::write(out.join("gone.js"), "edited").unwrap();
    let before = tree(out);
    let files = [("a.js", "2"), ("b.js", "2"), ("mine.js", "2")];
    let expected = [("a.js", Reason::Edited), ("mine.js", Reason::Foreign)];
    assert_conflicts(export(out, &files), &expected);
    assert_eq!(tree(out), before, "all or nothing");
    let report = force(out, &files).unwrap();
    assert_eq!(report.written, ["a.js", "b.js", "mine.js"]);
    assert_eq!(report.kept, ["gone.js"]);
    assert_eq!(fs::read_to_string(out.join("gone.js")).unwrap(), "edited");
    export(out, &[("a.js", "3"), ("b.js", "3"), ("mine.js", "3")]).unwrap();
}

#[test]
fn a_preview_says_what_becomes_of_each_file_and_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let old = [("a.js", "a"), ("b.js", "b"), ("c.js", "c"), ("d.js", "d")];
    export(folder.path(), &old).unwrap();
    fs::write(folder.path().join("c.js"), "by hand").unwrap();
    let before = tree(folder.path());
    let new = [("a.js", "a"), ("b.js", "B"), ("c.js", "C"), ("e.js", "e")];
    let changes = preview_export(&set(&new), folder.path(), "test");
    let told: Vec<_> =
        changes.iter().map(|one| (one.name.as_str(), one.fate, one.before.as_str())).collect();
    let expected = [
        ("a.js", Fate::Unchanged, "a"),
        ("b.js", Fate::Changed, "b"),
        ("c.js", Fate::Blocked(Reason::Edited), "by hand"),
        ("e.js", Fate::Added, ""),
        ("d.js", Fate::Removed, "d"),
    ];
    assert_eq!(told, expected);
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn line_ends_that_version_control_changed_are_no_edit() {
    let folder = TempDir::new().unwrap();
    export(folder.path(), &[("a.js", "1\n2\n")]).unwrap();
    fs::write(folder.path().join("a.js"), "1\r\n2\r\n").unwrap();
    assert_eq!(export(folder.path(), &[("a.js", "3\n")]).unwrap().written, ["a.js"]);
}

#[test]
fn two_exports_share_a_folder() {
    let folder = TempDir::new().unwrap();
    let out = Destination::Folder(folder.path());
    let write = |name: &str, files: &[(&str, &str)]| {
        write_export(&set(files), out, name, Overwrite::Refuse).unwrap()
    };
    write("mongoose Shop", &[("a.js", "1"), ("both", "1")]);
    write("postgres Shop", &[("schema.sql", "1"), ("both", "2")]);
    let report = write("mongoose Shop", &[("a.js", "2")]);
    assert_eq!((report.removed.len(), report.kept.len()), (0, 0));
    assert_eq!(tree(folder.path()).len(), 3);
}

#[test]
fn one_file_is_written_beside_others_and_again() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("schema.sql");
    let to = Destination::File(&path);
    let write =
        |text: &str| write_export(&FileSet::single("x.sql", text), to, "sql", Overwrite::Refuse);
    assert_eq!(write("1").unwrap().written, ["schema.sql"]);
    assert_eq!(write("2").unwrap().written, ["schema.sql"]);
    fs::write(&path, "edited").unwrap();
    assert_conflicts(write("3"), &[("schema.sql", Reason::Edited)]);
    let two = set(&[("a", ""), ("b", "")]);
    let error = write_export(&two, to, "sql", Overwrite::Force).unwrap_err();
    assert!(matches!(error, FileError::NotOneFile { count: 2, .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn links_inside_the_folder_lead_nowhere() {
    use std::os::unix::fs::symlink;

    let folder = TempDir::new().unwrap();
    let (out, outside) = (folder.path().join("out"), folder.path().join("outside"));
    fs::create_dir_all(out.join("real")).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("file"), "safe").unwrap();
    symlink(&outside, out.join("linked")).unwrap();
    symlink(outside.join("file"), out.join("file")).unwrap();
    let files = [("file", "new"), ("linked/file", "new"), ("real", "new")];
    let expected =
        [("file", Reason::Link), ("linked/file", Reason::Blocked), ("real", Reason::Folder)];
    assert_conflicts(export(&out, &files), &expected);
    assert_conflicts(force(&out, &files), &expected[1..]);
    force(&out, &files[..1]).unwrap();
    assert!(!out.join("file").is_symlink());
    assert_eq!(fs::read_to_string(outside.join("file")).unwrap(), "safe");
}

#[test]
fn the_record_is_no_export_and_its_names_are_not_believed() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let record = ".lunette-export.json";
    assert_conflicts(force(&out, &[(record, "x")]), &[(record, Reason::Record)]);
    assert!(!out.exists(), "a refused export leaves no folder");
    export(&out, &[("a", "1")]).unwrap();
    fs::write(folder.path().join("a"), "1").unwrap();
    let hostile = fs::read_to_string(out.join(record)).unwrap().replace("\"a\"", "\"../a\"");
    fs::write(out.join(record), hostile).unwrap();
    export(&out, &[("b", "1")]).unwrap();
    assert!(folder.path().join("a").exists());
    fs::write(out.join(record), "broken {").unwrap();
    assert_conflicts(export(&out, &[("b", "2")]), &[("b", Reason::Foreign)]);
    assert_eq!(export(&out, &[("b", "1")]).unwrap().unchanged, ["b"]);
}

#[test]
fn an_export_has_more_files_than_a_process_may_open() {
    let folder = TempDir::new().unwrap();
    let names: Vec<_> = (0..3_000).map(|n| format!("f{n}")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), "x")).collect();
    assert_eq!(export(folder.path(), &files).unwrap().written.len(), 3_000);
}
