//! Many WebSockets that wait for messages with a time stamp.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// How many sockets are being opened at a time.
const OPENING: usize = 64;

/// How long opening one may take.
const PATIENCE: Duration = Duration::from_secs(30);

type Socket = WebSocketStream<TcpStream>;

/// How a socket begins.
#[derive(Clone)]
pub struct Join {
    pub path: String,
    /// What is sent first; then the server answers with a frame.
    pub first: Option<String>,
}

/// What has arrived.
struct Arrived {
    latencies: Vec<Duration>,
    /// How often each message arrived.
    counts: Vec<usize>,
}

/// Open sockets. What arrives at them is counted until they are closed.
pub struct Sockets {
    epoch: Instant,
    arrived: Arc<Mutex<Arrived>>,
    tasks: JoinSet<()>,
}

/// A text that carries a message's number and when it was to be sent, counted from [`Sockets::epoch`].
pub fn stamped(number: usize, due: Duration) -> String {
    format!("@{number}:{}@ {}", due.as_micros(), crate::company::TEXT)
}

/// The number and the time in a [`stamped`] text, wherever it stands.
fn stamp(text: &str) -> Option<(usize, Duration)> {
    let (_, rest) = text.split_once('@')?;
    let (number, rest) = rest.split_once(':')?;
    let (micros, _) = rest.split_once('@')?;
    Some((number.parse().ok()?, Duration::from_micros(micros.parse().ok()?)))
}

impl Sockets {
    /// Opens `each` sockets for each of `joins`, for messages with numbers below `count`.
    ///
    /// # Errors
    /// When one is refused.
    pub async fn open(address: SocketAddr, joins: &[Join], each: usize, count: usize) -> Result<Self> {
        let arrived = Arc::new(Mutex::new(Arrived { latencies: Vec::new(), counts: vec![0; count] }));
        let mut sockets = Self { epoch: Instant::now(), arrived, tasks: JoinSet::new() };
        let mut opening = JoinSet::new();
        let mut opened = 0;
        for join in joins.iter().flat_map(|join| std::iter::repeat_n(join, each)) {
            if opening.len() == OPENING
                && let Some(done) = opening.join_next().await
            {
                sockets.follow(done??);
                opened += 1;
            }
            opening.spawn(open(address, join.clone()));
        }
        while let Some(done) = opening.join_next().await {
            sockets.follow(done??);
            opened += 1;
        }
        anyhow::ensure!(opened == joins.len() * each, "sockets are missing");
        Ok(sockets)
    }

    /// What times are counted from.
    pub fn epoch(&self) -> Instant {
        self.epoch
    }

    /// Counts what arrives at a socket. Reading also answers the server's pings.
    fn follow(&mut self, mut socket: Socket) {
        let (epoch, arrived) = (self.epoch, Arc::clone(&self.arrived));
        self.tasks.spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let Message::Text(text) = message else { continue };
                let Some((number, due)) = stamp(&text) else { continue };
                let latency = epoch.elapsed().saturating_sub(due);
                let mut arrived = arrived.lock().unwrap_or_else(PoisonError::into_inner);
                arrived.latencies.push(latency);
                if let Some(count) = arrived.counts.get_mut(number) {
                    *count += 1;
                }
            }
        });
    }

    /// Closes them: how long each arrival took, and how often each message arrived.
    ///
    /// # Errors
    /// When one had closed by itself.
    pub async fn close(mut self) -> Result<(Vec<Duration>, Vec<usize>)> {
        if self.tasks.try_join_next().is_some() {
            bail!("the server closed a socket");
        }
        self.tasks.shutdown().await;
        let arrived = Arc::into_inner(self.arrived).context("a socket is still read")?;
        let arrived = arrived.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok((arrived.latencies, arrived.counts))
    }
}

async fn open(address: SocketAddr, join: Join) -> Result<Socket> {
    let opened = async {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        // Ten thousand sockets: the usual 128 KiB for each would be more than a gigabyte.
        let config = WebSocketConfig::default().read_buffer_size(4096).write_buffer_size(0);
        let url = format!("ws://{address}{}", join.path);
        let (mut socket, _) = client_async_with_config(url, stream, Some(config)).await?;
        if let Some(first) = join.first {
            socket.send(Message::text(first)).await?;
            let answer = socket.next().await.context("the server closed the socket")??;
            let text = answer.into_text()?;
            anyhow::ensure!(text.contains("\"ready\""), "refused: {text}");
        }
        anyhow::Ok(socket)
    };
    timeout(PATIENCE, opened).await.context("opening a socket took too long")?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_found_within_a_frame() {
        let text = stamped(7, Duration::from_micros(1_500));
        let frame = format!("{{\"event\":{{\"html\":\"<p>{text}</p>\",\"text\":\"{text}\"}}}}");
        assert_eq!(stamp(&frame), Some((7, Duration::from_micros(1_500))));
        assert_eq!(stamp("{\"frame\":\"pong\"}"), None);
    }
}
