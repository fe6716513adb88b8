//! Webhooks: which programs are told what, and what came of it.

mod deliveries;
mod dialogs;
mod fields;
mod list;
mod webhook_page;

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::WebhookId;
use types::accounts::{Webhook, WebhookDeliveryState, WebhookEventKind, WebhookSwitchOffReason};
use ui::{Pill, Tone};

use super::no_such_page::NoSuchPage;
use crate::texts::I18n;
use list::WebhookListPage;
use webhook_page::WebhookPage;

/// The list, or one webhook.
#[component]
pub fn WebhookPages(
    /// The id of the webhook in the address.
    item: Signal<Option<String>>,
) -> impl IntoView {
    move || match item.get().map(|id| id.parse::<WebhookId>()) {
        None => view! { <WebhookListPage /> }.into_any(),
        Some(Ok(id)) => view! { <WebhookPage id /> }.into_any(),
        Some(Err(_)) => view! { <NoSuchPage /> }.into_any(),
    }
}

/// What a webhook can be told of, in the order of the form.
fn choosable() -> impl Iterator<Item = WebhookEventKind> {
    WebhookEventKind::ALL.iter().copied().filter(|kind| *kind != WebhookEventKind::Ping)
}

/// A kind of event in words.
fn kind_label(i18n: I18n, kind: WebhookEventKind) -> &'static str {
    match kind {
        WebhookEventKind::MeetingBooked => t_string!(i18n, webhooks.meeting_booked),
        WebhookEventKind::MeetingRescheduled => t_string!(i18n, webhooks.meeting_rescheduled),
        WebhookEventKind::MeetingCancelled => t_string!(i18n, webhooks.meeting_cancelled),
        WebhookEventKind::MeetingRequested => t_string!(i18n, webhooks.meeting_requested),
        WebhookEventKind::Ping => t_string!(i18n, webhooks.ping),
    }
}

/// How far a delivery has come, in a word.
fn state_label(i18n: I18n, state: WebhookDeliveryState) -> &'static str {
    match state {
        WebhookDeliveryState::Queued => t_string!(i18n, webhooks.queued),
        WebhookDeliveryState::Delivered => t_string!(i18n, webhooks.delivered),
        WebhookDeliveryState::Failed => t_string!(i18n, webhooks.failed),
        WebhookDeliveryState::Erased => t_string!(i18n, webhooks.erased),
    }
}

fn state_tone(state: WebhookDeliveryState) -> Tone {
    match state {
        WebhookDeliveryState::Queued => Tone::Accent,
        WebhookDeliveryState::Delivered => Tone::Ok,
        WebhookDeliveryState::Failed => Tone::Bad,
        WebhookDeliveryState::Erased => Tone::Neutral,
    }
}

/// Whether a webhook is told anything, and whether it answers.
fn activity(i18n: I18n, webhook: &Webhook) -> AnyView {
    let (tone, label): (Tone, fn(I18n) -> &'static str) = match webhook {
        Webhook { is_active: true, failures: 0, .. } => (Tone::Ok, |i18n| t_string!(i18n, webhooks.active)),
        Webhook { is_active: true, .. } => (Tone::Warn, |i18n| t_string!(i18n, webhooks.failing)),
        Webhook { switched_off_at: Some(_), .. } => {
            (Tone::Bad, |i18n| t_string!(i18n, webhooks.switched_off))
        }
        _ => (Tone::Neutral, |i18n| t_string!(i18n, webhooks.inactive)),
    };
    view! { <Pill tone>{move || label(i18n)}</Pill> }.into_any()
}

/// Why a webhook was switched off, in a sentence.
fn switched_off(i18n: I18n, reason: WebhookSwitchOffReason) -> &'static str {
    match reason {
        WebhookSwitchOffReason::Failing => t_string!(i18n, webhooks.off_failing),
        WebhookSwitchOffReason::Gone => t_string!(i18n, webhooks.off_gone),
    }
}
