//! Free room among rectangles that stay.
//!
//! Must not know what the rectangles are.

use crate::base::geom::{Point, Rect, Size};
use crate::layout::metrics::GRID;
use crate::layout::spatial::RectIndex;

/// Distance that a newcomer keeps sideways; lines run there.
pub const GAP_ACROSS: f64 = 96.0;
/// Distance that a newcomer keeps upwards and downwards.
pub const GAP_ALONG: f64 = 40.0;
/// How far apart the tried places are at first; farther out the steps grow.
const FIRST_STEP: f64 = 32.0;

/// Rectangles that stay, and those that found room among them.
#[derive(Clone, Debug)]
pub struct Room {
    staying: RectIndex,
    newcomers: Vec<Rect>,
    fences: Vec<(usize, Rect)>,
    bounds: Option<Rect>,
}

impl Room {
    /// The room around those rectangles.
    pub fn around(staying: Vec<Rect>) -> Self {
        let bounds = staying.iter().copied().reduce(|a, b| a.union(b));
        Self { staying: RectIndex::new(staying), newcomers: Vec::new(), fences: Vec::new(), bounds }
    }

    /// Marks a rectangle as taken.
    pub fn take(&mut self, rect: Rect) {
        self.newcomers.push(rect);
        self.bounds = Some(self.bounds.map_or(rect, |bounds| bounds.union(rect)));
    }

    /// Keeps a rectangle free for the members of a group.
    pub fn fence(&mut self, group: usize, rect: Rect) {
        self.fences.push((group, rect));
    }

    /// Whether a rectangle of a member of that group keeps its distance from all others.
    pub fn is_free(&self, rect: Rect, group: Option<usize>) -> bool {
        let is_fenced_off =
            |(owner, fence): &(usize, Rect)| Some(*owner) != group && fence.overlaps(rect);
        if self.fences.iter().any(is_fenced_off) {
            return false;
        }
        let with_gap = rect.inflate(GAP_ACROSS - 0.5, GAP_ALONG - 0.5);
        self.staying.touching(with_gap).next().is_none()
            && !self.newcomers.iter().any(|other| other.overlaps(with_gap))
    }

    /// The top left corner, on the grid, of the free place of that size nearest to `wanted`.
    pub fn nearest_free(&self, size: Size, wanted: Point, group: Option<usize>) -> Point {
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        let wanted = Point::new(on_grid(wanted.x), on_grid(wanted.y));
        let bounds = self.bounds.unwrap_or_default();
        let farthest = wanted.distance(bounds.center())
            + bounds.size().to_vec2().hypot()
            + size.to_vec2().hypot()
            + GAP_ACROSS;
        let mut radius = 0.0;
        let mut step = FIRST_STEP;
        while radius <= farthest {
            if let Some(place) = self.free_on_ring((size, group), wanted, radius, step) {
                return place;
            }
            radius += step;
            step = (step * 1.04).min(256.0);
        }
        Point::new(on_grid(bounds.x1 + GAP_ACROSS), wanted.y)
    }

    /// The free place nearest to the middle, among those at that distance from it.
    fn free_on_ring(
        &self,
        (size, group): (Size, Option<usize>),
        wanted: Point,
        radius: f64,
        step: f64,
    ) -> Option<Point> {
        let n_steps = (radius / step).ceil() as i32;
        let offset =
            |n: i32| if n_steps == 0 { 0.0 } else { radius * f64::from(n) / f64::from(n_steps) };
        let on_grid = |value: f64| (value / GRID).round() * GRID;
        // From the middle of each side of the ring to its corners: nearest places first.
        (0..=n_steps)
            .flat_map(|n| {
                let (near, far) = (offset(n), radius);
                [
                    (far, near),
                    (far, -near),
                    (near, far),
                    (-near, far),
                    (-far, near),
                    (-far, -near),
                    (near, -far),
                    (-near, -far),
                ]
            })
            .map(|(dx, dy)| Point::new(on_grid(wanted.x + dx), on_grid(wanted.y + dy)))
            .find(|place| self.is_free(Rect::from_origin_size(*place, size), group))
    }
}
