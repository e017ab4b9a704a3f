//! A scene, or some of its items, as the tree that resvg draws and krilla writes: our own SVG, read
//! with the bundled fonts and no others.
//!
//! Must not know which bytes come out.

use std::sync::{Arc, OnceLock};

use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::base::font::{FontFace, bytes};
use crate::render::svg::{Reader, SvgOptions, write};
use crate::render::{Background, RenderError};
use crate::scene::{Item, Scene};

/// The bundled fonts, loaded at the first call.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        for face in FontFace::ALL {
            fonts.load_font_data(bytes(face).to_vec());
        }
        Arc::new(fonts)
    });
    Arc::clone(fonts)
}

/// Those items of the scene as a tree whose origin is the upper left corner of the scene's bounds.
pub(super) fn tree<'a>(
    scene: &Scene,
    items: impl Iterator<Item = &'a Item> + Clone,
    background: Background,
) -> Result<Tree, RenderError> {
    let options = SvgOptions { scale: 1.0, background, reader: Reader::Ourselves };
    let svg = write(scene, items, &options);
    let options = Options {
        fontdb: fonts(),
        font_family: FontFace::Regular.family().to_owned(),
        ..Options::default()
    };
    Tree::from_str(&svg, &options).map_err(|error| RenderError::Library(error.to_string()))
}
