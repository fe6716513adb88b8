//! Taking a meeting over.

use accounts::connections::{self, Linked};
use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::ConnectionProvider;
use zoom::{Meeting, Part};

use super::Connected;
use super::arrival::{self, Source};
use super::people::{self, Person};
use super::settings::Sync;
use crate::settings::Recording;
use crate::store::zoom_recordings::{self, ZoomRecordingRow};

/// Takes the recordings of a meeting or webinar over, or the transcript that came later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncZoomMeeting {
    /// The account at Zoom.
    pub account_id: String,
    /// The user at Zoom whose meeting it was.
    pub host_id: String,
    /// The instance of the meeting.
    pub meeting_uuid: String,
}

/// What is to be done with one stretch of a recording.
enum Step {
    Take,
    AddTranscript(ZoomRecordingRow),
    Nothing,
}

impl Job for SyncZoomMeeting {
    const KIND: &'static str = "sync_zoom_meeting";
    // About half a day.
    const MAX_ATTEMPTS: u32 = 20;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let asked = self.clone();
        for linked in ctx.read(&Actor::System, move |tx| asked.connections(tx)).await? {
            if let Some(connected) = Connected::open(&ctx, linked).await? {
                return self.take_over(&connected).await;
            }
        }
        Ok(())
    }
}

impl SyncZoomMeeting {
    /// The connections that may see the meeting, the host's own first; none while nothing is taken over.
    fn connections(&self, tx: &mut Tx<'_>) -> Result<Vec<Linked>> {
        if tx.setting::<Sync>()?.since.is_none() || !tx.setting::<Recording>()?.recording {
            return Ok(Vec::new());
        }
        let all = connections::of_provider(tx, ConnectionProvider::Zoom)?;
        let of_host = |linked: &&Linked| linked.user_id.is_some() && linked.external_id == self.host_id;
        let of_account = |linked: &&Linked| {
            linked.user_id.is_none() && linked.external_account_id.as_ref() == Some(&self.account_id)
        };
        Ok(all.iter().filter(of_host).chain(all.iter().filter(of_account)).cloned().collect())
    }

    async fn take_over(&self, connected: &Connected<'_>) -> Result<()> {
        let answer = connected.zoom.meeting(&connected.token, &self.meeting_uuid).await;
        let Some(meeting) = connected.given(answer).await? else { return Ok(()) };
        let mut source = None;
        for part in zoom::parts(&meeting) {
            match step(connected.ctx, &part).await? {
                Step::Nothing => {}
                Step::AddTranscript(row) => arrival::add_transcript(connected, &meeting, &part, row).await?,
                Step::Take => {
                    if source.is_none() {
                        source = self.source(connected, &meeting).await?;
                    }
                    let Some(source) = &source else { return Ok(()) };
                    arrival::take(connected, &meeting, &part, source).await?;
                }
            }
        }
        Ok(())
    }

    /// Who took part and whose call it is; nothing when it is not to be taken over (CALL-64).
    async fn source(&self, connected: &Connected<'_>, meeting: &Meeting) -> Result<Option<Source>> {
        let mut people = people_of(connected, meeting).await?;
        let host_id = meeting.host_id.clone();
        let found = connected.ctx.read(&Actor::System, move |tx| {
            let all = connections::of_provider(tx, ConnectionProvider::Zoom)?;
            people::recognise(&mut people, &host_id, &all);
            let Some(owner_id) = people::owner(tx, &people)? else { return Ok(None) };
            Ok(people::may_have_calls(tx, owner_id)?.then_some(Source { owner_id, people }))
        });
        let found = found.await?;
        if found.is_none() {
            tracing::info!("a recording at Zoom is nobody's who may use conversation intelligence");
        }
        Ok(found)
    }
}

/// Who took part. Plans and connections that have no list of participants leave the host.
async fn people_of(connected: &Connected<'_>, meeting: &Meeting) -> Result<Vec<Person>> {
    let (zoom, token) = (&connected.zoom, &connected.token);
    // A user's own token may ask for nobody else, and only by this name.
    let is_own = connected.linked.external_id == meeting.host_id;
    let host = or_missing(zoom.user(token, if is_own { "me" } else { &meeting.host_id }).await);
    let host = connected.given(host).await?.unwrap_or_default();
    let participants = or_missing(zoom.participants(token, meeting).await);
    let participants = connected.given(participants).await?.unwrap_or_default();
    Ok(people::of_meeting(&host, &participants))
}

/// What Zoom refuses to tell of a meeting is as good as missing.
fn or_missing<T>(answer: std::result::Result<T, zoom::Error>) -> std::result::Result<T, zoom::Error> {
    answer.map_err(|cause| match cause {
        zoom::Error::Refused(cause) => {
            tracing::info!(cause, "Zoom does not say who took part in a meeting");
            zoom::Error::NotFound(cause)
        }
        other => other,
    })
}

async fn step(ctx: &Ctx, part: &Part) -> Result<Step> {
    let key = part.key.clone();
    let known = ctx.read(&Actor::System, move |tx| zoom_recordings::find(tx, &key)).await?;
    Ok(match known {
        None => Step::Take,
        Some(row) if !row.transcript && part.transcript.is_some() => Step::AddTranscript(row),
        Some(_) => Step::Nothing,
    })
}
