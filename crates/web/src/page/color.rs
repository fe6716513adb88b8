//! Colours of a chat widget, and text that can be read on them (WCAG 2.2).

use std::fmt;
use std::str::FromStr;

/// The least contrast of text of normal size: WCAG 2.2, success criterion 1.4.3.
pub const TEXT_CONTRAST: f64 = 4.5;

/// A colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

impl Color {
    /// Black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };
    /// The surface that messages stand on in the dark theme, as in the design tokens.
    pub const DARK_SURFACE: Self = Self { red: 0x19, green: 0x19, blue: 0x1c };

    /// The relative luminance, 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast ratio with another colour, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever reads better on this colour. One of them always reaches [`TEXT_CONTRAST`].
    pub fn ink(self) -> Self {
        if self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) { Self::WHITE } else { Self::BLACK }
    }

    /// The nearest shade of this colour that can be read as text on `surface`.
    pub fn as_text_on(self, surface: Self) -> Self {
        let target = surface.ink();
        let mut shade = self;
        for step in 0..=SHADES {
            shade = self.mixed(target, f64::from(step) / f64::from(SHADES));
            if shade.contrast(surface) >= TEXT_CONTRAST {
                break;
            }
        }
        shade
    }

    /// This colour with `share` (0 to 1) of another mixed in.
    fn mixed(self, other: Self, share: f64) -> Self {
        let mix = |from: u8, to: u8| {
            let value = f64::from(from) + (f64::from(to) - f64::from(from)) * share;
            value.round().clamp(0.0, 255.0) as u8
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }
}

/// How finely a colour is moved towards black or white until it can be read.
const SHADES: u8 = 20;

/// Says that a text is not a colour of the form `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedColor;

impl FromStr for Color {
    type Err = MalformedColor;

    fn from_str(text: &str) -> Result<Self, MalformedColor> {
        let digits = text.strip_prefix('#').ok_or(MalformedColor)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(MalformedColor);
        }
        let [_, red, green, blue] =
            u32::from_str_radix(digits, 16).map_err(|_| MalformedColor)?.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        text.parse().unwrap()
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(color("#4B3fe4").to_string(), "#4b3fe4");
        for bad in ["", "#fff", "4b3fe4", "#4b3fe", "#4b3fe40", "#4b3feg", "#+b3fe4", "red", "#é3fe4"] {
            assert_eq!(bad.parse::<Color>(), Err(MalformedColor), "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((Color::BLACK.contrast(Color::WHITE) - 21.0).abs() < 1e-9);
        assert!((color("#777777").contrast(Color::WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn text_can_be_read_on_and_beside_every_colour() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let accent = Color { red, green, blue };
                    assert!(accent.ink().contrast(accent) >= TEXT_CONTRAST, "{accent}");
                    for surface in [Color::WHITE, Color::DARK_SURFACE] {
                        let text = accent.as_text_on(surface);
                        assert!(text.contrast(surface) >= TEXT_CONTRAST, "{accent} on {surface}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_already_stays() {
        assert_eq!(color("#0b6e4f").as_text_on(Color::WHITE), color("#0b6e4f"));
    }
}
