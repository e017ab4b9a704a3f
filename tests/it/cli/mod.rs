//! The program itself, as a shell runs it: subcommands, exit statuses, streams and messages.

mod layout;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use lunette::formats::native;
use lunette::formats::registry::{EXPORTERS, IMPORTERS};

use crate::support::hostile::hostile_project;
use crate::support::kitchen_sink;

/// What a run of the program gave.
struct Run {
    status: i32,
    output: Vec<u8>,
    messages: String,
}

/// Runs the program in a folder.
fn lunette(folder: &Path, arguments: &[&str]) -> Run {
    lunette_reading(folder, arguments, b"")
}

fn lunette_reading(folder: &Path, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = program(folder, arguments).spawn().unwrap();
    // A program that does not read its input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        status: output.status.code().unwrap(),
        output: output.stdout,
        messages: String::from_utf8(output.stderr).unwrap(),
    }
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lunette"));
    command.args(arguments).current_dir(folder);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Run {
    #[track_caller]
    fn ends_with(self, status: i32) -> Self {
        assert_eq!(self.status, status, "{}", self.messages);
        self
    }

    #[track_caller]
    fn says(self, message: &str) -> Self {
        assert!(self.messages.contains(message), "{message:?} is not in\n{}", self.messages);
        self
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.output).unwrap()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.output).unwrap()
    }
}

/// A folder with a project that uses everything a model can say.
fn folder_with_project() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("all.lunette.json"), native::write(&kitchen_sink())).unwrap();
    folder
}

/// The names of all files of a folder, at any depth.
fn names_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                names.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

