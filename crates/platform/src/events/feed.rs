//! What one reader gets of the log: first what it missed, then what happens.

use std::collections::VecDeque;

use types::event::Envelope;
use types::platform::Events;

use super::cursor::Place;
use super::log::{self, Bounds, NumberedEvent, PAGE};
use super::{Topic, topics_of};
use crate::live::{Connection, Control, Frame, Item};
use crate::{Actor, Ctx, Result};

/// Where a feed starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The position: events that follow are after it.
    pub cursor: String,
    /// Whether the position asked for is unknown or too old, so that the client has to fetch everything anew.
    pub reset: bool,
}

/// What a feed says next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Something happened.
    Frame(Frame),
    /// What the actor may see has changed: authenticate again and pass the result to [`Feed::set_actor`].
    Rescope,
    /// The session has ended, for this reason.
    End(String),
    /// The reader did not keep up: close the socket; the client resumes.
    Overflow,
}

/// What one socket reads: everything that its actor may see, in order, without a gap and without a double.
pub struct Feed {
    ctx: Ctx,
    actor: Actor,
    topics: Vec<Topic>,
    /// Everything up to here has been handed out or was not for this actor.
    position: i64,
    /// The end of the log before the actor was authenticated: what was done to sockets until then does not concern this one.
    opened_at: i64,
    /// Read from the log, to be handed out.
    pending: VecDeque<Next>,
    connection: Connection,
    /// Whether the connection listens, so that nothing after `position` is missed.
    listening: bool,
    /// Whether everything up to when the connection began to listen has been read.
    caught_up: bool,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.ctx.leave(&self.actor);
    }
}

/// The log as it is before somebody authenticates, so that a session that ends meanwhile is noticed.
#[derive(Clone, Copy, Debug)]
pub struct Before(Bounds);

impl Before {
    /// Looks at the log.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) when it cannot be read.
    pub async fn authenticating(ctx: &Ctx) -> Result<Self> {
        ctx.read(&Actor::System, |tx| log::bounds(tx.conn())).await.map(Self)
    }
}

impl Feed {
    /// Opens a feed after a cursor, or without one from before the actor was authenticated.
    pub fn open(ctx: &Ctx, Before(bounds): Before, actor: &Actor, since: Option<&str>) -> (Self, Start) {
        let (position, reset) = start(ctx, since, bounds);
        let cursor = ctx.shared().log.place(position).to_string();
        let mut feed = Self {
            ctx: ctx.clone(),
            actor: actor.clone(),
            topics: topics_of(actor),
            position,
            opened_at: bounds.last,
            pending: VecDeque::new(),
            connection: ctx.live().connect(actor),
            listening: false,
            caught_up: false,
        };
        // At once, if little was missed: what is never stored cannot be read later.
        if bounds.last - position < PAGE {
            feed.listen();
        }
        (feed, Start { cursor, reset })
    }

    /// Who reads.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Goes on as this actor, after authenticating again.
    pub fn set_actor(&mut self, actor: &Actor) {
        self.actor = actor.clone();
        self.topics = topics_of(actor);
        self.listen_anew();
    }

    fn listen(&mut self) {
        self.connection.subscribe(&self.actor, &self.topics);
        self.listening = true;
    }

    /// Reads on from the log, and then listens: until now, the connection may have been told nothing.
    fn listen_anew(&mut self) {
        self.connection.subscribe(&self.actor, &[]);
        (self.listening, self.caught_up) = (false, false);
    }

    /// What comes next; waits for it. Cancelling loses nothing.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) when the log cannot be read.
    pub async fn next(&mut self) -> Result<Next> {
        loop {
            if let Some(next) = self.pending.pop_front() {
                return Ok(next);
            }
            if !self.caught_up {
                self.catch_up().await?;
                continue;
            }
            match self.connection.next().await {
                Item::Frame(Frame { position: Some(position), .. }) if position <= self.position => {}
                Item::Frame(frame) => {
                    self.position = frame.position.unwrap_or(self.position);
                    return Ok(Next::Frame(frame));
                }
                // Known from the log already; but the hub has stopped telling this socket anything.
                Item::Rescope(position) if position <= self.position => self.listen_anew(),
                Item::Rescope(position) => {
                    self.position = position;
                    return Ok(Next::Rescope);
                }
                Item::End(reason) => return Ok(Next::End(reason)),
                Item::Overflow => return Ok(Next::Overflow),
            }
        }
    }

