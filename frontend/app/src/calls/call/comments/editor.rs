//! Writing a comment, an answer, or a change of either.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::calls::{CallComment, CallCommentPath, CreateCallComment, EditCallComment};
use types::{CallCommentId, UserId};
use ui::{Button, ButtonKind, RichText, RichTextHandle};

use super::super::open_call::{OpenCall, use_call};
use super::plain_text;
use crate::browser;
use crate::errors::error_text;
use crate::inbox::DRAFTS;
use crate::texts::text;
use crate::writing::{Audience, MentionButton, Suggestions, insert_mention, mentioned};

/// What is being written.
#[derive(Clone, Copy)]
struct Writing {
    open: OpenCall,
    editor: RichTextHandle,
    /// HTML and plain text.
    content: RwSignal<(String, String)>,
    draft_name: StoredValue<String>,
    /// The comment that is answered.
    parent_id: Option<CallCommentId>,
    /// The comment that is changed.
    changed_id: Option<CallCommentId>,
    /// The moment that it is about.
    at_ms: Signal<Option<i64>>,
    error: RwSignal<Option<ClientError>>,
    busy: RwSignal<bool>,
    on_done: Callback<()>,
}

impl Writing {
    /// Goes on with the draft that the browser keeps under this name, or else with this text.
    fn fill(self, html: &str) {
        let html =
            self.draft_name.with_value(|name| browser::stored(name)).unwrap_or_else(|| html.to_owned());
        self.editor.set_html(&html);
        let text = plain_text(&html);
        self.content.set((html, text));
    }

    fn change(self, html: String, text: String) {
        self.keep(Some(&html).filter(|html| !html.is_empty()));
        self.content.set((html, text));
    }

    fn keep(self, html: Option<&String>) {
        self.draft_name.with_value(|name| browser::store(name, html.map(String::as_str)));
    }

    /// Sent, or given up.
    fn end(self) {
        self.editor.set_html("");
        self.content.set((String::new(), String::new()));
        self.keep(None);
        self.on_done.run(());
    }

    fn mention(self, name: &str) {
        // The editor writes the content anew while it inserts.
        let (_, text) = self.content.get_untracked();
        insert_mention(self.editor, &text, name);
    }

    fn send(self) {
        let (html, text) = self.content.get_untracked();
        if html.is_empty() || self.busy.get_untracked() {
            return;
        }
        let mentioned_user_ids = mentioned(self.open.app, Audience::Everybody, &text);
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let reply = self.request(html, mentioned_user_ids).await;
            self.busy.try_set(false);
            match reply {
                Ok(_) => {
                    self.end();
                    self.open.comments.reload();
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
        });
    }

    async fn request(
        self,
        html: String,
        mentioned_user_ids: Vec<UserId>,
    ) -> Result<CallComment, ClientError> {
        let (api, call_id, parent_id) = (self.open.app.api(), self.open.id, self.parent_id);
        if let Some(comment_id) = self.changed_id {
            let request = EditCallComment { html, mentioned_user_ids };
            return api.edit_call_comment(&CallCommentPath { call_id, comment_id }, &request).await;
        }
        let at_ms = self.at_ms.get_untracked().filter(|_| parent_id.is_none());
        let request = CreateCallComment { html, at_ms, parent_id, mentioned_user_ids };
        let api = api.with_idempotency_key(browser::unique_name());
        api.create_call_comment(&self.open.path(), &request).await
    }

    /// What is written here. Tracked.
    fn label(self) -> &'static str {
        let i18n = self.open.app.i18n;
        match (self.changed_id, self.parent_id) {
            (Some(_), _) => t_string!(i18n, call.edit_comment),
            (None, Some(_)) => t_string!(i18n, call.write_answer),
            (None, None) => t_string!(i18n, inbox.comment_hint),
        }
    }

    /// The button that sends. Tracked.
    fn send_label(self) -> &'static str {
        let i18n = self.open.app.i18n;
        match (self.changed_id, self.parent_id) {
            (Some(_), _) => t_string!(i18n, words.save),
            (None, Some(_)) => t_string!(i18n, call.answer),
            (None, None) => t_string!(i18n, inbox.add_comment),
        }
    }
}

/// Writes a comment; what is typed is kept in the browser until it is sent.
#[component]
pub fn CommentEditor(
    /// What the draft is kept under, unique within the call.
    #[prop(into)]
    name: String,
    /// The comment that is answered.
    parent_id: Option<CallCommentId>,
    /// The moment that it is about.
    #[prop(into)]
    at_ms: Signal<Option<i64>>,
    /// The comment that is changed, instead of writing a new one.
    #[prop(optional)]
    changed: Option<CallComment>,
    /// Called when it was sent or given up.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let user = open.app.peek(state::State::my_id).map_or(0, |id| id.0);
    let writing = Writing {
        open,
        editor: RichTextHandle::new(),
        content: RwSignal::new((String::new(), String::new())),
        draft_name: StoredValue::new(format!("{DRAFTS}{user}.comment.{}.{name}", open.id)),
        parent_id,
        changed_id: changed.as_ref().map(|comment| comment.id),
        at_ms,
        error: RwSignal::new(None),
        busy: RwSignal::new(false),
        on_done,
    };
    writing.fill(changed.as_ref().map_or("", |comment| &comment.html));
    let typed = Signal::derive(move || writing.content.with(|(_, text)| text.clone()));
    let on_choose = Callback::new(move |name: String| writing.mention(&name));
    let message = move || writing.error.with(|error| error.as_ref().map(|error| error_text(i18n, error)));
    view! {
        <div class="editor comment-editor">
            <RichText
                handle=writing.editor
                label=move || writing.label()
                placeholder=move || writing.label()
                loading_label=text!(i18n, words.loading)
                failed_title=text!(i18n, inbox.editor_failed)
                retry_label=text!(i18n, words.try_again)
                on_change=move |(html, text)| writing.change(html, text)
                on_submit=move |()| writing.send()
            />
            <Suggestions audience=Audience::Everybody text=typed on_choose />
            <p class="form-error" role="alert">{message}</p>
            <Foot writing />
        </div>
    }
    .into_any()
}

#[component]
fn Foot(writing: Writing) -> impl IntoView {
    let i18n = writing.open.app.i18n;
    let on_choose = Callback::new(move |name: String| writing.mention(&name));
    let is_empty = Signal::derive(move || writing.content.with(|(html, _)| html.is_empty()));
    let can_give_up = writing.changed_id.is_some() || writing.parent_id.is_some();
    view! {
        <footer>
            <MentionButton audience=Audience::Everybody on_choose />
            <span class="push"></span>
            {can_give_up.then(|| view! { <Button on_press=move |_| writing.end()>{text!(i18n, words.cancel)}</Button> })}
            <Button kind=ButtonKind::Primary kbd="Ctrl ↵" disabled=is_empty busy=writing.busy on_press=move |_| writing.send()>
                {move || writing.send_label()}
            </Button>
        </footer>
    }
}
