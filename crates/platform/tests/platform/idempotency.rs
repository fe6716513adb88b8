//! Replies kept by key: a request that comes twice is carried out once.

use platform::{Actor, Ctx, Error, IdempotencyKey, StoredReply};
use serde_json::json;

use crate::start::*;

/// Carries out a request that makes an id, unless it was carried out before.
async fn send(ctx: &Ctx, actor: &Actor, key: &str, body: &str) -> Result<serde_json::Value, Error> {
    let key = IdempotencyKey { key: key.to_owned(), fingerprint: body.to_owned() };
    ctx.write(actor, move |tx| {
        if let Some(reply) = tx.earlier_reply(&key)? {
            return Ok(reply.body);
        }
        let reply = StoredReply { status: 201, body: json!({ "id": tx.new_id::<i64>() }) };
        tx.keep_reply(&key, &reply)?;
        Ok(reply.body)
    })
    .await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_gets_the_same_reply() {
    for engine in ENGINES {
        let node = node(engine).await;
        let (ann, bob) = (agent(1, INBOX), agent(2, INBOX));
        let first = send(&node.ctx, &ann, "k", "a").await.unwrap();
        assert_eq!(send(&node.ctx, &ann, "k", "a").await.unwrap(), first);
        assert_ne!(send(&node.ctx, &bob, "k", "a").await.unwrap(), first, "keys belong to their actor");
        assert_ne!(send(&node.ctx, &ann, "l", "a").await.unwrap(), first);
        match send(&node.ctx, &ann, "k", "b").await {
            Err(Error::Invalid(errors)) => assert_eq!(errors[0].code, "idempotency_key_reused"),
            other => panic!("{other:?}"),
        }
        node.ctx.clock().advance(25 * 60 * 60);
        assert_ne!(send(&node.ctx, &ann, "k", "b").await.unwrap(), first, "kept for a day");
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_at_once_are_carried_out_once() {
    for engine in ENGINES {
        let node = node(engine).await;
        let ann = agent(1, INBOX);
        let requests = (0..50).map(|_| send(&node.ctx, &ann, "k", "a"));
        let replies: Vec<_> = futures_util::future::join_all(requests).await;
        let first = replies[0].as_ref().unwrap();
        assert!(replies.iter().all(|reply| reply.as_ref().unwrap() == first), "{engine:?}");
        node.running.stop().await;
    }
}
