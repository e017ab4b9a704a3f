//! Merging: the laws that hold for any edits, what is a conflict and what is not, and the command.

use std::fs;
use std::process::Command;

use lunette::document::project::Project;
use lunette::formats::native::merge::words::told;
use lunette::formats::native::merge::{
    Conflict, Contradiction, Merged, Side, Versions, markers, merge, merge_sides,
    text_with_conflicts,
};
use lunette::formats::native::{read, write};
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::Field;
use lunette::model::id::{EntityId, IdMint};
use lunette::model::reference::Reference;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::edits::{Edit, any_edit};
use crate::support::{kitchen_sink, small};

/// The project as its file gives it back, so that what a file does not hold does not differ.
fn saved(project: &Project) -> Project {
    read(&write(project), "x").project
}

fn edited(base: &Project, edits: &[Edit], seed: u64) -> Project {
    let (mut project, mut mint) = (base.clone(), IdMint::from_seed(seed));
    for edit in edits {
        edit.apply(&mut project, &mut mint);
    }
    saved(&project)
}

fn merged(base: &Project, ours: &Project, theirs: &Project) -> Merged {
    merge(Versions { base, ours, theirs }, &|_| None)
}

/// The merge of sides that do not contradict each other, whichever of them is ours.
#[track_caller]
fn agreed(base: &Project, ours: &Project, theirs: &Project) -> Project {
    let [one, other] = [merged(base, ours, theirs), merged(base, theirs, ours)];
    assert_eq!(one.conflicts, []);
    assert_eq!(one.diagnostics, []);
    assert_eq!(write(&one.project), write(&other.project));
    one.project
}

/// The only conflict of sides.
#[track_caller]
fn conflict(base: &Project, ours: &Project, theirs: &Project) -> Conflict {
    let mut conflicts = merged(base, ours, theirs).conflicts;
    assert_eq!(conflicts.len(), 1, "{conflicts:#?}");
    conflicts.remove(0)
}

fn starts() -> [Project; 4] {
    [Project::default(), small::documents(), small::tables(), kitchen_sink()].map(|one| saved(&one))
}

/// Edits of the two sides, and which project they begin with.
fn two_scripts() -> impl Strategy<Value = (usize, Vec<Edit>, Vec<Edit>)> {
    let script = || prop::collection::vec(any_edit(), 0..6);
    (0..4_usize, script(), script())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_side_that_changed_nothing_leaves_the_other_as_it_is((start, edits, _) in two_scripts()) {
        let base = &starts()[start];
        let side = edited(base, &edits, 1);
        prop_assert_eq!(write(&agreed(base, &side, base)), write(&side));
        prop_assert_eq!(write(&agreed(base, &side, &side)), write(&side));
    }

    #[test]
    fn sides_may_be_exchanged_and_each_can_be_chosen((start, a, b) in two_scripts()) {
        let base = &starts()[start];
        let (ours, theirs) = (edited(base, &a, 1), edited(base, &b, 2));
        let one = merged(base, &ours, &theirs);
        let other = merged(base, &theirs, &ours);
        prop_assert_eq!(one.conflicts.len(), other.conflicts.len());
        if one.conflicts.is_empty() {
            prop_assert_eq!(write(&one.project), write(&other.project));
        }
        let versions = Versions { base, ours: &ours, theirs: &theirs };
        let text = text_with_conflicts(versions);
        let [ours, theirs] = [Side::Ours, Side::Theirs]
            .map(|side| write(&merge(versions, &|_| Some(side)).project));
        let sides = markers::sides_of(&text).map(|sides| [sides.ours, sides.theirs]);
        prop_assert_eq!(sides.unwrap_or_else(|| [text.clone(), text]), [ours, theirs]);
    }

    #[test]
    fn edits_of_different_entities_never_conflict(edits in prop::collection::vec(any_local_edit(), 0..12)) {
        let base = saved(&ten_entities());
        let [ours, theirs] = [0, 1].map(|side| {
            let mut project = base.clone();
            let mut mint = IdMint::from_seed(100 + side as u64);
            for edit in edits.iter().filter(|edit| edit.entity % 2 == side) {
                edit.apply(&mut project, &mut mint);
            }
            saved(&project)
        });
        let both = agreed(&base, &ours, &theirs);
        for (side, project) in [(0, &ours), (1, &theirs)] {
            for (at, entity) in base.model.entities().enumerate() {
                if at % 2 == side {
                    prop_assert_eq!(both.model.entity(entity.id), project.model.entity(entity.id));
                }
            }
        }
    }
}

/// A change of one of ten entities.
#[derive(Clone, Debug)]
struct LocalEdit {
    entity: usize,
    kind: usize,
    field: usize,
    text: String,
}

