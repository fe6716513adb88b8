//! Channels: how conversations come in from outside and how answers go out. Chat widgets now.
//!
//! A **chat widget** is what a site embeds; it belongs to an inbox. A **visitor** is one browser that talks to a widget.
//! Its messages become messages of a thread (crate `conversations`), and what the team writes reaches it as events.
//!
//! Invariants:
//! - A visitor sees its own conversation alone. No path names a visitor or a thread: both follow from the token.
//! - Comments and activities never become a visitor's event or message.
//! - Who a visitor says it is without a signature changes nothing but that visitor's own, unverified contact.
//! - A visitor whose identity was proved never becomes somebody else: that takes a new session.
//! - Opening the chat makes no contact; the first message, or saying who one is, does.
//!
//! Map: `chat_widgets` their settings; `chat_page` the page in the iframe; `visitors` what a visitor does, with
//! `visitors::authenticator` and `visitors::identity_token` for who it is; `delivery` what reaches visitors;
//! `access` the only door to a row.

mod access;
mod chat_page;
pub mod chat_widgets;
mod delivery;
pub mod visitors;

use platform::{CtxBuilder, Subscriber};
use web::Routes;

pub use chat_widgets::first_tracking_code;
pub use visitors::VisitorAuthenticator;

/// The paths of this slice.
pub fn routes(cfg: &mut Routes) {
    chat_widgets::routes(cfg);
    visitors::routes(cfg);
    chat_page::routes(cfg);
}

/// What runs inside every transaction that emits an event.
pub fn subscribers() -> Vec<Subscriber> {
    vec![delivery::on_event, visitors::contact::on_event]
}

/// The background work of this slice: none so far, delivery to a chat is part of the transaction.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder
}
