//! References: where the id stands, which type it has, how the other side finds it.

use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;
use lunette::model::id::ElementId;
use lunette::model::key::KeyKind;
use lunette::model::reference::Cardinality;

use super::{assert_has, assert_lacks, export, file, said, text_of};
use crate::support::builder::Builder;
use crate::support::{kitchen_sink, small};

#[test]
fn a_reference_is_a_ref_by_name_on_its_field() {
    let todo = file(&small::documents(), "todo.models.js");
    let owner = "createdBy: { type: Schema.Types.ObjectId, ref: 'User', required: true },";
    assert_has(&todo, owner);
    assert_has(&todo, "helpers: [{ type: Schema.Types.ObjectId, ref: 'User' }],");
    assert_lacks(&todo, "userSchema");
}

#[test]
fn references_to_later_entities_to_themselves_and_in_circles_are_kept() {
    let mut build = Builder::new("Circle");
    let first = build.collection("First");
    let second = build.collection("Second");
    for (from, name, to) in [(first, "next", second), (second, "back", first), (first, "me", first)]
    {
        let field = build.field(from, name, DataType::ObjectId);
        build.reference(from, &[field], to);
    }
    let text = file(&build.project, "first.models.js");
    assert_has(&text, "next: { type: Schema.Types.ObjectId, ref: 'Second' },");
    assert_has(&text, "me: { type: Schema.Types.ObjectId, ref: 'First' },");
    assert_lacks(&text, "from './second");
    assert_has(&file(&build.project, "second.models.js"), "ref: 'First'");
}

#[test]
fn a_reference_without_a_field_gets_one_on_the_referencing_side() {
    let mut build = Builder::new("House");
    let user = build.collection("User");
    let todo = build.collection("Todo");
    let tag = build.collection("ItemTag");
    let owner = build.reference(todo, &[], user);
    build.many_to_many(todo, tag);
    build.reference_with(todo, &[], user, |reference| {
        reference.to.role = Some("checkedBy".to_owned());
        reference.to.cardinality = Cardinality::ZeroOrMore;
    });
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "todo.models.js");
    assert_has(&text, "user: { type: Schema.Types.ObjectId, ref: 'User', required: true },");
    assert_has(&text, "itemTags: [{ type: Schema.Types.ObjectId, ref: 'ItemTag' }],");
    assert_has(&text, "checkedBy: [{ type: Schema.Types.ObjectId, ref: 'User' }],");
    assert_lacks(&text_of(&exported, "user.models.js"), "ref");
    let file = exported.files.file("todo.models.js").unwrap();
    let from_reference =
        file.origins.iter().any(|origin| origin.element == ElementId::Reference(owner));
    assert!(from_reference, "the line of the made field comes from its reference");
}

#[test]
fn a_reference_takes_the_type_of_the_key_it_holds() {
    let orders = file(&small::tables(), "orders.models.js");
    assert_has(&orders, "customer_id: { type: BigInt, ref: 'Customer', required: true },");
    let mut build = Builder::new("Mismatch");
    let user = build.table("user");
    let id = build.required(user, "id", DataType::Uuid);
    build.primary_key(user, &[id]);
    let todo = build.collection("Todo");
    let owner = build.field(todo, "owner", DataType::ObjectId);
    build.reference(todo, &[owner], user);
    build.reference(todo, &[], user);
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "todo.models.js");
    assert_has(&text, "owner: { type: Schema.Types.UUID, ref: 'User' },");
    assert_has(&text, "user: { type: Schema.Types.UUID, ref: 'User', required: true },");
    assert_has(&said(&exported), "`Todo.owner` takes the type of the key of `user`");
}

#[test]
fn a_key_of_one_field_is_the_id_under_its_own_alias() {
    let mut build = Builder::new("Keys");
    let country = build.table("country");
    let code = build.required(country, "code", DataType::String { length: Some(2) });
    build.primary_key(country, &[code]);
    let text = file(&build.project, "country.models.js");
    let expected = "_id: { type: String, required: true, alias: 'code', maxLength: 2 },";
    assert_has(&text, expected);
}

