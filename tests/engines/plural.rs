//! Collection names are those of the real Mongoose.

use lunette::base::plural::plural;
use serde_json::json;

use crate::models::hostile::hostile_names;
use crate::support::node::run_script;

/// What words begin with.
const STEMS: [&str; 14] =
    ["", "a", "f", "q", "qu", "Order", "sub_", "x-", "9", "用户", "Ä", "🙂", "e", "ss"];

/// What words end with: every rule, what is near to it, and what only looks like it.
const ENDINGS: [&str; 84] = [
    "",
    "human",
    "man",
    "woman",
    "german",
    "person",
    "people",
    "child",
    "ox",
    "fox",
    "axis",
    "taxis",
    "testis",
    "octopus",
    "cactus",
    "focus",
    "fungus",
    "nucleus",
    "campus",
    "alias",
    "status",
    "virus",
    "bus",
    "us",
    "buffalo",
    "tomato",
    "potato",
    "hero",
    "photo",
    "datum",
    "stadium",
    "sum",
    "analysis",
    "sis",
    "fe",
    "safe",
    "giraffe",
    "knife",
    "life",
    "wife",
    "f",
    "shelf",
    "wolf",
    "dwarf",
    "roof",
    "hive",
    "archive",
    "city",
    "day",
    "key",
    "guy",
    "soliloquy",
    "y",
    "box",
    "church",
    "class",
    "dish",
    "matrix",
    "matrixrow",
    "vertix",
    "indix",
    "index",
    "ex",
    "mouse",
    "louse",
    "blouse",
    "|ouse",
    "house",
    "quiz",
    "goose",
    "mongoose",
    "s",
    "users",
    "news",
    "media",
    "species",
    "money",
    "paper",
    "2",
    "é",
    "İ",
    "ß",
    " ",
    "Σ",
];

#[test]
fn every_plural_is_mongooses_own() {
    let mut names: Vec<_> = STEMS
        .iter()
        .flat_map(|stem| ENDINGS.iter().map(move |ending| format!("{stem}{ending}")))
        .collect();
    names.extend(hostile_names());
    let output = run_script("mongoose_plurals.mjs", &[], &json!(names).to_string()).unwrap();
    let expected: Vec<String> = serde_json::from_str(&output).unwrap();
    assert_eq!(expected.len(), names.len());
    for (name, expected) in names.iter().zip(&expected) {
        assert_eq!(plural(name), *expected, "{name:?}: right is Mongoose's");
    }
}
