//! Theme and language: chosen in the profile, remembered on this device for the next start.

use leptos::prelude::*;
use types::accounts::{Locale as Language, Preferences, Theme};

use crate::browser;
use crate::i18n::Locale;
use crate::texts::I18n;

/// Read by `theme.js` before the first paint.
const THEME: &str = "rapport.theme";
const LANGUAGE: &str = "rapport.language";

/// The language chosen on this device, or the browser's.
pub fn device_locale() -> Locale {
    let tag = browser::stored(LANGUAGE).or_else(|| window().navigator().language()).unwrap_or_default();
    if tag.starts_with("fr") { Locale::fr } else { Locale::en }
}

/// Shows the app as the user wants it, and remembers it on this device.
pub fn show(i18n: I18n, preferences: &Preferences) {
    show_theme(preferences.theme);
    let locale = match preferences.locale {
        Language::English => Locale::en,
        Language::French => Locale::fr,
    };
    show_locale(i18n, locale);
}

/// Switches the language, and remembers it on this device.
pub fn show_locale(i18n: I18n, locale: Locale) {
    let tag = tag(locale);
    browser::store(LANGUAGE, Some(tag));
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
    if i18n.get_locale_untracked() != locale {
        i18n.set_locale(locale);
    }
}

/// The BCP 47 tag of a language.
pub fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::en => "en",
        Locale::fr => "fr",
    }
}

fn show_theme(theme: Theme) {
    browser::store(THEME, Some(theme.as_str()));
    let system_is_dark = || {
        window()
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
            .is_some_and(|query| query.matches())
    };
    let dark = match theme {
        Theme::Dark => true,
        Theme::Light => false,
        Theme::System => system_is_dark(),
    };
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-theme", if dark { "dark" } else { "light" });
    }
}
