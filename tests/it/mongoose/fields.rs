//! Types, rules, defaults, nested objects.

use lunette::model::data_type::DataType;
use lunette::model::field::{DefaultValue, Field, Literal, Number};
use lunette::model::id::EntityId;

use super::{assert_has, assert_lacks, export, file, said, text_of};
use crate::support::builder::{Builder, text_default};
use crate::support::kitchen_sink;

fn collection() -> (Builder, EntityId) {
    let mut build = Builder::new("Fields");
    let entity = build.collection("Thing");
    (build, entity)
}

/// The definition of one field with these rules.
fn one_field(ty: DataType, rules: impl FnOnce(&mut Field)) -> (String, String) {
    let (mut build, entity) = collection();
    build.field_with(entity, "it", ty, rules);
    let exported = export(&build.project, &[]);
    (text_of(&exported, "thing.models.js"), said(&exported))
}

#[test]
fn a_field_without_options_is_a_bare_type() {
    let (text, _) = one_field(DataType::STRING, |_| {});
    assert_has(&text, "    it: String,\n");
    let (text, _) = one_field(DataType::Boolean.array(), |_| {});
    assert_has(&text, "    it: [Boolean],\n");
}

#[test]
fn options_stand_in_one_order_and_lengths_become_rules() {
    let (text, _) = one_field(DataType::String { length: Some(40) }, |field| {
        field.required = true;
        field.lowercase = true;
        field.trim = true;
        field.min_length = Some(3);
        field.max_length = Some(60);
        field.hidden = true;
        field.immutable = true;
    });
    let inside = text.split("it: {").nth(1).unwrap().split('}').next().unwrap();
    let words: Vec<_> = inside.split_whitespace().collect();
    let expected = "type: String, required: true, immutable: true, minLength: 3, maxLength: 40, \
                    trim: true, lowercase: true, select: false,";
    assert_eq!(words.join(" "), expected);
}

#[test]
fn a_field_called_as_the_counter_of_versions_is_not_overwritten() {
    let (mut build, entity) = collection();
    build.field(entity, "__v", DataType::STRING);
    let text = text_of(&export(&build.project, &[]), "thing.models.js");
    assert_has(&text, "__v: String");
    assert_has(&text, "versionKey: false");
}

#[test]
fn the_default_now_is_a_function_not_the_moment_of_the_export() {
    let (text, _) = one_field(DataType::DateTime { zoned: true }, |field| {
        field.default = Some(DefaultValue::Now);
    });
    assert_has(&text, "it: { type: Date, default: Date.now },");
    assert_lacks(&text, "Date.now()");
}

#[test]
fn an_expression_is_never_written_as_code() {
    let (text, _) = one_field(DataType::STRING, |field| {
        field.default = Some(DefaultValue::Expression("process.exit(1)".to_owned()));
    });
    assert_has(&text, "    it: String,\n");
    assert_lacks(&text, "process");
}

#[test]
fn a_list_is_empty_by_default_and_absent_on_request() {
    let (text, _) = one_field(DataType::STRING.array(), |field| {
        field.default = Some(DefaultValue::Value(Literal::EmptyArray));
    });
    assert_has(&text, "    it: [String],\n");
    let (text, _) = one_field(DataType::STRING.array(), |field| {
        field.default = Some(DefaultValue::Value(Literal::Null));
    });
    assert_has(&text, "it: { type: [String], default: undefined },");
}

#[test]
fn rules_of_a_list_go_to_its_values() {
    let (text, _) = one_field(DataType::STRING.array(), |field| {
        field.required = true;
        field.trim = true;
        field.max_length = Some(9);
    });
    let expected = "it: { type: [{ type: String, maxLength: 9, trim: true }], required: true },";
    assert_has(&text, expected);
}

#[test]
fn a_default_that_is_no_value_of_the_type_is_left_out_and_told() {
    let (mut build, entity) = collection();
    let status = build.enumeration("Status", &["open"]);
    for (name, ty, default) in [
        ("a", DataType::INTEGER, text_default("1; process.exit()")),
        ("b", DataType::Enumeration(status), text_default("closed")),
        ("c", DataType::Date, text_default("2026-02-30")),
        ("d", DataType::Uuid, text_default("no uuid")),
        ("e", DataType::Boolean, DefaultValue::Now),
    ] {
        build.field_with(entity, name, ty, |field| field.default = Some(default));
    }
    let exported = export(&build.project, &[]);
    assert_lacks(&text_of(&exported, "thing.models.js"), "default");
    for name in ["a", "b", "c", "d", "e"] {
        assert_has(&said(&exported), &format!("no value of its type, of `Thing.{name}`"));
    }
}

#[test]
fn ranges_that_mongoose_does_not_know_are_validators() {
    let (text, _) = one_field(DataType::Decimal { precision: None, scale: None }, |field| {
        field.min = Number::parse("0.01");
        field.max = Number::parse("9");
    });
    assert_has(&text, "value == null || (Number(value) >= 0.01 && Number(value) <= 9)");
    assert_has(&text, "message: '{PATH} must be at least 0.01 and at most 9'");
    assert_lacks(&text, "min: ");
}

