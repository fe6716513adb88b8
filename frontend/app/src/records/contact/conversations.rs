//! The conversations of a contact.

use leptos::prelude::*;
use leptos_router::components::A;
use types::ContactId;
use types::conversations::{ListThreads, ThreadItem, ThreadStatus};
use ui::{Icon, IconName, Pill, RelativeTime, Section, Tone};

use crate::context::{App, use_app};
use crate::inbox::path_of_thread;
use crate::remote::{Remote, RemoteView};
use crate::texts::text;

/// How many are listed.
const SHOWN: u16 = 100;

/// The newest conversations, open and closed.
#[component]
pub fn Conversations(id: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let remote = Remote::new(move || async move {
        let query = ListThreads { contact_id: Some(id), limit: Some(SHOWN), ..ListThreads::default() };
        app.api().list_threads(&query).await.map(|page| page.items)
    });
    let is_empty = move || remote.get().is_some_and(|items| items.is_empty());
    view! {
        <Section title=text!(i18n, inbox.conversations)>
            <RemoteView remote>
                <ul class="contact-conversations">
                    {move || remote.get().unwrap_or_default().into_iter().map(|item| line(app, item)).collect_view()}
                </ul>
                <Show when=is_empty><p class="muted">{text!(i18n, contacts.no_conversations)}</p></Show>
            </RemoteView>
        </Section>
    }
}

fn line(app: App, item: ThreadItem) -> impl IntoView {
    let i18n = app.i18n;
    let thread = item.thread;
    let path = path_of_thread(&thread);
    let is_open = thread.status == ThreadStatus::Open;
    let status = move || match is_open {
        true => leptos_i18n::t_string!(i18n, inbox.status_open),
        false => leptos_i18n::t_string!(i18n, inbox.status_closed),
    };
    let at = thread.last_message_at.0 as f64 / 1000.0;
    view! {
        <li>
            <A href=path attr:class="mini">
                <Icon name=IconName::Chat />
                <span class="trunc">{thread.subject.unwrap_or(thread.preview)}</span>
                <Pill tone=if is_open { Tone::Ok } else { Tone::Neutral }>{status}</Pill>
                <RelativeTime unix_ms=at />
            </A>
        </li>
    }
}
