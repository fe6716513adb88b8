//! Entries of meetings in the host's calendar, and what is done to them there.

use rapport_tests::{Radicale, TestApp, User, test_on_both, until};
use types::booking::*;
use types::crm::{ContactPath, CreateContact, EraseContact};
use types::{MeetingId, Timestamp};

use super::calendars::{connect, refresh, server, using};
use super::desk::{Desk, at, book, booking, meeting, on_day, only_meeting, page, secret, settings, tuesday};
use super::mails::outbox;

const CARLA: &str = "carla@example.org";

/// The UID of the only event in a calendar that is a meeting's.
fn uid(meeting: &Meeting) -> String {
    format!("meeting-{}@127.0.0.1", meeting.id)
}

/// Waits until the entry of a meeting is like that.
pub async fn entry(by: &User, id: MeetingId, state: CalendarEntryState, sequence: i32) -> Meeting {
    until("the entry is written", async || {
        let shown = by.get_meeting(&meeting(id)).await.unwrap();
        (shown.calendar_entry, shown.sequence) == (state, sequence)
    })
    .await;
    by.get_meeting(&meeting(id)).await.unwrap()
}

/// Connects Ana's calendar and books Tuesday at nine.
async fn booked(app: &TestApp, is_two_way: bool) -> (Radicale, Desk, CalendarAccount, Meeting) {
    let radicale = server(app, &["work"]).await;
    let desk = Desk::open(app).await;
    let account = connect(&desk.ana, &radicale).await;
    using(&desk.ana, &account.calendars[0], (true, true, is_two_way)).await.unwrap();
    let account = refresh(&desk.ana, account.id).await;
    book(app, &desk.link, tuesday("09:00"), CARLA).await.unwrap();
    let id = only_meeting(&desk.ana, &desk.link).await.id;
    let shown = entry(&desk.ana, id, CalendarEntryState::Written, 0).await;
    (radicale, desk, account, shown)
}

/// Moves the event of a meeting in the calendar from nine to eleven.
async fn move_there(radicale: &Radicale, uid: &str) {
    let text = radicale.event("work", uid).await.unwrap();
    let moved = text.replace("T090000", "T110000").replace("T093000", "T113000");
    assert_ne!(text, moved);
    radicale.store("work", uid, moved).await;
}

test_on_both!(
    /// A meeting is written once, follows when it is moved, and goes when it is called off.
    entries_follow_meetings,
    async |app| {
        app.shows(&["MEET-12"]);
        let (mut radicale, Desk { ana, link, .. }, account, shown) = booked(app, false).await;
        let text = radicale.event("work", &uid(&shown)).await.unwrap();
        assert!(text.contains("T090000") && text.contains(CARLA), "{text}");
        assert!(text.contains(&format!("/contacts/{}", shown.contact_id)), "{text}");
        // A server that schedules by itself (RFC 6638) invites nobody: we have.
        let unfolded = text.replace("\r\n ", "");
        let invited: Vec<_> = unfolded.lines().filter(|line| line.starts_with("ATTENDEE")).collect();
        assert!(!invited.is_empty() && invited.iter().all(|line| line.contains("SCHEDULE-AGENT=CLIENT")), "{text}");
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 15);
        let request = |time| RescheduleMeeting { starts_at: tuesday(time), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(shown.id), &request("13:00")).await.unwrap();
        entry(&ana, shown.id, CalendarEntryState::Written, 1).await;
        assert!(radicale.event("work", &uid(&shown)).await.unwrap().contains("T130000"));
        // What cannot be written now is written when the server is there again.
        radicale.pause();
        ana.reschedule_meeting(&meeting(shown.id), &request("14:00")).await.unwrap();
        let failed = entry(&ana, shown.id, CalendarEntryState::Failed, 2).await;
        assert!(failed.calendar_entry_error.is_some(), "{failed:?}");
        radicale.resume().await;
        refresh(&ana, account.id).await;
        entry(&ana, shown.id, CalendarEntryState::Written, 2).await;
        assert!(radicale.event("work", &uid(&shown)).await.unwrap().contains("T140000"));
        assert_eq!(radicale.count("work").await, 1);
        ana.cancel_meeting(&meeting(shown.id), &CancelMeeting { reason: None }).await.unwrap();
        entry(&ana, shown.id, CalendarEntryState::None, 3).await;
        assert_eq!(radicale.count("work").await, 0);
        refresh(&ana, account.id).await;
        assert_eq!(on_day(app, &link, "2031-03-25").await.len(), 16);
    }
);

