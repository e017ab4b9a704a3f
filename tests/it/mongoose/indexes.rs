//! Indexes: what is unique, partial, expiring, and what MongoDB would refuse.

use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, FieldId};
use lunette::model::index::{IndexKind, SortOrder};
use lunette::model::key::KeyKind;

use super::{assert_has, assert_lacks, export, file, said, text_of};
use crate::support::builder::Builder;
use crate::support::kitchen_sink;

fn thing() -> (Builder, EntityId, [FieldId; 3]) {
    let mut build = Builder::new("Indexes");
    let thing = build.collection("Thing");
    let fields = ["a", "b", "c"].map(|name| build.field(thing, name, DataType::STRING));
    (build, thing, fields)
}

#[test]
fn indexes_are_statements_with_their_directions_and_options() {
    let text = file(&kitchen_sink(), "article.models.js");
    assert_has(&text, "articleSchema.index({ expires_at: 1 }, { expireAfterSeconds: 3600 });");
    assert_has(&text, "articleSchema.index({ place: '2dsphere' }, { sparse: true });");
    let named = "articleSchema.index({ slug: 'text', body: 'text' }, { name: 'article_text' });";
    assert_has(&text, named);
    let partial = "  { status: 1, expires_at: -1 },\n  \
                   { partialFilterExpression: { status: 'published' } },\n";
    assert_has(&text, partial);
}

#[test]
fn an_optional_unique_field_is_sparse() {
    let mut build = Builder::new("Unique");
    let thing = build.collection("Thing");
    build.field_with(thing, "a", DataType::STRING, |field| field.unique = true);
    let text = file(&build.project, "thing.models.js");
    assert_has(&text, "a: { type: String, unique: true, sparse: true },");
}

#[test]
fn alternate_keys_are_unique_indexes() {
    let (mut build, thing, [a, b, _]) = thing();
    build.key(thing, KeyKind::Alternate, &[a, b], Some("thing_a_b"));
    let text = file(&build.project, "thing.models.js");
    assert_has(&text, "thingSchema.index({ a: 1, b: 1 }, { name: 'thing_a_b', unique: true });");
}

#[test]
fn an_index_is_not_declared_twice() {
    let (mut build, thing, [a, b, _]) = thing();
    build.change(thing, |thing| thing.field_mut(a).unwrap().unique = true);
    build.index_with(thing, &[a], |index| index.name = Some("by_a".to_owned()));
    build.index_with(thing, &[b], |_| {});
    build.index_with(thing, &[b], |index| index.name = Some("again".to_owned()));
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "thing.models.js");
    assert_has(&text, "    a: String,\n");
    assert_has(&text, "thingSchema.index({ a: 1 }, { name: 'by_a', unique: true, sparse: true });");
    assert_eq!(text.matches("{ b: 1 }").count(), 1, "{text}");
    assert_has(
        &said(&exported),
        "`again` of `Thing` over b is left out, since another one equals it",
    );
}

#[test]
fn a_condition_that_is_no_json_is_told_and_never_written() {
    let (mut build, thing, [a, ..]) = thing();
    for condition in ["a > 0", "[1]", "{a: process.exit()}", "1"] {
        build.index_with(thing, &[a], |index| {
            index.partial = Some(condition.to_owned());
            index.parts[0].order = SortOrder::Descending;
        });
    }
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "thing.models.js");
    assert_lacks(&text, "partialFilterExpression");
    assert_lacks(&text, "process");
    assert_has(&said(&exported), "is left out: `a > 0`");
}

#[test]
fn a_condition_is_data_down_to_its_keys() {
    let (mut build, thing, [a, ..]) = thing();
    build.index_with(thing, &[a], |index| {
        let condition = r#"{"__proto__": {"$gt": 1}, "it's": "\u2028"}"#;
        index.partial = Some(condition.to_owned());
    });
    let text = file(&build.project, "thing.models.js");
    assert_has(&text, r#"{ ['__proto__']: { $gt: 1 }, "it's": '\u2028' }"#);
}

#[test]
fn a_unique_index_that_lost_its_condition_would_forbid_too_much() {
    let (mut build, thing, [a, ..]) = thing();
    build.index_with(thing, &[a], |index| {
        index.unique = true;
        index.partial = Some("a IS NOT NULL".to_owned());
    });
    let exported = export(&build.project, &[]);
    assert_lacks(&text_of(&exported, "thing.models.js"), ".index(");
    assert_has(&said(&exported), "is left out, since its condition is lost");
}

#[test]
fn what_mongodb_refuses_in_one_index_is_not_written() {
    let (mut build, thing, [a, b, c]) = thing();
    build.index_with(thing, &[a, b], |index| index.expire_after_seconds = Some(60));
    build.index_with(thing, &[c], |index| {
        index.kind = IndexKind::Hash;
        index.unique = true;
    });
    build.index_with(thing, &[a], |index| index.kind = IndexKind::Text);
    build.index_with(thing, &[b], |index| index.kind = IndexKind::Text);
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "thing.models.js");
    assert_lacks(&text, "expireAfterSeconds");
    assert_lacks(&text, "unique");
    assert_eq!(text.matches("'text'").count(), 1, "{text}");
    for loss in ["removes nothing", "is not unique, since it is hashed", "has one text index"] {
        assert_has(&said(&exported), loss);
    }
}

#[test]
fn the_id_gets_no_second_index() {
    let mut build = Builder::new("Id");
    let thing = build.collection("Thing");
    let id = build.project.model.entity(thing).unwrap().field_named("_id").unwrap().id;
    build.index_with(thing, &[id], |_| {});
    let exported = export(&build.project, &[]);
    assert_lacks(&text_of(&exported, "thing.models.js"), ".index(");
    assert_has(&said(&exported), "is left out, since `_id` has one");
}
