//! The sample models are the first thing a person sees: they open without a word, pass all checks,
//! and are laid out with care.

use lunette::base::diagnostic::Severity;
use lunette::base::geom::Rect;
use lunette::checks::check;
use lunette::files::load::load;
use lunette::formats::native::write;
use lunette::layout::layout;
use lunette::model::entity::EntityKind;

use crate::support::samples::{Sample, samples};

#[test]
fn there_are_samples_of_both_worlds() {
    let mut kinds = Vec::new();
    for sample in samples() {
        let model = sample.project().model;
        assert!(model.entities().len() >= 3 && model.enumerations().len() >= 2, "{}", sample.name);
        kinds.extend(model.entities().map(|entity| entity.kind));
    }
    assert!(samples().len() >= 5);
    for kind in EntityKind::ALL {
        assert!(kinds.contains(&kind), "no sample has a {}", kind.as_str());
    }
}

#[test]
fn samples_are_written_as_they_are_read() {
    for sample in samples() {
        assert_eq!(write(&sample.project()), sample.text, "{}", sample.name);
        let loaded = load(&sample.path).unwrap();
        assert_eq!((loaded.project, loaded.diagnostics), (sample.project(), vec![]));
    }
}

#[test]
fn samples_pass_all_checks() {
    for sample in samples() {
        let project = sample.project();
        for finding in check(&project.model, &project.settings.target) {
            let severity = finding.diagnostic.severity;
            assert_eq!(severity, Severity::Info, "{}: {}", sample.name, finding.diagnostic.message);
        }
    }
}

#[test]
fn every_field_of_a_sample_that_needs_words_has_them() {
    for sample in samples() {
        let model = sample.project().model;
        for entity in model.entities() {
            assert!(!entity.note.is_empty(), "{}: {}", sample.name, entity.name);
            for field in entity.all_fields().into_iter().filter(|field| field.hidden) {
                assert!(field.name == "password" || !field.note.is_empty(), "{}", field.name);
            }
        }
    }
}

/// Asserts that no two of these overlap or come closer than `distance`.
#[track_caller]
fn assert_apart(sample: &Sample, what: &str, rects: &[(String, Rect)], distance: f64) {
    for (position, (a, rect)) in rects.iter().enumerate() {
        let room = rect.inflate(distance, distance);
        for (b, other) in rects.iter().skip(position + 1) {
            let common = room.intersect(*other);
            let overlap = common.width() > 0.0 && common.height() > 0.0;
            assert!(!overlap, "{}: {what} {a} and {b} are too close", sample.name);
        }
    }
}

#[test]
fn cards_and_areas_of_samples_keep_their_distance() {
    for sample in samples() {
        let project = sample.project();
        for diagram in project.diagrams.values() {
            for node in diagram.nodes(&project.model) {
                assert!(diagram.placements.contains_key(&node), "{}: {node}", sample.name);
            }
            let layout = layout(&project.model, diagram);
            let cards = layout.cards.iter();
            let cards: Vec<_> =
                cards.map(|(id, card)| (project.model.display_name(*id), card.rect)).collect();
            let notes = layout.notes.iter();
            let notes = notes.map(|(id, rect)| (id.to_string(), *rect)).chain(cards);
            assert_apart(&sample, "notes and cards", &notes.collect::<Vec<_>>(), 24.0);
            let frames = layout.frames.iter();
            let frames: Vec<_> = frames.map(|(id, rect)| (id.to_string(), *rect)).collect();
            assert_apart(&sample, "areas", &frames, 8.0);
        }
    }
}
