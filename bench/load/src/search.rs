//! Searching a million segments of transcripts, over HTTP and as the bare query of the index.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio_postgres::{Client, Statement};
use types::Page;
use types::calls::CallPassage;

use crate::company::Company;
use crate::figures::{Figure, Sample, median, print_beside_query};
use crate::http::{Connection, get};
use crate::postgres::connect;
use crate::process::Process;
use crate::said::{Wanted, classes};
use crate::servers::{Bench, database};
use crate::transcripts;

/// How many searches of each class are made in a round.
const SEARCHES: usize = 200;
/// How much longer than the query the half of all searches may take, in milliseconds.
const MOST_OVER_QUERY: f64 = 1.0;

/// The segments of a page, and one more to know whether it is the last.
const FTS5: &str =
    "SELECT rowid FROM segment_words WHERE segment_words MATCH ?1 ORDER BY rowid DESC LIMIT 51";
const TSQUERY: &str = "SELECT segment_id FROM segment_words WHERE words @@ $1::text::tsquery
    ORDER BY segment_id DESC LIMIT 51";

/// The bare index.
enum Index {
    Sqlite(rusqlite::Connection),
    /// Two connections: one gathers what the index of words has and sorts it, the other goes back from the newest segment.
    Postgres(Vec<(Client, Statement)>),
}

/// Something to look for.
struct Search {
    request: Vec<u8>,
    /// As the index takes it.
    query: String,
    /// Which of the ways to find it is the fastest: a place in [`Index::Postgres`].
    way: usize,
}

/// One class of searches, and what its rounds gave.
struct Class {
    name: &'static str,
    searches: Vec<Search>,
    http: Vec<Sample>,
    query: Vec<Sample>,
}

/// A database, served.
struct Side {
    rapport: Process,
    index: Index,
}

/// Searches on SQLite.
///
/// # Errors
/// When the server or the database fails.
pub async fn sqlite(bench: &Bench) -> Result<Vec<Figure>> {
    println!("search of a million segments, SQLite, one connection");
    let data = transcripts::sqlite(bench).await?;
    let rapport = bench.rapport(&data).await?;
    let index = rusqlite::Connection::open(database(&data))?;
    // As Rapport's readers have it.
    index.execute_batch("PRAGMA cache_size = -4096; PRAGMA query_only = ON")?;
    let side = Side { rapport, index: Index::Sqlite(index) };
    let whats = ["search of 1 M segments, SQLite, p50", "search of 1 M segments, SQLite, p99"];
    side.measure(bench, whats, ("at most 50 ms in each class", 50.0)).await
}

/// Searches on PostgreSQL.
///
/// # Errors
/// When the server or the database fails, or there is no PostgreSQL.
pub async fn postgres(bench: &Bench) -> Result<Vec<Figure>> {
    println!("search of a million segments, PostgreSQL, one connection");
    let (data, url) = transcripts::postgres(bench).await?;
    let rapport = bench.rapport_on(&data, &url).await?;
    let mut ways = Vec::new();
    for (bitmap_scans, index_scans) in [("on", "off"), ("off", "on")] {
        let client = connect(&url).await?;
        // A way that takes longer is not the one.
        let settings = format!(
            "SET enable_seqscan = off; SET enable_bitmapscan = {bitmap_scans}; SET enable_indexscan = {index_scans};
             SET statement_timeout = '500ms'"
        );
        client.batch_execute(&settings).await?;
        let statement = client.prepare(TSQUERY).await?;
        ways.push((client, statement));
    }
    let side = Side { rapport, index: Index::Postgres(ways) };
    let whats = ["search of 1 M segments, PostgreSQL, p50", "search of 1 M segments, PostgreSQL, p99"];
    side.measure(bench, whats, ("at most 150 ms in each class", 150.0)).await
}

