use std::{
    collections::VecDeque,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::future::{BoxFuture, FutureExt, ready};

use super::*;
use crate::{NoEngine, buzz::buzz};

/// Says what it was told to, utterance by utterance.
#[derive(Default)]
struct Scripted {
    lines: Mutex<VecDeque<Result<Text, Error>>>,
    lengths: Mutex<Vec<usize>>,
    languages: Mutex<Vec<Option<Language>>>,
    detections: AtomicUsize,
}

impl Scripted {
    fn saying(lines: &[&str]) -> Arc<Self> {
        let text = |line: &&str| Ok(Text { text: (*line).to_owned(), ..Text::default() });
        Arc::new(Self { lines: Mutex::new(lines.iter().map(text).collect()), ..Self::default() })
    }
}

impl Engine for Scripted {
    fn name(&self) -> &'static str {
        "scripted"
    }

    fn status(&self) -> BoxFuture<'_, EngineStatus> {
        let model = Some("script".to_owned());
        ready(EngineStatus { state: EngineState::Configured, model }).boxed()
    }

    fn detect_language<'a>(&'a self, _: &'a [f32]) -> BoxFuture<'a, Result<Option<Language>, Error>> {
        self.detections.fetch_add(1, Ordering::Relaxed);
        ready(Ok(Language::named("fr"))).boxed()
    }

    fn transcribe<'a>(
        &'a self,
        speech: &'a [f32],
        language: Option<&'a Language>,
    ) -> BoxFuture<'a, Result<Text, Error>> {
        self.lengths.lock().unwrap().push(speech.len());
        self.languages.lock().unwrap().push(language.copied());
        ready(self.lines.lock().unwrap().pop_front().unwrap()).boxed()
    }
}

/// Tells voices apart by their pitch: high or low.
struct Pitch;

impl SpeakerEncoder for Pitch {
    fn is_ready(&self) -> BoxFuture<'_, bool> {
        ready(true).boxed()
    }

    fn embed<'a>(&'a self, speech: &'a [f32]) -> BoxFuture<'a, Result<Vec<f32>, Error>> {
        let crossings = speech.windows(2).filter(|pair| pair[0] <= 0.0 && pair[1] > 0.0).count();
        let high = crossings as f32 / speech.len() as f32 * SAMPLE_RATE as f32 > 150.0;
        ready(Ok(if high { vec![1.0, 0.0] } else { vec![0.0, 1.0] })).boxed()
    }
}

/// A recording in memory.
#[derive(Clone)]
struct Recording(Vec<Vec<f32>>);

