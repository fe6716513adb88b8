//! Pages that the server renders for people outside, painted before the program that runs in them has arrived: the chat in
//! its iframe, a shared clip.

mod color;
mod html;

use std::fmt::Display;

use serde::Serialize;

pub use color::{Color, MalformedColor, TEXT_CONTRAST};
pub use html::escape;

/// A theme that was chosen; without one the page follows the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word for it, as in `data-theme`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// A page that says something and holds nothing else, such as that there is nothing here. `nonce` is that of its
/// `Content-Security-Policy`.
pub fn notice_page(
    language: impl Display,
    title: &str,
    detail: &str,
    theme: Option<Theme>,
    nonce: &str,
) -> String {
    let head = head(language, theme, title);
    let (title, detail) = (escape(title), escape(detail));
    format!(
        r#"{head}<style nonce="{nonce}">{NEUTRALS}{ALONE}</style>
</head>
<body>
<main><h1>{title}</h1><p>{detail}</p></main>
</body>
</html>
"#
    )
}

/// How every page begins, up to what its `head` holds of its own. It asks search engines to leave it out.
pub fn head(language: impl Display, theme: Option<Theme>, title: &str) -> String {
    indexed_head(language, theme, title) + "<meta name=\"robots\" content=\"noindex\">\n"
}

/// How a page begins that may be found by search engines.
pub fn indexed_head(language: impl Display, theme: Option<Theme>, title: &str) -> String {
    let theme = theme.map_or(String::new(), |theme| format!(r#" data-theme="{}""#, theme.as_str()));
    let title = escape(title);
    format!(
        r#"<!doctype html>
<html lang="{language}"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
"#
    )
}

/// Surfaces and text of the design tokens' dark theme, for a page that follows the system until its program runs.
const NEUTRALS: &str = "@media (prefers-color-scheme:dark){:root:not([data-theme]){color-scheme:dark;\
--bg:#121214;--surface:#19191c;--surface-2:#1f1f23;--hover:#26262b;--line:#2c2c32;--ink:#ececee;--ink-2:#b0b0b8}}";

/// The look of a page that has no style sheet.
const ALONE: &str = ":root{background:var(--surface,#fff);color:var(--ink,#1d1c1a);font:15px/1.5 system-ui,sans-serif}\
[data-theme=dark]{color-scheme:dark;--surface:#19191c;--ink:#ececee;--ink-2:#b0b0b8}body{margin:0}\
main{display:grid;place-content:center;justify-items:center;gap:8px;min-height:80vh;padding:24px;text-align:center}\
h1{margin:0;font-size:20px}p{max-width:44ch;margin:0;color:var(--ink-2,#5c5a55)}";

/// The accent colour and what reads on and beside it, in the themes that the page may have.
pub fn colors(accent: Color, theme: Option<Theme>) -> String {
    // As specific as the tokens' own rule for the dark theme, and later in the page.
    let rule = |selector: &str, surface: Color| {
        let (ink, text) = (accent.ink(), accent.as_text_on(surface));
        format!("{selector}{{--accent:{accent};--accent-ink:{ink};--accent-text:{text}}}")
    };
    let light = rule(":root", Color::WHITE);
    let dark = rule("[data-theme=dark]", Color::DARK_SURFACE);
    let system = rule(":root:not([data-theme])", Color::DARK_SURFACE);
    match theme {
        Some(Theme::Light) => light,
        Some(Theme::Dark) => format!("{light}{dark}"),
        None => format!("{light}{dark}{NEUTRALS}@media (prefers-color-scheme:dark){{{system}}}"),
    }
}

/// JSON that can stand in a `script` element: nothing in it ends the element or starts a comment.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn data_block(config: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(config)?.replace('<', "\\u003c"))
}
