//! Prisma in and out: what one of our own schemas says is written the same once it was read, and
//! what other people's schemas say is understood or told.

use lunette::document::project::Project;
use lunette::formats::Imported;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::model::data_type::{DataType, IntegerSize};
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::field::DefaultValue;
use lunette::model::reference::{Cardinality, ReferentialAction};

use crate::support::every_project;

const PROVIDERS: [&str; 5] = ["postgresql", "mysql", "sqlite", "sqlserver", "mongodb"];

fn export(project: &Project, choices: &[(&str, &str)]) -> String {
    let target = exporter("prisma").unwrap();
    let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
    target.export(project, &options).files.only().unwrap().text.clone()
}

fn read(text: &str) -> Imported {
    importer("prisma").unwrap().import(&Sources::single("schema.prisma", text), "schema")
}

fn told(imported: &Imported) -> Vec<String> {
    let line = |one: &lunette::base::diagnostic::Diagnostic| {
        let place = one.span.map(|span| format!("{}:{} ", span.line, span.column));
        let hint = one.hint.as_ref().map(|hint| format!(" ({hint})"));
        format!("{}{}{}", place.unwrap_or_default(), one.message, hint.unwrap_or_default())
    };
    imported.diagnostics.iter().map(line).collect()
}

#[track_caller]
fn entity<'a>(imported: &'a Imported, name: &str) -> &'a Entity {
    imported.project.model.entity_named(name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn a_schema_that_was_read_is_written_the_same() {
    let mut failures = Vec::new();
    for (name, project) in every_project() {
        for provider in PROVIDERS {
            let written = export(&project, &[("provider", provider)]);
            let imported = read(&written);
            let told = told(&imported);
            if !told.is_empty() {
                failures.push(format!("{name} {provider}: {:?}", &told[..told.len().min(3)]));
            }
            let again = export(&imported.project, &[]);
            let lines = written.lines().chain(["(end)"]).zip(again.lines().chain(["(end)"]));
            if let Some((number, (a, b))) = lines.enumerate().find(|(_, (a, b))| a != b) {
                failures.push(format!("{name} {provider} line {}:\n- {a}\n+ {b}", number + 1));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn a_schema_of_somebody_else_is_understood() {
    let imported = read(
        r#"datasource db { provider = "postgresql" url = env("DATABASE_URL") }
/// Who signs in
model User {
  id        String   @id @default(cuid())
  email     String   @unique(map: "users_email") @db.VarChar(120) // a remark
  role      Role     @default(ADMIN)
  bossId    String?  @map("boss_id")
  boss      User?    @relation("Team", fields: [bossId], references: [id], onDelete: SetNull)
  team      User[]   @relation("Team")
  posts     Post[]
  seen      DateTime @default(now()) @db.Timestamptz(6)
  tags      String[] @default([])
  spot      Unsupported("point")?
  score     Decimal  @default(0.5) @db.Decimal(10, 2)

  @@index([role, seen(sort: Desc)], map: "by_role")
  @@map("users")
}

enum Role {
  USER  @map("user")
  ADMIN @map("admin")
  @@map("user_role")
}

model Post {
  authorId String
  slug     String
  author   User   @relation(fields: [authorId], references: [id], map: "post_author",
                            onDelete: Cascade)
  topics   Topic[]
  @@id([authorId, slug])
  @@unique([slug])
}
model Topic { id Int @id @default(autoincrement())
  posts Post[] }
"#,
    );
    assert_eq!(
        told(&imported),
        ["20:6 names are those of the database: `Role` is `user_role`, `USER` is `user`, `ADMIN` \
             is `admin` (the names of the schema are made of them again)"]
    );
    assert_eq!(imported.project.settings.target, "postgres");
    let model = &imported.project.model;
    let user = entity(&imported, "User");
    assert_eq!((user.kind, user.stored_name.as_deref()), (EntityKind::Table, Some("users")));
    assert_eq!(user.note, "Who signs in");
    let field = |name: &str| user.field_named(name).unwrap();
    assert_eq!(field("email").ty, DataType::String { length: Some(120) });
    assert_eq!(field("seen").native_types["postgres"], "timestamptz(6)");
    assert_eq!(field("seen").default, Some(DefaultValue::Now));
    assert_eq!(field("tags").ty, DataType::STRING.array());
    assert_eq!(field("spot").ty, DataType::GeoPoint);
    assert_eq!(field("boss_id").extras.option("prisma", "name"), Some("bossId"));
    let roles = model.enumeration_named("user_role").unwrap();
    assert_eq!(roles.values[1].name, "admin");
    assert_eq!(user.indexes[0].parts.len(), 2);
    let post = entity(&imported, "Post");
    assert_eq!(post.primary_key().unwrap().fields.len(), 2);
    assert!(post.field_named("slug").unwrap().unique);
    let mut references = model.references();
    let boss = references.next().unwrap();
    assert_eq!((boss.from.entity, boss.to.entity), (user.id, user.id));
    assert_eq!((boss.from.role.as_deref(), boss.to.role.as_deref()), (Some("team"), None));
    assert_eq!(boss.to.cardinality, Cardinality::ZeroOrOne);
    let author = references.next().unwrap();
    assert_eq!(author.name.as_deref(), Some("post_author"));
    assert_eq!(
        (author.on_delete, author.on_update),
        (ReferentialAction::Cascade, ReferentialAction::Cascade)
    );
    assert_eq!(author.from.cardinality, Cardinality::ZeroOrMore);
    let topics = references.next().unwrap();
    assert!(topics.is_many_to_many() && topics.from.fields.is_empty());
    assert!(entity(&imported, "Topic").fields[0].auto_increment);
}

#[test]
fn documents_have_types_and_objects() {
    let imported = read(
        r#"datasource db { provider = "mongodb" }
type UserHome { city String  at Point? }
type Point { x Float  y BigInt }
model User {
  id   String   @id @default(auto()) @map("_id") @db.ObjectId
  home UserHome
  at   Point[]
}
"#
        .replace("  at Point?", "\n at Point?\n")
        .replace("  y BigInt", "\n y BigInt\n")
        .as_str(),
    );
    assert_eq!(told(&imported), Vec::<String>::new());
    let user = entity(&imported, "User");
    assert_eq!(user.kind, EntityKind::Collection);
    assert_eq!(user.fields[0].name, "_id");
    assert_eq!(user.fields[1].ty, DataType::Object);
    assert_eq!(user.fields[1].fields.len(), 2);
    let point = entity(&imported, "Point");
    assert_eq!(point.kind, EntityKind::Embedded);
    assert_eq!(point.fields[1].ty, DataType::Integer(IntegerSize::Big));
    assert_eq!(user.fields[2].ty, DataType::Embedded(point.id).array());
}

#[test]
fn what_is_not_understood_costs_its_line() {
    let imported = read(
        "modle A {\n  id Int @id\n}\nmodel B {\n  id Int @idd\n  a Strng\n  ? x\n  c C @relation(fields: [id], references: [nr])\n  \
         d D[]\n}\nmodel C {\n  no Int @id\n  bs B[]\n}\nmodel D {\n  id Int @id @default(next())\n",
    );
    assert_eq!(
        told(&imported),
        [
            "1:1 unknown block `modle`: it is left out (did you mean `model`?)",
            "5:11 unknown attribute `@idd`: it is left out (did you mean `id`?)",
            "6:5 unknown type `Strng` of `B.a` (did you mean `String`?)",
            "7:3 this is no field: the line is left out (a field is a name, a type and attributes: \
             `email String @unique`)",
            "8:3 `C` has no field `nr`: the reference is left out (did you mean `no`?)",
            "9:3 `B.d` has no other end in `D`: the reference is left out (add a field of type `B` there)",
            "15:7 `D` is not closed (a block ends with `}`)",
            "16:15 the default `next()` of `D.id` is left out (a model knows constants, functions of \
             the database and of the client)",
        ]
    );
    assert_eq!(imported.project.model.entities().len(), 3);
}

#[test]
fn traps_come_to_an_end() {
    let lists = format!("model A {{\n id Int @default({})\n}}", "[".repeat(100_000));
    assert_eq!(entity(&read(&lists), "A").fields.len(), 1);
    let calls = format!("model A {{\n id Int @default({})\n}}", "a(".repeat(100_000));
    assert_eq!(read(&calls).project.model.entities().len(), 1);
    read("model A { \"\\u");
    read("@@@@ model {{{{ }}}} enum A { a @map(\"");
}
