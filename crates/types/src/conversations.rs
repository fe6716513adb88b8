//! Inboxes, threads and messages.

use crate::files::File;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{
    ContactId, FileId, InboxId, MessageId, TeamId, ThreadId, Timestamp, UserId, VisitorId, WidgetId,
};

text_enum! {
    /// Whether somebody still works on a thread.
    pub enum ThreadStatus {
        /// In work.
        Open = "open",
        /// Done; a new message of the contact opens it again.
        Closed = "closed",
    }
}

text_enum! {
    /// Where a thread came from.
    pub enum ChannelKind {
        /// A chat widget on a site.
        Chat = "chat",
    }
}

text_enum! {
    /// Whose turn it is.
    pub enum Waiting {
        /// The contact wrote last: an answer is due.
        ForReply = "for_reply",
        /// The team wrote last.
        ForContact = "for_contact",
    }
}

text_enum! {
    /// A standard view of an inbox.
    pub enum View {
        /// Open threads that have no owner.
        Unassigned = "unassigned",
        /// Open threads that are the asking user's.
        Mine = "mine",
        /// Every open thread.
        AllOpen = "all_open",
        /// Open threads that came from a chat widget.
        Chat = "chat",
        /// Every closed thread.
        AllClosed = "all_closed",
    }
}

text_enum! {
    /// What an entry of a thread is.
    pub enum MessageKind {
        /// Said between the contact and the team.
        Message = "message",
        /// An internal comment, which the contact never sees.
        Comment = "comment",
        /// Something that happened, such as an assignment; the contact never sees it.
        Activity = "activity",
    }
}

text_enum! {
    /// Who wrote an entry.
    pub enum AuthorKind {
        /// The contact.
        Contact = "contact",
        /// A user.
        User = "user",
        /// Rapport itself.
        System = "system",
    }
}

text_enum! {
    /// How far a message to the contact has come.
    pub enum DeliveryState {
        /// Waits to leave.
        Queued = "queued",
        /// Handed to the channel.
        Sent = "sent",
        /// Arrived at the contact.
        Delivered = "delivered",
        /// Seen by the contact.
        Read = "read",
        /// Did not leave; `delivery_error` says why, and it can be sent again.
        Failed = "failed",
    }
}

impl DeliveryState {
    /// How far a message has come, given what is stored of it and up to which numbers the thread's messages arrived at
    /// the contact and were seen. What failed or still waits stays so.
    pub fn with_receipts(self, seq: i64, thread: &Thread) -> Self {
        match self {
            Self::Sent | Self::Delivered if seq <= thread.contact_read_seq => Self::Read,
            Self::Sent if seq <= thread.contact_delivered_seq => Self::Delivered,
            other => other,
        }
    }
}

text_enum! {
    /// What an activity tells.
    pub enum ActivityKind {
        /// The owner changed.
        Assigned = "assigned",
        /// The owner was taken away.
        Unassigned = "unassigned",
        /// The thread was closed.
        Closed = "closed",
        /// The thread was opened again.
        Reopened = "reopened",
        /// The contact ended the conversation.
        EndedByContact = "ended_by_contact",
        /// The contact said who it is.
        Identified = "identified",
    }
}

