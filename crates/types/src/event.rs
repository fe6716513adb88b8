//! What happened: the events of the live stream and, later, of webhooks.
//!
//! An event carries the whole new state of what changed, so that applying it to what a client holds gives the same
//! as fetching again. A client that meets an event it does not know fetches again.

use serde::{Deserialize, Serialize};

use crate::accounts::{Notification, Role, Team, User};
use crate::channels::{ChatWidget, Visitor, VisitorMessage, VisitorThread};
use crate::conversations::{Inbox, Message, Thread, ThreadPresence};
use crate::crm::{
    Company, Contact, Deal, DealStage, Import, Property, RecordRef, SavedView, SubscriptionType, Ticket,
    TicketStatus,
};
use crate::{
    BookingLinkId, CallId, ClipId, CompanyId, ContactId, DealId, DomainId, InboxId, JobId, MailId, MeetingId,
    NotificationId, Permission, RoleId, SavedViewId, TeamId, ThreadId, TicketId, UserId, VisitorId,
    WebhookId, WidgetId,
};

/// Whom an event is about, and so who may see it.
///
/// It never leaves the server: an actor sees an event exactly if it may read its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// A thread: whoever may use its inbox.
    Thread {
        /// The thread.
        id: ThreadId,
        /// Its inbox.
        inbox: InboxId,
    },
    /// An inbox: whoever may use it.
    Inbox(InboxId),
    /// A record that has an owner, or a call that belongs to one: whoever holds the permission and sees records of that owner.
    Record {
        /// What reading it needs; one that [`reads_records`](Permission::reads_records).
        read: Permission,
        /// Who looks after it.
        owner: Option<UserId>,
    },
    /// Something of one user: that user alone.
    User(UserId),
    /// Something for everybody who holds the permission.
    Permission(Permission),
    /// Something for every user.
    Everyone,
    /// Something of one visitor: that visitor alone.
    Visitor(VisitorId),
}

