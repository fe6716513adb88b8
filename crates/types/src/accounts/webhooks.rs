//! Webhooks: what other programs are told of, signed as in the Standard Webhooks specification 1.0.0.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{Timestamp, UserId, WebhookDeliveryId, WebhookEventId, WebhookId};

text_enum! {
    /// What a webhook may be told of: the `type` of what it is sent.
    pub enum WebhookEventKind {
        /// Somebody booked a meeting, or it was confirmed.
        MeetingBooked = "meeting.booked",
        /// A meeting was moved to another time.
        MeetingRescheduled = "meeting.rescheduled",
        /// A meeting was cancelled.
        MeetingCancelled = "meeting.cancelled",
        /// Somebody asked for a meeting that has to be confirmed.
        MeetingRequested = "meeting.requested",
        /// A test. It is sent when asked for, and cannot be chosen.
        Ping = "ping",
    }
}

text_enum! {
    /// How far a delivery has come.
    pub enum WebhookDeliveryState {
        /// It waits for its next attempt, or for an earlier one of the same subject.
        Queued = "queued",
        /// It was answered with a status of 200 to 299.
        Delivered = "delivered",
        /// It was given up; it can be sent again.
        Failed = "failed",
        /// It was not sent, and its content is gone with the contact that it was about.
        Erased = "erased",
    }
}

text_enum! {
    /// Why a webhook was switched off without anybody asking for it.
    pub enum WebhookSwitchOffReason {
        /// Every attempt of a day failed.
        Failing = "failing",
        /// The receiver answered 410: nothing is wanted there any more.
        Gone = "gone",
    }
}

replies! {
    /// An address of another program that is told what happened.
    pub struct Webhook {
        /// The webhook's id.
        pub id: WebhookId,
        /// Where events are posted to.
        pub url: String,
        /// What it is for; may be empty.
        pub description: String,
        /// What it is told of.
        pub event_kinds: Vec<WebhookEventKind>,
        /// Whether it is told anything.
        pub is_active: bool,
        /// When it was switched off without anybody asking for it; absent once it is active again.
        pub switched_off_at: Option<Timestamp>,
        /// Why it was.
        pub switched_off_reason: Option<WebhookSwitchOffReason>,
        /// Attempts that failed since the last one that did not.
        pub failures: i32,
        /// When the first of them was.
        pub failing_since: Option<Timestamp>,
        /// Until when deliveries are signed with the secret before the last one too.
        pub previous_secret_until: Option<Timestamp>,
        /// The user who made it, and is told when it is switched off.
        pub created_by: UserId,
        /// When it was made.
        pub created_at: Timestamp,
        /// When somebody last changed it.
        pub updated_at: Timestamp,
    }

    /// A webhook with its secret, which is never shown again.
    pub struct NewWebhook {
        /// The webhook.
        pub webhook: Webhook,
        /// What its deliveries are signed with: `whsec_` and 32 bytes in base64.
        pub secret: String,
    }

    /// One event for one webhook, and what came of it. Kept for 30 days.
    pub struct WebhookDelivery {
        /// The delivery's id.
        pub id: WebhookDeliveryId,
        /// The webhook.
        pub webhook_id: WebhookId,
        /// The event: the same for every webhook and every attempt, so that a receiver knows what it has seen already.
        pub event_id: WebhookEventId,
        /// What happened.
        pub kind: WebhookEventKind,
        /// What it happened to, such as the meeting. Deliveries of one subject arrive in order.
        pub subject_id: String,
        /// When it happened.
        pub occurred_at: Timestamp,
        /// How far it has come.
        pub state: WebhookDeliveryState,
        /// Attempts so far.
        pub attempts: i32,
        /// When it is tried next; absent once it is not tried any more.
        pub next_attempt_at: Option<Timestamp>,
        /// When it was last tried.
        pub attempted_at: Option<Timestamp>,
        /// Milliseconds until the last attempt was answered or given up.
        pub duration_ms: Option<i32>,
        /// The HTTP status of the last answer.
        pub response_status: Option<i32>,
        /// The beginning of the last answer: at most 1024 bytes.
        pub response_body: Option<String>,
        /// Why the last attempt failed, or why there is none.
        pub error: Option<String>,
        /// What is posted; absent once the contact that it was about is erased.
        pub body: Option<String>,
    }
}

requests! {
    /// A webhook, whole.
    pub struct SaveWebhook {
        /// Where to post events to: an address that starts with `https://`, at most 2000 characters, without user and
        /// password.
        pub url: String,
        /// What it is for: at most 200 characters; may be empty.
        pub description: String,
        /// What to tell it of: at least one kind, and not `ping`.
        pub event_kinds: Vec<WebhookEventKind>,
        /// Whether to tell it anything. What waited when it is switched off is not sent.
        pub is_active: bool,
    }
}

queries! {
    /// Which deliveries.
    pub struct ListWebhookDeliveries {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only deliveries in this state.
        pub state: Option<WebhookDeliveryState>,
    }
}

paths! {
    /// The id of a webhook.
    pub struct WebhookPath {
        /// The webhook.
        pub webhook_id: WebhookId,
    }

    /// The ids of a webhook and of one of its deliveries.
    pub struct WebhookDeliveryPath {
        /// The webhook.
        pub webhook_id: WebhookId,
        /// The delivery.
        pub delivery_id: WebhookDeliveryId,
    }
}
