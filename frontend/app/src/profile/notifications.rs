//! What the user is told about, and how.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::NotifyAbout;
use ui::{Button, Field, IconName, Pill, Section, Select, SelectOption, Switch, Tone};

use super::appearance::choice;
use crate::alerts::Allowed;
use crate::context::{App, use_app};
use crate::texts::{I18n, text};

/// Takes effect at once.
#[component]
pub fn Notifications() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let about = choice(
        app,
        |mine| mine.notify_about.to_string(),
        |mine, chosen| {
            if let Ok(about) = chosen.parse() {
                mine.notify_about = about;
            }
        },
    );
    let browser = choice(app, |mine| mine.browser_notifications, |mine, on| mine.browser_notifications = on);
    let sound = choice(app, |mine| mine.sound, |mine, on| mine.sound = on);
    let mail = choice(app, |mine| mine.email_when_away, |mine, on| mine.email_when_away = on);
    view! {
        <Section title=text!(i18n, profile.notifications) description=text!(i18n, profile.notifications_intro)>
            <Field label=text!(i18n, profile.about)>
                <Select value=about options=Signal::derive(move || subjects(i18n)) />
            </Field>
            <Switch label=text!(i18n, profile.browser) hint=text!(i18n, profile.browser_hint) checked=browser />
            <Show when=move || browser.get()>{browser_state(app)}</Show>
            <Switch label=text!(i18n, profile.sound) hint=text!(i18n, profile.sound_hint) checked=sound />
            <Show when=move || sound.get()>{sound_test(app)}</Show>
            <Switch label=text!(i18n, profile.mail) hint=text!(i18n, profile.mail_hint) checked=mail />
        </Section>
    }
    .into_any()
}

/// Whether this browser lets notifications through, with the button to ask it.
fn browser_state(app: App) -> impl IntoView {
    let i18n = app.i18n;
    move || {
        match app.alerts.notifications.get() {
        Allowed::Yes => view! {
            <p class="state-line"><Pill tone=Tone::Ok icon=IconName::Check>{text!(i18n, profile.browser_allowed)}</Pill></p>
        }
        .into_any(),
        Allowed::NotAsked => view! {
            <p class="state-line">
                <span>{text!(i18n, profile.browser_not_asked)}</span>
                <Button icon=IconName::Bell on_press=move |_| app.alerts.ask()>{text!(i18n, profile.browser_enable)}</Button>
            </p>
        }
        .into_any(),
        Allowed::No => view! { <p class="state-line warn">{text!(i18n, profile.browser_denied)}</p> }.into_any(),
    }
    }
}

fn sound_test(app: App) -> impl IntoView {
    let i18n = app.i18n;
    view! {
        <p class="state-line">
            <Button icon=IconName::Bell on_press=move |_| app.alerts.play()>{text!(i18n, profile.sound_test)}</Button>
            <Show when=move || !app.alerts.sound_unlocked.get()>
                <span class="muted">{text!(i18n, profile.sound_locked)}</span>
            </Show>
        </p>
    }
}

fn subjects(i18n: I18n) -> Vec<SelectOption> {
    let option = |about: &NotifyAbout| {
        let label = match about {
            NotifyAbout::Everything => t_string!(i18n, profile.about_everything),
            NotifyAbout::MineAndUnassigned => t_string!(i18n, profile.about_mine_and_unassigned),
            NotifyAbout::Mine => t_string!(i18n, profile.about_mine),
            NotifyAbout::Nothing => t_string!(i18n, profile.about_nothing),
        };
        SelectOption { value: about.to_string(), label: label.to_owned() }
    };
    NotifyAbout::ALL.iter().map(option).collect()
}
