//! `lunette check`: what is wrong or risky in a model.

use serde_json::{Value, json};

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::checks;
use crate::cli::OutputFormat;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, Input, InputArguments};
use crate::cli::terminal;
use crate::formats::native;
use crate::model::id::ElementId;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// Messages on standard error, or JSON on standard output
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// Fail on warnings too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

/// What else a check fails on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Everything that is at least a warning.
    Warnings,
}

/// One thing to tell, with what it is about where that is known.
struct Told {
    rule: Option<&'static str>,
    element: Option<ElementId>,
    diagnostic: Diagnostic,
}

/// Checks and reports; it fails when there is an error, or a denied warning.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let input = input::read(&arguments.input)?;
    let told = findings(&input);
    match arguments.format {
        OutputFormat::Text => print_text(&input, &told),
        OutputFormat::Json => {
            let listing = format!("{:#}\n", as_json(&input, &told));
            terminal::print(listing.as_bytes())?;
        }
    }
    let worst_allowed = match arguments.deny {
        Some(Deny::Warnings) => Severity::Info,
        None => Severity::Warning,
    };
    let has_failed = told.iter().any(|one| one.diagnostic.severity > worst_allowed);
    Ok(if has_failed { Status::InputFailed } else { Status::Done })
}

/// What reading said, then what the rules say, worst first in the rules' order.
fn findings(input: &Input) -> Vec<Told> {
    let of_reading = input.diagnostics.iter().cloned();
    let mut told: Vec<_> =
        of_reading.map(|diagnostic| Told { rule: None, element: None, diagnostic }).collect();
    let text = input.sources.get(0).map_or("", |source| source.text.as_str());
    let places = native::definitions(text);
    let found = checks::check(&input.project.model, &input.project.settings.target);
    told.extend(found.into_iter().map(|finding| {
        let span = places.get(finding.element.to_string().as_str()).copied();
        let diagnostic = Diagnostic { span, ..finding.diagnostic };
        Told { rule: Some(finding.rule), element: Some(finding.element), diagnostic }
    }));
    told.sort_by_key(|one| std::cmp::Reverse(one.diagnostic.severity));
    told
}

fn count(told: &[Told], severity: Severity) -> usize {
    told.iter().filter(|one| one.diagnostic.severity == severity).count()
}

fn print_text(input: &Input, told: &[Told]) {
    for one in told {
        let mut diagnostic = one.diagnostic.clone();
        if let Some(rule) = one.rule {
            diagnostic.message = format!("{} [{rule}]", diagnostic.message);
        }
        match diagnostic.span {
            Some(_) => terminal::say_of(&input.sources, &diagnostic),
            None => terminal::say(Some(&input.path), &diagnostic),
        }
    }
    let [errors, warnings] = [Severity::Error, Severity::Warning].map(|of| count(told, of));
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let summary =
        format!("{errors} error{}, {warnings} warning{}", plural(errors), plural(warnings));
    terminal::say(Some(&input.path), &Diagnostic::info(summary));
}

fn as_json(input: &Input, told: &[Told]) -> Value {
    json!({
        "version": 1,
        "file": input.path.display().to_string(),
        "errors": count(told, Severity::Error),
        "warnings": count(told, Severity::Warning),
        "infos": count(told, Severity::Info),
        "findings": told.iter().map(|one| finding_as_json(input, one)).collect::<Vec<_>>(),
    })
}

fn finding_as_json(input: &Input, told: &Told) -> Value {
    let Told { rule, element, diagnostic } = told;
    json!({
        "severity": diagnostic.severity.as_str(),
        "rule": rule,
        "file": input.sources.path_of(diagnostic),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "line": diagnostic.span.map(|span| span.line),
        "column": diagnostic.span.map(|span| span.column),
        "element": element.map(|element| element.to_string()),
    })
}
