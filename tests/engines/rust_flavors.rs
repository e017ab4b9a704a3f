//! The real crates take what the target `rust` writes, in every flavor, and rustfmt leaves it as it
//! is; the heads of the files name the crates and features that this takes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lunette::document::project::Project;
use lunette::formats::file_set::FileSet;
use lunette::formats::options::Options;
use lunette::formats::registry::exporter;
use serde_json::{Value, json};

use crate::models::every_project;
use crate::models::hostile::{hostile_names, hostile_project_of};
use crate::models::samples::samples;
use crate::support::{node, run, write_files};

/// What stands before all generated modules: every warning is an error, but unused code is no fault.
const HEAD: &str = "//! Generated modules.\n\n#![deny(warnings)]\n#![allow(dead_code, unused)]\n\n";

/// What is chosen beside the usual, by flavor.
const OTHERWISE: [(&str, &[(&str, &str)]); 5] = [
    ("serde", &[("dates", "time"), ("maps", "btree"), ("skip_none", "true")]),
    ("mongodb", &[("rename_all", "SCREAMING-KEBAB-CASE")]),
    ("sqlx", OTHER_ROWS),
    ("diesel", OTHER_ROWS),
    ("seaorm", OTHER_ROWS),
];

const OTHER_ROWS: &[(&str, &str)] = &[
    ("dates", "time"),
    ("decimals", "bigdecimal"),
    ("names", "snake_plural"),
    ("embedded", "tables"),
    ("keys", "uuid"),
];

/// Flavors whose macros take long: hostile names are compiled with their usual options only.
const SLOW: [&str; 2] = ["diesel", "seaorm"];

/// Features of the usual set of a crate, which heads need not name, and those that stand here for
/// one that would link a library.
const UNNAMED: [(&str, &str); 7] = [
    ("bigdecimal", "std"),
    ("chrono", "std"),
    ("diesel", "postgres_backend"),
    ("rust_decimal", "std"),
    ("sqlx", "derive"),
    ("sqlx", "macros"),
    ("uuid", "std"),
];

#[test]
fn every_flavor_compiles_and_rustfmt_changes_nothing() {
    let workspace = workspace("rust_flavors");
    for (flavor, otherwise) in OTHERWISE {
        let folder = workspace.join(flavor);
        let source = folder.join("src");
        let flavored = [("flavor", flavor)];
        let usual: Vec<_> = projects(flavor);
        export_all(&usual, &flavored, &source.join("usual"));
        let is_slow = SLOW.contains(&flavor);
        let others =
            usual.into_iter().filter(|(name, _)| !(is_slow && name.starts_with("hostile")));
        let choices = [&flavored, &[("layout", "modules")][..], otherwise].concat();
        export_all(&others.collect::<Vec<_>>(), &choices, &source.join("otherwise"));
        write_index(&source.join("lib.rs"), HEAD, &["otherwise".to_owned(), "usual".to_owned()]);
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--check", "--color=never", "--edition=2024"]).arg(source.join("lib.rs"));
        run(&mut rustfmt, "").unwrap();
        assert_heads_name_what_is_needed(&folder);
    }
    cargo(&workspace, &["check", "--workspace", "--exclude=round_trip"], "").unwrap();
}

/// Exports each project into a module of its own.
fn export_all(projects: &[(String, Project)], choices: &[(&str, &str)], folder: &Path) {
    let mut names = Vec::new();
    for (name, project) in projects {
        let folder = folder.join(name);
        write_files(&export(project, choices), &folder);
        add_index(&folder);
        names.push(name.clone());
    }
    write_index(&folder.join("mod.rs"), "", &names);
}

/// Every project; for Diesel, whose macros take time by the square of the number of tables and which
/// has few namespaces, the hostile names come in parts and without namespaces.
fn projects(flavor: &str) -> Vec<(String, Project)> {
    if flavor != "diesel" {
        return every_project();
    }
    let names = hostile_names();
    let parts = names.chunks(14).enumerate();
    let parts = parts.map(|(n, names)| (format!("hostile_{n}"), hostile_project_of(names)));
    let without_namespaces = parts.map(|(name, mut project)| {
        let namespaces: Vec<_> = project.model.namespaces().map(|one| one.id).collect();
        for namespace in namespaces {
            project.model.remove_namespace(namespace);
        }
        (name, project)
    });
    let others = every_project().into_iter().filter(|(name, _)| name != "hostile");
    others.chain(without_namespaces).collect()
}

/// Crates with their features, as lines of a manifest name them.
type Dependencies = BTreeMap<String, BTreeSet<String>>;

/// Asserts that what the crate of a flavor was compiled with is what the heads of its files ask for.
fn assert_heads_name_what_is_needed(folder: &Path) {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let (_, used) = manifest.split_once("[dependencies]").unwrap();
    let texts = texts_below(&folder.join("src"));
    let heads = texts.iter().flat_map(|text| text.lines());
    let heads: Vec<_> = heads.filter_map(|line| line.strip_prefix("//     ")).collect();
    let named = dependencies(&heads.join("\n"));
    for (name, features) in dependencies(used) {
        let found = named.get(&name).unwrap_or_else(|| panic!("no head names {name}"));
        let is_usual = |feature: &&String| UNNAMED.contains(&(name.as_str(), feature.as_str()));
        let missing: Vec<_> = features.difference(found).filter(|one| !is_usual(one)).collect();
        assert!(missing.is_empty(), "no head names the features {missing:?} of {name}");
    }
    for name in named.keys() {
        assert!(dependencies(used).contains_key(name), "{name} is not compiled with");
    }
}

