//! Leads the lines of a first arrangement and widens channels and gaps to what they took.

use crate::base::geom::{Insets, Point, Rect};
use crate::layout::engines::Sketch;
use crate::layout::engines::layered::channels::{Run, channel_width, label_channels, n_lanes};
use crate::layout::engines::layered::columns::CARD_GAP;
use crate::layout::engines::layered::improve::{settle_all, straighten};
use crate::layout::engines::layered::packing::PIECE_GAP;
use crate::layout::engines::layered::{Arranged, Margin};
use crate::layout::metrics::GRID;
use crate::layout::routing::orthogonal::{ways, wires};
use crate::layout::routing::search::Crowds;
use crate::layout::routing::trunks::trunk_numbers;
use crate::layout::routing::{LANE, Path, STUB};
use crate::layout::spatial::RectIndex;

/// A straight piece of a line, and the lane that it shares with others of the same number.
#[derive(Clone, Copy, Debug)]
struct Piece {
    a: Point,
    b: Point,
    lane: (usize, usize),
}

/// Makes room in the blocks for the lines that run there.
pub(super) fn make_room(
    sketch: &Sketch,
    places: &[Point],
    arranged: &mut [Arranged<'_>],
    margins: &mut [Margin],
) {
    let rects = sketch.rects(places);
    let pieces = pieces(sketch, &rects);
    let index = RectIndex::new(
        pieces.iter().map(|piece| Rect::from_points(piece.a, piece.b).inflate(0.5, 0.5)).collect(),
    );
    for block in arranged.iter_mut() {
        widen_channels(block, &rects, &pieces, &index);
        widen_gaps(block, &rects, &pieces, &index);
        settle_all(&mut block.state, 4);
        straighten(&mut block.state);
    }
    for margin in margins {
        margin.around = around(margin.bounds, &pieces, &index);
    }
}

/// The free room that lines need on each side of a rectangle, beyond the usual distance.
fn around(bounds: Rect, pieces: &[Piece], index: &RectIndex) -> Insets {
    let near = PIECE_GAP / 2.0;
    let Rect { x0, y0, x1, y1 } = bounds;
    let room = |strip: Rect, is_upright: bool| {
        let lanes = LANE * lanes_in(strip, is_upright, pieces, index) as f64;
        ((lanes - LANE).max(0.0) / GRID).ceil() * GRID
    };
    Insets::new(
        room(Rect::new(x0 - near, y0, x0, y1), true),
        room(Rect::new(x0, y0 - near, x1, y0), false),
        room(Rect::new(x1, y0, x1 + near, y1), true),
        room(Rect::new(x0, y1, x1, y1 + near), false),
    )
}

/// All pieces of all lines, those at their ends left out.
fn pieces(sketch: &Sketch, rects: &[Rect]) -> Vec<Piece> {
    let connections = sketch.connections(rects);
    let ways = ways(&connections, &[], &RectIndex::new(rects.to_vec()), Crowds::Join);
    let (paths, is_fixed): (Vec<Path>, Vec<bool>) =
        ways.into_iter().map(|way| (way.path, way.is_fixed)).unzip();
    let wires = wires(&connections, &paths, &is_fixed);
    let trunks = trunk_numbers(&wires);
    let mut pieces = Vec::new();
    for (number, wire) in wires.iter().enumerate().filter(|(_, wire)| !wire.is_fixed) {
        let n_inner = wire.points.len().saturating_sub(3);
        let all = wire.points.iter().zip(wire.points.iter().skip(1)).enumerate();
        pieces.extend(all.skip(1).take(n_inner).map(|(first, (a, b))| {
            let lane = match trunks.get(&(number, first)) {
                Some(trunk) => (*trunk, usize::MAX),
                None => (number, first),
            };
            Piece { a: *a, b: *b, lane }
        }));
    }
    pieces
}

/// The lanes that the pieces inside a region need, upright or level ones.
fn lanes_in(region: Rect, is_upright: bool, pieces: &[Piece], index: &RectIndex) -> usize {
    let runs: Vec<Run> = index
        .touching(region)
        .filter_map(|number| pieces.get(number))
        .filter(|piece| (piece.a.x == piece.b.x) == is_upright)
        .map(|piece| {
            let (from, to) =
                if is_upright { (piece.a.y, piece.b.y) } else { (piece.a.x, piece.b.x) };
            Run { row: piece.lane, from: from.min(to), to: from.max(to) }
        })
        .collect();
    n_lanes(&runs)
}

fn widen_channels(block: &mut Arranged<'_>, rects: &[Rect], pieces: &[Piece], index: &RectIndex) {
    let cards = &block.state.block.cards;
    let bounds = |column: usize| {
        let own = block.state.cards(column).iter().filter_map(|card| rects.get(*cards.get(*card)?));
        own.copied().reduce(|a, b| a.union(b))
    };
    let columns: Vec<Option<Rect>> = (0..block.state.stacks.len()).map(bounds).collect();
    let labels = label_channels(&block.state);
    for (number, pair) in columns.windows(2).enumerate() {
        let [Some(left), Some(right)] = pair else { continue };
        let (top, bottom) = (left.y0.min(right.y0), left.y1.max(right.y1));
        let region = Rect::new(left.x1, top, right.x0, bottom);
        if let Some(channel) = block.channels.get_mut(number) {
            let lanes = channel_width(lanes_in(region, true, pieces, index));
            *channel = lanes.max(labels.get(number).copied().unwrap_or(0.0));
        }
    }
}

fn widen_gaps(block: &mut Arranged<'_>, rects: &[Rect], pieces: &[Piece], index: &RectIndex) {
    let cards = &block.state.block.cards;
    for column in &block.state.stacks {
        for pair in column.windows(2) {
            let [above, below] = pair else { continue };
            let rect = |card: usize| rects.get(*cards.get(card)?).copied();
            let (Some(upper), Some(lower)) = (rect(*above), rect(*below)) else { continue };
            let region = Rect::new(upper.x0, upper.y1, upper.x0.max(lower.x0) + GRID, lower.y0);
            let n_lanes = lanes_in(region, false, pieces, index);
            if let Some(gap) = block.state.gaps.get_mut(*above) {
                *gap = CARD_GAP.max(STUB + LANE * (n_lanes as f64 + 1.0));
            }
        }
    }
}
