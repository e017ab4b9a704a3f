//! Scene → PDF: one page of vector shapes and selectable text with the used part of our fonts.
//!
//! Must not know what the scene shows.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};

use crate::render::raster::tree;
use crate::render::svg::checked_scale;
use crate::render::{Background, ImageFormat, ImageOptions, Progress, RenderError};
use crate::scene::Scene;

/// Pages for print and review.
pub const FORMAT: ImageFormat = ImageFormat {
    id: "pdf",
    name: "PDF",
    summary: "One page of shapes and selectable text, for print and review",
    media_type: "application/pdf",
    is_raster: false,
    render,
};

/// Points per unit of the scene at a scale of 1: 72 to the inch, of which a unit is a 96th.
const POINTS_PER_UNIT: f64 = 0.75;
/// The longest side of a page that PDF readers must open.
const MAX_SIDE: f64 = 14_400.0;
/// How many items are read at once; more would only need more memory.
const BATCH: usize = 512;

fn render(
    scene: &Scene,
    options: &ImageOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<u8>, RenderError> {
    let scale = checked_scale(options.scale)? * POINTS_PER_UNIT;
    let (width, height) = (scene.bounds.width().max(1.0), scene.bounds.height().max(1.0));
    let scale = scale.min(MAX_SIDE / width.max(height));
    // A page of less than the three points that readers must open is of no use to anybody.
    let points = |length: f64| (length * scale).max(3.0) as f32;
    let size = Size::from_wh(points(width), points(height));
    let page = PageSettings::from_wh(points(width), points(height));
    let (Some(size), Some(page)) = (size, page) else {
        return Err(RenderError::BadScale(options.scale));
    };
    let mut document = Document::new();
    // Without dates and with an identity that follows from the content, the same scene gives the
    // same bytes.
    document.set_metadata(
        Metadata::new()
            .title(scene.title.clone())
            .description(scene.description.clone())
            .creator("Lunette".to_owned()),
    );
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let n_batches = scene.items.len().div_ceil(BATCH).max(1);
    let mut background = options.background;
    for n in 0..n_batches {
        let items = scene.items.iter().skip(n * BATCH).take(BATCH);
        let tree = tree(scene, items, background)?;
        let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
        drawn.ok_or_else(|| RenderError::Library("a shape has no place on the page".to_owned()))?;
        background = Background::Transparent;
        progress((n + 1) as f64 / (n_batches + 1) as f64);
    }
    surface.finish();
    page.finish();
    let bytes = document.finish().map_err(|error| RenderError::Library(format!("{error:?}")))?;
    progress(1.0);
    Ok(bytes)
}
