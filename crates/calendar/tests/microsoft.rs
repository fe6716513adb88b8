//! Microsoft's calendars against a fake of Graph (`tests/microsoft/fake.ts`), since there is none to be had.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail by panicking")]

mod process;
mod serve;

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;

use calendar::{
    Attendee, Changes, Draft, Error, MOST_SUBSCRIPTION_SECONDS, Microsoft, Organizer, Participation,
    SyncToken, Window,
};
use process::{Process, free_port, http};
use serde_json::{Value, json};
use serve::serve;
use types::Timestamp;

struct Fake {
    url: String,
    token: String,
    _process: Process,
}

impl Fake {
    /// Ana has a calendar of her own, `work`, and sees Ben's, `bens`.
    async fn start() -> Self {
        let program =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/microsoft/node_modules/.fake/fake.js");
        assert!(program.exists(), "run `cargo xtask check` once, which makes {}", program.display());
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        let mut command = Command::new("node");
        command.arg(program).arg(port.to_string()).stdin(Stdio::null());
        let process = Process::start(command, &url).await;
        let mut fake = Self { url, token: String::new(), _process: process };
        for (id, name) in [("ana", "Ana"), ("ben", "Ben")] {
            let mail = format!("{id}@example.org");
            let user = json!({ "id": id, "displayName": name, "mail": mail, "userPrincipalName": mail });
            fake.tell("user", user).await;
        }
        let work = json!({ "id": "work", "name": "Calendar", "hexColor": "#0078d4", "isDefaultCalendar": true,
            "canEdit": true, "owner": { "name": "Ana", "address": "ANA@example.org" } });
        fake.tell("calendar", json!({ "owner": "ana", "calendar": work })).await;
        let bens = json!({ "id": "bens", "name": "Ben", "hexColor": "", "isDefaultCalendar": false,
            "canEdit": false, "owner": { "name": "Ben", "address": "ben@example.org" } });
        fake.tell("calendar", json!({ "owner": "ben", "shared_with": ["ana"], "calendar": bens })).await;
        let given = fake.tell("token", json!({ "user": "ana" })).await;
        fake.token = given["access_token"].as_str().unwrap().to_owned();
        fake
    }

    async fn tell(&self, what: &str, body: Value) -> Value {
        let url = format!("{}/fake/{what}", self.url);
        let reply = http().post(url).body(body.to_string()).send().await.unwrap();
        assert!(reply.status().is_success(), "{what}: {}", reply.status());
        reply.json().await.unwrap()
    }

    async fn has_event(&self, calendar: &str, id: &str, times: (&str, &str), more: Value) {
        let time = |at: &str| json!({ "dateTime": at, "timeZone": "UTC" });
        let mut event = json!({ "id": id, "subject": id, "start": time(times.0), "end": time(times.1) });
        event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.tell("event", json!({ "calendar": calendar, "event": event })).await;
    }

    async fn seen(&self, what: &str) -> i64 {
        self.tell("seen", json!({})).await[what].as_i64().unwrap()
    }

    fn graph(&self) -> Microsoft {
        self.graph_with(&self.token)
    }

    fn graph_with(&self, token: &str) -> Microsoft {
        Microsoft::new(http(), &format!("{}/v1.0", self.url), token)
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn march() -> Window {
    Window { from: at("2027-03-01T00:00:00Z"), until: at("2027-04-01T00:00:00Z") }
}

fn ids(changes: &Changes) -> Vec<&str> {
    changes.events.iter().map(|event| event.external_id.as_str()).collect()
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
        organizer: Organizer { name: Some("Ana".to_owned()), email: "ana@example.org".to_owned() },
        attendees: vec![Attendee {
            name: Some("Zoé".to_owned()),
            email: "zoe@example.com".to_owned(),
            participation: Participation::Accepted,
        }],
        keeps_people: false,
        conference_url: None,
        wants_conference: false,
    }
}

#[tokio::test]
async fn calendars_say_whose_they_are() {
    let fake = Fake::start().await;
    let found = fake.graph().calendars().await.unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|one| {
            (one.external_id.as_str(), one.is_primary, one.is_owned, one.is_writable, one.color.as_deref())
        })
        .collect();
    assert_eq!(told, [("work", true, true, true, Some("#0078d4")), ("bens", false, false, false, None)]);
}

