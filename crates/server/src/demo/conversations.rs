//! Three hundred conversations, each after one of the scripts, with its own names, numbers and times.

use accounts::content::Content;
use anyhow::{Context as _, Result};
use platform::{Actor, Clock, Ctx};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde::Deserialize;
use types::channels::{CreateVisitorMessage, SaveVisitorReceipt};
use types::conversations::{AssignThread, CreateComment, CreateMessage, ReadThread};
use types::{ThreadId, Timestamp, UserId};

use super::DAYS;
use super::people::{Company, DemoContact, DemoUser};

/// How many conversations there are.
const CONVERSATIONS: usize = 300;

const SCRIPTS: &str = include_str!("scripts.json");

/// A conversation as it might go. Lines are pairs of who (`c` contact, `u` user, `n` internal comment) and what;
/// names in braces are filled in.
#[derive(Deserialize)]
struct Script {
    page: String,
    lines: Vec<(String, String)>,
}

const CITIES: [&str; 10] = [
    "Montpellier",
    "Nîmes",
    "Marseille",
    "Lyon",
    "Avignon",
    "Toulouse",
    "Aix",
    "Perpignan",
    "Béziers",
    "Arles",
];
const PIECES: [(&str, &str); 6] = [
    ("table", "table"),
    ("bench", "banc"),
    ("bookcase", "bibliothèque"),
    ("sideboard", "buffet"),
    ("desk", "table de travail"),
    ("bed frame", "cadre de lit"),
];
const DAYS_OF_WEEK: [(&str, &str, &str); 5] = [
    ("Monday", "lundi", "Montag"),
    ("Tuesday", "mardi", "Dienstag"),
    ("Thursday", "jeudi", "Donnerstag"),
    ("Friday", "vendredi", "Freitag"),
    ("Wednesday", "mercredi", "Mittwoch"),
];
const MONTHS: [&str; 4] = ["March", "June", "September", "October"];

/// Makes the conversations, the oldest first.
pub(super) async fn make(
    ctx: &Ctx,
    clock: &Clock,
    company: &Company,
    now: Timestamp,
    chance: &mut StdRng,
) -> Result<()> {
    let scripts: Vec<Script> = serde_json::from_str(SCRIPTS).context("the demo's scripts")?;
    for number in 0..CONVERSATIONS {
        let ago = seconds_ago(number);
        let story = Story::new(company, &scripts[(number * 11) % scripts.len()], number, chance);
        story.tell(ctx, clock, now.plus_seconds(-ago), now, chance).await?;
    }
    Ok(())
}

/// How long ago a conversation started: the first ones lie two months back, the last ones minutes, and recent days are
/// denser.
fn seconds_ago(number: usize) -> i64 {
    let left = (CONVERSATIONS - number) as f64 / CONVERSATIONS as f64;
    (left.powf(1.8) * (DAYS * 86_400) as f64) as i64 + 240
}

/// One conversation to be.
struct Story<'a> {
    script: &'a Script,
    contact: &'a DemoContact,
    owner: &'a DemoUser,
    colleague: &'a DemoUser,
    company: &'a Company,
    widget: usize,
    fills: Vec<(&'static str, String)>,
}

impl<'a> Story<'a> {
    fn new(company: &'a Company, script: &'a Script, number: usize, chance: &mut StdRng) -> Self {
        let widget = usize::from(script.page.contains("catalogue") || script.page.contains("pricing"));
        let places = company.widgets[widget].1;
        let owner = &company.users[places[number % places.len()]];
        let colleague = &company.users[places[(number + 1) % places.len()]];
        let contact = &company.contacts[(number * 83) % company.contacts.len()];
        let (piece, piece_fr) = PIECES[chance.random_range(0..PIECES.len())];
        let (day, day_fr, day_de) = DAYS_OF_WEEK[chance.random_range(0..DAYS_OF_WEEK.len())];
        let pick =
            |list: &[&str], chance: &mut StdRng| list.choose(chance).copied().unwrap_or_default().to_owned();
        let fills = vec![
            ("{first}", contact.first_name.to_owned()),
            ("{company}", contact.company.unwrap_or("Café des Halles").to_owned()),
            ("{domain}", format!("{}.example", contact.first_name.to_lowercase())),
            ("{colleague}", colleague.name.clone()),
            ("{city}", pick(&CITIES, chance)),
            ("{piecefr}", piece_fr.to_owned()),
            ("{piece}", piece.to_owned()),
            ("{wood}", pick(&["oak", "ash", "walnut"], chance)),
            ("{order}", format!("{}", 24_000 + number)),
            ("{price}", format!("€ {}", 40 + 5 * chance.random_range(0..60))),
            ("{count}", format!("{}", 12 + 2 * chance.random_range(0..20))),
            ("{dayfr}", day_fr.to_owned()),
            ("{dayde}", day_de.to_owned()),
            ("{day}", day.to_owned()),
            ("{month}", pick(&MONTHS, chance)),
        ];
        Self { script, contact, owner, colleague, company, widget, fills }
    }

