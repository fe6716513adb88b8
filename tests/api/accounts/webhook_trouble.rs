//! Receivers that fail, for a while or for good.

use rapport_tests::{MailServer, TestApp, User, test_on_both, until};
use serde_json::json;
use types::accounts::*;

use super::webhook_receiver::{Receiver, Reply, allow, deliveries, happens, path, path_of, reply, save};

const DAY: i64 = 24 * 3600;

/// The administrator with a fresh session: the clock was moved.
async fn admin_again(app: &TestApp) -> User {
    app.sign_in(&app.super_admin().profile).await
}

/// Waits until the newest delivery was tried so often.
async fn tried(app: &TestApp, webhook: &Webhook, attempts: i32) -> WebhookDelivery {
    let admin = admin_again(app).await;
    until("it is tried", async || {
        let newest = deliveries(&admin, webhook).await.remove(0);
        newest.attempts == attempts && (newest.error.is_some() || newest.response_status.is_some())
    })
    .await;
    deliveries(&admin, webhook).await.remove(0)
}

test_on_both!(
    /// A delivery is tried ten times in three days, then given up; what came after it waits so long. It is sent again when
    /// asked for.
    a_delivery_is_tried_for_three_days,
    async |app| {
        let receiver = Receiver::start().await;
        allow(app).await;
        let NewWebhook { webhook, .. } = receiver.webhook(app.super_admin()).await;
        receiver.answer(|_| reply("503 Busy", &"é".repeat(3000)));
        happens(app, 7, json!({ "n": 1 }), None).await;
        let begun = app.clock().now();
        let mut last = tried(app, &webhook, 1).await;
        assert_eq!((last.state, last.response_status), (WebhookDeliveryState::Queued, Some(503)));
        assert_eq!(last.response_body.as_ref().map(String::len), Some(1024));
        assert!(last.error.as_ref().unwrap().contains("503"), "{last:?}");
        for attempt in 2..=10 {
            app.clock().set(last.next_attempt_at.unwrap());
            last = tried(app, &webhook, attempt).await;
        }
        let hours = app.clock().now().seconds_since(begun) / 3600;
        assert_eq!((last.state, last.next_attempt_at), (WebhookDeliveryState::Failed, None));
        assert!((72..=78).contains(&hours), "{hours}");
        let admin = admin_again(app).await;
        let failed = ListWebhookDeliveries { state: Some(last.state), ..ListWebhookDeliveries::default() };
        assert_eq!(admin.list_webhook_deliveries(&path(&webhook), &failed).await.unwrap().items.len(), 1);

        receiver.answer(|_| reply("200 OK", "thanks"));
        let again = admin.replay_webhook_delivery(&path_of(&last)).await.unwrap();
        assert_eq!((again.state, again.event_id), (WebhookDeliveryState::Queued, last.event_id));
        until("it arrives", async || {
            let newest = deliveries(&admin, &webhook).await.remove(0);
            (newest.state, newest.response_body.as_deref())
                == (WebhookDeliveryState::Delivered, Some("thanks"))
        })
        .await;
        let ids: std::collections::BTreeSet<String> =
            receiver.posted().iter().map(|posted| posted.headers["webhook-id"].clone()).collect();
        assert_eq!((ids.len(), receiver.posted().len()), (1, 11));
    }
);

