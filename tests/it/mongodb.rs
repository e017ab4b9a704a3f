//! The target `mongodb`, trap by trap. Whether the script runs is for the engine tests to say.

use lunette::document::project::Project;
use lunette::formats::Exported;
use lunette::formats::mongodb::MONGODB;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::field::Number;
use lunette::model::id::EntityId;

use crate::support::builder::Builder;
use crate::support::{kitchen_sink, small};

fn export(project: &Project, options: &[(&str, &str)]) -> Exported {
    let options = Options::parse(&MONGODB, options.iter().copied()).unwrap();
    exporter("mongodb").unwrap().export(project, &options)
}

fn script(project: &Project) -> String {
    export(project, &[]).files.only().unwrap().text.clone()
}

fn collection() -> (Builder, EntityId) {
    let mut build = Builder::new("Mongo");
    let entity = build.collection("Thing");
    (build, entity)
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "no `{part}` in:\n{text}");
}

#[test]
fn collections_are_created_with_validators_and_indexes() {
    let text = script(&small::documents());
    assert_has(&text, "db.createCollection('todos', {\n  validator: {\n    $jsonSchema: {\n");
    assert_has(&text, "      required: ['title', 'createdBy'],\n");
    assert_has(&text, "status: { bsonType: ['string', 'null'], enum: ['open', 'done', null] },");
    let unique = "db.getCollection('users').createIndex({ email: 1 }, { unique: true });\n";
    assert_has(&text, unique);
}

#[test]
fn a_namespace_is_a_database_of_its_own() {
    let text = script(&kitchen_sink());
    assert_has(&text, "// What we sell and to whom\nconst sales = db.getSiblingDB('sales');\n");
    assert_has(&text, "sales.createCollection('warehouses', {\n");
}

#[test]
fn a_name_that_no_database_can_have_is_changed_and_told() {
    let mut build = Builder::new("Names");
    for (namespace, entity) in [("admin", "A"), ("a.b $c", "B"), ("config", "C")] {
        let namespace = build.namespace(namespace, "");
        let entity = build.collection(entity);
        build.change(entity, |entity| entity.namespace = Some(namespace));
    }
    let exported = export(&build.project, &[]);
    let text = &exported.files.only().unwrap().text;
    assert_has(text, "db.getSiblingDB('admin_2');");
    assert_has(text, "db.getSiblingDB('a_b__c');");
    assert_has(text, "const config2 = db.getSiblingDB('config_2');");
    assert_eq!(exported.diagnostics.len(), 3, "{:?}", exported.diagnostics);
}

#[test]
fn numbers_keep_their_width_and_their_bounds_are_exact() {
    let (mut build, entity) = collection();
    for (name, ty, min) in [
        ("tiny", DataType::Integer(IntegerSize::Tiny), None),
        ("small", DataType::Integer(IntegerSize::Small), Some("0")),
        ("big", DataType::Integer(IntegerSize::Big), Some("-9007199254740993")),
        ("price", DataType::Decimal { precision: None, scale: None }, Some("0.01")),
        ("ratio", DataType::Double, Some("0.5")),
    ] {
        build.field_with(entity, name, ty, |field| {
            field.required = true;
            field.min = min.and_then(Number::parse);
        });
    }
    let text = script(&build.project);
    for line in [
        "tiny: { bsonType: 'int', minimum: -128, maximum: 127 },",
        "small: { bsonType: 'int', minimum: 0, maximum: 32767 },",
        "minimum: NumberLong('-9007199254740993'),",
        "price: { bsonType: 'decimal', minimum: NumberDecimal('0.01') },",
        "ratio: { bsonType: 'number', minimum: 0.5 },",
    ] {
        assert_has(&text, line);
    }
}

#[test]
fn a_type_that_embeds_itself_ends_in_any_object() {
    let exported = export(&kitchen_sink(), &[]);
    let text = &exported.files.only().unwrap().text;
    assert_has(text, "replies: { bsonType: ['array', 'null'], items: { bsonType: 'object' } },");
    let is_told = exported.diagnostics.iter().any(|one| one.message.contains("`Thread.replies`"));
    assert!(is_told, "{:?}", exported.diagnostics);
}

#[test]
fn embedded_types_are_written_once_before_their_use() {
    let text = script(&kitchen_sink());
    assert_eq!(text.matches("const addressSchema = {").count(), 1);
    let declared = text.find("const addressSchema = {").unwrap();
    let used = text.find("items: addressSchema").unwrap();
    assert!(declared < used, "{text}");
    assert_has(&text, "place: { anyOf: [{ bsonType: 'null' }, addressSchema] },");
}

#[test]
fn indexes_of_embedded_types_are_those_of_the_collection() {
    let (mut build, entity) = collection();
    let part = build.embedded("Part");
    build.field_with(part, "serial", DataType::STRING, |field| field.unique = true);
    build.field(entity, "parts", DataType::Embedded(part).array());
    let text = script(&build.project);
    let index = "createIndex({ 'parts.serial': 1 }, { unique: true, sparse: true });";
    assert_has(&text.replace("\n  ", " ").replace("( {", "({"), index.trim_end_matches(");"));
}

#[test]
fn a_pattern_that_the_server_reads_otherwise_is_left_out_and_told() {
    for pattern in ["\\u00e9", "[^]", "[", "\\cA", "(?<n>a)\\k<n>"] {
        let (mut build, entity) = collection();
        build.field_with(entity, "a", DataType::STRING, |f| f.pattern = Some(pattern.to_owned()));
        let exported = export(&build.project, &[]);
        assert!(!exported.files.only().unwrap().text.contains("pattern"), "{pattern}");
        assert_eq!(exported.diagnostics.len(), 1, "{pattern}");
    }
}

#[test]
fn the_server_gets_no_list_of_values_that_it_refuses() {
    let mut build = Builder::new("Values");
    let twice = build.enumeration("Twice", &["a", "a", "b"]);
    let none = build.enumeration("None", &[]);
    let entity = build.collection("Thing");
    build.required(entity, "twice", DataType::Enumeration(twice));
    build.required(entity, "none", DataType::Enumeration(none));
    let text = script(&build.project);
    assert_has(&text, "twice: { bsonType: 'string', enum: ['a', 'b'] },");
    assert_has(&text, "none: { bsonType: 'string' },");
}

#[test]
fn validation_warns_or_is_left_out_on_request() {
    let project = small::documents();
    let warns = export(&project, &[("validation", "warn")]).files.only().unwrap().text.clone();
    assert_has(&warns, "  validationAction: 'warn',\n");
    let off = export(&project, &[("validation", "off")]).files.only().unwrap().text.clone();
    assert_has(&off, "db.createCollection('todos');\n");
    assert!(!off.contains("validator"), "{off}");
}
