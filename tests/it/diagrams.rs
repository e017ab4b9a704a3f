//! Diagrams in text: what people write for Eraser and Mermaid is understood or told, and what is
//! written for PlantUML and GraphQL says what it should.

use lunette::document::project::Project;
use lunette::formats::Imported;
use lunette::formats::options::Options;
use lunette::formats::registry::{exporter, importer};
use lunette::formats::sources::Sources;
use lunette::model::data_type::DataType;
use lunette::model::entity::{Entity, EntityKind};
use lunette::model::reference::Cardinality;

use crate::support::{every_project, kitchen_sink, small};

fn export(id: &str, project: &Project, choices: &[(&str, &str)]) -> String {
    let target = exporter(id).unwrap();
    let options = Options::parse(target.info(), choices.iter().copied()).unwrap();
    target.export(project, &options).files.only().unwrap().text.clone()
}

fn read(id: &str, text: &str) -> Imported {
    importer(id).unwrap().import(&Sources::single("diagram", text), "diagram")
}

fn told(imported: &Imported) -> Vec<String> {
    let line = |one: &lunette::base::diagnostic::Diagnostic| {
        let place = one.span.map(|span| format!("{}:{} ", span.line, span.column));
        format!("{}{}", place.unwrap_or_default(), one.message)
    };
    imported.diagnostics.iter().map(line).collect()
}

#[track_caller]
fn entity<'a>(imported: &'a Imported, name: &str) -> &'a Entity {
    imported.project.model.entity_named(name).unwrap_or_else(|| panic!("no {name}"))
}

/// Each reference as its ends, their fields and their cardinalities.
fn references(imported: &Imported) -> Vec<String> {
    let model = &imported.project.model;
    let end = |end: &lunette::model::reference::End| {
        let entity = model.entity(end.entity).unwrap();
        let fields: Vec<_> =
            end.fields.iter().map(|id| entity.field(*id).unwrap().name.as_str()).collect();
        format!("{}({})", entity.name, fields.join(","))
    };
    let count = |cardinality| match cardinality {
        Cardinality::ZeroOrOne => "?",
        Cardinality::ExactlyOne => "1",
        Cardinality::ZeroOrMore => "*",
        Cardinality::OneOrMore => "+",
    };
    let line = |one: &lunette::model::reference::Reference| {
        let counts = [one.from.cardinality, one.to.cardinality].map(count);
        format!("{} {}:{} {}", end(&one.from), counts[0], counts[1], end(&one.to))
    };
    model.references().map(line).collect()
}

#[test]
fn eraser_is_read_as_people_write_it() {
    let imported = read(
        "eraser",
        "// a comment\ntitle My shop\nstyleMode plain\nusers [icon: user, color: blue] {\n  id string pk\n  \
         displayName varchar(80) not null // Shown to all\n  \"first name\" string null\n  team_role string unique\n}\n\
         // What teams are\nteams { id int pk, auto_increment }\n\norders {\n id int pk\n userId string required\n \
         total decimal(10, 2)\n home object\n home.city string\n address Address\n}\nAddress { city string }\n\
         orders.userId > users.id [color: red]\nteams <> users\nusers.id < sessions.user_id\nusers - profiles\n\
         orders.address - Address\na > b > c, d\nwhat is this\n",
    );
    assert_eq!(imported.project.settings.name, "My shop");
    assert_eq!(
        told(&imported),
        [
            "4:1 icons, colors and labels in square brackets are left out",
            "28:1 this line is left out",
        ]
    );
    let users = entity(&imported, "users");
    let names: Vec<_> = users.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "displayName", "first name", "team_role"]);
    assert_eq!(users.fields[1].ty, DataType::String { length: Some(80) });
    assert_eq!((users.fields[1].required, users.fields[1].note.as_str()), (true, "Shown to all"));
    assert!(users.fields[3].unique && users.primary_key().is_some());
    assert!(entity(&imported, "teams").fields[0].auto_increment);
    assert_eq!(entity(&imported, "teams").note, "What teams are");
    let orders = entity(&imported, "orders");
    assert_eq!(orders.field_named("home").unwrap().fields[0].name, "city");
    let address = entity(&imported, "Address");
    assert_eq!(address.kind, EntityKind::Embedded);
    assert_eq!(orders.field_named("address").unwrap().ty, DataType::Embedded(address.id));
    assert_eq!(
        references(&imported),
        [
            "orders(userId) *:1 users()",
            "teams() *:* users()",
            "sessions(user_id) *:? users()",
            "users() ?:1 profiles()",
            "a() *:1 b()",
            "b() *:1 c()",
            "b() *:1 d()",
        ]
    );
}

