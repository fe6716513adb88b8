//! Links to book by, and visitors who book.

use db::schema::{calendar_accounts, calendars};
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::{ClientError, TestApp, User};
use types::booking::*;
use types::{BookingLinkId, ErrorCode, MeetingId, Timestamp, UserId};

/// A Monday in winter. Summer begins in Europe on the Sunday after it.
pub const TODAY: &str = "2031-03-24T06:00:00Z";

/// The clock is stopped on a Monday; everybody has signed in since.
pub struct Desk {
    /// May do everything.
    pub admin: User,
    /// An agent, who has a link.
    pub ana: User,
    /// Ana's link.
    pub link: BookingLink,
}

impl Desk {
    /// Opens with a link of these settings.
    pub async fn with(app: &TestApp, settings: BookingLinkSettings) -> Self {
        app.clock().set(at(TODAY));
        let admin = app.sign_in(&app.super_admin().profile).await;
        let ana = app.agent("Ana").await;
        let link = link(&ana, settings).await;
        Self { admin, ana, link }
    }

    /// Opens with a link for half an hour from Monday to Friday, nine to five.
    pub async fn open(app: &TestApp) -> Self {
        Self::with(app, settings()).await
    }
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// An instant of the day after the one when the desk opened.
pub fn tuesday(time: &str) -> Timestamp {
    at(&format!("2031-03-25T{time}:00Z"))
}

/// Hours of a day, in minutes from midnight.
pub fn hours(ranges: &[(u16, u16)]) -> Vec<TimeRange> {
    ranges.iter().map(|&(from_minute, until_minute)| TimeRange { from_minute, until_minute }).collect()
}

/// Monday to Friday from nine to five in UTC, four weeks ahead, at once.
pub fn availability() -> Availability {
    let nine_to_five = hours(&[(540, 1020)]);
    Availability {
        time_zone: Some("UTC".to_owned()),
        weekly: (0..5).map(|weekday| WeekdayHours { weekday, ranges: nine_to_five.clone() }).collect(),
        overrides: Vec::new(),
        rolling_weeks: Some(4),
        date_range: None,
        notice_minutes: 0,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        interval_minutes: None,
        most_per_day: None,
        most_per_week: None,
    }
}

/// A link for half an hour.
pub fn settings() -> BookingLinkSettings {
    BookingLinkSettings {
        internal_name: "Intro".to_owned(),
        title: "Meet us".to_owned(),
        photo_file_id: None,
        meeting_type_id: None,
        durations_minutes: vec![30],
        location: Some("Our office".to_owned()),
        conference: None,
        invitation_subject: "{{contact.name}} and {{host.name}}".to_owned(),
        invitation_description: None,
        language: BookingLanguage::English,
        country: "GB".to_owned(),
        reminders: Reminders { is_enabled: false, includes_description: false, minutes_before: Vec::new() },
        availability: availability(),
        consent: None,
        form: Vec::new(),
        allows_guests: false,
        requires_confirmation: false,
        verifies_email: false,
        redirect_url: None,
        is_hidden: false,
        most_bookings: None,
        embed_origins: Vec::new(),
    }
}

/// A personal link of the user's own.
pub async fn link(by: &User, settings: BookingLinkSettings) -> BookingLink {
    let request =
        CreateBookingLink { kind: BookingLinkKind::Personal, slug: None, hosts: Vec::new(), settings };
    by.create_booking_link(&request).await.unwrap()
}

/// A link of several hosts, with their weights.
pub async fn shared_link(
    by: &User,
    kind: BookingLinkKind,
    hosts: &[(&User, u16)],
    settings: BookingLinkSettings,
) -> BookingLink {
    let hosts =
        hosts.iter().map(|(user, weight)| BookingLinkHost { user_id: user.id(), weight: *weight }).collect();
    by.create_booking_link(&CreateBookingLink { kind, slug: None, hosts, settings }).await.unwrap()
}

/// Gives a link other settings.
pub async fn change(
    by: &User,
    link: &BookingLink,
    change: impl FnOnce(&mut BookingLinkSettings),
) -> Result<BookingLink, ClientError> {
    let mut request =
        UpdateBookingLink { hosts: link.hosts.clone(), settings: link.settings.clone(), updated_at: None };
    change(&mut request.settings);
    by.update_booking_link(&of(link.id), &request).await
}

pub fn of(booking_link_id: BookingLinkId) -> BookingLinkPath {
    BookingLinkPath { booking_link_id }
}

pub fn meeting(meeting_id: MeetingId) -> MeetingPath {
    MeetingPath { meeting_id }
}

/// The page of a link.
pub fn page(link: &BookingLink) -> BookingPagePath {
    let (user_slug, link_slug) = link.slug.split_once('/').unwrap();
    BookingPagePath { user_slug: user_slug.to_owned(), link_slug: link_slug.to_owned() }
}

/// What Carla Customer sends to book half an hour.
pub fn booking(starts_at: Timestamp, email: &str) -> BookMeeting {
    BookMeeting {
        starts_at,
        duration_minutes: 30,
        hold_token: None,
        time_zone: "Europe/Paris".to_owned(),
        first_name: "Carla".to_owned(),
        last_name: "Customer".to_owned(),
        email: email.to_owned(),
        answers: Vec::new(),
        guests: Vec::new(),
        has_consented: false,
        code: None,
    }
}

/// Books half an hour with this address.
pub async fn book(
    app: &TestApp,
    link: &BookingLink,
    starts_at: Timestamp,
    email: &str,
) -> Result<BookedMeeting, ClientError> {
    app.anonymous().book_meeting(&page(link), &booking(starts_at, email)).await
}

/// The secret of a meeting that was booked.
pub fn secret(booked: &BookedMeeting) -> BookedMeetingPath {
    BookedMeetingPath { token: booked.token.clone() }
}

/// What asks for the times on Tuesday, up to then, that a meeting of so many minutes can be moved to.
pub fn times_to_move(booked: &BookedMeeting, duration_minutes: u16, until: &str) -> ListPageSlots {
    ListPageSlots {
        from: tuesday("00:00"),
        until: tuesday(until),
        duration_minutes,
        moves: Some(booked.token.clone()),
        hold_token: None,
    }
}

/// The only meeting of a link, as a user sees it.
pub async fn only_meeting(by: &User, link: &BookingLink) -> Meeting {
    let mut all = meetings_of(by, link).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// The meetings of a link that a user sees, the earliest first.
pub async fn meetings_of(by: &User, link: &BookingLink) -> Vec<Meeting> {
    let query = ListMeetings { booking_link_id: Some(link.id), limit: Some(200), ..ListMeetings::default() };
    by.list_meetings(&query).await.unwrap().items
}

/// The times of half an hour that a page offers.
pub async fn offered(app: &TestApp, link: &BookingLink, from: &str, until: &str) -> Vec<String> {
    let query = ListPageSlots {
        from: at(from),
        until: at(until),
        duration_minutes: link.settings.durations_minutes[0],
        moves: None,
        hold_token: None,
    };
    let slots = app.anonymous().list_page_slots(&page(link), &query).await.unwrap();
    slots.items.into_iter().map(|slot| slot.starts_at.to_string()).collect()
}

/// The times that a page offers on a day of UTC, such as `09:00`.
pub async fn on_day(app: &TestApp, link: &BookingLink, day: &str) -> Vec<String> {
    let (from, until) = (format!("{day}T00:00:00Z"), format!("{day}T23:59:59Z"));
    let all = offered(app, link, &from, &until).await;
    all.into_iter().map(|slot| slot[11..16].to_owned()).collect()
}

/// Why a time of half an hour is not offered.
pub async fn reasons(by: &User, link: &BookingLink, starts_at: Timestamp) -> Vec<MissingReason> {
    let query = ExplainSlot { starts_at, duration_minutes: 30 };
    let told = by.explain_slot(&of(link.id), &query).await.unwrap();
    assert_eq!(told.is_offered, told.reasons.is_empty(), "{told:?}");
    told.reasons.into_iter().map(|reason| reason.reason).collect()
}

/// The code of a refusal.
pub fn code_of<T: std::fmt::Debug>(reply: Result<T, ClientError>) -> ErrorCode {
    let refused = reply.unwrap_err();
    refused.code().unwrap_or_else(|| panic!("{refused}"))
}

/// A calendar of a user that was read just now, in this state.
pub async fn calendar(app: &TestApp, user: UserId, state: CalendarState) {
    calendar_with(app, user.0, user, state).await;
}

/// As [`calendar`], with an id, of which there may be several.
pub async fn calendar_with(app: &TestApp, id: i64, user: UserId, state: CalendarState) {
    let now = app.clock().now();
    let insert = move |tx: &mut platform::Tx<'_>| {
        diesel::insert_into(calendar_accounts::table)
            .values((
                calendar_accounts::id.eq(types::CalendarAccountId(id)),
                calendar_accounts::user_id.eq(user),
                calendar_accounts::provider.eq(CalendarProvider::Feed),
                calendar_accounts::name.eq("Feed"),
                calendar_accounts::state.eq(state),
                calendar_accounts::created_at.eq(now),
                calendar_accounts::updated_at.eq(now),
            ))
            .execute(tx.conn())?;
        diesel::insert_into(calendars::table)
            .values((
                calendars::id.eq(types::CalendarId(id)),
                calendars::account_id.eq(types::CalendarAccountId(id)),
                calendars::user_id.eq(user),
                calendars::external_id.eq("feed"),
                calendars::name.eq("Feed"),
                calendars::is_owned.eq(true),
                calendars::is_writable.eq(false),
                calendars::is_added.eq(true),
                calendars::is_default.eq(false),
                calendars::is_two_way.eq(false),
                calendars::state.eq(state),
                calendars::synced_at.eq(Some(now)),
                calendars::next_sync_at.eq(now.plus_seconds(100 * 24 * 3600)),
            ))
            .execute(tx.conn())?;
        Ok(())
    };
    app.ctx().write(&Actor::System, insert).await.unwrap();
}

/// Says how a user's calendar is from now on, read just now.
pub async fn set_calendar(app: &TestApp, user: UserId, state: CalendarState) {
    let now = app.clock().now();
    let update = move |tx: &mut platform::Tx<'_>| {
        diesel::update(calendars::table.filter(calendars::user_id.eq(user)))
            .set((calendars::state.eq(state), calendars::synced_at.eq(Some(now))))
            .execute(tx.conn())?;
        Ok(())
    };
    app.ctx().write(&Actor::System, update).await.unwrap();
}

/// Makes a calendar somebody else's, as its provider would tell of one that is shared.
pub async fn give_away(app: &TestApp, id: types::CalendarId) {
    let update = move |tx: &mut platform::Tx<'_>| {
        diesel::update(calendars::table.find(id)).set(calendars::is_owned.eq(false)).execute(tx.conn())?;
        Ok(())
    };
    app.ctx().write(&Actor::System, update).await.unwrap();
}

/// What is counted, once the jobs that there are do not change it any more.
pub async fn when_quiet(app: &TestApp, count: impl AsyncFn() -> i64) -> i64 {
    let mut now = count().await;
    for _ in 0..100 {
        app.run_jobs().await;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let before = std::mem::replace(&mut now, count().await);
        if before == now {
            return now;
        }
    }
    panic!("it changes again and again");
}