replies! {
    /// An inbox: people, and the channels that bring them threads.
    pub struct Inbox {
        /// The inbox's id.
        pub id: InboxId,
        /// The name.
        pub name: String,
        /// The users who work in it.
        pub member_ids: Vec<UserId>,
        /// When it was created.
        pub created_at: Timestamp,
    }

    /// How many threads each standard view holds.
    pub struct ViewCounts {
        /// One entry a view.
        pub counts: Vec<ViewCount>,
    }

    /// How many threads a view holds.
    pub struct ViewCount {
        /// The view.
        pub view: View,
        /// How many threads; 1000 stands for more than 999.
        pub count: i64,
        /// How many of them, among the newest 1000, have something that the asking user has not read.
        pub unread: i64,
    }

    /// One conversation, with all that a row of the list shows.
    pub struct Thread {
        /// The thread's id.
        pub id: ThreadId,
        /// Its inbox.
        pub inbox_id: InboxId,
        /// Where it came from.
        pub channel: ChannelKind,
        /// The chat widget it came from.
        pub widget_id: Option<WidgetId>,
        /// The visitor it is held with.
        pub visitor_id: Option<VisitorId>,
        /// The page of the site it was started from.
        pub started_from: Option<String>,
        /// The contact who started it.
        pub contact_id: ContactId,
        /// The contact's name.
        pub contact_name: String,
        /// Whether who the contact is has been proved.
        pub contact_verified: bool,
        /// The subject, if there is one.
        pub subject: Option<String>,
        /// Whether somebody still works on it.
        pub status: ThreadStatus,
        /// The user it belongs to.
        pub owner_user_id: Option<UserId>,
        /// The team it belongs to.
        pub owner_team_id: Option<TeamId>,
        /// Whose turn it is.
        pub waiting: Waiting,
        /// The number of the last entry; the first is 1.
        pub last_seq: i64,
        /// The number of the last message, leaving out comments and activities; 0 if there is none.
        pub last_message_seq: i64,
        /// The number of the last message or comment, leaving out activities. The thread is unread while this is above
        /// the number the user has read.
        pub last_entry_seq: i64,
        /// When the last message was received or sent.
        pub last_message_at: Timestamp,
        /// The beginning of the last message.
        pub preview: String,
        /// Who wrote the last message.
        pub preview_author: AuthorKind,
        /// The beginning of the last comment, if it is newer than the last message.
        pub comment_preview: Option<String>,
        /// How many people take part: the contact and the users who wrote.
        pub participant_count: i32,
        /// The last number that arrived at the contact.
        pub contact_delivered_seq: i64,
        /// The last number the contact has seen.
        pub contact_read_seq: i64,
        /// When it was started.
        pub created_at: Timestamp,
        /// When it was closed, while it is.
        pub closed_at: Option<Timestamp>,
    }

    /// A thread as one user sees it in the list.
    pub struct ThreadItem {
        /// The thread.
        pub thread: Thread,
        /// The last number the asking user has read; 0 for none.
        pub read_seq: i64,
    }

    /// An entry of a thread: a message, a comment or an activity.
    pub struct Message {
        /// The entry's id.
        pub id: MessageId,
        /// Its thread.
        pub thread_id: ThreadId,
        /// Its number within the thread. Orders entries, and never changes.
        pub seq: i64,
        /// What it is.
        pub kind: MessageKind,
        /// Who wrote it.
        pub author: AuthorKind,
        /// The user who wrote it.
        pub author_user_id: Option<UserId>,
        /// The writer's name at that time.
        pub author_name: String,
        /// The content as HTML that has been made safe: show it as it is.
        pub html: String,
        /// The content as plain text.
        pub text: String,
        /// The files that come with it.
        pub attachments: Vec<File>,
        /// The users a comment mentions.
        pub mentioned_user_ids: Vec<UserId>,
        /// What an activity tells.
        pub activity: Option<Activity>,
        /// How far a message to the contact has come; absent on everything else.
        pub delivery: Option<DeliveryState>,
        /// Why it did not leave.
        pub delivery_error: Option<String>,
        /// The name that the sender's program gave it, so that it can be recognised.
        pub client_id: Option<String>,
        /// When it was written.
        pub created_at: Timestamp,
    }

    /// What happened.
    pub struct Activity {
        /// What.
        pub kind: ActivityKind,
        /// The user it was given to.
        pub user_id: Option<UserId>,
        /// The team it was given to.
        pub team_id: Option<TeamId>,
        /// The name it is shown by, at that time.
        pub name: Option<String>,
    }

    /// A part of a thread's entries, oldest first.
    pub struct MessagePage {
        /// The entries by rising number.
        pub items: Vec<Message>,
        /// Whether there are older ones.
        pub has_older: bool,
        /// Whether there are newer ones.
        pub has_newer: bool,
    }

    /// Somebody who takes part in a thread.
    pub struct ThreadParticipant {
        /// What the participant is.
        pub kind: AuthorKind,
        /// The user.
        pub user_id: Option<UserId>,
        /// The contact.
        pub contact_id: Option<ContactId>,
        /// The name.
        pub name: String,
    }

    /// A thread, with what is needed to open it.
    pub struct ThreadDetail {
        /// The thread.
        pub thread: Thread,
        /// The last number the asking user has read.
        pub read_seq: i64,
        /// Who takes part.
        pub participants: Vec<ThreadParticipant>,
    }

    /// Who is looking at a thread or writing in it at the moment.
    pub struct ThreadPresence {
        /// The thread.
        pub thread_id: ThreadId,
        /// The users who look at it.
        pub users: Vec<PresentUser>,
        /// Whether the contact is writing.
        pub contact_typing: bool,
        /// Whether the contact's chat is connected.
        pub contact_online: bool,
    }

    /// A user who is looking at a thread.
    pub struct PresentUser {
        /// The user.
        pub user_id: UserId,
        /// Whether the user is writing.
        pub typing: bool,
    }
}

