//! Definitions → fields: what a path holds, whichever of its many forms it is written in.

use crate::base::similar::did_you_mean;
use crate::formats::mongoose::import::build::{Builder, Owner};
use crate::formats::mongoose::import::code::Kind;
use crate::formats::mongoose::import::options::Bearer;
use crate::formats::mongoose::import::points;
use crate::formats::mongoose::import::scope::{At, Flat, Meaning};
use crate::formats::mongoose::import::told::{Lost, Place, place};
use crate::formats::mongoose::import::types;
use crate::model::data_type::DataType;
use crate::model::field::Field;

/// Deepest nesting of objects and lists in a definition.
const DEEPEST: usize = 48;

/// Where a field stands, for what is said about it.
#[derive(Clone, Debug)]
pub(super) struct Here<'o> {
    pub(super) owner: &'o Owner,
    /// The path of the field, with that of the objects around it.
    pub(super) path: String,
    pub(super) depth: usize,
}

impl Here<'_> {
    /// What is said to be lost: `` `User.address.city` ``.
    pub(super) fn subject(&self) -> String {
        format!("`{}.{}`", self.owner.name, self.path)
    }

    fn inside(&self, name: &str) -> Self {
        let path =
            if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { owner: self.owner, path, depth: self.depth + 1 }
    }
}

