//! Colors of the canvas by what they are for, in a light and a dark set of equal care.
//!
//! A set is made of a few grounds and inks and one strong color per token; bands, frames and dimmed
//! texts are mixed from them, so that they stay in harmony. A test holds every text at a contrast of
//! 4.5:1 on its ground. Must not know what window or file it colors.

use crate::base::color::Color;
use crate::model::area::ColorToken;

/// Which set of colors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThemeKind {
    /// Dark ink on light ground.
    #[default]
    Light,
    /// Light ink on dark ground.
    Dark,
}

impl ThemeKind {
    /// Both, in the order in which menus show them.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name on the command line and in preferences.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Colors by what they are for.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Which set it is.
    pub kind: ThemeKind,
    /// The ground of the canvas.
    pub canvas: Color,
    /// The ground of cards.
    pub surface: Color,
    /// Hairlines around and inside cards.
    pub border: Color,
    /// Text.
    pub ink: Color,
    /// Text of second rank: types, notes.
    pub ink_secondary: Color,
    /// Selection, focus, what is being drawn.
    pub accent: Color,
    /// Lines of references.
    pub line: Color,
    /// Lines of embeddings and of uses of enumerations.
    pub line_quiet: Color,
    /// Marks of primary keys.
    pub key: Color,
    /// Badges and marks of second rank.
    pub mark: Color,
    shades: [Shade; ColorToken::ALL.len()],
}

/// The shades of one color token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shade {
    /// The color at its strongest: icons and swatches.
    pub strong: Color,
    /// Text on the band, the frame and the note.
    pub ink: Color,
    /// Text of second rank on the band.
    pub ink_secondary: Color,
    /// Colored words on the ground of cards and panels, such as those of code.
    pub word: Color,
    /// Header bands of cards.
    pub band: Color,
    /// The ground of enumeration cards.
    pub soft: Color,
    /// The line around a card of that color, and below its band.
    pub edge: Color,
    /// The ground of an area's frame.
    pub frame: Color,
    /// The line around an area's frame.
    pub frame_edge: Color,
    /// The ground of a note.
    pub note: Color,
    /// The line around a note.
    pub note_edge: Color,
}

/// Strong color and ink of each token, in the order of [`ColorToken::ALL`].
type Tones = [(u32, u32); ColorToken::ALL.len()];

const LIGHT_TONES: Tones = [
    (0x5a_72_92, 0x30_3f_54),
    (0xdc_4a_4a, 0x8a_1f_1f),
    (0xe0_71_2a, 0x86_3a_0e),
    (0xd0_92_0c, 0x70_48_08),
    (0x2f_9e_5f, 0x17_5a_37),
    (0x17_9b_93, 0x0f_58_54),
    (0x3f_7b_e8, 0x1d_47_96),
    (0x7c_5c_e0, 0x4c_32_9a),
    (0xd4_4c_94, 0x8a_1f_5c),
];

const DARK_TONES: Tones = [
    (0x94_a3_b8, 0xdc_e2_ea),
    (0xf0_7f_7f, 0xfc_d6_d6),
    (0xf2_99_5c, 0xfc_de_c6),
    (0xe3_b3_41, 0xf8_e6_b4),
    (0x5c_c9_8a, 0xca_f0_d8),
    (0x4c_c4_ba, 0xc3_ee_ea),
    (0x6e_a3_f8, 0xd4_e3_fd),
    (0xa5_8c_f4, 0xe2_da_fd),
    (0xee_86_bb, 0xfb_d8_e9),
];

/// How much of a token's strong color is mixed into what it tints.
struct Tint {
    /// Of the inks of words.
    word: f64,
    band: f64,
    soft: f64,
    edge: f64,
    frame: f64,
    frame_edge: f64,
    note: f64,
    note_edge: f64,
}

const LIGHT_TINT: Tint = Tint {
    word: 0.35,
    band: 0.15,
    soft: 0.11,
    edge: 0.34,
    frame: 0.065,
    frame_edge: 0.28,
    note: 0.17,
    note_edge: 0.36,
};
const DARK_TINT: Tint = Tint {
    word: 0.8,
    band: 0.20,
    soft: 0.12,
    edge: 0.34,
    frame: 0.055,
    frame_edge: 0.24,
    note: 0.18,
    note_edge: 0.32,
};

impl Theme {
    /// The set of that kind.
    pub fn of(kind: ThemeKind) -> Self {
        match kind {
            ThemeKind::Light => Self::light(),
            ThemeKind::Dark => Self::dark(),
        }
    }

