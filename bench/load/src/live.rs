//! Ten thousand live connections that are told little: nothing may be lost, and each may hold little memory.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use crate::company::{Company, Visitor};
use crate::figures::{Figure, Sample, load_average, median};
use crate::http::{Connection, request};
use crate::process::Process;
use crate::servers::Bench;
use crate::sockets::{Join, Sockets, stamped};

/// How many conversations.
const CONVERSATIONS: usize = 2_000;
/// How many sockets watch each of them: the windows of its visitor.
const WATCHERS: usize = 5;
/// Messages in a second.
const RATE: f64 = 200.0;
/// How many connections the messages are sent over.
const SENDERS: usize = 32;
/// How long the sockets idle before the memory is read, and how long a message may take to arrive.
const SETTLE: Duration = Duration::from_secs(3);

/// What one server did.
struct Outcome {
    /// Latencies from the time a message was to be sent until it arrived at each socket.
    deliveries: Sample,
    lost: usize,
    doubled: usize,
    /// Bytes that each connection added to what is resident.
    per_connection: f64,
}

/// Holds the connections and sends the messages, on Rapport and on the floor in turn. Each starts anew for each round.
///
/// # Errors
/// When a server fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    let connections = CONVERSATIONS * WATCHERS;
    println!("{connections} live connections, {RATE} messages/s, {WATCHERS} watchers each");
    let data = bench.fresh_data("live")?;
    let first = bench.rapport(&data).await?;
    let company = Company::found(first.address()).await?;
    let visitors = company.converse(company.widget().await?, CONVERSATIONS, 2).await?;
    first.stop().await?;
    let count = (bench.round_length.as_secs_f64() * RATE) as usize;
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for number in 1..=bench.rounds {
        let server = bench.rapport(&data).await?;
        let company = Company::sign_in(server.address()).await?;
        ours.push(hold(server, &watch_rapport(&visitors), &replies(&company, &visitors), count).await?);
        let server = bench.floor_with(|command| command).await?;
        floor.push(hold(server, &watch_floor(), &publications(), count).await?);
        for (name, outcome) in [("Rapport", ours.last()), ("floor", floor.last())] {
            let outcome = outcome.context("no round")?;
            println!(
                "  {number} {name:<8}{}  load {:.1}",
                text(std::slice::from_ref(outcome)),
                load_average()?
            );
        }
    }
    let lost: usize = ours.iter().map(|outcome| outcome.lost + outcome.doubled).sum();
    Ok(Figure {
        what: "10,000 live connections, 200 messages/s, 5 watchers each",
        target: "nothing lost; 10 KB a connection is the stretch",
        ours: text(&ours),
        floor: text(&floor),
        reached: Some(lost == 0),
    })
}

fn text(outcomes: &[Outcome]) -> String {
    let of = |value: &dyn Fn(&Outcome) -> f64| median(outcomes.iter().map(value));
    format!(
        "p50 {:.1} ms, p99 {:.1} ms, {:.1} KB a connection, {} lost, {} doubled",
        of(&|outcome| outcome.deliveries.quantile(0.5)),
        of(&|outcome| outcome.deliveries.quantile(0.99)),
        of(&|outcome| outcome.per_connection / 1e3),
        outcomes.iter().map(|outcome| outcome.lost).sum::<usize>(),
        outcomes.iter().map(|outcome| outcome.doubled).sum::<usize>(),
    )
}

/// How each socket begins: on Rapport with its visitor's token.
fn watch_rapport(visitors: &[Visitor]) -> Vec<Join> {
    let join = |visitor: &Visitor| Join {
        path: "/v1/live".to_owned(),
        first: Some(serde_json::json!({ "frame": "authenticate", "token": visitor.token }).to_string()),
    };
    visitors.iter().map(join).collect()
}

/// How each socket begins: on the floor with its topic.
fn watch_floor() -> Vec<Join> {
    (0..CONVERSATIONS).map(|topic| Join { path: format!("/live/{topic}"), first: None }).collect()
}

/// Makes the request that sends a text to a conversation.
type Send = Arc<dyn Fn(usize, &str) -> Result<Vec<u8>> + std::marker::Send + Sync>;

fn replies(company: &Company, visitors: &[Visitor]) -> Send {
    let (company, visitors) = (company.clone(), visitors.to_vec());
    Arc::new(move |conversation, text| {
        company.reply(visitors[conversation].thread, format!("<p>{text}</p>"), None)
    })
}

fn publications() -> Send {
    Arc::new(|topic, text| Ok(request("POST", &format!("/live/{topic}"), None, text.as_bytes())))
}

/// Opens the sockets, sends `count` messages at a constant rate, and waits for them to arrive. Stops the server.
async fn hold(server: Process, joins: &[Join], send: &Send, count: usize) -> Result<Outcome> {
    let address = server.address();
    sleep(SETTLE).await;
    let before = server.resident()?;
    let sockets = Sockets::open(address, joins, WATCHERS, count).await?;
    sleep(SETTLE).await;
    let connections = joins.len() * WATCHERS;
    let per_connection = (server.resident()?.saturating_sub(before)) as f64 / connections as f64;
    let began = Instant::now() + Duration::from_millis(100);
    let mut senders = JoinSet::new();
    for sender in 0..SENDERS {
        let (send, epoch, conversations) = (Arc::clone(send), sockets.epoch(), joins.len());
        senders.spawn(async move {
            let mut connection = Connection::open(address).await?;
            for number in (sender..count).step_by(SENDERS) {
                let due = began + Duration::from_secs_f64(number as f64 / RATE);
                sleep_until(due).await;
                let text = stamped(number, due.duration_since(epoch));
                let (status, body) = connection.send(&send(number * 7 % conversations, &text)?).await?;
                ensure!(status == 201, "{status}: {}", String::from_utf8_lossy(body));
            }
            anyhow::Ok(())
        });
    }
    while let Some(done) = senders.join_next().await {
        done??;
    }
    let length = began.elapsed();
    sleep(SETTLE).await;
    let (latencies, arrivals) = sockets.close().await?;
    server.stop().await?;
    let missing = |arrived: &usize| WATCHERS.saturating_sub(*arrived);
    let extra = |arrived: &usize| arrived.saturating_sub(WATCHERS);
    Ok(Outcome {
        lost: arrivals.iter().map(missing).sum(),
        doubled: arrivals.iter().map(extra).sum(),
        deliveries: Sample::new(latencies, length, 0),
        per_connection,
    })
}
