//! Git with the four lines of the guide: what differs is told in sentences, and projects are merged.

use std::fs;
use std::path::Path;
use std::process::Command;

use lunette::document::project::Project;
use lunette::formats::native::write;
use tempfile::TempDir;

use crate::support::small;

/// The lines between the fences that follow these words in the guide.
fn lines_of_the_guide() -> Vec<String> {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/guide.md");
    let guide = fs::read_to_string(guide).unwrap();
    let (_, after) = guide.split_once("### In Git").unwrap();
    let (_, block) = after.split_once("```sh\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    block.lines().map(str::to_owned).collect()
}

fn sh(folder: &Path, script: &str) -> String {
    let mut command = Command::new("sh");
    let program = Path::new(env!("CARGO_BIN_EXE_lunette")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    command.args(["-c", script]).current_dir(folder).env("HOME", folder).env("PATH", path);
    for kind in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{kind}_NAME"), "t").env(format!("GIT_{kind}_EMAIL"), "t@t");
    }
    let run = command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_PAGER", "cat").output().unwrap();
    assert!(run.status.success(), "{script}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn renamed(base: &Project, name: &str) -> Project {
    let mut project = base.clone();
    let id = project.model.entities().next().unwrap().id;
    name.clone_into(&mut project.model.entity_mut(id).unwrap().name);
    project
}

#[test]
fn the_four_lines_of_the_guide_show_and_merge_projects() {
    let folder = TempDir::new().unwrap();
    let folder = folder.path();
    let file = folder.join("small.lunette.json");
    sh(folder, "git init -q -b main");
    let lines = lines_of_the_guide();
    assert_eq!(lines.len(), 4, "{lines:?}");
    for line in &lines {
        sh(folder, line);
    }
    let base = small::tables();
    fs::write(&file, write(&base)).unwrap();
    sh(folder, "git add . && git commit -qm base");

    let ours = renamed(&base, "client");
    fs::write(&file, write(&ours)).unwrap();
    let told = "small.lunette.json\n  entity customer was renamed to `client`\n";
    assert_eq!(sh(folder, "git diff"), told);
    sh(folder, "git commit -qam ours");
    assert!(sh(folder, "git log -p --ext-diff -1").contains(told));
    let log = sh(folder, "git log -p -1 2>&1");
    assert!(log.contains("-Table customer [") && log.contains("+Table client ["), "{log}");
    assert!(!log.contains("\"format\""), "the text of the model, not of the file: {log}");

    // A new file, one that cannot be read, and one that only looks different.
    fs::write(folder.join("new.lunette.json"), write(&base)).unwrap();
    fs::write(folder.join("torn.lunette.json"), "{").unwrap();
    fs::write(&file, write(&ours).replace('\n', "\r\n")).unwrap();
    let all = sh(folder, "git add -N . && git diff");
    assert!(all.contains("new.lunette.json\n  project changed its name"), "{all}");
    assert!(all.contains("  entity orders was added\n"), "{all}");
    assert!(all.contains("torn.lunette.json\n  the newer version cannot be read: "), "{all}");
    assert!(all.contains("small.lunette.json\n  it is only written in another way\n"), "{all}");
    sh(folder, "git reset -q && rm new.lunette.json torn.lunette.json && git checkout -q .");

    let mut theirs = base.clone();
    "theirs".clone_into(&mut theirs.settings.note);
    sh(folder, "git checkout -q -b topic HEAD~1");
    fs::write(&file, write(&theirs)).unwrap();
    sh(folder, "git commit -qam theirs && git merge -q --no-edit main");
    let merged = fs::read_to_string(&file).unwrap();
    assert!(merged.contains("\"client\"") && merged.contains("\"theirs\""), "{merged}");
}
