//! The floor that Rapport is measured against: what actix-web with SQLite, with PostgreSQL, with WebSockets and with files
//! can do on this machine, with nothing of a product in between.
//!
//! It works on a copy of Rapport's own database and carries out the statements that `create_message` carries out, so the
//! tables, the indexes and what is written are the same. It knows nobody, checks nothing and sanitises nothing.

mod files;
mod live;
mod message;
mod postgres;
mod sqlite;
mod statements;

use std::net::SocketAddr;
use std::path::PathBuf;

use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use anyhow::Result;
use clap::Parser;

#[derive(Parser)]
struct Options {
    /// Address and port to listen on
    #[arg(long)]
    bind: SocketAddr,
    /// File of a SQLite database that Rapport made
    #[arg(long)]
    sqlite: Option<PathBuf>,
    /// URL of a PostgreSQL database that Rapport made
    #[arg(long)]
    postgres: Option<String>,
    /// Folder whose files are sent
    #[arg(long)]
    files: Option<PathBuf>,
}

/// Answers without a database: what HTTP alone costs.
async fn hello() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({ "id": "1", "subject": "hello", "status": "open" }))
}

#[actix_web::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let sqlite = options.sqlite.map(sqlite::Sqlite::open).transpose()?.map(Data::new);
    let postgres = match options.postgres {
        Some(url) => Some(Data::new(postgres::Postgres::open(&url).await?)),
        None => None,
    };
    let folder = options.files.map(|path| Data::new(files::Folder(path)));
    let topics = Data::new(live::Topics::default());
    let app = move || {
        App::new()
            .app_data(topics.clone())
            .route("/hello", web::get().to(hello))
            .configure(live::routes)
            .configure(|config| {
                if let Some(folder) = &folder {
                    config.app_data(folder.clone()).configure(files::routes);
                }
                if let Some(sqlite) = &sqlite {
                    config.app_data(sqlite.clone()).configure(sqlite::routes);
                }
                if let Some(postgres) = &postgres {
                    config.app_data(postgres.clone()).configure(postgres::routes);
                }
            })
    };
    Ok(HttpServer::new(app).max_connections(50_000).tcp_nodelay(true).bind(options.bind)?.run().await?)
}
