//! Which instances an event has in a window: its first time, its rules and dates, less its exceptions.

use std::collections::{BTreeMap, HashSet};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};

use super::{
    Budget,
    parse::{Component, Property},
    recur,
    rule::Rule,
    value::{self, Length, Moment},
    zone::Zones,
};
use crate::Result;

/// One time of an event.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) start: Moment,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

impl Instance {
    /// An instance from `start` on. `None` when it lies beyond the calendar.
    pub(crate) fn new(start: Moment, length: Length) -> Option<Self> {
        let starts_at = start.instant()?;
        let days = i32::try_from(length.days).ok()?;
        // Days are counted on the local clock; a day has 23 or 25 hours when the clock changes.
        let moved = if days == 0 {
            starts_at
        } else {
            start.zone.instant(start.local.checked_add(days.days()).ok()?)?
        };
        let ends_at = moved.checked_add(SignedDuration::from_secs(length.seconds)).ok()?.max(starts_at);
        Some(Self { start, starts_at, ends_at })
    }

    /// Whether some of it lies in the window. What takes no time lies where it begins.
    pub(crate) fn is_within(&self, from: Timestamp, until: Timestamp) -> bool {
        self.starts_at < until && (self.ends_at > from || self.starts_at >= from)
    }
}

/// When an event begins, and how long it takes. `None` when that cannot be understood.
pub(crate) fn first(event: &Component, zones: &Zones<'_>) -> Result<Option<(Moment, Length)>> {
    let Some(start) = one(event, "DTSTART", zones)? else { return Ok(None) };
    let days = |days: i64| Length { days, seconds: 0 };
    let length = match one(event, "DTEND", zones)? {
        Some(end) if start.is_date => days(
            i64::from(end.local.date().since(start.local.date()).map_or(1, |span| span.get_days())).max(1),
        ),
        Some(end) => {
            let seconds = end
                .instant()
                .zip(start.instant())
                .map_or(0, |(end, start)| end.duration_since(start).as_secs());
            Length { days: 0, seconds: seconds.max(0) }
        }
        None => {
            let told = event.property("DURATION").and_then(|duration| value::length(duration.value.trim()));
            told.unwrap_or_else(|| days(i64::from(start.is_date)))
        }
    };
    Ok(Some((start, length)))
}

/// The moment of a property.
pub(crate) fn one(event: &Component, name: &str, zones: &Zones<'_>) -> Result<Option<Moment>> {
    event.property(name).map_or(Ok(None), |property| value::moment(property, &property.value, zones))
}

/// The instances of an event between two instants, by when they begin.
///
/// # Errors
/// [`crate::Error::Unusable`] when they are too many.
pub(crate) fn instances(
    event: &Component,
    (from, until): (Timestamp, Timestamp),
    zones: &Zones<'_>,
    budget: &Budget,
) -> Result<Vec<Instance>> {
    let Some((start, length)) = first(event, zones)? else { return Ok(Vec::new()) };
    let mut found = BTreeMap::new();
    let mut add = |moment: Moment, length: Length| {
        if let Some(instance) = Instance::new(moment, length).filter(|it| it.is_within(from, until))
            && found.insert(instance.starts_at, instance).is_none()
        {
            budget.instance()?;
        }
        Result::Ok(true)
    };
    add(start.clone(), length)?;
    for property in event.all("RDATE") {
        for text in property.value.split(',') {
            if let Some((moment, length)) = dated(property, text, length, zones)? {
                budget.spend(1)?;
                add(moment, length)?;
            }
        }
    }
    // A day of margin on both sides: the clock may change between an instance and the window.
    let before = SignedDuration::from_secs(
        (length.days.max(0) + 1).saturating_mul(86_400).saturating_add(length.seconds.max(0)),
    );
    let begin = from.checked_sub(before).unwrap_or(Timestamp::MIN);
    let end = until.checked_add(SignedDuration::from_hours(24)).unwrap_or(until);
    let range = start.zone.local(begin).zip(start.zone.local(end));
    for property in event.all("RRULE") {
        let (Some(rule), Some(range)) = (Rule::read(&property.value, &start.zone), range) else { continue };
        recur::expand(&rule, start.local, range, budget, &mut |local| {
            add(Moment { local, ..start.clone() }, length)
        })?;
    }
    let (instants, days) = excluded(event, zones, budget)?;
    found.retain(|at, instance| !instants.contains(at) && !days.contains(&instance.start.local.date()));
    Ok(found.into_values().collect())
}

/// One value of an RDATE, which may be a period with a length of its own.
fn dated(
    property: &Property,
    text: &str,
    length: Length,
    zones: &Zones<'_>,
) -> Result<Option<(Moment, Length)>> {
    let Some((start, end)) = text.split_once('/') else {
        return Ok(value::moment(property, text, zones)?.map(|moment| (moment, length)));
    };
    let Some(start) = value::moment(property, start, zones)? else { return Ok(None) };
    if let Some(length) = value::length(end.trim()) {
        return Ok(Some((start, length)));
    }
    let end = value::moment(property, end, zones)?.and_then(|end| end.instant());
    let seconds = end.zip(start.instant()).map(|(end, start)| end.duration_since(start).as_secs().max(0));
    Ok(seconds.map(|seconds| (start, Length { days: 0, seconds })))
}

/// The instants that EXDATE takes out, and the whole days.
fn excluded(
    event: &Component,
    zones: &Zones<'_>,
    budget: &Budget,
) -> Result<(HashSet<Timestamp>, HashSet<Date>)> {
    let (mut instants, mut days) = (HashSet::new(), HashSet::new());
    for property in event.all("EXDATE") {
        for text in property.value.split(',') {
            budget.spend(1)?;
            let Some(moment) = value::moment(property, text, zones)? else { continue };
            if moment.is_date {
                days.insert(moment.local.date());
            } else {
                instants.extend(moment.instant());
            }
        }
    }
    Ok((instants, days))
}
