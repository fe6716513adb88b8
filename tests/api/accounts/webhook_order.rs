//! A thousand events under failures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use db::schema::{jobs, webhook_deliveries};
use diesel::prelude::*;
use platform::Actor;
use rapport_tests::{TestApp, test_on_both};
use serde_json::json;
use types::accounts::*;

use super::webhook_receiver::{Receiver, allow, reply};

const SUBJECTS: i64 = 25;
const EVENTS: i64 = 40;
/// Longer than the second pause between attempts, shorter than what would bring a claim into doubt.
const PAUSE_SECONDS: i64 = 301;

/// Whether nothing can be sent before the clock moves.
async fn is_quiet(app: &TestApp) -> bool {
    let due = |tx: &mut platform::Tx<'_>| {
        let now = tx.now();
        let due = jobs::table.filter(jobs::kind.eq("deliver_webhook").and(jobs::run_at.le(now)));
        Ok(due.count().get_result::<i64>(tx.conn())?)
    };
    app.ctx().read(&Actor::System, due).await.unwrap() == 0
}

async fn undelivered(app: &TestApp) -> i64 {
    let count = |tx: &mut platform::Tx<'_>| {
        let left =
            webhook_deliveries::table.filter(webhook_deliveries::state.ne(WebhookDeliveryState::Delivered));
        Ok(left.count().get_result::<i64>(tx.conn())?)
    };
    app.ctx().read(&Actor::System, count).await.unwrap()
}

/// Waits until nothing can be sent before the clock moves, as long as something arrives now and then.
async fn settle(app: &TestApp) {
    loop {
        let before = undelivered(app).await;
        for _ in 0..600 {
            if is_quiet(app).await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(undelivered(app).await < before, "nothing arrives any more");
    }
}

/// Tells of `EVENTS` things that happened to each of `SUBJECTS`, many in a transaction, one after the other in each subject.
async fn everything_happens(app: &TestApp) {
    for n in 0..EVENTS {
        let deliver = move |tx: &mut platform::Tx<'_>| {
            let now = tx.now();
            (0..SUBJECTS).try_for_each(|subject| {
                let data = json!({ "subject": subject, "n": n });
                let kind = WebhookEventKind::MeetingBooked;
                accounts::webhooks::deliver(tx, kind, subject, now, &data, None)
            })
        };
        app.ctx().write(&Actor::System, deliver).await.unwrap();
    }
}

test_on_both!(
    /// PITFALL 46: of a thousand events each is taken once and in the order of its subject, though every fifth attempt
    /// fails; a receiver that goes by the event's id counts each once.
    a_thousand_events_arrive_in_order,
    async |app| {
        let receiver = Receiver::start().await;
        allow(app).await;
        receiver.webhook(app.super_admin()).await;
        let taken: Arc<Mutex<Vec<(i64, i64, String)>>> = Arc::default();
        let (shared, mut count) = (taken.clone(), 0);
        receiver.answer(move |posted| {
            count += 1;
            let event = posted.json();
            match count % 10 {
                3 => reply("500 Oh", ""),
                7 => None,
                _ => {
                    let of = |name: &str| event["data"][name].as_i64().unwrap();
                    let id = event["id"].as_str().unwrap().to_owned();
                    shared.lock().unwrap().push((of("subject"), of("n"), id));
                    reply("200 OK", "")
                }
            }
        });
        everything_happens(app).await;
        while undelivered(app).await > 0 {
            settle(app).await;
            app.clock().advance(PAUSE_SECONDS);
        }
        let taken = taken.lock().unwrap().clone();
        let ids: BTreeSet<&String> = taken.iter().map(|(_, _, id)| id).collect();
        assert_eq!((taken.len() as i64, ids.len() as i64), (SUBJECTS * EVENTS, SUBJECTS * EVENTS));
        let mut of_subject: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        taken.iter().for_each(|(subject, n, _)| of_subject.entry(*subject).or_default().push(*n));
        assert!(of_subject.values().all(|order| order.iter().copied().eq(0..EVENTS)), "{of_subject:?}");
    }
);
