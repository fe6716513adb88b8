//! A fake of a transcription server with OpenAI's interface. It says `Utterance N` to the N-th utterance that it is asked
//! for, or refuses; what real servers do is tested beside the engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The fake; it ends with the test's runtime.
pub struct FakeSpeechServer {
    /// Where it listens.
    pub url: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    utterances: AtomicUsize,
    /// The status that everything is answered with; 0 for success.
    refusal: AtomicUsize,
}

impl FakeSpeechServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State::default());
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, shared.clone()));
            }
        });
        Self { url, state }
    }

    /// Answers everything with this status from now on; 0 for success.
    pub fn refuse_with(&self, status: usize) {
        self.state.refusal.store(status, Ordering::SeqCst);
    }
}

async fn answer(mut stream: TcpStream, state: Arc<State>) {
    let mut request = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let is_whole = |request: &[u8]| {
        let text = String::from_utf8_lossy(request).to_lowercase();
        let Some((head, _)) = text.split_once("\r\n\r\n") else { return false };
        if head.contains("transfer-encoding: chunked") {
            return request.ends_with(b"0\r\n\r\n");
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let start = request.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
        request.len() >= start + length.map_or(0, |length| length.trim().parse().unwrap())
    };
    while !is_whole(&request) {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => request.extend_from_slice(&buffer[..count]),
        }
    }
    let refusal = state.refusal.load(Ordering::SeqCst);
    let (status, body) = if refusal > 0 {
        (refusal, r#"{"error":{"message":"no"}}"#.to_owned())
    } else if request.starts_with(b"POST") {
        let number = state.utterances.fetch_add(1, Ordering::SeqCst) + 1;
        (200, format!(r#"{{"text":"Utterance {number}","language":"english"}}"#))
    } else {
        (200, r#"{"data":[]}"#.to_owned())
    };
    let head = format!("HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n");
    let reply = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
    // A client that went away needs no reply.
    let _ = stream.write_all(reply.as_bytes()).await;
}
