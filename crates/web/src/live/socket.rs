//! One socket, from its first frame to its goodbye.
//!
//! It runs as the body of its own reply: it needs no task, and while the client does not read, nothing is taken out of
//! its queue, which is bounded.

use std::convert::Infallible;
use std::net::IpAddr;
use std::time::Duration;

use actix_http::ws::CloseCode;
use actix_web::web::{Bytes, Payload};
use futures_util::Stream;
use futures_util::stream::unfold;
use platform::events::{Before, Feed, Next};
use platform::{Actor, Credential, Ctx, Error, Result, Sockets};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use types::event::{ClientFrame, ServerFrame};

use super::frames::{Incoming, Reader, Writer};

/// How long a client may take to say who it is.
const AUTHENTICATE_WITHIN: Duration = Duration::from_secs(5);

/// How often the server asks whether the client is there.
const PING_EVERY: Duration = Duration::from_secs(25);

/// How long a client may be silent.
const SILENCE: Duration = Duration::from_secs(60);

/// The connection of one client.
pub(super) struct Socket {
    ctx: Ctx,
    address: IpAddr,
    since: Option<String>,
    reader: Reader,
    writer: Writer,
    shutdown: watch::Receiver<bool>,
    /// Who listens, once known.
    session: Option<Session>,
    /// When the client was heard last.
    heard: Instant,
    /// When to ping, or to give up waiting for the first frame.
    due: Instant,
    /// Whether the goodbye was said.
    closed: bool,
}

/// A client that said who it is.
struct Session {
    feed: Feed,
    /// The token, to look again at what it allows when that has changed.
    token: String,
}

impl Socket {
    pub(super) fn new(
        ctx: Ctx,
        address: IpAddr,
        since: Option<String>,
        incoming: Payload,
        shutdown: watch::Receiver<bool>,
    ) -> Self {
        let now = Instant::now();
        Self {
            ctx,
            address,
            since,
            reader: Reader::new(incoming),
            writer: Writer::default(),
            shutdown,
            session: None,
            heard: now,
            due: now + AUTHENTICATE_WITHIN,
            closed: false,
        }
    }

    /// The bytes for the client. The end of the stream closes the connection.
    pub(super) fn run(self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        unfold(self, |mut socket| async move {
            while socket.writer.is_empty() {
                if socket.closed {
                    return None;
                }
                socket.step().await;
            }
            Some((Ok(socket.writer.take()), socket))
        })
    }

    async fn step(&mut self) {
        tokio::select! {
            biased;
            () = begun(&mut self.shutdown) => self.close(CloseCode::Away, "the server stops"),
            incoming = self.reader.next() => self.hear(incoming).await,
            next = next(&mut self.session) => self.tell(next).await,
            () = sleep_until(self.due) => self.watch(),
        }
    }

    async fn hear(&mut self, incoming: Incoming) {
        self.heard = Instant::now();
        match incoming {
            Incoming::Frame(ClientFrame::Authenticate { token }) => self.authenticate(token).await,
            Incoming::Frame(ClientFrame::Ping) => self.writer.frame(&ServerFrame::Pong),
            Incoming::Ping(content) => self.writer.pong(&content),
            Incoming::Pong => {}
            Incoming::Closed => self.close(CloseCode::Normal, ""),
            Incoming::Refused(code, reason) => self.close(code, reason),
        }
    }

    async fn tell(&mut self, next: Result<Next>) {
        match next {
            Ok(Next::Frame(frame)) => self.writer.json(&frame.json),
            Ok(Next::Rescope) => self.look_again().await,
            Ok(Next::End(reason)) => self.end(&reason),
            Ok(Next::Overflow) => self.close(CloseCode::Again, "too slow: connect again and resume"),
            Err(cause) => self.give_up(&cause),
        }
    }

