//! The commands that are more than a call.
#![allow(clippy::print_stdout, reason = "commands report on standard output")]

use std::io::{BufRead, IsTerminal, Write};

use accounts::users::NewUser;
use anyhow::{Context as _, Result, ensure};
use platform::{Actor, Clock, Config, Ctx};
use types::BuiltinRole;

use crate::frontend::Dist;
use crate::mail_transport::SmtpTransport;
use crate::{Server, demo, openapi, storage, wiring};

/// Names the password where there is nobody to type it.
const PASSWORD_VARIABLE: &str = "RAPPORT_PASSWORD";

/// Serves until the process is told to stop.
pub(crate) async fn serve(config: Config) -> Result<()> {
    let running = Server::new(config).start().await?;
    told_to_stop().await?;
    tracing::info!("stopping");
    running.stop().await;
    Ok(())
}

/// Waits for SIGINT or SIGTERM.
async fn told_to_stop() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen to signals")?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot listen to signals"),
        _ = terminate.recv() => Ok(()),
    }
}

pub(crate) fn migrate(config: &Config) -> Result<()> {
    let report = db::Database::open(&config.database.settings())?.migrate()?;
    match report.applied.as_slice() {
        [] => println!("The database is up to date."),
        applied => println!("Applied: {}.", applied.join(", ")),
    }
    if let Some(copy) = report.copy {
        println!("The database as it was before: {}", copy.display());
    }
    Ok(())
}

pub(crate) fn print_openapi() -> Result<()> {
    std::io::stdout().write_all(openapi::render(&openapi::document())?.as_bytes())?;
    Ok(())
}

pub(crate) fn check_config(config: &Config) -> Result<()> {
    storage::open(&config.storage)?;
    SmtpTransport::open(&config.smtp)?;
    println!("The settings can be used.");
    Ok(())
}

pub(crate) fn describe_config() -> Result<()> {
    println!("| Setting | Variable | Default | Meaning |\n|-|-|-|-|");
    for setting in Config::describe() {
        let meaning = setting.documentation.split_whitespace().collect::<Vec<_>>().join(" ");
        println!("| `{}` | `{}` | `{}` | {meaning} |", setting.name, setting.variable, setting.default);
    }
    Ok(())
}

/// A context for a command that runs beside no server, or beside one.
async fn context(config: Config) -> Result<Ctx> {
    let database = wiring::database(&config)?;
    wiring::context(config, database, Clock::default(), &Dist::find()).await
}

pub(crate) async fn add_user(config: Config, email: String, name: String, role: BuiltinRole) -> Result<()> {
    let password = read_password()?;
    accounts::passwords::check_rule("password", &password)?;
    let password_hash = accounts::passwords::hash(&password)?;
    let ctx = context(config).await?;
    let work = ctx.start();
    let new = NewUser { name, email, role, password_hash };
    let added = ctx.write(&Actor::System, move |tx| accounts::users::add(tx, new.clone())).await;
    work.stop().await;
    let user = added?;
    println!("{} can sign in as {}.", user.name, user.email);
    Ok(())
}

/// The password from the environment, else the first line of standard input.
fn read_password() -> Result<String> {
    if let Ok(password) = std::env::var(PASSWORD_VARIABLE) {
        return Ok(password);
    }
    if std::io::stdin().is_terminal() {
        print!("Password (it is shown as you type): ");
        std::io::stdout().flush()?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read the password")?;
    let password = line.trim_end_matches(['\r', '\n']);
    ensure!(!password.is_empty(), "give the password on standard input, or in {PASSWORD_VARIABLE}");
    Ok(password.to_owned())
}

pub(crate) async fn demo(config: Config) -> Result<()> {
    demo::fill(config).await?;
    println!("The demo is ready: start it with `rapport serve`.");
    Ok(())
}
