//! Whatever an importer says has a place and a way out, and says at least that there was nothing.

use lunette::base::diagnostic::Diagnostic;
use lunette::formats::options::Options;
use lunette::formats::registry::{EXPORTERS, IMPORTERS};
use lunette::formats::sources::Sources;
use lunette::formats::{Importer, read};

use crate::support::kitchen_sink;
use crate::support::random::Random;

/// Texts that make importers speak, beside what is broken of our own.
const TEXTS: [&str; 8] = [
    "CREATE TABLE t (a int, b foo COLLATE x SPARSE, UNIQUE (c)) PARTITION BY RANGE (a);\nFOO;\nSELECT 1;",
    "CREATE INDEX i ON nowhere (a); ALTER TABLE t ADD x int; CREATE TYPE p AS (a int);",
    "Table a { b }\nTable a { c int [foo, ref: > x.y] }\nRef: a.c > a.c\nDep: a -> b\n}",
    "model A { id Int @id @foo\n b C\n @@index([x(ops: Y)], type: Gin) }\ngenerator x { a = 1 }",
    "erDiagram\n  A { int }\n  A ||--o{ B\n  style A fill:red\n  ???",
    "a { b int foo [x] }\n} c\na { b }\nd > ",
    r#"{"type": "object", "properties": {"a": {"not": {}, "oneOf": [{"type": "string"}, {"type": "array"}]}}}"#,
    "const s = new Schema({ a: { type: Foo, min: X, enum: f() }, b: [f()] }, { x: 1 }); s.plugin(p);",
];

fn check(importer: &dyn Importer, text: &str, told: &mut usize) {
    let sources = Sources::single("x", text);
    let imported = read(importer, &sources, "x");
    let id = importer.info().id;
    for one in &imported.diagnostics {
        let Diagnostic { span, hint, message, .. } = one;
        let lines = text.lines().count().max(1);
        let line = span.unwrap_or_else(|| panic!("{id}: no place: {message}")).line;
        assert!((1..=lines + 1).contains(&line), "{id}: line {line} of {lines}: {message}");
        let hint = hint.as_deref().unwrap_or_default();
        assert!(!hint.is_empty(), "{id}: no way out: {message}");
        *told += 1;
    }
    let is_silent = imported.diagnostics.is_empty() && imported.project.model.is_empty();
    assert!(!is_silent || text.trim().is_empty() || id == "lunette", "{id} is silent: {text}");
}

#[test]
fn whatever_is_said_has_a_place_and_a_way_out() {
    let mut random = Random::from_seed(20_260_901);
    let mut told = 0;
    for importer in IMPORTERS {
        for text in TEXTS {
            check(*importer, text, &mut told);
        }
        let Some(exporter) = EXPORTERS.iter().find(|one| one.info().id == importer.info().id)
        else {
            continue;
        };
        let exported = exporter.export(&kitchen_sink(), &Options::defaults(exporter.info()));
        let whole: String = exported.files.iter().map(|file| file.text.as_str()).collect();
        let words: Vec<&str> = whole.split_inclusive([' ', '\n']).collect();
        for _ in 0..40 {
            let mut words = words.clone();
            for _ in 0..6 {
                let (from, to) = (random.below(words.len()), random.below(words.len()));
                words.swap(from, to);
            }
            check(*importer, &words.concat(), &mut told);
        }
    }
    assert!(told > 500, "{told} things were said");
}