    /// What an entry of the log does to this socket, if anything.
    fn concerned_by(&self, event: &NumberedEvent) -> Option<Next> {
        let control: Control = serde_json::from_str(&event.payload).ok()?;
        if event.position <= self.opened_at || !control.sockets().include(&self.actor) {
            return None;
        }
        Some(match control {
            Control::Rescope { .. } => Next::Rescope,
            Control::End { reason, .. } => Next::End(reason),
        })
    }

    /// Reads one page of what was missed. Starts to listen once the rest fits into a page, so that the queue does not
    /// overflow meanwhile, and then reads that rest.
    async fn catch_up(&mut self) -> Result<()> {
        let position = self.position;
        let topics: Vec<Topic> = self.topics.iter().copied().chain([Topic::Control]).collect();
        let listening = self.listening;
        let (bounds, part) = self
            .ctx
            .read(&Actor::System, move |tx| {
                let bounds = log::bounds(tx.conn())?;
                Ok((bounds, log::between(tx.conn(), position, bounds.last, &topics)?))
            })
            .await?;
        let end = part.end;
        for event in part.events {
            self.position = event.position;
            if event.topic != Topic::Control.to_string() {
                let place = self.ctx.shared().log.place(event.position);
                self.pending.push_back(Next::Frame(frame(&place, &event.payload)));
            } else if let Some(next) = self.concerned_by(&event) {
                // What follows is read again, as whoever the actor is then.
                self.pending.push_back(next);
                return Ok(());
            }
        }
        self.position = end;
        if end < bounds.last {
            return Ok(());
        }
        if listening {
            self.caught_up = true;
        } else {
            self.listen();
        }
        Ok(())
    }
}

/// The position to start after, and whether the reader has missed something that is gone.
fn start(ctx: &Ctx, since: Option<&str>, bounds: Bounds) -> (i64, bool) {
    let Some(since) = since else { return (bounds.last, false) };
    match Place::parse(since) {
        Some(place) if place.epoch == ctx.shared().log.epoch && bounds.can_resume(place.position) => {
            (place.position, false)
        }
        _ => (bounds.last, true),
    }
}

/// The frame of an event in the log.
pub(super) fn frame(place: &Place, payload: &str) -> Frame {
    let json = format!("{{\"frame\":\"event\",\"cursor\":\"{place}\",\"event\":{payload}}}");
    Frame { position: Some(place.position), json: json.into() }
}

impl Ctx {
    /// What happened since a cursor, for clients that poll; at most 500 events. Without a cursor: nothing, and the cursor
    /// to begin with.
    ///
    /// # Errors
    /// [`Error::Unavailable`](crate::Error::Unavailable) when the log cannot be read.
    pub async fn events_since(&self, actor: &Actor, since: Option<&str>) -> Result<Events> {
        let (ctx, since, topics) = (self.clone(), since.map(str::to_owned), topics_of(actor));
        self.read(actor, move |tx| {
            let bounds = log::bounds(tx.conn())?;
            let (position, reset) = start(&ctx, since.as_deref(), bounds);
            let part = log::between(tx.conn(), position, bounds.last, &topics)?;
            let log = &ctx.shared().log;
            let cursor = log.place(part.end).to_string();
            let items = part
                .events
                .into_iter()
                .map(|event| {
                    let cursor = Some(log.place(event.position).to_string());
                    Ok(Envelope { cursor, event: serde_json::from_str(&event.payload)? })
                })
                .collect::<Result<_>>()?;
            Ok(Events { items, cursor, reset })
        })
        .await
    }
}
