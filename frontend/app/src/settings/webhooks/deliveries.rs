//! What a webhook was told, and what came of it.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::WebhookId;
use types::accounts::{
    ListWebhookDeliveries, WebhookDelivery, WebhookDeliveryPath, WebhookDeliveryState, WebhookPath,
};
use types::page::PageQuery;
use ui::{
    Button, Column, DataTable, Dialog, EmptyState, Field, IconName, Pill, RelativeTime, Section, Select,
    SelectOption,
};

use super::{kind_label, state_label, state_tone};
use crate::context::{App, use_app};
use crate::forms::{DialogFor, act};
use crate::paged::{Paged, PagedView};
use crate::texts::text;

/// The deliveries by state; it follows them while it is shown.
#[component]
pub fn Deliveries(
    /// The webhook.
    id: WebhookId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let filter = RwSignal::new(String::new());
    let revision = Memo::new(move |_| app.read(|state| state.webhooks_revision));
    let deliveries = Paged::new(move |PageQuery { cursor, limit }| {
        revision.get();
        let query = ListWebhookDeliveries { cursor, limit, state: filter.get().parse().ok() };
        async move { app.api().list_webhook_deliveries(&WebhookPath { webhook_id: id }, &query).await }
    });
    let shown = DialogFor::<WebhookDelivery>::new();
    let empty = move || {
        view! { <EmptyState icon=IconName::Send title=text!(i18n, webhooks.no_deliveries) body=text!(i18n, webhooks.no_deliveries_hint) /> }
    };
    let table = move || {
        let (columns, rows) = (columns(app, shown), Signal::derive(move || deliveries.items()));
        view! { <DataTable caption=text!(i18n, webhooks.deliveries) columns rows key=|one: &WebhookDelivery| one.id /> }
    };
    view! {
        <Section title=text!(i18n, webhooks.deliveries) description=text!(i18n, webhooks.deliveries_intro)>
            <div class="filters">
                <Field label=text!(i18n, webhooks.state)>
                    <Select value=filter options=Signal::derive(move || states(app)) />
                </Field>
            </div>
            <PagedView paged=deliveries empty>{table()}</PagedView>
        </Section>
        <DeliveryDialog shown />
    }
    .into_any()
}

fn states(app: App) -> Vec<SelectOption> {
    let i18n = app.i18n;
    let all = SelectOption { value: String::new(), label: t_string!(i18n, webhooks.all).to_owned() };
    let one = |state: &WebhookDeliveryState| SelectOption {
        value: state.to_string(),
        label: state_label(i18n, *state).to_owned(),
    };
    std::iter::once(all).chain(WebhookDeliveryState::ALL.iter().map(one)).collect()
}

fn columns(app: App, shown: DialogFor<WebhookDelivery>) -> Vec<Column<WebhookDelivery>> {
    let i18n = app.i18n;
    let kind = move |one: &WebhookDelivery| {
        let (kind, id) = (one.kind, one.event_id.to_string());
        view! { <span class="lines"><span>{move || kind_label(i18n, kind)}</span><code class="muted">{id}</code></span> }
    };
    let state = move |one: &WebhookDelivery| {
        let state = one.state;
        view! { <Pill tone=state_tone(state)>{move || state_label(i18n, state)}</Pill> }
    };
    let answer = |one: &WebhookDelivery| {
        one.error.clone().or_else(|| one.response_status.map(|status| status.to_string()))
    };
    let next = |one: &WebhookDelivery| {
        one.next_attempt_at.map(|at| view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> })
    };
    let actions = move |one: &WebhookDelivery| {
        let (opened, sent) = (one.clone(), one.clone());
        let gone = one.body.is_none();
        view! {
            <span class="row-actions">
                <Button on_press=move |_| shown.show(opened.clone())>{text!(i18n, webhooks.show)}</Button>
                <Button icon=IconName::Refresh disabled=gone on_press=move |_| replay(app, &sent)>
                    {text!(i18n, webhooks.replay)}
                </Button>
            </span>
        }
    };
    vec![
        Column::new(text!(i18n, webhooks.event), kind),
        Column::new(text!(i18n, webhooks.happened), |one: &WebhookDelivery| {
            view! { <RelativeTime unix_ms=one.occurred_at.0 as f64 / 1000.0 /> }
        }),
        Column::new(text!(i18n, webhooks.state), state),
        Column::new(text!(i18n, webhooks.attempts), |one: &WebhookDelivery| one.attempts),
        Column::new(text!(i18n, webhooks.answer), answer),
        Column::new(text!(i18n, webhooks.next_attempt), next),
        Column::new(text!(i18n, forms.actions), actions),
    ]
}

fn replay(app: App, one: &WebhookDelivery) {
    let i18n = app.i18n;
    let path = WebhookDeliveryPath { webhook_id: one.webhook_id, delivery_id: one.id };
    act(app, async move { app.api().replay_webhook_delivery(&path).await }, move |_| {
        t_string!(i18n, webhooks.replayed).to_owned()
    });
}

/// What was posted, and the beginning of the last answer.
#[component]
fn DeliveryDialog(shown: DialogFor<WebhookDelivery>) -> impl IntoView {
    let i18n = use_app().i18n;
    let body = move || match shown.get().and_then(|one| one.body) {
        Some(body) => pretty(&body),
        None => t_string!(i18n, webhooks.body_gone).to_owned(),
    };
    let answer = move || match shown.get().and_then(|one| one.response_body).filter(|body| !body.is_empty()) {
        Some(answer) => answer,
        None => t_string!(i18n, webhooks.no_answer).to_owned(),
    };
    let duration = move || shown.get().and_then(|one| one.duration_ms).map(|ms| format!("{ms} ms"));
    view! {
        <Dialog open=shown.open title=text!(i18n, webhooks.delivery) close_label=text!(i18n, words.close) wide=true>
            <h3>{text!(i18n, webhooks.posted)}</h3>
            <pre class="code" tabindex="0">{body}</pre>
            <h3>{text!(i18n, webhooks.answer)} " " <span class="muted">{duration}</span></h3>
            <pre class="code" tabindex="0">{answer}</pre>
        </Dialog>
    }
    .into_any()
}

/// JSON on several lines; as it is when it is none.
fn pretty(body: &str) -> String {
    serde_json::from_str::<serde_json::Value>(body)
        .and_then(|value| serde_json::to_string_pretty(&value))
        .unwrap_or_else(|_| body.to_owned())
}
