//! Projects as people write them, each in a folder with what it is understood as.
//!
//! `UPDATE_EXPECT=1` writes the expectations anew.

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use lunette::files::load;

use super::described::described;

#[track_caller]
fn check(name: &str) {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/mongoose").join(name);
    let expected = folder.join("expected.txt");
    let loaded = load::load(&folder).unwrap();
    assert_eq!(loaded.importer.info().id, "mongoose");
    let mut sources = Vec::new();
    for source in loaded.sources.iter() {
        let mut source = source.clone();
        let inside = source.path.split_once(&format!("mongoose/{name}/")).unwrap().1;
        let path = inside.to_owned();
        source.path = path;
        sources.push(source);
    }
    let imported =
        lunette::formats::Imported { project: loaded.project, diagnostics: loaded.diagnostics };
    let text = described(&imported, &sources.into());
    expect_file![expected].assert_eq(&text);
}

macro_rules! projects {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        #[test]
        fn every_project_is_read() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import/mongoose");
            let mut names: Vec<_> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

projects! {
    broken
    geo_and_indexes
    hospital_one_file
    odd_forms
    old_commonjs
    shop_commonjs
    special_cases
    todo_course
    typescript_team
    video_portal
}
