//! Intents on references and nested documents leave no id behind that leads nowhere; arranging
//! leaves alone what it does not move.

use lunette::base::geom::{Point, Rect};
use lunette::diagram::route::Route;
use lunette::document::edit::diagrams::{Arrangement, add_area, rearrange};
use lunette::document::edit::nesting::{embed_reference, extract_embedded};
use lunette::document::edit::references::{Anchor, EndSide, connect, set_cardinality};
use lunette::document::project::Project;
use lunette::formats::native::{read, write};
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, IdMint, NodeId};

use crate::support::builder::Builder;

/// Asserts that reading the written file finds nothing to mend.
#[track_caller]
fn assert_sound(project: &Project) {
    assert_eq!(read(&write(project), "sound").diagnostics, vec![]);
}

#[test]
fn an_object_never_refers_to_what_it_holds() {
    let mut build = Builder::new("Inside itself");
    let user = build.collection("User");
    let address = build.field(user, "address", DataType::Object);
    let city = build.nested(user, address, "city", DataType::STRING);
    let before = build.project.clone();
    for (from, to) in [(address, city), (city, address), (city, city)] {
        let [from, to] = [from, to].map(|field| Anchor::Field(user, field));
        let mut mint = IdMint::from_seed(1);
        assert_eq!(connect(&mut build.project, &mut mint, from, to), None);
        assert_eq!(build.project, before);
    }
}

#[test]
fn what_an_object_field_held_leaves_when_it_takes_over_an_entity() {
    let mut build = Builder::new("Taken over");
    let address = build.collection("Address");
    let street = build.field(address, "street", DataType::STRING);
    let user = build.collection("User");
    let home = build.field(user, "home", DataType::Object);
    let country = build.nested(user, home, "country", DataType::STRING);
    let city = build.collection("City");
    build.reference(user, &[country], city);
    let reference = build.reference(user, &[home], address);
    embed_reference(&mut build.project, &mut IdMint::from_seed(1), reference).unwrap();
    let model = &build.project.model;
    assert_eq!(model.entity(user).unwrap().field(home).unwrap().fields[0].id, street);
    assert_eq!(model.references().len(), 0);
    assert_sound(&build.project);
}

#[test]
fn choosing_the_cardinality_that_an_end_has_changes_nothing() {
    let mut build = Builder::new("As it is");
    let (order, user) = (build.collection("Order"), build.collection("User"));
    let holder = build.field(order, "user", DataType::ObjectId);
    let id = build.reference(order, &[holder], user);
    build.project.model.reference_mut(id).unwrap().inferred = true;
    let before = build.project.clone();
    for side in [EndSide::From, EndSide::To] {
        let reference = build.project.model.reference(id).unwrap();
        let end = if side == EndSide::From { &reference.from } else { &reference.to };
        let chosen = end.cardinality;
        set_cardinality(&mut build.project, id, side, chosen);
        assert_eq!(build.project, before, "{side:?}");
    }
}

#[test]
fn no_key_of_an_embedded_type_stays_over_a_field_that_left() {
    let mut build = Builder::new("Left");
    let customer = build.embedded("Customer");
    let name = build.field(customer, "name", DataType::Object);
    let last = build.nested(customer, name, "last", DataType::STRING);
    build.primary_key(customer, &[last]);
    extract_embedded(&mut build.project, &mut IdMint::from_seed(1), customer, name).unwrap();
    assert_sound(&build.project);
    assert_eq!(build.project.model.entity(customer).unwrap().keys, vec![]);
}

#[test]
fn a_reference_over_fields_that_part_goes() {
    let mut build = Builder::new("Torn");
    let place = build.table("place");
    let [x, y] = ["x", "y"].map(|name| build.required(place, name, DataType::INTEGER));
    build.primary_key(place, &[x, y]);
    let visit = build.table("visit");
    let at = build.field(visit, "at", DataType::Object);
    let at_x = build.nested(visit, at, "x", DataType::INTEGER);
    let at_y = build.required(visit, "y", DataType::INTEGER);
    build.reference(visit, &[at_x, at_y], place);
    extract_embedded(&mut build.project, &mut IdMint::from_seed(1), visit, at).unwrap();
    assert_eq!(build.project.model.references().len(), 0);
    assert_sound(&build.project);
}

#[test]
fn bends_stay_where_no_card_moves() {
    let mut build = Builder::new("Bends");
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| build.table(name));
    for (x, node) in [(0.0, a), (400.0, b), (800.0, c), (1200.0, d)] {
        build.place(node, x, 0.0);
    }
    let [still, moving] = [(a, b), (c, d)].map(|(from, to)| build.reference(from, &[], to));
    let diagram = *build.project.diagrams.keys().next().unwrap();
    for line in [still, moving] {
        let routes = &mut build.project.diagram_mut(diagram).unwrap().routes;
        routes.insert(line, Route { bends: vec![Point::new(300.0, 90.0)], ..Route::default() });
    }
    let nodes = [(a.into(), Point::ORIGIN), (d.into(), Point::new(1200.0, 400.0))];
    let arrangement = Arrangement { nodes: nodes.into(), ..Arrangement::default() };
    rearrange(&mut build.project, diagram, &arrangement);
    let routes: Vec<_> = build.project.diagram(diagram).unwrap().routes.keys().copied().collect();
    assert_eq!(routes, [still]);
    // Where both ends move as one, the bends go along.
    let nodes = [(a.into(), Point::new(40.0, 60.0)), (b.into(), Point::new(440.0, 60.0))];
    let arrangement = Arrangement { nodes: nodes.into(), ..Arrangement::default() };
    rearrange(&mut build.project, diagram, &arrangement);
    let route = &build.project.diagram(diagram).unwrap().routes[&still];
    assert_eq!(route.bends, [Point::new(340.0, 150.0)]);
}

#[test]
fn frames_follow_their_members() {
    let mut build = Builder::new("Frames");
    let [a, b, c] = ["a", "b", "c"].map(|name| build.table(name));
    for (x, node) in [(0.0, a), (400.0, b), (800.0, c)] {
        build.place(node, x, 0.0);
    }
    let diagram = *build.project.diagrams.keys().next().unwrap();
    let [pair, single] = [&[a, b][..], &[c][..]].map(|members| {
        let members: Vec<_> = members.iter().map(|id| NodeId::from(*id)).collect();
        add_area(&mut build.project, &mut build.mint, "Area", &members)
    });
    let frames = [
        (pair, Rect::new(-50.0, -80.0, 700.0, 400.0)),
        (single, Rect::new(750.0, -80.0, 1200.0, 400.0)),
    ];
    build.project.diagram_mut(diagram).unwrap().frames.extend(frames);
    let put = |build: &mut Builder, node: EntityId, x: f64, y: f64| {
        let nodes = [(node.into(), Point::new(x, y))].into();
        let arrangement = Arrangement { nodes, ..Arrangement::default() };
        rearrange(&mut build.project, diagram, &arrangement);
        build.project.diagram(diagram).unwrap().frames.clone()
    };
    let moved = put(&mut build, c, 900.0, 50.0);
    assert_eq!(moved[&pair], frames[0].1, "nothing in it moved");
    assert_eq!(moved[&single], Rect::new(850.0, -30.0, 1300.0, 450.0), "all in it moved as one");
    let moved = put(&mut build, a, 10.0, 300.0);
    assert_eq!(moved.keys().copied().collect::<Vec<_>>(), [single], "as large as its members need");
}
