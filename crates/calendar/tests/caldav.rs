//! CalDAV and feeds beside real servers: Radicale, which asks who one is, and Xandikos, which does not.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

mod process;
mod serve;

use std::process::{Command, Stdio};

use calendar::{
    Attendee, CalendarInfo, Draft, Error, Organizer, Participation, SyncToken, Window,
    caldav::CalDav,
    feed::{self, Answer, Version},
};
use jiff::tz::TimeZone;
use process::{Process, free_port, http};
use types::Timestamp;

/// A running server and its data, ended and deleted with it.
struct Server {
    url: String,
    _process: Process,
    _data: tempfile::TempDir,
}

fn program(name: &str) -> Command {
    let bin = std::env::var("RAPPORT_TEST_PYTHON")
        .expect("RAPPORT_TEST_PYTHON names the folder of Python's programs");
    let mut command = Command::new(format!("{bin}/{name}"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

async fn started(command: Command, data: tempfile::TempDir, url: String) -> Server {
    let process = Process::start(command, &url).await;
    Server { url, _process: process, _data: data }
}

async fn radicale() -> Server {
    let data = tempfile::tempdir().unwrap();
    let (port, folder) = (free_port(), data.path().display().to_string());
    std::fs::write(data.path().join("users"), "rep@example.com:secret\n").unwrap();
    let config = format!(
        "[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {folder}/users\nhtpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {folder}/data\n"
    );
    std::fs::write(data.path().join("config"), config).unwrap();
    let mut command = program("python");
    command.args(["-m", "radicale", "-C", &format!("{folder}/config")]);
    started(command, data, format!("http://127.0.0.1:{port}/")).await
}

async fn xandikos() -> Server {
    let data = tempfile::tempdir().unwrap();
    let (port, folder) = (free_port(), data.path().display().to_string());
    let mut command = program("xandikos");
    command.args([
        "serve",
        "-d",
        &format!("{folder}/data"),
        "--defaults",
        "--current-user-principal",
        "/rep/",
    ]);
    command.args(["--state-dir", &format!("{folder}/state"), "-l", "127.0.0.1", "-p", &port.to_string()]);
    command.arg("--no-detect-systemd");
    started(command, data, format!("http://127.0.0.1:{port}/")).await
}

fn account(server: &Server, password: &str) -> CalDav {
    CalDav::new(http(), &server.url, "rep@example.com", password).unwrap()
}

/// Writes a text as it is, as another program would.
async fn put_raw(address: &str, text: String) -> u16 {
    let request = http().put(address).basic_auth("rep@example.com", Some("secret"));
    request.header("Content-Type", "text/calendar").body(text).send().await.unwrap().status().as_u16()
}

/// The account's calendar; one is made where the server makes none.
async fn calendar_of(server: &Server) -> CalendarInfo {
    let account = account(server, "secret");
    let known = account.calendars().await.unwrap();
    if let Some(calendar) = known.into_iter().next() {
        return calendar;
    }
    let made = reqwest::Method::from_bytes(b"MKCALENDAR").unwrap();
    let address = format!("{}rep@example.com/work/", server.url);
    let request = http().request(made, address).basic_auth("rep@example.com", Some("secret"));
    assert_eq!(request.send().await.unwrap().status().as_u16(), 201);
    account.calendars().await.unwrap().remove(0)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn year() -> Window {
    Window { from: at("2024-01-01T00:00:00Z"), until: at("2025-01-01T00:00:00Z") }
}

fn paris() -> TimeZone {
    TimeZone::get("Europe/Paris").unwrap()
}

fn draft(uid: &str) -> Draft {
    Draft {
        uid: uid.to_owned(),
        sequence: 0,
        starts_at: at("2024-03-31T07:00:00Z"),
        ends_at: at("2024-03-31T07:30:00Z"),
        time_zone: "America/Los_Angeles".to_owned(),
        summary: "Démo & <more>; \"a\", b".to_owned(),
        description: "First\nSecond".to_owned(),
        location: "Here".to_owned(),
        organizer: Organizer { name: Some("Ada".to_owned()), email: "rep@example.com".to_owned() },
        attendees: vec![Attendee {
            name: Some("Guest: one".to_owned()),
            email: "guest@example.com".to_owned(),
            participation: Participation::Accepted,
        }],
        keeps_people: false,
        conference_url: None,
        wants_conference: false,
    }
}

fn event(uid: &str, lines: &str) -> String {
    let lines = lines.replace('|', "\r\n");
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20240101T000000Z\r\nSUMMARY:Theirs\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

const NOW: &str = "2024-02-01T00:00:00Z";

/// PITFALL 73: an event is written once, changed only in the version that is known, and keeps what others added.
async fn round_trip(server: &Server) {
    let (account, calendar) = (account(server, "secret"), calendar_of(server).await.external_id);
    let mut draft = draft("booking-1@rapport.example");
    let written = account.put(&calendar, &draft, None, at(NOW)).await.unwrap();
    let again = account.put(&calendar, &draft, None, at(NOW)).await.unwrap();
    assert_eq!(again, written, "writing again makes no second event");
    let found = account.get(&written.external_id, &paris()).await.unwrap();
    assert_eq!((found.starts_at, found.ends_at, &found.uid), (draft.starts_at, draft.ends_at, &draft.uid));
    assert_eq!((&found.summary, &found.description), (&draft.summary, &draft.description));
    assert_eq!((&found.attendees, found.etag), (&draft.attendees, written.etag.clone()));

    let theirs =
        event(&draft.uid, "DTSTART:20240331T070000Z|DTEND:20240331T073000Z|X-COLOUR:red|CATEGORIES:Sales");
    assert!(matches!(put_raw(&written.external_id, theirs).await, 200..=204));
    draft.sequence = 1;
    draft.starts_at = at("2024-04-01T07:00:00Z");
    draft.ends_at = at("2024-04-01T08:00:00Z");
    let stale = account.put(&calendar, &draft, written.etag.as_deref(), at(NOW)).await;
    assert!(matches!(stale, Err(Error::Changed)), "{stale:?}");
    let stale = account.delete(&written.external_id, written.etag.as_deref()).await;
    assert!(matches!(stale, Err(Error::Changed)), "{stale:?}");
    let current = account.get(&written.external_id, &paris()).await.unwrap();
    let changed = account.put(&calendar, &draft, current.etag.as_deref(), at(NOW)).await.unwrap();
    assert_eq!(changed.external_id, written.external_id);
    let request = http().get(&changed.external_id).basic_auth("rep@example.com", Some("secret"));
    let text = request.send().await.unwrap().text().await.unwrap();
    assert!(text.contains("X-COLOUR:red") && text.contains("CATEGORIES:Sales"), "{text}");
    let all = account.changes(&calendar, year(), &paris(), None).await.unwrap();
    assert_eq!(all.events.iter().map(|event| event.starts_at).collect::<Vec<_>>(), [draft.starts_at]);

    account.delete(&changed.external_id, changed.etag.as_deref()).await.unwrap();
    account.delete(&changed.external_id, changed.etag.as_deref()).await.unwrap();
    assert!(matches!(account.get(&changed.external_id, &paris()).await, Err(Error::NotFound)));
    let gone = account.put(&calendar, &draft, changed.etag.as_deref(), at(NOW)).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
}

/// PITFALLS 67, 74 and 76: what changed is told once, in the right zone, and what went is gone.
async fn deltas(server: &Server) {
    let (account, calendar) = (account(server, "secret"), calendar_of(server).await.external_id);
    let zone = paris();
    let weekly = "DTSTART;TZID=Europe/Paris:20240322T090000|DTEND;TZID=Europe/Paris:20240322T100000|RRULE:FREQ=WEEKLY;COUNT=3|EXDATE;TZID=Europe/Paris:20240329T090000";
    let far = "DTSTART:20190101T090000Z|DTEND:20190101T100000Z";
    for (uid, lines) in [
        ("weekly", weekly),
        ("far", far),
        ("day", "DTSTART;VALUE=DATE:20240401|DTEND;VALUE=DATE:20240402"),
        ("floating", "DTSTART:20240401T120000|DTEND:20240401T130000|TRANSP:TRANSPARENT"),
    ] {
        assert!(matches!(put_raw(&format!("{calendar}{uid}.ics"), event(uid, lines)).await, 201 | 204));
    }
    let first = account.changes(&calendar, year(), &zone, None).await.unwrap();
    let starts: Vec<_> =
        first.events.iter().map(|event| (event.uid.as_str(), event.starts_at, event.is_busy)).collect();
    let expected = [
        ("weekly", at("2024-03-22T08:00:00Z"), true),
        ("day", at("2024-03-31T22:00:00Z"), true),
        ("floating", at("2024-04-01T10:00:00Z"), false),
        ("weekly", at("2024-04-05T07:00:00Z"), true),
    ];
    assert!(first.is_full);
    assert_eq!(starts, expected);
    let token = first.token.expect("the server offers sync-collection");
    let second = account.changes(&calendar, year(), &zone, Some(&token)).await.unwrap();
    assert!(!second.is_full && second.changed_ids.is_empty() && second.events.is_empty(), "{second:?}");

    let day = format!("{calendar}day.ics");
    account.delete(&day, None).await.unwrap();
    let moved = event("floating", "DTSTART:20240402T120000|DTEND:20240402T130000");
    assert!(matches!(put_raw(&format!("{calendar}floating.ics"), moved).await, 200..=204));
    let third = account.changes(&calendar, year(), &zone, second.token.as_ref()).await.unwrap();
    assert_eq!(third.changed_ids, [day, format!("{calendar}floating.ics")]);
    assert_eq!(
        third.events.iter().map(|event| event.starts_at).collect::<Vec<_>>(),
        [at("2024-04-02T10:00:00Z")]
    );

    let wrong = SyncToken("http://radicale.org/ns/sync/nobody-knows-this".to_owned());
    let expired = account.changes(&calendar, year(), &zone, Some(&wrong)).await;
    assert!(matches!(expired, Err(Error::TokenExpired)), "{expired:?}");
}

#[tokio::test]
async fn radicale_keeps_an_event_that_is_written_changed_and_deleted() {
    round_trip(&radicale().await).await;
}

#[tokio::test]
async fn xandikos_keeps_an_event_that_is_written_changed_and_deleted() {
    round_trip(&xandikos().await).await;
}

#[tokio::test]
async fn radicale_tells_what_changed() {
    deltas(&radicale().await).await;
}

#[tokio::test]
async fn xandikos_tells_what_changed() {
    deltas(&xandikos().await).await;
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let server = radicale().await;
    let refused = account(&server, "wrong").calendars().await;
    assert!(matches!(refused, Err(Error::Unauthorized)), "{refused:?}");
    let elsewhere = account(&server, "secret").get("http://127.0.0.1:1/a.ics", &paris()).await;
    assert!(matches!(elsewhere, Err(Error::Unusable(_))), "credentials go to no other server: {elsewhere:?}");
    let nobody = CalDav::new(http(), "http://127.0.0.1:1/", "rep", "secret").unwrap();
    assert!(matches!(nobody.calendars().await, Err(Error::Unreachable(_))));
}

#[tokio::test]
async fn a_feed_is_read_again_only_when_it_changed() {
    let server = xandikos().await;
    let calendar = calendar_of(&server).await.external_id;
    let address = format!("{calendar}feed.ics");
    put_raw(&address, event("feed", "DTSTART:20240401T090000Z|DURATION:PT1H")).await;
    let Answer::Text { text, version } =
        feed::read(&http(), &address, &Version::default(), |_| true).await.unwrap()
    else {
        panic!("nothing was known");
    };
    let events = calendar::ical::events(&text, year(), &paris(), None).unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(feed::read(&http(), &address, &version, |_| true).await.unwrap(), Answer::NotModified);
    let page = feed::read(&http(), &server.url, &Version::default(), |_| true).await;
    assert!(matches!(page, Err(Error::Unusable(_))), "{page:?}");
    let missing = feed::read(&http(), &format!("{calendar}none.ics"), &Version::default(), |_| true).await;
    assert!(matches!(missing, Err(Error::NotFound)), "{missing:?}");
}

#[tokio::test]
async fn a_feed_that_leads_elsewhere_is_followed_where_that_is_allowed() {
    let inside = serve::serve(|_| {
        "200 OK\ncontent-type: text/calendar\n\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_owned()
    })
    .await;
    let target = inside.clone();
    let outside = serve::serve(move |_| format!("302 Found\nlocation: {target}/a.ics\n\n")).await;
    let read = async |may_ask: &dyn Fn(&url::Url) -> bool| {
        feed::read(&http(), &format!("{outside}/b.ics"), &Version::default(), may_ask).await
    };
    assert!(matches!(read(&|_| true).await, Ok(Answer::Text { .. })));
    let refused = read(&|url| url.as_str().starts_with(&outside)).await;
    assert!(matches!(refused, Err(Error::Unusable(_))), "{refused:?}");
    assert!(matches!(read(&|_| false).await, Err(Error::Unusable(_))));
}
