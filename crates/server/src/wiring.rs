//! What makes a context: every slice's subscribers and jobs, and everything outside that they use.

use accounts::mails::Transport;
use anyhow::{Context as _, Result};
use db::Database;
use platform::{Actor, Clock, Config, Ctx};
use web::RateLimiter;

use crate::frontend::Dist;
use crate::mail_transport::SmtpTransport;
use crate::{storage, transcription};

/// Opens the database that the settings name, and brings its schema up to date.
///
/// # Errors
/// When the database cannot be reached, or its schema is newer than this program.
pub(crate) fn database(config: &Config) -> Result<Database> {
    let database = Database::open(&config.database.settings())?;
    database.migrate().context("cannot bring the database up to date")?;
    Ok(database)
}

/// Puts the context together and makes sure of the rows that everything relies on.
///
/// # Errors
/// When a setting cannot be used, or the database cannot be reached.
pub(crate) async fn context(config: Config, database: Database, clock: Clock, dist: &Dist) -> Result<Ctx> {
    let mut builder = Ctx::builder(config.clone())
        .database(database)
        .clock(clock)
        .extension(storage::open(&config.storage)?)
        .extension(RateLimiter::default())
        .extension(transcription::open(&config.transcription)?)
        .extension(clips::Cutter::new(
            Some(config.calls.ffmpeg.clone()).filter(|path| !path.as_os_str().is_empty()),
        ))
        .extension(accounts::connections::OAuth::open()?)
        .extension(accounts::webhooks::WebhookSender::open(&config)?)
        .extension(accounts::domains::DomainVerifier::open(&config)?)
        .extension(zoom::Zoom::open(&config.zoom.api_url)?)
        .extension(dist.assets()?)
        .extension(crm::records::Calls(Box::new(calls::CallRecords)))
        .authenticator(accounts::Authentication::new(channels::VisitorAuthenticator::default()))
        .subscribers(accounts::subscribers())
        .subscribers(calls::subscribers())
        .subscribers(clips::subscribers())
        .subscribers(booking::subscribers())
        .subscribers(conversations::subscribers())
        .subscribers(channels::subscribers());
    for register in [
        accounts::jobs,
        crm::jobs,
        calls::jobs,
        clips::jobs,
        booking::jobs,
        conversations::jobs,
        channels::jobs,
    ] {
        builder = register(builder);
    }
    if let Some(transport) = SmtpTransport::open(&config.smtp)? {
        builder = builder.extension(Transport(Box::new(transport)));
    }
    let ctx = builder.build().await?;
    ctx.write(&Actor::System, accounts::ensure_builtin_roles).await?;
    Ok(ctx)
}
