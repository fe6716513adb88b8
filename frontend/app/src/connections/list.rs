//! The connections that somebody may see.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_i18n::t_string;
use types::accounts::{Connection, ConnectionPath, ConnectionState};
use ui::{Column, ConfirmDialog, DataTable, EmptyState, IconButton, IconName, Pill, RelativeTime, Tone};

use crate::context::{App, use_app};
use crate::forms::{DialogFor, FormError, Submission};
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// Those of the connections that are wanted, each with the way to disconnect it.
#[component]
pub fn ConnectionList(
    /// What they are, for screen readers.
    #[prop(into)]
    caption: TextProp,
    /// Every connection.
    connections: Paged<Connection>,
    /// Which of them.
    wanted: Callback<Connection, bool>,
    /// Whether to say whose they are.
    #[prop(optional)]
    of_users: bool,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let delete = DialogFor::<Connection>::new();
    let rows = Signal::derive(move || {
        let all = connections.items().into_iter();
        all.filter(|connection| wanted.run(connection.clone())).collect::<Vec<_>>()
    });
    let empty = move || view! { <EmptyState icon=IconName::Key title=text!(i18n, connections.empty) body=text!(i18n, connections.empty_hint) /> };
    let table = move || {
        if rows.with(Vec::is_empty) {
            return empty().into_any();
        }
        let (columns, caption) = (columns(app, delete, of_users), caption.clone());
        view! { <DataTable caption columns rows key=|connection: &Connection| connection.id /> }.into_any()
    };
    view! {
        <PagedView paged=connections empty>{table.clone()}</PagedView>
        <DeleteDialog dialog=delete connections />
    }
    .into_any()
}

fn columns(app: App, delete: DialogFor<Connection>, of_users: bool) -> Vec<Column<Connection>> {
    let i18n = app.i18n;
    let account = |connection: &Connection| {
        let name = connection.name.clone().or_else(|| connection.email.clone()).unwrap_or_default();
        view! { <span class="lines"><span>{name}</span><span class="muted">{connection.email.clone()}</span></span> }
    };
    let user = move |connection: &Connection| {
        let id = connection.user_id.unwrap_or(connection.created_by);
        move || app.read(|state| state.user_name(id).map(ToOwned::to_owned))
    };
    let trash = move |connection: &Connection| {
        let connection = connection.clone();
        let name = connection.email.clone().or_else(|| connection.name.clone()).unwrap_or_default();
        view! {
            <IconButton
                label=move || t_string!(i18n, connections.disconnect_named, name = name.clone()).to_string()
                icon=IconName::Trash
                on_press=move |_| delete.show(connection.clone())
            />
        }
    };
    let user_label = move || {
        if of_users { t_string!(i18n, connections.user) } else { t_string!(i18n, connections.connected_by) }
    };
    vec![
        Column::new(text!(i18n, connections.account), account),
        Column::new(user_label, user),
        Column::new(text!(i18n, connections.state), move |connection: &Connection| state(app, connection)),
        Column::new(text!(i18n, connections.since), |connection: &Connection| {
            view! { <RelativeTime unix_ms=connection.created_at.0 as f64 / 1000.0 /> }
        }),
        Column::new(text!(i18n, forms.actions), trash),
    ]
}

fn state(app: App, connection: &Connection) -> AnyView {
    let i18n = app.i18n;
    let reason = connection.reason.clone();
    let ended = move |label: AnyView| {
        view! { <span class="lines">{label}<span class="muted">{reason}</span></span> }.into_any()
    };
    match connection.state {
        ConnectionState::Ok => {
            view! { <Pill tone=Tone::Ok>{text!(i18n, connections.state_ok)}</Pill> }.into_any()
        }
        ConnectionState::Expired => {
            ended(view! { <Pill tone=Tone::Bad>{text!(i18n, connections.state_expired)}</Pill> }.into_any())
        }
        ConnectionState::Refused => {
            ended(view! { <Pill tone=Tone::Bad>{text!(i18n, connections.state_refused)}</Pill> }.into_any())
        }
    }
}

#[component]
fn DeleteDialog(dialog: DialogFor<Connection>, connections: Paged<Connection>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(connection) = dialog.get_untracked() else { return };
        let path = ConnectionPath { connection_id: connection.id };
        submission.run(async move { app.api().delete_connection(&path).await }, move |()| {
            dialog.open.set(false);
            connections.reload();
            app.toasts.show(t_string!(i18n, connections.disconnected));
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title=text!(i18n, connections.disconnect_title)
            confirm_label=text!(i18n, connections.disconnect)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, connections.disconnect_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