    fn fill(&self, text: &str) -> String {
        self.fills.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Tells the story from `start` on; what would lie after `now` is not told yet.
    async fn tell(
        &self,
        ctx: &Ctx,
        clock: &Clock,
        start: Timestamp,
        now: Timestamp,
        chance: &mut StdRng,
    ) -> Result<()> {
        clock.set(start);
        let (widget, contact) = (self.company.widgets[self.widget].0, self.contact.id);
        let visitor = ctx
            .write(&Actor::System, move |tx| channels::visitors::create_known(tx, widget, contact))
            .await?;
        let visitor = Actor::Visitor(visitor);
        let mut thread = None;
        let mut at = start;
        for (line, (who, text)) in self.script.lines.iter().enumerate() {
            if at > now {
                break;
            }
            clock.set(at);
            let text = self.fill(text);
            match (who.as_str(), thread) {
                ("c", _) => thread = Some(self.write(ctx, &visitor, line, &text).await?),
                ("u", Some(thread)) => {
                    if line == 1 {
                        self.take(ctx, thread).await?;
                    }
                    let seq = self.reply(ctx, thread, &text).await?;
                    see(ctx, &visitor, seq).await?;
                }
                (_, Some(thread)) => self.comment(ctx, thread, &text).await?,
                (_, None) => anyhow::bail!("a script of the demo begins with something else than a message"),
            }
            at = at.plus_seconds(chance.random_range(45..420));
        }
        let Some(thread) = thread else { return Ok(()) };
        self.leave(ctx, clock, thread, at, now, chance).await
    }

    async fn write(&self, ctx: &Ctx, visitor: &Actor, line: usize, text: &str) -> Result<ThreadId> {
        let content = Content::from_text("text", text)?;
        let message = CreateVisitorMessage {
            text: text.to_owned(),
            attachment_ids: Vec::new(),
            client_id: format!("demo-{line}"),
            page_url: Some(format!("https://www.atelier-sud.example{}", self.script.page)),
        };
        let made =
            ctx.write(visitor, move |tx| channels::visitors::create_message(tx, &message, &content)).await?;
        Ok(made.thread_id)
    }

    async fn take(&self, ctx: &Ctx, thread: ThreadId) -> Result<()> {
        assign(ctx, &self.owner.actor, thread, Some(self.owner.id), None).await
    }

    async fn reply(&self, ctx: &Ctx, thread: ThreadId, text: &str) -> Result<i64> {
        let content = Content::from_text("html", text)?;
        let message = CreateMessage {
            html: content.html().to_owned(),
            attachment_ids: Vec::new(),
            client_id: None,
            seen_seq: None,
            send_anyway: true,
        };
        let reply = move |tx: &mut platform::Tx<'_>| {
            ::conversations::messages::create(tx, thread, &message, &content)
        };
        Ok(ctx.write(&self.owner.actor, reply).await?.seq)
    }

    async fn comment(&self, ctx: &Ctx, thread: ThreadId, text: &str) -> Result<()> {
        let content = Content::from_text("html", text)?;
        let mentions = text.contains(&self.colleague.name);
        let comment = CreateComment {
            html: content.html().to_owned(),
            mentioned_user_ids: mentions.then_some(self.colleague.id).into_iter().collect(),
            attachment_ids: Vec::new(),
            client_id: None,
        };
        let post = move |tx: &mut platform::Tx<'_>| {
            ::conversations::messages::comment(tx, thread, &comment, &content)
        };
        ctx.write(&self.owner.actor, post).await?;
        Ok(())
    }

    /// What became of the conversation: most old ones are closed and read, some recent ones wait for somebody.
    async fn leave(
        &self,
        ctx: &Ctx,
        clock: &Clock,
        thread: ThreadId,
        at: Timestamp,
        now: Timestamp,
        chance: &mut StdRng,
    ) -> Result<()> {
        let age = now.seconds_since(at);
        let answered = self.script.lines.len() > 1;
        clock.set(if at > now { now } else { at });
        if age > 3 * 86_400 && answered && chance.random_bool(0.93) {
            let close = move |tx: &mut platform::Tx<'_>| ::conversations::threads::close(tx, thread);
            ctx.write(&self.owner.actor, close).await?;
        } else if chance.random_bool(0.15) {
            let team = self.company.teams.choose(chance).copied();
            assign(ctx, &self.owner.actor, thread, None, team).await?;
        } else if age < 86_400 && chance.random_bool(0.25) {
            assign(ctx, &self.owner.actor, thread, None, None).await?;
        }
        if age > 3 * 3_600 {
            for user in &self.company.users {
                read(ctx, &user.actor, thread).await?;
            }
        }
        Ok(())
    }
}

async fn assign(
    ctx: &Ctx,
    actor: &Actor,
    thread: ThreadId,
    user_id: Option<UserId>,
    team_id: Option<types::TeamId>,
) -> Result<()> {
    let to = AssignThread { user_id, team_id };
    ctx.write(actor, move |tx| ::conversations::threads::assign(tx, thread, &to)).await?;
    Ok(())
}

async fn read(ctx: &Ctx, actor: &Actor, thread: ThreadId) -> Result<()> {
    ctx.write(actor, move |tx| {
        let seq = ::conversations::threads::get(tx, thread)?.thread.last_seq;
        ::conversations::threads::read(tx, thread, &ReadThread { seq })
    })
    .await?;
    Ok(())
}

/// The visitor has the chat open and sees the answer.
async fn see(ctx: &Ctx, visitor: &Actor, seq: i64) -> Result<()> {
    let receipt = SaveVisitorReceipt { delivered_seq: seq, read_seq: seq };
    ctx.write(visitor, move |tx| channels::visitors::save_receipt(tx, &receipt)).await?;
    Ok(())
}
