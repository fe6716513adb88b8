//! Fetches what the inbox shows into the state.

use client::ClientError;
use leptos::{prelude::*, task::spawn_local};
use state::{ListKey, OpenThread, Refetch};
use types::conversations::{ListMessages, ListThreads, MessagePage, ThreadItem, ThreadPath};
use types::crm::{CompanyPath, Contact, ContactPath};
use types::{ContactId, ErrorCode, MessageId, ThreadId};

use super::Loading;
use crate::context::App;

/// How many rows a page of the list has.
const ROWS: u16 = 50;
/// How many entries a page of a conversation has.
const MESSAGES: u16 = 50;

/// Shows a list; the one before stays known.
pub(super) fn show_list(app: App, key: ListKey) {
    app.inbox.key.set(Some(key));
    app.inbox.list.set(Loading::Waiting);
    spawn_local(async move {
        // The failure is shown by the list.
        let _ = reload_list(app).await;
        app.live.refetching.request(app, [Refetch::Counts]);
    });
}

/// Fetches the first page of the list on the screen.
///
/// # Errors
/// As the request; the list shows it too.
pub async fn reload_list(app: App) -> Result<(), ClientError> {
    let Some(key) = app.inbox.key.get_untracked() else { return Ok(()) };
    let result = app.api().list_threads(&query(key, None)).await;
    if app.inbox.key.get_untracked() != Some(key) {
        return Ok(());
    }
    match result {
        Ok(page) => {
            app.change(|state| state.threads.start_list(key, page));
            app.inbox.list.set(Loading::Ready);
            Ok(())
        }
        Err(error) => {
            app.inbox.list.set(Loading::Failed(error.clone()));
            Err(error)
        }
    }
}

/// Fetches the next page of the list on the screen.
pub(super) fn load_more(app: App) {
    let next = app.peek(|state| {
        let list = state.threads.list()?;
        Some((list.key, list.next_cursor.clone()?))
    });
    let Some((key, cursor)) = next else { return };
    spawn_local(async move {
        match app.api().list_threads(&query(key, Some(cursor.clone()))).await {
            Ok(page) => app.change(|state| {
                let same =
                    |list: &state::ThreadList| list.key == key && list.next_cursor.as_ref() == Some(&cursor);
                if state.threads.list().is_some_and(same) {
                    state.threads.extend_list(page);
                }
            }),
            Err(error) => app.fail(&error),
        }
    });
}

fn query(key: ListKey, cursor: Option<String>) -> ListThreads {
    let ListKey { inbox, view } = key;
    ListThreads { cursor, limit: Some(ROWS), inbox_id: inbox, view: Some(view), contact_id: None }
}

/// Opens a conversation, at a message if one is named.
pub(super) fn open_thread(app: App, id: ThreadId, target: Option<MessageId>) {
    app.inbox.thread.set(Some(id));
    app.inbox.target.set(target);
    app.inbox.kept_unread.set(None);
    let known = app.peek(|state| {
        let open = state.open.as_ref().filter(|open| open.id == id)?;
        target.is_none_or(|target| open.message(target).is_some()).then_some(())
    });
    if known.is_some() {
        app.inbox.thread_loading.set(Loading::Ready);
        return;
    }
    app.inbox.thread_loading.set(Loading::Waiting);
    spawn_local(async move {
        let result = fetch_thread(app, id, target).await;
        if app.inbox.thread.get_untracked() != Some(id) {
            return;
        }
        match result {
            Ok(()) => app.inbox.thread_loading.set(Loading::Ready),
            Err(error) => app.inbox.thread_loading.set(Loading::Failed(error)),
        }
    });
}

/// Closes the pane of the conversation.
pub(super) fn leave_thread(app: App) {
    app.inbox.thread.set(None);
    app.inbox.target.set(None);
    app.change(|state| state.open = None);
}

/// Fetches the open conversation again, where it was.
///
/// # Errors
/// As the requests.
pub async fn reload_open_thread(app: App) -> Result<(), ClientError> {
    match app.inbox.thread.get_untracked() {
        Some(id) => fetch_thread(app, id, None).await,
        None => Ok(()),
    }
}

async fn fetch_thread(app: App, thread_id: ThreadId, target: Option<MessageId>) -> Result<(), ClientError> {
    let (api, path) = (app.api(), ThreadPath { thread_id });
    let detail = api.get_thread(&path).await?;
    let around = match target {
        Some(message_id) => position_of(app, thread_id, message_id).await?,
        None => None,
    };
    let page = api
        .list_messages(&path, &ListMessages { around, limit: Some(MESSAGES), ..Default::default() })
        .await?;
    // Without presence the line about who else is looking stays empty.
    let presence = api.get_presence(&path).await.ok();
    if app.inbox.thread.get_untracked() != Some(thread_id) {
        return Ok(());
    }
    app.change(|state| {
        let pending = state.open.take().filter(|open| open.id == thread_id).map(|open| open.pending);
        let mut open = OpenThread::new(thread_id, detail.read_seq, detail.participants, page);
        open.presence = presence;
        open.pending = pending.unwrap_or_default();
        state.open = Some(open);
        state.threads.insert(ThreadItem { thread: detail.thread, read_seq: detail.read_seq });
    });
    Ok(())
}

/// The number of a message within its conversation; `None` when it is not there any more.
async fn position_of(app: App, thread: ThreadId, message_id: MessageId) -> Result<Option<i64>, ClientError> {
    match app.api().get_message(&types::conversations::MessagePath { message_id }).await {
        Ok(message) => Ok(Some(message.seq).filter(|_| message.thread_id == thread)),
        Err(error) if error.code() == Some(ErrorCode::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Fetches the entries before the first or after the last one.
pub(super) async fn load_messages(app: App, older: bool) {
    let wanted = app.peek(|state| {
        let open = state.open.as_ref()?;
        let first = open.first_seq()?;
        let limit = Some(MESSAGES);
        let query = if older {
            ListMessages { before: Some(first), limit, ..Default::default() }
        } else {
            ListMessages { after: Some(open.last_seq()), limit, ..Default::default() }
        };
        Some((open.id, query))
    });
    let Some((thread_id, query)) = wanted else { return };
    match app.api().list_messages(&ThreadPath { thread_id }, &query).await {
        Ok(page) => app.change(|state| take_page(state, thread_id, older, page)),
        Err(error) => app.fail(&error),
    }
}

fn take_page(state: &mut state::State, thread: ThreadId, older: bool, page: MessagePage) {
    if let Some(open) = state.open.as_mut().filter(|open| open.id == thread) {
        if older { open.prepend(page) } else { open.append(page) }
    }
}

/// Fetches a contact and its company.
///
/// # Errors
/// As the requests.
pub async fn load_contact(app: App, contact_id: ContactId) -> Result<Contact, ClientError> {
    let api = app.api();
    let contact = api.get_contact(&ContactPath { contact_id }).await?;
    let company = match contact.company_id {
        Some(company_id) => match api.get_company(&CompanyPath { company_id }).await {
            Ok(company) => Some(company),
            // It may belong to somebody whose records the user does not see.
            Err(error) if error.code() == Some(ErrorCode::NotFound) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    app.change(|state| {
        state.directory.contacts.insert(contact_id, contact.clone());
        state.directory.companies.extend(company.map(|company| (company.id, company)));
    });
    Ok(contact)
}
