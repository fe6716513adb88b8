//! From a recording to its transcript.

use std::{ops::ControlFlow, sync::Arc};

use tokio::{sync::mpsc, task::spawn_blocking};

use crate::{
    Audio, DecodeError, Engine, EngineState, EngineStatus, Error, Language, Segment, Separation, Span,
    SpeakerEncoder, Text, Transcript,
    audio::SAMPLE_RATE,
    cutting::cut,
    loop_guard::is_loop,
    speakers::{Voice, speakers},
    utterances::{PAUSE, SHORT_PAUSE, Utterance, utterances},
    voice::{Activity, Listener, energy},
};

/// Nobody spoke where the engine thinks so by this much and is unsure of its text as well. Both bounds are those of
/// OpenAI's reference decoder of Whisper; the second is a mean log-probability of -1.
const NO_SPEECH: f32 = 0.6;
const UNSURE: f32 = 0.37;

/// Utterances that wait, cut, for the engine: enough to keep it busy, few enough to need no memory.
const WAITING: usize = 2;

/// An utterance shorter than this is not tried again in halves.
const HALVED_SECONDS: f32 = 1.0;

/// How a recording is to be transcribed.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The language spoken; found out from the longest utterance when missing.
    pub language: Option<Language>,
    /// The most speakers to tell apart in a recording of one channel, at least 1.
    pub most_speakers: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { language: None, most_speakers: 2 }
    }
}

/// How far a transcription has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Milliseconds of speech that are done.
    pub done_ms: u64,
    /// Milliseconds of speech in the recording, all channels together.
    pub total_ms: u64,
}

/// Transcribes recordings with an engine.
#[derive(Clone)]
pub struct Transcriber {
    engine: Arc<dyn Engine>,
    speaker_encoder: Option<Arc<dyn SpeakerEncoder>>,
}

/// One utterance with what was made of it.
struct Heard {
    utterance: Utterance,
    /// Nothing where no text can be trusted.
    text: Option<Text>,
}

impl Transcriber {
    /// Transcribes with an engine, and tells speakers of one channel apart with an encoder where there is one.
    pub fn new(engine: Arc<dyn Engine>, speaker_encoder: Option<Arc<dyn SpeakerEncoder>>) -> Self {
        Self { engine, speaker_encoder }
    }

    /// The engine.
    pub fn engine(&self) -> &dyn Engine {
        self.engine.as_ref()
    }

    /// Transcribes a recording. `on_progress` is called at the start and after each utterance, and may break off; so does
    /// dropping the future.
    ///
    /// # Errors
    /// See [`Error`]; [`Error::retry`] tells whether a later attempt makes sense.
    pub async fn transcribe(
        &self,
        audio: Arc<dyn Audio>,
        options: Options,
        mut on_progress: impl FnMut(Progress) -> ControlFlow<()> + Send,
    ) -> Result<Transcript, Error> {
        if options.most_speakers == 0 {
            return Err(Error::invalid("most_speakers", "must be at least 1"));
        }
        let EngineStatus { state, model } = self.engine.status().await;
        match state {
            EngineState::Configured => {}
            EngineState::NotConfigured { .. } => return Err(Error::NotConfigured),
            EngineState::Unreachable { reason } => return Err(Error::Unreachable { reason }),
        }
        let activity = listen(audio.clone()).await?;
        let (separation, pause) = self.separation(&activity).await;
        let utterances = utterances(&activity, pause);
        let language = match options.language {
            Some(language) => Some(language),
            None => self.find_language(&audio, &utterances).await?,
        };
        let mut progress =
            Progress { done_ms: 0, total_ms: utterances.iter().map(Utterance::length_ms).sum() };
        let mut report = |progress| match on_progress(progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        };
        report(progress)?;
        let (mut heard, mut voices) = (Vec::new(), Vec::new());
        let mut cuttings = Cuttings::start(audio, utterances);
        while let Some((utterance, samples)) = cuttings.next().await? {
            heard.extend(self.hear(utterance, &samples, language.as_ref()).await?);
            if let (Separation::Diarized, Some(encoder)) = (separation, &self.speaker_encoder) {
                let embedding = encoder.embed(&samples).await?;
                voices.resize(heard.len(), Voice { embedding, length_ms: utterance.length_ms() });
            }
            progress.done_ms += utterance.length_ms();
            report(progress)?;
        }
        let voices = speakers(&voices, options.most_speakers);
        let speaker = |at: usize, channel| match separation {
            Separation::ByChannel => channel,
            Separation::Diarized | Separation::NotSeparated => voices.get(at).copied().unwrap_or_default(),
        };
        let (segments, unclear) = sort(heard, speaker);
        let engine = self.engine.name().to_owned();
        Ok(Transcript { engine, model, language, separation, segments, unclear })
    }

    /// How speakers will be told apart, and the pause that ends an utterance.
    async fn separation(&self, activity: &Activity) -> (Separation, usize) {
        if activity.channels.len() > 1 {
            return (Separation::ByChannel, PAUSE);
        }
        match &self.speaker_encoder {
            Some(encoder) if encoder.is_ready().await => (Separation::Diarized, SHORT_PAUSE),
            _ => (Separation::NotSeparated, PAUSE),
        }
    }

