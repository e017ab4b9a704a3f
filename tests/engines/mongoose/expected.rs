//! What the real Mongoose should make of a model, in the form that `mongoose_dump.mjs` prints.
//!
//! Written from the mapping table alone, apart from the exporter.

use lunette::formats::collections::Collections;
use lunette::formats::collections::is_top_level;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::Entity;
use lunette::model::field::{DefaultValue, Field, Literal, Number};
use lunette::model::id::EntityId;
use serde_json::{Map, Value, json};

/// The fields of an entity's schema.
pub(super) fn fields_of(collections: &Collections, entity: &Entity) -> Value {
    schema_fields(collections, entity, &[])
}

fn schema_fields(collections: &Collections, entity: &Entity, around: &[EntityId]) -> Value {
    let around: Vec<_> = around.iter().copied().chain([entity.id]).collect();
    let mut fields = object_fields(collections, &entity.fields, &around);
    let own_id = entity.fields.iter().find(|field| field.name == "_id");
    if is_top_level(entity) || entity.keeps_id || own_id.is_some() {
        fields.insert("_id".to_owned(), id_field(collections, own_id));
    }
    if entity.timestamps {
        fields.insert("createdAt".to_owned(), json!({ "type": "Date", "immutable": true }));
        fields.insert("updatedAt".to_owned(), json!({ "type": "Date" }));
    }
    Value::Object(fields)
}

/// An `_id` that is an object id is made by Mongoose; any other is required.
fn id_field(collections: &Collections, field: Option<&Field>) -> Value {
    let Some(field) = field else {
        return json!({ "type": "ObjectId", "default": { "is": "ObjectId" } });
    };
    let Value::Object(mut expected) = field_of(collections, field, &[]) else {
        panic!("{} is no object", field.name);
    };
    for key in ["unique", "sparse", "required"] {
        expected.remove(key);
    }
    let is_made = field.ty == DataType::ObjectId && !expected.contains_key("ref");
    if is_made {
        expected.insert("default".to_owned(), json!({ "is": "ObjectId" }));
    } else if !expected.contains_key("default") {
        expected.insert("required".to_owned(), json!(true));
    }
    if let Some(former) = collections.former_names.get(&field.id) {
        expected.insert("alias".to_owned(), json!(former));
    }
    Value::Object(expected)
}

fn object_fields(
    collections: &Collections,
    fields: &[Field],
    around: &[EntityId],
) -> Map<String, Value> {
    fields.iter().map(|f| (f.name.clone(), field_of(collections, f, around))).collect()
}

fn field_of(collections: &Collections, field: &Field, around: &[EntityId]) -> Value {
    let Value::Object(mut expected) = type_of(collections, field, &field.ty, around) else {
        panic!("{} is no object", field.name);
    };
    if is_inline(field) {
        expected.insert("inline".to_owned(), json!(true));
        return Value::Object(expected);
    }
    let mut put = |key: &str, value: Value| drop(expected.insert(key.to_owned(), value));
    if field.required {
        put("required", json!(true));
    }
    if field.unique {
        put("unique", json!(true));
        if !field.required {
            put("sparse", json!(true));
        }
    }
    if field.immutable {
        put("immutable", json!(true));
    }
    if field.hidden {
        put("select", json!(false));
    }
    if let Some(alias) = field.extras.option("mongoose", "alias") {
        put("alias", json!(alias));
    }
    if let Some(default) = default_of(field) {
        put("default", default);
    }
    Value::Object(expected)
}

/// A nested path can say of an object only what it holds.
fn is_inline(field: &Field) -> bool {
    let needs_content = field.fields.iter().any(|child| child.required);
    let has_default = matches!(field.default, Some(DefaultValue::Value(_)));
    let has_options = field.unique || field.immutable || field.hidden || has_default;
    field.ty == DataType::Object
        && !field.fields.is_empty()
        && field.required == needs_content
        && !field.keeps_id
        && !has_options
}

fn type_of(collections: &Collections, field: &Field, ty: &DataType, around: &[EntityId]) -> Value {
    let mut expected = match ty {
        DataType::Array(inner) => {
            return json!({ "type": "Array", "of": element_of(collections, field, inner, around) });
        }
        DataType::Map(inner) => {
            return json!({ "type": "Map", "of": element_of(collections, field, inner, around) });
        }
        DataType::Vector { dimensions } => {
            let mut vector = json!({ "type": "Array", "of": { "type": "Number" } });
            if let Some(dimensions) = dimensions {
                vector["says"] = json!(format!("must have {dimensions} numbers"));
            }
            return vector;
        }
        DataType::GeoPoint => {
            let kind = json!({ "type": "String", "required": true, "enum": ["Point"] });
            let numbers = json!({
                "type": "Array", "of": { "type": "Number" }, "required": true, "default": [],
            });
            return json!({ "type": "Object", "fields": { "type": kind, "coordinates": numbers } });
        }
        DataType::Embedded(id) if around.contains(id) => {
            return json!({ "type": "Object", "again": true });
        }
        DataType::Embedded(id) => {
            let embedded = collections.model.entity(*id).unwrap();
            return json!({ "type": "Object", "fields": schema_fields(collections, embedded, around) });
        }
        DataType::Object if !field.fields.is_empty() => {
            let mut fields = object_fields(collections, &field.fields, around);
            if field.keeps_id {
                fields.insert("_id".to_owned(), id_field(collections, None));
            }
            return json!({ "type": "Object", "fields": fields });
        }
        scalar => json!({ "type": scalar_name(scalar) }),
    };
    add_rules(field, ty, &mut expected);
    if let DataType::Enumeration(id) = ty {
        let values = &collections.model.enumeration(*id).unwrap().values;
        expected["enum"] = values.iter().map(|value| json!(value.name)).collect();
    }
    if let Some((reference, target)) = collections.reference_of(field.id)
        && collections.leads_to_id(reference)
    {
        expected["ref"] = json!(model_name(target));
    }
    expected
}