/// PITFALL 75: free, declined and cancelled events take no time.
#[tokio::test]
async fn a_window_is_read_whole_and_then_what_changed() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    for day in 1..=7 {
        let (from, until) = (format!("2027-03-0{day}T09:00:00"), format!("2027-03-0{day}T10:00:00"));
        fake.has_event("work", &format!("event {day}"), (&from, &until), json!({})).await;
    }
    let free = json!({ "showAs": "free" });
    fake.has_event("work", "free", ("2027-03-10T09:00:00", "2027-03-10T10:00:00"), free).await;
    fake.has_event("work", "april", ("2027-04-10T09:00:00", "2027-04-10T10:00:00"), json!({})).await;
    fake.has_event("bens", "other", ("2027-03-10T09:00:00", "2027-03-10T10:00:00"), json!({})).await;
    let first = graph.changes("work", march(), None).await.unwrap();
    let all = ["event 1", "event 2", "event 3", "event 4", "event 5", "event 6", "event 7", "free"];
    assert_eq!((first.is_full, ids(&first), first.changed_ids.len()), (true, all.to_vec(), 0));
    assert_eq!(first.events[0].starts_at, at("2027-03-01T09:00:00Z"));
    assert_eq!((first.events[0].is_busy, first.events[7].is_busy), (true, false));
    let nothing = graph.changes("work", march(), first.token.as_ref()).await.unwrap();
    assert_eq!((nothing.is_full, ids(&nothing), nothing.changed_ids.len()), (false, vec![], 0));

    fake.tell("delete", json!({ "id": "event 1" })).await;
    fake.has_event("work", "event 2", ("2027-03-02T11:00:00", "2027-03-02T12:00:00"), json!({})).await;
    fake.has_event("work", "event 3", ("2027-04-03T09:00:00", "2027-04-03T10:00:00"), json!({})).await;
    let declined = json!({ "responseStatus": { "response": "declined" } });
    fake.has_event("work", "event 4", ("2027-03-04T09:00:00", "2027-03-04T10:00:00"), declined).await;
    let cancelled = json!({ "isCancelled": true });
    fake.has_event("work", "event 5", ("2027-03-05T09:00:00", "2027-03-05T10:00:00"), cancelled).await;
    let later = graph.changes("work", march(), nothing.token.as_ref()).await.unwrap();
    assert_eq!(later.changed_ids, ["event 1", "event 2", "event 3", "event 4", "event 5"]);
    assert_eq!(ids(&later), ["event 2", "event 4", "event 5"]);
    assert_eq!(later.events[0].starts_at, at("2027-03-02T11:00:00Z"));
    let busy: Vec<_> = later.events.iter().map(|event| (event.is_busy, event.is_cancelled)).collect();
    assert_eq!(busy, [(true, false), (false, false), (false, true)]);

    fake.tell("forget_changes", json!({})).await;
    let forgotten = graph.changes("work", march(), later.token.as_ref()).await;
    assert!(matches!(forgotten, Err(Error::TokenExpired)), "{forgotten:?}");
    let elsewhere = SyncToken("http://127.0.0.1:9/v1.0/me/calendars/work/calendarView/delta".to_owned());
    let refused = graph.changes("work", march(), Some(&elsewhere)).await;
    assert!(matches!(refused, Err(Error::Unusable(_))), "{refused:?}");
    assert!(matches!(graph.changes("gone", march(), None).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn occurrences_have_from_their_series_what_they_do_not_say() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    let series = json!({ "type": "seriesMaster", "showAs": "tentative", "subject": "Standup",
        "body": { "contentType": "text", "content": "Every day" } });
    fake.has_event("work", "series", ("2027-03-01T09:00:00", "2027-03-01T09:15:00"), series).await;
    let occurrence = |id: &str| json!({ "type": "occurrence", "seriesMasterId": "series", "subject": id, "showAs": "free" });
    for day in ["01", "02", "31"] {
        let (from, until) = (format!("2027-03-{day}T09:00:00"), format!("2027-03-{day}T09:15:00"));
        fake.has_event("work", day, (&from, &until), occurrence(day)).await;
    }
    let first = graph.changes("work", march(), None).await.unwrap();
    assert_eq!(ids(&first), ["01", "02", "31"]);
    for event in &first.events {
        let told =
            (event.summary.as_str(), event.description.as_str(), event.is_busy, event.instance.as_str());
        assert_eq!(told, ("Standup", "Every day", true, event.external_id.as_str()));
    }
    // One occurrence alone: what it has from its series is asked for.
    fake.has_event("work", "02", ("2027-03-02T15:00:00", "2027-03-02T15:15:00"), json!({})).await;
    fake.tell("delete", json!({ "id": "31" })).await;
    let later = graph.changes("work", march(), first.token.as_ref()).await.unwrap();
    assert_eq!(
        (later.changed_ids.as_slice(), ids(&later)),
        (["02".to_owned(), "31".to_owned()].as_slice(), vec!["02"])
    );
    assert_eq!(
        (later.events[0].summary.as_str(), later.events[0].starts_at),
        ("Standup", at("2027-03-02T15:00:00Z"))
    );
}

/// PITFALL 71, 73: writing again makes no second event; nobody's change is overwritten; nobody is written to.
#[tokio::test]
async fn an_event_is_written_once_and_changed_only_as_it_was_known() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    let written = graph.put("work", &draft(), None).await.unwrap();
    let again = graph.put("work", &draft(), None).await.unwrap();
    assert_eq!(again, written);
    assert_eq!(fake.tell("events", json!({})).await.as_array().unwrap().len(), 1);
    assert!(written.url.is_some() && written.conference_url.is_none());
    let event = graph.get(&written.external_id).await.unwrap();
    assert_eq!((event.starts_at, event.ends_at), (draft().starts_at, draft().ends_at));
    assert_eq!((event.summary.as_str(), event.location.as_str()), ("Demo with Zoé", "Room 1"));
    assert_eq!(event.description, "About: <prices> & dates");
    assert_eq!((event.etag.as_ref(), event.attendees.len(), event.is_busy), (written.etag.as_ref(), 0, true));

    let moved =
        Draft { starts_at: at("2027-03-02T14:00:00Z"), ends_at: at("2027-03-02T14:30:00Z"), ..draft() };
    let known = (written.external_id.as_str(), written.etag.as_deref().unwrap());
    let after = graph.put("work", &moved, Some(known)).await.unwrap();
    assert_eq!(after.external_id, written.external_id);
    assert_ne!(after.etag, written.etag);
    assert_eq!(graph.get(&after.external_id).await.unwrap().starts_at, moved.starts_at);
    assert!(matches!(graph.put("work", &draft(), Some(known)).await, Err(Error::Changed)));
    assert!(matches!(graph.put("bens", &draft(), None).await, Err(Error::ReadOnly)));
    assert!(matches!(graph.put("gone", &draft(), None).await, Err(Error::NotFound)));

    graph.delete(&after.external_id).await.unwrap();
    graph.delete(&after.external_id).await.unwrap();
    assert!(matches!(graph.get(&after.external_id).await, Err(Error::NotFound)));
    let anew = graph.put("work", &draft(), None).await.unwrap();
    assert_ne!(anew.external_id, written.external_id);
    assert_eq!(fake.seen("mails").await, 0);
}

