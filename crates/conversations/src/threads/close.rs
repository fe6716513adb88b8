//! Closing a thread.

use actix_web::post;
use platform::{Result, Tx};
use types::conversations::{ActivityKind, Thread, ThreadPath, ThreadStatus};
use types::{Permission, ThreadId};
use web::{Call, Path, Reply};

use crate::access;
use crate::entries::{self, Author};

/// Close a thread. A new message of the contact opens it again.
#[utoipa::path(operation_id = "close_thread", tag = "conversations", params(ThreadPath), responses((status = 200, body = Thread)))]
#[post("/v1/threads/{thread_id}/close")]
pub async fn close_thread(call: Call, path: Path<ThreadPath>) -> Reply {
    call.write(move |tx| close(tx, path.thread_id)).await
}

/// Closes the thread; one that is closed already stays as it is.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) unless the actor may use its inbox;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `CloseThreads`.
pub fn close(tx: &mut Tx<'_>, id: ThreadId) -> Result<Thread> {
    let thread = access::lock_thread(tx, id, Permission::CloseThreads)?;
    if thread.status == ThreadStatus::Closed {
        return Ok(thread.to_wire());
    }
    let (author, now) = (Author::acting(tx)?, tx.now());
    let thread =
        entries::post_activity(tx, &thread, &author, entries::activity(ActivityKind::Closed), |row| {
            row.status = ThreadStatus::Closed;
            row.closed_at = Some(now);
        })?;
    Ok(thread.to_wire())
}
