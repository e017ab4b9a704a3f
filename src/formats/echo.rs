//! A project as an import format would say it: what was exported and read again. An import that
//! says the same contradicts nothing, however little its format can say.

use indexmap::IndexSet;

use crate::document::edit::intake::{Basis, Intake, Renames};
use crate::document::project::Project;
use crate::formats::options::Options;
use crate::formats::registry::exporter;
use crate::formats::sources::{Source, Sources};
use crate::formats::{Importer, native};
use crate::model::Model;
use crate::model::id::{ElementId, IdMint};

/// Compares an import with the project that it is to become part of.
pub fn intake(
    project: &Project,
    imported: &Project,
    importer: &dyn Importer,
    renames: Renames,
    mint: &mut IdMint,
) -> Intake {
    if importer.info().id == native::FORMAT {
        return Intake::new(project, imported, Basis::Whole, renames, mint);
    }
    let echo = echo(project, importer, &imported.settings.target);
    let basis = echo.as_ref().map_or(Basis::Unknown, Basis::Echo);
    Intake::new(project, imported, basis, renames, mint)
}

/// Compares several imports with the project that they are to become part of, each read with its
/// own format.
pub fn intake_all(
    project: &Project,
    imports: &[(&Project, &dyn Importer)],
    renames: Renames,
    mint: &mut IdMint,
) -> Intake {
    if let [(imported, importer)] = imports {
        return intake(project, imported, *importer, renames, mint);
    }
    let mut after = project.clone();
    let mut guessed = Vec::new();
    let mut gone: Option<IndexSet<ElementId>> = None;
    for (imported, importer) in imports {
        let one = intake(&after, imported, *importer, renames, mint);
        let missing: IndexSet<_> = one.missing().map(|missing| missing.element).collect();
        after = one.project(&missing, None);
        gone = Some(match gone {
            Some(gone) => gone.intersection(&missing).copied().collect(),
            None => missing,
        });
        guessed.extend(one.renames);
    }
    Intake::of_result(project, &after, gone.unwrap_or_default(), guessed)
}

/// The model that this format makes of its own text for the project; none when it has none. An
/// importer of several dialects says by `target` which one it has read.
fn echo(project: &Project, importer: &dyn Importer, target: &str) -> Option<Model> {
    let exporter = exporter(importer.info().id).or_else(|| exporter(target))?;
    let options = Options::of_project(exporter.info(), project);
    let exported = exporter.export(project, &options);
    let files = exported
        .files
        .iter()
        .map(|file| Source { path: file.path.as_str().to_owned(), text: file.text.clone() });
    let sources = Sources::from(files.collect::<Vec<_>>());
    Some(importer.import(&sources, &project.settings.name).project.model)
}
