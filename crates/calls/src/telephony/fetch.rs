//! Fetching a recording that a provider has reported.

use std::time::Duration;

use db::Json;
use outgoing::Rule;
use platform::{Actor, Config, Ctx, Error, Job, Result, Tx};
use reqwest::{Response, StatusCode, Url};
use serde::{Deserialize, Serialize};
use types::calls::{RecordingProblem, RecordingProblemCode, RecordingState};
use types::{RecordingId, TelephonyAccountId};

use super::open;
use crate::store::recordings::{self as rows, RecordingRow};
use crate::store::telephony;
use crate::{access, recordings, view};

/// Fetches a recording from a telephony provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchRecording {
    /// The account that reported it.
    pub account_id: TelephonyAccountId,
    /// The recording.
    pub recording_id: RecordingId,
    /// Where it is.
    pub url: String,
}

/// Longest wait for a connection, and for the next bytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why a recording was not fetched.
struct Missed {
    detail: String,
    /// Whether it may come yet.
    again: bool,
}

fn missed(again: bool, detail: impl Into<String>) -> Missed {
    Missed { detail: detail.into(), again }
}

impl Job for FetchRecording {
    const KIND: &'static str = "fetch_recording";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let (id, account) = (self.recording_id, self.account_id);
        let (recording, account) = ctx
            .read(&Actor::System, move |tx| Ok((rows::find_by_id(tx, id)?, telephony::find(tx, account)?)))
            .await?;
        // The call was deleted meanwhile, or the recording has arrived before.
        let Some(recording) = recording.filter(|row| row.state == RecordingState::Uploading) else {
            return Ok(());
        };
        let Some(account) = account else {
            return note(&ctx, recording, missed(false, "the account at the provider was removed")).await;
        };
        let auth_token = open(&ctx, &account)?;
        match fetch(&ctx, &self.url, (&account.account_sid, &auth_token)).await {
            Ok(reply) => take(&ctx, recording, reply).await,
            Err(why) => note(&ctx, recording, why).await,
        }
    }
}

/// Where recordings may be fetched from when somebody outside names the address: with encryption from the public internet,
/// and from elsewhere where the settings say so.
fn rule(config: &Config) -> Rule {
    let rule = Rule::new(&config.outgoing).encrypted();
    if config.calls.fetch_from_private_addresses { rule.with_private() } else { rule }
}

/// Asks the provider. Redirects are followed to where Rapport may fetch from, without the credential elsewhere.
async fn fetch(ctx: &Ctx, url: &str, (account_sid, auth_token): (&str, &str)) -> Result<Response, Missed> {
    let unreachable = "the provider cannot be reached";
    let rule = rule(ctx.config());
    let url = Url::parse(url).map_err(|cause| missed(false, cause.to_string()))?;
    rule.require_allowed(&url).map_err(|why| missed(false, why.to_string()))?;
    let client = rule.client_builder().connect_timeout(PATIENCE).read_timeout(PATIENCE).build();
    let client = client.map_err(|cause| missed(true, cause.to_string()))?;
    let reply = client.get(url).basic_auth(account_sid, Some(auth_token)).send().await.map_err(|cause| {
        let refused = outgoing::refusal(&cause);
        missed(refused.is_none(), refused.map_or_else(|| unreachable.to_owned(), |why| why.to_string()))
    })?;
    match reply.status() {
        StatusCode::OK => Ok(reply),
        status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::GONE) => {
            Err(missed(false, format!("the provider answered {status}")))
        }
        // Providers report a recording a moment before they hand it out.
        status => Err(missed(true, format!("the provider answered {status}"))),
    }
}

/// Stores what arrives as it arrives, and has it examined.
async fn take(ctx: &Ctx, recording: RecordingRow, reply: Response) -> Result<()> {
    let arrived = match recordings::store(ctx, recording.id, reply.bytes_stream()).await {
        Ok(arrived) => arrived,
        Err(Error::TooLarge { limit_bytes }) => {
            let why = missed(false, format!("it is larger than {limit_bytes} bytes"));
            return note(ctx, recording, why).await;
        }
        Err(other) => return Err(other),
    };
    ctx.write(&Actor::System, move |tx| {
        let Some(call) = access::lock_call_to_follow(tx, recording.call_id)? else { return Ok(()) };
        recordings::adopt(tx, &call, &recording.name, &arrived)?;
        view::touched(tx, &call).map(|_| ())
    })
    .await
}

/// Says of the recording why it is not there, and has the job run again where it may come yet.
async fn note(ctx: &Ctx, recording: RecordingRow, why: Missed) -> Result<()> {
    let Missed { detail, again } = why;
    let failure = format!("a recording cannot be fetched: {detail}");
    ctx.write(&Actor::System, move |tx| write_problem(tx, &recording, &detail, again)).await?;
    if again { Err(Error::Unavailable(failure)) } else { Ok(()) }
}

fn write_problem(tx: &mut Tx<'_>, recording: &RecordingRow, detail: &str, again: bool) -> Result<()> {
    let Some(call) = access::lock_call_to_follow(tx, recording.call_id)? else { return Ok(()) };
    let problem =
        RecordingProblem { code: RecordingProblemCode::NotFetched, detail: detail.to_owned(), channel: None };
    let state = if again { RecordingState::Uploading } else { RecordingState::Failed };
    let row = RecordingRow { state, problems: Json(vec![problem]), ..recording.clone() };
    rows::update(tx, &call, &row)?;
    view::touched(tx, &call).map(|_| ())
}
