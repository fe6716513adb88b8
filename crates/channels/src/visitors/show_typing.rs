//! Shows the team that a visitor is there, and whether it is writing.

use actix_web::post;
use platform::live::{Participant, Presence};
use types::channels::ShowVisitorTyping;
use web::{Body, Call, Reply, no_content};

use super::view;
use crate::access;

/// How long a visitor counts as writing, in seconds.
const TYPING_SECONDS: i64 = 10;

/// How long a visitor counts as being there, in seconds.
const PRESENT_SECONDS: i64 = 60;

/// Show whether the visitor is writing. Also says that the visitor is there.
#[utoipa::path(operation_id = "show_visitor_typing", tag = "visitors", request_body = ShowVisitorTyping,
    responses((status = 204, description = "It is shown, if there is a conversation.")))]
#[post("/v1/visitor/typing")]
pub(crate) async fn show_visitor_typing(call: Call, body: Body<ShowVisitorTyping>) -> Reply {
    let thread = call
        .query(|tx| {
            let visitor = access::read_visitor(tx)?;
            view::current_thread(tx, visitor.id)
        })
        .await?;
    if let Some(thread) = thread {
        let presence = Presence { present: true, typing: body.typing };
        let seconds = if body.typing { TYPING_SECONDS } else { PRESENT_SECONDS };
        call.ctx().show_presence((thread.id, thread.inbox_id), Participant::Contact, presence, seconds);
    }
    Ok(no_content())
}
