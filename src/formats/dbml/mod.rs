//! DBML, the text form of dbdiagram.io and dbdocs.io, as `@dbml/core` 10 reads it.
//!
//! | in the model | in DBML |
//! |---|---|
//! | project name, note | `Project` |
//! | namespace | schema before the name |
//! | collection, table, embedded type, view | `Table` |
//! | field | column; required is `not null`, auto-increment `increment` |
//! | nested field | column with a dotted name below that of its object |
//! | type | the usual SQL word; lists `type[]`; embedded types and enumerations by name |
//! | default | number, text, `true`, `null` or `` `expression` `` |
//! | smallest and largest value | check of the column |
//! | primary key | `pk`, or in `indexes` when it has several fields or a name |
//! | alternate key | unique line in `indexes` |
//! | index | line in `indexes` with unique, hash, name and note |
//! | check | line in `checks` |
//! | enumeration | `Enum`, with notes on values |
//! | reference | `Ref` with `<`, `>`, `-`, `<>` and `?` at an end that may be none |
//! | many-to-many without fields | `<>` between the keys; in documents between list and key |
//! | actions on delete and update | settings of the `Ref` |
//! | area | `TableGroup` with its color and note; enumerations cannot be in one |
//! | sticky note | `Note` with its color |
//! | timestamps | two columns |
//! | kind, where the database does not say it | setting `kind` of the table |
//! | type in the words of the project's own SQL target | the same words |
//! | color of a card; diagram | `headercolor`; `DiagramView` |
//! | other rules of fields, partial and expiring indexes, roles, stored names | lost |
//!
//! Reading order: `text` (quoting), `types`, `plan` (names), `tables`, `references`, `custom`
//! (settings of our own), `records`, `views`, then `import` for the way back.

mod custom;
mod import;
mod plan;
mod records;
mod references;
mod tables;
mod text;
mod types;
mod views;

use crate::base::color::Color;
use crate::document::project::Project;
use crate::formats::code::{code, join};
use crate::formats::dbml::custom::{HEADER_COLOR, REFERENCE_ENDS};
use crate::formats::dbml::plan::{Names, Plan};
use crate::formats::dbml::references::Relation;
use crate::formats::dbml::text::{Code, CodeWriter, name, string};
use crate::formats::dbml::types::{database_for, database_name};
use crate::formats::feature::{Feature, Loss};
use crate::formats::file_set::{FileSet, RelativePath};
use crate::formats::options::Options;
use crate::formats::paper::color_of;
use crate::formats::reference_fields::complete_where;
use crate::formats::{Exported, Exporter, FormatInfo};
use crate::model::Model;
use crate::model::area::Area;
use crate::model::entity::{Entity, EntityKind};
use crate::model::id::{ElementId, NodeId};
use crate::model::reference::Reference;

/// The export target and import format `dbml`.
#[derive(Debug)]
pub struct Dbml;

const INFO: FormatInfo = FormatInfo {
    id: "dbml",
    name: "DBML",
    summary: "the language of dbdiagram.io and dbdocs.io",
    extensions: &["dbml", "xdbml"],
    options: &[],
    properties: &[],
    losses: &[
        Loss { feature: Feature::Views, outcome: "become tables that say their kind" },
        Loss { feature: Feature::EmbeddedTypes, outcome: "become tables that say their kind" },
        Loss { feature: Feature::NestedObjects, outcome: "become columns with dotted names" },
        Loss { feature: Feature::NativeTypes, outcome: "are those of the project's target" },
        Loss { feature: Feature::GeneratedFields, outcome: "become ordinary columns" },
        Loss { feature: Feature::Immutable, outcome: "become ordinary columns" },
        Loss { feature: Feature::MinMax, outcome: "become checks" },
        Loss { feature: Feature::TextLengthRules, outcome: "are left out" },
        Loss { feature: Feature::Patterns, outcome: "are left out" },
        Loss { feature: Feature::TextCleaning, outcome: "are left out" },
        Loss { feature: Feature::Hidden, outcome: "become ordinary columns" },
        Loss { feature: Feature::IndexOrder, outcome: "become ascending" },
        Loss { feature: Feature::PartialIndexes, outcome: "lose their condition" },
        Loss { feature: Feature::SparseIndexes, outcome: "become ordinary indexes" },
        Loss { feature: Feature::TextIndexes, outcome: "become ordinary indexes" },
        Loss { feature: Feature::ExpiringIndexes, outcome: "become ordinary indexes" },
        Loss { feature: Feature::NamespaceNotes, outcome: "are left out" },
        Loss { feature: Feature::CheckNotes, outcome: "are left out" },
        Loss { feature: Feature::ReferenceNotes, outcome: "are left out" },
        Loss { feature: Feature::Roles, outcome: "are left out" },
        Loss { feature: Feature::EnumerationsInAreas, outcome: "are left out" },
        Loss { feature: Feature::NoteSubjects, outcome: "are left out" },
        Loss { feature: Feature::Timestamps, outcome: "become two columns" },
        Loss { feature: Feature::StoredNames, outcome: "are left out" },
    ],
};

