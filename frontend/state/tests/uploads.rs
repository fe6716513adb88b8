//! What is still to be sent of a recording, and how far several are together.

use state::uploads::{
    Upload, UploadState, may_be_recording, missing_parts, part_bounds, progress, sent_bytes, title_of,
};
use types::calls::RecordingUpload;
use types::{RecordingId, Timestamp};

fn at_server(received: &[i32]) -> RecordingUpload {
    RecordingUpload {
        recording_id: RecordingId(1),
        bytes: 25,
        part_bytes: 10,
        parts: 3,
        received: received.to_vec(),
        expires_at: Timestamp(0),
    }
}

fn upload(bytes: u64, sent: u64, state: UploadState) -> Upload {
    Upload {
        id: 1,
        title: "Call".to_owned(),
        file_name: "call.wav".to_owned(),
        bytes,
        sent,
        state,
        call_id: None,
    }
}

#[test]
fn only_what_the_server_does_not_have_is_sent() {
    assert_eq!(missing_parts(&at_server(&[])), [1, 2, 3]);
    assert_eq!(missing_parts(&at_server(&[3, 1])), [2]);
    assert_eq!(missing_parts(&at_server(&[1, 2, 3])), [] as [i32; 0]);
}

#[test]
fn parts_cover_the_file_without_gaps_and_the_last_is_what_is_left() {
    let bounds: Vec<(u64, u64)> = (1..=3).map(|number| part_bounds(&at_server(&[]), number)).collect();
    assert_eq!(bounds, [(0, 10), (10, 20), (20, 25)]);
    assert_eq!(sent_bytes(&at_server(&[1, 3])), 15);
    assert_eq!(sent_bytes(&at_server(&[1, 2, 3])), 25);
}

#[test]
fn progress_is_that_of_active_uploads_alone() {
    let uploads = [
        upload(100, 50, UploadState::Sending),
        upload(300, 50, UploadState::Unreachable),
        upload(100, 100, UploadState::Done),
        upload(100, 10, UploadState::Paused),
    ];
    assert_eq!(progress(&uploads), (2, 25));
    assert_eq!(progress(&[]), (0, 0));
    assert_eq!(upload(0, 0, UploadState::Waiting).percent(), 0);
}

#[test]
fn leaving_the_page_interrupts_what_is_active() {
    let active =
        [UploadState::Waiting, UploadState::Checking, UploadState::Sending, UploadState::Unreachable];
    assert!(active.iter().all(|state| state.is_active() && !state.is_over()));
    let idle = [UploadState::Paused, UploadState::FileNeeded, UploadState::Failed(String::new())];
    assert!(idle.iter().all(|state| !state.is_active() && !state.is_over()));
    assert!([UploadState::Done, UploadState::Duplicate(None)].iter().all(UploadState::is_over));
}

#[test]
fn recordings_are_told_by_their_names() {
    for name in ["call.wav", "CALL.MP3", "zoom_0.mp4", "a.b.webm"] {
        assert!(may_be_recording(name), "{name}");
    }
    for name in ["notes.txt", "wav", "call.wav.zip", ""] {
        assert!(!may_be_recording(name), "{name}");
    }
}

#[test]
fn a_title_is_the_name_without_its_ending() {
    assert_eq!(title_of("Call_with_Nadia.wav"), "Call with Nadia");
    assert_eq!(title_of(".wav"), ".wav");
    assert_eq!(title_of(&format!("{}.wav", "é".repeat(300))).chars().count(), 200);
}
