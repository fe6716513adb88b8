//! Where the user is signed in.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::accounts::Session;
use ui::{Button, Column, ConfirmDialog, DataTable, IconName, Pill, RelativeTime, Section, Tone};

use super::user_agent::{browser_of, system_of};
use crate::context::{App, use_app};
use crate::forms::{FormError, Submission};
use crate::remote::{Remote, RemoteView};
use crate::session;
use crate::texts::text;

/// The sessions, with signing out here and everywhere.
#[component]
pub fn Sessions() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let sessions = Remote::new(move || async move { app.api().list_sessions().await });
    let rows = Signal::derive(move || sessions.get().map(|page| page.items).unwrap_or_default());
    let everywhere = RwSignal::new(false);
    let table = move || {
        let columns = columns(app);
        view! { <DataTable caption=text!(i18n, profile.sessions) columns rows key=|session: &Session| session.id /> }
    };
    view! {
        <Section title=text!(i18n, profile.sessions) description=text!(i18n, profile.sessions_intro)>
            <RemoteView remote=sessions>{table()}</RemoteView>
            <div class="line">
                <Button
                    icon=IconName::SignOut
                    on_press=move |_| spawn_local(async move { session::leave(app).await })
                >
                    {text!(i18n, profile.sign_out_here)}
                </Button>
                <Button on_press=move |_| everywhere.set(true)>{text!(i18n, profile.sign_out_everywhere)}</Button>
            </div>
        </Section>
        <EverywhereDialog open=everywhere rows />
    }
    .into_any()
}

fn columns(app: App) -> Vec<Column<Session>> {
    let i18n = app.i18n;
    let name = move |session: &Session| {
        let agent = session.user_agent.clone();
        let mark = session
            .current
            .then(|| view! { <Pill tone=Tone::Accent>{text!(i18n, profile.this_session)}</Pill> });
        let label = move || match (browser_of(&agent), system_of(&agent)) {
            (Some(browser), Some(system)) => {
                t_string!(i18n, profile.browser_on, browser = browser, system = system).to_string()
            }
            (Some(only), None) | (None, Some(only)) => only.to_owned(),
            (None, None) => t_string!(i18n, profile.unknown_browser).to_owned(),
        };
        view! { <span class="who" title=session.user_agent.clone()>{label} {mark}</span> }
    };
    vec![
        Column::new(text!(i18n, profile.session), name),
        Column::new(text!(i18n, profile.session_address), |session: &Session| session.address.clone()),
        Column::new(text!(i18n, profile.session_last_used), |session: &Session| {
            view! { <RelativeTime unix_ms=session.last_used_at.0 as f64 / 1000.0 /> }
        }),
        Column::new(text!(i18n, profile.session_since), |session: &Session| {
            view! { <RelativeTime unix_ms=session.created_at.0 as f64 / 1000.0 /> }
        }),
    ]
}

#[component]
fn EverywhereDialog(open: RwSignal<bool>, rows: Signal<Vec<Session>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        submission.run(async move { app.api().delete_sessions().await }, move |()| {
            // This session has ended too: forgets it here.
            spawn_local(async move { session::leave(app).await });
        });
    };
    let effect = move || t_string!(i18n, profile.sign_out_effect, count = rows.with(Vec::len)).to_string();
    view! {
        <ConfirmDialog
            open
            title=text!(i18n, profile.sign_out_title)
            confirm_label=text!(i18n, profile.sign_out_everywhere)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{effect}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
