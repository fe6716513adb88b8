//! Opening a closed thread again.

use actix_web::post;
use platform::{Error, Granted, Key, Result, Tx};
use types::conversations::{Thread, ThreadPath, ThreadStatus};
use types::{ErrorCode, Permission, ThreadId};
use web::{Call, Path, Reply};

use crate::access;
use crate::entries::{self, Author};
use crate::store::threads::{self, ThreadRow};

/// Open a closed thread again.
#[utoipa::path(operation_id = "reopen_thread", tag = "conversations", params(ThreadPath), responses((status = 200, body = Thread)))]
#[post("/v1/threads/{thread_id}/reopen")]
pub async fn reopen_thread(call: Call, path: Path<ThreadPath>) -> Reply {
    call.write(move |tx| reopen(tx, path.thread_id)).await
}

/// Opens the thread; one that is open already stays as it is.
///
/// # Errors
/// [`Error::Conflict`] when the visitor has another open thread, which `extra.thread_id` names; [`Error::NotFound`]
/// unless the actor may use the inbox; [`Error::Forbidden`] without `CloseThreads`.
pub fn reopen(tx: &mut Tx<'_>, id: ThreadId) -> Result<Thread> {
    let thread = access::lock_thread(tx, id, Permission::CloseThreads)?;
    let author = Author::acting(tx)?;
    reopen_closed(tx, thread, &author).map(|thread| thread.to_wire())
}

/// Opens a thread again if it is closed, unless its visitor has another open one.
pub(crate) fn reopen_closed(
    tx: &mut Tx<'_>,
    thread: Granted<ThreadRow>,
    author: &Author,
) -> Result<Granted<ThreadRow>> {
    if thread.status == ThreadStatus::Open {
        return Ok(thread);
    }
    if let Some(visitor) = thread.visitor_id {
        tx.lock(Key::Visitor(visitor))?;
        if let Some(open) = threads::open_of_visitor(tx, visitor)? {
            return Err(Error::Conflict {
                code: ErrorCode::Conflict,
                detail: "the visitor has another open conversation: answer there".to_owned(),
                extra: Some(serde_json::json!({ "thread_id": open })),
            });
        }
    }
    entries::reopen(tx, &thread, author)
}
