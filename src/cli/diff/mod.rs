//! `lunette diff`: what differs between two models, by hand or as Git's way to show it.

mod git;

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::base::diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, FormatArgument};
use crate::cli::{OutputFormat, difference, terminal};
use crate::diagram::Diagram;
use crate::document::edit::intake::compare;
use crate::document::project::Project;
use crate::files::load::Loaded;
use crate::formats::native;
use crate::model::diff::Difference;
use crate::model::diff::words::sentences;

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The older model: a project, or anything Lunette can import
    old: PathBuf,
    /// The newer model
    #[arg(required_unless_present = "git")]
    new: Option<PathBuf>,
    /// What Git names besides
    #[arg(hide = true, requires = "git")]
    named_by_git: Vec<String>,
    #[command(flatten)]
    format_of_files: FormatArgument,
    /// Sentences or JSON, on standard output
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// End with exit status 1 when they differ
    #[arg(long)]
    exit_code: bool,
    /// Take the arguments that Git gives to a command that shows differences
    #[arg(long)]
    git: bool,
}

/// Everything that differs.
struct Compared {
    settings: Vec<SettingDifference>,
    found: Vec<Difference>,
    diagrams: Vec<DiagramDifference>,
}

/// A setting with both values as they read.
type SettingDifference = (&'static str, String, String);

/// What differs about a diagram.
struct DiagramDifference {
    name: String,
    what: &'static str,
    /// How many cards stand elsewhere.
    moved: usize,
}

/// Compares two models and says what differs.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let Arguments { old, new, named_by_git, format_of_files, format, exit_code, git } = arguments;
    let Some(new) = new.as_ref().filter(|_| !git) else {
        return git::run(old, new.as_deref(), named_by_git);
    };
    let [old_side, new_side] = [read(old, format_of_files)?, read(new, format_of_files)?];
    let is_project = |one: &Loaded| one.importer.info().id == native::FORMAT;
    let are_projects = is_project(&old_side) && is_project(&new_side);
    let compared = Compared::of(&old_side.project, &new_side.project, are_projects);
    let text = match format {
        OutputFormat::Text => compared.lines().map(|line| line + "\n").collect(),
        OutputFormat::Json => format!("{:#}\n", compared.as_json(old, new)),
    };
    terminal::print(text.as_bytes())?;
    let fails = *exit_code && !compared.is_empty();
    Ok(if fails { Status::InputFailed } else { Status::Done })
}

impl Compared {
    /// In two projects ids say what is the same, and all of them is compared; otherwise names do.
    fn of(old: &Project, new: &Project, are_projects: bool) -> Self {
        let found = compare(&old.model, &new.model, are_projects);
        let diagrams = if are_projects { diagram_differences(old, new) } else { Vec::new() };
        let settings = if are_projects { setting_differences(old, new) } else { Vec::new() };
        Self { settings, found, diagrams }
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty() && self.diagrams.is_empty() && self.settings.is_empty()
    }

    /// A sentence for each difference, each on one line.
    fn lines(&self) -> impl Iterator<Item = String> {
        let settings = self
            .settings
            .iter()
            .map(|(what, old, new)| format!("project changed its {what} from `{old}` to `{new}`"));
        let all = settings
            .chain(self.found.iter().flat_map(sentences))
            .chain(self.diagrams.iter().map(DiagramDifference::sentence));
        all.map(|line| terminal::one_line(&line))
    }

    fn as_json(&self, old: &Path, new: &Path) -> Json {
        let setting = |(what, old, new): &SettingDifference| json!({ "aspect": what, "old": old, "new": new });
        json!({
            "version": 1,
            "old": old.display().to_string(),
            "new": new.display().to_string(),
            "settings": self.settings.iter().map(setting).collect::<Vec<_>>(),
            "differences": self.found.iter().map(difference::as_json).collect::<Vec<_>>(),
            "diagrams": self.diagrams.iter().map(DiagramDifference::as_json).collect::<Vec<_>>(),
        })
    }
}

/// Reads one side and says what is wrong with it; with an error in it there is nothing to compare.
fn read(path: &Path, format: &FormatArgument) -> Result<Loaded, Failure> {
    let loaded = input::load(&[path.to_owned()], format)?;
    for one in &loaded.diagnostics {
        terminal::say_of(&loaded.sources, one);
    }
    if diagnostic::has_errors(&loaded.diagnostics) {
        return Err(Failure::Reported(Status::InputFailed));
    }
    Ok(loaded)
}

/// Settings that differ, with both values as they read.
fn setting_differences(old: &Project, new: &Project) -> Vec<SettingDifference> {
    let options = |project: &Project| {
        let targets = project.settings.target_options.iter();
        let all = targets.flat_map(|(target, options)| {
            options.iter().map(move |(key, value)| format!("{target}.{key}={value}"))
        });
        all.collect::<Vec<_>>().join(", ")
    };
    let of = |project: &Project| {
        let settings = &project.settings;
        [settings.name.clone(), settings.note.clone(), settings.target.clone(), options(project)]
    };
    let names = ["name", "note", "target", "options"];
    let all = names.into_iter().zip(of(old).into_iter().zip(of(new)));
    let differing = all.filter(|(_, (old, new))| old != new);
    differing.map(|(name, (old, new))| (name, old, new)).collect()
}

/// Diagrams that are new, gone or not as they were.
fn diagram_differences(old: &Project, new: &Project) -> Vec<DiagramDifference> {
    let mut found = Vec::new();
    for now in new.diagrams.values() {
        let difference = |what, moved| DiagramDifference { name: now.name.clone(), what, moved };
        match old.diagram(now.id) {
            None => found.push(difference("added", 0)),
            Some(was) if was != now.as_ref() => {
                found.push(difference("changed", moved_cards(was, now)));
            }
            Some(_) => {}
        }
    }
    let gone = old.diagrams.values().filter(|was| new.diagram(was.id).is_none());
    found.extend(gone.map(|was| DiagramDifference {
        name: was.name.clone(),
        what: "removed",
        moved: 0,
    }));
    found
}

fn moved_cards(old: &Diagram, new: &Diagram) -> usize {
    let position = |diagram: &Diagram, node| diagram.placements.get(node).map(|one| one.position);
    new.placements.keys().filter(|node| position(old, *node) != position(new, *node)).count()
}

impl DiagramDifference {
    fn sentence(&self) -> String {
        let Self { name, what, moved } = self;
        match moved {
            0 => format!("diagram {name} was {what}"),
            1 => format!("diagram {name} was {what}: 1 card moved"),
            _ => format!("diagram {name} was {what}: {moved} cards moved"),
        }
    }

    fn as_json(&self) -> Json {
        json!({ "difference": self.what, "name": self.name, "moved": self.moved })
    }
}
