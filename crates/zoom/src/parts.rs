//! Which files of a meeting belong together. Recording that is stopped and begun again gives a stretch of files each time.

use std::collections::BTreeMap;

use types::Timestamp;

use crate::{Meeting, RecordingFile};

/// What is heard, the best first: the shared screen with whoever speaks shows most of a conversation.
const HEARD: [&str; 7] = [
    "shared_screen_with_speaker_view",
    "shared_screen_with_speaker_view(CC)",
    "active_speaker",
    "shared_screen_with_gallery_view",
    "gallery_view",
    "shared_screen",
    "audio_only",
];

/// One stretch of a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Names it for good: the meeting's uuid and the id of the file that is heard.
    pub key: String,
    /// When it began.
    pub started_at: Timestamp,
    /// The file that is heard, and seen if it has a picture.
    pub media: RecordingFile,
    /// What was said, as WebVTT; only where Zoom's audio transcript is switched on, and once it is made.
    pub transcript: Option<RecordingFile>,
    /// Who spoke when, as JSON.
    pub timeline: Option<RecordingFile>,
}

/// The stretches of a meeting's recording that can be heard, the earliest first.
pub fn parts(meeting: &Meeting) -> Vec<Part> {
    let mut stretches: BTreeMap<Timestamp, Vec<&RecordingFile>> = BTreeMap::new();
    let ready = meeting.recording_files.iter().filter(|file| file.status.as_deref() != Some("processing"));
    for file in ready.filter(|file| !file.download_url.is_empty()) {
        if let Some(start) = file.recording_start {
            stretches.entry(start).or_default().push(file);
        }
    }
    let part = |(started_at, files): (Timestamp, Vec<&RecordingFile>)| {
        let kind = |kind: &str| files.iter().find(|file| file.recording_type.as_deref() == Some(kind));
        let of_type =
            |name: &str| files.iter().find(|file| file.file_type == name).map(|file| (**file).clone());
        let media = HEARD.iter().find_map(|name| kind(name)).filter(|media| !media.id.is_empty())?;
        Some(Part {
            key: format!("{}:{}", meeting.uuid, media.id),
            started_at,
            media: (**media).clone(),
            transcript: of_type("TRANSCRIPT"),
            timeline: of_type("TIMELINE"),
        })
    };
    stretches.into_iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(files: &str) -> Meeting {
        let text =
            format!(r#"{{ "uuid": "u==", "host_id": "h", "type": "2", "recording_files": [{files}] }}"#);
        serde_json::from_str(&text).unwrap()
    }

    fn file(id: &str, start: u8, file_type: &str, recording_type: &str) -> String {
        format!(
            r#"{{ "id": "{id}", "recording_start": "2026-01-01T0{start}:00:00Z", "file_type": "{file_type}",
                 "recording_type": "{recording_type}", "download_url": "https://zoom.us/{id}", "status": "completed" }}"#
        )
    }

    #[test]
    fn each_stretch_is_heard_in_its_best_file() {
        let files = [
            file("a", 2, "M4A", "audio_only"),
            file("b", 1, "MP4", "gallery_view"),
            file("c", 1, "MP4", "shared_screen_with_speaker_view"),
            file("d", 1, "TRANSCRIPT", "audio_transcript"),
            file("e", 1, "TIMELINE", "timeline"),
            file("f", 3, "CHAT", "chat_file"),
        ];
        let found = parts(&meeting(&files.join(",")));
        let keys: Vec<_> = found.iter().map(|part| part.key.as_str()).collect();
        assert_eq!(keys, ["u==:c", "u==:a"]);
        assert_eq!(found[0].transcript.as_ref().unwrap().id, "d");
        assert_eq!(found[0].timeline.as_ref().unwrap().id, "e");
        assert_eq!((&found[1].transcript, &found[1].timeline), (&None, &None));
    }

    #[test]
    fn what_is_not_ready_is_left_out() {
        let processing = file("a", 1, "MP4", "active_speaker").replace("completed", "processing");
        assert_eq!(parts(&meeting(&processing)), []);
    }

    #[test]
    fn webinars_are_told_by_their_type() {
        assert!(!meeting("").is_webinar());
        for kind in ["5", "\"6\"", "9"] {
            let text = format!(r#"{{ "uuid": "u", "host_id": "h", "type": {kind} }}"#);
            assert!(serde_json::from_str::<Meeting>(&text).unwrap().is_webinar(), "{kind}");
        }
    }
}
