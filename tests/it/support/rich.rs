//! Random models that use most of what a model can say, under names that any format can hold; the
//! same for the same seed.

use lunette::document::project::Project;
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;
use lunette::model::field::{DefaultValue, Field, Literal, Number};
use lunette::model::id::{EntityId, EnumerationId, FieldId, NodeId};
use lunette::model::index::{IndexKind, SortOrder};
use lunette::model::key::KeyKind;
use lunette::model::reference::{Cardinality, ReferentialAction};

use super::builder::{Builder, text_default};
use super::random::Random;

/// A project of documents, or of tables where the seed is odd.
pub(crate) fn rich_project(seed: u64) -> Project {
    let mut rich = Rich {
        random: Random::from_seed(seed),
        build: Builder::new(&format!("Rich {seed}")),
        choices: Vec::new(),
        embedded: Vec::new(),
        is_documents: seed.is_multiple_of(2),
    };
    rich.choices = (0..3)
        .map(|n| rich.build.enumeration(&format!("Choice{n}"), &["first", "second", "third"]))
        .collect();
    if rich.is_documents {
        for n in 0..2 {
            let part = rich.build.embedded(&format!("Part{n}"));
            rich.fields(part, 3);
            rich.embedded.push(part);
        }
    }
    let entities: Vec<EntityId> = (0..8).map(|n| rich.entity(n)).collect();
    for n in 0..10 {
        rich.reference(n, &entities);
    }
    let members = entities.iter().take(3).map(|id| NodeId::Entity(*id)).collect();
    let area = Area {
        id: rich.build.mint.mint(),
        name: "Somewhere".to_owned(),
        color: ColorToken::ALL[3],
        members,
        note: "A part of it".to_owned(),
    };
    rich.build.project.model.put_area(area);
    rich.build.project
}

struct Rich {
    random: Random,
    build: Builder,
    choices: Vec<EnumerationId>,
    embedded: Vec<EntityId>,
    is_documents: bool,
}

impl Rich {
    fn one_in(&mut self, n: usize) -> bool {
        self.random.below(n) == 0
    }

    fn entity(&mut self, n: usize) -> EntityId {
        let name = format!("Entity{n}");
        let entity = if self.is_documents {
            self.build.collection(&name)
        } else {
            let table = self.build.entity(&name, EntityKind::Table);
            let id =
                self.build.field_with(table, "id", DataType::Integer(IntegerSize::Big), |id| {
                    id.required = true;
                    id.auto_increment = n.is_multiple_of(2);
                });
            self.build.primary_key(table, &[id]);
            table
        };
        let fields = self.fields(entity, 8);
        let [first, second, ..] = fields.as_slice() else { return entity };
        let (first, second) = (*first, *second);
        if self.one_in(3) {
            self.build.key(entity, KeyKind::Alternate, &[first, second], None);
        }
        let kind = self.random.below(4);
        self.build.index_with(entity, &[second, first], |index| match kind {
            0 => index.parts[0].order = SortOrder::Descending,
            1 => index.unique = true,
            2 => index.name = Some(format!("index_{n}")),
            _ => index.kind = IndexKind::Ordered,
        });
        let (has_note, has_moments) = (self.one_in(3), self.one_in(3));
        let is_table = !self.is_documents;
        self.build.change(entity, |entity| {
            entity.timestamps = has_moments;
            if has_note {
                entity.note = format!("What entity {n} is for");
            }
        });
        if is_table && self.one_in(3) {
            self.build.check(entity, Some(&format!("check_{n}")), "id > 0", "");
        }
        entity
    }

    /// Plain fields first, so that keys and indexes can take them.
    fn fields(&mut self, entity: EntityId, n_fields: usize) -> Vec<FieldId> {
        let plain = ["code", "title"]
            .map(|name| self.build.required(entity, name, DataType::String { length: Some(40) }));
        for n in 0..n_fields {
            let ty = self.ty();
            let mut field = Field::new(self.build.mint.mint(), format!("field{n}"), ty);
            self.rules(&mut field);
            self.build.change(entity, |entity| entity.fields.push(field));
        }
        plain.to_vec()
    }

    fn ty(&mut self) -> DataType {
        let choice = self.choices[self.random.below(self.choices.len())];
        match self.random.below(if self.is_documents { 16 } else { 13 }) {
            0 => DataType::Text,
            1 => DataType::INTEGER,
            2 => DataType::Integer(IntegerSize::Big),
            3 => DataType::Decimal { precision: Some(12), scale: Some(2) },
            4 => DataType::Double,
            5 => DataType::Boolean,
            6 => DataType::DateTime { zoned: true },
            7 => DataType::Uuid,
            8 | 9 => DataType::Enumeration(choice),
            10 => DataType::Date,
            11 => DataType::Json,
            12 => DataType::Binary { length: None },
            13 => DataType::STRING.array(),
            14 => DataType::Embedded(self.embedded.first().copied().unwrap()),
            _ => DataType::Object,
        }
    }

    fn rules(&mut self, field: &mut Field) {
        field.required = self.one_in(2);
        if self.one_in(4) {
            field.note = format!("What {} means", field.name);
        }
        let is_rare = self.one_in(3);
        match &field.ty {
            DataType::Object => {
                field.required = false;
                for name in ["inner", "other"] {
                    let id = self.build.mint.mint();
                    field.fields.push(Field::new(id, name, DataType::STRING));
                }
            }
            DataType::Text if is_rare => {
                field.trim = true;
                field.min_length = Some(2);
                field.pattern = Some("^[a-z]+$".to_owned());
            }
            DataType::Integer(_) => {
                field.unique = is_rare;
                field.min = Some(Number::from(1));
                field.default = (!is_rare).then(|| DefaultValue::Value(Literal::Number(7.into())));
            }
            DataType::Boolean => field.default = Some(DefaultValue::Value(Literal::Boolean(true))),
            DataType::DateTime { .. } if is_rare => field.default = Some(DefaultValue::Now),
            DataType::Uuid if is_rare => field.default = Some(DefaultValue::Generated),
            DataType::Enumeration(_) if is_rare => field.default = Some(text_default("second")),
            DataType::Double => (field.hidden, field.immutable) = (is_rare, !is_rare),
            _ => {}
        }
    }

    fn reference(&mut self, n: usize, entities: &[EntityId]) {
        let from = entities[self.random.below(entities.len())];
        let to = entities[self.random.below(entities.len())];
        let ty = if self.is_documents {
            DataType::ObjectId
        } else {
            DataType::Integer(IntegerSize::Big)
        };
        let is_required = self.one_in(2);
        let is_single = self.one_in(4);
        let field = self.build.field_with(from, &format!("link{n}Id"), ty, |field| {
            field.required = is_required;
            field.unique = is_single;
        });
        let acts = !self.is_documents && self.one_in(2);
        let has_role = self.one_in(3);
        self.build.reference_with(from, &[field], to, |reference| {
            if !is_required {
                reference.to.cardinality = Cardinality::ZeroOrOne;
            }
            if is_single {
                reference.from.cardinality = Cardinality::ZeroOrOne;
            }
            if acts {
                reference.on_delete = ReferentialAction::Cascade;
            }
            if has_role {
                reference.from.role = Some(format!("followers{n}"));
            }
        });
    }
}
