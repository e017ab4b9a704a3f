//! Scene → PNG, in strips, so that a picture of any size needs little memory.
//!
//! Each strip is drawn from the items that touch it alone. Must not know what the scene shows.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, PixelDimensions, Unit};
use resvg::tiny_skia::{Pixmap, Transform};

use crate::base::geom::Rect;
use crate::render::raster::tree;
use crate::render::svg::checked_scale;
use crate::render::{Background, ImageFormat, ImageOptions, Progress, RenderError};
use crate::scene::{Item, Scene};

/// Pictures made of pixels.
pub const FORMAT: ImageFormat = ImageFormat {
    id: "png",
    name: "PNG",
    summary: "Picture of pixels at any scale, also transparent",
    media_type: "image/png",
    is_raster: true,
    render,
};

/// The longest side that common viewers open.
const MAX_SIDE: f64 = 32_767.0;
/// The most pixels in all.
const MAX_PIXELS: f64 = 512.0e6;
/// How many pixels are in memory at once, at four bytes each.
const STRIP_PIXELS: u32 = 8_000_000;
/// Pixels per metre at a scale of 1: 96 to the inch.
const PIXELS_PER_METRE: f64 = 96.0 / 0.0254;

fn render(
    scene: &Scene,
    options: &ImageOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<u8>, RenderError> {
    let (width, height) = pixel_size(scene, options.scale)?;
    let is_opaque = options.background == Background::Ground;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(if is_opaque { ColorType::Rgb } else { ColorType::Rgba });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let density = (PIXELS_PER_METRE * options.scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: density,
        yppu: density,
        unit: Unit::Meter,
    }));
    let mut writer = encoder.write_header().map_err(refused)?;
    let mut stream = writer.stream_writer().map_err(refused)?;
    let extents: Vec<Rect> = scene.items.iter().map(Item::extent).collect();
    let strip_height = (STRIP_PIXELS / width).clamp(1, height);
    let mut top = 0;
    while top < height {
        let rows = strip_height.min(height - top);
        let strip = Strip { top, rows, width, scale: options.scale };
        let pixels = draw_strip(scene, &extents, strip, options.background)?;
        write_rows(&mut stream, &pixels, is_opaque)
            .map_err(|error| RenderError::Library(error.to_string()))?;
        top += rows;
        progress(f64::from(top) / f64::from(height));
    }
    stream.finish().map_err(refused)?;
    writer.finish().map_err(refused)?;
    Ok(bytes)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn refused(error: EncodingError) -> RenderError {
    RenderError::Library(error.to_string())
}

/// How many pixels across and down a scene has at that scale.
pub fn pixel_size(scene: &Scene, scale: f64) -> Result<(u32, u32), RenderError> {
    let scale = checked_scale(scale)?;
    let (width, height) = (scene.bounds.width().max(1.0), scene.bounds.height().max(1.0));
    let pixels = |length: f64| (length * scale).ceil().max(1.0);
    let (across, down) = (pixels(width), pixels(height));
    if across > MAX_SIDE || down > MAX_SIDE || across * down > MAX_PIXELS {
        return Err(RenderError::TooLarge {
            width: across as u64,
            height: down as u64,
            largest_scale: largest_scale(scene),
        });
    }
    Ok((across as u32, down as u32))
}

/// The largest scale at which a scene can be drawn, with two decimals.
pub fn largest_scale(scene: &Scene) -> f64 {
    let (width, height) = (scene.bounds.width().max(1.0), scene.bounds.height().max(1.0));
    // Sides round up to whole pixels, which the margin of one pixel allows for.
    let by_side = (MAX_SIDE - 1.0) / width.max(height);
    let by_area = (MAX_PIXELS / (width * height)).sqrt() * 0.999;
    (by_side.min(by_area) * 100.0).floor() / 100.0
}

/// Some rows of a picture.
#[derive(Clone, Copy)]
struct Strip {
    top: u32,
    rows: u32,
    width: u32,
    scale: f64,
}

