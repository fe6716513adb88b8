//! The facts of a call, and who took part in it.

use super::{Recording, TranscriptState};
use crate::crm::AssociatedRecord;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{
    CallId, CompanyId, ContactId, DealId, ParticipantId, TicketId, Timestamp, TrackedTermId, UserId,
};

text_enum! {
    /// Who called whom.
    pub enum CallDirection {
        /// Somebody outside called.
        Inbound = "inbound",
        /// A user called.
        Outbound = "outbound",
    }
}

text_enum! {
    /// How a call came in.
    pub enum CallSource {
        /// Uploaded in the app.
        Upload = "upload",
        /// Created by a program.
        Api = "api",
        /// Found in the watched folder.
        Folder = "folder",
        /// Reported by a telephony provider.
        Telephony = "telephony",
        /// A cloud recording of Zoom.
        Zoom = "zoom",
    }
}

text_enum! {
    /// How a call went.
    pub enum CallOutcome {
        /// They spoke.
        Connected = "connected",
        /// A message was left with somebody.
        LeftMessage = "left_message",
        /// A message was left on the voicemail.
        LeftVoicemail = "left_voicemail",
        /// Nobody answered.
        NoAnswer = "no_answer",
        /// The line was busy.
        Busy = "busy",
        /// It was somebody else's number.
        WrongNumber = "wrong_number",
    }
}

text_enum! {
    /// The order of a list of calls. Ties are broken by id, so that pages have no gaps.
    pub enum CallSort {
        /// The latest first.
        StartedAtDescending = "-started_at",
        /// The earliest first.
        StartedAt = "started_at",
        /// The longest first; those whose duration is not known last.
        DurationDescending = "-duration_ms",
        /// The shortest first; those whose duration is not known before them.
        Duration = "duration_ms",
        /// By title, from A to Z, whatever the case and accents.
        Title = "title",
        /// By title, from Z to A.
        TitleDescending = "-title",
    }
}

text_enum! {
    /// Who a participant of a call is.
    pub enum ParticipantKind {
        /// A user.
        User = "user",
        /// A contact.
        Contact = "contact",
        /// Somebody of whom only a name, a number or an address is known.
        Other = "other",
    }
}

replies! {
    /// A call. Its recording may be there already or come later.
    pub struct Call {
        /// The call's id.
        pub id: CallId,
        /// What the call is called in lists.
        pub title: String,
        /// Who called whom.
        pub direction: CallDirection,
        /// How it came in.
        pub source: CallSource,
        /// What the source calls it; no two calls of one source the same.
        pub external_id: Option<String>,
        /// When it began.
        pub started_at: Timestamp,
        /// How long it took, in milliseconds: as measured in the recording, or as told.
        pub duration_ms: Option<i64>,
        /// The user whose call it is.
        pub owner_id: Option<UserId>,
        /// How it went.
        pub outcome: Option<CallOutcome>,
        /// Whether only its owner and administrators may see it.
        pub private: bool,
        /// The sound.
        pub recording: Recording,
        /// How far its transcript has come; absent without one.
        pub transcript: Option<TranscriptState>,
        /// Who took part, in the order they were added.
        pub participants: Vec<Participant>,
        /// The contacts, companies, deals and tickets that it belongs to and that one may see, by name: at most 100.
        pub records: Vec<AssociatedRecord>,
        /// When it was created here.
        pub created_at: Timestamp,
        /// When its facts, its recording or its participants last changed.
        pub updated_at: Timestamp,
    }

    /// How many calls are being deleted.
    pub struct DeletedCalls {
        /// The count.
        pub count: i64,
    }

    /// Somebody who took part in a call.
    pub struct Participant {
        /// The participant's id.
        pub id: ParticipantId,
        /// Who it is.
        pub kind: ParticipantKind,
        /// The user, if it is one.
        pub user_id: Option<UserId>,
        /// The contact, if it is one.
        pub contact_id: Option<ContactId>,
        /// The name: that of the user or contact, or the one that came with the call.
        pub name: Option<String>,
        /// The address that came with the call.
        pub email: Option<String>,
        /// The telephone number that came with the call.
        pub phone: Option<String>,
    }
}

