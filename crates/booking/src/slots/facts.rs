//! The facts about a link and its hosts that decide which times are offered.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use platform::{Result, Tx};
use slots::{Host, HostSet, Kind, LocalWindow, Reason, Rules, Schedule, Slot, Span};
use types::booking::{Availability, BookingLinkKind, BookingLinkState, CalendarState, TimeRange};
use types::{MeetingId, Timestamp, UserId};

use super::{Own, Standing, Stretch};
use crate::store::links::{HostRow, LinkRow};
use crate::store::{calendars, claims, meetings, profiles};
use crate::zones;

/// Seconds after which what was read of a calendar counts no more: nobody knows what has been entered since.
const STALE_SECONDS: i64 = 60 * 60;
const WEEK_SECONDS: i64 = 7 * 24 * 60 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Who is left out, and whether anybody remains.
pub(super) fn standing(tx: &mut Tx<'_>, link: &LinkRow, hosts: Vec<HostRow>) -> Result<Standing> {
    let ids: Vec<UserId> = hosts.iter().map(|host| host.user_id).collect();
    let mut reachable: HashMap<UserId, bool> = HashMap::new();
    let mut synced_at = None;
    let stale = tx.now().plus_seconds(-STALE_SECONDS);
    let mut known_until: HashMap<UserId, Timestamp> = HashMap::new();
    for calendar in calendars::health(tx, &ids)? {
        let user = calendar.user_id;
        let ok = calendar.state == CalendarState::Ok && calendar.synced_at.is_some_and(|at| at > stale);
        *reachable.entry(user).or_insert(true) &= ok;
        synced_at = match (synced_at, calendar.synced_at) {
            (Some(one), Some(other)) => Some(std::cmp::min::<Timestamp>(one, other)),
            (one, other) => one.or(other),
        };
        if let Some(until) = calendar.synced_until {
            let known = known_until.entry(user).or_insert(until);
            *known = until.min(*known);
        }
    }
    let works = |host: &HostRow| host.is_active;
    let is_reachable = |host: &HostRow| reachable.get(&host.user_id).copied().unwrap_or(true);
    let excluded = hosts.iter().filter(|host| !works(host) || !is_reachable(host)).map(|host| host.user_id);
    let excluded: Vec<UserId> = excluded.collect();
    let unreachable = hosts.iter().filter(|host| works(host) && !is_reachable(host)).map(|host| host.user_id);
    let unreachable: Vec<UserId> = unreachable.collect();
    let working: Vec<HostRow> = hosts.into_iter().filter(works).collect();
    let left: Vec<HostRow> = working.iter().filter(|host| is_reachable(host)).cloned().collect();
    let all_count = link.kind != BookingLinkKind::RoundRobin;
    let state = if link.ended_at.is_some() {
        BookingLinkState::Ended
    } else if working.is_empty() {
        BookingLinkState::WithoutHosts
    } else if left.is_empty() || (all_count && left.len() < working.len()) {
        BookingLinkState::Unreachable
    } else {
        BookingLinkState::Active
    };
    Ok(Standing { hosts: left, excluded, unreachable, state, synced_at, known_until })
}

/// What is known of one host.
struct HostFacts {
    user_id: UserId,
    schedule: Schedule,
    busy: Vec<Span>,
    booked: Vec<Timestamp>,
}

/// All that the engine needs to know of a link.
pub(crate) struct Facts {
    rules: Rules,
    hosts: Vec<HostFacts>,
}

