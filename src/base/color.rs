//! Colors in sRGB, and how well one reads on another.
//!
//! Must not know what is colored: themes choose, this only counts.

use std::fmt;

/// A color in sRGB with 8 bits per channel and straight (not premultiplied) opacity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// Opacity: 0 is invisible, 255 hides what is below.
    pub alpha: u8,
}

impl Color {
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self { red: 0, green: 0, blue: 0, alpha: 0 };

    /// The opaque color written `0xRRGGBB`.
    pub const fn rgb(hex: u32) -> Self {
        let [_, red, green, blue] = hex.to_be_bytes();
        Self { red, green, blue, alpha: 255 }
    }

    /// The color written `#rgb`, `#rrggbb` or `#rrggbbaa`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        match digits.len() {
            3 => Some(Self::rgb(
                (value & 0xf00) * 0x1100 + (value & 0x0f0) * 0x110 + (value & 0x00f) * 0x11,
            )),
            6 => Some(Self::rgb(value)),
            8 => {
                let [red, green, blue, alpha] = value.to_be_bytes();
                Some(Self { red, green, blue, alpha })
            }
            _ => None,
        }
    }

    /// The same color with that opacity.
    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        Self { alpha, ..self }
    }

    /// Opacity from 0 to 1.
    pub fn opacity(self) -> f64 {
        f64::from(self.alpha) / 255.0
    }

    /// The opaque part, `#rrggbb`; opacity is written apart where a format can hold it.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// What one sees of this color on an opaque ground.
    #[must_use]
    pub fn over(self, ground: Self) -> Self {
        ground.mix(self.with_alpha(255), self.opacity())
    }

    /// The color a share of the way from this one to another (0 is this one, 1 the other).
    #[must_use]
    pub fn mix(self, other: Self, share: f64) -> Self {
        let channel = |from: u8, to: u8| {
            (f64::from(from) + (f64::from(to) - f64::from(from)) * share.clamp(0.0, 1.0)).round()
                as u8
        };
        Self {
            red: channel(self.red, other.red),
            green: channel(self.green, other.green),
            blue: channel(self.blue, other.blue),
            alpha: channel(self.alpha, other.alpha),
        }
    }

    /// Relative luminance from 0 (black) to 1 (white), as WCAG 2 defines it.
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio of this color, as text, on an opaque ground: 1 to 21, as WCAG 2 defines it.
    pub fn contrast_on(self, ground: Self) -> f64 {
        let (text, ground) = (self.over(ground).luminance(), ground.luminance());
        (text.max(ground) + 0.05) / (text.min(ground) + 0.05)
    }
}

impl fmt::Display for Color {
    /// `#rrggbb`, and `#rrggbbaa` when it is not opaque.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.hex())?;
        if self.alpha == 255 { Ok(()) } else { write!(f, "{:02x}", self.alpha) }
    }
}

impl fmt::Debug for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_reads_back_what_it_wrote() {
        for text in ["#000000", "#1b2c3d", "#ffffff80"] {
            assert_eq!(Color::from_hex(text).map(|color| color.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Color::from_hex("#fa0"), Some(Color::rgb(0xff_aa_00)));
        for text in ["", "#", "#12", "#+12345", "123456", "#gggggg"] {
            assert_eq!(Color::from_hex(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let (black, white) = (Color::rgb(0), Color::rgb(0xff_ff_ff));
        assert!((black.contrast_on(white) - 21.0).abs() < 1e-9);
        assert!((Color::rgb(0x76_76_76).contrast_on(white) - 4.54).abs() < 0.01);
        assert_eq!(black.with_alpha(0).over(white), white);
    }
}
