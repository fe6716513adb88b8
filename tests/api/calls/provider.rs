//! A fake of a telephony provider that hands recordings out, as Twilio does: to whoever sends the account's credential.
//! Below `/moved` it answers with a redirect to the same below `/recordings`.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The fake; it ends with the test's runtime.
pub struct FakeProvider {
    base: String,
    state: Arc<State>,
}

struct State {
    recording: Vec<u8>,
    authorization: String,
    asked: Mutex<Vec<String>>,
}

impl FakeProvider {
    /// Starts it with one recording, for an account with this SID and secret.
    pub async fn start(recording: Vec<u8>, (sid, token): (&str, &str)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let authorization = format!("authorization: basic {}", STANDARD.encode(format!("{sid}:{token}")));
        let state = Arc::new(State { recording, authorization, asked: Mutex::default() });
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, shared.clone()));
            }
        });
        Self { base, state }
    }

    /// The address of something at this path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// What it was asked for.
    pub fn asked(&self) -> Vec<String> {
        self.state.asked.lock().unwrap().clone()
    }
}

async fn answer(mut stream: TcpStream, state: Arc<State>) {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(count) => head.extend_from_slice(&buffer[..count]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let target = head.split(' ').nth(1).unwrap_or_default().to_owned();
    state.asked.lock().unwrap().push(target.clone());
    let authorization = state.authorization.to_lowercase();
    let is_known = head.lines().any(|line| line.to_lowercase() == authorization);
    let (status, location, body) = if let Some(rest) = target.strip_prefix("/moved") {
        ("302 Found", format!("Location: /recordings{rest}\r\n"), [].as_slice())
    } else if is_known {
        ("200 OK", String::new(), state.recording.as_slice())
    } else {
        ("401 Unauthorized", String::new(), [].as_slice())
    };
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status}\r\n{location}Connection: close\r\nContent-Length: {length}\r\n\r\n");
    // A client that went away needs no reply.
    let _ = stream.write_all(&[head.as_bytes(), body].concat()).await;
}
