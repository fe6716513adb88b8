use accounts::mails::NewMail;
use accounts::notifications::{Notice, Place, notify};
use actix_web::http::Method;
use platform::{Actor, Engine};
use serde_json::json;
use types::accounts::NotificationKind;
use types::{ContactId, Event, Permission, Subject, ThreadId};

use crate::start::{administrator, ask, member, node, on_both_engines};

on_both_engines! { an_erased_contact_leaves_nothing_behind }

const CONTACT: ContactId = ContactId(4711);

async fn an_erased_contact_leaves_nothing_behind(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (admin, _) = administrator(ctx).await;
    let (bob_id, bob) = member(ctx, &admin, "bob@example.com", "agent").await;
    let recipients = [bob_id.parse().unwrap()];
    ctx.write(&Actor::System, move |tx| {
        let notice = Notice {
            kind: NotificationKind::Mentioned,
            place: Place::Thread(ThreadId(7), None),
            from_name: "Carla Secret".to_owned(),
            preview: "my secret".to_owned(),
            contact_id: Some(CONTACT),
            owner_user_id: None,
            owner_team_id: None,
        };
        notify(tx, &recipients, &notice)?;
        tx.about(CONTACT);
        let mail = NewMail {
            to: "carla@example.com".to_owned(),
            subject: "secret".to_owned(),
            text: "secret".to_owned(),
            html: None,
            purpose: "reply".to_owned(),
            ..NewMail::default()
        };
        accounts::mails::write(tx, mail)?;
        tx.audit("contact.update", ("contact", CONTACT.0), json!({ "name": "secret" }))
    })
    .await
    .unwrap();
    ctx.write(&Actor::System, |tx| {
        let event = Event::ContactErased { contact_id: CONTACT };
        tx.emit(Subject::Permission(Permission::ReadContacts), event)
    })
    .await
    .unwrap();
    ctx.run_jobs_until_idle().await.unwrap();
    for path in ["/v1/mails", "/v1/audit_entries"] {
        let answer = ask(Method::GET, path).token(&admin).of(ctx).await.ok();
        assert!(!answer.body.to_string().contains("secret"), "{answer:?}");
    }
    let answer = ask(Method::GET, "/v1/notifications").token(&bob).of(ctx).await.ok();
    assert_eq!(answer.body["items"], json!([]));
    assert_eq!(left_in_the_log(ctx).await, 0);
}

/// How many events still hold the secret.
async fn left_in_the_log(ctx: &platform::Ctx) -> usize {
    use db::Json;
    use db::schema::events;
    use diesel::prelude::*;

    ctx.read(&Actor::System, |tx| {
        let payloads: Vec<Json<serde_json::Value>> = events::table.select(events::payload).load(tx.conn())?;
        Ok(payloads.iter().filter(|payload| payload.0.to_string().to_lowercase().contains("secret")).count())
    })
    .await
    .unwrap()
}
