//! The handle that everything shares.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use db::{Database, Engine};
use futures_util::future::BoxFuture;
use tokio::sync::Notify;
use types::Timestamp;

use crate::events::{EventLog, Signals};
use crate::ids::IdGenerator;
use crate::jobs::{Jobs, PeriodicTask};
use crate::node::NodeLease;
use crate::tx::Effects;
use crate::{
    Actor, Authenticator, Clock, Config, Credential, Error, Job, Live, Periodic, Result, Running, Secrets,
    Subscriber, Tx, running,
};

pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) database: Database,
    pub(crate) clock: Clock,
    pub(crate) secrets: Secrets,
    pub(crate) ids: IdGenerator,
    pub(crate) node: NodeLease,
    pub(crate) live: Live,
    pub(crate) log: EventLog,
    pub(crate) signals: Signals,
    pub(crate) jobs: Jobs,
    pub(crate) periodic: Vec<PeriodicTask>,
    /// Rings when a local commit made jobs due.
    pub(crate) jobs_due: Notify,
    subscribers: Vec<Subscriber>,
    extensions: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    authenticator: Option<Arc<dyn Authenticator>>,
}

/// The handle to database, clock, event log, jobs and settings. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Ctx {
    shared: Arc<Shared>,
    address: Option<IpAddr>,
}

impl std::fmt::Debug for Ctx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ctx")
    }
}

impl Ctx {
    /// Starts to put a context together.
    pub fn builder(config: Config) -> CtxBuilder {
        CtxBuilder {
            config,
            database: None,
            clock: Clock::default(),
            jobs: Jobs::default(),
            periodic: Vec::new(),
            subscribers: Vec::new(),
            extensions: HashMap::new(),
            authenticator: None,
        }
    }

    /// Runs an operation that only reads. Each statement sees what is committed when it starts.
    ///
    /// # Errors
    /// What `op` returns; [`Error::Unavailable`] when the database cannot be used at the moment.
    pub async fn read<T: Send + 'static>(
        &self,
        actor: &Actor,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (ctx, actor) = (self.clone(), actor.clone());
        self.shared
            .database
            .read(move |conn| op(&mut Tx::new(conn, &ctx, &actor, false)))
            .await
            .map_err(Error::after_transaction)
    }

    /// Runs an operation in one transaction and returns after its commit. When transactions get into each other's way
    /// it runs again, so `op` changes nothing but the database, and that only through its `Tx`.
    ///
    /// # Errors
    /// What `op` returns, after a rollback; [`Error::Unavailable`] when the database cannot be used at the moment.
    pub async fn write<T: Send + 'static>(
        &self,
        actor: &Actor,
        mut op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.shared.node.ensure(&self.shared.database, &self.shared.ids).await?;
        let (ctx, after, actor) = (self.clone(), self.clone(), actor.clone());
        let in_transaction = move |conn: &mut db::Conn| {
            let mut tx = Tx::new(conn, &ctx, &actor, true);
            let value = op(&mut tx)?;
            Ok((value, tx.finish()?))
        };
        let committed = move |(_, effects): &(T, Effects)| after.set_going(*effects);
        let outcome = self.shared.database.write(in_transaction, committed).await;
        outcome.map(|(value, _)| value).map_err(Error::after_transaction)
    }

    /// Has what was deleted stand nowhere any more, not in the database's log of latest writes either. See
    /// [`Database::fold_log`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] when transactions kept the log in use; try again later.
    pub async fn fold_log(&self) -> Result<()> {
        let database = self.shared.database.clone();
        let folded = tokio::task::spawn_blocking(move || database.fold_log()).await;
        Ok(folded.map_err(Error::internal)??)
    }

    /// What a commit sets going.
    fn set_going(&self, effects: Effects) {
        if effects.grants {
            self.live().grants_changed();
        }
        if effects.events {
            self.shared.signals.committed();
        }
        if effects.jobs {
            self.shared.jobs_due.notify_one();
        }
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.shared.clock.now()
    }

    /// The clock, which tests set.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// The settings of the process.
    pub fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Which database engine it runs on.
    pub fn engine(&self) -> Engine {
        self.shared.database.engine()
    }

    /// The database, for backup and for health checks. Operations use [`read`](Self::read) and [`write`](Self::write).
    pub fn database(&self) -> &Database {
        &self.shared.database
    }

    /// The key of this installation.
    pub fn secrets(&self) -> &Secrets {
        &self.shared.secrets
    }

    /// The sockets connected to this node.
    pub fn live(&self) -> &Live {
        &self.shared.live
    }

    /// Where the request came from, if it came from outside.
    pub fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// The same handle for a request from this address.
    pub fn from_address(&self, address: IpAddr) -> Self {
        Self { shared: Arc::clone(&self.shared), address: Some(address) }
    }

    /// What the server wired in by its type: a file store, a mail sender.
    ///
    /// # Errors
    /// [`Error::Internal`] when nothing of that type was wired in.
    pub fn extension<T: Send + Sync + 'static>(&self) -> Result<Arc<T>> {
        self.shared
            .extensions
            .get(&TypeId::of::<T>())
            .and_then(|found| Arc::clone(found).downcast::<T>().ok())
            .ok_or_else(|| Error::internal(format!("no {} was wired in", std::any::type_name::<T>())))
    }

    /// The actor that a credential proves.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] when it proves nobody.
    pub fn authenticate(&self, credential: Credential, address: IpAddr) -> BoxFuture<'_, Result<Actor>> {
        match &self.shared.authenticator {
            Some(authenticator) => authenticator.authenticate(self, credential, address),
            None => Box::pin(async { Err(Error::Unauthenticated) }),
        }
    }

    /// Starts the work that goes on beside requests: jobs, periodic work, the event log's order and delivery.
    pub fn start(&self) -> Running {
        running::start(self)
    }

    pub(crate) fn new_id(&self) -> i64 {
        self.shared.ids.next()
    }

    pub(crate) fn subscribers(&self) -> &[Subscriber] {
        &self.shared.subscribers
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }
}

