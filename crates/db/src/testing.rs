//! Databases for tests: a new one each, with the current schema, gone when it is dropped.
//!
//! SQLite databases are files in the system's directory for temporary files. PostgreSQL databases are made on the
//! cluster that `RAPPORT_TEST_POSTGRES` names, by the URL of a database to connect to; it must be a throw-away one.
//! The schema is migrated once, into a template that the others are copied from.

mod plan;

pub use plan::plan;

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use sha2::{Digest, Sha256};

use crate::{Conn, DatabaseSettings, Engine, Error, MIGRATIONS, migrate};

/// The variable that names the cluster for tests.
pub const POSTGRES_VARIABLE: &str = "RAPPORT_TEST_POSTGRES";

/// Any number, as long as every test process takes the same.
const TEMPLATE_LOCK: i64 = 0x7261_7074_6573_7473;

static MADE: AtomicU32 = AtomicU32::new(0);

/// A database that is deleted when this is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    settings: DatabaseSettings,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Directory(PathBuf),
    Cluster { maintenance: String, name: String },
}

impl TestDatabase {
    /// A new database with the current schema.
    ///
    /// # Errors
    /// [`Error`] when it cannot be made; for PostgreSQL also when `RAPPORT_TEST_POSTGRES` is not set.
    pub fn new(engine: Engine) -> Result<Self, Error> {
        match engine {
            Engine::Sqlite => sqlite(),
            Engine::Postgres => postgres(),
        }
    }

    /// How to open it.
    pub fn settings(&self) -> &DatabaseSettings {
        &self.settings
    }

    /// A directory for what else a test keeps; nothing for PostgreSQL.
    pub fn directory(&self) -> Option<&Path> {
        match &self.place {
            Place::Directory(path) => Some(path),
            Place::Cluster { .. } => None,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // What cannot be deleted is left to whoever throws the cluster or the temporary files away.
        match &self.place {
            Place::Directory(path) => {
                let _ = std::fs::remove_dir_all(path);
            }
            Place::Cluster { maintenance, name } => {
                let _ = PgConnection::establish(maintenance).map(|mut conn| {
                    conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                });
            }
        }
    }
}

/// A name that no other test process uses at the same time.
fn new_name() -> String {
    format!("rapport_test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

/// A directory of a new name.
fn new_directory() -> Result<PathBuf, Error> {
    let directory = std::env::temp_dir().join(new_name());
    let refused = |cause| Error::File { path: directory.display().to_string(), cause };
    match std::fs::remove_dir_all(&directory) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(refused(cause)),
        _ => std::fs::create_dir_all(&directory).map_err(refused)?,
    }
    Ok(directory)
}

/// The bytes of an empty SQLite database with the current schema.
static SQLITE_TEMPLATE: Mutex<Option<Vec<u8>>> = Mutex::new(None);

fn sqlite() -> Result<TestDatabase, Error> {
    let directory = new_directory()?;
    let path = directory.join("rapport.db");
    let settings = DatabaseSettings::new(format!("sqlite://{}", path.display()));
    let refused = |cause| Error::File { path: path.display().to_string(), cause };
    let mut template = SQLITE_TEMPLATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    match template.as_ref() {
        Some(bytes) => std::fs::write(&path, bytes).map_err(refused)?,
        None => {
            // Its connection is closed at the end, which folds the log into the file.
            migrate::migrate(&settings)?;
            *template = Some(std::fs::read(&path).map_err(refused)?);
        }
    }
    Ok(TestDatabase { settings, place: Place::Directory(directory) })
}

fn postgres() -> Result<TestDatabase, Error> {
    let maintenance = std::env::var(POSTGRES_VARIABLE).map_err(|_| {
        Error::Unavailable(format!(
            "{POSTGRES_VARIABLE} is not set: it must be the URL of a database on a throw-away PostgreSQL cluster"
        ))
    })?;
    let mut conn = PgConnection::establish(&maintenance).map_err(Error::connect)?;
    let template = template(&mut conn, &maintenance)?;
    let name = new_name();
    conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
    let settings = DatabaseSettings::new(with_database(&maintenance, &name));
    Ok(TestDatabase { settings, place: Place::Cluster { maintenance, name } })
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

/// The name of the database that the others are copied from; makes it when there is none for these migrations.
fn template(conn: &mut PgConnection, maintenance: &str) -> Result<String, Error> {
    let digest = MIGRATIONS.iter().fold(Sha256::new(), |hash, m| hash.chain_update(m.postgres)).finalize();
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("rapport_template_{short}");
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(TEMPLATE_LOCK).execute(conn)?;
    let known = diesel::sql_query("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1) AS found")
        .bind::<Text, _>(&name)
        .get_result::<Found>(conn)?
        .found;
    if !known {
        // Made under another name first, so that a template is never half-made.
        let draft = format!("{name}_draft");
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)"))?;
        conn.batch_execute(&format!("CREATE DATABASE {draft} TEMPLATE template0"))?;
        migrate::migrate(&DatabaseSettings::new(with_database(maintenance, &draft)))?;
        conn.batch_execute(&format!("ALTER DATABASE {draft} RENAME TO {name}"))?;
    }
    diesel::sql_query("SELECT pg_advisory_unlock($1)").bind::<BigInt, _>(TEMPLATE_LOCK).execute(conn)?;
    Ok(name)
}

/// The same URL with another database.
fn with_database(url: &str, name: &str) -> String {
    let (address, parameters) = match url.split_once('?') {
        Some((address, parameters)) => (address, format!("?{parameters}")),
        None => (url, String::new()),
    };
    let scheme_end = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[scheme_end..].find('/').map_or(address.len(), |at| scheme_end + at);
    format!("{}/{name}{parameters}", &address[..host_end])
}

/// Opens a connection to a database for tests that look behind the handle.
///
/// # Errors
/// [`Error::Unavailable`] when it cannot be reached.
pub fn connect(settings: &DatabaseSettings) -> Result<Conn, Error> {
    Conn::open(settings, crate::conn::Purpose::Write)
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn the_database_of_a_url_is_replaced() {
        assert_eq!(with_database("postgres://u:p@h:1/postgres", "x"), "postgres://u:p@h:1/x");
        assert_eq!(with_database("postgres://h", "x"), "postgres://h/x");
        assert_eq!(with_database("postgres:///postgres?host=/tmp/pg", "x"), "postgres:///x?host=/tmp/pg");
    }
}
