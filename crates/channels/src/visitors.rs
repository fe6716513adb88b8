//! Visitors: what a browser that talks to a chat widget does.

pub(crate) mod authenticator;
pub(crate) mod contact;
mod create_file;
mod create_known;
mod create_message;
mod create_session;
mod delete_session;
mod end;
mod get;
mod identify;
mod identity_token;
mod list_messages;
mod save_receipt;
mod show_typing;
pub(crate) mod store;
pub(crate) mod view;
#[cfg(test)]
mod walk_tests;

use web::Routes;

pub use authenticator::VisitorAuthenticator;
pub use create_known::create_known;
pub(crate) use create_message::TEXT_CHARACTERS;
pub use create_message::create as create_message;
pub use create_session::create as create_session;
pub use save_receipt::save as save_receipt;

/// The paths.
pub(crate) fn routes(cfg: &mut Routes) {
    cfg.service(create_session::create_visitor_session)
        .service(get::get_visitor)
        .service(delete_session::delete_visitor_session)
        .service(list_messages::list_visitor_messages)
        .service(create_message::create_visitor_message)
        .service(create_file::create_visitor_file)
        .service(save_receipt::save_visitor_receipt)
        .service(show_typing::show_visitor_typing)
        .service(identify::identify_visitor)
        .service(end::end_visitor_conversation);
}
