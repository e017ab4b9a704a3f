//! Fields that hold values → fields of a draft.
//!
//! Must not know relations.

use crate::base::similar::did_you_mean;
use crate::formats::draft::entity::{DraftEntity, DraftField, DraftKey, DraftType};
use crate::formats::draft::name::FieldName;
use crate::formats::prisma::import::Reader;
use crate::formats::prisma::import::tree::{Attribute, Block, FieldType, Member, Value};
use crate::formats::prisma::import::types::{is_call, scalar, unsupported};
use crate::formats::prisma::text::{is_made_by_client, member_name};
use crate::formats::prisma::{DEFAULT, NAME, PRISMA, UPDATED_AT};
use crate::model::data_type::DataType;
use crate::model::entity::EntityKind;
use crate::model::field::{DefaultValue, Literal, Number};
use crate::model::key::KeyKind;

/// Attributes of fields.
const ATTRIBUTES: [&str; 8] =
    ["id", "unique", "default", "map", "relation", "updatedAt", "ignore", "shardKey"];

impl<'t> Reader<'t> {
    /// Adds the fields of a block that hold values.
    pub(super) fn fields(&mut self, block: &'t Block, entity: &mut DraftEntity) {
        for member in &block.members {
            let Some(ty) = &member.ty else {
                let message = format!("`{}.{}` has no type", block.name, member.name);
                let hint = "a field is a name, a type and attributes: `email String @unique`";
                self.warn(block, member.at, message, hint.to_owned());
                continue;
            };
            if self.leads_to(ty).is_none() {
                let field = self.field(block, member, ty, entity);
                entity.fields.push(field);
            }
            for attribute in &member.attributes {
                let name = attribute.name.as_str();
                if !ATTRIBUTES.contains(&name) && !name.contains('.') {
                    let message = format!("unknown attribute `@{name}`: it is left out");
                    let hint = did_you_mean(name, ATTRIBUTES);
                    let known = || {
                        format!(
                            "Prisma knows {}",
                            ATTRIBUTES.map(|one| format!("@{one}")).join(", ")
                        )
                    };
                    self.warn(block, attribute.at, message, hint.unwrap_or_else(known));
                }
            }
        }
    }

