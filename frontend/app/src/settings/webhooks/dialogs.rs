//! The dialogs around webhooks.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::hooks::use_navigate;
use types::accounts::{NewWebhook, Webhook, WebhookPath};
use ui::ConfirmDialog;

use super::fields::{Typed, WebhookFields};
use crate::context::use_app;
use crate::forms::{DialogFor, FormDialog, FormError, SecretDialog, Submission};
use crate::texts::text;

/// Adds a webhook, whose secret it then shows, or changes one.
#[component]
pub fn SaveDialog(
    /// The webhook to change; nothing for a new one.
    dialog: DialogFor<Option<Webhook>>,
    /// Where the secret of a new one is shown.
    secret: DialogFor<String>,
    /// Is told of the webhook.
    #[prop(into)]
    on_saved: Callback<Webhook>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let typed = Typed::new();
    Effect::new(move |_| {
        if dialog.open.get() {
            typed.show(dialog.get().flatten());
        }
    });
    let save = move |()| {
        let existing = dialog.get_untracked().flatten();
        let request = typed.request();
        let send = async move {
            match existing {
                Some(webhook) => {
                    let path = WebhookPath { webhook_id: webhook.id };
                    app.api().update_webhook(&path, &request).await.map(|webhook| (webhook, None))
                }
                None => {
                    let made = app.api().create_webhook(&request).await;
                    made.map(|NewWebhook { webhook, secret }| (webhook, Some(secret)))
                }
            }
        };
        submission.run(send, move |(webhook, made)| {
            dialog.open.set(false);
            on_saved.run(webhook);
            match made {
                Some(made) => secret.show(made),
                None => app.toasts.show(t_string!(i18n, words.saved)),
            }
        });
    };
    let is_new = move || dialog.get().flatten().is_none();
    let title =
        move || if is_new() { t_string!(i18n, webhooks.create) } else { t_string!(i18n, webhooks.edit) };
    let submit_label =
        move || if is_new() { t_string!(i18n, webhooks.create) } else { t_string!(i18n, words.save) };
    view! {
        <FormDialog open=dialog.open title submit_label submission on_submit=save>
            <WebhookFields typed submission />
        </FormDialog>
    }
    .into_any()
}

/// Shows a secret, once.
#[component]
pub fn WebhookSecret(
    /// The secret.
    secret: DialogFor<String>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    view! {
        <SecretDialog
            secret
            title=text!(i18n, webhooks.secret_title)
            note=text!(i18n, webhooks.secret_note)
            label=text!(i18n, webhooks.secret)
            done_label=text!(i18n, webhooks.done)
        />
    }
}

/// Asks before a webhook gets a new secret.
#[component]
pub fn RotateDialog(
    /// The webhook.
    dialog: DialogFor<Webhook>,
    /// Where the secret is shown.
    secret: DialogFor<String>,
    /// Is told of the webhook.
    #[prop(into)]
    on_saved: Callback<Webhook>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let Some(webhook) = dialog.get_untracked() else { return };
        let path = WebhookPath { webhook_id: webhook.id };
        submission.run(async move { app.api().rotate_webhook_secret(&path).await }, move |made| {
            dialog.open.set(false);
            on_saved.run(made.webhook);
            secret.show(made.secret);
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title=text!(i18n, webhooks.rotate_title)
            confirm_label=text!(i18n, webhooks.rotate)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, webhooks.rotate_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}

/// Asks before a webhook is removed, and leads back to the list.
#[component]
pub fn DeleteDialog(
    /// The webhook.
    dialog: DialogFor<Webhook>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let navigate = StoredValue::new_local(use_navigate());
    let confirm = move |()| {
        let Some(webhook) = dialog.get_untracked() else { return };
        let path = WebhookPath { webhook_id: webhook.id };
        submission.run(async move { app.api().delete_webhook(&path).await }, move |()| {
            dialog.open.set(false);
            app.toasts.show(t_string!(i18n, webhooks.deleted));
            navigate.with_value(|navigate| navigate("/settings/webhooks", Default::default()));
        });
    };
    view! {
        <ConfirmDialog
            open=dialog.open
            title=text!(i18n, webhooks.delete_title)
            confirm_label=text!(i18n, webhooks.delete)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, webhooks.delete_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
    .into_any()
}
