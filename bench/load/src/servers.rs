//! Rapport and the floor, started as they are measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{Process, free_address};

/// What is measured and how thoroughly.
pub struct Bench {
    /// The release build of Rapport.
    pub rapport: PathBuf,
    /// The release build of the floor.
    pub floor: PathBuf,
    /// Where databases are kept.
    pub folder: PathBuf,
    /// A PostgreSQL server that may be filled, if there is one.
    pub postgres: Option<String>,
    /// The folder of the scripts that a browser runs, if there is one.
    pub browser: Option<PathBuf>,
    /// How many rounds of each.
    pub rounds: usize,
    /// How long a round lasts.
    pub round_length: std::time::Duration,
}

impl Bench {
    /// The folder of one figure's data.
    pub fn data(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The folder of one figure's data, made anew.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn fresh_data(&self, name: &str) -> Result<PathBuf> {
        let data = self.data(name);
        if data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        Ok(data)
    }

    /// Starts Rapport on the SQLite database in `data`, which it makes when there is none.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn rapport(&self, data: &Path) -> Result<Process> {
        self.rapport_on(data, &format!("sqlite://{}", database(data).display())).await
    }

    /// Starts Rapport on the database of a URL. Its settings are the defaults, apart from what one address may do.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn rapport_on(&self, data: &Path, database_url: &str) -> Result<Process> {
        let address = free_address()?;
        let mut command = Command::new(&self.rapport);
        command
            .arg("serve")
            .current_dir(data)
            .env("RAPPORT_SERVER__BIND", address.to_string())
            .env("RAPPORT_SERVER__PUBLIC_URL", format!("http://{address}"))
            .env("RAPPORT_DATABASE__URL", database_url)
            .env("RAPPORT_STORAGE__PATH", data.join("files"))
            .env("RAPPORT_SECRETS__KEY_FILE", data.join("key"))
            .env("RAPPORT_SESSIONS__ACCESS_TOKEN_SECONDS", "86400")
            .env("RAPPORT_LIMITS__VISITOR_SESSIONS_PER_MINUTE", "1000000")
            .env("RAPPORT_LIMITS__VISITOR_MESSAGES_PER_MINUTE", "1000000")
            .env("RAPPORT_LIMITS__BOOKING_READS_PER_MINUTE", "1000000");
        Process::start(command, address, "/health/ready", &data.join("rapport.log")).await
    }

    /// Starts the floor on a SQLite database that Rapport made.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn floor(&self, database: &Path) -> Result<Process> {
        self.floor_with(|command| command.arg("--sqlite").arg(database)).await
    }

    /// Starts the floor with further arguments.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn floor_with(&self, arguments: impl FnOnce(&mut Command) -> &mut Command) -> Result<Process> {
        let address = free_address()?;
        let mut command = Command::new(&self.floor);
        arguments(command.arg("--bind").arg(address.to_string()));
        Process::start(command, address, "/hello", &self.folder.join("floor.log")).await
    }
}

/// The SQLite database in a data folder.
pub fn database(data: &Path) -> PathBuf {
    data.join("rapport.db")
}
