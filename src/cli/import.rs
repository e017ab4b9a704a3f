//! `lunette import`: a project of one or more files in another format.

use std::path::PathBuf;

use crate::base::diagnostic::{self, Diagnostic, Span};
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, FormatArgument, Source};
use crate::cli::terminal;
use crate::files::export::{Destination, Overwrite, write_export};
use crate::formats::Importer;
use crate::formats::file_set::FileSet;
use crate::formats::native::{self, Native};

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The files to read, or `-` for standard input; several must be parts of one whole, such as
    /// the scripts of one database
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

/// Reads all files as one text and writes what was understood, with a word about what was not.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let sources = arguments.files.iter().map(|file| input::read_source(file));
    let sources = sources.collect::<Result<Vec<_>, _>>()?;
    let Some(first) = sources.first() else { return Ok(Status::Done) };
    let importer = one_importer(&arguments.format, &sources)?;
    let whole = Whole::of(&sources);
    let progress = terminal::spinner("reading", whole.text.len() / 1_000);
    let imported = importer.import(&whole.text, &input::project_name(&first.path));
    drop(progress);
    for diagnostic in &imported.diagnostics {
        whole.say(diagnostic);
    }
    let has_errors = diagnostic::has_errors(&imported.diagnostics);
    let status = if has_errors { Status::InputFailed } else { Status::Done };
    if has_errors && imported.project.model.is_empty() {
        return Err(Failure::Reported(status));
    }
    let project = FileSet::single("project", native::write(&imported.project));
    let overwrite = if arguments.force { Overwrite::Force } else { Overwrite::Refuse };
    let label = format!("import of {}", imported.project.settings.name);
    write_export(&project, Destination::File(&arguments.output), &label, overwrite)?;
    let model = &imported.project.model;
    terminal::note(&format!(
        "{}: {} entities, {} enumerations, {} references",
        arguments.output.display(),
        model.entities().len(),
        model.enumerations().len(),
        model.references().len(),
    ));
    Ok(status)
}

/// The one format of all sources.
fn one_importer(
    format: &FormatArgument,
    sources: &[Source],
) -> Result<&'static dyn Importer, Failure> {
    let importers = sources.iter().map(|source| format.importer_of(source));
    let importers = importers.collect::<Result<Vec<_>, _>>()?;
    let ids: Vec<_> = importers.iter().map(|importer| importer.info().id).collect();
    let can_be_parts = ids.len() < 2 || !ids.contains(&Native.info().id);
    match importers.first() {
        Some(first) if can_be_parts && ids.iter().all(|id| *id == first.info().id) => Ok(*first),
        Some(_) | None => {
            let message = format!("the files cannot be one project: they are {}", ids.join(", "));
            let hint = "import several files of one format, or one project";
            Err(Failure::usage(Diagnostic::error(message).with_hint(hint)))
        }
    }
}

/// Several sources as one text, which knows which line came from where.
struct Whole<'a> {
    text: String,
    /// Each source with the number of lines before it.
    parts: Vec<(usize, &'a Source)>,
}

impl<'a> Whole<'a> {
    fn of(sources: &'a [Source]) -> Self {
        let mut whole = Self { text: String::new(), parts: Vec::new() };
        let mut lines = 0;
        for source in sources {
            whole.parts.push((lines, source));
            whole.text.push_str(&source.text);
            if !source.text.ends_with('\n') && sources.len() > 1 {
                whole.text.push('\n');
            }
            lines = whole.text.matches('\n').count();
        }
        whole
    }

    /// Says it with the file that its line is in.
    fn say(&self, diagnostic: &Diagnostic) {
        let Some(span) = diagnostic.span else {
            let only = if let [(_, only)] = self.parts.as_slice() { Some(*only) } else { None };
            terminal::say(only.map(|source| source.path.as_path()), diagnostic);
            return;
        };
        let part = self.parts.iter().rfind(|(before, _)| *before < span.line);
        let (before, path) = part.map_or((0, None), |(n, source)| (*n, Some(&source.path)));
        let span = Span { line: span.line - before, ..span };
        terminal::say(path.map(PathBuf::as_path), &diagnostic.clone().at(span));
    }
}