test_on_both!(
    /// What somebody deletes in the calendar calls nothing off: the host is asked by mail, and may keep the meeting.
    a_deleted_entry_is_asked_about,
    async |app| {
        let (radicale, Desk { ana, .. }, account, shown) = booked(app, false).await;
        // Without both ways, a change there changes nothing here.
        move_there(&radicale, &uid(&shown)).await;
        refresh(&ana, account.id).await;
        let still = ana.get_meeting(&meeting(shown.id)).await.unwrap();
        assert_eq!((still.starts_at, still.sequence), (shown.starts_at, 0));
        radicale.delete("work", &uid(&shown)).await;
        refresh(&ana, account.id).await;
        let missing = entry(&ana, shown.id, CalendarEntryState::Missing, 0).await;
        assert_eq!(missing.state, MeetingState::Booked);
        // Ana is asked, once; Carla hears nothing.
        refresh(&ana, account.id).await;
        let mails = outbox(app).await;
        let asked: Vec<_> = mails.iter().filter(|mail| mail.purpose == "meeting_entry_missing").collect();
        assert_eq!((asked.len(), asked[0].to.as_str()), (1, ana.profile.email.as_str()), "{mails:?}");
        assert!(asked[0].text.contains(&format!("/meetings/{}", shown.id)), "{}", asked[0].text);
        assert_eq!(mails.iter().filter(|mail| mail.to == CARLA).count(), 1, "{mails:?}");
        ana.keep_meeting(&meeting(shown.id)).await.unwrap();
        entry(&ana, shown.id, CalendarEntryState::Written, 0).await;
        assert!(radicale.event("work", &uid(&shown)).await.unwrap().contains("T090000"));
    }
);

test_on_both!(
    /// Both ways: what is moved in the calendar is moved here, once.
    a_moved_entry_moves_the_meeting,
    async |app| {
        app.shows(&["MEET-13", "MEET-17"]);
        let (radicale, Desk { ana, link, .. }, account, shown) = booked(app, true).await;
        refresh(&ana, account.id).await;
        assert_eq!(ana.get_meeting(&meeting(shown.id)).await.unwrap().sequence, 0);
        move_there(&radicale, &uid(&shown)).await;
        refresh(&ana, account.id).await;
        let moved = entry(&ana, shown.id, CalendarEntryState::Written, 1).await;
        assert_eq!((moved.starts_at, moved.ends_at), (tuesday("11:00"), tuesday("11:30")));
        let day = on_day(app, &link, "2031-03-25").await;
        assert!(day.contains(&"09:00".to_owned()) && !day.contains(&"11:00".to_owned()), "{day:?}");
        for _ in 0..2 {
            refresh(&ana, account.id).await;
        }
        let after = ana.get_meeting(&meeting(shown.id)).await.unwrap();
        assert_eq!((after.sequence, after.calendar_entry), (1, CalendarEntryState::Written));
        assert_eq!(radicale.count("work").await, 1);
    }
);

/// The meetings of a host, the earliest first.
pub async fn hosted(by: &User, from: Timestamp) -> Vec<Meeting> {
    let query = ListMeetings { host_id: Some(by.id()), from: Some(from), ..ListMeetings::default() };
    by.list_meetings(&query).await.unwrap().items
}

