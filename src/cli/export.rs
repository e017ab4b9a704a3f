//! `lunette export`: code, a script or a document for a target.

use std::path::{Path, PathBuf};

use crate::base::diagnostic::{self, Diagnostic};
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, InputArguments};
use crate::cli::terminal;
use crate::document::project::Project;
use crate::files::export::{Destination, ExportReport, Overwrite, label, write_export};
use crate::formats::feature::losses_of;
use crate::formats::file_set::FileSet;
use crate::formats::options::Options;
use crate::formats::registry::{self, EXPORTERS};
use crate::formats::{Exported, Exporter, FormatInfo};

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// What to write; `lunette formats` lists the targets with their options
    #[arg(long, value_name = "TARGET", value_parser = exporter_ids())]
    to: String,
    /// The file or folder to write; without it a single file is printed
    #[arg(short, long, value_name = "FILE|DIR")]
    output: Option<PathBuf>,
    /// Chooses an option of the target, on top of those that the project chooses
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = key_and_value)]
    choices: Vec<(String, String)>,
    /// Overwrite files that somebody else wrote or changed
    #[arg(long)]
    force: bool,
}

fn exporter_ids() -> Vec<&'static str> {
    EXPORTERS.iter().map(|exporter| exporter.info().id).collect()
}

fn key_and_value(argument: &str) -> Result<(String, String), String> {
    let (key, value) = argument.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Exports, and says what the target could not carry.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let input = input::read_sound(&arguments.input)?;
    let Some(exporter) = registry::exporter(&arguments.to) else {
        let message = format!("unknown target `{}`", arguments.to);
        return Err(Failure::usage(Diagnostic::error(message)));
    };
    let options = options(arguments, &input.project, exporter.info())?;
    let Exported { files, diagnostics } = export(&input.project, exporter, &options);
    for diagnostic in &diagnostics {
        terminal::say(Some(&input.path), diagnostic);
    }
    if diagnostic::has_errors(&diagnostics) {
        return Err(Failure::Reported(Status::InputFailed));
    }
    match &arguments.output {
        Some(output) => {
            let overwrite = if arguments.force { Overwrite::Force } else { Overwrite::Refuse };
            let label = label(&arguments.to, &input.project.settings.name);
            let report = write_export(&files, destination(&files, output), &label, overwrite)?;
            tell(&report, output);
        }
        None => print(&files, &arguments.to)?,
    }
    Ok(Status::Done)
}

/// The choices of the project with those of the command line on top.
fn options(
    arguments: &Arguments,
    project: &Project,
    info: &FormatInfo,
) -> Result<Options, Failure> {
    let mut options = Options::of_project(info, project);
    for (key, value) in &arguments.choices {
        options.set(info, key, value).map_err(Failure::usage)?;
    }
    Ok(options)
}

fn export(project: &Project, exporter: &dyn Exporter, options: &Options) -> Exported {
    let _progress = terminal::spinner("writing", project.model.entities().len());
    let mut exported = exporter.export(project, options);
    let losses = losses_of(&project.model, exporter.info());
    exported.diagnostics.splice(0..0, losses);
    exported
}

/// An export of one file goes into the file that a path with an ending names; everything else goes
/// into a folder.
fn destination<'a>(files: &FileSet, output: &'a Path) -> Destination<'a> {
    let names_a_file = output.extension().is_some() && !output.is_dir();
    if files.only().is_some() && names_a_file {
        Destination::File(output)
    } else {
        Destination::Folder(output)
    }
}

fn tell(report: &ExportReport, output: &Path) {
    for name in &report.kept {
        let message =
            format!("`{name}` is no longer part of the export, but was changed: it stays");
        terminal::say(Some(output), &Diagnostic::warning(message));
    }
    let counts = [
        ("written", report.written.len()),
        ("unchanged", report.unchanged.len()),
        ("removed", report.removed.len()),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<_> = counts.map(|(what, count)| format!("{count} {what}")).collect();
    terminal::note(&format!("{}: {}", output.display(), counts.join(", ")));
}

fn print(files: &FileSet, target: &str) -> Result<(), Failure> {
    if let Some(file) = files.only() {
        return terminal::print(file.text.as_bytes());
    }
    let message = format!("the export `{target}` has {} files", files.len());
    let hint = "name a folder for them with `-o DIR`";
    Err(Failure::usage(Diagnostic::error(message).with_hint(hint)))
}
