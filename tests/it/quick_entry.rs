//! Quick entry: what a typed line makes, how a field reads back as a line, and what is proposed.

use std::fs;

use lunette::document::edit::fields::FieldPlace;
use lunette::document::project::Project;
use lunette::editor::quick_entry::complete::completions;
use lunette::editor::quick_entry::lower::{Slot, lower};
use lunette::editor::quick_entry::parser::{read, read_lines};
use lunette::editor::quick_entry::{Flag, Role, UNREAD, print};
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, IdMint};
use lunette::model::reference::{Cardinality, ReferentialAction};
use lunette::model::spelling::type_name;

use crate::support::kitchen_sink;
use crate::support::small;

/// A project of documents with `User`, `Todo` and the enumeration `Status`.
fn documents() -> (Project, EntityId) {
    let project = small::documents();
    let todo = project.model.entity_named("Todo").unwrap().id;
    (project, todo)
}

/// Types a line at the end of an entity and reads the field back.
fn typed(project: &mut Project, entity: EntityId, line: &str) -> String {
    let reading = read(line, &project.model);
    let slot = Slot::New(FieldPlace::last(entity));
    let mut mint = IdMint::from_text(line);
    let lowered = lower(project, &mut mint, slot, &reading.line.unwrap()).unwrap();
    let Some(field) = lowered.field else { return String::new() };
    let entity = project.model.entity(entity).unwrap();
    print::line(&project.model, entity, entity.field(field).unwrap(), "mongoose")
}

#[test]
fn a_line_reads_back_as_it_was_meant() {
    for (line, back) in [
        ("email", "email string"),
        ("email string unique required", "email string unique required"),
        ("email: string!", "email string required"),
        ("name varchar(80) not null", "name string(80) required"),
        ("price decimal(10,2) default 0 min 0", "price decimal(10, 2) default 0 min 0"),
        ("bio text max 500", "bio text max 500"),
        ("n serial key", "n int key auto"),
        ("tags string[]", "tags [string]"),
        ("matrix list of list of number", "matrix [[double]]"),
        ("scores map<int>", "scores map of int"),
        ("seen Date", "seen datetime"),
        ("at datetime default now immutable", "at datetime immutable default now"),
        ("at local datetime = `now()`", "at local datetime default `now()`"),
        ("status Status default open", "status2 Status default open"),
        ("slug string match /^[a-z/]+$/ index", "slug string index match /^[a-z\\/]+$/"),
        ("user User", "user -> User"),
        ("owner -> User required on delete cascade", "owner -> User required on delete cascade"),
        ("mail -> User.email", "mail -> User.email"),
        ("friends [User]", "friends [User]"),
        ("friends -> [User]", "friends [User]"),
        ("\"first name\" string", "\"first name\" string"),
        ("flag boolean default \"true\"", "flag boolean default \"true\""),
        ("none object", "none object"),
    ] {
        let (mut project, todo) = documents();
        let printed = typed(&mut project, todo, line);
        assert_eq!(printed.replace("status_2", "status2"), back, "{line}");
    }
}

#[test]
fn choices_make_an_enumeration_and_share_it() {
    let (mut project, todo) = documents();
    assert_eq!(
        typed(&mut project, todo, "role enum(user, admin) default user"),
        "role Role default user"
    );
    let user = project.model.entity_named("User").unwrap().id;
    typed(&mut project, user, "role enum(user, admin)");
    typed(&mut project, user, "level enum(low, \"very high\")");
    typed(&mut project, user, "status enum(on, off)");
    typed(&mut project, user, "pace enum(slow, very fast, \"all out\")");
    typed(&mut project, user, "tone enum(low high)");
    let values = |name: &str| {
        let one = project.model.enumeration_named(name).unwrap();
        one.values.iter().map(|value| value.name.clone()).collect::<Vec<_>>().join("|")
    };
    assert_eq!(
        (values("Pace"), values("Tone")),
        ("slow|very fast|all out".into(), "low|high".into())
    );
    let names: Vec<_> = project.model.enumerations().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Status", "Role", "Level", "UserStatus", "Pace", "Tone"]);
}

