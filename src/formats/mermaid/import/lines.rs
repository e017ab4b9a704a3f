//! Lines between entities, once all entities are known: embeddings, and references whose label may
//! name fields.

use std::collections::BTreeSet;

use crate::base::diagnostic::Span;
use crate::formats::draft::entity::{DraftField, DraftType};
use crate::formats::draft::name::{FieldName, Name};
use crate::formats::draft::reference::{Count, DraftEnd, DraftReference};
use crate::formats::mermaid::import::{Line, Reader};
use crate::formats::mermaid::text::word;
use crate::model::entity::EntityKind;
use crate::model::reference::Cardinality;
use crate::model::type_words::from_spelling;

impl Reader {
    /// Lines become references, now that all entities are known.
    pub(super) fn finish_lines(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        for id in lines.iter().flat_map(|line| &line.ends) {
            if !self.ids.contains_key(id) {
                let span = lines.iter().find(|line| line.ends.contains(id)).map(|line| line.span);
                self.open.clear();
                self.declare(id, None, String::new(), span.unwrap_or(Span::new(1, 1)));
            }
        }
        let mut embedded = BTreeSet::new();
        for line in lines {
            if self.is_embedding(&line) {
                embedded.insert(line.ends[1].clone());
            } else {
                self.link(line);
            }
        }
        for (id, mut entity) in std::mem::take(&mut self.ids) {
            if embedded.contains(&id) {
                entity.entity.kind = EntityKind::Embedded;
            }
            if entity.name.name != id {
                entity.alias = Some(id);
            }
            self.draft.entities.push(entity);
        }
    }

    /// Whether a line only says again that a field of its left end holds what is at its right.
    fn is_embedding(&self, line: &Line) -> bool {
        let [left, right] = &line.ends;
        let (Some(left), Some(inner)) = (self.ids.get(left), self.ids.get(right)) else {
            return false;
        };
        let Some(field) = find_field(&left.fields, &line.label) else { return false };
        let mut ty = &field.ty;
        while let DraftType::Array(inner) | DraftType::Map(inner) = ty {
            ty = inner;
        }
        let DraftType::Spelled(ty) = ty else { return false };
        let ty = ty.name.trim_end_matches("[]");
        line.is_identifying
            && (ty == right || ty == word(&inner.name.name))
            && from_spelling(ty).is_none()
    }

    fn link(&mut self, line: Line) {
        let Line { ends: [left, right], counts, is_identifying, label, span } = line;
        let (name, fields) = match label.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
            Some((name, fields)) => (name.to_owned(), fields.to_owned()),
            None => (String::new(), label.clone()),
        };
        let named = |id: &str, list: &str| -> Option<Vec<FieldName>> {
            let entity = self.ids.get(id)?;
            let found = |name: &str| {
                let path = path_of(&entity.fields, name)?;
                Some(FieldName { path, span })
            };
            list.split(", ").map(found).collect()
        };
        let is_many = counts.map(Cardinality::is_many);
        let at_left = named(&left, &fields);
        let at_right = if at_left.is_some() { None } else { named(&right, &fields) };
        let is_from_left = match (&at_left, &at_right) {
            (Some(_), _) => true,
            (None, Some(_)) => false,
            (None, None) => is_many[0] || !is_many[1],
        };
        let is_said = at_left.is_some() || at_right.is_some();
        let end = |id: &str, fields: Option<Vec<FieldName>>, count| {
            let name = self.ids.get(id).map(|entity| Name { span, ..entity.name.clone() });
            let name = name.unwrap_or_else(|| Name::plain(id, span));
            DraftEnd::new(name, fields.unwrap_or_default()).counting(Count::Given(count))
        };
        let [left_count, right_count] = counts;
        let left = end(&left, at_left, left_count);
        let right = end(&right, at_right, right_count);
        let (from, to) = if is_from_left { (left, right) } else { (right, left) };
        let mut reference = DraftReference::new(from, to, span);
        reference.identifying = Some(is_identifying);
        let name = if is_said { name } else { label };
        reference.name = Some(name).filter(|name| !name.is_empty());
        self.draft.references.push(reference);
    }
}

/// The field of that name, through nested objects.
fn find_field<'f>(fields: &'f [DraftField], path: &str) -> Option<&'f DraftField> {
    fields.iter().find_map(|field| {
        let rest = path.strip_prefix(field.field.name.as_str())?;
        if rest.is_empty() {
            Some(field)
        } else {
            find_field(&field.fields, rest.strip_prefix('.')?)
        }
    })
}

/// The path to the field of that name, at the top or in the first object that has it.
fn path_of(fields: &[DraftField], name: &str) -> Option<Vec<String>> {
    let at_top = fields.iter().find(|field| field.field.name == name);
    if at_top.is_some() {
        return Some(vec![name.to_owned()]);
    }
    fields.iter().find_map(|field| {
        let rest =
            name.strip_prefix(field.field.name.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let mut path = path_of(&field.fields, rest.unwrap_or(name))?;
        path.insert(0, field.field.name.clone());
        Some(path)
    })
}