requests! {
    /// A call to be created. An `external_id` that the source has used already answers with the call it names.
    pub struct CreateCall {
        /// What the call is called in lists: 1 to 200 characters.
        pub title: String,
        /// Who called whom.
        pub direction: CallDirection,
        /// `upload` or `api`, which it is unless told.
        pub source: Option<CallSource>,
        /// What the source calls it: 1 to 200 characters.
        pub external_id: Option<String>,
        /// When it began; not after now by more than a day.
        pub started_at: Timestamp,
        /// How long it took, in milliseconds: 0 to 7 days. A recording corrects it.
        pub duration_ms: Option<i64>,
        /// The user whose call it is; whoever creates it unless told.
        pub owner_id: Option<UserId>,
        /// How it went.
        pub outcome: Option<CallOutcome>,
        /// Whether only its owner and administrators may see it.
        #[serde(default)]
        pub private: bool,
        /// Who took part: at most 50.
        #[serde(default)]
        pub participants: Vec<AddParticipant>,
        /// The SHA-256 of its recording in lower-case hexadecimal, if it is known: no call is created for a file that is
        /// another call's recording.
        pub recording_sha256: Option<String>,
    }

    /// The whole of a call's own facts; what is null or left out is cleared.
    pub struct UpdateCall {
        /// What the call is called in lists: 1 to 200 characters.
        pub title: String,
        /// Who called whom.
        pub direction: CallDirection,
        /// When it began; not after now by more than a day.
        pub started_at: Timestamp,
        /// How long it took, in milliseconds: 0 to 7 days. Once a recording is there, its duration stays.
        pub duration_ms: Option<i64>,
        /// The user whose call it is.
        pub owner_id: Option<UserId>,
        /// How it went.
        pub outcome: Option<CallOutcome>,
        /// Whether only its owner and administrators may see it.
        #[serde(default)]
        pub private: bool,
    }

    /// Calls to be deleted.
    pub struct DeleteCalls {
        /// The calls: 1 to 1000.
        pub call_ids: Vec<CallId>,
    }

    /// Somebody who took part: a user, a contact, or else at least a name, an address or a number.
    pub struct AddParticipant {
        /// The user.
        pub user_id: Option<UserId>,
        /// The contact.
        pub contact_id: Option<ContactId>,
        /// The name: at most 200 characters. Left out for a user or a contact.
        pub name: Option<String>,
        /// The address. A contact who has it becomes the participant.
        pub email: Option<String>,
        /// The telephone number: at most 50 characters. The one contact who has it, however it is written, becomes the
        /// participant.
        pub phone: Option<String>,
    }

    /// Says who a participant is.
    pub struct MatchParticipant {
        /// The user.
        pub user_id: Option<UserId>,
        /// The contact. Without a user and a contact the participant is somebody else again.
        pub contact_id: Option<ContactId>,
    }
}

impl CreateCall {
    /// A call of which no more is known than what it is called, who called whom, and when it began.
    pub fn new(title: String, direction: CallDirection, started_at: Timestamp) -> Self {
        Self {
            title,
            direction,
            source: None,
            external_id: None,
            started_at,
            duration_ms: None,
            owner_id: None,
            outcome: None,
            private: false,
            participants: Vec::new(),
            recording_sha256: None,
        }
    }
}

queries! {
    /// Which calls.
    pub struct ListCalls {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only calls of this user.
        pub owner_id: Option<UserId>,
        /// Only calls that belong to this contact: whoever takes part is associated.
        pub contact_id: Option<ContactId>,
        /// Only calls that belong to this company: that of whoever takes part is associated.
        pub company_id: Option<CompanyId>,
        /// Only calls that belong to this deal.
        pub deal_id: Option<DealId>,
        /// Only calls that belong to this ticket.
        pub ticket_id: Option<TicketId>,
        /// Only calls whose title contains this text, whatever the case and accents. What was said is found by
        /// `search_transcripts`.
        pub q: Option<String>,
        /// Only calls in this direction.
        pub direction: Option<CallDirection>,
        /// Only calls that took at least so many milliseconds.
        pub min_duration_ms: Option<i64>,
        /// Only calls that took at most so many milliseconds.
        pub max_duration_ms: Option<i64>,
        /// Only calls that went so.
        pub outcome: Option<CallOutcome>,
        /// Only calls in which this tracked term was said; needs `use_call_intelligence`.
        pub term_id: Option<TrackedTermId>,
        /// Only calls that began at or after this time.
        pub from: Option<Timestamp>,
        /// Only calls that began before this time.
        pub until: Option<Timestamp>,
        /// Only calls whose transcript has come so far.
        pub transcript: Option<TranscriptState>,
        /// The order; the latest first unless told. A saved view keeps it as the filter `sort`.
        pub sort: Option<CallSort>,
    }
}

paths! {
    /// The id of a call.
    pub struct CallPath {
        /// The call.
        pub call_id: CallId,
    }
    /// The ids of a participant of a call.
    pub struct ParticipantPath {
        /// The call.
        pub call_id: CallId,
        /// The participant.
        pub participant_id: ParticipantId,
    }
}
