//! Arguments in, exit status out; without a subcommand, the window.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;

use lunette::base::diagnostic::Diagnostic;
use lunette::cli::failure::{Failure, Status};
use lunette::cli::{self, Arguments, terminal};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let status = match &arguments.command {
        Some(command) => cli::run(command),
        None => arguments.file().map_or_else(terminal::report, open_window),
    };
    status.into()
}

#[cfg(feature = "gui")]
fn open_window(file: Option<&Path>) -> Status {
    match lunette::app::run(file) {
        Ok(()) => Status::Done,
        Err(error) => {
            let message = Diagnostic::error(error.to_string());
            terminal::report(Failure::usage(message.with_hint(error.hint())))
        }
    }
}

/// This build leaves the window out.
#[cfg(not(feature = "gui"))]
fn open_window(_file: Option<&Path>) -> Status {
    let message = Diagnostic::error("this build of Lunette has no window");
    let hint = "build it with the feature `gui`, or use `lunette render` and `lunette export`";
    terminal::report(Failure::usage(message.with_hint(hint)))
}
