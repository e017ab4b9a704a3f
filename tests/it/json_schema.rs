//! JSON Schema in and out: what one of our own schemas says is written the same once it was read, and
//! what other people's schemas say is understood or told.

use std::fmt::Write as _;

use lunette::base::diagnostic::{Diagnostic, Severity};
use lunette::document::project::Project;
use lunette::formats::Imported;
use lunette::formats::file_set::OutputFile;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::{Source, Sources};
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::Field;

use crate::support::every_project;

const CHOICES: [&[(&str, &str)]; 4] = [
    &[],
    &[("files", "each")],
    &[("absent", "both"), ("other_fields", "refuse")],
    &[("decimals", "string")],
];

fn export(project: &Project, choices: &[(&str, &str)]) -> Sources {
    let target = exporter("json-schema").unwrap();
    let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
    let files = target.export(project, &options).files;
    let source =
        |file: &OutputFile| Source { path: file.path.as_str().to_owned(), text: file.text.clone() };
    Sources::from(files.iter().map(source).collect::<Vec<_>>())
}

fn import(sources: &Sources) -> Imported {
    importer("json-schema").unwrap().import(sources, "schema")
}

fn read(text: &str) -> Imported {
    import(&Sources::single("schema.json", text))
}

#[track_caller]
fn entity<'a>(imported: &'a Imported, name: &str) -> &'a Entity {
    let model = &imported.project.model;
    model.entity_named(name).unwrap_or_else(|| panic!("no {name} in {model:#?}"))
}

#[track_caller]
fn field<'a>(imported: &'a Imported, entity_name: &str, name: &str) -> &'a Field {
    entity(imported, entity_name).field_named(name).unwrap_or_else(|| panic!("no {name}"))
}

fn told(imported: &Imported) -> Vec<String> {
    let line = |one: &Diagnostic| {
        let place = one.span.map(|span| format!("{}:{} ", span.line, span.column));
        format!("{}{}", place.unwrap_or_default(), one.message)
    };
    imported.diagnostics.iter().map(line).collect()
}

#[test]
fn a_schema_that_was_read_is_written_the_same() {
    for (name, project) in every_project() {
        for choices in CHOICES {
            // Files have no order but that of their names, by which equal names are counted.
            if name == "hostile" && choices == [("files", "each")] {
                continue;
            }
            let written = export(&project, choices);
            let imported = import(&written);
            let model = &imported.project.model;
            let is_bad = |severity| severity != Severity::Info;
            if !model.is_empty() {
                let bad: Vec<_> =
                    imported.diagnostics.iter().filter(|one| is_bad(one.severity)).collect();
                assert_eq!(bad, Vec::<&Diagnostic>::new(), "{name}");
            }
            let mut again = imported.project.clone();
            if choices.first() == Some(&("files", "each")) {
                again.settings.name = project.settings.name.clone();
            }
            let again = export(&again, choices);
            assert_eq!(again.len(), written.len(), "{name} {choices:?}");
            for (old, new) in written.iter().zip(again.iter()) {
                assert_eq!(old.path, new.path, "{name} {choices:?}");
                for (number, (a, b)) in old.text.lines().zip(new.text.lines()).enumerate() {
                    assert_eq!(a, b, "{name} {choices:?} {} line {}", old.path, number + 1);
                }
            }
        }
    }
}

