//! Colors for formats that write them out: one for each token on light paper, and the token that a
//! color comes nearest to.

use crate::base::color::Color;
use crate::model::area::ColorToken;

/// The color that stands for a token on light paper.
pub fn color_of(token: ColorToken) -> Color {
    Color::rgb(match token {
        ColorToken::Slate => 0x64_74_8b,
        ColorToken::Red => 0xdc_26_26,
        ColorToken::Orange => 0xea_58_0c,
        ColorToken::Amber => 0xd9_77_06,
        ColorToken::Green => 0x16_a3_4a,
        ColorToken::Teal => 0x0d_94_88,
        ColorToken::Blue => 0x25_63_eb,
        ColorToken::Violet => 0x7c_3a_ed,
        ColorToken::Pink => 0xdb_27_77,
    })
}

/// The token whose color is nearest.
pub fn token_of(color: Color) -> ColorToken {
    let distance = |token: &ColorToken| {
        let other = color_of(*token);
        let pairs = [(color.red, other.red), (color.green, other.green), (color.blue, other.blue)];
        pairs.iter().map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>()
    };
    ColorToken::ALL.into_iter().min_by_key(distance).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_nearest_to_its_own_color() {
        for token in ColorToken::ALL {
            assert_eq!(token_of(color_of(token)), token);
        }
        assert_eq!(token_of(Color::rgb(0xff_00_00)), ColorToken::Red);
        assert_eq!(token_of(Color::rgb(0x34_98_db)), ColorToken::Blue);
    }
}
