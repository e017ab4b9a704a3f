//! Mistyped names are told with the name that was probably meant.

use super::import_of;

#[track_caller]
fn hinted(script: &str, message: &str, hint: Option<&str>) {
    let imported = import_of("postgres", script);
    let [only] = imported.diagnostics.as_slice() else { panic!("{:#?}", imported.diagnostics) };
    assert_eq!((only.message.as_str(), only.hint.as_deref()), (message, hint), "{script}");
    assert!(only.span.is_some(), "{only:?}");
}

#[test]
fn tables_that_are_not_there() {
    hinted(
        "CREATE TABLE users (id int PRIMARY KEY);
        CREATE TABLE post (author int REFERENCES user_s);",
        "`post` (author) references `user_s`, which is not there: the reference is left out",
        Some("did you mean `users`?"),
    );
    hinted(
        "CREATE TABLE users (id int); ALTER TABLE uesrs ADD PRIMARY KEY (id);",
        "there is no table `uesrs`: the statement is left out",
        Some("did you mean `users`?"),
    );
    hinted(
        "CREATE TABLE users (id int); CREATE INDEX i ON accounts (id);",
        "there is no table `accounts`: the statement is left out",
        Some("read the script that makes the table before this one"),
    );
}

#[test]
fn columns_that_are_not_there() {
    let known = "CREATE TABLE users (id int PRIMARY KEY, email text, city text";
    hinted(
        &format!("{known}, UNIQUE (city, emial));"),
        "`users` has no column `emial`: the key is left out",
        Some("did you mean `email`?"),
    );
    hinted(
        &format!("{known}); CREATE INDEX i ON users (city, mail);"),
        "`users` has no column `mail`: the index is left out",
        Some("did you mean `email`?"),
    );
    hinted(
        &format!("{known}); CREATE TABLE post (author int, FOREIGN KEY (autor) REFERENCES users);"),
        "`post` has no column `autor`: the reference is left out",
        Some("did you mean `author`?"),
    );
    hinted(
        &format!("{known}); CREATE TABLE post (author int REFERENCES users (ide));"),
        "`users` has no column `ide`: the reference is left out",
        Some("did you mean `id`?"),
    );
}

#[test]
fn statements_that_are_mistyped() {
    hinted(
        "CREAT TABLE users (id int);",
        "unknown statement `CREAT`: it is left out",
        Some("did you mean `CREATE`?"),
    );
    hinted(
        "CREATE TABEL users (id int);",
        "unknown statement `CREATE TABEL`: it is left out",
        Some("did you mean `TABLE`?"),
    );
}

#[test]
fn types_that_nobody_knows() {
    hinted(
        "CREATE TABLE t (a intger);",
        "unknown type `intger` is kept as a native type: t.a",
        Some("did you mean `integer`?"),
    );
}

#[test]
fn what_is_never_closed() {
    hinted(
        "CREATE TABLE t (a text DEFAULT 'oops);",
        "this is never closed: all behind it is part of it",
        Some("close it with `'`"),
    );
    hinted(
        "CREATE TABLE t (a text;\n\nCREATE TABLE u (b int);",
        "a parenthesis is never closed: the statement may be read wrongly",
        Some("close it with `)`"),
    );
}
