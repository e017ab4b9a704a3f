//! The real Node.js, with the packages of `tests/engines/node/package-lock.json`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{engine, run, temporary_folder};

/// Runs a script of `tests/engines/node` and returns what it printed, or all it said on failure.
pub(crate) fn run_script(script: &str, arguments: &[&str], input: &str) -> Result<String, String> {
    let mut command = Command::new(engine("LUNETTE_TEST_NODE"));
    run(command.arg(folder().join(script)).args(arguments), input)
}

/// Runs code that is given, as an ES module, in a workspace.
pub(crate) fn run_module(code: &str, workspace: &Path) -> Result<String, String> {
    let mut command = Command::new(engine("LUNETTE_TEST_NODE"));
    run(command.args(["--input-type=module", "-"]).current_dir(workspace), code)
}

/// Runs the TypeScript compiler in a workspace.
pub(crate) fn run_tsc(workspace: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(engine("LUNETTE_TEST_NODE"));
    let tsc = folder().join("node_modules/typescript/bin/tsc");
    run(command.arg(tsc).args(arguments).current_dir(workspace), "")
}

/// A folder from which the installed packages can be imported.
pub(crate) fn workspace() -> tempfile::TempDir {
    let workspace = temporary_folder();
    std::os::unix::fs::symlink(packages(), workspace.path().join("node_modules")).unwrap();
    workspace
}

/// Where the packages are installed.
pub(crate) fn packages() -> PathBuf {
    folder().join("node_modules")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/node")
}
