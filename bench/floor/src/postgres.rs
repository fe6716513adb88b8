//! PostgreSQL: a pool of connections, each statement prepared once on each.

use actix_web::web::{Data, Json, Path, ServiceConfig, post};
use actix_web::{HttpResponse, Result as ActixResult};
use anyhow::{Context, Result};
use deadpool_postgres::{GenericClient, Manager, Pool};
use serde_json::Value;
use tokio_postgres::NoTls;
use tokio_postgres::types::{ToSql, Type};

use crate::message::{CreateMessage, Ids, NewMessage, Row, events, failed, number, topics, wire};
use crate::statements;

/// How many connections, as Rapport opens them.
const CONNECTIONS: usize = 16;

/// The database.
pub struct Postgres {
    pool: Pool,
    /// Who writes: id and name.
    user: (i64, String),
    ids: Ids,
}

impl Postgres {
    pub async fn open(url: &str) -> Result<Self> {
        let manager = Manager::new(url.parse()?, NoTls);
        let pool = Pool::builder(manager).max_size(CONNECTIONS).build()?;
        let user = pool.get().await?.query_one(statements::USER, &[]).await?;
        Ok(Self { pool, user: (user.try_get(0)?, user.try_get(1)?), ids: Ids::default() })
    }

    /// The statements of `create_message`, in their order.
    async fn post(&self, new: &NewMessage) -> Result<Value> {
        let (user_id, user_name) = &self.user;
        let (thread_id, now) = (new.thread_id, self.ids.now());
        let CreateMessage { html, client_id } = &new.request;
        let mut client = self.pool.get().await?;
        let tx = client.transaction().await?;
        let mut thread =
            row(&tx, statements::THREAD_LOCKED, &[&thread_id]).await?.context("no such thread")?;
        let seq = number(&thread, "last_seq") + 1;
        let twice = row(&tx, statements::SENT_BEFORE, &[&thread_id, client_id]).await?;
        anyhow::ensure!(twice.is_none(), "sent before");
        let id = self.ids.next();
        execute(
            &tx,
            statements::INSERT_MESSAGE,
            &[&id, &thread_id, &seq, user_id, user_name, html, client_id, &now],
        )
        .await?;
        let joined = execute(&tx, statements::ADD_PARTICIPANT, &[&thread_id, user_id]).await?;
        let joined = i32::try_from(joined)?;
        execute(&tx, statements::WRITE_SUMMARY, &[&seq, &now, html, &joined, &thread_id]).await?;
        thread.insert("last_seq".to_owned(), seq.into());
        let visitor = number(&thread, "visitor_id");
        row(&tx, statements::LATEST_THREAD, &[&visitor]).await?;
        row(&tx, statements::WIDGET_ON, &[&visitor]).await?;
        row(&tx, statements::HAS_SESSION, &[&visitor]).await?;
        let read_seq = number(&thread, "contact_read_seq");
        let unread = row(&tx, statements::COUNT_UNREAD, &[&thread_id, &read_seq]).await?.unwrap_or_default();
        row(&tx, statements::LAST_ANSWERER, &[&thread_id]).await?;
        execute(&tx, statements::SAVE_READ_POSITION, &[&thread_id, user_id, &seq]).await?;
        let message = wire(new, id, seq, user_name, now);
        let (topics, contact) = (topics(&thread), number(&thread, "contact_id"));
        let payloads = events(&message, thread, number(&unread, "unread"));
        let (first, second) = (self.ids.next(), self.ids.next());
        execute(
            &tx,
            statements::INSERT_EVENTS,
            &[&first, &topics[0], &payloads[0], &contact, &now, &second, &topics[1], &payloads[1]],
        )
        .await?;
        tx.commit().await?;
        Ok(message)
    }
}

/// Mounts what is measured on PostgreSQL.
pub fn routes(config: &mut ServiceConfig) {
    config.route("/postgres/threads/{id}/messages", post().to(create_message));
}

async fn create_message(
    postgres: Data<Postgres>,
    id: Path<i64>,
    request: Json<CreateMessage>,
) -> ActixResult<HttpResponse> {
    let new = NewMessage { thread_id: *id, request: request.into_inner() };
    Ok(HttpResponse::Created().json(postgres.post(&new).await.map_err(failed)?))
}

type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

async fn execute(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<u64> {
    Ok(client.execute(&client.prepare_cached(sql).await?, params).await?)
}

/// The first row of a query, if there is one.
async fn row(client: &impl GenericClient, sql: &str, params: Params<'_>) -> Result<Option<Row>> {
    let Some(row) = client.query_opt(&client.prepare_cached(sql).await?, params).await? else {
        return Ok(None);
    };
    let value = |at: usize, kind: &Type| -> Result<Value> {
        Ok(match *kind {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.into(),
            Type::INT4 => row.try_get::<_, Option<i32>>(at)?.into(),
            Type::BOOL => row.try_get::<_, Option<bool>>(at)?.into(),
            Type::TEXT => row.try_get::<_, Option<String>>(at)?.into(),
            _ => Value::Null,
        })
    };
    row.columns()
        .iter()
        .enumerate()
        .map(|(at, column)| Ok((column.name().to_owned(), value(at, column.type_())?)))
        .collect::<Result<Row>>()
        .map(Some)
}