#[test]
fn formats_lists_both_registries() {
    let folder = TempDir::new().unwrap();
    let listing = lunette(folder.path(), &["formats", "--format", "json"]).ends_with(0).json();
    let ids = |section: &str| -> Vec<String> {
        let formats = listing[section].as_array().unwrap();
        formats.iter().map(|format| format["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("imports"), IMPORTERS.iter().map(|one| one.info().id).collect::<Vec<_>>());
    assert_eq!(ids("exports"), EXPORTERS.iter().map(|one| one.info().id).collect::<Vec<_>>());
    let text = lunette(folder.path(), &["formats"]).ends_with(0);
    for exporter in EXPORTERS {
        let line = format!("  {:<12} {}: ", exporter.info().id, exporter.info().name);
        assert!(text.text().contains(&line), "{line}");
    }
}

#[test]
fn help_and_version_are_data() {
    let folder = TempDir::new().unwrap();
    let help = lunette(folder.path(), &["help"]).ends_with(0);
    for command in ["import", "export", "render", "layout", "check", "diff", "merge", "formats"] {
        assert!(help.text().contains(&format!("\n  {command} ")), "{command}");
        lunette(folder.path(), &["help", command]).ends_with(0);
    }
    let version = lunette(folder.path(), &["--version"]).ends_with(0);
    assert_eq!(version.text(), format!("lunette {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2_and_names_the_way_out() {
    let folder = folder_with_project();
    let at = folder.path();
    let file = "all.lunette.json";
    lunette(at, &["chekc", file]).ends_with(2).says("unknown command `chekc`").says("check");
    lunette(at, &["export", file]).ends_with(2).says("--to");
    lunette(at, &["export", file, "--to", "cobol"]).ends_with(2).says("cobol");
    lunette(at, &["render", file, "-o", "a.bmp"]).ends_with(2).says("svg, png, pdf");
    lunette(at, &["render", file, "-o", "a.svg", "--diagram", "No"]).ends_with(2).says("`No`");
    lunette(at, &["render", file, "-o", "a.png", "--scale", "0"]).ends_with(2).says("scale");
    lunette(at, &["layout", file, "-o", "x", "--engine", "no"])
        .ends_with(2)
        .says("possible values");
    lunette(at, &["check", "nothing.json"]).ends_with(2).says("nothing.json");
    lunette(at, &["check", "-"]).ends_with(2).says("--from");
    assert_eq!(names_in(at), [file], "a command that failed wrote something");
}

#[test]
fn without_a_display_the_window_names_the_other_ways() {
    let folder = folder_with_project();
    let run = lunette(folder.path(), &["all.lunette.json"]).ends_with(2);
    run.says("error: ").says("lunette render").says("lunette export");
}

#[test]
fn broken_input_is_reported_with_its_place() {
    let folder = TempDir::new().unwrap();
    let text = "{\n  \"format\": \"lunette\",\n  \"version\": 1,,\n}\n";
    fs::write(folder.path().join("bad.lunette.json"), text).unwrap();
    for command in [
        &["render", "bad.lunette.json", "-o", "a.svg"][..],
        &["layout", "bad.lunette.json", "-o", "a.lunette.json"],
        &["import", "bad.lunette.json", "-o", "a.lunette.json"],
        &["check", "bad.lunette.json"],
    ] {
        let run = lunette(folder.path(), command).ends_with(1);
        run.says("bad.lunette.json:3:16: error: ").says("\n  hint: ");
    }
    assert_eq!(names_in(folder.path()), ["bad.lunette.json"]);
    fs::write(folder.path().join("bytes.sql"), b"CREATE TABLE a (\n\xff\xfe int);").unwrap();
    lunette(folder.path(), &["check", "bytes.sql"]).ends_with(1).says("line 2");
    let newer = "{ \"format\": \"lunette\", \"version\": 99 }";
    fs::write(folder.path().join("new.lunette.json"), newer).unwrap();
    lunette(folder.path(), &["check", "new.lunette.json"]).ends_with(1).says("newer");
}

#[test]
fn a_project_comes_from_standard_input() {
    let folder = TempDir::new().unwrap();
    let project = native::write(&kitchen_sink());
    let check = ["check", "-", "--from", "lunette", "--format", "json"];
    let run = lunette_reading(folder.path(), &check, project.as_bytes());
    assert_eq!(run.json()["file"], "-");
    let import = ["import", "-", "--from", "lunette", "-o", "copy.lunette.json"];
    lunette_reading(folder.path(), &import, project.as_bytes()).ends_with(0);
    let copy = fs::read_to_string(folder.path().join("copy.lunette.json")).unwrap();
    assert_eq!(copy, project);
}

#[test]
fn check_tells_the_same_as_text_and_as_json() {
    let folder = folder_with_project();
    let text = lunette(folder.path(), &["check", "all.lunette.json"]);
    assert!(text.output.is_empty(), "messages are not data");
    let json = lunette(folder.path(), &["check", "all.lunette.json", "--format", "json"]);
    assert_eq!(text.status, json.status);
    assert_eq!(json.messages, "");
    let report = json.json();
    assert_eq!(report["version"], 1);
    let findings = report["findings"].as_array().unwrap();
    assert!(!findings.is_empty());
    let mut expected = String::new();
    for finding in findings {
        let [line, column] = [&finding["line"], &finding["column"]];
        let [severity, message, rule, hint] =
            ["severity", "message", "rule", "hint"].map(|key| finding[key].as_str().unwrap());
        let place = format!("all.lunette.json:{line}:{column}");
        writeln!(expected, "{place}: {severity}: {message} [{rule}]\n  hint: {hint}").unwrap();
        let project = native::write(&kitchen_sink());
        let at = project.lines().nth(line.as_u64().unwrap() as usize - 1).unwrap();
        assert!(at.contains(finding["element"].as_str().unwrap()), "{finding} is not at {at}");
    }
    assert!(text.messages.starts_with(&expected), "{}\n{expected}", text.messages);
}

#[test]
fn denied_warnings_fail_a_check() {
    let folder = TempDir::new().unwrap();
    let text = "{ \"format\": \"lunette\", \"version\": 1, \"model\": { \"entities\": [\
        { \"id\": \"e_000000000001\", \"name\": \"Empty\", \"kind\": \"collection\" } ] } }";
    fs::write(folder.path().join("a.lunette.json"), text).unwrap();
    lunette(folder.path(), &["check", "a.lunette.json"]).ends_with(0).says(": warning: ");
    lunette(folder.path(), &["check", "a.lunette.json", "--deny", "warnings"]).ends_with(1);
}

#[test]
fn every_image_format_is_drawn_the_same_each_time() {
    let folder = folder_with_project();
    let at = folder.path();
    for (name, start) in [("a.svg", &b"<svg"[..]), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")] {
        let draw = ["render", "all.lunette.json", "--theme", "dark", "-o", name];
        lunette(at, &draw).ends_with(0);
        let first = fs::read(at.join(name)).unwrap();
        assert!(first.starts_with(start), "{name}");
        lunette(at, &draw).ends_with(0);
        assert_eq!(
            fs::read(at.join(name)).unwrap(),
            first,
            "{name} differs from one run to the next"
        );
    }
    let wide =
        ["render", "all.lunette.json", "--scale", "2", "--background", "none", "-o", "b.png"];
    lunette(at, &wide).ends_with(0);
    let width = |name: &str| {
        let bytes = fs::read(at.join(name)).unwrap();
        u32::from_be_bytes(bytes[16..20].try_into().unwrap())
    };
    assert!(
        width("b.png").abs_diff(2 * width("a.png")) <= 1,
        "{} {}",
        width("b.png"),
        width("a.png")
    );
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = folder_with_project();
    let mut child = program(folder.path(), &["formats", "--format", "json"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn an_export_folder_gets_every_file_or_none() {
    let folder = folder_with_project();
    let at = folder.path();
    let export = ["export", "all.lunette.json", "--to", "mongoose", "-o", "models"];
    lunette(at, &export).ends_with(0);
    let names = names_in(&at.join("models"));
    assert!(names.len() > 3, "{names:?}");
    let contents = |at: &Path| -> Vec<_> {
        names.iter().map(|name| fs::read(at.join("models").join(name)).unwrap()).collect()
    };
    let first = contents(at);
    lunette(at, &export).ends_with(0);
    assert_eq!(contents(at), first, "the second export differs from the first");

    let mut files = names.iter().filter(|name| !name.starts_with('.'));
    let [edited, missing] = [files.next().unwrap(), files.next_back().unwrap()];
    fs::write(at.join("models").join(edited), "// mine\n").unwrap();
    fs::remove_file(at.join("models").join(missing)).unwrap();
    lunette(at, &export).ends_with(1).says(edited).says("changed since").says("--force");
    assert!(!at.join("models").join(missing).exists(), "a part of the export was written");
    assert_eq!(fs::read(at.join("models").join(edited)).unwrap(), b"// mine\n");
    let mut forced = export.to_vec();
    forced.push("--force");
    lunette(at, &forced).ends_with(0);
    assert_eq!(contents(at), first);
}

#[test]
fn options_are_checked_and_losses_are_told() {
    let folder = folder_with_project();
    let export = |set: &str| {
        let arguments = ["export", "all.lunette.json", "--to", "mongoose", "-o", "x", "--set", set];
        lunette(folder.path(), &arguments)
    };
    export("module=typescript").ends_with(0).says("all.lunette.json: warning: mongoose: ");
    export("module=cobol").ends_with(2).says("possible values: ");
    export("color=red").ends_with(2).says("unknown option `color`");
    export("module").ends_with(2).says("KEY=VALUE");
    let is_typescript = |name: &String| Path::new(name).extension().is_some_and(|e| e == "ts");
    assert!(names_in(folder.path()).iter().any(is_typescript), "no TypeScript");
}

#[test]
fn hostile_names_stay_on_their_line_and_in_their_folder() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let inner = at.join("inner");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("h.lunette.json"), native::write(&hostile_project())).unwrap();
    for exporter in EXPORTERS {
        let id = exporter.info().id;
        let run =
            lunette(&inner, &["export", "h.lunette.json", "--to", id, "-o", "out/", "--force"]);
        let run = run.ends_with(0);
        for line in run.messages.lines() {
            let is_message = line.starts_with("h.lunette.json") || line.starts_with("  hint: ");
            assert!(is_message, "{id}: {line:?}");
            assert!(!line.chars().any(char::is_control), "{id}: {line:?}");
        }
    }
    lunette(&inner, &["check", "h.lunette.json"]);
    assert_eq!(fs::read_dir(at).unwrap().count(), 1, "something was written outside");
}

#[test]
fn a_single_file_is_printed_and_several_need_a_folder() {
    let folder = folder_with_project();
    let at = folder.path();
    let script = lunette(at, &["export", "all.lunette.json", "--to", "postgres"]).ends_with(0);
    assert!(script.text().contains("CREATE TABLE"), "{}", script.text());
    let again = lunette(at, &["export", "all.lunette.json", "--to", "postgres"]).ends_with(0);
    assert_eq!(script.output, again.output);
    lunette(at, &["export", "all.lunette.json", "--to", "postgres", "-o", "all.sql"]).ends_with(0);
    assert_eq!(fs::read(at.join("all.sql")).unwrap(), script.output);
    let run = lunette(at, &["export", "all.lunette.json", "--to", "mongoose"]).ends_with(2);
    assert!(run.output.is_empty(), "a part of an export was printed");
    run.says("-o DIR");
}

#[test]
fn a_script_becomes_a_project_that_is_not_lost_to_the_next_import() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("1.sql"), "CREATE TABLE a (id int PRIMARY KEY);\n\n").unwrap();
    let second =
        "CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));\nnonsense here;\n";
    fs::write(at.join("2.sql"), second).unwrap();
    let import = ["import", "1.sql", "2.sql", "-o", "ab.lunette.json"];
    let run = lunette(at, &import);
    assert!(run.messages.contains("2.sql:2:1: "), "{}", run.messages);
    let path = at.join("ab.lunette.json");
    let text = fs::read_to_string(&path).unwrap();
    let model = native::read(&text, "").project.model;
    assert_eq!((model.entities().len(), model.references().len()), (2, 1));

    lunette(at, &import);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    fs::write(at.join("2.sql"), "").unwrap();
    lunette(at, &["layout", "ab.lunette.json", "-o", "ab.lunette.json"]).ends_with(0);
    let arranged = fs::read_to_string(&path).unwrap();
    let run = lunette(at, &import).ends_with(0);
    run.says("ab.lunette.json: info: entity b is not in the import and stays").says("`--prune`");
    assert_eq!(fs::read_to_string(&path).unwrap(), arranged);
    lunette(at, &[&import[..], &["--prune"]].concat())
        .ends_with(0)
        .says("ab.lunette.json: info: entity b was removed");
    let pruned = native::read(&fs::read_to_string(&path).unwrap(), "").project;
    assert_eq!(pruned.model.entities().len(), 1);
    assert_eq!(pruned.first_diagram().unwrap().placements.len(), 1, "what stays keeps its place");
    lunette(at, &[&import[..], &["--force"]].concat()).ends_with(0);
    let anew = native::read(&fs::read_to_string(&path).unwrap(), "").project;
    assert!(anew.first_diagram().unwrap().placements.is_empty(), "started anew");

    fs::write(&path, "my shopping list\n").unwrap();
    lunette(at, &import).ends_with(1).says("ab.lunette.json: error: was changed");
    assert_eq!(fs::read_to_string(&path).unwrap(), "my shopping list\n");
    lunette(at, &[&import[..], &["--force"]].concat()).ends_with(0);
    fs::write(&path, "{ \"format\": \"lunette\", \"version\": 1,, }").unwrap();
    lunette(at, &import).ends_with(1).says("ab.lunette.json:1:37: error: ");
}

#[test]
fn files_of_several_formats_become_one_project() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("1.sql"), "CREATE TABLE a (id int PRIMARY KEY);\n").unwrap();
    let script = "CREATE TABLE a (id int PRIMARY KEY, b int);\nCREATE TABLE c (id int);\n";
    fs::write(at.join("2.sql"), script).unwrap();
    lunette(at, &["import", "2.sql", "-o", "c.lunette.json"]).ends_with(0);
    lunette(at, &["import", "1.sql", "c.lunette.json", "-o", "x.lunette.json"]).ends_with(0);
    let text = fs::read_to_string(at.join("x.lunette.json")).unwrap();
    let project = native::read(&text, "").project;
    let names: Vec<_> = project.model.entities().map(|entity| entity.name.as_str()).collect();
    assert_eq!((names, project.settings.name.as_str()), (vec!["a", "c"], "1"));
    assert_eq!(project.model.entity_named("a").unwrap().fields.len(), 2);
    lunette(at, &["check", "1.sql"]).ends_with(0);
}

#[test]
fn an_import_says_what_differs() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let import = ["import", "shop.sql", "-o", "shop.lunette.json"];
    fs::write(at.join("shop.sql"), "CREATE TABLE users (id int PRIMARY KEY, email text);\n")
        .unwrap();
    assert_eq!(lunette(at, &import).ends_with(0).messages, "");
    assert_eq!(lunette(at, &import).ends_with(0).messages, "");
    let script = "CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, age int);\n";
    fs::write(at.join("shop.sql"), script).unwrap();
    fs::copy(at.join("shop.lunette.json"), at.join("old.lunette.json")).unwrap();
    let run = lunette(at, &import).ends_with(0);
    let told = "shop.lunette.json: info: field users.email became required\n\
                shop.lunette.json: info: field users.age was added\n";
    assert_eq!(run.messages, told);
    fs::copy(at.join("old.lunette.json"), at.join("shop.lunette.json")).unwrap();
    let json = lunette(at, &[&import[..], &["--format", "json"]].concat()).ends_with(0);
    assert_eq!(json.messages, "");
    let json = json.json();
    let change = &json["differences"][0];
    assert_eq!((&change["kind"], &change["name"]), (&"field".into(), &"users.email".into()));
    assert_eq!(change["changes"][0]["aspect"], "required");
    assert_eq!(change["changes"][0]["new"], true);

    let diff = ["diff", "old.lunette.json", "shop.lunette.json"];
    let text = lunette(at, &diff).ends_with(0);
    assert_eq!(text.text(), "field users.email became required\nfield users.age was added\n");
    lunette(at, &[&diff[..], &["--exit-code"]].concat()).ends_with(1);
    let of_json = lunette(at, &[&diff[..], &["--format", "json"]].concat()).ends_with(0).json();
    assert_eq!(of_json["differences"], json["differences"]);
    assert_eq!(lunette(at, &["diff", "shop.sql", "shop.lunette.json"]).ends_with(0).text(), "");
    let same = ["diff", "shop.sql", "shop.sql", "--exit-code"];
    assert_eq!(lunette(at, &same).ends_with(0).text(), "");
}

#[test]
fn a_diff_tells_settings_and_diagrams_of_projects() {
    let folder = folder_with_project();
    let at = folder.path();
    lunette(at, &["layout", "all.lunette.json", "-o", "new.lunette.json"]).ends_with(0);
    let text = fs::read_to_string(at.join("new.lunette.json")).unwrap();
    let mut project = native::read(&text, "").project;
    project.settings.target = "sqlite".to_owned();
    project.settings.name = "Two\nlines".to_owned();
    fs::write(at.join("new.lunette.json"), native::write(&project)).unwrap();
    let diff = lunette(at, &["diff", "all.lunette.json", "new.lunette.json"]).ends_with(0);
    let lines: Vec<_> = diff.text().lines().collect();
    assert!(lines[0].starts_with("project changed its name from `"), "{lines:?}");
    assert!(lines[0].ends_with("to `Two\\nlines`"), "{lines:?}");
    assert!(lines[1].ends_with("to `sqlite`"), "{lines:?}");
    assert!(lines[2].starts_with("diagram ") && lines[2].ends_with("moved"), "{lines:?}");
    fs::write(at.join("bad.lunette.json"), "{").unwrap();
    lunette(at, &["diff", "all.lunette.json", "bad.lunette.json"]).ends_with(1).says("error: ");
}

#[test]
fn one_command_reads_files_of_one_format() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("mixed")).unwrap();
    fs::write(at.join("mixed/1.sql"), "CREATE TABLE a (id int PRIMARY KEY);\n").unwrap();
    fs::write(at.join("mixed/b.lunette.json"), native::write(&kitchen_sink())).unwrap();
    lunette(at, &["check", "mixed"]).ends_with(2).says("files of one format");
}