fn any_local_edit() -> impl Strategy<Value = LocalEdit> {
    (0..10_usize, 0..6_usize, 0..8_usize, "[a-z]{1,8}")
        .prop_map(|(entity, kind, field, text)| LocalEdit { entity, kind, field, text })
}

impl LocalEdit {
    fn apply(&self, project: &mut Project, mint: &mut IdMint) {
        let id = project.model.entities().nth(self.entity).map(|entity| entity.id);
        let Some(entity) = id.and_then(|id| project.model.entity_mut(id)) else { return };
        let at = self.field % entity.fields.len().max(1);
        match self.kind {
            0 => entity.name.clone_from(&self.text),
            1 => entity.fields.push(Field::new(mint.mint(), &self.text, DataType::Text)),
            2 if !entity.fields.is_empty() => drop(entity.fields.remove(at)),
            3 => entity.fields.reverse(),
            4 => entity.note.clone_from(&self.text),
            _ => {
                if let Some(field) = entity.fields.get_mut(at) {
                    field.required = !field.required;
                    field.name.clone_from(&self.text);
                }
            }
        }
    }
}

fn ten_entities() -> Project {
    let mut mint = IdMint::from_seed(7);
    let mut project = Project::new("ten", &mut mint);
    for number in 0..10 {
        let mut entity =
            Entity::new(mint.mint(), format!("entity_{number}"), EntityKind::Collection);
        for name in ["a", "b", "c"] {
            entity.fields.push(Field::new(mint.mint(), name, DataType::Text));
        }
        project.model.put_entity(entity);
    }
    project
}

fn nth(project: &Project, number: usize) -> EntityId {
    project.model.entities().nth(number).unwrap().id
}

fn with(base: &Project, change: impl FnOnce(&mut Project)) -> Project {
    let mut project = base.clone();
    change(&mut project);
    project
}

fn renamed(base: &Project, number: usize, name: &str) -> Project {
    with(base, |project| {
        name.clone_into(&mut project.model.entity_mut(nth(base, number)).unwrap().name);
    })
}

#[test]
fn both_sides_may_change_one_entity_and_move_its_fields() {
    let base = ten_entities();
    let ours = renamed(&base, 0, "person");
    let theirs = with(&base, |project| {
        let entity = project.model.entity_mut(nth(&base, 0)).unwrap();
        entity.fields.swap(0, 2);
        entity.fields[1].required = true;
    });
    let entity = agreed(&base, &ours, &theirs).model.entity(nth(&base, 0)).unwrap().clone();
    let names: Vec<_> = entity.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!((entity.name.as_str(), names), ("person", vec!["c", "b", "a"]));
    assert!(entity.fields[1].required);
}

#[test]
fn two_names_for_one_entity_are_a_conflict_that_can_be_decided() {
    let base = ten_entities();
    let (ours, theirs) = (renamed(&base, 0, "person"), renamed(&base, 0, "user"));
    let found = conflict(&base, &ours, &theirs);
    assert_eq!(found.subject, "entity `person`");
    let Contradiction::Member(member) = &found.what else { panic!("{found:?}") };
    assert_eq!(member.path, "name");
    let texts = [&member.base, &member.ours, &member.theirs]
        .map(|value| value.as_ref().unwrap().as_str().unwrap());
    assert_eq!(texts, ["entity_0", "person", "user"]);
    let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
    let chosen = merge(versions, &|one| (*one == found).then_some(Side::Theirs)).project;
    assert_eq!(chosen.model.entity(nth(&base, 0)).unwrap().name, "user");
}

#[test]
fn conflicts_read_as_a_person_speaks() {
    let base = ten_entities();
    let field = base.model.entities().next().unwrap().fields[0].id;
    let with_length = |length, note: &str| {
        with(&base, |project| {
            let entity = project.model.entity_mut(nth(&base, 0)).unwrap();
            let field = entity.fields.iter_mut().find(|one| one.id == field).unwrap();
            field.max_length = Some(length);
            note.clone_into(&mut entity.note);
        })
    };
    let (ours, theirs) = (with_length(10, ""), with_length(20, "users"));
    let found = merged(&base, &ours, &theirs).conflicts;
    let told = told(&found, &ours, &theirs);
    assert_eq!(told[0].subject, "field `entity_0.a`: max length");
    assert_eq!([told[0].ours.as_str(), told[0].theirs.as_str()], ["10", "20"]);

    // Without a beginning, whatever differs is asked for, and whatever is chosen is taken.
    let conflicts = merge_sides(&ours, &theirs, &|_| None).conflicts;
    assert_eq!(conflicts.len(), 2, "{conflicts:?}");
    for (side, project) in [(Side::Ours, &ours), (Side::Theirs, &theirs)] {
        let chosen = merge_sides(&ours, &theirs, &|_| Some(side));
        assert_eq!(write(&chosen.project), write(project));
    }
    let removed = with(&base, |project| project.model.remove_entity(nth(&base, 3)));
    let conflicts = merge_sides(&base, &removed, &|_| None).conflicts;
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert_eq!(conflicts[0].what, Contradiction::Removal { by: Side::Theirs });
}

