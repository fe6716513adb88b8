//! The settings themselves, one struct for each concern.

use std::net::SocketAddr;
use std::path::PathBuf;

use db::{DatabaseSettings, Synchronous};
use serde::{Deserialize, Serialize};

use super::{Destination, Network};

/// Declares a section: the struct, its defaults and its documentation, from one text.
macro_rules! section {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident {
            $($(#[doc = $doc:literal])+ pub $field:ident: $type:ty = $default:expr,)+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[doc = $doc])+ pub $field: $type,)+ }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl $name {
            /// The name and the documentation of each setting, in the order of declaration.
            pub(super) const DOCUMENTATION: &'static [(&'static str, &'static str)] =
                &[$((stringify!($field), concat!($($doc),+)),)+];
        }
    };
}

section! {
    /// Where Rapport listens and how it is reached.
    pub struct ServerConfig {
        /// Address and port to listen on.
        pub bind: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080)),
        /// The URL that people and browsers reach Rapport under, without a slash at the end. Links in mails and the
        /// chat's code snippet start with it.
        pub public_url: String = "http://127.0.0.1:8080".to_owned(),
        /// Addresses or networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For`, `X-Forwarded-Host` and
        /// `X-Forwarded-Proto` are believed.
        pub trusted_proxies: Vec<Network> = Vec::new(),
        /// Addresses or networks that may read `/metrics`, besides this machine.
        pub metrics_readers: Vec<Network> = Vec::new(),
        /// Origin of the reps' app when it is served elsewhere, on the same site; empty when Rapport serves it.
        pub spa_origin: String = String::new(),
        /// Largest body of a request, in bytes. Uploads have a limit of their own.
        pub max_body_bytes: u64 = 1024 * 1024,
        /// Threads that serve requests; 0 for one per processor core.
        pub threads: usize = 0,
        /// Seconds that a client may leave what was sent to it unread before it is cut off; 0 for as long as it likes.
        /// Linux only.
        pub unread_seconds: u64 = 60,
        /// Seconds that running requests and jobs get to finish when the process is told to stop.
        pub shutdown_seconds: u64 = 20,
    }
}

impl ServerConfig {
    /// The URL that the reps' app is reached under, without a slash at the end.
    pub fn app_url(&self) -> &str {
        if self.spa_origin.is_empty() { &self.public_url } else { &self.spa_origin }
    }
}

section! {
    /// The database.
    pub struct DatabaseConfig {
        /// `sqlite://path/to/file`, or `postgres://user:password@host/database?sslmode=verify-full`.
        pub url: String = "sqlite://data/rapport.db".to_owned(),
        /// SQLite only: `full` has every acknowledged write on the disk before the reply; `normal` may lose the last
        /// ones at a power failure.
        pub synchronous: Synchronous = Synchronous::Full,
        /// Number of connections: for everything on PostgreSQL; on SQLite, which has one writer besides, for reads, and at
        /// most two for each processor core.
        pub pool_size: u16 = 16,
        /// PostgreSQL only: milliseconds after which a statement is given up.
        pub statement_timeout_ms: u32 = 10_000,
        /// Number of operations that may wait for the database before new ones are refused with 503.
        pub queue_limit: usize = 4096,
    }
}

impl DatabaseConfig {
    /// The settings in the form that the database opens with.
    pub fn settings(&self) -> DatabaseSettings {
        DatabaseSettings {
            url: self.url.clone(),
            synchronous: self.synchronous,
            pool_size: self.pool_size,
            statement_timeout_ms: self.statement_timeout_ms,
            queue_limit: self.queue_limit,
        }
    }
}

/// Where files are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageKind {
    /// In a directory.
    #[default]
    Disk,
    /// In a bucket of an S3-compatible store.
    S3,
}

section! {
    /// Where files are kept.
    pub struct StorageConfig {
        /// `disk` or `s3`. Several nodes need `s3`, or a directory that all of them share.
        pub kind: StorageKind = StorageKind::Disk,
        /// Directory for `disk`.
        pub path: PathBuf = PathBuf::from("data/files"),
        /// Bucket for `s3`.
        pub s3_bucket: String = String::new(),
        /// Region of the bucket.
        pub s3_region: String = "us-east-1".to_owned(),
        /// URL of an S3-compatible store other than Amazon's; empty for Amazon's.
        pub s3_endpoint: String = String::new(),
        /// Access key id.
        pub s3_access_key_id: String = String::new(),
        /// Secret access key.
        pub s3_secret_access_key: String = String::new(),
        /// Whether the store may be spoken to without TLS.
        pub s3_allow_http: bool = false,
    }
}

/// How the connection to the mail server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// TLS after STARTTLS, which the server must offer.
    #[default]
    Starttls,
    /// TLS from the first byte.
    Tls,
    /// None; for a server on the same machine.
    None,
}

