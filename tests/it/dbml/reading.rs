//! The language of 2026, as people write it.

use lunette::diagram::Content;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::{Source, Sources};
use lunette::model::area::ColorToken;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::EntityKind;
use lunette::model::field::{DefaultValue, Literal, Number};
use lunette::model::index::{IndexKind, IndexTarget};
use lunette::model::key::KeyKind;
use lunette::model::reference::ReferentialAction;

use super::{entity, field, import, paths, read, references, told};

#[test]
fn a_column_says_all_it_can() {
    let project = read(
        "Project shop {\n  database_type: 'PostgreSQL'\n  Note: 'What is sold'\n}\n\
         Table core.product as P [headercolor: #3498db, note: 'A thing'] {\n\
         id bigint [pk, increment]\n\
         sku varchar(40) [unique, not null, note: '''\n    one\n      two\n  ''']\n\
         price decimal(10, 2) [default: -1.50, check: `price > 0`, owner: 'sales']\n\
         made \"timestamp with time zone\" [default: `now()`]\n\
         tags text[] \n doc jsonb\n kind enum('a', 'b') [default: 'b']\n live boolean [default: TRUE]\n\
         }\n",
    )
    .project;
    assert_eq!(project.settings.name, "shop");
    assert_eq!(project.settings.note, "What is sold");
    assert_eq!(project.settings.target, "postgres");
    let model = &project.model;
    let product = entity(model, "product");
    assert_eq!(model.display_name(product.id.into()), "core.product");
    assert_eq!((product.note.as_str(), product.kind), ("A thing", EntityKind::Table));
    assert_eq!(product.extras.option("dbml", "headercolor"), Some("#3498db"));
    let id = field(model, "product.id");
    assert_eq!(id.ty, DataType::Integer(IntegerSize::Big));
    assert!(id.auto_increment && id.required);
    assert_eq!(product.primary_key().unwrap().fields, [id.id]);
    let sku = field(model, "product.sku");
    assert!(sku.unique && sku.required);
    assert_eq!(sku.note, "one\n  two");
    let price = field(model, "product.price");
    let number = Number::parse("-1.50").unwrap();
    assert_eq!(price.default, Some(DefaultValue::Value(Literal::Number(number))));
    assert_eq!(price.extras.option("dbml", "owner"), Some("sales"));
    assert_eq!(product.checks[0].expression, "price > 0");
    let made = field(model, "product.made");
    assert_eq!(made.ty, DataType::DateTime { zoned: true });
    assert_eq!(made.default, Some(DefaultValue::Now));
    assert_eq!(field(model, "product.tags").ty, DataType::Text.array());
    assert_eq!(field(model, "product.doc").native_types["postgres"], "jsonb");
    let kind = model.enumeration(field(model, "product.kind").ty.enumeration().unwrap()).unwrap();
    assert_eq!((kind.name.as_str(), kind.values.len()), ("Kind", 2));
    let live = Some(DefaultValue::Value(Literal::Boolean(true)));
    assert_eq!(field(model, "product.live").default, live);
}

#[test]
fn keys_indexes_and_checks_are_told_apart() {
    let model = read(
        "Table t {\n a int\n b int\n c text\n indexes {\n (a, b) [pk]\n (b, c) [unique]\n \
         c [unique, type: btree]\n (`lower(c)`, a) [type: hash, name: 'i', note: 'why']\n }\n \
         checks {\n `a > 0` [name: 'positive']\n }\n}",
    )
    .project
    .model;
    let t = entity(&model, "t");
    let keys: Vec<_> = t.keys.iter().map(|key| (key.kind, paths(t, &key.fields).join())).collect();
    assert_eq!(keys, [(KeyKind::Primary, "ab".into()), (KeyKind::Alternate, "bc".into())]);
    assert!(field(&model, "t.a").required && !field(&model, "t.c").required);
    assert!(t.indexes[0].unique && t.indexes[0].kind == IndexKind::Ordered);
    let index = &t.indexes[1];
    assert_eq!(index.parts[0].on, IndexTarget::Expression("lower(c)".to_owned()));
    assert_eq!((index.kind, index.name.as_deref()), (IndexKind::Hash, Some("i")));
    assert_eq!(index.note, "why");
    assert_eq!(t.checks[0].name.as_deref(), Some("positive"));
}

