//! No text is more than a model: files that are cut, doubled and sprinkled with signs are read, and
//! what was made of them is written and read like any other model.

use lunette::model::id::IdMint;
use proptest::prelude::*;

use super::{Files, export, import};
use crate::edits::any_edit;
use crate::support::small;

/// Many forms in few lines.
const SOURCE: &str = include_str!("../../fixtures/import/mongoose/odd_forms/forms.js");

fn files(text: String) -> Files {
    Files::from([("models/x.js".to_owned(), text)])
}

/// Whatever was read is written the same once it was written.
#[track_caller]
fn assert_settles(files: &Files) {
    let read = import(files, "x");
    for one in &read.diagnostics {
        assert!(one.span.is_some(), "{one:?} has no place");
    }
    let written = export(&read.project, &[]);
    let again = import(&written, "x");
    let second = export(&again.project, &[]);
    assert_eq!(second, export(&import(&second, "x").project, &[]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a person edits.
    #[test]
    fn an_edited_model_is_written_the_same_once_it_was_read(
        edits in prop::collection::vec(any_edit(), 0..25),
    ) {
        let mut project = small::documents();
        let mut mint = IdMint::from_seed(1);
        for edit in &edits {
            edit.apply(&mut project, &mut mint);
        }
        let read = import(&export(&project, &[]), "x");
        let second = export(&read.project, &[]);
        let third = export(&import(&second, "x").project, &[]);
        prop_assert_eq!(second, third);
    }

    #[test]
    fn a_broken_file_is_read(
        cut in any::<prop::sample::Index>(),
        garbage in ".{0,6}",
        length in 0..60_usize,
    ) {
        let mut text = SOURCE.to_owned();
        let boundaries: Vec<_> = text.char_indices().map(|(offset, _)| offset).collect();
        let start = cut.index(boundaries.len());
        let end = boundaries.get(start + length).copied().unwrap_or(text.len());
        text.replace_range(boundaries[start]..end, &garbage);
        assert_settles(&files(text));
    }

    #[test]
    fn a_heap_of_words_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "new Schema(", "{", "}", "(", ")", "[", "]", "type:", "String", ",", "ref: 'A'", "a:", "...",
        "const s =", ";", "\n", "model('A', s)", "s.index(", "'", "`", "=>", "enum:", "/*", "//", "<T>",
        "export default", "import x from './x'", "s.add(", "=", "module.exports", ".", "default:", "s",
    ]), 0..80)) {
        assert_settles(&files(words.join(" ")));
    }
}

#[test]
fn bombs_of_nesting_are_told() {
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(20_000), close.repeat(20_000));
        format!(
            "const a = new Schema({{ x: {open}String{close} }});\nmodel('A', a);\nmodel('B', {{ y: String }});"
        )
    };
    for (open, close) in [("[", "]"), ("{ a: ", "}"), ("(", ")"), ("[{ type: ", "}]"), ("!", "")] {
        let read = import(&files(deep(open, close)), "x");
        let told = read.diagnostics.iter().any(|one| one.message.contains("nested deeper"));
        assert!(told, "{open}: {:?}", read.diagnostics);
        assert!(read.project.model.entity_named("B").is_some(), "{open}");
    }
}

#[test]
fn schemas_that_hold_each_other_come_to_an_end() {
    let read = import(
        &files(
            "const a = new Schema({ b: b });\nconst b = new Schema({ a: [a] });\na.add(a); b.add(a);\n\
             const c = c; const d = { ...d, x: String };\nconst e = () => e();\nmodel('A', a);\n\
             model('D', new Schema({ ...d, f: { type: c, ref: e(), enum: d } }));"
                .to_owned(),
        ),
        "x",
    );
    assert!(read.project.model.entity_named("A").is_some());
    assert!(read.project.model.entity_named("D").is_some());
}
