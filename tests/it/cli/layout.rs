//! `lunette layout`: engines, modes, and what it refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use lunette::document::project::Project;
use lunette::formats::native;
use lunette::layout::arrange::MODES;

use super::{folder_with_project, lunette};

fn project_in(folder: &Path, name: &str) -> Project {
    native::read(&fs::read_to_string(folder.join(name)).unwrap(), "").project
}

#[test]
fn layout_moves_cards_and_nothing_else() {
    let folder = folder_with_project();
    let at = folder.path();
    lunette(at, &["layout", "all.lunette.json", "-o", "new.lunette.json"]).ends_with(0);
    let [old, new] = ["all.lunette.json", "new.lunette.json"].map(|name| project_in(at, name));
    assert_eq!(old.model, new.model);
    let diagram = new.first_diagram().unwrap();
    assert_ne!(diagram.placements, old.first_diagram().unwrap().placements);
    for node in diagram.nodes(&new.model) {
        assert!(diagram.placements.contains_key(&node), "{node} has no place");
    }
    lunette(at, &["layout", "new.lunette.json", "-o", "new.lunette.json"]).ends_with(0);
}

#[test]
fn a_mode_says_which_cards_move() {
    let folder = folder_with_project();
    let at = folder.path();
    lunette(at, &["layout", "all.lunette.json", "-o", "a.lunette.json"]).ends_with(0);
    let before = project_in(at, "a.lunette.json");
    let entity = before.model.entities().find(|one| {
        let named = before.model.entities().filter(|other| other.name == one.name);
        named.count() == 1
    });
    let (id, name) = entity.map(|one| (one.id, one.name.clone())).unwrap();
    let moved = |arguments: &[&str]| {
        let all = [&["layout", "a.lunette.json", "-o", "b.lunette.json"][..], arguments].concat();
        lunette(at, &all).ends_with(0);
        let after = project_in(at, "b.lunette.json");
        let (old, new) = (before.first_diagram().unwrap(), after.first_diagram().unwrap());
        let nodes = old.nodes(&before.model).into_iter();
        let stands = |node: &_| old.placements.get(node) == new.placements.get(node);
        nodes.filter(|node| !stands(node)).collect::<BTreeSet<_>>()
    };
    assert!(moved(&["--mode", "new"]).is_empty());
    assert!(moved(&["--mode", "selection", "--entity", &name]).is_subset(&[id.into()].into()));
    let around = moved(&["--mode", "around", "--entity", &name]);
    assert!(!around.is_empty() && !around.contains(&id.into()));
    for mode in MODES.iter().filter(|mode| !["selection", "around"].contains(&mode.id)) {
        moved(&["--mode", mode.id]);
    }
}

#[test]
fn a_mode_and_its_entities_must_fit() {
    let folder = folder_with_project();
    let run = |arguments: &[&str]| {
        let all = [&["layout", "all.lunette.json", "-o", "b.lunette.json"][..], arguments].concat();
        lunette(folder.path(), &all).ends_with(2)
    };
    run(&["--mode", "around"]).says("`--mode around` is about an entity").says("`--entity NAME`");
    run(&["--mode", "around", "--entity", "no such"]).says("there is no entity `no such`");
    let project = project_in(folder.path(), "all.lunette.json");
    let names: Vec<_> = project.model.entities().map(|one| one.name.as_str()).collect();
    let [first, .., last] = names.as_slice() else { unreachable!() };
    run(&["--entity", first]).says("`--mode all` is about no single entity");
    run(&["--mode", "around", "--entity", first, "--entity", last]).says("is about one entity");
    run(&["--mode", "sideways"]).says("sideways");
}
