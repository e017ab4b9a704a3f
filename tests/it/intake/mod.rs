//! Importing into a project that is already there: [`laws`] (what holds for every model and format),
//! [`kept`] (what a person made stays), [`changed`] (what the import says is taken over).

mod changed;
mod kept;
mod laws;

use lunette::document::edit::intake::{Intake, Renames};
use lunette::document::project::Project;
use lunette::formats::Importer;
use lunette::formats::echo::intake;
use lunette::formats::registry::importer;
use lunette::formats::sources::Sources;
use lunette::model::diff::words::sentences;
use lunette::model::id::IdMint;

/// What reading a script gives.
fn read_sql(script: &str) -> Project {
    importer("sql").unwrap().import(&Sources::single("shop.sql", script), "shop").project
}

/// What a script would change in a project.
fn intake_of_sql(project: &Project, script: &str) -> Intake {
    intake_of(project, &read_sql(script), importer("sql").unwrap())
}

fn intake_of(project: &Project, imported: &Project, importer: &dyn Importer) -> Intake {
    intake(project, imported, importer, Renames::Guessed, &mut IdMint::from_seed(7))
}

/// What differs, in sentences.
fn told(intake: &Intake) -> Vec<String> {
    intake.differences.iter().flat_map(sentences).collect()
}
