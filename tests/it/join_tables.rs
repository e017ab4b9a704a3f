//! A join table and a many-to-many reference are two ways to say one thing.

use lunette::document::Document;
use lunette::document::edit::join_tables::{can_unfold, fold_join_table, unfold_join_table};
use lunette::document::project::Project;
use lunette::formats::native::write;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::model::diff::differences;
use lunette::model::diff::words::sentences;
use lunette::model::id::{EntityId, IdMint};
use lunette::model::join_table::sides_of_join_table;
use lunette::model::reference::{Cardinality, ReferentialAction};

const SCRIPT: &str = "
    CREATE TABLE students (id bigint PRIMARY KEY);
    CREATE TABLE courses (school int, number int, PRIMARY KEY (school, number));
    CREATE TABLE enrolled (
        pupil_id bigint REFERENCES students (id) ON DELETE CASCADE,
        course_school int, course_number int,
        PRIMARY KEY (pupil_id, course_school, course_number),
        FOREIGN KEY (course_school, course_number) REFERENCES courses ON DELETE RESTRICT
    );
    CREATE INDEX ON enrolled (course_school, course_number);
    COMMENT ON TABLE enrolled IS 'Who learns what';";

fn read(script: &str) -> Project {
    importer("sql").unwrap().import(&Sources::single("a.sql", script), "school").project
}

fn table(project: &Project, name: &str) -> EntityId {
    project.model.entity_named(name).unwrap().id
}

#[test]
fn a_join_table_becomes_a_reference_and_undo_is_exact() {
    let project = read(SCRIPT);
    let before = write(&project);
    let id = table(&project, "enrolled");
    let mut document = Document::new(project, IdMint::from_seed(1));
    document.edit("fold", |project, mint| fold_join_table(project, mint, id).unwrap());
    let model = &document.project().model;
    assert_eq!(model.entities().len(), 2);
    let reference = model.references().next().unwrap();
    assert_eq!(model.references().len(), 1);
    assert!(reference.is_many_to_many() && reference.from.fields.is_empty());
    assert_eq!(reference.name.as_deref(), Some("enrolled"));
    assert_eq!(reference.note, "Who learns what");
    assert_eq!(reference.from.role.as_deref(), Some("pupil"));
    assert_eq!(reference.on_delete, ReferentialAction::Restrict);
    document.undo();
    assert_eq!(write(document.project()), before);
}

#[test]
fn a_reference_becomes_the_join_table_that_it_was() {
    let mut project = read(SCRIPT);
    let mut mint = IdMint::from_seed(1);
    let id = table(&project, "enrolled");
    let reference = fold_join_table(&mut project, &mut mint, id).unwrap();
    let folded = project.model.reference(reference).unwrap().clone();
    assert!(can_unfold(&project.model, reference));
    let again = unfold_join_table(&mut project, &mut mint, reference).unwrap();
    let made = project.model.entity(again).unwrap();
    let names: Vec<_> = made.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!((made.name.as_str(), names.len(), names[0]), ("enrolled", 3, "pupil_id"));
    assert_eq!(made.primary_key().unwrap().fields.len(), 3);
    assert!(sides_of_join_table(&project.model, again).is_some());
    fold_join_table(&mut project, &mut mint, again).unwrap();
    let same = project.model.references().next().unwrap();
    assert_eq!((&same.from, &same.to), (&folded.from, &folded.to));
    assert_eq!((&same.name, &same.note), (&folded.name, &folded.note));
}

#[test]
fn a_script_still_gets_the_table() {
    let mut project = read(
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY);
         CREATE TABLE a_b (a_id int NOT NULL REFERENCES a ON DELETE CASCADE,
             b_id int NOT NULL REFERENCES b ON DELETE CASCADE, PRIMARY KEY (a_id, b_id));
         CREATE INDEX ON a_b (b_id);",
    );
    let before = project.model.clone();
    let id = table(&project, "a_b");
    fold_join_table(&mut project, &mut IdMint::from_seed(1), id).unwrap();
    let postgres = exporter("postgres").unwrap();
    let files = postgres.export(&project, &Options::defaults(postgres.info())).files;
    let again = read(&files.only().unwrap().text);
    let found = lunette::document::edit::intake::compare(&before, &again.model, false);
    let told: Vec<_> = found.iter().flat_map(sentences).collect();
    assert_eq!(told, Vec::<String>::new());
    assert_ne!(differences(&before, &again.model), vec![], "ids are others");
}

#[test]
fn what_says_more_is_no_join_table() {
    for (more, why) in [
        ("ALTER TABLE enrolled ADD COLUMN since date;", "a field of its own"),
        ("ALTER TABLE enrolled ADD CHECK (course_number > 0);", "a rule"),
        ("CREATE UNIQUE INDEX ON enrolled (pupil_id);", "one course for each"),
        (
            "CREATE TABLE marks (id int PRIMARY KEY, p bigint, s int, n int,
                 FOREIGN KEY (p, s, n) REFERENCES enrolled);",
            "something refers to it",
        ),
    ] {
        let project = read(&format!("{SCRIPT}\n{more}"));
        let id = table(&project, "enrolled");
        assert!(sides_of_join_table(&project.model, id).is_none(), "{why}");
    }
    let mut project = read(SCRIPT);
    let id = table(&project, "enrolled");
    let reference = fold_join_table(&mut project, &mut IdMint::from_seed(1), id).unwrap();
    project.model.reference_mut(reference).unwrap().from.cardinality = Cardinality::ExactlyOne;
    assert!(!can_unfold(&project.model, reference));
}
