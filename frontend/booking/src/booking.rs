//! What the page knows.

use std::cell::Cell;
use std::ops::Deref;

use types::booking::{BookedMeeting, BookingPage, BookingPageState};
use types::{Date, Timestamp};
use visitor_kit::booking::Config;
use visitor_kit::booking::days::{Day, Span, first_weekday, shown};
use visitor_kit::browser::element::El;
use visitor_kit::browser::host::Host;
use visitor_kit::browser::listener::listen;
use visitor_kit::browser::watched::Watched;
use visitor_kit::browser::{clock, page};
use visitor_kit::config::fill;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use crate::format;

/// What the visitor is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Choose a time.
    Choose,
    /// Say who they are.
    Details,
    /// Agree to another time of a meeting.
    Move,
    /// Look at what was booked.
    Meeting,
    /// Call it off.
    CallOff,
    /// Ask for a meeting, while no times can be offered.
    Request,
    /// Nothing: the request was sent.
    Requested,
    /// Nothing: the link is over.
    Ended,
}

/// Whether the times are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Load {
    /// The server is being asked.
    #[default]
    Loading,
    /// They are.
    Ready,
    /// The server did not answer.
    Lost,
}

/// The calendar.
pub struct Calendar {
    /// The visitor's zone, as an IANA name.
    pub zone: String,
    /// How long the meeting is, in minutes.
    pub duration: u16,
    /// Whether a month is shown or a week.
    pub span: Span,
    /// The day that keys move from. It lies in what is shown.
    pub cursor: Date,
    /// The day whose times are shown.
    pub selected: Option<Date>,
    /// The time that was pressed.
    pub picked: Option<Timestamp>,
    /// Whether the times are there.
    pub load: Load,
    /// The times of `range`, and of a day more at each end.
    pub times: Vec<Timestamp>,
    /// The same by day.
    pub days: Vec<Day>,
    /// The days whose times are known.
    pub range: (Date, Date),
    /// When the host's calendars were read.
    pub synced_at: Option<Timestamp>,
    /// The days that may have times.
    pub bounds: (Date, Date),
    /// What weeks begin with; 0 is Monday.
    pub first_weekday: i64,
    /// Whether times were searched for to the last day, and there are none.
    pub is_exhausted: bool,
    /// The key of what has to be said, until the next thing is done.
    pub problem: Option<&'static str>,
    /// Whether the chosen time is being asked for.
    pub is_busy: bool,
}

impl Calendar {
    /// The first and last day that are shown.
    pub fn shown(&self) -> (Date, Date) {
        shown(self.cursor, self.span, self.first_weekday)
    }

    /// The times of a day.
    pub fn times_of(&self, date: Date) -> &[Timestamp] {
        let day = self.days.iter().find(|day| day.date == date);
        day.map_or(&[], |day| &day.times)
    }

    /// Whether any day that is shown has times.
    pub fn has_times(&self) -> bool {
        let (first, last) = self.shown();
        self.days.iter().any(|day| (first..=last).contains(&day.date))
    }
}

/// The time that is kept for the visitor.
#[derive(Default)]
pub struct Hold {
    /// For booking it.
    pub token: Option<String>,
    /// For how many minutes more it is kept, begun ones included; unknown where this browser's clock is wrong.
    pub minutes: Option<i64>,
    /// Whether it is not kept any more.
    pub is_over: bool,
}

/// What the form has to say.
#[derive(Default)]
pub struct Form {
    /// What is wrong with fields, by their names.
    pub errors: Vec<(String, String)>,
    /// What is wrong otherwise.
    pub problem: Option<String>,
    /// Whether the server is being asked.
    pub is_busy: bool,
    /// The address that a code was sent to.
    pub code_sent_to: Option<String>,
}

/// The page. It lives as long as the tab, so everything that needs it has a copy of the reference.
#[derive(Clone, Copy)]
pub struct Booking(&'static Parts);

/// The values that the screen follows, and what the screen does not show.
pub struct Parts {
    /// What the server has told the page.
    pub config: Config,
    /// What the visitor is about to do.
    pub step: Watched<Step>,
    /// The calendar.
    pub calendar: Watched<Calendar>,
    /// The time that is kept.
    pub hold: Watched<Hold>,
    /// What the form has to say.
    pub form: Watched<Form>,
    /// The meeting that was booked.
    pub meeting: Watched<Option<BookedMeeting>>,
    /// Whether it was booked or moved just now, by the key of what is said then.
    pub just_done: Watched<Option<&'static str>>,
    /// Whether the visitor is about to be sent elsewhere.
    pub leaves: Watched<bool>,
    /// What is said to those who listen.
    pub said: Watched<String>,
    /// The number of the last question for times: answers to earlier ones are not waited for any more.
    pub asked: Cell<u32>,
    /// Whether times have been shown before.
    pub was_shown: Cell<bool>,
    /// The page around this one.
    pub host: Option<Host>,
}

impl Deref for Booking {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        self.0
    }
}

