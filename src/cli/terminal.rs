//! Standard output and standard error: data goes to one, everything said to a person to the other.
//!
//! Names and texts of a model are printed as data: a control character in one cannot move the
//! cursor, and a line break cannot fake a second message.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::base::diagnostic::Diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::formats::sources::Sources;

/// Writes data to standard output.
pub fn print(data: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(data).and_then(|()| stdout.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(Failure::ReaderLeft),
        Err(error) => {
            let message = format!("cannot write to standard output: {error}");
            Err(Failure::usage(Diagnostic::error(message)))
        }
    }
}

/// Says something about a file, or about the command itself, on standard error.
pub fn say(file: Option<&Path>, diagnostic: &Diagnostic) {
    let file = file.map_or_else(|| "lunette".to_owned(), |file| file.display().to_string());
    let mut text = one_line(&file);
    if let Some(span) = diagnostic.span {
        let _ = write!(text, ":{}:{}", span.line, span.column);
    }
    let _ = writeln!(text, ": {}: {}", diagnostic.severity, one_line(&diagnostic.message));
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(text, "  hint: {}", one_line(hint));
    }
    write_stderr(&text);
}

/// Says something about the texts that were read, with the one that it is about.
pub fn say_of(sources: &Sources, diagnostic: &Diagnostic) {
    say(sources.path_of(diagnostic).map(Path::new), diagnostic);
}

/// Says how a command went, when a person is watching.
pub fn note(text: &str) {
    if io::stderr().is_terminal() {
        write_stderr(&format!("{}\n", one_line(text)));
    }
}

/// Says why a command stopped, and with which status it ends.
pub fn report(failure: Failure) -> Status {
    match failure {
        Failure::Reported(status) => status,
        Failure::Told { status, messages } => {
            for (file, diagnostic) in &messages {
                say(file.as_deref(), diagnostic);
            }
            status
        }
        Failure::ReaderLeft => Status::Done,
    }
}

/// How much work is long: about so many entities, or thousands of characters.
const LONG: usize = 400;

/// A sign of life for work of that size, until it is dropped; it is drawn only when the work is
/// long and standard error is a terminal.
pub fn spinner(message: &'static str, size: usize) -> ProgressBar {
    sign_of_life(ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}", message, size)
}

/// Like [`spinner`], for work that knows how many percent of it are done.
pub fn percent_bar(message: &'static str, size: usize) -> ProgressBar {
    sign_of_life(ProgressBar::new(100), "{spinner} {msg} {bar:40} {percent} %", message, size)
}

fn sign_of_life(
    bar: ProgressBar,
    template: &str,
    message: &'static str,
    size: usize,
) -> ProgressBar {
    if size < LONG {
        return ProgressBar::hidden();
    }
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(message);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

/// Nothing better can be done about a standard error that cannot be written to.
fn write_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// `text` with its control and direction characters spelled out.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        if c.is_control() || hides {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_on_one_line() {
        assert_eq!(one_line("a\u{1b}[2J\nb\u{202e}c é"), "a\\u{1b}[2J\\nb\\u{202e}c é");
    }
}
