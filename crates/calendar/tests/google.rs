//! Google Calendar against myworld, which imitates it; what that does not do, against servers of a few lines that are named
//! fakes.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod process;
mod serve;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use calendar::{Attendee, Changes, Draft, Error, Google, Organizer, Participation, SyncToken, Window};
use process::{Process, free_port, http};
use serde_json::{Value, json};
use serve::serve;
use types::Timestamp;

/// Whose calendars there are: Rep's own, a room that Rep may write to, and a team's that Rep may read.
const SEED: &str = "
name: calendars
task: none
servers:
  calendar:
    seed:
      user: {email: rep@example.com, name: Rep}
      timeZone: Europe/Paris
      calendars:
        - {id: team@example.com, summary: Team, accessRole: reader}
        - {id: room-1, summary: Room, acl: {rep@example.com: writer}}
      people: [{email: kim@example.com, name: Kim}]
      events:
        - {summary: Declined, start: '2027-03-03T11:00:00+01:00', end: '2027-03-03T12:00:00+01:00', organizer: kim@example.com,
           attendees: [{email: rep@example.com, responseStatus: declined}]}
";

struct World {
    base: String,
    token: String,
    _process: Process,
    _folder: tempfile::TempDir,
}

impl World {
    async fn start() -> Self {
        let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/python/bin");
        let programs = std::env::var_os("RAPPORT_TEST_PYTHON").map_or_else(default, PathBuf::from);
        let program = programs.join("myworld");
        assert!(program.exists(), "run `cargo xtask test` once, which installs {}", program.display());
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("env.yaml"), SEED).unwrap();
        let (port, gateway) = (free_port().to_string(), free_port().to_string());
        let log = folder.path().join("log");
        let mut command = Command::new(program);
        command.args([
            "serve",
            "--host",
            "127.0.0.1",
            "--port",
            &port,
            "--gateway",
            &gateway,
            "--no-passthrough",
        ]);
        command
            .args(["--ca-dir", "ca", "--env", "env.yaml"])
            .current_dir(folder.path())
            .env("HOME", folder.path());
        command.stdin(Stdio::null()).stdout(File::create(&log).unwrap()).stderr(Stdio::null());
        let process = Process::start(command, &format!("http://127.0.0.1:{port}")).await;
        let printed = std::fs::read_to_string(log).unwrap();
        let token = printed.lines().find_map(|line| line.trim().strip_prefix("export GOG_ACCESS_TOKEN="));
        let base = format!("http://127.0.0.1:{port}/gw/www.googleapis.com/calendar/v3");
        Self { base, token: token.unwrap().to_owned(), _process: process, _folder: folder }
    }

    fn google(&self) -> Google {
        Google::new(http(), &self.base, &self.token)
    }

    /// Somebody else changes the calendar.
    async fn other(&self, method: reqwest::Method, path: &str, body: Value) -> Value {
        let request = http().request(method, format!("{}/{path}", self.base)).bearer_auth(&self.token);
        let reply = request.json(&body).send().await.unwrap();
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        let text = reply.text().await.unwrap();
        if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
    }

    async fn has_event(&self, summary: &str, (from, until): (&str, &str), more: Value) -> String {
        let time = |at: &str| json!({ "dateTime": at, "timeZone": "Europe/Paris" });
        let mut event = json!({ "summary": summary, "start": time(from), "end": time(until) });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let made = self.other(reqwest::Method::POST, "calendars/primary/events", event).await;
        made["id"].as_str().unwrap().to_owned()
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn march() -> Window {
    Window { from: at("2027-03-01T00:00:00Z"), until: at("2027-04-01T00:00:00Z") }
}

fn told(changes: &Changes) -> Vec<(&str, bool)> {
    let mut told: Vec<_> =
        changes.events.iter().map(|event| (event.summary.as_str(), event.is_busy)).collect();
    told.sort_unstable();
    told
}

fn draft() -> Draft {
    Draft {
        uid: "booking-7@rapport.example.org".to_owned(),
        sequence: 0,
        starts_at: at("2027-03-02T09:00:00Z"),
        ends_at: at("2027-03-02T09:30:00Z"),
        time_zone: "Europe/Paris".to_owned(),
        summary: "Demo with Zoé".to_owned(),
        description: "About: <prices> & dates".to_owned(),
        location: "Room 1".to_owned(),
        organizer: Organizer { name: None, email: "rep@example.com".to_owned() },
        attendees: vec![Attendee {
            name: Some("Zoé".to_owned()),
            email: "zoe@example.org".to_owned(),
            participation: Participation::NeedsAction,
        }],
        keeps_people: false,
        conference_url: None,
        wants_conference: true,
    }
}

#[tokio::test]
async fn calendars_say_what_may_be_done_with_them() {
    let world = World::start().await;
    let found = world.google().calendars().await.unwrap();
    let mut told: Vec<_> = found
        .iter()
        .map(|one| (one.external_id.as_str(), one.is_primary, one.is_owned, one.is_writable))
        .collect();
    told.sort_unstable();
    let own = ("rep@example.com", true, true, true);
    assert_eq!(told, [own, ("room-1", false, false, true), ("team@example.com", false, false, false)]);
    assert_eq!(found[0].time_zone.as_deref(), Some("Europe/Paris"));
    assert!(found[0].color.as_ref().is_some_and(|color| color.starts_with('#')), "{found:?}");
}

/// PITFALL 75: transparent and declined events take no time.
#[tokio::test]
async fn a_window_is_read_whole_and_then_what_changed() {
    let world = World::start().await;
    let google = world.google();
    let nine = ("2027-03-02T09:00:00+01:00", "2027-03-02T10:00:00+01:00");
    let one = world.has_event("one", nine, json!({})).await;
    let two = world.has_event("two", nine, json!({ "transparency": "transparent" })).await;
    let day = json!({ "start": { "date": "2027-03-28" }, "end": { "date": "2027-03-29" } });
    world.has_event("day", nine, day).await;
    let april = ("2027-04-02T09:00:00+02:00", "2027-04-02T10:00:00+02:00");
    world.has_event("april", april, json!({})).await;
    let first = google.changes("primary", march(), None).await.unwrap();
    assert_eq!((first.is_full, told(&first)), (true, vec![("day", true), ("one", true), ("two", false)]));
    let day = first.events.iter().find(|event| event.is_all_day).unwrap();
    // The day on which the clocks go forward has 23 hours.
    assert_eq!((day.starts_at, day.ends_at), (at("2027-03-27T23:00:00Z"), at("2027-03-28T22:00:00Z")));

    tokio::time::sleep(Duration::from_millis(10)).await;
    world.other(reqwest::Method::DELETE, &format!("calendars/primary/events/{one}"), Value::Null).await;
    let to = json!({ "start": { "dateTime": april.0 }, "end": { "dateTime": april.1 } });
    world.other(reqwest::Method::PATCH, &format!("calendars/primary/events/{two}"), to).await;
    let three = world.has_event("three", nine, json!({})).await;
    let later = google.changes("primary", march(), first.token.as_ref()).await.unwrap();
    let mut changed = vec![one, two, three];
    changed.sort_unstable();
    assert_eq!(
        (later.is_full, later.changed_ids.as_slice(), told(&later)),
        (false, changed.as_slice(), vec![("three", true)])
    );

    let unknown = google.changes("primary", march(), Some(&SyncToken("made up".to_owned()))).await;
    assert!(matches!(unknown, Err(Error::TokenExpired)), "{unknown:?}");
    assert!(matches!(google.changes("gone", march(), None).await, Err(Error::NotFound)));
    let wide = Window { from: at("2026-01-01T00:00:00Z"), until: at("2029-01-01T00:00:00Z") };
    let all = google.changes("primary", wide, None).await.unwrap();
    let declined: Vec<_> = all.events.iter().filter(|event| event.summary == "Declined").collect();
    assert!(declined.len() == 1 && !declined[0].is_busy, "{declined:?}");
}

#[tokio::test]
async fn a_series_of_which_something_changed_is_given_whole() {
    let world = World::start().await;
    let google = world.google();
    let times = ("2027-03-01T09:30:00+01:00", "2027-03-01T09:45:00+01:00");
    let daily = json!({ "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"] });
    let series = world.has_event("standup", times, daily).await;
    let first = google.changes("primary", march(), None).await.unwrap();
    let starts = |changes: &Changes| changes.events.iter().map(|event| event.starts_at).collect::<Vec<_>>();
    let [one, two, three] = ["2027-03-01T08:30:00Z", "2027-03-02T08:30:00Z", "2027-03-03T08:30:00Z"].map(at);
    assert_eq!(starts(&first), [one, two, three]);
    assert!(first.events.iter().all(|event| event.external_id == series && !event.instance.is_empty()));
    tokio::time::sleep(Duration::from_millis(10)).await;
    let moved = json!({ "start": { "dateTime": "2027-03-02T15:00:00+01:00" }, "end": { "dateTime": "2027-03-02T15:15:00+01:00" } });
    let path = format!("calendars/primary/events/{series}_20270302T083000Z");
    world.other(reqwest::Method::PATCH, &path, moved).await;
    let later = google.changes("primary", march(), first.token.as_ref()).await.unwrap();
    assert_eq!(later.changed_ids, std::slice::from_ref(&series));
    assert_eq!(starts(&later), [one, at("2027-03-02T14:00:00Z"), three]);
    tokio::time::sleep(Duration::from_millis(10)).await;
    world.other(reqwest::Method::DELETE, &format!("calendars/primary/events/{series}"), Value::Null).await;
    let gone = google.changes("primary", march(), later.token.as_ref()).await.unwrap();
    assert_eq!((gone.changed_ids.as_slice(), gone.events.len()), ([series].as_slice(), 0));
}

