//! A model of 1,000 entities with 10 fields each: opened, saved, checked, drawn and written for
//! every target. Each is to take less than a second in a release build: `cargo bench --bench scale`.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on should stop there")]

#[allow(dead_code, reason = "the tests use more of it")]
#[path = "../tests/it/support/builder.rs"]
mod builder;

use std::fmt::{self, Display, Formatter};
use std::sync::LazyLock;

use divan::Bencher;
use lunette::checks;
use lunette::document::project::Project;
use lunette::export::{PictureOptions, image};
use lunette::formats::native;
use lunette::formats::options::{OptionValues, Options};
use lunette::formats::registry::{self, EXPORTERS};
use lunette::layout::layout;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::render::format_named;

use crate::builder::Builder;

static PROJECT: LazyLock<Project> = LazyLock::new(|| thousand_entities(10));

fn main() {
    divan::main();
}

/// Half documents, half tables; each refers to two earlier ones of its kind, and every tenth has an
/// enumeration.
fn thousand_entities(fields: usize) -> Project {
    let mut build = Builder::new("Scale");
    let mut entities = Vec::new();
    for n in 0..1_000_usize {
        let name = format!("Entity{n}");
        let (entity, key_type) = if n % 2 == 0 {
            (build.collection(&name), DataType::ObjectId)
        } else {
            let key_type = DataType::Integer(IntegerSize::Big);
            let entity = build.table(&name);
            let id = build.required(entity, "id", key_type.clone());
            build.primary_key(entity, &[id]);
            (entity, key_type)
        };
        entities.push(entity);
        for back in [2, 14] {
            let Some(to) = n.checked_sub(back) else { continue };
            let field = build.required(entity, &format!("parent{back}"), key_type.clone());
            build.reference(entity, &[field], entities[to]);
        }
        if n % 10 == 0 {
            let status = build.enumeration(&format!("Status{n}"), &["draft", "live", "gone"]);
            build.field(entity, "status", DataType::Enumeration(status));
        }
        let mut types = [
            DataType::STRING,
            DataType::INTEGER,
            DataType::Boolean,
            DataType::DateTime { zoned: true },
            DataType::Decimal { precision: Some(10), scale: Some(2) },
        ]
        .into_iter()
        .cycle();
        let there = build.project.model.entity(entity).unwrap().fields.len();
        for at in there..fields {
            build.field(entity, &format!("field{at}"), types.next().unwrap());
        }
    }
    build.project
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn open(bencher: Bencher<'_, '_>) {
    let text = native::write(&PROJECT);
    bencher.bench(|| native::read(&text, "scale"));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn save(bencher: Bencher<'_, '_>) {
    bencher.bench(|| native::write(&PROJECT));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn check(bencher: Bencher<'_, '_>) {
    bencher.bench(|| checks::check(&PROJECT.model, &PROJECT.settings.target));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn arrange(bencher: Bencher<'_, '_>) {
    let diagram = PROJECT.first_diagram().unwrap();
    bencher.bench(|| layout(&PROJECT.model, diagram));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn render_svg(bencher: Bencher<'_, '_>) {
    let diagram = PROJECT.first_diagram().unwrap();
    let svg = format_named("svg").unwrap();
    let options = PictureOptions::default();
    bencher.bench(|| image(&PROJECT, diagram, svg, &options, &mut |_| {}).unwrap());
}

#[divan::bench(args = exports(), sample_count = 10, sample_size = 1)]
fn export(bencher: Bencher<'_, '_>, wanted: &Export) {
    let exporter = registry::exporter(wanted.target).unwrap();
    let options = Options::parse(exporter.info(), wanted.flavor).unwrap();
    bencher.bench(|| exporter.export(&PROJECT, &options));
}

/// A target, and one of its flavors where it has any.
#[derive(Debug)]
struct Export {
    target: &'static str,
    flavor: Option<(&'static str, &'static str)>,
}

impl Display for Export {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.target)?;
        self.flavor.map_or(Ok(()), |(_, flavor)| write!(f, " {flavor}"))
    }
}

/// Every target in every flavor.
fn exports() -> Vec<Export> {
    let mut exports = Vec::new();
    for info in EXPORTERS.iter().map(|exporter| exporter.info()) {
        let flavors = info.options.iter().find(|option| option.key == "flavor");
        let flavors = flavors.map_or(&[][..], |option| match option.values {
            OptionValues::Choice(flavors) => flavors,
            OptionValues::Flag | OptionValues::Text => &[],
        });
        let flavors = flavors.iter().map(|flavor| Some(("flavor", *flavor)));
        let none = flavors.len() == 0;
        let all = flavors.chain(none.then_some(None));
        exports.extend(all.map(|flavor| Export { target: info.id, flavor }));
    }
    exports
}
