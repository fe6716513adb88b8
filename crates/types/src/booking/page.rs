//! What people outside see and do on the page of a link.

use super::{Answer, BookingLanguage, FormField, Guest, MeetingState};
use crate::wire::{full_queries, queries, replies, requests, text_enum};
use crate::{Date, Timestamp};

text_enum! {
    /// What the page of a link offers.
    pub enum BookingPageState {
        /// Times to choose from.
        Open = "open",
        /// A form for requests, because a calendar of a host cannot be reached.
        Request = "request",
        /// Nothing any more.
        Ended = "ended",
    }
}

replies! {
    /// A host as people outside see them.
    pub struct PageHost {
        /// The name.
        pub name: String,
        /// The address of the picture.
        pub photo_url: Option<String>,
    }

    /// The page of a link.
    pub struct BookingPage {
        /// The two parts of its address, such as `ana/intro`.
        pub slug: String,
        /// What it offers.
        pub state: BookingPageState,
        /// The title.
        pub title: String,
        /// The company's name.
        pub account_name: String,
        /// The hosts; none in round robin.
        pub hosts: Vec<PageHost>,
        /// The address of the picture beside the title.
        pub photo_url: Option<String>,
        /// The address of the company's logo.
        pub logo_url: Option<String>,
        /// The accent colour, `#rrggbb`.
        pub accent_color: String,
        /// The durations to choose from, in minutes, the shortest first.
        pub durations_minutes: Vec<u16>,
        /// Where the meeting is.
        pub location: Option<String>,
        /// Whether there is a video conference.
        pub has_conference: bool,
        /// What the meeting is about; without tokens.
        pub description: Option<String>,
        /// The language.
        pub language: BookingLanguage,
        /// The country whose way of writing dates, times and numbers is used.
        pub country: String,
        /// The zone of the first host, as an IANA name.
        pub host_time_zone: String,
        /// The questions beside first name, last name and address.
        pub form: Vec<FormField>,
        /// What the visitor is told and agrees to; absent when it asks for nothing.
        pub consent: Option<PageConsent>,
        /// Whether guests can be named.
        pub allows_guests: bool,
        /// Whether a host must agree.
        pub requires_confirmation: bool,
        /// Whether a code is sent to the address first.
        pub verifies_email: bool,
        /// The first day that may have times, in the visitor's zone.
        pub first_date: Date,
        /// The last day that may have times, in the visitor's zone.
        pub last_date: Date,
    }

    /// What the visitor is told about their data, and agrees to.
    pub struct PageConsent {
        /// What they read before they book.
        pub text: String,
        /// The privacy policy.
        pub privacy_policy_text: Option<String>,
        /// Where the privacy policy is.
        pub privacy_policy_url: Option<String>,
        /// Whether they must tick a box; otherwise it is told to them alone.
        pub asks: bool,
    }

    /// A time that can be booked.
    pub struct PageSlot {
        /// When it begins.
        pub starts_at: Timestamp,
    }

    /// Times that can be booked.
    pub struct PageSlots {
        /// The earliest first.
        pub items: Vec<PageSlot>,
        /// What the page offers now.
        pub state: BookingPageState,
        /// When the host's calendars were read, the one that was read longest ago; absent without calendars.
        pub synced_at: Option<Timestamp>,
    }

    /// A time that is kept for a visitor while they fill in the form.
    pub struct SlotHold {
        /// For booking it, or letting go of it.
        pub token: String,
        /// When others may have it.
        pub expires_at: Timestamp,
    }

    /// A meeting as the visitor sees it.
    pub struct BookedMeeting {
        /// Whether it stands.
        pub state: MeetingState,
        /// The link's address, for choosing another time.
        pub slug: String,
        /// The title.
        pub title: String,
        /// The description.
        pub description: Option<String>,
        /// The hosts.
        pub hosts: Vec<PageHost>,
        /// Where it is.
        pub location: Option<String>,
        /// The address of the video conference, once there is one.
        pub conference_url: Option<String>,
        /// When it begins.
        pub starts_at: Timestamp,
        /// When it is over.
        pub ends_at: Timestamp,
        /// The zone that the visitor chose.
        pub time_zone: String,
        /// The visitor's address, to which everything is sent.
        pub email: String,
        /// Why it was called off, moved or not agreed to.
        pub reason: Option<String>,
        /// For looking at it again, moving it and calling it off; it stands in the mails too.
        pub token: String,
        /// Whether it can still be moved or called off.
        pub is_changeable: bool,
        /// Where the visitor is sent next.
        pub redirect_url: Option<String>,
    }
}

