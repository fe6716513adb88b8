//! A webhook as it is typed.

use std::collections::BTreeSet;

use leptos::prelude::*;
use types::accounts::{SaveWebhook, Webhook, WebhookEventKind};
use ui::{Checkbox, Field, TextInput};

use super::{choosable, kind_label};
use crate::context::use_app;
use crate::forms::Submission;
use crate::texts::text;

/// What is typed and ticked.
#[derive(Clone, Copy)]
pub struct Typed {
    url: RwSignal<String>,
    description: RwSignal<String>,
    kinds: RwSignal<BTreeSet<WebhookEventKind>>,
    is_active: RwSignal<bool>,
}

impl Typed {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            url: RwSignal::new(String::new()),
            description: RwSignal::new(String::new()),
            kinds: RwSignal::new(BTreeSet::new()),
            is_active: RwSignal::new(true),
        }
    }

    /// Starts from a webhook, or from one that is told of everything.
    pub fn show(self, webhook: Option<Webhook>) {
        let (url, description) =
            webhook.as_ref().map(|one| (one.url.clone(), one.description.clone())).unwrap_or_default();
        self.url.set(url);
        self.description.set(description);
        self.is_active.set(webhook.as_ref().is_none_or(|one| one.is_active));
        self.kinds
            .set(webhook.map_or_else(|| choosable().collect(), |one| one.event_kinds.into_iter().collect()));
    }

    /// What to send.
    pub fn request(self) -> SaveWebhook {
        SaveWebhook {
            url: self.url.get_untracked(),
            description: self.description.get_untracked(),
            event_kinds: self.kinds.get_untracked().into_iter().collect(),
            is_active: self.is_active.get_untracked(),
        }
    }
}

/// The fields of the form.
#[component]
pub fn WebhookFields(
    /// What is typed.
    typed: Typed,
    /// The sending, whose errors are shown.
    submission: Submission,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let choice = move |kind: WebhookEventKind| {
        let checked = RwSignal::new(typed.kinds.with_untracked(|kinds| kinds.contains(&kind)));
        Effect::new(move |before: Option<bool>| {
            let now = checked.get();
            if before.is_some_and(|before| before != now) {
                typed.kinds.update(|kinds| {
                    if now {
                        kinds.insert(kind)
                    } else {
                        kinds.remove(&kind)
                    };
                });
            }
            now
        });
        view! { <Checkbox label=move || kind_label(i18n, kind) hint=kind.as_str() checked /> }
    };
    let kinds_error = submission.field("event_kinds");
    view! {
        <Field label=text!(i18n, webhooks.address) hint=text!(i18n, webhooks.address_hint) error=submission.field("url")>
            <TextInput value=typed.url kind="url" required=true />
        </Field>
        <Field
            label=text!(i18n, webhooks.description)
            hint=text!(i18n, webhooks.description_hint)
            error=submission.field("description")
        >
            <TextInput value=typed.description />
        </Field>
        <fieldset>
            <legend>{text!(i18n, webhooks.told_of)}</legend>
            {choosable().map(choice).collect_view()}
        </fieldset>
        <p class="form-error" role="alert">{move || kinds_error.get()}</p>
        <Checkbox
            label=text!(i18n, webhooks.is_active)
            hint=text!(i18n, webhooks.is_active_hint)
            checked=typed.is_active
        />
    }
    .into_any()
}
