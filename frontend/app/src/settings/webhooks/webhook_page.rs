//! One webhook.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::WebhookId;
use types::accounts::{Webhook, WebhookPath};
use ui::{Banner, Button, ButtonKind, Icon, IconName, Page, RelativeTime, Tone};

use super::deliveries::Deliveries;
use super::dialogs::{DeleteDialog, RotateDialog, SaveDialog, WebhookSecret};
use super::{activity, kind_label, switched_off};
use crate::context::{App, use_app};
use crate::forms::{DialogFor, act};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// The dialogs of the page.
#[derive(Clone, Copy)]
struct Dialogs {
    edit: DialogFor<Option<Webhook>>,
    rotate: DialogFor<Webhook>,
    delete: DialogFor<Webhook>,
    secret: DialogFor<String>,
}

/// What a webhook is told of, what it was told, and what can be done with it.
#[component]
pub fn WebhookPage(
    /// The webhook.
    id: WebhookId,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let path = WebhookPath { webhook_id: id };
    let revision = Memo::new(move |_| app.read(|state| state.webhooks_revision));
    let webhook = Remote::new(move || {
        revision.get();
        async move { app.api().get_webhook(&path).await }
    });
    let dialogs = Dialogs {
        edit: DialogFor::new(),
        rotate: DialogFor::new(),
        delete: DialogFor::new(),
        secret: DialogFor::new(),
    };
    let there = Memo::new(move |_| webhook.get().is_some());
    let actions = move || view! { <Show when=move || there.get()><Actions webhook dialogs /></Show> };
    let saved = move |after: Webhook| webhook.update(|webhook| *webhook = after);
    view! {
        <A href="/settings/webhooks" attr:class="back-link">
            <Icon name=IconName::Back /> {text!(i18n, webhooks.back)}
        </A>
        <Page title=text!(i18n, webhooks.webhook) actions>
            <RemoteView remote=webhook>
                {move || webhook.get().map(|webhook| notice(app, &webhook))}
                {move || webhook.get().map(|webhook| facts(app, webhook))}
                <Deliveries id />
            </RemoteView>
        </Page>
        <SaveDialog dialog=dialogs.edit secret=dialogs.secret on_saved=saved />
        <RotateDialog dialog=dialogs.rotate secret=dialogs.secret on_saved=saved />
        <DeleteDialog dialog=dialogs.delete />
        <WebhookSecret secret=dialogs.secret />
    }
    .into_any()
}

#[component]
fn Actions(webhook: Remote<Webhook>, dialogs: Dialogs) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let now = move || untrack(|| webhook.get());
    let test = move |_| {
        let Some(webhook) = now() else { return };
        let path = WebhookPath { webhook_id: webhook.id };
        act(app, async move { app.api().test_webhook(&path).await }, move |_| {
            t_string!(i18n, webhooks.tested).to_owned()
        });
    };
    let edit = move |_| dialogs.edit.show(now());
    let rotate = move |_| {
        if let Some(webhook) = now() {
            dialogs.rotate.show(webhook);
        }
    };
    let delete = move |_| {
        if let Some(webhook) = now() {
            dialogs.delete.show(webhook);
        }
    };
    view! {
        <Button icon=IconName::Send on_press=test>{text!(i18n, webhooks.test)}</Button>
        <Button icon=IconName::Key on_press=rotate>{text!(i18n, webhooks.rotate)}</Button>
        <Button icon=IconName::Trash on_press=delete>{text!(i18n, webhooks.delete)}</Button>
        <Button kind=ButtonKind::Primary icon=IconName::Edit on_press=edit>{text!(i18n, webhooks.edit)}</Button>
    }
    .into_any()
}

/// Says that it was switched off, or that it does not answer.
fn notice(app: App, webhook: &Webhook) -> Option<AnyView> {
    let i18n = app.i18n;
    if let Some(reason) = webhook.switched_off_reason {
        let text = move || switched_off(i18n, reason);
        return Some(view! { <Banner tone=Tone::Bad icon=IconName::Info>{text}</Banner> }.into_any());
    }
    if !webhook.is_active || webhook.failures == 0 {
        return None;
    }
    let failures = webhook.failures;
    let text = move || t_string!(i18n, webhooks.failing_banner, count = failures).to_string();
    Some(view! { <Banner tone=Tone::Warn icon=IconName::Info>{text}</Banner> }.into_any())
}

fn facts(app: App, webhook: Webhook) -> AnyView {
    let i18n = app.i18n;
    let state = activity(i18n, &webhook);
    let time = |at: types::Timestamp| view! { <RelativeTime unix_ms=at.0 as f64 / 1000.0 /> };
    let kinds = webhook.event_kinds.clone();
    let kinds = move || kinds.iter().map(|kind| kind_label(i18n, *kind)).collect::<Vec<_>>().join(", ");
    let description = Some(webhook.description).filter(|text| !text.is_empty());
    let description =
        description.map(|text| view! { <dt>{text!(i18n, webhooks.description)}</dt><dd>{text}</dd> });
    let previous = webhook.previous_secret_until.map(|until| {
        view! { <dt>{text!(i18n, webhooks.previous_secret)}</dt><dd>{time(until)}</dd> }
    });
    view! {
        <dl class="facts">
            <dt>{text!(i18n, webhooks.address)}</dt>
            <dd>{webhook.url}</dd>
            {description}
            <dt>{text!(i18n, webhooks.told_of)}</dt>
            <dd>{kinds}</dd>
            <dt>{text!(i18n, webhooks.state)}</dt>
            <dd>{state}</dd>
            {previous}
            <dt>{text!(i18n, webhooks.made)}</dt>
            <dd>{time(webhook.created_at)}</dd>
        </dl>
    }
    .into_any()
}
