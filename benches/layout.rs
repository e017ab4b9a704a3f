//! How long layouts take: all of it, and lines alone; and how far cards move when a little is added and
//! all is arranged again (`cargo bench --bench layout -- stability`).

#![expect(clippy::print_stdout, reason = "figures are what a bench is for")]
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support/builder.rs"]
mod builder;
#[path = "../tests/it/support/random.rs"]
mod random;

use divan::Bencher;
use lunette::base::geom::{Rect, Vec2};
use lunette::diagram::Diagram;
use lunette::diagram::placement::Placement;
use lunette::document::edit::entities::add_entity;
use lunette::document::edit::references::{Anchor, connect};
use lunette::document::project::Project;
use lunette::editor::Editor;
use lunette::editor::command::{Command, Intent};
use lunette::formats::native;
use lunette::layout::arrange::{ArrangeScope, arrange};
use lunette::layout::engines;
use lunette::layout::work::{Quality, Work};
use lunette::layout::{layout, layout_in};
use lunette::model::Model;
use lunette::model::id::{ElementId, EntityId, IdMint};

use crate::random::{Shape, random_project};

const SIZES: [usize; 6] = [100, 300, 1000, 3000, 10_000, 20_000];
/// Sizes at which all that can be done is done.
const FULL_SIZES: [usize; 3] = [100, 300, 1000];

/// Work that stops at the first picture.
const FIRST: Work<'_> = Work::unwatched(Quality::First);

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if wanted.is_none_or(|wanted| wanted == "stability") {
        stability();
    }
    divan::main();
}

/// Prints how far cards move on average, in hundredths of the diagram's diagonal, when an entity or a
/// reference is added and all is arranged again: from the places at hand, and from scratch.
fn stability() {
    println!("stability (mean way of cards, % of the diagonal): at hand, from scratch");
    println!("{:<24}{:>7}{:>22}{:>22}", "", "cards", "one entity more", "one reference more");
    for (name, project) in stability_models() {
        let mut diagram = unplaced();
        put(&mut diagram, &project.model);
        let ids: Vec<EntityId> = project.model.entities().map(|entity| entity.id).collect();
        let mut sums = [[0.0; 2]; 2];
        for quarter in 1..=3 {
            let anchor = Anchor::Node(ids[ids.len() * quarter / 4].into());
            for (sum, is_new) in sums.iter_mut().zip([true, false]) {
                let (mut more, mut mint) = (project.clone(), IdMint::from_seed(9));
                let other = if is_new { add_entity(&mut more, &mut mint, "Added") } else { ids[0] };
                connect(&mut more, &mut mint, anchor, Anchor::Node(other.into()));
                for (sum, way) in sum.iter_mut().zip(moves(&more.model, &diagram)) {
                    *sum += way / 3.0;
                }
            }
        }
        let [entity, reference] = sums.map(|[at_hand, fresh]| format!("{at_hand:.2} {fresh:>9.2}"));
        println!("{name:<24}{:>7}{entity:>22}{reference:>22}", diagram.placements.len());
    }
}

/// The samples, and random models of some sizes.
fn stability_models() -> Vec<(String, Project)> {
    let samples = std::fs::read_dir("sample_models").unwrap().filter_map(|folder| {
        let folder = folder.unwrap().path();
        let name = folder.file_name()?.to_str()?.to_owned();
        let text = std::fs::read_to_string(folder.join(format!("{name}.lunette.json"))).ok()?;
        Some((name.clone(), native::read(&text, &name).project))
    });
    let mut models: Vec<_> = samples.collect();
    models.sort_by(|a, b| a.0.cmp(&b.0));
    for entities in [12, 40, 100, 300] {
        let shape = Shape { entities, references: entities * 3 / 2, enumerations: 0, areas: 0 };
        models.push((format!("random {entities}"), random_project(shape, 1)));
    }
    models
}

