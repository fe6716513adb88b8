//! Reminders before a meeting.

use rapport_tests::{TestApp, test_on_both, until};
use types::accounts::Mail;
use types::booking::*;

use super::desk::{self, Desk, at, book, change, secret, settings};
use super::mails::{open, outbox, to};

/// Settings with reminders three days and an hour before.
fn reminding() -> BookingLinkSettings {
    let minutes_before = vec![3 * 24 * 60, 60];
    let reminders = Reminders { is_enabled: true, includes_description: true, minutes_before };
    let description = Some("Bring your plans.".to_owned());
    BookingLinkSettings { reminders, invitation_description: description, ..settings() }
}

/// The reminders in the outbox, the oldest first.
async fn reminders(app: &TestApp) -> Vec<Mail> {
    outbox(app).await.into_iter().filter(|mail| mail.purpose == "meeting_reminder").collect()
}

/// Sets the clock, and waits until so many reminders are written. Then it looks again whether more follow.
async fn at_time(app: &TestApp, time: &str, count: usize) -> Vec<Mail> {
    app.clock().set(at(time));
    app.run_jobs().await;
    until("the reminders are written", async || reminders(app).await.len() >= count).await;
    app.run_jobs().await;
    let all = reminders(app).await;
    assert_eq!(all.len(), count, "{all:?}");
    all
}

test_on_both!(
    /// MEET-52, MEET-54: the guest is reminded three days and an hour before, once each, also after the server was
    /// started again; with the description.
    reminders_are_sent_once,
    async |app| {
        app.shows(&["MEET-52", "MEET-54"]);
        let desk = Desk::with(app, reminding()).await;
        book(app, &desk.link, at("2031-03-28T10:00:00Z"), "carla@example.com").await.unwrap();
        at_time(app, "2031-03-25T09:59:00Z", 0).await;
        let all = at_time(app, "2031-03-25T10:01:00Z", 1).await;
        assert_eq!(all[0].to, "carla@example.com");
        assert_eq!(all[0].subject, "Reminder: Carla Customer and Ana, Friday 28 March 2031, 11:00");
        assert!(all[0].text.contains("Bring your plans."), "{}", all[0].text);
        app.restart(|_| {}).await;
        at_time(app, "2031-03-25T12:00:00Z", 1).await;
        at_time(app, "2031-03-28T09:01:00Z", 2).await;
        at_time(app, "2031-03-28T12:00:00Z", 2).await;
    }
);

test_on_both!(
    /// A meeting that was moved is reminded of anew, at its new time alone; one that was called off is not. A reminder whose
    /// time was past when the meeting was booked is not sent.
    reminders_follow_their_meeting,
    async |app| {
        let desk = Desk::with(app, reminding()).await;
        let booked = book(app, &desk.link, at("2031-03-25T10:00:00Z"), "carla@example.com").await.unwrap();
        let other = book(app, &desk.link, at("2031-03-25T11:00:00Z"), "dan@example.com").await.unwrap();
        let request = RescheduleBookedMeeting {
            starts_at: at("2031-03-25T14:00:00Z"),
            time_zone: "Europe/Paris".to_owned(),
            reason: None,
        };
        app.anonymous().reschedule_booked_meeting(&secret(&booked), &request).await.unwrap();
        let cancel = CancelBookedMeeting { reason: None };
        app.anonymous().cancel_booked_meeting(&secret(&other), &cancel).await.unwrap();
        at_time(app, "2031-03-25T12:59:00Z", 0).await;
        let all = at_time(app, "2031-03-25T13:01:00Z", 1).await;
        assert!(all[0].subject.ends_with("15:00"), "{all:?}");
        at_time(app, "2031-03-25T16:00:00Z", 1).await;
    }
);

test_on_both!(
    /// MEET-53: without reminders none is sent.
    reminders_can_be_switched_off,
    async |app| {
        app.shows(&["MEET-53"]);
        let desk = Desk::with(app, reminding()).await;
        change(&desk.ana, &desk.link, |settings| settings.reminders.is_enabled = false).await.unwrap();
        book(app, &desk.link, at("2031-03-25T10:00:00Z"), "carla@example.com").await.unwrap();
        at_time(app, "2031-03-25T09:30:00Z", 0).await;
    }
);

test_on_both!(
    /// MEET-56, MEET-57: the preview shows the reminder in the language of the link, before it is saved.
    a_reminder_is_shown_before_it_is_saved,
    async |app| {
        app.shows(&["MEET-56", "MEET-57"]);
        let desk = Desk::open(app).await;
        let language = BookingLanguage::French;
        let settings = BookingLinkSettings { language, country: "FR".to_owned(), ..reminding() };
        let preview =
            desk.ana.preview_reminder(&PreviewReminder { settings: settings.clone() }).await.unwrap();
        assert_eq!(preview.from_name, "Ana");
        assert!(preview.subject.starts_with("Rappel : Camille Martin and Ana, mardi 25 mars 2031"), "{preview:?}");
        for part in ["Bonjour Camille Martin,", "Bring your plans.", "Our office", "temps universel"] {
            assert!(preview.text.contains(part), "{part}: {}", preview.text);
        }
        let wrong = BookingLinkSettings { title: String::new(), ..settings };
        let refused = desk.ana.preview_reminder(&PreviewReminder { settings: wrong }).await.unwrap_err();
        assert!(refused.field("settings.title").is_some(), "{refused:?}");
        assert_eq!(desk::meetings_of(&desk.ana, &desk.link).await.len(), 0);
    }
);

test_on_both!(
    /// MEET-57: the reminder that is sent speaks the link's language, whatever its host's is.
    a_reminder_speaks_the_language_of_its_link,
    async |app| {
        app.shows(&["MEET-57"]);
        let language = BookingLanguage::French;
        let settings = BookingLinkSettings { language, country: "FR".to_owned(), ..reminding() };
        let desk = Desk::with(app, settings).await;
        book(app, &desk.link, at("2031-03-25T10:00:00Z"), "carla@example.com").await.unwrap();
        let sent = at_time(app, "2031-03-25T09:01:00Z", 1).await;
        assert!(sent[0].subject.starts_with("Rappel : "), "{sent:?}");
        assert!(sent[0].text.contains("Bonjour Carla Customer,"), "{sent:?}");
    }
);

test_on_both!(
    /// MEET-59: in round robin the reminder comes from whoever was booked, not from whoever made the link.
    whoever_was_booked_reminds,
    async |app| {
        app.shows(&["MEET-59"]);
        let (server, Desk { admin, ana, .. }) = open(app, settings()).await;
        let otto = app.agent("Otto").await;
        let hosts = [(&ana, 1), (&otto, 1)];
        let link = desk::shared_link(&admin, BookingLinkKind::RoundRobin, &hosts, reminding()).await;
        book(app, &link, at("2031-03-25T10:00:00Z"), "carla@example.com").await.unwrap();
        to(&server, 2, "carla@example.com").await;
        let booked = desk::only_meeting(&admin, &link).await.host_ids;
        let host = if booked == [ana.id()] { &ana } else { &otto };
        assert_eq!(booked, [host.id()]);
        app.clock().set(at("2031-03-25T09:01:00Z"));
        app.run_jobs().await;
        let reminder = to(&server, 3, "carla@example.com").await.remove(1);
        assert!(reminder.subject.starts_with("Reminder: "), "{reminder:?}");
        assert_eq!(reminder.sender, format!("{} <rapport@example.org>", host.profile.name));
        assert_eq!(reminder.reply_to.as_deref(), Some(host.profile.email.as_str()));
    }
);
