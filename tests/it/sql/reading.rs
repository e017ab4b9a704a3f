//! Other people's scripts: each test shows one habit of a dialect or a tool.

use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::field::DefaultValue;
use lunette::model::index::SortOrder;
use lunette::model::reference::{Cardinality, ReferentialAction};

use crate::support::builder::text_default;

use super::{entity, field, import, import_of, messages, names, read_of};

#[test]
fn the_dialect_is_told_by_its_habits() {
    let cases = [
        ("postgres", "CREATE TABLE t (id serial PRIMARY KEY, tags text[]);"),
        ("postgres", "CREATE TABLE t (a int); COMMENT ON COLUMN t.a IS 'like `this`';"),
        ("mysql", "CREATE TABLE `t` (`a` int COMMENT 'a comment on something');"),
        ("mysql", "create table t (a int auto_increment primary key) engine=InnoDB;"),
        ("mariadb", "/*M!999999 enable the sandbox mode */\nCREATE TABLE `t` (`a` int);"),
        ("sqlite", "CREATE TABLE `t` (`id` INTEGER PRIMARY KEY AUTOINCREMENT);"),
        ("sqlite", "PRAGMA foreign_keys=ON;\nCREATE TABLE \"t\" (id integer);"),
        ("sqlserver", "CREATE TABLE [dbo].[t] ([a] nvarchar(max));\nGO\n"),
        ("postgres", "CREATE TABLE t (a int);"),
    ];
    for (dialect, script) in cases {
        assert_eq!(import(script, "script").project.settings.target, dialect, "{script}");
    }
}

/// What stands before the first table of a dump, and rows that look like statements.
#[test]
fn a_dump_of_postgres_is_read_with_its_rows() {
    let imported = import(
        r"--
-- PostgreSQL database dump
--
\restrict hTbQ3f
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.author (
    id integer NOT NULL,
    name character varying(40) DEFAULT 'nobody'::character varying
);
ALTER TABLE public.author OWNER TO somebody;
CREATE SEQUENCE public.author_id_seq AS integer START WITH 1 INCREMENT BY 1 CACHE 1;
ALTER SEQUENCE public.author_id_seq OWNED BY public.author.id;
ALTER TABLE ONLY public.author ALTER COLUMN id SET DEFAULT nextval('public.author_id_seq'::regclass);
CREATE TABLE public.book (id bigint NOT NULL, author_id integer);
ALTER TABLE public.book ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.book_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1
);
COPY public.author (id, name) FROM stdin;
1	CREATE TABLE public.wrong (id int);
2	it's; \N
\.
ALTER TABLE ONLY public.author ADD CONSTRAINT author_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.book
    ADD CONSTRAINT book_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.author(id) ON DELETE SET NULL;
COMMENT ON COLUMN public.author.name IS 'as on the cover';
\unrestrict hTbQ3f
",
        "dump",
    );
    let model = &imported.project.model;
    assert_eq!(model.entities().count(), 2);
    assert!(field(model, "author", "id").auto_increment);
    assert_eq!(field(model, "author", "id").extras.option("postgres", "identity"), Some("serial"));
    assert_eq!(field(model, "book", "id").extras.option("postgres", "identity"), Some("always"));
    assert_eq!(field(model, "author", "name").note, "as on the cover");
    let reference = model.references().next().unwrap();
    assert_eq!(reference.on_delete, ReferentialAction::SetNull);
    assert_eq!(reference.to.cardinality, Cardinality::ZeroOrOne);
    assert_eq!(entity(model, "author").primary_key().unwrap().name, None);
}

