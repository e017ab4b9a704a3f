//! What holds after any edits: undo and redo are exact to the byte, and the project file gives back
//! what it was given.

use std::sync::Arc;

use lunette::diagram::Content;
use lunette::document::Document;
use lunette::document::project::Project;
use lunette::formats::native::{read, write};
use lunette::model::graph::{Graph, Link};
use lunette::model::id::{IdMint, NodeId};
use proptest::prelude::*;

use crate::edits::{Edit, any_edit};
use crate::support::newer::newer_file;
use crate::support::{kitchen_sink, small};

/// What a person does to a document.
#[derive(Clone, Debug)]
enum Step {
    Edit(Edit),
    Typing(Edit),
    Begin,
    Commit,
    Rollback,
    Undo,
    Redo,
    Seal,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => any_edit().prop_map(Step::Edit),
        3 => any_edit().prop_map(Step::Typing),
        2 => Just(Step::Begin),
        2 => Just(Step::Commit),
        1 => Just(Step::Rollback),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        1 => Just(Step::Seal),
    ]
}

/// All links with their nodes, in the order of the graph.
fn links(graph: &Graph) -> Vec<(NodeId, Link, NodeId)> {
    let inner = graph.inner();
    let ends = |edge| {
        let (from, to) = inner.edge_endpoints(edge).unwrap();
        (inner[from], inner[edge], inner[to])
    };
    inner.edge_indices().map(ends).collect()
}

type Start = fn() -> Project;

/// Projects to begin with, by name: a failure shows the name alone.
const STARTS: [(&str, Start); 5] = [
    ("nothing", Project::default),
    ("documents", small::documents),
    ("tables", small::tables),
    ("everything", kitchen_sink),
    ("unknown keys", || read(&newer_file().to_string(), "newer").project),
];

fn any_start() -> impl Strategy<Value = &'static str> {
    prop::sample::select(STARTS.map(|(name, _)| name).to_vec())
}

fn start_named(name: &str) -> Project {
    STARTS.iter().find(|(start, _)| *start == name).unwrap().1()
}

fn take(step: &Step, document: &mut Document) {
    match step {
        Step::Edit(edit) => document.edit("edit", |project, mint| edit.apply(project, mint)),
        Step::Typing(edit) => {
            let apply = |project: &mut Project, mint: &mut IdMint| edit.apply(project, mint);
            document.edit_coalescing("typing", Some("field"), apply);
        }
        Step::Begin => document.begin("drag"),
        Step::Commit => document.commit(),
        Step::Rollback => roll_back(document),
        Step::Undo => drop(document.undo()),
        Step::Redo => drop(document.redo()),
        Step::Seal => document.seal(),
    }
}

fn roll_back(document: &mut Document) {
    let before = document.project_before_transaction().map(write);
    document.rollback();
    if let Some(before) = before {
        assert_eq!(write(document.project()), before, "a rollback puts everything back");
    }
}

/// The bytes of every version from the newest back to the oldest.
fn undone(document: &mut Document) -> Vec<String> {
    let mut versions = vec![write(document.project())];
    while document.undo().is_some() {
        versions.push(write(document.project()));
    }
    versions
}

/// What the file does not hold is taken out: looks of things that the model no longer has.
fn pruned(project: &Project) -> Project {
    let model = &project.model;
    let mut pruned = project.clone();
    for diagram in pruned.diagrams.values_mut() {
        let diagram = Arc::make_mut(diagram);
        let nodes: Vec<_> = model
            .entities()
            .map(|entity| entity.id.into())
            .chain(model.enumerations().map(|enumeration| enumeration.id.into()))
            .collect();
        diagram.placements.retain(|node, _| nodes.contains(node));
        diagram.notes.retain(|note, _| model.note(*note).is_some());
        diagram.frames.retain(|area, _| model.area(*area).is_some());
        diagram.routes.retain(|line, _| model.reference(*line).is_some());
        if let Content::Chosen(chosen) = &mut diagram.content {
            chosen.retain(|node| nodes.contains(node));
        }
        for node in &nodes {
            let Some(placement) = diagram.placements.get_mut(node) else { continue };
            placement.folded_fields.retain(|field| match node {
                NodeId::Entity(id) => model.entity(*id).unwrap().field(*field).is_some(),
                NodeId::Enumeration(_) => false,
            });
        }
    }
    pruned
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_and_redo_are_exact(start in any_start(), steps in prop::collection::vec(any_step(), 1..40)) {
        let start = start_named(start);
        let first = write(&start);
        let mut document = Document::new(start, IdMint::from_seed(1));
        for step in &steps {
            take(step, &mut document);
        }
        document.commit();
        while document.redo().is_some() {}
        let mut versions = undone(&mut document);
        prop_assert_eq!(versions.last(), Some(&first));
        versions.reverse();
        for version in &versions[1..] {
            prop_assert!(document.redo().is_some());
            prop_assert_eq!(&write(document.project()), version);
        }
        prop_assert!(document.redo().is_none());
    }

    #[test]
    fn what_a_model_keeps_of_itself_is_what_it_would_find_anew(
        start in any_start(),
        edits in prop::collection::vec(any_edit(), 1..30),
    ) {
        let mut project = start_named(start);
        let mut mint = IdMint::from_seed(1);
        for edit in &edits {
            let before = project.clone();
            edit.apply(&mut project, &mut mint);
            for model in [&before.model, &project.model] {
                let fresh = Graph::of(model);
                prop_assert_eq!(links(model.graph()), links(&fresh));
                for node in fresh.inner().node_weights() {
                    let area = model.areas().find(|area| area.members.contains(node));
                    prop_assert_eq!(model.area_of(*node), area);
                }
            }
        }
    }

    #[test]
    fn the_file_gives_back_what_it_was_given(
        start in any_start(),
        edits in prop::collection::vec(any_edit(), 0..40),
    ) {
        let mut project = start_named(start);
        let mut mint = IdMint::from_seed(1);
        for edit in &edits {
            edit.apply(&mut project, &mut mint);
        }
        let text = write(&project);
        prop_assert_eq!(&write(&project), &text, "writing twice gives the same bytes");
        let again = read(&text, "unnamed");
        prop_assert_eq!(again.diagnostics, vec![]);
        prop_assert_eq!(&write(&again.project), &text);
        let unknown = Arc::clone(&again.project.unknown);
        prop_assert_eq!(again.project, Project { unknown, ..pruned(&project) });
    }

    #[test]
    fn no_input_makes_reading_fail(
        cut in any::<prop::sample::Index>(),
        garbage in ".{0,6}",
        length in 0..40_usize,
    ) {
        let mut text = write(&kitchen_sink());
        let boundaries: Vec<_> = text.char_indices().map(|(offset, _)| offset).collect();
        let start = cut.index(boundaries.len());
        let end = boundaries.get(start + length).copied().unwrap_or(text.len());
        let start = boundaries[start];
        text.replace_range(start..end, &garbage);
        let imported = read(&text, "broken");
        for diagnostic in &imported.diagnostics {
            prop_assert!(diagnostic.hint.is_some(), "{:?}", diagnostic);
        }
        let again = read(&write(&imported.project), "broken");
        prop_assert_eq!(again.diagnostics, vec![]);
    }
}