impl Facts {
    /// Reads them for times in a stretch.
    pub(crate) fn of(
        tx: &mut Tx<'_>,
        link: &LinkRow,
        standing: &Standing,
        (minutes, within): (u16, Stretch),
        own: &Own,
    ) -> Result<Self> {
        let availability = &link.settings.0.availability;
        let ids = standing.host_ids();
        let zones = host_zones(tx, availability, &ids)?;
        let first = zones.first().cloned().unwrap_or(TimeZone::UTC);
        let rules = Rules {
            kind: match link.kind {
                BookingLinkKind::Personal => Kind::Personal,
                BookingLinkKind::Group => Kind::Group,
                BookingLinkKind::RoundRobin => Kind::RoundRobin,
            },
            duration_minutes: minutes.into(),
            interval_minutes: interval(link).into(),
            buffer_before_minutes: availability.buffer_before_minutes.into(),
            buffer_after_minutes: availability.buffer_after_minutes.into(),
            notice_minutes: availability.notice_minutes,
            bookable: bookable(availability, &first, tx.now()),
            most_per_day: availability.most_per_day.map(u32::from),
            most_per_week: availability.most_per_week.map(u32::from),
        };
        let around = widened(&rules, within);
        let mut busy = taken(tx, &ids, around, own)?;
        for (user, &from) in standing.known_until.iter().filter(|(_, until)| **until < around.1) {
            busy.entry(*user).or_default().push(Span { from, until: around.1 });
        }
        let mut booked = booked(tx, link, within, own)?;
        let facts = ids.iter().zip(zones).map(|(&user_id, zone)| HostFacts {
            user_id,
            schedule: schedule(availability, zone),
            busy: busy.remove(&user_id).unwrap_or_default(),
            booked: booked.remove(&user_id).unwrap_or_default(),
        });
        Ok(Self { rules, hosts: facts.collect() })
    }

    fn hosts(&self) -> Vec<Host<'_>> {
        let hosts = self.hosts.iter().map(|facts| Host {
            id: facts.user_id.0,
            schedule: &facts.schedule,
            busy: &facts.busy,
            booked: &facts.booked,
        });
        hosts.collect()
    }

    /// The times that are offered in a stretch.
    pub(crate) fn slots(&self, (from, until): Stretch, now: Timestamp) -> Vec<Slot> {
        slots::slots(&self.rules, &self.hosts(), Span { from, until }, now)
    }

    /// The hosts who are free at a start that is offered; nothing when it is not.
    pub(crate) fn free_hosts(&self, starts_at: Timestamp, now: Timestamp) -> Option<Vec<UserId>> {
        let free = slots::is_offered(&self.rules, &self.hosts(), starts_at, now)?;
        Some(self.named(&free))
    }

    /// Why a start is not offered.
    pub(crate) fn explain(&self, starts_at: Timestamp, now: Timestamp) -> Vec<Reason> {
        slots::explain(&self.rules, &self.hosts(), starts_at, now)
    }

    fn named(&self, set: &HostSet) -> Vec<UserId> {
        set.iter().filter_map(|index| self.hosts.get(index)).map(|host| host.user_id).collect()
    }
}

/// From one offered start to the next, in minutes.
fn interval(link: &LinkRow) -> u16 {
    let settings = &link.settings.0;
    let shortest = settings.durations_minutes.iter().copied().min();
    settings.availability.interval_minutes.or(shortest).unwrap_or(30)
}

/// The zone that each host's hours are told in.
fn host_zones(tx: &mut Tx<'_>, availability: &Availability, hosts: &[UserId]) -> Result<Vec<TimeZone>> {
    if let Some(zone) = availability.time_zone.as_deref().and_then(zones::find) {
        return Ok(vec![zone; hosts.len()]);
    }
    let profiles = profiles::of_users(tx, hosts)?;
    let zone = |host| profiles.get(host).and_then(|row| zones::find(&row.time_zone)).unwrap_or(TimeZone::UTC);
    Ok(hosts.iter().map(zone).collect())
}

/// The zone of the first host of a link, or of the link itself.
pub(crate) fn first_zone(tx: &mut Tx<'_>, link: &LinkRow, hosts: &[HostRow]) -> Result<TimeZone> {
    let first: Vec<UserId> = hosts.iter().take(1).map(|host| host.user_id).collect();
    let zones = host_zones(tx, &link.settings.0.availability, &first)?;
    Ok(zones.into_iter().next().unwrap_or(TimeZone::UTC))
}

