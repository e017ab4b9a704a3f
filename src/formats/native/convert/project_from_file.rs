//! The objects of the project file as a project.

use crate::base::diagnostic::Diagnostic;
use crate::document::project::{Project, Settings};
use crate::formats::native::convert::report::{Report, id_from_text};
use crate::formats::native::convert::{diagram_from_file, entity_from_file, repair};
use crate::formats::native::v1;
use crate::model::Model;
use crate::model::area::{Area, ColorToken};
use crate::model::enumeration::{Enumeration, EnumerationValue};
use crate::model::id::NodeId;
use crate::model::namespace::Namespace;
use crate::model::note::Note;
use crate::model::reference::{Cardinality, End, Reference, ReferentialAction};

/// The project of a file and what had to be repaired; `name` is what it is called when the file
/// does not say, and `text` is where places are looked up.
pub(in crate::formats::native) fn project_from_file(
    file: v1::File,
    name: &str,
    text: &str,
) -> (Project, Vec<Diagnostic>) {
    let mut report = Report::new(text);
    let usual = Settings::default();
    let settings = Settings {
        name: file.name.unwrap_or_else(|| name.to_owned()),
        note: file.note,
        target: file.target.unwrap_or(usual.target),
        target_options: file.target_options,
    };
    report.keep("project", file.unknown);
    let mut model = model(file.model, &mut report);
    repair::model(&mut model, &mut report);
    let mut project = Project { settings, model, ..Project::default() };
    for one in file.diagrams {
        let diagram = diagram_from_file::diagram(one, &project.model, &mut report);
        project.put_diagram(diagram);
    }
    project.unknown = report.unknown.into();
    (project, report.diagnostics)
}

fn model(file: v1::Model, report: &mut Report<'_>) -> Model {
    let mut model = Model::new();
    report.keep("model", file.unknown);
    for one in file.namespaces {
        model.put_namespace(namespace(one, report));
    }
    for one in file.enumerations {
        model.put_enumeration(enumeration(one, report));
    }
    for one in file.entities {
        model.put_entity(entity_from_file::entity(one, report));
    }
    for one in file.references {
        model.put_reference(reference(one, report));
    }
    for one in file.areas {
        model.put_area(area(one, report));
    }
    for one in file.notes {
        model.put_note(note(one, report));
    }
    model
}

fn namespace(file: v1::Namespace, report: &mut Report<'_>) -> Namespace {
    let id = report.define(&file.id, &file.name);
    report.keep(&format!("{id}"), file.unknown);
    Namespace { id, name: file.name, note: file.note }
}

fn enumeration(file: v1::Enumeration, report: &mut Report<'_>) -> Enumeration {
    let id = report.define(&file.id, &file.name);
    report.keep(&format!("{id}"), file.unknown);
    let mut enumeration = Enumeration::new(id, file.name);
    enumeration.namespace = file.namespace.as_deref().map(id_from_text);
    enumeration.note = file.note;
    for one in file.values {
        let id = report.define(&one.id, &format!("{}.{}", enumeration.name, one.name));
        report.keep(&format!("{id}"), one.unknown);
        enumeration.values.push(EnumerationValue { id, name: one.name, note: one.note });
    }
    enumeration
}

fn reference(file: v1::Reference, report: &mut Report<'_>) -> Reference {
    let id = report.define(&file.id, file.name.as_deref().unwrap_or("a reference"));
    report.keep(&format!("{id}"), file.unknown);
    let owner = &file.id;
    let mut action = |text: Option<String>| {
        let words = ReferentialAction::ALL.map(|action| (action.as_str(), action));
        text.and_then(|text| report.word(&words, &text, owner, "action")).unwrap_or_default()
    };
    let (on_delete, on_update) = (action(file.on_delete), action(file.on_update));
    let usual = Reference::new(id, id_from_text(&file.from.entity), id_from_text(&file.to.entity));
    Reference {
        name: file.name,
        from: end(file.from, &usual.from, [&file.id, &format!("{id}/from")], report),
        to: end(file.to, &usual.to, [&file.id, &format!("{id}/to")], report),
        identifying: file.identifying,
        inferred: file.inferred,
        on_delete,
        on_update,
        note: file.note,
        ..usual
    }
}

fn end(file: v1::End, usual: &End, [owner, place]: [&str; 2], report: &mut Report<'_>) -> End {
    report.keep(place, file.unknown);
    let words = Cardinality::ALL.map(|cardinality| (cardinality.as_str(), cardinality));
    let cardinality = match file.cardinality.as_str() {
        "" => None,
        text => report.word(&words, text, owner, "cardinality"),
    };
    End {
        entity: usual.entity,
        fields: file.fields.iter().map(|text| id_from_text(text)).collect(),
        cardinality: cardinality.unwrap_or(usual.cardinality),
        role: file.role,
    }
}

fn area(file: v1::Area, report: &mut Report<'_>) -> Area {
    let id = report.define(&file.id, &file.name);
    report.keep(&format!("{id}"), file.unknown);
    let color = color(file.color.as_deref(), &file.id, report).unwrap_or_default();
    let members = file.members.iter().filter_map(|text| node(text, &file.id, report)).collect();
    Area { id, name: file.name, color, members, note: file.note }
}

fn note(file: v1::Note, report: &mut Report<'_>) -> Note {
    let id = report.define(&file.id, "a note");
    report.keep(&format!("{id}"), file.unknown);
    let color = color(file.color.as_deref(), &file.id, report).unwrap_or_default();
    let subject = file.subject.and_then(|text| node(&text, &file.id, report));
    Note { id, text: file.text, color, subject }
}

/// The color of a name.
pub(super) fn color(
    name: Option<&str>,
    owner: &str,
    report: &mut Report<'_>,
) -> Option<ColorToken> {
    let words = ColorToken::ALL.map(|color| (color.as_str(), color));
    report.word(&words, name?, owner, "color")
}

/// The entity or enumeration of an id; none when the text is the id of neither.
pub(super) fn node(text: &str, owner: &str, report: &mut Report<'_>) -> Option<NodeId> {
    let found =
        text.parse().map(NodeId::Entity).or_else(|_| text.parse().map(NodeId::Enumeration)).ok();
    if found.is_none() {
        let place = report.places.of_value(owner, text);
        let message = format!("`{text}` is not the id of an entity or enumeration");
        report.warn(place, message, "it was left out");
    }
    found
}
