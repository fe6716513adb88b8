//! Language and theme.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::Theme;
use ui::{Field, Section, Select, SelectOption};

use crate::context::{App, use_app};
use crate::preferences;
use crate::settings::languages;
use crate::texts::{I18n, text};

/// Takes effect at once.
#[component]
pub fn Appearance() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let language = choice(
        app,
        |mine| mine.locale.to_string(),
        |mine, chosen| {
            if let Ok(locale) = chosen.parse() {
                mine.locale = locale;
            }
        },
    );
    let theme = choice(
        app,
        |mine| mine.theme.to_string(),
        |mine, chosen| {
            if let Ok(theme) = chosen.parse() {
                mine.theme = theme;
            }
        },
    );
    view! {
        <Section title=text!(i18n, profile.appearance)>
            <Field label=text!(i18n, profile.language)>
                <Select value=language options=languages() />
            </Field>
            <Field label=text!(i18n, profile.theme)>
                <Select value=theme options=Signal::derive(move || themes(i18n)) />
            </Field>
        </Section>
    }
    .into_any()
}

/// A signal that follows one of one's settings, and saves it when it is changed.
pub(super) fn choice<T: Clone + PartialEq + Send + Sync + 'static>(
    app: App,
    read: fn(&types::accounts::Preferences) -> T,
    write: fn(&mut types::accounts::Preferences, T),
) -> RwSignal<T> {
    let saved = Memo::new(move |_| preferences::mine(app, read));
    let chosen = RwSignal::new(saved.get_untracked());
    Effect::new(move |_| {
        let saved = saved.get();
        if chosen.get_untracked() != saved {
            chosen.set(saved);
        }
    });
    Effect::new(move |_| {
        let chosen = chosen.get();
        if chosen != saved.get_untracked() {
            preferences::change(app, |mine| write(mine, chosen));
        }
    });
    chosen
}

fn themes(i18n: I18n) -> Vec<SelectOption> {
    let option = |theme: &Theme| {
        let label = match theme {
            Theme::System => t_string!(i18n, profile.theme_system),
            Theme::Light => t_string!(i18n, profile.theme_light),
            Theme::Dark => t_string!(i18n, profile.theme_dark),
        };
        SelectOption { value: theme.to_string(), label: label.to_owned() }
    };
    Theme::ALL.iter().map(option).collect()
}
