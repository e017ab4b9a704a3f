//! Files as a bad day leaves them, for every format: cut off, in another encoding, with other line
//! ends, sprinkled with zeros. Each gives the project, or says what is wrong and where.

use std::fs;
use std::path::Path;

use lunette::base::diagnostic::{Severity, has_errors};
use lunette::files::FileError;
use lunette::files::load::{Loaded, load};
use lunette::formats::native;
use lunette::formats::options::Options;
use lunette::formats::registry::{EXPORTERS, IMPORTERS};
use lunette::model::Model;
use tempfile::TempDir;

use crate::support::small;

/// What a format calls its file, and a whole text of it.
fn whole_files() -> Vec<(&'static str, String, String)> {
    let mut files = Vec::new();
    for importer in IMPORTERS {
        let info = importer.info();
        let name = format!("whole.{}", info.extensions[0]);
        let exporter = EXPORTERS.iter().find(|one| {
            one.info().id == info.id || info.id == "sql" && one.info().id == "postgres"
        });
        let text = match exporter {
            Some(exporter) => {
                let options = Options::defaults(exporter.info());
                let exported = exporter.export(&small::tables(), &options);
                let files = exported.files.iter().map(|file| file.text.clone());
                files.max_by_key(String::len).unwrap()
            }
            None => native::write(&small::tables()),
        };
        files.push((info.id, name, text));
    }
    files
}

fn loaded(folder: &Path, name: &str, bytes: &[u8]) -> Result<Loaded, FileError> {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    load(&path)
}

/// Entities with their fields, which no line end and no encoding changes.
fn names(model: &Model) -> Vec<String> {
    let entities = model.entities();
    let of = |entity: &lunette::model::entity::Entity| {
        let fields = entity.all_fields().into_iter().map(|field| field.name.clone());
        format!("{}: {}", entity.name, fields.collect::<Vec<_>>().join(" "))
    };
    entities.map(of).collect()
}

#[test]
fn encodings_and_line_ends_that_tools_write_are_read() {
    let folder = TempDir::new().unwrap();
    for (id, name, text) in whole_files() {
        let read =
            |bytes: &[u8]| names(&loaded(folder.path(), &name, bytes).unwrap().project.model);
        let expected = read(text.as_bytes());
        assert!(!expected.is_empty(), "{id}: {expected:?}");
        let marked = format!("\u{feff}{text}");
        let wide = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            marked.encode_utf16().flat_map(unit).collect()
        };
        for (kind, bytes) in [
            ("a byte order mark", marked.as_bytes().to_vec()),
            ("CRLF", text.replace('\n', "\r\n").into_bytes()),
            ("UTF-16, little end first", wide(u16::to_le_bytes)),
            ("UTF-16, big end first", wide(u16::to_be_bytes)),
            ("no line end at the end", text.trim_end().as_bytes().to_vec()),
        ] {
            assert_eq!(read(&bytes), expected, "{id} with {kind}");
        }
    }
}

#[test]
fn what_is_no_text_is_told_with_its_line() {
    let folder = TempDir::new().unwrap();
    for (id, name, text) in whole_files() {
        let at = text.match_indices('\n').nth(1).unwrap().0 + 1;
        let latin = [&text.as_bytes()[..at], b"\xe4\xf6 ", &text.as_bytes()[at..]].concat();
        let error = loaded(folder.path(), &name, &latin).unwrap_err().to_string();
        assert!(error.contains(&name) && error.contains("line 3"), "{id}: {error}");
        assert!(error.contains("convert it to UTF-8"), "{id}: {error}");
    }
}

#[test]
fn what_is_cut_off_or_sprinkled_with_zeros_is_read_or_told_with_its_place() {
    let folder = TempDir::new().unwrap();
    for (id, name, text) in whole_files() {
        let third = (0..text.len() / 3).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let zeros = format!("{}\0\0{}", &text[..third], &text[third..]);
        for (kind, bytes) in [("cut off", &text[..third]), ("zeros", &zeros), ("nothing", "")] {
            let read = match loaded(folder.path(), &name, bytes.as_bytes()) {
                Ok(read) => read,
                Err(error) => panic!("{id}, {kind}: {error}"),
            };
            let told = &read.diagnostics;
            assert!(
                !told.is_empty() || kind == "nothing" || !names(&read.project.model).is_empty(),
                "{id}, {kind}: neither understood nor told"
            );
            let errors: Vec<_> =
                told.iter().filter(|one| one.severity == Severity::Error).collect();
            let has_place = errors.iter().any(|error| error.span.is_some());
            assert!(
                errors.is_empty() || has_place || kind == "nothing",
                "{id}, {kind}: {errors:?}"
            );
        }
    }
}

#[test]
fn numbers_that_no_picture_has_are_told_or_kept_in_bounds() {
    let shop = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_models/shop/shop.lunette.json");
    let text = fs::read_to_string(shop).unwrap();
    let card = text.find("\"x\": ").unwrap() + 5;
    let end = card + text[card..].find(',').unwrap();
    for number in ["1e999", "NaN", "-Infinity", "\"0\"", "[]"] {
        let broken = format!("{}{number}{}", &text[..card], &text[end..]);
        let read = native::read(&broken, "x");
        assert!(has_errors(&read.diagnostics), "{number}: {:?}", read.diagnostics);
        let line = broken[..card].lines().count();
        assert_eq!(read.diagnostics[0].span.unwrap().line, line, "{number}");
    }
    for number in ["1e30", "-99999999999999999999", "0.4e-300", "12.75"] {
        let odd = format!("{}{number}{}", &text[..card], &text[end..]);
        let read = native::read(&odd, "x");
        let diagram = read.project.first_diagram().unwrap();
        let far = |at: f64| at.is_finite() && at.abs() <= 10_000_000.0;
        let points = diagram.placements.values().map(|one| one.position);
        assert!(points.into_iter().all(|point| far(point.x) && far(point.y)), "{number}");
        assert_eq!(native::read(&native::write(&read.project), "x").project, read.project);
    }
}

#[test]
fn modules_that_use_each_other_come_to_an_end() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.dbml"), "use { table b } from './b'\nTable a { id int [pk] }\n").unwrap();
    fs::write(path("b.dbml"), "use { table a } from './a'\nTable b { id int [ref: > a.id] }\n")
        .unwrap();
    fs::write(path("self.dbml"), "use { table self } from './self'\nTable self { id int [pk] }\n")
        .unwrap();
    let read = load(&path("a.dbml")).unwrap();
    assert_eq!(names(&read.project.model), ["a: id", "b: id"], "{:?}", read.diagnostics);
    assert_eq!(names(&load(&path("self.dbml")).unwrap().project.model), ["self: id"]);
}
