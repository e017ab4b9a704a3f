//! Short ways to say a model. Ids are minted from the project's name, so they are the same in
//! every run.

use lunette::base::geom::Point;
use lunette::diagram::placement::Placement;
use lunette::document::project::Project;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Check, Entity, EntityKind};
use lunette::model::enumeration::{Enumeration, EnumerationValue};
use lunette::model::field::{DefaultValue, Field, Literal};
use lunette::model::id::{
    EntityId, EnumerationId, FieldId, IdMint, IndexId, KeyId, NamespaceId, NodeId, ReferenceId,
};
use lunette::model::index::Index;
use lunette::model::key::{Key, KeyKind};
use lunette::model::namespace::Namespace;
use lunette::model::reference::{Cardinality, Reference};

/// A project under construction.
pub(crate) struct Builder {
    /// What was built so far.
    pub(crate) project: Project,
    /// Where new ids come from.
    pub(crate) mint: IdMint,
}

impl Builder {
    /// An empty project of that name with one diagram.
    pub(crate) fn new(name: &str) -> Self {
        let mut mint = IdMint::from_text(name);
        Self { project: Project::new(name, &mut mint), mint }
    }

    /// A collection with an `_id`.
    pub(crate) fn collection(&mut self, name: &str) -> EntityId {
        let entity = self.entity(name, EntityKind::Collection);
        let id = self.field_with(entity, "_id", DataType::ObjectId, |field| {
            field.required = true;
            field.default = Some(DefaultValue::Generated);
        });
        self.primary_key(entity, &[id]);
        entity
    }

    /// A table without columns.
    pub(crate) fn table(&mut self, name: &str) -> EntityId {
        self.entity(name, EntityKind::Table)
    }

    /// An embedded type without fields.
    pub(crate) fn embedded(&mut self, name: &str) -> EntityId {
        self.entity(name, EntityKind::Embedded)
    }

    /// An entity of that kind without fields.
    pub(crate) fn entity(&mut self, name: &str, kind: EntityKind) -> EntityId {
        let entity = Entity::new(self.mint.mint(), name, kind);
        let id = entity.id;
        self.project.model.put_entity(entity);
        id
    }

    /// Changes an entity.
    pub(crate) fn change(&mut self, entity: EntityId, change: impl FnOnce(&mut Entity)) {
        change(self.project.model.entity_mut(entity).unwrap());
    }

    /// A namespace.
    pub(crate) fn namespace(&mut self, name: &str, note: &str) -> NamespaceId {
        let id = self.mint.mint();
        let namespace = Namespace { id, name: name.to_owned(), note: note.to_owned() };
        self.project.model.put_namespace(namespace);
        id
    }

    /// An enumeration of these values.
    pub(crate) fn enumeration(&mut self, name: &str, values: &[&str]) -> EnumerationId {
        let mut enumeration = Enumeration::new(self.mint.mint(), name);
        for value in values {
            let value = (*value).to_owned();
            enumeration.values.push(EnumerationValue {
                id: self.mint.mint(),
                name: value,
                note: String::new(),
            });
        }
        let id = enumeration.id;
        self.project.model.put_enumeration(enumeration);
        id
    }

    /// An optional field.
    pub(crate) fn field(&mut self, entity: EntityId, name: &str, ty: DataType) -> FieldId {
        self.field_with(entity, name, ty, |_| {})
    }

    /// A field that must have a value.
    pub(crate) fn required(&mut self, entity: EntityId, name: &str, ty: DataType) -> FieldId {
        self.field_with(entity, name, ty, |field| field.required = true)
    }

    /// A field with rules.
    pub(crate) fn field_with(
        &mut self,
        entity: EntityId,
        name: &str,
        ty: DataType,
        rules: impl FnOnce(&mut Field),
    ) -> FieldId {
        let mut field = Field::new(self.mint.mint(), name, ty);
        rules(&mut field);
        let id = field.id;
        self.change(entity, |entity| entity.fields.push(field));
        id
    }

    /// A field inside a nested object.
    pub(crate) fn nested(
        &mut self,
        entity: EntityId,
        parent: FieldId,
        name: &str,
        ty: DataType,
    ) -> FieldId {
        let field = Field::new(self.mint.mint(), name, ty);
        let id = field.id;
        self.change(entity, |entity| entity.field_mut(parent).unwrap().fields.push(field));
        id
    }

    /// The primary key over these fields.
    pub(crate) fn primary_key(&mut self, entity: EntityId, fields: &[FieldId]) -> KeyId {
        self.key(entity, KeyKind::Primary, fields, None)
    }

    /// A key over these fields.
    pub(crate) fn key(
        &mut self,
        entity: EntityId,
        kind: KeyKind,
        fields: &[FieldId],
        name: Option<&str>,
    ) -> KeyId {
        let id = self.mint.mint();
        let key = Key { id, kind, fields: fields.to_vec(), name: name.map(str::to_owned) };
        self.change(entity, |entity| entity.keys.push(key));
        id
    }

    /// An index over these fields, with what else makes it.
    pub(crate) fn index_with(
        &mut self,
        entity: EntityId,
        fields: &[FieldId],
        rules: impl FnOnce(&mut Index),
    ) -> IndexId {
        let mut index = Index::over(self.mint.mint(), fields.iter().copied());
        rules(&mut index);
        let id = index.id;
        self.change(entity, |entity| entity.indexes.push(index));
        id
    }

    /// A condition on every record.
    pub(crate) fn check(
        &mut self,
        entity: EntityId,
        name: Option<&str>,
        expression: &str,
        note: &str,
    ) {
        let check = Check {
            id: self.mint.mint(),
            name: name.map(str::to_owned),
            expression: expression.to_owned(),
            note: note.to_owned(),
        };
        self.change(entity, |entity| entity.checks.push(check));
    }

    /// A reference from these fields to the primary key of `to`: many to exactly one.
    pub(crate) fn reference(
        &mut self,
        from: EntityId,
        fields: &[FieldId],
        to: EntityId,
    ) -> ReferenceId {
        self.reference_with(from, fields, to, |_| {})
    }

    /// A reference with what else makes it.
    pub(crate) fn reference_with(
        &mut self,
        from: EntityId,
        fields: &[FieldId],
        to: EntityId,
        rules: impl FnOnce(&mut Reference),
    ) -> ReferenceId {
        let mut reference = Reference::new(self.mint.mint(), from, to);
        reference.from.fields = fields.to_vec();
        rules(&mut reference);
        let id = reference.id;
        self.project.model.put_reference(reference);
        id
    }

    /// A many-to-many reference without fields.
    pub(crate) fn many_to_many(&mut self, from: EntityId, to: EntityId) -> ReferenceId {
        self.reference_with(from, &[], to, |reference| {
            reference.to.cardinality = Cardinality::ZeroOrMore;
        })
    }

    /// Stands a card there in the first diagram.
    pub(crate) fn place(&mut self, node: impl Into<NodeId>, x: f64, y: f64) {
        let diagram = self.project.first_diagram().unwrap().id;
        let placement = Placement::at(Point::new(x, y));
        self.project.diagram_mut(diagram).unwrap().placements.insert(node.into(), placement);
    }
}

/// The default that is this text.
pub(crate) fn text_default(text: &str) -> DefaultValue {
    DefaultValue::Value(Literal::Text(text.to_owned()))
}
