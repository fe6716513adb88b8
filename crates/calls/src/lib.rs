//! Calls: their recordings, who took part, and what was said.
//!
//! Invariants:
//! - A call is seen by its owner, and by whoever may read calls (private calls, if it is one) and sees records of its
//!   owner, or of a record that it belongs to. The same rule decides reading, lists, search, events and each request for
//!   its sound.
//! - A call belongs to the contacts who take part and to their companies, unless somebody says otherwise; the timelines of
//!   all that it belongs to tell of it.
//! - A call has one recording at the most, and the same file is the recording of one call at the most.
//! - A recording is examined once, outside of any transaction; its duration is counted in decoded samples, and what is
//!   wrong with it is said.
//! - Who a speaker is is data: no matching keeps a call from being heard or read.
//! - A call goes with the contacts that are heard in it: erasing one of them deletes it.
//!
//! Map: `calls`, `participants`, `recordings`, `transcripts`, `speakers`, `search`, `terms`, `notes`, `comments` one file an
//! operation; `associations`, `records` calls among records of other kinds; `words` how text is taken apart to be found;
//! `view` a call as it is shown; `subscribers` what follows from events of other slices; `settings`, `retention` what is
//! recorded and kept; `watched_folder` recordings that lie in a folder; `telephony` recordings that providers report; `zoom`
//! what comes from Zoom; `excerpts` what slices above take of calls; `access` the only door to a call; `store` the queries.

mod access;
mod associations;
pub mod calls;
pub mod comments;
pub mod excerpts;
mod fields;
pub mod notes;
pub mod participants;
pub mod recordings;
mod records;
mod retention;
pub mod search;
pub mod settings;
pub mod speakers;
mod store;
mod subscribers;
pub mod telephony;
pub mod terms;
pub mod transcripts;
mod view;
mod watched_folder;
mod words;
pub mod zoom;

use actix_web::web::head;
use platform::{CtxBuilder, Subscriber};
use web::Routes;

pub use records::CallRecords;

/// Mounts the operations.
pub fn routes(cfg: &mut Routes) {
    cfg.service(calls::list_calls)
        .service(calls::create_call)
        .service(calls::delete_calls)
        .service(calls::get_call)
        .service(calls::update_call)
        .service(calls::delete_call)
        .service(participants::add_participant)
        .service(participants::match_participant)
        .service(participants::remove_participant);
    recording_routes(cfg);
    transcript_routes(cfg);
    cfg.service(notes::get_call_note)
        .service(notes::save_call_note)
        .service(comments::list_call_comments)
        .service(comments::create_call_comment)
        .service(comments::edit_call_comment)
        .service(comments::delete_call_comment);
    telephony_routes(cfg);
    cfg.service(settings::get_call_settings)
        .service(settings::update_call_settings)
        .service(zoom::get_zoom_settings)
        .service(zoom::update_zoom_settings)
        .service(zoom::receive_zoom_event);
}

fn telephony_routes(cfg: &mut Routes) {
    cfg.service(telephony::list_telephony_accounts)
        .service(telephony::create_telephony_account)
        .service(telephony::update_telephony_account)
        .service(telephony::delete_telephony_account)
        .service(telephony::receive_telephony_recording);
}

fn recording_routes(cfg: &mut Routes) {
    cfg.service(recordings::get_recording_content)
        .route("/v1/recordings/{recording_id}/content", head().to(recordings::head_recording_content))
        .service(recordings::get_peaks)
        .service(recordings::get_peaks_tile)
        .service(recordings::create_recording_link)
        .service(recordings::download_recording)
        .service(recordings::start_recording_upload)
        .service(recordings::get_recording_upload)
        .service(recordings::put_recording_part)
        .service(recordings::complete_recording_upload)
        .service(recordings::get_playback_position)
        .service(recordings::save_playback_position);
}

fn transcript_routes(cfg: &mut Routes) {
    cfg.service(transcripts::get_transcript)
        .service(transcripts::import_transcript)
        .service(transcripts::export_transcript)
        .service(transcripts::transcribe_call)
        .service(transcripts::get_transcript_votes)
        .service(transcripts::vote_transcript)
        .service(transcripts::list_segments)
        .service(transcripts::edit_segment)
        .service(transcripts::restore_segment)
        .service(speakers::list_speakers)
        .service(speakers::create_speaker)
        .service(speakers::match_speaker)
        .service(speakers::correct_segment_speaker)
        .service(speakers::get_call_metrics)
        .service(search::search_transcripts)
        .service(search::search_call)
        .service(terms::list_tracked_terms)
        .service(terms::create_tracked_term)
        .service(terms::update_tracked_term)
        .service(terms::delete_tracked_term)
        .service(terms::count_tracked_term)
        .service(terms::list_call_terms);
}

/// What follows from events of this and other slices.
pub fn subscribers() -> Vec<Subscriber> {
    vec![subscribers::follow]
}

/// Registers the background work.
pub fn jobs(builder: CtxBuilder) -> CtxBuilder {
    builder
        .job::<calls::HideCalls>()
        .job::<calls::PurgeCall>()
        .job::<recordings::ImportRecording>()
        .job::<recordings::DeleteRecordingBytes>()
        .periodic::<recordings::GiveUpUploads>()
        .periodic::<retention::DeleteOldCalls>()
        .periodic::<watched_folder::WatchFolder>()
        .job::<transcripts::StoreTranscript>()
        .job::<transcripts::TranscribeRecording>()
        .job::<terms::MatchTrackedTerm>()
        .job::<telephony::FetchRecording>()
        .job::<zoom::SyncZoomMeeting>()
        .job::<zoom::CatchUpZoomConnection>()
        .periodic::<zoom::CatchUpWithZoom>()
}