#[test]
fn a_composite_reference_is_plain_fields_and_its_key_a_unique_index() {
    let mut build = Builder::new("Composite");
    let bin = build.table("bin");
    let stock = build.table("stock");
    let ends = [bin, stock]
        .map(|table| ["aisle", "shelf"].map(|name| build.required(table, name, DataType::INTEGER)));
    build.key(bin, KeyKind::Primary, &ends[0], Some("bin_pk"));
    build.reference_with(stock, &ends[1], bin, |reference| reference.to.fields = ends[0].to_vec());
    let exported = export(&build.project, &[]);
    let bin = text_of(&exported, "bin.models.js");
    assert_has(&bin, "binSchema.index({ aisle: 1, shelf: 1 }, { name: 'bin_pk', unique: true });");
    let stock = text_of(&exported, "stock.models.js");
    assert_has(&stock, "aisle: { type: Number, required: true, validate: wholeNumber },");
    assert_lacks(&stock, "ref:");
    assert_lacks(&stock, "virtual");
    assert_eq!(stock.matches("aisle").count(), 1, "{stock}");
}

#[test]
fn a_reference_to_another_unique_field_is_a_virtual() {
    let mut build = Builder::new("Slug");
    let page = build.collection("Page");
    let slug = build.field_with(page, "slug", DataType::STRING, |field| {
        field.required = true;
        field.unique = true;
    });
    let link = build.collection("Link");
    let target = build.field(link, "pageSlug", DataType::STRING);
    build.reference_with(link, &[target], page, |reference| reference.to.fields = vec![slug]);
    let text = file(&build.project, "link.models.js");
    assert_has(&text, "    pageSlug: String,\n");
    let expected = "linkSchema.virtual('page', {\n  ref: 'Page',\n  localField: 'pageSlug',\n  \
                    foreignField: 'slug',\n  justOne: true,\n});\n";
    assert_has(&text, expected);
    assert_has(&text, "toJSON: { virtuals: true },");
}

#[test]
fn the_other_side_populates_on_request() {
    assert_lacks(&file(&small::documents(), "user.models.js"), "virtual");
    let exported = export(&small::documents(), &[("virtuals", "true")]);
    let text = text_of(&exported, "user.models.js");
    let expected = "userSchema.virtual('todos', {\n  ref: 'Todo',\n  localField: '_id',\n  \
                    foreignField: 'createdBy',\n});\n";
    assert_has(&text, expected);
    assert_has(&text, "userSchema.virtual('todosByHelpers', {\n");
}

#[test]
fn a_one_to_one_reference_populates_one() {
    let mut build = Builder::new("One");
    let user = build.collection("User");
    let profile = build.collection("Profile");
    build.reference_with(profile, &[], user, |reference| {
        reference.from.cardinality = Cardinality::ZeroOrOne;
    });
    let exported = export(&build.project, &[("virtuals", "true")]);
    let text = text_of(&exported, "profile.models.js");
    assert_has(&text, "ref: 'User',\n      required: true,\n      unique: true,\n");
    assert_has(&text_of(&exported, "user.models.js"), "userSchema.virtual('profile', {\n");
    assert_has(&text_of(&exported, "user.models.js"), "  justOne: true,\n");
}

#[test]
fn views_are_left_out_with_what_leads_to_them() {
    let exported = export(&kitchen_sink(), &[]);
    let is_view = |path: &str| path.contains("dear");
    assert!(!exported.files.iter().any(|file| is_view(file.path.as_str())), "a view has a file");
    let mut build = Builder::new("View");
    let view = build.entity("Report", EntityKind::View);
    build.field(view, "total", DataType::Integer(IntegerSize::Big));
    let todo = build.collection("Todo");
    build.field(todo, "report", DataType::Embedded(view));
    assert_has(&file(&build.project, "todo.models.js"), "report: Schema.Types.Mixed,");
}
