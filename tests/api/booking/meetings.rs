//! What becomes of meetings.

use rapport_tests::{TestApp, User, test_on_both};
use types::booking::*;
use types::crm::{ContactPath, TimelineEvent};
use types::{ContactId, ErrorCode, Event, RecordAccess};

use super::desk::{
    Desk, at, book, change, code_of, link, meeting, on_day, only_meeting, secret, settings, times_to_move,
    tuesday,
};
use crate::crm::desk::{contact, timeline, user_with, wrong_fields};

fn schedule(contact_id: ContactId, time: &str) -> CreateMeeting {
    CreateMeeting {
        contact_id,
        starts_at: tuesday(time),
        duration_minutes: 60,
        time_zone: "UTC".to_owned(),
        title: "Planning".to_owned(),
        description: None,
        location: None,
        meeting_type_id: None,
        guests: Vec::new(),
        reminder_minutes_before: vec![60],
        language: BookingLanguage::English,
    }
}

fn moved(time: &str) -> RescheduleMeeting {
    RescheduleMeeting { starts_at: tuesday(time), duration_minutes: None, reason: Some("Sorry".to_owned()) }
}

const OFF: CancelMeeting = CancelMeeting { reason: None };

/// The kinds of what a contact's timeline says of meetings, the latest first.
async fn told(by: &User, contact: ContactId) -> Vec<&'static str> {
    let entries = timeline(by, contact).await.items.into_iter();
    let kinds = entries.filter_map(|entry| match entry.event {
        TimelineEvent::MeetingBooked { .. } => Some("booked"),
        TimelineEvent::MeetingRescheduled { .. } => Some("moved"),
        TimelineEvent::MeetingCancelled { .. } => Some("off"),
        TimelineEvent::MeetingOutcomeSet { .. } => Some("outcome"),
        _ => None,
    });
    kinds.collect()
}

test_on_both!(
    /// A meeting is seen by its hosts and by whoever sees its contact, in lists as alone.
    a_meeting_is_seen_with_its_contact,
    async |app| {
        let mia = user_with(app, "Mia", RecordAccess::Own).await;
        let Desk { admin, ana, link } = Desk::open(app).await;
        let mia = app.sign_in(&mia.profile).await;
        let booked = book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let seen = only_meeting(&ana, &link).await;
        assert_eq!((seen.host_ids.clone(), seen.title.as_str()), (vec![ana.id()], "Carla Customer and Ana"));
        assert_eq!(seen.contact_email.as_deref(), Some("carla@example.org"));
        assert_eq!(ana.get_meeting(&meeting(seen.id)).await.unwrap(), seen);
        let before = admin.get_contact(&ContactPath { contact_id: seen.contact_id }).await.unwrap();
        let owned = types::crm::UpdateContact { owner_id: Some(admin.id()), ..crate::crm::desk::same(&before) };
        admin.update_contact(&ContactPath { contact_id: before.id }, &owned).await.unwrap();
        assert_eq!(code_of(mia.get_meeting(&meeting(seen.id)).await), ErrorCode::NotFound);
        assert!(crate::booking::desk::meetings_of(&mia, &link).await.is_empty());
        assert_eq!(code_of(mia.cancel_meeting(&meeting(seen.id), &OFF).await), ErrorCode::NotFound);
        assert_eq!(admin.get_meeting(&meeting(seen.id)).await.unwrap().id, seen.id);
        let otto = app.agent("Otto").await;
        assert_eq!(otto.get_meeting(&meeting(seen.id)).await.unwrap().id, seen.id);
        assert_eq!(code_of(otto.cancel_meeting(&meeting(seen.id), &OFF).await), ErrorCode::Forbidden);
        let (mut of_mia, mut of_ana) = (mia.listen(None).await, ana.listen(None).await);
        app.anonymous()
            .cancel_booked_meeting(&secret(&booked), &CancelBookedMeeting { reason: Some("Ill".to_owned()) })
            .await
            .unwrap();
        of_ana.next_event(|event| matches!(event, Event::MeetingChanged { .. })).await;
        let heard = of_mia.drain(std::time::Duration::from_millis(700)).await;
        assert!(!heard.iter().any(|event| matches!(event, Event::MeetingChanged { .. })), "{heard:?}");
        let off = only_meeting(&ana, &link).await;
        assert_eq!((off.state, off.cancelled_by), (MeetingState::Cancelled, Some(MeetingParty::Contact)));
        assert_eq!((off.reason.as_deref(), off.sequence), (Some("Ill"), 1));
        assert_eq!(told(&admin, seen.contact_id).await, ["off", "booked"]);
    }
);

