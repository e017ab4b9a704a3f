//! Text exporters and image formats in one list, as users see them, and the way from a diagram to a
//! picture.
//!
//! Must not know where files go.

use crate::base::geom::Rect;
use crate::diagram::Diagram;
use crate::document::project::Project;
use crate::formats::Exporter;
use crate::formats::registry::EXPORTERS;
use crate::layout::layout;
use crate::render::{self, ImageFormat, ImageOptions, Progress, RenderError};
use crate::scene::Scene;
use crate::scene::build::{SceneContext, scene};
use crate::scene::theme::{Theme, ThemeKind};

/// Something that a project can be taken away as.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Text files.
    Text(&'static dyn Exporter),
    /// A picture of a diagram.
    Image(&'static ImageFormat),
}

impl Target {
    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Text(exporter) => exporter.info().id,
            Self::Image(format) => format.id,
        }
    }

    /// Its name in menus.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text(exporter) => exporter.info().name,
            Self::Image(format) => format.name,
        }
    }

    /// What it is for, in one line.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Text(exporter) => exporter.info().summary,
            Self::Image(format) => format.summary,
        }
    }
}

/// Everything that a project can be taken away as: text first, then pictures.
pub fn targets() -> impl Iterator<Item = Target> {
    let texts = EXPORTERS.iter().copied().map(Target::Text);
    texts.chain(render::ALL.iter().map(Target::Image))
}

/// What a person chooses about a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PictureOptions {
    /// Its colors.
    pub theme: ThemeKind,
    /// Its size and background.
    pub image: ImageOptions,
    /// The part of the diagram that it shows, in world units; none is all of it, with a title.
    pub part: Option<Rect>,
}

/// A diagram of a project as something to draw.
pub fn picture(project: &Project, diagram: &Diagram, options: &PictureOptions) -> Scene {
    let layout = layout(&project.model, diagram);
    let theme = Theme::of(options.theme);
    let cx = SceneContext::new(&project.model, diagram, &layout, &theme);
    match options.part {
        Some(part) => scene(&cx, "").cropped(part),
        None => scene(&cx, &title(project, diagram)),
    }
}

/// A diagram of a project as the bytes of an image file.
pub fn image(
    project: &Project,
    diagram: &Diagram,
    format: &ImageFormat,
    options: &PictureOptions,
    progress: &mut Progress<'_>,
) -> Result<Vec<u8>, RenderError> {
    (format.render)(&picture(project, diagram, options), &options.image, progress)
}

/// The project's name, with the diagram's where there are several.
fn title(project: &Project, diagram: &Diagram) -> String {
    let name = &project.settings.name;
    if project.diagrams.len() > 1 { format!("{name} · {}", diagram.name) } else { name.clone() }
}
