//! What is said of a file that cannot be read: what, where, and the way out.

use lunette::base::diagnostic::{Diagnostic, Severity, Span};
use lunette::document::project::Project;
use lunette::formats::native::{read, write};

use crate::support::small;

#[track_caller]
fn only_error(text: &str) -> Diagnostic {
    let imported = read(text, "unnamed");
    assert_eq!(imported.project, Project::default());
    let [diagnostic] = imported.diagnostics.as_slice() else {
        panic!("one finding is expected, not {:?}", imported.diagnostics)
    };
    assert_eq!(diagnostic.severity, Severity::Error);
    assert!(diagnostic.hint.is_some(), "{diagnostic:?} has no hint");
    diagnostic.clone()
}

#[track_caller]
fn assert_error(text: &str, place: (usize, usize), message: &str) {
    let diagnostic = only_error(text);
    let (line, column) = place;
    assert_eq!(diagnostic.message, message);
    assert_eq!(diagnostic.span, Some(Span::new(line, column)));
}

#[test]
fn a_newer_version_is_refused() {
    assert_error(
        "{\n  \"format\": \"lunette\",\n  \"version\": 99,\n  \"model\": 7\n}\n",
        (3, 3),
        "the file was written by a newer Lunette: its version is 99, this one reads up to 1",
    );
}

#[test]
fn a_version_that_is_none_is_refused() {
    for version in ["0", "-1", "1.5", "\"1\"", "null", "1e400"] {
        let diagnostic =
            only_error(&format!("{{\"format\": \"lunette\", \"version\": {version}}}"));
        assert!(diagnostic.message.contains("version") || version == "1e400", "{diagnostic:?}");
    }
    assert!(only_error("{\"format\": \"lunette\"}").message.contains("`null` is not a version"));
}

#[test]
fn another_format_is_refused() {
    for text in ["{}", "{\"format\": \"else\", \"version\": 1}", "{\"format\": 3}"] {
        assert_error(text, (1, 1), "this is not a Lunette project");
    }
}

#[test]
fn text_that_is_not_json_is_told_with_its_place() {
    assert_error("", (1, 1), "broken project file: EOF while parsing a value");
    assert_error("{\n  \"ä\": x\n}", (2, 8), "broken project file: expected value");
    let whole = write(&small::documents());
    for cut in [1, whole.len() / 3, whole.len() - 3] {
        let cut = &whole[..cut];
        let diagnostic = only_error(cut);
        assert_eq!(diagnostic.span.unwrap().line, cut.lines().count());
        assert!(diagnostic.hint.unwrap().contains("cut off"));
    }
}

#[test]
fn a_missing_comma_is_told_where_it_is_missed() {
    let text = write(&small::documents()).replace("\"name\": \"email\",", "\"name\": \"email\"");
    let line = 1 + text.lines().position(|line| line.contains("\"email\"")).unwrap();
    let diagnostic = only_error(&text);
    assert_eq!(diagnostic.span.unwrap().line, line);
    assert!(diagnostic.hint.unwrap().contains("comma"));
}

#[test]
fn a_value_of_the_wrong_kind_is_told_where_it_stands() {
    let text =
        write(&small::documents()).replacen("\"required\": true", "\"required\": \"yes\"", 1);
    let line = 1 + text.lines().position(|line| line.contains("\"yes\"")).unwrap();
    let diagnostic = only_error(&text);
    assert_eq!(diagnostic.span.unwrap().line, line);
    let message = "broken project file: invalid type: string \"yes\", expected a boolean";
    assert_eq!(diagnostic.message, message);
}

#[test]
fn both_sides_of_a_merge_conflict_are_recognized() {
    let whole = write(&small::documents());
    let text = whole.replacen("    \"entities\"", "<<<<<<< HEAD\n    \"entities\"", 1);
    assert!(only_error(&text).hint.unwrap().contains("merge conflict"));
}

#[test]
fn input_of_any_depth_and_size_gives_an_answer() {
    let head = "{\"format\": \"lunette\", \"version\": 1, ";
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"fields\":[", "]}")] {
        let deep = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        only_error(&deep);
        let inside = format!("{head}\"newer\": {deep}}}");
        assert!(only_error(&inside).message.contains("recursion limit"), "{open}");
    }
    let fields: Vec<_> = (0..5_000)
        .map(|n| {
            format!(
                "{{\"id\": \"f{n}\", \"in\": \"f{}\", \"name\": \"n\", \"type\": \"object\"}}",
                n - 1
            )
        })
        .collect();
    let entity = format!(
        "{{\"id\": \"e\", \"name\": \"E\", \"kind\": \"table\", \"fields\": [{}]}}",
        fields.join(",")
    );
    let text = format!("{head}\"model\": {{\"entities\": [{entity}]}}}}");
    let imported = read(&text, "deep");
    assert_eq!(imported.project.model.entities().next().unwrap().all_fields().len(), 5_000);
}
