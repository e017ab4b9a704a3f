//! The models that all tests share hold the invariants of a model, and the kitchen sink uses all
//! that a model can say.

use lunette::formats::feature::{Feature, used_features};
use lunette::model::Model;
use lunette::model::entity::Entity;
use lunette::model::reference::End;

use crate::support::{kitchen_sink, small};

#[test]
fn shared_models_hold_the_invariants() {
    for project in [kitchen_sink(), small::documents(), small::tables()] {
        for reference in project.model.references() {
            let counts = [&reference.from, &reference.to].map(|end| fields_of(&project.model, end));
            assert!(counts[1] == 0 || counts[0] == counts[1], "{reference:?}");
        }
        for entity in project.model.entities() {
            assert_keys_are_present(entity);
        }
    }
}

fn fields_of(model: &Model, end: &End) -> usize {
    let entity = model.entity(end.entity).unwrap();
    end.fields.iter().filter(|field| entity.field(**field).is_some()).count()
}

fn assert_keys_are_present(entity: &Entity) {
    for key in &entity.keys {
        assert!(!key.fields.is_empty(), "{} has an empty key", entity.name);
        for field in &key.fields {
            assert!(entity.field(*field).is_some(), "{} lacks {field}", entity.name);
        }
    }
}

#[test]
fn the_kitchen_sink_uses_every_feature() {
    let used = used_features(&kitchen_sink().model);
    let last = Feature::StoredNames as usize;
    assert_eq!(used.len(), last + 1, "used: {:?}", used.keys().collect::<Vec<_>>());
}