#[test]
fn types_have_their_words_in_each_draft() {
    let imported = read(
        r#"{ "title": "All", "type": "object", "required": ["_id", "big"], "properties": {
            "_id": { "type": "string", "pattern": "^[0-9a-fA-F]{24}$" },
            "name": { "type": "string", "minLength": 2, "maxLength": 80, "pattern": "^a" },
            "email": { "type": ["string", "null"], "format": "email" },
            "tiny": { "type": "integer", "minimum": -128, "maximum": 127 },
            "age": { "type": "integer", "minimum": 0, "exclusiveMaximum": 150 },
            "old": { "type": "integer", "minimum": 0, "exclusiveMinimum": true },
            "big": { "type": "integer", "format": "int64" },
            "ratio": { "type": "number", "format": "float" },
            "price": { "type": "number", "minimum": 0.5 },
            "born": { "type": "string", "format": "date" },
            "at": { "type": "string", "format": "date-time" },
            "key": { "type": "string", "format": "uuid" },
            "raw": { "type": "string", "contentEncoding": "base64" },
            "from": { "anyOf": [{ "type": "string", "format": "ipv4" }, { "type": "string", "format": "ipv6" }] },
            "scores": { "type": "object", "additionalProperties": { "type": "integer" } },
            "labels": { "type": "object", "patternProperties": { "^x": { "type": "string" } } },
            "any": {}, "all": true,
            "tags": { "type": "array", "items": { "type": "string" } },
            "spot": { "type": "array", "items": { "type": "number", "format": "float" }, "minItems": 3, "maxItems": 3 },
            "place": { "type": "object", "properties": { "type": { "enum": ["Point"] }, "coordinates": { "type": "array" } } },
            "maybe": { "oneOf": [{ "type": "boolean" }, { "type": "null" }] },
            "either": { "type": ["integer", "number"] } } }"#,
    );
    assert_eq!(told(&imported), Vec::<String>::new());
    let string = |length| DataType::String { length };
    let float = DataType::Float;
    for (name, ty) in [
        ("_id", DataType::ObjectId),
        ("name", string(Some(80))),
        ("email", string(None)),
        ("tiny", DataType::Integer(IntegerSize::Tiny)),
        ("age", DataType::INTEGER),
        ("big", DataType::Integer(IntegerSize::Big)),
        ("ratio", float.clone()),
        ("price", DataType::Double),
        ("born", DataType::Date),
        ("at", DataType::DateTime { zoned: true }),
        ("key", DataType::Uuid),
        ("raw", DataType::Binary { length: None }),
        ("from", DataType::Inet),
        ("scores", DataType::Map(Box::new(DataType::INTEGER))),
        ("labels", DataType::Map(Box::new(string(None)))),
        ("any", DataType::Mixed),
        ("all", DataType::Mixed),
        ("tags", string(None).array()),
        ("spot", DataType::Vector { dimensions: Some(3) }),
        ("place", DataType::GeoPoint),
        ("maybe", DataType::Boolean),
        ("either", DataType::Double),
    ] {
        assert_eq!(field(&imported, "All", name).ty, ty, "{name}");
    }
    let number =
        |field: &Field| [&field.min, &field.max].map(|n| n.as_ref().map(|n| n.as_str().to_owned()));
    let bounds = |name| number(field(&imported, "All", name));
    assert_eq!(bounds("tiny"), [None, None]);
    assert_eq!(bounds("age"), [Some("0".to_owned()), Some("149".to_owned())]);
    assert_eq!(bounds("old"), [Some("1".to_owned()), None]);
    assert_eq!(field(&imported, "All", "name").min_length, Some(2));
    let format = field(&imported, "All", "email").extras.option("json-schema", "format");
    assert_eq!(format, Some("email"));
    let all = entity(&imported, "All");
    let key = all.primary_key().unwrap();
    assert_eq!(key.fields, [all.field_named("_id").unwrap().id]);
    assert!(all.field_named("big").unwrap().required);
}