/// PITFALL 71, 73: writing again makes no second event, and one that was deleted comes back.
#[tokio::test]
async fn an_event_is_written_once() {
    let world = World::start().await;
    let google = world.google();
    let written = google.put("primary", &draft(), None).await.unwrap();
    let again = google.put("primary", &draft(), None).await.unwrap();
    assert_eq!(again, written);
    assert!(written.conference_url.as_ref().unwrap().starts_with("https://meet.google.com/"));
    assert!(written.url.is_some());
    let event = google.get("primary", &written.external_id).await.unwrap();
    assert_eq!((event.uid.as_str(), event.instance.as_str()), (draft().uid.as_str(), ""));
    assert_eq!((event.starts_at, event.ends_at), (draft().starts_at, draft().ends_at));
    assert_eq!(
        (event.summary.as_str(), event.description.as_str()),
        ("Demo with Zoé", "About: <prices> & dates")
    );
    assert_eq!(event.attendees, [], "whoever is invited would have it twice");

    let moved =
        Draft { starts_at: at("2027-03-02T14:00:00Z"), ends_at: at("2027-03-02T14:30:00Z"), ..draft() };
    let after = google
        .put("primary", &moved, Some((&written.external_id, written.etag.as_deref().unwrap())))
        .await
        .unwrap();
    assert_eq!(after.external_id, written.external_id);
    assert_eq!(google.get("primary", &after.external_id).await.unwrap().starts_at, moved.starts_at);
    assert_eq!(google.changes("primary", march(), None).await.unwrap().events.len(), 1);
    assert!(matches!(
        google.put("team@example.com", &draft(), None).await,
        Err(Error::ReadOnly | Error::NotFound)
    ));

    // What somebody made there is changed where it is, and those whom they invited stay.
    let nine = ("2027-03-04T09:00:00Z", "2027-03-04T10:00:00Z");
    let theirs =
        world.has_event("theirs", nine, json!({ "attendees": [{ "email": "ben@example.org" }] })).await;
    let known = google.get("primary", &theirs).await.unwrap();
    let ours = Draft { uid: known.uid, keeps_people: true, wants_conference: false, ..draft() };
    let changed =
        google.put("primary", &ours, Some((&theirs, known.etag.as_deref().unwrap()))).await.unwrap();
    let there = google.get("primary", &theirs).await.unwrap();
    assert_eq!((changed.external_id, there.summary.as_str()), (theirs.clone(), "Demo with Zoé"));
    assert!(there.attendees.iter().any(|one| one.email == "ben@example.org"), "{there:?}");
    google.delete("primary", &theirs).await.unwrap();

    google.delete("primary", &after.external_id).await.unwrap();
    google.delete("primary", &after.external_id).await.unwrap();
    google.delete("primary", "neverwas").await.unwrap();
    assert_eq!(google.changes("primary", march(), None).await.unwrap().events.len(), 0);
}

