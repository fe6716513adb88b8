//! Sends replies and comments: shown at once, confirmed or refused later.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use state::PendingMessage;
use types::conversations::{CreateComment, CreateMessage, Message, MessageKind, MessagePath, ThreadPath};
use types::files::File;
use types::{ErrorCode, MessageId, ThreadId, Timestamp};

use super::draft::Draft;
use crate::browser;
use crate::context::App;
use crate::errors::error_text;

/// Sends what was written.
pub(super) fn send(app: App, thread: ThreadId, kind: MessageKind, draft: Draft, anyway: bool) {
    let seen_seq = app.peek(|state| state.open.as_ref().map_or(0, state::OpenThread::last_seq));
    let message = PendingMessage {
        client_id: browser::unique_name(),
        kind,
        html: draft.html,
        text: draft.text,
        attachments: draft.attachments,
        mentioned_user_ids: draft.mentioned_user_ids,
        seen_seq,
        created_at: Timestamp((browser::now_ms() * 1000.0) as i64),
        failed: None,
    };
    change_pending(app, thread, |pending| pending.push(message.clone()));
    deliver(app, thread, message, anyway);
}

/// Sends again what failed. The same name makes sure that it arrives once.
pub fn retry(app: App, thread: ThreadId, client_id: &str) {
    let mut found = None;
    change_pending(app, thread, |pending| {
        if let Some(message) = pending.iter_mut().find(|message| message.client_id == client_id) {
            message.failed = None;
            found = Some(message.clone());
        }
    });
    if let Some(message) = found {
        deliver(app, thread, message, false);
    }
}

/// Gives up what failed.
pub fn discard(app: App, thread: ThreadId, client_id: &str) {
    let mut kind = None;
    change_pending(app, thread, |pending| {
        kind = pending.iter().find(|message| message.client_id == client_id).map(|message| message.kind);
        pending.retain(|message| message.client_id != client_id);
    });
    if let Some(kind) = kind {
        Draft::default().save(app, thread, kind);
    }
}

/// Hands a message to its channel again.
pub fn retry_delivery(app: App, message_id: MessageId) {
    spawn_local(async move {
        // The event that follows changes the bubble.
        if let Err(error) = app.api().retry_message(&MessagePath { message_id }).await {
            app.fail(&error);
        }
    });
}

fn change_pending(app: App, thread: ThreadId, change: impl FnOnce(&mut Vec<PendingMessage>)) {
    app.change(|state| {
        if let Some(open) = state.open.as_mut().filter(|open| open.id == thread) {
            change(&mut open.pending);
        }
    });
}

fn deliver(app: App, thread: ThreadId, message: PendingMessage, anyway: bool) {
    spawn_local(async move {
        match request(app, thread, &message, anyway).await {
            Ok(stored) => {
                app.change(|state| {
                    if let Some(open) = state.open.as_mut().filter(|open| open.id == thread) {
                        open.put(stored);
                    }
                });
                forget_draft(app, thread, &message);
            }
            Err(error) if error.code() == Some(ErrorCode::NewerMessages) => {
                refuse(app, thread, message, error)
            }
            Err(error) => {
                let text = untrack(|| error_text(app.i18n, &error));
                change_pending(app, thread, |pending| {
                    if let Some(known) = pending.iter_mut().find(|known| known.client_id == message.client_id)
                    {
                        known.failed = Some(text);
                    }
                });
            }
        }
    });
}

async fn request(
    app: App,
    thread_id: ThreadId,
    message: &PendingMessage,
    anyway: bool,
) -> Result<Message, ClientError> {
    let api = app.api();
    let path = ThreadPath { thread_id };
    let (html, client_id) = (message.html.clone(), Some(message.client_id.clone()));
    let attachment_ids = message.attachments.iter().map(|file: &File| file.id).collect();
    if message.kind == MessageKind::Comment {
        let mentioned_user_ids = message.mentioned_user_ids.clone();
        return api
            .create_comment(&path, &CreateComment { html, mentioned_user_ids, attachment_ids, client_id })
            .await;
    }
    let seen_seq = Some(message.seen_seq);
    api.create_message(
        &path,
        &CreateMessage { html, attachment_ids, client_id, seen_seq, send_anyway: anyway },
    )
    .await
}

/// What is stored may have gone on since the message was sent; then it stays.
fn forget_draft(app: App, thread: ThreadId, message: &PendingMessage) {
    if Draft::load(app, thread, message.kind).html == message.html {
        Draft::default().save(app, thread, message.kind);
    }
}

/// Somebody wrote in the meantime: shows what, and gives the reply back to the editor.
fn refuse(app: App, thread: ThreadId, message: PendingMessage, error: ClientError) {
    let ClientError::Problem(problem) = error else { return };
    let newer = problem.extra.and_then(|mut extra| extra.get_mut("messages").map(serde_json::Value::take));
    let newer: Vec<Message> = newer.and_then(|list| types::json::read(list).ok()).unwrap_or_default();
    app.change(|state| {
        if let Some(open) = state.open.as_mut().filter(|open| open.id == thread) {
            open.pending.retain(|pending| pending.client_id != message.client_id);
            for message in newer {
                open.put(message);
            }
        }
    });
    app.inbox.refused.set(Some((thread, message)));
}
