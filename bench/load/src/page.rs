//! A page of the inbox, over HTTP and as the bare query, in a small and in a large database.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use rusqlite::types::Value;
use types::conversations::{Inbox, ThreadItem};
use types::{InboxId, Page};

use crate::company::Company;
use crate::figures::{Figure, Sample, median, print_beside_query};
use crate::fill;
use crate::http::{Connection, get};
use crate::process::Process;
use crate::servers::{Bench, database};

/// Threads of the small database.
const FEW: i64 = 10_000;
/// Threads of the large one.
const MANY: i64 = 1_000_000;
/// How many pages are read in a round.
const PAGES: usize = 1_000;
/// How far each inbox is paged to have places to begin at.
const DEPTH: usize = 4;

// What the handler's query reads: a page of 50 and one more, to know whether it is the last.
const QUERY: &str = "SELECT id, inbox_id, channel, widget_id, visitor_id, started_from, contact_id, subject, status,
    owner_user_id, owner_team_id, waiting, last_seq, last_message_seq, last_entry_seq, last_message_at, preview,
    preview_author, comment_preview, participant_count, contact_delivered_seq, contact_read_seq, team_read_seq,
    ended_by_contact, created_at, closed_at,
    (SELECT name FROM contacts WHERE contacts.id = threads.contact_id),
    (SELECT verified FROM contacts WHERE contacts.id = threads.contact_id),
    (SELECT seq FROM read_positions WHERE thread_id = threads.id AND user_id = (SELECT id FROM users LIMIT 1))
    FROM threads WHERE inbox_id = ?1 AND status = 'open' AND last_message_at <= ?2
    AND (last_message_at < ?2 OR id < ?3) ORDER BY last_message_at DESC, id DESC LIMIT 51";

/// A page to read: the request for it, and what the query needs.
struct Place {
    request: Vec<u8>,
    inbox: InboxId,
    /// The time of the last message and the id of the thread before the page.
    after: (i64, i64),
}

/// One database, served.
struct Side {
    rapport: Process,
    raw: rusqlite::Connection,
    places: Vec<Place>,
    http: Vec<Sample>,
    query: Vec<Sample>,
}

/// Reads pages of 50 open threads of one inbox, from its beginning and from further down.
///
/// # Errors
/// When a server or a database fails.
pub async fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    println!("inbox page of 50, one connection, {FEW} and {MANY} threads");
    let mut few = Side::open(bench, FEW).await?;
    let mut many = Side::open(bench, MANY).await?;
    for side in [&mut few, &mut many] {
        // The first round only warms up.
        side.round().await?;
        side.http.clear();
        side.query.clear();
    }
    for number in 1..=bench.rounds {
        for (name, side) in [("10 k", &mut few), ("1 M", &mut many)] {
            let (http, query) = side.round().await?;
            print_beside_query(number, name, http, query)?;
        }
    }
    let figures = figures(&few, &many);
    for side in [few, many] {
        side.rapport.stop().await?;
    }
    Ok(figures)
}

fn figures(few: &Side, many: &Side) -> Vec<Figure> {
    let of = |samples: &[Sample], share: f64| median(samples.iter().map(|sample| sample.quantile(share)));
    let (p50, raw_p50) = (of(&many.http, 0.5), of(&many.query, 0.5));
    let (p99, few_p99) = (of(&many.http, 0.99), of(&few.http, 0.99));
    vec![
        Figure {
            what: "inbox page of 50, 1 M threads, p50",
            target: "at most the query + 1 ms",
            ours: format!("{p50:.2} ms"),
            floor: format!("query {raw_p50:.2} ms"),
            reached: Some(p50 <= raw_p50 + 1.0),
        },
        Figure {
            what: "inbox page of 50, p99 at 1 M threads",
            target: "at most 1.5 of the p99 at 10 k",
            ours: format!("{p99:.2} ms, {:.2} of the p99 at 10 k ({few_p99:.2} ms)", p99 / few_p99),
            floor: format!("query {:.2} and {:.2} ms", of(&many.query, 0.99), of(&few.query, 0.99)),
            reached: Some(p99 <= 1.5 * few_p99),
        },
    ]
}

impl Side {
    async fn open(bench: &Bench, threads: i64) -> Result<Self> {
        let data = fill::ensure(bench, threads).await?;
        let rapport = bench.rapport(&data).await?;
        let places = places(rapport.address()).await?;
        let raw = raw(&database(&data))?;
        Ok(Self { rapport, raw, places, http: Vec::new(), query: Vec::new() })
    }

    /// Reads pages over HTTP, then the same by the query alone.
    async fn round(&mut self) -> Result<(&Sample, &Sample)> {
        let mut connection = Connection::open(self.rapport.address()).await?;
        let (began, cpu) = (Instant::now(), self.rapport.cpu_seconds()?);
        let (mut http, mut refused) = (Vec::with_capacity(PAGES), 0);
        for place in self.places.iter().cycle().take(PAGES) {
            let sent = Instant::now();
            let (status, _) = connection.send(&place.request).await?;
            http.push(sent.elapsed());
            refused += u64::from(status != 200);
        }
        ensure!(refused == 0, "{refused} pages were refused");
        let mut http = Sample::new(http, began.elapsed(), refused);
        http.cpu_seconds = self.rapport.cpu_seconds()? - cpu;
        let began = Instant::now();
        let mut query = Vec::with_capacity(PAGES);
        for place in self.places.iter().cycle().take(PAGES) {
            let sent = Instant::now();
            ensure!(run(&self.raw, place)? > 0, "an empty page");
            query.push(sent.elapsed());
        }
        self.http.push(http);
        self.query.push(Sample::new(query, began.elapsed(), 0));
        Ok((self.http.last().context("no round")?, self.query.last().context("no round")?))
    }
}

/// A connection as Rapport's readers have it.
fn raw(path: &Path) -> Result<rusqlite::Connection> {
    let conn = rusqlite::Connection::open(path)?;
    conn.execute_batch("PRAGMA cache_size = -4096; PRAGMA query_only = ON")?;
    Ok(conn)
}

/// Runs the query and reads every value of every row; how many rows there were.
fn run(conn: &rusqlite::Connection, place: &Place) -> Result<usize> {
    let mut statement = conn.prepare_cached(QUERY)?;
    let columns = statement.column_count();
    let mut rows = statement.query((place.inbox.0, place.after.0, place.after.1))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            std::hint::black_box(row.get::<_, Value>(column)?);
        }
        count += 1;
    }
    Ok(count)
}

/// The first pages of every inbox.
async fn places(address: SocketAddr) -> Result<Vec<Place>> {
    let company = Company::sign_in(address).await?;
    let inboxes: Page<Inbox> = company.get("/v1/inboxes").await?;
    let mut places = Vec::new();
    for inbox in inboxes.items {
        let mut path = format!("/v1/threads?inbox_id={}&view=all_open", inbox.id);
        let mut after = (i64::MAX, i64::MAX);
        for _ in 0..DEPTH {
            places.push(Place { request: get(&path, Some(&company.token)), inbox: inbox.id, after });
            let page: Page<ThreadItem> = company.get(&path).await?;
            ensure!(page.items.len() == 50, "a page of {} threads", page.items.len());
            let last = page.items.last().context("an empty page")?;
            after = (last.thread.last_message_at.0, last.thread.id.0);
            let cursor = page.next_cursor.context("too few threads")?;
            path = format!("/v1/threads?inbox_id={}&view=all_open&cursor={cursor}", inbox.id);
        }
    }
    Ok(places)
}
