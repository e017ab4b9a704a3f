//! Every data type in both worlds, every default and every rule.

use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::field::{DefaultValue, Generated, Literal, Number};
use lunette::model::id::EntityId;

use super::super::builder::{Builder, text_default};
use super::Sink;

/// Adds the collection and the table of all types, the table of defaults and that of rules.
pub(super) fn add(sink: &mut Sink) {
    let documents = sink.build.collection("DocumentTypes");
    let table = sink.build.table("column_types");
    for entity in [documents, table] {
        for (name, ty) in all_types(sink) {
            sink.build.field(entity, name, ty);
        }
        let size = sink.build.field(entity, "nested", DataType::Object);
        sink.build.nested(entity, size, "width", DataType::Double);
        let rows = sink.build.field(entity, "nested_list", DataType::Object.array());
        sink.build.nested(entity, rows, "label", DataType::STRING);
    }
    let key = sink.build.required(table, "id", DataType::INTEGER);
    sink.build.primary_key(table, &[key]);
    add_defaults(sink);
    add_rules(&mut sink.build);
}

fn all_types(sink: &Sink) -> Vec<(&'static str, DataType)> {
    let mut types = scalar_types();
    types.extend([
        ("choice", DataType::Enumeration(sink.status)),
        ("choices", DataType::Enumeration(sink.currency).array()),
        ("place", DataType::Embedded(sink.address)),
        ("places", DataType::Embedded(sink.address).array()),
        ("names", DataType::STRING.array()),
        ("matrix", DataType::Double.array().array()),
        ("counts", DataType::Map(Box::new(DataType::INTEGER))),
        ("tag_lists", DataType::Map(Box::new(DataType::STRING.array()))),
        ("place_by_name", DataType::Map(Box::new(DataType::Embedded(sink.address)))),
    ]);
    types
}

fn scalar_types() -> Vec<(&'static str, DataType)> {
    vec![
        ("short_text", DataType::String { length: Some(40) }),
        ("usual_text", DataType::STRING),
        ("long_text", DataType::Text),
        ("tiny", DataType::Integer(IntegerSize::Tiny)),
        ("small", DataType::Integer(IntegerSize::Small)),
        ("regular", DataType::INTEGER),
        ("big", DataType::Integer(IntegerSize::Big)),
        ("money", DataType::Decimal { precision: Some(12), scale: Some(2) }),
        ("whole", DataType::Decimal { precision: Some(9), scale: None }),
        ("exact", DataType::Decimal { precision: None, scale: None }),
        ("single", DataType::Float),
        ("double", DataType::Double),
        ("flag", DataType::Boolean),
        ("day", DataType::Date),
        ("hour", DataType::Time),
        ("moment", DataType::DateTime { zoned: true }),
        ("wall_clock", DataType::DateTime { zoned: false }),
        ("span", DataType::Interval),
        ("token", DataType::Uuid),
        ("oid", DataType::ObjectId),
        ("bytes", DataType::Binary { length: None }),
        ("digest", DataType::Binary { length: Some(32) }),
        ("json", DataType::Json),
        ("anything", DataType::Mixed),
        ("position", DataType::GeoPoint),
        ("peer", DataType::Inet),
        ("embedding", DataType::Vector { dimensions: Some(3) }),
        ("free_vector", DataType::Vector { dimensions: None }),
    ]
}

fn add_defaults(sink: &mut Sink) {
    let status = DataType::Enumeration(sink.status);
    let strings = DataType::STRING.array();
    let number = |text: &str| Some(DefaultValue::Value(Literal::Number(number(text))));
    let value = |literal| Some(DefaultValue::Value(literal));
    let defaults = [
        ("nothing", DataType::STRING, value(Literal::Null)),
        ("yes", DataType::Boolean, value(Literal::Boolean(true))),
        ("answer", DataType::INTEGER, number("42")),
        ("ratio", DataType::Double, number("-1.5e3")),
        ("greeting", DataType::STRING, Some(text_default("it's \"fine\"\\"))),
        ("status", status, Some(text_default("draft"))),
        ("names", strings, value(Literal::EmptyArray)),
        ("options", DataType::Json, value(Literal::EmptyObject)),
        ("created_at", DataType::DateTime { zoned: true }, Some(DefaultValue::Now)),
        ("day", DataType::Date, Some(DefaultValue::Now)),
        ("token", DataType::Uuid, Some(DefaultValue::Generated)),
        ("sum", DataType::INTEGER, Some(DefaultValue::Expression("(1 + 2)".to_owned()))),
    ];
    let table = sink.build.table("column_defaults");
    let key = sink.build.field_with(table, "id", DataType::Integer(IntegerSize::Big), |field| {
        field.required = true;
        field.auto_increment = true;
    });
    sink.build.primary_key(table, &[key]);
    let collection = sink.build.collection("DocumentDefaults");
    for (name, ty, default) in defaults {
        for entity in [table, collection] {
            let rules =
                |field: &mut lunette::model::field::Field| field.default.clone_from(&default);
            sink.build.field_with(entity, name, ty.clone(), rules);
        }
    }
}

fn add_rules(build: &mut Builder) {
    let table = build.table("column_rules");
    let key = build.required(table, "id", DataType::Uuid);
    build.primary_key(table, &[key]);
    let collection = build.collection("DocumentRules");
    for entity in [table, collection] {
        add_text_rules(build, entity);
        build.field_with(entity, "score", DataType::INTEGER, |field| {
            field.min = Some(Number::from(-5));
            field.max = Some(Number::from(100));
        });
        build.field_with(
            entity,
            "price",
            DataType::Decimal { precision: Some(10), scale: Some(2) },
            |field| {
                field.required = true;
                field.min = Some(number("0.01"));
            },
        );
        build.field_with(entity, "secret", DataType::STRING, |field| field.hidden = true);
        build.field_with(entity, "born", DataType::Date, |field| field.immutable = true);
    }
    for (name, stored) in [("price_twice", true), ("price_half", false)] {
        build.field_with(
            table,
            name,
            DataType::Decimal { precision: Some(12), scale: Some(2) },
            |field| {
                let expression = if stored { "price * 2" } else { "price / 2" }.to_owned();
                field.generated = Some(Generated { expression, stored });
            },
        );
    }
}

fn add_text_rules(build: &mut Builder, entity: EntityId) {
    build.field_with(entity, "handle", DataType::String { length: Some(30) }, |field| {
        field.required = true;
        field.unique = true;
        field.min_length = Some(3);
        field.max_length = Some(20);
        field.pattern = Some("^[a-z][a-z0-9_]*$".to_owned());
        field.trim = true;
        field.lowercase = true;
        "What others call them.\nNever changes its case.".clone_into(&mut field.note);
        field.native_types.insert("postgres".to_owned(), "varchar(30)".to_owned());
        field.extras.set("mongoose", "alias", "nick");
    });
}

fn number(text: &str) -> Number {
    Number::parse(text).unwrap()
}
