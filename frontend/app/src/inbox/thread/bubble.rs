//! A message or comment: the contact's at the left, the team's at the right, comments on yellow paper.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::conversations::{AuthorKind, DeliveryState, Message, MessageKind};
use types::{MessageId, Permission};
use ui::{Avatar, Button, ButtonKind, Icon, IconName};

use super::attachments::Attachments;
use super::entries::element_id;
use super::message_menu::MessageMenu;
use super::of_thread;
use crate::browser;
use crate::context::{App, use_app};
use crate::inbox::composer;
use crate::preferences;
use crate::texts::text;

/// How a bubble is coloured and placed.
pub fn bubble_class(kind: MessageKind, author: AuthorKind) -> &'static str {
    match (kind, author) {
        (MessageKind::Comment, _) => "m note",
        (_, AuthorKind::Contact) => "m",
        _ => "m me",
    }
}

/// One message or comment.
#[component]
pub fn Bubble(
    /// What was written.
    message: Message,
    /// The message to draw attention to.
    target: RwSignal<Option<MessageId>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let Message { id, kind, author, author_name, html, attachments, .. } = message.clone();
    let is_comment = kind == MessageKind::Comment;
    let key = message.author_user_id.map_or_else(
        || app.peek(|s| s.threads.get(message.thread_id).map(|i| i.thread.contact_id.to_string())),
        |user| Some(user.to_string()),
    );
    let failure = message.delivery_error.clone();
    let delivery = delivery(app, &message);
    let failed = Memo::new(move |_| delivery.get() == Some(DeliveryState::Failed));
    let has_text = !html.is_empty();
    view! {
        <article
            id=element_id(id)
            class=bubble_class(kind, author)
            class:target=move || target.get() == Some(id)
        >
            <Avatar name=author_name.clone() key=key.unwrap_or_else(|| author_name.clone()) />
            <div class="message">
                <div class="head">
                    <span class="author">{author_name}</span>
                    {is_comment.then(|| view! { <span class="only-team"><Icon name=IconName::Comment />{text!(i18n, inbox.comment_note)}</span> })}
                    {time(app, &message)}
                    <DeliveryText delivery />
                    <MessageMenu message=message.clone() />
                </div>
                {has_text.then(|| view! { <div class="bubble rich-content" inner_html=html></div> })}
                <Attachments files=attachments />
                <Show when=move || failed.get()><Failure id failure=failure.clone() /></Show>
            </div>
        </article>
    }
}

fn time(app: App, message: &Message) -> impl IntoView + use<> {
    let at = message.created_at.0 as f64 / 1000.0;
    let tag = move || preferences::tag(app.i18n.get_locale());
    let short = move || browser::date_text(tag(), at, &[("hour", "2-digit"), ("minute", "2-digit")]);
    let exact = move || browser::date_text(tag(), at, &[("dateStyle", "full"), ("timeStyle", "medium")]);
    view! { <time class="num" datetime=message.created_at.to_string() title=exact>{short}</time> }
}

/// How far a message to the contact has come, by its own state and the contact's receipts.
fn delivery(app: App, message: &Message) -> Signal<Option<DeliveryState>> {
    let (own, seq, thread) = (message.delivery, message.seq, message.thread_id);
    Memo::new(move |_| {
        let own = own?;
        if matches!(own, DeliveryState::Queued | DeliveryState::Failed) {
            return Some(own);
        }
        let (delivered, read) = of_thread(app, thread, |t| (t.contact_delivered_seq, t.contact_read_seq));
        Some(match () {
            () if seq <= read => DeliveryState::Read,
            () if seq <= delivered => own.max(DeliveryState::Delivered),
            () => own,
        })
    })
    .into()
}

#[component]
fn DeliveryText(delivery: Signal<Option<DeliveryState>>) -> impl IntoView {
    let i18n = use_app().i18n;
    move || {
        let (words, class) = match delivery.get()? {
            DeliveryState::Queued => (t_string!(i18n, inbox.delivery_queued), "delivery"),
            DeliveryState::Sent => (t_string!(i18n, inbox.delivery_sent), "delivery"),
            DeliveryState::Delivered => (t_string!(i18n, inbox.delivery_delivered), "delivery"),
            DeliveryState::Read => (t_string!(i18n, inbox.delivery_read), "delivery"),
            DeliveryState::Failed => (t_string!(i18n, inbox.delivery_failed), "delivery bad"),
        };
        Some(view! { <span class=class>{words}</span> })
    }
}

/// Why a message did not leave, and a button to send it again.
#[component]
fn Failure(id: MessageId, failure: Option<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_reply = app.may(Permission::Reply);
    view! {
        <div class="failure" role="alert">
            <Icon name=IconName::Warning />
            <span>{failure}</span>
            <Show when=move || may_reply.get()>
                <Button kind=ButtonKind::Quiet icon=IconName::Refresh on_press=move |_| composer::retry_delivery(app, id)>
                    {text!(i18n, inbox.send_again)}
                </Button>
            </Show>
        </div>
    }
}