    /// Dark ink on light ground.
    pub fn light() -> Self {
        let (canvas, surface) = (Color::rgb(0xf7_f8_fa), Color::rgb(0xff_ff_ff));
        Self {
            kind: ThemeKind::Light,
            canvas,
            surface,
            border: Color::rgb(0xdd_e1_e7),
            ink: Color::rgb(0x1a_22_2e),
            ink_secondary: Color::rgb(0x63_6e_7d),
            accent: Color::rgb(0x4a_5c_e8),
            line: Color::rgb(0x6d_78_88),
            line_quiet: Color::rgb(0xa3_ad_ba),
            key: Color::rgb(0xc0_84_08),
            mark: Color::rgb(0x8a_94_a3),
            shades: shades(&LIGHT_TONES, &LIGHT_TINT, surface, surface),
        }
    }

    /// Light ink on dark ground.
    pub fn dark() -> Self {
        let (canvas, surface) = (Color::rgb(0x13_16_1b), Color::rgb(0x1c_20_27));
        Self {
            kind: ThemeKind::Dark,
            canvas,
            surface,
            border: Color::rgb(0x32_38_42),
            ink: Color::rgb(0xe6_ea_f0),
            ink_secondary: Color::rgb(0x97_a1_b0),
            accent: Color::rgb(0x8b_9b_ff),
            line: Color::rgb(0x8d_98_a8),
            line_quiet: Color::rgb(0x56_60_6e),
            key: Color::rgb(0xe3_b3_41),
            mark: Color::rgb(0x77_82_92),
            shades: shades(&DARK_TONES, &DARK_TINT, canvas, surface),
        }
    }

    /// The shades of a color token.
    pub fn shade(&self, token: ColorToken) -> &Shade {
        let [slate, red, orange, amber, green, teal, blue, violet, pink] = &self.shades;
        match token {
            ColorToken::Slate => slate,
            ColorToken::Red => red,
            ColorToken::Orange => orange,
            ColorToken::Amber => amber,
            ColorToken::Green => green,
            ColorToken::Teal => teal,
            ColorToken::Blue => blue,
            ColorToken::Violet => violet,
            ColorToken::Pink => pink,
        }
    }
}

/// Mixes the shades; frames are tints of their own ground, the others of the cards'.
fn shades(tones: &Tones, tint: &Tint, frame_ground: Color, surface: Color) -> [Shade; 9] {
    tones.map(|(strong, ink)| {
        let (strong, ink) = (Color::rgb(strong), Color::rgb(ink));
        let band = surface.mix(strong, tint.band);
        Shade {
            strong,
            ink,
            ink_secondary: ink.mix(band, 0.14),
            word: ink.mix(strong, tint.word),
            band,
            soft: surface.mix(strong, tint.soft),
            edge: surface.mix(strong, tint.edge),
            frame: frame_ground.mix(strong, tint.frame),
            frame_edge: frame_ground.mix(strong, tint.frame_edge),
            note: surface.mix(strong, tint.note),
            note_edge: surface.mix(strong, tint.note_edge),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_reads_well_on_its_ground() {
        for kind in ThemeKind::ALL {
            let theme = Theme::of(kind);
            let mut pairs = vec![
                ("ink on surface", theme.ink, theme.surface),
                ("ink on canvas", theme.ink, theme.canvas),
                ("secondary on surface", theme.ink_secondary, theme.surface),
                ("secondary on canvas", theme.ink_secondary, theme.canvas),
                ("accent on surface", theme.accent, theme.surface),
            ];
            for token in ColorToken::ALL {
                let shade = theme.shade(token);
                pairs.push((token.as_str(), shade.ink, shade.band));
                pairs.push((token.as_str(), shade.ink_secondary, shade.band));
                pairs.push((token.as_str(), shade.ink, shade.soft));
                pairs.push((token.as_str(), shade.ink_secondary, shade.soft));
                pairs.push((token.as_str(), shade.ink, shade.frame));
                pairs.push((token.as_str(), shade.ink, shade.note));
                pairs.push((token.as_str(), shade.ink, theme.surface));
                pairs.push((token.as_str(), shade.word, theme.surface));
                pairs.push((token.as_str(), shade.word, theme.canvas));
                // Labels of lines stand on whatever ground is there.
                pairs.push((token.as_str(), theme.ink_secondary, shade.frame));
            }
            for (what, text, ground) in pairs {
                let contrast = text.contrast_on(ground);
                assert!(contrast >= 4.5, "{kind:?} {what}: {text} on {ground} is {contrast:.2}");
            }
        }
    }

    #[test]
    fn every_line_and_icon_can_be_seen() {
        for kind in ThemeKind::ALL {
            let theme = Theme::of(kind);
            for token in ColorToken::ALL {
                let shade = theme.shade(token);
                for (mark, ground) in [
                    (theme.line, shade.frame),
                    (theme.line, theme.canvas),
                    (theme.key, theme.surface),
                    (theme.mark, theme.surface),
                ] {
                    let contrast = mark.contrast_on(ground);
                    assert!(contrast >= 2.9, "{kind:?} {mark} on {ground} is {contrast:.2}");
                }
            }
        }
    }
}