#[test]
fn what_one_side_removed_and_the_other_changed_stays_until_somebody_decides() {
    let base = ten_entities();
    let ours = with(&base, |project| project.model.remove_entity(nth(&base, 0)));
    let theirs = with(&base, |project| {
        project.model.entity_mut(nth(&base, 0)).unwrap().fields[1].required = true;
    });
    let found = conflict(&base, &ours, &theirs);
    assert_eq!(found.what, Contradiction::Removal { by: Side::Ours });
    assert_eq!(found.subject, "entity `entity_0`");
    let kept = merged(&base, &ours, &theirs).project;
    assert_eq!(kept.model.entity(nth(&base, 0)), theirs.model.entity(nth(&base, 0)));
    let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
    let removed = merge(versions, &|_| Some(Side::Ours));
    assert_eq!(write(&removed.project), write(&ours));
}

#[test]
fn what_one_side_removed_and_the_other_refers_to_is_a_conflict() {
    let base = ten_entities();
    let [from, to] = [nth(&base, 1), nth(&base, 0)];
    let ours = with(&base, |project| project.model.remove_entity(to));
    let theirs = with(&base, |project| {
        let id = IdMint::from_seed(9).mint();
        project.model.put_reference(Reference::new(id, from, to));
    });
    let found = conflict(&base, &ours, &theirs);
    assert_eq!(found.what, Contradiction::Removal { by: Side::Ours });
    let kept = merged(&base, &ours, &theirs);
    assert_eq!(write(&kept.project), write(&theirs));
    assert_eq!(kept.diagnostics, []);
}

#[test]
fn a_field_may_move_out_of_what_the_other_side_removed() {
    let base = ten_entities();
    let ours = with(&base, |project| project.model.remove_entity(nth(&base, 0)));
    let theirs = with(&base, |project| {
        let field = project.model.entity_mut(nth(&base, 0)).unwrap().fields.remove(0);
        project.model.entity_mut(nth(&base, 1)).unwrap().fields.push(field);
    });
    let found = conflict(&base, &ours, &theirs);
    assert_eq!(found.subject, "field `entity_1.a`");
    let kept = merged(&base, &ours, &theirs).project;
    assert_eq!(kept.model.entity(nth(&base, 0)), None);
    assert_eq!(kept.model.entity(nth(&base, 1)).unwrap().fields.len(), 4);
}

/// A merge in Git itself, with the settings that the guide names.
#[test]
fn git_merges_projects_with_it() {
    let folder = TempDir::new().unwrap();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(folder.path()).env("HOME", folder.path());
        for kind in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{kind}_NAME"), "t").env(format!("GIT_{kind}_EMAIL"), "t@t");
        }
        command.env("GIT_CONFIG_NOSYSTEM", "1").output().unwrap()
    };
    let file = folder.path().join("ten.lunette.json");
    let commit = |project: &Project, message: &str| {
        fs::write(&file, write(project)).unwrap();
        git(&["add", "."]);
        assert!(git(&["commit", "-qm", message]).status.success());
    };
    git(&["init", "-q", "-b", "main"]);
    let driver = format!("'{}' merge %O %A %B -o %A", env!("CARGO_BIN_EXE_lunette"));
    git(&["config", "merge.lunette.driver", &driver]);
    fs::write(folder.path().join(".gitattributes"), "*.lunette.json merge=lunette\n").unwrap();
    let base = ten_entities();
    commit(&base, "base");
    git(&["checkout", "-qb", "topic"]);
    let theirs = with(&renamed(&base, 1, "user"), |project| {
        project.model.entity_mut(nth(&base, 0)).unwrap().note = "theirs".to_owned();
    });
    commit(&theirs, "theirs");
    git(&["checkout", "-q", "main"]);
    let ours = renamed(&base, 0, "person");
    commit(&ours, "ours");
    let run = git(&["merge", "-q", "--no-edit", "topic"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let expected = write(&agreed(&base, &ours, &theirs));
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);

    commit(&renamed(&read(&expected, "").project, 0, "human"), "ours again");
    git(&["checkout", "-q", "topic"]);
    commit(&renamed(&theirs, 0, "member"), "theirs again");
    git(&["checkout", "-q", "main"]);
    let run = git(&["merge", "--no-edit", "topic"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("conflict: entity `human`: `name` was"));
    let sides = markers::sides_of(&fs::read_to_string(&file).unwrap()).unwrap();
    let names = [sides.ours, sides.theirs]
        .map(|text| read(&text, "").project.model.entities().next().unwrap().name.clone());
    assert_eq!(names, ["human", "member"]);
}
