//! Webhooks: what they are told, how it is signed, and what is forgotten.

use rapport_tests::{TestApp, test_on_both, until};
use serde_json::json;
use types::ContactId;
use types::accounts::*;
use types::crm::{ContactPath, CreateContact, EraseContact, MergeContact};
use types::page::PageQuery;

use super::webhook_receiver::{Receiver, allow, deliveries, happens, path, path_of, reply, save};

test_on_both!(
    /// PITFALL 46: what happens is posted to those who want to know, signed so that the library of Standard Webhooks takes
    /// it; the secret is shown once, and the old one counts for a day beside a new one.
    what_happens_is_posted_and_signed,
    async |app| {
        let (admin, receiver) = (app.super_admin(), Receiver::start().await);
        allow(app).await;
        let NewWebhook { webhook, secret } = receiver.webhook(admin).await;
        let other = SaveWebhook { event_kinds: vec![WebhookEventKind::MeetingCancelled], ..save(receiver.base()) };
        admin.create_webhook(&other).await.unwrap();
        happens(app, 7, json!({ "title": "Démo" }), None).await;
        until("it arrives", async || receiver.posted().len() == 1).await;
        let posted = receiver.posted().remove(0);
        let delivery = deliveries(admin, &webhook).await.remove(0);
        let event = json!({
            "id": delivery.event_id, "type": "meeting.booked", "occurred_at": delivery.occurred_at,
            "data": { "title": "Démo" },
        });
        assert_eq!((posted.json(), posted.headers["content-type"].as_str()), (event, "application/json"));
        assert_eq!(posted.headers["webhook-id"], delivery.event_id.to_string());
        assert!(posted.is_signed_with(&secret));
        let mut changed = posted.clone();
        changed.body = changed.body.replace("Démo", "Dèmo");
        assert!(!changed.is_signed_with(&secret));

        let shown = format!("{:?}", admin.list_webhooks(&PageQuery::default()).await.unwrap());
        assert!(!shown.contains("whsec_") && shown.contains("/hook"), "{shown}");
        let rotated = admin.rotate_webhook_secret(&path(&webhook)).await.unwrap();
        assert!(!posted.is_signed_with(&rotated.secret));
        let ping = admin.test_webhook(&path(&webhook)).await.unwrap();
        until("the ping arrives", async || receiver.posted().len() == 2).await;
        let posted = receiver.posted().remove(1);
        assert_eq!((posted.json()["type"].as_str(), ping.kind), (Some("ping"), WebhookEventKind::Ping));
        assert!(posted.is_signed_with(&secret) && posted.is_signed_with(&rotated.secret));
        let until = rotated.webhook.previous_secret_until.unwrap();
        assert_eq!(until.seconds_since(rotated.webhook.updated_at), 24 * 3600);
    }
);

test_on_both!(
    /// A webhook is changed, switched off and removed; addresses that lead into the server's own network are refused, as is
    /// what breaks another rule.
    webhooks_are_managed,
    async |app| {
        let (admin, receiver) = (app.super_admin(), Receiver::start().await);
        let hook = format!("{}/hook", receiver.base());
        let private = [&hook, "https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest"];
        let malformed = ["", "x", "ftp://example.com", "https://ann:secret@example.com/", "https://example.com/#a"];
        for url in private.into_iter().chain(malformed).chain(["http://example.com/"]) {
            let refused = admin.create_webhook(&save(url)).await.unwrap_err();
            assert!(refused.field("url").is_some(), "{url}: {refused:?}");
        }
        for kinds in [vec![], vec![WebhookEventKind::Ping]] {
            let request = SaveWebhook { event_kinds: kinds, ..save("https://example.com/hook") };
            let refused = admin.create_webhook(&request).await.unwrap_err();
            assert!(refused.field("event_kinds").is_some(), "{refused:?}");
        }
        allow(app).await;
        let NewWebhook { webhook, .. } = receiver.webhook(admin).await;
        let off = SaveWebhook { is_active: false, description: " Staging ".to_owned(), ..save(&hook) };
        let after = admin.update_webhook(&path(&webhook), &off).await.unwrap();
        assert_eq!((after.is_active, after.description.as_str()), (false, "Staging"));
        happens(app, 7, json!({}), None).await;
        assert_eq!(deliveries(admin, &webhook).await, []);
        // It can be tried before it is switched on.
        admin.test_webhook(&path(&webhook)).await.unwrap();
        until("the ping arrives", async || receiver.posted().len() == 1).await;
        assert_eq!(admin.get_webhook(&path(&webhook)).await.unwrap().id, webhook.id);
        admin.delete_webhook(&path(&webhook)).await.unwrap();
        assert_eq!(admin.get_webhook(&path(&webhook)).await.unwrap_err().status(), Some(404));
        assert_eq!(admin.list_webhooks(&PageQuery::default()).await.unwrap().items, []);
    }
);

async fn contact(app: &TestApp, name: &str) -> ContactId {
    let request = CreateContact { name: name.to_owned(), ..CreateContact::default() };
    app.super_admin().create_contact(&request).await.unwrap().id
}

test_on_both!(
    /// What webhooks were told of a contact is erased with it, also after it was merged into another; what was not sent yet
    /// is not sent, and what waited behind it goes on.
    what_is_told_of_a_contact_is_erased_with_it,
    async |app| {
        let (admin, receiver) = (app.super_admin(), Receiver::start().await);
        allow(app).await;
        let NewWebhook { webhook, .. } = receiver.webhook(admin).await;
        let (carla, double) = (contact(app, "Carla").await, contact(app, "Double").await);
        receiver.answer(|posted| reply("200 OK", &posted.body));
        happens(app, 1, json!({ "name": "SECRET" }), Some(double)).await;
        until("it arrives", async || deliveries(admin, &webhook).await[0].response_body.is_some()).await;
        receiver.answer(|_| reply("500 Oh", ""));
        happens(app, 2, json!({ "name": "SECRET" }), Some(double)).await;
        until("it fails", async || deliveries(admin, &webhook).await[0].error.is_some()).await;
        happens(app, 2, json!({ "name": "nobody" }), None).await;
        receiver.answer(|_| reply("204 No Content", ""));

        let into = ContactPath { contact_id: carla };
        admin.merge_contact(&into, &MergeContact { from_id: double }).await.unwrap();
        let before = deliveries(admin, &webhook).await;
        assert!(before.iter().filter(|one| one.body.as_ref().unwrap().contains("SECRET")).count() == 2);
        let erase = EraseContact { confirm_name: "Carla".to_owned() };
        admin.erase_contact(&into, &erase).await.unwrap();
        until("what waited goes on", async || {
            deliveries(admin, &webhook).await[0].state == WebhookDeliveryState::Delivered
        })
        .await;
        let after = deliveries(admin, &webhook).await;
        use WebhookDeliveryState as State;
        let states: Vec<_> = after.iter().map(|one| (one.state, one.body.is_some())).collect();
        assert_eq!(states, [(State::Delivered, true), (State::Erased, false), (State::Delivered, false)]);
        assert!(!format!("{after:?}").contains("SECRET"), "{after:?}");
        let bodies: Vec<String> = receiver.posted().into_iter().map(|posted| posted.body).collect();
        assert_eq!(bodies.iter().filter(|body| body.contains("SECRET")).count(), 2);
        let gone = admin.replay_webhook_delivery(&path_of(&after[1])).await.unwrap_err();
        assert_eq!(gone.status(), Some(409));
    }
);
