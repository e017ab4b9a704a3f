//! Whether a straight line runs over a card.

use crate::base::geom::{Point, Rect};
use crate::layout::spatial::RectIndex;

/// Whether nothing is in the way between two points; touching a border is no obstacle.
pub fn is_clear(a: Point, b: Point, obstacles: &RectIndex) -> bool {
    let around = Rect::from_points(a, b).inflate(0.5, 0.5);
    !obstacles
        .touching(around)
        .filter_map(|number| obstacles.rect(number))
        .any(|rect| crosses(a, b, rect.inflate(-0.5, -0.5)))
}

/// Whether a line enters the inside of a rectangle (Liang and Barsky, 1984).
fn crosses(a: Point, b: Point, rect: Rect) -> bool {
    let direction = b - a;
    let mut enter: f64 = 0.0;
    let mut leave: f64 = 1.0;
    for (start, step, low, high) in
        [(a.x, direction.x, rect.x0, rect.x1), (a.y, direction.y, rect.y0, rect.y1)]
    {
        if step == 0.0 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (first, second) = ((low - start) / step, (high - start) / step);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_entered_is_in_the_way() {
        let index = RectIndex::new(vec![Rect::new(10.0, 10.0, 20.0, 20.0)]);
        assert!(!is_clear(Point::new(0.0, 0.0), Point::new(30.0, 30.0), &index));
        assert!(!is_clear(Point::new(0.0, 15.0), Point::new(30.0, 15.0), &index));
        assert!(is_clear(Point::new(0.0, 10.0), Point::new(30.0, 10.0), &index));
        assert!(is_clear(Point::new(20.0, 15.0), Point::new(40.0, 15.0), &index));
        assert!(is_clear(Point::new(0.0, 12.0), Point::new(12.0, 0.0), &index));
    }
}
