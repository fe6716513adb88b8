//! Settings of the process: a TOML file, then the environment (`RAPPORT_SECTION__KEY`), over the defaults.
//!
//! Each setting is documented once, at its field; [`Config::describe`] is that documentation as a table.

mod destination;
mod load;
mod network;
mod sections;

pub use destination::Destination;
pub use load::{ConfigError, Setting};
pub use network::Network;
pub use sections::*;

use serde::{Deserialize, Serialize};

/// Every setting of the process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where it listens and how it is reached.
    pub server: ServerConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// Where files are kept.
    pub storage: StorageConfig,
    /// The server that takes outgoing mail.
    pub smtp: SmtpConfig,
    /// The key that credentials are encrypted with.
    pub secrets: SecretsConfig,
    /// How long sign-ins last.
    pub sessions: SessionsConfig,
    /// What one client may ask for.
    pub limits: LimitsConfig,
    /// Calls and their recordings.
    pub calls: CallsConfig,
    /// Transcription of calls.
    pub transcription: TranscriptionConfig,
    /// The app at Google.
    pub google: GoogleConfig,
    /// The app at Microsoft.
    pub microsoft: MicrosoftConfig,
    /// The app at Zoom's marketplace.
    pub zoom: ZoomConfig,
    /// Requests to addresses that users gave.
    pub outgoing: OutgoingConfig,
    /// Domains of the account's own.
    pub domains: DomainsConfig,
    /// The log of events that feeds the live stream.
    pub events: EventsConfig,
    /// Background work.
    pub jobs: JobsConfig,
    /// What is logged.
    pub log: LogConfig,
    /// Whether this is a demo: sample data, sign-ins printed on the sign-in page, loopback addresses only.
    pub demo: bool,
}
