//! The timeline of a record: what happened to it, and around it.

use serde::{Deserialize, Serialize};

use super::{AssociationReason, ObjectKind, RecordRef, RecordSummary};
use crate::booking::MeetingOutcome;
use crate::wire::{full_queries, replies};
use crate::{InboxId, MeetingId, MeetingRequestId, RecordId, ThreadId, TimelineEntryId, Timestamp, UserId};

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimelineEvent {
    /// The record was created.
    RecordCreated,
    /// Somebody else looks after it.
    OwnerChanged {
        /// Who did.
        from: Option<UserId>,
        /// Who does.
        to: Option<UserId>,
    },
    /// The deal came into another stage.
    StageChanged {
        /// The name of the stage it was in, at that time.
        from: String,
        /// The name of the stage it came into, at that time.
        to: String,
    },
    /// The ticket got another status.
    StatusChanged {
        /// The name of the status it had, at that time.
        from: String,
        /// The name of the status it got, at that time.
        to: String,
    },
    /// Another record was found to belong to it.
    RecordAssociated {
        /// The other record.
        record: RecordRef,
        /// Why.
        reason: AssociationReason,
    },
    /// A call was recorded.
    CallRecorded {
        /// The call.
        record: RecordRef,
    },
    /// What was said in a call was written down.
    CallTranscribed {
        /// The call.
        record: RecordRef,
    },
    /// A note was written about a call.
    CallNoted {
        /// The call.
        record: RecordRef,
        /// The beginning of the note: at most 140 characters.
        preview: String,
    },
    /// A conversation was started.
    ConversationStarted {
        /// The conversation.
        thread_id: ThreadId,
        /// Its inbox.
        inbox_id: InboxId,
    },
    /// A meeting was booked, or scheduled from the record.
    MeetingBooked {
        /// The meeting.
        meeting_id: MeetingId,
        /// When it begins, as of then.
        starts_at: Timestamp,
        /// Its title, as of then.
        title: String,
    },
    /// A meeting was moved.
    MeetingRescheduled {
        /// The meeting.
        meeting_id: MeetingId,
        /// When it begins since then.
        starts_at: Timestamp,
        /// Its title, as of then.
        title: String,
    },
    /// A meeting was called off.
    MeetingCancelled {
        /// The meeting.
        meeting_id: MeetingId,
        /// Its title, as of then.
        title: String,
    },
    /// Somebody said what came of a meeting.
    #[serde(rename = "meeting_outcome")]
    MeetingOutcomeSet {
        /// The meeting.
        meeting_id: MeetingId,
        /// What came of it; absent when it is open again.
        outcome: Option<MeetingOutcome>,
        /// Its title, as of then.
        title: String,
    },
    /// A wish for a meeting was left while a calendar could not be reached.
    MeetingRequested {
        /// The request.
        request_id: MeetingRequestId,
    },
}

replies! {
    /// One entry of a timeline.
    pub struct TimelineEntry {
        /// The entry's id.
        pub id: TimelineEntryId,
        /// When it happened.
        pub at: Timestamp,
        /// The user who did it; absent for what nobody of the team did.
        pub user_id: Option<UserId>,
        /// What happened.
        pub event: TimelineEvent,
    }

    /// A page of a timeline.
    pub struct TimelinePage {
        /// The entries that you may see, the newest first.
        pub items: Vec<TimelineEntry>,
        /// The records that the entries name and that you may see.
        pub records: Vec<RecordSummary>,
        /// Pass it as `cursor` for the next page; absent on the last page.
        pub next_cursor: Option<String>,
    }
}

full_queries! {
    /// Of which record.
    pub struct ListTimeline {
        /// The record's kind.
        pub kind: ObjectKind,
        /// The record's id.
        pub id: RecordId,
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
    }
}
