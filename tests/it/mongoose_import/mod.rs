//! Mongoose models in: what our own files say is what they were made of ([`laws`]), and what other
//! people's files say is understood or told ([`reading`]), however broken it is ([`broken`]).

mod broken;
mod described;
mod laws;
mod reading;

use std::collections::BTreeMap;

use lunette::base::diagnostic::Diagnostic;
use lunette::document::project::Project;
use lunette::formats::Imported;
use lunette::formats::mongoose::MONGOOSE;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::{Source, Sources};

/// Files by their paths.
type Files = BTreeMap<String, String>;

fn export(project: &Project, choices: &[(&str, &str)]) -> Files {
    let options = Options::parse(&MONGOOSE, choices.iter().copied()).unwrap();
    let exported = exporter("mongoose").unwrap().export(project, &options);
    let files = exported.files.iter();
    files.map(|file| (file.path.as_str().to_owned(), file.text.clone())).collect()
}

fn import(files: &Files, name: &str) -> Imported {
    let sources =
        files.iter().map(|(path, text)| Source { path: path.clone(), text: text.clone() });
    importer("mongoose").unwrap().import(&Sources::from(sources.collect::<Vec<_>>()), name)
}

fn messages(diagnostics: &[Diagnostic]) -> Vec<String> {
    diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect()
}
