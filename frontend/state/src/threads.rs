//! Conversations by id, and the list on the screen.
//!
//! A list is not stored: it is every known thread that belongs to the view, down to where pages were loaded. So an
//! event that moves a thread in, out, up or down needs no code of its own.

use std::collections::{BTreeMap, BTreeSet};

use types::conversations::{Thread, ThreadItem, ThreadStatus, View, ViewCount, ViewCounts};
use types::{ContactId, InboxId, Page, ThreadId, Timestamp, UserId};

/// Which list is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListKey {
    /// The inbox; `None` for all that the user may use.
    pub inbox: Option<InboxId>,
    /// The view.
    pub view: View,
}

impl ListKey {
    /// Whether the thread is in this list of this user.
    pub fn contains(&self, thread: &Thread, me: Option<UserId>) -> bool {
        self.inbox.is_none_or(|inbox| inbox == thread.inbox_id) && in_view(thread, self.view, me)
    }
}

fn in_view(thread: &Thread, view: View, me: Option<UserId>) -> bool {
    let open = thread.status == ThreadStatus::Open;
    match view {
        View::Unassigned => open && thread.owner_user_id.is_none() && thread.owner_team_id.is_none(),
        View::Mine => open && me.is_some() && thread.owner_user_id == me,
        View::AllOpen => open,
        View::Chat => open && thread.channel == types::conversations::ChannelKind::Chat,
        View::AllClosed => !open,
    }
}

/// Where a thread stands in a list: the newest message first, ties by id.
type Rank = (Timestamp, ThreadId);

fn rank(thread: &Thread) -> Rank {
    (thread.last_message_at, thread.id)
}

/// Rises with every change of a thread: entries count up, and so do the contact's receipts.
fn age(thread: &Thread) -> (i64, i64, i64) {
    (thread.last_seq, thread.contact_read_seq, thread.contact_delivered_seq)
}

/// How far a list has been loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadList {
    /// Which list.
    pub key: ListKey,
    /// The cursor of the next page; `None` when all of it is known.
    pub next_cursor: Option<String>,
    /// The lowest place that was loaded; nothing below is shown before it is loaded.
    end: Option<Rank>,
}

/// Conversations by id, the list on the screen, and the counts of its inbox.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Threads {
    items: BTreeMap<ThreadId, ThreadItem>,
    /// What was told or fetched since the last refresh began.
    told: BTreeSet<ThreadId>,
    list: Option<ThreadList>,
    counts: Vec<ViewCount>,
}

impl Threads {
    /// A conversation with the user's read position.
    pub fn get(&self, id: ThreadId) -> Option<&ThreadItem> {
        self.items.get(&id)
    }

    /// The list on the screen, once its first page has come.
    pub fn list(&self) -> Option<&ThreadList> {
        self.list.as_ref()
    }

    /// The count of a view, once it is known.
    pub fn count(&self, view: View) -> Option<&ViewCount> {
        self.counts.iter().find(|count| count.view == view)
    }

    /// The rows of the list on the screen, newest first.
    pub fn rows(&self, me: Option<UserId>) -> Vec<ThreadItem> {
        let Some(list) = &self.list else { return Vec::new() };
        let shown = |item: &&ThreadItem| {
            let loaded = list.next_cursor.is_none() || list.end.is_none_or(|end| rank(&item.thread) >= end);
            loaded && list.key.contains(&item.thread, me)
        };
        let mut rows: Vec<ThreadItem> = self.items.values().filter(shown).cloned().collect();
        rows.sort_unstable_by_key(|item| std::cmp::Reverse(rank(&item.thread)));
        rows
    }

    /// Everything is about to be fetched again, because events were missed.
    pub fn begin_refresh(&mut self) {
        self.told.clear();
    }

    /// Forgets what was neither told nor fetched since the refresh began; `keep` stays, as it is fetched on its own.
    pub fn end_refresh(&mut self, keep: Option<ThreadId>) {
        let told = &self.told;
        self.items.retain(|id, _| told.contains(id) || Some(*id) == keep);
    }

    /// Takes the first page of a list, which becomes the one on the screen. Threads of other lists stay known: events
    /// keep them up to date.
    pub fn start_list(&mut self, key: ListKey, page: Page<ThreadItem>) {
        self.list = Some(ThreadList { key, next_cursor: None, end: None });
        self.extend_list(page);
    }

    /// Takes the next page of the list on the screen.
    pub fn extend_list(&mut self, page: Page<ThreadItem>) {
        let Some(list) = &mut self.list else { return };
        list.end = page.items.last().map(|item| rank(&item.thread)).or(list.end);
        list.next_cursor = page.next_cursor;
        for item in page.items {
            self.insert(item);
        }
    }

    /// Takes a conversation that was fetched, unless an event has told something newer in the meantime.
    pub fn insert(&mut self, item: ThreadItem) {
        self.told.insert(item.thread.id);
        let known = self.items.get(&item.thread.id);
        if known.is_none_or(|known| age(&known.thread) <= age(&item.thread)) {
            self.items.insert(item.thread.id, item);
        }
    }

    /// Takes the counts of the views.
    pub fn set_counts(&mut self, counts: ViewCounts) {
        self.counts = counts.counts;
    }

    /// Takes a thread as an event tells it. `None` when the user's read position is not known yet, so that the thread
    /// has to be fetched; otherwise whether the counts of the views may have changed.
    pub(crate) fn change(&mut self, thread: &Thread, me: Option<UserId>) -> Option<bool> {
        let item = self.items.get_mut(&thread.id)?;
        self.told.insert(thread.id);
        let before = (views_of(&item.thread, me), is_unread(item), item.thread.inbox_id);
        item.thread = thread.clone();
        let after = (views_of(thread, me), is_unread(item), thread.inbox_id);
        Some(before != after)
    }

    /// Sets how far the user has read; whether that is known to change the counts.
    pub(crate) fn read(&mut self, id: ThreadId, seq: i64) -> bool {
        let Some(item) = self.items.get_mut(&id) else { return true };
        let before = is_unread(item);
        item.read_seq = seq;
        before != is_unread(item)
    }

    /// Forgets every thread that `gone` names.
    pub(crate) fn forget(&mut self, gone: impl Fn(&Thread) -> bool) {
        self.items.retain(|_, item| !gone(&item.thread));
    }

    /// Writes a contact's new id, name and standing into its threads.
    pub(crate) fn rename_contact(&mut self, from: ContactId, into: &types::crm::Contact) {
        for item in self.items.values_mut().filter(|item| item.thread.contact_id == from) {
            item.thread.contact_id = into.id;
            item.thread.contact_name.clone_from(&into.name);
            item.thread.contact_verified = into.verified;
        }
    }
}

/// Whether there is a message or comment that the user has not read.
pub fn is_unread(item: &ThreadItem) -> bool {
    item.read_seq < item.thread.last_entry_seq
}

fn views_of(thread: &Thread, me: Option<UserId>) -> Vec<View> {
    View::ALL.iter().copied().filter(|view| in_view(thread, *view, me)).collect()
}