impl Exporter for Dbml {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn export(&self, project: &Project, _options: &Options) -> Exported {
        let model = with_reference_fields(&project.model);
        let mut plan = Plan::of(&model, database_for(&project.settings.target));
        let relations = references::relations(&model, &mut plan);
        let mut code = CodeWriter::new("  ");
        head(project, &relations, &mut code);
        for enumeration in model.enumerations() {
            tables::enumeration(&plan, enumeration, &mut code);
        }
        for entity in model.entities() {
            let color = head_color(project, entity);
            tables::table(&model, &mut plan, entity, color, &mut code);
        }
        references::references(&model, &relations, &mut code);
        groups(&model, &plan, &mut code);
        notes(&model, &mut code);
        views::views(project, &mut plan, &mut code);
        say_what_is_lost(&model, &mut plan);
        let mut files = FileSet::default();
        files.add(RelativePath::of(&["model.dbml"]), code.finish());
        Exported { files, diagnostics: plan.diagnostics }
    }
}

/// The model with a field for every reference that has none and that keys alone cannot say.
fn with_reference_fields(model: &Model) -> Model {
    complete_where(model, |reference| !joins_keys(model, reference)).model
}

/// Whether it is a many-to-many reference of tables that each have a key.
fn joins_keys(model: &Model, reference: &Reference) -> bool {
    let has_key = |id| {
        let entity = model.entity(id);
        entity.is_some_and(|e| e.kind == EntityKind::Table && e.primary_key().is_some())
    };
    reference.from.fields.is_empty()
        && reference.is_many_to_many()
        && !reference.is_self_reference()
        && has_key(reference.from.entity)
        && has_key(reference.to.entity)
}

fn head(project: &Project, relations: &[Relation], code: &mut CodeWriter) {
    let settings = &project.settings;
    let title = if settings.name.is_empty() { "_" } else { settings.name.as_str() };
    // One operator with a mark says that those without one mean it.
    let marks_ends = relations.is_empty() || relations.iter().any(Relation::marks_an_end);
    code.block(code!("Project ", name(title), " {"), "}", |code| {
        code.line(code!("database_type: ", string(database_name(&settings.target))));
        if !marks_ends {
            code.line(code!(REFERENCE_ENDS, ": 'exact'"));
        }
        if !settings.note.is_empty() {
            code.line(code!("Note: ", string(&settings.note)));
        }
    });
}

/// The color of a table's header: that of its card in the first diagram, else the one it came with.
fn head_color(project: &Project, entity: &Entity) -> Option<Color> {
    let placement =
        project.first_diagram().and_then(|diagram| diagram.placements.get(&entity.id.into()));
    let chosen = placement.and_then(|placement| placement.color).map(color_of);
    let kept = || entity.extras.option("dbml", HEADER_COLOR).and_then(Color::from_hex);
    chosen.or_else(kept)
}

fn groups(model: &Model, plan: &Plan, code: &mut CodeWriter) {
    let mut names = Names::default();
    for area in model.areas() {
        let name = name(&names.unique(&area.name));
        let mut settings: Vec<Code> = vec![code!("color: ", color_of(area.color))];
        if !area.note.is_empty() {
            settings.push(code!("note: ", string(&area.note)));
        }
        code.blank();
        code.from_element(ElementId::Area(area.id), |code| {
            let open = code!("TableGroup ", name, " [", join(settings, ", "), "] {");
            code.block(open, "}", |code| {
                for table in tables_of(area, plan) {
                    code.line(table);
                }
            });
        });
    }
}

fn tables_of<'a>(area: &'a Area, plan: &'a Plan) -> impl Iterator<Item = &'a Code> {
    area.members.iter().filter_map(|member| match member {
        NodeId::Entity(id) => plan.tables.get(id),
        NodeId::Enumeration(_) => None,
    })
}

fn notes(model: &Model, code: &mut CodeWriter) {
    for (n, note) in model.notes().enumerate() {
        code.blank();
        code.from_element(ElementId::Note(note.id), |code| {
            let open = code!("Note note_", n + 1, " [color: ", color_of(note.color), "] {");
            code.block(open, "}", |code| code.line(string(&note.text)));
        });
    }
}

/// What no feature stands for.
fn say_what_is_lost(model: &Model, plan: &mut Plan) {
    if model.namespaces().any(|namespace| !namespace.note.is_empty()) {
        plan.warn("notes on namespaces are left out");
    }
    if model.references().any(|reference| !reference.note.is_empty()) {
        plan.warn("notes on references are left out");
    }
    if model.enumerations().any(|enumeration| !enumeration.note.is_empty()) {
        plan.warn("notes on enumerations become comments");
    }
    let has_enumeration =
        |area: &Area| area.members.iter().any(|node| matches!(node, NodeId::Enumeration(_)));
    if model.areas().any(has_enumeration) {
        plan.warn("enumerations are left out of table groups");
    }
}
