//! Scene → SVG text, by hand, so that it is small, stable and reads well in a diff.
//!
//! Names and texts are data: they are escaped, and nothing else of them reaches the markup. Must not
//! know what the scene shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::base::color::Color;
use crate::base::font::web::{WebPart, web_bytes};
use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{BezPath, PathEl, Point, Rect, Vec2, rounded};
use crate::render::{Background, ImageFormat, ImageOptions, Progress, RenderError};
use crate::scene::icons::{Icon, STROKE_WIDTH};
use crate::scene::{Anchor, Group, Item, Paint, RectItem, Scene, TextItem};

/// Scalable pictures for browsers and editors.
pub const FORMAT: ImageFormat = ImageFormat {
    id: "svg",
    name: "SVG",
    summary: "Scalable picture for pages and editors; carries its font",
    media_type: "image/svg+xml",
    is_raster: false,
    render,
};

fn render(
    scene: &Scene,
    options: &ImageOptions,
    _: &mut Progress<'_>,
) -> Result<Vec<u8>, RenderError> {
    let scale = checked_scale(options.scale)?;
    let options = SvgOptions { scale, background: options.background, ..SvgOptions::default() };
    Ok(write(scene, scene.items.iter(), &options).into_bytes())
}

/// The scale, if it is one.
pub(super) fn checked_scale(scale: f64) -> Result<f64, RenderError> {
    if scale.is_finite() && scale > 0.0 { Ok(scale) } else { Err(RenderError::BadScale(scale)) }
}

/// How an SVG is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct SvgOptions {
    /// How large it shows where nobody says otherwise.
    pub(super) scale: f64,
    /// What is behind everything.
    pub(super) background: Background,
    /// Who will read it.
    pub(super) reader: Reader,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self { scale: 1.0, background: Background::Ground, reader: Reader::Anyone }
    }
}

/// Who will read an SVG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// A browser or editor, which brings fonts for what ours lack.
    Anyone,
    /// Our own renderer, which has the bundled fonts and no others: boxes stand for the rest.
    Ourselves,
}

/// Writes some of a scene's items.
pub(super) fn write<'a>(
    scene: &Scene,
    items: impl Iterator<Item = &'a Item> + Clone,
    options: &SvgOptions,
) -> String {
    let mut writer = Writer { out: String::new(), depth: 1, reader: options.reader };
    let used = Used::by(items.clone());
    let Rect { x0, y0, .. } = scene.bounds;
    let (width, height) = (scene.bounds.width(), scene.bounds.height());
    let view_box = [x0, y0, width, height].map(number).join(" ");
    let (shown_width, shown_height) =
        (number(width * options.scale), number(height * options.scale));
    let _ = writeln!(
        writer.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view_box}\" width=\"{shown_width}\" \
         height=\"{shown_height}\" role=\"img\" font-family=\"Inter, system-ui, sans-serif\" \
         fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"
    );
    if options.reader == Reader::Anyone {
        writer.element_with_text("title", &scene.title);
        writer.element_with_text("desc", &scene.description);
        writer.fonts(&used);
    }
    writer.icons(&used);
    if options.background == Background::Ground {
        let paint = Paint::fill(scene.ground);
        let rect = RectItem { rect: scene.bounds, top_radius: 0.0, bottom_radius: 0.0, paint };
        writer.rect(&rect);
    }
    for item in items {
        writer.item(item);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// The icons and characters of a scene.
#[derive(Default)]
struct Used {
    icons: BTreeSet<Icon>,
    fonts: BTreeMap<FontFace, BTreeSet<WebPart>>,
}

impl Used {
    fn by<'a>(items: impl Iterator<Item = &'a Item>) -> Self {
        let mut used = Self::default();
        for item in items {
            used.add(item);
        }
        used
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Group(group) => {
                for item in &group.items {
                    self.add(item);
                }
            }
            Item::Icon(icon) => {
                self.icons.insert(icon.icon);
            }
            Item::Text(text) => {
                let parts = self.fonts.entry(text.face).or_default();
                parts.extend(text.text.chars().map(WebPart::of));
            }
            Item::Rect(_) | Item::Path(_) => {}
        }
    }
}

/// Writes elements, each on a line of its own.
struct Writer {
    out: String,
    depth: usize,
    reader: Reader,
}

