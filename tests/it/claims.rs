//! What a format claims is true: what comes back otherwise than it went out is among the losses
//! that the format declares, or was told when it was written.
//!
//! Names of the hostile model are changed once by most formats; as it is then, it comes back like any
//! other.

use std::collections::BTreeSet;

use lunette::base::diagnostic::Diagnostic;
use lunette::document::edit::intake::compare;
use lunette::document::project::Project;
use lunette::formats::Exported;
use lunette::formats::feature::Feature;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::{Source, Sources};
use lunette::model::Model;
use lunette::model::diff::words::sentences;
use lunette::model::diff::{Aspect, Change, Difference, Value, What};
use lunette::model::id::ElementId;

use crate::support::every_project;
use crate::support::rich::rich_project;

/// Every format that is written and read, apart from those with laws of their own: the project file
/// and the dialects of SQL.
const FORMATS: [&str; 6] = ["dbml", "json-schema", "prisma", "eraser", "mermaid", "mongoose"];

/// A round trip: what went out, what was said about it, what came back otherwise.
struct Trip {
    losses: BTreeSet<Feature>,
    told: Vec<Diagnostic>,
    differences: Vec<Difference>,
}

fn write(id: &str, project: &Project) -> Exported {
    let target = exporter(id).unwrap();
    target.export(project, &Options::defaults(target.info()))
}

fn read(id: &str, exported: &Exported, name: &str) -> Project {
    let mut sources = Sources::default();
    for file in exported.files.iter() {
        let (path, text) = (file.path.to_string(), file.text.clone());
        sources.push(Source { path, text });
    }
    importer(id).unwrap().import(&sources, name).project
}

fn read_back(id: &str, project: &Project) -> Project {
    read(id, &write(id, project), &project.settings.name)
}

fn trip(id: &str, project: &Project) -> Trip {
    let target = exporter(id).unwrap();
    let exported = write(id, project);
    let read = read(id, &exported, &project.settings.name);
    Trip {
        losses: target.info().losses.iter().map(|loss| loss.feature).collect(),
        told: exported.diagnostics,
        differences: compare(&project.model, &read.model, false),
    }
}

impl Trip {
    fn loses(&self, features: &[Feature]) -> bool {
        features.iter().any(|feature| self.losses.contains(feature))
    }

    fn tells(&self, word: &str) -> bool {
        self.told.iter().any(|diagnostic| diagnostic.message.contains(word))
    }

    /// What came back otherwise though nobody said so.
    fn unclaimed(&self, id: &str, model: &Model) -> Vec<String> {
        let mut unclaimed = Vec::new();
        for difference in &self.differences {
            let mut rest = difference.clone();
            let is_excused = match &mut rest.what {
                What::Added | What::Removed => self.excuses_element(id, &rest, model),
                What::Changed(changes) => {
                    changes.retain(|change| !self.excuses(id, difference, change));
                    changes.is_empty()
                }
            };
            if !is_excused {
                unclaimed.extend(sentences(&rest));
            }
        }
        unclaimed
    }

    /// Whether an element may be gone, or new.
    fn excuses_element(&self, id: &str, difference: &Difference, model: &Model) -> bool {
        use Feature as F;
        match difference.element {
            ElementId::Namespace(_) => self.loses(&[F::Namespaces]),
            ElementId::Entity(_) => self.loses(&[F::Views, F::EmbeddedTypes]),
            ElementId::Field(..) => {
                self.loses(&[F::Timestamps, F::NestedObjects, F::References, F::ManyToMany])
                    || self.loses(&[F::CompositeKeys]) && difference.name.ends_with("._id")
            }
            ElementId::Enumeration(_) | ElementId::Value(..) => {
                self.loses(&[F::Enumerations]) || self.tells("numeration")
            }
            // Where keys are unique indexes, unique indexes are keys.
            ElementId::Key(entity, _) if difference.what == What::Added => {
                let entity = model.entity(entity);
                entity.is_some_and(|entity| entity.indexes.iter().any(|index| index.unique))
            }
            ElementId::Key(..) => {
                self.loses(&[F::PrimaryKeys, F::AlternateKeys]) || self.tells("key")
            }
            ElementId::Index(..) => {
                self.loses(&[F::Indexes, F::ExpressionIndexes, F::AlternateKeys])
                    || self.tells("index")
            }
            ElementId::Check(..) => self.loses(&[F::Checks]),
            ElementId::Reference(_) => {
                self.loses(&[F::References, F::CompositeReferences])
                    || self.tells("reference")
                    || id == "prisma" && self.has_turned(difference)
            }
            ElementId::Area(_) => self.loses(&[F::Areas]),
            ElementId::Note(_) => self.loses(&[F::StickyNotes]),
        }
    }

