//! Writing a comment, an answer, or a change of either.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::calls::{CallComment, CallCommentPath, CreateCallComment, EditCallComment};
use types::{CallCommentId, UserId};
use ui::{Button, ButtonKind, RichText, RichTextHandle};

use super::super::open_call::{OpenCall, use_call};
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
    error: RwSignal<Option<ClientError>>,
    busy: RwSignal<bool>,
}

impl Writing {
    fn start(open: OpenCall, name: &str, html: &str) -> Self {
        let user = open.app.peek(state::State::my_id).map_or(0, |id| id.0);
        let draft_name = format!("{DRAFTS}{user}.comment.{}.{name}", open.id);
        let html = browser::stored(&draft_name).unwrap_or_else(|| html.to_owned());
        let writing = Self {
            open,
            editor: RichTextHandle::new(),
            content: RwSignal::new((html.clone(), html.clone())),
            draft_name: StoredValue::new(draft_name),
            error: RwSignal::new(None),
            busy: RwSignal::new(false),
        };
        writing.editor.set_html(&html);
        writing
    }

    fn change(self, html: String, text: String) {
        self.keep(Some(&html).filter(|html| !html.is_empty()));
        self.content.set((html, text));
    }

    fn keep(self, html: Option<&String>) {
        self.draft_name.with_value(|name| browser::store(name, html.map(String::as_str)));
    }

    fn clear(self) {
        self.editor.set_html("");
        self.content.set((String::new(), String::new()));
        self.keep(None);
    }

    fn mentioned(self) -> Vec<UserId> {
        self.content.with_untracked(|(_, text)| mentioned(self.open.app, Audience::Everybody, text))
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
    let changed_id = changed.as_ref().map(|comment| comment.id);
    let writing = Writing::start(open, &name, changed.as_ref().map_or("", |comment| &comment.html));
    let send = move || {
        let html = writing.content.with_untracked(|(html, _)| html.clone());
        if html.is_empty() || writing.busy.get_untracked() {
            return;
        }
        let mentioned_user_ids = writing.mentioned();
        let at_ms = at_ms.get_untracked().filter(|_| parent_id.is_none());
        writing.busy.set(true);
        writing.error.set(None);
        spawn_local(async move {
            let reply = match changed_id {
                Some(comment_id) => {
                    let path = CallCommentPath { call_id: open.id, comment_id };
                    let request = EditCallComment { html, mentioned_user_ids };
                    open.app.api().edit_call_comment(&path, &request).await
                }
                None => {
                    let request = CreateCallComment { html, at_ms, parent_id, mentioned_user_ids };
                    let api = open.app.api().with_idempotency_key(browser::unique_name());
                    api.create_call_comment(&open.path(), &request).await
                }
            };
            writing.busy.try_set(false);
            match reply {
                Ok(_) => {
                    writing.clear();
                    open.comments.reload();
                    on_done.run(());
                }
                Err(error) => {
                    writing.error.try_set(Some(error));
                }
            }
        });
    };
    let give_up = move |_| {
        writing.clear();
        on_done.run(());
    };
    let label = move || match (changed_id, parent_id) {
        (Some(_), _) => t_string!(i18n, call.edit_comment),
        (None, Some(_)) => t_string!(i18n, call.write_answer),
        (None, None) => t_string!(i18n, inbox.comment_hint),
    };
    let send_label = move || match (changed_id, parent_id) {
        (Some(_), _) => t_string!(i18n, words.save),
        (None, Some(_)) => t_string!(i18n, call.answer),
        (None, None) => t_string!(i18n, inbox.add_comment),
    };
    let mention = Callback::new(move |name: String| {
        writing.content.with_untracked(|(_, text)| insert_mention(writing.editor, text, &name));
    });
    let typed = Signal::derive(move || writing.content.with(|(_, text)| text.clone()));
    let is_empty = Signal::derive(move || writing.content.with(|(html, _)| html.is_empty()));
    let message = move || writing.error.with(|error| error.as_ref().map(|error| error_text(i18n, error)));
    let can_give_up = changed_id.is_some() || parent_id.is_some();
    view! {
        <div class="editor comment-editor">
            <RichText
                handle=writing.editor
                label
                placeholder=label
                loading_label=text!(i18n, words.loading)
                failed_title=text!(i18n, inbox.editor_failed)
                retry_label=text!(i18n, words.try_again)
                on_change=move |(html, text)| writing.change(html, text)
                on_submit=move |()| send()
            />
            <Suggestions audience=Audience::Everybody text=typed on_choose=mention />
            <p class="form-error" role="alert">{message}</p>
            <footer>
                <MentionButton audience=Audience::Everybody on_choose=mention />
                <span class="push"></span>
                {can_give_up.then(|| view! { <Button on_press=give_up>{text!(i18n, words.cancel)}</Button> })}
                <Button kind=ButtonKind::Primary kbd="Ctrl ↵" disabled=is_empty busy=writing.busy on_press=move |_| send()>
                    {send_label}
                </Button>
            </footer>
        </div>
    }
    .into_any()
}
