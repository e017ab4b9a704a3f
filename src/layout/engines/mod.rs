//! The layout engines: from sizes and links to places.
//!
//! Adding one: a file with its functions, and its line in [`ALL`]. [`rings`] grows a picture from one
//! card, [`by_group`] arranges each group within itself.
//! Must not know models or diagrams; what stays where it is is [`arrange`](super::arrange)'s.

pub mod by_group;
mod chance;
pub mod flow;
pub mod grid;
pub mod layered;
pub mod rings;
pub(in crate::layout) mod spacing;
pub(in crate::layout) mod straightening;

use crate::base::geom::{Point, Rect, Size};
use crate::layout::ends::EndMark;
use crate::layout::routing::Connection;
use crate::layout::work::Work;

/// A way of placing cards.
#[derive(Clone, Copy, Debug)]
pub struct Engine {
    /// Its id on the command line.
    pub id: &'static str,
    /// Its name in menus.
    pub name: &'static str,
    /// What it is good for, in one sentence.
    pub description: &'static str,
    /// Places the cards of a sketch: as many points as there are cards, top left corners, around
    /// no place in particular and without overlaps.
    pub place: fn(&Sketch, &Work<'_>) -> Vec<Point>,
    /// Whether places that are about as good may stay when all is arranged anew: not where the engine
    /// is about an order that they would break.
    pub is_steady: bool,
    /// Places the cards of a sketch, all of which hang together, around one of them: the nearer by
    /// links, the nearer to it.
    pub grow: fn(&Sketch, usize, &Work<'_>) -> Vec<Point>,
}

/// THE list of engines; the first one is the usual one.
pub const ALL: &[Engine] = &[layered::ENGINE, flow::LEFT_RIGHT, flow::TOP_DOWN, grid::ENGINE];

/// The engine that places what nobody placed.
pub const DEFAULT: Engine = layered::ENGINE;

/// The engine of that id.
pub fn engine(id: &str) -> Option<&'static Engine> {
    ALL.iter().find(|engine| engine.id == id)
}

/// What an engine knows of a diagram: boxes, links and groups, all by number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sketch {
    /// The sizes of the cards.
    pub sizes: Vec<Size>,
    /// What joins them.
    pub links: Vec<SketchLink>,
    /// The group of each card, when it is in one; groups count from zero.
    pub groups: Vec<Option<usize>>,
}

/// A line of a sketch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SketchLink {
    /// Number of the card it starts at.
    pub from: usize,
    /// Number of the card it ends at.
    pub to: usize,
    /// Distance of its first row from the first card's top.
    pub from_offset: f64,
    /// Distance of its last row from the second card's top.
    pub to_offset: f64,
    /// How much its shortness matters; a reference counts 1.
    pub weight: f64,
    /// Width of its label; zero when it has none.
    pub label: f64,
    /// What is drawn at its start and end.
    pub marks: (EndMark, EndMark),
}

impl Sketch {
    /// The sketch of some of the cards, which are in order.
    #[must_use]
    pub fn part(&self, cards: &[usize]) -> Self {
        let number = |card: usize| cards.binary_search(&card).ok();
        let links = self.links.iter().filter_map(|link| {
            Some(SketchLink { from: number(link.from)?, to: number(link.to)?, ..*link })
        });
        Self {
            sizes: cards.iter().filter_map(|card| self.sizes.get(*card).copied()).collect(),
            links: links.collect(),
            groups: cards.iter().map(|card| self.groups.get(*card).copied().flatten()).collect(),
        }
    }

    /// The cards that a link joins with each card, in the order of the links.
    pub fn neighbors(&self) -> Vec<Vec<usize>> {
        let mut neighbors = vec![Vec::new(); self.sizes.len()];
        for link in self.links.iter().filter(|link| link.from != link.to) {
            for (own, other) in [(link.from, link.to), (link.to, link.from)] {
                neighbors.get_mut(own).into_iter().for_each(|all: &mut Vec<usize>| all.push(other));
            }
        }
        neighbors
    }

    /// What its cards take up at those places.
    pub fn bounds(&self, places: &[Point]) -> Rect {
        self.rects(places).into_iter().reduce(|a, b| a.union(b)).unwrap_or_default()
    }

    /// Its cards at those places.
    pub fn rects(&self, places: &[Point]) -> Vec<Rect> {
        let boxes = places.iter().zip(&self.sizes);
        boxes.map(|(place, size)| Rect::from_origin_size(*place, *size)).collect()
    }

    /// Its links between cards that stand there.
    pub fn connections(&self, rects: &[Rect]) -> Vec<Connection> {
        let connection = |link: &SketchLink| {
            let (from_card, to_card) = (*rects.get(link.from)?, *rects.get(link.to)?);
            Some(Connection {
                from: link.from,
                to: link.to,
                from_card,
                to_card,
                from_y: from_card.y0 + link.from_offset,
                to_y: to_card.y0 + link.to_offset,
                marks: link.marks,
                is_twin: false,
                lane: 0.0,
            })
        };
        self.links.iter().filter_map(connection).collect()
    }
}
