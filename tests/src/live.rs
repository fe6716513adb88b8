//! A client of the event stream.

use std::marker::PhantomData;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use types::event::{ClientFrame, ServerFrame};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A socket that has said who it is. `E` is what it hears: events of users or of visitors.
pub struct LiveSocket<E> {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The position of what was heard last: resume with it.
    pub cursor: String,
    /// Whether the server asked to fetch everything anew.
    pub reset: bool,
    heard: PhantomData<E>,
}

impl<E: DeserializeOwned> LiveSocket<E> {
    pub(crate) async fn open(base: &str, token: &str, since: Option<&str>) -> Self {
        let base = base.replacen("http", "ws", 1);
        let query = since.map(|cursor| format!("?since={cursor}")).unwrap_or_default();
        let (stream, _) = connect_async(format!("{base}/v1/live{query}")).await.unwrap();
        let mut socket = Self { stream, cursor: String::new(), reset: false, heard: PhantomData };
        socket.authenticate(token).await;
        match socket.next_frame(PATIENCE).await {
            Some(ServerFrame::Ready { cursor, .. }) => socket.cursor = cursor,
            other => panic!("the server did not say that it is ready: {}", describe(other.as_ref())),
        }
        socket
    }

    /// Says who listens, at the start or with a fresh token.
    pub async fn authenticate(&mut self, token: &str) {
        let frame = ClientFrame::Authenticate { token: token.to_owned() };
        let text = serde_json::to_string(&frame).unwrap();
        self.stream.send(Message::text(text)).await.unwrap();
    }

    /// The next frame; nothing when none comes in time or the connection has ended.
    pub async fn next_frame(&mut self, within: Duration) -> Option<ServerFrame<serde_json::Value>> {
        let deadline = Instant::now() + within;
        loop {
            match timeout_at(deadline, self.stream.next()).await {
                Ok(Some(Ok(Message::Text(text)))) => return Some(serde_json::from_str(&text).unwrap()),
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) | Err(_) => return None,
                Ok(Some(Ok(_))) => {}
            }
        }
    }

    /// The next event within a time.
    pub async fn next_within(&mut self, within: Duration) -> Option<E> {
        loop {
            match self.next_frame(within).await? {
                ServerFrame::Event(envelope) => {
                    if let Some(cursor) = envelope.cursor {
                        self.cursor = cursor;
                    }
                    return Some(serde_json::from_value(envelope.event).unwrap());
                }
                ServerFrame::Reset { cursor } => {
                    self.cursor = cursor;
                    self.reset = true;
                }
                ServerFrame::Ended { .. } => return None,
                ServerFrame::Ready { .. } | ServerFrame::Pong => {}
            }
        }
    }

    /// The first event that fits; those before it are passed over.
    pub async fn next_event(&mut self, fits: impl Fn(&E) -> bool) -> E {
        self.until(fits).await.pop().unwrap()
    }

    /// All events up to the first that fits.
    pub async fn until(&mut self, fits: impl Fn(&E) -> bool) -> Vec<E> {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while Instant::now() < deadline {
            let Some(event) = self.next_within(PATIENCE).await else { break };
            let last = fits(&event);
            heard.push(event);
            if last {
                return heard;
            }
        }
        panic!("the event did not come");
    }

    /// Every event that comes until nothing came for a while.
    pub async fn drain(&mut self, quiet: Duration) -> Vec<E> {
        let mut events = Vec::new();
        while let Some(event) = self.next_within(quiet).await {
            events.push(event);
        }
        events
    }

    /// Whether the server ends the connection within a time, by a word or by closing it.
    pub async fn ends_within(&mut self, within: Duration) -> bool {
        let deadline = Instant::now() + within;
        loop {
            match timeout_at(deadline, self.stream.next()).await {
                Ok(Some(Ok(Message::Text(text)))) if text.contains("\"ended\"") => return true,
                Ok(Some(Ok(Message::Close(_)) | Err(_)) | None) => return true,
                Ok(Some(Ok(_))) => {}
                Err(_) => return false,
            }
        }
    }
}

fn describe(frame: Option<&ServerFrame<serde_json::Value>>) -> String {
    format!("{frame:?}")
}