fn draw_strip(
    scene: &Scene,
    extents: &[Rect],
    strip: Strip,
    background: Background,
) -> Result<Pixmap, RenderError> {
    let Strip { top, rows, width, scale } = strip;
    let no_room = || RenderError::Library(format!("no memory for {width} × {rows} pixels"));
    let mut pixels = Pixmap::new(width, rows).ok_or_else(no_room)?;
    let world_top = scene.bounds.y0 + f64::from(top) / scale;
    let world_bottom = world_top + f64::from(rows) / scale;
    let touches = |extent: &Rect| extent.y0 <= world_bottom && extent.y1 >= world_top;
    let items = scene.items.iter().zip(extents).filter(|(_, e)| touches(e)).map(|(item, _)| item);
    let tree = tree(scene, items, background)?;
    let scale = scale as f32;
    let transform = Transform::from_row(scale, 0.0, 0.0, scale, 0.0, -(top as f32));
    resvg::render(&tree, transform, &mut pixels.as_mut());
    Ok(pixels)
}

fn write_rows(
    out: &mut impl std::io::Write,
    pixels: &Pixmap,
    is_opaque: bool,
) -> std::io::Result<()> {
    let n_channels = if is_opaque { 3 } else { 4 };
    let mut row = Vec::with_capacity(pixels.width() as usize * n_channels);
    for line in pixels.pixels().chunks_exact(pixels.width() as usize) {
        row.clear();
        for pixel in line {
            let color = pixel.demultiply();
            row.extend_from_slice(&[color.red(), color.green(), color.blue()]);
            if !is_opaque {
                row.push(color.alpha());
            }
        }
        out.write_all(&row)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::color::Color;
    use crate::base::font::FontFace;
    use crate::base::geom::{Point, Vec2};
    use crate::scene::{Anchor, Group, Paint, TextItem};

    /// A column of boxes with texts, and a slanting line through all of them.
    fn column() -> Scene {
        let boxes = (0..8).map(|n| {
            let offset = Vec2::new(10.0, 10.0 + 25.0 * f64::from(n));
            let mut group = Group { offset, ..Group::default() };
            let ink = Color::rgb(0x33_41_55);
            group.rect(Rect::new(0.0, 0.0, 70.0, 21.5), 6.0, Paint::stroke(ink, 1.5));
            let (face, size, anchor) = (FontFace::Regular, 13.0, Anchor::Start);
            let (position, text) = (Point::new(8.0, 15.0), format!("gÅy {n}"));
            group.text(TextItem { position, anchor, face, size, color: ink, text });
            Item::Group(group)
        });
        let mut items: Vec<Item> = boxes.collect();
        let mut line = Group::default();
        let paint = Paint::dashed(Color::rgb(0xdc_4a_4a), 1.5, (6.0, 4.0));
        line.line(Point::new(0.0, 0.0), Point::new(90.0, 220.0), paint);
        items.push(Item::Group(line));
        let bounds = Rect::new(-5.0, -5.0, 95.0, 225.0);
        let (title, description) = (String::new(), String::new());
        Scene { title, description, bounds, ground: Color::rgb(0xff_ff_ff), items }
    }

    #[test]
    fn strips_join_without_a_seam() {
        let scene = column();
        let extents: Vec<Rect> = scene.items.iter().map(Item::extent).collect();
        let (width, height) = pixel_size(&scene, 1.5).unwrap();
        let draw = |top: u32, rows: u32| {
            let strip = Strip { top, rows, width, scale: 1.5 };
            draw_strip(&scene, &extents, strip, Background::Ground).unwrap().take()
        };
        let whole = draw(0, height);
        let parts = [draw(0, 170), draw(170, height - 170)].concat();
        assert_eq!(whole.len(), parts.len());
        // Clipped curves may cover a sample more or less, here and there.
        let differs = |(a, b): &(&u8, &u8)| a.abs_diff(**b) > 2;
        let n_different = whole.iter().zip(&parts).filter(differs).count();
        assert!(n_different < 40, "{n_different} of {} channels differ", whole.len());
        let most = whole.iter().zip(&parts).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(most <= Some(32), "a seam of {most:?}");
    }
}
