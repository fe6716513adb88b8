//! The engine for OpenAI's interface against a server that others wrote: faster-whisper-server with the same model.

use std::{
    net::TcpListener,
    ops::ControlFlow,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use transcribe::{Engine, EngineState, OpenAi, OpenAiSettings, Options, Separation, Transcriber};

use crate::call::{Call, models, said};

/// Names the program; the test command sets it.
const PROGRAM: &str = "RAPPORT_TEST_SPEECH_SERVER";
/// What the server calls the model.
const MODEL: &str = "whisper-base";

/// The server; dropping it kills it.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test]
#[ignore = "needs faster-whisper-server: cargo xtask test --full"]
async fn a_real_server_writes_the_call_down() {
    let program = std::env::var_os(PROGRAM).expect("RAPPORT_TEST_SPEECH_SERVER names faster-whisper-server");
    // Below the range that the system gives to outgoing connections.
    let port =
        (24_200..24_300).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port");
    // Started with one model alone, it takes any name for it.
    let config = tempfile::NamedTempFile::new().unwrap();
    let path = models().join(MODEL);
    std::fs::write(config.path(), format!("models:\n- {{ name: {MODEL}, path: '{}' }}\n", path.display()))
        .unwrap();
    let mut command = Command::new(program);
    command.arg("--config").arg(config.path()).args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    // The model is at hand, and nothing may be fetched.
    command.env("HF_HUB_OFFLINE", "1").env("OMP_NUM_THREADS", "1").stdout(Stdio::null());
    let _server = Server(command.spawn().expect("the server can be started"));

    let settings = OpenAiSettings {
        base_url: format!("http://127.0.0.1:{port}"),
        model: MODEL.into(),
        model_field: "model_name".into(),
        ..OpenAiSettings::default()
    };
    let engine = Arc::new(OpenAi::new(settings.clone()).unwrap());
    for _ in 0..240 {
        if engine.status().await.state == EngineState::Configured {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let transcriber = Transcriber::new(engine, None);
    let go_on = |_| ControlFlow::Continue(());
    let transcript =
        transcriber.transcribe(Arc::new(Call::start()), Options::default(), go_on).await.unwrap();
    assert_eq!(transcript.separation, Separation::ByChannel);
    assert_eq!(transcript.language.map(|language| language.code()), Some("en"));
    let (agent, customer) = (said(&transcript, 0), said(&transcript, 1));
    assert!(agent.contains("thank you for calling") && agent.contains("how can i help you"), "{agent}");
    assert!(customer.contains("coffee machine last week") && !customer.contains("calling"), "{customer}");
    assert!(transcript.segments.iter().all(|segment| segment.confidence.is_some()));

    let unknown = OpenAi::new(OpenAiSettings { model: "no-such-model".into(), ..settings }).unwrap();
    let error = unknown.transcribe(&[0.1; 16_000], None).await.unwrap_err();
    assert!(!error.retry(), "{error}");
}
