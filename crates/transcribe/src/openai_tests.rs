//! A peer of a few lines answers as servers do, well or badly. That text really comes back is shown against
//! faster-whisper-server with `cargo xtask test --full`.

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::oneshot,
};

use super::*;

/// Answers one request with a status and a body, and hands over what was asked.
async fn peer(status: &'static str, body: String) -> (String, oneshot::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (sender, asked) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
        while !is_whole(&request) {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request breaks off");
            request.extend_from_slice(&buffer[..count]);
        }
        // Not every test looks at it.
        let _ = sender.send(request);
        let length = body.len();
        let reply =
            format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nlocation: /elsewhere\r\n\r\n{body}");
        // A client that has read enough hangs up.
        let _ = stream.write_all(reply.as_bytes()).await;
        let _ = stream.shutdown().await;
    });
    (base, asked)
}

/// Whether the last boundary of a form, or the end of a request without a body, has come.
fn is_whole(request: &[u8]) -> bool {
    let get = request.starts_with(b"GET ") && request.ends_with(b"\r\n\r\n");
    get || (request.starts_with(b"POST ") && request.ends_with(b"--\r\n"))
}

fn engine(base_url: String) -> OpenAi {
    let settings = OpenAiSettings {
        base_url,
        api_key: Some("sk-secret".into()),
        model_field: "model_name".into(),
        timeout: Duration::from_secs(5),
        ..OpenAiSettings::default()
    };
    OpenAi::new(settings).unwrap()
}

async fn asked(status: &'static str, body: &str) -> Result<Text, Error> {
    let (base, _) = peer(status, body.to_owned()).await;
    engine(base).transcribe(&[0.1; 1600], None).await
}

#[tokio::test]
async fn an_utterance_goes_out_as_a_wav_file_and_its_text_comes_back() {
    let body = r#"{"task": "transcribe", "language": "english", "duration": 2.0, "text": " Hello there.",
        "segments": [{"id": 0, "start": 0.0, "end": 1.0, "text": " Hello", "avg_logprob": -0.2, "no_speech_prob": 0.1},
                     {"id": 1, "start": 1.0, "end": 2.0, "text": " there.", "avg_logprob": -0.4, "no_speech_prob": 0.3}],
        "words": [{"word": " Hello", "start": 0.1, "end": 0.9}, {"word": "there.", "start": 1.0, "end": 1.8}]}"#;
    let (base, request) = peer("200 OK", body.to_owned()).await;
    let english: Language = "en".parse().unwrap();
    let text = engine(base).transcribe(&[0.5; 1600], Some(&english)).await.unwrap();
    assert_eq!((text.text.as_str(), text.language), (" Hello there.", Some(english)));
    assert!((text.confidence.unwrap() - (-0.3_f32).exp()).abs() < 1e-4);
    assert_eq!(text.no_speech, Some(0.1));
    let words: Vec<_> =
        text.words.iter().map(|word| (word.text.as_str(), word.start_ms, word.end_ms)).collect();
    assert_eq!(words, [("Hello", 100, 900), ("there.", 1000, 1800)]);

    let request = request.await.unwrap();
    let told = String::from_utf8_lossy(&request);
    assert!(told.starts_with("POST /v1/audio/transcriptions HTTP/1.1\r\n"));
    assert!(told.to_lowercase().contains("authorization: bearer sk-secret\r\n"));
    for (field, value) in
        [("model_name", "whisper-1"), ("language", "en"), ("response_format", "verbose_json")]
    {
        assert!(told.contains(&format!("name=\"{field}\"\r\n\r\n{value}\r\n")), "{field} in {told}");
    }
    let start = request.windows(4).position(|bytes| bytes == b"RIFF").unwrap();
    let mut wav = hound::WavReader::new(&request[start..]).unwrap();
    assert_eq!((wav.spec().channels, wav.spec().sample_rate, wav.len()), (1, 16_000, 1600));
    assert_eq!(wav.samples::<i16>().next().unwrap().unwrap(), 16_383);
}

#[tokio::test]
async fn servers_that_tell_little_are_understood() {
    let text = asked("200 OK", r#"{"text": "Hello"}"#).await.unwrap();
    assert_eq!(text, Text { text: "Hello".into(), ..Text::default() });
    let text =
        asked("200 OK", r#"{"text": "", "language": "xx", "segments": null, "words": null}"#).await.unwrap();
    assert_eq!(text, Text::default());
}

#[tokio::test]
async fn refusals_say_why_and_whether_to_try_again() {
    let refused = |status, body| async move { asked(status, body).await.unwrap_err() };
    let error = refused("401 Unauthorized", r#"{"error": {"message": "Incorrect API key provided"}}"#).await;
    assert_eq!(
        error.to_string(),
        "the transcription engine refused the key: 401 Unauthorized: Incorrect API key provided"
    );
    assert!(error.retry());
    assert!(matches!(refused("429 Too Many Requests", "slow down").await, Error::Busy { .. }));
    assert!(refused("503 Service Unavailable", "").await.retry());
    for status in ["400 Bad Request", "404 Not Found", "413 Payload Too Large", "307 Temporary Redirect"] {
        let error = refused(status, "no").await;
        assert!(matches!(error, Error::Refused { .. }) && !error.retry(), "{status}: {error}");
    }
    for body in ["", "Hello", "[1]", r#"{"segments": []}"#, r#"{"text": "x", "segments": [{"id": 1}]}"#] {
        assert!(matches!(refused("200 OK", body).await, Error::Refused { .. }), "{body}");
    }
}

#[tokio::test]
async fn a_reply_without_end_is_cut_off() {
    let (base, _) = peer("200 OK", "x".repeat(MOST_REPLY + 1)).await;
    let error = engine(base).transcribe(&[0.1; 16], None).await.unwrap_err();
    assert!(error.to_string().contains("longer than"), "{error}");
}

#[tokio::test]
async fn the_status_tells_whether_the_server_is_there() {
    let (base, request) = peer("404 Not Found", String::new()).await;
    let status = engine(base).status().await;
    assert_eq!((status.state, status.model.as_deref()), (EngineState::Configured, Some("whisper-1")));
    assert!(request.await.unwrap().starts_with(b"GET /v1/models "));
    let (base, _) = peer("401 Unauthorized", String::new()).await;
    assert!(matches!(engine(base).status().await.state, EngineState::Unreachable { .. }));
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let gone = engine(format!("http://{free}"));
    let EngineState::Unreachable { reason } = gone.status().await.state else { panic!("it is not there") };
    assert!(!reason.contains(&free.port().to_string()), "{reason}");
    assert!(gone.transcribe(&[0.0; 16], None).await.unwrap_err().retry());
}

#[test]
fn settings_are_checked_and_the_key_is_not_shown() {
    let with = |change: fn(&mut OpenAiSettings)| {
        let mut settings = OpenAiSettings { api_key: Some("sk-secret".into()), ..OpenAiSettings::default() };
        change(&mut settings);
        match OpenAi::new(settings) {
            Ok(engine) => format!("{:?}", engine.settings),
            Err(Error::Invalid { field, .. }) => field.to_owned(),
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!(with(|settings| settings.base_url = "ftp://example.org".into()), "base_url");
    assert_eq!(with(|settings| settings.path = "inference".into()), "path");
    assert_eq!(with(|settings| settings.model = String::new()), "model");
    assert_eq!(with(|settings| settings.model_field = String::new()), "model_field");
    assert_eq!(with(|settings| settings.timeout = Duration::ZERO), "timeout");
    assert!(!with(|_| ()).contains("sk-secret"));
}
