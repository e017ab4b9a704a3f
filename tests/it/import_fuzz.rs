//! No text makes an importer panic, hang or grow without bounds: seeds that are cut, doubled and
//! sprinkled with signs, and bombs of nesting.
//!
//! `LUNETTE_FUZZ_SECONDS=600 cargo test --release --test it import_fuzz` goes on for that long.

use std::env;
use std::time::{Duration, Instant};

use lunette::formats::Importer;
use lunette::formats::options::Options;
use lunette::formats::registry::{EXPORTERS, IMPORTERS};
use lunette::formats::sources::Sources;

use crate::support::kitchen_sink;
use crate::support::random::Random;

/// What an importer is fed besides what our own exporters write.
const SEEDS: &[(&str, &str)] = &[
    ("mongoose", include_str!("../fixtures/import/mongoose/odd_forms/forms.js")),
    ("mongoose", include_str!("../fixtures/import/mongoose/typescript_team/src/models/Post.ts")),
    (
        "dbml",
        "xdbml: 0.1\nContainer c [type: schema] {\nEntity e { a object { b array [ i object { c int } ] }\n\
     d union [int, null] } }\nTablePartial p { id int [pk] }\nTable t as T { ~p\n x e.f(1, 'a')[] \
     [default: `a`, ref: ?> T.id, note: '''a\n b''']\n records (id) { 1\n -2 } }\n\
     DiagramView v { Tables { * } }\nuse { table a as b } from './x'\nDep: a -> b\n",
    ),
];

/// Signs that mean something in some format.
const SIGNS: [&str; 24] = [
    "{", "}", "[", "]", "(", ")", "\"", "'", "'''", "`", "\\", ";", ":", ",", ".", "<", ">", "?",
    "--", "/*", "\n", "\0", "\u{feff}", "é",
];

/// The longest that one text may take, with a wide margin for a busy machine.
const LONGEST: Duration = Duration::from_secs(10);

fn seeds(importer: &dyn Importer) -> Vec<String> {
    let id = importer.info().id;
    let own = EXPORTERS
        .iter()
        .filter(|one| one.info().id == id || id == "sql" && one.info().extensions.contains(&"sql"));
    let written = own.map(|exporter| {
        let exported = exporter.export(&kitchen_sink(), &Options::defaults(exporter.info()));
        exported.files.iter().map(|file| file.text.clone()).collect::<String>()
    });
    let more = SEEDS.iter().filter(|(of, _)| *of == id).map(|(_, text)| (*text).to_owned());
    let mut seeds: Vec<String> = written.chain(more).collect();
    if seeds.is_empty() {
        seeds.push("{ a [ b ( c \"d\" 'e' ) ] }\n".to_owned());
    }
    seeds
}

/// The text with a few pieces cut out, doubled or replaced.
pub(crate) fn mutated(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let Some(start) = boundaries.get(random.below(boundaries.len())).copied() else { break };
        let end = boundaries.iter().copied().find(|at| *at > start + random.below(80));
        let piece = start..end.unwrap_or(text.len());
        match random.below(4) {
            0 => text.truncate(start),
            1 => text.replace_range(piece, ""),
            2 => {
                let twice = text[piece].to_owned();
                text.insert_str(start, &twice);
            }
            _ => text.insert_str(start, SIGNS[random.below(SIGNS.len())]),
        }
    }
    text
}

#[track_caller]
fn import(importer: &dyn Importer, text: &str) {
    let started = Instant::now();
    importer.import(&Sources::single("x", text), "x");
    let beginning: String = text.chars().take(80).collect();
    assert!(started.elapsed() < LONGEST, "{} is slow: {beginning:?}", importer.info().id);
}

#[test]
fn broken_texts_are_read() {
    let seconds = env::var("LUNETTE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seconds = Duration::from_secs(seconds.unwrap_or(0));
    let started = Instant::now();
    let mut round = 0;
    let mut read = [0_usize; IMPORTERS.len()];
    while round == 0 || started.elapsed() < seconds {
        for (importer, count) in IMPORTERS.iter().zip(&mut read) {
            let mut random = Random::from_seed(20_260_901 + round);
            for seed in seeds(*importer) {
                for _ in 0..15 {
                    import(*importer, &mutated(&seed, &mut random));
                    *count += 1;
                }
            }
        }
        round += 1;
    }
    let ids = IMPORTERS.iter().map(|importer| importer.info().id);
    println!("{:?}", ids.zip(read).collect::<Vec<_>>());
}

#[test]
fn bombs_of_nesting_are_read() {
    for importer in IMPORTERS {
        for piece in [
            "(", "[", "{", "a{", "a(", "{\"a\":", "[[", "'", "\"", "`", "'''", "/*", "a.", "-",
            "a ",
        ] {
            import(*importer, &piece.repeat(10_000));
        }
    }
}

/// Words, quoted texts and single characters.
fn tokens(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            '"' | '\'' | '`' => rest[1..].find(c).map_or(1, |end| end + 2),
            c => c.len_utf8(),
        };
        tokens.push(&rest[..length]);
        rest = &rest[length..];
    }
    tokens
}

#[test]
fn texts_cut_anywhere_are_read() {
    for importer in IMPORTERS {
        for seed in seeds(*importer) {
            let beginning: Vec<_> = seed.char_indices().map(|(at, _)| at).take(1_500).collect();
            for end in beginning.iter().step_by(beginning.len().div_ceil(300)) {
                import(*importer, &seed[..*end]);
            }
        }
    }
}

#[test]
fn words_in_any_order_are_read() {
    let mut random = Random::from_seed(20_260_901);
    for importer in IMPORTERS {
        for seed in seeds(*importer) {
            let tokens = tokens(&seed);
            for round in 0..60 {
                let count = 1 + random.below(150);
                let soup: Vec<_> = (0..count).map(|_| tokens[random.below(tokens.len())]).collect();
                import(*importer, &soup.join(["", " ", "\n"][round % 3]));
            }
        }
    }
}
