//! Meetings that were booked, or scheduled from a contact's record.

use super::BookingLanguage;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{BookingLinkId, ContactId, MeetingId, MeetingRequestId, MeetingTypeId, Timestamp, UserId};

text_enum! {
    /// Whether a meeting stands.
    pub enum MeetingState {
        /// A host has to agree; its time is held until then.
        Pending = "pending",
        /// It stands.
        Booked = "booked",
        /// A host did not agree.
        Declined = "declined",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What came of a meeting.
    pub enum MeetingOutcome {
        /// It took place.
        Completed = "completed",
        /// The contact did not come.
        NoShow = "no_show",
    }
}

text_enum! {
    /// Who did something to a meeting.
    pub enum MeetingParty {
        /// The contact.
        Contact = "contact",
        /// A user.
        User = "user",
        /// Whoever changed the entry in the host's calendar.
        Calendar = "calendar",
    }
}

text_enum! {
    /// How far the entry in a host's calendar has come.
    pub enum CalendarEntryState {
        /// The host has no calendar it could be written to: it stands in the record alone.
        None = "none",
        /// It is being written.
        Writing = "writing",
        /// It stands there.
        Written = "written",
        /// It could not be written; it is tried again once the calendar can be reached.
        Failed = "failed",
        /// It is gone from the calendar, and the host has not said whether the meeting is called off.
        Missing = "missing",
    }
}

requests! {
    /// Somebody who is invited beside the contact.
    #[derive(Eq)]
    pub struct Guest {
        /// The address.
        pub email: String,
    }

    /// An answer of the form.
    #[derive(Eq)]
    pub struct Answer {
        /// The question's key.
        pub key: String,
        /// The answer as text: of a number its digits, of a day `2026-03-02`, of a checkbox `true` or `false`.
        pub value: String,
    }

    /// A meeting to be scheduled from a contact's record. It may overlap others: whoever schedules it sees that.
    pub struct CreateMeeting {
        /// The contact.
        pub contact_id: ContactId,
        /// When it begins.
        pub starts_at: Timestamp,
        /// How long it is, in minutes: 5 to 1440.
        pub duration_minutes: u16,
        /// The zone that times are said in, as an IANA name.
        pub time_zone: String,
        /// The title: 1 to 200 characters.
        pub title: String,
        /// The description: at most 5000 characters.
        #[serde(default)]
        pub description: Option<String>,
        /// Where it is: at most 500 characters.
        #[serde(default)]
        pub location: Option<String>,
        /// What kind of meeting it is.
        #[serde(default)]
        pub meeting_type_id: Option<MeetingTypeId>,
        /// Who is invited beside the contact: at most 10.
        #[serde(default)]
        pub guests: Vec<Guest>,
        /// How long before the meeting the contact is reminded, in minutes: at most 3, each 5 to 40320.
        #[serde(default)]
        pub reminder_minutes_before: Vec<u32>,
        /// The language of its mails.
        pub language: BookingLanguage,
    }

    /// The whole of what can be changed about a meeting without moving it.
    pub struct UpdateMeeting {
        /// The title: 1 to 200 characters.
        pub title: String,
        /// The description: at most 5000 characters. A change of it alone reaches the contact only where the meeting says
        /// `description_reaches_contact`.
        #[serde(default)]
        pub description: Option<String>,
        /// Where it is: at most 500 characters.
        #[serde(default)]
        pub location: Option<String>,
        /// What kind of meeting it is.
        #[serde(default)]
        pub meeting_type_id: Option<MeetingTypeId>,
    }

    /// When a meeting takes place in future.
    pub struct RescheduleMeeting {
        /// When it begins.
        pub starts_at: Timestamp,
        /// How long it is, in minutes: 5 to 1440; as long as it was unless told.
        #[serde(default)]
        pub duration_minutes: Option<u16>,
        /// Why it is moved, for the other side to read: at most 1000 characters.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// Why a meeting is called off or not agreed to.
    pub struct CancelMeeting {
        /// For the other side to read: at most 1000 characters.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// What came of a meeting.
    pub struct SetMeetingOutcome {
        /// Nothing to say nothing again.
        #[serde(default)]
        pub outcome: Option<MeetingOutcome>,
    }
}

replies! {
    /// An answer of the form, beside its question as it was asked.
    pub struct AnsweredQuestion {
        /// The question.
        pub label: String,
        /// The answer.
        pub value: String,
    }

    /// Why this host was chosen in round robin.
    pub struct HostChoice {
        /// Who was free, with what each had before, the chosen one first.
        pub candidates: Vec<HostCandidate>,
    }

    /// A host who could have been chosen.
    pub struct HostCandidate {
        /// The host.
        pub user_id: UserId,
        /// How many of the link's meetings they had been given in the last 30 days.
        pub meetings: i64,
        /// Their weight.
        pub weight: u16,
        /// When they were given one last.
        pub last_at: Option<Timestamp>,
    }

    /// A meeting.
    pub struct Meeting {
        /// The meeting's id.
        pub id: MeetingId,
        /// Whether it stands.
        pub state: MeetingState,
        /// The link it was booked by; absent when it was scheduled from a record or came from a calendar.
        pub booking_link_id: Option<BookingLinkId>,
        /// The link's name for the team.
        pub booking_link_name: Option<String>,
        /// With whom.
        pub contact_id: ContactId,
        /// The contact's name.
        pub contact_name: String,
        /// The contact's address.
        pub contact_email: Option<String>,
        /// The users who take part.
        pub host_ids: Vec<UserId>,
        /// Who is invited beside the contact.
        pub guests: Vec<Guest>,
        /// The title.
        pub title: String,
        /// The description.
        pub description: Option<String>,
        /// Where it is.
        pub location: Option<String>,
        /// The address of the video conference, once there is one.
        pub conference_url: Option<String>,
        /// Why there is none yet, in a sentence, when it could not be made. It is tried again.
        pub conference_error: Option<String>,
        /// What kind of meeting it is.
        pub meeting_type_id: Option<MeetingTypeId>,
        /// When it begins.
        pub starts_at: Timestamp,
        /// When it is over.
        pub ends_at: Timestamp,
        /// The zone that the contact chose, as an IANA name.
        pub contact_time_zone: String,
        /// The answers of the form.
        pub answers: Vec<AnsweredQuestion>,
        /// What came of it.
        pub outcome: Option<MeetingOutcome>,
        /// Why it was called off, moved or not agreed to.
        pub reason: Option<String>,
        /// Who called it off.
        pub cancelled_by: Option<MeetingParty>,
        /// Why this host was chosen, in round robin.
        pub host_choice: Option<HostChoice>,
        /// How far the entry in the host's calendar has come.
        pub calendar_entry: CalendarEntryState,
        /// The address of that entry in the host's calendar, when the provider has one.
        pub calendar_entry_url: Option<String>,
        /// Why it failed, in a sentence.
        pub calendar_entry_error: Option<String>,
        /// Whether another description reaches the contact: only where the entry stands in a calendar that is kept the same both
        /// ways. Elsewhere it stays here, and the event in the calendar is to be edited.
        pub description_reaches_contact: bool,
        /// How often it was changed: the SEQUENCE of its invitation (RFC 5545).
        pub sequence: i32,
        /// When it was booked.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// A wish for a meeting, left while a calendar could not be reached.
    pub struct MeetingRequest {
        /// The request's id.
        pub id: MeetingRequestId,
        /// The link whose page it was left on.
        pub booking_link_id: BookingLinkId,
        /// Who asks.
        pub contact_id: ContactId,
        /// The contact's name.
        pub contact_name: String,
        /// The contact's address.
        pub contact_email: Option<String>,
        /// When it would suit, in the contact's words.
        pub message: String,
        /// The contact's zone, as an IANA name.
        pub time_zone: String,
        /// When somebody took care of it.
        pub handled_at: Option<Timestamp>,
        /// When it was left.
        pub created_at: Timestamp,
    }
}

queries! {
    /// Which meetings.
    pub struct ListMeetings {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only meetings with this contact.
        pub contact_id: Option<ContactId>,
        /// Only meetings that this user takes part in.
        pub host_id: Option<UserId>,
        /// Only meetings that were booked by this link.
        pub booking_link_id: Option<BookingLinkId>,
        /// Only meetings in this state.
        pub state: Option<MeetingState>,
        /// Only meetings that are over at this time or later.
        pub from: Option<Timestamp>,
        /// Only meetings that begin before this time.
        pub until: Option<Timestamp>,
        /// `true` for the latest first; the earliest first unless told.
        pub latest_first: Option<bool>,
    }

    /// Which requests.
    pub struct ListMeetingRequests {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// `true` for those alone that nobody took care of.
        pub open: Option<bool>,
    }
}

paths! {
    /// The id of a meeting.
    pub struct MeetingPath {
        /// The meeting.
        pub meeting_id: MeetingId,
    }

    /// The id of a request.
    pub struct MeetingRequestPath {
        /// The request.
        pub meeting_request_id: MeetingRequestId,
    }
}
