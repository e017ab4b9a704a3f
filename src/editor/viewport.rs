//! Pan and zoom: which part of the world the canvas shows. Must not know what is there.

use crate::base::geom::{Point, Rect, Size, Vec2};

/// Smallest zoom.
pub const MIN_ZOOM: f64 = 0.02;
/// Largest zoom.
pub const MAX_ZOOM: f64 = 4.0;
/// Largest zoom that fitting chooses by itself.
const MAX_FIT_ZOOM: f64 = 1.25;
/// Room that fitting leaves around what it shows, in screen units.
const FIT_MARGIN: f64 = 48.0;
/// The stops of zooming by key.
const STOPS: [f64; 17] =
    [0.02, 0.03, 0.05, 0.08, 0.12, 0.17, 0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0];

/// The window onto one diagram.
///
/// - `zoom` stays between [`MIN_ZOOM`] and [`MAX_ZOOM`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Size of the canvas on the screen.
    size: Size,
    /// The point of the world at the canvas's top left corner.
    origin: Point,
    /// Screen units per world unit.
    zoom: f64,
    /// What is shown whole whatever the size, until somebody moves the view.
    fitted: Option<Rect>,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { size: Size::new(1200.0, 800.0), origin: Point::ORIGIN, zoom: 1.0, fitted: None }
    }
}

impl Viewport {
    /// Size of the canvas on the screen.
    pub fn size(&self) -> Size {
        self.size
    }

    /// Screen units per world unit.
    pub fn zoom(&self) -> f64 {
        self.zoom
    }

    /// The point of the world at the canvas's top left corner.
    pub fn origin(&self) -> Point {
        self.origin
    }

    /// The part of the world that is seen.
    pub fn visible(&self) -> Rect {
        Rect::from_origin_size(self.origin, self.size / self.zoom)
    }

    /// Where a point of the screen is in the world.
    pub fn world_from_screen(&self, screen: Point) -> Point {
        self.origin + screen.to_vec2() / self.zoom
    }

    /// Where a point of the world is on the screen.
    pub fn screen_from_world(&self, world: Point) -> Point {
        ((world - self.origin) * self.zoom).to_point()
    }

    /// Where a rectangle of the world is on the screen.
    pub fn screen_rect_from_world(&self, world: Rect) -> Rect {
        let corner = self.screen_from_world(world.origin());
        Rect::from_origin_size(corner, world.size() * self.zoom)
    }

    /// The canvas has that size now; the middle of what was seen stays where it is seen.
    pub fn resize(&mut self, size: Size) {
        if size.width <= 0.0 || size.height <= 0.0 || size == self.size {
            return;
        }
        let change = (size.to_vec2() - self.size.to_vec2()) / (2.0 * self.zoom);
        self.size = size;
        match self.fitted {
            Some(world) => self.stay_fitted(world),
            None => self.origin -= change,
        }
    }

    /// Moves the content by that much on the screen.
    pub fn pan(&mut self, by: Vec2) {
        self.origin -= by / self.zoom;
        self.fitted = None;
    }

    /// Sets the zoom so that the world under a point of the screen stays there.
    pub fn zoom_to(&mut self, zoom: f64, at: Point) {
        let fixed = self.world_from_screen(at);
        self.zoom = zoom.clamp(MIN_ZOOM, MAX_ZOOM);
        self.origin = fixed - at.to_vec2() / self.zoom;
        self.fitted = None;
    }

    /// Scales the zoom so that the world under a point of the screen stays there.
    pub fn zoom_by(&mut self, factor: f64, at: Point) {
        if factor.is_finite() && factor > 0.0 {
            self.zoom_to(self.zoom * factor, at);
        }
    }

    /// The middle of the canvas on the screen.
    pub fn middle(&self) -> Point {
        (self.size.to_vec2() / 2.0).to_point()
    }

    /// Goes to the next stop of zooming in.
    pub fn zoom_in(&mut self) {
        let next = STOPS.into_iter().find(|stop| *stop > self.zoom * 1.001);
        self.zoom_to(next.unwrap_or(MAX_ZOOM), self.middle());
    }

