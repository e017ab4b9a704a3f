//! `lunette import`: a project of files in another format.

use std::path::PathBuf;

use crate::base::diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, FormatArgument};
use crate::cli::terminal;
use crate::files::export::{Destination, Overwrite, write_export};
use crate::formats::file_set::FileSet;
use crate::formats::native;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The files or folders to read, or `-` for standard input; several must be parts of one
    /// whole, such as the scripts of one database
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    format: FormatArgument,
    /// The project to write
    #[arg(short, long, value_name = "PROJECT.lunette.json")]
    output: PathBuf,
    /// Overwrite a project that was changed since it was imported
    #[arg(long)]
    force: bool,
}

/// Reads all files as one whole and writes what was understood, with a word about what was not.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let loaded = input::load(&arguments.files, &arguments.format)?;
    for diagnostic in &loaded.diagnostics {
        terminal::say_of(&loaded.sources, diagnostic);
    }
    let has_errors = diagnostic::has_errors(&loaded.diagnostics);
    let status = if has_errors { Status::InputFailed } else { Status::Done };
    if has_errors && loaded.project.model.is_empty() {
        return Err(Failure::Reported(status));
    }
    let project = FileSet::single("project", native::write(&loaded.project));
    let overwrite = if arguments.force { Overwrite::Force } else { Overwrite::Refuse };
    let label = format!("import of {}", loaded.project.settings.name);
    write_export(&project, Destination::File(&arguments.output), &label, overwrite)?;
    let model = &loaded.project.model;
    terminal::note(&format!(
        "{}: {} entities, {} enumerations, {} references",
        arguments.output.display(),
        model.entities().len(),
        model.enumerations().len(),
        model.references().len(),
    ));
    Ok(status)
}
