//! What is written is read back as it was, with what no version knows.

use lunette::document::project::Project;
use lunette::formats::native::{read, write};
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, FieldId};
use serde_json::Value;

use crate::support::builder::Builder;
use crate::support::hostile::hostile_project;
use crate::support::newer::newer_file;
use crate::support::{kitchen_sink, small};

#[track_caller]
pub(super) fn read_clean(text: &str) -> Project {
    let imported = read(text, "unnamed");
    assert_eq!(imported.diagnostics, []);
    imported.project
}

#[test]
fn everything_survives() {
    let small = [small::documents(), small::tables(), Project::default()];
    for project in small.into_iter().chain([kitchen_sink(), hostile_project()]) {
        let text = write(&project);
        let again = read_clean(&text);
        assert_eq!(again, project);
        assert_eq!(write(&again), text);
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter() {
    let project = kitchen_sink();
    let windows = format!("\u{feff}{}", write(&project).replace('\n', "\r\n"));
    assert_eq!(read_clean(&windows), project);
}

#[test]
fn a_file_without_a_name_takes_that_of_its_file() {
    let imported = read(r#"{"format": "lunette", "version": 1}"#, "shop");
    assert_eq!((imported.project.settings.name.as_str(), imported.diagnostics), ("shop", vec![]));
}

#[test]
fn unknown_keys_survive_wherever_they_stand() {
    let value = newer_file();
    let text = write(&read_clean(&value.to_string()));
    let again: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(again, value);
    assert_eq!(write(&read_clean(&text)), text);
    assert!(text.matches("zz-newer").count() > 200);
}

#[test]
fn unknown_keys_of_what_is_removed_go_and_come_back_with_it() {
    let text =
        write(&small::documents()).replace("\"name\": \"email\"", "\"name\": \"email\", \"x\": 1");
    let project = read_clean(&text);
    let mut without = project.clone();
    let user = without.model.entity_named("User").unwrap();
    let (user, email) = (user.id, user.field_named("email").unwrap().id);
    without.model.remove_field(user, email);
    assert!(!write(&without).contains("\"x\""));
    assert!(write(&project).contains("\"x\": 1"));
}

fn deep_project(depth: usize) -> (Project, EntityId) {
    let mut build = Builder::new("Deep");
    let entity = build.collection("Deep");
    let mut parent: Option<FieldId> = None;
    for level in 0..depth {
        let name = format!("level{level}");
        let field = match parent {
            None => build.field(entity, &name, DataType::Object),
            Some(parent) => {
                build.nested(entity, parent, &format!("{name}_note"), DataType::Text);
                build.nested(entity, parent, &name, DataType::Object)
            }
        };
        parent = Some(field);
    }
    (build.project, entity)
}

#[test]
fn objects_nest_deeper_than_json_readers_go() {
    let (project, entity) = deep_project(150);
    let again = read_clean(&write(&project));
    assert_eq!(again, project);
    let deepest = again.model.entity(entity).unwrap().all_fields().last().unwrap().id;
    assert_eq!(again.model.entity(entity).unwrap().field_path(deepest).len(), 150);
}
