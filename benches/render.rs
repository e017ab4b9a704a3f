//! How long pictures of large models take: 1,000 entities of 10 fields with 1,500 references.

use divan::{Bencher, black_box};
use lunette::base::geom::Point;
use lunette::diagram::placement::Placement;
use lunette::document::project::Project;
use lunette::export::PictureOptions;
use lunette::layout::{Layout, layout};
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::Field;
use lunette::model::id::IdMint;
use lunette::model::reference::Reference;
use lunette::render::{ImageFormat, format_named};
use lunette::scene::Scene;
use lunette::scene::build::{SceneContext, scene};
use lunette::scene::hit::HitIndex;
use lunette::scene::theme::Theme;

fn main() {
    divan::main();
}

/// Tables on a grid, each referring to its neighbors.
fn project(n_entities: usize) -> Project {
    let mut mint = IdMint::from_seed(1);
    let mut project = Project::new("Bench", &mut mint);
    let diagram = project.first_diagram().map(|diagram| diagram.id);
    let mut placements = Vec::new();
    let mut entities: Vec<Entity> = Vec::new();
    for n in 0..n_entities {
        let mut entity = Entity::new(mint.mint(), format!("entity_{n}"), EntityKind::Table);
        for k in 0..10 {
            entity.fields.push(Field::new(mint.mint(), format!("field_{k}"), DataType::STRING));
        }
        let (column, row) = ((n % 40) as f64, (n / 40) as f64);
        placements.push((entity.id, Placement::at(Point::new(320.0 * column, 400.0 * row))));
        entities.push(entity);
    }
    for n in 0..n_entities * 3 / 2 {
        let (from, to) = (n % n_entities, (n * 7 + 1) % n_entities);
        if let (Some(from), Some(to)) = (entities.get(from), entities.get(to)) {
            let mut reference = Reference::new(mint.mint(), from.id, to.id);
            reference.from.fields = from.fields.iter().skip(n % 9).take(1).map(|f| f.id).collect();
            project.model.put_reference(reference);
        }
    }
    for entity in entities {
        project.model.put_entity(entity);
    }
    if let Some(diagram) = diagram.and_then(|id| project.diagram_mut(id)) {
        diagram.placements.extend(placements.into_iter().map(|(id, at)| (id.into(), at)));
    }
    project
}

fn laid_out(n_entities: usize) -> Option<(Project, Layout)> {
    let project = project(n_entities);
    let layout = layout(&project.model, project.first_diagram()?);
    Some((project, layout))
}

fn drawn(project: &Project, layout: &Layout) -> Option<Scene> {
    let theme = Theme::light();
    let cx = SceneContext::new(&project.model, project.first_diagram()?, layout, &theme);
    Some(scene(&cx, "Bench"))
}

#[divan::bench]
fn scene_of_1000(bencher: Bencher<'_, '_>) {
    let stage = laid_out(1_000);
    bencher.bench(|| stage.as_ref().and_then(|(project, layout)| drawn(project, layout)));
}

#[divan::bench]
fn hit_index_of_1000(bencher: Bencher<'_, '_>) {
    let stage = laid_out(1_000);
    bencher.bench(|| stage.as_ref().map(|(project, layout)| HitIndex::of(&project.model, layout)));
}

fn bench_format(bencher: Bencher<'_, '_>, format: Option<&ImageFormat>, n_entities: usize) {
    let scene = laid_out(n_entities).and_then(|(project, layout)| drawn(&project, &layout));
    let options = PictureOptions::default().image;
    bencher.bench(|| {
        let (format, scene) = (format?, scene.as_ref()?);
        black_box((format.render)(scene, &options, &mut |_| {}).ok())
    });
}

#[divan::bench]
fn svg_of_1000(bencher: Bencher<'_, '_>) {
    bench_format(bencher, format_named("svg"), 1_000);
}

#[divan::bench(sample_count = 3)]
fn png_of_200(bencher: Bencher<'_, '_>) {
    bench_format(bencher, format_named("png"), 200);
}

#[divan::bench(sample_count = 3)]
fn pdf_of_200(bencher: Bencher<'_, '_>) {
    bench_format(bencher, format_named("pdf"), 200);
}