impl Side {
    async fn measure(
        self,
        bench: &Bench,
        whats: [&'static str; 2],
        (target, most): (&'static str, f64),
    ) -> Result<Vec<Figure>> {
        let company = Company::sign_in(self.rapport.address()).await?;
        let mut measured = Vec::new();
        for (name, wanted) in classes() {
            let mut searches = Vec::new();
            for one in wanted {
                searches.push(self.search(&company, &one).await.with_context(|| one.typed())?);
            }
            measured.push(Class { name, searches, http: Vec::new(), query: Vec::new() });
        }
        for number in 1..=bench.rounds {
            for class in &mut measured {
                self.round(number, class).await?;
            }
        }
        self.rapport.stop().await?;
        Ok(figures(&measured, whats, (target, most)))
    }

    /// Makes the search once, which warms up, and finds the best way for the query alone.
    async fn search(&self, company: &Company, wanted: &Wanted) -> Result<Search> {
        let path = format!("/v1/transcripts/search?q={}", wanted.typed());
        let page: Page<CallPassage> = company.get(&path).await?;
        ensure!(!page.items.is_empty(), "nothing was found");
        let request = get(&path, Some(&company.token));
        let mut search = match &self.index {
            Index::Sqlite(_) => Search { request, query: wanted.fts5(), way: 0 },
            Index::Postgres(_) => Search { request, query: wanted.tsquery(), way: 0 },
        };
        let mut took = Vec::new();
        for way in 0..self.index.ways() {
            search.way = way;
            // The first reads into the cache what the second needs.
            if self.index.run(&search).await.is_ok()
                && let Ok(length) = self.index.run(&search).await
            {
                took.push((length, way));
            }
        }
        search.way = took.into_iter().min().context("the index fails, or takes too long")?.1;
        Ok(search)
    }

    /// Searches over HTTP, then by the query alone.
    async fn round(&self, number: usize, class: &mut Class) -> Result<()> {
        let mut connection = Connection::open(self.rapport.address()).await?;
        let (began, cpu) = (Instant::now(), self.rapport.cpu_seconds()?);
        let mut took = Vec::with_capacity(SEARCHES);
        for search in class.searches.iter().cycle().take(SEARCHES) {
            let sent = Instant::now();
            let (status, _) = connection.send(&search.request).await?;
            took.push(sent.elapsed());
            ensure!(status == 200, "a search was refused: {status}");
        }
        let mut http = Sample::new(took, began.elapsed(), 0);
        http.cpu_seconds = self.rapport.cpu_seconds()? - cpu;
        let (began, mut took) = (Instant::now(), Vec::with_capacity(SEARCHES));
        for search in class.searches.iter().cycle().take(SEARCHES) {
            took.push(self.index.run(search).await?);
        }
        let query = Sample::new(took, began.elapsed(), 0);
        print_beside_query(number, class.name, &http, &query)?;
        class.http.push(http);
        class.query.push(query);
        Ok(())
    }
}

impl Index {
    /// How many ways there are to find something.
    fn ways(&self) -> usize {
        match self {
            Self::Sqlite(_) => 1,
            Self::Postgres(ways) => ways.len(),
        }
    }

    /// Finds the segments of the first page; how long it took.
    async fn run(&self, search: &Search) -> Result<Duration> {
        let began = Instant::now();
        let ids: Vec<i64> = match self {
            Self::Sqlite(conn) => {
                let mut statement = conn.prepare_cached(FTS5)?;
                let rows = statement.query_map([&search.query], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            }
            Self::Postgres(ways) => {
                let (client, statement) = &ways[search.way];
                let rows = client.query(statement, &[&search.query]).await?;
                rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?
            }
        };
        let took = began.elapsed();
        ensure!(!black_box(ids).is_empty(), "the index has nothing");
        Ok(took)
    }
}

fn figures(
    classes: &[Class],
    [p50, p99]: [&'static str; 2],
    (target, most): (&'static str, f64),
) -> Vec<Figure> {
    let of = |samples: &[Sample], share: f64| median(samples.iter().map(|sample| sample.quantile(share)));
    let list = |value: &dyn Fn(&Class) -> f64| {
        let each = classes.iter().map(|class| format!("{} {:.2}", class.name, value(class)));
        format!("{} ms", each.collect::<Vec<_>>().join(", "))
    };
    let is_near = |class: &Class| of(&class.http, 0.5) <= of(&class.query, 0.5) + MOST_OVER_QUERY;
    vec![
        Figure {
            what: p50,
            target: "at most the query of the index + 1 ms in each class",
            ours: list(&|class| of(&class.http, 0.5)),
            floor: list(&|class| of(&class.query, 0.5)),
            reached: Some(classes.iter().all(is_near)),
        },
        Figure {
            what: p99,
            target,
            ours: list(&|class| of(&class.http, 0.99)),
            floor: list(&|class| of(&class.query, 0.99)),
            reached: Some(classes.iter().all(|class| of(&class.http, 0.99) <= most)),
        },
    ]
}
