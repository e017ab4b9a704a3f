//! The README keeps its word: its commands run, its files are there, its pictures are what
//! `lunette render` draws.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The commands of all shell blocks, without comments.
fn commands() -> Vec<Vec<String>> {
    let text = readme();
    let blocks = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let lines = blocks.flat_map(str::lines).map(|line| line.split('#').next().unwrap().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(|line| line.split_whitespace().map(str::to_owned).collect())
        .collect()
}

/// Runs the program where the display cannot be found.
fn lunette(folder: &Path, arguments: &[String]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lunette"));
    command.args(arguments).current_dir(folder);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    command.output().unwrap()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, copy).unwrap();
        }
    }
}

#[test]
fn the_tour_works_as_it_is_written() {
    let folder = TempDir::new().unwrap();
    copy_folder(&root().join("sample_models"), &folder.path().join("sample_models"));
    let mut runs = 0;
    for command in commands() {
        let (program, arguments) = command.split_first().unwrap();
        match program.as_str() {
            "bash" => assert!(root().join(&arguments[0]).is_file(), "{command:?}"),
            "lunette" => {
                let opens_window = folder.path().join(&arguments[0]).is_file();
                let run = lunette(folder.path(), arguments);
                let messages = String::from_utf8_lossy(&run.stderr);
                let expected = if opens_window { 2 } else { 0 };
                assert_eq!(run.status.code(), Some(expected), "{command:?}\n{messages}");
                runs += 1;
            }
            other => panic!("a command that no test knows: {other}"),
        }
    }
    assert!(runs >= 10, "only {runs} commands were found");
    assert!(folder.path().join("models/user.models.js").is_file());
}

#[test]
fn every_file_it_links_to_is_there() {
    let text = readme();
    let links = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap());
    let sources = ["src=\"", "srcset=\""].into_iter().flat_map(|attribute| {
        text.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap())
    });
    for file in links.chain(sources) {
        assert!(root().join(file).exists(), "README.md links to {file}, which is not there");
    }
}

/// Where a picture of the documentation comes from.
const PICTURES: [(&str, &str, &str); 2] =
    [("shop", "light", "docs/pictures/shop.svg"), ("shop", "dark", "docs/pictures/shop-dark.svg")];

#[test]
fn its_pictures_are_what_render_draws() {
    let folder = TempDir::new().unwrap();
    for (sample, theme, picture) in PICTURES {
        let file = root().join(format!("sample_models/{sample}/{sample}.lunette.json"));
        let drawn: PathBuf = folder.path().join("picture.svg");
        let arguments =
            ["render", file.to_str().unwrap(), "--theme", theme, "-o", drawn.to_str().unwrap()];
        let run = lunette(folder.path(), &arguments.map(str::to_owned));
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let picture = root().join(picture);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::create_dir_all(picture.parent().unwrap()).unwrap();
            fs::copy(&drawn, &picture).unwrap();
        }
        let is_current = fs::read(&drawn).unwrap() == fs::read(&picture).unwrap_or_default();
        assert!(is_current, "{} is out of date; UPDATE_EXPECT=1 draws it anew", picture.display());
    }
}
