//! What a person made stays when the same database is imported again.

use indexmap::IndexSet;
use lunette::base::geom::Point;
use lunette::diagram::placement::Placement;
use lunette::document::project::Project;
use lunette::formats::native::write;
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::DataType;
use lunette::model::id::IdMint;
use lunette::model::reference::Cardinality;

use super::{intake_of_sql, read_sql, told};
use crate::support::small;

const SCRIPT: &str = "
    CREATE TYPE status AS ENUM ('open', 'done');
    CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);
    CREATE TABLE orders (
        id bigint PRIMARY KEY, status status,
        user_id bigint REFERENCES users (id)
    );";

/// The script with what a person adds to it, none of which a script says.
fn worked_on() -> Project {
    let mut project = read_sql(SCRIPT);
    let mut mint = IdMint::from_seed(5);
    let users = project.model.entity_named("users").unwrap().id;
    let orders = project.model.entity_named("orders").unwrap().id;
    let diagram = project.first_diagram().unwrap().id;
    let placement = Placement {
        position: Point::new(40.0, 80.0),
        color: Some(ColorToken::Teal),
        pinned: true,
        ..Placement::default()
    };
    project.diagram_mut(diagram).unwrap().placements.insert(users.into(), placement);
    project.model.put_area(Area {
        id: mint.mint(),
        name: "People".to_owned(),
        color: ColorToken::Pink,
        members: vec![users.into()],
        note: String::new(),
    });
    let entity = project.model.entity_mut(users).unwrap();
    "Whoever logs in".clone_into(&mut entity.note);
    entity.extras.set("mongoose", "strict", "throw");
    let email = &mut entity.fields[1];
    "Lower case".clone_into(&mut email.note);
    email.lowercase = true;
    email.hidden = true;
    email.native_types.insert("mysql".to_owned(), "varchar(320)".to_owned());
    let reference = project.model.references().next().unwrap().id;
    let reference = project.model.reference_mut(reference).unwrap();
    reference.to.cardinality = Cardinality::ExactlyOne;
    reference.from.cardinality = Cardinality::OneOrMore;
    reference.inferred = false;
    reference.to.role = Some("buyer".to_owned());
    reference.name = Some("places".to_owned());
    assert_eq!(reference.from.entity, orders);
    project
}

#[test]
fn importing_the_same_again_keeps_the_file_to_the_byte() {
    let project = worked_on();
    let intake = intake_of_sql(&project, SCRIPT);
    assert_eq!(told(&intake), Vec::<String>::new());
    assert!(intake.is_empty());
    assert_eq!(write(&intake.project(&IndexSet::new(), None)), write(&project));
}

#[test]
fn only_what_the_script_contradicts_changes() {
    let project = worked_on();
    let script = SCRIPT
        .replace("email text NOT NULL", "email varchar(200)")
        .replace("user_id bigint", "user_id bigint NOT NULL UNIQUE");
    let intake = intake_of_sql(&project, &script);
    assert_eq!(
        told(&intake),
        [
            "field users.email changed its type from `text` to `string(200)`",
            "field users.email lost its native types `mysql: varchar(320)`",
            "field users.email is no longer required",
            "field orders.user_id became required",
            "field orders.user_id became unique",
            "reference orders.user_id → users changed its cardinality of the referencing end \
             from `one or more` to `zero or one`",
            "reference orders.user_id → users became guessed in its cardinalities",
        ]
    );
    let merged = intake.project(&IndexSet::new(), None);
    let email = &merged.model.entity_named("users").unwrap().fields[1];
    assert_eq!(email.note, "Lower case");
    assert!(email.lowercase && email.hidden);
    let reference = merged.model.references().next().unwrap();
    assert_eq!(reference.to.role.as_deref(), Some("buyer"));
    assert_eq!(merged.diagrams, project.diagrams);
}

#[test]
fn a_cardinality_that_a_person_set_stays_while_the_script_allows_it() {
    let project = worked_on();
    let script = SCRIPT.replace("user_id bigint", "user_id bigint NOT NULL");
    let intake = intake_of_sql(&project, &script);
    assert_eq!(told(&intake), ["field orders.user_id became required"]);
}

/// Documents that a script can only tell as tables with JSON in them.
#[test]
fn what_a_script_cannot_say_is_not_lost() {
    let project = small::documents();
    let script = {
        let postgres = lunette::formats::registry::exporter("postgres").unwrap();
        let options = lunette::formats::options::Options::defaults(postgres.info());
        let files = postgres.export(&project, &options).files;
        files.only().unwrap().text.clone()
    };
    let intake = intake_of_sql(&project, &script);
    assert_eq!(told(&intake), Vec::<String>::new());
    let entity = project.model.entities().next().unwrap();
    let more = format!("{script}\nALTER TABLE \"{}\" ADD COLUMN \"extra\" uuid;\n", entity.name);
    let intake = intake_of_sql(&project, &more);
    assert_eq!(told(&intake), [format!("field {}.extra was added", entity.name)]);
    let merged = intake.project(&IndexSet::new(), None);
    let field = merged.model.entity(entity.id).unwrap().field_named("extra").unwrap();
    assert_eq!(field.ty, DataType::Uuid);
}
