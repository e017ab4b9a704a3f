//! The bundled fonts and how wide their texts are: the same on every machine, in every picture.
//!
//! Reading order: this file (the faces), [`display`] (what of a text is shown), [`measurer`] (how
//! wide it is), [`web`] (the fonts that SVG files carry). Nothing here reads a font of the system,
//! and nobody else measures text. Must not know colors, nor what the texts say.

pub mod display;
pub mod measurer;
pub mod web;

pub use display::display_text;
pub use measurer::{LineMetrics, TextMeasurer, TextRun};

/// A bundled font file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FontFace {
    /// Inter Regular.
    #[default]
    Regular,
    /// Inter `SemiBold`.
    SemiBold,
    /// `JetBrains Mono` Regular.
    Mono,
}

impl FontFace {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Regular, Self::SemiBold, Self::Mono];

    /// The font family, as pictures and the window name it.
    pub fn family(self) -> &'static str {
        match self {
            Self::Regular | Self::SemiBold => "Inter",
            Self::Mono => "JetBrains Mono",
        }
    }

    /// The weight, on the scale where 400 is regular.
    pub fn weight(self) -> u16 {
        match self {
            Self::Regular | Self::Mono => 400,
            Self::SemiBold => 600,
        }
    }
}

/// The font file of a face.
pub fn bytes(face: FontFace) -> &'static [u8] {
    match face {
        FontFace::Regular => include_bytes!("../../../assets/fonts/Inter-Regular.otf"),
        FontFace::SemiBold => include_bytes!("../../../assets/fonts/Inter-SemiBold.otf"),
        FontFace::Mono => include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf"),
    }
}
