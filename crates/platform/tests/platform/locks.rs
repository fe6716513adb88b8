//! An invariant over a set, held by a lock: fifty at once, one succeeds.

use db::JsonText;
use db::schema::settings;
use diesel::prelude::*;
use platform::{Actor, Error, Key};
use types::VisitorId;

use crate::start::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_that_look_and_write_under_a_lock_one_does() {
    for engine in ENGINES {
        let node = node(engine).await;
        let tries: Vec<_> = (0..50)
            .map(|number| {
                let ctx = node.ctx.clone();
                tokio::spawn(async move {
                    ctx.write(&Actor::System, move |tx| {
                        tx.lock(Key::Visitor(VisitorId(1)))?;
                        // No constraint helps: each would write another row.
                        let taken: i64 = settings::table
                            .filter(settings::key.like("open:%"))
                            .count()
                            .get_result(tx.conn())?;
                        if taken > 0 {
                            return Err(Error::NotFound);
                        }
                        let row = (
                            settings::key.eq(format!("open:{number}")),
                            settings::value.eq(JsonText("1".to_owned())),
                            settings::updated_at.eq(tx.now()),
                        );
                        diesel::insert_into(settings::table).values(row).execute(tx.conn())?;
                        Ok(())
                    })
                    .await
                })
            })
            .collect();
        let mut succeeded = 0;
        for one in tries {
            match one.await.unwrap() {
                Ok(()) => succeeded += 1,
                Err(Error::NotFound) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(succeeded, 1, "{engine:?}");
        node.running.stop().await;
    }
}
