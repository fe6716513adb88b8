//! What sockets are told, on one node and on two.

use db::testing::TestDatabase;
use platform::events::{Before, Feed, Next};
use platform::live::{Participant, Presence};
use platform::{Actor, Engine, Sockets, VisitorActor, testing};
use types::{
    ContactId, InboxId, SessionId, Subject, ThreadId, UserId, VisitorEvent, VisitorId, VisitorSessionId,
    WidgetId,
};

use crate::start::*;

const OTHER_INBOX: InboxId = InboxId(2);

fn visitor(id: i64) -> Actor {
    Actor::Visitor(VisitorActor {
        id: VisitorId(id),
        session_id: VisitorSessionId(id),
        widget_id: WidgetId(1),
        contact_id: ContactId(id),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_hears_what_they_may_see() {
    for engine in ENGINES {
        let node = node(engine).await;
        let (mut ann, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
        let (mut bob, _) = open_feed(&node.ctx, &agent(2, OTHER_INBOX), None).await;
        let (mut guest, _) = open_feed(&node.ctx, &visitor(7), None).await;
        node.ctx
            .write(&Actor::System, |tx| {
                tell(tx, INBOX, 1)?;
                tell(tx, OTHER_INBOX, 2)?;
                tx.emit(Subject::User(UserId(1)), numbered(3))?;
                tx.emit(Subject::Visitor(VisitorId(7)), numbered(4))?;
                for id in [8, 7] {
                    let typing = VisitorEvent::TeamTyping { name: format!("for {id}"), typing: true };
                    tx.emit_to_visitor(VisitorId(id), typing)?;
                }
                tx.emit(Subject::Everyone, numbered(5))
            })
            .await
            .unwrap();
        for expected in [1, 3, 5] {
            assert_eq!(next_number(&mut ann).await.0, expected, "{engine:?}");
        }
        for expected in [2, 5] {
            assert_eq!(next_number(&mut bob).await.0, expected, "{engine:?}");
        }
        assert_eq!(next_number(&mut guest).await.0, 4);
        let Next::Frame(frame) = next(&mut guest).await else { panic!("no frame") };
        assert!(String::from_utf8_lossy(&frame.json).contains("for 7"), "{frame:?}");
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_loses_an_inbox_hears_nothing_more_of_it() {
    for engine in ENGINES {
        let node = node(engine).await;
        let (mut ann, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
        node.ctx
            .write(&Actor::System, |tx| {
                tell(tx, INBOX, 1)?;
                tx.rescope_sockets(Sockets::User(UserId(1)))
            })
            .await
            .unwrap();
        for number in [2, 3] {
            say(&node.ctx, INBOX, number).await;
            say(&node.ctx, OTHER_INBOX, number + 10).await;
        }
        assert_eq!(next_number(&mut ann).await.0, 1);
        assert_eq!(next(&mut ann).await, Next::Rescope);
        ann.set_actor(&agent(1, OTHER_INBOX));
        say(&node.ctx, OTHER_INBOX, 14).await;
        for expected in [12, 13, 14] {
            assert_eq!(
                next_number(&mut ann).await.0,
                expected,
                "{engine:?}: nothing missed, nothing else heard"
            );
        }
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_ends_is_cut_within_a_second() {
    for engine in ENGINES {
        let node = node(engine).await;
        let (mut ann, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
        let (mut bob, _) = open_feed(&node.ctx, &agent(2, INBOX), None).await;
        let ended =
            node.ctx.write(&Actor::System, |tx| tx.end_sockets(Sockets::Session(SessionId(1)), "signed_out"));
        ended.await.unwrap();
        let cut = tokio::time::timeout(std::time::Duration::from_secs(1), ann.next()).await.unwrap().unwrap();
        assert_eq!(cut, Next::End("signed_out".to_owned()));
        say(&node.ctx, INBOX, 1).await;
        assert_eq!(next_number(&mut bob).await.0, 1);
        assert_eq!(node.ctx.live().connections_of(Sockets::User(UserId(2))), 1);
        drop(bob);
        assert_eq!(node.ctx.live().connections_of(Sockets::AllUsers), 1);
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_ends_while_its_socket_opens_is_cut() {
    for engine in ENGINES {
        let node = node(engine).await;
        let before = Before::authenticating(&node.ctx).await.unwrap();
        let (mut bob, _) = open_feed(&node.ctx, &agent(2, INBOX), None).await;
        let ended = node.ctx.write(&Actor::System, |tx| tx.end_sockets(Sockets::AllUsers, "signed_out"));
        ended.await.unwrap();
        // Once Bob was told, the hub of this node has seen it and tells nobody again.
        assert_eq!(bob.next().await.unwrap(), Next::End("signed_out".to_owned()));
        let (mut ann, _) = Feed::open(&node.ctx, before, &agent(1, INBOX), None);
        assert_eq!(ann.next().await.unwrap(), Next::End("signed_out".to_owned()));
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_reader_is_cut_and_resumes_without_a_gap() {
    for engine in ENGINES {
        let node = node(engine).await;
        let ann = agent(1, INBOX);
        let (mut feed, _) = open_feed(&node.ctx, &ann, None).await;
        say(&node.ctx, INBOX, 0).await;
        let (_, mut cursor) = next_number(&mut feed).await;
        let nothing = tokio::time::timeout(std::time::Duration::from_millis(300), feed.next()).await;
        assert!(nothing.is_err(), "it listens from here on");
        let last = 2 * node.ctx.config().events.connection_backlog as i64;
        for number in 1..=last {
            say(&node.ctx, INBOX, number).await;
        }
        let mut heard = Vec::new();
        let mut cuts = 0;
        while heard.last() != Some(&last) {
            match next(&mut feed).await {
                Next::Frame(frame) => {
                    let frame: serde_json::Value = serde_json::from_slice(&frame.json).unwrap();
                    heard.push(frame["event"]["seq"].as_i64().unwrap());
                    cursor = frame["cursor"].as_str().unwrap().to_owned();
                }
                Next::Overflow => {
                    cuts += 1;
                    feed = open_feed(&node.ctx, &ann, Some(&cursor)).await.0;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(heard, (1..=last).collect::<Vec<_>>(), "{engine:?}");
        assert_eq!(cuts, 1);
        node.running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_database_tell_each_other() {
    let one = node(Engine::Postgres).await;
    let two = another(&one.database, |builder| builder).await;
    let ann = agent(1, INBOX);
    let (mut at_one, _) = open_feed(&one.ctx, &ann, None).await;
    let (mut at_two, _) = open_feed(&two.ctx, &ann, None).await;
    for number in 0..20 {
        say(if number % 2 == 0 { &one.ctx } else { &two.ctx }, INBOX, number).await;
        assert_eq!(next_number(&mut at_one).await.0, number);
        assert_eq!(next_number(&mut at_two).await.0, number);
    }
    // What is never stored.
    one.ctx.broadcast(Subject::Inbox(INBOX), &numbered(100)).unwrap();
    assert_eq!(next_number(&mut at_one).await, (100, String::new()));
    assert_eq!(next_number(&mut at_two).await, (100, String::new()));
    let typing = Presence { present: true, typing: true };
    two.ctx.show_presence((ThreadId(1), INBOX), Participant::User(UserId(1)), typing, 15);
    for feed in [&mut at_one, &mut at_two] {
        let Next::Frame(frame) = next(feed).await else { panic!("no frame") };
        let frame: serde_json::Value = serde_json::from_slice(&frame.json).unwrap();
        assert_eq!(frame["event"]["presence"]["users"][0]["typing"], true, "{frame}");
    }
    assert_eq!(one.ctx.presence(ThreadId(1)), two.ctx.presence(ThreadId(1)));
    // The node that numbers goes; the other takes over.
    one.running.stop().await;
    for number in 200..210 {
        say(&two.ctx, INBOX, number).await;
        assert_eq!(next_number(&mut at_two).await.0, number);
    }
    two.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_that_is_there_before_the_node_has_started_misses_nothing() {
    for engine in ENGINES {
        let database = TestDatabase::new(engine).unwrap();
        let ctx = testing::builder(&database).unwrap().build().await.unwrap();
        let (mut ann, _) = open_feed(&ctx, &agent(1, INBOX), None).await;
        let nothing = tokio::time::timeout(std::time::Duration::from_millis(300), ann.next()).await;
        assert!(nothing.is_err(), "it listens from here on");
        say(&ctx, INBOX, 1).await;
        let running = ctx.start();
        assert_eq!(next_number(&mut ann).await.0, 1, "{engine:?}");
        running.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_that_is_not_shown_again_ends() {
    let node = node(Engine::Sqlite).await;
    let (mut ann, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
    say(&node.ctx, INBOX, 1).await;
    assert_eq!(next_number(&mut ann).await.0, 1);
    let looking = Presence { present: true, typing: false };
    node.ctx.show_presence((ThreadId(1), INBOX), Participant::Contact, looking, 10);
    assert!(node.ctx.presence(ThreadId(1)).contact_online);
    let Next::Frame(shown) = next(&mut ann).await else { panic!("no frame") };
    assert!(String::from_utf8_lossy(&shown.json).contains("\"contact_online\":true"));
    node.ctx.clock().advance(11);
    let Next::Frame(ended) = next(&mut ann).await else { panic!("no frame") };
    assert!(String::from_utf8_lossy(&ended.json).contains("\"contact_online\":false"));
    node.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_goes_on_after_the_database_cut_every_connection() {
    use diesel::connection::SimpleConnection;
    let node = node(Engine::Postgres).await;
    let (mut ann, _) = open_feed(&node.ctx, &agent(1, INBOX), None).await;
    say(&node.ctx, INBOX, 1).await;
    assert_eq!(next_number(&mut ann).await.0, 1);
    db::testing::connect(node.database.settings())
        .unwrap()
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .unwrap();
    until("a write", async || node.ctx.write(&Actor::System, |tx| tell(tx, INBOX, 2)).await.is_ok()).await;
    // Reading may still meet connections that were cut; a feed that failed so goes on when asked again.
    let mut heard = None;
    until("reading on", async || {
        heard = tokio::time::timeout(PATIENCE, ann.next()).await.expect("nothing came").ok();
        heard.is_some()
    })
    .await;
    assert_eq!(number_of(&heard.unwrap()).0, 2);
    node.running.stop().await;
}
