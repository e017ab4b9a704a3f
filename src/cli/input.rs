//! What FILE may be: a project, anything Lunette can import, or `-` for standard input.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{self, Diagnostic};
use crate::cli::failure::{Failure, Status};
use crate::cli::terminal;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::files::FileError;
use crate::files::load::{self, Loaded};
use crate::formats::Importer;
use crate::formats::registry::{self, IMPORTERS};
use crate::formats::sources::{Source, Sources};

/// The argument FILE and what belongs to it.
#[derive(Debug, clap::Args)]
pub(super) struct InputArguments {
    /// A project, a file or folder of anything Lunette can import, or `-` for standard input
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

/// What FILE held.
#[derive(Debug)]
pub(super) struct Input {
    /// How it was named.
    pub(super) path: PathBuf,
    /// The texts that were read.
    pub(super) sources: Sources,
    /// What was understood.
    pub(super) project: Project,
    /// What was not, and what was repaired.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl FormatArgument {
    /// The format that was named.
    fn named(&self) -> Option<&'static dyn Importer> {
        self.from.as_deref().and_then(registry::importer)
    }
}

/// Reads files as one project, whatever may be wrong with them.
pub(super) fn load(files: &[PathBuf], format: &FormatArgument) -> Result<Loaded, Failure> {
    let sources = Sources::from(all_sources(files, format)?);
    let importer = match format.named() {
        Some(importer) => importer,
        None => load::format_of(&sources)?,
    };
    Ok(load_as(sources, importer, files))
}

/// Reads files as one project for each format among them, whatever may be wrong with them; the
/// formats stand in the order of their first files.
pub(super) fn load_each_format(
    files: &[PathBuf],
    format: &FormatArgument,
) -> Result<Vec<Loaded>, Failure> {
    let sources = all_sources(files, format)?;
    let wholes = match format.named() {
        Some(importer) => vec![(importer, Sources::from(sources))],
        None => load::by_format(sources)?,
    };
    Ok(wholes.into_iter().map(|(importer, whole)| load_as(whole, importer, files)).collect())
}

fn all_sources(files: &[PathBuf], format: &FormatArgument) -> Result<Vec<Source>, Failure> {
    let mut all = Vec::new();
    for file in files {
        all.extend(sources_at(file, format)?);
    }
    Ok(all)
}

fn load_as(sources: Sources, importer: &'static dyn Importer, files: &[PathBuf]) -> Loaded {
    let name = files.first().map_or_else(String::new, |file| project_name(file));
    let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
    let _progress = terminal::spinner("reading", bytes / 1_000);
    load::import(sources, importer, &name)
}

/// The text of a file or of standard input, or the texts in a folder.
fn sources_at(path: &Path, format: &FormatArgument) -> Result<Vec<Source>, Failure> {
    if path != Path::new("-") {
        return Ok(load::sources_at(path, format.named())?);
    }
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    let text = load::text_from_bytes(bytes)
        .map_err(|line| FileError::NotText { path: path.to_owned(), line })?;
    Ok(vec![Source { path: "-".to_owned(), text }])
}

/// Reads FILE, whatever may be wrong with it.
pub(super) fn read(arguments: &InputArguments) -> Result<Input, Failure> {
    let path = arguments.file.clone();
    let loaded = load(std::slice::from_ref(&path), &arguments.format)?;
    let Loaded { project, diagnostics, sources, importer: _ } = loaded;
    Ok(Input { path, sources, project, diagnostics })
}

/// Reads FILE and says what is wrong with it; with an error in it there is nothing to go on with.
pub(super) fn read_sound(arguments: &InputArguments) -> Result<Input, Failure> {
    let input = read(arguments)?;
    for diagnostic in &input.diagnostics {
        terminal::say_of(&input.sources, diagnostic);
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
