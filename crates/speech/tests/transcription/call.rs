//! The test call, its models, and what was understood of it.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::Command,
};

use transcribe::{Audio, DecodeError, SAMPLE_RATE, Transcript};

/// The start of the call: one turn of each speaker.
const SECONDS: usize = 13;

/// Part of the test call, a list of samples for each channel.
pub struct Call(Vec<Vec<f32>>);

impl Audio for Call {
    fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError> {
        let _ = sink(&self.0);
        Ok(())
    }
}

impl Call {
    pub fn start() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/audio/call_synth_stereo.ogg");
        let mut ffmpeg = Command::new("ffmpeg");
        ffmpeg.args(["-v", "error", "-t", &SECONDS.to_string(), "-i"]).arg(file);
        ffmpeg.args(["-f", "f32le", "-ar", &SAMPLE_RATE.to_string(), "-"]);
        let output = ffmpeg.output().expect("ffmpeg can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let samples: Vec<f32> =
            output.stdout.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        assert_eq!(samples.len(), SECONDS * SAMPLE_RATE * 2);
        let channel = |at: usize| samples.iter().skip(at).step_by(2).copied().collect();
        Self(vec![channel(0), channel(1)])
    }

    pub fn mixed(self) -> Self {
        let [left, right] = self.0.as_slice() else { panic!("two channels") };
        Self(vec![left.iter().zip(right).map(|(left, right)| (left + right) / 2.0).collect()])
    }
}

/// The folder of the models.
pub fn models() -> PathBuf {
    let default = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models");
    let models = std::env::var_os("RAPPORT_TEST_SPEECH_MODELS").map_or_else(default, PathBuf::from);
    assert!(
        models.join("installed").exists(),
        "install the speech models first: cargo xtask speech --into target/models ({})",
        models.display()
    );
    models
}

/// What a speaker said, in lower case.
pub fn said(transcript: &Transcript, speaker: usize) -> String {
    let segments = transcript.segments.iter().filter(|segment| segment.speaker == speaker);
    segments.map(|segment| segment.text.to_lowercase()).collect::<Vec<_>>().join(" ")
}
