//! What the real window paints for those who look: where the keyboard is, what a line joins.

use lunette::base::geom::Point;
use lunette::model::graph::Link;

use eframe::egui::epaint::RectShape;
use eframe::egui::{Color32, Key, Modifiers, Pos2, Rect, Shape};

use crate::hand::Hand;

/// All shapes of the last frame, whatever stands inside others.
fn shapes<'a>(hand: &'a Hand<'_>) -> Vec<&'a Shape> {
    fn flat<'a>(shape: &'a Shape, all: &mut Vec<&'a Shape>) {
        match shape {
            Shape::Vec(inner) => inner.iter().for_each(|one| flat(one, all)),
            other => all.push(other),
        }
    }
    let mut all = Vec::new();
    hand.harness.output().shapes.iter().for_each(|one| flat(&one.shape, &mut all));
    all
}

fn accent(hand: &Hand<'_>) -> Color32 {
    hand.harness.ctx.global_style().visuals.selection.stroke.color
}

fn boxes<'a>(hand: &'a Hand<'_>) -> impl Iterator<Item = &'a RectShape> {
    shapes(hand).into_iter().filter_map(|shape| match shape {
        Shape::Rect(rect) => Some(rect),
        _ => None,
    })
}

/// Whether a ring in the accent runs around that, a little off or a little inside.
fn has_ring(hand: &Hand<'_>, around: Rect) -> bool {
    let accent = accent(hand);
    boxes(hand).any(|one| {
        one.stroke.color == accent
            && one.stroke.width >= 1.0
            && one.rect.expand(3.0).contains_rect(around)
            && around.expand(6.0).contains_rect(one.rect)
    })
}

#[test]
fn the_keyboard_is_seen_in_the_explorer_on_a_selected_row_as_well() {
    let mut hand = Hand::with_sample("To-do");
    hand.click("User in the list");
    let row = hand.rect_of("User in the list", 0);
    assert!(!has_ring(&hand, row), "the pointer needs no ring");
    hand.key(Modifiers::COMMAND, Key::F);
    hand.tab_to("User in the list", 0);
    assert!(has_ring(&hand, hand.rect_of("User in the list", 0)));
    hand.press(Key::Tab);
    assert!(!has_ring(&hand, hand.rect_of("User in the list", 0)));
}

#[test]
fn the_keyboard_is_seen_on_a_button_and_in_a_field() {
    let mut hand = Hand::with_sample("To-do");
    hand.key(Modifiers::COMMAND, Key::F);
    assert!(has_ring(&hand, hand.rect_of("Filter", 0)));
    hand.back_to("Zoom in", 0);
    assert!(has_ring(&hand, hand.rect_of("Zoom in", 0)));
}

#[test]
fn the_keyboard_is_seen_on_a_card_that_it_walks_to() {
    let mut hand = Hand::with_sample("To-do");
    hand.press(Key::Tab);
    hand.key(Modifiers::COMMAND, Key::Tab);
    let node = hand.editor().session().focus.expect("the keyboard is at a card");
    assert!(!hand.editor().session().selection.contains(node.into()));
    let card = hand.editor().layout().cards.get(&node).unwrap().rect;
    let ring = on_screen(&mut hand, card.origin());
    let accent = accent(&hand);
    let dashes = shapes(&hand).into_iter().filter(|shape| match shape {
        Shape::LineSegment { points, stroke } => {
            stroke.color == accent && points.iter().any(|one| (one.y - (ring.y - 5.0)).abs() < 1.0)
        }
        _ => false,
    });
    assert!(dashes.count() > 5, "a dashed ring around the card");
}

fn on_screen(hand: &mut Hand<'_>, point: Point) -> Pos2 {
    let at = hand.editor().session().viewport().screen_from_world(point);
    let canvas = hand.window().canvas_rect().unwrap();
    canvas.min + eframe::egui::vec2(at.x as f32, at.y as f32)
}

#[test]
fn a_line_under_the_pointer_lights_the_two_fields_that_it_joins() {
    let mut hand = Hand::with_sample("To-do");
    let model = &hand.editor().project().model;
    let name = |id| model.entity(id).unwrap().name.clone();
    let found = model.references().find_map(|reference| {
        let (from, to) = (reference.from.entity, reference.to.entity);
        let field = model.entity(from)?.field(*reference.from.fields.first()?)?;
        let line = hand.editor().layout().lines.get(&Link::Reference(reference.id))?;
        let (start, end) = (line.points.first()?, line.points.get(1)?);
        let middle = start.midpoint(*end);
        Some((format!("{}.{}", name(from), field.name), format!("{}._id", name(to)), middle))
    });
    let (from, to, middle) = found.unwrap();
    let is_lit = |hand: &Hand<'_>, label: &str| {
        let row = hand.rect_of(label, 0);
        let is_row = |one: &&RectShape| {
            (one.rect.top() - row.top()).abs() < 1.0
                && (one.rect.bottom() - row.bottom()).abs() < 1.0
                && (one.rect.left() - row.left()).abs() < 1.0
        };
        let tint = accent(hand).gamma_multiply(0.6).gamma_multiply(0.14);
        boxes(hand).filter(is_row).any(|one| one.fill == tint)
    };
    assert!(!is_lit(&hand, &from) && !is_lit(&hand, &to));
    let at = on_screen(&mut hand, middle);
    hand.move_to(at);
    hand.frames(2);
    assert!(is_lit(&hand, &from), "{from}");
    assert!(is_lit(&hand, &to), "{to}");
    let away = hand.window().canvas_rect().unwrap().left_bottom();
    hand.move_to(away + eframe::egui::vec2(3.0, -3.0));
    hand.frames(2);
    assert!(!is_lit(&hand, &from) && !is_lit(&hand, &to));
}
