//! Having Zoom plan a meeting, follow it, and strike it out.

use std::time::Duration;

use accounts::connections;
use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::ConnectionProvider;
use types::booking::{ConferenceKind, MeetingState};
use types::{ConnectionId, MeetingId, Timestamp};
use zoom::{Error as Refusal, MeetingPlan, PlannedMeeting, Zoom};

use super::linked;
use crate::store::conferences::{self as stored, ConferenceRow};
use crate::store::meetings::{self, MeetingRow};
use crate::{access, entries, view};

/// Whoever has signed in, as Zoom calls them.
const ME: &str = "me";
/// The longest time that Zoom is asked, whatever it does.
const PATIENCE: Duration = Duration::from_secs(90);
/// Seconds that whoever asks has for it: longer than that.
const LEASE_SECONDS: i64 = 120;

/// Has Zoom show a meeting as it is now. It is tried for about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteConference {
    /// The meeting.
    pub meeting_id: MeetingId,
}

/// What is asked of Zoom.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Make,
    Change(String),
    /// What is called so, or what may have been made under the mark.
    Delete(Option<String>),
}

/// What is asked, by whom.
struct Work {
    meeting: MeetingRow,
    step: Step,
    /// The first host's sign-in.
    connection: Option<ConnectionId>,
    /// Whether it was asked for before, and nobody knows what came of it.
    was_asked: bool,
    plan: MeetingPlan,
    /// The line that the agenda begins with: the link to the meeting.
    mark: String,
}

/// What came of it.
#[derive(Clone, Debug)]
enum Outcome {
    Made(PlannedMeeting),
    /// It had been made before, for the meeting as it was then.
    Found(PlannedMeeting),
    Changed,
    /// Somebody has deleted it there.
    Gone,
    Deleted,
}

/// Why nothing came of it.
#[derive(Clone, Debug)]
struct Failure {
    cause: String,
    /// Whether Zoom may have made it nevertheless.
    is_asked: bool,
    /// Whether the access token is to blame.
    is_token: bool,
}

/// What there is to be done.
enum Claim {
    Ours(Box<Work>),
    Taken,
    Nothing,
}

impl Job for WriteConference {
    const KIND: &'static str = "write_meeting_conference";
    const MAX_ATTEMPTS: u32 = 30;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.meeting_id;
        let work = match ctx.write(&Actor::System, move |tx| claim(tx, id)).await? {
            Claim::Ours(work) => work,
            Claim::Nothing => return Ok(()),
            Claim::Taken => return Err(Error::Unavailable("Zoom is being asked already".to_owned())),
        };
        let outcome = act(&ctx, &work).await?;
        let failed = outcome.as_ref().err().map(|failure| failure.cause.clone());
        ctx.write(&Actor::System, move |tx| note(tx, &work, &outcome)).await?;
        failed.map_or(Ok(()), |cause| Err(Error::Unavailable(cause)))
    }
}

/// Finds out what is to be asked, and writes down that it is.
fn claim(tx: &mut Tx<'_>, id: MeetingId) -> Result<Claim> {
    let now = tx.now();
    let Some(locked) = access::lock_meeting_to_follow(tx, id)? else { return Ok(Claim::Nothing) };
    let known = stored::find(tx, id)?.filter(|known| known.kind == ConferenceKind::Zoom);
    let Some(known) = known else { return Ok(Claim::Nothing) };
    if known.asking_until.is_some_and(|until| until > now) {
        return Ok(Claim::Taken);
    }
    let Some(step) = step(&known, &locked, now) else {
        if !known.is_wanted {
            stored::delete(tx, id)?;
        }
        return Ok(Claim::Nothing);
    };
    let host = meetings::hosts_of(tx, id)?.into_iter().next();
    let Some(host) = host else { return Ok(Claim::Nothing) };
    let connection = connections::of_users(tx, ConnectionProvider::Zoom)?.remove(&host);
    let was_asked = known.is_asked;
    let is_asked = was_asked || step == Step::Make;
    stored::update(
        tx,
        &ConferenceRow { is_asked, asking_until: Some(now.plus_seconds(LEASE_SECONDS)), ..known },
    )?;
    let mark = format!("{}/meetings/{id}", tx.ctx().config().server.app_url());
    let plan = MeetingPlan {
        topic: locked.title.clone(),
        starts_at: locked.starts_at,
        duration_seconds: locked.ends_at.seconds_since(locked.starts_at),
        time_zone: entries::zone_name(tx, host)?,
        agenda: format!("{mark}\n\n{}", locked.told_description.as_deref().unwrap_or_default()),
    };
    let meeting = locked.into_inner();
    Ok(Claim::Ours(Box::new(Work { meeting, step, connection, was_asked, plan, mark })))
}

fn step(known: &ConferenceRow, row: &MeetingRow, now: Timestamp) -> Option<Step> {
    match (known.is_wanted, &row.conference_id) {
        (true, _) if row.state != MeetingState::Booked || row.ends_at <= now => None,
        (true, None) => Some(Step::Make),
        (true, Some(_)) if known.sequence == Some(row.sequence) => None,
        (true, Some(id)) => Some(Step::Change(id.clone())),
        (false, None) if !known.is_asked => None,
        (false, id) => Some(Step::Delete(id.clone())),
    }
}

