//! Day, time, length and zone of a meeting as fields, with what else stands at that time.

use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use types::booking::{ListMeetings, Meeting, MeetingState};
use types::{MeetingId, Timestamp, UserId};
use ui::{Banner, Combobox, ComboboxOption, Field, IconName, TextInput, Tone};

use super::zones::{fields_of, in_words, instant_in, own_zone, zone_options};
use crate::context::{App, use_app};
use crate::forms::Submission;
use crate::texts::text;

/// Lengths that the contract allows, in minutes.
const LENGTHS: std::ops::RangeInclusive<u16> = 5..=1440;
/// How many meetings at the same time are named.
const NAMED: usize = 3;

/// When a meeting is to be.
#[derive(Clone, Copy)]
pub struct When {
    /// The day, `2026-03-02`.
    pub day: RwSignal<String>,
    /// The time, `09:30`.
    pub time: RwSignal<String>,
    /// The length in minutes, as typed.
    pub minutes: RwSignal<String>,
    /// The zone whose clocks are meant, as an IANA name.
    pub zone: RwSignal<Option<String>>,
}

impl When {
    /// Nothing is filled in.
    pub fn new() -> Self {
        Self {
            day: RwSignal::new(String::new()),
            time: RwSignal::new(String::new()),
            minutes: RwSignal::new(String::new()),
            zone: RwSignal::new(None),
        }
    }

    /// Shows this.
    pub fn take(self, zone: &str, starts_at: Timestamp, minutes: i64) {
        let (day, time) = fields_of(zone, starts_at);
        self.zone.set(Some(zone.to_owned()));
        self.day.set(day);
        self.time.set(time);
        self.minutes.set(minutes.to_string());
    }

    /// The zone that is chosen, or the browser's. Tracked.
    pub fn zone(self) -> String {
        self.zone.get().unwrap_or_else(own_zone)
    }

    /// When it begins; `None` while that is not filled in. Tracked.
    pub fn starts_at(self) -> Option<Timestamp> {
        instant_in(&self.zone(), &self.day.get(), &self.time.get())
    }

    /// How long it is, in minutes; `None` for what no meeting can be. Tracked.
    pub fn duration(self) -> Option<u16> {
        let minutes = self.minutes.with(|minutes| minutes.trim().parse::<u16>().ok());
        minutes.filter(|minutes| LENGTHS.contains(minutes))
    }

    /// From when until when. Tracked.
    fn span(self) -> Option<(Timestamp, Timestamp)> {
        let (starts_at, minutes) = self.starts_at().zip(self.duration())?;
        Some((starts_at, starts_at.plus_seconds(i64::from(minutes) * 60)))
    }
}

/// The fields, and below them the time in words and what else stands at it.
#[component]
pub fn WhenFields(
    /// What is filled in.
    when: When,
    /// The sending of the form.
    submission: Submission,
    /// Whose meetings to look at.
    #[prop(into)]
    hosts: Signal<Vec<UserId>>,
    /// The meeting that is moved.
    #[prop(optional)]
    moved: Option<MeetingId>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let zones = Signal::derive(move || when.zone.with(|zone| zone_list(zone.as_deref())));
    let length_error = submission.field("duration_minutes");
    let length_error = Signal::derive(move || {
        let is_wrong = when.duration().is_none() && when.minutes.with(|minutes| !minutes.is_empty());
        length_error.get().or_else(|| is_wrong.then(|| t_string!(i18n, meetings.bad_length).to_owned()))
    });
    let words = move || {
        let (from, until) = when.span()?;
        Some(in_words(app, &when.zone(), from, until))
    };
    let own_words = move || {
        let (from, until) = when.span()?;
        let own = own_zone();
        (own != when.zone())
            .then(|| t_string!(i18n, meetings.for_you, when = in_words(app, &own, from, until)).to_string())
    };
    view! {
        <div class="meeting-when-fields">
            <Field label=text!(i18n, meetings.day) error=submission.field("starts_at")>
                <TextInput value=when.day kind="date" required=true />
            </Field>
            <Field label=text!(i18n, meetings.time)><TextInput value=when.time kind="time" required=true /></Field>
            <Field label=text!(i18n, meetings.minutes) error=length_error>
                <TextInput value=when.minutes kind="number" required=true attr:min="5" attr:max="1440" />
            </Field>
        </div>
        <Field label=text!(i18n, meetings.zone) error=submission.field("time_zone")>
            <Combobox
                value=when.zone
                options=zones
                list_label=text!(i18n, meetings.zone)
                no_match=text!(i18n, meetings.no_zone)
            />
        </Field>
        <p class="muted" aria-live="polite">{words} <br /> {own_words}</p>
        <Overlaps when hosts moved />
    }
    .into_any()
}

fn zone_list(chosen: Option<&str>) -> Vec<ComboboxOption> {
    zone_options(chosen.unwrap_or_default())
}

/// Says what else the hosts have at that time. It is allowed all the same.
#[component]
fn Overlaps(when: When, hosts: Signal<Vec<UserId>>, moved: Option<MeetingId>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let found = RwSignal::new(Vec::<Meeting>::new());
    let span = Memo::new(move |_| when.span());
    Effect::new(move |_| {
        let (wanted, hosts) = (span.get(), hosts.get());
        found.set(Vec::new());
        let Some((from, until)) = wanted else { return };
        spawn_local(async move {
            let meetings = others_at(app, hosts, from, until, moved).await;
            // Another time may be filled in by now.
            if span.try_get_untracked() == Some(wanted) {
                let _ = found.try_set(meetings);
            }
        });
    });
    let names = move || {
        let titles = |meetings: &Vec<Meeting>| {
            let title = |meeting: &Meeting| format!("{} ({})", meeting.title, meeting.contact_name);
            meetings.iter().take(NAMED).map(title).collect::<Vec<_>>().join(", ")
        };
        t_string!(i18n, meetings.overlaps, names = found.with(titles)).to_string()
    };
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <Banner tone=Tone::Warn icon=IconName::Warning>{names}</Banner>
        </Show>
    }
}

/// The meetings of these hosts that take some of the time. Where they cannot be fetched nothing is said: it is a hint.
async fn others_at(
    app: App,
    hosts: Vec<UserId>,
    from: Timestamp,
    until: Timestamp,
    moved: Option<MeetingId>,
) -> Vec<Meeting> {
    let mut found: Vec<Meeting> = Vec::new();
    for host in hosts {
        let query = ListMeetings {
            host_id: Some(host),
            from: Some(from),
            until: Some(until),
            ..ListMeetings::default()
        };
        let Ok(page) = app.api().list_meetings(&query).await else { continue };
        for meeting in page.items {
            let stands = matches!(meeting.state, MeetingState::Booked | MeetingState::Pending);
            // One that is over when the other begins takes none of its time.
            let is_other = Some(meeting.id) != moved && meeting.ends_at > from;
            if stands && is_other && !found.iter().any(|known| known.id == meeting.id) {
                found.push(meeting);
            }
        }
    }
    found
}
