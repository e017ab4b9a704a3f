//! `lunette render`: a diagram as SVG, PNG or PDF.

use std::path::PathBuf;

use crate::base::diagnostic::Diagnostic;
use crate::cli::failure::{Failure, Status};
use crate::cli::input::{self, InputArguments};
use crate::cli::terminal;
use crate::export::{PictureOptions, image};
use crate::files::save::write_atomic;
use crate::render::{self, Background, ImageFormat, ImageOptions};
use crate::scene::theme::ThemeKind;

/// Arguments of `render`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    /// The picture to write; its ending decides the format
    #[arg(short, long, value_name = "OUT.svg|png|pdf")]
    output: PathBuf,
    /// The diagram to draw, when it is not the first one
    #[arg(long, value_name = "NAME")]
    diagram: Option<String>,
    /// The colors
    #[arg(long, value_enum, default_value_t)]
    theme: ThemeArgument,
    /// Pixels per unit: 2 makes a PNG twice as wide and high
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    scale: f64,
    /// Leave the ground transparent
    #[arg(long, value_enum, value_name = "none")]
    background: Option<BackgroundArgument>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum ThemeArgument {
    #[default]
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum BackgroundArgument {
    None,
}

/// Draws one diagram.
pub fn run(arguments: &Arguments) -> Result<Status, Failure> {
    let format = image_format(arguments)?;
    let input = input::read_sound(&arguments.input)?;
    let diagram = input::diagram(&input.project, arguments.diagram.as_deref())?;
    let size = input.project.model.entities().len() as f64 * arguments.scale.powi(2).max(1.0);
    let progress = terminal::percent_bar("drawing", size as usize);
    let theme = match arguments.theme {
        ThemeArgument::Light => ThemeKind::Light,
        ThemeArgument::Dark => ThemeKind::Dark,
    };
    let background = match arguments.background {
        Some(BackgroundArgument::None) => Background::Transparent,
        None => Background::Ground,
    };
    let image_options = ImageOptions { scale: arguments.scale, background };
    let options = PictureOptions { theme, image: image_options, part: None };
    let mut tell = |done: f64| progress.set_position((done * 100.0) as u64);
    let bytes = image(&input.project, diagram, format, &options, &mut tell).map_err(|error| {
        Failure::cannot_use(&arguments.output, Diagnostic::error(error.to_string()))
    })?;
    write_atomic(&arguments.output, &bytes)?;
    Ok(Status::Done)
}

fn image_format(arguments: &Arguments) -> Result<&'static ImageFormat, Failure> {
    let ending = arguments.output.extension().unwrap_or_default().to_string_lossy();
    render::format_named(&ending).ok_or_else(|| {
        let unknown = Diagnostic::error("cannot tell the image format");
        let endings: Vec<_> = render::ALL.iter().map(|format| format.id).collect();
        let hint = format!("give it one of these endings: {}", endings.join(", "));
        Failure::cannot_use(&arguments.output, unknown.with_hint(hint))
    })
}