    /// Goes to the next stop of zooming out.
    pub fn zoom_out(&mut self) {
        let next = STOPS.into_iter().rev().find(|stop| *stop < self.zoom * 0.999);
        self.zoom_to(next.unwrap_or(MIN_ZOOM), self.middle());
    }

    /// Shows all of a rectangle, in the middle, at most a little enlarged.
    pub fn fit(&mut self, world: Rect) {
        if world.width() <= 0.0 && world.height() <= 0.0 {
            self.zoom = 1.0;
            self.center_on(world.origin());
            return;
        }
        let room = Size::new(
            (self.size.width - 2.0 * FIT_MARGIN).max(1.0),
            (self.size.height - 2.0 * FIT_MARGIN).max(1.0),
        );
        let zoom = (room.width / world.width()).min(room.height / world.height());
        self.zoom = zoom.clamp(MIN_ZOOM, MAX_FIT_ZOOM);
        self.center_on(world.center());
    }

    /// Shows all of a rectangle, also when the size changes, until somebody moves the view.
    pub fn stay_fitted(&mut self, world: Rect) {
        self.fit(world);
        self.fitted = Some(world);
    }

    /// Shows a point of the world in the middle.
    pub fn center_on(&mut self, world: Point) {
        self.origin = world - self.middle().to_vec2() / self.zoom;
        self.fitted = None;
    }

    /// Moves as little as possible so that a rectangle is seen, with some room around it.
    pub fn reveal(&mut self, world: Rect) {
        let margin = 24.0 / self.zoom;
        let wanted = world.inflate(margin, margin);
        let seen = self.visible();
        if wanted.width() > seen.width() || wanted.height() > seen.height() {
            self.center_on(world.center());
            return;
        }
        let shift = |low: f64, high: f64, from: f64, to: f64| {
            if low < from { low - from } else { (high - to).max(0.0) }
        };
        let by = Vec2::new(
            shift(wanted.x0, wanted.x1, seen.x0, seen.x1),
            shift(wanted.y0, wanted.y1, seen.y0, seen.y1),
        );
        if by != Vec2::ZERO {
            self.pan(-by * self.zoom);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_world_under_the_pointer() {
        let mut viewport = Viewport::default();
        let pointer = Point::new(300.0, 200.0);
        let before = viewport.world_from_screen(pointer);
        for factor in [1.3, 0.2, 0.01, 900.0] {
            viewport.zoom_by(factor, pointer);
            let after = viewport.world_from_screen(pointer);
            assert!((after - before).hypot() < 1e-9, "{factor}");
            assert!((MIN_ZOOM..=MAX_ZOOM).contains(&viewport.zoom()), "{factor}");
        }
    }

    #[test]
    fn fitting_shows_everything_in_the_middle() {
        let mut viewport = Viewport::default();
        let world = Rect::new(-500.0, 20.0, 4000.0, 900.0);
        viewport.fit(world);
        let seen = viewport.visible();
        assert!(seen.contains(world.origin()) && seen.contains(Point::new(3999.0, 899.0)));
        assert!((seen.center() - world.center()).hypot() < 1e-9);
    }

    #[test]
    fn what_is_shown_at_first_stays_fitted_until_the_view_is_moved() {
        let mut viewport = Viewport::default();
        let world = Rect::new(0.0, 0.0, 4000.0, 900.0);
        viewport.stay_fitted(world);
        viewport.resize(Size::new(600.0, 400.0));
        let mut fitted = Viewport { size: Size::new(600.0, 400.0), ..Viewport::default() };
        fitted.fit(world);
        assert_eq!((viewport.zoom(), viewport.origin()), (fitted.zoom(), fitted.origin()));
        viewport.pan(Vec2::new(5.0, 0.0));
        viewport.resize(Size::new(1200.0, 800.0));
        assert_eq!(viewport.zoom(), fitted.zoom());
    }

    #[test]
    fn revealing_moves_no_further_than_needed() {
        let mut viewport = Viewport::default();
        viewport.reveal(Rect::new(100.0, 100.0, 200.0, 200.0));
        assert_eq!(viewport.origin(), Point::ORIGIN);
        viewport.reveal(Rect::new(1300.0, 100.0, 1400.0, 200.0));
        assert_eq!(viewport.origin(), Point::new(224.0, 0.0));
    }
}