    /// Whether a reference came back from its other end: two lists have no direction.
    fn has_turned(&self, difference: &Difference) -> bool {
        let ends = difference.name.split_once(" → ");
        let turned = ends.map(|(from, to)| format!("{to} → {from}"));
        self.differences.iter().any(|other| Some(&other.name) == turned.as_ref())
    }

    /// Whether something about an element may be otherwise.
    fn excuses(&self, id: &str, difference: &Difference, change: &Change) -> bool {
        use Feature as F;
        let is_of = |element: fn(&ElementId) -> bool| element(&difference.element);
        match change.aspect {
            // Who reads a model has guessed what the text does not say; what one target knows alone
            // is written for that target.
            Aspect::Inferred | Aspect::Options => true,
            Aspect::Identifying => id != "mermaid",
            Aspect::From | Aspect::To if change.old == change.new => true,
            Aspect::From => self.loses(&[F::ManyToMany]),
            Aspect::To => self.loses(&[F::ReferencedFields]),
            Aspect::Fields => self.loses(&[F::CompositeKeys]),
            // Keys come before indexes there.
            Aspect::Order => id == "prisma",
            Aspect::Name => match difference.element {
                ElementId::Key(..) => self.loses(&[F::KeyNames]) || self.tells("names"),
                ElementId::Reference(_) => self.loses(&[F::ReferenceNames]) || self.tells("names"),
                _ => self.loses(&[F::Namespaces]),
            },
            Aspect::Namespace => self.loses(&[F::Namespaces, F::Enumerations]),
            Aspect::Kind => {
                self.loses(&[F::Views, F::EmbeddedTypes, F::TextIndexes])
                    || self.tells("kind")
                    || is_stored(change)
            }
            // What was stored under its own name says so there.
            Aspect::StoredName => {
                self.loses(&[F::StoredNames]) || id == "mongoose" && change.old == Value::Nothing
            }
            Aspect::Timestamps => self.loses(&[F::Timestamps]),
            Aspect::KeepsId => self.loses(&[F::NestedObjects, F::KeptIds]),
            Aspect::Query => self.loses(&[F::Views]),
            Aspect::Note => match difference.element {
                ElementId::Namespace(_) => self.loses(&[F::NamespaceNotes]),
                ElementId::Index(..) => self.loses(&[F::IndexNotes]),
                ElementId::Check(..) => self.loses(&[F::CheckNotes]),
                ElementId::Enumeration(_) | ElementId::Value(..) => {
                    self.loses(&[F::Enumerations, F::EnumerationNotes])
                }
                ElementId::Area(_) => self.loses(&[F::AreaLooks]),
                ElementId::Reference(_) => self.loses(&[F::ReferenceNotes]),
                // Values of an enumeration that became a remark.
                _ => self.loses(&[F::Notes, F::Enumerations]),
            },
            Aspect::Type => {
                self.loses(&[F::Enumerations]) && is_enumeration(change) || is_similar(id, change)
            }
            Aspect::NativeTypes => self.loses(&[F::NativeTypes]),
            // A list of Prisma is always there, and so nothing says it.
            Aspect::Required => {
                self.tells("required") || self.loses(&[F::PrimaryKeys]) || id == "prisma"
            }
            Aspect::Unique => self.loses(&[F::UniqueFields]) || self.tells("unique fields"),
            Aspect::Default => {
                self.loses(&[F::Defaults, F::DefaultExpressions, F::MadeDefaults])
                    || self.tells("efault")
                    || id == "prisma" && text(&change.old) == "generated"
                    || is_empty_list(change)
            }
            Aspect::AutoIncrement => self.loses(&[F::AutoIncrement]) || self.tells("count"),
            Aspect::Generated => self.loses(&[F::GeneratedFields]),
            Aspect::Immutable => self.loses(&[F::Immutable, F::AutoIncrement]),
            Aspect::Min | Aspect::Max => self.loses(&[F::MinMax]),
            Aspect::MinLength | Aspect::MaxLength => {
                // The length of the type and the rule are one.
                self.loses(&[F::TextLengthRules]) || ["mongoose", "json-schema"].contains(&id)
            }
            Aspect::Pattern => self.loses(&[F::Patterns]),
            Aspect::Trim | Aspect::Lowercase => self.loses(&[F::TextCleaning]),
            Aspect::Hidden => self.loses(&[F::Hidden]),
            Aspect::Parts => self.loses(&[F::IndexOrder]),
            Aspect::Sparse => self.loses(&[F::SparseIndexes]),
            Aspect::Partial => {
                self.loses(&[F::PartialIndexes]) || is_same_json(change) || self.tells("condition")
            }
            Aspect::ExpireAfter => self.loses(&[F::ExpiringIndexes]),
            Aspect::FromCardinality | Aspect::ToCardinality => self.loses(&[F::MinimumCardinality]),
            // The usual name of an end is no role.
            Aspect::FromRole | Aspect::ToRole => self.loses(&[F::Roles]) || id == "prisma",
            Aspect::OnDelete | Aspect::OnUpdate => {
                self.loses(&[F::ReferentialActions]) || self.tells("action")
            }
            Aspect::Color => {
                self.loses(&[F::AreaLooks]) && is_of(|e| matches!(e, ElementId::Area(_)))
            }
            Aspect::Members => self.loses(&[F::EnumerationsInAreas]),
            Aspect::Subject => self.loses(&[F::NoteSubjects]),
            Aspect::Parent | Aspect::Expression | Aspect::Text => false,
        }
    }
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        Value::Flag(_) | Value::Nothing => "",
    }
}

