//! A server from its start to its end.

use std::any::Any;
use std::net::SocketAddr;
use std::time::Duration;

use accounts::setup::DemoSignIns;
use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{App, HttpServer};
use anyhow::{Context as _, Result, bail};
use diesel::prelude::*;
use platform::{Clock, Config, Ctx, Setting};
use tokio::task::JoinHandle;
use web::live::Shutdown;
use web::unmatched::AllowedMethods;
use web::{Routes, authenticate, cors, headers, observe};

use crate::frontend::Dist;
use crate::{custom_domains, demo_site, docs, frontend, measurements, openapi, operations, wiring};

/// Connections that a worker serves at a time; idle live connections are most of them.
const CONNECTIONS_PER_WORKER: usize = 50_000;

/// How long a connection without a request is kept open, longer than what usual proxies do.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// A server to be started.
pub struct Server {
    config: Config,
    clock: Clock,
}

impl Server {
    /// A server with these settings.
    pub fn new(config: Config) -> Self {
        Self { config, clock: Clock::default() }
    }

    /// Tells the time by this clock.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Brings the database up to date, starts to listen and to work.
    ///
    /// # Errors
    /// When a setting cannot be used, the database cannot be reached or is newer than this program, or the port is in
    /// use.
    pub async fn start(mut self) -> Result<Running> {
        measurements::install();
        let settings = self.config.clone();
        let database = tokio::task::spawn_blocking(move || wiring::database(&settings)).await??;
        self.config.demo |= is_demo(&database).await?;
        self.config.check()?;
        let dist = Dist::find();
        let ctx = wiring::context(self.config, database, self.clock, &dist).await?;
        let shutdown = Shutdown::default();
        let (http, address) = listen(&ctx, dist, shutdown.clone())?;
        let handle = http.handle();
        let work = ctx.start();
        let http = tokio::spawn(http);
        tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
        Ok(Running { address, ctx, shutdown, handle, http, work })
    }
}

/// Whether the database is one that `rapport demo` made, whose passwords are public.
async fn is_demo(database: &db::Database) -> Result<bool> {
    use db::schema::settings;
    let count: i64 = database
        .read(|conn| Ok::<_, db::Error>(settings::table.find(DemoSignIns::KEY).count().get_result(conn)?))
        .await?;
    Ok(count > 0)
}

fn listen(ctx: &Ctx, dist: Dist, shutdown: Shutdown) -> Result<(actix_web::dev::Server, SocketAddr)> {
    let config = &ctx.config().server;
    let allowed = Data::new(AllowedMethods(openapi::methods));
    let (ctx_data, dist, shutdown) = (Data::new(ctx.clone()), Data::new(dist), Data::new(shutdown));
    let demo = ctx.config().demo;
    let unread = Duration::from_secs(config.unread_seconds);
    let app = move || {
        App::new()
            .app_data(ctx_data.clone())
            .app_data(dist.clone())
            .app_data(shutdown.clone())
            .app_data(allowed.clone())
            .configure(|config| operations::routes(&mut Routes::Served(config)))
            .configure(docs::routes)
            .configure(measurements::routes)
            .configure(frontend::routes)
            .configure(|config| {
                if demo {
                    demo_site::routes(config);
                }
            })
            .default_service(actix_web::web::to(frontend::page))
            .wrap(from_fn(authenticate))
            .wrap(from_fn(cors::allow_app))
            .wrap(from_fn(custom_domains::only_booking))
            .wrap(from_fn(headers::secure))
            .wrap(from_fn(observe::observe))
    };
    let mut server = HttpServer::new(app)
        .keep_alive(KEEP_ALIVE)
        .max_connections(CONNECTIONS_PER_WORKER)
        .tcp_nodelay(true)
        .on_connect(move |connection, _| limit_unread(connection, unread))
        .shutdown_timeout(config.shutdown_seconds)
        .disable_signals();
    if config.threads > 0 {
        server = server.workers(config.threads);
    }
    let server = match server.bind(config.bind) {
        Ok(server) => server,
        Err(cause) if cause.kind() == std::io::ErrorKind::AddrInUse => {
            bail!("{} is in use by another program; set server.bind to another port", config.bind)
        }
        Err(cause) => return Err(cause).with_context(|| format!("cannot listen on {}", config.bind)),
    };
    let address = server.addrs().first().copied().context("listens nowhere")?;
    Ok((server.run(), address))
}

/// Has the kernel cut a connection whose client does not read (`TCP_USER_TIMEOUT`, RFC 5482). A timer of ours would not
/// do: while bytes wait to be read, the body behind them is not asked for more and so does not run.
#[cfg(target_os = "linux")]
fn limit_unread(connection: &dyn Any, patience: Duration) {
    let Some(stream) = connection.downcast_ref::<actix_web::rt::net::TcpStream>() else { return };
    let patience = (!patience.is_zero()).then_some(patience);
    if let Err(cause) = socket2::SockRef::from(stream).set_tcp_user_timeout(patience) {
        tracing::warn!(%cause, "cannot limit how long a client may leave bytes unread");
    }
}

#[cfg(not(target_os = "linux"))]
fn limit_unread(_: &dyn Any, _: Duration) {}

/// A server that serves.
pub struct Running {
    address: SocketAddr,
    ctx: Ctx,
    shutdown: Shutdown,
    handle: ServerHandle,
    http: JoinHandle<std::io::Result<()>>,
    work: platform::Running,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its context.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Stops: takes no new connections, says goodbye to sockets (close code 1001), finishes requests and jobs, and
    /// closes the database. What takes longer than `server.shutdown_seconds` is cut.
    pub async fn stop(self) {
        let patience = Duration::from_secs(self.ctx.config().server.shutdown_seconds);
        let finish = async {
            self.shutdown.begin();
            self.handle.stop(true).await;
            // The task ends with the server; that it failed changes nothing any more.
            let _ = self.http.await;
            self.work.stop().await;
        };
        if tokio::time::timeout(patience, finish).await.is_err() {
            tracing::warn!("requests or jobs took too long and were cut");
        }
        let database = self.ctx.database().clone();
        if tokio::task::spawn_blocking(move || database.close()).await.is_err() {
            tracing::error!("cannot close the database");
        }
    }
}