    /// The model that a type is, when it is no value.
    pub(super) fn leads_to(&self, ty: &FieldType) -> Option<&'t Block> {
        let block = self.entities.get(ty.name.as_str()).copied()?;
        (block.kind != "type").then_some(block)
    }

    fn field(
        &mut self,
        block: &Block,
        member: &Member,
        ty: &FieldType,
        entity: &mut DraftEntity,
    ) -> DraftField {
        let span = self.span(block, member.at);
        let stored = member.stored();
        let mut field = DraftField::new(stored, DraftType::Known(DataType::Mixed), span);
        self.set_type(block, member, ty, &mut field);
        field.field.note.clone_from(&member.doc);
        field.field.required = !ty.is_optional && !ty.is_list;
        if member_name(stored, "field") != member.name {
            field.field.extras.set(PRISMA.id, NAME, &member.name);
        }
        if member.attribute("updatedAt").is_some() {
            field.field.extras.set(PRISMA.id, UPDATED_AT, "true");
        }
        let alone = |kind, attribute: &Attribute| DraftKey {
            kind,
            name: attribute.text("map").map(str::to_owned),
            fields: vec![FieldName::plain(stored, span)],
            span,
        };
        for (name, known) in [("id", ["map"].as_slice()), ("unique", &["map"])] {
            if let Some(attribute) = member.attribute(name) {
                self.tell_arguments(block, attribute, known);
            }
        }
        if let Some(ignored) = member.attribute("ignore") {
            let message = format!("`@ignore` of `{}.{}` is left out", block.name, member.name);
            self.tell(block, ignored.at, message, "the field is one like any other");
        }
        if let Some(id) = member.attribute("id") {
            field.field.required = true;
            if id.text("map").is_some() {
                entity.keys.push(alone(KeyKind::Primary, id));
            } else {
                field.is_key = true;
            }
        }
        if let Some(unique) = member.attribute("unique") {
            if unique.text("map").is_some() {
                entity.keys.push(alone(KeyKind::Alternate, unique));
            } else {
                field.field.unique = true;
            }
        }
        if let Some(default) = member.attribute("default") {
            self.default(block, (member, default), ty, &mut field);
        }
        field
    }

    fn set_type(&mut self, block: &Block, member: &Member, ty: &FieldType, field: &mut DraftField) {
        let native = member.attributes.iter().find(|attribute| attribute.name.starts_with("db."));
        let known = match &ty.argument {
            Some(of) => Some(unsupported(self.provider, of)),
            None => scalar(self.provider, &ty.name, native),
        };
        let object = self.objects.get(ty.name.as_str());
        let object = object.and_then(|name| self.entities.get(name).copied());
        let inner = if let Some(object) = object {
            let mut inner = DraftEntity::new(self.name_of(object), EntityKind::Embedded);
            self.fields(object, &mut inner);
            field.fields = inner.fields;
            DraftType::Known(DataType::Object)
        } else if let Some(known) = known {
            field.field.native_types = known.native_types;
            DraftType::Known(known.ty)
        } else if let Some(named) =
            self.enumerations.get(ty.name.as_str()).or_else(|| self.entities.get(ty.name.as_str()))
        {
            DraftType::Spelled(self.name_of(named))
        } else {
            let message = format!("unknown type `{}` of `{}.{}`", ty.name, block.name, member.name);
            let scalars = [
                "String", "Int", "BigInt", "Float", "Decimal", "Boolean", "DateTime", "Json",
                "Bytes",
            ];
            let names = self.entities.keys().chain(self.enumerations.keys()).copied();
            let hint = did_you_mean(&ty.name, names.chain(scalars));
            let hint = hint.unwrap_or_else(|| "import the file that declares it too".to_owned());
            self.warn(block, ty.at, message, hint);
            DraftType::Known(DataType::Mixed)
        };
        field.ty = if ty.is_list { inner.array() } else { inner };
    }

    fn default(
        &mut self,
        block: &Block,
        (member, attribute): (&Member, &Attribute),
        ty: &FieldType,
        field: &mut DraftField,
    ) {
        let Some(value) = attribute.argument("value", 0) else { return };
        let is_uuid = field.ty == DraftType::Known(DataType::Uuid);
        let is_object_id = field.ty == DraftType::Known(DataType::ObjectId);
        let default = match value {
            Value::Text(text) if ty.name == "Json" => match text.trim() {
                "[]" => Some(DefaultValue::Value(Literal::EmptyArray)),
                "{}" => Some(DefaultValue::Value(Literal::EmptyObject)),
                text if self.provider.is_documents || text.contains('\\') => None,
                text => Some(DefaultValue::Expression(sql_text(text))),
            },
            Value::Text(text) => Some(DefaultValue::Value(Literal::Text(text.clone()))),
            Value::Number(number) => {
                Number::parse(number).map(|number| DefaultValue::Value(Literal::Number(number)))
            }
            Value::Word(word) => match (word.as_str(), self.enumerations.get(ty.name.as_str())) {
                ("true" | "false", None) => {
                    Some(DefaultValue::Value(Literal::Boolean(word == "true")))
                }
                (word, Some(enumeration)) => {
                    let value = enumeration.member(word).map_or(word, Member::stored);
                    Some(DefaultValue::Value(Literal::Text(value.to_owned())))
                }
                _ => None,
            },
            Value::List(items) if items.is_empty() => {
                Some(DefaultValue::Value(Literal::EmptyArray))
            }
            Value::List(items) if self.provider.target == "postgres" => {
                self.list_literal(ty, items).map(DefaultValue::Expression)
            }
            Value::List(_) => None,
            value if is_call(value, "autoincrement") => {
                field.field.auto_increment = true;
                return;
            }
            value if is_call(value, "now") => Some(DefaultValue::Now),
            value if is_call(value, "auto") && is_object_id => Some(DefaultValue::Generated),
            Value::Call(name, arguments) if name == "dbgenerated" => {
                let Some((_, Value::Text(code))) = arguments.first() else { return };
                let is_new = matches!(code.as_str(), "gen_random_uuid()" | "newid()");
                let is_new = is_new && is_uuid;
                Some(if is_new {
                    DefaultValue::Generated
                } else {
                    DefaultValue::Expression(code.clone())
                })
            }
            value if is_call(value, "uuid") && is_uuid && !self.provider.makes_uuids => {
                Some(DefaultValue::Generated)
            }
            value if is_made_by_client(&value.shown()) => {
                field.field.extras.set(PRISMA.id, DEFAULT, value.shown());
                return;
            }
            Value::Call(..) => None,
        };
        if default.is_none() {
            let message = format!(
                "the default `{}` of `{}.{}` is left out",
                value.shown().escape_debug(),
                block.name,
                member.name
            );
            let hint = "a model knows constants, functions of the database and of the client";
            self.warn(block, attribute.at, message, hint.to_owned());
        }
        field.field.default = default;
    }

    /// A list of constants as PostgreSQL writes it: `'{"a","b"}'`.
    fn list_literal(&self, ty: &FieldType, items: &[Value]) -> Option<String> {
        let enumeration = self.enumerations.get(ty.name.as_str());
        let item = |item: &Value| match item {
            Value::Text(text) if !text.contains(['\\', '"']) => Some(format!("\"{text}\"")),
            Value::Number(number) => Some(number.clone()),
            Value::Word(word) => match enumeration {
                Some(enumeration) => {
                    let stored = enumeration.member(word).map_or(word.as_str(), Member::stored);
                    (!stored.contains(['\\', '"'])).then(|| format!("\"{stored}\""))
                }
                None => matches!(word.as_str(), "true" | "false").then(|| word.clone()),
            },
            Value::Text(_) | Value::Call(..) | Value::List(_) => None,
        };
        let items: Option<Vec<_>> = items.iter().map(item).collect();
        items.map(|items| sql_text(&format!("{{{}}}", items.join(","))))
    }

    /// Two moments as we write them are timestamps.
    pub(super) fn fold_timestamps(block: &Block, entity: &mut DraftEntity) {
        let is_camel = match entity.entity.kind {
            EntityKind::Collection | EntityKind::Embedded => true,
            EntityKind::Table | EntityKind::View => false,
        };
        let names = if is_camel {
            [("createdAt", "createdAt"), ("updatedAt", "updatedAt")]
        } else {
            [("createdAt", "created_at"), ("updatedAt", "updated_at")]
        };
        let [.., created, updated] = entity.fields.as_slice() else { return };
        let is_stamp = |field: &DraftField, (name, stored): (&str, &str)| {
            let member = block.member(name);
            let is_plain = member.is_some_and(|member| {
                member.stored() == stored
                    && member.doc.is_empty()
                    && member.attributes.len() == 1 + usize::from(!is_camel)
                    && member.ty.as_ref().is_some_and(|ty| ty.name == "DateTime")
            });
            is_plain && field.field.name == stored && field.field.required
        };
        let is_made = created.field.default == Some(DefaultValue::Now)
            && updated.field.extras.option(PRISMA.id, UPDATED_AT) == Some("true");
        if is_made && is_stamp(created, names[0]) && is_stamp(updated, names[1]) {
            entity.entity.timestamps = true;
            entity.fields.truncate(entity.fields.len() - 2);
        }
    }
}

/// A text as SQL writes it.
fn sql_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
