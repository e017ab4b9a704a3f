//! `lunette layout`: arranges the cards of diagrams anew.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::base::diagnostic::Diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, InputArguments};
use crate::cli::terminal;
use crate::document::edit::diagrams::{Arrangement, rearrange};
use crate::document::project::Project;
use crate::files::save::save;
use crate::layout::arrange::{ArrangeScope, MODES, arrange, displaced_notes};
use crate::layout::engines::{self, Engine};
use crate::model::Model;
use crate::model::id::{DiagramId, NodeId};

/// Arguments of `layout`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// The project to write
    #[arg(short, long, value_name = "PROJECT.lunette.json")]
    output: PathBuf,
    /// How to arrange
    #[arg(long, value_name = "NAME", default_value = engines::DEFAULT.id, value_parser = engine_ids())]
    engine: String,
    /// What to arrange
    #[arg(long, value_name = "MODE", default_value = "all", value_parser = mode_ids())]
    mode: String,
    /// An entity or enumeration that `--mode selection` or `--mode around` is about
    #[arg(long = "entity", value_name = "NAME")]
    entities: Vec<String>,
    /// Only the diagram of that name; otherwise all of them
    #[arg(long, value_name = "NAME")]
    diagram: Option<String>,
}

fn engine_ids() -> Vec<&'static str> {
    engines::ALL.iter().map(|engine| engine.id).collect()
}

fn mode_ids() -> Vec<&'static str> {
    MODES.iter().map(|mode| mode.id).collect()
}

/// Arranges the cards that the mode lets move, and writes the project.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let input = input::read_sound(&arguments.input)?;
    let mut project = input.project;
    let Some(engine) = engines::engine(&arguments.engine) else {
        return Err(Failure::usage(Diagnostic::error(format!(
            "unknown engine `{}`",
            arguments.engine
        ))));
    };
    let scope = scope(&project.model, arguments)?;
    let chosen = match &arguments.diagram {
        Some(name) => vec![input::diagram(&project, Some(name))?.id],
        None => project.diagrams.keys().copied().collect(),
    };
    let _progress = terminal::spinner("arranging", project.model.entities().len());
    for id in chosen {
        arrange_diagram(&mut project, id, engine, &scope);
    }
    save(&project, &arguments.output)?;
    Ok(Status::Done)
}

/// What the mode and the named entities say.
fn scope(model: &Model, arguments: &Arguments) -> Result<ArrangeScope, Failure> {
    let mode = arguments.mode.as_str();
    let nodes = arguments.entities.iter().map(|name| node_named(model, name));
    let nodes: BTreeSet<NodeId> = nodes.collect::<Result<_, _>>()?;
    let misused = |message: String, hint: &str| {
        Err(Failure::usage(Diagnostic::error(message).with_hint(hint)))
    };
    let mut named = nodes.iter().copied();
    match (mode, named.next(), named.next()) {
        ("selection", Some(_), _) => Ok(ArrangeScope::Selection(nodes)),
        ("around", Some(center), None) => Ok(ArrangeScope::Around(center)),
        ("around", Some(_), Some(_)) => {
            misused("`--mode around` is about one entity".to_owned(), "give `--entity` once")
        }
        ("selection" | "around", None, _) => {
            misused(format!("`--mode {mode}` is about an entity"), "say which with `--entity NAME`")
        }
        (_, Some(_), _) => misused(
            format!("`--mode {mode}` is about no single entity"),
            "`--entity` goes with `--mode selection` and `--mode around`",
        ),
        ("anew", ..) => Ok(ArrangeScope::Anew),
        ("new", ..) => Ok(ArrangeScope::New),
        ("areas", ..) => Ok(ArrangeScope::Areas),
        ("unlinked", ..) => Ok(ArrangeScope::Unlinked),
        _ => Ok(ArrangeScope::All),
    }
}

/// The card of that name, with its namespace or without.
fn node_named(model: &Model, name: &str) -> Result<NodeId, Failure> {
    let entities = model.entities().map(|one| (NodeId::Entity(one.id), one.name.as_str()));
    let enumerations =
        model.enumerations().map(|one| (NodeId::Enumeration(one.id), one.name.as_str()));
    let mut nodes: Vec<(NodeId, &str)> = entities.chain(enumerations).collect();
    if let Some((node, _)) = nodes.iter().find(|(node, _)| model.display_name(*node) == name) {
        return Ok(*node);
    }
    nodes.retain(|(_, own)| *own == name);
    let (message, hint) = match nodes.as_slice() {
        [(only, _)] => return Ok(*only),
        [] => (format!("there is no entity `{name}`"), "names are written as in the project"),
        _ => {
            (format!("there are several entities `{name}`"), "write the namespace before the name")
        }
    };
    Err(Failure::usage(Diagnostic::error(message).with_hint(hint)))
}

fn arrange_diagram(project: &mut Project, id: DiagramId, engine: &Engine, scope: &ArrangeScope) {
    let Some(diagram) = project.diagram(id) else { return };
    let nodes = arrange(&project.model, diagram, engine, scope);
    let notes = displaced_notes(&project.model, diagram, &nodes);
    rearrange(project, id, &Arrangement { nodes, notes, ..Arrangement::default() });
}
