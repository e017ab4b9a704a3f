//! Small cases that are hard to draw, as SVG files that a person can look at: `UPDATE_EXPECT=1` writes
//! them anew.

use expect_test::expect_file;
use lunette::diagram::notation::Detail;
use lunette::layout::layout;
use lunette::model::area::{Area, ColorToken};
use lunette::model::data_type::DataType;
use lunette::model::id::{EntityId, NodeId};
use lunette::scene::theme::ThemeKind;

use super::drawn_well::assert_drawn_well;
use crate::scene_golden::assert_drawn;
use crate::support::builder::Builder;

/// Draws what was built, well, and compares the picture with its file.
fn check(build: &Builder, file: &str) {
    let mut diagram = build.project.first_diagram().unwrap().clone();
    diagram.detail = Detail::Fields;
    let layout = layout(&build.project.model, &diagram);
    assert_drawn_well(&build.project.model, &layout);
    let path = format!("{}/tests/fixtures/layout/{file}.svg", env!("CARGO_MANIFEST_DIR"));
    assert_drawn(&build.project, &diagram, &layout, ThemeKind::Light, &expect_file![path]);
}

/// A reference through a field of its own.
fn refer(build: &mut Builder, from: EntityId, name: &str, to: EntityId) {
    let field = build.field(from, name, DataType::ObjectId);
    build.reference(from, &[field], to);
}

fn several(build: &mut Builder, names: &[&str]) -> Vec<EntityId> {
    names.iter().map(|name| build.collection(name)).collect()
}

fn area(build: &mut Builder, name: &str, members: &[EntityId]) {
    let id = build.mint.mint();
    let members = members.iter().map(|member| NodeId::from(*member)).collect();
    let color = ColorToken::Teal;
    let note = String::new();
    build.project.model.put_area(Area { id, name: name.to_owned(), color, members, note });
}

#[test]
fn two_tables_with_three_references() {
    let mut build = Builder::new("Three references");
    let all = several(&mut build, &["Article", "Person"]);
    for name in ["author", "editor", "reviewer"] {
        refer(&mut build, all[0], name, all[1]);
    }
    check(&build, "three_references");
}

#[test]
fn references_to_oneself() {
    let mut build = Builder::new("Self references");
    let all = several(&mut build, &["Category", "Person"]);
    refer(&mut build, all[0], "parent", all[0]);
    refer(&mut build, all[0], "alias", all[0]);
    refer(&mut build, all[1], "manager", all[1]);
    refer(&mut build, all[1], "interest", all[0]);
    check(&build, "self_references");
}

#[test]
fn a_row_that_refers_to_itself() {
    let mut build = Builder::new("Row loop");
    let all = several(&mut build, &["Party"]);
    let id = build.project.model.entity(all[0]).unwrap().fields[0].id;
    build.reference(all[0], &[id], all[0]);
    build.field(all[0], "name", DataType::STRING);
    check(&build, "row_loop");
}

#[test]
fn a_star() {
    let mut build = Builder::new("Star");
    let names = ["Sale", "Date", "Store", "Product", "Customer", "Promotion", "Employee"];
    let all = several(&mut build, &names);
    for (place, name) in names.iter().enumerate().skip(1) {
        refer(&mut build, all[0], &name.to_lowercase(), all[place]);
    }
    check(&build, "star");
}

#[test]
fn a_cycle_of_three() {
    let mut build = Builder::new("Cycle");
    let all = several(&mut build, &["Rock", "Paper", "Scissors"]);
    for (from, to) in [(0, 1), (1, 2), (2, 0)] {
        refer(&mut build, all[from], "beatenBy", all[to]);
    }
    check(&build, "cycle");
}

#[test]
fn composite_keys() {
    let mut build = Builder::new("Composite keys");
    let order = build.table("order_line");
    let shipment = build.table("shipment");
    let key: Vec<_> =
        ["order_id", "line"].map(|name| build.required(order, name, DataType::INTEGER)).to_vec();
    build.primary_key(order, &key);
    let fields: Vec<_> = ["shipped_order", "shipped_line"]
        .map(|name| build.required(shipment, name, DataType::INTEGER))
        .to_vec();
    build.reference(shipment, &fields, order);
    check(&build, "composite_keys");
}

#[test]
fn a_hub_with_sixty() {
    let mut build = Builder::new("Hub");
    let hub = build.collection("User");
    for number in 0..60 {
        let other = build.collection(&format!("Entity{number}"));
        refer(&mut build, other, "createdBy", hub);
    }
    check(&build, "hub");
}

#[test]
fn areas_with_lines_between() {
    let mut build = Builder::new("Areas");
    let all = several(&mut build, &["Order", "Line", "Product", "Stock", "Person"]);
    for (from, to) in [(1, 0), (1, 2), (3, 2), (0, 4)] {
        refer(&mut build, all[from], "of", all[to]);
    }
    area(&mut build, "Sales", &all[..2]);
    area(&mut build, "Warehouse", &all[2..4]);
    check(&build, "areas");
}

#[test]
fn islands() {
    let mut build = Builder::new("Islands");
    let all = several(&mut build, &["A", "B", "C", "D", "E", "F", "Alone", "Setting"]);
    for (from, to) in [(0, 1), (1, 2), (3, 4), (4, 5), (5, 3)] {
        refer(&mut build, all[from], "next", all[to]);
    }
    check(&build, "islands");
}

#[test]
fn a_chain() {
    let mut build = Builder::new("Chain");
    let all = several(&mut build, &["One", "Two", "Three", "Four", "Five", "Six", "Seven"]);
    for pair in all.windows(2) {
        refer(&mut build, pair[1], "before", pair[0]);
    }
    check(&build, "chain");
}

#[test]
fn many_to_many_both_ways() {
    let mut build = Builder::new("Many to many");
    let all = several(&mut build, &["Student", "Course", "Room"]);
    build.many_to_many(all[0], all[1]);
    build.many_to_many(all[1], all[0]);
    build.many_to_many(all[1], all[2]);
    check(&build, "many_to_many");
}

#[test]
fn enumerations_near_their_users() {
    let mut build = Builder::new("Enumerations");
    let all = several(&mut build, &["Task", "Project"]);
    let state = build.enumeration("State", &["open", "done"]);
    let color = build.enumeration("Color", &["red", "blue"]);
    refer(&mut build, all[0], "project", all[1]);
    build.field(all[0], "state", DataType::Enumeration(state));
    build.field(all[1], "color", DataType::Enumeration(color));
    check(&build, "enumerations");
}
