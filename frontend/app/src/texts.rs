//! Short ways to write translated texts.

use leptos_i18n::{I18nContext, t_string};

use crate::i18n::Locale;

/// The language of the app and its texts.
pub type I18n = I18nContext<Locale>;

/// A text that follows the language: a closure, as components take it. All of them are of one type, so that the code
/// that draws a text is in the bundle once.
pub fn text_of(i18n: I18n, read: fn(I18n) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync {
    move || read(i18n)
}

/// A number of bytes as people read it.
pub fn size_text(i18n: I18n, bytes: i64) -> String {
    const KILO: i64 = 1024;
    const MEGA: i64 = KILO * KILO;
    if bytes >= MEGA {
        let (whole, tenth) = (bytes / MEGA, bytes % MEGA * 10 / MEGA);
        t_string!(i18n, inbox.megabytes, whole = whole, tenth = tenth).to_string()
    } else {
        let count = (bytes / KILO).max(1);
        t_string!(i18n, inbox.kilobytes, count = count).to_string()
    }
}

/// The [`text_of`] a key: `text!(i18n, words.close)`.
macro_rules! text {
    ($i18n:expr, $($key:tt)*) => {
        $crate::texts::text_of($i18n, |i18n| leptos_i18n::t_string!(i18n, $($key)*))
    };
}

pub(crate) use text;