#[test]
fn a_dump_of_mysql_is_read_through_its_comments_and_delimiters() {
    let imported = import(
        "-- MySQL dump 10.13
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `parcel`;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `parcel` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `state` enum('new','it''s sent') NOT NULL DEFAULT 'new' COMMENT 'where it is',
  `weight` decimal(8,2) GENERATED ALWAYS AS (`net` * 2) STORED,
  `net` decimal(8,2) DEFAULT NULL,
  `seen` datetime DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `one` (`state`,`net`),
  KEY `late` (`seen` DESC)
) ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4;
INSERT INTO `parcel` VALUES (1,'it\\'s; CREATE TABLE `wrong` (a int);',NULL),(2,\"--\",'/*');
DELIMITER ;;
CREATE TRIGGER `t` BEFORE INSERT ON `parcel` FOR EACH ROW BEGIN SET NEW.net = 1; END;;
DELIMITER ;
CREATE TABLE `label` (
  `parcel_id` int unsigned NOT NULL,
  CONSTRAINT `of` FOREIGN KEY (`parcel_id`) REFERENCES `parcel` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB;
",
        "dump",
    );
    let model = &imported.project.model;
    assert_eq!(imported.project.settings.target, "mysql");
    assert_eq!(model.entities().count(), 2);
    let parcel = entity(model, "parcel");
    assert!(field(model, "parcel", "id").auto_increment);
    assert_eq!(field(model, "parcel", "id").native_types["mysql"], "int unsigned");
    let state = field(model, "parcel", "state");
    let values = &model.enumeration(state.ty.enumeration().unwrap()).unwrap().values;
    assert_eq!(
        values.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["new", "it's sent"]
    );
    assert_eq!(state.note, "where it is");
    assert!(field(model, "parcel", "weight").generated.as_ref().unwrap().stored);
    assert_eq!(field(model, "parcel", "net").default, None);
    assert_eq!(names(parcel, &parcel.keys[1].fields), ["state", "net"]);
    assert_eq!(parcel.indexes[0].parts[0].order, SortOrder::Descending);
    assert_eq!(model.references().next().unwrap().name.as_deref(), Some("of"));
}

#[test]
fn a_script_of_management_studio_is_read_batch_by_batch() {
    let imported = import(
        "USE [shop]
GO
CREATE TABLE [dbo].[Order Line](
	[Id] [int] IDENTITY(1,1) NOT NULL,
	[Name] [nvarchar](max) NULL,
	[Price] [money] NOT NULL CONSTRAINT [DF_Price] DEFAULT ((0)),
	[Twice] AS ([Price]*(2)) PERSISTED NOT NULL,
 CONSTRAINT [PK_Line] PRIMARY KEY CLUSTERED ([Id] ASC) WITH (PAD_INDEX = OFF) ON [PRIMARY]
) ON [PRIMARY] TEXTIMAGE_ON [PRIMARY]
GO
INSERT [dbo].[Order Line] ([Name]) VALUES (N'GO
CREATE TABLE wrong (a int)')
INSERT [dbo].[Order Line] ([Name]) VALUES (N'it''s')
ALTER TABLE [dbo].[Order Line] ADD CONSTRAINT [DF_Name] DEFAULT (N'none') FOR [Name]
GO
CREATE UNIQUE NONCLUSTERED INDEX [IX] ON [dbo].[Order Line] ([Price] DESC) WHERE ([Price]>(0))
GO
EXEC sys.sp_addextendedproperty @name=N'MS_Description', @value=N'what is bought',
  @level0type=N'SCHEMA',@level0name=N'dbo', @level1type=N'TABLE',@level1name=N'Order Line'
GO
",
        "studio",
    );
    let model = &imported.project.model;
    assert_eq!(imported.project.settings.target, "sqlserver");
    assert_eq!(model.entities().count(), 1);
    let line = entity(model, "Order Line");
    assert_eq!(line.note, "what is bought");
    assert_eq!(line.primary_key().unwrap().name.as_deref(), Some("PK_Line"));
    assert_eq!(field(model, "Order Line", "Price").native_types["sqlserver"], "money");
    assert!(field(model, "Order Line", "Name").default.is_some());
    assert!(field(model, "Order Line", "Twice").required);
    assert_eq!(line.indexes[0].partial.as_deref(), Some("[Price]>(0)"));
    assert!(line.indexes[0].unique);
    assert_eq!(line.indexes[0].parts[0].order, SortOrder::Descending);
}

#[test]
fn keys_and_references_over_several_columns_keep_their_order() {
    let model = read_of(
        "postgres",
        "CREATE TABLE line (
            parent_no int, parent_day date,
            FOREIGN KEY (parent_day, parent_no) REFERENCES bill (day, no) ON UPDATE CASCADE
        );
        CREATE TABLE bill (no int, day date, UNIQUE (day, no));",
    );
    let (line, bill) = (entity(&model, "line"), entity(&model, "bill"));
    let reference = model.references().next().unwrap();
    assert_eq!(names(line, &reference.from.fields), ["parent_day", "parent_no"]);
    assert_eq!(names(bill, &reference.to.fields), ["day", "no"]);
    assert_eq!(reference.on_update, ReferentialAction::Cascade);
}

#[test]
fn types_and_columns_may_be_called_like_options() {
    let model = read_of(
        "postgres",
        "CREATE SCHEMA storage;
        CREATE TYPE storage.kind AS ENUM ('hot', 'cold');
        CREATE TABLE bucket (type storage.kind DEFAULT 'hot'::storage.kind NOT NULL, \"key\" text);",
    );
    let kind = field(&model, "bucket", "type");
    assert!(kind.ty.enumeration().is_some() && kind.required && kind.default.is_some());
    assert_eq!(field(&model, "bucket", "key").ty, DataType::Text);
}

#[test]
fn types_in_quotes_are_the_types_they_name() {
    let model = read_of(
        "sqlserver",
        "CREATE TABLE t (\"born\" \"datetime\" NULL, [code] [nchar] (5) NOT NULL, place [sys].[geography]);",
    );
    assert_eq!(field(&model, "t", "born").native_types["sqlserver"], "datetime");
    assert_eq!(field(&model, "t", "code").native_types["sqlserver"], "nchar(5)");
    assert_eq!(field(&model, "t", "place").ty, DataType::GeoPoint);
}

#[test]
fn domains_give_columns_their_type_default_and_check() {
    let imported = import_of(
        "postgres",
        "CREATE DOMAIN grade AS integer DEFAULT 3 NOT NULL CHECK (VALUE > 0 AND VALUE < 7);
        ALTER DOMAIN grade ADD CONSTRAINT odd CHECK (value <> 6);
        CREATE TABLE exam (\"Mark\" grade, marks grade[]);",
    );
    let model = &imported.project.model;
    let mark = field(model, "exam", "Mark");
    assert_eq!(mark.ty, DataType::INTEGER);
    assert!(mark.required && mark.default.is_some());
    let checks: Vec<_> = entity(model, "exam").checks.iter().map(|one| &one.expression).collect();
    assert_eq!(checks, ["\"Mark\" > 0 AND \"Mark\" < 7", "\"Mark\" <> 6"]);
    assert_eq!(
        messages(&imported.diagnostics),
        [
            "domains become their types and checks: grade",
            "checks of domains are left out in lists: exam.marks"
        ]
    );
}

#[test]
fn types_of_a_procedure_are_domains() {
    let imported = import_of(
        "sqlserver",
        "EXECUTE sp_addtype id, 'varchar(11)', 'NOT NULL'\nGO\nCREATE TABLE t (a id)\nGO\n",
    );
    let a = field(&imported.project.model, "t", "a");
    assert_eq!(a.native_types["sqlserver"], "varchar(11)");
    assert!(a.required);
}

/// A client that sends statement by statement needs no `GO`.
#[test]
fn without_batches_a_routine_ends_with_its_semicolon() {
    let imported = import_of(
        "sqlserver",
        "CREATE TRIGGER [t] ON a AFTER UPDATE AS BEGIN
          UPDATE b SET c = 1; UPDATE b SET d = 2;
        END;
        CREATE PROC p @id int AS SELECT db_name(@id);
        CREATE TABLE [kept] ([id] int);",
    );
    assert_eq!(imported.project.model.entities().count(), 1);
    let with_batches = import_of(
        "sqlserver",
        "CREATE PROC p AS SELECT 1; CREATE TABLE wrong (id int);\nGO\nCREATE TABLE kept (id int)\nGO\n",
    );
    let names: Vec<_> = with_batches.project.model.entities().map(|one| &*one.name).collect();
    assert_eq!(names, ["kept"]);
}

#[test]
fn a_column_that_says_null_is_optional_whatever_its_type_says() {
    let model = import_of(
        "sqlserver",
        "EXEC sp_addtype code, 'varchar(6)', 'NOT NULL'\nGO\nCREATE TABLE t (a code NULL, b code)\nGO\n",
    )
    .project
    .model;
    assert!(!field(&model, "t", "a").required && field(&model, "t", "b").required);
}

#[test]
fn words_that_a_dialect_allows_before_references_and_types() {
    let model = read_of(
        "sqlserver",
        "CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (p_id int FOREIGN KEY REFERENCES p (id));",
    );
    assert_eq!(model.references().count(), 1);
    let model = read_of("mysql", "CREATE TABLE t (id serial PRIMARY KEY);");
    let id = field(&model, "t", "id");
    assert!(id.auto_increment && id.ty == DataType::Integer(IntegerSize::Big));
    assert!(id.native_types.is_empty());
}

#[test]
fn defaults_that_the_model_has_no_constant_for_stay_code() {
    let model = read_of(
        "postgres",
        "CREATE TABLE t (a text[] DEFAULT ARRAY['x'], b bytea DEFAULT '\\x00', c varchar(2) DEFAULT 'abc');",
    );
    for name in ["a", "b", "c"] {
        let default = &field(&model, "t", name).default;
        assert!(matches!(default, Some(DefaultValue::Expression(_))), "{name}: {default:?}");
    }
}

#[test]
fn values_of_enumerations_are_added_in_their_place() {
    let model = read_of(
        "postgres",
        "CREATE TYPE mood AS ENUM ('sad', 'happy');
        ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' BEFORE 'happy';
        ALTER TYPE mood ADD VALUE 'glad' AFTER 'happy';
        ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';
        CREATE TABLE t (m mood);",
    );
    let mood = model.enumerations().next().unwrap();
    let values: Vec<_> = mood.values.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(values, ["blue", "ok", "happy", "glad"]);
}

#[test]
fn comments_inside_of_code_are_no_code() {
    let model = read_of(
        "postgres",
        "CREATE TABLE t (
            a int CHECK (a > 0 -- not zero
                OR a < -9 /* or */),
            b int DEFAULT 1 + /* one */ 2
        );
        CREATE VIEW v AS SELECT a -- the first
            FROM t;",
    );
    let check = &entity(&model, "t").checks[0].expression;
    assert!(!check.contains("--") && !check.contains("/*"), "{check}");
    let query = entity(&model, "v").query.as_deref().unwrap();
    assert_eq!(query.split_whitespace().collect::<Vec<_>>().join(" "), "SELECT a FROM t");
    let Some(DefaultValue::Expression(default)) = &field(&model, "t", "b").default else {
        panic!()
    };
    assert_eq!(default.split_whitespace().collect::<Vec<_>>().join(""), "1+2");
}