#[test]
fn an_object_brings_its_fields() {
    let (mut project, todo) = documents();
    typed(&mut project, todo, "address { city string required, geo { at point }, zip string }");
    let entity = project.model.entity(todo).unwrap();
    let address = entity.field_named("address").unwrap();
    let nested: Vec<_> = address.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!((&address.ty, nested), (&DataType::Object, vec!["city", "geo", "zip"]));
    let geo = &address.fields[1];
    assert_eq!(geo.fields.first().map(|field| &field.ty), Some(&DataType::GeoPoint));
}

#[test]
fn a_reference_makes_what_it_names_and_sets_both_ends() {
    let (mut project, todo) = documents();
    typed(&mut project, todo, "team -> Team required");
    let team = project.model.entity_named("Team").unwrap();
    let reference = project.model.references().last().unwrap();
    assert_eq!((reference.from.entity, reference.to.entity), (todo, team.id));
    assert_eq!(reference.to.cardinality, Cardinality::ExactlyOne);
    let field = project.model.entity(todo).unwrap().field_named("team").unwrap();
    assert_eq!(field.ty, DataType::ObjectId);
}

#[test]
fn a_list_of_references_between_tables_is_many_to_many() {
    let mut project = small::tables();
    let orders = project.model.entity_named("orders").unwrap().id;
    let before = project.model.entity(orders).unwrap().fields.len();
    typed(&mut project, orders, "buyers [customer] on delete cascade");
    let reference = project.model.references().last().unwrap();
    assert!(reference.is_many_to_many() && reference.from.fields.is_empty());
    assert_eq!(reference.on_delete, ReferentialAction::Cascade);
    assert_eq!(project.model.entity(orders).unwrap().fields.len(), before);
}

#[test]
fn what_is_not_understood_is_kept_and_marked() {
    let (mut project, todo) = documents();
    let line = "size tsrange unique wobbly %";
    let reading = read(line, &project.model);
    let unread: Vec<_> = reading
        .marks
        .iter()
        .filter(|mark| mark.role == Role::Unread)
        .map(|mark| &line[mark.range.clone()])
        .collect();
    assert_eq!(unread, ["tsrange", "wobbly", "%"]);
    assert_eq!(reading.problems.len(), 3);
    assert_eq!(typed(&mut project, todo, line), "size tsrange unique wobbly %");
    let field = project.model.entity(todo).unwrap().field_named("size").unwrap();
    assert_eq!(field.extras.option(UNREAD.0, UNREAD.1), Some("wobbly %"));
    assert_eq!(field.native_types.get("mongoose").map(String::as_str), Some("tsrange"));
}

#[test]
fn a_default_outside_the_choices_is_marked() {
    let (project, _) = documents();
    let reading = read("status Status default lost", &project.model);
    assert_eq!(reading.problems.first().map(|one| one.range.clone()), Some(22..26));
}

#[test]
fn editing_a_line_changes_only_what_it_says() {
    let (mut project, todo) = documents();
    let entity = project.model.entity(todo).unwrap();
    let owner = entity.field_named("createdBy").unwrap().id;
    let references = project.model.references().len();
    project.model.entity_mut(todo).unwrap().field_mut(owner).unwrap().note = "kept".to_owned();
    let reading = read("author -> User", &project.model);
    let slot = Slot::Existing(todo, owner);
    lower(&mut project, &mut IdMint::from_seed(1), slot, &reading.line.unwrap()).unwrap();
    let field = project.model.entity(todo).unwrap().field(owner).unwrap();
    assert_eq!((field.name.as_str(), field.note.as_str()), ("author", "kept"));
    assert!(!field.required);
    assert_eq!(project.model.references().len(), references);
    let reading = read("author string", &project.model);
    lower(&mut project, &mut IdMint::from_seed(2), slot, &reading.line.unwrap()).unwrap();
    assert_eq!(project.model.references().len(), references - 1);
}