/// A value inside a list or map; a list there is empty by default, as everywhere.
fn element_of(
    collections: &Collections,
    field: &Field,
    ty: &DataType,
    around: &[EntityId],
) -> Value {
    let mut of = type_of(collections, field, ty, around);
    if ty.is_array() {
        of["default"] = json!([]);
    }
    if let (true, DataType::Vector { .. }) = (field.ty.is_array(), ty) {
        of = json!({ "type": "Array", "of": { "type": "Number" }, "default": [] });
    }
    of
}

/// The name of the model, for the plain names that this comparison is used with.
pub(super) fn model_name(entity: &Entity) -> String {
    use lunette::base::ident::{Case, with_case};
    with_case(&entity.name, Case::Pascal)
}

fn scalar_name(ty: &DataType) -> &'static str {
    match ty {
        DataType::Integer(IntegerSize::Big) => "BigInt",
        DataType::Integer(_) | DataType::Float | DataType::Double => "Number",
        DataType::Decimal { .. } => "Decimal128",
        DataType::Boolean => "Boolean",
        DataType::Date | DataType::DateTime { .. } => "Date",
        DataType::Uuid => "UUID",
        DataType::ObjectId => "ObjectId",
        DataType::Binary { .. } => "Buffer",
        DataType::Json | DataType::Mixed | DataType::Object => "Mixed",
        _ => "String",
    }
}

fn add_rules(field: &Field, ty: &DataType, expected: &mut Value) {
    let number = |number: &Number| json!(number.to_f64());
    match ty {
        DataType::Integer(size) if *size != IntegerSize::Big => {
            expected["says"] = json!("must be a whole number");
        }
        DataType::Integer(_) | DataType::Decimal { .. } => {
            let least = field.min.as_ref().map(|min| format!("at least {}", min.as_str()));
            let most = field.max.as_ref().map(|max| format!("at most {}", max.as_str()));
            let says: Vec<_> = least.into_iter().chain(most).collect();
            if !says.is_empty() {
                expected["says"] = json!(format!("must be {}", says.join(" and ")));
            }
            return;
        }
        _ => {}
    }
    if let Some(min) = &field.min {
        expected["min"] = number(min);
    }
    if let Some(max) = &field.max {
        expected["max"] = number(max);
    }
    let stored = if let DataType::String { length } = ty { *length } else { None };
    if let Some(longest) = [field.max_length, stored].into_iter().flatten().min() {
        expected["maxLength"] = json!(longest);
    }
    if let Some(shortest) = field.min_length {
        expected["minLength"] = json!(shortest);
    }
    if let Some(pattern) = &field.pattern {
        expected["match"] = json!(pattern.replace('/', "\\/"));
    }
    if field.trim {
        expected["trim"] = json!(true);
    }
    if field.lowercase {
        expected["lowercase"] = json!(true);
    }
}

fn default_of(field: &Field) -> Option<Value> {
    let empty_list = field.ty.is_array().then(|| json!([]));
    Some(match field.default.as_ref() {
        None | Some(DefaultValue::Expression(_)) => return empty_list,
        Some(DefaultValue::Now) => json!({ "is": "now" }),
        Some(DefaultValue::Generated) => match field.ty {
            DataType::Uuid => json!({ "is": "UUID" }),
            _ => json!({ "is": "ObjectId" }),
        },
        Some(DefaultValue::Value(Literal::Null)) if field.ty.is_array() => return None,
        Some(DefaultValue::Value(Literal::Null)) => Value::Null,
        Some(DefaultValue::Value(Literal::Boolean(flag))) => json!(flag),
        Some(DefaultValue::Value(Literal::Text(text))) => json!(text),
        Some(DefaultValue::Value(Literal::Number(number))) => match field.ty {
            DataType::Integer(IntegerSize::Big) => {
                json!({ "is": "BigInt", "text": number.as_str() })
            }
            DataType::Decimal { .. } => json!({ "is": "Decimal128", "text": number.as_str() }),
            _ => json!(number.to_f64()),
        },
        Some(DefaultValue::Value(Literal::EmptyArray)) => json!([]),
        Some(DefaultValue::Value(Literal::EmptyObject)) => match field.ty {
            DataType::Map(_) => json!({ "is": "Map" }),
            _ => json!({}),
        },
    })
}
