//! What is taken over from Zoom, and who is connected with it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::accounts::{Connection, ConnectionProvider, ConnectionScope};
use types::calls::{UpdateZoomSettings, ZoomSettings};
use ui::{
    Banner, Button, ButtonKind, CopyField, IconName, Page, RelativeTime, Section, Switch, Tab, TabPanel,
    Tabs, Tone,
};

use crate::connections::{ConnectionList, connect};
use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::paged::Paged;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The settings of Zoom: one tab for the account, one for its users.
#[component]
pub fn ZoomPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let settings = Remote::new(move || async move { app.api().get_zoom_settings().await });
    let connections = Paged::new(move |query| async move { app.api().list_connections(&query).await });
    let selected = RwSignal::new("account");
    let tabs = vec![
        Tab { name: "account", label: (text!(i18n, zoom.tab_account)).into() },
        Tab { name: "users", label: (text!(i18n, zoom.tab_users)).into() },
    ];
    let of_users = Callback::new(|connection: Connection| connection.user_id.is_some());
    view! {
        <Page title=text!(i18n, settings.zoom) description=text!(i18n, zoom.intro)>
            <Tabs group="zoom" label=text!(i18n, settings.zoom) tabs selected />
            <TabPanel group="zoom" name="account" selected>
                <RemoteView remote=settings>
                    <AccountTab settings connections />
                </RemoteView>
            </TabPanel>
            <TabPanel group="zoom" name="users" selected>
                <Section title=text!(i18n, zoom.tab_users) description=text!(i18n, zoom.users_intro)>
                    <ConnectionList
                        caption=text!(i18n, zoom.tab_users)
                        connections
                        wanted=of_users
                        of_users=true
                    />
                </Section>
            </TabPanel>
        </Page>
    }
    .into_any()
}

#[component]
fn AccountTab(settings: Remote<ZoomSettings>, connections: Paged<Connection>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let configured = Memo::new(move |_| settings.get().is_some_and(|settings| settings.configured));
    let of_account = Callback::new(|connection: Connection| connection.user_id.is_none());
    view! {
        <Show when=move || !configured.get()>
            <Banner tone=Tone::Warn>{text!(i18n, zoom.not_configured)}</Banner>
        </Show>
        <Section title=text!(i18n, zoom.connection) description=text!(i18n, zoom.connection_intro)>
            <ConnectionList caption=text!(i18n, zoom.connection) connections wanted=of_account />
            <div class="line">
                <Button
                    kind=ButtonKind::Primary
                    icon=IconName::Plus
                    disabled=Signal::derive(move || !configured.get())
                    on_press=move |_| connect(app, ConnectionProvider::Zoom, ConnectionScope::Account)
                >
                    {text!(i18n, connections.connect_zoom)}
                </Button>
            </div>
        </Section>
        <Sync settings />
        <Addresses settings />
    }
    .into_any()
}

/// The switch of the sync, and how far it has come.
#[component]
fn Sync(settings: Remote<ZoomSettings>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let saved = Memo::new(move |_| settings.get().is_some_and(|settings| settings.sync));
    let sync = RwSignal::new(saved.get_untracked());
    Effect::new(move |_| {
        let wanted = sync.get();
        if wanted == saved.get_untracked() {
            return;
        }
        let request = UpdateZoomSettings { sync: wanted };
        submission.run(async move { app.api().update_zoom_settings(&request).await }, move |after| {
            settings.update(|settings| *settings = after);
            app.toasts.show(t_string!(i18n, words.saved));
        });
    });
    let caught_up = move || {
        settings.get().and_then(|settings| settings.caught_up_to).map(|at| {
            view! {
                <p class="muted">
                    {text!(i18n, zoom.caught_up)} " " <RelativeTime unix_ms=at.0 as f64 / 1000.0 />
                </p>
            }
        })
    };
    view! {
        <Section title=text!(i18n, zoom.sync_title)>
            <Switch label=text!(i18n, zoom.sync) hint=text!(i18n, zoom.sync_hint) checked=sync disabled=submission.busy />
            <FormError submission />
            {caught_up}
        </Section>
    }
    .into_any()
}

/// The addresses to enter at Zoom.
#[component]
fn Addresses(settings: Remote<ZoomSettings>) -> impl IntoView {
    let i18n = use_app().i18n;
    let address = move |of: fn(ZoomSettings) -> String| {
        Signal::derive(move || settings.get().map(of).unwrap_or_default())
    };
    view! {
        <Section title=text!(i18n, zoom.addresses) description=text!(i18n, zoom.addresses_intro)>
            <p>{text!(i18n, zoom.redirect_url)}</p>
            <CopyField
                value=address(|settings| settings.redirect_url)
                label=text!(i18n, zoom.redirect_url)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
            <p>{text!(i18n, zoom.events_url)}</p>
            <CopyField
                value=address(|settings| settings.events_url)
                label=text!(i18n, zoom.events_url)
                copy_label=text!(i18n, words.copy)
                copied_label=text!(i18n, words.copied)
            />
        </Section>
    }
    .into_any()
}