#[test]
fn quoted_parentheses_are_no_parentheses() {
    let model = read_of(
        "postgres",
        "CREATE TABLE t (a text, CHECK (('(' || a) <> (a || ')')), CHECK (((a <> 'b'))));",
    );
    let checks: Vec<_> = entity(&model, "t").checks.iter().map(|one| &one.expression).collect();
    assert_eq!(checks, ["('(' || a) <> (a || ')')", "(a <> 'b')"]);
}

#[test]
fn texts_in_double_quotes_stay_texts() {
    let model = read_of(
        "mysql",
        "CREATE TABLE t (a varchar(9) DEFAULT \"it's\", CHECK (a <> \"no\" OR a LIKE 'x'));",
    );
    assert_eq!(entity(&model, "t").checks[0].expression, "a <> 'no' OR a LIKE 'x'");
    assert_eq!(field(&model, "t", "a").default, Some(text_default("it's")));
}

#[test]
fn what_alter_table_renames_and_drops_is_gone_everywhere() {
    let model = read_of(
        "mysql",
        "CREATE TABLE a (id int PRIMARY KEY, old int, gone int, KEY k (old), KEY g (gone), UNIQUE u (old, gone));
        ALTER TABLE a RENAME COLUMN old TO fresh, DROP COLUMN gone;
        ALTER TABLE a ADD COLUMN more int, ADD COLUMN less int;
        CREATE TABLE b (a_id int, CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a (id));
        ALTER TABLE b DROP FOREIGN KEY f;
        ALTER TABLE b MODIFY a_id bigint NOT NULL;",
    );
    let a = entity(&model, "a");
    let fields: Vec<_> = a.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(fields, ["id", "fresh", "more", "less"]);
    assert_eq!(a.indexes.len(), 1);
    assert_eq!(a.keys.len(), 1, "the key over a dropped column goes with it");
    assert_eq!(model.references().count(), 0);
    let a_id = field(&model, "b", "a_id");
    assert!(a_id.required && a_id.ty == DataType::Integer(IntegerSize::Big));
}

