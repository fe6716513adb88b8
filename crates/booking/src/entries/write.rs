//! Writing the entry of a meeting, or taking it out when the meeting is off.

use accounts::connections;
use calendar::{Draft, Error as Asking, Written};
use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::MeetingId;
use types::booking::{CalendarEntryState, MeetingState};

use super::{DeleteEntry, draft};
use crate::calendars::{Provider, zone_of};
use crate::store::calendars::{self, AccountRow, CalendarRow};
use crate::store::entries as stored;
use crate::store::meetings::{self, EntryRow, MeetingRow};
use crate::{access, conferences, mails, view};

/// Writes a meeting into its calendar as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteEntry {
    /// The meeting.
    pub meeting_id: MeetingId,
}

/// What is to be written, and where.
struct Work {
    meeting: MeetingRow,
    entry: EntryRow,
    calendar: CalendarRow,
    account: AccountRow,
    draft: Draft,
}

/// What came of it.
#[derive(Clone, Debug)]
enum Outcome {
    Wrote(Written),
    Removed,
    /// Somebody has deleted it there.
    Gone,
    Failed(String),
}

impl Job for WriteEntry {
    const KIND: &'static str = "write_meeting_entry";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.meeting_id;
        let Some(work) = ctx.read(&Actor::System, move |tx| work(tx, id)).await? else {
            return ctx.write(&Actor::System, move |tx| nothing_to_write(tx, id)).await;
        };
        let outcome = match write(&ctx, &work).await {
            Ok(outcome) => outcome,
            Err(cause) => {
                if let (Asking::Unauthorized, Some(connection)) = (&cause, work.account.connection_id) {
                    connections::spoil(&ctx, connection).await?;
                }
                Outcome::Failed(cause.to_string())
            }
        };
        ctx.write(&Actor::System, move |tx| note(tx, &work, &outcome)).await
    }
}

fn work(tx: &mut Tx<'_>, id: MeetingId) -> Result<Option<Work>> {
    let Some(meeting) = meetings::find(tx, id)? else { return Ok(None) };
    let entry = stored::find(tx, id)?;
    let is_due =
        |entry: &EntryRow| matches!(entry.state, CalendarEntryState::Writing | CalendarEntryState::Failed);
    let Some(entry) = entry.filter(is_due) else { return Ok(None) };
    let Some(calendar) = calendars::find(tx, entry.calendar_id)? else { return Ok(None) };
    let Some(account) = calendars::account(tx, calendar.account_id)? else { return Ok(None) };
    let Some(draft) = draft::of(tx, &meeting)? else { return Ok(None) };
    Ok(Some(Work { meeting, entry, calendar, account, draft }))
}

/// Nothing waits for an entry that is not written.
fn nothing_to_write(tx: &mut Tx<'_>, id: MeetingId) -> Result<()> {
    match access::lock_meeting_to_follow(tx, id)? {
        Some(locked) => conferences::calendar_tried(tx, &locked, None),
        None => Ok(()),
    }
}

async fn write(ctx: &Ctx, work: &Work) -> calendar::Result<Outcome> {
    let provider = Provider::open(ctx, &work.account).await?;
    match work.meeting.state {
        MeetingState::Booked | MeetingState::Pending => put(ctx, &provider, work).await,
        MeetingState::Cancelled | MeetingState::Declined => {
            let id = match &work.entry.external_id {
                Some(id) => id.clone(),
                // It may have been written by whoever had no time to say so. Writing it again tells what it is called.
                None => provider.put(&work.calendar, &work.draft, None, ctx.now()).await?.external_id,
            };
            provider.delete(&work.calendar, &id).await?;
            Ok(Outcome::Removed)
        }
    }
}

async fn put(ctx: &Ctx, provider: &Provider, work: &Work) -> calendar::Result<Outcome> {
    let Some(id) = &work.entry.external_id else { return create(ctx, provider, work).await };
    let first = match &work.entry.etag {
        Some(etag) => provider.put(&work.calendar, &work.draft, Some((id, etag)), ctx.now()).await,
        None => Err(Asking::Changed),
    };
    match first {
        Ok(written) => Ok(Outcome::Wrote(written)),
        Err(Asking::NotFound) => Ok(Outcome::Gone),
        // Somebody edited it there. What of it is theirs stays, as whoever writes over it reads it first.
        Err(Asking::Changed) => {
            match provider.get(&work.calendar, id, &zone_of(&work.calendar, None)).await {
                Ok(there) if !there.is_cancelled => {
                    let etag = there.etag.unwrap_or_default();
                    let written =
                        provider.put(&work.calendar, &work.draft, Some((id, &etag)), ctx.now()).await?;
                    Ok(Outcome::Wrote(written))
                }
                Ok(_) | Err(Asking::NotFound) => Ok(Outcome::Gone),
                Err(cause) => Err(cause),
            }
        }
        Err(cause) => Err(cause),
    }
}

