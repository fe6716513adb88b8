//! A server in a few lines: what is written to it can be fetched, and is told by the events the real one emits.

use std::collections::BTreeMap;

use state::{ListKey, OpenThread, Refetch, State};
use types::accounts::{Me, Preferences, User, UserState};
use types::conversations::*;
use types::crm::Contact;
use types::{
    BuiltinRole, ContactId, Event, InboxId, MessageId, Page, RoleId, TeamId, ThreadId, Timestamp, UserId,
};

pub const ME: UserId = UserId(1);
pub const COLLEAGUE: UserId = UserId(2);
pub const TEAM: TeamId = TeamId(5);
pub const INBOX: InboxId = InboxId(10);
pub const OTHER_INBOX: InboxId = InboxId(11);

/// Threads, their entries, and how far the user has read.
pub struct Server {
    threads: BTreeMap<ThreadId, Thread>,
    entries: BTreeMap<ThreadId, Vec<Message>>,
    read: BTreeMap<ThreadId, i64>,
    now: i64,
    /// How many rows a page has.
    pub page: usize,
}

impl Server {
    /// Four threads: nobody's, a colleague's, one's own in another inbox, and a closed one.
    pub fn new() -> Self {
        let (threads, entries, read) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut server = Self { threads, entries, read, now: 1_000, page: 50 };
        for (id, inbox) in [(1, INBOX), (2, INBOX), (3, OTHER_INBOX), (4, INBOX)] {
            server.start(ThreadId(id), inbox);
        }
        server.assign(ThreadId(2), Some(COLLEAGUE), None);
        server.assign(ThreadId(3), Some(ME), None);
        server.user_writes(ThreadId(4), ME);
        server.close(ThreadId(4));
        server
    }

    pub fn item(&self, id: ThreadId) -> ThreadItem {
        ThreadItem { thread: self.threads[&id].clone(), read_seq: self.read_seq(id) }
    }

    /// The thread with the oldest message among the open ones.
    pub fn lowest(&self) -> ThreadId {
        let open = self.threads.values().filter(|thread| thread.status == ThreadStatus::Open);
        open.min_by_key(|thread| (thread.last_message_at, thread.id)).unwrap().id
    }

    fn read_seq(&self, id: ThreadId) -> i64 {
        self.read.get(&id).copied().unwrap_or_default()
    }

    // What an app fetches.

    pub fn fetch(&self, key: ListKey, open: Option<ThreadId>) -> State {
        let mut state = State { me: Some(me()), ..State::default() };
        state.threads.start_list(key, self.page_of(key));
        self.answer(&mut state, Refetch::Counts);
        if let Some(id) = open.filter(|id| self.threads.contains_key(id)) {
            state.threads.insert(self.item(id));
            let page = MessagePage { items: self.entries[&id].clone(), has_older: false, has_newer: false };
            state.open = Some(OpenThread::new(id, self.read_seq(id), self.participants(id), page));
        }
        state
    }

    pub fn page_of(&self, key: ListKey) -> Page<ThreadItem> {
        let matching = self.threads.values().filter(|thread| key.contains(thread, Some(ME)));
        let mut items: Vec<ThreadItem> = matching.map(|thread| self.item(thread.id)).collect();
        items.sort_by_key(|item| std::cmp::Reverse((item.thread.last_message_at, item.thread.id)));
        let more = items.len() > self.page;
        items.truncate(self.page);
        Page { items, next_cursor: more.then(|| "next".to_owned()) }
    }

    pub fn answer(&self, state: &mut State, wish: Refetch) {
        match wish {
            Refetch::Counts => {
                let inbox = state.threads.list().and_then(|list| list.key.inbox);
                let count = |view: &View| {
                    let key = ListKey { inbox, view: *view };
                    let threads: Vec<_> =
                        self.threads.values().filter(|t| key.contains(t, Some(ME))).collect();
                    let unread = threads.iter().filter(|t| self.read_seq(t.id) < t.last_entry_seq).count();
                    ViewCount { view: *view, count: threads.len() as i64, unread: unread as i64 }
                };
                state.threads.set_counts(ViewCounts { counts: View::ALL.iter().map(count).collect() });
            }
            Refetch::Thread(id) => {
                if self.threads.contains_key(&id) {
                    state.threads.insert(self.item(id));
                }
            }
            Refetch::OpenThread => {
                if let Some(open) = &mut state.open {
                    open.messages.clone_from(&self.entries[&open.id]);
                    open.participants = self.participants(open.id);
                }
            }
            Refetch::UnreadNotifications => {}
            other => panic!("nothing here asks for {other:?}"),
        }
    }

