//! Keys and indexes of a draft → those of an entity.

use crate::base::similar::did_you_mean;
use crate::formats::draft::entity::{DraftIndex, DraftKey, DraftTarget};
use crate::formats::draft::finish::Finisher;
use crate::formats::draft::name::FieldName;
use crate::model::entity::Entity;
use crate::model::field::Field;
use crate::model::id::FieldId;
use crate::model::index::{IndexPart, IndexTarget};
use crate::model::key::{Key, KeyKind};

impl Finisher {
    /// Gives an entity its keys: those of single fields at `keyed`, then those over lists of names.
    pub(super) fn keys(
        &mut self,
        entity: &mut Entity,
        owner: &str,
        keyed: &[Vec<usize>],
        drafts: Vec<DraftKey>,
    ) {
        let fields: Vec<FieldId> =
            keyed.iter().filter_map(|path| field_at(&entity.fields, path)).collect();
        self.add_key(entity, KeyKind::Primary, fields, None);
        for draft in drafts {
            let Some(fields) = self.all_fields(entity, owner, &draft.fields, "the key") else {
                continue;
            };
            let mut kind = draft.kind;
            if kind == KeyKind::Primary && entity.primary_key().is_some() {
                let message = format!("`{owner}` has two primary keys: one is an alternate key");
                self.warn(message, "make one of them unique instead", draft.span);
                kind = KeyKind::Alternate;
            }
            self.add_key(entity, kind, fields, draft.name);
        }
    }

    fn add_key(
        &mut self,
        entity: &mut Entity,
        kind: KeyKind,
        fields: Vec<FieldId>,
        name: Option<String>,
    ) {
        if fields.is_empty() {
            return;
        }
        if kind == KeyKind::Primary {
            for id in &fields {
                if let Some(field) = entity.field_mut(*id) {
                    field.required = true;
                }
            }
        }
        entity.keys.push(Key { id: self.mint.mint(), kind, fields, name });
    }

    /// Gives an entity its indexes; one over a field that is not there is left out.
    pub(super) fn indexes(&mut self, entity: &mut Entity, owner: &str, drafts: Vec<DraftIndex>) {
        for draft in drafts {
            let mut parts = Vec::with_capacity(draft.parts.len());
            let n_wanted = draft.parts.len();
            for part in draft.parts {
                let on = match part.on {
                    DraftTarget::Expression(text) => IndexTarget::Expression(text),
                    DraftTarget::Field(name) => {
                        match self.all_fields(entity, owner, &[name], "the index").as_deref() {
                            Some([id]) => IndexTarget::Field(*id),
                            Some(_) | None => break,
                        }
                    }
                };
                parts.push(IndexPart { on, order: part.order });
            }
            if parts.len() == n_wanted && n_wanted > 0 {
                let mut index = draft.index;
                index.id = self.mint.mint();
                index.parts = parts;
                entity.indexes.push(index);
            }
        }
    }

    /// The fields of these names; none when one is not there, which is told.
    pub(super) fn all_fields(
        &mut self,
        entity: &Entity,
        owner: &str,
        names: &[FieldName],
        what: &str,
    ) -> Option<Vec<FieldId>> {
        match find_fields(&entity.fields, names) {
            Ok(ids) => Some(ids),
            Err(name) => {
                self.tell_missing_field(entity, owner, name, what);
                None
            }
        }
    }

    /// Says that an entity lacks a field, and what becomes of what speaks of it.
    pub(super) fn tell_missing_field(
        &mut self,
        entity: &Entity,
        owner: &str,
        name: &FieldName,
        what: &str,
    ) {
        let shown = name.shown();
        let message = format!("`{owner}` has no field `{shown}`: {what} is left out");
        let names = || entity.fields.iter().map(|field| field.name.as_str());
        self.warn_of_slip(message, name.span, |_| did_you_mean(&shown, names()));
    }
}

/// The fields of these names, or the first name that no field has.
pub(super) fn find_fields<'a>(
    fields: &[Field],
    names: &'a [FieldName],
) -> Result<Vec<FieldId>, &'a FieldName> {
    names.iter().map(|name| find_field(fields, &name.path).ok_or(name)).collect()
}

fn field_at(fields: &[Field], path: &[usize]) -> Option<FieldId> {
    let (first, rest) = path.split_first()?;
    let field = fields.get(*first)?;
    if rest.is_empty() { Some(field.id) } else { field_at(&field.fields, rest) }
}

/// The field at that path of names: each as written, else ignoring case; a name with dots that no
/// field has is a path.
pub(super) fn find_field(fields: &[Field], path: &[String]) -> Option<FieldId> {
    let (first, rest) = path.split_first()?;
    let exact = fields.iter().find(|field| field.name == *first);
    let found = exact.or_else(|| {
        let lower = first.to_lowercase();
        fields.iter().find(|field| field.name.to_lowercase() == lower)
    });
    match (found, rest) {
        (Some(field), []) => Some(field.id),
        (Some(field), rest) => find_field(&field.fields, rest),
        (None, []) => fields.iter().find_map(|field| {
            let inner = first.strip_prefix(field.name.as_str())?.strip_prefix('.')?;
            find_field(&field.fields, &[inner.to_owned()])
        }),
        (None, _) => None,
    }
}
