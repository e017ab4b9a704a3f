//! Options of schemas, and what is said about a schema after it was made.

use crate::formats::mongoose::import::build::{Builder, Owner};
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::scope::{At, Flat};
use crate::formats::mongoose::import::sites::{Statement, StatementKind};
use crate::formats::mongoose::import::told::{Custom, Lost, place};
use crate::formats::mongoose::properties::PROPERTIES;
use crate::formats::property::Bearer;
use crate::model::data_type::DataType;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::{DefaultValue, Field};

impl<'p> Builder<'p> {
    /// Applies the options of a schema.
    pub(super) fn schema_options(
        &mut self,
        owner: &Owner,
        entity: &mut Entity,
        options: At<'p>,
        collection: &mut Option<At<'p>>,
    ) {
        let object = self.program.resolve(options).at();
        let Some(object) = object.filter(|object| object.expr.members().is_some()) else {
            let subject = format!("those of `{}`", owner.name);
            return self.told.lose(Lost::SchemaOption, subject, place(options));
        };
        let flat = self.program.members(object);
        for (name, (module, member)) in &flat.members {
            let value = At { module: *module, expr: &member.value };
            self.schema_option(owner, entity, (name, value), collection);
        }
    }

    fn schema_option(
        &mut self,
        owner: &Owner,
        entity: &mut Entity,
        (name, value): (&str, At<'p>),
        collection: &mut Option<At<'p>>,
    ) {
        let subject = format!("`{name}` of `{}`", owner.name);
        match name {
            "collection" => {
                collection.get_or_insert(value);
            }
            "timestamps" => self.timestamps(owner, entity, value),
            "_id" if entity.kind == EntityKind::Embedded => {
                entity.keeps_id = self.program.flag(value).unwrap_or(true);
            }
            "toJSON" | "toObject" => self.shape_option(&subject, value),
            "discriminatorKey" => {
                if let Some(key) = self.program.text(value)
                    && entity.field_named(&key).is_none()
                {
                    entity.fields.push(Field::new(self.mint.mint(), key, DataType::STRING));
                }
            }
            "methods" | "statics" | "virtuals" | "query" => self.code_option(owner, name, value),
            "_id" | "typeKey" | "suppressReservedKeysWarning" => {}
            _ => match self.property(entity, name, value) {
                Some(text) => entity.extras.set("mongoose", name, text),
                None if is_left_to_mongoose(entity, name) => {}
                None => self.told.lose(Lost::SchemaOption, subject, place(value)),
            },
        }
    }

    /// The value of a property that the target declares.
    fn property(&self, entity: &Entity, name: &str, value: At<'p>) -> Option<String> {
        PROPERTIES.iter().find(|one| one.of == Bearer::Entity && one.option.key == name)?;
        let found = self.program.resolve(value).at()?;
        let text = match &found.expr.kind {
            Kind::Boolean(flag) => flag.to_string(),
            Kind::Text(text) => text.clone().into_owned(),
            _ => return None,
        };
        // Mongoose cannot count versions in a field; our own code says so by itself.
        let is_said_anyway =
            name == "versionKey" && text == "false" && entity.field_named("__v").is_some();
        (!is_said_anyway).then_some(text)
    }

    /// `timestamps: true`, `{ createdAt: 'created_at', updatedAt: false }`
    fn timestamps(&mut self, owner: &Owner, entity: &mut Entity, value: At<'p>) {
        let Some(object) = self.program.resolve(value).at() else { return };
        if object.expr.members().is_none() {
            entity.timestamps = self.program.flag(value) == Some(true);
            return;
        }
        let flat = self.program.members(object);
        let names = ["createdAt", "updatedAt"].map(|usual| self.timestamp_name(&flat, usual));
        if names.iter().flatten().map(String::as_str).eq(["createdAt", "updatedAt"]) {
            entity.timestamps = true;
            return;
        }
        let subject = format!("`{}`", owner.name);
        self.told.lose(Lost::TimestampNames, subject, place(value));
        for (name, is_created) in names.into_iter().zip([true, false]) {
            let Some(name) = name.filter(|name| entity.field_named(name).is_none()) else {
                continue;
            };
            let ty = DataType::DateTime { zoned: true };
            let mut field = Field::new(self.mint.mint(), name, ty);
            field.default = Some(DefaultValue::Now);
            field.immutable = is_created;
            entity.fields.push(field);
        }
    }

    /// What a timestamp is called; none where it is turned off.
    fn timestamp_name(&self, flat: &Flat<'p>, usual: &str) -> Option<String> {
        let Some(value) = flat.value(usual) else { return Some(usual.to_owned()) };
        if let Some(name) = self.program.text(value) {
            return Some(name);
        }
        (self.program.flag(value) != Some(false)).then(|| usual.to_owned())
    }

    /// Showing virtuals is what anybody wants who has some.
    fn shape_option(&mut self, subject: &str, value: At<'p>) {
        let object = self.program.resolve(value).at();
        let is_usual = object.is_some_and(|object| {
            object.expr.members().is_some_and(|members| {
                members.iter().all(|member| matches!(member.name(), Some("virtuals" | "getters")))
            })
        });
        if !is_usual {
            self.told.lose(Lost::Shape, subject, place(value));
        }
    }

    /// `methods: { … }` among the options.
    fn code_option(&mut self, owner: &Owner, name: &str, value: At<'p>) {
        let custom = match name {
            "methods" => Custom::Method,
            "statics" => Custom::Static,
            "virtuals" => Custom::Virtual,
            _ => Custom::QueryHelper,
        };
        let members = self.program.resolve(value).at();
        let count = members.and_then(|object| object.expr.members()).map_or(1, <[_]>::len);
        for _ in 0..count {
            self.told.keep(custom, &owner.name, place(value));
        }
    }

    /// Applies what is said about a schema after it was made.
    pub(super) fn statement(
        &mut self,
        owner: &Owner,
        entity: &mut Entity,
        statement: &Statement<'p>,
        collection: &mut Option<At<'p>>,
    ) {
        let argument = |number: usize| statement.arguments.get(number).copied();
        match statement.kind {
            StatementKind::Add => {
                if let Some(added) = argument(0) {
                    for field in self.definition(owner, added) {
                        match entity.fields.iter_mut().find(|other| other.name == field.name) {
                            Some(other) => *other = field,
                            None => entity.fields.push(field),
                        }
                    }
                }
            }
            StatementKind::AddSpecial => {
                let Some(added) = argument(0) else { return };
                for mut field in self.definition(owner, added) {
                    field.required = false;
                    let subject = format!("`{}.{}`", owner.name, field.name);
                    self.told.lose(Lost::SpecialFields, subject, statement.place);
                    if entity.field_named(&field.name).is_none() {
                        entity.fields.push(field);
                    }
                }
            }
            StatementKind::Index => self.index_statement(owner, statement),
            StatementKind::Virtual => self.virtual_statement(owner, statement),
            StatementKind::Set => {
                let name = argument(0).and_then(|name| self.program.text(name));
                if let (Some(name), Some(value)) = (name, argument(1)) {
                    self.schema_option(owner, entity, (&name, value), collection);
                }
            }
            StatementKind::Custom(custom) => {
                self.told.keep(custom, &owner.name, statement.place);
            }
        }
    }
}

/// Whether leaving an option out changes nothing that a model says.
fn is_left_to_mongoose(entity: &Entity, name: &str) -> bool {
    name == "versionKey" && entity.field_named("__v").is_some()
}
