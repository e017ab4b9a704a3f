//! How wide texts are in the bundled fonts.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use rustybuzz::ttf_parser;
use rustybuzz::{Face, UnicodeBuffer};

use crate::base::font::FontFace;
use crate::base::font::bytes;
use crate::base::font::display::{box_width, display_text, is_joined};

/// Heights of a line of text, in the unit of its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineMetrics {
    /// From the baseline up to the highest letters.
    pub ascent: f64,
    /// From the baseline down to the lowest letters.
    pub descent: f64,
    /// Height of a capital letter.
    pub cap_height: f64,
    /// Height of an `x`.
    pub x_height: f64,
}

impl LineMetrics {
    /// How far below the middle of a row the baseline lies, so that capitals stand in the middle.
    pub fn baseline_below_center(&self) -> f64 {
        self.cap_height / 2.0
    }
}

/// A stretch of text that its face can draw, or one character that it cannot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextRun<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether the face has all of it; else a neutral box stands for it.
    pub is_covered: bool,
    /// Distance of its left edge from the start of the whole text.
    pub x: f64,
    /// Its width.
    pub width: f64,
}

/// Measures texts in the bundled fonts.
///
/// - Widths equal what the pictures draw: advances and pair kerning of the same font files.
/// - Texts without control characters are expected; [`display_text`] makes them so, and widths are
///   those of its result.
#[derive(Debug)]
pub struct TextMeasurer {
    faces: [FaceMetrics; FontFace::ALL.len()],
}

impl TextMeasurer {
    /// The measurer, made at the first call.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<TextMeasurer> = OnceLock::new();
        SHARED.get_or_init(|| Self { faces: FontFace::ALL.map(FaceMetrics::of) })
    }

    fn face(&self, face: FontFace) -> &FaceMetrics {
        let [regular, semi_bold, mono] = &self.faces;
        match face {
            FontFace::Regular => regular,
            FontFace::SemiBold => semi_bold,
            FontFace::Mono => mono,
        }
    }

    /// Width of a text on one line.
    pub fn width(&self, text: &str, face: FontFace, size: f64) -> f64 {
        let metrics = self.face(face);
        let units = metrics.printable_ascii_units(text).unwrap_or_else(|| {
            let text = display_text(text);
            metrics.runs(&text).last().map_or(0.0, |run| run.x + run.width)
        });
        units * size / metrics.units_per_em
    }

    /// Heights of a line of text.
    pub fn line(&self, face: FontFace, size: f64) -> LineMetrics {
        let LineMetrics { ascent, descent, cap_height, x_height } = self.face(face).line;
        LineMetrics {
            ascent: ascent * size,
            descent: descent * size,
            cap_height: cap_height * size,
            x_height: x_height * size,
        }
    }

    /// A display text in pieces: what the face can draw, and each character it cannot.
    pub fn runs<'a>(&self, text: &'a str, face: FontFace, size: f64) -> Vec<TextRun<'a>> {
        let metrics = self.face(face);
        let scale = size / metrics.units_per_em;
        let scaled =
            |run: TextRun<'a>| TextRun { x: run.x * scale, width: run.width * scale, ..run };
        metrics.runs(text).into_iter().map(scaled).collect()
    }

    /// The text if it is no wider than that, else its longest beginning with an ellipsis.
    pub fn elide<'a>(
        &self,
        text: &'a str,
        face: FontFace,
        size: f64,
        max_width: f64,
    ) -> Cow<'a, str> {
        // No letter is narrower than an eighth of its size, so a book is not measured as a whole.
        let most = (max_width.max(0.0) / size * 8.0) as usize + 1;
        let longest = text.char_indices().nth(most).map_or(text.len(), |(offset, _)| offset);
        if longest == text.len() && self.width(text, face, size) <= max_width {
            return Cow::Borrowed(text);
        }
        let beginnings: Vec<&str> = text
            .char_indices()
            .filter(|(offset, character)| *offset <= longest && !is_joined(*character))
            .filter_map(|(offset, _)| text.get(..offset))
            .collect();
        let elided = |beginning: &str| format!("{}…", beginning.trim_end());
        let n_fitting = beginnings
            .partition_point(|beginning| self.width(&elided(beginning), face, size) <= max_width);
        let beginning = n_fitting.checked_sub(1).and_then(|last| beginnings.get(last));
        Cow::Owned(elided(beginning.copied().unwrap_or_default()))
    }
}

const FIRST_PRINTABLE: u8 = b' ';
const PRINTABLE: usize = 95;