test_on_both!(
    /// A meeting that is scheduled from a record may overlap others, and takes its time from links.
    a_meeting_is_scheduled_from_a_record,
    async |app| {
        app.shows(&["MEET-16"]);
        let Desk { ana, link, .. } = Desk::open(app).await;
        let carla = contact(&ana, "Carla", None).await;
        let first = ana.create_meeting(&schedule(carla.id, "09:00")).await.unwrap();
        assert_eq!((first.state, first.calendar_entry), (MeetingState::Booked, CalendarEntryState::None));
        let second = ana.create_meeting(&schedule(carla.id, "09:30")).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "10:30");
        assert_eq!(told(&ana, carla.id).await, ["booked", "booked"]);
        ana.cancel_meeting(&meeting(first.id), &OFF).await.unwrap();
        assert_eq!(on_day(app, &link, "2031-03-25").await[..2], ["09:00", "10:30"]);
        // The time of the one that overlapped is taken all the same.
        assert_eq!(code_of(book(app, &link, tuesday("10:00"), "x@example.org").await), ErrorCode::SlotTaken);
        let again = ana.reschedule_meeting(&meeting(second.id), &moved("13:00")).await.unwrap();
        assert_eq!((again.ends_at, again.sequence), (tuesday("14:00"), 1));
        assert_eq!(on_day(app, &link, "2031-03-25").await[..3], ["09:00", "09:30", "10:00"]);
        let wrong = CreateMeeting {
            duration_minutes: 4,
            title: String::new(),
            time_zone: "Mars".to_owned(),
            reminder_minutes_before: vec![5, 10, 15, 20],
            ..schedule(carla.id, "15:00")
        };
        let mut fields = wrong_fields(ana.create_meeting(&wrong).await);
        fields.sort_unstable();
        assert_eq!(fields, ["duration_minutes", "reminder_minutes_before", "time_zone", "title"]);
        let nobody = schedule(ContactId(1), "15:00");
        assert_eq!(code_of(ana.create_meeting(&nobody).await), ErrorCode::InvalidFields);
    }
);

test_on_both!(
    /// Whoever booked moves the meeting to times that are offered; its own time is not in the way.
    a_visitor_moves_a_meeting,
    async |app| {
        let settings = BookingLinkSettings { durations_minutes: vec![60], ..settings() };
        let Desk { ana, link, .. } = Desk::with(app, settings).await;
        let mut request = crate::booking::desk::booking(tuesday("09:00"), "carla@example.org");
        request.duration_minutes = 60;
        let page = crate::booking::desk::page(&link);
        let booked = app.anonymous().book_meeting(&page, &request).await.unwrap();
        let link = change(&ana, &link, |s| s.availability.interval_minutes = Some(30)).await.unwrap();
        let to = |time: &str| RescheduleBookedMeeting {
            starts_at: tuesday(time),
            time_zone: "Asia/Tokyo".to_owned(),
            reason: None,
        };
        let query = times_to_move(&booked, 60, "12:00");
        let slots = app.anonymous().list_page_slots(&page, &query).await.unwrap().items;
        assert_eq!(slots[1].starts_at, tuesday("09:30"));
        let moved = app.anonymous().reschedule_booked_meeting(&secret(&booked), &to("09:30")).await.unwrap();
        assert_eq!((moved.starts_at, moved.ends_at), (tuesday("09:30"), tuesday("10:30")));
        assert_eq!(moved.time_zone, "Asia/Tokyo");
        assert_eq!(on_day(app, &link, "2031-03-25").await[0], "10:30");
        let past = app.anonymous().reschedule_booked_meeting(&secret(&booked), &to("20:00")).await;
        assert_eq!(code_of(past), ErrorCode::SlotTaken);
        let forged = BookedMeetingPath { token: format!("{}x", booked.token) };
        assert_eq!(code_of(app.anonymous().get_booked_meeting(&forged).await), ErrorCode::NotFound);
        app.clock().set(tuesday("09:31"));
        let late = app.anonymous().reschedule_booked_meeting(&secret(&booked), &to("15:00")).await;
        assert_eq!(code_of(late), ErrorCode::Conflict);
        assert!(!app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap().is_changeable);
    }
);

