//! What cannot be understood is told with line, column and a hint, and costs only itself.

use std::fmt::Write as _;

use super::{entity, import, references, told};

#[track_caller]
fn tells(text: &str, expected: &[&str]) {
    assert_eq!(told(&import(text)), expected, "{text}");
}

#[test]
fn a_bad_line_costs_only_itself() {
    let imported = import(
        "Table a {\n  id int [pk]\n  ???\n  b [unqiue]\n  c int [ref: > nowhere.id, nul]\n  d int\n}\n\
         Tabel z {\n  id int\n}\nTable b {\n  id int\n}\n",
    );
    assert_eq!(
        told(&imported),
        [
            "3:3 this is no column: the line is left out (write `name type [settings]`)",
            "4:3 the column `b` has no type (write the type behind the name)",
            "4:6 unknown setting `unqiue` is left out (did you mean `unique`?)",
            "5:17 `nowhere` is not there: the reference is left out (declare it in the text, or mend its name)",
            "5:29 unknown setting `nul` is left out (did you mean `null`?)",
            "8:1 `Tabel` begins no element: it is left out (did you mean `table`?)",
        ]
    );
    let model = imported.project.model;
    assert_eq!(entity(&model, "a").fields.len(), 4);
    assert_eq!(entity(&model, "b").fields.len(), 1);
}

#[test]
fn a_bracket_that_is_never_closed_ends_at_the_next_table() {
    let imported = import("Table a {\n  id int [pk\n  n text\n\nTable b {\n  id int\n}\n");
    assert_eq!(
        told(&imported),
        [
            "1:9 `{` is never closed (add `}` at the end of its block)",
            "2:10 the bracket is never closed by `]` (add `]` where it ends)",
        ]
    );
    let model = imported.project.model;
    assert_eq!((entity(&model, "a").fields.len(), entity(&model, "b").fields.len()), (2, 1));
}

#[test]
fn slips_are_told_with_what_was_meant() {
    tells(
        "Table users { id int [pk] }\nTable a { u int\n indexes { uu } }\nRef: a.u > user.id\nRef: a.x > users.id\n",
        &[
            "3:12 `a` has no field `uu`: the index is left out (did you mean `u`?)",
            "4:12 `user` is not there: the reference is left out (did you mean `users`?)",
            "5:8 `a` has no field `x`: the reference is left out (did you mean `u`?)",
        ],
    );
    tells(
        "Table a { id strng\n n citext }",
        &["1:14 unknown type `strng` is kept as a native type: a.id (did you mean `string`?)"],
    );
}

#[test]
fn an_index_over_what_is_no_column_is_told() {
    tells(
        "Table a {\n  id int\n  indexes {\n    (id*2, id)\n  }\n}\n",
        &["4:5 this is no index: it is left out \
           (write `column`, `(a, b)` or an expression in backticks)"],
    );
}

#[test]
fn what_contradicts_itself_is_repaired() {
    let imported = import(
        "Table a { id int [pk]\n id text\n u int }\nTable a { x int }\n\
         Ref: a.u > a.id\nRef: a.id < a.u\nRef: a.u > a.u\n\
         TableGroup g { a\n b }\nTableGroup h { a }\nEnum e { x\n x }\n",
    );
    assert_eq!(
        told(&imported),
        [
            "2:2 `a` has `id` twice: one is called `id_2` (give each field a name of its own)",
            "4:7 the entity `a` is there twice: one is `a_2` (give each one a name of its own)",
            "6:6 the same ends are joined twice: the reference is left out (write it once, with all that is said of it)",
            "7:6 both ends of the reference are the same: it is left out (lead it to another column)",
            "9:2 `b` is not there: its area does not show it (did you mean `a`?)",
            "10:16 `a` is in two areas: the first stays (name it in one area only)",
            "11:6 `e` has `x` twice (write each value once)",
        ]
    );
    assert_eq!(references(&imported.project.model).len(), 1);
}

#[test]
fn what_a_model_cannot_hold_is_told_once() {
    tells(
        "Table a { id int\n u int [dep: <- a.id]\n indexes { id [type: brin] } }\n\
         Dep: a.id -> a.u\nRef: a.u > a.id [color: #aaa, inactive]\n",
        &[
            "2:9 dependencies are left out and 1 more (keep them beside the model: it says what is stored, not where it comes from)",
            "3:16 indexes of other types are trees: brin (a model knows trees and hashes: add others to the script)",
            "5:18 colors of references are left out (nothing has to be done: lines take their color from the theme)",
            "5:31 inactive references are like any other (delete those that should not be drawn)",
        ],
    );
}

#[test]
fn quotes_that_are_never_closed_end_somewhere() {
    let imported =
        import("Table a {\n  id int [note: 'open]\n}\nTable b { id int [default: `x] }\n");
    let told = told(&imported);
    assert!(told.iter().any(|one| one.starts_with("2:17 the text is not closed")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("4:28 the expression is not")), "{told:?}");
    assert_eq!(imported.project.model.entities().len(), 2);
}

#[test]
fn nesting_without_end_is_refused() {
    for bomb in ["Table a {", "(", "[", "x object {", "x array [ item object {"] {
        let imported = import(&format!("Table t {{\n{}", bomb.repeat(100_000)));
        assert!(told(&imported).iter().any(|one| one.contains("more than 64 brackets")), "{bomb}");
    }
    let mut deep = "Table t {\n".to_owned();
    for depth in 1..2000 {
        writeln!(deep, "\"{}\" object", vec!["a"; depth].join(".")).unwrap();
    }
    assert_eq!(entity(&import(&deep).project.model, "t").all_fields().len(), 1999);
}