/// How an object in a definition is to be read.
enum Shape<'p> {
    /// A path with a type and options.
    Path(At<'p>, Flat<'p>),
    /// An object of paths.
    Object(Flat<'p>),
    /// Anything else that says a type.
    Type(At<'p>),
}

impl<'p> Builder<'p> {
    /// The fields of a schema's definition.
    pub(super) fn definition(&mut self, owner: &Owner, definition: At<'p>) -> Vec<Field> {
        let here = Here { owner, path: String::new(), depth: 0 };
        match self.program.resolve(definition).at() {
            Some(object) if object.expr.members().is_some() => {
                let flat = self.program.members(object);
                self.fields(&here, &flat)
            }
            Some(schema) if self.sites.schema_of(self.program, schema).is_some() => {
                // `new Schema(otherSchema)`, `schema.add(otherSchema)`
                let other = self.sites.schema_of(self.program, schema);
                let site = other.and_then(|other| self.sites.schemas.get(&other));
                let definition = site.and_then(|site| site.definition).filter(|_| here.depth < 1);
                match definition.and_then(|definition| self.program.resolve(definition).at()) {
                    Some(object) if object.expr.members().is_some() => {
                        let flat = self.program.members(object);
                        self.fields(&here, &flat)
                    }
                    _ => Vec::new(),
                }
            }
            _ => {
                let subject = format!("those of `{}`", owner.name);
                self.told.lose(Lost::FieldByCode, subject, place(definition));
                Vec::new()
            }
        }
    }

    /// The fields of an object.
    pub(super) fn fields(&mut self, here: &Here<'_>, flat: &Flat<'p>) -> Vec<Field> {
        let mut fields = Vec::new();
        for unknown in &flat.unknown {
            let around = if here.path.is_empty() { "" } else { "." };
            let subject = format!("in `{}{around}{}`", here.owner.name, here.path);
            self.told.lose(Lost::FieldByCode, subject, place(*unknown));
        }
        for (name, (module, member)) in &flat.members {
            let value = At { module: *module, expr: &member.value };
            // `_id: false` says that there is none.
            if name == "_id" && matches!(member.value.kind, Kind::Boolean(_)) {
                continue;
            }
            let mut field = self.field(&here.inside(name), name, value);
            if field.note.is_empty() {
                field.note.clone_from(&member.note);
            }
            fields.push(field);
        }
        fields
    }

    fn field(&mut self, here: &Here<'_>, name: &str, value: At<'p>) -> Field {
        let mut field = Field::new(self.mint.mint(), name, DataType::Mixed);
        if here.depth > DEEPEST {
            self.told.lose(Lost::FieldByCode, here.subject(), place(value));
            return field;
        }
        match self.shape(here, value) {
            Shape::Path(ty, options) => {
                let meant = self.type_at(here, &mut field, ty, Some(&options));
                field.ty = meant;
                self.options(here, &mut field, &options, Bearer::Path);
            }
            Shape::Object(flat) => self.nested(here, &mut field, value, &flat),
            Shape::Type(at) => field.ty = self.type_at(here, &mut field, at, None),
        }
        field
    }

    /// An object that is written inline: it is there when something in it is.
    fn nested(&mut self, here: &Here<'_>, field: &mut Field, value: At<'p>, flat: &Flat<'p>) {
        if flat.members.is_empty() && flat.unknown.is_empty() {
            field.ty = DataType::Mixed;
            return;
        }
        if points::is_point(self.program, flat) {
            field.ty = DataType::GeoPoint;
            self.point_index(here, field, flat, place(value));
            return;
        }
        field.ty = DataType::Object;
        field.fields = self.fields(here, flat);
        field.required = field.fields.iter().any(|child| child.required);
    }

    fn shape(&self, here: &Here<'_>, value: At<'p>) -> Shape<'p> {
        let Some(object) = self.program.resolve(value).at() else { return Shape::Type(value) };
        if object.expr.members().is_none() {
            return Shape::Type(value);
        }
        let flat = self.program.members(object);
        match self.type_of(here, &flat) {
            Some(ty) => Shape::Path(ty, flat),
            None => Shape::Object(flat),
        }
    }

    /// The type of an object that is a path: it has one, and that is no path itself.
    fn type_of(&self, here: &Here<'_>, flat: &Flat<'p>) -> Option<At<'p>> {
        let key = here.owner.type_key.as_str();
        let ty = flat.value(key)?;
        let is_path = key == "type"
            && self.program.resolve(ty).at().is_some_and(|inner| {
                inner.expr.members().is_some()
                    && self.program.members(inner).value("type").is_some()
            });
        (!is_path).then_some(ty)
    }

    /// What a type says; what it says of its values besides goes to the field.
    fn type_at(
        &mut self,
        here: &Here<'_>,
        field: &mut Field,
        at: At<'p>,
        options: Option<&Flat<'p>>,
    ) -> DataType {
        if let Some(schema) = self.sites.schema_of(self.program, at) {
            return self.schema_type(here, field, schema);
        }
        let resolved = self.program.resolve(at);
        match &resolved.meaning {
            Meaning::Known(name) => match types::known(name) {
                Some(named) => self.named_type(here, field, named, options),
                None => self.unknown_type(here, at, name),
            },
            Meaning::Expr(found) => match &found.expr.kind {
                Kind::Text(name) => match types::named(name) {
                    Some(named) => self.named_type(here, field, named, options),
                    None => self.unknown_type(here, at, name),
                },
                Kind::Array(elements) => match elements.first() {
                    Some(first) => {
                        let item = At { module: found.module, expr: &first.value };
                        self.item(here, field, item).array()
                    }
                    None => DataType::Mixed.array(),
                },
                Kind::Object(_) => self.object_type(here, field, *found),
                // Told as what it is: a mistake in the text.
                Kind::Missing => DataType::Mixed,
                _ => self.unknown_type(here, at, "code"),
            },
            Meaning::Module(_) | Meaning::Unknown => {
                let name = match &at.expr.kind {
                    Kind::Name(name) => name,
                    _ => "code",
                };
                self.unknown_type(here, at, name)
            }
        }
    }

    fn named_type(
        &mut self,
        here: &Here<'_>,
        field: &mut Field,
        (ty, native): types::NamedType,
        options: Option<&Flat<'p>>,
    ) -> DataType {
        if let Some(native) = native {
            field.native_types.insert("mongoose".to_owned(), native.to_owned());
        }
        match (&ty, options.and_then(|options| options.value("of"))) {
            (DataType::Map(_), Some(of)) => DataType::Map(Box::new(self.item(here, field, of))),
            // `{ type: Array, of: String }`
            (DataType::Array(_), Some(of)) => self.item(here, field, of).array(),
            _ => ty,
        }
    }

    fn unknown_type(&mut self, here: &Here<'_>, at: At<'p>, name: &str) -> DataType {
        let hint = did_you_mean(name, types::NAMES);
        let subject = match hint {
            Some(hint) => format!("{} (`{name}`: {hint})", here.subject()),
            None => format!("{} (`{name}`)", here.subject()),
        };
        self.told.lose(Lost::UnknownType, subject, place(at));
        DataType::Mixed
    }

    /// A value in a list or map.
    fn item(&mut self, here: &Here<'_>, field: &mut Field, item: At<'p>) -> DataType {
        if here.depth > DEEPEST {
            return DataType::Mixed;
        }
        let here = Here { depth: here.depth + 1, ..here.clone() };
        match self.shape(&here, item) {
            Shape::Path(ty, options) => {
                let meant = self.type_at(&here, field, ty, Some(&options));
                field.ty = meant;
                self.options(&here, field, &options, Bearer::Item);
                std::mem::replace(&mut field.ty, DataType::Mixed)
            }
            Shape::Object(flat) if flat.members.is_empty() => DataType::Mixed,
            Shape::Object(flat) if points::is_point(self.program, &flat) => DataType::GeoPoint,
            Shape::Object(flat) => {
                field.keeps_id = keeps_id(&flat);
                field.fields = self.fields(&here, &flat);
                DataType::Object
            }
            Shape::Type(at) => self.type_at(&here, field, at, None),
        }
    }

    /// `type: { a: String }`, which makes a schema of its own.
    fn object_type(&mut self, here: &Here<'_>, field: &mut Field, object: At<'p>) -> DataType {
        let flat = self.program.members(object);
        if flat.members.is_empty() {
            return DataType::Mixed;
        }
        if points::is_point(self.program, &flat) {
            return DataType::GeoPoint;
        }
        field.keeps_id = keeps_id(&flat);
        field.fields = self.fields(here, &flat);
        DataType::Object
    }

    /// A schema as a type: an entity that is embedded, or an object in place.
    fn schema_type(&mut self, here: &Here<'_>, field: &mut Field, schema: Place) -> DataType {
        if self.points.contains(&schema) {
            return DataType::GeoPoint;
        }
        if let Some(entity) = self.embedded.get(&schema) {
            return DataType::Embedded(*entity);
        }
        let Some(site) = self.sites.schemas.get(&schema) else { return DataType::Mixed };
        let options = site.options.and_then(|options| self.program.resolve(options).at());
        let options = options.map(|options| self.program.members(options));
        let has_id = options.as_ref().and_then(|options| options.value("_id"));
        if let Some(options) = &options {
            self.tell_lost_options(here, options);
        }
        let Some(definition) = site.definition else { return DataType::Mixed };
        let Some(object) = self.program.resolve(definition).at() else { return DataType::Mixed };
        let flat = self.program.members(object);
        field.keeps_id = has_id.and_then(|id| self.program.flag(id)).unwrap_or(true)
            && flat.value("_id").is_none();
        field.fields = self.fields(here, &flat);
        DataType::Object
    }

    /// Options of a schema in place that an object cannot have.
    fn tell_lost_options(&mut self, here: &Here<'_>, options: &Flat<'p>) {
        for (name, (module, member)) in &options.members {
            if !matches!(name.as_ref(), "_id" | "suppressReservedKeysWarning" | "id") {
                let subject = format!("`{name}` of {}", here.subject());
                self.told.lose(Lost::SchemaOption, subject, (*module, member.at));
            }
        }
    }
}

/// Whether an object keeps an `_id`, which Mongoose gives it unless it says otherwise.
fn keeps_id(flat: &Flat<'_>) -> bool {
    flat.value("_id").is_none()
}