/// Asks Zoom, once more with a new token when the first is not taken.
async fn act(ctx: &Ctx, work: &Work) -> Result<std::result::Result<Outcome, Failure>> {
    let Some(connection) = work.connection else {
        return Ok(Err(unasked(work, "the host is not signed in at Zoom".to_owned())));
    };
    let timeout = || Failure {
        cause: "Zoom does not answer in time".to_owned(),
        is_asked: work.was_asked || work.step == Step::Make,
        is_token: false,
    };
    let first = tokio::time::timeout(PATIENCE / 2, ask(ctx, connection, work)).await;
    let outcome = first.unwrap_or_else(|_| Err(timeout()));
    if !outcome.as_ref().is_err_and(|failure| failure.is_token) {
        return Ok(outcome);
    }
    connections::spoil(ctx, connection).await?;
    let second = tokio::time::timeout(PATIENCE / 2, ask(ctx, connection, work)).await;
    Ok(second.unwrap_or_else(|_| Err(timeout())))
}

/// A failure before Zoom was asked for anything.
fn unasked(work: &Work, cause: String) -> Failure {
    Failure { cause, is_asked: work.was_asked, is_token: false }
}

async fn ask(ctx: &Ctx, connection: ConnectionId, work: &Work) -> std::result::Result<Outcome, Failure> {
    let zoom = ctx.extension::<Zoom>().map_err(|cause| unasked(work, cause.to_string()))?;
    let token = connections::access_token(ctx, connection).await;
    let token = token.map_err(|cause| unasked(work, cause.to_string()))?;
    let token = token.ok_or_else(|| unasked(work, "the host must sign in at Zoom again".to_owned()))?;
    let refused = |cause: Refusal| Failure {
        is_token: matches!(cause, Refusal::SignIn(_)),
        ..unasked(work, cause.to_string())
    };
    match &work.step {
        Step::Make => make(&zoom, &token, work).await,
        Step::Change(id) => match zoom.update_meeting(&token, id, &work.plan).await {
            Ok(()) => Ok(Outcome::Changed),
            Err(Refusal::NotFound(_)) => Ok(Outcome::Gone),
            Err(cause) => Err(refused(cause)),
        },
        Step::Delete(id) => {
            let id = match id {
                Some(id) => Some(id.clone()),
                None => {
                    zoom.find_meeting(&token, ME, &work.mark).await.map_err(refused)?.map(|found| found.id)
                }
            };
            if let Some(id) = id {
                zoom.delete_meeting(&token, &id).await.map_err(refused)?;
            }
            Ok(Outcome::Deleted)
        }
    }
}

async fn make(zoom: &Zoom, token: &str, work: &Work) -> std::result::Result<Outcome, Failure> {
    let failed = |cause: Refusal, is_asked| Failure {
        is_asked,
        is_token: matches!(cause, Refusal::SignIn(_)),
        cause: cause.to_string(),
    };
    if work.was_asked {
        let found = zoom.find_meeting(token, ME, &work.mark).await.map_err(|cause| failed(cause, true))?;
        if let Some(found) = found {
            return Ok(Outcome::Found(found));
        }
    }
    zoom.create_meeting(token, ME, &work.plan).await.map(Outcome::Made).map_err(|cause| {
        // Whoever says no has made nothing.
        let is_asked = matches!(cause, Refusal::Unreachable(_));
        failed(cause, is_asked)
    })
}

/// Notes what came of it. What changed here meanwhile is asked for next.
fn note(tx: &mut Tx<'_>, work: &Work, outcome: &std::result::Result<Outcome, Failure>) -> Result<()> {
    let Some(locked) = access::lock_meeting_to_follow(tx, work.meeting.id)? else { return Ok(()) };
    let Some(known) = stored::find(tx, locked.id)? else { return Ok(()) };
    let settled = ConferenceRow { is_asked: false, error: None, asking_until: None, ..known.clone() };
    let renamed = |conference_id: Option<String>| MeetingRow { conference_id, ..(*locked).clone() };
    match outcome {
        Ok(Outcome::Made(made) | Outcome::Found(made)) if known.is_wanted => {
            let is_made = matches!(outcome, Ok(Outcome::Made(_)));
            let shown = is_made.then_some(work.meeting.sequence);
            return linked(tx, &locked, (Some(made.id.clone()), made.join_url.clone()), shown);
        }
        Ok(Outcome::Made(made) | Outcome::Found(made)) => {
            meetings::update(tx, &locked, &renamed(Some(made.id.clone())))?;
            stored::update(tx, &settled)?;
        }
        Ok(Outcome::Changed) => {
            stored::update(tx, &ConferenceRow { sequence: Some(work.meeting.sequence), ..settled })?;
            if known.is_wanted && locked.sequence == work.meeting.sequence {
                return view::tell_meeting(tx, &locked);
            }
        }
        // Another takes its place.
        Ok(Outcome::Gone) => {
            meetings::update(tx, &locked, &MeetingRow { conference_url: None, ..renamed(None) })?;
            stored::update(tx, &ConferenceRow { sequence: None, ..settled })?;
        }
        Ok(Outcome::Deleted) => {
            meetings::update(tx, &locked, &renamed(None))?;
            return stored::delete(tx, locked.id);
        }
        Err(failure) => {
            let (is_asked, error) = (failure.is_asked, Some(failure.cause.clone()));
            super::tried(tx, &locked, ConferenceRow { is_asked, error, ..settled })?;
            return view::tell_meeting(tx, &locked);
        }
    }
    super::write_later(tx, &locked)
}
