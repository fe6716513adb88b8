use db::schema::{call_participants, calls};
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::{TestApp, test_on_both, until};
use types::calls::{AddParticipant, CallSource, CreateCall, DeleteCalls, ListCalls};
use types::crm::{Contact, ContactPath, CreateContact, EraseContact, MergeContact};
use types::{BuiltinRole, Event};

use super::desk::{NOBODY, call, contact, path, request, titles};
use super::sound::{facts, upload, wav};

async fn rows(app: &TestApp) -> (i64, i64) {
    app.ctx()
        .read(&Actor::System, |tx| {
            let calls = calls::table.count().get_result(tx.conn())?;
            Ok((calls, call_participants::table.count().get_result(tx.conn())?))
        })
        .await
        .unwrap()
}

async fn person(app: &TestApp, name: &str) -> Contact {
    let request = CreateContact { name: name.to_owned(), ..CreateContact::default() };
    app.super_admin().create_contact(&request).await.unwrap()
}

test_on_both!(
    /// CALL-68: a deleted call is gone at once, and so is, soon after, what belongs to it; its name may be used again.
    a_deleted_call_leaves_nothing,
    async |app| {
        let (ana, amy) = (app.agent("Ana").await, app.user("Amy", BuiltinRole::Administrator).await);
        let wanted = CreateCall {
            external_id: Some("pbx-1".to_owned()),
            participants: vec![AddParticipant { name: Some("Lucie".to_owned()), ..NOBODY }],
            ..request(app, "Gone")
        };
        let made = ana.create_call(&wanted).await.unwrap();
        assert_eq!(ana.delete_call(&path(made.id)).await.unwrap_err().status(), Some(403));
        let mut of_ana = ana.listen(None).await;
        amy.delete_call(&path(made.id)).await.unwrap();
        of_ana.next_event(|e| matches!(e, Event::CallRemoved { call_id } if *call_id == made.id)).await;
        assert_eq!(ana.get_call(&path(made.id)).await.unwrap_err().status(), Some(404));
        assert_ne!(ana.create_call(&wanted).await.unwrap().id, made.id);
        until("nothing is left of the call", async || rows(app).await == (1, 1)).await;
        app.shows(&["CALL-68"]);
    }
);

test_on_both!(
    /// Who began an upload may take it back, until the recording has arrived; nobody else may without the permission.
    an_upload_is_taken_back,
    async |app| {
        let (ana, ben) = (app.agent("Ana").await, app.agent("Ben").await);
        let upload_of = async || {
            let wanted = CreateCall { source: Some(CallSource::Upload), ..request(app, "Upload") };
            ana.create_call(&wanted).await.unwrap().id
        };
        let (empty, begun, done) = (upload_of().await, upload_of().await, upload_of().await);
        let file = wav(1, 800, [true, true]);
        ana.start_recording_upload(&path(begun), &facts(&file)).await.unwrap();
        upload(&ana, done, &file).await;
        for id in [empty, begun] {
            assert_eq!(ben.delete_call(&path(id)).await.unwrap_err().status(), Some(403));
            ana.delete_call(&path(id)).await.unwrap();
        }
        assert_eq!(ana.delete_call(&path(done)).await.unwrap_err().status(), Some(403));
        assert_eq!(ana.get_call(&path(done)).await.unwrap().id, done);
    }
);

test_on_both!(
    /// Many calls are deleted together; those that one may not see stay.
    many_calls_are_deleted_together,
    async |app| {
        let (ana, amy) = (app.agent("Ana").await, app.user("Amy", BuiltinRole::Administrator).await);
        let mut call_ids = Vec::new();
        for number in 0..45 {
            call_ids.push(call(app, &ana, &format!("Call {number}")).await.id);
        }
        let kept = call_ids.pop().unwrap();
        call_ids.push(types::CallId(1));
        let request = DeleteCalls { call_ids };
        assert_eq!(ana.delete_calls(&request).await.unwrap_err().status(), Some(403));
        assert_eq!(amy.delete_calls(&request).await.unwrap().count, 44);
        until("nothing is left of the calls", async || rows(app).await.0 == 1).await;
        assert_eq!(titles(&ana, &ListCalls::default()).await, ["Call 44"]);
        assert_eq!(ana.get_call(&path(kept)).await.unwrap().id, kept);
        let none = DeleteCalls { call_ids: Vec::new() };
        assert!(amy.delete_calls(&none).await.unwrap_err().field("call_ids").is_some());
    }
);

test_on_both!(
    /// A merged contact's calls are those of the contact that stays; an erased contact's calls are deleted.
    calls_follow_their_contacts,
    async |app| {
        let ana = app.agent("Ana").await;
        let (from, into) = (person(app, "L. Bernard").await, person(app, "Lucie Bernard").await);
        let with = |people: &[&Contact]| CreateCall {
            participants: people.iter().map(|person| contact(person.id)).collect(),
            ..request(app, "Talk")
        };
        let one = ana.create_call(&with(&[&from])).await.unwrap();
        let both = ana.create_call(&with(&[&from, &into])).await.unwrap();
        let into_path = ContactPath { contact_id: into.id };
        app.super_admin().merge_contact(&into_path, &MergeContact { from_id: from.id }).await.unwrap();
        for id in [one.id, both.id] {
            let participants = ana.get_call(&path(id)).await.unwrap().participants;
            let ids: Vec<_> = participants.iter().map(|part| part.contact_id).collect();
            assert_eq!(ids, [Some(into.id)]);
        }
        call(app, &ana, "Another").await;
        let erase = EraseContact { confirm_name: into.name.clone() };
        app.super_admin().erase_contact(&into_path, &erase).await.unwrap();
        assert_eq!(titles(&ana, &ListCalls::default()).await, ["Another"]);
        until("nothing is left of the calls", async || rows(app).await == (1, 0)).await;
    }
);
