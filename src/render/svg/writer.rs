//! Writes the elements of an SVG, each on a line of its own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::base::font::web::web_bytes;
use crate::base::font::{FontFace, TextMeasurer};
use crate::base::geom::{Point, Rect, Vec2};
use crate::render::svg::attributes::{opacity, paint, path_data, rounded_rect_data};
use crate::render::svg::markup::{Markup, Value};
use crate::render::svg::{Reader, SvgOptions, Used};
use crate::scene::icons::STROKE_WIDTH;
use crate::scene::{Anchor, Group, Item, Paint, RectItem, TextItem};

/// Writes elements, each on a line of its own.
pub(super) struct Writer {
    markup: Markup,
    reader: Reader,
}

impl Writer {
    /// Opens an SVG that shows that part of the world.
    pub(super) fn start(bounds: Rect, options: &SvgOptions) -> Self {
        let (width, height) = (bounds.width(), bounds.height());
        let mut markup = Markup::default();
        markup.begin("svg");
        markup.attribute("xmlns", "http://www.w3.org/2000/svg");
        markup.attribute("viewBox", Value::numbers([bounds.x0, bounds.y0, width, height]));
        markup.attribute("width", width * options.scale);
        markup.attribute("height", height * options.scale);
        markup.attribute("role", "img");
        markup.attribute("font-family", "Inter, system-ui, sans-serif");
        markup.attribute("fill", "none");
        markup.attribute("stroke-linecap", "round");
        markup.attribute("stroke-linejoin", "round");
        markup.end_open();
        Self { markup, reader: options.reader }
    }

    /// Closes the SVG.
    pub(super) fn finish(mut self) -> String {
        self.markup.close("svg");
        self.markup.finish()
    }

    /// An element around a text, unless that is empty.
    pub(super) fn element_with_text(&mut self, name: &'static str, text: &str) {
        if !text.is_empty() {
            self.markup.begin(name);
            self.markup.end_around(name, &Value::text(text));
        }
    }

    /// The parts of the fonts that the picture uses, so that it looks the same everywhere.
    pub(super) fn fonts(&mut self, used: &Used) {
        let mut rules = Value::default();
        for (face, parts) in &used.fonts {
            for part in parts {
                let Some(bytes) = web_bytes(*face, *part) else { continue };
                rules.push([
                    "    @font-face { font-family: ".into(),
                    face.family().into(),
                    "; font-weight: ".into(),
                    face.weight().into(),
                    "; unicode-range: ".into(),
                    Value::text(&part.unicode_range()),
                    "; src: url(data:font/woff2;base64,".into(),
                    Value::text(&STANDARD.encode(bytes)),
                    ") format('woff2'); }\n".into(),
                ]);
            }
        }
        if !rules.is_empty() {
            self.markup.begin("style");
            self.markup.end_around_lines("style", &rules);
        }
    }

    /// The icons that the picture uses, each once.
    pub(super) fn icons(&mut self, used: &Used) {
        if used.icons.is_empty() {
            return;
        }
        self.markup.begin("defs");
        self.markup.end_open();
        for icon in &used.icons {
            self.markup.begin("path");
            self.markup.attribute("id", icon.as_str());
            self.markup.attribute("stroke-width", STROKE_WIDTH);
            self.markup.attribute("d", path_data(&icon.path()));
            self.markup.end_empty();
        }
        self.markup.close("defs");
    }

    /// An item with all that is in it.
    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Group(group) => self.group(group),
            Item::Rect(rect) => self.rect(rect),
            Item::Path(path) => {
                self.markup.begin("path");
                paint(&path.paint, &mut self.markup);
                self.markup.attribute("d", path_data(&path.path));
                self.markup.end_empty();
            }
            Item::Text(text) => self.text(text),
            Item::Icon(icon) => {
                let Point { x, y } = icon.center;
                self.markup.begin("use");
                self.markup.attribute("href", Value::of(["#".into(), icon.icon.as_str().into()]));
                self.markup.attribute("x", x);
                self.markup.attribute("y", y);
                self.markup.attribute("stroke", icon.color);
                opacity("stroke-opacity", icon.color, &mut self.markup);
                self.markup.end_empty();
            }
        }
    }

    fn group(&mut self, group: &Group) {
        self.markup.begin("g");
        if let Some(target) = &group.target {
            self.markup.attribute("id", Value::text(&target.to_string()));
        }
        if group.offset != Vec2::ZERO {
            let offset = Value::numbers([group.offset.x, group.offset.y]);
            self.markup
                .attribute("transform", Value::of(["translate(".into(), offset, ")".into()]));
        }
        self.markup.end_open();
        if self.reader == Reader::Anyone {
            self.element_with_text("title", &group.label);
        }
        for item in &group.items {
            self.item(item);
        }
        self.markup.close("g");
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, item: &RectItem) {
        let RectItem { rect, top_radius, bottom_radius, paint: painted } = item;
        if top_radius == bottom_radius {
            self.markup.begin("rect");
            paint(painted, &mut self.markup);
            self.markup.attribute("x", rect.x0);
            self.markup.attribute("y", rect.y0);
            self.markup.attribute("width", rect.width());
            self.markup.attribute("height", rect.height());
            if *top_radius > 0.0 {
                self.markup.attribute("rx", *top_radius);
            }
        } else {
            self.markup.begin("path");
            paint(painted, &mut self.markup);
            self.markup.attribute("d", rounded_rect_data(*rect, *top_radius, *bottom_radius));
        }
        self.markup.end_empty();
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
        let markup = &mut self.markup;
        markup.begin("text");
        markup.attribute("x", x);
        markup.attribute("y", y);
        markup.attribute("font-size", item.size);
        if item.face.weight() != 400 {
            markup.attribute("font-weight", item.face.weight());
        }
        if item.face == FontFace::Mono {
            let family = Value::of([item.face.family().into(), ", monospace".into()]);
            markup.attribute("font-family", family);
        }
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => markup.attribute("text-anchor", "middle"),
            Anchor::End => markup.attribute("text-anchor", "end"),
        }
        if let Some(width) = width {
            markup.attribute("textLength", width);
            markup.attribute("lengthAdjust", "spacingAndGlyphs");
        }
        if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
            markup.attribute("xml:space", "preserve");
        }
        markup.attribute("fill", item.color);
        opacity("fill-opacity", item.color, markup);
        markup.end_around("text", &Value::text(text));
    }
}
