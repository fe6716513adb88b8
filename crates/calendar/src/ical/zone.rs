//! Which instant a local time is: an IANA zone's rules, or those that a calendar brings along (VTIMEZONE).

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{Budget, parse::Component, recur, rule::Rule, value, windows};
use crate::Result;

/// The most changes of the clock that are kept of one of a calendar's own zones: four centuries with two a year.
const MAX_CHANGES: usize = 2_000;

/// The rules of a zone.
#[derive(Clone, Debug)]
pub(crate) enum Zone {
    /// Rules that the tz database knows.
    Iana(TimeZone),
    /// The changes that a VTIMEZONE tells, by time.
    Own(Rc<Vec<Change>>),
}

/// A change of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Change {
    /// When, in seconds since 1970 UTC.
    at: i64,
    /// The seconds that local time was ahead of UTC before.
    before: i64,
    /// The seconds that it is ahead after it.
    after: i64,
}

impl Zone {
    /// The instant of a local time: a time that is skipped counts with the offset before the change, and of a time that
    /// happens twice the first is meant (RFC 5545, section 3.3.5).
    pub(crate) fn instant(&self, local: DateTime) -> Option<Timestamp> {
        match self {
            Self::Iana(zone) => zone.to_ambiguous_timestamp(local).compatible().ok(),
            Self::Own(changes) => {
                let seconds = Offset::UTC.to_timestamp(local).ok()?.as_second();
                let index =
                    changes.partition_point(|change| change.at + change.before.max(change.after) <= seconds);
                Timestamp::from_second(seconds - offset(changes, index)).ok()
            }
        }
    }

    /// The local time of an instant.
    pub(crate) fn local(&self, instant: Timestamp) -> Option<DateTime> {
        match self {
            Self::Iana(zone) => Some(zone.to_datetime(instant)),
            Self::Own(changes) => {
                let index = changes.partition_point(|change| change.at <= instant.as_second());
                let moved = Timestamp::from_second(instant.as_second() + offset(changes, index)).ok()?;
                Some(Offset::UTC.to_datetime(moved))
            }
        }
    }
}

/// The offset when `index` changes have happened.
fn offset(changes: &[Change], index: usize) -> i64 {
    let last = index.checked_sub(1).and_then(|last| changes.get(last)).map(|change| change.after);
    last.or_else(|| changes.first().map(|change| change.before)).unwrap_or(0)
}

/// The zones of a calendar, found once each.
pub(crate) struct Zones<'a> {
    calendar: &'a Component,
    default: &'a TimeZone,
    until: Timestamp,
    budget: &'a Budget,
    found: RefCell<HashMap<String, Zone>>,
}

impl<'a> Zones<'a> {
    /// The zones of `calendar`, right up to `until`; times without one are in `default`.
    pub(crate) fn new(
        calendar: &'a Component,
        default: &'a TimeZone,
        until: Timestamp,
        budget: &'a Budget,
    ) -> Self {
        Self { calendar, default, until, budget, found: RefCell::default() }
    }

    /// The zone of times that name none.
    pub(crate) fn floating(&self) -> Zone {
        Zone::Iana(self.default.clone())
    }

    /// The zone of a TZID: one of the tz database's, else the calendar's own, else what Windows calls so, else the
    /// calendar's.
    pub(crate) fn named(&self, tzid: Option<&str>) -> Result<Zone> {
        let Some(name) = tzid.map(str::trim).filter(|name| !name.is_empty()) else {
            return Ok(self.floating());
        };
        if let Some(zone) = self.found.borrow().get(name) {
            return Ok(zone.clone());
        }
        let zone = match iana(name) {
            Some(zone) => Zone::Iana(zone),
            None => match self.own(name)? {
                Some(zone) => zone,
                None => windows::iana(name).and_then(iana).map_or_else(|| self.floating(), Zone::Iana),
            },
        };
        self.found.borrow_mut().insert(name.to_owned(), zone.clone());
        Ok(zone)
    }

    fn own(&self, name: &str) -> Result<Option<Zone>> {
        let is_it = |zone: &&Component| zone.property("TZID").is_some_and(|tzid| tzid.value.trim() == name);
        let Some(component) = self.calendar.inner("VTIMEZONE").find(is_it) else { return Ok(None) };
        let told = component.property("X-LIC-LOCATION").and_then(|location| iana(location.value.trim()));
        if let Some(zone) = told {
            return Ok(Some(Zone::Iana(zone)));
        }
        let mut changes = Vec::new();
        for part in component.inner("STANDARD").chain(component.inner("DAYLIGHT")) {
            self.observance(part, &mut changes)?;
        }
        changes.sort_unstable();
        changes.dedup();
        Ok((!changes.is_empty()).then(|| Zone::Own(Rc::new(changes))))
    }

    /// Adds the changes that one STANDARD or DAYLIGHT tells. One that cannot be understood adds none.
    fn observance(&self, part: &Component, changes: &mut Vec<Change>) -> Result<()> {
        let seconds = |name: &str| part.property(name).and_then(|property| utc_offset(property.value.trim()));
        let start = part.property("DTSTART").and_then(|start| value::date_time(start.value.trim()));
        let (Some(before), Some(after), Some((start, _))) =
            (seconds("TZOFFSETFROM"), seconds("TZOFFSETTO"), start)
        else {
            return Ok(());
        };
        let mut onsets = vec![start];
        for dates in part.all("RDATE") {
            onsets.extend(dates.value.split(',').filter_map(value::date_time).map(|(onset, _)| onset));
        }
        let fixed = Zone::Iana(
            Offset::from_seconds(i32::try_from(before).unwrap_or(0)).unwrap_or(Offset::UTC).to_time_zone(),
        );
        let until = fixed.local(self.until).unwrap_or(start);
        for property in part.all("RRULE") {
            let Some(rule) = Rule::read(&property.value, &fixed) else { continue };
            recur::expand(&rule, start, (start, until), self.budget, &mut |onset| {
                onsets.push(onset);
                Ok(onsets.len() < MAX_CHANGES)
            })?;
        }
        for onset in onsets {
            if let Ok(at) = Offset::UTC.to_timestamp(onset) {
                changes.push(Change { at: at.as_second() - before, before, after });
            }
        }
        Ok(())
    }
}

/// `+HHMM` or `+HHMMSS`, in seconds.
fn utc_offset(text: &str) -> Option<i64> {
    let (sign, digits) = match text.split_at_checked(1)? {
        ("-", digits) => (-1, digits),
        ("+", digits) => (1, digits),
        _ => return None,
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |at: usize| digits.get(at..at + 2).map_or(Some(0), |part| part.parse::<i64>().ok());
    let seconds = part(0)? * 3600 + part(2)? * 60 + part(4)?;
    (seconds < 24 * 3600).then_some(sign * seconds)
}

/// The tz database's zone of that name. Some programs write theirs before it: `/mozilla.org/20050126_1/Europe/Berlin`.
fn iana(name: &str) -> Option<TimeZone> {
    let name = name.trim_matches(['/', '"']);
    let starts = std::iter::once(0).chain(name.match_indices('/').map(|(at, _)| at + 1)).take(6);
    let candidates = starts.map(|at| &name[at..]).filter(|rest| *rest == name || rest.contains('/'));
    candidates.into_iter().find_map(|candidate| TimeZone::get(candidate).ok())
}