/// What is known of one font file, in font units.
struct FaceMetrics {
    shaper: Option<Face<'static>>,
    units_per_em: f64,
    /// For a size of 1.
    line: LineMetrics,
    /// Advances of printable ASCII.
    advances: [i32; PRINTABLE],
    /// Kerning between two printable ASCII characters, row by row of the first one.
    kerning: Vec<i16>,
}

impl fmt::Debug for FaceMetrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaceMetrics")
            .field("units_per_em", &self.units_per_em)
            .finish_non_exhaustive()
    }
}

impl FaceMetrics {
    fn of(face: FontFace) -> Self {
        let shaper = Face::from_slice(bytes(face), 0);
        debug_assert!(shaper.is_some(), "the bundled font {face:?} does not parse");
        let units_per_em =
            shaper.as_ref().map_or(1000.0, |shaper| f64::from(shaper.units_per_em()));
        let line = shaper.as_ref().map_or(LineMetrics::FALLBACK, |s| LineMetrics::of(s));
        let mut metrics =
            Self { shaper, units_per_em, line, advances: [0; PRINTABLE], kerning: Vec::new() };
        metrics.tabulate();
        metrics
    }

    /// Fills the tables of printable ASCII: one line of text per first character holds all pairs.
    fn tabulate(&mut self) {
        let printable = || (FIRST_PRINTABLE..).take(PRINTABLE).map(char::from);
        let Some(shaper) = &self.shaper else { return };
        for (slot, character) in self.advances.iter_mut().zip(printable()) {
            let glyph = shaper.glyph_index(character);
            *slot = glyph.and_then(|g| shaper.glyph_hor_advance(g)).unwrap_or(0).into();
        }
        let mut kerning = Vec::with_capacity(PRINTABLE * PRINTABLE);
        for (first, advance) in printable().zip(self.advances) {
            let pairs: String = printable().flat_map(|second| [first, second]).collect();
            let shaped = shape(shaper, &pairs);
            let firsts = shaped.glyph_positions().iter().step_by(2);
            kerning.extend(firsts.map(|position| (position.x_advance - advance) as i16));
        }
        self.kerning = kerning;
    }

    /// Width of a text of printable ASCII by table; nothing for any other text.
    fn printable_ascii_units(&self, text: &str) -> Option<f64> {
        let mut units = 0;
        let mut row: &[i16] = &[];
        for byte in text.bytes() {
            let place = usize::from(byte.checked_sub(FIRST_PRINTABLE)?);
            units += self.advances.get(place)? + i32::from(row.get(place).copied().unwrap_or(0));
            row = self.kerning.get(place * PRINTABLE..).unwrap_or_default();
        }
        Some(f64::from(units))
    }

    fn runs<'a>(&self, text: &'a str) -> Vec<TextRun<'a>> {
        let mut runs = Vec::new();
        let mut x = 0.0;
        let mut rest = text;
        while !rest.is_empty() {
            let n_covered = rest.find(|c| !self.covers(c)).unwrap_or(rest.len());
            let n_missing = rest.chars().next().map_or(0, char::len_utf8);
            let is_covered = n_covered > 0;
            let (run, tail) = rest.split_at(if is_covered { n_covered } else { n_missing });
            let width = if is_covered {
                self.shaped_units(run)
            } else {
                run.chars().map(box_width).sum::<f64>() * self.units_per_em
            };
            runs.push(TextRun { text: run, is_covered, x, width });
            x += width;
            rest = tail;
        }
        runs
    }

    fn covers(&self, character: char) -> bool {
        self.shaper.as_ref().is_some_and(|shaper| shaper.glyph_index(character).is_some())
    }

    fn shaped_units(&self, text: &str) -> f64 {
        if let Some(units) = self.printable_ascii_units(text) {
            return units;
        }
        let Some(shaper) = &self.shaper else { return 0.0 };
        let shaped = shape(shaper, text);
        shaped.glyph_positions().iter().map(|position| f64::from(position.x_advance)).sum()
    }
}

fn shape(shaper: &Face<'_>, text: &str) -> rustybuzz::GlyphBuffer {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    rustybuzz::shape(shaper, &[], buffer)
}

impl LineMetrics {
    const FALLBACK: Self = Self { ascent: 0.97, descent: 0.24, cap_height: 0.73, x_height: 0.55 };

    fn of(face: &ttf_parser::Face<'_>) -> Self {
        let em = f64::from(face.units_per_em());
        let part = |units: i16| f64::from(units) / em;
        Self {
            ascent: part(face.ascender()),
            descent: -part(face.descender()),
            cap_height: face.capital_height().map_or(Self::FALLBACK.cap_height, part),
            x_height: face.x_height().map_or(Self::FALLBACK.x_height, part),
        }
    }
}
