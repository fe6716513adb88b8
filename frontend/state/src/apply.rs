//! How an event changes what the app knows.

use types::conversations::{AuthorKind, Message, MessageKind, Thread, ThreadItem};
use types::{ContactId, Event, InboxId};

use crate::apply_records::{apply_records, record_gone};
use crate::booking::{apply_booking, contacts_changed};
use crate::{Refetch, State};

/// Changes the state as the event tells, and names what has to be fetched beside.
pub fn apply(state: &mut State, event: &Event) -> Vec<Refetch> {
    match event {
        Event::ThreadCreated { thread } => thread_created(state, thread),
        Event::ThreadChanged { thread } => thread_changed(state, thread),
        Event::MessageCreated { message, thread } => message_created(state, message, thread),
        Event::MessageChanged { message } => {
            if let Some(open) = state.open.as_mut().filter(|open| open.id == message.thread_id) {
                open.change(message);
            }
            Vec::new()
        }
        Event::ThreadRead { thread_id, seq } => {
            if state.threads.read(*thread_id, *seq) {
                vec![Refetch::Counts]
            } else {
                Vec::new()
            }
        }
        Event::ThreadPresence { presence } => {
            if let Some(open) = state.open.as_mut().filter(|open| open.id == presence.thread_id) {
                open.presence = Some(presence.clone());
            }
            Vec::new()
        }
        Event::NotificationCreated { notification } => {
            state.notifications.add(notification);
            Vec::new()
        }
        Event::NotificationsRead { up_to, thread_id, call_id } => {
            state.notifications.read(*up_to, *thread_id, *call_id);
            vec![Refetch::UnreadNotifications]
        }
        Event::MailChanged { .. } => {
            state.mails_revision += 1;
            Vec::new()
        }
        Event::WebhookChanged { .. } => {
            state.webhooks_revision += 1;
            Vec::new()
        }
        Event::DomainChanged { .. } | Event::DomainRemoved { .. } => {
            state.domains_revision += 1;
            Vec::new()
        }
        Event::JobDied { .. } => {
            state.jobs_revision += 1;
            Vec::new()
        }
        other => directory_changed(state, other),
    }
}

fn thread_created(state: &mut State, thread: &Thread) -> Vec<Refetch> {
    if state.threads.get(thread.id).is_some() {
        return thread_changed(state, thread);
    }
    // Nobody has read a thread that has just been started.
    state.threads.insert(ThreadItem { thread: thread.clone(), read_seq: 0 });
    vec![Refetch::Counts]
}

fn thread_changed(state: &mut State, thread: &Thread) -> Vec<Refetch> {
    match state.threads.change(thread, state.my_id()) {
        Some(false) => Vec::new(),
        Some(true) => vec![Refetch::Counts],
        None => vec![Refetch::Thread(thread.id), Refetch::Counts],
    }
}

fn message_created(state: &mut State, message: &Message, thread: &Thread) -> Vec<Refetch> {
    if let Some(open) = state.open.as_mut().filter(|open| open.id == thread.id) {
        open.add(message);
        if message.author == AuthorKind::Contact
            && let Some(presence) = &mut open.presence
        {
            presence.contact_typing = false;
        }
    }
    let mut refetch = thread_changed(state, thread);
    // Whoever writes has read what came before; the server keeps it so without a word.
    let own = message.author_user_id.is_some() && message.author_user_id == state.my_id();
    if own
        && message.kind != MessageKind::Activity
        && state.threads.read(thread.id, message.seq)
        && refetch.is_empty()
    {
        refetch.push(Refetch::Counts);
    }
    refetch
}

fn directory_changed(state: &mut State, event: &Event) -> Vec<Refetch> {
    let directory = &mut state.directory;
    match event {
        Event::InboxChanged { inbox } => {
            directory.inboxes.insert(inbox.id, inbox.clone());
        }
        Event::InboxGained { inbox } => {
            directory.inboxes.insert(inbox.id, inbox.clone());
            return vec![Refetch::List, Refetch::Counts];
        }
        Event::InboxRemoved { inbox_id } => return inbox_removed(state, *inbox_id),
        Event::ContactErased { contact_id } => return contact_erased(state, *contact_id),
        Event::WidgetChanged { widget } => {
            directory.widgets.insert(widget.id, (**widget).clone());
        }
        Event::WidgetDeleted { widget_id } => {
            directory.widgets.remove(widget_id);
        }
        other if apply_records(state, other) || apply_booking(state, other) => {}
        other => return people_changed(state, other),
    }
    Vec::new()
}

fn people_changed(state: &mut State, event: &Event) -> Vec<Refetch> {
    let my_id = state.my_id();
    let directory = &mut state.directory;
    match event {
        Event::UserChanged { user } => {
            directory.users.insert(user.id, user.clone());
            if let Some(me) = state.me.as_mut().filter(|me| me.user.id == user.id) {
                me.user = user.clone();
            }
        }
        Event::PermissionsChanged { user_id } if my_id == Some(*user_id) => {
            return vec![Refetch::Me, Refetch::Everything];
        }
        Event::TeamChanged { team } => {
            directory.teams.insert(team.id, team.clone());
            let mine = my_id.is_some_and(|id| team.member_ids.contains(&id));
            if let Some(me) = &mut state.me {
                me.team_ids.retain(|id| *id != team.id);
                me.team_ids.extend(mine.then_some(team.id));
                me.team_ids.sort_unstable();
            }
        }
        Event::TeamDeleted { team_id } => {
            directory.teams.remove(team_id);
            if let Some(me) = &mut state.me {
                me.team_ids.retain(|id| id != team_id);
            }
        }
        Event::RoleChanged { role } => {
            directory.roles.insert(role.id, role.clone());
        }
        Event::RoleDeleted { role_id } => {
            directory.roles.remove(role_id);
        }
        _ => {}
    }
    Vec::new()
}

fn inbox_removed(state: &mut State, inbox: InboxId) -> Vec<Refetch> {
    state.directory.inboxes.remove(&inbox);
    let open_inbox =
        state.open.as_ref().and_then(|open| state.threads.get(open.id)).map(|item| item.thread.inbox_id);
    if open_inbox == Some(inbox) {
        state.open = None;
    }
    state.threads.forget(|thread| thread.inbox_id == inbox);
    vec![Refetch::Counts]
}

/// The contact's conversations stay without what was said; each is told by an event of its own, its entries are not.
fn contact_erased(state: &mut State, contact: ContactId) -> Vec<Refetch> {
    record_gone(state, contact.into());
    contacts_changed(state);
    let open_contact =
        state.open.as_ref().and_then(|open| state.threads.get(open.id)).map(|item| item.thread.contact_id);
    let mut refetch = vec![Refetch::UnreadNotifications];
    if open_contact == Some(contact) {
        refetch.push(Refetch::OpenThread);
    }
    refetch
}
