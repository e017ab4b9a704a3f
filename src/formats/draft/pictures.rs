//! Areas, sticky notes and diagrams of a draft → those of the project.

use indexmap::IndexSet;

use crate::base::diagnostic::Span;
use crate::diagram::{Content, Diagram};
use crate::formats::draft::finish::Finisher;
use crate::formats::draft::groups::Shows;
use crate::formats::draft::name::Name;
use crate::formats::draft::names::Match;
use crate::model::area::Area;
use crate::model::id::NodeId;
use crate::model::note::Note;

/// The way out where a diagram names what is not there.
const NAMES: &str = "declare it in the text, or mend its name";

impl Finisher {
    pub(super) fn areas(&mut self) {
        let mut taken: IndexSet<NodeId> = IndexSet::new();
        for draft in std::mem::take(&mut self.draft.areas) {
            let mut members = Vec::with_capacity(draft.members.len());
            for name in &draft.members {
                let Some(node) = self.node(name, "its area") else { continue };
                if taken.insert(node) {
                    members.push(node);
                } else if !members.contains(&node) {
                    let message = format!("`{}` is in two areas: the first stays", name.shown());
                    self.warn(message, "name it in one area only", name.span);
                }
            }
            let (id, name, color) = (self.mint.mint(), draft.name, draft.color);
            self.model.put_area(Area { id, name, color, members, note: draft.note });
        }
    }

    pub(super) fn notes(&mut self) {
        for draft in std::mem::take(&mut self.draft.notes) {
            let subject = draft.subject.and_then(|name| self.node(&name, "the note"));
            let (id, text, color) = (self.mint.mint(), draft.text, draft.color);
            self.model.put_note(Note { id, text, color, subject });
        }
    }

    /// The diagrams of the text; unless one shows everything, they follow the usual one that does.
    pub(super) fn diagrams(&mut self) {
        let drafts = std::mem::take(&mut self.draft.diagrams);
        if drafts.iter().any(|draft| matches!(draft.shows, Shows::Everything)) {
            self.project.diagrams.clear();
        }
        for draft in drafts {
            let mut diagram = Diagram::new(self.mint.mint(), draft.name);
            if let Shows::Chosen { nodes, areas, namespaces } = draft.shows {
                let mut chosen: IndexSet<NodeId> = IndexSet::new();
                for name in &nodes {
                    chosen.extend(self.node(name, "the diagram"));
                }
                for (name, span) in areas {
                    chosen.extend(self.nodes_in_area(&name, span));
                }
                for (name, span) in namespaces {
                    chosen.extend(self.nodes_in_namespace(name, span));
                }
                diagram.content = Content::Chosen(chosen);
            }
            self.project.put_diagram(diagram);
        }
    }

    fn nodes_in_area(&mut self, name: &str, span: Span) -> Vec<NodeId> {
        let area = self.model.areas().find(|area| area.name == name);
        let members = area.map(|area| area.members.clone());
        if members.is_none() {
            self.warn(format!("there is no area `{name}`"), NAMES, span);
        }
        members.unwrap_or_default()
    }

    fn nodes_in_namespace(&mut self, name: Option<String>, span: Span) -> Vec<NodeId> {
        let id = name.as_ref().and_then(|name| self.namespace_ids.get(name).copied());
        if let Some(name) = name.filter(|_| id.is_none()) {
            self.warn(format!("there is no namespace `{name}`"), NAMES, span);
            return Vec::new();
        }
        let entities = self.model.entities().filter(|entity| entity.namespace == id);
        entities.map(|entity| NodeId::Entity(entity.id)).collect()
    }

    /// The entity or enumeration of that name; one that is not there is told.
    fn node(&mut self, name: &Name, what: &str) -> Option<NodeId> {
        if let Some(found) = self.entity_names.find(name) {
            if found.by == Match::Elsewhere {
                self.tell_elsewhere(name, found.id.0);
            }
            return Some(NodeId::Entity(found.id.0));
        }
        if let Some(found) = self.enumeration_names.find(name) {
            return Some(NodeId::Enumeration(found.id));
        }
        let message = format!("`{}` is not there: {what} does not show it", name.shown());
        self.warn_of_slip(message, name.span, |this| this.entity_names.hint(name));
        None
    }
}