/// What a meeting must lie in.
pub(crate) fn bookable(availability: &Availability, zone: &TimeZone, now: Timestamp) -> Span {
    if let Some(range) = availability.date_range {
        let after = types::Date(range.until.0.saturating_add(1));
        return Span { from: zones::midnight(zone, range.from), until: zones::midnight(zone, after) };
    }
    let weeks = i64::from(availability.rolling_weeks.unwrap_or(1));
    let last = types::Date(zones::date_of(zone, now).0.saturating_add(weeks * 7 + 1));
    Span { from: now, until: zones::midnight(zone, last) }
}

fn schedule(availability: &Availability, zone: TimeZone) -> Schedule {
    let windows = |ranges: &[TimeRange]| -> Vec<LocalWindow> {
        let window = |range: &TimeRange| LocalWindow {
            from_minute: range.from_minute,
            until_minute: range.until_minute,
        };
        ranges.iter().map(window).collect()
    };
    let mut weekly: [Vec<LocalWindow>; 7] = Default::default();
    for day in &availability.weekly {
        if let Some(hours) = weekly.get_mut(usize::from(day.weekday)) {
            *hours = windows(&day.ranges);
        }
    }
    let overrides = availability.overrides.iter().map(|day| (zones::civil(day.date), windows(&day.ranges)));
    Schedule { zone, weekly, overrides: overrides.collect() }
}

/// What lies so close to a stretch that buffers and long meetings reach into it.
fn widened(rules: &Rules, (from, until): Stretch) -> Stretch {
    let minutes = rules.duration_minutes + rules.buffer_before_minutes + rules.buffer_after_minutes;
    let seconds = i64::from(minutes) * 60 + 2 * DAY_SECONDS;
    (from.plus_seconds(-seconds), until.plus_seconds(seconds))
}

/// What takes the hosts' time: entries of their calendars, claims, and meetings without a claim.
fn taken(
    tx: &mut Tx<'_>,
    hosts: &[UserId],
    within: Stretch,
    own: &Own,
) -> Result<HashMap<UserId, Vec<Span>>> {
    let now = tx.now();
    let mut taken: HashMap<UserId, Vec<Span>> = HashMap::new();
    let mut add = |user, from, until| taken.entry(user).or_default().push(Span { from, until });
    for (user, from, until) in calendars::busy(tx, hosts, within)? {
        add(user, from, until);
    }
    for claim in claims::of_hosts(tx, hosts, within, now)? {
        let is_own_meeting = claim.meeting_id.is_some() && claim.meeting_id == own.meeting;
        let is_own_hold =
            claim.meeting_id.is_none() && claim.token_hash.is_some() && claim.token_hash == own.hold;
        if !is_own_meeting && !is_own_hold {
            add(claim.host_id, claim.from_us, claim.until_us);
        }
    }
    for (user, meeting, from, until) in meetings::times(tx, hosts, within)? {
        if Some(meeting) != own.meeting {
            add(user, from, until);
        }
    }
    Ok(taken)
}

/// The starts that count towards the limits per day and week.
fn booked(
    tx: &mut Tx<'_>,
    link: &LinkRow,
    (from, until): Stretch,
    own: &Own,
) -> Result<HashMap<UserId, Vec<Timestamp>>> {
    let availability = &link.settings.0.availability;
    if availability.most_per_day.is_none() && availability.most_per_week.is_none() {
        return Ok(HashMap::new());
    }
    let around = (from.plus_seconds(-2 * WEEK_SECONDS), until.plus_seconds(2 * WEEK_SECONDS));
    let mut booked: HashMap<UserId, Vec<Timestamp>> = HashMap::new();
    for (user, meeting, at) in meetings::starts(tx, link.id, around)? {
        if own.meeting != Some::<MeetingId>(meeting) {
            booked.entry(user).or_default().push(at);
        }
    }
    Ok(booked)
}
