//! Links that people outside book meetings by.

use super::Availability;
use crate::crm::ConsentSettings;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{BookingLinkId, FileId, MeetingTypeId, Timestamp, UserId};

text_enum! {
    /// Who takes part for the company.
    pub enum BookingLinkKind {
        /// One host.
        Personal = "personal",
        /// All hosts; a time is offered when every one of them is free.
        Group = "group",
        /// One of the hosts; a time is offered when any of them is free.
        RoundRobin = "round_robin",
    }
}

text_enum! {
    /// The languages that people outside are spoken to.
    pub enum BookingLanguage {
        /// English.
        English = "en",
        /// French.
        French = "fr",
    }
}

text_enum! {
    /// Where a video conference comes from.
    pub enum ConferenceKind {
        /// A meeting is made at Zoom for each booking, with the sign-in of the host who is booked.
        Zoom = "zoom",
        /// The host's default calendar makes one: Google Meet or Microsoft Teams.
        Calendar = "calendar",
    }
}

text_enum! {
    /// How a question is answered.
    pub enum AnswerKind {
        /// A line of at most 500 characters.
        Line = "line",
        /// Several lines of at most 4000 characters.
        Lines = "lines",
        /// One of the options.
        Choice = "choice",
        /// A number.
        Number = "number",
        /// A day.
        Date = "date",
        /// Yes or no.
        Checkbox = "checkbox",
    }
}

requests! {
    /// A host of a link.
    #[derive(Eq, Copy)]
    pub struct BookingLinkHost {
        /// The user.
        pub user_id: UserId,
        /// In round robin: how many meetings they get beside the others: 1 to 100.
        pub weight: u16,
    }

    /// Reminders that the guests are sent.
    #[derive(Eq)]
    pub struct Reminders {
        /// Whether any are sent.
        pub is_enabled: bool,
        /// Whether they repeat the description of the invitation.
        pub includes_description: bool,
        /// How long before the meeting, in minutes: at most 3, each 5 to 40320, no two the same.
        pub minutes_before: Vec<u32>,
    }

    /// A question that the booking form asks beside name and address.
    #[derive(Eq)]
    pub struct FormField {
        /// Names the answer: 1 to 40 of `a-z`, `0-9` and `_`, no two the same.
        pub key: String,
        /// The contact property that it fills: `phone`, `job_title`, `company`, or the key of a custom property. Without one it is a
        /// question of this link.
        #[serde(default)]
        pub property: Option<String>,
        /// The question: 1 to 200 characters.
        pub label: String,
        /// How it is answered.
        pub kind: AnswerKind,
        /// The options of a choice: 1 to 50, each 1 to 200 characters.
        #[serde(default)]
        pub options: Vec<String>,
        /// Whether it must be answered.
        pub is_required: bool,
    }

    /// All of a link that can be changed.
    pub struct BookingLinkSettings {
        /// Its name for the team: 1 to 100 characters.
        pub internal_name: String,
        /// The title of its page: 1 to 120 characters.
        pub title: String,
        /// The picture beside the title; without one the initials of the host are shown.
        #[serde(default)]
        pub photo_file_id: Option<FileId>,
        /// What kind of meeting it is.
        #[serde(default)]
        pub meeting_type_id: Option<MeetingTypeId>,
        /// The durations that the visitor may choose from, in minutes: 1 to 8 of them, each 5 to 480.
        pub durations_minutes: Vec<u16>,
        /// Where the meeting is, such as an address or `We call you`: at most 500 characters.
        #[serde(default)]
        pub location: Option<String>,
        /// The video conference that is made for each meeting: one that its hosts can have (see `list_conference_hosts`).
        #[serde(default)]
        pub conference: Option<ConferenceKind>,
        /// The subject of the invitation and of the calendar entries: 1 to 200 characters. It may hold `{{contact.first_name}}`,
        /// `{{contact.last_name}}`, `{{contact.name}}`, `{{contact.email}}`, `{{company.name}}`, `{{host.name}}` and `{{account.name}}`.
        pub invitation_subject: String,
        /// The description of the invitation and of the calendar entries, with the same tokens: at most 5000 characters.
        #[serde(default)]
        pub invitation_description: Option<String>,
        /// The language of its page, its mails and its reminders.
        pub language: BookingLanguage,
        /// The country whose way of writing dates, times and numbers is used: two letters (ISO 3166-1), such as `FR`.
        pub country: String,
        /// The reminders.
        pub reminders: Reminders,
        /// When it can be booked.
        pub availability: Availability,
        /// What the form asks beside first name, last name and address: at most 30.
        #[serde(default)]
        pub form: Vec<FormField>,
        /// What the visitor is told about their data, and agrees to. Left out, a new link takes it from the account and a link
        /// that is changed keeps its own.
        #[serde(default)]
        pub consent: Option<ConsentSettings>,
        /// Whether the visitor may name up to 10 guests, who are invited too.
        #[serde(default)]
        pub allows_guests: bool,
        /// Whether a host must agree before a meeting stands. Until then its time is held.
        #[serde(default)]
        pub requires_confirmation: bool,
        /// Whether the visitor must type a code that is sent to the address first.
        #[serde(default)]
        pub verifies_email: bool,
        /// Where the visitor is sent after booking: an `https` address of at most 2000 characters.
        #[serde(default)]
        pub redirect_url: Option<String>,
        /// Whether it is left out of what is offered to insert, and its page asks not to be indexed.
        #[serde(default)]
        pub is_hidden: bool,
        /// After how many meetings it ends: 1 for a link that is used once.
        #[serde(default)]
        pub most_bookings: Option<u32>,
        /// The origins whose pages may embed it, such as `https://example.com`: at most 20. Without any, every page may.
        #[serde(default)]
        pub embed_origins: Vec<String>,
    }

    /// A link to be made.
    pub struct CreateBookingLink {
        /// Who takes part. It cannot be changed later.
        pub kind: BookingLinkKind,
        /// The last part of its address: 1 to 60 of `a-z`, `0-9` and `-`; made from the internal name unless told. It cannot be
        /// changed later.
        #[serde(default)]
        pub slug: Option<String>,
        /// The hosts: one of a personal link, 1 to 50 of the others. Yourself unless told.
        #[serde(default)]
        pub hosts: Vec<BookingLinkHost>,
        /// All the rest.
        pub settings: BookingLinkSettings,
    }

    /// The whole of a link's settings and hosts.
    pub struct UpdateBookingLink {
        /// The hosts.
        pub hosts: Vec<BookingLinkHost>,
        /// All the rest.
        pub settings: BookingLinkSettings,
        /// `updated_at` of the link that was edited. When somebody has saved since, the reply is 409 `newer_link`, with the
        /// link as it is now in `extra.link`. Left out, whatever was saved meanwhile is replaced.
        pub updated_at: Option<Timestamp>,
    }

    /// A kind of meeting.
    pub struct SaveMeetingType {
        /// Its name: 1 to 80 characters, no two the same.
        pub name: String,
    }

    /// A reminder to be shown before it is saved.
    pub struct PreviewReminder {
        /// The link's settings as they stand in the editor.
        pub settings: BookingLinkSettings,
    }
}