section! {
    /// The server that takes outgoing mail. Without a host, mails wait and administrators can read them.
    pub struct SmtpConfig {
        /// Host name; empty for none.
        pub host: String = String::new(),
        /// Port: usually 587 with `starttls`, 465 with `tls`.
        pub port: u16 = 587,
        /// `starttls`, `tls` or `none`.
        pub security: SmtpSecurity = SmtpSecurity::Starttls,
        /// User name; empty to send without signing in.
        pub username: String = String::new(),
        /// Password.
        pub password: String = String::new(),
        /// Address that mails come from.
        pub from_address: String = "rapport@localhost".to_owned(),
        /// Name that mails come from.
        pub from_name: String = "Rapport".to_owned(),
    }
}

section! {
    /// The key that credentials are encrypted with and tokens are signed with. It is kept outside the database.
    pub struct SecretsConfig {
        /// File of 32 random bytes in base64, made at the first start. Every node needs the same.
        pub key_file: PathBuf = PathBuf::from("data/secret.key"),
        /// The key itself, 32 bytes in base64, in place of a file.
        pub key: String = String::new(),
    }
}

section! {
    /// How long sign-ins last.
    pub struct SessionsConfig {
        /// Seconds that an access token is valid.
        pub access_token_seconds: i64 = 15 * 60,
        /// Days after which a session that was not used ends.
        pub refresh_token_days: i64 = 30,
        /// Seconds in which a refresh token that was used already still returns its successor.
        pub refresh_grace_seconds: i64 = 30,
        /// Days after which a visitor's session that was not used ends.
        pub visitor_session_days: i64 = 365,
        /// Hours that a link to set a password is valid.
        pub reset_link_hours: i64 = 2,
        /// Hours that an invitation is valid.
        pub invitation_hours: i64 = 7 * 24,
    }
}

section! {
    /// What one client may ask for.
    pub struct LimitsConfig {
        /// Largest attachment, in bytes.
        pub attachment_bytes: u64 = 25 * 1024 * 1024,
        /// Attachments of one message.
        pub attachments_per_message: usize = 10,
        /// Longest text of a message, in characters.
        pub message_characters: usize = 50_000,
        /// Messages that one visitor may send in a minute.
        pub visitor_messages_per_minute: u32 = 30,
        /// Visitor sessions that one address may start in a minute.
        pub visitor_sessions_per_minute: u32 = 30,
        /// Clips for people outside that one address may ask for in a minute.
        pub shared_clips_per_minute: u32 = 60,
        /// Looks at booking pages and their times that one address may take in a minute.
        pub booking_reads_per_minute: u32 = 240,
        /// Times that one address may hold in a minute.
        pub booking_holds_per_minute: u32 = 30,
        /// Meetings that one address may book, move, call off or ask for in an hour.
        pub bookings_per_hour: u32 = 60,
        /// Questions of one address, such as a proxy, in a minute: whether a domain is the account's.
        pub domain_checks_per_minute: u32 = 600,
        /// Bytes that one visitor may upload in an hour.
        pub visitor_bytes_per_hour: u64 = 100 * 1024 * 1024,
        /// Failed sign-ins of one account or address in a quarter of an hour.
        pub failed_sign_ins: u32 = 10,
        /// Mails that one address may ask for in an hour, such as password resets.
        pub mails_per_hour: u32 = 10,
        /// Live connections of one user or visitor at a time.
        pub live_connections: usize = 20,
    }
}

section! {
    /// Calls and their recordings.
    pub struct CallsConfig {
        /// Largest recording, in bytes.
        pub recording_bytes: u64 = 4 * 1024 * 1024 * 1024,
        /// Longest recording, in hours.
        pub recording_hours: u32 = 12,
        /// Size of the parts in which recordings are uploaded, in bytes. A part is held in memory while it arrives.
        pub part_bytes: u64 = 4 * 1024 * 1024,
        /// Directory whose recordings are taken in; empty for none. Files that were taken in move to `imported` in it.
        pub watched_folder: PathBuf = PathBuf::new(),
        /// Whether recordings may be fetched from private addresses: only where the telephony system is in the same network.
        pub fetch_from_private_addresses: bool = false,
        /// The program ffmpeg, which cuts clips; empty to look for it where programs are. Without it, a clip for people
        /// outside is sound alone, as WAV.
        pub ffmpeg: PathBuf = PathBuf::new(),
        /// Seconds that a file in the watched directory must stay as it is before it is taken in.
        pub settle_seconds: i64 = 10,
    }
}

/// What transcribes calls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptionEngine {
    /// Nothing.
    #[default]
    None,
    /// The program `rapport-speech`.
    Worker,
    /// A server with OpenAI's interface.
    #[serde(rename = "openai")]
    OpenAi,
}