requests! {
    /// A time to be kept while the form is filled in.
    pub struct HoldSlot {
        /// When the meeting would begin.
        pub starts_at: Timestamp,
        /// How long it would be, in minutes; one of the link's durations.
        pub duration_minutes: u16,
        /// The hold that this one takes the place of.
        #[serde(default)]
        pub replaces: Option<String>,
    }

    /// A hold that is not needed any more.
    pub struct ReleaseHold {
        /// Its token.
        pub token: String,
    }

    /// Where to send a code.
    pub struct SendBookingCode {
        /// The address.
        pub email: String,
    }

    /// A meeting to be booked.
    pub struct BookMeeting {
        /// When it begins.
        pub starts_at: Timestamp,
        /// How long it is, in minutes; one of the link's durations.
        pub duration_minutes: u16,
        /// The hold of that time, if there is one.
        #[serde(default)]
        pub hold_token: Option<String>,
        /// The visitor's zone, as an IANA name.
        pub time_zone: String,
        /// The first name: 1 to 100 characters.
        pub first_name: String,
        /// The last name: 1 to 100 characters.
        pub last_name: String,
        /// The address.
        pub email: String,
        /// The answers of the form.
        #[serde(default)]
        pub answers: Vec<Answer>,
        /// Who is invited too: at most 10, where the link allows it.
        #[serde(default)]
        pub guests: Vec<Guest>,
        /// Whether the visitor ticked the box.
        #[serde(default)]
        pub has_consented: bool,
        /// The code that was sent to the address, where the link asks for one.
        #[serde(default)]
        pub code: Option<String>,
    }

    /// A wish for a meeting, while times cannot be offered.
    pub struct RequestMeeting {
        /// The visitor's zone, as an IANA name.
        pub time_zone: String,
        /// The first name: 1 to 100 characters.
        pub first_name: String,
        /// The last name: 1 to 100 characters.
        pub last_name: String,
        /// The address.
        pub email: String,
        /// When it would suit: 1 to 2000 characters.
        pub message: String,
        /// Whether the visitor ticked the box.
        #[serde(default)]
        pub has_consented: bool,
    }

    /// Another time for a meeting that was booked.
    pub struct RescheduleBookedMeeting {
        /// When it begins.
        pub starts_at: Timestamp,
        /// The visitor's zone, as an IANA name.
        pub time_zone: String,
        /// Why, for the host to read: at most 1000 characters.
        #[serde(default)]
        pub reason: Option<String>,
    }

    /// The end of a meeting that was booked.
    pub struct CancelBookedMeeting {
        /// Why, for the host to read: at most 1000 characters.
        #[serde(default)]
        pub reason: Option<String>,
    }
}

/// The address of a link's page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Path))]
pub struct BookingPagePath {
    /// The user's part.
    pub user_slug: String,
    /// The link's part.
    pub link_slug: String,
}

/// The secret of a meeting that was booked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[cfg_attr(feature = "openapi", into_params(parameter_in = Path))]
pub struct BookedMeetingPath {
    /// The secret.
    pub token: String,
}

queries! {
    /// For whom the page is.
    pub struct GetBookingPage {
        /// The visitor's zone, as an IANA name; the host's unless told.
        pub time_zone: Option<String>,
        /// `true` when it is opened, so that it counts as a view.
        pub counts: Option<bool>,
    }
}

full_queries! {
    /// Which times.
    pub struct ListPageSlots {
        /// The first instant.
        pub from: Timestamp,
        /// The first instant after it: at most 62 days later.
        pub until: Timestamp,
        /// How long the meeting would be, in minutes; one of the link's durations.
        pub duration_minutes: u16,
        /// The secret of the meeting that is to be moved, so that its own time is not in the way.
        #[serde(default)]
        pub moves: Option<String>,
        /// The token of the visitor's own hold, so that it is not in the way.
        #[serde(default)]
        pub hold_token: Option<String>,
    }
}
