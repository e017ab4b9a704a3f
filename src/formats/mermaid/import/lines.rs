//! Lines between entities, once all entities are known: embeddings, and references whose label may
//! name fields.

use std::collections::BTreeSet;

use crate::base::diagnostic::{Diagnostic, Span};
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
        let (embeddings, lines): (Vec<_>, Vec<_>) =
            lines.into_iter().partition(|line| self.is_embedding(line));
        for Line { ends: [left, right], counts, label, .. } in embeddings {
            embedded.insert(right);
            let fields = self.ids.get_mut(&left).map(|entity| &mut entity.fields);
            if let Some(field) = fields.and_then(|fields| find_field_mut(fields, &label)) {
                field.field.required |= counts[1] == Cardinality::ExactlyOne;
            }
        }
        let mut free = std::mem::take(&mut self.foreign);
        for line in &lines {
            for (id, fields) in line.ends.iter().zip(self.said_by(line)) {
                for field in fields.into_iter().flatten() {
                    free.remove(&(id.clone(), field.path.join(".")));
                }
            }
        }
        for line in lines {
            self.link(line, &mut free);
        }
        self.tell_free(free);
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
            && (ty == right || word(&inner.name.name) == ty)
            && from_spelling(ty).is_none()
    }

    /// The fields at each end that the label of a line names.
    fn said_by(&self, line: &Line) -> [Option<Vec<FieldName>>; 2] {
        let list = split_label(&line.label).1;
        let named = |id: &str| -> Option<Vec<FieldName>> {
            let entity = self.ids.get(id)?;
            let found = |name: &str| {
                let path = path_of(&entity.fields, name)?;
                Some(FieldName { path, span: line.span })
            };
            list.split(", ").map(found).collect()
        };
        let [left, right] = &line.ends;
        let at_left = named(left);
        let at_right = if at_left.is_some() { None } else { named(right) };
        [at_left, at_right]
    }

    fn link(&mut self, line: Line, free: &mut BTreeSet<(String, String)>) {
        let [mut at_left, mut at_right] = self.said_by(&line);
        let name = split_label(&line.label).0.to_owned();
        let Line { ends: [left, right], counts, is_identifying, label, span } = line;
        let is_many = counts.map(Cardinality::is_many);
        let is_from_left = match (&at_left, &at_right) {
            (Some(_), _) => true,
            (None, Some(_)) => false,
            (None, None) => is_many[0] || !is_many[1],
        };
        let is_said = at_left.is_some() || at_right.is_some();
        if !is_said && is_many != [true, true] {
            let (from, to) = if is_from_left { (&left, &right) } else { (&right, &left) };
            let found = self.free_field(from, to, free).map(|name| {
                free.remove(&(from.clone(), name.clone()));
                vec![FieldName { path: vec![name], span }]
            });
            *(if is_from_left { &mut at_left } else { &mut at_right }) = found;
        }
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

    /// The one field marked `FK` that no other line names and that is called after the other end.
    fn free_field(
        &self,
        from: &str,
        to: &str,
        free: &BTreeSet<(String, String)>,
    ) -> Option<String> {
        let plain = |name: &str| name.replace(['_', '-', ' ', '.'], "").to_lowercase();
        let target = self.ids.get(to)?;
        let [id, name] = [plain(to), plain(&target.name.name)];
        let is_after = |field: &str| {
            let field = plain(field);
            let keys = target.fields.iter().filter(|field| field.is_key);
            let mut ends = keys.map(|key| plain(&key.field.name)).chain(["id".to_owned()]);
            [&id, &name].iter().any(|name| {
                let rest = field.strip_prefix(name.as_str());
                rest.is_some_and(|rest| rest.is_empty() || ends.any(|end| end == rest))
            })
        };
        let mut found = free.iter().filter(|(owner, field)| owner == from && is_after(field));
        found.next().filter(|_| found.next().is_none()).map(|(_, field)| field.clone())
    }

    /// Tells which fields are marked `FK` though no line leads from them.
    fn tell_free(&mut self, free: BTreeSet<(String, String)>) {
        for (id, name) in free {
            let Some(entity) = self.ids.get(&id) else { continue };
            let Some(field) = find_field(&entity.fields, &name) else { continue };
            let message = format!("no line says where `FK` of `{id}.{name}` leads: it is left out");
            let hint = format!("name the field on a line: `OTHER ||--o{{ {id} : \"{name}\"`");
            let diagnostic = Diagnostic::info(message).at(field.span).with_hint(hint);
            self.draft.diagnostics.push(diagnostic);
        }
    }
}

/// The name of a reference and the fields that a label says.
fn split_label(label: &str) -> (&str, &str) {
    match label.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        Some((name, fields)) => (name, fields),
        None => ("", label),
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

/// The same to change it.
fn find_field_mut<'f>(fields: &'f mut [DraftField], path: &str) -> Option<&'f mut DraftField> {
    fields.iter_mut().find_map(|field| {
        let rest = path.strip_prefix(field.field.name.as_str())?;
        if rest.is_empty() {
            Some(field)
        } else {
            find_field_mut(&mut field.fields, rest.strip_prefix('.')?)
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
