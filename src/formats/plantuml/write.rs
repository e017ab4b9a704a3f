//! The diagram: packages, entities, enumerations, notes, then lines.

use std::collections::BTreeMap;

use crate::base::ident::{Case, with_case};
use crate::document::project::Project;
use crate::formats::Exported;
use crate::formats::code::code;
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::plantuml::text::{Code, CodeWriter, field_name, note_lines, text};
use crate::model::Model;
use crate::model::area::ColorToken;
use crate::model::entity::{Entity, EntityKind};
use crate::model::field::Field;
use crate::model::id::{ElementId, EntityId, EnumerationId, FieldId, NodeId};
use crate::model::key::KeyKind;
use crate::model::reference::{Cardinality, Reference};
use crate::model::spelling::type_name;

/// The ids of boxes, and what is shown.
struct Writer<'a> {
    model: &'a Model,
    entities: BTreeMap<EntityId, Code>,
    enumerations: BTreeMap<EnumerationId, Code>,
    has_notes: bool,
}

/// The diagram of a project.
pub(super) fn export(project: &Project, options: &Options) -> Exported {
    let model = &project.model;
    let shows_enumerations = options.flag("enums");
    let writer = Writer {
        model,
        entities: model
            .entities()
            .enumerate()
            .map(|(n, one)| (one.id, code!("e", n + 1)))
            .collect(),
        enumerations: model
            .enumerations()
            .enumerate()
            .filter(|_| shows_enumerations)
            .map(|(n, one)| (one.id, code!("v", n + 1)))
            .collect(),
        has_notes: options.flag("notes"),
    };
    let mut code = CodeWriter::new("  ");
    code.line("@startuml");
    let title = text(&project.settings.name);
    if !title.is_empty() {
        code.line(code!("title ", title));
    }
    code.line("hide circle");
    code.line("hide empty members");
    code.line("skinparam linetype ortho");
    let mut placed: Vec<NodeId> = Vec::new();
    if options.flag("areas") {
        for area in model.areas() {
            let members: Vec<_> =
                area.members.iter().copied().filter(|node| !placed.contains(node)).collect();
            let name = text(&area.name);
            let name = if name.is_empty() { code!("Area") } else { name };
            code.blank();
            code.from_element(ElementId::Area(area.id), |code| {
                let open = code!("package \"", name, "\" ", color(area.color), " {");
                code.block(open, "}", |code| {
                    for node in &members {
                        writer.node(*node, code);
                    }
                });
            });
            placed.extend(members);
        }
    }
    let entities = model.entities().map(|one| NodeId::Entity(one.id));
    let nodes = entities.chain(model.enumerations().map(|one| NodeId::Enumeration(one.id)));
    for node in nodes.filter(|node| !placed.contains(node)) {
        code.blank();
        writer.node(node, &mut code);
    }
    writer.notes(&mut code);
    code.blank();
    writer.lines(&mut code);
    code.line("@enduml");
    let mut files = FileSet::default();
    let name = format!("{}.puml", with_case(&project.settings.name, Case::Kebab));
    files.add(RelativePath::of(&[&name]), code.finish());
    Exported { files, diagnostics: Vec::new() }
}

