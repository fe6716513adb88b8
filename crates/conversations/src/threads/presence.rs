//! Who looks at a thread or writes in it. Nothing of it is stored.

use actix_web::http::StatusCode;
use actix_web::{get, post};
use platform::live::{Participant, Presence};
use types::VisitorEvent;
use types::conversations::{ShowPresence, ThreadPath, ThreadPresence};
use web::{Body, Call, Path, Reply, json};

use crate::access;

/// How long it holds that somebody looks, in seconds, unless shown again.
const LOOKING_SECONDS: i64 = 90;
/// How long it holds that somebody writes, in seconds.
const TYPING_SECONDS: i64 = 15;

/// Show that the user looks at a thread, which holds for 90 seconds, or writes in it, which holds for 15 seconds.
#[utoipa::path(operation_id = "show_presence", tag = "conversations", params(ThreadPath), request_body = ShowPresence, responses((status = 200, body = ThreadPresence)))]
#[post("/v1/threads/{thread_id}/presence")]
pub async fn show_presence(call: Call, path: Path<ThreadPath>, body: Body<ShowPresence>) -> Reply {
    let id = path.thread_id;
    let thread = call.query(move |tx| access::read_thread(tx, id)).await?;
    let user = call.actor().user_id()?;
    let was_typing = call.ctx().presence(id).users.iter().any(|shown| shown.user_id == user && shown.typing);
    let presence = Presence { present: body.viewing || body.typing, typing: body.typing };
    let seconds = if body.typing { TYPING_SECONDS } else { LOOKING_SECONDS };
    call.ctx().show_presence((id, thread.inbox_id), Participant::User(user), presence, seconds);
    if let Some(visitor) = thread.visitor_id.filter(|_| body.typing || was_typing) {
        let event = VisitorEvent::TeamTyping { name: call.actor().name().to_owned(), typing: body.typing };
        call.ctx().broadcast_to_visitor(visitor, &event)?;
    }
    json(StatusCode::OK, &call.ctx().presence(id))
}

/// Get who looks at a thread or writes in it at the moment.
#[utoipa::path(operation_id = "get_presence", tag = "conversations", params(ThreadPath), responses((status = 200, body = ThreadPresence)))]
#[get("/v1/threads/{thread_id}/presence")]
pub async fn get_presence(call: Call, path: Path<ThreadPath>) -> Reply {
    let id = path.thread_id;
    call.query(move |tx| access::read_thread(tx, id)).await?;
    json(StatusCode::OK, &call.ctx().presence(id))
}
