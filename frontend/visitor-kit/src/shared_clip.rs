//! What the bundle of shared clips is told, by the server's page and by the API.

use types::clips::{CutState, OpenSharedClip, OpenedClip, SharedClip, SharedPassage, SharedTranscript};

use crate::config::Texts;
use crate::endpoints::SHARED_CLIPS;
use crate::json::{Json, Object, Read, Write};

/// What the server's page tells the bundle, in its data block `rapport-config`.
pub struct Config {
    /// The link's secret.
    pub token: String,
    /// The language of the texts, for example `fr`.
    pub locale: String,
    /// The texts.
    pub texts: Texts,
    /// What the clip is.
    pub clip: SharedClip,
}

/// Where the facts of a clip are asked for.
pub fn address(token: &str) -> String {
    [SHARED_CLIPS, token].concat()
}

/// Where a clip is opened.
pub fn open_address(token: &str) -> String {
    [SHARED_CLIPS, token, "/open"].concat()
}

/// A moment as people read it: `1:07`, or `1:02:03` from an hour on.
pub fn clock(ms: i64) -> String {
    let seconds = ms / 1000;
    let two = |number: i64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let minutes = seconds / 60 % 60;
    match seconds / 3600 {
        0 => [&minutes.to_string(), ":", &two(seconds % 60)].concat(),
        hours => [&hours.to_string(), ":", &two(minutes), ":", &two(seconds % 60)].concat(),
    }
}

/// The passage that is heard at a moment; of two that are, the one that began last.
pub fn passage_at(passages: &[SharedPassage], ms: i64) -> Option<usize> {
    passages.iter().rposition(|passage| (passage.from_ms..passage.until_ms).contains(&ms))
}

impl Read for Config {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            token: json.text("token")?,
            locale: json.text("locale")?,
            texts: Texts::of(json.field("texts")?),
            clip: json.object("clip")?,
        })
    }
}

impl Read for SharedClip {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            title: json.text("title")?,
            company_name: json.text("company_name")?,
            color: json.text("color")?,
            state: match json.text("state")?.as_str() {
                "making" => CutState::Making,
                "failed" => CutState::Failed,
                _ => CutState::Ready,
            },
            duration_ms: json.number("duration_ms")?,
            has_picture: json.flag("has_picture")?,
            picture_left_out: json.flag("picture_left_out")?,
            has_password: json.flag("has_password")?,
            has_transcript: json.flag("has_transcript")?,
            expires_at: json.time("expires_at")?,
        })
    }
}

impl Read for OpenedClip {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            media_url: json.text("media_url")?,
            transcript_url: json.text("transcript_url"),
            expires_at: json.time("expires_at")?,
        })
    }
}

impl Read for SharedTranscript {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { passages: json.list("passages")? })
    }
}

impl Read for SharedPassage {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            from_ms: json.number("from_ms")?,
            until_ms: json.number("until_ms")?,
            speaker: json.text("speaker"),
            text: json.text("text")?,
        })
    }
}

impl Write for OpenSharedClip {
    fn write(&self, object: &mut Object) {
        object.optional("password", self.password.as_deref());
    }
}

#[cfg(test)]
mod tests {
    use types::Timestamp;

    use super::*;
    use crate::json;

    fn passage(from_ms: i64, until_ms: i64) -> SharedPassage {
        SharedPassage { from_ms, until_ms, speaker: Some("Zoë".into()), text: "The price".into() }
    }

    fn clip(state: CutState) -> SharedClip {
        SharedClip {
            title: "The price".into(),
            company_name: "Atelier Sud".into(),
            color: "#0b6e4f".into(),
            state,
            duration_ms: 30_040,
            has_picture: false,
            picture_left_out: true,
            has_password: true,
            has_transcript: false,
            expires_at: Timestamp(1_772_443_800_250_000),
        }
    }

    #[test]
    fn what_serde_writes_is_read() {
        for &state in CutState::ALL {
            let written = serde_json::to_string(&clip(state)).unwrap();
            assert_eq!(json::read::<SharedClip>(&written), Some(clip(state)));
        }
        let opened = OpenedClip {
            media_url: "/v1/x".into(),
            transcript_url: None,
            expires_at: Timestamp(1_772_443_800_000_000),
        };
        assert_eq!(json::read(&serde_json::to_string(&opened).unwrap()), Some(opened));
        let unnamed = SharedPassage { speaker: None, ..passage(0, 900) };
        let transcript = SharedTranscript { passages: vec![passage(0, 1000), unnamed] };
        assert_eq!(json::read(&serde_json::to_string(&transcript).unwrap()), Some(transcript));
    }

    #[test]
    fn serde_reads_what_is_written() {
        for password in [None, Some("four \"oak\" chairs".to_owned())] {
            let request = OpenSharedClip { password };
            assert_eq!(serde_json::from_str::<OpenSharedClip>(&json::write(&request)).unwrap(), request);
        }
    }

    #[test]
    fn the_pages_data_block_is_understood() {
        let block = serde_json::json!({
            "token": "t", "locale": "fr", "texts": { "play": "Lire" }, "clip": clip(CutState::Ready)
        });
        let config = json::read::<Config>(&block.to_string()).unwrap();
        assert_eq!((config.token.as_str(), config.texts.get("play").as_str()), ("t", "Lire"));
        assert_eq!(config.clip, clip(CutState::Ready));
    }

    #[test]
    fn the_passage_that_is_heard_is_found() {
        let passages = [passage(0, 1000), passage(800, 2000), passage(3000, 4000)];
        let found = [0, 799, 900, 1999, 2000, 3000, 4000].map(|ms| passage_at(&passages, ms));
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(1), None, Some(2), None]);
    }

    #[test]
    fn moments_are_readable() {
        assert_eq!([0, 67_900, 3_723_000].map(clock), ["0:00", "1:07", "1:02:03"]);
    }
}
