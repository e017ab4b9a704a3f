//! Mermaid's `erDiagram`, which GitHub, GitLab and many editors draw.
//!
//! | in the model | in Mermaid |
//! |---|---|
//! | project name | title |
//! | entity of any kind | block; its id is a plain word, its full name the label |
//! | field | `type name`, with `PK`, `FK`, `UK` |
//! | nested field | `type object.field` |
//! | type | one word; lists `type[]` |
//! | optional | `?` after the type (option `optional`, Mermaid 11.17 and later), else lost |
//! | note of a field, values of its enumeration | comment of the field |
//! | note of an entity | comment line |
//! | reference | line with the cardinality of each end; identifying ones solid, others dashed |
//! | name and fields of a reference | label of the line |
//! | embedding | solid line from the owner |
//! | area | subgraph (option `areas`) |
//! | names that Mermaid cannot hold | changed; the true name stands in label or comment |
//! | rules, defaults, indexes, checks, sticky notes | lost |
//!
//! The other way, a line's direction is that of its fields, which its label names, else of its many
//! end; a label with a dot is a namespace and a name; a type with values behind it is an enumeration;
//! a solid line to the type of a field is an embedding.
//!
//! Reading order: `text` (quoting), this file, `entities`, `lines`, then [`import`] with `cardinality`.

mod cardinality;
mod entities;
pub mod import;
mod lines;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::Diagnostic;
use crate::base::ident::UniqueNames;
use crate::document::project::Project;
use crate::formats::code::code;
use crate::formats::feature::{Feature, Loss};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::mermaid::text::{Code, CodeWriter};
use crate::formats::options::{OptionInfo, OptionValues, Options};
use crate::formats::{Exported, Exporter, FormatInfo};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::entity::Entity;
use crate::model::id::{ElementId, EntityId, FieldId, NodeId};

/// The export target `mermaid`.
#[derive(Debug)]
pub struct Mermaid;

