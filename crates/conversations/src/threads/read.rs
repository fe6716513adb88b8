//! How far a user has read.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::conversations::{ReadThread, ThreadItem, ThreadPath};
use types::{Event, Permission, Subject, ThreadId};
use web::{Body, Call, Path, Reply};

use crate::access;
use crate::store::threads;

/// Say how far the user has read. A lower number than before marks the rest unread again.
#[utoipa::path(operation_id = "read_thread", tag = "conversations", params(ThreadPath), request_body = ReadThread, responses((status = 200, body = ThreadItem)))]
#[post("/v1/threads/{thread_id}/read")]
pub async fn read_thread(call: Call, path: Path<ThreadPath>, body: Body<ReadThread>) -> Reply {
    call.write(move |tx| read(tx, path.thread_id, &body)).await
}

/// Writes down how far the user has read, and tells the user's other windows. The contact sees the highest number that
/// anybody of the team has read; that never falls.
///
/// # Errors
/// [`Error::Invalid`] for a number that the thread does not have; [`Error::NotFound`] unless the actor may use its inbox.
pub fn read(tx: &mut Tx<'_>, id: ThreadId, request: &ReadThread) -> Result<ThreadItem> {
    let thread = access::lock_thread(tx, id, Permission::ReadThreads)?;
    let user = tx.actor().user_id()?;
    if !(0..=thread.last_seq).contains(&request.seq) {
        return Err(Error::invalid("seq", format!("must be from 0 to {}, the last number", thread.last_seq)));
    }
    if threads::read_position(tx, id, user)? != request.seq {
        threads::save_read_position(tx, &thread, user, request.seq)?;
        if request.seq > thread.team_read_seq {
            threads::raise_team_read(tx, &thread, request.seq)?;
        }
        tx.emit(Subject::User(user), Event::ThreadRead { thread_id: id, seq: request.seq })?;
    }
    Ok(ThreadItem { thread: thread.to_wire(), read_seq: request.seq })
}
