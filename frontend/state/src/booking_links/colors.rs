//! How well a text can be read on a colour written `#rrggbb` (WCAG 2.2, relative luminance and contrast ratio).

/// Whether a text is a colour.
pub fn is_color(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text.chars().skip(1).all(|digit| digit.is_ascii_hexdigit())
}

fn luminance(color: &str) -> f64 {
    let channel = |at: usize| {
        let byte = color.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(0);
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// The contrast ratio of two colours: 1 to 21.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Black or white, whichever is easier to read on a colour.
pub fn ink_on(color: &str) -> &'static str {
    if contrast(color, "#000000") > contrast(color, "#ffffff") { "#000000" } else { "#ffffff" }
}
