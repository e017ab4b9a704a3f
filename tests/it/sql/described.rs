//! A model of tables in words, so that two can be compared whatever their ids are.

use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::entity::Entity;
use lunette::model::field::Field;
use lunette::model::index::{Index, IndexTarget};
use lunette::model::reference::{End, Reference};

use super::names;

/// One line for everything that a model says of tables, sorted: a script has an order of its own.
pub(super) fn described(model: &Model) -> Vec<String> {
    let mut lines = Vec::new();
    for namespace in model.namespaces() {
        lines.push(format!("namespace {:?} {:?}", namespace.name, namespace.note));
    }
    for one in model.enumerations() {
        let values: Vec<_> = one.values.iter().map(|value| &value.name).collect();
        let namespace = one.namespace.and_then(|id| model.namespace(id)).map(|one| &one.name);
        lines.push(format!("enumeration {namespace:?} {:?} {values:?} {:?}", one.name, one.note));
    }
    for entity in model.entities() {
        describe_entity(model, entity, &mut lines);
    }
    for reference in model.references() {
        lines.push(describe_reference(model, reference));
    }
    lines.sort();
    lines
}

fn describe_entity(model: &Model, entity: &Entity, lines: &mut Vec<String>) {
    let name = &entity.name;
    let namespace = entity.namespace.and_then(|id| model.namespace(id)).map(|one| &one.name);
    lines.push(format!(
        "{} {namespace:?} {name:?} stored {:?} timestamps {} query {:?} note {:?} {:?}",
        entity.kind.as_str(),
        entity.stored_name,
        entity.timestamps,
        entity.query,
        entity.note,
        entity.extras
    ));
    for (position, field) in entity.fields.iter().enumerate() {
        lines.push(format!("{name:?} field {position:02} {}", describe_field(model, field)));
    }
    for key in &entity.keys {
        let fields = names(entity, &key.fields);
        lines.push(format!("{name:?} {:?} key {:?} {fields:?}", key.kind, key.name));
    }
    for check in &entity.checks {
        lines.push(format!(
            "{name:?} check {:?} {:?} note {:?}",
            check.name, check.expression, check.note
        ));
    }
    for index in &entity.indexes {
        lines.push(format!("{name:?} index {}", describe_index(entity, index)));
    }
}

fn describe_field(model: &Model, field: &Field) -> String {
    let enumeration = field.ty.enumeration().and_then(|id| model.enumeration(id));
    let ty = match (&field.ty, enumeration) {
        (DataType::Enumeration(_), Some(one)) => format!("enumeration {:?}", one.name),
        (DataType::Array(_), Some(one)) => format!("list of enumeration {:?}", one.name),
        (other, _) => format!("{other:?}"),
    };
    format!(
        "{:?} {ty} native {:?} required {} unique {} default {:?} counts {} generated {:?} \
         min {:?} max {:?} lengths {:?} {:?} pattern {:?} note {:?} {:?}",
        field.name,
        field.native_types,
        field.required,
        field.unique,
        field.default,
        field.auto_increment,
        field.generated,
        field.min,
        field.max,
        field.min_length,
        field.max_length,
        field.pattern,
        field.note,
        field.extras
    )
}

fn describe_index(entity: &Entity, index: &Index) -> String {
    let part = |on: &IndexTarget| match on {
        IndexTarget::Field(id) => names(entity, &[*id]).join(""),
        IndexTarget::Expression(text) => format!("({text})"),
    };
    let parts: Vec<_> =
        index.parts.iter().map(|one| format!("{} {:?}", part(&one.on), one.order)).collect();
    format!(
        "{:?} {parts:?} {:?} unique {} partial {:?} note {:?}",
        index.name, index.kind, index.unique, index.partial, index.note
    )
}

fn describe_reference(model: &Model, reference: &Reference) -> String {
    let end = |end: &End| {
        let entity = model.entity(end.entity).unwrap();
        format!("{:?} {:?} {}", entity.name, names(entity, &end.fields), end.cardinality.as_str())
    };
    format!(
        "reference {:?} {} -> {} identifying {} delete {} update {} note {:?}",
        reference.name,
        end(&reference.from),
        end(&reference.to),
        reference.identifying,
        reference.on_delete.as_str(),
        reference.on_update.as_str(),
        reference.note
    )
}
