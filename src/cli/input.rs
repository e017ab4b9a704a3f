//! What FILE may be: a project, anything Lunette can import, or `-` for standard input.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{self, Diagnostic};
use crate::cli::failure::{Failure, Status};
use crate::cli::terminal;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::files::FileError;
use crate::files::load;
use crate::formats::Importer;
use crate::formats::registry::{self, IMPORTERS};

/// The argument FILE and what belongs to it.
#[derive(Debug, clap::Args)]
pub(super) struct InputArguments {
    /// A project, anything Lunette can import, or `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgument,
}

/// What a file is, when neither its name nor its content tells.
#[derive(Debug, clap::Args)]
pub(super) struct FormatArgument {
    /// What FILE is; otherwise its ending decides, then its content
    #[arg(long, value_name = "FORMAT", value_parser = importer_ids())]
    from: Option<String>,
}

fn importer_ids() -> Vec<&'static str> {
    IMPORTERS.iter().map(|importer| importer.info().id).collect()
}

/// A text and where it came from.
#[derive(Debug)]
pub(super) struct Source {
    /// Its file, or `-`.
    pub(super) path: PathBuf,
    /// What it says.
    pub(super) text: String,
}

/// A source that was understood.
#[derive(Debug)]
pub(super) struct Input {
    /// Where it came from.
    pub(super) source: Source,
    /// What was understood.
    pub(super) project: Project,
    /// What was not, and what was repaired.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl FormatArgument {
    /// The format of a source: the one that was named, else what its name or its text tells.
    pub(super) fn importer_of(&self, source: &Source) -> Result<&'static dyn Importer, Failure> {
        let importer = match &self.from {
            Some(id) => registry::importer(id),
            None => load::importer_for(&source.path.to_string_lossy(), &source.text),
        };
        importer.ok_or_else(|| {
            let unknown = Diagnostic::error("cannot tell the format");
            let hint = format!("name it with `--from`: {}", importer_ids().join(", "));
            Failure::cannot_use(&source.path, unknown.with_hint(hint))
        })
    }
}

/// The text of a file, or of standard input.
pub(super) fn read_source(path: &Path) -> Result<Source, Failure> {
    let text = if path == Path::new("-") {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|source| FileError::Read { path: path.to_owned(), source })?;
        load::text_from_bytes(bytes)
            .map_err(|line| FileError::NotText { path: path.to_owned(), line })?
    } else {
        load::read_text(path)?
    };
    Ok(Source { path: path.to_owned(), text })
}

/// Reads FILE, whatever may be wrong with it.
pub(super) fn read(arguments: &InputArguments) -> Result<Input, Failure> {
    let source = read_source(&arguments.file)?;
    let importer = arguments.format.importer_of(&source)?;
    let _progress = terminal::spinner("reading", source.text.len() / 1_000);
    let imported = importer.import(&source.text, &project_name(&source.path));
    Ok(Input { source, project: imported.project, diagnostics: imported.diagnostics })
}

/// Reads FILE and says what is wrong with it; with an error in it there is nothing to go on with.
pub(super) fn read_sound(arguments: &InputArguments) -> Result<Input, Failure> {
    let input = read(arguments)?;
    for diagnostic in &input.diagnostics {
        terminal::say(Some(&input.source.path), diagnostic);
    }
    if diagnostic::has_errors(&input.diagnostics) {
        return Err(Failure::Reported(Status::InputFailed));
    }
    Ok(input)
}

/// What a project is called after its file.
pub(super) fn project_name(path: &Path) -> String {
    if path == Path::new("-") { "Untitled".to_owned() } else { load::project_name(path) }
}

/// The diagram of that name, or else the first one.
pub(super) fn diagram<'a>(
    project: &'a Project,
    name: Option<&str>,
) -> Result<&'a Diagram, Failure> {
    let found = match name {
        Some(name) => project.diagram_named(name),
        None => project.first_diagram(),
    };
    found.ok_or_else(|| {
        let message = match name {
            Some(name) => format!("there is no diagram `{name}`"),
            None => "the project has no diagram".to_owned(),
        };
        let names: Vec<_> =
            project.diagrams.values().map(|one| format!("`{}`", one.name)).collect();
        let hint = format!("its diagrams: {}", names.join(", "));
        Failure::usage(Diagnostic::error(message).with_hint(hint))
    })
}
