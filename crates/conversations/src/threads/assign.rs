//! Giving a thread to somebody.

use actix_web::post;
use platform::{Error, Result, Tx};
use types::accounts::{NotificationKind, UserState};
use types::conversations::{Activity, ActivityKind, AssignThread, Thread, ThreadPath};
use types::{ErrorCode, InboxId, Permission, ThreadId};
use web::{Body, Call, Path, Reply};

use crate::entries::{self, Author};
use crate::store::people;
use crate::{access, notices};

/// Give a thread to a user or a team, or take it from its owner.
#[utoipa::path(operation_id = "assign_thread", tag = "conversations", params(ThreadPath), request_body = AssignThread, responses((status = 200, body = Thread)))]
#[post("/v1/threads/{thread_id}/assign")]
pub async fn assign_thread(call: Call, path: Path<ThreadPath>, body: Body<AssignThread>) -> Reply {
    call.write(move |tx| assign(tx, path.thread_id, &body)).await
}

/// Sets the owner. The new one is notified; an owner that stays the same changes nothing.
///
/// # Errors
/// [`Error::Invalid`] for a user who may not use the inbox or a team that does not exist; [`Error::Conflict`]
/// `deactivated`; [`Error::NotFound`] unless the actor may use the inbox; [`Error::Forbidden`] without `AssignThreads`.
pub fn assign(tx: &mut Tx<'_>, id: ThreadId, request: &AssignThread) -> Result<Thread> {
    let thread = access::lock_thread(tx, id, Permission::AssignThreads)?;
    let name = check(tx, thread.inbox_id, request)?;
    if (thread.owner_user_id, thread.owner_team_id) == (request.user_id, request.team_id) {
        return Ok(thread.to_wire());
    }
    let author = Author::acting(tx)?;
    let activity = match name {
        Some(name) => Activity {
            kind: ActivityKind::Assigned,
            user_id: request.user_id,
            team_id: request.team_id,
            name: Some(name),
        },
        None => Activity {
            kind: ActivityKind::Unassigned,
            user_id: thread.owner_user_id,
            team_id: thread.owner_team_id,
            name: None,
        },
    };
    let thread = entries::post_activity(tx, &thread, &author, activity, |row| {
        row.owner_user_id = request.user_id;
        row.owner_team_id = request.team_id;
    })?;
    let recipients = match (request.user_id, request.team_id) {
        (Some(user), _) => vec![user],
        (None, Some(team)) => accounts::teams::members(tx, team)?,
        (None, None) => Vec::new(),
    };
    notices::notify(tx, &recipients, &thread, NotificationKind::Assigned, (&author, None))?;
    Ok(thread.to_wire())
}

/// The name of the new owner, if there is to be one.
fn check(tx: &mut Tx<'_>, inbox: InboxId, request: &AssignThread) -> Result<Option<String>> {
    match (request.user_id, request.team_id) {
        (Some(_), Some(_)) => Err(Error::invalid("team_id", "must be left out when user_id is given")),
        (Some(user), None) => {
            let user = people::colleague(tx, user, inbox)?
                .ok_or_else(|| Error::invalid("user_id", "there is no such user"))?;
            if user.state == UserState::Deactivated {
                return Err(Error::conflict(ErrorCode::Deactivated, "the user has been deactivated"));
            }
            if !user.may_use_inbox() {
                return Err(Error::invalid("user_id", "the user may not use the inbox of this conversation"));
            }
            Ok(Some(user.name))
        }
        (None, Some(team)) => people::team_name(tx, team)?
            .map(Some)
            .ok_or_else(|| Error::invalid("team_id", "there is no such team")),
        (None, None) => Ok(None),
    }
}
