//! What colleagues say to each other about the call: comments, anchored to moments, and answers to them.

mod editor;
mod thread;

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::clock;
use types::calls::{CallComment, CallPath};
use types::page::PageQuery;
use types::{CallCommentId, CallId};
use ui::Checkbox;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTemplateElement, UrlSearchParams};

use super::open_call::{OpenCall, use_call};
use crate::browser;
use crate::context::App;
use crate::remote::{Remote, RemoteView};
use crate::texts::{I18n, text};
use editor::CommentEditor;
use thread::Thread;

/// The largest page that the server gives.
const PAGE: u16 = 200;
/// So much of a comment stands at its pin, in characters.
const PINNED: usize = 80;

/// The title of the tab, with how many there are.
pub fn title(i18n: I18n, count: usize) -> String {
    match count {
        0 => t_string!(i18n, call.comments).to_owned(),
        count => format!("{} {count}", t_string!(i18n, call.comments)),
    }
}

/// The comment that the address names.
pub fn stated_comment() -> Option<CallCommentId> {
    let search = window().location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get("comment")?.parse().ok()
}

/// Fetches all comments when the call opens and when they change.
pub fn fetch(app: App, id: CallId) -> Remote<Vec<CallComment>> {
    let revision = Memo::new(move |_| app.read(|state| (state.calls.comments_revision(id), state.refreshes)));
    Remote::new(move || {
        revision.get();
        async move {
            let path = CallPath { call_id: id };
            let (mut comments, mut cursor) = (Vec::new(), None);
            loop {
                let query = PageQuery { cursor, limit: Some(PAGE) };
                let page = app.api().list_call_comments(&path, &query).await?;
                comments.extend(page.items);
                cursor = page.next_cursor;
                if cursor.is_none() {
                    return Ok(comments);
                }
            }
        }
    })
}

/// A comment at the moment that it is about.
pub struct Pin {
    /// The moment, in milliseconds.
    pub at_ms: i64,
    /// What decides the colour of the author's avatar.
    pub author_key: String,
    /// Who wrote it.
    pub author_name: String,
    /// How the text begins.
    pub beginning: String,
}

impl OpenCall {
    /// The comments that are about a moment. Tracked.
    pub fn pins(self) -> Vec<Pin> {
        let pin = |comment: CallComment| {
            Some(Pin {
                at_ms: comment.at_ms?,
                author_key: comment.author_id.map(|id| id.to_string()).unwrap_or_default(),
                author_name: comment.author_name,
                beginning: plain_text(&comment.html).chars().take(PINNED).collect(),
            })
        };
        let roots = self.comments.get().unwrap_or_default().into_iter();
        roots.filter(|comment| comment.parent_id.is_none()).filter_map(pin).collect()
    }
}

/// A text without its formats.
fn plain_text(html: &str) -> String {
    let holder = document().create_element("template");
    let text = holder.ok().and_then(|holder| {
        holder.set_inner_html(html);
        holder.unchecked_into::<HtmlTemplateElement>().content().text_content()
    });
    text.unwrap_or_default()
}

/// The tab of the comments.
#[component]
pub fn Comments() -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let roots = move || {
        let mut roots = open.comments.get().unwrap_or_default();
        roots.retain(|comment| comment.parent_id.is_none());
        // By moment, those about the whole call first.
        roots.sort_by_key(|comment| (comment.at_ms, comment.created_at));
        roots.into_iter().map(|comment| comment.id).collect::<Vec<_>>()
    };
    let is_empty = move || open.comments.get().is_some_and(|comments| comments.is_empty());
    let anchored = RwSignal::new(false);
    let at_ms = Signal::derive(move || anchored.get().then(|| open.player.position_ms.get()));
    let anchor_label = move || {
        let moment = clock(open.player.position_ms.get());
        t_string!(i18n, call.anchor_comment, moment = moment).to_string()
    };
    let stated = stated_comment();
    let show_stated = move || {
        if let Some(id) = stated {
            request_animation_frame(move || browser::scroll_into_view(&format!("#comment-{id}")));
        }
    };
    Effect::new(move |before: Option<bool>| {
        let is_there = open.comments.get().is_some();
        if is_there && before != Some(true) {
            show_stated();
        }
        is_there
    });
    view! {
        <RemoteView remote=open.comments>
            <ul class="call-comments">
                <For each=roots key=|id| *id children=move |id| view! { <Thread id /> } />
            </ul>
            <Show when=is_empty><p class="muted">{text!(i18n, call.no_comments)}</p></Show>
            <CommentEditor name="new" parent_id=None at_ms on_done=|()| {} />
            <Show when=move || open.player.is_ready()>
                <Checkbox label=anchor_label checked=anchored />
            </Show>
        </RemoteView>
    }
    .into_any()
}
