//! The frame of an area: a tinted ground with the area's name in its upper corner.

use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::Rect;
use crate::layout::metrics::TEXT_SIZE;
use crate::model::area::Area;
use crate::scene::build::SceneContext;
use crate::scene::card_row::centered;
use crate::scene::target::Target;
use crate::scene::{Anchor, Group, Paint};

/// Radius of the corners of frames.
const RADIUS: f64 = 10.0;
/// Distance of the name from the left border.
const TITLE_X: f64 = 16.0;
/// Distance of the name's middle from the upper border.
const TITLE_Y: f64 = 20.0;

/// Draws the frame of an area.
pub fn area_frame(cx: &SceneContext<'_>, area: &Area, rect: Rect) -> Group {
    let shade = cx.theme.shade(area.color);
    let mut group = Group::of(Target::Area(area.id), &area.name);
    group.offset = rect.origin().to_vec2();
    let body = Rect::new(0.5, 0.5, rect.width() - 0.5, rect.height() - 0.5);
    group.rect(body, RADIUS, Paint::stroke(shade.frame_edge, 1.0).filled(shade.frame));
    let room = rect.width() - 2.0 * TITLE_X;
    let name =
        TextMeasurer::shared().elide(&area.name, FontFace::SemiBold, TEXT_SIZE, room).into_owned();
    let style = (FontFace::SemiBold, TEXT_SIZE, shade.ink);
    group.text(centered(&name, (TITLE_X, TITLE_Y), style, Anchor::Start));
    group
}
