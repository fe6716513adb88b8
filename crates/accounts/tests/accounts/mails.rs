use std::sync::atomic::{AtomicUsize, Ordering};

use accounts::mails::{Delivery, Letter, MailTransport, Transport};
use actix_web::http::Method;
use futures_util::future::BoxFuture;
use platform::{Engine, Periodic};
use serde_json::{Value, json};

use crate::start::{administrator, ask, node, on_both_engines, role};

on_both_engines! { mails_are_held_then_sent_then_retried }

/// Takes the first mail, and has the second come again.
struct Fickle(AtomicUsize);

impl MailTransport for Fickle {
    fn send<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Delivery> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            match number {
                1 => Delivery::Later("busy".to_owned()),
                2 => Delivery::Refused("no such mailbox".to_owned()),
                _ => Delivery::Accepted,
            }
        })
    }
}

async fn mails_are_held_then_sent_then_retried(engine: Engine) {
    let node = node(engine).await;
    let ctx = node.ctx.clone();
    let (admin, _) = administrator(&ctx).await;
    let agent = role(&ctx, &admin, "agent").await;
    for name in ["bob", "cid"] {
        let body = json!({ "name": name, "email": format!("{name}@example.com"), "role_id": agent });
        ask(Method::POST, "/v1/users").token(&admin).body(body).of(&ctx).await.ok();
    }
    let builder = platform::testing::builder(&node.database).unwrap();
    let builder = builder.extension(Transport(Box::new(Fickle(AtomicUsize::new(0)))));
    let sending = accounts::jobs(builder).build().await.unwrap();
    let states = || async {
        let mails = ask(Method::GET, "/v1/mails").token(&admin).of(&ctx).await.ok();
        let items = mails.body["items"].as_array().unwrap().clone();
        let mut states: Vec<String> =
            items.iter().map(|mail: &Value| mail["state"].as_str().unwrap().to_owned()).collect();
        states.sort();
        states
    };
    assert_eq!(states().await, ["held", "held"]);
    accounts::mails::ReleaseHeldMails::run(sending.clone()).await.unwrap();
    sending.run_jobs_until_idle().await.unwrap();
    assert_eq!(states().await, ["queued", "sent"]);
    sending.clock().advance(61);
    sending.run_jobs_until_idle().await.unwrap();
    assert_eq!(states().await, ["failed", "sent"]);
    let failed = ask(Method::GET, "/v1/mails?state=failed").token(&admin).of(&ctx).await.ok();
    assert_eq!(failed.body["items"][0]["last_error"], "no such mailbox");
    let id = failed.body["items"][0]["id"].as_str().unwrap().to_owned();
    ask(Method::POST, &format!("/v1/mails/{id}/retry")).token(&admin).of(&ctx).await.ok();
    accounts::mails::ReleaseHeldMails::run(sending.clone()).await.unwrap();
    sending.run_jobs_until_idle().await.unwrap();
    assert_eq!(states().await, ["sent", "sent"]);
}