#[test]
fn mermaid_is_read_as_people_write_it() {
    let imported = read(
        "mermaid",
        "---\ntitle: \"A shop\"\nconfig:\n  layout: elk\n---\n%% What follows is data\nerDiagram\n  direction LR\n  \
         accDescr: For all\n  subgraph g1 [\"People\"]\n    CUSTOMER[\"sales.Customer\"] {\n      uuid id PK\n      \
         string(80) name UK \"Full name\"\n      local_datetime at\n      status state \"open | done\"\n      \
         int? nr FK\n      Address home\n    }\n  end\n  %% Things\n  ORDER ||--|{ LINE-ITEM : contains\n  \
         CUSTOMER ||--o{ ORDER : places\n  ORDER { string customerId FK }\n  ORDER }o..|| CUSTOMER : \"by (customerId)\"\n  \
         \"Line Group\" zero or more to one CUSTOMER : \"\"\n  Address { string city }\n  \
         CUSTOMER ||--o| Address : home\n  style ORDER fill:#f9f\n  ORDER oops CUSTOMER\n",
    );
    assert_eq!(imported.project.settings.name, "A shop");
    assert_eq!(imported.project.settings.note, "For all");
    assert_eq!(
        told(&imported),
        [
            "8:3 how the diagram looks is left out",
            "16:7 no line says where `FK` of `CUSTOMER.nr` leads: it is left out",
            "29:3 this line is left out",
        ]
    );
    let model = &imported.project.model;
    let customer = entity(&imported, "Customer");
    assert_eq!(model.display_name(customer.id.into()), "sales.Customer");
    assert_eq!(customer.fields[1].note, "Full name");
    assert_eq!(customer.fields[2].ty, DataType::DateTime { zoned: false });
    let status = model.enumeration(customer.fields[3].ty.enumeration().unwrap()).unwrap();
    assert_eq!((status.name.as_str(), status.values.len()), ("status", 2));
    assert!(customer.fields[2].required && !customer.fields[4].required);
    assert_eq!(model.areas().next().unwrap().members, [customer.id.into()]);
    let address = entity(&imported, "Address");
    assert_eq!(address.kind, EntityKind::Embedded);
    assert_eq!(customer.fields[5].ty, DataType::Embedded(address.id));
    assert_eq!(
        references(&imported),
        [
            "LINE-ITEM() +:1 ORDER()",
            "ORDER() *:1 Customer()",
            "ORDER(customerId) *:1 Customer()",
            "Line Group() *:1 Customer()",
        ]
    );
    let identifying: Vec<_> = model.references().map(|one| one.identifying).collect();
    assert_eq!(identifying, [true, true, false, true]);
}

/// Mermaid cares for words, not for lines; what is marked `FK` and called after the other end is
/// what a line without fields is about.
#[test]
fn mermaid_may_be_written_in_few_lines() {
    let imported = read(
        "mermaid",
        "erDiagram\n  CAR { string make PK,FK \"who\" decimal(10,2) `net price` int owner_id FK }\n  \
         OWNER { int id PK }\n  OWNER ||--o{ CAR : drives\n  subgraph a\n  subgraph b\n  OWNER\n  end\n  end\n",
    );
    let car = entity(&imported, "CAR");
    let names: Vec<_> = car.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["make", "net price", "owner_id"]);
    assert_eq!(car.fields[0].note, "who");
    assert_eq!(references(&imported), ["CAR(owner_id) *:1 OWNER()"]);
    assert_eq!(
        told(&imported),
        [
            "2:3 no line says where `FK` of `CAR.make` leads: it is left out",
            "6:3 the subgraph `b` in another is left out",
        ]
    );
}

#[test]
fn mermaid_comes_back_as_it_is_drawn() {
    for (name, project) in every_project() {
        let text = export("mermaid", &project, &[]);
        let imported = read("mermaid", &text);
        // Nothing can be escaped there, so names that try to break out are changed.
        if name == "hostile" {
            assert!(!imported.project.model.is_empty());
            continue;
        }
        assert_eq!(told(&imported), Vec::<String>::new(), "{name}");
        let again = export("mermaid", &imported.project, &[]);
        for (number, (a, b)) in text.lines().zip(again.lines()).enumerate() {
            assert_eq!(a, b, "{name} line {}", number + 1);
        }
        let lines = |text: &str| {
            let mut lines: Vec<_> = text.lines().map(|line| line.trim().to_owned()).collect();
            lines.sort();
            lines
        };
        let is_table = |line: &String| !line.contains("--") && !line.contains("..");
        let [first, again] = [lines(&text), lines(&again)]
            .map(|lines| lines.into_iter().filter(is_table).collect::<Vec<_>>());
        assert_eq!(first, again, "{name}");
    }
}

#[test]
fn traps_come_to_an_end() {
    for id in ["eraser", "mermaid"] {
        for trap in ["a {", "\"", "a > ", "{{{{", "erDiagram\n a[\"", "a { b", "a {} } }", "}\n}"] {
            let long = trap.repeat(2_000);
            for text in [trap, &long] {
                read(id, text);
            }
        }
    }
}

#[test]
fn plantuml_says_what_there_is() {
    let text = export("plantuml", &kitchen_sink(), &[]);
    for line in ["package \"Warehouse\" #fef3c7 {", "@startuml", "@enduml", "--"] {
        assert!(text.lines().any(|one| one.trim() == line), "`{line}` is missing in\n{text}");
    }
    assert!(text.contains("<<PK>> <<FK>>") && text.contains("enum \"sales.currency\""), "{text}");
    let plain = export("plantuml", &kitchen_sink(), &[("areas", "false"), ("enums", "false")]);
    assert!(!plain.contains("package") && !plain.contains("enum "));
    let hostile = export("plantuml", &crate::support::hostile::hostile_project(), &[]);
    for line in hostile.lines().map(str::trim) {
        assert!(!line.starts_with('!') && !line.starts_with('\''), "{line}");
    }
    assert_eq!(hostile.matches("@enduml").count(), 1);
}

#[test]
fn graphql_shows_references_as_one_asks() {
    let lines = |style| export("graphql", &small::documents(), &[("references", style)]);
    let has = |text: &str, wanted: &str| text.lines().any(|line| line.trim() == wanted);
    assert!(has(&lines("object"), "createdBy: User!"));
    assert!(has(&lines("id"), "createdBy: ID!"));
    assert!(has(&lines("both"), "todos: [Todo!]!"), "{}", lines("both"));
}