/// What happened, as users see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A thread was started. Its first message comes as an event of its own.
    ThreadCreated {
        /// The thread.
        thread: Box<Thread>,
    },
    /// Something about a thread changed: owner, status, preview, receipts.
    ThreadChanged {
        /// The thread as it is now.
        thread: Box<Thread>,
    },
    /// An entry was added to a thread.
    MessageCreated {
        /// The entry.
        message: Box<Message>,
        /// The thread as it is now.
        thread: Box<Thread>,
    },
    /// An entry changed, for example its delivery.
    MessageChanged {
        /// The entry as it is now.
        message: Box<Message>,
    },
    /// The user has read a thread up to a number, in whichever of the user's windows.
    ThreadRead {
        /// The thread.
        thread_id: ThreadId,
        /// The number.
        seq: i64,
    },
    /// Who looks at a thread or writes in it. Never stored.
    ThreadPresence {
        /// Who.
        presence: ThreadPresence,
    },
    /// An inbox was created or changed.
    InboxChanged {
        /// The inbox as it is now.
        inbox: Inbox,
    },
    /// The user can use this inbox from now on: fetch its threads.
    InboxGained {
        /// The inbox.
        inbox: Inbox,
    },
    /// The user cannot use this inbox any more: forget its threads.
    InboxRemoved {
        /// The inbox.
        inbox_id: InboxId,
    },
    /// A contact was created or changed.
    ContactChanged {
        /// The contact as it is now.
        contact: Box<Contact>,
    },
    /// A contact was merged into another one.
    ContactMerged {
        /// The contact that went.
        from_id: ContactId,
        /// The contact that stays, as it is now.
        into: Box<Contact>,
    },
    /// A contact was erased: forget all that was known of it.
    ContactErased {
        /// The contact.
        contact_id: ContactId,
    },
    /// The consents of a contact changed: fetch what is shown of them again. It carries no more than the id, so that what
    /// a contact was told is not copied into the log of events.
    ConsentsChanged {
        /// The contact.
        contact_id: ContactId,
    },
    /// A subscription type was created or changed.
    SubscriptionTypeChanged {
        /// The type as it is now.
        subscription_type: SubscriptionType,
    },
    /// A company was created or changed.
    CompanyChanged {
        /// The company as it is now.
        company: Company,
    },
    /// A company was deleted.
    CompanyDeleted {
        /// The company.
        company_id: CompanyId,
    },
    /// A call was created, or something about it changed: facts, recording, participants, transcript. It carries no
    /// more than the id, so that nothing of what was said, by however many contacts, is copied into the log of events.
    CallChanged {
        /// The call.
        call_id: CallId,
    },
    /// A call was deleted, or the user may not see it any more: forget it.
    CallRemoved {
        /// The call.
        call_id: CallId,
    },
    /// A booking link was made, changed or ended, or a host of it cannot be booked any more or again: fetch it.
    BookingLinkChanged {
        /// The link.
        link_id: BookingLinkId,
    },
    /// A meeting was booked, moved, called off, or something about it changed: fetch it. It carries no more than the id, as calls do.
    MeetingChanged {
        /// The meeting.
        meeting_id: MeetingId,
    },
    /// A wish for a meeting was left or taken care of: fetch them.
    MeetingRequestsChanged,
    /// The user's calendars were connected, read or cannot be reached: fetch them.
    CalendarsChanged,
    /// A clip was made, sent or opened, or something about it changed. It carries no more than the ids, as calls do.
    ClipChanged {
        /// The clip.
        clip_id: ClipId,
        /// Its call.
        call_id: CallId,
    },
    /// A clip was deleted: forget it.
    ClipRemoved {
        /// The clip.
        clip_id: ClipId,
        /// Its call.
        call_id: CallId,
    },
    /// Folders of clips were made, renamed or deleted: fetch them again.
    ClipFoldersChanged,
    /// The note of a call changed: fetch it if it is shown.
    CallNoteChanged {
        /// The call.
        call_id: CallId,
    },
    /// A comment on a call was written, changed or deleted: fetch the comments if they are shown.
    CallCommentsChanged {
        /// The call.
        call_id: CallId,
    },
    /// A deal was created or changed.
    DealChanged {
        /// The deal as it is now.
        deal: Box<Deal>,
    },
    /// A deal was deleted.
    DealDeleted {
        /// The deal.
        deal_id: DealId,
    },
    /// A ticket was created or changed.
    TicketChanged {
        /// The ticket as it is now.
        ticket: Box<Ticket>,
    },
    /// A ticket was deleted.
    TicketDeleted {
        /// The ticket.
        ticket_id: TicketId,
    },
    /// The record has another owner, and may be out of sight: forget it. Whoever still sees it is told of it next.
    RecordRemoved {
        /// The record.
        record: RecordRef,
    },
    /// What belongs to a record, or its timeline, changed: fetch what is shown of it again.
    AssociationsChanged {
        /// The record.
        record: RecordRef,
    },
    /// The pipeline of deals changed.
    PipelineChanged {
        /// Its stages, in order.
        stages: Vec<DealStage>,
    },
    /// The statuses of tickets changed.
    TicketStatusesChanged {
        /// The statuses, in order.
        statuses: Vec<TicketStatus>,
    },
    /// A custom property was created or changed.
    PropertyChanged {
        /// The property as it is now.
        property: Property,
    },
    /// The user's import came further.
    ImportChanged {
        /// The import as it is now.
        import: Box<Import>,
    },
    /// A saved view was created or changed.
    SavedViewChanged {
        /// The view as it is now.
        view: SavedView,
    },
    /// A saved view was deleted, or is not shared any more.
    SavedViewDeleted {
        /// The view.
        view_id: SavedViewId,
    },
    /// A user was created or changed.
    UserChanged {
        /// The user as it is now.
        user: User,
    },
    /// The user's own permissions changed: fetch `me` and what they decide again.
    PermissionsChanged {
        /// The user.
        user_id: UserId,
    },
    /// A team was created or changed.
    TeamChanged {
        /// The team as it is now.
        team: Team,
    },
    /// A team was deleted.
    TeamDeleted {
        /// The team.
        team_id: TeamId,
    },
    /// A role was created or changed.
    RoleChanged {
        /// The role as it is now.
        role: Role,
    },
    /// A role was deleted.
    RoleDeleted {
        /// The role.
        role_id: RoleId,
    },
    /// A chat widget was created or changed.
    WidgetChanged {
        /// The widget as it is now.
        widget: Box<ChatWidget>,
    },
    /// A chat widget was deleted.
    WidgetDeleted {
        /// The widget.
        widget_id: WidgetId,
    },
    /// The user has a new notification.
    NotificationCreated {
        /// The notification.
        notification: Notification,
    },
    /// The user has read notifications.
    NotificationsRead {
        /// Up to and with this one; absent for all.
        up_to: Option<NotificationId>,
        /// Only those of this conversation.
        thread_id: Option<ThreadId>,
        /// Only those of this call.
        call_id: Option<CallId>,
    },
    /// A mail in the outbox was written or came further.
    MailChanged {
        /// The mail.
        mail_id: MailId,
    },
    /// A webhook was added, changed or removed, or one of its deliveries came further.
    WebhookChanged {
        /// The webhook.
        webhook_id: WebhookId,
    },
    /// A domain was added, looked at, or came further.
    DomainChanged {
        /// The domain.
        domain_id: DomainId,
    },
    /// A domain was removed.
    DomainRemoved {
        /// The domain.
        domain_id: DomainId,
        /// Its name.
        name: String,
    },
    /// A background job was given up.
    JobDied {
        /// The job.
        job_id: JobId,
    },
}

/// What happened, as a visitor sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum VisitorEvent {
    /// A message was added to the conversation.
    MessageCreated {
        /// The message.
        message: Box<VisitorMessage>,
        /// The conversation as it is now.
        thread: VisitorThread,
    },
    /// Something about the conversation changed: status, receipts, who answers.
    ThreadChanged {
        /// The conversation as it is now.
        thread: VisitorThread,
    },
    /// What is known of the visitor changed.
    VisitorChanged {
        /// The visitor as it is now.
        visitor: Visitor,
    },
    /// Somebody of the team is writing, or has stopped. Never stored.
    TeamTyping {
        /// Who.
        name: String,
        /// Whether.
        typing: bool,
    },
}

/// An event with its place in the stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Envelope<E = serde_json::Value> {
    /// The place: resume with it. Absent on what is never stored, such as presence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// What happened.
    pub event: E,
}

/// What the server sends over the live socket, each as one text frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ServerFrame<E = serde_json::Value> {
    /// The credential was accepted; events follow from this position.
    Ready {
        /// The position.
        cursor: String,
        /// The server's release: another one than the app was loaded with means that a reload is due.
        version: String,
    },
    /// An event.
    Event(Envelope<E>),
    /// The position asked for is unknown or too old: fetch everything anew; events follow from this position.
    Reset {
        /// The position.
        cursor: String,
    },
    /// The session has ended: sign in again.
    Ended {
        /// Why, in a word.
        reason: String,
    },
    /// Still there.
    Pong,
}

/// What a client sends over the live socket, each as one text frame.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "frame", rename_all = "snake_case")]
pub enum ClientFrame {
    /// The first frame: an access token, an API token or a visitor's token. Also sent again with each fresh token.
    Authenticate {
        /// The token. It travels here because a token never stands in a URL.
        token: String,
    },
    /// Are you there?
    Ping,
}
