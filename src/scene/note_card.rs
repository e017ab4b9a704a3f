//! A sticky note: tinted paper with a turned corner.

use crate::base::font::FontFace;
use crate::base::geom::{BezPath, Point, Rect};
use crate::layout::metrics::TEXT_SIZE;
use crate::layout::note_text::{LINE_HEIGHT, PADDING, lines};
use crate::model::note::Note;
use crate::scene::build::SceneContext;
use crate::scene::card_row::centered;
use crate::scene::target::Target;
use crate::scene::{Anchor, Group, Paint};

/// Size of the turned corner.
const FOLD: f64 = 12.0;
/// Radius of the other corners.
const RADIUS: f64 = 4.0;

/// Draws a sticky note.
pub fn note_card(cx: &SceneContext<'_>, note: &Note, rect: Rect) -> Group {
    let shade = cx.theme.shade(note.color);
    let mut group = Group::of(Target::Note(note.id), "");
    group.offset = rect.origin().to_vec2();
    let (width, height) = (rect.width(), rect.height());
    let edge = Paint::stroke(shade.note_edge, 1.0);
    group.path(paper(width, height), edge.filled(shade.note));
    group.path(fold(height, width), edge.filled(shade.note_edge));
    let n_fitting = (((height - 2.0 * PADDING) / LINE_HEIGHT).floor().max(0.0)) as usize;
    let style = (FontFace::Regular, TEXT_SIZE, shade.ink);
    let lines = lines(&note.text, width);
    for (idx, line) in lines.iter().take(n_fitting).enumerate() {
        let is_cut = idx + 1 == n_fitting && n_fitting < lines.len();
        let line = if is_cut { format!("{line}…") } else { line.clone() };
        let y = PADDING + LINE_HEIGHT * (idx as f64 + 0.5);
        group.text(centered(&line, (PADDING, y), style, Anchor::Start));
    }
    group
}

/// The outline of the paper, its lower right corner cut off.
fn paper(width: f64, height: f64) -> BezPath {
    let (x0, y0, x1, y1, r) = (0.5, 0.5, width - 0.5, height - 0.5, RADIUS);
    let mut path = BezPath::new();
    path.move_to((x0 + r, y0));
    path.line_to((x1 - r, y0));
    path.quad_to((x1, y0), (x1, y0 + r));
    path.line_to((x1, y1 - FOLD));
    path.line_to((x1 - FOLD, y1));
    path.line_to((x0 + r, y1));
    path.quad_to((x0, y1), (x0, y1 - r));
    path.line_to((x0, y0 + r));
    path.quad_to((x0, y0), (x0 + r, y0));
    path.close_path();
    path
}

/// The turned corner.
fn fold(height: f64, width: f64) -> BezPath {
    let corner = Point::new(width - 0.5, height - 0.5);
    let mut path = BezPath::new();
    path.move_to((corner.x, corner.y - FOLD));
    path.line_to((corner.x - FOLD + 2.0, corner.y - FOLD));
    path.quad_to((corner.x - FOLD, corner.y - FOLD), (corner.x - FOLD, corner.y - FOLD + 2.0));
    path.line_to((corner.x - FOLD, corner.y));
    path.close_path();
    path
}