#[test]
fn a_field_called_type_does_not_swallow_its_object() {
    let user = file(&kitchen_sink(), "user.models.js");
    assert_has(&user, "          longitude: Number,\n          type: { type: String },\n");
}

#[test]
fn objects_in_lists_are_schemas_and_choose_their_id() {
    let (mut build, entity) = collection();
    for (name, keeps_id) in [("plain", false), ("addressed", true)] {
        let rows = build.field_with(entity, name, DataType::Object.array(), |field| {
            field.keeps_id = keeps_id;
        });
        build.nested(entity, rows, "type", DataType::STRING);
    }
    let text = file(&build.project, "thing.models.js");
    let plain =
        "new Schema(\n        {\n          type: String,\n        },\n        { _id: false },";
    assert_has(&text, plain);
    assert_has(&text, "addressed: [\n      new Schema({\n        type: String,\n      }),\n");
}

#[test]
fn an_object_that_may_be_absent_does_not_make_its_required_fields_required() {
    let (mut build, entity) = collection();
    let optional = build.field(entity, "optional", DataType::Object);
    build.nested(entity, optional, "must", DataType::STRING);
    let needed = build.required(entity, "needed", DataType::Object);
    build.nested(entity, needed, "must", DataType::STRING);
    build.change(entity, |entity| {
        for id in [optional, needed] {
            entity.field_mut(id).unwrap().fields[0].required = true;
        }
    });
    let text = file(&build.project, "thing.models.js");
    assert_has(&text, "    optional: new Schema(\n");
    assert_has(&text, "    needed: {\n      must: { type: String, required: true },\n    },\n");
}

#[test]
fn embedded_types_choose_their_id() {
    let project = kitchen_sink();
    assert_has(&file(&project, "address.schemas.js"), "  { _id: false },\n");
    assert_lacks(&file(&project, "thread.schemas.js"), "_id");
}

#[test]
fn a_pattern_cannot_break_out_of_its_slashes() {
    for (pattern, expected) in [
        ("/;process.exit(1);/", "match: /\\/;process.exit(1);\\//"),
        ("a\nb", "match: /a\\nb/"),
        ("[/]\\/", "match: /[/]\\//"),
    ] {
        let (text, _) =
            one_field(DataType::STRING, |field| field.pattern = Some(pattern.to_owned()));
        assert_has(&text, expected);
    }
}

#[test]
fn a_pattern_that_javascript_cannot_read_is_left_out_and_told() {
    for pattern in ["[", "(", "a**", "(?<a>x)(?<a>y)", "(?i:x)", "\\"] {
        let (text, said) =
            one_field(DataType::STRING, |field| field.pattern = Some(pattern.to_owned()));
        assert_has(&text, "    it: String,\n");
        assert_has(&said, "the pattern `");
    }
}

#[test]
fn a_native_type_is_one_of_mongooses_own() {
    let native = |name: &str| {
        one_field(DataType::STRING, |field| {
            field.native_types.insert("mongoose".to_owned(), name.to_owned());
        })
    };
    let (text, _) = native("Schema.Types.Int32");
    assert_has(&text, "    it: Schema.Types.Int32,\n");
    let (text, said) = native("String, evil: process.exit()");
    assert_has(&text, "    it: String,\n");
    assert_has(&said, "the native type `String, evil: process.exit()`");
}

#[test]
fn timestamps_are_not_declared_twice() {
    let (mut build, entity) = collection();
    build.change(entity, |entity| entity.timestamps = true);
    build.required(entity, "createdAt", DataType::DateTime { zoned: true });
    let text = file(&build.project, "thing.models.js");
    assert_has(&text, "timestamps: true");
    assert_lacks(&text, "createdAt");
}

#[test]
fn options_of_mongoose_alone_are_taken_when_they_are_known() {
    let (mut build, entity) = collection();
    build.change(entity, |entity| {
        entity.extras.set("mongoose", "versionKey", "false");
        entity.extras.set("mongoose", "strict", "throw");
        entity.extras.set("mongoose", "minimize", "process.exit()");
    });
    let exported = export(&build.project, &[]);
    let text = text_of(&exported, "thing.models.js");
    assert_has(&text, "{ collection: 'things', strict: 'throw', versionKey: false }");
    assert_has(&said(&exported), "the option `minimize` of `Thing` is left out");
}

#[test]
fn what_stands_in_a_map_is_neither_hidden_nor_indexed() {
    let (mut build, entity) = collection();
    let part = build.embedded("Part");
    build.field_with(part, "serial", DataType::STRING, |field| {
        field.unique = true;
        field.hidden = true;
    });
    build.field(entity, "parts", DataType::Map(Box::new(DataType::Embedded(part))));
    let exported = export(&build.project, &[]);
    assert_has(&text_of(&exported, "part.schemas.js"), "    serial: String,\n");
    assert_has(&said(&exported), "`Part.serial` cannot be unique, indexed or hidden");
}
