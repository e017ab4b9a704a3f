//! Every rule finds what it looks for, stays silent without it, and its fix mends it.

use lunette::checks::{self, RULES, finding::Finding};
use lunette::model::Model;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Check, Entity, EntityKind};
use lunette::model::enumeration::{Enumeration, EnumerationValue};
use lunette::model::field::{DefaultValue, Field, Literal, Number};
use lunette::model::id::{EntityId, EnumerationId, FieldId, IdMint, ReferenceId};
use lunette::model::index::Index;
use lunette::model::key::{Key, KeyKind};
use lunette::model::reference::{Cardinality, Reference, ReferentialAction};

/// A model under construction.
struct Draft {
    model: Model,
    mint: IdMint,
}

impl Draft {
    fn new() -> Self {
        Self { model: Model::new(), mint: IdMint::from_text("checks") }
    }

    fn entity(&mut self, name: &str, kind: EntityKind) -> EntityId {
        let id = self.mint.mint();
        self.model.put_entity(Entity::new(id, name, kind));
        id
    }

    fn table(&mut self, name: &str) -> EntityId {
        self.entity(name, EntityKind::Table)
    }

    fn collection(&mut self, name: &str) -> EntityId {
        self.entity(name, EntityKind::Collection)
    }

    fn field(&mut self, entity: EntityId, name: &str, ty: DataType) -> FieldId {
        let id = self.mint.mint();
        self.model.entity_mut(entity).unwrap().fields.push(Field::new(id, name, ty));
        id
    }

    fn change(&mut self, entity: EntityId, field: FieldId, change: impl FnOnce(&mut Field)) {
        change(self.model.entity_mut(entity).unwrap().field_mut(field).unwrap());
    }

    fn key(&mut self, entity: EntityId, fields: &[FieldId]) {
        let key = Key {
            id: self.mint.mint(),
            kind: KeyKind::Primary,
            fields: fields.to_vec(),
            name: None,
        };
        self.model.entity_mut(entity).unwrap().keys.push(key);
    }

    /// A table with the key `id`.
    fn keyed(&mut self, name: &str) -> (EntityId, FieldId) {
        let entity = self.table(name);
        let id = self.field(entity, "id", DataType::INTEGER);
        self.key(entity, &[id]);
        (entity, id)
    }

    fn index(&mut self, entity: EntityId, fields: &[FieldId]) -> &mut Index {
        let index = Index::over(self.mint.mint(), fields.iter().copied());
        let indexes = &mut self.model.entity_mut(entity).unwrap().indexes;
        indexes.push(index);
        indexes.last_mut().unwrap()
    }

    fn reference(
        &mut self,
        (from, from_fields): (EntityId, &[FieldId]),
        (to, to_fields): (EntityId, &[FieldId]),
    ) -> ReferenceId {
        let mut reference = Reference::new(self.mint.mint(), from, to);
        reference.from.fields = from_fields.to_vec();
        reference.to.fields = to_fields.to_vec();
        reference.to.cardinality = Cardinality::ZeroOrOne;
        let id = reference.id;
        self.model.put_reference(reference);
        id
    }

    fn enumeration(&mut self, name: &str, values: &[&str]) -> EnumerationId {
        let mut enumeration = Enumeration::new(self.mint.mint(), name);
        for value in values {
            let value = EnumerationValue {
                id: self.mint.mint(),
                name: (*value).to_owned(),
                note: String::new(),
            };
            enumeration.values.push(value);
        }
        let id = enumeration.id;
        self.model.put_enumeration(enumeration);
        id
    }

    /// Two keyed tables, `Child.parent` pointing at `Parent.id`.
    fn family(&mut self) -> (EntityId, FieldId, ReferenceId) {
        let (parent, parent_id) = self.keyed("Parent");
        let (child, _) = self.keyed("Child");
        let field = self.field(child, "parent", DataType::INTEGER);
        let reference = self.reference((child, &[field]), (parent, &[parent_id]));
        (child, field, reference)
    }
}

