//! References as pairs of fields, one at each end.
//!
//! Must not know how other fields are written.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::ident::{Case, UniqueNames, with_case};
use crate::base::plural::plural_keeping_case;
use crate::formats::code::{code, join};
use crate::formats::prisma::fields::Written;
use crate::formats::prisma::plan::Plan;
use crate::formats::prisma::text::{self, Code, Row, member_name, string, words};
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{ElementId, EntityId, FieldId, ReferenceId};
use crate::model::reference::{End, Reference, ReferentialAction};

/// What is known of a reference before its fields are named.
struct Relation<'a> {
    reference: &'a Reference,
    from: &'a Entity,
    to: &'a Entity,
    /// Names of the fields that refer, none for two lists.
    fields: Vec<String>,
    /// Names of the fields that are referred to.
    referenced: Vec<String>,
    is_optional: bool,
    is_one_to_one: bool,
}

impl Relation<'_> {
    fn pair(&self) -> [EntityId; 2] {
        let mut pair = [self.from.id, self.to.id];
        pair.sort();
        pair
    }
}

impl<'a> Plan<'a> {
    /// The lines that relations add to each block, in the order of the references.
    pub(super) fn relation_rows(
        &mut self,
        ids: &BTreeMap<EntityId, String>,
        ignored: &BTreeSet<EntityId>,
    ) -> BTreeMap<EntityId, Vec<Row>> {
        let model = self.model;
        let mut relations = Vec::new();
        for reference in model.references() {
            match self.relation(reference, ids, ignored) {
                Ok(relation) => relations.push(relation),
                Err(reason) => {
                    let ends = [reference.from.entity, reference.to.entity];
                    let [from, to] = ends.map(|id| model.display_name(id.into()));
                    self.lose(reason, &format!("{from} → {to}"));
                }
            }
        }
        // As a reader of the schema comes upon them.
        let place = |id| model.entities().position(|entity| entity.id == id);
        relations.sort_by_cached_key(|relation| {
            let from = place(relation.from.id);
            if relation.fields.is_empty() { from.min(place(relation.to.id)) } else { from }
        });
        let names = self.names_of(&relations);
        let mut acting = Acting::default();
        let mut rows: BTreeMap<EntityId, Vec<Row>> = BTreeMap::new();
        for relation in &relations {
            let name = names.get(&relation.reference.id);
            let [there, back] = self.rows_of(relation, name, &mut acting);
            rows.entry(relation.from.id).or_default().push(there);
            rows.entry(relation.to.id).or_default().push(back);
        }
        rows
    }

    fn relation(
        &self,
        reference: &'a Reference,
        ids: &BTreeMap<EntityId, String>,
        ignored: &BTreeSet<EntityId>,
    ) -> Result<Relation<'a>, &'static str> {
        let ends = [&reference.from, &reference.to];
        let [Some(from), Some(to)] = ends.map(|end| self.model.entity(end.entity)) else {
            return Err("references that lead nowhere are left out");
        };
        let is_model = |entity: &Entity| {
            let is_stored = matches!(entity.kind, EntityKind::Collection | EntityKind::Table);
            is_stored && self.block(entity.id).is_some() && !ignored.contains(&entity.id)
        };
        if !is_model(from) || !is_model(to) {
            return Err("references of what is no model are left out");
        }
        let mut relation = Relation {
            reference,
            from,
            to,
            fields: Vec::new(),
            referenced: Vec::new(),
            is_optional: false,
            is_one_to_one: false,
        };
        if reference.from.fields.is_empty() {
            let has_id = |entity: &Entity| {
                ids.contains_key(&entity.id)
                    || entity.fields.iter().any(|field| self.is_id(entity, field))
            };
            let is_possible = reference.is_many_to_many() && !self.provider.is_documents;
            return if is_possible && has_id(from) && has_id(to) {
                Ok(relation)
            } else {
                Err(
                    "references without fields between models without a key of one field are left out",
                )
            };
        }
        self.resolve(&mut relation, ids)?;
        Ok(relation)
    }