/// How far the cards of a diagram move, starting from their places and from scratch.
fn moves(model: &Model, diagram: &Diagram) -> [f64; 2] {
    [diagram.clone(), unplaced()].map(|mut next| {
        put(&mut next, model);
        let mut bounds: Option<Rect> = None;
        let mut ways = Vec::new();
        for (node, placement) in &diagram.placements {
            let (from, to) = (placement.position, next.placements.get(node).unwrap().position);
            ways.push(from.distance(to));
            let point = Rect::from_points(from, from);
            bounds = Some(bounds.map_or(point, |all| all.union(point)));
        }
        let diagonal = bounds.unwrap_or_default().size().to_vec2().hypot().max(1.0);
        100.0 * ways.iter().sum::<f64>() / ways.len().max(1) as f64 / diagonal
    })
}

/// Arranges all of a diagram.
fn put(diagram: &mut Diagram, model: &Model) {
    for (node, corner) in arrange(model, diagram, &engines::DEFAULT, &ArrangeScope::All) {
        diagram.placements.insert(node, Placement::at(corner.round()));
    }
}

/// A model of that many entities of ten fields, and half as many references again.
fn model(n_entities: usize) -> Model {
    let shape =
        Shape { entities: n_entities, references: n_entities * 3 / 2, enumerations: 10, areas: 0 };
    random_project(shape, 1).model
}

fn unplaced() -> Diagram {
    Diagram::new(IdMint::from_seed(1).mint(), "Main")
}

/// A diagram in which every card stands where the usual engine put it.
fn placed(model: &Model) -> Diagram {
    let mut diagram = unplaced();
    for (node, card) in layout_in(model, &diagram, &FIRST).cards {
        diagram.placements.insert(node, Placement::at(card.rect.origin()));
    }
    diagram
}

#[divan::bench(args = SIZES, max_time = 10)]
fn first_picture(bencher: Bencher<'_, '_>, n_entities: usize) {
    let (model, diagram) = (model(n_entities), unplaced());
    bencher.bench(|| layout_in(&model, &diagram, &FIRST));
}

#[divan::bench(args = FULL_SIZES, max_time = 10)]
fn place_and_lead(bencher: Bencher<'_, '_>, n_entities: usize) {
    let (model, diagram) = (model(n_entities), unplaced());
    bencher.bench(|| layout(&model, &diagram));
}

/// One step of a drag: a card with twenty references among two thousand entities, its lines led anew.
#[divan::bench(max_time = 5)]
fn drag_card_with_20_references(bencher: Bencher<'_, '_>) {
    let shape = Shape { entities: 2000, references: 3000, enumerations: 0, areas: 0 };
    let (mut project, mut mint) = (random_project(shape, 1), IdMint::from_seed(4));
    let ids: Vec<EntityId> = project.model.entities().map(|entity| entity.id).collect();
    let hub = add_entity(&mut project, &mut mint, "Hub");
    for other in ids.iter().step_by(100) {
        connect(&mut project, &mut mint, Anchor::Node((*other).into()), Anchor::Node(hub.into()));
    }
    assert_eq!(project.model.graph().incoming(hub).len(), 20);
    let places = placed(&project.model).placements;
    let shown = project.first_diagram().unwrap().id;
    project.diagram_mut(shown).unwrap().placements = places;
    let mut editor = Editor::new_deferring(project, mint);
    editor.accept_layout(editor.layout_request().unwrap().answer().unwrap());
    editor.carry_out(Command::Begin("move"));
    let held = editor.tool_context().unwrap().arrangement(&[ElementId::Entity(hub)]);
    let mut step = 0.0;
    bencher.bench_local(|| {
        step += 3.0;
        let moved = held.shifted(Vec2::new(step, step / 2.0));
        editor.carry_out(Command::Edit(Intent::Arrange(Box::new(moved))));
    });
}

#[divan::bench(args = SIZES, max_time = 10)]
fn lead_only(bencher: Bencher<'_, '_>, n_entities: usize) {
    let model = model(n_entities);
    let diagram = placed(&model);
    bencher.bench(|| layout(&model, &diagram));
}
