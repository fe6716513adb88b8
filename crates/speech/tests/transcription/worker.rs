//! The worker as the server uses it.

use std::{ops::ControlFlow, path::PathBuf, process::Command, sync::Arc, time::Duration};

use transcribe::{
    Engine, EngineState, Error, Options, SAMPLE_RATE, Separation, SpeakerEncoder, Transcriber, Transcript,
    Worker, WorkerSettings,
};

use crate::call::{Call, models, said};

fn worker(timeout: Duration) -> Arc<Worker> {
    at(models(), timeout)
}

fn at(models: PathBuf, timeout: Duration) -> Arc<Worker> {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_rapport-speech"));
    Arc::new(Worker::new(WorkerSettings { program, models, timeout }))
}

const PATIENCE: Duration = Duration::from_mins(5);

async fn transcribe(worker: &Arc<Worker>, call: Call) -> Result<Transcript, Error> {
    let transcriber = Transcriber::new(worker.clone(), Some(worker.clone()));
    transcriber.transcribe(Arc::new(call), Options::default(), |_| ControlFlow::Continue(())).await
}

fn signal(process: u32, name: &str) {
    assert!(Command::new("kill").args([name, &process.to_string()]).status().unwrap().success());
}

fn runs(process: u32) -> bool {
    // A process that ended and waits to be collected is dead as well.
    std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

#[tokio::test]
async fn each_channel_is_written_down_as_its_speaker() {
    let worker = worker(PATIENCE);
    let status = worker.status().await;
    assert_eq!((status.state, status.model.as_deref()), (EngineState::Configured, Some("whisper-base")));
    let transcript = transcribe(&worker, Call::start()).await.unwrap();
    assert_eq!(transcript.separation, Separation::ByChannel);
    assert_eq!(transcript.language.map(|language| language.code()), Some("en"));
    let (agent, customer) = (said(&transcript, 0), said(&transcript, 1));
    assert!(agent.contains("thank you for calling") && agent.contains("how can i help you"), "{agent}");
    assert!(customer.contains("coffee machine last week") && !customer.contains("calling"), "{customer}");
    assert!(transcript.segments.iter().all(|segment| segment.confidence.is_some()));
    assert_eq!(transcript.unclear, [], "{:?}", transcript.segments);
}

#[tokio::test]
async fn speakers_of_one_channel_are_told_apart_by_voice() {
    let transcript = transcribe(&worker(PATIENCE), Call::start().mixed()).await.unwrap();
    assert_eq!(transcript.separation, Separation::Diarized);
    let (agent, customer) = (said(&transcript, 0), said(&transcript, 1));
    assert!(agent.contains("thank you for calling") && !agent.contains("coffee"), "{agent}");
    assert!(customer.contains("coffee machine") && !customer.contains("calling"), "{customer}");
}

#[tokio::test]
async fn killed_in_the_middle_it_leaves_no_half_transcript_and_starts_again() {
    let worker = worker(PATIENCE);
    worker.status().await;
    let process = worker.process_id().await.unwrap();
    // Stopped first, so that it is certainly killed in the middle.
    signal(process, "-STOP");
    let killing = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        // Nobody who asks for the status waits for the utterance.
        assert_eq!(worker.status().await.state, EngineState::Configured);
        signal(process, "-KILL");
    };
    let (error, ()) = tokio::join!(worker.transcribe(&[0.1; 16_000], None), killing);
    let error = error.unwrap_err();
    assert!(error.retry() && error.to_string().contains("broke off"), "{error}");
    assert!(worker.is_ready().await);
    assert_ne!(worker.process_id().await, Some(process));
}

#[tokio::test]
async fn without_an_answer_in_time_it_is_killed() {
    let worker = worker(Duration::from_millis(500));
    assert_eq!(worker.status().await.state, EngineState::Configured);
    let process = worker.process_id().await.unwrap();
    signal(process, "-STOP");
    let error = worker.transcribe(&[0.1; 16_000], None).await.unwrap_err();
    assert!(error.retry() && error.to_string().contains("no answer within 0.5 s"), "{error}");
    assert_eq!(worker.process_id().await, None);
    for _ in 0..100 {
        if !runs(process) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it still runs");
}

#[tokio::test]
async fn giving_up_in_the_middle_kills_it() {
    let worker = worker(PATIENCE);
    worker.status().await;
    let process = worker.process_id().await.unwrap();
    signal(process, "-STOP");
    let given_up =
        tokio::time::timeout(Duration::from_millis(200), worker.transcribe(&[0.1; 16_000], None)).await;
    assert!(given_up.is_err());
    assert_eq!(worker.process_id().await, None);
    assert!(worker.is_ready().await);
}

#[tokio::test]
async fn what_is_missing_is_said() {
    let empty = at(std::env::temp_dir().join("rapport-no-models"), PATIENCE);
    assert!(matches!(empty.status().await.state, EngineState::NotConfigured { .. }));
    assert!(!empty.is_ready().await);
    let error = empty.transcribe(&[0.1; 16_000], None).await.unwrap_err();
    assert!(!error.retry() && error.to_string().contains("vocabulary.json"), "{error}");
    // It goes on after a failure.
    assert!(empty.process_id().await.is_some());

    let settings = WorkerSettings {
        program: "/nowhere/rapport-speech".into(),
        models: PathBuf::new(),
        timeout: PATIENCE,
    };
    let none = Worker::new(settings);
    let EngineState::NotConfigured { reason } = none.status().await.state else { panic!("there is none") };
    assert!(reason.contains("/nowhere/rapport-speech"), "{reason}");
    assert!(!none.is_ready().await);
}

#[tokio::test]
async fn what_it_cannot_do_is_refused() {
    let worker = worker(PATIENCE);
    let too_long = vec![0.1; 31 * SAMPLE_RATE];
    let error = worker.transcribe(&too_long, None).await.unwrap_err();
    assert!(!error.retry() && error.to_string().contains("thirty seconds"), "{error}");
    let error = worker.embed(&[0.0; 16_000]).await.unwrap_err();
    assert!(!error.retry() && error.to_string().contains("no sound"), "{error}");
}