    fn resolve(
        &self,
        relation: &mut Relation<'a>,
        ids: &BTreeMap<EntityId, String>,
    ) -> Result<(), &'static str> {
        let Relation { reference, from, to, .. } = *relation;
        let top = |entity: &'a Entity, id: FieldId| entity.fields.iter().find(|one| one.id == id);
        let referenced = self.model.referenced_fields(reference);
        let fields: Option<Vec<_>> =
            reference.from.fields.iter().map(|id| top(from, *id)).collect();
        let others: Option<Vec<_>> = referenced.iter().map(|id| top(to, *id)).collect();
        let (Some(fields), Some(others)) = (fields, others) else {
            return Err("references of nested fields are left out");
        };
        let holding: Vec<_> = fields.iter().map(|field| self.written(field)).collect();
        if fields.iter().any(|field| field.ty.is_array()) {
            return Err("references by a list of keys are plain lists");
        }
        let mismatch = Err("references between fields of different types are left out");
        if let (true, [only], Some(id)) = (others.is_empty(), holding.as_slice(), ids.get(&to.id)) {
            if only.base != "String" {
                return mismatch;
            }
            relation.referenced = vec![id.clone()];
        } else {
            let held: Vec<_> = others.iter().map(|field| self.written(field)).collect();
            let is_same = holding.len() == held.len()
                && holding.iter().zip(&held).all(|(a, b)| {
                    // What MongoDB joins is compared as it is stored.
                    a.base == b.base && (a.native == b.native || !self.provider.is_documents)
                });
            if !is_same || !held.iter().all(Written::is_indexable) {
                return mismatch;
            }
            if !self.is_unique_over(to, &referenced) {
                return Err("references to what is not unique are left out");
            }
            relation.referenced = referenced.iter().map(|id| self.field_name(*id)).collect();
        }
        relation.fields = reference.from.fields.iter().map(|id| self.field_name(*id)).collect();
        relation.is_optional =
            fields.iter().any(|field| !field.required && !from.is_in_primary_key(field.id));
        relation.is_one_to_one = !reference.from.cardinality.is_many()
            || self.is_unique_over(from, &reference.from.fields);
        Ok(())
    }

    /// Whether the schema says that these fields are unique together.
    fn is_unique_over(&self, entity: &Entity, fields: &[FieldId]) -> bool {
        if let [only] = fields
            && let Some(field) = entity.field(*only)
        {
            return self.is_id(entity, field)
                || self.is_unique_alone(entity, field)
                || entity.indexes.iter().any(|index| {
                    index.unique
                        && index.parts.len() == 1
                        && index.parts.iter().all(|part| part.on.field() == Some(*only))
                });
        }
        entity.is_unique(fields)
    }

    fn rows_of(
        &mut self,
        relation: &Relation<'a>,
        name: Option<&String>,
        acting: &mut Acting,
    ) -> [Row; 2] {
        let Relation { reference, from, to, .. } = relation;
        let is_list = relation.fields.is_empty();
        let [from_block, to_block] =
            [from, to].map(|entity| self.block(entity.id).unwrap_or_default().to_owned());
        let there = role_or(&reference.to, || forward_name(&to_block, &relation.fields));
        let is_single = relation.is_one_to_one && !is_list;
        let back = role_or(&reference.from, || backward_name(&from_block, is_single));
        let there = self.relation_name(from.id, &there);
        let back = self.relation_name(to.id, &back);
        let quoted: Vec<_> = name.map(|name| string(name)).into_iter().collect();
        let mut arguments = quoted.clone();
        if !is_list {
            arguments.push(code!("fields: [", words(&relation.fields), "]"));
            arguments.push(code!("references: [", words(&relation.referenced), "]"));
            arguments.extend(self.actions(relation, acting));
            let map = reference.name.clone().filter(|_| self.provider.names_references);
            if let Some(map) = self.constraint_name(map, &from.name) {
                arguments.push(code!("map: ", string(&map)));
            }
        }
        let mark = match (is_list, relation.is_optional) {
            (true, _) => "[]",
            (false, true) => "?",
            (false, false) => "",
        };
        let back_mark = if is_list || !relation.is_one_to_one { "[]" } else { "?" };
        let row = |name: String, ty: Code, arguments: Vec<Code>| Row {
            element: Some(ElementId::Reference(reference.id)),
            note: String::new(),
            name: text::word(&name),
            ty,
            rest: if arguments.is_empty() {
                Code::default()
            } else {
                code!("@relation(", join(arguments, ", "), ")")
            },
        };
        let mut forward = row(there, code!(text::word(&to_block), mark), arguments);
        forward.note.clone_from(&reference.note);
        [forward, row(back, code!(text::word(&from_block), back_mark), quoted)]
    }

    /// Names for relations of which there are several between two models, and for those of lists.
    fn names_of(&self, relations: &[Relation<'_>]) -> BTreeMap<ReferenceId, String> {
        let mut counts: BTreeMap<[EntityId; 2], usize> = BTreeMap::new();
        for relation in relations {
            *counts.entry(relation.pair()).or_default() += 1;
        }
        let mut taken = UniqueNames::new();
        let mut names = BTreeMap::new();
        for relation in relations {
            let is_list = relation.fields.is_empty();
            let chosen =
                relation.reference.name.as_ref().filter(|name| is_list && !name.is_empty());
            let pair = relation.pair();
            let is_one_of_several = counts.get(&pair).is_some_and(|count| *count > 1);
            if chosen.is_none() && !is_one_of_several && pair[0] != pair[1] {
                continue;
            }
            let usual = || {
                let from = self.block(relation.from.id).unwrap_or(&relation.from.name);
                let from = with_case(from, Case::Pascal);
                format!("{from}_{}", relation.fields.join("_"))
            };
            // The name of two lists is that of a table.
            let clean = |name: &String| -> String {
                let clean = member_name(name, "Relation");
                clean.chars().take(60).collect()
            };
            let wanted = chosen.map_or_else(|| member_name(&usual(), "Relation"), clean);
            names.insert(relation.reference.id, taken.unique(&wanted, "_"));
        }
        names
    }

    fn relation_name(&mut self, entity: EntityId, wanted: &str) -> String {
        let taken = self.taken.entry(entity).or_default();
        taken.unique(&member_name(wanted, "relation"), "_")
    }

    /// What happens on delete and update, where it is not what Prisma does by itself.
    fn actions(&mut self, relation: &Relation<'a>, acting: &mut Acting) -> Vec<Code> {
        let reference = relation.reference;
        let usual_on_delete = if relation.is_optional {
            ReferentialAction::SetNull
        } else {
            ReferentialAction::Restrict
        };
        let [mut on_delete, mut on_update] = [reference.on_delete, reference.on_update]
            .map(|action| self.possible(relation, action));
        let acts = |action: ReferentialAction| action != ReferentialAction::NoAction;
        if !self.provider.acts_freely
            && (acts(on_delete) || acts(on_update))
            && !acting.takes(relation.from.id, relation.to.id)
        {
            self.lose("actions in circles and on several ways are left out", &relation.from.name);
            (on_delete, on_update) = (ReferentialAction::NoAction, ReferentialAction::NoAction);
        }
        let mut said = Vec::new();
        if on_delete != usual_on_delete {
            said.push(code!("onDelete: ", word(on_delete)));
        }
        if on_update != ReferentialAction::Cascade {
            said.push(code!("onUpdate: ", word(on_update)));
        }
        said
    }

    fn possible(
        &mut self,
        relation: &Relation<'a>,
        action: ReferentialAction,
    ) -> ReferentialAction {
        let fields = &relation.reference.from.fields;
        let is_required = |id: &FieldId| {
            relation.from.field(*id).is_some_and(|field| field.required)
                || relation.from.is_in_primary_key(*id)
        };
        let is_possible = match action {
            ReferentialAction::SetNull => !fields.iter().any(is_required),
            ReferentialAction::SetDefault => {
                !self.provider.is_documents && self.provider.target != "mysql"
            }
            // SQL Server has no word for it, and does the same.
            ReferentialAction::Restrict if self.provider.target == "sqlserver" => {
                return ReferentialAction::NoAction;
            }
            ReferentialAction::NoAction
            | ReferentialAction::Restrict
            | ReferentialAction::Cascade => true,
        };
        if is_possible {
            return action;
        }
        self.lose("actions that the database cannot take are left out", &relation.from.name);
        ReferentialAction::NoAction
    }
}