test_on_both!(
    /// A host agrees to a meeting or not; until then its time is kept.
    a_host_agrees_or_not,
    async |app| {
        let asks = BookingLinkSettings { requires_confirmation: true, ..settings() };
        let Desk { ana, link, .. } = Desk::with(app, asks).await;
        let one = book(app, &link, tuesday("09:00"), "one@example.org").await.unwrap();
        assert_eq!(one.state, MeetingState::Pending);
        book(app, &link, tuesday("10:00"), "two@example.org").await.unwrap();
        assert_eq!(code_of(book(app, &link, tuesday("09:00"), "x@example.org").await), ErrorCode::SlotTaken);
        let both = crate::booking::desk::meetings_of(&ana, &link).await;
        let (first, second) = (meeting(both[0].id), meeting(both[1].id));
        assert_eq!(ana.confirm_meeting(&first).await.unwrap().state, MeetingState::Booked);
        assert_eq!(code_of(ana.confirm_meeting(&first).await), ErrorCode::Conflict);
        let no = CancelMeeting { reason: Some("Full".to_owned()) };
        let declined = ana.decline_meeting(&second, &no).await.unwrap();
        assert_eq!((declined.state, declined.reason.as_deref()), (MeetingState::Declined, Some("Full")));
        assert_eq!(code_of(ana.cancel_meeting(&second, &OFF).await), ErrorCode::Conflict);
        assert_eq!(code_of(ana.keep_meeting(&first).await), ErrorCode::Conflict);
        let times = on_day(app, &link, "2031-03-25").await;
        assert!(times.contains(&"10:00".to_owned()) && !times.contains(&"09:00".to_owned()));
    }
);

test_on_both!(
    /// What came of a meeting is said once it has begun; title and place change with a new sequence.
    an_outcome_is_said_after_the_start,
    async |app| {
        let Desk { admin, ana, link } = Desk::open(app).await;
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let seen = only_meeting(&ana, &link).await;
        let came = SetMeetingOutcome { outcome: Some(MeetingOutcome::NoShow) };
        assert_eq!(code_of(ana.set_meeting_outcome(&meeting(seen.id), &came).await), ErrorCode::Conflict);
        let kind = admin.create_meeting_type(&SaveMeetingType { name: "Demo".to_owned() }).await.unwrap();
        let about = UpdateMeeting {
            title: "A demo".to_owned(),
            description: Some("Of it".to_owned()),
            location: None,
            meeting_type_id: Some(kind.id),
        };
        let changed = ana.update_meeting(&meeting(seen.id), &about).await.unwrap();
        assert_eq!((changed.title.as_str(), changed.sequence), ("A demo", 1));
        assert_eq!(ana.update_meeting(&meeting(seen.id), &about).await.unwrap(), changed);
        admin.delete_meeting_type(&MeetingTypePath { meeting_type_id: kind.id }).await.unwrap();
        assert_eq!(ana.get_meeting(&meeting(seen.id)).await.unwrap().meeting_type_id, None);
        app.clock().set(at("2031-03-25T09:00:00Z"));
        let ana = app.sign_in(&ana.profile).await;
        let after = ana.set_meeting_outcome(&meeting(seen.id), &came).await.unwrap();
        assert_eq!(after.outcome, Some(MeetingOutcome::NoShow));
        assert_eq!(told(&ana, seen.contact_id).await, ["outcome", "booked"]);
    }
);

