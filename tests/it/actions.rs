//! THE list of actions: ids and shortcuts are claimed once, and everything can be reached.

use std::collections::BTreeMap;

use lunette::document::project::Project;
use lunette::editor::Editor;
use lunette::editor::actions::{Menu, all};
use lunette::editor::event::Shortcut;
use lunette::editor::tools::TOOLS;
use lunette::model::id::IdMint;

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
    let names = ["IDEF1X", "UML", "Lunette", "Chen"];
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

#[test]
fn every_enabled_action_runs_on_an_empty_project() {
    for action in all() {
        let project = Project::new("Empty", &mut IdMint::from_seed(1));
        let mut editor = Editor::new(project, IdMint::from_seed(2));
        let before = editor.document().history().past_labels().len();
        action.run(Some(&mut editor));
        editor.commit_cell();
        assert!(editor.document().history().past_labels().len() <= before + 1, "{}", action.id);
    }
}
