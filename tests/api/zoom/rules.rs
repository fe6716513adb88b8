use rapport_tests::test_on_both;
use rapport_tests::zoom::{Meeting, video};
use serde_json::json;
use types::accounts::ConnectionScope;
use types::calls::{ParticipantKind, UpdateCallSettings};
use types::crm::ListContacts;

use super::desk::{Desk, VIDEO, calls};

test_on_both!(
    /// CALL-64: recordings of somebody who may not use conversation intelligence, or of nobody here, are not taken over.
    recordings_of_free_users_stay_at_zoom,
    async |app| {
        let desk = Desk::open(app).await;
        app.viewer("Vera").await;
        desk.zoom.has_user("free", "Vera", "vera@example.org").await;
        desk.zoom.has_user("stranger", "Sam", "sam@elsewhere.example").await;
        for (uuid, host, pitch) in [("a==", "free", 440), ("b==", "stranger", 450)] {
            let meeting = Meeting::new(uuid, host, "Chat", app.clock().now());
            let meeting = meeting.with_file(uuid, VIDEO, &video(app, pitch));
            desk.ended(app, &meeting, uuid).await;
        }
        assert_eq!(calls(app.super_admin()).await, []);
        assert_eq!(desk.zoom.seen().await.downloads, 0);
        app.shows(&["CALL-64"]);
    }
);

test_on_both!(
    /// CALL-70, 71: the call is whose own sign-in the host's is, whatever the address there; and else the participant's who
    /// is a user.
    calls_have_the_owner_that_zoom_knows,
    async |app| {
        let desk = Desk::open(app).await;
        let ben = app.agent("Ben").await;
        desk.zoom.has_user("private", "Benny", "benny@private.example").await;
        desk.zoom.connect(&ben, ConnectionScope::User, "private").await;
        let own = Meeting::new("own==", "private", "Own", app.clock().now());
        desk.ended(app, &own.with_file("own", VIDEO, &video(app, 440)), "own==").await;
        desk.zoom.has_user("stranger", "Sam", "sam@elsewhere.example").await;
        let guest = Meeting::new("guest==", "stranger", "Guest", app.clock().now());
        let guest = guest.with_participant("Ana", "ana@example.org");
        desk.ended(app, &guest.with_file("guest", VIDEO, &video(app, 450)), "guest==").await;
        let found = calls(app.super_admin()).await;
        let mut owners: Vec<_> = found.iter().map(|call| (call.title.as_str(), call.owner_id)).collect();
        owners.sort_unstable();
        assert_eq!(owners, [("Guest", Some(desk.ana.id())), ("Own", Some(ben.id()))]);
        // Sam is a contact now, with the address; Ben is none, whatever the address at Zoom.
        let contacts = app.super_admin().list_contacts(&ListContacts::default()).await.unwrap().items;
        let names: Vec<_> = contacts.iter().map(|contact| contact.name.as_str()).collect();
        assert_eq!(names, ["Sam"]);
    }
);

test_on_both!(
    /// A plan that tells nobody who took part leaves the host; recording switched off leaves everything at Zoom (CALL-07).
    what_zoom_does_not_tell_is_left_out,
    async |app| {
        let desk = Desk::open(app).await;
        desk.zoom.set_mode(json!({ "free_plan": true })).await;
        let meeting = desk.meeting(app, "uuid==", 440).with_participant("Eve", "eve@client.example");
        desk.ended(app, &meeting, "uuid==").await;
        let call = calls(&desk.ana).await.remove(0);
        let kinds: Vec<_> = call.participants.iter().map(|one| one.kind).collect();
        assert_eq!(kinds, [ParticipantKind::User]);
        let off = UpdateCallSettings {
            recording: false,
            intelligence: true,
            language: None,
            transcript_votes: true,
            retention_days: None,
            law_checked: true,
        };
        app.super_admin().update_call_settings(&off).await.unwrap();
        desk.ended(app, &desk.meeting(app, "later==", 450), "later==").await;
        assert_eq!(calls(&desk.ana).await.len(), 1);
    }
);
