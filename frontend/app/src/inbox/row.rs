//! One conversation in the list.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use state::threads::is_unread;
use types::conversations::{ChannelKind, Thread, ThreadItem, Waiting};
use ui::{Avatar, Icon, IconName, RelativeTime};

use super::page::use_place;
use crate::context::use_app;
use crate::texts::{I18n, text};

/// Draws a row: who, how many, when; what about; the last message or comment, and whose turn it is.
pub fn row(item: Signal<ThreadItem>) -> impl IntoView + use<> {
    let app = use_app();
    let i18n = app.i18n;
    let place = use_place();
    let id = item.with_untracked(|item| item.thread.id);
    let contact = item.with_untracked(|item| item.thread.contact_id.to_string());
    let path = move || place.route.get().with_thread(Some(id)).path();
    let is_open = move || place.route.with(|route| route.thread == Some(id));
    let unread = Memo::new(move |_| item.with(is_unread));
    let name = Signal::derive(move || item.with(|item| item.thread.contact_name.clone()));
    let class = move || if unread.get() { "row unread" } else { "row" };
    view! {
        <A href=path attr:class=class attr:aria-current=move || is_open().then_some("true")>
            <Avatar name key=contact />
            <span class="main">
                <span class="first">
                    <b class="trunc">{move || name.get()}</b>
                    <Show when=move || unread.get()><span class="sr-only">{text!(i18n, inbox.unread)}</span></Show>
                    {participants(i18n, item)}
                    {turn(i18n, item)}
                    <RelativeTime unix_ms=Signal::derive(move || item.with(|item| item.thread.last_message_at.0 as f64 / 1000.0)) />
                </span>
                <span class="second trunc">{move || item.with(|item| subject_or_preview(&item.thread).to_owned())}</span>
                {third_line(i18n, item)}
            </span>
        </A>
    }
}

/// A conversation without a subject is told by its last message.
fn subject_or_preview(thread: &Thread) -> &str {
    thread.subject.as_deref().unwrap_or(&thread.preview)
}

fn participants(i18n: I18n, item: Signal<ThreadItem>) -> impl IntoView {
    let count = Memo::new(move |_| item.with(|item| item.thread.participant_count));
    let words = move || t_string!(i18n, inbox.participants, count = count.get()).to_string();
    view! {
        <Show when=move || { count.get() > 1 }>
            <span class="num faint participants" title=words>
                {move || count.get()}<span class="sr-only">" "{text!(i18n, inbox.participants_word)}</span>
            </span>
        </Show>
    }
}

/// Whether an answer is due.
fn turn(i18n: I18n, item: Signal<ThreadItem>) -> impl IntoView {
    let waiting = Memo::new(move |_| item.with(|item| item.thread.waiting));
    move || {
        let (class, icon, words) = match waiting.get() {
            Waiting::ForReply => ("turn due", IconName::Reply, t_string!(i18n, inbox.waiting_for_reply)),
            Waiting::ForContact => ("turn", IconName::Check, t_string!(i18n, inbox.waiting_for_contact)),
        };
        view! { <span class=class title=words><Icon name=icon /><span class="sr-only">{words}</span></span> }
    }
}

/// The channel, and the newest comment; else the message, or the page the conversation was started from.
fn third_line(i18n: I18n, item: Signal<ThreadItem>) -> impl IntoView {
    let line = Memo::new(move |_| {
        item.with(|ThreadItem { thread, .. }| {
            let channel = thread.channel;
            match &thread.comment_preview {
                Some(comment) => (channel, true, comment.clone()),
                None if thread.subject.is_some() => (channel, false, thread.preview.clone()),
                None => (channel, false, started_from(i18n, thread)),
            }
        })
    });
    move || {
        let (channel, is_comment, text) = line.get();
        let (icon, words) = match channel {
            ChannelKind::Chat => (IconName::Chat, t_string!(i18n, inbox.channel_chat)),
        };
        let comment = is_comment.then(|| {
            view! { <span class="note"><Icon name=IconName::Comment />{text!(i18n, inbox.comment)}":"</span> }
        });
        view! {
            <span class="third">
                <span class="channel" title=words><Icon name=icon /><span class="sr-only">{words}</span></span>
                {comment}
                <span class="trunc">{text}</span>
            </span>
        }
    }
}

fn started_from(i18n: I18n, thread: &Thread) -> String {
    match thread.started_from.as_deref().map(page_of) {
        Some(page) => t_string!(i18n, inbox.started_from, page = page).to_string(),
        None => t_string!(i18n, inbox.channel_chat).to_owned(),
    }
}

/// The path of a page's address, which is what tells pages of one site apart.
pub fn page_of(address: &str) -> String {
    let path = address.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    path.unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn a_page_is_told_by_its_path() {
        assert_eq!(page_of("https://shop.example/pricing?a=1"), "/pricing?a=1");
        assert_eq!(page_of("https://shop.example"), "https://shop.example");
        assert_eq!(page_of("/help"), "/help");
    }
}