text_enum! {
    /// Whether a link can be booked.
    pub enum BookingLinkState {
        /// It can.
        Active = "active",
        /// Somebody ended it, or it was booked as often as it may be.
        Ended = "ended",
        /// A calendar of a host cannot be reached: its page takes requests.
        Unreachable = "unreachable",
        /// None of its hosts works here any more.
        WithoutHosts = "without_hosts",
    }
}

replies! {
    /// A link that people outside book meetings by.
    pub struct BookingLink {
        /// The link's id.
        pub id: BookingLinkId,
        /// Who takes part.
        pub kind: BookingLinkKind,
        /// The two parts of its address: the user's and its own, such as `ana/intro`.
        pub slug: String,
        /// Its whole address.
        pub url: String,
        /// Whether it can be booked.
        pub state: BookingLinkState,
        /// Who made it.
        pub owner_id: UserId,
        /// Its hosts.
        pub hosts: Vec<BookingLinkHost>,
        /// The hosts who are left out, because a calendar of theirs cannot be reached or they do not work here any more.
        pub excluded_host_ids: Vec<UserId>,
        /// Those of them who work here, and have a calendar that cannot be reached.
        pub unreachable_host_ids: Vec<UserId>,
        /// Whether it is its owner's default link.
        pub is_default: bool,
        /// Whether you may change it.
        pub is_editable: bool,
        /// Whether other sites may show its page: its owner needs `use_booking`.
        pub is_embeddable: bool,
        /// What can be changed.
        pub settings: BookingLinkSettings,
        /// Where the photo of its page is. The address ends after a time, as that of every file does.
        pub photo_url: Option<String>,
        /// How often its page was opened.
        pub views: i64,
        /// How many meetings were booked by it, those that were called off included.
        pub bookings: i64,
        /// When a meeting was booked by it last.
        pub last_booked_at: Option<Timestamp>,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// A kind of meeting.
    pub struct MeetingType {
        /// Its id.
        pub id: MeetingTypeId,
        /// Its name.
        pub name: String,
    }

    /// The kinds of meetings.
    pub struct MeetingTypes {
        /// By name.
        pub items: Vec<MeetingType>,
    }

    /// A reminder as it would be sent.
    pub struct ReminderPreview {
        /// The sender's name.
        pub from_name: String,
        /// The subject line.
        pub subject: String,
        /// The text.
        pub text: String,
    }
}

queries! {
    /// Which links.
    pub struct ListBookingLinks {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// `true` for those alone that you made or host.
        pub mine: Option<bool>,
        /// `true` for the ended ones as well.
        pub ended: Option<bool>,
        /// Only links whose name or address holds this, whatever the case.
        pub q: Option<String>,
    }
}

paths! {
    /// The id of a link.
    pub struct BookingLinkPath {
        /// The link.
        pub booking_link_id: BookingLinkId,
    }

    /// The id of a kind of meeting.
    pub struct MeetingTypePath {
        /// The kind of meeting.
        pub meeting_type_id: MeetingTypeId,
    }
}
