//! How a command ends, and what a person is told when it ends badly.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::base::diagnostic::Diagnostic;
use crate::files::{FileError, Reason};

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
        /// What to say, each with the file it is about.
        messages: Vec<(Option<PathBuf>, Diagnostic)>,
    },
    /// Whoever reads the output has gone; nothing is wrong.
    ReaderLeft,
}

impl Failure {
    /// The command cannot run as it was asked to.
    pub fn usage(diagnostic: Diagnostic) -> Self {
        Self::Told { status: Status::CannotRun, messages: vec![(None, diagnostic)] }
    }

    /// The command cannot use that file, whatever it holds.
    pub fn cannot_use(file: &Path, diagnostic: Diagnostic) -> Self {
        let messages = vec![(Some(file.to_owned()), diagnostic)];
        Self::Told { status: Status::CannotRun, messages }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let status = match &error {
            FileError::NotText { .. } | FileError::Conflicts { .. } => Status::InputFailed,
            FileError::Read { .. }
            | FileError::UnknownFormat { .. }
            | FileError::MixedFormats { .. }
            | FileError::EmptyFolder { .. }
            | FileError::NothingToRead
            | FileError::Write { .. }
            | FileError::ReadOnly { .. }
            | FileError::Changed { .. }
            | FileError::NotOneFile { .. } => Status::CannotRun,
        };
        let messages = match error {
            FileError::Conflicts { folder, conflicts } => {
                let messages = conflicts.iter();
                messages.map(|one| (Some(folder.join(&one.name)), conflict(one.reason))).collect()
            }
            other => vec![(None, Diagnostic::error(other.to_string()))],
        };
        Self::Told { status, messages }
    }
}

fn conflict(reason: Reason) -> Diagnostic {
    let diagnostic = Diagnostic::error(reason.describe());
    if reason.can_be_forced() {
        diagnostic.with_hint("`--force` overwrites it")
    } else {
        diagnostic
    }
}