#[tokio::test]
async fn a_conference_outlives_a_change() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    let online = Draft { wants_conference: true, ..draft() };
    let written = graph.put("work", &online, None).await.unwrap();
    assert!(written.conference_url.as_ref().unwrap().starts_with("https://teams."));
    let known = (written.external_id.as_str(), written.etag.as_deref().unwrap());
    let after =
        graph.put("work", &Draft { summary: "Later".to_owned(), ..online }, Some(known)).await.unwrap();
    assert_eq!(after.conference_url, written.conference_url);
    let event = graph.get(&after.external_id).await.unwrap();
    assert_eq!((event.summary.as_str(), event.conference_url), ("Later", written.conference_url));
}

/// PITFALL 70, 71: what went wrong is told apart, and asked for once.
#[tokio::test]
async fn what_goes_wrong_is_told_apart() {
    let fake = Fake::start().await;
    let stranger = fake.graph_with("made up").calendars().await;
    assert!(matches!(stranger, Err(Error::Unauthorized)), "{stranger:?}");
    let before = fake.seen("asked").await;
    fake.tell("mode", json!({ "throttled": true })).await;
    let throttled = fake.graph().put("work", &draft(), None).await;
    assert!(matches!(throttled, Err(Error::Unreachable(_))), "{throttled:?}");
    assert_eq!(fake.seen("asked").await, before + 1);
    fake.tell("mode", json!({ "throttled": false, "down": true })).await;
    let down = fake.graph().changes("work", march(), None).await;
    assert!(matches!(down, Err(Error::Unreachable(_))), "{down:?}");
    let nobody = Microsoft::new(http(), "http://127.0.0.1:9/v1.0", "token").calendars().await;
    assert!(matches!(nobody, Err(Error::Unreachable(_))), "{nobody:?}");
}

