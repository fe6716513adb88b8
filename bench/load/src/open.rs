//! Opening a thread: a page of its messages.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use types::conversations::{MessagePage, ThreadItem};
use types::{MessageId, Page, ThreadId};

use crate::company::Company;
use crate::figures::Figure;
use crate::http::{Maker, get};
use crate::rounds::{Target, alternate};
use crate::seed;
use crate::servers::{Bench, database};

/// How many conversations are opened.
const CONVERSATIONS: usize = 1_000;

/// Opens conversations of ten messages, beside a bare SELECT of one message by its id.
///
/// # Errors
/// When a server fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("open a thread of {} messages, 64 connections", seed::MESSAGES);
    let data = seed::ensure(bench).await?;
    let ours = bench.rapport(&data).await?;
    let floor = bench.floor(&database(&data)).await?;
    let company = Company::sign_in(ours.address()).await?;
    let chosen = choose(&company).await?;
    let token = company.token.clone();
    let pages = paths(&chosen, |(thread, _)| format!("/v1/threads/{thread}/messages"), Some(token));
    let selects = paths(&chosen, |(_, message)| format!("/sqlite/messages/{message}"), None);
    let rounds =
        alternate(bench, &Target { process: &ours, make: pages }, &Target { process: &floor, make: selects })
            .await?;
    drop(floor);
    ours.stop().await?;
    let [ours, floor] = rounds.texts();
    let (share, refused) = (rounds.share(), rounds.refused());
    Ok(Figure {
        what: "open a thread of 10 messages",
        target: "at least 0.5 of a SELECT by id",
        ours: format!("{share:.2} of the floor: {ours}; {refused} refused"),
        floor,
        reached: Some(share >= 0.5 && refused == 0),
    })
}

/// The newest conversations, each with one of its messages.
async fn choose(company: &Company) -> Result<Vec<(ThreadId, MessageId)>> {
    let mut chosen = Vec::new();
    let mut cursor = String::new();
    while chosen.len() < CONVERSATIONS {
        let page: Page<ThreadItem> = company.get(&format!("/v1/threads?limit=200{cursor}")).await?;
        for item in page.items {
            let thread = item.thread.id;
            let page: MessagePage = company.get(&format!("/v1/threads/{thread}/messages")).await?;
            ensure!(page.items.len() == seed::MESSAGES, "a conversation of another length");
            chosen.push((thread, page.items.first().context("no message")?.id));
        }
        cursor = format!("&cursor={}", page.next_cursor.context("too few conversations")?);
    }
    Ok(chosen)
}

/// GETs of the paths of all that was chosen, in turn.
fn paths<T>(chosen: &[T], path: impl Fn(&T) -> String, token: Option<String>) -> Maker {
    let requests: Vec<_> = chosen.iter().map(|one| get(&path(one), token.as_deref())).collect();
    let next = AtomicUsize::new(0);
    Arc::new(move || Ok(requests[next.fetch_add(1, Ordering::Relaxed) % requests.len()].clone()))
}
