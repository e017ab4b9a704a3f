//! Models for tests, built in code so that they need no file format.
//!
//! Reading order: [`builder`] (short ways to say a model), [`small`] (two little models),
//! [`kitchen_sink`] (one model that uses everything a model can say), [`hostile`] (one made of names
//! that try to break out), [`random`] (models of any size), [`rich`] (models that say much). Must not know any format.

#![allow(dead_code, reason = "two test binaries share this folder, and each uses a part of it")]

pub(crate) mod builder;
pub(crate) mod hostile;
pub(crate) mod kitchen_sink;
pub(crate) mod newer;
pub(crate) mod random;
pub(crate) mod rich;
pub(crate) mod samples;
pub(crate) mod small;

use lunette::document::project::Project;

pub(crate) use kitchen_sink::kitchen_sink;

/// Every model that an exporter has to cope with, by a name that is fit for a folder.
pub(crate) fn every_project() -> Vec<(String, Project)> {
    let built = [
        ("kitchen_sink", kitchen_sink()),
        ("small_documents", small::documents()),
        ("small_tables", small::tables()),
        ("hostile", hostile::hostile_project()),
    ];
    let samples = samples::samples().into_iter().map(|one| (one.name.clone(), one.project()));
    built.into_iter().map(|(name, project)| (name.to_owned(), project)).chain(samples).collect()
}
