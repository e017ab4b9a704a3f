//! What a model has no word for is told, once per reason and with its place.

use lunette::base::diagnostic::Severity;
use lunette::model::data_type::DataType;

use super::{entity, field, import_of, messages};

#[track_caller]
fn told(dialect: &str, script: &str, expected: &[&str]) {
    assert_eq!(messages(&import_of(dialect, script).diagnostics), expected, "{script}");
}

#[test]
fn options_of_columns_are_told() {
    told(
        "postgres",
        "CREATE TABLE t (a text COLLATE \"C\", b int GENERATED ALWAYS AS IDENTITY (START WITH 100), \
         c text STORAGE external);",
        &[
            "collations are left out: t.a (C)",
            "counters begin at 1 and count by 1: t.b",
            "options of columns are left out: t.c (STORAGE), t.c (external)",
        ],
    );
    told(
        "sqlserver",
        "CREATE TABLE t (a int IDENTITY(100, 5), b int SPARSE, \
         c datetime2 GENERATED ALWAYS AS ROW START NOT NULL);",
        &[
            "counters begin at 1 and count by 1: t.a",
            "options of columns are left out: t.b (SPARSE)",
            "periods and versions of rows are left out: t.c",
        ],
    );
    told(
        "mysql",
        "CREATE TABLE t (a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin, b int INVISIBLE) \
         ENGINE=MyISAM PACK_KEYS=1;",
        &[
            "character sets are left out: t.a (latin1)",
            "collations are left out: t.a (latin1_bin)",
            "options of columns are left out: t.b (INVISIBLE)",
            "how tables are stored is left out: t (pack_keys=1)",
        ],
    );
}

#[test]
fn options_of_constraints_are_told() {
    told(
        "postgres",
        "CREATE TABLE p (id int PRIMARY KEY, a int, b int, UNIQUE NULLS NOT DISTINCT (a), \
         UNIQUE (b) DEFERRABLE INITIALLY DEFERRED, CONSTRAINT no EXCLUDE USING gist (a WITH =), \
         FOREIGN KEY (a) REFERENCES p MATCH FULL ON DELETE SET NULL (a));",
        &[
            "rows without a value are all different: p",
            "constraints are checked at once: p",
            "exclusions are left out: p.no",
            "references match in the usual way: p",
            "actions are on all columns of a reference: p",
        ],
    );
    told(
        "sqlite",
        "CREATE TABLE t (a int UNIQUE ON CONFLICT IGNORE, b text);",
        &["conflicts are refused: t.a"],
    );
}

#[test]
fn constraints_that_do_not_hold_are_told() {
    told(
        "postgres",
        "CREATE TABLE p (id int PRIMARY KEY, a int CONSTRAINT c CHECK (a > 0) NOT ENFORCED, \
         CONSTRAINT d CHECK (a < 9) NO INHERIT NOT VALID, \
         CONSTRAINT f FOREIGN KEY (a) REFERENCES p (id) NOT ENFORCED);
        ALTER TABLE p ADD CONSTRAINT n NOT NULL a NOT VALID;
        ALTER TABLE p ALTER CONSTRAINT f DEFERRABLE;",
        &[
            "constraints that the database does not enforce are enforced: p.a, p",
            "checks are not told apart by who inherits them: p.d",
            "constraints hold for all rows: p.d, p.n",
            "constraints are checked at once: p.f",
        ],
    );
    told(
        "mysql",
        "CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED, CONSTRAINT c CHECK (a < 9) ENFORCED);",
        &["constraints that the database does not enforce are enforced: t.a"],
    );
    told(
        "sqlserver",
        "CREATE TABLE t (a int);
        ALTER TABLE t WITH NOCHECK ADD CONSTRAINT c CHECK (a > 0);
        ALTER TABLE t CHECK CONSTRAINT c;
        ALTER TABLE t NOCHECK CONSTRAINT c;",
        &[
            "constraints hold for all rows: t.c",
            "constraints that the database does not enforce are enforced: t.c",
        ],
    );
}