trait Join {
    fn join(&self) -> String;
}

impl Join for Vec<String> {
    fn join(&self) -> String {
        self.concat()
    }
}

const ENDS: &str = "Table user as U { id int [pk] }\n\
    Table a { id int [pk]\n u int [not null] \n v int \n w int [unique, not null] }\n";

#[test]
fn without_marks_the_columns_say_whether_an_end_may_be_none() {
    let text = format!(
        "{ENDS}Ref: a.u > U.id [delete: cascade, update: set null]\nRef named: user.id < a.v\n\
         Ref {{\n user.id - a.w\n}}\nRef: a.id <> user.id\n"
    );
    let model = read(&text).project.model;
    assert_eq!(
        references(&model),
        [
            "a(u) zero or more -> user() exactly one",
            "a(v) zero or more -> user() zero or one",
            "a(w) zero or one -> user() exactly one",
            "a() zero or more -> user() zero or more",
        ]
    );
    assert!(model.references().all(|reference| reference.inferred));
    let first = model.references().next().unwrap();
    assert_eq!(first.on_delete, ReferentialAction::Cascade);
    assert_eq!(first.on_update, ReferentialAction::SetNull);
    assert_eq!(model.references().nth(1).unwrap().name.as_deref(), Some("named"));
}

#[test]
fn with_marks_every_end_says_what_it_allows() {
    let text = format!("{ENDS}Ref: a.u ?> user.id\nRef: a.v >? user.id\nRef: user.id ?-? a.w\n");
    let model = read(&text).project.model;
    assert_eq!(
        references(&model),
        [
            "a(u) zero or more -> user() exactly one",
            "a(v) one or more -> user() zero or one",
            "a(w) zero or one -> user() zero or one",
        ]
    );
    assert!(model.references().all(|reference| !reference.inferred));
}

#[test]
fn references_stand_in_columns_and_over_several() {
    let model = read(
        "Table s.a { x int [not null]\n y int [not null]\n self int [ref: > s.a.x]\n b int [ref: - b.id] }\n\
         Table b { id int [pk]\n x int \n y int\n indexes { (x, y) [unique] } }\n\
         Ref: s.a.(x, y) > b.(x, y)\n",
    )
    .project
    .model;
    assert_eq!(
        references(&model),
        [
            "a(x, y) zero or more -> b(x, y) exactly one",
            "a(self) zero or more -> a(x) zero or one",
            "a(b) zero or one -> b() zero or one",
        ]
    );
}

#[test]
fn partials_give_what_the_table_lacks_and_the_last_wins() {
    let model = read(
        "TablePartial base [headercolor: #111, note: 'from base'] {\n id int [pk]\n at date\n}\n\
         TablePartial later [headercolor: #222] {\n at datetime\n indexes { at }\n}\n\
         Table t {\n ~base\n name text\n ~later\n id uuid [pk]\n}\n",
    )
    .project
    .model;
    let t = entity(&model, "t");
    let names: Vec<_> = t.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["name", "at", "id"]);
    assert_eq!(field(&model, "t.id").ty, DataType::Uuid);
    assert_eq!(field(&model, "t.at").ty, DataType::DateTime { zoned: true });
    assert_eq!(t.extras.option("dbml", "headercolor"), Some("#222"));
    assert_eq!((t.note.as_str(), t.indexes.len()), ("from base", 1));
}

