//! Lasting states above the screen: offline, an old version, notifications that are not enabled.

use leptos::prelude::*;
use leptos_i18n::t_string;
use ui::{Banner, Button, ButtonKind, IconName, Tone};

use crate::alerts::Allowed;
use crate::browser;
use crate::context::{App, use_app};
use crate::live::LiveStatus;
use crate::preferences;
use crate::texts::text;

/// Set once the user has put the question about notifications away.
const ASKED: &str = "rapport.notifications_asked";

/// The banners that apply.
#[component]
pub fn Banners() -> impl IntoView {
    let app = use_app();
    let offline_since = Memo::new(move |_| match app.live.status.get() {
        LiveStatus::Offline { since_ms } => Some(since_ms),
        LiveStatus::Connecting | LiveStatus::Online => None,
    });
    view! {
        <div class="banners">
            {move || offline_since.get().map(|since_ms| offline(app, since_ms))}
            {move || app.live.new_version.get().map(|_| new_version(app))}
            <EnableNotifications />
        </div>
    }
}

fn offline(app: App, since_ms: f64) -> impl IntoView {
    let i18n = app.i18n;
    let time = move || {
        let tag = preferences::tag(i18n.get_locale());
        browser::date_text(tag, since_ms, &[("hour", "2-digit"), ("minute", "2-digit")])
    };
    view! {
        <Banner tone=Tone::Warn icon=IconName::Offline>
            {text!(i18n, shell.offline)} " " <time class="num">{time}</time> ". " {text!(i18n, shell.offline_effect)}
        </Banner>
    }
}

fn new_version(app: App) -> impl IntoView {
    let i18n = app.i18n;
    let reload = move || {
        view! {
            <Button on_press=move |_| { let _ = window().location().reload(); }>{text!(i18n, shell.reload)}</Button>
        }
    };
    view! { <Banner tone=Tone::Accent icon=IconName::Refresh action=reload>{text!(i18n, shell.new_version)}</Banner> }
}

/// Asks once on this device; the profile shows the state at any time.
#[component]
fn EnableNotifications() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let put_away = RwSignal::new(browser::stored(ASKED).is_some());
    let dismiss = move || {
        browser::store(ASKED, Some("1"));
        put_away.set(true);
    };
    let wanted = Memo::new(move |_| {
        app.read(|state| state.me.as_ref().is_some_and(|me| me.preferences.browser_notifications))
    });
    let action = move || {
        view! {
            <Button on_press=move |_| { app.alerts.ask(); dismiss() }>{text!(i18n, shell.enable_notifications)}</Button>
            <Button kind=ButtonKind::Quiet on_press=move |_| dismiss()>{text!(i18n, shell.not_now)}</Button>
        }
    };
    let text = move || t_string!(i18n, shell.notifications_off);
    view! {
        <Show when=move || wanted.get() && !put_away.get() && app.alerts.notifications.get() == Allowed::NotAsked>
            <Banner icon=IconName::Bell action=action>{text}</Banner>
        </Show>
    }
}
