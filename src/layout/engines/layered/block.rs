//! A connected piece of a sketch, by numbers of its own.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::base::geom::Size;
use crate::layout::ends::EndMark;
use crate::layout::engines::{Sketch, SketchLink};

/// Cards that hang together, and the links among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// The numbers of its cards in the sketch.
    pub cards: Vec<usize>,
    /// Their sizes.
    pub sizes: Vec<Size>,
    /// The links among them, without those from a card to itself.
    pub links: Vec<BlockLink>,
    /// For each card, the numbers of its links.
    pub links_of: Vec<Vec<usize>>,
}

/// A link of a block, by numbers of cards in the block.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BlockLink {
    /// One card.
    pub a: usize,
    /// The other card.
    pub b: usize,
    /// Distance of its row from the first card's top.
    pub a_offset: f64,
    /// Distance of its row from the second card's top.
    pub b_offset: f64,
    /// How much its shortness matters.
    pub weight: f64,
    /// Width of its label.
    pub label: f64,
}

/// One end of a link seen from the other one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// The other card.
    pub other: usize,
    /// Distance of the other row from that card's top.
    pub other_offset: f64,
    /// Distance of the own row from the own card's top.
    pub own_offset: f64,
    /// How much its shortness matters.
    pub weight: f64,
}

impl Block {
    /// The block of those cards of a sketch; `links_of` holds the links of each of its cards.
    pub(super) fn of(sketch: &Sketch, links_of: &[Vec<usize>], cards: Vec<usize>) -> Self {
        let number_from_card: IndexMap<usize, usize> =
            cards.iter().enumerate().map(|(number, card)| (*card, number)).collect();
        let sizes = cards.iter().filter_map(|card| sketch.sizes.get(*card).copied()).collect();
        let own = cards.iter().flat_map(|card| links_of.get(*card).into_iter().flatten());
        let own: BTreeSet<usize> = own.copied().collect();
        let links: Vec<BlockLink> = own
            .into_iter()
            .filter_map(|link| sketch.links.get(link))
            .filter(|link| link.from != link.to)
            .filter_map(|link| {
                Some(BlockLink {
                    a: *number_from_card.get(&link.from)?,
                    b: *number_from_card.get(&link.to)?,
                    a_offset: link.from_offset,
                    b_offset: link.to_offset,
                    weight: link.weight,
                    label: link.label,
                })
            })
            .collect();
        let mut links_of = vec![Vec::new(); cards.len()];
        for (number, link) in links.iter().enumerate() {
            for card in [link.a, link.b] {
                if let Some(links) = links_of.get_mut(card) {
                    links.push(number);
                }
            }
        }
        Self { cards, sizes, links, links_of }
    }

    /// The block as a sketch of its own.
    pub(super) fn sketch(&self) -> Sketch {
        let links = self.links.iter().map(|link| SketchLink {
            from: link.a,
            to: link.b,
            from_offset: link.a_offset,
            to_offset: link.b_offset,
            weight: link.weight,
            label: link.label,
            marks: (EndMark::Owner, EndMark::Part),
        });
        Sketch { sizes: self.sizes.clone(), links: links.collect(), groups: vec![None; self.len()] }
    }

    /// How many cards it has.
    pub(super) fn len(&self) -> usize {
        self.cards.len()
    }

    /// The size of a card.
    pub(super) fn size(&self, card: usize) -> Size {
        self.sizes.get(card).copied().unwrap_or_default()
    }

    /// The links of a card, seen from it.
    pub(super) fn seen_from(&self, card: usize) -> impl Iterator<Item = Seen> + '_ {
        let numbers = self.links_of.get(card).into_iter().flatten();
        numbers.filter_map(|number| self.links.get(*number)).map(move |link| {
            let BlockLink { a, b, a_offset, b_offset, weight, label: _ } = *link;
            if a == card {
                Seen { other: b, other_offset: b_offset, own_offset: a_offset, weight }
            } else {
                Seen { other: a, other_offset: a_offset, own_offset: b_offset, weight }
            }
        })
    }

    /// For each card, the cards it is linked to, each once.
    pub(super) fn neighbors(&self) -> Vec<Vec<usize>> {
        (0..self.len())
            .map(|card| {
                let mut others: Vec<usize> = self.seen_from(card).map(|seen| seen.other).collect();
                others.sort_unstable();
                others.dedup();
                others
            })
            .collect()
    }
}
