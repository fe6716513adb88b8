//! The command line.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use platform::Config;
use types::BuiltinRole;

use crate::{commands, logging};

/// Read when it is there and no other file is named.
const DEFAULT_FILE: &str = "rapport.toml";

/// One place for a company's conversations with its customers.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, about)]
pub struct Cli {
    /// File of settings (TOML); `rapport.toml` in this directory when it is there. Variables of the environment such as
    /// RAPPORT_SERVER__BIND win over it.
    #[arg(long, env = "RAPPORT_CONFIG", global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring the database up to date and serve
    Serve,
    /// Bring the database up to date, and nothing more
    Migrate,
    /// Print the API's OpenAPI document
    Openapi,
    /// Manage users
    #[command(subcommand)]
    User(UserCommand),
    /// Fill a new database with a made-up company, for trying things out
    Demo,
    /// Look at the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Copy database, files and key into a new directory; the server may go on running
    Backup {
        /// The directory, which must not exist yet
        directory: PathBuf,
    },
    /// Put a copy made by `backup` in place; stop the server first
    Restore {
        /// The directory that `backup` made
        directory: PathBuf,
        /// Replace what is there already
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Add a user who can sign in at once. The password is read from standard input, or from RAPPORT_PASSWORD.
    Add {
        /// The address to sign in with
        #[arg(long)]
        email: String,
        /// The name that others see
        #[arg(long)]
        name: String,
        /// super_administrator, administrator, agent or viewer
        #[arg(long, default_value_t = BuiltinRole::SuperAdministrator)]
        role: BuiltinRole,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Say whether the settings can be used
    Check,
    /// Print every setting with its default and meaning, as a Markdown table
    Describe,
}

impl Cli {
    /// Carries the command out.
    ///
    /// # Errors
    /// What went wrong, in words for an operator.
    pub fn run(self) -> Result<()> {
        match self.command {
            Command::Openapi => return commands::print_openapi(),
            Command::Config(ConfigCommand::Describe) => return commands::describe_config(),
            _ => {}
        }
        let config = load(self.config.as_deref())?;
        logging::init(&config.log)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("cannot start threads")?;
        runtime.block_on(async {
            match self.command {
                Command::Serve => commands::serve(config).await,
                Command::Migrate => commands::migrate(&config),
                Command::User(UserCommand::Add { email, name, role }) => {
                    commands::add_user(config, email, name, role).await
                }
                Command::Demo => commands::demo(config).await,
                Command::Backup { directory } => crate::backup(&config, &directory).await,
                Command::Restore { directory, force } => crate::restore(&config, &directory, force).await,
                Command::Config(ConfigCommand::Check) => commands::check_config(&config),
                // Both were carried out above, without settings.
                Command::Openapi | Command::Config(ConfigCommand::Describe) => Ok(()),
            }
        })
    }
}

fn load(file: Option<&Path>) -> Result<Config> {
    let default = Path::new(DEFAULT_FILE);
    let file = file.or_else(|| default.exists().then_some(default));
    // Variables that are not text cannot be settings.
    let environment = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
    Ok(Config::load(file, environment)?)
}
