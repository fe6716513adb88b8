//! Choosing a time: the days that are shown, their times, and the one that is kept.

use types::booking::{BookingPage, BookingPageState, HoldSlot, PageSlots, SlotHold};
use types::{Date, Timestamp};
use visitor_kit::booking::days::{Span, asked, by_day, moved};
use visitor_kit::booking::{Refusal, page_address};
use visitor_kit::browser::clock::{now, sleep};
use visitor_kit::browser::page;
use visitor_kit::browser::task::spawn;
use visitor_kit::json;

use crate::ask::ask;
use crate::booking::{Booking, Hold, Load, Step};
use crate::draft::Kept;
use crate::format;

/// How many days are searched at once for the next time; the server takes 62, and a day is added at each end.
const STRETCH: i64 = 58;
/// Milliseconds between two looks at how long a time is still kept.
const LOOK: u32 = 2000;

impl Booking {
    /// Counts as a view, and asks which days may have times in the visitor's zone.
    pub fn greet(self) {
        let zone = encode(&self.calendar.peek(|calendar| calendar.zone.clone()));
        let query = ["?counts=true&time_zone=", &zone].concat();
        spawn(async move {
            // Where it fails the question for times does too, and says so.
            if let Ok(page) = ask::<BookingPage>("GET", &page_address(&self.slug(), &query), "").await {
                self.calendar.change(|calendar| calendar.bounds = (page.first_date, page.last_date));
            }
        });
    }

    /// Asks for the times of what is shown.
    pub fn load(self) {
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let (first, last) = self.calendar.change(|calendar| {
            calendar.load = Load::Loading;
            calendar.shown()
        });
        spawn(async move {
            let answer = self.times_between(first, last).await;
            if self.asked.get() == number {
                match answer {
                    Ok(slots) => self.loaded(slots, (first, last)),
                    Err(refusal) => self.not_loaded(&refusal),
                }
            }
        });
    }

    async fn times_between(self, first: Date, last: Date) -> Result<PageSlots, Refusal> {
        let (from, until) = asked(first, last);
        let duration = self.calendar.peek(|calendar| calendar.duration.to_string());
        let mut query = ["/slots?from=", &from, "&until=", &until, "&duration_minutes=", &duration].concat();
        if let Some(token) = self.moves() {
            query += &["&moves=", &encode(&token)].concat();
        }
        if let Some(token) = self.hold.peek(|hold| hold.token.clone()) {
            query += &["&hold_token=", &encode(&token)].concat();
        }
        ask("GET", &page_address(&self.slug(), &query), "").await
    }

    fn loaded(self, slots: PageSlots, range: (Date, Date)) {
        match slots.state {
            BookingPageState::Open => {}
            // Whoever moves a meeting has one: it is not requested anew.
            BookingPageState::Request | BookingPageState::Ended if self.moves().is_some() => {
                self.calendar.change(|calendar| calendar.problem = Some("cannot_move"));
            }
            BookingPageState::Request => return self.go(Step::Request),
            BookingPageState::Ended => return self.go(Step::Ended),
        }
        let (has_times, is_lost) = self.calendar.change(|calendar| {
            calendar.load = Load::Ready;
            calendar.range = range;
            calendar.synced_at = slots.synced_at;
            calendar.times = slots.items.into_iter().map(|slot| slot.starts_at).collect();
            let zone = calendar.zone.clone();
            calendar.days = by_day(&calendar.times, |at| format::day_of(at, &zone));
            let is_lost = calendar.picked.is_some_and(|picked| !calendar.times.contains(&picked));
            if is_lost {
                calendar.picked = None;
            }
            (calendar.has_times(), is_lost)
        });
        // Found when the page was loaded again with a time that is not kept any more.
        if is_lost && self.step.peek(|step| *step == Step::Details) {
            self.lose_time();
        }
        let is_first = !self.was_shown.replace(true);
        if has_times {
            self.select_first(is_first);
        } else if is_first {
            self.find_next();
        } else {
            self.say(self.text("none_here"));
        }
    }

    /// Shows the times of the first day that has some, unless a day with times is chosen already.
    fn select_first(self, is_first: bool) {
        self.calendar.change(|calendar| {
            let (first, last) = calendar.shown();
            let is_good = calendar.selected.is_some_and(|date| !calendar.times_of(date).is_empty());
            let day = calendar.days.iter().find(|day| (first..=last).contains(&day.date));
            if let Some(date) = day.map(|day| day.date).filter(|_| !is_good) {
                calendar.selected = Some(date);
                if is_first {
                    calendar.cursor = date;
                }
            }
        });
    }