test_on_both!(
    /// No answer is an answer after ten seconds; a redirect is not followed; deliveries are kept for 30 days.
    only_an_answer_of_the_receiver_counts,
    async |app| {
        let receiver = Receiver::start().await;
        allow(app).await;
        let NewWebhook { webhook, .. } = receiver.webhook(app.super_admin()).await;
        let elsewhere = format!("HTTP/1.1 307 Away\r\nLocation: {}/other\r\nContent-Length: 0\r\n\r\n", receiver.base());
        let answers: [(Reply, &str); 3] = [
            (Some(elsewhere), "307"),
            (None, "the connection was cut"),
            // The head never ends.
            (Some("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nbeginning".to_owned()), ""),
        ];
        for (subject, (answer, expected)) in (1..).zip(answers) {
            receiver.answer(move |_| answer.clone());
            happens(app, subject, json!({}), None).await;
            let delivery = tried(app, &webhook, 1).await;
            assert!(delivery.error.clone().unwrap_or_default().contains(expected), "{delivery:?}");
        }
        // Nobody listens there, and nobody answers.
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", silent.local_addr().unwrap());
        let admin = app.super_admin();
        admin.update_webhook(&path(&webhook), &save(&url)).await.unwrap();
        happens(app, 9, json!({}), None).await;
        let delivery = tried(app, &webhook, 1).await;
        assert_eq!(delivery.error.as_deref(), Some("no answer within 10 seconds"), "{delivery:?}");
        assert!(delivery.duration_ms.unwrap() >= 9_000, "{delivery:?}");
        drop(silent);

        admin.update_webhook(&path(&webhook), &SaveWebhook { is_active: false, ..save(&url) }).await.unwrap();
        app.clock().advance(31 * DAY);
        let admin = admin_again(app).await;
        until("they are forgotten", async || deliveries(&admin, &webhook).await.is_empty()).await;
    }
);

test_on_both!(
    /// A webhook at which every attempt of a day fails is switched off, and whoever made it gets a mail; so is one whose
    /// receiver says that it is gone, at once. What waited can be sent when it is switched on again.
    a_webhook_that_only_fails_is_switched_off,
    async |app| {
        let (receiver, mut mails) = (Receiver::start().await, MailServer::new(&app.files()));
        mails.start().await;
        app.restart(|config| {
            config.outgoing.allowed_private = vec!["127.0.0.1".parse().unwrap()];
            mails.configure(config);
        })
        .await;
        let NewWebhook { webhook, .. } = receiver.webhook(app.super_admin()).await;
        receiver.answer(|_| reply("500 Oh", ""));
        for subject in 0..19 {
            happens(app, subject, json!({}), None).await;
        }
        let failures = async |admin: &User| admin.get_webhook(&path(&webhook)).await.unwrap().failures;
        until("all fail", async || failures(app.super_admin()).await >= 19).await;
        assert!(app.super_admin().get_webhook(&path(&webhook)).await.unwrap().is_active);
        app.clock().advance(DAY + 60);
        let admin = admin_again(app).await;
        until("it is switched off", async || !admin.get_webhook(&path(&webhook)).await.unwrap().is_active).await;
        let off = admin.get_webhook(&path(&webhook)).await.unwrap();
        assert_eq!(off.switched_off_reason, Some(WebhookSwitchOffReason::Failing));
        let mail = mails.newest(1).await;
        assert!(mail.to == "ada@example.org" && mail.text.contains(&webhook.url), "{mail:?}");
        let waited = deliveries(&admin, &webhook).await;
        assert!(waited.iter().all(|one| one.state == WebhookDeliveryState::Failed), "{waited:?}");
        let refused = admin.replay_webhook_delivery(&path_of(&waited[0])).await.unwrap_err();
        assert_eq!(refused.status(), Some(409));

        let on = admin.update_webhook(&path(&webhook), &save(&webhook.url)).await.unwrap();
        assert_eq!((on.failures, on.switched_off_reason, on.is_active), (0, None, true));
        receiver.answer(|_| reply("410 Gone", ""));
        admin.replay_webhook_delivery(&path_of(&waited[0])).await.unwrap();
        until("it is gone", async || !admin.get_webhook(&path(&webhook)).await.unwrap().is_active).await;
        let gone = admin.get_webhook(&path(&webhook)).await.unwrap();
        assert_eq!(gone.switched_off_reason, Some(WebhookSwitchOffReason::Gone));
        mails.newest(2).await;
    }
);