/// Each rule with a model that breaks it once.
fn broken(rule: &str) -> Draft {
    let mut draft = Draft::new();
    let d = &mut draft;
    match rule {
        "empty-name" => {
            let (entity, _) = d.keyed("User");
            d.field(entity, " ", DataType::Text);
        }
        "duplicate-name" => {
            d.keyed("User");
            d.keyed("user");
        }
        "duplicate-field" => {
            let (entity, _) = d.keyed("User");
            d.field(entity, "ID", DataType::Text);
        }
        "same-collection" => {
            for name in ["User", "Users"] {
                let entity = d.collection(name);
                d.field(entity, "name", DataType::Text);
            }
        }
        "reserved-name" => {
            d.keyed("order");
        }
        "name-length" => {
            d.keyed(&"ä".repeat(32));
        }
        "auto-increment" => {
            let (entity, _) = d.keyed("User");
            let field = d.field(entity, "number", DataType::Text);
            d.change(entity, field, |field| field.auto_increment = true);
        }
        "default-type" => {
            let (entity, _) = d.keyed("User");
            let field = d.field(entity, "age", DataType::INTEGER);
            let half = Number::parse("0.5").unwrap();
            let default = DefaultValue::Value(Literal::Number(half));
            d.change(entity, field, |field| field.default = Some(default));
        }
        "default-not-in-enumeration" => {
            let status = d.enumeration("Status", &["open"]);
            let (entity, _) = d.keyed("Task");
            let field = d.field(entity, "status", DataType::Enumeration(status));
            let default = DefaultValue::Value(Literal::Text("done".to_owned()));
            d.change(entity, field, |field| field.default = Some(default));
        }
        "impossible-limits" => {
            let (entity, _) = d.keyed("User");
            let field = d.field(entity, "name", DataType::Text);
            d.change(entity, field, |field| {
                field.min_length = Some(3);
                field.max_length = Some(2);
            });
        }
        "open-expression" => {
            let (entity, _) = d.keyed("User");
            let check = Check {
                id: d.mint.mint(),
                name: None,
                expression: "1); DROP TABLE users".to_owned(),
                note: String::new(),
            };
            d.model.entity_mut(entity).unwrap().checks.push(check);
        }
        "empty-enumeration" | "unused-enumeration" => {
            let values: &[&str] = if rule == "empty-enumeration" { &[] } else { &["open"] };
            let status = d.enumeration("Status", values);
            if rule == "empty-enumeration" {
                let (entity, _) = d.keyed("Task");
                d.field(entity, "status", DataType::Enumeration(status));
            }
        }
        "duplicate-enumeration-value" => {
            let status = d.enumeration("Status", &["open", "open"]);
            let (entity, _) = d.keyed("Task");
            d.field(entity, "status", DataType::Enumeration(status));
        }
        _ => broken_link(rule, d),
    }
    draft
}

/// The rules about fields, keys and references.
fn broken_link(rule: &str, d: &mut Draft) {
    match rule {
        "empty-entity" => {
            d.collection("User");
        }
        "missing-key" => {
            let entity = d.table("User");
            d.field(entity, "name", DataType::Text);
        }
        "reference-fields" => {
            let (child, _, reference) = d.family();
            let second = d.field(child, "second", DataType::INTEGER);
            d.model.reference_mut(reference).unwrap().from.fields.push(second);
        }
        "key-type-mismatch" => {
            let (child, field, _) = d.family();
            d.change(child, field, |field| field.ty = DataType::Uuid);
        }
        "referenced-not-unique" => {
            let (_, _, reference) = d.family();
            let parent = d.model.entity_named("Parent").unwrap().id;
            let name = d.field(parent, "number", DataType::INTEGER);
            d.model.reference_mut(reference).unwrap().to.fields = vec![name];
        }
        "contradictory-cardinality" => {
            let (_, _, reference) = d.family();
            d.model.reference_mut(reference).unwrap().to.cardinality = Cardinality::ExactlyOne;
        }
        "set-action" => {
            let (child, field, reference) = d.family();
            d.change(child, field, |field| field.required = true);
            let reference = d.model.reference_mut(reference).unwrap();
            reference.to.cardinality = Cardinality::ExactlyOne;
            reference.on_delete = ReferentialAction::SetNull;
        }
        "required-cycle" => {
            let (entity, id) = d.keyed("Node");
            let field = d.field(entity, "next", DataType::INTEGER);
            d.change(entity, field, |field| field.required = true);
            let reference = d.reference((entity, &[field]), (entity, &[id]));
            d.model.reference_mut(reference).unwrap().to.cardinality = Cardinality::ExactlyOne;
        }
        "reference-without-index" => {
            d.family();
        }
        _ => broken_document(rule, d),
    }
}

