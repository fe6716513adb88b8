use rapport_tests::test_on_both;
use rapport_tests::zoom::{Meeting, video};
use serde_json::json;
use types::calls::{CallPath, CallSource, ParticipantKind, RecordingState};
use types::crm::{CreateContact, ListContacts};

use super::desk::{Desk, VIDEO, calls, settle};

test_on_both!(
    /// SYS-01, CALL-15, 59, 70: a recording in Zoom's cloud becomes a call of the user whose address the host has, with its
    /// picture, and is played like any other.
    a_recording_becomes_a_call,
    async |app| {
        let desk = Desk::open(app).await;
        let meeting = desk.meeting(app, "/aj//Xp==", 440).with_file("sound", ("M4A", "audio_only"), b"not this one");
        desk.ended(app, &meeting, "/aj//Xp==").await;
        let found = calls(&desk.ana).await;
        let [call] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((call.title.as_str(), call.source), ("Kick-off", CallSource::Zoom));
        assert_eq!(call.external_id.as_deref(), Some("/aj//Xp==:video /aj//Xp=="));
        assert_eq!((call.owner_id, call.private), (Some(desk.ana.id()), false));
        assert_eq!((call.recording.state, call.recording.has_picture), (RecordingState::Ready, true));
        assert_eq!(call.recording.media_type.as_deref(), Some("video/mp4"));
        assert!(call.duration_ms.is_some_and(|ms| (1900..2200).contains(&ms)), "{:?}", call.duration_ms);
        let link = desk.ana.create_recording_link(&CallPath { call_id: call.id }).await.unwrap();
        let played = app.raw(reqwest::Method::GET, &link.url).header("Range", "bytes=0-99").send().await.unwrap();
        assert_eq!((played.status().as_u16(), played.bytes().await.unwrap().len()), (206, 100));
        app.shows(&["SYS-01", "CALL-15", "CALL-59", "CALL-70"]);
    }
);

test_on_both!(
    /// CALL-62, 63: a participant is the user or the contact with the address; nobody without one becomes a contact, and
    /// no user does.
    participants_are_users_contacts_or_nobody,
    async |app| {
        let desk = Desk::open(app).await;
        let ben = app.agent("Ben").await;
        let zoe = CreateContact {
            name: "Zoë Müller".to_owned(),
            email: Some("zoe@client.example".to_owned()),
            ..CreateContact::default()
        };
        let zoe = app.super_admin().create_contact(&zoe).await.unwrap();
        let gone = app.agent("Gus").await;
        let path = types::accounts::UserPath { user_id: gone.id() };
        app.super_admin().deactivate_user(&path).await.unwrap();
        let meeting = desk
            .meeting(app, "uuid==", 440)
            .with_participant("Ben", "BEN@example.org")
            .with_participant("Zoe's phone", "zoe@client.example")
            .with_participant("Zoe's phone", "zoe@client.example")
            .with_participant("Otto New", "otto@client.example")
            .with_participant("Gus", "gus@example.org")
            .with_participant("Somebody", "");
        desk.ended(app, &meeting, "uuid==").await;
        let call = calls(&desk.ana).await.remove(0);
        let contacts = app.super_admin().list_contacts(&ListContacts::default()).await.unwrap().items;
        let mut names: Vec<_> = contacts.iter().map(|contact| contact.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["Otto New", "Zoë Müller"]);
        let otto = contacts.iter().find(|contact| contact.name == "Otto New").unwrap();
        let who: Vec<_> = call
            .participants
            .iter()
            .map(|one| (one.kind, one.user_id, one.contact_id, one.name.as_deref().unwrap()))
            .collect();
        let expected = [
            (ParticipantKind::User, Some(desk.ana.id()), None, "Ana"),
            (ParticipantKind::User, Some(ben.id()), None, "Ben"),
            (ParticipantKind::Contact, None, Some(zoe.id), "Zoë Müller"),
            (ParticipantKind::Contact, None, Some(otto.id), "Otto New"),
            (ParticipantKind::Other, None, None, "Gus"),
            (ParticipantKind::Other, None, None, "Somebody"),
        ];
        assert_eq!(who, expected);
        app.shows(&["CALL-62", "CALL-63"]);
    }
);