    /// Keeps the connection alive, or notices that it is not.
    fn watch(&mut self) {
        let now = Instant::now();
        if self.session.is_none() {
            self.close(CloseCode::Policy, "the first frame must be authenticate");
        } else if now.duration_since(self.heard) >= SILENCE {
            self.close(CloseCode::Away, "silent for too long");
        } else {
            self.writer.ping();
            self.due = now + PING_EVERY;
        }
    }

    /// The first frame says who listens; later ones bring fresh tokens of the same.
    async fn authenticate(&mut self, token: String) {
        let before = match Before::authenticating(&self.ctx).await {
            Ok(before) => before,
            Err(cause) => return self.give_up(&cause),
        };
        let actor = match self.actor_of(&token).await {
            Ok(actor) => actor,
            Err(Error::Unauthenticated) => return self.end("unauthenticated"),
            Err(cause) => return self.give_up(&cause),
        };
        match &mut self.session {
            Some(session) if session.feed.actor().key() == actor.key() => {
                session.feed.set_actor(&actor);
                session.token = token;
            }
            Some(_) => self.end("another_actor"),
            None => match self.open(before, &actor, token) {
                Ok(()) => self.due = Instant::now() + PING_EVERY,
                Err(Error::RateLimited { .. }) => self.end("too_many_connections"),
                Err(cause) => self.give_up(&cause),
            },
        }
    }

    async fn actor_of(&self, token: &str) -> Result<Actor> {
        self.ctx.authenticate(Credential::Bearer(token.to_owned()), self.address).await
    }

    fn open(&mut self, before: Before, actor: &Actor, token: String) -> Result<()> {
        let group = match actor {
            Actor::User(user) => Some(Sockets::User(user.id)),
            Actor::Token(token) => Some(Sockets::Token(token.id)),
            Actor::Visitor(visitor) => Some(Sockets::Visitor(visitor.id)),
            Actor::Anonymous { .. } | Actor::System => None,
        };
        let limit = self.ctx.config().limits.live_connections;
        if group.is_none_or(|group| self.ctx.live().connections_of(group) >= limit) {
            return Err(Error::RateLimited { retry_after_seconds: 60 });
        }
        let (feed, start) = Feed::open(&self.ctx, before, actor, self.since.take().as_deref());
        let version = env!("CARGO_PKG_VERSION").to_owned();
        self.writer.frame(&ServerFrame::Ready { cursor: start.cursor.clone(), version });
        if start.reset {
            self.writer.frame(&ServerFrame::Reset { cursor: start.cursor });
        }
        self.session = Some(Session { feed, token });
        Ok(())
    }

    /// What the actor may see has changed: asks again what the token allows.
    async fn look_again(&mut self) {
        let Some(token) = self.session.as_ref().map(|session| session.token.clone()) else { return };
        match self.actor_of(&token).await {
            Ok(actor) => {
                if let Some(session) = &mut self.session {
                    session.feed.set_actor(&actor);
                }
            }
            // The token has run out, which need not mean that the session has: the client comes back with a fresh one.
            Err(Error::Unauthenticated) => self.close(CloseCode::Policy, "authenticate again"),
            Err(cause) => self.give_up(&cause),
        }
    }

    fn give_up(&mut self, cause: &Error) {
        tracing::warn!(%cause, "a live connection was given up");
        self.close(CloseCode::Again, "connect again and resume");
    }

    fn end(&mut self, reason: &str) {
        self.writer.frame(&ServerFrame::Ended { reason: reason.to_owned() });
        self.close(CloseCode::Policy, reason);
    }

    fn close(&mut self, code: CloseCode, reason: &str) {
        self.writer.close(code, reason);
        // Nothing is delivered to a client that has been told goodbye.
        self.session = None;
        self.closed = true;
    }
}

/// What the feed says next; nothing while nobody listens.
async fn next(session: &mut Option<Session>) -> Result<Next> {
    match session {
        Some(session) => session.feed.next().await,
        None => std::future::pending().await,
    }
}

/// Waits until the server stops.
async fn begun(shutdown: &mut watch::Receiver<bool>) {
    // The sender goes only with the process itself.
    let _ = shutdown.wait_for(|begun| *begun).await;
}
