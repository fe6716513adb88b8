//! A guest in Los Angeles and a host in Paris, from the page to both calendars.

use rapport_tests::{Radicale, Received, TestApp, User, test_on_both, until};
use reqwest::Method;
use serde_json::{Value, json};
use types::Timestamp;
use types::booking::*;

use super::calendars::{connect, refresh, using};
use super::desk::{Desk, at, booking, meeting, meetings_of, offered, page, secret, settings};
use super::mails::{open_beside, to};
use super::readers::read;

const LOS_ANGELES: &str = "America/Los_Angeles";
const DESCRIPTION: &str = "Bring your plans; and, please, a pen.";

/// A time, and how both sides say it.
struct Case {
    /// The day in Los Angeles, from midnight to midnight.
    day: (&'static str, &'static str),
    /// The times of that day by the clock of Paris, from nine to five.
    first: &'static str,
    last: &'static str,
    /// What the last is called there, and here.
    guest: &'static str,
    host: &'static str,
}

/// In the first week the clocks of the USA have changed, and those of Europe have not: eight hours lie between. In the second it
/// is nine again.
const CASES: [Case; 2] = [
    Case {
        day: ("2031-03-25T07:00:00Z", "2031-03-26T07:00:00Z"),
        first: "2031-03-25T08:00:00Z",
        last: "2031-03-25T15:30:00Z",
        guest: "Tuesday 25 March 2031, 08:30–09:00, Los Angeles time (UTC−7)",
        host: "Tuesday 25 March 2031, 16:30–17:00, Paris time (UTC+1)",
    },
    Case {
        day: ("2031-04-01T07:00:00Z", "2031-04-02T07:00:00Z"),
        first: "2031-04-01T07:00:00Z",
        last: "2031-04-01T14:30:00Z",
        guest: "Tuesday 1 April 2031, 07:30–08:00, Los Angeles time (UTC−7)",
        host: "Tuesday 1 April 2031, 16:30–17:00, Paris time (UTC+2)",
    },
];

/// Settings whose hours are by the clock of the host.
fn of_host() -> BookingLinkSettings {
    let mut settings = settings();
    settings.availability.time_zone = None;
    settings.invitation_description = Some(DESCRIPTION.to_owned());
    settings
}

/// What a calendar says is the meeting at that time.
fn is_it(read: &Value, starts_at: Timestamp, zone: &str) {
    let ends_at = starts_at.plus_seconds(30 * 60);
    assert_eq!((&read["starts_at"], &read["ends_at"]), (&json!(starts_at), &json!(ends_at)), "{read}");
    assert_eq!((&read["time_zone"], &read["summary"]), (&json!(zone), &json!("Carla Customer and Ana")));
    assert!(read["description"].as_str().unwrap().contains(DESCRIPTION), "{read}");
}

/// The mail says when it is in the words of both.
fn says(mail: &Received, case: &Case) {
    for words in [case.guest, case.host] {
        assert!(mail.text.contains(words), "{words}: {}", mail.text);
    }
}

/// The text that stands in the host's calendar, once it does.
async fn entry(ana: &User, radicale: &Radicale, id: types::MeetingId) -> String {
    until("the entry is written", async || {
        let shown = ana.get_meeting(&meeting(id)).await.unwrap();
        shown.calendar_entry == CalendarEntryState::Written
    })
    .await;
    radicale.event("work", &format!("meeting-{id}@127.0.0.1")).await.unwrap()
}

/// Books the last time of the day, and looks at it everywhere.
async fn book(app: &TestApp, link: &BookingLink, case: &Case) -> (BookedMeeting, Timestamp) {
    let ask = GetBookingPage { time_zone: Some(LOS_ANGELES.to_owned()), counts: None };
    let shown = app.anonymous().get_booking_page(&page(link), &ask).await.unwrap();
    assert_eq!(shown.host_time_zone, "Europe/Paris");
    // It is still Sunday evening in Los Angeles when Monday begins in Paris.
    assert_eq!(shown.first_date.to_string(), "2031-03-23");
    let all = offered(app, link, case.day.0, case.day.1).await;
    assert_eq!((all.len(), all[0].as_str(), all[15].as_str()), (16, case.first, case.last));
    let starts_at = at(case.last);
    let request =
        BookMeeting { time_zone: LOS_ANGELES.to_owned(), ..booking(starts_at, "carla@example.com") };
    let booked = app.anonymous().book_meeting(&page(link), &request).await.unwrap();
    assert_eq!((booked.starts_at, booked.time_zone.as_str()), (starts_at, LOS_ANGELES));
    assert!(booked.description.as_deref().unwrap().contains(DESCRIPTION));
    assert_eq!(app.anonymous().get_booked_meeting(&secret(&booked)).await.unwrap(), booked);
    let path = format!("/v1/booked_meetings/{}/calendar.ics", booked.token);
    let file = app.raw(Method::GET, &path).send().await.unwrap().text().await.unwrap();
    is_it(&read(&file), starts_at, LOS_ANGELES);
    (booked, starts_at)
}

test_on_both!(
    /// MEET-01, MEET-49, MEET-94: page, both mails, the guest's calendar and the host's show the same instant with the same
    /// description, when the clocks of both are eight hours apart and when they are nine; no other calendar gets it.
    both_sides_see_the_same_instant,
    async |app| {
        app.shows(&["MEET-01", "MEET-49", "MEET-94"]);
        let radicale = Radicale::start(&["home", "work"]).await;
        let (mails, Desk { ana, link, .. }) = open_beside(app, of_host(), &[&radicale]).await;
        let account = connect(&ana, &radicale).await;
        for name in ["work", "home"] {
            let calendar = account.calendars.iter().find(|one| one.name.ends_with(name)).unwrap();
            using(&ana, calendar, (true, name == "work", false)).await.unwrap();
        }
        refresh(&ana, account.id).await;
        for (index, case) in CASES.iter().enumerate() {
            let (_, starts_at) = book(app, &link, case).await;
            let guest = to(&mails, 2 * index + 2, "carla@example.com").await.remove(index);
            says(&guest, case);
            is_it(&read(&guest.calendar.as_ref().unwrap().text), starts_at, LOS_ANGELES);
            let host = to(&mails, 2 * index + 2, &ana.profile.email).await.remove(index);
            says(&host, case);
            let id = meetings_of(&ana, &link).await[index].id;
            is_it(&read(&entry(&ana, &radicale, id).await), starts_at, "Europe/Paris");
        }
        assert_eq!((radicale.count("work").await, radicale.count("home").await), (2, 0));
        // What was written is known again when the calendar is read, and takes the time once.
        refresh(&ana, account.id).await;
        for case in &CASES {
            assert_eq!(offered(app, &link, case.day.0, case.day.1).await.len(), 15);
        }
    }
);