requests! {
    /// An inbox to be, or the whole of what it shall be.
    pub struct SaveInbox {
        /// The name: 1 to 100 characters, no two inboxes the same.
        pub name: String,
        /// The users who work in it.
        pub member_ids: Vec<UserId>,
    }

    /// Gives a thread to a user or a team; both absent takes it from its owner.
    pub struct AssignThread {
        /// The user it shall belong to; must be able to use the inbox.
        pub user_id: Option<UserId>,
        /// The team it shall belong to.
        pub team_id: Option<TeamId>,
    }

    /// A reply to the contact.
    pub struct CreateMessage {
        /// The content as HTML; made safe on arrival. At most 100,000 bytes; empty only with attachments.
        pub html: String,
        /// Files uploaded before.
        #[serde(default)]
        pub attachment_ids: Vec<FileId>,
        /// A name of the sender's choosing, 1 to 64 characters: the same name again returns the first message.
        pub client_id: Option<String>,
        /// The last number the writer has seen. If the contact or a colleague wrote since, the reply is 409
        /// `newer_messages` with the newer messages.
        pub seen_seq: Option<i64>,
        /// Send although there are newer messages.
        #[serde(default)]
        pub send_anyway: bool,
    }

    /// An internal comment.
    pub struct CreateComment {
        /// The content as HTML; made safe on arrival. At most 100,000 bytes; empty only with attachments.
        pub html: String,
        /// The users it mentions; each must be able to use the inbox.
        #[serde(default)]
        pub mentioned_user_ids: Vec<UserId>,
        /// Files uploaded before.
        #[serde(default)]
        pub attachment_ids: Vec<FileId>,
        /// A name of the sender's choosing, 1 to 64 characters: the same name again returns the first comment.
        pub client_id: Option<String>,
    }

    /// How far the user has read.
    pub struct ReadThread {
        /// The number of the last entry seen. A lower one than before marks the rest unread again.
        pub seq: i64,
    }

    /// That the user looks at a thread, and whether the user is writing. Looking holds for 90 seconds, writing for 15.
    pub struct ShowPresence {
        /// Whether the user looks at it.
        pub viewing: bool,
        /// Whether the user is writing.
        pub typing: bool,
    }
}

queries! {
    /// Which threads.
    pub struct ListThreads {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// The inbox; absent for all that the user may use.
        pub inbox_id: Option<InboxId>,
        /// The view; all open threads unless told.
        pub view: Option<View>,
        /// Only threads of this contact, open and closed, when given without a view.
        pub contact_id: Option<ContactId>,
    }

    /// Which counts.
    pub struct GetViewCounts {
        /// The inbox; absent for all that the user may use.
        pub inbox_id: Option<InboxId>,
    }

    /// Which part of a thread. At most one of `before`, `after` and `around`; the newest entries without any.
    pub struct ListMessages {
        /// Entries with a lower number than this, the nearest.
        pub before: Option<i64>,
        /// Entries with a higher number than this, the nearest.
        pub after: Option<i64>,
        /// Entries on both sides of this number and itself.
        pub around: Option<i64>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
    }
}

paths! {
    /// The id of an inbox.
    pub struct InboxPath {
        /// The inbox.
        pub inbox_id: InboxId,
    }
    /// The id of a thread.
    pub struct ThreadPath {
        /// The thread.
        pub thread_id: ThreadId,
    }
    /// The id of a message.
    pub struct MessagePath {
        /// The message.
        pub message_id: MessageId,
    }
}
