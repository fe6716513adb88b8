//! Where a provider sends the browser back to.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::NavigateOptions;
use leptos_router::components::A;
use leptos_router::hooks::{use_navigate, use_query_map};
use types::ErrorCode;
use types::accounts::{CompleteConnection, Connection, ConnectionScope};
use ui::{Banner, Page, Spinner, Tone};
use wasm_split_helpers::wasm_split;

use super::calendars::calendars_of;
use crate::context::use_app;
use crate::forms::{FormError, Submission};
use crate::parts::{PartMissing, Screen};
use crate::texts::text;

/// The screen of the way back.
#[wasm_split(profile, fallible)]
pub fn connection_return_screen() -> Result<Screen, PartMissing> {
    Ok(|| view! { <ReturnPage /> }.into_any())
}

/// Completes the connection with what stands in the address, and goes on to where it is shown.
#[component]
fn ReturnPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let query = use_query_map().get_untracked();
    let given = query.get("state").zip(query.get("code"));
    let is_refused = given.is_none();
    let is_ended = move || submission.code() == Some(ErrorCode::LinkExpired);
    let navigate = use_navigate();
    if let Some((state, code)) = given {
        let request = CompleteConnection { state, code };
        let complete = async move { app.api().complete_connection(&request).await };
        submission.run(complete, move |connection: Connection| {
            // The code is worth nothing any more: back does not lead to it.
            let go =
                move |to: &str| navigate(to, NavigateOptions { replace: true, ..NavigateOptions::default() });
            if let Some(request) = calendars_of(&connection) {
                let connect = async move { app.api().connect_calendars(&request).await };
                submission.run(connect, move |_| {
                    app.toasts.show(t_string!(i18n, connections.connected));
                    go("/settings/calendars");
                });
                return;
            }
            app.toasts.show(t_string!(i18n, connections.connected));
            go(match connection.scope {
                ConnectionScope::Account => "/settings/zoom",
                ConnectionScope::User => "/profile",
            });
        });
    }
    view! {
        <main class="screen">
            <Page title=text!(i18n, connections.connecting)>
                <Show when=move || is_refused>
                    <Banner tone=Tone::Warn>{text!(i18n, connections.not_allowed)}</Banner>
                </Show>
                <Show when=move || submission.busy.get()>
                    <Spinner label=text!(i18n, connections.connecting) />
                </Show>
                <Show when=is_ended fallback=move || view! { <FormError submission /> }>
                    <Banner tone=Tone::Warn>{text!(i18n, connections.ended)}</Banner>
                </Show>
                <p><A href="/profile">{text!(i18n, connections.back)}</A></p>
            </Page>
        </main>
    }
    .into_any()
}
