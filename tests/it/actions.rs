//! THE list of actions: ids and shortcuts are claimed once, and everything can be reached.

use std::collections::{BTreeMap, BTreeSet};

use lunette::document::edit::join_tables::{can_unfold, unfold_join_table};
use lunette::document::project::Project;
use lunette::editor::Editor;
use lunette::editor::actions::{Action, Menu, Subject, action, all};
use lunette::editor::event::Shortcut;
use lunette::editor::tools::TOOLS;
use lunette::model::entity::Entity;
use lunette::model::id::{ElementId, IdMint, ReferenceId};

use crate::support::{kitchen_sink, samples, small};

#[test]
fn ids_and_shortcuts_are_claimed_once() {
    let mut ids = BTreeMap::new();
    let mut keys: BTreeMap<Shortcut, &str> = BTreeMap::new();
    for action in all() {
        assert_eq!(ids.insert(action.id, action.label), None, "{} stands twice", action.id);
        for shortcut in action.shortcuts {
            let other = keys.insert(*shortcut, action.id);
            assert_eq!(other, None, "{shortcut} is claimed by {} too", action.id);
        }
    }
}

#[test]
fn every_action_is_in_a_menu_under_a_label_in_sentence_case() {
    let names = ["IDEF1X", "UML", "Lunette", "Chen", "DBML"];
    for action in all() {
        assert!(Menu::ALL.contains(&action.menu), "{}", action.id);
        let mut words = action.label.split(' ');
        let first = words.next().unwrap();
        assert!(first.starts_with(char::is_uppercase), "{}", action.label);
        for word in words.filter(|word| !names.contains(word)) {
            assert!(!word.starts_with(char::is_uppercase), "{}", action.label);
        }
        assert!(!action.label.ends_with('.'), "{}", action.label);
    }
}

#[test]
fn shortcuts_read_back_as_they_are_shown() {
    for action in all() {
        for shortcut in action.shortcuts {
            assert_eq!(Shortcut::parse(&shortcut.to_string()), Some(*shortcut), "{shortcut}");
        }
    }
}

#[test]
fn every_tool_has_an_action_with_its_key() {
    for tool in TOOLS {
        let found = all().find(|action| action.shortcuts.contains(&tool.shortcut));
        assert_eq!(found.map(|action| action.label), Some(tool.label));
    }
}

/// What is selected when an action is asked for.
fn selections(editor: &Editor) -> Vec<(&'static str, Vec<ElementId>)> {
    let model = &editor.project().model;
    let entity = |one: &Entity| ElementId::Entity(one.id);
    let entities: Vec<ElementId> = model.entities().map(entity).collect();
    let enumerations = model.enumerations().map(|one| ElementId::Enumeration(one.id));
    let fields = model.entities().flat_map(|entity| {
        entity.all_fields().into_iter().map(|field| ElementId::Field(entity.id, field.id))
    });
    let values = model.enumerations().flat_map(|one| {
        one.values.iter().map(|value| ElementId::Value(one.id, value.id)).collect::<Vec<_>>()
    });
    let references = model.references().map(|one| ElementId::Reference(one.id));
    let areas = model.areas().map(|one| ElementId::Area(one.id));
    let notes = model.notes().map(|one| ElementId::Note(one.id));
    let kinds: [(&str, Vec<ElementId>); 7] = [
        ("entities", entities),
        ("enumerations", enumerations.collect()),
        ("fields", fields.collect()),
        ("values", values.collect()),
        ("references", references.collect()),
        ("areas", areas.collect()),
        ("notes", notes.collect()),
    ];
    let mut all = vec![("nothing", Vec::new())];
    all.push(("everything", kinds.iter().flat_map(|(_, some)| some.clone()).collect()));
    for (kind, some) in kinds {
        all.extend(some.first().map(|first| (kind, vec![*first])));
        all.push((kind, some));
    }
    all
}

/// Runs an action, then takes back all it did and makes it again: the project is exactly as it was
/// each time.
fn run_and_travel(action: &Action, mut editor: Editor, place: &str) {
    let before = editor.project().clone();
    let steps = |editor: &Editor| editor.document().history().past_labels().len();
    let past = steps(&editor);
    action.run(Some(&mut editor));
    editor.commit_cell();
    let after = editor.project().clone();
    let done = steps(&editor).saturating_sub(past);
    assert!(done <= 1, "{} makes {done} steps with {place} selected", action.id);
    assert!(done == 1 || after == before || action.id == "edit.undo", "{} {place}", action.id);
    for _ in 0..done {
        editor.undo();
    }
    if done > 0 {
        assert!(*editor.project() == before, "{} undone with {place} selected", action.id);
        editor.redo();
        assert!(*editor.project() == after, "{} redone with {place} selected", action.id);
    }
}

#[test]
fn every_action_runs_on_every_selection_and_is_undone_exactly() {
    let empty = Project::new("Empty", &mut IdMint::from_seed(1));
    let todo = samples::samples().into_iter().find(|one| one.name == "todo").unwrap();
    for project in [empty, todo.project(), small::tables(), kitchen_sink()] {
        let mut editor = Editor::new(project, IdMint::from_seed(2));
        // A diagram that is looked at for the first time finds places for its cards.
        for id in editor.project().diagrams.keys().rev().copied().collect::<Vec<_>>() {
            editor.open_diagram(id);
        }
        for (kind, selection) in selections(&editor) {
            let place = format!("{} {kind} of {}", selection.len(), editor.project().settings.name);
            for action in all() {
                let mut editor = editor.clone();
                editor.select(selection.clone());
                run_and_travel(action, editor, &place);
            }
        }
    }
}

#[test]
fn every_action_is_found_by_the_palette_somewhere() {
    let mut missing: BTreeSet<&str> = all().map(|action| action.id).collect();
    let mut editor = Editor::new(kitchen_sink(), IdMint::from_seed(2));
    editor.edit("change", |project, mint| {
        let references: Vec<_> = project.model.references().map(|one| one.id).collect();
        let can = |id: &&ReferenceId| can_unfold(&project.model, **id);
        let many = *references.iter().find(can).unwrap();
        unfold_join_table(project, mint, many).unwrap();
    });
    for travels in [false, true] {
        if travels {
            editor.undo();
        }
        let selections = selections(&editor);
        let one_by_one = selections.iter().flat_map(|(_, some)| some.iter().map(|one| vec![*one]));
        let at_once = selections.iter().map(|(_, some)| some.clone());
        for selection in one_by_one.chain(at_once).collect::<Vec<_>>() {
            editor.select(selection);
            missing.retain(|id| !action(id).unwrap().is_enabled(Some(&editor)));
        }
    }
    assert_eq!(missing, BTreeSet::new(), "nothing enables them");
}

#[test]
fn every_context_menu_says_something_and_offers_nothing_twice() {
    for subject in [
        Subject::Canvas,
        Subject::Entity,
        Subject::Enumeration,
        Subject::Field,
        Subject::Value,
        Subject::Reference,
        Subject::Area,
        Subject::Note,
        Subject::Several,
    ] {
        let labels: Vec<&str> =
            all().filter(|one| one.subjects.contains(&subject)).map(|one| one.label).collect();
        let distinct: BTreeSet<&str> = labels.iter().copied().collect();
        assert!(!labels.is_empty() && distinct.len() == labels.len(), "{subject:?}: {labels:?}");
    }
    let labels: BTreeSet<_> = all().map(|action| (action.menu, action.label)).collect();
    assert_eq!(labels.len(), all().count(), "a menu offers the same twice");
}
