//! The list of webhooks.

use leptos::prelude::*;
use leptos_router::components::A;
use types::accounts::Webhook;
use types::page::PageQuery;
use ui::{Button, ButtonKind, Column, DataTable, EmptyState, IconName, Page};

use super::dialogs::{SaveDialog, WebhookSecret};
use super::{activity, kind_label};
use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// All webhooks; it follows them while it is shown.
#[component]
pub fn WebhookListPage() -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let revision = Memo::new(move |_| app.read(|state| state.webhooks_revision));
    let webhooks = Paged::new(move |query: PageQuery| {
        revision.get();
        async move { app.api().list_webhooks(&query).await }
    });
    let (edit, secret) = (DialogFor::<Option<Webhook>>::new(), DialogFor::<String>::new());
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Primary icon=IconName::Plus on_press=move |_| edit.show(None)>
                {text!(i18n, webhooks.create)}
            </Button>
        }
    };
    let empty = move || {
        view! { <EmptyState icon=IconName::Send title=text!(i18n, webhooks.empty) body=text!(i18n, webhooks.empty_hint) /> }
    };
    let table = move || {
        let (columns, rows) = (columns(app), Signal::derive(move || webhooks.items()));
        view! { <DataTable caption=text!(i18n, settings.webhooks) columns rows key=|webhook: &Webhook| webhook.id /> }
    };
    view! {
        <Page title=text!(i18n, settings.webhooks) description=text!(i18n, webhooks.intro) actions>
            <PagedView paged=webhooks empty>{table()}</PagedView>
        </Page>
        <SaveDialog dialog=edit secret on_saved=move |_| webhooks.reload() />
        <WebhookSecret secret />
    }
    .into_any()
}

fn columns(app: App) -> Vec<Column<Webhook>> {
    let i18n = app.i18n;
    let address = |webhook: &Webhook| {
        let (href, url) = (format!("/settings/webhooks/{}", webhook.id), webhook.url.clone());
        let description = webhook.description.clone();
        view! { <span class="lines"><A href>{url}</A><span class="muted">{description}</span></span> }
    };
    let kinds = move |webhook: &Webhook| {
        let kinds = webhook.event_kinds.clone();
        move || kinds.iter().map(|kind| kind_label(i18n, *kind)).collect::<Vec<_>>().join(", ")
    };
    let made_by = move |webhook: &Webhook| {
        let id = webhook.created_by;
        move || app.read(|state| state.user_name(id).map(ToOwned::to_owned))
    };
    vec![
        Column::new(text!(i18n, webhooks.address), address),
        Column::new(text!(i18n, webhooks.told_of), kinds),
        Column::new(text!(i18n, webhooks.state), move |webhook: &Webhook| activity(i18n, webhook)),
        Column::new(text!(i18n, webhooks.made_by), made_by),
    ]
}