    fn not_loaded(self, refusal: &Refusal) {
        match refusal.status {
            404 | 410 if self.moves().is_none() => self.go(Step::Ended),
            _ => {
                self.calendar.change(|calendar| calendar.load = Load::Lost);
                self.say(self.text(self.lost_key()));
            }
        }
    }

    /// The key of what is said when the server does not answer.
    pub fn lost_key(self) -> &'static str {
        if page::is_online() { "lost" } else { "offline" }
    }

    /// The network is back: what could not be loaded is asked for again.
    pub fn retry_when_lost(self) {
        if self.calendar.peek(|calendar| calendar.load == Load::Lost) {
            self.load();
        }
    }

    /// Goes to the next day with times after what is shown.
    pub fn find_next(self) {
        let number = self.asked.get() + 1;
        self.asked.set(number);
        let (mut from, last) = self.calendar.change(|calendar| {
            calendar.load = Load::Loading;
            (calendar.shown().1.0 + 1, calendar.bounds.1.0)
        });
        spawn(async move {
            while from <= last {
                let until = (from + STRETCH - 1).min(last);
                let slots = match self.times_between(Date(from), Date(until)).await {
                    Ok(slots) => slots,
                    Err(refusal) => return self.not_loaded(&refusal),
                };
                if self.asked.get() != number {
                    return;
                }
                let zone = self.calendar.peek(|calendar| calendar.zone.clone());
                let mut days = slots.items.iter().filter_map(|slot| format::day_of(slot.starts_at, &zone));
                if let Some(found) = days.find(|date| date.0 >= from) {
                    self.calendar.change(|calendar| calendar.selected = Some(found));
                    return self.show(found);
                }
                from = until + 1;
            }
            self.calendar.change(|calendar| {
                calendar.load = Load::Ready;
                calendar.is_exhausted = true;
            });
            self.say(self.text("none_at_all"));
        });
    }

    /// Shows the month or week of a day.
    pub fn show(self, date: Date) {
        let needs_times = self.calendar.change(|calendar| {
            let (first, last) = calendar.bounds;
            // The bounds are those of the zone that was asked with: a day more for others.
            calendar.cursor = Date(date.0.clamp(first.0 - 1, last.0.max(first.0) + 1));
            calendar.problem = None;
            let (first, last) = calendar.shown();
            first < calendar.range.0 || last > calendar.range.1
        });
        if needs_times {
            self.load();
        } else if self.calendar.peek(|calendar| calendar.load == Load::Ready) {
            self.select_first(false);
        }
    }

    /// Moves the cursor as a key says; whether it is one that does.
    pub fn walk(self, key: &str) -> bool {
        let reached = self.calendar.peek(|calendar| moved(calendar.cursor, key, calendar.first_weekday));
        if let Some(date) = reached {
            self.show(date);
        }
        reached.is_some()
    }

    /// Shows the times of a day.
    pub fn select(self, date: Date) {
        let count = self.calendar.change(|calendar| {
            calendar.cursor = date;
            calendar.selected = Some(date);
            calendar.picked = None;
            calendar.times_of(date).len()
        });
        let said = self.fill("times_on", "day", &format::day(date, self.locale()));
        self.say(visitor_kit::config::fill(&said, "count", &count.to_string()));
    }

    /// Shows a month or a week.
    pub fn set_span(self, span: Span) {
        let date = self.calendar.change(|calendar| {
            calendar.span = span;
            calendar.selected.unwrap_or(calendar.cursor)
        });
        self.show(date);
    }

    /// Chooses another duration.
    pub fn set_duration(self, minutes: u16) {
        self.calendar.change(|calendar| {
            calendar.duration = minutes;
            calendar.picked = None;
            calendar.is_exhausted = false;
        });
        self.load();
    }

    /// Shows times in another zone.
    pub fn set_zone(self, zone: &str) {
        self.calendar.change(|calendar| {
            calendar.zone = zone.to_owned();
            calendar.days = by_day(&calendar.times, |at| format::day_of(at, zone));
            calendar.selected = calendar.picked.and_then(|at| format::day_of(at, zone));
        });
        self.show(self.calendar.peek(|calendar| calendar.selected.unwrap_or(calendar.cursor)));
        self.say(self.fill("zone_is", "zone", &zone.replace('_', " ")));
    }

    /// Presses a time.
    pub fn pick(self, at: Timestamp) {
        self.calendar.change(|calendar| {
            calendar.selected = format::day_of(at, &calendar.zone);
            if let Some(date) = calendar.selected {
                calendar.cursor = date;
            }
            calendar.picked = Some(at);
            calendar.problem = None;
        });
    }

    /// Goes on with the time that was pressed: it is kept while the form is filled in.
    pub fn take(self) {
        let (picked, duration) = self.calendar.peek(|calendar| (calendar.picked, calendar.duration));
        let Some(starts_at) = picked else { return };
        if self.moves().is_some() {
            return self.go(Step::Move);
        }
        self.calendar.change(|calendar| calendar.is_busy = true);
        let replaces = self.hold.peek(|hold| hold.token.clone());
        let request = json::write(&HoldSlot { starts_at, duration_minutes: duration, replaces });
        spawn(async move {
            let answer = ask::<SlotHold>("POST", &page_address(&self.slug(), "/holds"), &request).await;
            self.calendar.change(|calendar| calendar.is_busy = false);
            match answer {
                Ok(SlotHold { token, expires_at }) => {
                    let zone = self.calendar.peek(|calendar| calendar.zone.clone());
                    self.keep(Kept { token, expires_at, starts_at, duration, zone, is_choosing: false });
                    self.go(Step::Details);
                }
                Err(Refusal { status: 0, .. }) => {
                    let key = self.lost_key();
                    self.calendar.change(|calendar| calendar.problem = Some(key));
                }
                // It can be booked without being kept: only somebody else may be faster.
                Err(Refusal { status: 429 | 500.., .. }) => {
                    self.let_go();
                    self.go(Step::Details);
                }
                Err(refusal) => self.turned_down(&refusal),
            }
        });
    }

    /// The time cannot be had: somebody took it, or nothing can be booked any more.
    pub fn turned_down(self, refusal: &Refusal) {
        match refusal.code.as_str() {
            "calendar_unreachable" if self.moves().is_none() => self.go(Step::Request),
            "link_ended" | "not_found" if self.moves().is_none() => self.go(Step::Ended),
            _ => {
                self.lose_time();
                self.load();
            }
        }
    }

    /// The chosen time is somebody else's: back to the others.
    fn lose_time(self) {
        self.let_go();
        self.calendar.change(|calendar| {
            calendar.picked = None;
            calendar.problem = Some("taken");
        });
        self.go(Step::Choose);
        self.say(self.text("taken"));
    }

    /// No time is kept any more.
    fn let_go(self) {
        self.hold.change(|hold| *hold = Hold::default());
        self.remember_kept(None);
    }

    /// Goes on after the page was loaded again: with the time that was kept, and in the form if it was there.
    pub fn resume(self) {
        let Some(kept) = self.remembered_kept() else { return };
        let date = format::day_of(kept.starts_at, &kept.zone);
        let (Some(date), true) = (date, is_kept(kept.expires_at)) else { return };
        self.calendar.change(|calendar| {
            calendar.zone = kept.zone.clone();
            calendar.duration = kept.duration;
            calendar.cursor = date;
            calendar.selected = Some(date);
            calendar.picked = Some(kept.starts_at);
        });
        if !kept.is_choosing {
            self.go(Step::Details);
        }
        self.keep(kept);
    }

    /// Whoever went back to the times stays there when the page is loaded again.
    pub fn keep_choosing(self) {
        if let Some(kept) = self.remembered_kept() {
            self.remember_kept(Some(&Kept { is_choosing: true, ..kept }));
        }
    }

    fn keep(self, kept: Kept) {
        self.remember_kept(Some(&kept));
        self.hold.change(|hold| {
            *hold = Hold { token: Some(kept.token.clone()), minutes: None, is_over: false };
        });
        // A clock that is wrong would tell nonsense; the time is kept all the same.
        if is_kept(kept.expires_at) {
            spawn(self.count_down(kept));
        }
    }

    async fn count_down(self, kept: Kept) {
        loop {
            let is_current = self.hold.peek(|hold| hold.token.as_ref() == Some(&kept.token));
            if !is_current || self.step.peek(|step| *step == Step::Meeting) {
                return;
            }
            let seconds = kept.expires_at.seconds_since(now());
            let minutes = Some((seconds + 59) / 60);
            if seconds <= 0 {
                // The secret stays: if the booking's answer was lost, it is known by it when it is sent again.
                self.hold
                    .change(|hold| *hold = Hold { is_over: true, minutes: None, token: hold.token.take() });
                return self.say(self.text("hold_over"));
            }
            if self.hold.peek(|hold| hold.minutes != minutes) {
                self.hold.change(|hold| hold.minutes = minutes);
                if minutes == Some(1) {
                    self.say(self.text("hold_minute"));
                }
            }
            sleep(LOOK).await;
        }
    }
}

/// Whether a time is still kept, as far as this browser's clock can tell.
fn is_kept(expires_at: Timestamp) -> bool {
    (1..3600).contains(&expires_at.seconds_since(now()))
}

/// A text as a part of an address.
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
