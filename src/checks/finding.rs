//! What a rule sees and what it says.

use crate::base::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{ElementId, IdMint};

/// One thing that is wrong or risky, where, and how to mend it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Id of the rule that found it.
    pub rule: &'static str,
    /// The element it is about.
    pub element: ElementId,
    /// What is said.
    pub diagnostic: Diagnostic,
    /// How a machine can mend it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Offers a way to mend it by machine.
    pub fn offer(&mut self, label: &'static str, apply: fn(&mut Model, &mut IdMint, ElementId)) {
        self.fix = Some(Fix { label, apply });
    }
}

/// A change that mends a finding; whoever applies it makes it one transaction.
#[derive(Clone, Copy, Debug)]
pub struct Fix {
    /// What it does, as a button and a step of undo say it.
    pub label: &'static str,
    apply: fn(&mut Model, &mut IdMint, ElementId),
}

impl Fix {
    /// Mends the finding's element.
    pub fn apply(self, model: &mut Model, mint: &mut IdMint, element: ElementId) {
        (self.apply)(model, mint, element);
    }
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(super) struct Findings {
    rule: &'static str,
    found: Vec<Finding>,
}

impl Findings {
    pub(super) fn new(rule: &'static str) -> Self {
        Self { rule, found: Vec::new() }
    }

    /// Adds a finding about `element`; the caller may offer a fix on it.
    pub(super) fn add(&mut self, element: ElementId, diagnostic: Diagnostic) -> &mut Finding {
        let finding = Finding { rule: self.rule, element, diagnostic, fix: None };
        self.found.push_mut(finding)
    }

    pub(super) fn into_vec(self) -> Vec<Finding> {
        self.found
    }
}

/// What a rule sees.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    /// Id of the export target that the project has in mind.
    pub(super) target: &'a str,
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Model, target: &'a str) -> Self {
        Self { model, target }
    }

    /// Every field of every entity, at every depth.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'a Entity, &'a Field)> {
        let entities = self.model.entities();
        entities
            .flat_map(|entity| entity.all_fields().into_iter().map(move |field| (entity, field)))
    }
}

/// Whether the entity's records are documents.
pub(super) fn is_document(entity: &Entity) -> bool {
    match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => true,
        EntityKind::Table | EntityKind::View => false,
    }
}

/// A field as people read it: `User.address.city`.
pub(super) fn field_name(entity: &Entity, field: &Field) -> String {
    let path: Vec<_> = entity.field_path(field.id).iter().map(|part| part.name.as_str()).collect();
    format!("{}.{}", entity.name, path.join("."))
}

/// A reference as people read it: `Order → User`.
pub(super) fn reference_name(
    model: &Model,
    reference: &crate::model::reference::Reference,
) -> String {
    let [from, to] =
        [&reference.from, &reference.to].map(|end| model.display_name(end.entity.into()));
    format!("{from} → {to}")
}