#[test]
fn a_constraint_can_make_a_column_required() {
    let imported = import_of("postgres", "CREATE TABLE t (a int, CONSTRAINT n NOT NULL a);");
    assert!(field(&imported.project.model, "t", "a").required);
    assert_eq!(messages(&imported.diagnostics), Vec::<String>::new());
}

#[test]
fn options_of_keys_are_told() {
    told(
        "mysql",
        "CREATE TABLE t (a int, b int, c text, KEY k (a) INVISIBLE, UNIQUE KEY u (b) \
         USING BTREE INVISIBLE COMMENT 'once', FULLTEXT KEY f (c) /*!50100 WITH PARSER `ngram` */);
        ALTER TABLE t ALTER INDEX k VISIBLE;
        CREATE INDEX i ON t (a, b) KEY_BLOCK_SIZE = 8 ALGORITHM = INPLACE;",
        &[
            "indexes that queries may not use are used: t.u, k",
            "comments of constraints are left out: t.u",
            "text indexes split words in the usual way: f",
            "how indexes are stored is left out: i",
        ],
    );
    told(
        "sqlserver",
        "CREATE TABLE t (a int, CONSTRAINT u UNIQUE NONCLUSTERED (a ASC) \
         WITH (PAD_INDEX = OFF, IGNORE_DUP_KEY = ON, ALLOW_ROW_LOCKS = ON) ON [PRIMARY]);
        CREATE INDEX i ON t (a) WITH (FILLFACTOR = 80) ON [fast];",
        &["conflicts are refused: t.u", "how indexes are stored is left out: i"],
    );
    told(
        "postgres",
        "CREATE TABLE t (a int, at daterange, PRIMARY KEY (a, at WITHOUT OVERLAPS), \
         UNIQUE (a) USING INDEX TABLESPACE fast);",
        &[
            "unknown type `daterange` is kept as a native type: t.at",
            "keys over periods are plain ones: t.at",
            "how indexes are stored is left out: t",
        ],
    );
}

/// What a type ends with is told and not taken for a part of it.
#[test]
fn words_behind_a_type_are_no_part_of_it() {
    let imported = import_of(
        "postgres",
        "CREATE TABLE t (a text COMPRESSION lz4, b int);
        CREATE UNIQUE INDEX u ON t (b);
        ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY USING INDEX u;
        ALTER TABLE t ALTER COLUMN a TYPE varchar(9) USING a::varchar;
        CREATE TABLE q AS SELECT 1 AS x;",
    );
    let model = &imported.project.model;
    assert_eq!(field(model, "t", "a").ty, DataType::String { length: Some(9) });
    assert!(entity(model, "t").primary_key().is_some());
    assert_eq!(
        messages(&imported.diagnostics),
        [
            "columns that a query or a type gives to a table are left out: q",
            "options of columns are left out: t.a (COMPRESSION), t.a (lz4)",
        ]
    );
    let imported = import_of(
        "sqlserver",
        "CREATE TABLE t (a int, b varchar(9) CHECK NOT FOR REPLICATION (b <> ''));
        ALTER TABLE t ALTER COLUMN a bigint NOT NULL;",
    );
    let model = &imported.project.model;
    assert!(field(model, "t", "a").required);
    assert_eq!(entity(model, "t").checks.len(), 1);
    let imported = import_of(
        "mysql",
        "CREATE TABLE t (a int, KEY k (a));
        ALTER TABLE t ADD COLUMN b int, ORDER BY b, CONVERT TO CHARACTER SET latin1, RENAME INDEX k TO l;",
    );
    let table = entity(&imported.project.model, "t");
    assert_eq!((table.fields.len(), table.indexes[0].name.as_deref()), (2, Some("l")));
}

#[test]
fn who_may_see_rows_is_told() {
    told(
        "postgres",
        "CREATE TABLE t (a int);
        ALTER TABLE t ENABLE ROW LEVEL SECURITY;
        ALTER TABLE ONLY t REPLICA IDENTITY FULL;
        ALTER TABLE t ALTER COLUMN a SET STORAGE external;
        ALTER TABLE t CLUSTER ON i;",
        &[
            "row level security is left out: t",
            "how rows are told apart in replicas is left out: t",
            "options of columns are left out: t.a (STORAGE external)",
            "clustering is left out: t",
        ],
    );
}

