//! Changes to an instance "and all that follow" (RFC 5545, section 3.2.13).

use jiff::{SignedDuration, Timestamp};

use super::{
    parse::Component,
    set::{self, Instance},
    value::{Length, Moment},
    zone::Zones,
};
use crate::Result;

/// An exception with RANGE=THISANDFUTURE: what follows its instance is moved as far as that, lasts as long, and says the same.
pub(crate) struct Following<'a> {
    /// The exception.
    pub(crate) part: &'a Component,
    /// The original beginning of its instance.
    from: Timestamp,
    /// How far instances are moved on the local clock of the exception's zone.
    by: SignedDuration,
    start: Moment,
    length: Length,
}

impl<'a> Following<'a> {
    /// What an exception to the instance `at` says of those that follow it; `None` when it speaks of the one alone.
    pub(crate) fn of(part: &'a Component, at: &Moment, zones: &Zones<'_>) -> Result<Option<Self>> {
        let id = part.property("RECURRENCE-ID").and_then(|id| id.parameter("RANGE"));
        if !id.is_some_and(|range| range.eq_ignore_ascii_case("THISANDFUTURE")) {
            return Ok(None);
        }
        let Some((start, length)) = set::first(part, zones)? else { return Ok(None) };
        let Some(from) = at.instant() else { return Ok(None) };
        let by = start.zone.local(from).map(|local| start.local.duration_since(local));
        Ok(by.map(|by| Self { part, from, by, start, length }))
    }

    /// The one that counts for an instance with this original beginning: the last before it.
    pub(crate) fn last(all: &'a [Self], starts_at: Timestamp) -> Option<&'a Self> {
        all.iter().filter(|one| one.from <= starts_at).max_by_key(|one| one.from)
    }

    /// Where an instance is moved to. `None` when that lies beyond the calendar.
    pub(crate) fn moved(&self, instance: &Instance) -> Option<Instance> {
        let local = self.start.zone.local(instance.starts_at)?.checked_add(self.by).ok()?;
        Instance::new(Moment { local, ..self.start.clone() }, self.length)
    }

    /// The window in which instances begin or end before they are moved into `window`, with a day of margin for the clock.
    pub(crate) fn widened(all: &[Self], (from, until): (Timestamp, Timestamp)) -> (Timestamp, Timestamp) {
        let day = SignedDuration::from_hours(24);
        all.iter().fold((from, until), |(begin, end), one| {
            let length = SignedDuration::from_secs(one.length.days.saturating_mul(86_400))
                .saturating_add(SignedDuration::from_secs(one.length.seconds));
            let back = one.by.saturating_add(length).saturating_add(day);
            let ahead = day.saturating_sub(one.by);
            (
                begin.min(from.checked_sub(back).unwrap_or(Timestamp::MIN)),
                end.max(until.checked_add(ahead).unwrap_or(Timestamp::MAX)),
            )
        })
    }
}