#[test]
fn every_field_of_a_complete_model_survives_its_own_line() {
    let project = kitchen_sink();
    for entity in project.model.entities() {
        for field in entity.all_fields() {
            let mut copy = project.clone();
            let line = print::line(&project.model, entity, field, "mongoose");
            let reading = read(&line, &project.model);
            let slot = Slot::Existing(entity.id, field.id);
            let lowered =
                lower(&mut copy, &mut IdMint::from_seed(3), slot, &reading.line.unwrap()).unwrap();
            let Some(id) = lowered.field else { continue };
            let after = copy.model.entity(entity.id).unwrap().field(id).unwrap();
            let ty = type_name(&copy.model, &after.ty);
            assert_eq!(ty, type_name(&project.model, &field.ty), "{}: {line}", entity.name);
            assert_eq!(after.fields, field.fields, "{line}");
            assert_eq!(after.default, field.default, "{line}");
            assert_eq!((&after.min, &after.max), (&field.min, &field.max), "{line}");
            assert_eq!((after.required, after.unique), (field.required, field.unique), "{line}");
            assert_eq!(after.pattern, field.pattern, "{line}");
            assert_eq!(copy.model.references().len(), project.model.references().len(), "{line}");
        }
    }
}

#[test]
fn pasted_lines_are_read_one_by_one() {
    let (project, _) = documents();
    let text = "email string unique,\naddress {\n  city string\n  zip string\n}\n\nage int;";
    assert_eq!(read_lines(text, &project.model).len(), 3);
}

#[test]
fn marks_never_overlap_and_never_leave_the_line() {
    let (project, _) = documents();
    for line in
        ["", "->", "a [", "a {b {", "a enum(", "ü -> Ö?", "a 'x", "} ] )", "a -> [", "a map<"]
    {
        let mut end = 0;
        for mark in read(line, &project.model).marks {
            assert!(mark.range.start >= end && line.get(mark.range.clone()).is_some(), "{line}");
            end = mark.range.end;
        }
    }
}

#[test]
fn proposals_fit_the_place() {
    let (project, _) = documents();
    let texts = |line: &str| -> Vec<String> {
        completions(line, line.len(), &project.model).into_iter().map(|one| one.text).collect()
    };
    assert_eq!(texts("ema"), Vec::<String>::new());
    assert_eq!(texts("email str"), ["string", "map of string"]);
    assert_eq!(texts("owner -> "), ["User", "Todo"]);
    assert_eq!(texts("s Sta"), ["Status"]);
    assert_eq!(texts("s Status default "), ["open", "done"]);
    assert_eq!(texts("email string uni"), ["unique"]);
    assert_eq!(texts("a -> User on delete c"), ["cascade", "no action", "restrict"]);
}

/// The text block that starts with the first line of the grammar.
fn grammar_in(text: &str) -> String {
    let block = text.split("```text\n").find(|block| block.starts_with("line  ")).unwrap();
    block.split("```").next().unwrap().to_owned()
}

#[test]
fn the_guide_has_the_grammar_of_the_code() {
    let code = fs::read_to_string("src/editor/quick_entry/mod.rs").unwrap();
    let doc: Vec<&str> = code
        .lines()
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let guide = fs::read_to_string("docs/guide.md").unwrap();
    assert_eq!(grammar_in(&guide), grammar_in(&doc.join("\n")));
}

#[test]
fn every_word_of_the_grammar_is_a_rule_of_the_parser() {
    let guide = fs::read_to_string("docs/guide.md").unwrap();
    let grammar = grammar_in(&guide);
    for flag in Flag::ALL {
        assert!(grammar.contains(&format!("\"{}\"", flag.as_str())), "{flag:?}");
    }
    for action in ReferentialAction::ALL {
        assert!(grammar.contains(&format!("\"{}\"", action.as_str())), "{action:?}");
    }
}