    fn participants(&self, id: ThreadId) -> Vec<ThreadParticipant> {
        let thread = &self.threads[&id];
        let mut all = vec![ThreadParticipant {
            kind: AuthorKind::Contact,
            user_id: None,
            contact_id: Some(thread.contact_id),
            name: thread.contact_name.clone(),
        }];
        for message in self.entries[&id].iter().filter(|message| message.kind != MessageKind::Activity) {
            if message.author_user_id.is_some() && !all.iter().any(|p| p.user_id == message.author_user_id) {
                all.push(ThreadParticipant {
                    kind: AuthorKind::User,
                    user_id: message.author_user_id,
                    contact_id: None,
                    name: message.author_name.clone(),
                });
            }
        }
        all
    }

    // What happens.

    pub fn start(&mut self, id: ThreadId, inbox: InboxId) -> Vec<Event> {
        let thread = thread(id, inbox);
        self.entries.insert(id, Vec::new());
        self.threads.insert(id, thread.clone());
        let mut events = vec![Event::ThreadCreated { thread: Box::new(thread) }];
        events.extend(self.contact_writes(id, "Hello"));
        events
    }

    pub fn contact_writes(&mut self, id: ThreadId, text: &str) -> Vec<Event> {
        let thread = self.thread_mut(id);
        (thread.status, thread.closed_at, thread.waiting) = (ThreadStatus::Open, None, Waiting::ForReply);
        self.post(id, MessageKind::Message, None, text)
    }

    pub fn user_writes(&mut self, id: ThreadId, user: UserId) -> Vec<Event> {
        self.thread_mut(id).waiting = Waiting::ForContact;
        self.post(id, MessageKind::Message, Some(user), "An answer")
    }

    pub fn user_comments(&mut self, id: ThreadId, user: UserId) -> Vec<Event> {
        self.post(id, MessageKind::Comment, Some(user), "A comment")
    }

    pub fn assign(&mut self, id: ThreadId, user: Option<UserId>, team: Option<TeamId>) -> Vec<Event> {
        let thread = self.thread_mut(id);
        (thread.owner_user_id, thread.owner_team_id) = (user, team);
        self.post(id, MessageKind::Activity, Some(COLLEAGUE), "")
    }

    pub fn close(&mut self, id: ThreadId) -> Vec<Event> {
        let now = Timestamp(self.now);
        let thread = self.thread_mut(id);
        (thread.status, thread.closed_at) = (ThreadStatus::Closed, Some(now));
        self.post(id, MessageKind::Activity, Some(COLLEAGUE), "")
    }

    pub fn read(&mut self, id: ThreadId, seq: i64) -> Vec<Event> {
        self.read.insert(id, seq);
        vec![Event::ThreadRead { thread_id: id, seq }]
    }

    pub fn deliver(&mut self, id: ThreadId, delivery: DeliveryState) -> Vec<Event> {
        let message = self.entries.get_mut(&id).unwrap().last_mut().unwrap();
        message.delivery = Some(delivery);
        vec![Event::MessageChanged { message: Box::new(message.clone()) }]
    }

    pub fn lose(&mut self, inbox: InboxId) -> Vec<Event> {
        self.threads.retain(|_, thread| thread.inbox_id != inbox);
        vec![Event::InboxRemoved { inbox_id: inbox }]
    }

    pub fn erase(&mut self, id: ThreadId) -> Vec<Event> {
        for message in self.entries.get_mut(&id).unwrap() {
            message.html.clear();
            message.text.clear();
        }
        let thread = self.thread_mut(id);
        thread.contact_name = "Erased".to_owned();
        thread.preview.clear();
        let (contact_id, thread) = (thread.contact_id, Box::new(thread.clone()));
        vec![Event::ContactErased { contact_id }, Event::ThreadChanged { thread }]
    }

    pub fn rename(&mut self, id: ThreadId, name: &str) -> Vec<Event> {
        let thread = self.thread_mut(id);
        (thread.contact_name, thread.contact_verified) = (name.to_owned(), true);
        vec![Event::ContactChanged { contact: Box::new(contact(thread.contact_id, name)) }]
    }