impl Booking {
    /// A page that nothing was done on yet.
    pub fn new(config: Config) -> Self {
        let calendar = calendar_of(&config);
        let step = match (&config.booked, config.page.as_ref().map(|page| page.state)) {
            (Some(_), _) => Step::Meeting,
            (None, Some(BookingPageState::Open)) => Step::Choose,
            (None, Some(BookingPageState::Request)) => Step::Request,
            (None, _) => Step::Ended,
        };
        let host = if config.is_embedded { Host::of_page() } else { None };
        Self(Box::leak(Box::new(Parts {
            step: Watched::new(step),
            calendar: Watched::new(calendar),
            hold: Watched::default(),
            form: Watched::default(),
            meeting: Watched::new(config.booked.clone()),
            just_done: Watched::default(),
            leaves: Watched::default(),
            said: Watched::default(),
            asked: Cell::default(),
            was_shown: Cell::default(),
            host,
            config,
        })))
    }

    /// Begins: asks for times, and tells the page around this one how tall it is.
    pub fn start(self, screen: &El) {
        if self.step.peek(|step| *step == Step::Choose) {
            self.resume();
            self.load();
            self.greet();
        }
        if let Some(window) = page::window() {
            listen(&window, "online", move |_| self.retry_when_lost());
        }
        if let Some(host) = self.host.clone() {
            let element: HtmlElement = screen.unchecked();
            host.ready();
            let resized = host.clone();
            screen.observe_size(move || resized.resize(element.offset_height()));
            listen_to_escape(host);
        }
    }

    /// The link's page. There is one wherever something can be booked.
    pub fn page(&self) -> Option<&'static BookingPage> {
        self.0.config.page.as_ref()
    }

    /// The two parts of the link's address.
    pub fn slug(self) -> String {
        let of_meeting = || self.meeting.peek(|meeting| meeting.as_ref().map(|meeting| meeting.slug.clone()));
        self.page().map(|page| page.slug.clone()).or_else(of_meeting).unwrap_or_default()
    }

    /// A text in the language of the page.
    pub fn text(self, key: &str) -> String {
        self.config.texts.get(key)
    }

    /// A text with one part filled in.
    pub fn fill(self, key: &str, name: &str, value: &str) -> String {
        fill(&self.text(key), name, value)
    }

    /// The language and country that dates are written by.
    pub fn locale(&self) -> &'static str {
        &self.0.config.locale
    }

    /// Says something to those who listen.
    pub fn say(self, text: String) {
        self.said.change(|said| *said = text);
    }

    /// Goes to a step.
    pub fn go(self, step: Step) {
        self.step.change(|known| *known = step);
    }

    /// Whether the visitor looks at this step now.
    pub fn is_at(self, step: Step) -> bool {
        self.step.read(|known| *known == step)
    }

    /// The secret of the meeting that another time is chosen for.
    pub fn moves(self) -> Option<String> {
        self.meeting.peek(|meeting| meeting.as_ref().map(|meeting| meeting.token.clone()))
    }

    /// The day and time in words, such as `Friday, June 12, 2026, 9:30 AM – 10:00 AM`.
    pub fn when(self, from: Timestamp, until: Timestamp, zone: &str) -> String {
        let time = |at| format::time(at, self.locale(), zone);
        [&format::day_of_year(from, self.locale(), zone), ", ", &time(from), " – ", &time(until)].concat()
    }

    /// A zone in words with its name, such as `Central European Summer Time (Europe/Paris)`.
    pub fn zone_in_words(self, at: Timestamp, zone: &str) -> String {
        [&format::zone_name(at, self.locale(), zone), " (", &zone.replace('_', " "), ")"].concat()
    }
}

/// Escape asks the page around this one to close the dialog that this one may stand in.
fn listen_to_escape(host: Host) {
    let Some(document) = page::document() else { return };
    listen(&document, "keydown", move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        if event.key() == "Escape" {
            host.close();
        }
    });
}

fn calendar_of(config: &Config) -> Calendar {
    let page = config.page.as_ref();
    let meeting = config.booked.as_ref();
    let of_page = || page.map(|page| page.host_time_zone.clone());
    let zone = meeting.map(|meeting| meeting.time_zone.clone()).or_else(page::time_zone).or_else(of_page);
    // Neither this browser nor `Intl` on it may know what another one knew.
    let zone = zone.filter(|zone| format::is_known(zone)).unwrap_or_else(|| "UTC".to_owned());
    let of_meeting = meeting.map(|meeting| meeting.ends_at.seconds_since(meeting.starts_at) / 60);
    let chosen = page.and_then(|page| page.durations_minutes.first().copied());
    let duration = of_meeting.and_then(|minutes| u16::try_from(minutes).ok()).or(chosen).unwrap_or(30);
    let today = format::day_of(clock::now(), &zone).unwrap_or(Date(0));
    let bounds = page.map_or((today, today), |page| (page.first_date, page.last_date));
    Calendar {
        zone,
        duration,
        span: Span::Month,
        cursor: bounds.0,
        selected: None,
        picked: None,
        load: Load::Loading,
        times: Vec::new(),
        days: Vec::new(),
        range: (bounds.0, bounds.0),
        synced_at: None,
        bounds,
        first_weekday: first_weekday(page.map_or("", |page| &page.country)),
        is_exhausted: false,
        problem: None,
        is_busy: false,
    }
}
