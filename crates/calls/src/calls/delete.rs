//! Deleting calls: out of sight at once, and then, by a job, out of the database and the blob store.

use actix_web::{delete, post};
use platform::{Actor, Ctx, Error, Granted, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::calls::{CallPath, DeleteCalls, DeletedCalls};
use types::{CallId, Event, Permission};
use web::{Body, Call, Path, Reply};

use super::purge::PurgeCall;
use crate::access;
use crate::store::calls::{self, CallRow};

/// Most calls that one request deletes.
const MOST: usize = 1000;
/// Calls that are taken out of sight in one transaction.
const AT_A_TIME: usize = 20;

/// Delete a call with its recording, its transcript and all that was written about it. Without the permission to delete
/// calls one can do so with an upload of one's own as long as it has brought no recording.
#[utoipa::path(operation_id = "delete_call", tag = "calls", params(CallPath), responses((status = 204)))]
#[delete("/v1/calls/{call_id}")]
pub async fn delete_call(call: Call, path: Path<CallPath>) -> Reply {
    call.delete(move |tx| delete(tx, path.call_id)).await
}

/// Delete several calls. Those that do not exist, or that one may not see, are left out.
#[utoipa::path(operation_id = "delete_calls", tag = "calls", request_body = DeleteCalls, responses((status = 200, body = DeletedCalls)))]
#[post("/v1/call_deletions")]
pub async fn delete_calls(call: Call, body: Body<DeleteCalls>) -> Reply {
    call.write(move |tx| delete_many(tx, &body)).await
}

/// Deletes one call.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] without `DeleteCalls`, unless it is an upload of one's own that has brought
/// no recording.
pub fn delete(tx: &mut Tx<'_>, id: CallId) -> Result<()> {
    let call = access::lock_call_to_delete(tx, id)?;
    tx.audit("call.delete", ("call", id.0), serde_json::json!({}))?;
    remove(tx, &call)
}

/// Has several calls deleted by a job.
///
/// # Errors
/// [`Error::Invalid`] for `call_ids`; [`Error::Forbidden`] without `DeleteCalls`.
pub fn delete_many(tx: &mut Tx<'_>, request: &DeleteCalls) -> Result<DeletedCalls> {
    tx.actor().require(Permission::DeleteCalls)?;
    if request.call_ids.is_empty() || request.call_ids.len() > MOST {
        return Err(Error::invalid("call_ids", format!("must be 1 to {MOST} calls")));
    }
    let mut call_ids = request.call_ids.clone();
    call_ids.sort_unstable();
    call_ids.dedup();
    let call_ids: Vec<CallId> = access::seen(tx, &call_ids)?.into_iter().map(|row| row.id).collect();
    for id in &call_ids {
        tx.audit("call.delete", ("call", id.0), serde_json::json!({}))?;
    }
    let count = i64::try_from(call_ids.len()).map_err(Error::internal)?;
    tx.enqueue(&HideCalls { call_ids })?;
    Ok(DeletedCalls { count })
}

/// Takes a call out of sight of everybody, and has a job take it away.
pub(crate) fn remove(tx: &mut Tx<'_>, call: &Granted<CallRow>) -> Result<()> {
    let audience = access::audience(tx, call)?;
    calls::hide(tx, call)?;
    // Neither the word that it is gone nor the job holds anything of whom it was about.
    tx.about(None);
    crm::records::forget(tx, call.id.into(), call.owner_id)?;
    accounts::notifications::forget_call(tx, call.id)?;
    tx.emit_to(&audience, Event::CallRemoved { call_id: call.id })?;
    tx.enqueue(&PurgeCall { call_id: call.id })?;
    Ok(())
}

/// Takes calls out of sight, a few at a time. Whoever asked for it was allowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HideCalls {
    /// The calls.
    pub call_ids: Vec<CallId>,
}

impl Job for HideCalls {
    const KIND: &'static str = "hide_calls";

    async fn run(self, ctx: Ctx) -> Result<()> {
        for some in self.call_ids.chunks(AT_A_TIME) {
            let some = some.to_vec();
            ctx.write(&Actor::System, move |tx| {
                for id in &some {
                    if let Some(call) = access::lock_call_to_follow(tx, *id)? {
                        remove(tx, &call)?;
                    }
                }
                Ok(())
            })
            .await?;
        }
        Ok(())
    }
}