/// The dependencies that lines like `name = { version = "1", features = ["a"] }` ask for, in all.
fn dependencies(lines: &str) -> Dependencies {
    let mut dependencies = Dependencies::new();
    for (name, rest) in lines.lines().filter_map(|line| line.split_once(" = ")) {
        let features = rest.split_once("features = [").and_then(|(_, list)| list.split_once(']'));
        let features = features.map_or("", |(list, _)| list).split(", ");
        let features = features.map(|one| one.trim_matches('"').to_owned());
        let of_name = dependencies.entry(name.to_owned()).or_default();
        of_name.extend(features.filter(|feature| !feature.is_empty()));
    }
    dependencies
}

/// The text of every file below a folder.
fn texts_below(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.append(&mut texts_below(&path));
        } else {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}

#[test]
fn serde_reads_and_writes_the_json_of_mongoose() {
    let todo = samples().into_iter().find(|sample| sample.name == "todo").unwrap().project();
    let written = json_of_mongoose(&todo);
    assert_eq!(written["status"], "in progress", "{written}");

    let workspace = workspace("rust_round_trip");
    let models = export(&todo, &[("skip_none", "true")]);
    write_files(&models, &workspace.join("round_trip/src"));
    let input = written.to_string();
    let output = cargo(&workspace, &["run", "--package=round_trip"], &input).unwrap();
    let read: Value = serde_json::from_str(&output).unwrap();
    assert_eq!(read, with_short_moments(&written));
}

/// What the real Mongoose writes of a to-do of the generated model.
fn json_of_mongoose(project: &Project) -> Value {
    let folder = node::workspace();
    let mongoose = exporter("mongoose").unwrap();
    let files = mongoose.export(project, &Options::defaults(mongoose.info())).files;
    write_files(&files, folder.path());
    fs::write(folder.path().join("package.json"), json!({ "type": "module" }).to_string()).unwrap();
    let script = "
        import mongoose from 'mongoose';
        for (const file of ['user', 'todo', 'sub-todo']) await import(`./${file}.models.js`);
        const id = '65fd0c7e9b3c2a0012345678';
        const moment = new Date('2026-11-23T09:30:00Z');
        const todo = new mongoose.models.Todo({
          _id: id, title: 'Water the plants', status: 'in progress', dueAt: moment,
          labels: ['home'], createdBy: id, subTodos: [id], createdAt: moment, updatedAt: moment,
        });
        await todo.validate();
        console.log(JSON.stringify(todo));";
    serde_json::from_str(&node::run_module(script, folder.path()).unwrap()).unwrap()
}

/// The same moments without milliseconds, which chrono leaves out where they are none.
fn with_short_moments(json: &Value) -> Value {
    serde_json::from_str(&json.to_string().replace(".000Z", "Z")).unwrap()
}

fn export(project: &Project, choices: &[(&str, &str)]) -> FileSet {
    let rust = exporter("rust").unwrap();
    let options = Options::parse(rust.info(), choices.iter().copied()).unwrap();
    rust.export(project, &options).files
}

/// A fresh copy of the workspace that generated code is compiled in.
fn workspace(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/rust");
    let mut files: Vec<_> = OTHERWISE.map(|(flavor, _)| format!("{flavor}/Cargo.toml")).into();
    let others = ["Cargo.toml", "Cargo.lock", "round_trip/Cargo.toml", "round_trip/src/main.rs"];
    files.extend(others.map(str::to_owned));
    for file in files {
        fs::create_dir_all(folder.join(&file).parent().unwrap()).unwrap();
        fs::copy(template.join(&file), folder.join(&file)).unwrap();
    }
    for (flavor, _) in OTHERWISE {
        write_index(&folder.join(flavor).join("src/lib.rs"), "", &[]);
    }
    // Generated code is judged by rustfmt's own settings, not by those of this project.
    fs::write(folder.join("rustfmt.toml"), "").unwrap();
    folder
}

/// Runs cargo in a workspace; what it compiles is kept from run to run.
fn cargo(workspace: &Path, arguments: &[&str], input: &str) -> Result<String, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args(["--locked", "--quiet", "--target-dir"]);
    cargo.arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust_target"));
    run(cargo.current_dir(workspace), input)
}

/// Gives a folder of generated files a `mod.rs`, unless it has one.
fn add_index(folder: &Path) {
    if folder.join("mod.rs").exists() {
        return;
    }
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let modules: Vec<_> = files
        .map(|file| file.into_string().unwrap().strip_suffix(".rs").unwrap().to_owned())
        .collect();
    write_index(&folder.join("mod.rs"), "", &modules);
}

fn write_index(file: &Path, head: &str, modules: &[String]) {
    let mut modules = modules.to_vec();
    modules.sort();
    let modules: Vec<_> = modules.iter().map(|module| format!("pub mod {module};\n")).collect();
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("{head}{}", modules.concat())).unwrap();
}
