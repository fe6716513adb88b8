//! One comment with its answers.

use leptos::prelude::*;
use leptos_i18n::t_string;
use state::recording::clock;
use types::calls::{CallComment, CallCommentPath};
use types::{CallCommentId, Permission};
use ui::{Avatar, AvatarSize, Button, ButtonKind, ConfirmDialog, IconName, Menu, MenuItem, RelativeTime};

use super::super::open_call::{OpenCall, use_call};
use super::super::time_links::RichContent;
use super::{CommentEditor, stated_comment};
use crate::forms::{FormError, Submission};
use crate::texts::text;

/// A comment and what was answered.
#[component]
pub fn Thread(
    /// The comment.
    id: CallCommentId,
) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let answering = RwSignal::new(false);
    let answers = move || {
        let mut answers = open.comments.get().unwrap_or_default();
        answers.retain(|comment| comment.parent_id == Some(id));
        answers.sort_by_key(|comment| comment.created_at);
        answers.into_iter().map(|comment| comment.id).collect::<Vec<_>>()
    };
    let no_moment = Signal::stored(None::<i64>);
    view! {
        <li>
            <Comment id />
            <ul class="call-answers">
                <For each=answers key=|id| *id children=move |id| view! { <li><Comment id /></li> } />
            </ul>
            <Show
                when=move || answering.get()
                fallback=move || view! {
                    <Button kind=ButtonKind::Quiet icon=IconName::Reply on_press=move |_| answering.set(true)>
                        {text!(i18n, call.answer)}
                    </Button>
                }
            >
                <CommentEditor name=format!("answer-{id}") parent_id=Some(id) at_ms=no_moment on_done=move |()| answering.set(false) />
            </Show>
        </li>
    }
}

#[component]
fn Comment(id: CallCommentId) -> impl IntoView {
    let open = use_call();
    let comment = Memo::new(move |_| {
        open.comments.get().and_then(|comments| comments.into_iter().find(|comment| comment.id == id))
    });
    let editing = RwSignal::new(false);
    let html = Memo::new(move |_| comment.get().map(|comment| comment.html).unwrap_or_default());
    let no_moment = Signal::stored(None::<i64>);
    let content = move || {
        let changed = comment.get_untracked().filter(|_| editing.get());
        match changed {
            Some(changed) => {
                view! {
                    <CommentEditor name=format!("edit-{id}") parent_id=None at_ms=no_moment changed on_done=move |()| editing.set(false) />
                }
                .into_any()
            }
            None => view! { <RichContent open html /> }.into_any(),
        }
    };
    view! {
        <article class="call-comment" id=format!("comment-{id}") class:stated=stated_comment() == Some(id)>
            {move || comment.get().map(|comment| view! { <Head open comment editing /> })}
            {content}
        </article>
    }
}

#[component]
fn Head(open: OpenCall, comment: CallComment, editing: RwSignal<bool>) -> impl IntoView {
    let i18n = open.app.i18n;
    let CallComment { id, author_id, author_name, at_ms, created_at, edited_at, .. } = comment;
    let moment = at_ms.map(|ms| {
        let label = move || t_string!(i18n, call.go_to_moment, moment = clock(ms)).to_string();
        view! {
            <button type="button" class="time-link num" aria-label=label on:click=move |_| open.player.seek(ms)>{clock(ms)}</button>
        }
    });
    let is_own = author_id.is_some() && author_id == open.app.peek(state::State::my_id);
    let manages = open.app.may(Permission::ManageCalls);
    let edited = edited_at.map(|_| view! { <span class="faint">{text!(i18n, call.edited)}</span> });
    let deleting = RwSignal::new(false);
    view! {
        <header>
            <Avatar name=author_name.clone() key=author_id.map(|id| id.to_string()).unwrap_or_default() size=AvatarSize::Small />
            <strong>{author_name}</strong>
            {moment}
            <span class="faint"><RelativeTime unix_ms=created_at.0 as f64 / 1000.0 /></span>
            {edited}
            <span class="push"></span>
            <Show when=move || is_own || manages.get()>
                <Menu label=text!(i18n, words.more) icon=IconName::More icon_only=true>
                    <Show when=move || is_own>
                        <MenuItem icon=IconName::Edit on_select=move |()| editing.set(true)>{text!(i18n, call.edit_comment)}</MenuItem>
                    </Show>
                    <MenuItem icon=IconName::Trash danger=true on_select=move |()| deleting.set(true)>{text!(i18n, call.delete_comment)}</MenuItem>
                </Menu>
            </Show>
        </header>
        <DeleteDialog open id deleting />
    }
}

#[component]
fn DeleteDialog(open: OpenCall, id: CallCommentId, deleting: RwSignal<bool>) -> impl IntoView {
    let i18n = open.app.i18n;
    let submission = Submission::new();
    let confirm = move |()| {
        let path = CallCommentPath { call_id: open.id, comment_id: id };
        submission.run(async move { open.app.api().delete_call_comment(&path).await }, move |()| {
            deleting.set(false);
            open.comments.reload();
        });
    };
    view! {
        <ConfirmDialog
            open=deleting
            title=text!(i18n, call.delete_comment_title)
            confirm_label=text!(i18n, call.delete_comment)
            cancel_label=text!(i18n, words.cancel)
            on_confirm=confirm
            busy=submission.busy
        >
            <p>{text!(i18n, call.delete_comment_effect)}</p>
            <FormError submission />
        </ConfirmDialog>
    }
}
