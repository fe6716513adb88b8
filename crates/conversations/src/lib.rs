//! Inboxes, and the conversations that people hold in them.
//!
//! A thread belongs to an inbox and holds entries: messages between the contact and the team, comments among the team,
//! and activities. `channels` stands above: it hands in what contacts write ([`receive_message`]) and hears of what
//! users write by the event `MessageCreated`.
//!
//! Invariants:
//! - Entries of a thread are numbered 1, 2, 3, … (`seq`) without gaps, while the thread's row is locked. `seq` orders,
//!   pages, and tells what is read; ids only name.
//! - The row of a thread holds all that a row of the list shows, and is written with each entry.
//! - A visitor has at most one open thread.
//! - Nobody reads or hears of a thread whose inbox they may not use; a contact never sees a comment or an activity.
//! - A thread's open owner is somebody who may sign in: deactivation takes the threads from them.
//!
//! The walk of a reply: `messages::create` (checked and made safe) → `access::lock_thread` → `entries::post` (entry and
//! row of the thread written, event emitted) → `channels` hands it to the contact in the same transaction.
//!
//! Map: `inboxes`, `threads`, `messages` one file an operation; `entries` adding
//! to a thread; `notices` telling users; `incoming`, `delivery` what `channels` calls; `subscribers`, `unassign` what follows from events of
//! other slices; `access` the only door to a row; `store` the queries.

mod access;
mod delivery;
mod entries;
pub mod inboxes;
mod incoming;
pub mod messages;
mod notices;
mod store;
mod subscribers;
pub mod threads;
mod unassign;

use platform::{CtxBuilder, Subscriber};
use web::Routes;

pub use delivery::{end_by_contact, mark_delivery, note_identified, save_receipt};
pub use incoming::{Incoming, Received, latest_thread, list_for_contact, receive_message};
pub use store::threads::ThreadRow;

/// Mounts the operations.
pub fn routes(cfg: &mut Routes) {
    cfg.service(messages::list_messages)
        .service(messages::create_message)
        .service(messages::create_comment)
        .service(messages::get_message)
        .service(messages::retry_message)
        .service(threads::list_threads)
        .service(threads::get_view_counts)
        .service(threads::get_thread)
        .service(threads::assign_thread)
        .service(threads::close_thread)
        .service(threads::reopen_thread)
        .service(threads::read_thread)
        .service(threads::show_presence)
        .service(threads::get_presence)
        .service(inboxes::list_inboxes)
        .service(inboxes::create_inbox)
        .service(inboxes::get_inbox)
        .service(inboxes::update_inbox);
}

/// What follows from events of this and other slices.
pub fn subscribers() -> Vec<Subscriber> {
    vec![subscribers::follow]
}

/// Registers the background work.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder.job::<unassign::UnassignThreads>()
}
