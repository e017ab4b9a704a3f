//! The world of documents: embedded types, nested objects, references of every shape, indexes that
//! only MongoDB has.

use lunette::model::data_type::DataType;
use lunette::model::entity::EntityKind;
use lunette::model::id::{EntityId, EnumerationId, FieldId};
use lunette::model::index::{IndexKind, SortOrder};
use lunette::model::reference::Cardinality;

use super::super::builder::{Builder, text_default};
use super::{Documents, Sink};

/// The embedded type that all types and the user share.
pub(super) fn address(build: &mut Builder, currency: EnumerationId) -> EntityId {
    let address = build.embedded("Address");
    build.change(address, |address| "Where mail goes".clone_into(&mut address.note));
    build.required(address, "street", DataType::STRING);
    build.field(address, "city", DataType::STRING);
    build.field(address, "pays_in", DataType::Enumeration(currency));
    address
}

/// Adds the collections.
pub(super) fn add(sink: &mut Sink) -> Documents {
    let (user, profile) = user(sink);
    let thread = thread(&mut sink.build, user);
    let article = sink.build.collection("Article");
    let reviewer = article_fields(sink, article, user, thread);
    article_indexes(&mut sink.build, article);
    Documents { user, article, profile, reviewer }
}

fn user(sink: &mut Sink) -> (EntityId, FieldId) {
    let build = &mut sink.build;
    let user = build.collection("User");
    build.change(user, |user| {
        user.stored_name = Some("people".to_owned());
        user.timestamps = true;
        "A person who signs in".clone_into(&mut user.note);
        user.extras.set("mongoose", "versionKey", "revision");
    });
    build.field_with(user, "email", DataType::String { length: Some(254) }, |field| {
        field.required = true;
        field.unique = true;
        field.lowercase = true;
    });
    let profile = build.field(user, "profile", DataType::Object);
    let home = build.nested(user, profile, "home", DataType::Object);
    let spot = build.nested(user, home, "spot", DataType::Object);
    build.nested(user, spot, "longitude", DataType::Double);
    build.nested(user, spot, "type", DataType::STRING);
    build.field(user, "addresses", DataType::Embedded(sink.address).array());
    let badges = build.field_with(user, "badges", DataType::Object.array(), |f| f.keeps_id = true);
    build.nested(user, badges, "title", DataType::STRING);
    let mentor = build.field(user, "mentor", DataType::ObjectId);
    build.reference_with(user, &[mentor], user, |reference| {
        reference.to.cardinality = Cardinality::ZeroOrOne;
        reference.from.role = Some("students".to_owned());
        reference.to.role = Some("mentor".to_owned());
    });
    let friends = build.field(user, "friends", DataType::ObjectId.array());
    build.reference_with(user, &[friends], user, |reference| {
        reference.to.cardinality = Cardinality::ZeroOrMore;
        reference.inferred = true;
    });
    (user, profile)
}

/// A type that embeds itself and keeps ids.
fn thread(build: &mut Builder, user: EntityId) -> EntityId {
    let thread = build.embedded("Thread");
    build.change(thread, |thread| thread.keeps_id = true);
    let author = build.required(thread, "author", DataType::ObjectId);
    build.reference(thread, &[author], user);
    build.required(thread, "text", DataType::Text);
    build.field(thread, "replies", DataType::Embedded(thread).array());
    thread
}

fn article_fields(
    sink: &mut Sink,
    article: EntityId,
    user: EntityId,
    thread: EntityId,
) -> lunette::model::id::ReferenceId {
    let status = DataType::Enumeration(sink.status);
    let build = &mut sink.build;
    build.field_with(article, "slug", DataType::STRING, |field| {
        field.required = true;
        field.immutable = true;
    });
    build.required(article, "body", DataType::Text);
    build
        .field_with(article, "status", status, |field| field.default = Some(text_default("draft")));
    build.field(article, "expires_at", DataType::DateTime { zoned: true });
    build.field(article, "place", DataType::GeoPoint);
    build.field(article, "comments", DataType::Embedded(thread).array());
    let author = build.required(article, "author", DataType::ObjectId);
    build.reference_with(article, &[author], user, |reference| {
        reference.to.role = Some("author".to_owned());
        "Who wrote it".clone_into(&mut reference.note);
    });
    let reviewer = build.field(article, "reviewer", DataType::ObjectId);
    build.reference_with(article, &[reviewer], user, |reference| {
        reference.to.cardinality = Cardinality::ZeroOrOne;
    })
}

fn article_indexes(build: &mut Builder, article: EntityId) {
    let entity = build.project.model.entity(article).unwrap();
    assert_eq!(entity.kind, EntityKind::Collection, "the sink's article is a collection");
    let id = |name: &str| entity.field_named(name).unwrap().id;
    let [slug, body, status, expires, place] =
        ["slug", "body", "status", "expires_at", "place"].map(id);
    build.index_with(article, &[slug, body], |index| {
        index.kind = IndexKind::Text;
        index.name = Some("article_text".to_owned());
        "Search by words".clone_into(&mut index.note);
    });
    build.index_with(article, &[expires], |index| index.expire_after_seconds = Some(3600));
    build.index_with(article, &[place], |index| {
        index.kind = IndexKind::Geo;
        index.sparse = true;
    });
    build.index_with(article, &[status, expires], |index| {
        index.parts[1].order = SortOrder::Descending;
        index.partial = Some(r#"{"status": "published"}"#.to_owned());
    });
}
