//! The entries of the conversation in their order, with lines between days and above what is new.

use leptos::{html, prelude::*};
use types::conversations::{Message, MessageKind};
use types::{MessageId, ThreadId};
use ui::{Button, ButtonKind, IconName};

use super::activity::ActivityLine;
use super::bubble::Bubble;
use super::pending::PendingBubble;
use super::scrolling::Scrolling;
use crate::context::{App, use_app};
use crate::texts::text;

/// What stands in the conversation.
#[derive(Clone, PartialEq)]
enum Entry {
    /// The first entry of a day follows; milliseconds since 1970.
    Day(f64),
    /// What the user has not read follows.
    New,
    /// An entry.
    Message(Message),
}

impl Entry {
    /// An entry is drawn anew when what its key names changes.
    fn key(&self) -> String {
        match self {
            Self::Day(at) => format!("day {at}"),
            Self::New => "new".to_owned(),
            Self::Message(message) => {
                let delivery = message.delivery.map_or("", |state| state.as_str());
                format!("{} {delivery} {}", message.id, message.html.len())
            }
        }
    }
}

/// The scrolling part of the conversation.
#[component]
pub fn Entries(id: ThreadId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let container = NodeRef::<html::Div>::new();
    let scrolling = Scrolling::new(app, id, container);
    let entries = Memo::new(move |_| entries(app));
    let pending = Memo::new(move |_| {
        app.read(|state| state.open.as_ref().map(|open| open.pending.clone()).unwrap_or_default())
    });
    let draw = move |entry: Entry| match entry {
        Entry::Day(at) => day(app, at).into_any(),
        Entry::New => {
            view! { <div class="new-line" role="separator"><span>{text!(i18n, inbox.new_line)}</span></div> }
                .into_any()
        }
        Entry::Message(message) if message.kind == MessageKind::Activity => {
            view! { <ActivityLine message /> }.into_any()
        }
        Entry::Message(message) => view! { <Bubble message target=app.inbox.target /> }.into_any(),
    };
    view! {
        <div class="entries-frame">
            <div
                class="entries"
                node_ref=container
                tabindex="0"
                role="log"
                aria-label=text!(i18n, inbox.messages)
                aria-live="polite"
                aria-relevant="additions"
                on:scroll=move |_| scrolling.on_scroll()
            >
                <Show when=move || scrolling.has_older()>
                    <Button kind=ButtonKind::Quiet busy=scrolling.loading on_press=move |_| scrolling.load_older()>
                        {text!(i18n, inbox.load_older)}
                    </Button>
                </Show>
                <For each=move || entries.get() key=Entry::key children=draw />
                <For
                    each=move || pending.get()
                    key=|message| (message.client_id.clone(), message.failed.clone())
                    children=move |message| view! { <PendingBubble thread=id message /> }
                />
                <Show when=move || scrolling.has_newer()>
                    <Button kind=ButtonKind::Quiet busy=scrolling.loading on_press=move |_| scrolling.load_newer()>
                        {text!(i18n, inbox.load_newer)}
                    </Button>
                </Show>
            </div>
            <Show when=move || scrolling.news_below.get()>
                <div class="to-end">
                    <Button icon=IconName::ChevronDown on_press=move |_| scrolling.to_end()>{text!(i18n, inbox.new_messages)}</Button>
                </div>
            </Show>
        </div>
    }
}

fn entries(app: App) -> Vec<Entry> {
    app.read(|state| {
        let Some(open) = &state.open else { return Vec::new() };
        let me = state.my_id();
        let mut entries = Vec::with_capacity(open.messages.len() + 8);
        let (mut day, mut marked) = (None, open.unread_after == 0);
        for message in &open.messages {
            let at = message.created_at.0 as f64 / 1000.0;
            let date = local_date(at);
            if day.as_ref() != Some(&date) {
                entries.push(Entry::Day(at));
                day = Some(date);
            }
            let is_others = message.author_user_id.is_none() || message.author_user_id != me;
            if !marked
                && message.seq > open.unread_after
                && message.kind != MessageKind::Activity
                && is_others
            {
                entries.push(Entry::New);
                marked = true;
            }
            entries.push(Entry::Message(message.clone()));
        }
        entries
    })
}

/// Year, month and day in the browser's time zone.
fn local_date(unix_ms: f64) -> (u32, u32, u32) {
    let date = js_sys::Date::new(&unix_ms.into());
    (date.get_full_year(), date.get_month(), date.get_date())
}

fn day(app: App, unix_ms: f64) -> impl IntoView {
    let i18n = app.i18n;
    let label = move || {
        let tag = crate::preferences::tag(i18n.get_locale());
        let now = crate::browser::now_ms();
        if local_date(now) == local_date(unix_ms) {
            leptos_i18n::t_string!(i18n, inbox.today).to_owned()
        } else if local_date(now - 86_400_000.0) == local_date(unix_ms) {
            leptos_i18n::t_string!(i18n, inbox.yesterday).to_owned()
        } else {
            crate::browser::date_text(
                tag,
                unix_ms,
                &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")],
            )
        }
    };
    view! { <div class="day" role="separator"><span>{label}</span></div> }
}

/// The id of the element that shows a message, to scroll to.
pub(super) fn element_id(message: MessageId) -> String {
    format!("message-{message}")
}
