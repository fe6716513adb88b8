//! Opening a thread.

use actix_web::get;
use platform::{Result, Tx};
use types::ThreadId;
use types::conversations::{AuthorKind, ThreadDetail, ThreadParticipant, ThreadPath};
use web::{Call, Path, Reply};

use super::list::reader;
use crate::access;
use crate::store::threads::ThreadRow;
use crate::store::{people, threads};

/// Get a thread with who takes part and how far the user has read.
#[utoipa::path(operation_id = "get_thread", tag = "conversations", params(ThreadPath), responses((status = 200, body = ThreadDetail)))]
#[get("/v1/threads/{thread_id}")]
pub async fn get_thread(call: Call, path: Path<ThreadPath>) -> Reply {
    call.read(move |tx| get(tx, path.thread_id)).await
}

/// The thread with its participants.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound) unless the actor may use its inbox.
pub fn get(tx: &mut Tx<'_>, id: ThreadId) -> Result<ThreadDetail> {
    let row = access::read_thread(tx, id)?;
    let reader = reader(tx.actor())?;
    let read_seq = threads::read_position(tx, id, reader)?;
    let participants = participants(tx, &row)?;
    Ok(ThreadDetail { thread: row.to_wire(), read_seq, participants })
}

fn participants(tx: &mut Tx<'_>, thread: &ThreadRow) -> Result<Vec<ThreadParticipant>> {
    let users = threads::participating_users(tx, thread.id)?;
    let mut names = people::user_names(tx, &users)?;
    let contact = ThreadParticipant {
        kind: AuthorKind::Contact,
        user_id: None,
        contact_id: Some(thread.contact_id),
        name: thread.contact_name.clone(),
    };
    let users = users.into_iter().map(|id| ThreadParticipant {
        kind: AuthorKind::User,
        user_id: Some(id),
        contact_id: None,
        name: names.remove(&id).unwrap_or_default(),
    });
    Ok(std::iter::once(contact).chain(users).collect())
}
