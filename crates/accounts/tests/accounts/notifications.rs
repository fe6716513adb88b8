use accounts::notifications::{Notice, Place, notify};
use actix_web::http::Method;
use platform::{Actor, Engine};
use serde_json::json;
use types::accounts::NotificationKind;
use types::{ThreadId, UserId};

use crate::start::{administrator, ask, member, node, on_both_engines};

on_both_engines! { a_mention_is_told_counted_mailed_once_and_read }

fn notice(kind: NotificationKind) -> Notice {
    Notice {
        kind,
        place: Place::Thread(ThreadId(7), None),
        from_name: "Ann\r\nBcc: x".to_owned(),
        preview: "Please look".to_owned(),
        contact_id: None,
        owner_user_id: None,
        owner_team_id: None,
    }
}

async fn a_mention_is_told_counted_mailed_once_and_read(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (bob_id, bob) = member(ctx, &admin, "bob@example.com", "agent").await;
    let bob_id: UserId = bob_id.parse().unwrap();
    let body = json!({ "preferences": { "notify_about": "nothing" } });
    ask(Method::PATCH, "/v1/me").token(&bob).body(body).of(ctx).await.ok();
    let tell = |kind| ctx.write(&Actor::System, move |tx| notify(tx, &[bob_id], &notice(kind)));
    tell(NotificationKind::MessageReceived).await.unwrap();
    tell(NotificationKind::Mentioned).await.unwrap();
    tell(NotificationKind::Assigned).await.unwrap();
    let unread = || async {
        let path = "/v1/notifications/unread";
        ask(Method::GET, path).token(&bob).of(ctx).await.ok().body["count"].as_i64().unwrap()
    };
    assert_eq!(unread().await, 2);
    ctx.clock().advance(5 * 60);
    ctx.run_jobs_until_idle().await.unwrap();
    let mails = ask(Method::GET, "/v1/mails").token(&admin).of(ctx).await.ok();
    let items = mails.body["items"].as_array().unwrap();
    let about: Vec<_> = items.iter().filter(|mail| mail["purpose"] == "notification").collect();
    assert_eq!(about.len(), 1, "{about:?}");
    assert!(!about[0]["subject"].as_str().unwrap().contains('\n'));
    let list = ask(Method::GET, "/v1/notifications?limit=1").token(&bob).of(ctx).await.ok();
    let newest = list.body["items"][0]["id"].clone();
    assert!(list.body["next_cursor"].is_string());
    let theirs = ask(Method::POST, "/v1/notifications/read").token(&admin).body(json!({ "up_to": newest }));
    assert_eq!(theirs.of(ctx).await.body["errors"][0]["field"], "up_to");
    let read = ask(Method::POST, "/v1/notifications/read").token(&bob).body(json!({ "thread_id": "7" }));
    read.of(ctx).await.ok();
    assert_eq!(unread().await, 0);
}
