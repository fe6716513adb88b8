//! The order of the event log, and resuming.

use std::collections::BTreeSet;

use db::schema::{event_log, events};
use db::testing::connect;
use diesel::prelude::*;
use platform::events::renew_epoch;
use platform::{Actor, Ctx, Engine, Error};
use types::Timestamp;

use crate::start::*;

/// Everything in the log, by position: the position and the number it carries.
async fn log(ctx: &Ctx) -> Vec<(i64, i64)> {
    ctx.read(&Actor::System, |tx| {
        let rows: Vec<(i64, db::Json<serde_json::Value>)> = events::table
            .filter(events::pos.is_not_null())
            .order(events::pos)
            .select((events::pos.assume_not_null(), events::payload))
            .load(tx.conn())?;
        Ok(rows.into_iter().map(|(pos, db::Json(e))| (pos, e["seq"].as_i64().unwrap())).collect())
    })
    .await
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_have_no_gap_under_parallel_writers() {
    // Together 245 events: fewer than the backlog of a connection, so that nobody is cut on a slow machine.
    const WRITERS: i64 = 35;
    const EACH: i64 = 10;
    for engine in ENGINES {
        let node = node(engine).await;
        let ann = agent(1, INBOX);
        let (mut feed, _) = open_feed(&node.ctx, &ann, None).await;
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let ctx = node.ctx.clone();
                tokio::spawn(async move {
                    for k in 0..EACH {
                        // Every third is refused, after it has emitted.
                        let refused = k % 3 == 2;
                        let outcome = ctx
                            .write(&Actor::System, move |tx| {
                                tell(tx, INBOX, writer * EACH + k)?;
                                if refused { Err(Error::NotFound) } else { Ok(()) }
                            })
                            .await;
                        assert_eq!(outcome.is_err(), refused);
                    }
                })
            })
            .collect();
        let told = (WRITERS * (EACH - EACH / 3)) as usize;
        let mut heard = Vec::new();
        for _ in 0..told {
            heard.push(next_number(&mut feed).await.0);
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let log = log(&node.ctx).await;
        assert_eq!(
            log.iter().map(|(pos, _)| *pos).collect::<Vec<_>>(),
            (1..=told as i64).collect::<Vec<_>>()
        );
        assert_eq!(heard, log.iter().map(|(_, number)| *number).collect::<Vec<_>>(), "{engine:?}");
        assert_eq!(heard.iter().collect::<BTreeSet<_>>().len(), told, "each once");
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_held_open_while_others_commit_is_not_skipped() {
    let node = node(Engine::Postgres).await;
    let (mut feed, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (started, has_started) = tokio::sync::oneshot::channel();
    let mut started = Some(started);
    let slow = tokio::spawn({
        let ctx = node.ctx.clone();
        async move {
            ctx.write(&Actor::System, move |tx| {
                tell(tx, INBOX, 1)?;
                // Its row is written before the others', and committed after them.
                let row = (
                    events::id.eq(tx.new_id::<i64>()),
                    events::topic.eq("inbox:1"),
                    events::payload
                        .eq(db::JsonText(r#"{"type":"thread_read","thread_id":"1","seq":0}"#.to_owned())),
                    events::created_at.eq(tx.now()),
                );
                diesel::insert_into(events::table).values(row).execute(tx.conn())?;
                if let Some(started) = started.take() {
                    started.send(()).unwrap();
                    released.recv_timeout(PATIENCE).unwrap();
                }
                Ok(())
            })
            .await
        }
    });
    has_started.await.unwrap();
    for number in 10..20 {
        say(&node.ctx, INBOX, number).await;
        assert_eq!(next_number(&mut feed).await.0, number);
    }
    release.send(()).unwrap();
    slow.await.unwrap().unwrap();
    assert_eq!(next_number(&mut feed).await.0, 0);
    assert_eq!(next_number(&mut feed).await.0, 1);
    node.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_resumes_where_it_was() {
    for engine in ENGINES {
        let node = node(engine).await;
        let ann = agent(1, INBOX);
        let (mut feed, _) = open_feed(&node.ctx, &ann, None).await;
        say(&node.ctx, INBOX, 1).await;
        let (_, cursor) = next_number(&mut feed).await;
        drop(feed);
        // More than a page, some of it for somebody else.
        for number in 2..=600 {
            say(&node.ctx, if number % 50 == 0 { types::InboxId(2) } else { INBOX }, number).await;
        }
        let expected: Vec<i64> = (2..=600).filter(|number| number % 50 != 0).chain([601]).collect();
        let (mut feed, start) = open_feed(&node.ctx, &ann, Some(&cursor)).await;
        assert!(!start.reset);
        assert_eq!(start.cursor, cursor);
        let mut heard = vec![next_number(&mut feed).await.0];
        say(&node.ctx, INBOX, 601).await;
        while heard.len() < expected.len() {
            heard.push(next_number(&mut feed).await.0);
        }
        assert_eq!(heard, expected, "{engine:?}");

        let mut polled = Vec::new();
        let mut since = cursor;
        loop {
            let events = node.ctx.events_since(&ann, Some(&since)).await.unwrap();
            assert!(!events.reset);
            polled.extend(events.items.iter().map(|item| item.event["seq"].as_i64().unwrap()));
            if events.cursor == since {
                break;
            }
            since = events.cursor;
        }
        assert_eq!(polled, expected, "{engine:?}: polling says the same");
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_that_is_gone_resets() {
    for engine in ENGINES {
        let node = node(engine).await;
        let ann = agent(1, INBOX);
        let day = 24 * 60 * 60;
        node.ctx.clock().set(Timestamp(1_700_000_000_000_000));
        say(&node.ctx, INBOX, 1).await;
        until("numbering", async || log(&node.ctx).await.len() == 1).await;
        let first = node.ctx.events_since(&ann, None).await.unwrap().cursor;
        say(&node.ctx, INBOX, 2).await;
        until("numbering", async || log(&node.ctx).await.len() == 2).await;
        node.ctx.clock().advance(8 * day);
        say(&node.ctx, INBOX, 3).await;
        // The periodic work runs because its time has come.
        until("retention", async || log(&node.ctx).await.iter().map(|(pos, _)| *pos).eq([3])).await;
        let ctx = &node.ctx;
        let is_reset = async |since: &str| {
            let polled = ctx.events_since(&ann, Some(since)).await.unwrap();
            let (_, start) = open_feed(ctx, &ann, Some(since)).await;
            assert_eq!(polled.reset, start.reset);
            polled.reset
        };
        let (epoch, _) = first.split_once('.').unwrap();
        assert!(is_reset(&first).await, "expired");
        assert!(!is_reset(&format!("{epoch}.2")).await, "the oldest that can be resumed");
        assert!(is_reset(&format!("{epoch}.4")).await, "from the future");
        assert!(is_reset("0000.3").await, "of another epoch");
        assert!(is_reset("rubbish").await);
        node.running.stop().await;
    }
}

#[tokio::test]
async fn a_restored_database_begins_a_new_epoch() {
    for engine in ENGINES {
        let node = node(engine).await;
        let before = node.ctx.events_since(&Actor::System, None).await.unwrap().cursor;
        node.running.stop().await;
        renew_epoch(&mut connect(node.database.settings()).unwrap()).unwrap();
        let again = another(&node.database, |builder| builder).await;
        let polled = again.ctx.events_since(&Actor::System, Some(&before)).await.unwrap();
        assert!(polled.reset);
        assert_ne!(polled.cursor, before);
        again.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn subscribers_run_inside_the_transaction() {
    fn echo(tx: &mut platform::Tx<'_>, event: &types::Event) -> platform::Result<()> {
        match event {
            types::Event::ThreadRead { seq, .. } if *seq < 0 => {
                Err(Error::invalid("seq", "must not be negative"))
            }
            types::Event::ThreadRead { seq, .. } if *seq < 100 => tell(tx, INBOX, seq + 100),
            _ => Ok(()),
        }
    }
    for engine in ENGINES {
        let node = node_with(engine, |builder| builder.subscriber(echo)).await;
        say(&node.ctx, INBOX, 1).await;
        let refused = node.ctx.write(&Actor::System, |tx| tell(tx, INBOX, -1)).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        until("numbering", async || log(&node.ctx).await.len() == 2).await;
        assert_eq!(log(&node.ctx).await, [(1, 1), (2, 101)], "{engine:?}");
        let next: i64 = node
            .ctx
            .read(&Actor::System, |tx| Ok(event_log::table.select(event_log::next_pos).first(tx.conn())?))
            .await
            .unwrap();
        assert_eq!(next, 3);
        node.running.stop().await;
    }
}

#[tokio::test]
async fn a_read_emits_nothing() {
    let node = node(Engine::Sqlite).await;
    assert!(node.ctx.read(&Actor::System, |tx| tell(tx, INBOX, 1)).await.is_err());
    node.running.stop().await;
}