const INFO: FormatInfo = FormatInfo {
    id: "mermaid",
    name: "Mermaid",
    summary: "an erDiagram for README files, GitHub and GitLab",
    extensions: &["mmd", "mermaid"],
    options: &[
        OptionInfo {
            key: "detail",
            summary: "which fields are shown",
            values: OptionValues::Choice(&["all", "keys", "names"]),
            default: "all",
        },
        OptionInfo {
            key: "direction",
            summary: "where the lines run; auto leaves it to Mermaid",
            values: OptionValues::Choice(&["auto", "TB", "BT", "LR", "RL"]),
            default: "auto",
        },
        OptionInfo {
            key: "areas",
            summary: "draw areas as subgraphs",
            values: OptionValues::Flag,
            default: "true",
        },
        OptionInfo {
            key: "optional",
            summary: "mark optional fields with `?`, which Mermaid knows since 11.17",
            values: OptionValues::Flag,
            default: "false",
        },
    ],
    properties: &[],
    losses: &[
        Loss { feature: Feature::NativeTypes, outcome: "are left out" },
        Loss { feature: Feature::Views, outcome: "become entities" },
        Loss { feature: Feature::NestedObjects, outcome: "become fields with dotted names" },
        Loss { feature: Feature::Defaults, outcome: "are left out" },
        Loss { feature: Feature::DefaultExpressions, outcome: "are left out" },
        Loss { feature: Feature::AutoIncrement, outcome: "are left out" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary fields" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary fields" },
        Loss { feature: Feature::MinMax, outcome: "are left out" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary fields" },
        Loss { feature: Feature::NamespaceNotes, outcome: "are left out" },
        Loss { feature: Feature::AlternateKeys, outcome: "of several fields are left out" },
        Loss { feature: Feature::KeyNames, outcome: "are left out" },
        Loss { feature: Feature::Indexes, outcome: "are left out" },
        Loss { feature: Feature::Checks, outcome: "are left out" },
        Loss { feature: Feature::Enumerations, outcome: "become comments of their fields" },
        Loss { feature: Feature::EnumerationNotes, outcome: "are left out" },
        Loss { feature: Feature::ReferentialActions, outcome: "are left out" },
        Loss { feature: Feature::ReferenceNotes, outcome: "are left out" },
        Loss { feature: Feature::ReferencedFields, outcome: "lead to the entity" },
        Loss { feature: Feature::Roles, outcome: "are left out" },
        Loss { feature: Feature::AreaLooks, outcome: "are left out" },
        Loss { feature: Feature::EnumerationsInAreas, outcome: "are left out" },
        Loss { feature: Feature::StickyNotes, outcome: "are left out" },
        Loss { feature: Feature::Timestamps, outcome: "become two fields" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

/// How much of each entity is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    All,
    Keys,
    Names,
}

/// What is decided before anything is written.
#[derive(Debug)]
struct Plan {
    /// The id of each entity.
    ids: BTreeMap<EntityId, Code>,
    /// The id of each entity with its label.
    heads: BTreeMap<EntityId, Code>,
    /// The path of each field, once per entity.
    fields: BTreeMap<FieldId, String>,
    referencing: BTreeSet<FieldId>,
    detail: Detail,
    marks_optional: bool,
}

impl Exporter for Mermaid {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn export(&self, project: &Project, options: &Options) -> Exported {
        let model = &project.model;
        let plan = plan(model, options);
        let mut code = CodeWriter::new("    ");
        head(project, options, &mut code);
        code.indented(|code| {
            let (mut order, mut in_areas) = (Vec::new(), BTreeSet::new());
            if options.flag("areas") {
                let mut n = 0;
                for area in model.areas() {
                    let members = members(area, &in_areas);
                    n += usize::from(!members.is_empty());
                    subgraph(model, &plan, (n, area, &members), code);
                    in_areas.extend(members.iter().copied());
                    order.extend(members);
                }
            }
            for entity in model.entities().filter(|entity| !in_areas.contains(&entity.id)) {
                entities::entity(model, &plan, entity, code);
                order.push(entity.id);
            }
            lines::references(model, &plan, code);
            lines::embeddings(model, &plan, &order, code);
        });
        let mut files = FileSet::default();
        files.add(RelativePath::of(&["model.mmd"]), code.finish());
        let mut diagnostics = unmarked(model, &plan);
        diagnostics.extend(undistinguished(model, &plan));
        Exported { files, diagnostics }
    }
}

/// What is said when nothing marks the fields that must have a value.
fn unmarked(model: &Model, plan: &Plan) -> Vec<Diagnostic> {
    let is_required = |entity: &Entity| entity.all_fields().iter().any(|field| field.required);
    if plan.marks_optional || !model.entities().any(is_required) {
        return Vec::new();
    }
    let diagnostic = Diagnostic::info("mermaid: nothing tells required fields from optional ones");
    vec![diagnostic.with_hint("the option `optional` marks them for Mermaid 11.17 and later")]
}

/// What is said of identifying references whose line is that of another.
fn undistinguished(model: &Model, plan: &Plan) -> Vec<Diagnostic> {
    let dashed = model.references().filter(|reference| {
        reference.identifying && lines::is_like_embedding(model, plan, reference)
    });
    let told = dashed.map(|reference| {
        let ends = [&reference.from, &reference.to];
        let [from, to] = ends.map(|end| model.display_name(end.entity.into()));
        Diagnostic::warning(format!("mermaid: the identifying reference {from} → {to} is dashed"))
            .with_hint("its field embeds what it refers to: a solid line says that")
    });
    told.collect()
}

fn plan(model: &Model, options: &Options) -> Plan {
    let mut taken = BTreeSet::new();
    let mut ids = UniqueNames::new();
    let mut plan = Plan {
        ids: BTreeMap::new(),
        heads: BTreeMap::new(),
        fields: BTreeMap::new(),
        referencing: entities::referencing_fields(model),
        detail: match options.text("detail") {
            "keys" => Detail::Keys,
            "names" => Detail::Names,
            _ => Detail::All,
        },
        marks_optional: options.flag("optional"),
    };
    for entity in model.entities() {
        let id = text::id(&text::one_line(&entity.name), &mut ids);
        let shown = unique(&mut taken, &shown(model, entity));
        let head = if id == shown.as_str() || shown.is_empty() {
            id.clone()
        } else {
            code!(&id, "[", text::label(&shown), "]")
        };
        entities::name_fields(&mut plan.fields, &entity.fields, "", &mut BTreeSet::new());
        plan.ids.insert(entity.id, id);
        plan.heads.insert(entity.id, head);
    }
    plan
}

/// The name, or the first with a number behind it that is free; none stays none.
fn unique(taken: &mut BTreeSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut n = 2;
    while !name.is_empty() && !taken.insert(name.clone()) {
        name = format!("{wanted}_{n}");
        n += 1;
    }
    name
}

/// The name of an entity behind that of its namespace, on one line.
fn shown(model: &Model, entity: &Entity) -> String {
    let namespace = entity.namespace.and_then(|id| model.namespace(id));
    let namespace = namespace.map(|namespace| text::one_line(&namespace.name)).unwrap_or_default();
    let name = text::one_line(&entity.name);
    if namespace.is_empty() || name.is_empty() { name } else { format!("{namespace}.{name}") }
}

fn head(project: &Project, options: &Options, code: &mut CodeWriter) {
    let title = &project.settings.name;
    if !text::one_line(title).is_empty() {
        code.line("---");
        code.line(code!("title: ", text::front_matter(title)));
        code.line("---");
    }
    code.line("erDiagram");
    let chosen = options.text("direction");
    if let Some(direction) = ["TB", "BT", "LR", "RL"].into_iter().find(|one| *one == chosen) {
        code.indented(|code| code.line(code!("direction ", direction)));
    }
}

/// The entities of an area that stand in no earlier one: an entity is in one subgraph at most.
fn members(area: &Area, in_areas: &BTreeSet<EntityId>) -> Vec<EntityId> {
    let entities = area.members.iter().filter_map(|member| match member {
        NodeId::Entity(id) => Some(*id),
        NodeId::Enumeration(_) => None,
    });
    entities.filter(|id| !in_areas.contains(id)).collect()
}

/// Writes an area with these entities; none without any.
fn subgraph(
    model: &Model,
    plan: &Plan,
    (n, area, members): (usize, &Area, &[EntityId]),
    code: &mut CodeWriter,
) {
    if members.is_empty() {
        return;
    }
    code.from_element(ElementId::Area(area.id), |code| {
        let name = match text::one_line(&area.name).as_str() {
            "" => text::label("Area"),
            _ => text::label(&area.name),
        };
        code.block(code!("subgraph area_", n, " [", name, "]"), "end", |code| {
            for entity in members.iter().filter_map(|id| model.entity(*id)) {
                entities::entity(model, plan, entity, code);
            }
        });
    });
}
