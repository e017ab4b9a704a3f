//! Pictures for the window: diagrams drawn on threads, as textures. What is drawn is what a file
//! would hold.

use eframe::egui::{
    Color32, ColorImage, Context, Painter, Rect as EguiRect, TextureHandle, TextureOptions, pos2,
};

use crate::base::geom::Rect;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::export::{PictureOptions, image, picture};
use crate::render::png::{largest_scale, pixel_size};
use crate::render::{Background, ImageOptions, format_named};
use crate::scene::theme::ThemeKind;

/// A picture that was asked for.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// Whose diagram.
    pub project: Project,
    /// Which one.
    pub diagram: Diagram,
    /// Its colors.
    pub theme: ThemeKind,
    /// What is behind it.
    pub background: Background,
    /// The part that is shown; none is all.
    pub part: Option<Rect>,
    /// The longest side in pixels; the picture is made as large as fits.
    pub longest_side: f64,
}

/// Pixels of a picture, and how large the whole is at 100 %.
#[derive(Clone, Debug)]
pub struct Pixels {
    /// The pixels.
    pub image: ColorImage,
    /// Width and height at 100 %, in world units.
    pub size: (f64, f64),
    /// The largest scale that a pixel format can have.
    pub largest_scale: f64,
}

/// Draws a sketch; none when there is nothing to draw.
pub fn draw(sketch: &Sketch) -> Option<Pixels> {
    let mut options = PictureOptions {
        theme: sketch.theme,
        image: ImageOptions { scale: 1.0, background: sketch.background },
        part: sketch.part,
    };
    let scene = picture(&sketch.project, &sketch.diagram, &options);
    let size = (scene.bounds.width(), scene.bounds.height());
    let longest = size.0.max(size.1).max(1.0);
    options.image.scale = (sketch.longest_side / longest).min(1.0);
    pixel_size(&scene, options.image.scale).ok()?;
    let format = format_named("png")?;
    let bytes = image(&sketch.project, &sketch.diagram, format, &options, &mut |_| ()).ok()?;
    Some(Pixels { image: decode(&bytes)?, size, largest_scale: largest_scale(&scene) })
}

/// The pixels of PNG bytes that we wrote ourselves.
pub fn decode(bytes: &[u8]) -> Option<ColorImage> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut buffer).ok()?;
    let size = [info.width as usize, info.height as usize];
    let (pixels, _) = buffer.get(..info.buffer_size())?.as_chunks::<4>();
    let pixels: Vec<Color32> = pixels
        .iter()
        .map(|[red, green, blue, alpha]| {
            Color32::from_rgba_unmultiplied(*red, *green, *blue, *alpha)
        })
        .collect();
    (pixels.len() == size[0] * size[1]).then(|| ColorImage::new(size, pixels))
}

/// Pixels on the graphics card.
pub struct Texture(TextureHandle);

impl std::fmt::Debug for Texture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Texture").field(&self.0.id()).finish()
    }
}

impl Texture {
    /// A texture of these pixels, smooth when it is drawn smaller.
    pub fn new(ctx: &Context, name: &str, image: ColorImage) -> Self {
        Self(ctx.load_texture(name, image, TextureOptions::LINEAR))
    }

    /// Paints it as large as fits into the middle of `place`, never larger than it is.
    pub fn paint_into(&self, painter: &Painter, place: EguiRect) {
        let size = self.0.size_vec2();
        let fit = (place.width() / size.x).min(place.height() / size.y).min(1.0);
        let shown = EguiRect::from_center_size(place.center(), size * fit);
        let whole = EguiRect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        painter.image(self.0.id(), shown, whole, Color32::WHITE);
    }
}
