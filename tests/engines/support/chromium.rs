//! A real browser without a window, started anew for each page.

use std::path::Path;
use std::process::Command;

use crate::support::{engine, run};

/// What a page has become once all its scripts have had their say, as markup.
pub(crate) fn page_after_scripts(page: &Path) -> Result<String, String> {
    let profile = tempfile::Builder::new().prefix("lunette-chromium-").tempdir().unwrap();
    let mut command = Command::new(engine("LUNETTE_TEST_CHROMIUM"));
    // The sandbox needs rights that neither root nor most containers have; the pages are ours.
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]);
    command.arg(format!("--user-data-dir={}", profile.path().display()));
    command.args(["--virtual-time-budget=2000", "--dump-dom"]).arg(page);
    run(&mut command, "")
}
