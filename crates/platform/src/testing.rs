//! What tests of every slice start from.

use db::testing::TestDatabase;
use db::{Database, Error};

use crate::config::{Config, DatabaseConfig, SecretsConfig};
use crate::{Ctx, CtxBuilder};

/// 32 bytes in base64: nothing that tests seal outlives them.
const KEY: &str = "dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";

/// The settings of a test on this database: a fixed key, a free port.
pub fn config(database: &TestDatabase) -> Config {
    let mut config = Config {
        database: DatabaseConfig { url: database.settings().url.clone(), ..DatabaseConfig::default() },
        secrets: SecretsConfig { key: KEY.to_owned(), ..SecretsConfig::default() },
        ..Config::default()
    };
    config.server.bind.set_port(0);
    if let Some(directory) = database.directory() {
        config.storage.path = directory.join("files");
    }
    config
}

/// A context on this database, to be wired up further. Call it again for a second node on the same database.
///
/// # Errors
/// [`Error`] when the database cannot be opened.
pub fn builder(database: &TestDatabase) -> Result<CtxBuilder, Error> {
    let config = config(database);
    let opened = Database::open(&config.database.settings())?;
    Ok(Ctx::builder(config).database(opened))
}