#[test]
fn definitions_are_found_merged_and_embedded() {
    let imported = read(
        r##"{ "$schema": "http://json-schema.org/draft-07/schema#", "title": "shop", "definitions": {
            "Base": { "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } } },
            "Order": { "description": "What was bought", "allOf": [{ "$ref": "#/definitions/Base" }, { "required": ["ship to"],
                "properties": { "ship to": { "$ref": "#/definitions/Address" },
                    "lines": { "type": "array", "items": { "type": "object", "properties": { "n": { "$ref": "#/definitions/Count" } } } },
                    "state": { "$ref": "#/definitions/State" }, "parent": { "$ref": "#/definitions/Order" },
                    "pay": { "enum": ["card", "cash", null] } } }] },
            "Address": { "$id": "#address", "properties": { "city": { "type": "string" } } },
            "Person": { "properties": { "home": { "$ref": "#address" }, "pay": { "enum": ["card", "cash"] } } },
            "Count": { "type": "integer", "minimum": 1 },
            "State": { "type": "string", "oneOf": [{ "const": "open", "description": "Not sent" }, { "const": "sent" }] } } }"##,
    );
    assert_eq!(told(&imported), Vec::<String>::new());
    let model = &imported.project.model;
    assert_eq!(imported.project.settings.name, "shop");
    let kind = |name| entity(&imported, name).kind;
    assert_eq!(kind("Order"), EntityKind::Collection);
    assert_eq!(kind("Address"), EntityKind::Embedded);
    let order = entity(&imported, "Order");
    let names: Vec<_> = order.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "ship to", "lines", "state", "parent", "pay"]);
    assert_eq!(order.note, "What was bought");
    assert!(order.primary_key().is_some() && order.field_named("ship to").unwrap().required);
    let lines = order.field_named("lines").unwrap();
    assert_eq!(lines.ty, DataType::Object.array());
    assert_eq!(lines.fields[0].min.as_ref().unwrap().as_str(), "1");
    let state = model.enumeration(order.field_named("state").unwrap().ty.enumeration().unwrap());
    assert_eq!(state.unwrap().values[0].note, "Not sent");
    assert_eq!(order.field_named("parent").unwrap().ty, DataType::Embedded(order.id));
    let pays = ["Order", "Person"].map(|name| field(&imported, name, "pay").ty.clone());
    assert_eq!(pays[0], pays[1], "equal lists are one enumeration");
    assert_eq!(model.enumerations().len(), 2);
}

#[test]
fn validators_of_mongodb_are_collections() {
    let imported = read(
        r#"[ { "name": "users", "type": "collection", "options": { "validator": { "$jsonSchema": {
                "bsonType": "object", "required": ["email"], "properties": {
                    "_id": { "bsonType": "objectId" }, "email": { "bsonType": "string" },
                    "born": { "bsonType": ["date", "null"] }, "n": { "bsonType": ["int", "long"] },
                    "price": { "bsonType": "decimal" }, "on": { "bsonType": "bool" } } } } } },
             { "collMod": "posts", "validator": { "$jsonSchema": { "properties": { "by": { "bsonType": "objectId" } } } } } ]"#,
    );
    assert_eq!(told(&imported), Vec::<String>::new());
    let ty = |name| field(&imported, "users", name).ty.clone();
    assert_eq!(ty("_id"), DataType::ObjectId);
    assert_eq!(ty("born"), DataType::DateTime { zoned: true });
    assert_eq!(ty("n"), DataType::Integer(IntegerSize::Big));
    assert_eq!(ty("price"), DataType::Decimal { precision: None, scale: None });
    assert_eq!(field(&imported, "posts", "by").ty, DataType::ObjectId);
}

#[test]
fn texts_refer_to_each_other() {
    let user = r#"{ "$id": "https://example.org/user", "title": "User", "properties": {
        "home": { "$ref": "address.json" }, "team": { "$ref": "../team.json#/$defs/Team" },
        "other": { "$ref": "https://example.org/address" } } }"#;
    let address = r#"{ "$id": "https://example.org/address", "title": "Address", "properties": { "city": {} } }"#;
    let team = r#"{ "$defs": { "Team": { "properties": { "name": {} } } } }"#;
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let first = source("models/user.json", user);
    let wanted = importer("json-schema").unwrap().wants(&first);
    assert_eq!(wanted, [["models/address.json"], ["team.json"]]);
    let all = vec![first, source("models/address.json", address), source("team.json", team)];
    let imported = import(&Sources::from(all));
    assert_eq!(told(&imported), Vec::<String>::new());
    let embedded = |name| field(&imported, "User", name).ty.embedded().unwrap();
    assert_eq!(embedded("home"), entity(&imported, "Address").id);
    assert_eq!(embedded("other"), entity(&imported, "Address").id);
    assert_eq!(embedded("team"), entity(&imported, "Team").id);
}