/// Puts a [`Ctx`] together.
pub struct CtxBuilder {
    config: Config,
    database: Option<Database>,
    clock: Clock,
    jobs: Jobs,
    periodic: Vec<PeriodicTask>,
    subscribers: Vec<Subscriber>,
    extensions: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
    authenticator: Option<Arc<dyn Authenticator>>,
}

impl CtxBuilder {
    /// Uses this database, whose schema is up to date, in place of the one that the settings name.
    pub fn database(mut self, database: Database) -> Self {
        self.database = Some(database);
        self
    }

    /// Uses this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Wires something in, found again by its type with [`Ctx::extension`].
    pub fn extension<T: Send + Sync + 'static>(self, extension: T) -> Self {
        self.shared_extension(Arc::new(extension))
    }

    /// Wires in something that is shared already.
    pub fn shared_extension<T: Send + Sync + 'static>(mut self, extension: Arc<T>) -> Self {
        self.extensions.insert(TypeId::of::<T>(), extension);
        self
    }

    /// Runs a function inside every transaction that emits an event, after the event.
    pub fn subscriber(mut self, subscriber: Subscriber) -> Self {
        self.subscribers.push(subscriber);
        self
    }

    /// Runs functions inside every transaction that emits an event.
    pub fn subscribers(mut self, subscribers: impl IntoIterator<Item = Subscriber>) -> Self {
        self.subscribers.extend(subscribers);
        self
    }

    /// Knows how to run a kind of job.
    pub fn job<J: Job>(mut self) -> Self {
        self.jobs.register::<J>();
        self
    }

    /// Runs something again and again, on one node at a time.
    pub fn periodic<P: Periodic>(mut self) -> Self {
        self.periodic.push(PeriodicTask::of::<P>());
        self
    }

    /// Turns credentials into actors with this.
    pub fn authenticator(mut self, authenticator: impl Authenticator + 'static) -> Self {
        self.authenticator = Some(Arc::new(authenticator));
        self
    }

    /// Opens the database if none was given, leases a node number, and puts the context together.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when the database cannot be reached or every node number is taken; [`Error::Internal`]
    /// when the key cannot be read.
    pub async fn build(self) -> Result<Ctx> {
        let database = match self.database {
            Some(database) => database,
            None => Database::open(&self.config.database.settings())?,
        };
        let secrets = Secrets::load(&self.config.secrets)?;
        let node = NodeLease::acquire(&database).await?;
        let log = EventLog::open(&database).await?;
        let mut periodic = self.periodic;
        periodic.extend(running::own_periodic());
        let shared = Shared {
            ids: IdGenerator::new(node.number()),
            live: Live::new(self.config.events.connection_backlog),
            signals: Signals::default(),
            jobs_due: Notify::new(),
            config: self.config,
            database,
            clock: self.clock,
            secrets,
            node,
            log,
            jobs: self.jobs,
            periodic,
            subscribers: self.subscribers,
            extensions: self.extensions,
            authenticator: self.authenticator,
        };
        Ok(Ctx { shared: Arc::new(shared), address: None })
    }
}
