//! A small HTTP/1.1 client for loads: one connection, one request at a time, requests made beforehand.

use std::net::SocketAddr;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep_until;

use crate::figures::Sample;

/// The longest reply that is taken, in bytes.
const LONGEST_REPLY: usize = 16 * 1024 * 1024;
/// How much is read at a time of what is dropped, in bytes.
const SKIMMED_AT_ONCE: usize = 64 * 1024;
/// Over how many connections a constant rate is spread.
const PACED_CONNECTIONS: u32 = 32;

/// The bytes of a request; a body is JSON.
pub fn request(method: &str, path: &str, token: Option<&str>, body: &[u8]) -> Vec<u8> {
    let json: &[_] = if method == "GET" { &[] } else { &[("Content-Type", "application/json")] };
    request_with(method, path, token, json, body)
}

/// The bytes of a request with further header fields.
pub fn request_with(
    method: &str,
    path: &str,
    token: Option<&str>,
    fields: &[(&str, &str)],
    body: &[u8],
) -> Vec<u8> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: bench\r\n");
    if let Some(token) = token {
        head.push_str(&format!("Authorization: Bearer {token}\r\n"));
    }
    for (name, value) in fields {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if method != "GET" {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    [head.as_bytes(), body].concat()
}

/// The bytes of a POST of JSON.
///
/// # Errors
/// When the body cannot be serialised.
pub fn post(path: &str, token: Option<&str>, body: &impl Serialize) -> Result<Vec<u8>> {
    Ok(request("POST", path, token, &serde_json::to_vec(body)?))
}

/// The bytes of a GET.
pub fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    request("GET", path, token, &[])
}

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody listens.
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and waits for the reply: its status and its body.
    ///
    /// # Errors
    /// When the connection breaks, or the reply is none of HTTP/1.1 with a length.
    pub async fn send(&mut self, request: &[u8]) -> Result<(u16, &[u8])> {
        let (status, body) = self.begin(request).await?;
        ensure!(body.end <= LONGEST_REPLY, "the reply is too long");
        while self.buffer.len() < body.end {
            self.read().await?;
        }
        Ok((status, &self.buffer[body]))
    }

    /// Sends a request, and reads and drops the body of the reply, or `most` bytes of it: the status and how many they
    /// were. What is not read stays in the connection, which is of no use any more then.
    ///
    /// # Errors
    /// When the connection breaks, or the reply is none of HTTP/1.1 with a length.
    pub async fn skim(&mut self, request: &[u8], most: usize) -> Result<(u16, usize)> {
        let (status, body) = self.begin(request).await?;
        let wanted = body.len().min(most);
        let mut skimmed = self.buffer.len() - body.start;
        while skimmed < wanted {
            self.buffer.clear();
            self.buffer.reserve(SKIMMED_AT_ONCE);
            skimmed += self.read().await?;
        }
        Ok((status, skimmed))
    }

    /// Sends a request and reads the head of the reply, and what came with it: the status, and the place of the body.
    async fn begin(&mut self, request: &[u8]) -> Result<(u16, Range<usize>)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            self.read().await?;
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                let (status, length) = head(&self.buffer[..end])?;
                return Ok((status, end + 4..end + 4 + length));
            }
        }
    }

    async fn read(&mut self) -> Result<usize> {
        let read = self.stream.read_buf(&mut self.buffer).await?;
        ensure!(read > 0, "the server closed the connection");
        Ok(read)
    }

    /// Sends a request and reads the JSON of a successful reply.
    ///
    /// # Errors
    /// When there is no reply, it is no success, or it is of another form.
    pub async fn call<T: DeserializeOwned>(&mut self, request: &[u8]) -> Result<T> {
        let (status, body) = self.send(request).await?;
        if !(200..300).contains(&status) {
            bail!("{status}: {}", String::from_utf8_lossy(body));
        }
        serde_json::from_slice(body).context("a reply of another form")
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// The status and the length of the body that a reply's head tells.
fn head(bytes: &[u8]) -> Result<(u16, usize)> {
    let text = std::str::from_utf8(bytes)?;
    let mut lines = text.split("\r\n");
    let status: u16 = lines.next().and_then(|line| line.split(' ').nth(1)).context("no status")?.parse()?;
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map(|(_, value)| value.trim().parse::<usize>());
    match length {
        Some(length) => Ok((status, length?)),
        None if status == 204 => Ok((status, 0)),
        None => bail!("a reply without a length"),
    }
}

/// Makes the next request of a load.
pub type Maker = Arc<dyn Fn() -> Result<Vec<u8>> + Send + Sync>;

/// Keeps `connections` busy for a time: each sends its next request as soon as it has the reply to the last one.
///
/// # Errors
/// When a connection breaks.
pub async fn closed_loop(
    address: SocketAddr,
    connections: usize,
    length: Duration,
    make: &Maker,
) -> Result<Sample> {
    let mut tasks = JoinSet::new();
    let started = Instant::now();
    for _ in 0..connections {
        let make = Arc::clone(make);
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let (mut latencies, mut refused) = (Vec::new(), 0_u64);
            while started.elapsed() < length {
                let request = make()?;
                let sent = Instant::now();
                let (status, _) = connection.send(&request).await?;
                latencies.push(sent.elapsed());
                refused += u64::from(!(200..300).contains(&status));
            }
            anyhow::Ok((latencies, refused))
        });
    }
    gather(tasks, started).await
}

/// Sends `per_second` requests a second over a few connections. A request's latency counts from when it was due, so that a
/// slow answer is seen in those that had to wait for it.
///
/// # Errors
/// When a connection breaks.
pub async fn constant_rate(
    address: SocketAddr,
    per_second: u32,
    length: Duration,
    make: &Maker,
) -> Result<Sample> {
    let every = Duration::from_secs(1) / per_second;
    let started = Instant::now();
    let mut tasks = JoinSet::new();
    for first in 0..PACED_CONNECTIONS {
        let make = Arc::clone(make);
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let (mut latencies, mut refused) = (Vec::new(), 0_u64);
            for number in (first..).step_by(PACED_CONNECTIONS as usize) {
                let due = started + every * number;
                if due.duration_since(started) >= length {
                    break;
                }
                let request = make()?;
                sleep_until(due.into()).await;
                let (status, _) = connection.send(&request).await?;
                latencies.push(due.elapsed());
                refused += u64::from(!(200..300).contains(&status));
            }
            anyhow::Ok((latencies, refused))
        });
    }
    gather(tasks, started).await
}

/// What the tasks of a load saw, together.
async fn gather(mut tasks: JoinSet<Result<(Vec<Duration>, u64)>>, started: Instant) -> Result<Sample> {
    let (mut latencies, mut refused) = (Vec::new(), 0);
    while let Some(done) = tasks.join_next().await {
        let (some, few) = done??;
        latencies.extend(some);
        refused += few;
    }
    Ok(Sample::new(latencies, started.elapsed(), refused))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_says_how_long_it_is() {
        let bytes = request("POST", "/x", Some("t"), b"{}");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("POST /x HTTP/1.1\r\n") && text.ends_with("Content-Length: 2\r\n\r\n{}"));
        assert!(text.contains("Authorization: Bearer t\r\n"));
    }

    #[test]
    fn the_head_tells_status_and_length() {
        assert_eq!(head(b"HTTP/1.1 201 Created\r\ncontent-length: 12").unwrap(), (201, 12));
        assert_eq!(head(b"HTTP/1.1 204 No Content").unwrap(), (204, 0));
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked").is_err());
    }
}
