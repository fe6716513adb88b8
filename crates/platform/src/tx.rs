//! One database transaction of one actor.

use std::net::IpAddr;

use db::{Conn, Engine};
use types::{ContactId, Event, JobId, Subject, Timestamp, VisitorEvent, VisitorId};

use crate::events::{self, PendingEvent, Topic};
use crate::jobs::{self, Job};
use crate::live::Control;
use crate::{Actor, Ctx, Error, Result, Sockets, audit};

/// What the commit sets going.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Effects {
    pub(crate) events: bool,
    /// What somebody may do has changed, or a session has ended.
    pub(crate) grants: bool,
    pub(crate) jobs: bool,
}

/// One database transaction of one actor. Operations take it first.
///
/// What is emitted and enqueued through it is part of the transaction. Its time stands still.
pub struct Tx<'a> {
    conn: &'a mut Conn,
    ctx: &'a Ctx,
    actor: &'a Actor,
    now: Timestamp,
    writes: bool,
    /// The number in this transaction's ids.
    node: i32,
    about: Option<ContactId>,
    events: Vec<PendingEvent>,
    effects: Effects,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: &'a mut Conn, ctx: &'a Ctx, actor: &'a Actor, writes: bool) -> Self {
        Self {
            conn,
            ctx,
            actor,
            now: ctx.now(),
            writes,
            node: ctx.shared().node.number(),
            about: None,
            events: Vec::new(),
            effects: Effects::default(),
        }
    }

    /// Writes what was emitted. The last step before the commit.
    pub(crate) fn finish(mut self) -> Result<Effects> {
        if !self.events.is_empty() {
            let rows = std::mem::take(&mut self.events);
            let ctx = self.ctx;
            events::append(self.conn, rows, || ctx.new_id(), self.now)?;
            self.effects.events = true;
        }
        let shared = self.ctx.shared();
        shared.node.require(self.node, &shared.ids)?;
        Ok(self.effects)
    }

    /// The connection, for a store's queries.
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    /// The time of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id.
    pub fn new_id<I: From<i64>>(&self) -> I {
        I::from(self.ctx.new_id())
    }

    /// Who acts.
    pub fn actor(&self) -> &'a Actor {
        self.actor
    }

    /// The handle that the transaction was begun on.
    pub fn ctx(&self) -> &'a Ctx {
        self.ctx
    }

    /// Which database engine it runs on.
    pub fn engine(&self) -> Engine {
        self.conn.engine()
    }

    /// Where the request came from, if it came from outside.
    pub fn address(&self) -> Option<IpAddr> {
        self.ctx.address()
    }

    /// Names the contact that everything emitted, enqueued and audited from here on is about; erasing that contact
    /// erases it too.
    pub fn about(&mut self, contact: impl Into<Option<ContactId>>) {
        self.about = contact.into();
    }

    /// The contact that [`about`](Self::about) named.
    pub fn contact(&self) -> Option<ContactId> {
        self.about
    }

    /// Tells whoever may see `subject` what happened, and runs the subscribers of all slices.
    ///
    /// # Errors
    /// What a subscriber returns.
    pub fn emit(&mut self, subject: Subject, event: Event) -> Result<()> {
        self.emit_to(&[subject], event)
    }

    /// The same for something that is seen in several ways: whoever may see one of the subjects is told, once.
    ///
    /// # Errors
    /// What a subscriber returns.
    pub fn emit_to(&mut self, subjects: &[Subject], event: Event) -> Result<()> {
        self.append(subjects.iter().map(Topic::of).collect(), &event)?;
        let ctx = self.ctx;
        ctx.subscribers().iter().try_for_each(|subscriber| subscriber(self, &event))
    }

    /// Tells a visitor what happened.
    ///
    /// # Errors
    /// [`Error::Internal`] in a transaction that only reads.
    pub fn emit_to_visitor(&mut self, visitor: VisitorId, event: VisitorEvent) -> Result<()> {
        self.append(vec![Topic::Visitor(visitor)], &event)
    }

    /// Has sockets authenticate again once this is committed, because what they may see changed. Until they have, they
    /// are told nothing; then they catch up.
    ///
    /// # Errors
    /// [`Error::Internal`] in a transaction that only reads.
    pub fn rescope_sockets(&mut self, sockets: Sockets) -> Result<()> {
        self.effects.grants = true;
        self.append(vec![Topic::Control], &Control::Rescope { sockets })
    }

    /// Cuts sockets once this is committed, because the session has ended. `reason` is a word for the client.
    ///
    /// # Errors
    /// [`Error::Internal`] in a transaction that only reads.
    pub fn end_sockets(&mut self, sockets: Sockets, reason: &str) -> Result<()> {
        self.effects.grants = true;
        self.append(vec![Topic::Control], &Control::End { sockets, reason: reason.to_owned() })
    }

    fn append(&mut self, topics: Vec<Topic>, payload: &impl serde::Serialize) -> Result<()> {
        self.require_write()?;
        let payload = serde_json::to_string(payload)?;
        // What is done to sockets holds whoever is erased.
        let contact_id = self.about.filter(|_| topics != [Topic::Control]);
        self.events.push(PendingEvent { topics, payload, contact_id });
        Ok(())
    }

    /// Has a job run as soon as this is committed.
    ///
    /// # Errors
    /// [`Error::Internal`] when the job cannot be serialised.
    pub fn enqueue<J: Job>(&mut self, job: &J) -> Result<JobId> {
        self.enqueue_at(job, self.now)
    }

    /// Has a job run at a time, or as soon as this is committed when that is past.
    ///
    /// # Errors
    /// [`Error::Internal`] when the job cannot be serialised.
    pub fn enqueue_at<J: Job>(&mut self, job: &J, at: Timestamp) -> Result<JobId> {
        self.require_write()?;
        self.effects.jobs |= at <= self.now;
        jobs::enqueue(self, J::KIND, serde_json::to_string(job)?, at)
    }

    /// Writes an entry of the audit log: who did `action` (such as `user.deactivate`) to `subject` (its kind and id),
    /// with what is worth knowing about it. Never put a secret into `detail`.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database refuses it.
    pub fn audit(&mut self, action: &str, subject: (&str, i64), detail: serde_json::Value) -> Result<()> {
        self.require_write()?;
        audit::write(self, action, subject, detail)
    }

    /// Wakes the job runner after the commit.
    pub(crate) fn set_jobs_going(&mut self) {
        self.effects.jobs = true;
    }

    pub(crate) fn require_write(&self) -> Result<()> {
        if self.writes { Ok(()) } else { Err(Error::internal("a transaction for reads cannot write")) }
    }
}
