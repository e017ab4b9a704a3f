//! `lunette layout`: arranges the cards of diagrams anew.

use std::path::PathBuf;
use std::sync::Arc;

use crate::base::diagnostic::Diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, InputArguments};
use crate::cli::terminal;
use crate::diagram::Diagram;
use crate::files::save::save;
use crate::layout::arrange::{ArrangeScope, arrange, displaced_notes};
use crate::layout::engines::{self, Engine};
use crate::model::Model;

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
    /// Only the diagram of that name; otherwise all of them
    #[arg(long, value_name = "NAME")]
    diagram: Option<String>,
}

fn engine_ids() -> Vec<&'static str> {
    engines::ALL.iter().map(|engine| engine.id).collect()
}

/// Arranges every card that is not pinned, and writes the project.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let input = input::read_sound(&arguments.input)?;
    let mut project = input.project;
    let Some(engine) = engines::engine(&arguments.engine) else {
        return Err(Failure::usage(Diagnostic::error(format!(
            "unknown engine `{}`",
            arguments.engine
        ))));
    };
    let chosen = match &arguments.diagram {
        Some(name) => vec![input::diagram(&project, Some(name))?.id],
        None => project.diagrams.keys().copied().collect(),
    };
    let _progress = terminal::spinner("arranging", project.model.entities().len());
    for id in chosen {
        if let Some(diagram) = project.diagrams.get_mut(&id) {
            arrange_diagram(&project.model, Arc::make_mut(diagram), engine);
        }
    }
    save(&project, &arguments.output)?;
    Ok(Status::Done)
}

fn arrange_diagram(model: &Model, diagram: &mut Diagram, engine: &Engine) {
    let nodes = arrange(model, diagram, engine, &ArrangeScope::All);
    diagram.notes.extend(displaced_notes(model, diagram, &nodes));
    for (node, position) in nodes {
        diagram.placements.update(node, |placement| placement.position = position.round());
    }
    // Bends and frames made by hand for the old places would lead astray.
    diagram.routes.clear();
    diagram.frames.clear();
}
