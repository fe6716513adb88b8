//! What of a calendar takes time. Nothing else of it is kept.

use std::collections::{HashMap, HashSet};

use calendar::{Changes, Event};
use platform::{Actor, Ctx, Result, Tx};
use types::booking::{CalendarEntryState, MeetingState};
use types::{CalendarId, Timestamp, UserId};

use super::sync::Claimed;
use crate::access;
use crate::entries::same_id;
use crate::store::calendars::{self, EventRow};
use crate::store::entries;

/// Entries that are written in one transaction, and UIDs that are asked for at a time.
const CHUNK: usize = 200;

/// One thing to write.
#[derive(Clone, Debug)]
enum Step {
    Insert(EventRow),
    Update(EventRow),
    Delete(i64),
}

/// Writes what takes time, new times before old ones go: at no moment is less taken than is known to be.
pub(super) async fn write(ctx: &Ctx, claimed: &Claimed, changes: &Changes) -> Result<()> {
    let (id, user, told) = (claimed.calendar.id, claimed.calendar.user_id, changes.clone());
    let steps = ctx
        .read(&Actor::System, move |tx| {
            let own = Own::of(tx, (id, user), &told.events)?;
            let known = calendars::events(tx, id)?;
            let make = |event: &Event| EventRow {
                id: tx.new_id(),
                calendar_id: id,
                user_id: user,
                external_id: event.external_id.clone(),
                instance: event.instance.clone(),
                uid: event.uid.clone(),
                starts_at: event.starts_at,
                ends_at: event.ends_at,
                is_busy: true,
            };
            let takes_time = told
                .events
                .iter()
                .filter(|event| event.is_busy && !event.is_cancelled && !own.is_covered(event));
            Ok(steps(known, &told, takes_time.map(make).collect()))
        })
        .await?;
    for chunk in steps.chunks(CHUNK) {
        let (chunk, lease) = (chunk.to_vec(), claimed.lease);
        ctx.write(&Actor::System, move |tx| carry_out(tx, (id, lease), &chunk)).await?;
    }
    Ok(())
}

/// The difference of what is known and what there is.
fn steps(known: Vec<EventRow>, changes: &Changes, wanted: Vec<EventRow>) -> Vec<Step> {
    let changed: HashSet<&str> = changes
        .changed_ids
        .iter()
        .map(String::as_str)
        .chain(changes.events.iter().map(|event| event.external_id.as_str()))
        .collect();
    let mut known: HashMap<(String, String), EventRow> = known
        .into_iter()
        .filter(|row| changes.is_full || changed.contains(row.external_id.as_str()))
        .map(|row| ((row.external_id.clone(), row.instance.clone()), row))
        .collect();
    let mut seen = HashSet::new();
    let mut steps = Vec::new();
    for row in wanted {
        let key = (row.external_id.clone(), row.instance.clone());
        if !seen.insert(key.clone()) {
            continue;
        }
        match known.remove(&key) {
            None => steps.push(Step::Insert(row)),
            Some(old) => {
                let row = EventRow { id: old.id, ..row };
                if row != old {
                    steps.push(Step::Update(row));
                }
            }
        }
    }
    steps.extend(known.into_values().map(|row| Step::Delete(row.id)));
    steps
}

fn carry_out(tx: &mut Tx<'_>, (id, lease): (CalendarId, Timestamp), steps: &[Step]) -> Result<()> {
    let locked = access::lock_calendar_to_follow(tx, id)?;
    // It was taken away, or somebody else reads it by now.
    if locked.is_none_or(|row| !row.is_added || row.syncing_until != Some(lease)) {
        return Ok(());
    }
    let mut gone = Vec::new();
    for step in steps {
        match step {
            Step::Insert(row) => calendars::insert_event(tx, row)?,
            Step::Update(row) => calendars::update_event(tx, row)?,
            Step::Delete(id) => gone.push(*id),
        }
    }
    if gone.is_empty() { Ok(()) } else { calendars::delete_some(tx, &gone) }
}

/// The meetings of ours that stand in a calendar and take the time of whoever has it. What has the UID of a colleague's meeting
/// is no such: nothing else takes their time.
#[derive(Default)]
struct Own {
    meetings: HashMap<String, (Timestamp, Timestamp, MeetingState)>,
    /// By the ids of their entries, which tell where the provider chooses the UID.
    entries: Vec<(String, Timestamp, Timestamp)>,
    /// The UIDs and ids of entries that are being written.
    writing: HashSet<String>,
}

impl Own {
    fn of(tx: &mut Tx<'_>, (calendar, owner): (CalendarId, UserId), events: &[Event]) -> Result<Self> {
        let Some(earliest) = events.iter().map(|event| event.starts_at).min() else {
            return Ok(Self::default());
        };
        let uids: Vec<String> = events.iter().map(|event| event.uid.clone()).collect();
        let mut meetings = HashMap::new();
        for chunk in uids.chunks(CHUNK) {
            for (uid, from, until, state) in entries::of_host_with_uids(tx, owner, chunk)? {
                meetings.insert(uid, (from, until, state));
            }
        }
        let (mut of_entries, mut writing) = (Vec::new(), HashSet::new());
        // What is being written may have been moved to before each of the events.
        let after = earliest.min(tx.now());
        for (entry, meeting) in entries::of_calendar(tx, calendar, after)? {
            if entry.state == CalendarEntryState::Writing {
                writing.insert(meeting.uid.clone());
                writing.extend(entry.external_id.clone());
            }
            if let Some(id) = entry.external_id
                && matches!(meeting.state, MeetingState::Booked | MeetingState::Pending)
            {
                of_entries.push((id, meeting.starts_at, meeting.ends_at));
            }
        }
        Ok(Self { meetings, entries: of_entries, writing })
    }

    /// Whether an event is a meeting whose time is taken already, or that is about to be written anew.
    fn is_covered(&self, event: &Event) -> bool {
        let times = (event.starts_at, event.ends_at);
        let by_uid = self.meetings.get(&event.uid).is_some_and(|(from, until, state)| {
            matches!(state, MeetingState::Booked | MeetingState::Pending) && (*from, *until) == times
        });
        by_uid
            || self.writing.contains(&event.uid)
            || self.writing.contains(&event.external_id)
            || self
                .entries
                .iter()
                .any(|(id, from, until)| same_id(id, &event.external_id) && (*from, *until) == times)
    }
}
