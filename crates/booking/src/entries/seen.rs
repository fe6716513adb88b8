//! What became of an entry in the calendar.

use calendar::Event;
use platform::{Result, Tx};
use types::booking::{CalendarEntryState, ConferenceKind, MeetingState};

use super::draft;
use crate::meetings::{self as changes, Told};
use crate::store::entries as stored;
use crate::store::meetings::{self, EntryRow, MeetingRow};
use crate::{access, conferences, mails, view};

/// The shortest and the longest meeting, in seconds.
const SHORTEST_SECONDS: i64 = 5 * 60;
const LONGEST_SECONDS: i64 = 24 * 60 * 60;

/// Follows what somebody did to an entry of ours: deleted, the host is asked; moved or edited, the meeting follows where the
/// calendar is kept the same both ways. `before` is the entry as it was when the provider was asked: whatever has changed here
/// since counts for more.
pub(crate) fn seen(
    tx: &mut Tx<'_>,
    before: &EntryRow,
    event: Option<&Event>,
    is_two_way: bool,
) -> Result<()> {
    let Some(locked) = access::lock_meeting_to_follow(tx, before.meeting_id)? else { return Ok(()) };
    let is_as_written = stored::find(tx, locked.id)?.as_ref() == Some(before)
        && before.sequence == Some(locked.sequence)
        && locked.state == MeetingState::Booked;
    if !is_as_written {
        return Ok(());
    }
    let Some(event) = event else {
        let entry = EntryRow {
            state: CalendarEntryState::Missing,
            external_id: None,
            etag: None,
            url: None,
            ..before.clone()
        };
        stored::save(tx, &entry)?;
        mails::ask_host(tx, &locked)?;
        return view::tell_meeting(tx, &locked);
    };
    stored::save(tx, &EntryRow { etag: event.etag.clone(), ..before.clone() })?;
    let awaits = locked.conference_kind == Some(ConferenceKind::Calendar) && locked.conference_url.is_none();
    if let Some(url) = event.conference_url.clone().filter(|_| awaits) {
        return conferences::linked(tx, &locked, (None, url), None);
    }
    if !is_two_way {
        return Ok(());
    }
    let edited = edited(tx, &locked, event)?;
    let is_edited = edited != *locked;
    let times = (event.starts_at, event.ends_at);
    let is_length =
        (SHORTEST_SECONDS..=LONGEST_SECONDS).contains(&event.ends_at.seconds_since(event.starts_at));
    let is_moved = times != (locked.starts_at, locked.ends_at)
        && is_length
        && !event.is_all_day
        && changes::is_in_reach(times);
    if is_edited && !is_moved {
        let row = MeetingRow { sequence: locked.sequence + 1, updated_at: tx.now(), ..edited };
        meetings::update(tx, &locked, &row)?;
        return tell(tx, before, event, &row, Told::Changed);
    }
    if !is_moved {
        return Ok(());
    }
    meetings::update(tx, &locked, &edited)?;
    let Some(locked) = access::lock_meeting_to_follow(tx, before.meeting_id)? else { return Ok(()) };
    let told = Told::Moved { from: locked.starts_at };
    let row = changes::set_any_time(tx, &locked, times, None)?;
    tell(tx, before, event, &row, told)
}

/// Tells of what was done in the calendar. Of an event that somebody made there they have told those invited, and what stands
/// there is as it should be.
fn tell(tx: &mut Tx<'_>, before: &EntryRow, event: &Event, row: &MeetingRow, told: Told) -> Result<()> {
    if !draft::is_from_calendar(row) {
        return changes::tell(tx, row, told);
    }
    let entry = EntryRow { etag: event.etag.clone(), sequence: Some(row.sequence), ..before.clone() };
    stored::save(tx, &entry)?;
    mails::tell_webhooks(tx, row, told)?;
    view::tell_meeting(tx, row)
}

/// The meeting with the texts that stand in the calendar.
fn edited(tx: &mut Tx<'_>, row: &MeetingRow, event: &Event) -> Result<MeetingRow> {
    let mut edited = row.clone();
    let Some(written) = draft::of(tx, row)? else { return Ok(edited) };
    if event.summary.trim() != written.summary.trim() {
        edited.title = draft::title_of(event).unwrap_or(edited.title);
    }
    if event.location.trim() != written.location.trim() {
        edited.location = draft::line_of(&event.location, 500);
    }
    let plain = |text: &str| text.replace("\r\n", "\n").trim().to_owned();
    let text = plain(&event.description);
    // A feed of ours is told by its end; where somebody deleted that, the whole text is theirs. What Microsoft and Google make
    // of a description may differ in its form alone, which changes nothing.
    if text != plain(&written.description) && !text.starts_with('<') {
        let end = plain(&draft::appendix(tx, row)?);
        let own = text.strip_suffix(&end).map_or(text.as_str(), str::trim_end);
        let own = draft::lines_of(own);
        let is_ours = own.as_deref().map(str::trim) == row.told_description.as_deref().map(str::trim);
        if !is_ours && text.ends_with(&end) {
            edited.description.clone_from(&own);
            edited.told_description = own;
        }
    }
    Ok(edited)
}
