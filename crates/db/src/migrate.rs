//! Schema versions: plain SQL files, embedded, each applied once in a transaction of its own.
//!
//! One process migrates at a time (an advisory lock on PostgreSQL, a locked file beside SQLite's). A file that was
//! applied never changes: its checksum is kept and compared. A schema with versions that this binary does not know is
//! refused.

use std::fs::File;
use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use sha2::{Digest, Sha256};

use crate::conn::Purpose;
use crate::database::copy_sqlite;
use crate::{Conn, DatabaseSettings, Error};

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The directory under `migrations/<engine>/`, which sorts by number.
    pub version: &'static str,
    /// The SQL for SQLite.
    pub sqlite: &'static str,
    /// The SQL for PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migrations {
    ($($version:literal),* $(,)?) => {
        &[$(Migration {
            version: $version,
            sqlite: include_str!(concat!("../../../migrations/sqlite/", $version, "/up.sql")),
            postgres: include_str!(concat!("../../../migrations/postgres/", $version, "/up.sql")),
        }),*]
    };
}

/// Every step of the schema, oldest first.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_init",
    "0002_calls",
    "0003_crm",
    "0004_clips",
    "0005_connections",
    "0006_booking",
    "0007_consent",
    "0008_webhooks",
    "0009_mail_calendar",
    "0010_domains",
    "0011_conferences",
    "0012_push",
    "0013_told"
];

/// What [`Database::migrate`](crate::Database::migrate) did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MigrationReport {
    /// The versions applied now, oldest first.
    pub applied: Vec<&'static str>,
    /// The copy of the SQLite file from before, when there was something to copy.
    pub copy: Option<PathBuf>,
}

/// Where the versions that were applied are kept; the times are microseconds since 1970.
const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_migrations \
    (version TEXT PRIMARY KEY, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Any number, as long as every node takes the same.
const LOCK: i64 = 0x0072_6170_706f_7274;

pub(crate) fn migrate(settings: &DatabaseSettings) -> Result<MigrationReport, Error> {
    create_directory(settings)?;
    // Held until this returns. The system releases it when the process is killed.
    let _alone = lock_file(settings)?;
    let mut conn = Conn::open(settings, Purpose::Write)?;
    if let Conn::Pg(conn) = &mut conn {
        conn.batch_execute("SET statement_timeout = 0")?;
        diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(LOCK).execute(conn)?;
    }
    let applied = applied(&mut conn)?;
    check(&conn, &applied)?;
    let mut report = MigrationReport::default();
    if !applied.is_empty() && applied.len() < MIGRATIONS.len() {
        report.copy = copy_before(&mut conn, settings, MIGRATIONS[applied.len()].version)?;
    }
    for migration in MIGRATIONS {
        if apply(&mut conn, migration)? {
            tracing::info!(version = migration.version, "migrated");
            report.applied.push(migration.version);
        }
    }
    Ok(report)
}

fn create_directory(settings: &DatabaseSettings) -> Result<(), Error> {
    let Some(path) = settings.sqlite_path() else { return Ok(()) };
    match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => std::fs::create_dir_all(directory)
            .map_err(|cause| Error::File { path: directory.display().to_string(), cause }),
        _ => Ok(()),
    }
}

/// Waits until no other process migrates this SQLite file. The wait comes before it is opened, because SQLite's own
/// locks neither let several switch a new file to the write-ahead log at once nor cover the copy that is made first.
fn lock_file(settings: &DatabaseSettings) -> Result<Option<File>, Error> {
    let Some(mut path) = settings.sqlite_path().map(PathBuf::into_os_string) else { return Ok(None) };
    path.push(".lock");
    let refused = |cause| Error::File { path: path.to_string_lossy().into_owned(), cause };
    // One that another user made can be read alone, which is enough.
    let file = File::open(&path).or_else(|_| File::create(&path)).map_err(refused)?;
    file.lock().map_err(refused)?;
    Ok(Some(file))
}

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    checksum: String,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

fn applied(conn: &mut Conn) -> Result<Vec<Applied>, Error> {
    let known = match conn {
        Conn::Sqlite(_) => {
            "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations') AS found"
        }
        Conn::Pg(_) => "SELECT to_regclass('schema_migrations') IS NOT NULL AS found",
    };
    if !diesel::sql_query(known).get_result::<Found>(conn)?.found {
        return Ok(Vec::new());
    }
    Ok(diesel::sql_query("SELECT version, checksum FROM schema_migrations ORDER BY version").load(conn)?)
}

/// Refuses a schema that this binary did not make.
fn check(conn: &Conn, applied: &[Applied]) -> Result<(), Error> {
    for found in applied {
        let Some(known) = MIGRATIONS.iter().find(|m| m.version == found.version) else {
            return Err(Error::Migration(format!(
                "the database has schema version {} and this program knows {} at the most: start a newer release",
                found.version,
                MIGRATIONS.last().map_or("none", |m| m.version),
            )));
        };
        if found.checksum != checksum(sql(conn, known)) {
            return Err(Error::Migration(format!(
                "schema version {} was applied with another text than this program has",
                known.version
            )));
        }
    }
    Ok(())
}

fn sql(conn: &Conn, migration: &Migration) -> &'static str {
    match conn {
        Conn::Sqlite(_) => migration.sqlite,
        Conn::Pg(_) => migration.postgres,
    }
}

fn checksum(sql: &str) -> String {
    Sha256::digest(sql.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn copy_before(
    conn: &mut Conn,
    settings: &DatabaseSettings,
    version: &str,
) -> Result<Option<PathBuf>, Error> {
    let (Conn::Sqlite(conn), Some(path)) = (conn, settings.sqlite_path()) else { return Ok(None) };
    let mut name = path.into_os_string();
    name.push(format!(".before-{version}"));
    let copy = PathBuf::from(name);
    // A copy from an attempt that failed half-way is as old as the database itself, or incomplete: make it again.
    match std::fs::remove_file(&copy) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            return Err(Error::File { path: copy.display().to_string(), cause });
        }
        _ => {}
    }
    copy_sqlite(conn, &copy)?;
    tracing::info!(copy = %copy.display(), "copied the database before migrating it");
    Ok(Some(copy))
}

/// Applies a migration unless it was applied before.
fn apply(conn: &mut Conn, migration: &Migration) -> Result<bool, Error> {
    let sql = sql(conn, migration);
    conn.batch_execute(match conn {
        Conn::Sqlite(_) => "BEGIN IMMEDIATE",
        Conn::Pg(_) => "BEGIN",
    })?;
    let outcome = (|| {
        if applied(conn)?.iter().any(|a| a.version == migration.version) {
            return Ok(false);
        }
        conn.batch_execute(VERSIONS)?;
        conn.batch_execute(sql)?;
        let now = match conn {
            Conn::Sqlite(_) => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
            Conn::Pg(_) => "CAST(extract(epoch FROM now()) * 1000000 AS BIGINT)",
        };
        diesel::sql_query(format!(
            "INSERT INTO schema_migrations (version, checksum, applied_at) VALUES ($1, $2, {now})"
        ))
        .bind::<Text, _>(migration.version)
        .bind::<Text, _>(checksum(sql))
        .execute(conn)?;
        Ok(true)
    })();
    match outcome {
        Ok(done) => {
            conn.batch_execute("COMMIT")?;
            Ok(done)
        }
        Err(cause) => {
            // The connection is dropped right after, which rolls back too.
            let _ = conn.batch_execute("ROLLBACK");
            let cause: Error = cause;
            Err(Error::Migration(format!("schema version {} cannot be applied: {cause}", migration.version)))
        }
    }
}
