//! The user's own settings. Theme and language are also remembered on this device, for the next start.

use leptos::{prelude::*, task::spawn_local};
use types::accounts::{Locale as Language, Preferences, Theme, UpdateMe};

use crate::browser;
use crate::context::App;
use crate::i18n::Locale;
use crate::texts::I18n;

/// Read by `theme.js` before the first paint.
const THEME: &str = "rapport.theme";
const LANGUAGE: &str = "rapport.language";

/// Something of one's own settings. Tracked.
pub fn mine<R>(app: App, read: impl FnOnce(&Preferences) -> R) -> R {
    app.read(|state| match &state.me {
        Some(me) => read(&me.preferences),
        None => read(&Preferences::default()),
    })
}

/// Shows changed settings at once and saves them; puts the old ones back when that fails.
pub fn change(app: App, change: impl FnOnce(&mut Preferences)) {
    let before = untrack(|| mine(app, Clone::clone));
    let mut after = before.clone();
    change(&mut after);
    if after == before {
        return;
    }
    take(app, &after);
    let request = UpdateMe { name: None, preferences: Some(after) };
    spawn_local(async move {
        // The reply is not taken: what was changed meanwhile stays.
        if let Err(error) = app.api().update_me(&request).await {
            take(app, &before);
            app.fail(&error);
        }
    });
}

fn take(app: App, taken: &Preferences) {
    show(app.i18n, taken);
    app.change(|state| {
        if let Some(me) = &mut state.me {
            me.preferences = taken.clone();
        }
    });
}

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