#[test]
fn groups_notes_and_views_become_areas_notes_and_diagrams() {
    let project = read(
        "Table a { id int }\nTable b { id int }\n\
         TableGroup g [color: #dc2626] {\n a\n Note: 'a group'\n}\n\
         Note hint [color: #16a34a] {\n '''\n  two\n  lines\n  '''\n}\n\
         DiagramView part {\n TableGroups {\n g\n }\n}\n",
    )
    .project;
    let area = project.model.areas().next().unwrap();
    assert_eq!((area.name.as_str(), area.color, area.members.len()), ("g", ColorToken::Red, 1));
    assert_eq!(area.note, "a group");
    let note = project.model.notes().next().unwrap();
    assert_eq!((note.text.as_str(), note.color), ("two\nlines", ColorToken::Green));
    let names: Vec<_> = project.diagrams.values().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Main", "part"]);
    let part = project.diagram_named("part").unwrap();
    let a = entity(&project.model, "a").id.into();
    assert_eq!(part.content, Content::Chosen([a].into_iter().collect()));
}

#[test]
fn records_and_metadata_are_kept_and_written_again() {
    let text = "Table t [owner: 'me'] {\n  id int [pk]\n  name text\n}\n\
                Records t(id, name) {\n  1, 'Ada'\n  -2, null\n}\nMetadata Table t {\n team: 'x'\n}\n";
    let imported = read(text);
    let dbml = exporter("dbml").unwrap();
    let exported = dbml.export(&imported.project, &Options::defaults(dbml.info()));
    let text = &exported.files.iter().next().unwrap().text;
    for line in
        ["Table t [owner: 'me', team: 'x'] {", "records (id, name) {", "1, 'Ada'", "'-2', null"]
    {
        assert!(text.lines().any(|one| one.trim() == line), "`{line}` is missing in\n{text}");
    }
}

#[test]
fn modules_are_one_whole() {
    let sources: Sources = [
        (
            "m/a.dbml",
            "use { table users as people } from './b'\nTable t { u int [ref: > people.id] }",
        ),
        ("m/b.dbml", "use * from './a.dbml'\nreuse * from './c'\nTable users { id int [pk] }"),
    ]
    .map(|(path, text)| Source { path: path.to_owned(), text: text.to_owned() })
    .to_vec()
    .into();
    let dbml = importer("dbml").unwrap();
    let wanted = dbml.wants(sources.get(0).unwrap());
    assert_eq!(wanted, [["m/b.dbml", "m/b.xdbml", "m/b"]]);
    let imported = dbml.import(&sources, "m");
    assert_eq!(references(&imported.project.model), ["t(u) zero or more -> users() zero or one"]);
    assert_eq!(
        told(&imported),
        ["2:7 `./c` is not there: what it says is missing \
         (read the file that says it, with the files it uses beside it)"]
    );
    assert_eq!(imported.diagnostics[0].span.unwrap().source, 1);
}

#[test]
fn a_document_comes_back_nested() {
    let model = read(
        "Project p { database_type: 'MongoDB' }\n\
         Table Address [kind: 'embedded'] { city varchar }\n\
         Table User {\n home Address\n profile object\n \"profile.name\" varchar\n \
         \"profile.links\" object[]\n \"profile.links.url\" varchar\n age int\n \
         createdAt timestamptz [not null, default: `now()`]\n \
         updatedAt timestamptz [not null, default: `now()`]\n}",
    )
    .project
    .model;
    let user = entity(&model, "User");
    assert_eq!(user.kind, EntityKind::Collection);
    assert!(user.timestamps && user.fields.len() == 3);
    assert_eq!(field(&model, "User.home").ty, DataType::Embedded(entity(&model, "Address").id));
    assert_eq!(field(&model, "User.profile.links").ty, DataType::Object.array());
    assert_eq!(field(&model, "User.profile.links.url").ty, DataType::STRING);
}

#[test]
fn old_and_odd_spellings_are_understood() {
    let model = import(
        "\u{feff}table \"my table\"\n{\n id integer [Primary Key]\n /* a comment */ n e [default: \"x\"]\n \
         squares integer[3][3] // numbers\n r int [ref: - id] }\nenum e { x\n \"y z\" [note: 'n'] }",
    );
    assert_eq!(told(&model), Vec::<String>::new());
    let model = model.project.model;
    assert_eq!(field(&model, "my table.squares").ty, DataType::INTEGER.array().array());
    assert_eq!(model.enumeration_named("e").unwrap().values[1].note, "n");
    assert_eq!(references(&model), ["my table(r) zero or one -> my table() zero or one"]);
}