/// References that act, as long as none does so in a circle or on two ways.
#[derive(Default)]
struct Acting {
    reached: BTreeSet<(EntityId, EntityId)>,
}

impl Acting {
    /// Whether one more may act; it is remembered.
    fn takes(&mut self, from: EntityId, to: EntityId) -> bool {
        let before = |one: EntityId| self.reached.iter().filter(move |pair| pair.1 == one);
        let after = |one: EntityId| self.reached.iter().filter(move |pair| pair.0 == one);
        let sources: Vec<_> = before(from).map(|pair| pair.0).chain([from]).collect();
        let targets: Vec<_> = after(to).map(|pair| pair.1).chain([to]).collect();
        let pairs: Vec<_> = sources
            .iter()
            .flat_map(|source| targets.iter().map(move |target| (*source, *target)))
            .collect();
        if pairs.iter().any(|pair| pair.0 == pair.1 || self.reached.contains(pair)) {
            return false;
        }
        self.reached.extend(pairs);
        true
    }
}

/// The role of an end, or what it is called without one.
fn role_or(end: &End, usual: impl FnOnce() -> String) -> String {
    let role = end.role.clone().filter(|role| !role.is_empty());
    role.unwrap_or_else(usual)
}

/// What the field at the referencing end is called where no role says: after what it refers by, else
/// after what it leads to.
pub(super) fn forward_name<T: AsRef<str>>(target: &str, fields: &[T]) -> String {
    let target = with_case(target, Case::Camel);
    match fields {
        [] => plural_keeping_case(&target),
        [only] => {
            let only = only.as_ref();
            let cut = ["Id", "_id", "ID", "_ID"].into_iter().find_map(|end| only.strip_suffix(end));
            cut.filter(|rest| !rest.is_empty()).map_or(target, str::to_owned)
        }
        _ => target,
    }
}

/// What the field at the referenced end is called where no role says.
pub(super) fn backward_name(source: &str, is_one_to_one: bool) -> String {
    let source = with_case(source, Case::Camel);
    if is_one_to_one { source } else { plural_keeping_case(&source) }
}

fn word(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NoAction",
        ReferentialAction::Restrict => "Restrict",
        ReferentialAction::Cascade => "Cascade",
        ReferentialAction::SetNull => "SetNull",
        ReferentialAction::SetDefault => "SetDefault",
    }
}
