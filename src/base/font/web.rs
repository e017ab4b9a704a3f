//! The fonts that SVG files carry, so that browsers draw what we measured.
//!
//! Each face comes in two parts; a picture carries those whose characters it uses.

use crate::base::font::FontFace;

/// A part of a face, compressed for the web.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WebPart {
    /// Basic Latin, Latin-1 and common punctuation.
    Latin,
    /// Everything else that the face has.
    Extended,
}

/// First and last character of each range of [`WebPart::Latin`], in order.
const LATIN: [(u32, u32); 14] = [
    (0x20, 0x7e),
    (0xa0, 0xff),
    (0x131, 0x131),
    (0x152, 0x153),
    (0x2c6, 0x2c6),
    (0x2da, 0x2da),
    (0x2dc, 0x2dc),
    (0x2010, 0x2027),
    (0x2030, 0x2030),
    (0x2039, 0x203a),
    (0x20ac, 0x20ac),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
];

impl WebPart {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Latin, Self::Extended];

    /// Which part draws that character.
    pub fn of(character: char) -> Self {
        let code = u32::from(character);
        let is_latin = LATIN.iter().any(|(first, last)| (*first..=*last).contains(&code));
        if is_latin { Self::Latin } else { Self::Extended }
    }

    /// The characters of the part as CSS writes them, so that browsers choose between the two.
    pub fn unicode_range(self) -> String {
        let ranges: Vec<(u32, u32)> = match self {
            Self::Latin => LATIN.to_vec(),
            Self::Extended => {
                let starts = LATIN.iter().map(|(_, last)| last + 1);
                let ends = LATIN.iter().skip(1).map(|(first, _)| first - 1).chain([0xfffd]);
                starts.zip(ends).collect()
            }
        };
        let written: Vec<String> =
            ranges.iter().map(|(first, last)| format!("U+{first:X}-{last:X}")).collect();
        written.join(",")
    }
}

/// The WOFF2 file of a part of a face; the fixed-width face never stands in a picture.
pub fn web_bytes(face: FontFace, part: WebPart) -> Option<&'static [u8]> {
    match (face, part) {
        (FontFace::Regular, WebPart::Latin) => {
            Some(include_bytes!("../../../assets/fonts/Inter-Regular.latin.woff2"))
        }
        (FontFace::Regular, WebPart::Extended) => {
            Some(include_bytes!("../../../assets/fonts/Inter-Regular.extended.woff2"))
        }
        (FontFace::SemiBold, WebPart::Latin) => {
            Some(include_bytes!("../../../assets/fonts/Inter-SemiBold.latin.woff2"))
        }
        (FontFace::SemiBold, WebPart::Extended) => {
            Some(include_bytes!("../../../assets/fonts/Inter-SemiBold.extended.woff2"))
        }
        (FontFace::Mono, _) => None,
    }
}