#[test]
fn a_folder_is_the_files_in_it() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    let table = |name: &str| format!("CREATE TABLE {name} (id int PRIMARY KEY);\n");
    for inner in ["schema/more", "schema/.git", "schema/node_modules", "empty"] {
        fs::create_dir_all(at.join(inner)).unwrap();
    }
    for (file, text) in [
        ("schema/a.sql", table("a")),
        ("schema/more/b.sql", table("b") + "nonsense here;\n"),
        ("schema/.git/c.sql", table("c")),
        ("schema/node_modules/d.sql", table("d")),
        ("schema/notes.txt", "not ours".to_owned()),
    ] {
        fs::write(at.join(file), text).unwrap();
    }
    fs::write(at.join("schema/binary.sql"), [0xff, 0x00]).unwrap();
    let run = lunette(at, &["import", "schema", "-o", "out.lunette.json"]);
    run.says("schema/more/b.sql:2:1: ");
    let text = fs::read_to_string(at.join("out.lunette.json")).unwrap();
    let project = native::read(&text, "").project;
    let names: Vec<_> = project.model.entities().map(|entity| entity.name.as_str()).collect();
    assert_eq!((names, project.settings.name.as_str()), (vec!["a", "b"], "schema"));
    lunette(at, &["check", "empty"]).ends_with(2).says("no file that can be imported");
}