    /// The contact of one thread goes into that of another.
    pub fn merge(&mut self, from: ThreadId, into: ThreadId) -> Vec<Event> {
        let stays = self.threads[&into].clone();
        let from_id = self.threads[&from].contact_id;
        let thread = self.thread_mut(from);
        (thread.contact_id, thread.contact_name) = (stays.contact_id, stays.contact_name.clone());
        let into = Contact { verified: false, ..contact(stays.contact_id, &stays.contact_name) };
        vec![Event::ContactMerged { from_id, into: Box::new(into) }]
    }

    fn thread_mut(&mut self, id: ThreadId) -> &mut Thread {
        self.threads.get_mut(&id).unwrap()
    }

    fn post(&mut self, id: ThreadId, kind: MessageKind, author: Option<UserId>, text: &str) -> Vec<Event> {
        self.now += 1;
        let at = Timestamp(self.now);
        let entries = self.entries.get_mut(&id).unwrap();
        let seq = entries.len() as i64 + 1;
        let message = message(id, seq, kind, author, text, at);
        entries.push(message.clone());
        let thread = self.threads.get_mut(&id).unwrap();
        thread.last_seq = seq;
        if kind != MessageKind::Activity {
            thread.last_entry_seq = seq;
        }
        match kind {
            MessageKind::Message => {
                (thread.last_message_seq, thread.last_message_at) = (seq, at);
                (thread.preview, thread.preview_author) = (text.to_owned(), message.author);
                thread.comment_preview = None;
            }
            MessageKind::Comment => thread.comment_preview = Some(text.to_owned()),
            MessageKind::Activity => {}
        }
        if author == Some(ME) {
            self.read.insert(id, seq);
        }
        vec![Event::MessageCreated { message: Box::new(message), thread: Box::new(thread.clone()) }]
    }
}

fn thread(id: ThreadId, inbox: InboxId) -> Thread {
    Thread {
        id,
        inbox_id: inbox,
        channel: ChannelKind::Chat,
        widget_id: None,
        visitor_id: None,
        started_from: None,
        contact_id: ContactId(id.0 + 100),
        contact_name: format!("Contact {id}"),
        contact_verified: false,
        subject: None,
        status: ThreadStatus::Open,
        owner_user_id: None,
        owner_team_id: None,
        waiting: Waiting::ForReply,
        last_seq: 0,
        last_message_seq: 0,
        last_entry_seq: 0,
        last_message_at: Timestamp(0),
        preview: String::new(),
        preview_author: AuthorKind::Contact,
        comment_preview: None,
        participant_count: 1,
        contact_delivered_seq: 0,
        contact_read_seq: 0,
        created_at: Timestamp(0),
        closed_at: None,
    }
}

fn message(
    thread_id: ThreadId,
    seq: i64,
    kind: MessageKind,
    author: Option<UserId>,
    text: &str,
    created_at: Timestamp,
) -> Message {
    Message {
        id: MessageId(thread_id.0 * 1_000 + seq),
        thread_id,
        seq,
        kind,
        author: if author.is_some() { AuthorKind::User } else { AuthorKind::Contact },
        author_user_id: author,
        author_name: author.map_or_else(|| "Contact".to_owned(), |user| format!("User {user}")),
        html: format!("<p>{text}</p>"),
        text: text.to_owned(),
        attachments: Vec::new(),
        mentioned_user_ids: Vec::new(),
        activity: None,
        delivery: (kind == MessageKind::Message && author.is_some()).then_some(DeliveryState::Queued),
        delivery_error: None,
        client_id: None,
        created_at,
    }
}

fn me() -> Me {
    let user = User {
        id: ME,
        name: "Me".to_owned(),
        email: "me@example.org".to_owned(),
        role_id: RoleId(1),
        state: UserState::Active,
        created_at: Timestamp(0),
        last_seen_at: None,
    };
    Me {
        user,
        permissions: BuiltinRole::Agent.permissions(),
        preferences: Preferences::default(),
        totp_enabled: false,
        team_ids: vec![TEAM],
    }
}

fn contact(id: ContactId, name: &str) -> Contact {
    Contact {
        id,
        name: name.to_owned(),
        email: None,
        phone: None,
        job_title: None,
        company_id: None,
        owner_id: None,
        verified: true,
        time_zone: None,
        language: None,
        properties: BTreeMap::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}
