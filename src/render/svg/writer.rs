//! Writes the elements of an SVG, each on a line of its own.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::base::font::web::web_bytes;
use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{Point, Rect, Vec2};
use crate::render::svg::attributes::{
    escaped, number, opacity, paint, path_data, rounded_rect_data,
};
use crate::render::svg::{Reader, SvgOptions, Used};
use crate::scene::icons::STROKE_WIDTH;
use crate::scene::{Anchor, Group, Item, Paint, RectItem, TextItem};

/// Writes elements, each on a line of its own.
pub(super) struct Writer {
    out: String,
    depth: usize,
    reader: Reader,
}

impl Writer {
    /// Opens an SVG that shows that part of the world.
    pub(super) fn start(bounds: Rect, options: &SvgOptions) -> Self {
        let (width, height) = (bounds.width(), bounds.height());
        let view_box = [bounds.x0, bounds.y0, width, height].map(number).join(" ");
        let [width, height] = [width, height].map(|length| number(length * options.scale));
        let out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view_box}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"Inter, system-ui, sans-serif\" \
             fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n"
        );
        Self { out, depth: 1, reader: options.reader }
    }

    /// Closes the SVG.
    pub(super) fn finish(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// An element around a text, unless that is empty.
    pub(super) fn element_with_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.indent();
            let _ = writeln!(self.out, "<{name}>{}</{name}>", escaped(text));
        }
    }

    /// The parts of the fonts that the picture uses, so that it looks the same everywhere.
    pub(super) fn fonts(&mut self, used: &Used) {
        let mut rules = String::new();
        for (face, parts) in &used.fonts {
            for part in parts {
                let Some(bytes) = web_bytes(*face, *part) else { continue };
                let _ = writeln!(
                    rules,
                    "    @font-face {{ font-family: {}; font-weight: {}; unicode-range: {}; \
                     src: url(data:font/woff2;base64,{}) format('woff2'); }}",
                    face.family(),
                    face.weight(),
                    part.unicode_range(),
                    STANDARD.encode(bytes)
                );
            }
        }
        if !rules.is_empty() {
            let _ = writeln!(self.out, "  <style>\n{rules}  </style>");
        }
    }

    /// The icons that the picture uses, each once.
    pub(super) fn icons(&mut self, used: &Used) {
        if used.icons.is_empty() {
            return;
        }
        self.out.push_str("  <defs>\n");
        for icon in &used.icons {
            let _ = writeln!(
                self.out,
                "    <path id=\"{}\" stroke-width=\"{}\" d=\"{}\"/>",
                icon.as_str(),
                number(STROKE_WIDTH),
                path_data(&icon.path())
            );
        }
        self.out.push_str("  </defs>\n");
    }

    /// An item with all that is in it.
    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Group(group) => self.group(group),
            Item::Rect(rect) => self.rect(rect),
            Item::Path(path) => {
                self.indent();
                let data = path_data(&path.path);
                let _ = writeln!(self.out, "<path{} d=\"{data}\"/>", paint(&path.paint));
            }
            Item::Text(text) => self.text(text),
            Item::Icon(icon) => {
                self.indent();
                let Point { x, y } = icon.center;
                let _ = writeln!(
                    self.out,
                    "<use href=\"#{}\" x=\"{}\" y=\"{}\" stroke=\"{}\"{}/>",
                    icon.icon.as_str(),
                    number(x),
                    number(y),
                    icon.color.hex(),
                    opacity("stroke", icon.color)
                );
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.indent();
        self.out.push_str("<g");
        if let Some(target) = &group.target {
            let _ = write!(self.out, " id=\"{target}\"");
        }
        if group.offset != Vec2::ZERO {
            let (x, y) = (number(group.offset.x), number(group.offset.y));
            let _ = write!(self.out, " transform=\"translate({x} {y})\"");
        }
        self.out.push_str(">\n");
        self.depth += 1;
        if self.reader == Reader::Anyone {
            self.element_with_text("title", &group.label);
        }
        for item in &group.items {
            self.item(item);
        }
        self.depth -= 1;
        self.indent();
        self.out.push_str("</g>\n");
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, item: &RectItem) {
        self.indent();
        let RectItem { rect, top_radius, bottom_radius, paint: painted } = item;
        let painted = paint(painted);
        if top_radius == bottom_radius {
            let [x, y, w, h] = [rect.x0, rect.y0, rect.width(), rect.height()].map(number);
            let _ =
                write!(self.out, "<rect{painted} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"");
            if *top_radius > 0.0 {
                let _ = write!(self.out, " rx=\"{}\"", number(*top_radius));
            }
            self.out.push_str("/>\n");
        } else {
            let data = rounded_rect_data(*rect, *top_radius, *bottom_radius);
            let _ = writeln!(self.out, "<path{painted} d=\"{data}\"/>");
        }
    }

    fn text(&mut self, item: &TextItem) {
        let runs = TextMeasurer::shared().runs(&item.text, item.face, item.size);
        let width = runs.last().map_or(0.0, |run| run.x + run.width);
        if runs.iter().all(|run| run.is_covered) {
            self.text_element(item, &item.text, item.position, item.anchor, None);
            return;
        }
        if self.reader == Reader::Anyone {
            // A foreign font has other widths than those we measured: it is told to fit.
            self.text_element(item, &item.text, item.position, item.anchor, Some(width));
            return;
        }
        let start = match item.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => -width / 2.0,
            Anchor::End => -width,
        };
        for run in runs {
            let position = item.position + Vec2::new(start + run.x, 0.0);
            if run.is_covered {
                self.text_element(item, run.text, position, Anchor::Start, None);
            } else if run.width > 0.0 {
                self.missing_character(item, position, run.width);
            }
        }
    }

    /// A neutral box for a character that the face lacks.
    fn missing_character(&mut self, item: &TextItem, position: Point, width: f64) {
        let line = TextMeasurer::shared().line(item.face, item.size);
        let rect = Rect::new(1.0, -line.cap_height, width - 1.0, 0.0) + position.to_vec2();
        let paint = Paint::stroke(item.color.with_alpha(item.color.alpha / 2), 1.0);
        self.rect(&RectItem { rect, top_radius: 1.5, bottom_radius: 1.5, paint });
    }

    fn text_element(
        &mut self,
        item: &TextItem,
        text: &str,
        Point { x, y }: Point,
        anchor: Anchor,
        width: Option<f64>,
    ) {
        self.indent();
        let (x, y, size) = (number(x), number(y), number(item.size));
        let _ = write!(self.out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"");
        if item.face.weight() != 400 {
            let _ = write!(self.out, " font-weight=\"{}\"", item.face.weight());
        }
        if item.face == FontFace::Mono {
            let _ = write!(self.out, " font-family=\"{}, monospace\"", item.face.family());
        }
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        if let Some(width) = width {
            let width = number(width);
            let _ = write!(self.out, " textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"");
        }
        if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
            self.out.push_str(" xml:space=\"preserve\"");
        }
        let (fill, opacity) = (item.color.hex(), opacity("fill", item.color));
        let _ = writeln!(self.out, " fill=\"{fill}\"{opacity}>{}</text>", escaped(text));
    }
}