impl Writer {
    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    fn element_with_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.indent();
            let _ = writeln!(self.out, "<{name}>{}</{name}>", escaped(text));
        }
    }

    /// The parts of the fonts that the picture uses, so that it looks the same everywhere.
    fn fonts(&mut self, used: &Used) {
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

    fn icons(&mut self, used: &Used) {
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

    fn item(&mut self, item: &Item) {
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

    fn rect(&mut self, item: &RectItem) {
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
        let measurer = TextMeasurer::shared();
        let runs = measurer.runs(&item.text, item.face, item.size);
        let width = runs.last().map_or(0.0, |run| run.x + run.width);
        if runs.iter().all(|run| run.is_covered) {
            self.text_element(item, &item.text, item.position, item.anchor, None);
        } else if self.reader == Reader::Anyone {
            // A foreign font has other widths than the box we measured: it is told to fit.
            self.text_element(item, &item.text, item.position, item.anchor, Some(width));
        } else {
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
                    let line = measurer.line(item.face, item.size);
                    let rect = Rect::new(0.0, -line.cap_height, run.width, 0.0).inset((-1.0, 0.0));
                    let paint = Paint::stroke(item.color.with_alpha(item.color.alpha / 2), 1.0);
                    let rect = rect + position.to_vec2();
                    self.rect(&RectItem { rect, top_radius: 1.5, bottom_radius: 1.5, paint });
                }
            }
        }
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

/// A coordinate with at most two decimals.
fn number(value: f64) -> String {
    rounded(value).to_string()
}

fn opacity(what: &str, color: Color) -> String {
    if color.alpha == 255 {
        String::new()
    } else {
        format!(" {what}-opacity=\"{}\"", number(color.opacity()))
    }
}

fn paint(paint: &Paint) -> String {
    let mut attributes = String::new();
    if let Some(fill) = paint.fill {
        let _ = write!(attributes, " fill=\"{}\"{}", fill.hex(), opacity("fill", fill));
    }
    if let Some(stroke) = paint.stroke {
        let color = stroke.color;
        let _ = write!(attributes, " stroke=\"{}\"{}", color.hex(), opacity("stroke", color));
        if stroke.width != 1.0 {
            let _ = write!(attributes, " stroke-width=\"{}\"", number(stroke.width));
        }
        if let Some((on, off)) = stroke.dash {
            let _ = write!(attributes, " stroke-dasharray=\"{} {}\"", number(on), number(off));
        }
    }
    attributes
}

fn point(Point { x, y }: Point) -> String {
    format!("{} {}", number(x), number(y))
}

fn path_data(path: &BezPath) -> String {
    let mut data = String::new();
    for element in path.elements() {
        match element {
            PathEl::MoveTo(to) => {
                let _ = write!(data, "M{}", point(*to));
            }
            PathEl::LineTo(to) => {
                let _ = write!(data, "L{}", point(*to));
            }
            PathEl::QuadTo(control, to) => {
                let _ = write!(data, "Q{} {}", point(*control), point(*to));
            }
            PathEl::CurveTo(first, second, to) => {
                let _ = write!(data, "C{} {} {}", point(*first), point(*second), point(*to));
            }
            PathEl::ClosePath => data.push('Z'),
        }
    }
    data
}

/// A rectangle whose upper and lower corners differ in radius.
fn rounded_rect_data(rect: Rect, top: f64, bottom: f64) -> String {
    let Rect { x0, y0, x1, y1 } = rect;
    let [left, right, t, b] = [x0, x1, top, bottom].map(number);
    let mut data = format!("M{left} {}", number(y0 + top));
    if top > 0.0 {
        let _ = write!(data, "A{t} {t} 0 0 1 {} {}", number(x0 + top), number(y0));
    }
    let _ = write!(data, "H{}", number(x1 - top));
    if top > 0.0 {
        let _ = write!(data, "A{t} {t} 0 0 1 {right} {}", number(y0 + top));
    }
    let _ = write!(data, "V{}", number(y1 - bottom));
    if bottom > 0.0 {
        let _ = write!(data, "A{b} {b} 0 0 1 {} {}", number(x1 - bottom), number(y1));
    }
    let _ = write!(data, "H{}", number(x0 + bottom));
    if bottom > 0.0 {
        let _ = write!(data, "A{b} {b} 0 0 1 {left} {}", number(y1 - bottom));
    }
    data.push('Z');
    data
}

/// A text as XML character data, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}