#[tokio::test]
async fn who_is_not_signed_in_is_told_so() {
    let world = World::start().await;
    let refused = Google::new(http(), &world.base, "made up").calendars().await;
    assert!(matches!(refused, Err(Error::Unauthorized)), "{refused:?}");
}

/// A fake of what myworld leaves out: it does not look at If-Match, and lets a deleted event's id be taken as it is.
#[tokio::test]
async fn a_change_by_others_is_not_overwritten() {
    let base = serve(|request| {
        let is = |what: &str| request.lines().any(|line| line.eq_ignore_ascii_case(what));
        let event = r#"{"id": "rapportc5", "etag": "\"2\"", "status": "confirmed"}"#;
        let gone = r#"{"id": "rapportc5", "etag": "\"2\"", "status": "cancelled"}"#;
        match request.split('?').next().unwrap().split(' ').next().unwrap() {
            "POST" => r#"409 Conflict

{"error": {"errors": [{"reason": "duplicate"}]}}"#
                .to_owned(),
            "GET" => format!("200 OK\n\n{gone}"),
            // Bringing it back does not ask for a version, changing it does.
            "PATCH" if is("if-match: \"2\"") || !request.to_ascii_lowercase().contains("if-match:") => {
                assert!(request.contains(r#""status":"confirmed""#) && request.contains("sendUpdates=none"));
                format!("200 OK\n\n{event}")
            }
            _ => r#"412 Precondition Failed

{"error": {"errors": [{"reason": "conditionNotMet"}]}}"#
                .to_owned(),
        }
    })
    .await;
    let google = Google::new(http(), &base, "token");
    let stale = google.put("primary", &draft(), Some(("rapportc5", "\"1\""))).await;
    assert!(matches!(stale, Err(Error::Changed)), "{stale:?}");
    let fresh = google.put("primary", &draft(), Some(("rapportc5", "\"2\""))).await.unwrap();
    assert_eq!(fresh.etag.as_deref(), Some("\"2\""));
    assert_eq!(google.put("primary", &draft(), None).await.unwrap().external_id, "rapportc5");
}

/// A fake of the two calls that no imitation of Google has.
#[tokio::test]
async fn changes_are_told_through_a_channel() {
    let base = serve(|request| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.to_ascii_lowercase().contains("authorization: bearer token"));
        let body: Value = serde_json::from_str(body).unwrap();
        match head.split(' ').nth(1).unwrap() {
            "/calendars/rep%40example.com/events/watch" => {
                let wanted = json!({ "id": "channel-1", "type": "web_hook", "address": "https://rapport.example.org/v1/google",
                    "token": "secret", "params": { "ttl": "3600" } });
                assert_eq!(body, wanted);
                let reply = json!({ "kind": "api#channel", "id": "channel-1", "resourceId": "o3hgv1538sdjfh",
                    "expiration": "1803945600000" });
                format!("200 OK\ncontent-type: application/json\n\n{reply}")
            }
            "/channels/stop" if body == json!({ "id": "channel-1", "resourceId": "o3hgv1538sdjfh" }) => {
                "204 No Content\n\n".to_owned()
            }
            _ => "404 Not Found\n\n{}".to_owned(),
        }
    })
    .await;
    let google = Google::new(http(), &base, "token");
    let address = "https://rapport.example.org/v1/google";
    let channel = google.watch("rep@example.com", ("channel-1", "secret"), address, 3600).await.unwrap();
    assert_eq!(
        (channel.resource_id.as_str(), channel.expires_at),
        ("o3hgv1538sdjfh", Some(at("2027-03-02T00:00:00Z")))
    );
    google.stop(&channel).await.unwrap();
    google.stop(&calendar::GoogleChannel { id: "other".to_owned(), ..channel }).await.unwrap();
    let refused = google.watch("gone", ("channel-2", "secret"), address, 3600).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}

/// PITFALL 70: a server that does not answer holds nobody up for longer than five seconds, and is asked once.
#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", free_port())).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let begun = Instant::now();
    let hung = Google::new(http(), &base, "token").calendars().await;
    assert!(matches!(hung, Err(Error::Unreachable(_))), "{hung:?}");
    assert!((4..8).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    let throttled = serve(|_| {
        r#"403 Forbidden

{"error": {"errors": [{"reason": "rateLimitExceeded"}]}}"#
            .to_owned()
    })
    .await;
    let later = Google::new(http(), &throttled, "token").calendars().await;
    assert!(matches!(later, Err(Error::Unreachable(_))), "{later:?}");
}
