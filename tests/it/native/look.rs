//! A small change to the project is a small change to the file.

use lunette::base::geom::Point;
use lunette::document::project::Project;
use lunette::formats::native::write;
use lunette::model::data_type::DataType;
use lunette::model::field::Field;
use lunette::model::id::IdMint;

use crate::native::round_trip::read_clean;
use crate::support::kitchen_sink;

/// Lines that only the first text has, and lines that only the second has.
fn changed_lines(before: &str, after: &str) -> [usize; 2] {
    let diff = similar::TextDiff::from_lines(before, after);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    [count(similar::ChangeTag::Delete), count(similar::ChangeTag::Insert)]
}

fn changed(change: impl FnOnce(&mut Project)) -> [usize; 2] {
    let before = kitchen_sink();
    let mut after = before.clone();
    change(&mut after);
    changed_lines(&write(&before), &write(&after))
}

#[test]
fn moving_a_card_changes_one_line() {
    let moved = changed(|project| {
        let id = project.first_diagram().unwrap().id;
        let diagram = project.diagram_mut(id).unwrap();
        let first = *diagram.placements.keys().next().unwrap();
        diagram.placements.update(first, |one| one.position = Point::new(120.4, -7.5));
    });
    assert_eq!(moved, [1, 1]);
}

#[test]
fn adding_a_field_adds_a_line() {
    let added = changed(|project| {
        let user = project.model.entity_named("User").unwrap().id;
        let user = project.model.entity_mut(user).unwrap();
        let field = Field::new(IdMint::from_seed(1).mint(), "nickname", DataType::STRING);
        user.fields.insert(1, field);
    });
    assert_eq!(added, [0, 1]);
}

#[test]
fn renaming_retyping_and_ruling_a_nested_field_change_one_line() {
    let renamed = changed(|project| {
        let user = project.model.entity_named("User").unwrap().id;
        let user = project.model.entity_mut(user).unwrap();
        let spot = user.all_fields().into_iter().find(|field| field.name == "longitude");
        let id = spot.unwrap().id;
        let field = user.field_mut(id).unwrap();
        "east".clone_into(&mut field.name);
        field.ty = DataType::Float;
        field.required = true;
    });
    assert_eq!(renamed, [1, 1]);
}

#[test]
fn the_file_is_indented_by_two_and_ends_with_a_line_break() {
    let text = write(&kitchen_sink());
    assert!(text.starts_with("{\n  \"format\": \"lunette\",\n  \"version\": 1,\n  \"name\":"));
    assert!(text.ends_with("\n}\n"));
    assert!(text.lines().all(|line| !line.ends_with(' ')));
    let fractions = text.lines().filter(|line| line.contains("\"x\"")).any(|l| l.contains('.'));
    assert!(!fractions, "coordinates are whole numbers");
}

#[test]
fn the_example_in_the_documentation_is_what_is_written() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/project-file.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (_, rest) = page.split_once("```json\n").unwrap();
    let (example, _) = rest.split_once("```\n").unwrap();
    assert_eq!(write(&read_clean(example)), example);
}