fn is_enumeration(change: &Change) -> bool {
    text(&change.new).contains("string")
}

/// A list is empty by itself where documents are kept.
fn is_empty_list(change: &Change) -> bool {
    text(&change.old) == "[]" && change.new == Value::Nothing
}

fn is_same_json(change: &Change) -> bool {
    let json = |value: &Value| serde_json::from_str::<serde_json::Value>(text(value)).ok();
    json(&change.old).is_some() && json(&change.old) == json(&change.new)
}

/// Whether it is one kind of what is stored instead of the other.
fn is_stored(change: &Change) -> bool {
    [&change.old, &change.new].iter().all(|kind| ["collection", "table"].contains(&text(kind)))
}

/// Whether a type is the one that stands for another in that format, by its mapping table.
fn is_similar(id: &str, change: &Change) -> bool {
    let bare = |ty: &str| {
        let inner = ty.trim_matches(['[', ']']);
        inner.split('(').next().unwrap_or_default().to_owned()
    };
    let (old, new) = (bare(text(&change.old)), bare(text(&change.new)));
    let becomes = |of: &[&str], other: &str| of.contains(&old.as_str()) && new == other;
    match id {
        "mongoose" => {
            old == new
                || becomes(&["text", "time", "interval", "inet"], "string")
                || becomes(&["date", "local datetime"], "datetime")
                || becomes(&["tinyint", "smallint"], "int")
                || becomes(&["float", "vector"], "double")
                || becomes(&["json"], "mixed")
        }
        "json-schema" => {
            old == new
                || becomes(&["decimal"], "double")
                || becomes(&["text"], "string")
                || becomes(&["json"], "mixed")
                || becomes(&["vector"], "float")
        }
        "prisma" => {
            old == new
                || becomes(&["decimal"], "double")
                || becomes(&["text", "uuid"], "string")
                || becomes(&["date"], "datetime")
                || becomes(&["tinyint"], "smallint")
                // What holds others is one value to a database of tables.
                || new == "json" && (!SCALARS.contains(&old.as_str()) || is_nested(change))
        }
        "eraser" | "mermaid" => old == new || new == "json" || new == "mixed",
        _ => false,
    }
}

/// Whether it was a list of lists.
fn is_nested(change: &Change) -> bool {
    text(&change.old).starts_with("[[")
}

/// Types that hold one value, which no format may take for several.
const SCALARS: [&str; 14] = [
    "bigint", "binary", "boolean", "date", "datetime", "decimal", "double", "float", "int",
    "smallint", "string", "text", "time", "uuid",
];

fn assert_claims(projects: impl IntoIterator<Item = (String, Project)>) {
    let mut failures = Vec::new();
    for (name, project) in projects {
        for id in FORMATS {
            let unclaimed = trip(id, &project).unclaimed(id, &project.model);
            failures.extend(unclaimed.iter().map(|one| format!("{id} of {name}: {one}")));
        }
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_sample_comes_back_as_its_format_claims() {
    assert_claims(every_project().into_iter().filter(|(name, _)| name != "hostile"));
}

#[test]
fn the_hostile_model_comes_back_as_its_format_claims_once_its_names_fit() {
    let (_, hostile) = every_project().into_iter().find(|(name, _)| name == "hostile").unwrap();
    let mut failures = Vec::new();
    for id in FORMATS {
        let fit = read_back(id, &hostile);
        assert!(fit.model.entities().count() > 20, "{id} has lost the model");
        failures.extend(
            trip(id, &fit).unclaimed(id, &fit.model).into_iter().map(|one| format!("{id}: {one}")),
        );
    }
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn a_random_model_comes_back_as_its_format_claims() {
    assert_claims((0..12).map(|seed| (format!("random {seed}"), rich_project(seed))));
}
