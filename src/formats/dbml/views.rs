//! Diagrams as views of dbdiagram.io. Must not know where cards stand: DBML has no positions.

use std::sync::Arc;

use crate::diagram::{Content, Diagram};
use crate::document::project::Project;
use crate::formats::code::code;
use crate::formats::dbml::plan::{Names, Plan};
use crate::formats::dbml::text::{Code, CodeWriter, name};
use crate::model::id::NodeId;

/// Writes every diagram, but for the usual one of everything at the beginning.
pub(super) fn views(project: &Project, plan: &mut Plan, code: &mut CodeWriter) {
    let shows_all = |diagram: &&Arc<Diagram>| diagram.content == Content::Everything;
    let mut shown = Vec::new();
    for diagram in project.diagrams.values() {
        let tables = tables_of(diagram, plan);
        if tables.is_empty() {
            plan.warn(&format!("the diagram `{}` shows no tables and is left out", diagram.name));
        } else {
            shown.push((diagram, tables));
        }
    }
    let is_usual = project.diagrams.values().filter(shows_all).count() == 1
        && shown.first().is_some_and(|(first, _)| shows_all(first) && first.name == "Main");
    let mut names = Names::default();
    for (diagram, tables) in shown.into_iter().skip(usize::from(is_usual)) {
        code.blank();
        let title = name(&names.unique(&diagram.name));
        code.block(code!("DiagramView ", title, " {"), "}", |code| {
            code.block("Tables {", "}", |code| tables.iter().for_each(|table| code.line(table)));
        });
    }
}

fn tables_of(diagram: &Diagram, plan: &Plan) -> Vec<Code> {
    match &diagram.content {
        Content::Everything => vec![code!("*")],
        Content::Chosen(nodes) => {
            let tables = nodes.iter().filter_map(|node| match node {
                NodeId::Entity(id) => plan.tables.get(id).cloned(),
                NodeId::Enumeration(_) => None,
            });
            tables.collect()
        }
    }
}