/// The rules about embedding, documents and indexes.
fn broken_document(rule: &str, d: &mut Draft) {
    match rule {
        "reference-to-embedded" => {
            let embedded = d.entity("Address", EntityKind::Embedded);
            d.field(embedded, "city", DataType::Text);
            let user = d.collection("User");
            let field = d.field(user, "address", DataType::ObjectId);
            d.reference((user, &[field]), (embedded, &[]));
        }
        "embedding-cycle" => {
            let embedded = d.entity("Comment", EntityKind::Embedded);
            let field = d.field(embedded, "reply", DataType::Embedded(embedded));
            d.change(embedded, field, |field| field.required = true);
        }
        "binary-in-document" => {
            let user = d.collection("User");
            d.field(user, "avatar", DataType::Binary { length: None });
        }
        "unbounded-array" => {
            let embedded = d.entity("Comment", EntityKind::Embedded);
            d.field(embedded, "text", DataType::Text);
            let post = d.collection("Post");
            d.field(post, "comments", DataType::Embedded(embedded).array());
        }
        "expiring-index" => {
            let session = d.collection("Session");
            let field = d.field(session, "token", DataType::Text);
            d.index(session, &[field]).expire_after_seconds = Some(60);
        }
        "redundant-index" => {
            let (user, id) = d.keyed("User");
            d.index(user, &[id]);
        }
        "join-table" => {
            let [(user, user_id), (role, role_id)] = [d.keyed("User"), d.keyed("Role")];
            let join = d.table("user_roles");
            let fields = ["user_id", "role_id"].map(|name| d.field(join, name, DataType::INTEGER));
            for field in fields {
                d.change(join, field, |field| field.required = true);
            }
            d.key(join, &fields);
            d.index(join, &fields[1..]);
            d.reference((join, &fields[..1]), (user, &[user_id]));
            d.reference((join, &fields[1..]), (role, &[role_id]));
        }
        "view-without-query" => {
            let view = d.entity("Totals", EntityKind::View);
            d.field(view, "total", DataType::INTEGER);
        }
        other => panic!("the rule `{other}` has no model that breaks it"),
    }
}

fn of_rule(model: &Model, rule: &str) -> Vec<Finding> {
    let findings = checks::check(model, "postgres").into_iter();
    findings.filter(|finding| finding.rule == rule).collect()
}

#[test]
fn every_rule_finds_what_it_looks_for_once() {
    for rule in RULES {
        let found = of_rule(&broken(rule.id).model, rule.id);
        assert_eq!(found.len(), 1, "{}: {found:?}", rule.id);
        assert!(found.iter().all(|f| f.diagnostic.hint.is_some()), "{} has no hint", rule.id);
    }
}

#[test]
fn every_fix_mends_what_was_found() {
    let mut mended = Vec::new();
    for rule in RULES {
        let Draft { mut model, mut mint } = broken(rule.id);
        for finding in of_rule(&model, rule.id) {
            if let Some(fix) = finding.fix {
                fix.apply(&mut model, &mut mint, finding.element);
                mended.push(rule.id);
            }
        }
        let left = of_rule(&model, rule.id);
        assert!(left.is_empty() || !mended.contains(&rule.id), "{}: {left:?}", rule.id);
    }
    assert!(mended.len() >= 9, "{mended:?}");
}

#[test]
fn a_sound_model_has_no_findings() {
    let mut draft = Draft::new();
    let (child, field, _) = draft.family();
    draft.index(child, &[field]);
    let status = draft.enumeration("Status", &["open", "done"]);
    draft.field(child, "status", DataType::Enumeration(status));
    let findings = checks::check(&draft.model, "postgres");
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn rules_have_distinct_ids_and_summaries() {
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len());
    assert!(RULES.iter().all(|rule| !rule.summary.is_empty()));
}
