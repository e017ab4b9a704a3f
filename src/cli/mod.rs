//! The command line: arguments in, exit status out.
//!
//! Reading order: [`Arguments`], [`failure`] (how a command ends), [`terminal`] (where data and
//! messages go), `input` (what FILE may be), then one file per subcommand. Must not know the window:
//! `main` opens it when there is no subcommand. The contract is `docs/command-line.md`.

pub mod check;
pub mod diff;
mod difference;
pub mod export;
pub mod failure;
pub mod formats;
pub mod import;
mod input;
pub mod layout;
pub mod merge;
pub mod render;
pub mod terminal;

use std::path::{Path, PathBuf};

use crate::base::diagnostic::Diagnostic;
use crate::cli::failure::{Failure, Status};

/// Draw entities and references; take away code that runs
#[derive(Debug, clap::Parser)]
#[command(
    name = "lunette",
    version,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    override_usage = "lunette [FILE]\n       lunette <COMMAND>",
    after_help = "Without a command, `lunette [FILE]` opens the window.\n\
        FILE is a project or anything Lunette can import; `-` is standard input."
)]
pub struct Arguments {
    /// What to open in the window
    #[arg(value_name = "FILE")]
    words: Vec<PathBuf>,
    /// What to do instead of opening the window
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Arguments {
    /// The file to open in the window, when one is given; several words are a misspelt command.
    pub fn file(&self) -> Result<Option<&Path>, Failure> {
        let [first, _, ..] = self.words.as_slice() else {
            return Ok(self.words.first().map(PathBuf::as_path));
        };
        let message = format!("unknown command `{}`", first.display());
        let commands = <Self as clap::CommandFactory>::command();
        let names: Vec<_> = commands.get_subcommands().map(clap::Command::get_name).collect();
        let hint = format!("commands: {}", names.join(", "));
        Err(Failure::usage(Diagnostic::error(message).with_hint(hint)))
    }
}

/// What can be done without a window.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a project of files in other formats, or take them over into one
    Import(import::Arguments),
    /// Write code, a script or a document for a target
    Export(export::Arguments),
    /// Draw a diagram as SVG, PNG or PDF
    Render(render::Arguments),
    /// Arrange the cards of diagrams anew
    Layout(layout::Arguments),
    /// Say what is wrong or risky in a model
    Check(check::Arguments),
    /// Say what differs between two models
    Diff(diff::Arguments),
    /// Merge two sides that changed one project
    Merge(merge::Arguments),
    /// List every import format and export target
    Formats(formats::Arguments),
}

/// How a listing is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum OutputFormat {
    /// For people.
    #[default]
    Text,
    /// For programs; `docs/command-line.md` says what it holds.
    Json,
}

/// Runs a subcommand and says what went wrong.
pub fn run(command: &Command) -> Status {
    let ended = match command {
        Command::Import(arguments) => import::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Render(arguments) => render::run(arguments),
        Command::Layout(arguments) => layout::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Merge(arguments) => merge::run(arguments),
        Command::Formats(arguments) => formats::run(arguments),
    };
    ended.unwrap_or_else(terminal::report)
}
