//! The user's own sign-ins at the services of others.

use leptos::prelude::*;
use types::accounts::{Connection, ConnectionProvider, ConnectionScope};
use ui::{Button, IconName, Section};

use crate::connections::{ConnectionList, connect};
use crate::context::use_app;
use crate::paged::Paged;
use crate::texts::text;

/// Those that are there, and the way to a new one.
#[component]
pub fn Connections() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let connections = Paged::new(move |query| async move { app.api().list_connections(&query).await });
    let me = move || app.read(|state| state.me.as_ref().map(|me| me.user.id));
    let wanted = Callback::new(move |connection: Connection| {
        connection.user_id.is_some() && connection.user_id == me()
    });
    view! {
        <Section title=text!(i18n, connections.own) description=text!(i18n, connections.own_intro)>
            <ConnectionList caption=text!(i18n, connections.own) connections wanted />
            <div class="line">
                <Button
                    icon=IconName::Plus
                    on_press=move |_| connect(app, ConnectionProvider::Zoom, ConnectionScope::User)
                >
                    {text!(i18n, connections.connect_zoom)}
                </Button>
            </div>
        </Section>
    }
    .into_any()
}