#[test]
fn computed_columns_have_the_type_that_their_code_says() {
    let model = read_of(
        "sqlserver",
        "CREATE TABLE t (d date NULL,
            done AS (case when [d] IS NULL then CONVERT([bit],(0)) else CONVERT([bit],(1)) end) PERSISTED,
            twice AS (n * 2), n int);",
    );
    assert_eq!(field(&model, "t", "done").ty, DataType::Boolean);
    assert!(matches!(field(&model, "t", "twice").ty, DataType::Decimal { .. }));
}

/// As long as a dump of a busy table is, in proportion.
#[test]
fn rows_are_stepped_over_and_what_follows_is_read() {
    let row = "(1,'it''s; -- no comment',\"x\",NULL,0xFF),\n";
    let mut script = "CREATE TABLE a (x int);\nINSERT INTO a VALUES ".to_owned();
    script.push_str(&row.repeat(20_000));
    script.push_str("(2,'end');\nCREATE TABLE b (y int);\n");
    for dialect in super::DIALECTS {
        let imported = import_of(dialect, &script);
        assert_eq!(imported.project.model.entities().count(), 2, "{dialect}");
        let told = messages(&imported.diagnostics);
        assert_eq!(told, ["skipped 1 INSERT statement: not part of a model"], "{dialect}");
    }
}

