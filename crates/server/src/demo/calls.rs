//! Four recorded calls with what was said in them, a note, comments and tracked terms. One recording is cut into pieces:
//! the same file twice would be refused.

use std::io::Write as _;
use std::time::Duration;

use accounts::content::Content;
use anyhow::{Context as _, Result, bail};
use calls::transcripts::Content as Said;
use calls::{comments, notes, recordings, terms, transcripts};
use media::cut::Range;
use media::{Facts, Limits};
use platform::{Clock, Ctx};
use serde::Deserialize;
use types::calls::{
    AddParticipant, CallDirection, CallOutcome, CreateCall, CreateCallComment, RecordingState,
    SaveTrackedTerm, TranscriptState,
};
use types::crm::{AssociationReason, CreateContact, SaveCompany, SaveDeal};
use types::{CallCommentId, CallId, ContactId, DealId, Timestamp};

use super::people::{Company, DemoUser};

/// A call of 100 seconds, an agent left and a customer right; in the public domain (CC0).
const RECORDING: &[u8] = include_bytes!("../../../../tests/audio/call_synth_stereo.ogg");
/// Who says what in it, and when.
const TURNS: &str = include_str!("../../../../tests/audio/call_synth_ref.json");
/// Who is heard as the customer.
const CUSTOMER: &str = "Sarah Miller";

/// A turn of the recording, in seconds.
#[derive(Deserialize)]
struct Turn {
    speaker: String,
    start: f64,
    end: f64,
    text: String,
}

/// A call that is a piece of the recording.
struct Piece {
    title: &'static str,
    hours_ago: i64,
    /// In milliseconds; to the end without.
    from_ms: u64,
    until_ms: Option<u64>,
    direction: CallDirection,
    /// The user whose call it is, as a place among the demo's.
    owner: usize,
    note: &'static str,
    /// Who comments, about which moment in milliseconds, and what; a name after an `@` mentions.
    comments: &'static [(usize, Option<i64>, &'static str)],
}

const PIECES: [Piece; 4] = [
    Piece {
        title: "Order 47291: where is the parcel?",
        hours_ago: 170,
        from_ms: 0,
        until_ms: Some(32_400),
        direction: CallDirection::Inbound,
        owner: 5,
        note: "<p>Parcel left on Monday, tracking stands still since Tuesday.</p>",
        comments: &[],
    },
    Piece {
        title: "Order 47291: replacement by express",
        hours_ago: 75,
        from_ms: 32_600,
        until_ms: Some(57_800),
        direction: CallDirection::Outbound,
        owner: 5,
        note: "<p>Replacement goes out today, fee refunded.</p>",
        comments: &[(4, Some(20_100), "Who books the refund? @Mei Tanaka")],
    },
    Piece {
        title: "Maintenance plan: is it worth it?",
        hours_ago: 27,
        from_ms: 57_900,
        until_ms: Some(79_300),
        direction: CallDirection::Inbound,
        owner: 6,
        note: "<p>Compares us with competitors.</p>",
        comments: &[],
    },
    Piece {
        title: "Order 47291: late delivery and maintenance plan",
        hours_ago: 3,
        from_ms: 0,
        until_ms: None,
        direction: CallDirection::Inbound,
        owner: 5,
        note: "<p>Needs the machine <strong>before Friday</strong> \
               (<a data-at-ms=\"38000\">0:38</a>).</p><ul><li>Replacement by express, arrives Thursday morning: \
               <a data-at-ms=\"43000\">0:43</a></li><li>Shipping fee refunded: <a data-at-ms=\"53000\">0:53</a></li>\
               <li>Offered 10 % on the maintenance plan: <a data-at-ms=\"76000\">1:16</a></li></ul>",
        comments: &[
            (6, Some(53_000), "Nicely solved. @Tom Brennan, was the refund booked?"),
            (4, Some(70_000), "The usual question about competitors: let us have an answer ready."),
        ],
    },
];

