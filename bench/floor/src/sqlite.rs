//! SQLite: one thread writes and commits what is queued together, each worker reads on a connection of its own.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use actix_web::web::{Data, Json, Path as UrlPath, ServiceConfig, get, post};
use actix_web::{HttpResponse, Result as ActixResult};
use anyhow::{Context, Result};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde_json::Value;
use tokio::sync::oneshot;

use crate::message::{CreateMessage, Ids, NewMessage, Row, events, failed, number, topics, wire};
use crate::statements;

/// How many messages share a commit at the most, as with Rapport.
const BATCH_LIMIT: usize = 64;

struct Task {
    new: NewMessage,
    done: oneshot::Sender<Result<Value>>,
}

/// The database file and its writer.
pub struct Sqlite {
    path: PathBuf,
    queue: Sender<Task>,
}

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// A connection with the pragmas that Rapport sets; `cache_kib` is the page cache in KiB.
fn connect(path: &Path, cache_kib: u32) -> Result<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch(&format!(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -{cache_kib};"
    ))?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(conn)
}

impl Sqlite {
    pub fn open(path: PathBuf) -> Result<Self> {
        let conn = connect(&path, 16 * 1024)?;
        let user = conn.query_row(statements::USER, [], |row| Ok((row.get(0)?, row.get(1)?)));
        let writer = Writer { conn, user: user.context("the database has no user")?, ids: Ids::default() };
        let (queue, tasks) = channel();
        std::thread::spawn(move || writer.run(&tasks));
        Ok(Self { path, queue })
    }
}

/// Mounts what is measured on SQLite.
pub fn routes(config: &mut ServiceConfig) {
    config
        .route("/sqlite/threads/{id}/messages", post().to(create_message))
        .route("/sqlite/messages/{id}", get().to(get_message));
}

async fn create_message(
    sqlite: Data<Sqlite>,
    id: UrlPath<i64>,
    request: Json<CreateMessage>,
) -> ActixResult<HttpResponse> {
    let (done, answer) = oneshot::channel();
    let new = NewMessage { thread_id: *id, request: request.into_inner() };
    sqlite.queue.send(Task { new, done }).map_err(failed)?;
    Ok(HttpResponse::Created().json(answer.await.map_err(failed)?.map_err(failed)?))
}

async fn get_message(sqlite: Data<Sqlite>, id: UrlPath<i64>) -> ActixResult<HttpResponse> {
    let found = READER.with_borrow_mut(|reader| -> Result<Option<Row>> {
        let conn = match reader {
            Some(conn) => conn,
            None => reader.insert(connect(&sqlite.path, 4 * 1024)?),
        };
        row(conn, statements::MESSAGE, [*id])
    });
    match found.map_err(failed)? {
        Some(message) => Ok(HttpResponse::Ok().json(message)),
        None => Ok(HttpResponse::NotFound().finish()),
    }
}

/// The first row of a query, if there is one.
fn row(conn: &Connection, sql: &str, params: impl Params) -> Result<Option<Row>> {
    let mut statement = conn.prepare_cached(sql)?;
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let found = statement.query_row(params, |row| {
        names
            .into_iter()
            .enumerate()
            .map(|(at, name)| {
                let value = match row.get_ref(at)? {
                    ValueRef::Integer(number) => number.into(),
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
                    ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
                };
                Ok((name, value))
            })
            .collect()
    });
    Ok(found.optional()?)
}

struct Writer {
    conn: Connection,
    /// Who writes: id and name.
    user: (i64, String),
    ids: Ids,
}

impl Writer {
    /// Commits what is queued, together, until nobody is left to queue anything.
    fn run(self, tasks: &Receiver<Task>) {
        while let Ok(first) = tasks.recv() {
            let mut answers = Vec::with_capacity(BATCH_LIMIT);
            let begun = self.conn.execute_batch("BEGIN IMMEDIATE");
            let mut next = Some(first);
            while let Some(task) = next {
                answers.push((task.done, self.post(&task.new)));
                next = if answers.len() < BATCH_LIMIT { tasks.try_recv().ok() } else { None };
            }
            let committed = begun.and_then(|()| self.conn.execute_batch("COMMIT"));
            for (done, answer) in answers {
                let answer =
                    committed.as_ref().map_or_else(|cause| Err(anyhow::anyhow!("{cause}")), |()| answer);
                // Whoever asked may have gone away.
                let _ = done.send(answer);
            }
        }
    }

    fn row(&self, sql: &str, params: impl Params) -> Result<Option<Row>> {
        row(&self.conn, sql, params)
    }

    fn execute(&self, sql: &str, params: impl Params) -> Result<usize> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)?)
    }

    /// The statements of `create_message`, in their order.
    fn post(&self, new: &NewMessage) -> Result<Value> {
        let (user_id, user_name) = &self.user;
        let (thread_id, now) = (new.thread_id, self.ids.now());
        let CreateMessage { html, client_id } = &new.request;
        let mut thread = self.row(statements::THREAD, [thread_id])?.context("no such thread")?;
        let seq = number(&thread, "last_seq") + 1;
        let twice = self.row(statements::SENT_BEFORE, params![thread_id, client_id])?;
        anyhow::ensure!(twice.is_none(), "sent before");
        let id = self.ids.next();
        self.execute(
            statements::INSERT_MESSAGE,
            params![id, thread_id, seq, user_id, user_name, html, client_id, now],
        )?;
        let joined = self.execute(statements::ADD_PARTICIPANT, params![thread_id, user_id])?;
        let joined = i64::try_from(joined)?;
        self.execute(statements::WRITE_SUMMARY, params![seq, now, html, joined, thread_id])?;
        thread.insert("last_seq".to_owned(), seq.into());
        let visitor = number(&thread, "visitor_id");
        self.row(statements::LATEST_THREAD, [visitor])?;
        self.row(statements::WIDGET_ON, [visitor])?;
        self.row(statements::HAS_SESSION, [visitor])?;
        let read_seq = number(&thread, "contact_read_seq");
        let unread = self.row(statements::COUNT_UNREAD, [thread_id, read_seq])?.unwrap_or_default();
        self.row(statements::LAST_ANSWERER, [thread_id])?;
        self.execute(statements::SAVE_READ_POSITION, params![thread_id, user_id, seq])?;
        let message = wire(new, id, seq, user_name, now);
        self.append(&message, thread, number(&unread, "unread"), now)?;
        Ok(message)
    }

    /// Numbers and writes the two events.
    fn append(&self, message: &Value, thread: Row, unread: i64, now: i64) -> Result<()> {
        let topics = topics(&thread);
        let contact = number(&thread, "contact_id");
        let count = i64::try_from(topics.len())?;
        let next = self.row(statements::TAKE_POSITIONS, [count])?.unwrap_or_default();
        let first = number(&next, "next_pos") - count;
        for ((pos, topic), payload) in (first..).zip(&topics).zip(events(message, thread, unread)) {
            self.execute(
                statements::INSERT_EVENT,
                params![self.ids.next(), pos, topic, payload, contact, now],
            )?;
        }
        Ok(())
    }
}