test_on_both!(
    /// Both ways: an event with a contact that is made in the calendar becomes a meeting, once; one without does not.
    an_event_with_a_contact_becomes_a_meeting,
    async |app| {
        app.shows(&["MEET-14"]);
        let (radicale, Desk { admin, ana, .. }, account, shown) = booked(app, true).await;
        let dora = CreateContact {
            name: "Dora".to_owned(),
            email: Some("dora@example.org".to_owned()),
            ..CreateContact::default()
        };
        let dora = admin.create_contact(&dora).await.unwrap();
        let with = |email: &str| {
            format!(
                "DTSTART:20310326T100000Z\nDTEND:20310326T103000Z\nSUMMARY:Demo\nORGANIZER:mailto:rep@example.com\n\
                 ATTENDEE:mailto:{email}"
            )
        };
        radicale.put("work", "with-dora", &with("dora@example.org")).await;
        radicale.put("work", "with-nobody", &with("nobody@example.net")).await;
        for _ in 0..2 {
            refresh(&ana, account.id).await;
        }
        let all = hosted(&ana, tuesday("00:00")).await;
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all[0].id, shown.id);
        let (made, expected) = (&all[1], dora.id);
        assert_eq!((made.contact_id, made.title.as_str()), (expected, "Demo"));
        assert_eq!((made.state, made.calendar_entry), (MeetingState::Booked, CalendarEntryState::Written));
        radicale.put("work", "with-dora", &with("dora@example.org").replace("T10", "T12")).await;
        refresh(&ana, account.id).await;
        let moved = entry(&ana, made.id, CalendarEntryState::Written, 1).await;
        assert_eq!(moved.starts_at.to_string(), "2031-03-26T12:00:00Z");
        // Whoever made it has told Dora. What is changed here she hears from us, and she is invited there as she was.
        let told = async || outbox(app).await.iter().filter(|mail| mail.to == "dora@example.org").count();
        assert_eq!(told().await, 0);
        let later = RescheduleMeeting { starts_at: at("2031-03-26T15:00:00Z"), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(made.id), &later).await.unwrap();
        entry(&ana, made.id, CalendarEntryState::Written, 2).await;
        assert_eq!(told().await, 1);
        let text = radicale.event("work", "with-dora").await.unwrap();
        assert!(text.contains("150000") && text.contains("ATTENDEE:mailto:dora@example.org"), "{text}");
        assert!(!text.contains("/contacts/"), "others read it: {text}");
        // What others invite to is theirs.
        let theirs = with("ana@example.net").replace("rep@example.com", "dora@example.org").replace("T10", "T16");
        radicale.put("work", "from-dora", &theirs).await;
        refresh(&ana, account.id).await;
        assert_eq!(hosted(&ana, tuesday("00:00")).await.len(), 2);
    }
);

test_on_both!(
    /// PITFALL 59: a colleague who is a guest has the event in their calendar under the same UID. It takes their time, as nothing
    /// else does.
    a_guest_who_works_here_is_busy,
    async |app| {
        app.shows(&["MEET-11"]);
        let radicale = server(app, &["work"]).await;
        let settings = BookingLinkSettings { allows_guests: true, ..settings() };
        let Desk { ana, link, .. } = Desk::with(app, settings.clone()).await;
        let ben = app.agent("Ben").await;
        let of_ben = crate::booking::desk::link(&ben, settings).await;
        let account = connect(&ben, &radicale).await;
        let guests = vec![Guest { email: ben.profile.email.clone() }];
        let request = BookMeeting { guests, ..booking(tuesday("09:00"), CARLA) };
        app.anonymous().book_meeting(&page(&link), &request).await.unwrap();
        let shown = only_meeting(&ana, &link).await;
        let times = "DTSTART:20310325T090000Z\nDTEND:20310325T093000Z\nSUMMARY:With Carla";
        radicale.put("work", &uid(&shown), times).await;
        refresh(&ben, account.id).await;
        let day = on_day(app, &of_ben, "2031-03-25").await;
        assert!(!day.contains(&"09:00".to_owned()) && day.contains(&"09:30".to_owned()), "{day:?}");
    }
);

test_on_both!(
    /// PITFALL 70: what is later than what was read of a calendar is not known to be free.
    nothing_is_offered_that_is_not_known,
    async |app| {
        let radicale = server(app, &["work"]).await;
        let mut far = settings();
        let day = |text: &str| text.parse().unwrap();
        far.availability.rolling_weeks = None;
        far.availability.date_range = Some(DateRange { from: day("2036-03-03"), until: day("2036-03-07") });
        let Desk { ana, link, .. } = Desk::with(app, far).await;
        assert_eq!(on_day(app, &link, "2036-03-04").await.len(), 16);
        connect(&ana, &radicale).await;
        assert!(on_day(app, &link, "2036-03-04").await.is_empty());
        let near = crate::booking::desk::link(&ana, settings()).await;
        assert_eq!(on_day(app, &near, "2031-03-25").await.len(), 16);
    }
);

