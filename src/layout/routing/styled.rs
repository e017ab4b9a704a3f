//! The ways of all lines in the style that somebody chose.

use crate::diagram::notation::LineStyle;
use crate::layout::routing::curved::{rounded_curve, single_curve};
use crate::layout::routing::orthogonal::orthogonal_paths;
use crate::layout::routing::shapes::simple_path;
use crate::layout::routing::straight::{straight_line, taut};
use crate::layout::routing::{Connection, Effort, Path};
use crate::layout::spatial::RectIndex;

/// The ways of all connections, in their order; those with a way by hand keep it.
pub fn styled_paths(
    connections: &[Connection],
    by_hand: &[Option<Path>],
    style: LineStyle,
    obstacles: &RectIndex,
    effort: Effort,
) -> Vec<Path> {
    let blocked = |lines: &[Connection], by_hand: &[Option<Path>]| {
        orthogonal_paths(lines, by_hand, obstacles, effort)
    };
    match style {
        LineStyle::Orthogonal => blocked(connections, by_hand),
        LineStyle::Curved => {
            let direct = |line: &Connection| single_curve(line, obstacles);
            around(connections, by_hand, direct, blocked, |path, _| {
                path.points = rounded_curve(&path.points);
                path.is_curve = true;
            })
        }
        LineStyle::Straight => {
            let direct = |line: &Connection| straight_line(line, obstacles);
            around(connections, by_hand, direct, blocked, |path, origin| {
                if origin == Origin::Search {
                    path.points = taut(&path.points, obstacles);
                }
            })
        }
    }
}

/// Ways in that style that mind cards where that is cheap; those with a way by hand keep it.
pub fn draft_paths(
    connections: &[Connection],
    by_hand: &[Option<Path>],
    style: LineStyle,
    obstacles: &RectIndex,
) -> Vec<Path> {
    let draft = |connection: &Connection| {
        let direct = match style {
            LineStyle::Orthogonal => None,
            LineStyle::Curved => single_curve(connection, obstacles),
            LineStyle::Straight => straight_line(connection, obstacles),
        };
        direct.unwrap_or_else(|| {
            let mut path = simple_path(connection, obstacles);
            if style == LineStyle::Curved {
                path.points = rounded_curve(&path.points);
                path.is_curve = true;
            }
            path
        })
    };
    let all = connections.iter().zip(by_hand);
    all.map(|(connection, by_hand)| by_hand.clone().unwrap_or_else(|| draft(connection))).collect()
}

/// Who found a way that is not direct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Person,
    Search,
}

/// Direct ways where they are free; the others are led around cards and then brought into style.
fn around(
    connections: &[Connection],
    by_hand: &[Option<Path>],
    direct: impl Fn(&Connection) -> Option<Path>,
    lead: impl Fn(&[Connection], &[Option<Path>]) -> Vec<Path>,
    bring_into_style: impl Fn(&mut Path, Origin),
) -> Vec<Path> {
    let mut blocked: Vec<Connection> = Vec::new();
    let mut blocked_by_hand: Vec<Option<Path>> = Vec::new();
    let direct: Vec<Option<Path>> = connections
        .iter()
        .zip(by_hand)
        .map(|(connection, by_hand)| {
            let path = if by_hand.is_some() { None } else { direct(connection) };
            if path.is_none() {
                blocked.push(*connection);
                blocked_by_hand.push(by_hand.clone());
            }
            path
        })
        .collect();
    let mut led_around = lead(&blocked, &blocked_by_hand).into_iter();
    direct
        .into_iter()
        .zip(by_hand)
        .map(|(path, by_hand)| {
            path.unwrap_or_else(|| {
                let mut path = led_around.next().unwrap_or_default();
                let origin = if by_hand.is_some() { Origin::Person } else { Origin::Search };
                bring_into_style(&mut path, origin);
                path
            })
        })
        .collect()
}
