//! How a command ends, and what a person is told when it ends badly.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::base::diagnostic::Diagnostic;

/// How a command ended: its exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It did what it was asked.
    Done,
    /// The input has errors, or a check failed.
    InputFailed,
    /// The command was used wrongly, or its surroundings lack something.
    CannotRun,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::InputFailed => 1,
            Status::CannotRun => 2,
        })
    }
}

/// Why a command stopped early.
#[derive(Debug)]
pub enum Failure {
    /// All there was to say has been said.
    Reported(Status),
    /// This is to be said.
    Told {
        /// How the command ends.
        status: Status,
        /// The file it is about.
        file: Option<PathBuf>,
        /// What to say.
        diagnostic: Diagnostic,
    },
    /// Whoever reads the output has gone; nothing is wrong.
    ReaderLeft,
}

impl Failure {
    /// The command cannot run as it was asked to.
    pub fn usage(diagnostic: Diagnostic) -> Self {
        Self::Told { status: Status::CannotRun, file: None, diagnostic }
    }

    /// Something about that file, which the command's surroundings are to blame for.
    pub fn cannot_use(file: &Path, diagnostic: Diagnostic) -> Self {
        Self::Told { status: Status::CannotRun, file: Some(file.to_owned()), diagnostic }
    }

    /// What that file holds is wrong.
    pub fn bad_input(file: &Path, diagnostic: Diagnostic) -> Self {
        Self::Told { status: Status::InputFailed, file: Some(file.to_owned()), diagnostic }
    }
}