#[test]
fn tables_like_others_have_their_rules() {
    let imported = import_of(
        "mysql",
        "CREATE TABLE a (id int PRIMARY KEY, b int, UNIQUE (b), CHECK (b > id)); CREATE TABLE c LIKE a;",
    );
    let copy = entity(&imported.project.model, "c");
    assert_eq!((copy.keys.len(), copy.checks.len()), (1, 1));
    assert!(field(&imported.project.model, "c", "b").unique);
    told(
        "postgres",
        "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE c (LIKE a); CREATE TABLE d (LIKE a INCLUDING ALL);",
        &["tables like others have their columns only: c"],
    );
}

#[test]
fn options_of_indexes_are_told() {
    told(
        "postgres",
        "CREATE TABLE t (a text, b int, c jsonb);
        CREATE INDEX i ON t (a text_pattern_ops NULLS FIRST) INCLUDE (b);
        CREATE INDEX j ON t USING brin (b);",
        &[
            "columns that an index only includes are left out: i",
            "operator classes are left out: i",
            "rows without a value stand where they usually do: i",
            "indexes are trees: the model has no word for their method: j (brin)",
        ],
    );
    told(
        "mysql",
        "CREATE TABLE t (a varchar(200), KEY k (a(10)));",
        &["indexes look at all of a text: k"],
    );
}

#[test]
fn special_tables_and_views_are_told() {
    told(
        "postgres",
        "CREATE TEMPORARY TABLE u (a int);
        CREATE TABLE child (b int) INHERITS (u);
        CREATE MATERIALIZED VIEW m AS SELECT a FROM u WITH NO DATA;
        CREATE VIEW w WITH (security_barrier) AS SELECT a FROM u WITH CHECK OPTION;
        CREATE INDEX i ON m (a);",
        &[
            "tables that are special are plain ones: TEMPORARY TABLE u",
            "materialized views are plain ones: m",
            "options of views are left out: w (WITH (security_barrier)), w (WITH CHECK OPTION)",
            "inherited columns are copied: child",
            "indexes over views are left out: i",
        ],
    );
}

#[test]
fn partitions_are_part_of_their_table() {
    let imported = import_of(
        "postgres",
        "CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);
        CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
        CREATE TABLE log_2 (at date NOT NULL);
        ALTER TABLE ONLY log ATTACH PARTITION log_2 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
        CREATE INDEX ON log_2 (at);
        CREATE INDEX ON log (at);",
    );
    let model = &imported.project.model;
    assert_eq!(model.entities().count(), 1);
    assert_eq!(entity(model, "log").indexes.len(), 1);
    let told = messages(&imported.diagnostics);
    assert_eq!(told, ["partitions are left out, their rows are the table's: log"]);
}

#[test]
fn code_that_calls_the_scripts_own_routines_is_told() {
    told(
        "postgres",
        "CREATE FUNCTION rate(a int) RETURNS int LANGUAGE sql AS $$ SELECT a; SELECT 1 $$;
        CREATE TABLE t (a int CHECK (public.rate(a) > 0), b int CHECK (berate (b) > 0));",
        &[
            "skipped 1 CREATE FUNCTION statement: not part of a model",
            "code calls routines of the script, which are not part of a model: t (rate)",
        ],
    );
}

/// Skipped statements and losses say where the first of them stands.
#[test]
fn what_is_left_out_has_its_place() {
    let imported = import_of(
        "postgres",
        "CREATE TABLE t (\n    a text COLLATE \"C\"\n);\nGRANT ALL ON t TO you;\nGRANT ALL ON t TO me;\n",
    );
    let found: Vec<_> = imported
        .diagnostics
        .iter()
        .map(|one| (one.severity, one.span.map(|span| (span.line, span.column)), &*one.message))
        .collect();
    assert_eq!(
        found,
        [
            (Severity::Info, Some((6, 1)), "skipped 2 GRANT statements: not part of a model"),
            (Severity::Info, Some((4, 12)), "collations are left out: t.a (C)"),
        ]
    );
}
