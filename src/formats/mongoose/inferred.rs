//! Types that TypeScript infers from the schemas, completed by what it cannot infer: the fields that
//! are added after a schema is declared.

use indexmap::IndexMap;

use crate::formats::code::{code, join};
use crate::formats::collections::is_top_level;
use crate::formats::javascript::text::{Code, CodeWriter, key};
use crate::formats::mongoose::file_name::import_path;
use crate::formats::mongoose::plan::{Plan, PlannedFile};
use crate::formats::mongoose::schema::EntitySchema;
use crate::model::data_type::{DataType, IntegerSize};
use crate::model::field::Field;
use crate::model::id::{EntityId, EnumerationId};

/// Writes the type of the entity's data, and that of its documents where it has documents.
pub(super) fn write(plan: &Plan<'_>, schema: &EntitySchema<'_>, code: &mut CodeWriter) {
    let name = plan.model_name(schema.entity.id);
    let inferred = code!("InferSchemaType<typeof ", plan.schema_name(schema.entity.id), ">");
    code.blank();
    if schema.later.is_empty() {
        code.line(code!("export type ", &name, " = ", inferred, ";"));
    } else {
        code.block(code!("export type ", &name, " = ", inferred, " & {"), "};", |code| {
            for field in &schema.later {
                code.line(code!(property(plan, field), ";"));
            }
        });
    }
    if is_top_level(schema.entity) {
        code.line(code!("export type ", &name, "Document = HydratedDocument<", &name, ">;"));
    }
}

/// Adds the types of other files that completed fields name.
pub(super) fn add_imports(
    plan: &Plan<'_>,
    file: &PlannedFile,
    schemas: &[EntitySchema<'_>],
    imports: &mut IndexMap<String, Vec<Code>>,
) {
    for field in schemas.iter().flat_map(|schema| &schema.later) {
        field.for_each(&mut |field| {
            let (path, name) = match named(field.ty.innermost()) {
                Some(Named::Entity(id)) => (plan.file_of(id), plan.model_name(id)),
                Some(Named::Enumeration(id)) => {
                    (plan.file_of_enumeration(id), plan.enumeration_type(id))
                }
                None => return,
            };
            let Some(other) = path.filter(|other| other.path != file.path) else { return };
            let names = imports.entry(import_path(&file.path, &other.path)).or_default();
            let import = code!("type ", name);
            if !names.contains(&import) {
                names.push(import);
            }
        });
    }
}

enum Named {
    Entity(EntityId),
    Enumeration(EnumerationId),
}

fn named(ty: &DataType) -> Option<Named> {
    let entity = ty.embedded().map(Named::Entity);
    entity.or_else(|| ty.enumeration().map(Named::Enumeration))
}

fn property(plan: &Plan<'_>, field: &Field) -> Code {
    let is_there = field.required || field.ty.is_array();
    let (optional, or_nothing) = if is_there { ("", "") } else { ("?", " | null") };
    code!(key(&field.name), optional, ": ", type_of(plan, field, &field.ty), or_nothing)
}

fn type_of(plan: &Plan<'_>, field: &Field, ty: &DataType) -> Code {
    let name = match ty {
        DataType::Array(inner) => return code!("Array<", type_of(plan, field, inner), ">"),
        DataType::Map(inner) => return code!("Map<string, ", type_of(plan, field, inner), ">"),
        DataType::Object => {
            let members: Vec<_> = field.fields.iter().map(|child| property(plan, child)).collect();
            return code!("{ ", join(members, "; "), " }");
        }
        DataType::Embedded(id) => return plan.model_name(*id),
        DataType::Enumeration(id) => return plan.enumeration_type(*id),
        DataType::String { .. }
        | DataType::Text
        | DataType::Time
        | DataType::Interval
        | DataType::Inet => "string",
        DataType::Integer(IntegerSize::Big) if !plan.style.plain_big_integers => "bigint",
        DataType::Integer(_) | DataType::Float | DataType::Double => "number",
        DataType::Boolean => "boolean",
        DataType::Date | DataType::DateTime { .. } => "Date",
        DataType::Vector { .. } => "number[]",
        DataType::GeoPoint => "{ type: 'Point'; coordinates: number[] }",
        DataType::Decimal { .. }
        | DataType::Uuid
        | DataType::ObjectId
        | DataType::Binary { .. }
        | DataType::Json
        | DataType::Mixed => "unknown",
    };
    code!(name)
}