#[test]
fn what_a_model_has_no_word_for_is_told_with_its_place() {
    let imported = read(
        "{\n  \"title\": \"A\", \"properties\": {\n    \"a\": { \"type\": \"string\", \"formt\": \"date\" },\n    \
         \"b\": { \"not\": {} },\n    \"c\": { \"$ref\": \"#/$defs/Sate\" },\n    \
         \"d\": { \"anyOf\": [{ \"type\": \"string\" }, { \"type\": \"array\" }] },\n    \
         \"e\": { \"enum\": [1, 2] },\n    \"f\": { \"type\": \"number\", \"exclusiveMinimum\": 0, \"x-unit\": \"m\" }\n  },\n  \
         \"$defs\": { \"State\": { \"enum\": [\"on\"] } }\n}",
    );
    assert_eq!(
        told(&imported),
        [
            "5:20 `#/$defs/Sate` leads nowhere, from `A.c`",
            "3:39 unknown word `formt`: A.a",
            "4:19 `not` is left out: A.b",
            "6:21 values of several shapes hold anything: A.d",
            "7:20 choices that are no texts are left out: A.e",
            "8:50 bounds that are not reached become bounds that are: A.f",
            "8:63 `x-unit` is left out: A.f",
        ]
    );
    assert_eq!(imported.diagnostics[0].hint.as_deref(), Some("did you mean `State`?"));
    assert_eq!(field(&imported, "A", "e").ty, DataType::INTEGER);
    let broken = read("{\n  \"a\": [1 2] }");
    assert_eq!(told(&broken)[0], "2:10 this is no JSON: expected comma");
    assert_eq!(told(&read("{}")), ["1:1 there is no schema with properties in it"]);
}

#[test]
fn traps_come_to_an_end() {
    let lists = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(told(&read(&lists))[0], "1:513 this is no JSON: maximum nesting depth exceeded");
    // Each definition means the next one twice.
    let mut bomb =
        r##"{ "title": "A", "properties": { "x": { "$ref": "#/$defs/d0" } }, "$defs": {"##
            .to_owned();
    for n in 0..60 {
        let next = n + 1;
        write!(
            bomb,
            "\"d{n}\": {{ \"anyOf\": [{{ \"allOf\": [{{ \"$ref\": \"#/$defs/d{next}\" }}] }}, \
             {{ \"items\": {{ \"$ref\": \"#/$defs/d{next}\" }} }}, {{ \"$ref\": \"#/$defs/d{next}\" }}] }},"
        )
        .unwrap();
    }
    bomb.push_str("\"d60\": { \"$ref\": \"#/$defs/d0\" } } }");
    let imported = read(&bomb);
    assert!(!imported.diagnostics.is_empty());
    assert_eq!(entity(&imported, "A").fields.len(), 1);
    let itself = r##"{ "title": "A", "properties": { "x": { "$ref": "#/$defs/L" } },
        "$defs": { "L": { "type": "array", "items": { "$ref": "#/$defs/L" } } } }"##;
    assert!(!read(itself).diagnostics.is_empty());
}

#[test]
fn objects_to_choose_from_are_one_wherever_they_stand() {
    let imported = read(
        r##"{"title": "Owner", "type": "object", "properties": {"pet": {"oneOf": [
            {"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]}}, "$defs": {
            "Cat": {"type": "object", "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}}},
            "Dog": {"type": "object", "properties": {"kind": {"const": "dog"}}}}}"##,
    );
    let pet = field(&imported, "Owner", "pet");
    let names: Vec<_> = pet.fields.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((&pet.ty, names.as_slice()), (&DataType::Object, ["kind", "lives"].as_slice()));
    let kinds =
        imported.project.model.enumeration(pet.fields[0].ty.enumeration().unwrap()).unwrap();
    let values: Vec<_> = kinds.values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(values, ["cat", "dog"]);
}
