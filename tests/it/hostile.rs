//! The hostile names themselves: nothing can go wrong with them before a target is asked.

use crate::support::hostile::{hostile_names, hostile_project};

#[test]
fn the_collection_holds_what_breaks_each_target() {
    let names = hostile_names();
    assert!(names.len() >= 60, "{} names", names.len());
    for trap in ["__proto__", "it's", "../../x", "CON", "crate", "line\nbreak", "\u{1}\u{1f}"] {
        assert!(names.iter().any(|name| name == trap), "{trap:?} is missing");
    }
    assert!(
        names.iter().any(|name| name.chars().count() == 200),
        "a 200-character name is missing"
    );
    assert!(names.iter().any(|name| name.contains('\u{2028}')), "U+2028 is missing");
}

#[test]
fn the_hostile_model_carries_every_name() {
    let project = hostile_project();
    for name in hostile_names() {
        let entity = project.model.entity_named(&name).unwrap();
        assert!(entity.field_named(&name).is_some(), "{name:?}");
        assert!(project.model.enumeration_named(&name).is_some(), "{name:?}");
    }
}
