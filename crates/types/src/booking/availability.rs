//! When a link can be booked.

use crate::wire::requests;
use crate::wire::{full_queries, replies, text_enum};
use crate::{Date, Timestamp, UserId};

requests! {
    /// A stretch of a day in local time, in minutes from its midnight.
    #[derive(Eq, Copy)]
    pub struct TimeRange {
        /// When it begins: 0 to 1439.
        pub from_minute: u16,
        /// When it is over: after `from_minute`, and at most 2880. Beyond 1440 it reaches into the next day.
        pub until_minute: u16,
    }

    /// The hours of a day of the week.
    #[derive(Eq)]
    pub struct WeekdayHours {
        /// The day: 0 is Monday, 6 is Sunday.
        pub weekday: u8,
        /// The hours, at most 8, none of them overlapping. A day without any is closed.
        pub ranges: Vec<TimeRange>,
    }

    /// A day with hours of its own, such as a holiday.
    #[derive(Eq)]
    pub struct DateHours {
        /// The day.
        pub date: Date,
        /// The hours, at most 8, none of them overlapping. Without any the day is closed.
        pub ranges: Vec<TimeRange>,
    }

    /// From which day on and until which a link can be booked.
    #[derive(Eq, Copy)]
    pub struct DateRange {
        /// The first day.
        pub from: Date,
        /// The last day, at most 69 days after the first: 10 weeks with both.
        pub until: Date,
    }

    /// When a link can be booked.
    #[derive(Eq)]
    pub struct Availability {
        /// The zone of the hours, as an IANA name such as `Europe/Paris`. Nothing for the zone of each host.
        pub time_zone: Option<String>,
        /// The hours of the week; days that are not named are closed.
        pub weekly: Vec<WeekdayHours>,
        /// Days with hours of their own, at most 366.
        #[serde(default)]
        pub overrides: Vec<DateHours>,
        /// How many weeks from now on can be booked: 1 to 52. Left out with `date_range`.
        #[serde(default)]
        pub rolling_weeks: Option<u8>,
        /// The days that can be booked, in place of the rolling weeks.
        #[serde(default)]
        pub date_range: Option<DateRange>,
        /// How long before it begins a meeting can be booked at the latest, in minutes: 0 to 43200.
        pub notice_minutes: u32,
        /// What stays free before a meeting, in minutes: 0 to 480.
        pub buffer_before_minutes: u16,
        /// What stays free after a meeting, in minutes: 0 to 480.
        pub buffer_after_minutes: u16,
        /// From one offered start to the next, in minutes: 5 to 480. The shortest duration unless told.
        #[serde(default)]
        pub interval_minutes: Option<u16>,
        /// Most meetings of the link that a host has on a day: 1 to 100.
        #[serde(default)]
        pub most_per_day: Option<u16>,
        /// Most meetings of the link that a host has in a week from Monday on: 1 to 500.
        #[serde(default)]
        pub most_per_week: Option<u16>,
    }
}

text_enum! {
    /// Why a time is not offered.
    pub enum MissingReason {
        /// It is past.
        Past = "past",
        /// It is sooner than the notice allows.
        Notice = "notice",
        /// It is before the first day that can be booked.
        BeforeWindow = "before_window",
        /// It is after the last day that can be booked.
        AfterWindow = "after_window",
        /// It is outside the hours.
        OutsideHours = "outside_hours",
        /// The day is closed.
        ClosedDate = "closed_date",
        /// Meetings begin at other minutes.
        NotOnGrid = "not_on_grid",
        /// The host is busy.
        Busy = "busy",
        /// It is too close to something else, because of the buffers.
        Buffer = "buffer",
        /// The host has as many meetings on the day as the link allows.
        DayFull = "day_full",
        /// The host has as many meetings in the week as the link allows.
        WeekFull = "week_full",
        /// A calendar of the host cannot be reached.
        CalendarUnreachable = "calendar_unreachable",
        /// The link has ended.
        LinkEnded = "link_ended",
    }
}

replies! {
    /// One reason why a time is not offered.
    pub struct MissingSlotReason {
        /// The reason.
        pub reason: MissingReason,
        /// The host it concerns; absent when it concerns the link.
        pub host_id: Option<UserId>,
        /// What is in the way, when that is known: from when on.
        pub from: Option<Timestamp>,
        /// What is in the way, when that is known: until when.
        pub until: Option<Timestamp>,
        /// More about it, such as the title of what the host is busy with, for the host alone.
        pub detail: Option<String>,
    }

    /// Why a time is offered or not.
    pub struct SlotExplanation {
        /// Whether it is offered.
        pub is_offered: bool,
        /// The hosts who are free.
        pub free_host_ids: Vec<UserId>,
        /// Why it is not offered, or why some hosts are not free.
        pub reasons: Vec<MissingSlotReason>,
    }
}

full_queries! {
    /// Which time is missing.
    pub struct ExplainSlot {
        /// When the meeting would begin.
        pub starts_at: Timestamp,
        /// How long it would be, in minutes; one of the link's durations.
        pub duration_minutes: u16,
    }
}
