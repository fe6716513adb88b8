//! Node numbers, and the ids that carry them.

use std::collections::BTreeSet;

use db::schema::nodes;
use db::testing::TestDatabase;
use diesel::prelude::*;
use platform::{Actor, Ctx, Engine, Error, testing};
use types::Timestamp;

use crate::start::*;

async fn ids(ctx: &Ctx, count: usize) -> Vec<i64> {
    ctx.write(&Actor::System, move |tx| Ok((0..count).map(|_| tx.new_id()).collect())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_of_one_database_never_make_the_same_id() {
    for engine in ENGINES {
        let database = TestDatabase::new(engine).unwrap();
        let builds = (0..4).map(|_| testing::builder(&database).unwrap().build());
        let nodes = futures_util::future::join_all(builds).await;
        let mut made = BTreeSet::new();
        let mut count = 0;
        for node in nodes {
            let node = node.unwrap();
            let ids = ids(&node, 1000).await;
            assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "ids rise");
            count += ids.len();
            made.extend(ids);
        }
        assert_eq!(made.len(), count, "{engine:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_that_was_given_back_makes_other_ids() {
    let node = node(Engine::Sqlite).await;
    let before = ids(&node.ctx, 500).await;
    node.running.stop().await;
    let again = another(&node.database, |builder| builder).await;
    let after = ids(&again.ctx, 500).await;
    assert!(before.iter().all(|id| !after.contains(id)));
    again.running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_thirty_third_node_is_refused() {
    let database = TestDatabase::new(Engine::Sqlite).unwrap();
    let first = testing::builder(&database).unwrap().build().await.unwrap();
    first
        .write(&Actor::System, |tx| {
            diesel::delete(nodes::table).execute(tx.conn())?;
            for number in 0..32 {
                let row = (
                    nodes::node.eq(number),
                    nodes::holder.eq("another"),
                    nodes::leased_until.eq(Timestamp(i64::MAX)),
                );
                diesel::insert_into(nodes::table).values(row).execute(tx.conn())?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let refused = testing::builder(&database).unwrap().build().await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
}

/// Waits until half of the lease is over, which takes ten seconds: on both engines at a time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_lost_its_number_goes_on_with_another() {
    futures_util::future::join_all(ENGINES.map(lose_the_number)).await;
}

async fn lose_the_number(engine: Engine) {
    let node = node(engine).await;
    ids(&node.ctx, 1).await;
    // As if this process had slept, and another had taken its number meanwhile.
    let expire = |tx: &mut platform::Tx<'_>| {
        diesel::update(nodes::table)
            .set((nodes::holder.eq("another"), nodes::leased_until.eq(Timestamp(i64::MAX))))
            .execute(tx.conn())?;
        Ok(())
    };
    node.ctx.write(&Actor::System, expire).await.unwrap();
    until("another number", async || {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        node.ctx.write(&Actor::System, |tx| Ok((tx.new_id::<i64>() >> 7) & 31)).await.unwrap() == 1
    })
    .await;
    node.running.stop().await;
}