/// Writes an entry for the first time, or once more when nobody noted that it was. Of one that is there already, the provider
/// says what it is called: then it is written over.
async fn create(ctx: &Ctx, provider: &Provider, work: &Work) -> calendar::Result<Outcome> {
    let (calendar, draft) = (&work.calendar, &work.draft);
    let written = provider.put(calendar, draft, None, ctx.now()).await?;
    let there = provider.get(calendar, &written.external_id, &zone_of(calendar, None)).await?;
    let is_it = (there.starts_at, there.ends_at, there.summary.as_str())
        == (draft.starts_at, draft.ends_at, draft.summary.as_str());
    let names = |url: &String| there.location.contains(url) || there.description.contains(url);
    if is_it && draft.conference_url.as_ref().is_none_or(names) {
        return Ok(Outcome::Wrote(Written { etag: there.etag.or(written.etag), ..written }));
    }
    let etag = there.etag.or(written.etag).unwrap_or_default();
    let known = Some((written.external_id.as_str(), etag.as_str()));
    provider.put(calendar, draft, known, ctx.now()).await.map(Outcome::Wrote)
}

/// Notes what came of it. A meeting that changed meanwhile is written once more.
fn note(tx: &mut Tx<'_>, work: &Work, outcome: &Outcome) -> Result<()> {
    let Some(locked) = access::lock_meeting_to_follow(tx, work.meeting.id)? else { return Ok(()) };
    let Some(entry) = stored::find(tx, locked.id)? else {
        // The contact was erased meanwhile.
        if let Outcome::Wrote(written) = outcome {
            let (calendar_id, external_id) = (work.calendar.id, written.external_id.clone());
            tx.enqueue(&DeleteEntry { calendar_id, external_id })?;
        }
        return Ok(());
    };
    let is_current = (locked.sequence, locked.state) == (work.meeting.sequence, work.meeting.state);
    if !matches!(entry.state, CalendarEntryState::Writing | CalendarEntryState::Failed) {
        // Whoever wrote the meeting as it is now was faster, and this may have been written over that.
        let is_stale = entry.state == CalendarEntryState::Written && !is_current;
        let wrote = matches!(outcome, Outcome::Wrote(_));
        return if is_stale && wrote { super::write_later(tx, entry) } else { Ok(()) };
    }
    let entry = match outcome {
        Outcome::Removed if is_current => {
            stored::delete(tx, locked.id)?;
            return view::tell_meeting(tx, &locked);
        }
        Outcome::Removed => EntryRow { external_id: None, etag: None, url: None, sequence: None, ..entry },
        Outcome::Wrote(written) => EntryRow {
            state: CalendarEntryState::Written,
            external_id: Some(written.external_id.clone()),
            etag: written.etag.clone(),
            url: written.url.clone(),
            error: None,
            sequence: Some(work.meeting.sequence),
            ..entry
        },
        Outcome::Gone => {
            EntryRow { state: CalendarEntryState::Missing, external_id: None, etag: None, url: None, ..entry }
        }
        Outcome::Failed(cause) => {
            // The first time it is read again at once, which says whether anything can be written; then with the others.
            if entry.error.is_none() {
                calendars::postpone(tx, &[work.calendar.id], tx.now())?;
            }
            EntryRow { state: CalendarEntryState::Failed, error: Some(cause.clone()), ..entry }
        }
    };
    stored::save(tx, &entry)?;
    if entry.state == CalendarEntryState::Missing {
        mails::ask_host(tx, &locked)?;
    } else if !is_current {
        return super::write_later(tx, entry);
    }
    let (url, failure) = match outcome {
        Outcome::Wrote(written) => (written.conference_url.clone(), None),
        Outcome::Failed(cause) => (None, Some(cause.clone())),
        Outcome::Removed | Outcome::Gone => (None, None),
    };
    match url.filter(|_| work.draft.wants_conference && locked.conference_url.is_none()) {
        Some(url) => conferences::linked(tx, &locked, (None, url), None),
        None => {
            conferences::calendar_tried(tx, &locked, failure)?;
            view::tell_meeting(tx, &locked)
        }
    }
}
