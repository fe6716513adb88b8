//! Short ways to write translated texts.

use leptos_i18n::I18nContext;

use crate::i18n::Locale;

/// The language of the app and its texts.
pub type I18n = I18nContext<Locale>;

/// A text that follows the language: a closure, as components take it.
macro_rules! text {
    ($i18n:expr, $($key:tt)*) => {
        move || leptos_i18n::t_string!($i18n, $($key)*)
    };
}

pub(crate) use text;