/// What a list of PostgreSQL holds is no column, and what MariaDB's client alone reads no statement.
#[test]
fn commas_in_lists_and_words_for_a_client_are_no_statements() {
    let model = read_of(
        "postgres",
        "CREATE TABLE t (tags text[] DEFAULT ARRAY['a'::text, 'b'::text] NOT NULL, n int);",
    );
    let tags = field(&model, "t", "tags");
    assert_eq!(entity(&model, "t").fields.len(), 2);
    let default = "ARRAY['a'::text, 'b'::text]".to_owned();
    assert_eq!(tags.default, Some(DefaultValue::Expression(default)));
    let dump = "/*M!999999\\- enable the sandbox mode */ \nCREATE TABLE `t` (`a` int);";
    let imported = import(dump, "script");
    assert_eq!(imported.project.settings.target, "mariadb");
    assert_eq!(messages(&imported.diagnostics), Vec::<String>::new());
    assert_eq!(entity(&imported.project.model, "t").fields.len(), 1);
}

/// The names of all tables with their namespaces, and where the reference of the last one leads.
fn moved(dialect: &str, script: &str) -> (Vec<String>, Vec<String>) {
    let model = read_of(dialect, script);
    let tables = model.entities().map(|entity| model.display_name(entity.id.into())).collect();
    let references = model.references().map(|reference| {
        let to = model.entity(reference.to.entity).unwrap();
        format!("{} ({})", to.name, names(to, &model.referenced_fields(reference)).join(", "))
    });
    (tables, references.collect())
}

#[test]
fn a_renamed_table_keeps_its_references() {
    let made = "CREATE TABLE a (id int PRIMARY KEY);
        CREATE TABLE b (a_id int, FOREIGN KEY (a_id) REFERENCES a (id));";
    let renamings = [
        ("mysql", "RENAME TABLE a TO c;"),
        ("mysql", "RENAME TABLE b TO x, a TO y; RENAME TABLE x TO b, y TO c;"),
        ("mariadb", "RENAME TABLES IF EXISTS a WAIT 5 TO c;"),
        ("mysql", "ALTER TABLE a RENAME AS c;"),
        ("mysql", "ALTER TABLE a RENAME c;"),
        ("postgres", "ALTER TABLE a RENAME TO c;"),
        ("sqlite", "ALTER TABLE a RENAME TO c;"),
        ("sqlserver", "EXEC sp_rename 'dbo.a', 'c';"),
        (
            "sqlserver",
            "EXEC sys.sp_rename @objname = N'[dbo].[a]', @newname = N'c', @objtype = 'OBJECT';",
        ),
    ];
    for (dialect, renaming) in renamings {
        let (tables, references) = moved(dialect, &format!("{made}\n{renaming}"));
        assert_eq!(tables, ["c", "b"], "{renaming}");
        assert_eq!(references, ["c (id)"], "{renaming}");
    }
}

#[test]
fn a_table_moves_to_another_namespace() {
    let made = "CREATE SCHEMA s;
        CREATE TABLE a (id int PRIMARY KEY);
        CREATE TABLE b (a_id int, FOREIGN KEY (a_id) REFERENCES a (id));";
    let moves = [
        ("postgres", "ALTER TABLE a SET SCHEMA s;"),
        ("sqlserver", "ALTER SCHEMA s TRANSFER dbo.a;"),
        ("sqlserver", "ALTER SCHEMA [s] TRANSFER OBJECT::[dbo].[a];"),
    ];
    for (dialect, said) in moves {
        let (tables, references) = moved(dialect, &format!("{made}\n{said}"));
        assert_eq!(tables, ["s.a", "b"], "{said}");
        assert_eq!(references, ["a (id)"], "{said}");
    }
}

