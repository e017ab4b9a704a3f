//! What is kept of a panic: a file in the person's state folder that says what happened and where,
//! to be looked at or sent along by hand. Nothing leaves the machine by itself.
//!
//! Must not know what the window was doing.

use std::backtrace::Backtrace;
use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::thread;

use crate::app::preferences;
use crate::files::save::write_in_own_folder;

thread_local! {
    static LAST: RefCell<Option<PathBuf>> = const { RefCell::new(None) };
}

/// Where reports are kept on this system.
pub fn usual_folder() -> Option<PathBuf> {
    Some(preferences::state_folder()?.join("reports"))
}

/// From now on each panic of any thread leaves a report in that folder, before whatever else was
/// done with panics.
pub fn keep_in(folder: PathBuf) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let path = write(&folder, info);
        LAST.with_borrow_mut(|last| *last = path);
        before(info);
    }));
}

/// The report of the last panic of this thread, once.
pub fn of_this_thread() -> Option<PathBuf> {
    LAST.with_borrow_mut(Option::take)
}

/// Panics at the same place have the same name, so that reports do not pile up.
fn write(folder: &Path, info: &PanicHookInfo<'_>) -> Option<PathBuf> {
    let name = thread::current().name().unwrap_or("unnamed").to_owned();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let reason = info.payload_as_str().unwrap_or("it did not say why");
    let text = format!(
        "Lunette {} on {} {}\nthe thread `{name}` panicked at {place}:\n{reason}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        Backtrace::force_capture(),
    );
    let of_file = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    let place: String = place.chars().map(of_file).collect();
    let path = folder.join(format!("panic-{}.txt", place.trim_matches('-')));
    match write_in_own_folder(&path, text.as_bytes()) {
        Ok(()) => Some(path),
        Err(error) => {
            log::error!("cannot keep a report: {error}");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;
    use crate::files::load::read_text;

    #[test]
    fn a_panic_leaves_one_report_that_says_why_and_where() {
        let folder = std::env::temp_dir().join(format!("lunette-reports-{}", std::process::id()));
        keep_in(folder);
        let fail = || catch_unwind(|| panic!("the {} is gone", "moon")).is_err();
        assert!(fail());
        let path = of_this_thread().unwrap();
        let report = read_text(&path).unwrap();
        assert!(report.contains("the moon is gone") && report.contains("reports.rs"), "{report}");
        assert!(fail());
        assert_eq!(of_this_thread(), Some(path));
        let _ = panic::take_hook();
    }
}