impl Writer<'_> {
    fn node(&self, node: NodeId, code: &mut CodeWriter) {
        match node {
            NodeId::Entity(id) => {
                if let Some(entity) = self.model.entity(id) {
                    self.entity(entity, code);
                }
            }
            NodeId::Enumeration(id) => self.enumeration(id, code),
        }
    }

    fn entity(&self, entity: &Entity, code: &mut CodeWriter) {
        let Some(id) = self.entities.get(&entity.id) else { return };
        let kind = match entity.kind {
            EntityKind::Collection | EntityKind::Table => "",
            EntityKind::View => " <<view>>",
            EntityKind::Embedded => " <<embedded>>",
        };
        let name = text(&self.model.display_name(entity.id.into()));
        code.from_element(ElementId::Entity(entity.id), |code| {
            code.block(code!("entity \"", name, "\" as ", id, kind, " {"), "}", |code| {
                let (keys, others): (Vec<_>, Vec<_>) =
                    entity.fields.iter().partition(|field| entity.is_in_primary_key(field.id));
                for field in &keys {
                    self.field(entity, field, "", code);
                }
                if !keys.is_empty() {
                    code.line("--");
                }
                for field in others {
                    self.field(entity, field, "", code);
                }
                for moment in timestamps(entity) {
                    if entity.field_named(moment).is_none() {
                        code.line(code!("* ", moment, " : datetime"));
                    }
                }
            });
            if self.has_notes && !entity.note.is_empty() {
                code.line(code!("note top of ", id));
                code.indented(|code| note_lines(&entity.note).for_each(|line| code.line(line)));
                code.line("end note");
            }
        });
    }

    fn field(&self, entity: &Entity, field: &Field, path: &str, code: &mut CodeWriter) {
        let path =
            if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        let is_key = entity.is_in_primary_key(field.id);
        let mark = if field.required || is_key { "* " } else { "" };
        let ty = text(&type_name(self.model, &field.ty));
        let mut line = code!(mark, field_name(&path), " : ", ty);
        for stereotype in self.stereotypes(entity, field) {
            line.push(code!(" <<", stereotype, ">>"));
        }
        code.from_element(ElementId::Field(entity.id, field.id), |code| {
            code.line(line);
            for child in &field.fields {
                self.field(entity, child, &path, code);
            }
        });
    }

    fn stereotypes(&self, entity: &Entity, field: &Field) -> Vec<&'static str> {
        let is_alternate = entity
            .keys
            .iter()
            .any(|key| key.kind == KeyKind::Alternate && key.fields == [field.id]);
        let refers = self.model.references_of_field(entity.id, field.id).next().is_some();
        let stereotypes = [
            ("PK", entity.is_in_primary_key(field.id)),
            ("FK", refers),
            ("unique", field.unique || is_alternate),
            ("generated", field.auto_increment || field.generated.is_some()),
        ];
        stereotypes.into_iter().filter(|(_, is_set)| *is_set).map(|(word, _)| word).collect()
    }

    fn enumeration(&self, id: EnumerationId, code: &mut CodeWriter) {
        let (Some(box_id), Some(enumeration)) =
            (self.enumerations.get(&id), self.model.enumeration(id))
        else {
            return;
        };
        let name = text(&self.model.display_name(id.into()));
        code.from_element(ElementId::Enumeration(id), |code| {
            code.block(code!("enum \"", name, "\" as ", box_id, " {"), "}", |code| {
                for value in &enumeration.values {
                    let element = ElementId::Value(id, value.id);
                    code.from_element(element, |code| code.line(field_name(&value.name)));
                }
            });
        });
    }

    fn notes(&self, code: &mut CodeWriter) {
        for (n, note) in self.model.notes().enumerate() {
            let subject = match note.subject {
                Some(NodeId::Entity(id)) => self.entities.get(&id),
                Some(NodeId::Enumeration(id)) => self.enumerations.get(&id),
                None => None,
            };
            code.blank();
            code.from_element(ElementId::Note(note.id), |code| {
                code.line(code!("note as n", n + 1, " ", color(note.color)));
                code.indented(|code| note_lines(&note.text).for_each(|line| code.line(line)));
                code.line("end note");
                if let Some(subject) = subject {
                    code.line(code!("n", n + 1, " .. ", subject));
                }
            });
        }
    }

    fn lines(&self, code: &mut CodeWriter) {
        for reference in self.model.references() {
            let ends = [&reference.from, &reference.to].map(|end| self.entities.get(&end.entity));
            let [Some(from), Some(to)] = ends else { continue };
            let left = left(reference.from.cardinality);
            let right = right(reference.to.cardinality);
            let line = if reference.identifying { "--" } else { ".." };
            let label = text(&self.label(reference));
            let label = (!label.is_empty()).then(|| code!(" : ", label));
            code.from_element(ElementId::Reference(reference.id), |code| {
                code.line(code!(from, " ", left, line, right, " ", to, label));
            });
        }
        for entity in self.model.entities() {
            for field in entity.all_fields() {
                let embedded = field.ty.embedded().and_then(|id| self.entities.get(&id));
                let (Some(owner), Some(embedded)) = (self.entities.get(&entity.id), embedded)
                else {
                    continue;
                };
                let mark = if field.ty.is_array() { "o{" } else { "o|" };
                let label = text(&field.name);
                let label = (!label.is_empty()).then(|| code!(" : ", label));
                code.from_element(ElementId::Field(entity.id, field.id), |code| {
                    code.line(code!(owner, " ||--", mark, " ", embedded, label));
                });
            }
        }
    }

    /// What a line says: the name of the reference, else its fields, else its role.
    fn label(&self, reference: &Reference) -> String {
        let entity = self.model.entity(reference.from.entity);
        let name = |id: &FieldId| Some(entity?.field(*id)?.name.clone());
        let fields: Vec<_> = reference.from.fields.iter().filter_map(name).collect();
        let said = [
            reference.name.clone().unwrap_or_default(),
            fields.join(", "),
            reference.to.role.clone().unwrap_or_default(),
        ];
        said.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }
}

fn timestamps(entity: &Entity) -> Vec<&'static str> {
    if !entity.timestamps {
        return Vec::new();
    }
    match entity.kind {
        EntityKind::Collection | EntityKind::Embedded => vec!["createdAt", "updatedAt"],
        EntityKind::Table | EntityKind::View => vec!["created_at", "updated_at"],
    }
}

fn left(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::ZeroOrOne => "|o",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMore => "}o",
        Cardinality::OneOrMore => "}|",
    }
}

fn right(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::ZeroOrOne => "o|",
        Cardinality::ExactlyOne => "||",
        Cardinality::ZeroOrMore => "o{",
        Cardinality::OneOrMore => "|{",
    }
}

/// The color that stands for a token on light paper.
fn color(token: ColorToken) -> &'static str {
    match token {
        ColorToken::Slate => "#f1f5f9",
        ColorToken::Red => "#fee2e2",
        ColorToken::Orange => "#ffedd5",
        ColorToken::Amber => "#fef3c7",
        ColorToken::Green => "#dcfce7",
        ColorToken::Teal => "#ccfbf1",
        ColorToken::Blue => "#dbeafe",
        ColorToken::Violet => "#ede9fe",
        ColorToken::Pink => "#fce7f3",
    }
}