#[test]
fn a_renamed_column_is_followed_by_all_that_speak_of_it() {
    let made =
        "CREATE TABLE a (id int PRIMARY KEY, old int, CONSTRAINT c CHECK (old > 0 OR id = 1));
        CREATE TABLE b (a_id int, FOREIGN KEY (a_id) REFERENCES a (id));";
    let renamings = [
        (
            "postgres",
            "ALTER TABLE a RENAME COLUMN id TO \"Key\"; ALTER TABLE a RENAME old TO fresh;",
        ),
        ("mysql", "ALTER TABLE a RENAME COLUMN id TO `Key`, RENAME COLUMN old TO fresh;"),
        (
            "sqlserver",
            "EXEC sp_rename 'dbo.a.id', 'Key', 'COLUMN'; EXEC sp_rename 'a.[old]', 'fresh', 'COLUMN';",
        ),
    ];
    for (dialect, renaming) in renamings {
        let script = format!("{made}\n{renaming}");
        assert_eq!(moved(dialect, &script).1, ["a (Key)"], "{renaming}");
        let model = read_of(dialect, &script);
        let a = entity(&model, "a");
        let fields: Vec<_> = a.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(fields, ["Key", "fresh"]);
        let check = a.checks[0].expression.replace(['"', '`', '[', ']'], "");
        assert_eq!(check, "fresh > 0 OR Key = 1", "{renaming}");
    }
}

#[test]
fn constraints_and_columns_are_dropped_several_at_once() {
    let model = read_of(
        "sqlserver",
        "CREATE TABLE t (
            a int, b int CONSTRAINT df DEFAULT 5, c int, d int,
            CONSTRAINT ck CHECK (a > 0), CONSTRAINT uq UNIQUE (b), CONSTRAINT kept CHECK (d > c)
        );
        ALTER TABLE t ADD CONSTRAINT late DEFAULT 7 FOR c;
        ALTER TABLE t DROP CONSTRAINT CK, uq;
        ALTER TABLE t DROP df, CONSTRAINT late;
        EXEC sp_rename 'dbo.kept', 'stays';",
    );
    let t = entity(&model, "t");
    assert_eq!((t.keys.len(), t.checks.len()), (0, 1));
    assert_eq!(t.checks[0].name.as_deref(), Some("stays"));
    assert!(t.fields.iter().all(|field| field.default.is_none()));
    let model = read_of(
        "sqlserver",
        "CREATE TABLE t (a int, b int, c int, d int, CONSTRAINT k CHECK (d > c));
        ALTER TABLE t DROP CONSTRAINT k, COLUMN b, d;
        ALTER TABLE t DROP COLUMN IF EXISTS gone, a;",
    );
    let t = entity(&model, "t");
    assert_eq!(t.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["c"]);
    let model = read_of(
        "postgres",
        "CREATE TABLE t (a int, b int, CHECK (b > 0), CONSTRAINT k CHECK (a > 0));
        CREATE INDEX i ON t (a) WHERE b > 1;
        ALTER TABLE t DROP COLUMN b, DROP CONSTRAINT IF EXISTS gone, RENAME CONSTRAINT k TO l;",
    );
    let t = entity(&model, "t");
    assert_eq!((t.fields.len(), t.indexes.len(), t.checks.len()), (1, 0, 1));
    assert_eq!(t.checks[0].name.as_deref(), Some("l"));
}

#[test]
fn the_schema_of_an_xml_column_is_kept_or_told() {
    let model = read_of(
        "sqlserver",
        "CREATE TABLE t ([a] [xml](CONTENT [Human].[Resumes]) NULL, b xml(DOCUMENT Human.Resumes), c xml);",
    );
    let native = |name: &str| field(&model, "t", name).native_types.get("sqlserver").cloned();
    assert_eq!(native("a").as_deref(), Some("xml(CONTENT Human.Resumes)"));
    assert_eq!(native("b").as_deref(), Some("xml(DOCUMENT Human.Resumes)"));
    let imported = import_of("sqlserver", "CREATE TABLE t (a xml(CONTENT [a b].[c]));");
    let told = messages(&imported.diagnostics);
    assert!(told.iter().any(|one| one.contains("t.a (xml(CONTENT [a b].[c]))")), "{told:?}");
}