test_on_both!(
    /// Without a calendar a meeting stands in the record alone; one that waits for its host is written when they agree.
    what_is_written_and_what_not,
    async |app| {
        app.shows(&["MEET-16"]);
        let radicale = server(app, &["work"]).await;
        let mut settings = settings();
        settings.requires_confirmation = true;
        let Desk { ana, link, .. } = Desk::with(app, settings).await;
        book(app, &link, tuesday("09:00"), CARLA).await.unwrap();
        let first = only_meeting(&ana, &link).await;
        let confirmed = ana.confirm_meeting(&meeting(first.id)).await.unwrap();
        assert_eq!(confirmed.calendar_entry, CalendarEntryState::None);
        connect(&ana, &radicale).await;
        let second = book(app, &link, tuesday("10:00"), CARLA).await.unwrap();
        app.run_jobs().await;
        assert_eq!(radicale.count("work").await, 0);
        let all = hosted(&ana, tuesday("10:00")).await;
        ana.confirm_meeting(&meeting(all[0].id)).await.unwrap();
        entry(&ana, all[0].id, CalendarEntryState::Written, 0).await;
        assert_eq!(radicale.count("work").await, 1);
        app.anonymous().cancel_booked_meeting(&secret(&second), &CancelBookedMeeting { reason: None }).await.unwrap();
        entry(&ana, all[0].id, CalendarEntryState::None, 1).await;
        assert_eq!(radicale.count("work").await, 0);
    }
);

test_on_both!(
    /// An entry that somebody changed in the calendar since it was read is written over (412 to the version that was known),
    /// and what of it is theirs stays.
    an_entry_that_changed_meanwhile_is_written_over,
    async |app| {
        let (radicale, Desk { ana, .. }, _, shown) = booked(app, false).await;
        let text = radicale.event("work", &uid(&shown)).await.unwrap();
        let alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Soon\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT";
        let theirs = text.replace("END:VEVENT", alarm).replace("SUMMARY:", "CATEGORIES:Visits\r\nSUMMARY:");
        radicale.store("work", &uid(&shown), theirs).await;
        let request = RescheduleMeeting { starts_at: tuesday("13:00"), duration_minutes: None, reason: None };
        ana.reschedule_meeting(&meeting(shown.id), &request).await.unwrap();
        entry(&ana, shown.id, CalendarEntryState::Written, 1).await;
        let after = radicale.event("work", &uid(&shown)).await.unwrap();
        for part in ["T130000", "SEQUENCE:1", "CATEGORIES:Visits", "TRIGGER:-PT5M"] {
            assert!(after.contains(part), "{part}: {after}");
        }
        assert_eq!(radicale.count("work").await, 1);
    }
);

test_on_both!(
    /// The entry of an erased contact is taken out of the calendar, as soon as the calendar can be reached.
    an_erased_contact_takes_its_entry_along,
    async |app| {
        let (mut radicale, Desk { admin, ana, link }, _, shown) = booked(app, false).await;
        book(app, &link, tuesday("10:00"), "dan@example.org").await.unwrap();
        let second = hosted(&ana, tuesday("10:00")).await.remove(0);
        entry(&ana, second.id, CalendarEntryState::Written, 0).await;
        let erase = EraseContact { confirm_name: "Carla Customer".to_owned() };
        admin.erase_contact(&ContactPath { contact_id: shown.contact_id }, &erase).await.unwrap();
        until("the entry is gone", async || radicale.event("work", &uid(&shown)).await.is_none()).await;
        assert_eq!(admin.get_meeting(&meeting(shown.id)).await.unwrap().calendar_entry, CalendarEntryState::None);
        radicale.pause();
        admin.erase_contact(&ContactPath { contact_id: second.contact_id }, &erase).await.unwrap();
        app.run_jobs().await;
        radicale.resume().await;
        app.clock().advance(10);
        app.run_jobs().await;
        until("the other is gone", async || radicale.count("work").await == 0).await;
    }
);