section! {
    /// Transcription of calls.
    pub struct TranscriptionConfig {
        /// `none`, `worker` for the program `rapport-speech` on this machine, or `openai` for a server with OpenAI's
        /// interface, to which the sound of calls is sent.
        pub engine: TranscriptionEngine = TranscriptionEngine::None,
        /// Recordings that are transcribed at a time on this node.
        pub at_a_time: usize = 1,
        /// Longest wait for the text of one utterance, in seconds.
        pub timeout_seconds: u64 = 120,
        /// The program of `worker`; empty for `rapport-speech` beside this one.
        pub program: PathBuf = PathBuf::new(),
        /// Folder of the models of `worker`.
        pub models: PathBuf = PathBuf::from("data/models"),
        /// Address of the server for `openai`, without a path.
        pub base_url: String = "https://api.openai.com".to_owned(),
        /// Path of transcriptions on that server.
        pub path: String = "/v1/audio/transcriptions".to_owned(),
        /// Key for that server; empty for none.
        pub api_key: String = String::new(),
        /// Model that the server is asked for.
        pub model: String = "whisper-1".to_owned(),
        /// Name of the form field that takes the model.
        pub model_field: String = "model".to_owned(),
    }
}

section! {
    /// The app at Zoom's marketplace whose recordings are taken in.
    pub struct ZoomConfig {
        /// Client id of the app; empty for none.
        pub client_id: String = String::new(),
        /// Client secret of the app.
        pub client_secret: String = String::new(),
        /// Secret token of the app, which its events are signed with.
        pub secret_token: String = String::new(),
        /// Address of Zoom's API, without a slash at the end. Recordings are fetched from it and from `zoom.us`.
        pub api_url: String = "https://api.zoom.us/v2".to_owned(),
        /// Address of Zoom's sign-in, without a slash at the end.
        pub oauth_url: String = "https://zoom.us/oauth".to_owned(),
    }
}

section! {
    /// The app at Google's cloud console whose users' calendars are read and written.
    pub struct GoogleConfig {
        /// Client id of the app; empty for none.
        pub client_id: String = String::new(),
        /// Client secret of the app.
        pub client_secret: String = String::new(),
        /// Address of Google's sign-in, without a slash at the end; `/.well-known/openid-configuration` below it says the rest.
        pub issuer_url: String = "https://accounts.google.com".to_owned(),
        /// Address of Google Calendar's API, without a slash at the end.
        pub api_url: String = "https://www.googleapis.com/calendar/v3".to_owned(),
    }
}

section! {
    /// The app registered with Microsoft Entra whose users' calendars are read and written.
    pub struct MicrosoftConfig {
        /// Client id of the app; empty for none.
        pub client_id: String = String::new(),
        /// Client secret of the app.
        pub client_secret: String = String::new(),
        /// Address of Microsoft's sign-in, without a slash at the end; `/.well-known/openid-configuration` below it says the rest.
        /// `common` lets everybody in; the id of a tenant lets one organization in.
        pub authority_url: String = "https://login.microsoftonline.com/common/v2.0".to_owned(),
        /// Address of Microsoft Graph, without a slash at the end.
        pub api_url: String = "https://graph.microsoft.com/v1.0".to_owned(),
    }
}

section! {
    /// Requests to addresses that users gave, such as webhooks and calendars. They go to the public internet alone.
    pub struct OutgoingConfig {
        /// What they may reach in private networks besides: addresses, networks (`10.0.0.0/8`), or hosts with a port
        /// (`crm.example.lan:443`). Everybody who may set such an address up then reaches it.
        pub allowed_private: Vec<Destination> = Vec::new(),
    }
}

section! {
    /// How it is found out that a domain is the account's.
    pub struct DomainsConfig {
        /// Addresses with port (`192.0.2.53:53`) of the DNS servers that are asked for domains; empty for those of the system.
        pub dns_servers: Vec<SocketAddr> = Vec::new(),
        /// Port that domains are asked at over HTTP. Another than 80 proves nothing to the public internet.
        pub http_port: u16 = 80,
    }
}

section! {
    /// The log of events that feeds the live stream.
    pub struct EventsConfig {
        /// Days that events are kept; a client that was away for longer loads everything again.
        pub retention_days: i64 = 7,
        /// Events that wait for one slow connection before it is cut.
        pub connection_backlog: usize = 256,
    }
}

section! {
    /// Background work.
    pub struct JobsConfig {
        /// Jobs that run at a time on this node; 0 for none.
        pub concurrency: usize = 8,
        /// Seconds that a job belongs to a node that stopped renewing its claim.
        pub lease_seconds: i64 = 60,
    }
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

section! {
    /// What is logged, to standard error.
    pub struct LogConfig {
        /// Level (`error`, `warn`, `info`, `debug`, `trace`), or a filter such as `info,platform=debug`.
        pub level: String = "info".to_owned(),
        /// `text` or `json`.
        pub format: LogFormat = LogFormat::Text,
    }
}