impl Audio for Recording {
    fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError> {
        let length = self.0.first().map_or(0, Vec::len);
        for at in (0..length).step_by(4000) {
            let end = (at + 4000).min(length);
            let block: Vec<_> = self.0.iter().map(|channel| channel[at..end].to_vec()).collect();
            if sink(&block).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// Seconds of silence in which buzzes, which the detector takes for voices, have a pitch and a place in seconds.
fn channel(seconds: usize, buzzes: &[(f32, f32, f32)]) -> Vec<f32> {
    let mut samples = vec![0.0; seconds * SAMPLE_RATE];
    for (pitch, from, to) in buzzes {
        let range = (from * SAMPLE_RATE as f32) as usize..(to * SAMPLE_RATE as f32) as usize;
        let voice = buzz(range.len(), *pitch, 0.2);
        samples[range].copy_from_slice(&voice);
    }
    samples
}

fn go_on(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

async fn transcribe(engine: Arc<Scripted>, channels: Vec<Vec<f32>>) -> Result<Transcript, Error> {
    let transcriber = Transcriber::new(engine, None);
    transcriber.transcribe(Arc::new(Recording(channels)), Options::default(), go_on).await
}

#[tokio::test]
async fn two_channels_are_two_speakers_in_the_order_of_time() {
    let engine = Scripted::saying(&["Hello?", " Good morning. ", "How can I help?"]);
    let channels =
        vec![channel(12, &[(120.0, 1.0, 3.0), (120.0, 8.0, 11.0)]), channel(12, &[(210.0, 4.0, 7.0)])];
    let transcript = transcribe(engine.clone(), channels).await.unwrap();
    let said: Vec<_> = transcript.segments.iter().map(|one| (one.speaker, one.text.as_str())).collect();
    assert_eq!(said, [(0, "Hello?"), (1, "Good morning."), (0, "How can I help?")]);
    assert_eq!(transcript.separation, Separation::ByChannel);
    assert_eq!((transcript.engine.as_str(), transcript.model.as_deref()), ("scripted", Some("script")));
    let [first, second, _] = transcript.segments.as_slice() else { panic!("three segments") };
    assert!((600..1000).contains(&first.start_ms) && (3000..3400).contains(&first.end_ms), "{first:?}");
    assert!((3600..4000).contains(&second.start_ms), "{second:?}");
    // The language is found out once, and then given.
    assert_eq!(engine.detections.load(Ordering::Relaxed), 1);
    assert_eq!(*engine.languages.lock().unwrap(), [Language::named("fr"); 3]);
    assert_eq!(transcript.language, Language::named("fr"));
}

// PITFALL-93
#[tokio::test]
async fn silence_gives_nothing_and_asks_nobody() {
    let engine = Scripted::saying(&[]);
    for channels in [vec![], vec![vec![]], vec![channel(5, &[])], vec![channel(5, &[]), channel(5, &[])]] {
        let transcript = transcribe(engine.clone(), channels).await.unwrap();
        assert_eq!((transcript.segments, transcript.unclear, transcript.language), (vec![], vec![], None));
    }
    assert_eq!(engine.detections.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn a_loop_is_tried_in_halves_and_what_stays_one_is_unclear() {
    let looping = "thank you ".repeat(9);
    let engine = Scripted::saying(&[&looping, "I ordered a machine.", &looping]);
    let transcript = transcribe(engine.clone(), vec![channel(8, &[(120.0, 1.0, 6.0)])]).await.unwrap();
    assert_eq!(transcript.segments.len(), 1);
    assert_eq!(transcript.segments[0].text, "I ordered a machine.");
    assert_eq!(transcript.unclear.len(), 1);
    assert_eq!(transcript.unclear[0].start_ms, transcript.segments[0].end_ms);
    let lengths = engine.lengths.lock().unwrap().clone();
    assert_eq!(lengths[0], lengths[1] + lengths[2]);
}

#[tokio::test]
async fn what_the_engine_itself_doubts_is_unclear() {
    let doubtful = |no_speech, confidence| {
        let (text, words) = ("Thanks for watching.".to_owned(), Vec::new());
        Ok(Text { text, words, language: None, no_speech: Some(no_speech), confidence: Some(confidence) })
    };
    let engine = Arc::new(Scripted {
        lines: Mutex::new([doubtful(0.9, 0.2), doubtful(0.9, 0.8), doubtful(0.1, 0.2)].into()),
        ..Scripted::default()
    });
    let channels = vec![channel(12, &[(120.0, 1.0, 3.0), (120.0, 5.0, 7.0), (120.0, 9.0, 11.0)])];
    let transcript = transcribe(engine, channels).await.unwrap();
    assert_eq!((transcript.segments.len(), transcript.unclear.len()), (2, 1));
    assert_eq!(transcript.segments[0].confidence, Some(0.8));
}

#[tokio::test]
async fn one_channel_is_separated_by_voice_where_that_is_possible() {
    let audio =
        vec![channel(14, &[(210.0, 1.0, 3.0), (100.0, 4.0, 6.0), (210.0, 7.0, 9.0), (100.0, 10.0, 12.0)])];
    let lines = ["One.", "Two.", "Three.", "Four."];
    let alone = transcribe(Scripted::saying(&lines), audio.clone()).await.unwrap();
    assert_eq!(alone.separation, Separation::NotSeparated);
    assert!(alone.segments.iter().all(|segment| segment.speaker == 0));

    let transcriber = Transcriber::new(Scripted::saying(&lines), Some(Arc::new(Pitch)));
    let same = vec![audio[0].clone(), audio[0].clone()];
    let recording = Arc::new(Recording(same));
    let transcript = transcriber.transcribe(recording, Options::default(), go_on).await.unwrap();
    assert_eq!(transcript.separation, Separation::Diarized);
    let speakers: Vec<_> = transcript.segments.iter().map(|segment| segment.speaker).collect();
    assert_eq!(speakers, [0, 1, 0, 1]);
}

#[tokio::test]
async fn progress_is_told_and_can_break_off() {
    let channels = vec![channel(12, &[(120.0, 1.0, 3.0), (120.0, 5.0, 8.0)])];
    let engine = Scripted::saying(&["One.", "Two."]);
    let mut told = Vec::new();
    let recording = Arc::new(Recording(channels));
    let transcriber = Transcriber::new(engine, None);
    let note = |progress: Progress| {
        told.push(progress);
        ControlFlow::Continue(())
    };
    transcriber.transcribe(recording.clone(), Options::default(), note).await.unwrap();
    let total = told[0].total_ms;
    assert!((5000..7000).contains(&total), "{total} ms");
    assert_eq!(
        told.iter().map(|progress| progress.done_ms == total).collect::<Vec<_>>(),
        [false, false, true]
    );

    let engine = Scripted::saying(&["One.", "Two."]);
    let transcriber = Transcriber::new(engine.clone(), None);
    let stop = |progress: Progress| {
        if progress.done_ms > 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let stopped = transcriber.transcribe(recording, Options::default(), stop).await;
    assert!(matches!(stopped, Err(Error::Cancelled)));
    assert_eq!(engine.lengths.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_failure_in_the_middle_gives_no_half_transcript() {
    let lines = [Ok(Text::default()), Err(Error::unreachable("gone"))];
    let engine = Arc::new(Scripted { lines: Mutex::new(lines.into()), ..Scripted::default() });
    let failed = transcribe(engine, vec![channel(12, &[(120.0, 1.0, 3.0), (120.0, 5.0, 8.0)])]).await;
    assert!(failed.unwrap_err().retry());
}

#[tokio::test]
async fn without_an_engine_or_a_readable_recording_there_is_an_error_that_says_so() {
    let audio: Arc<dyn Audio> = Arc::new(Recording(vec![channel(5, &[])]));
    let none = Transcriber::new(Arc::new(NoEngine), None);
    let error = none.transcribe(audio, Options::default(), go_on).await.unwrap_err();
    assert_eq!(error.to_string(), "no transcription engine is configured");
    assert!(!error.retry());

    struct Broken;
    impl Audio for Broken {
        fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError> {
            let _ = sink(&[vec![0.0; 16_000]]);
            Err("the file ends early".into())
        }
    }
    let transcriber = Transcriber::new(Scripted::saying(&[]), None);
    let error = transcriber.transcribe(Arc::new(Broken), Options::default(), go_on).await.unwrap_err();
    assert_eq!(error.to_string(), "the recording cannot be decoded: the file ends early");
    let options = Options { most_speakers: 0, ..Options::default() };
    let error = transcriber.transcribe(Arc::new(Recording(vec![])), options, go_on).await.unwrap_err();
    assert!(matches!(error, Error::Invalid { field: "most_speakers", .. }));
}
