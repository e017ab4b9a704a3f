//! What an import says differently is taken over, as far as a person wants it.

use indexmap::IndexSet;
use lunette::diagram::Content;
use lunette::document::edit::intake::Renames;
use lunette::formats::echo::intake;
use lunette::formats::native::write;
use lunette::formats::registry::importer;
use lunette::model::diff::Difference;
use lunette::model::id::{ElementId, IdMint, NodeId};

use super::{intake_of_sql, read_sql, told};

const SHOP: &str = "
    CREATE TABLE users (id int PRIMARY KEY, mail text NOT NULL, city text, born date);
    CREATE TABLE products (id int PRIMARY KEY, title text, price numeric(10, 2));
    CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id), total int);
    CREATE INDEX orders_total ON orders (total);";

#[test]
fn new_changed_and_gone_elements_are_told() {
    let project = read_sql(SHOP);
    let intake = intake_of_sql(
        &project,
        "CREATE TYPE mood AS ENUM ('good', 'bad');
         CREATE TABLE users (id int PRIMARY KEY, mail text, city text, born date, mood mood);
         CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id)
             ON DELETE CASCADE, total int DEFAULT 0);",
    );
    assert_eq!(
        told(&intake),
        [
            "enumeration mood was added",
            "field users.mail is no longer required",
            "field users.mood was added",
            "field orders.total got the default `0`",
            "index orders(total) was removed",
            "entity products was removed",
            "reference orders.user_id → users changed its action on delete from `no action` to \
             `cascade`",
        ]
    );
    let missing: Vec<_> = intake.missing().map(|one| one.name.as_str()).collect();
    assert_eq!(missing, ["products"]);
}

#[test]
fn fields_keep_the_order_of_the_import_and_ids_of_the_project() {
    let project = read_sql(SHOP);
    let script = SHOP.replace("city text, born date", "born date, zip text, city text");
    let intake = intake_of_sql(&project, &script);
    assert_eq!(
        told(&intake),
        ["entity users has its parts in another order", "field users.zip was added"]
    );
    let merged = intake.project(&IndexSet::new(), None);
    let users = merged.model.entity_named("users").unwrap();
    let names: Vec<_> = users.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "mail", "born", "zip", "city"]);
    let old = project.model.entity_named("users").unwrap();
    assert_eq!(users.fields[4].id, old.field_named("city").unwrap().id);
}

#[test]
fn what_is_alike_is_taken_for_renamed_only_where_nothing_else_is_meant() {
    let project = read_sql(SHOP);
    let script = SHOP
        .replace("mail text", "email text")
        .replace("TABLE products", "TABLE articles")
        .replace("city text", "town text");
    let found = intake_of_sql(&project, &script);
    let lines = told(&found);
    assert_eq!(
        lines,
        [
            "field users.mail was renamed to `email`",
            "field users.town was added",
            "field users.city was removed",
            "entity products was renamed to `articles`",
        ]
    );
    let renames: Vec<_> = found.renames.iter().map(|one| one.new.as_str()).collect();
    assert_eq!(renames, ["articles", "users.email"]);

    let ambiguous = SHOP.replace("mail text", "email text, mail2 text");
    let lines = told(&intake_of_sql(&project, &ambiguous));
    assert!(lines.contains(&"field users.mail was removed".to_owned()), "{lines:#?}");

    let sql = importer("sql").unwrap();
    let imported = read_sql(&script);
    let refused = intake(&project, &imported, sql, Renames::Refused, &mut IdMint::from_seed(7));
    assert!(told(&refused).contains(&"entity articles was added".to_owned()));
    assert!(refused.renames.is_empty());
}

#[test]
fn what_is_left_out_stays_as_it_is_and_what_is_needed_comes_along() {
    let project = read_sql(SHOP);
    let found = intake_of_sql(
        &project,
        "CREATE TYPE mood AS ENUM ('good', 'bad');
         CREATE TABLE users (id int PRIMARY KEY, mood mood);
         CREATE TABLE visits (id int PRIMARY KEY, user_id int REFERENCES users (id));",
    );
    let element = |name: &str| {
        found.differences.iter().find(|one| one.name == name).map(Difference::owner).unwrap()
    };
    let all: IndexSet<ElementId> = found.differences.iter().map(Difference::owner).collect();
    assert_eq!(write(&found.project(&all, None)), write(&project));
    let mut without_mood: IndexSet<_> = found.missing().map(|one| one.element).collect();
    without_mood.insert(element("mood"));
    without_mood.insert(element("visits"));
    let merged = found.project(&without_mood, None);
    assert!(merged.model.enumeration_named("mood").is_some(), "a field of users needs it");
    assert!(merged.model.entity_named("visits").is_none());
    assert_eq!(merged.model.references().len(), 1, "its reference needs visits");
}

#[test]
fn new_cards_are_shown_where_a_person_looks() {
    let mut project = read_sql(SHOP);
    let users: NodeId = project.model.entity_named("users").unwrap().id.into();
    let diagram = project.first_diagram().unwrap().id;
    project.diagram_mut(diagram).unwrap().content = Content::Chosen([users].into());
    let found = intake_of_sql(&project, &format!("{SHOP} CREATE TABLE visits (id int);"));
    let merged = found.project(&IndexSet::new(), Some(diagram));
    let visits: NodeId = merged.model.entity_named("visits").unwrap().id.into();
    assert_eq!(merged.diagram(diagram).unwrap().content, Content::Chosen([users, visits].into()));
}

#[test]
fn a_schema_is_part_of_a_name() {
    let project = read_sql("CREATE TABLE sales.orders (id int); CREATE TABLE hr.orders (id int);");
    let found = intake_of_sql(
        &project,
        "CREATE TABLE HR.orders (id int, who text); CREATE TABLE sales.orders (id int);",
    );
    let lines = told(&found);
    assert!(lines.contains(&"field hr.orders.who was added".to_owned()), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("sales")), "{lines:#?}");
}
