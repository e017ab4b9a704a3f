//! The indexes of an entity: what each sorts by, in which order, and what it holds.

use eframe::egui::{self, RichText, Ui};

use crate::app::change::Requests;
use crate::app::icons;
use crate::app::panels::inspector::entity::set_ongoing;
use crate::app::panels::inspector::entity_rules::{self, head_ui};
use crate::app::panels::inspector::rows;
use crate::app::theme;
use crate::app::widgets;
use crate::model::entity::Entity;
use crate::model::id::ElementId;
use crate::model::index::{Index, IndexKind, IndexPart, IndexTarget, SortOrder};

const INDEX_KINDS: [(IndexKind, &str); 4] = [
    (IndexKind::Ordered, "Ordered"),
    (IndexKind::Hash, "Hash"),
    (IndexKind::Text, "Full text"),
    (IndexKind::Geo, "Places"),
];

pub(super) fn indexes_ui(ui: &mut Ui, entity: &Entity, requests: &mut Requests) {
    for index in &entity.indexes {
        ui.push_id(index.id, |ui| index_ui(ui, entity, index, requests));
    }
    if rows::add_button_ui(ui, "Add index") {
        let (id, first) = (entity.id, entity.fields.first().map(|field| field.id));
        requests.change("Add index", move |project, mint| {
            let index = Index::over(mint.mint(), first);
            if let Some(entity) = project.model.entity_mut(id) {
                entity.indexes.push(index);
            }
        });
    }
}

fn index_ui(ui: &mut Ui, entity: &Entity, index: &Index, requests: &mut Requests) {
    let (owner, id) = (entity.id, index.id);
    head_ui(ui, "Index", ElementId::Index(owner, id), requests);
    let mut put = |label: &str, key: &str, change: Box<dyn FnOnce(&mut Index)>| {
        set_ongoing(requests, owner, label, &format!("{key} {id}"), move |entity| {
            if let Some(index) = entity.indexes.iter_mut().find(|index| index.id == id) {
                change(index);
            }
        });
    };
    if let Some(parts) = parts_ui(ui, entity, &index.parts) {
        put("Change index", "parts", Box::new(move |index| index.parts = parts));
    }
    let checks = [
        ("Unique", index.unique, "No two records may agree on it"),
        ("Sparse", index.sparse, "Documents that lack the fields are left out"),
    ];
    if let Some((position, on)) = rows::checks_ui(ui, &checks) {
        let change: Box<dyn FnOnce(&mut Index)> = match position {
            0 => Box::new(move |index| index.unique = on),
            _ => Box::new(move |index| index.sparse = on),
        };
        put("Change index", checks.get(position).map_or("", |(name, _, _)| name), change);
    }
    if let Some(kind) = rows::choice_row_ui(ui, "Kind", index.kind, &INDEX_KINDS) {
        put("Change index", "kind", Box::new(move |index| index.kind = kind));
    }
    let name = index.name.as_deref();
    if let Some(name) = rows::optional_text_row_ui(ui, "Name", name, "named by the target") {
        put("Name index", "name", Box::new(move |index| index.name = name));
    }
    let partial = index.partial.as_deref();
    if let Some(partial) = rows::optional_text_row_ui(ui, "Only where", partial, "status = 'open'")
    {
        put("Change index", "partial", Box::new(move |index| index.partial = partial));
    }
    let expires = index.expire_after_seconds.map(|seconds| seconds.to_string());
    let typed = rows::optional_text_row_ui(ui, "Expires after", expires.as_deref(), "seconds");
    if let Some(seconds) = typed.map(|text| text.map(|text| text.trim().parse().ok()))
        && seconds != Some(None)
    {
        let change = move |index: &mut Index| index.expire_after_seconds = seconds.flatten();
        put("Change index", "expires", Box::new(change));
    }
    if let Some(note) = rows::text_row_ui(ui, "Note", &index.note, "what it is for") {
        put("Describe index", "note", Box::new(move |index| index.note = note));
    }
}

/// What an index sorts by, each part with its order and a way out, and a plus for one more; the new
/// parts when something changed.
fn parts_ui(ui: &mut Ui, entity: &Entity, parts: &[IndexPart]) -> Option<Vec<IndexPart>> {
    let mut changed: Option<Vec<IndexPart>> = None;
    for (position, part) in parts.iter().enumerate() {
        match part_ui(ui, entity, part) {
            Some(Asked::Order(order)) => {
                if let Some(part) = changed.get_or_insert_with(|| parts.to_vec()).get_mut(position)
                {
                    part.order = order;
                }
            }
            Some(Asked::TakeOut) => {
                changed.get_or_insert_with(|| parts.to_vec()).remove(position);
            }
            None => {}
        }
    }
    let fields: Vec<_> = parts.iter().filter_map(|part| part.on.field()).collect();
    if let Some(field) = entity_rules::add_field_ui(ui, entity, &fields) {
        changed.get_or_insert_with(|| parts.to_vec()).push(IndexPart::ascending(field));
    }
    changed
}

/// What was asked for at one part of an index.
enum Asked {
    Order(SortOrder),
    TakeOut,
}

fn part_ui(ui: &mut Ui, entity: &Entity, part: &IndexPart) -> Option<Asked> {
    let name = match &part.on {
        IndexTarget::Field(field) => entity_rules::path_of(entity, *field),
        IndexTarget::Expression(text) => text.clone(),
    };
    let (icon, word, other) = match part.order {
        SortOrder::Ascending => (icons::CARET_UP, "ascending", SortOrder::Descending),
        SortOrder::Descending => (icons::CARET_DOWN, "descending", SortOrder::Ascending),
    };
    let mut asked = None;
    ui.horizontal(|ui| {
        if widgets::icon_button_ui(ui, icon, &format!("{name}: {word}")).clicked() {
            asked = Some(Asked::Order(other));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::icon_button_ui(ui, icons::X, &format!("Take out {name}")).clicked() {
                asked = Some(Asked::TakeOut);
            }
            ui.label(RichText::new(word).weak().size(theme::SMALL));
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(name).truncate());
            });
        });
    });
    asked
}