/// Makes them, each at its moment.
pub(super) async fn make(ctx: &Ctx, clock: &Clock, company: &Company, now: Timestamp) -> Result<()> {
    let turns: Vec<Turn> = serde_json::from_str(TURNS).context("the demo's recording")?;
    clock.set(now.plus_seconds(-200 * 3600));
    track_terms(ctx, company).await?;
    let (contact, deal) = customer(ctx, company).await?;
    for piece in &PIECES {
        clock.set(now.plus_seconds(-piece.hours_ago * 3600));
        let user = company.users.get(piece.owner).context("the user is one of the demo's")?;
        let (sound, name) = sound(piece).await?;
        let call = call(ctx, (piece, user), contact, deal).await?;
        recordings::take_bytes(ctx, call, name, sound.into()).await?;
        transcript(ctx, (piece, user), call, &turns).await?;
        taken_in(ctx, user, call).await?;
        clock.set(now.plus_seconds(-piece.hours_ago * 3600 + 600));
        write_about(ctx, company, piece, call).await?;
    }
    Ok(())
}

/// Waits until the jobs that run meanwhile have taken a call in: only then has the recording an end, and moments of it
/// can be named.
async fn taken_in(ctx: &Ctx, user: &DemoUser, call: CallId) -> Result<()> {
    for _ in 0..1200 {
        let call = ctx.read(&user.actor, move |tx| calls::calls::get(tx, call)).await?;
        let is_recorded = call.recording.state == RecordingState::Ready;
        if is_recorded && call.transcript == Some(TranscriptState::Ready) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    bail!("the call {call} was not taken in within a minute")
}

async fn track_terms(ctx: &Ctx, company: &Company) -> Result<()> {
    let administrator = company.users.first().context("the demo has an administrator")?.actor.clone();
    for (name, variants) in [
        ("Refund", ["money back"].as_slice()),
        ("Competitor", &["competitors"]),
        ("Discount", &["percent off"]),
        ("Price", &["expensive", "charge"]),
    ] {
        let term = SaveTrackedTerm {
            name: name.to_owned(),
            variants: variants.iter().map(|&variant| variant.to_owned()).collect(),
        };
        ctx.write(&administrator, move |tx| terms::create(tx, &term)).await?;
    }
    Ok(())
}

/// Who calls, where she works, and what she may buy.
async fn customer(ctx: &Ctx, company: &Company) -> Result<(ContactId, DealId)> {
    let seller = company.users.get(5).context("there is a seller")?;
    let owner_id = Some(seller.id);
    let guest_house = SaveCompany {
        name: "Miller Guest House".to_owned(),
        domain: Some("miller-guesthouse.example".to_owned()),
        owner_id,
        ..SaveCompany::default()
    };
    let plan = SaveDeal {
        name: "Miller Guest House: maintenance plan".to_owned(),
        amount_minor: Some(9_900),
        currency: Some("EUR".to_owned()),
        owner_id,
        ..SaveDeal::default()
    };
    let made = ctx.write(&seller.actor, move |tx| {
        let house = crm::companies::create(tx, &guest_house)?;
        let sarah = CreateContact {
            name: CUSTOMER.to_owned(),
            email: Some("sarah@miller-guesthouse.example".to_owned()),
            phone: Some("+33 4 67 00 47 29".to_owned()),
            job_title: Some("Owner".to_owned()),
            company_id: Some(house.id),
            owner_id,
            ..CreateContact::default()
        };
        let sarah = crm::contacts::create(tx, &sarah)?;
        Ok((sarah.id, crm::deals::create(tx, &plan)?.id))
    });
    Ok(made.await?)
}

/// The piece of the recording, and the name of its file.
async fn sound(piece: &Piece) -> Result<(Vec<u8>, &'static str)> {
    let Some(end_ms) = piece.until_ms else { return Ok((RECORDING.to_vec(), "call.ogg")) };
    let start_ms = piece.from_ms;
    let cut = tokio::task::spawn_blocking(move || cut(start_ms, end_ms)).await??;
    Ok((cut, "call.wav"))
}

fn cut(start_ms: u64, end_ms: u64) -> Result<Vec<u8>> {
    let limits = Limits::default();
    let mut whole = tempfile::NamedTempFile::new()?;
    whole.write_all(RECORDING)?;
    let facts: Facts = media::examine(whole.reopen()?, &limits, &mut tempfile::tempfile()?)?;
    let piece = tempfile::NamedTempFile::new()?;
    let range = Range {
        recording: whole.path(),
        container: facts.container,
        picture: facts.video_codec.is_some(),
        duration_ms: facts.duration_ms,
        start_ms,
        end_ms,
    };
    media::cut(&range, None, &limits, piece.path())?;
    Ok(std::fs::read(piece.path())?)
}

async fn call(
    ctx: &Ctx,
    (piece, user): (&Piece, &DemoUser),
    contact: ContactId,
    deal: DealId,
) -> Result<CallId> {
    let nobody = AddParticipant { user_id: None, contact_id: None, name: None, email: None, phone: None };
    let request = CreateCall {
        owner_id: Some(user.id),
        outcome: Some(CallOutcome::Connected),
        participants: vec![
            AddParticipant { user_id: Some(user.id), ..nobody.clone() },
            AddParticipant { contact_id: Some(contact), ..nobody },
        ],
        ..CreateCall::new(piece.title.to_owned(), piece.direction, ctx.now())
    };
    let made = ctx.write(&user.actor, move |tx| {
        let call = calls::calls::create(tx, &request)?;
        crm::associations::associate(tx, call.id.into(), deal.into(), AssociationReason::Manual)?;
        Ok(call.id)
    });
    Ok(made.await?)
}

/// What is said in the piece, as a file that names the speakers.
async fn transcript(
    ctx: &Ctx,
    (piece, user): (&Piece, &DemoUser),
    call: CallId,
    turns: &[Turn],
) -> Result<()> {
    let from = piece.from_ms as f64 / 1000.0;
    let until = piece.until_ms.map_or(f64::MAX, |until| until as f64 / 1000.0);
    let said: String = turns
        .iter()
        .filter(|turn| turn.start >= from && turn.end <= until)
        .map(|turn| {
            let name = if turn.speaker == "agent" { user.name.as_str() } else { CUSTOMER };
            let (start, end) = (time(turn.start - from), time(turn.end - from));
            format!("{start} --> {end}\n<v {name}>{}\n\n", turn.text)
        })
        .collect();
    let content = Said::parse(&format!("WEBVTT\n\n{said}"))?;
    ctx.write(&user.actor, move |tx| transcripts::import(tx, call, Some("en"), &content)).await?;
    Ok(())
}

/// A time of WebVTT, as in `00:01:23.450`.
fn time(seconds: f64) -> String {
    let ms = (seconds * 1000.0).round() as u64;
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

async fn write_about(ctx: &Ctx, company: &Company, piece: &Piece, call: CallId) -> Result<()> {
    let user = company.users.get(piece.owner).context("the user is one of the demo's")?;
    let note = Content::from_html_with_moments("html", piece.note)?;
    ctx.write(&user.actor, move |tx| notes::save(tx, call, 0, &note)).await?;
    let mut asked: Option<CallCommentId> = None;
    for (author, at_ms, text) in piece.comments {
        let author = company.users.get(*author).context("the user is one of the demo's")?;
        let mentioned = company.users.iter().filter(|user| text.contains(&format!("@{}", user.name)));
        let content = Content::from_text("html", text)?;
        let comment = CreateCallComment {
            html: content.html().to_owned(),
            at_ms: *at_ms,
            parent_id: None,
            mentioned_user_ids: mentioned.map(|user| user.id).collect(),
        };
        let made = ctx.write(&author.actor, move |tx| comments::create(tx, call, &comment, &content)).await?;
        asked = asked.or(Some(made.id));
    }
    let Some(parent_id) = asked else { return Ok(()) };
    let content = Content::from_text("html", "Done this morning.")?;
    let answer = CreateCallComment {
        html: content.html().to_owned(),
        at_ms: None,
        parent_id: Some(parent_id),
        mentioned_user_ids: Vec::new(),
    };
    ctx.write(&user.actor, move |tx| comments::create(tx, call, &answer, &content)).await?;
    Ok(())
}
