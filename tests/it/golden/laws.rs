//! Laws that every export target keeps.

use std::collections::BTreeSet;

use lunette::document::project::Project;
use lunette::formats::feature::losses_of;
use lunette::formats::registry::EXPORTERS;

use crate::golden::{choices, export};
use crate::support::hostile::{hostile_project, hostile_project_of};
use crate::support::samples::samples;
use crate::support::{kitchen_sink, small};

fn projects() -> Vec<Project> {
    let mut projects: Vec<_> = samples().iter().map(|sample| sample.project()).collect();
    projects.extend([kitchen_sink(), small::documents(), small::tables()]);
    projects.extend([hostile_project(), Project::default()]);
    projects
}

#[test]
fn exporting_twice_gives_the_same_bytes() {
    for exporter in EXPORTERS {
        for project in projects() {
            let name = &project.settings.name;
            let id = exporter.info().id;
            assert_eq!(
                export(*exporter, &project, &[]),
                export(*exporter, &project.clone(), &[]),
                "{id} of {name}",
            );
        }
        for choice in choices(*exporter) {
            let [once, twice] = [(), ()].map(|()| export(*exporter, &kitchen_sink(), &[choice]));
            assert_eq!(once, twice, "{} with {choice:?}", exporter.info().id);
        }
    }
}

#[test]
fn every_declared_loss_is_told_of_a_model_that_uses_it() {
    for exporter in EXPORTERS {
        let info = exporter.info();
        let features: BTreeSet<_> = info.losses.iter().map(|loss| loss.feature).collect();
        assert_eq!(features.len(), info.losses.len(), "{} declares a loss twice", info.id);
        let said = losses_of(&kitchen_sink().model, info);
        assert_eq!(said.len(), info.losses.len(), "{}: {said:#?}", info.id);
        for (loss, said) in info.losses.iter().zip(&said) {
            assert!(said.message.contains(loss.feature.describe()), "{said:?}");
            assert!(said.message.contains(loss.outcome), "{said:?}");
        }
        assert_eq!(losses_of(&Project::default().model, info), [], "{}", info.id);
    }
}

#[test]
fn what_is_written_is_text_with_line_ends() {
    for exporter in EXPORTERS {
        for project in projects() {
            for file in export(*exporter, &project, &[]).files.iter() {
                let name = format!("{} of {}", file.path, project.settings.name);
                assert!(file.text.ends_with('\n'), "{name} does not end with a line break");
                assert!(!file.text.contains('\r'), "{name} holds a carriage return");
                assert!(!file.text.ends_with("\n\n"), "{name} ends with empty lines");
            }
        }
    }
}

#[test]
fn origins_lie_inside_their_file() {
    for exporter in EXPORTERS {
        for project in projects() {
            for file in export(*exporter, &project, &[]).files.iter() {
                let n_lines = file.text.lines().count();
                for origin in &file.origins {
                    let lines = &origin.lines;
                    assert!(lines.start < lines.end && lines.end <= n_lines, "{}", file.path);
                }
            }
        }
    }
}

#[test]
fn a_name_wider_than_any_column_of_text_is_written() {
    let project = hostile_project_of(&["long_".repeat(13_200)]);
    for exporter in EXPORTERS {
        let written = export(*exporter, &project, &[]);
        assert!(!written.files.is_empty(), "{}", exporter.info().id);
    }
}