/// Books the same link at these times, each for somebody else.
async fn fill(app: &TestApp, link: &BookingLink, times: &[&str]) {
    for time in times {
        let email = format!("v{}@example.org", time.replace(':', ""));
        book(app, link, tuesday(time), &email).await.unwrap();
    }
}

test_on_both!(
    /// Lists come in both orders, in pages and in parts.
    lists_have_orders_and_filters,
    async |app| {
        let Desk { admin, ana, link: one } = Desk::open(app).await;
        let other = link(&admin, settings()).await;
        fill(app, &one, &["11:00", "09:00", "10:00"]).await;
        fill(app, &other, &["09:00"]).await;
        let list = async |query: ListMeetings| {
            let page = admin.list_meetings(&query).await.unwrap();
            let times: Vec<_> = page.items.iter().map(|m| m.starts_at.to_string()[11..16].to_owned()).collect();
            (times, page.next_cursor)
        };
        let of_ana = ListMeetings { host_id: Some(ana.id()), ..ListMeetings::default() };
        assert_eq!(list(of_ana.clone()).await.0, ["09:00", "10:00", "11:00"]);
        for (latest_first, wanted) in [(false, ["09:00", "10:00", "11:00"]), (true, ["11:00", "10:00", "09:00"])] {
            let first = ListMeetings { limit: Some(2), latest_first: Some(latest_first), ..of_ana.clone() };
            let (times, cursor) = list(first.clone()).await;
            assert_eq!(times, wanted[..2]);
            assert_eq!(list(ListMeetings { cursor, ..first }).await, (vec![wanted[2].to_owned()], None));
        }
        let within = ListMeetings { from: Some(tuesday("09:30")), until: Some(tuesday("11:00")), ..of_ana.clone() };
        assert_eq!(list(within).await.0, ["09:00", "10:00"]);
        let state = Some(MeetingState::Cancelled);
        assert!(list(ListMeetings { state, ..of_ana }).await.0.is_empty());
        assert_eq!(list(ListMeetings::default()).await.0.len(), 4);
    }
);

test_on_both!(
    /// A meeting is in a year that calendars tell, and keeps the buffers of its link when its host moves it.
    meetings_are_in_reach_and_keep_their_buffers,
    async |app| {
        app.shows(&["MEET-62"]);
        let mut with_buffer = settings();
        with_buffer.availability.buffer_after_minutes = 30;
        let Desk { ana, link, .. } = Desk::with(app, with_buffer).await;
        book(app, &link, tuesday("09:00"), "carla@example.org").await.unwrap();
        let shown = only_meeting(&ana, &link).await;
        let moved = |starts_at| RescheduleMeeting { starts_at, duration_minutes: None, reason: None };
        for far in ["9999-12-31T23:45:00Z", "2099-12-31T23:45:00Z", "1999-12-31T23:59:00Z"] {
            let refused = ana.reschedule_meeting(&meeting(shown.id), &moved(at(far))).await;
            assert_eq!(wrong_fields(refused), ["starts_at"], "{far}");
        }
        ana.reschedule_meeting(&meeting(shown.id), &moved(tuesday("13:00"))).await.unwrap();
        let day = on_day(app, &link, "2031-03-25").await;
        let is_free = |time: &str| day.contains(&time.to_owned());
        assert!(is_free("09:00") && !is_free("13:00") && !is_free("13:30") && is_free("14:00"), "{day:?}");
    }
);