    /// The language of the longest utterance: short ones are easily mistaken.
    async fn find_language(
        &self,
        audio: &Arc<dyn Audio>,
        utterances: &[Utterance],
    ) -> Result<Option<Language>, Error> {
        let Some(longest) = utterances.iter().max_by_key(|utterance| utterance.length_ms()) else {
            return Ok(None);
        };
        let mut cuttings = Cuttings::start(audio.clone(), vec![*longest]);
        match cuttings.next().await? {
            Some((_, samples)) => self.engine.detect_language(&samples).await,
            None => Ok(None),
        }
    }

    /// What is said in an utterance; in halves where the whole sends the engine round in circles.
    async fn hear(
        &self,
        utterance: Utterance,
        samples: &[f32],
        language: Option<&Language>,
    ) -> Result<Vec<Heard>, Error> {
        let text = self.engine.transcribe(samples, language).await?;
        if !is_loop(&text.text, utterance.seconds()) {
            return Ok(vec![Heard { utterance, text: trusted(text) }]);
        }
        if utterance.seconds() < HALVED_SECONDS {
            return Ok(vec![Heard { utterance, text: None }]);
        }
        let middle = quietest(samples);
        let (first, second) = samples.split_at(middle);
        let at = utterance.start + middle;
        let mut heard = Vec::new();
        for (utterance, samples) in
            [(Utterance { end: at, ..utterance }, first), (Utterance { start: at, ..utterance }, second)]
        {
            let text = self.engine.transcribe(samples, language).await?;
            let text = if is_loop(&text.text, utterance.seconds()) { None } else { trusted(text) };
            heard.push(Heard { utterance, text });
        }
        Ok(heard)
    }
}

/// The text, unless the engine itself thinks that nobody spoke.
fn trusted(text: Text) -> Option<Text> {
    let silent = text.no_speech.is_some_and(|likely| likely > NO_SPEECH);
    let unsure = text.confidence.is_some_and(|confidence| confidence < UNSURE);
    (!(silent && unsure)).then_some(text)
}

/// The quietest tenth of a second of the middle third.
fn quietest(samples: &[f32]) -> usize {
    const WINDOW: usize = SAMPLE_RATE / 10;
    let third = samples.len() / 3;
    let windows = samples.chunks(WINDOW).enumerate().map(|(at, window)| (at * WINDOW, energy(window)));
    windows
        .filter(|(at, _)| (third..2 * third).contains(at))
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .map_or(samples.len() / 2, |(at, _)| at)
}

/// Separates what was understood from what was not, with the speaker of each by its position and channel.
fn sort(heard: Vec<Heard>, speaker: impl Fn(usize, usize) -> usize) -> (Vec<Segment>, Vec<Span>) {
    let (mut segments, mut unclear) = (Vec::new(), Vec::new());
    for (at, Heard { utterance, text }) in heard.into_iter().enumerate() {
        let (start_ms, end_ms) = (utterance.start_ms(), utterance.end_ms());
        let channel = utterance.channel;
        let Some(mut text) = text else {
            unclear.push(Span { channel, start_ms, end_ms });
            continue;
        };
        let said = text.text.trim();
        if said.is_empty() {
            continue;
        }
        for word in &mut text.words {
            word.start_ms = (start_ms + word.start_ms).min(end_ms);
            word.end_ms = (start_ms + word.end_ms).clamp(word.start_ms, end_ms);
        }
        let (text, words, confidence) = (said.to_owned(), text.words, text.confidence);
        segments.push(Segment {
            speaker: speaker(at, channel),
            channel,
            start_ms,
            end_ms,
            text,
            words,
            confidence,
        });
    }
    (segments, unclear)
}

/// Listens to the whole recording, on a thread where that may take its time.
async fn listen(audio: Arc<dyn Audio>) -> Result<Activity, Error> {
    let listening = spawn_blocking(move || {
        let mut listener = Listener::default();
        audio.decode(&mut |block| {
            listener.push(block);
            ControlFlow::Continue(())
        })?;
        Ok(listener.finish())
    });
    listening.await.map_err(Error::audio)?.map_err(|error: DecodeError| Error::audio(error))
}

/// Utterances with their samples, which another thread cuts while the engine works.
struct Cuttings {
    ready: mpsc::Receiver<(Utterance, Vec<f32>)>,
    cutting: Option<tokio::task::JoinHandle<Result<(), DecodeError>>>,
}

impl Cuttings {
    fn start(audio: Arc<dyn Audio>, utterances: Vec<Utterance>) -> Self {
        let (sender, ready) = mpsc::channel(WAITING);
        // Nobody waits any more when this is dropped: sending fails, and the thread ends.
        let take = move |utterance, samples| match sender.blocking_send((utterance, samples)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        };
        let cutting = spawn_blocking(move || cut(audio.as_ref(), &utterances, take));
        Self { ready, cutting: Some(cutting) }
    }

    /// The next utterance; nothing after the last.
    async fn next(&mut self) -> Result<Option<(Utterance, Vec<f32>)>, Error> {
        if let Some(next) = self.ready.recv().await {
            return Ok(Some(next));
        }
        match self.cutting.take() {
            Some(cutting) => cutting.await.map_err(Error::audio)?.map(|()| None).map_err(Error::audio),
            None => Ok(None),
        }
    }
}

#[cfg(test)]
#[path = "transcriber_tests.rs"]
mod tests;