#[tokio::test]
async fn colleagues_are_busy_where_they_share_nothing() {
    let fake = Fake::start().await;
    let graph = fake.graph();
    fake.has_event("bens", "a", ("2027-03-02T09:00:00", "2027-03-02T10:00:00"), json!({})).await;
    let elsewhere = json!({ "showAs": "workingElsewhere" });
    fake.has_event("bens", "b", ("2027-03-03T09:00:00", "2027-03-03T10:00:00"), elsewhere).await;
    let busy = graph.busy("ben@example.org", march()).await.unwrap();
    assert_eq!(busy, [Window { from: at("2027-03-02T09:00:00Z"), until: at("2027-03-02T10:00:00Z") }]);
    assert!(matches!(graph.busy("nobody@example.org", march()).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn changes_are_told_to_whoever_subscribed() {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let fake = Fake::start().await;
    let graph = fake.graph();
    let ours = serve(|request| {
        let line = request.lines().next().unwrap();
        if let Some((_, rest)) = line.split_once("validationToken=") {
            let token = rest.split(' ').next().unwrap().replace('+', " ").replace("%3A", ":");
            return format!("200 OK\ncontent-type: text/plain\n\n{token}");
        }
        TOLD.lock().unwrap().push(request.split_once("\r\n\r\n").unwrap().1.to_owned());
        "202 Accepted\n\n".to_owned()
    })
    .await;
    let now = fake.seen("now").await;
    let day = |days: i64| Timestamp((now + days * 86_400) * Timestamp::SECOND);
    let made = graph.subscribe("work", &ours, "secret", day(1)).await.unwrap();
    assert_eq!(made.expires_at, day(1));
    fake.has_event("work", "a", ("2027-03-02T09:00:00", "2027-03-02T10:00:00"), json!({})).await;
    fake.has_event("bens", "b", ("2027-03-02T09:00:00", "2027-03-02T10:00:00"), json!({})).await;
    let told: Value = serde_json::from_str(&TOLD.lock().unwrap().remove(0)).unwrap();
    let first = &told["value"][0];
    assert_eq!((&first["subscriptionId"], &first["clientState"]), (&json!(made.id), &json!("secret")));
    assert!(TOLD.lock().unwrap().is_empty());

    assert_eq!(graph.renew(&made.id, day(2)).await.unwrap().expires_at, day(2));
    let too_long = Timestamp(day(0).0 + (MOST_SUBSCRIPTION_SECONDS + 3600) * Timestamp::SECOND);
    assert!(matches!(graph.renew(&made.id, too_long).await, Err(Error::Unusable(_))));
    fake.tell("mode", json!({ "ahead": 3 * 86_400 })).await;
    assert!(matches!(graph.renew(&made.id, day(4)).await, Err(Error::NotFound)));
    fake.tell("mode", json!({ "ahead": 0 })).await;
    let again = graph.subscribe("work", &ours, "secret", day(1)).await.unwrap();
    graph.unsubscribe(&again.id).await.unwrap();
    graph.unsubscribe(&again.id).await.unwrap();
    let deaf = serve(|_| "200 OK\ncontent-type: text/plain\n\nhello".to_owned()).await;
    let refused = graph.subscribe("work", &deaf, "secret", day(1)).await;
    assert!(matches!(refused, Err(Error::Unusable(_))), "{refused:?}");
}
