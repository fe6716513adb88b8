//! Takes the open threads from an owner who is gone: a user who was deactivated, a team that was deleted.

use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::conversations::{Activity, ActivityKind};

use crate::access;
use crate::entries::{self, Author};
use crate::store::threads::Owner;
use crate::store::{people, threads};

/// How many threads one transaction takes, so that nobody waits long for it.
const THREADS_AT_A_TIME: i64 = 20;

/// Takes the first threads at once, and leaves the rest to a job.
pub(crate) fn begin(tx: &mut Tx<'_>, owner: Owner) -> Result<()> {
    if take_some(tx, owner)? {
        tx.about(None);
        tx.enqueue(&UnassignThreads { owner })?;
    }
    Ok(())
}

/// Takes some threads; whether there may be more.
fn take_some(tx: &mut Tx<'_>, owner: Owner) -> Result<bool> {
    let ids = threads::open_of_owner(tx, owner, THREADS_AT_A_TIME)?;
    for id in &ids {
        let thread = access::lock_thread_to_follow(tx, *id)?;
        let activity = Activity {
            kind: ActivityKind::Unassigned,
            user_id: thread.owner_user_id,
            team_id: thread.owner_team_id,
            name: None,
        };
        entries::post_activity(tx, &thread, &Author::System, activity, |row| match owner {
            Owner::User(_) => row.owner_user_id = None,
            Owner::Team(_) => row.owner_team_id = None,
        })?;
    }
    Ok(i64::try_from(ids.len()).is_ok_and(|count| count == THREADS_AT_A_TIME))
}

/// Takes an owner's open threads, some at a time.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct UnassignThreads {
    owner: Owner,
}

impl Job for UnassignThreads {
    const KIND: &'static str = "unassign_threads";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let owner = self.owner;
        while ctx
            .write(
                &Actor::System,
                move |tx| if is_gone(tx, owner)? { take_some(tx, owner) } else { Ok(false) },
            )
            .await?
        {}
        Ok(())
    }
}

/// Whether the owner is still gone: a user may have been activated again since, and been given threads.
fn is_gone(tx: &mut Tx<'_>, owner: Owner) -> Result<bool> {
    match owner {
        Owner::User(id) => people::is_deactivated(tx, id),
        Owner::Team(_) => Ok(true),
    }
}
