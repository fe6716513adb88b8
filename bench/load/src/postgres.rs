//! Databases of a PostgreSQL server that may be filled.

use anyhow::{Context, Result};
use tokio_postgres::{Client, NoTls};

use crate::servers::Bench;

/// The URL of another database of the same server.
pub fn sibling(maintenance: &str, name: &str) -> String {
    let server = maintenance.rsplit_once('/').map_or(maintenance, |(server, _)| server);
    format!("{server}/{name}")
}

/// Makes a database anew, empty or from another one; its URL.
///
/// # Errors
/// When there is no server, or it refuses.
pub async fn fresh_database(bench: &Bench, name: &str, template: Option<&str>) -> Result<String> {
    let maintenance = bench.postgres.as_deref().context("give a PostgreSQL server with --postgres")?;
    let client = connect(maintenance).await?;
    let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).await?;
    client.batch_execute(&format!("CREATE DATABASE {name}{template}")).await?;
    Ok(sibling(maintenance, name))
}

/// Connects. The connection lasts as long as the client.
///
/// # Errors
/// When the server refuses.
pub async fn connect(url: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    // When it breaks, what the client is asked for next fails.
    tokio::spawn(connection);
    Ok(client)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sibling_is_another_database_of_the_server() {
        assert_eq!(sibling("postgres://u@h:1/postgres", "bench"), "postgres://u@h:1/bench");
    }
}
