//! Clips: stretches of calls, shared with colleagues and, as files of their own, with people outside.
//!
//! Invariants:
//! - Whoever may see a call may see its clips, and nobody else: a clip gives a colleague a place to begin, never a right.
//! - A clip is sent to nobody who may not see its call.
//! - What people outside are given is a file that holds nothing but the clip, and of the transcript nothing that is not
//!   said in it from the first word to the last.
//! - A link opens its clip for as long as its time lasts, nobody has ended it, and whoever made it may share the call:
//!   all of it is asked at every request.
//! - A clip goes with its call, and with it its file, its links and the mails it was sent by.
//!
//! Map: `clips` making, listing and sending them; `folders` where they are kept; `links` for people outside, `cuts` the
//! files behind these, `shared` what these see and `page` in what; `settings` what may be shared outside; `view` a clip as
//! it is shown; `subscribers` what follows from events of other slices; `access` the only door to a clip; `store` the
//! queries.

mod access;
pub mod clips;
pub mod cuts;
pub mod folders;
pub mod links;
mod page;
pub mod settings;
pub mod shared;
mod store;
mod subscribers;
mod view;

use actix_web::web::head;
use platform::{CtxBuilder, Subscriber};
use web::Routes;

pub use cuts::Cutter;

/// Mounts the operations.
pub fn routes(cfg: &mut Routes) {
    cfg.service(clips::list_clips)
        .service(clips::list_clip_recipients)
        .service(clips::create_clip)
        .service(clips::get_clip)
        .service(clips::update_clip)
        .service(clips::share_clip)
        .service(clips::delete_clip)
        .service(links::create_clip_link)
        .service(links::revoke_clip_link)
        .service(cuts::retry_cut)
        .service(folders::list_clip_folders)
        .service(folders::create_clip_folder)
        .service(folders::update_clip_folder)
        .service(folders::delete_clip_folder)
        .service(settings::get_clip_settings)
        .service(settings::update_clip_settings)
        .service(shared::get_shared_clip)
        .service(shared::open_shared_clip)
        .service(shared::get_shared_clip_content)
        .route("/v1/shared_clips/{token}/content", head().to(shared::head_shared_clip_content))
        .service(shared::get_shared_transcript);
    page::routes(cfg);
}

/// What follows from events of this and other slices.
pub fn subscribers() -> Vec<Subscriber> {
    vec![subscribers::follow]
}

/// Registers the background work.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder.job::<cuts::CutClip>().job::<cuts::DeleteCutBytes>().periodic::<cuts::DeleteIdleCuts>()
}
