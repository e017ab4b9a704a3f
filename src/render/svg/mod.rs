//! Scene → SVG text, by hand, so that it is small, stable and reads well in a diff.
//!
//! Reading order: this file (what is written, for whom), `markup` (XML that no text breaks out of),
//! `writer` (elements), `attributes` (paints and paths). Names and texts are data: only `markup`
//! makes values of them, and what is no value reaches no file. Must not know what the scene shows.

mod attributes;
mod markup;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::font::FontFace;
use crate::base::font::web::WebPart;
use crate::render::svg::writer::Writer;
use crate::render::{Background, ImageFormat, ImageOptions, Progress, RenderError};
use crate::scene::icons::Icon;
use crate::scene::{Item, Paint, RectItem, Scene};

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
    let used = Used::by(items.clone());
    let mut writer = Writer::start(scene.bounds, options);
    if options.reader == Reader::Anyone {
        writer.element_with_text("title", &scene.title);
        writer.element_with_text("desc", &scene.description);
        writer.fonts(&used);
    }
    writer.icons(&used);
    if options.background == Background::Ground {
        let paint = Paint::fill(scene.ground);
        writer.rect(&RectItem { rect: scene.bounds, top_radius: 0.0, bottom_radius: 0.0, paint });
    }
    for item in items {
        writer.item(item);
    }
    writer.finish()
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
