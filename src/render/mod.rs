//! Scene → bytes: SVG, PNG and PDF.
//!
//! Reading order: this file (the list and its options), [`svg`] (our own writer), `raster` (a
//! scene as what resvg and krilla read), then [`png`] and [`pdf`], which are derived from that SVG.
//! Only the bundled fonts are used. Must not know models, diagrams or files.

pub mod pdf;
pub mod png;
mod raster;
pub mod svg;

use crate::scene::Scene;

/// An image format.
#[derive(Clone, Copy, Debug)]
pub struct ImageFormat {
    /// Its name on the command line, and the extension of its files.
    pub id: &'static str,
    /// Its name, as people say it.
    pub name: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// Whether pictures are made of pixels, so that the scale decides how many.
    pub is_raster: bool,
    /// Draws a scene.
    pub render: fn(&Scene, &ImageOptions, &mut Progress<'_>) -> Result<Vec<u8>, RenderError>,
}

/// THE list of image formats, in the order in which menus show them.
pub const ALL: [ImageFormat; 3] = [svg::FORMAT, png::FORMAT, pdf::FORMAT];

/// The format of that name or file extension, in any case.
pub fn format_named(name: &str) -> Option<&'static ImageFormat> {
    ALL.iter().find(|format| format.id.eq_ignore_ascii_case(name))
}

/// What is told how far a long drawing has come, from 0 to 1.
pub type Progress<'a> = dyn FnMut(f64) + 'a;

/// What a person chooses about a picture; its theme is already in the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageOptions {
    /// Pixels per unit of the scene; 1 is the size at which the window shows 100 %.
    pub scale: f64,
    /// Whether the scene's ground is painted; else the picture is transparent.
    pub background: Background,
}

impl Default for ImageOptions {
    fn default() -> Self {
        Self { scale: 1.0, background: Background::Ground }
    }
}

/// What is behind everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Background {
    /// The ground of the scene's theme.
    #[default]
    Ground,
    /// Nothing.
    Transparent,
}

/// Why a picture could not be drawn.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The scale is not a number above zero.
    #[error("the scale must be a number above zero, not {0}")]
    BadScale(f64),
    /// There would be too many pixels.
    #[error(
        "{width} × {height} pixels are more than a picture may have; \
         the largest scale for this diagram is {largest_scale}"
    )]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
        /// The largest scale that works, with two decimals.
        largest_scale: f64,
    },
    /// A library refused what we gave it.
    #[error("the picture could not be written: {0}")]
    Library(String),
}
