//! `lunette import`: a project of files in other formats, or files taken over into a project that
//! is already there.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::base::diagnostic::{self, Diagnostic};
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, FormatArgument};
use crate::cli::{OutputFormat, difference, terminal};
use crate::document::edit::intake::guessing::Rename;
use crate::document::edit::intake::{Intake, Renames};
use crate::document::project::Project;
use crate::files::export::{Destination, Overwrite, write_export};
use crate::files::load::{self, Loaded};
use crate::files::save::save;
use crate::formats::echo::intake_all;
use crate::formats::file_set::FileSet;
use crate::formats::native;
use crate::formats::sources::Sources;
use crate::model::Model;
use crate::model::diff::words::{kind_of, sentences};
use crate::model::diff::{Difference, differences};
use crate::model::id::IdMint;

/// Arguments of `import`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The files or folders to read, or `-` for standard input; those of one format are read as
    /// one whole, such as the scripts of one database
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    format_of_files: FormatArgument,
    /// The project to write; one that is there already takes over what is new
    #[arg(short, long, value_name = "PROJECT.lunette.json")]
    output: PathBuf,
    /// Start anew: whatever is there is overwritten
    #[arg(long)]
    force: bool,
    /// Remove from the project what the files do not hold
    #[arg(long, conflicts_with = "force")]
    prune: bool,
    /// How to say what differs: messages on standard error, or JSON on standard output
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Reads the files and writes what was understood, with a word about what was not.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let wholes = input::load_each_format(&arguments.files, &arguments.format_of_files)?;
    for loaded in &wholes {
        for diagnostic in &loaded.diagnostics {
            terminal::say_of(&loaded.sources, diagnostic);
        }
    }
    let has_errors = wholes.iter().any(|loaded| diagnostic::has_errors(&loaded.diagnostics));
    let status = if has_errors { Status::InputFailed } else { Status::Done };
    if has_errors && wholes.iter().all(|loaded| loaded.project.model.is_empty()) {
        return Err(Failure::Reported(status));
    }
    match existing(arguments)? {
        Some(project) => take_over(arguments, &project, &wholes)?,
        None => start_anew(arguments, wholes)?,
    }
    Ok(status)
}

/// The project that is there already; none when there is nothing, when it is to be overwritten, or
/// when what is there is no project.
fn existing(arguments: &Arguments) -> Result<Option<Project>, Failure> {
    let path = &arguments.output;
    if arguments.force || !path.is_file() {
        return Ok(None);
    }
    let text = load::read_text(path)?;
    let sources = Sources::single(path.display().to_string(), text);
    let is_project = sources.iter().all(|source| native::is_project(&source.text));
    if !is_project {
        return Ok(None);
    }
    let text = sources.get(0).map_or("", |source| source.text.as_str());
    let read = native::read(text, &input::project_name(path));
    for diagnostic in &read.diagnostics {
        terminal::say_of(&sources, diagnostic);
    }
    if diagnostic::has_errors(&read.diagnostics) {
        return Err(Failure::Reported(Status::InputFailed));
    }
    Ok(Some(read.project))
}

/// What the wholes would change in a project.
fn intake_of(project: &Project, wholes: &[Loaded]) -> Intake {
    let texts: String = wholes.iter().map(|loaded| native::write(&loaded.project)).collect();
    let imports: Vec<_> = wholes.iter().map(|loaded| (&loaded.project, loaded.importer)).collect();
    let mut mint = IdMint::from_text(&texts);
    intake_all(project, &imports, Renames::Guessed, &mut mint)
}

/// Writes a project of what was read.
fn start_anew(arguments: &Arguments, mut wholes: Vec<Loaded>) -> Result<(), Failure> {
    let mut project = wholes.remove(0).project;
    if !wholes.is_empty() {
        let intake = intake_of(&project, &wholes);
        let missing = intake.missing().map(|one| one.element).collect();
        project = intake.project(&missing, None);
    }
    let files = FileSet::single("project", native::write(&project));
    let overwrite = if arguments.force { Overwrite::Force } else { Overwrite::Refuse };
    let label = format!("import of {}", project.settings.name);
    write_export(&files, Destination::File(&arguments.output), &label, overwrite)?;
    if arguments.format == OutputFormat::Json {
        let found = differences(&Model::new(), &project.model);
        print_json(arguments, &found, &[], &[])?;
    }
    note(&arguments.output, &project);
    Ok(())
}

/// Writes the project that is there already with what is new, and says what differs.
fn take_over(arguments: &Arguments, project: &Project, wholes: &[Loaded]) -> Result<(), Failure> {
    let intake = intake_of(project, wholes);
    let stays: Vec<Difference> =
        if arguments.prune { Vec::new() } else { intake.missing().cloned().collect() };
    let left_out = stays.iter().map(|one| one.element).collect();
    let merged = intake.project(&left_out, None);
    let found = differences(&project.model, &merged.model);
    if merged != *project {
        save(&merged, &arguments.output)?;
    }
    match arguments.format {
        OutputFormat::Text => tell(&arguments.output, &found, &intake.renames, &stays),
        OutputFormat::Json => print_json(arguments, &found, &intake.renames, &stays)?,
    }
    note(&arguments.output, &merged);
    Ok(())
}

fn tell(path: &Path, found: &[Difference], renames: &[Rename], missing: &[Difference]) {
    for sentence in found.iter().flat_map(sentences) {
        terminal::say(Some(path), &Diagnostic::info(sentence));
    }
    for Rename { element, old, new } in renames {
        let kind = kind_of(*element);
        let message = format!("{kind} {old} was taken for what is now {new}: they are alike");
        terminal::say(Some(path), &Diagnostic::info(message));
    }
    let last = missing.len().saturating_sub(1);
    for (place, one) in missing.iter().enumerate() {
        let kind = kind_of(one.element);
        let message = format!("{kind} {} is not in the import and stays", one.name);
        let mut told = Diagnostic::info(message);
        if place == last {
            told = told.with_hint("`--prune` removes what the import does not hold");
        }
        terminal::say(Some(path), &told);
    }
}

fn print_json(
    arguments: &Arguments,
    found: &[Difference],
    renames: &[Rename],
    missing: &[Difference],
) -> Result<(), Failure> {
    let listing = json!({
        "version": 1,
        "project": arguments.output.display().to_string(),
        "differences": found.iter().map(difference::as_json).collect::<Vec<_>>(),
        "renames": renames.iter().map(|one| json!({
            "kind": kind_of(one.element),
            "element": one.element.to_string(),
            "old": one.old,
            "new": one.new,
        })).collect::<Vec<_>>(),
        "missing": missing.iter().map(|one| json!({
            "kind": kind_of(one.element),
            "element": one.element.to_string(),
            "name": one.name,
        })).collect::<Vec<_>>(),
    });
    terminal::print(format!("{listing:#}\n").as_bytes())
}

fn note(path: &Path, project: &Project) {
    let model = &project.model;
    terminal::note(&format!(
        "{}: {} entities, {} enumerations, {} references",
        path.display(),
        model.entities().len(),
        model.enumerations().len(),
        model.references().len(),
    ));
}