test_on_both!(
    /// The same event, and the same meeting, come once; what is deleted here does not come again, and what is deleted at
    /// Zoom stays.
    a_recording_comes_once,
    async |app| {
        let desk = Desk::open(app).await;
        let meeting = desk.meeting(app, "uuid==", 440);
        desk.zoom.has_meeting(&meeting).await;
        for _ in 0..3 {
            desk.zoom.sends(app, "recording.completed", "uuid==").await;
        }
        settle(app).await;
        assert_eq!(calls(&desk.ana).await.len(), 1);
        desk.zoom.deletes_meeting("uuid==").await;
        desk.zoom.sends(app, "recording.deleted", "uuid==").await;
        desk.zoom.sends(app, "recording.completed", "uuid==").await;
        settle(app).await;
        let kept = calls(&desk.ana).await.remove(0);
        assert_eq!(kept.recording.state, RecordingState::Ready);
        app.super_admin().delete_call(&CallPath { call_id: kept.id }).await.unwrap();
        desk.ended(app, &meeting, "uuid==").await;
        assert_eq!(calls(&desk.ana).await, []);
    }
);

test_on_both!(
    /// Recording that was stopped and begun again is several calls; what cannot be heard is none.
    each_stretch_is_a_call,
    async |app| {
        let desk = Desk::open(app).await;
        let later = app.clock().now().plus_seconds(60).to_string();
        let meeting = desk
            .meeting(app, "uuid==", 440)
            .with_file("later", VIDEO, &video(app, 450))
            .but("recording_start", json!(later))
            .with_file("chat", ("CHAT", "chat_file"), b"Hello")
            .but("recording_start", json!("2026-01-01T00:00:00Z"));
        desk.ended(app, &meeting, "uuid==").await;
        let found = calls(&desk.ana).await;
        let keys: Vec<_> = found.iter().map(|call| call.external_id.as_deref().unwrap()).collect();
        assert_eq!(keys, ["uuid==:later", "uuid==:video uuid=="]);
    }
);

test_on_both!(
    /// What Zoom does not give is asked for again; a file that did not come whole is not taken.
    what_fails_is_tried_again,
    async |app| {
        let desk = Desk::open(app).await;
        let whole = desk.meeting(app, "uuid==", 440);
        desk.zoom.has_meeting(&whole.clone().but("size", json!(10_000_000))).await;
        desk.zoom.sends(app, "recording.completed", "uuid==").await;
        rapport_tests::until("it was tried", async || desk.zoom.seen().await.downloads == 1).await;
        assert_eq!(calls(&desk.ana).await, []);
        desk.zoom.has_meeting(&whole).await;
        // The access token does not count any more either: it is renewed.
        desk.zoom.ends_access().await;
        settle(app).await;
        assert_eq!(calls(&desk.ana).await.len(), 1);
        assert_eq!(desk.zoom.seen().await.renewals, 1);
    }
);

test_on_both!(
    /// Tokens go to Zoom alone: a file that is said to be elsewhere is not fetched, and the job says why.
    a_file_elsewhere_is_not_fetched,
    async |app| {
        let desk = Desk::open(app).await;
        app.expects_errors_with("a job is dead");
        app.expects_dead_jobs();
        desk.zoom.set_mode(json!({ "files_at": "http://127.0.0.1:9" })).await;
        let meeting: Meeting = desk.meeting(app, "uuid==", 440);
        desk.ended(app, &meeting, "uuid==").await;
        assert_eq!(calls(&desk.ana).await, []);
        let dead = app.super_admin().list_dead_jobs(&Default::default()).await.unwrap().items;
        assert_eq!((dead.len(), dead[0].kind.as_str()), (1, "sync_zoom_meeting"));
    }
);
