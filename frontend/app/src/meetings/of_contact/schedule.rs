//! Scheduling a meeting from a contact's record.

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::booking::{BookingLanguage, CalendarAccount, CreateMeeting, Guest};
use types::{ContactId, Timestamp};
use ui::{Banner, Field, IconName, Select, SelectOption, TextArea, TextInput, Tone};

use super::super::meeting::edit::{given, meeting_types};
use super::super::reminders::{CHOICES, reminder_text};
use super::super::when_fields::{When, WhenFields};
use super::super::zones::own_zone;
use crate::browser;
use crate::context::{App, use_app};
use crate::forms::{FormDialog, Submission};
use crate::i18n::Locale;
use crate::remote::Remote;
use crate::texts::{I18n, text};

const HOUR_MS: f64 = 3_600_000.0;
/// How long a meeting is unless told, in minutes.
const MINUTES: i64 = 30;
/// Reminders that a new meeting begins with, in minutes before it: three days and one hour.
const REMINDERS: [Option<u32>; 3] = [Some(3 * 24 * 60), Some(60), None];

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Form {
    when: When,
    title: RwSignal<String>,
    description: RwSignal<String>,
    location: RwSignal<String>,
    kind: RwSignal<String>,
    guests: RwSignal<String>,
    reminders: [RwSignal<String>; 3],
    language: RwSignal<String>,
}

impl Form {
    fn new() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            when: When::new(),
            title: text(),
            description: text(),
            location: text(),
            kind: text(),
            guests: text(),
            reminders: [text(), text(), text()],
            language: text(),
        }
    }

    /// A meeting at the next full hour, by the clocks here.
    fn begin(self, app: App) {
        let next_hour_ms = ((browser::now_ms() / HOUR_MS).floor() + 1.0) * HOUR_MS;
        self.when.take(&own_zone(), Timestamp((next_hour_ms * 1000.0) as i64), MINUTES);
        for field in [self.title, self.description, self.location, self.kind, self.guests] {
            field.set(String::new());
        }
        for (field, minutes) in self.reminders.into_iter().zip(REMINDERS) {
            field.set(minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
        }
        let language = match app.i18n.get_locale_untracked() {
            Locale::en => BookingLanguage::English,
            Locale::fr => BookingLanguage::French,
        };
        self.language.set(language.to_string());
    }

    /// `None` while it has no time.
    fn request(self, contact_id: ContactId) -> Option<CreateMeeting> {
        let (starts_at, duration_minutes) = untrack(|| self.when.starts_at().zip(self.when.duration()))?;
        let mut reminders: Vec<u32> = self
            .reminders
            .iter()
            .filter_map(|field| field.with_untracked(|minutes| minutes.parse().ok()))
            .collect();
        reminders.sort_unstable_by(|one, other| other.cmp(one));
        reminders.dedup();
        Some(CreateMeeting {
            contact_id,
            starts_at,
            duration_minutes,
            time_zone: untrack(|| self.when.zone()),
            title: self.title.with_untracked(|title| title.trim().to_owned()),
            description: given(self.description),
            location: given(self.location),
            meeting_type_id: self.kind.with_untracked(|id| id.parse().ok()),
            guests: self.guests.with_untracked(|typed| guests_of(typed)),
            reminder_minutes_before: reminders,
            language: self
                .language
                .with_untracked(|tag| tag.parse().ok())
                .unwrap_or(BookingLanguage::English),
        })
    }
}

/// Addresses between commas, semicolons, blanks or lines.
fn guests_of(typed: &str) -> Vec<Guest> {
    let addresses = typed.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    addresses.filter(|email| !email.is_empty()).map(|email| Guest { email: email.to_owned() }).collect()
}

/// Asks for all of it.
#[component]
pub fn ScheduleDialog(open: RwSignal<bool>, contact: ContactId) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let submission = Submission::new();
    let form = Form::new();
    Effect::new(move |_| {
        if open.get() {
            form.begin(app);
        }
    });
    let submit = move |()| {
        let Some(request) = form.request(contact) else { return };
        submission.run(async move { app.api().create_meeting(&request).await }, move |_| {
            open.set(false);
            // The event that follows has the list fetched again; this is for a stream that is away.
            app.change(|state| state.booking.meetings_revision += 1);
            app.toasts.show(t_string!(i18n, meetings.scheduled));
        });
    };
    let me = Signal::derive(move || app.read(state::State::my_id).into_iter().collect::<Vec<_>>());
    view! {
        <FormDialog
            open
            title=text!(i18n, meetings.schedule)
            submit_label=text!(i18n, meetings.schedule)
            submission
            on_submit=submit
            wide=true
        >
            <WithoutCalendar app />
            <Field label=text!(i18n, calls.title) error=submission.field("title")>
                <TextInput value=form.title required=true />
            </Field>
            <WhenFields when=form.when submission hosts=me />
            <p class="muted">{text!(i18n, meetings.overlap_allowed)}</p>
            <About app form submission />
            <Invited app form submission />
        </FormDialog>
    }
    .into_any()
}

/// Says that the meeting stands in the record alone, as long as no calendar takes it.
#[component]
fn WithoutCalendar(app: App) -> impl IntoView {
    let i18n = app.i18n;
    let accounts = Remote::new(move || async move { app.api().list_calendar_accounts().await });
    let has_default =
        |account: &CalendarAccount| account.calendars.iter().any(|calendar| calendar.is_default);
    let is_missing = move || accounts.get().is_some_and(|accounts| !accounts.items.iter().any(has_default));
    view! {
        <Show when=is_missing>
            <Banner tone=Tone::Warn icon=IconName::Calendar>
                {text!(i18n, meetings.only_in_record)} " "
                <A href="/settings/calendars">{text!(i18n, meetings.connect_calendar)}</A>
            </Banner>
        </Show>
    }
}

#[component]
fn About(app: App, form: Form, submission: Submission) -> impl IntoView {
    let i18n = app.i18n;
    view! {
        <Field label=text!(i18n, meetings.description) error=submission.field("description")>
            <TextArea value=form.description rows=3 />
        </Field>
        <Field label=text!(i18n, meetings.location) error=submission.field("location")>
            <TextInput value=form.location />
        </Field>
        <Field label=text!(i18n, meetings.kind) error=submission.field("meeting_type_id")>
            <Select value=form.kind options=meeting_types(app) />
        </Field>
    }
    .into_any()
}

/// Guests, reminders and their language.
#[component]
fn Invited(app: App, form: Form, submission: Submission) -> impl IntoView {
    let i18n = app.i18n;
    let of_guests = Signal::derive(move || {
        submission.field_where(|field| field.starts_with("guests")).map(|error| error.detail)
    });
    let of_reminders = Signal::derive(move || {
        submission.field_where(|field| field.starts_with("reminder_minutes_before")).map(|error| error.detail)
    });
    let reminder = move |(index, value): (usize, RwSignal<String>)| {
        let label = move || t_string!(i18n, meetings.reminder, number = index + 1).to_string();
        view! { <Field label error=if index == 0 { of_reminders } else { Signal::stored(None) }><Select value options=reminder_options(i18n) /></Field> }
    };
    view! {
        <Field label=text!(i18n, meetings.guests) hint=text!(i18n, meetings.guests_hint) error=of_guests>
            <TextArea value=form.guests rows=2 />
        </Field>
        <div class="meeting-when-fields">{form.reminders.into_iter().enumerate().map(reminder).collect_view()}</div>
        <Field label=text!(i18n, meetings.language) error=submission.field("language")>
            <Select value=form.language options=languages(i18n) />
        </Field>
    }
    .into_any()
}

fn reminder_options(i18n: I18n) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let none =
            SelectOption { value: String::new(), label: t_string!(i18n, meetings.no_reminder).to_owned() };
        let option =
            |minutes: u32| SelectOption { value: minutes.to_string(), label: reminder_text(i18n, minutes) };
        std::iter::once(none).chain(CHOICES.into_iter().map(option)).collect::<Vec<_>>()
    })
}

fn languages(i18n: I18n) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || {
        let tag = crate::preferences::tag(i18n.get_locale());
        let option = |language: &BookingLanguage| SelectOption {
            value: language.to_string(),
            label: browser::language_name(tag, language.as_str()),
        };
        BookingLanguage::ALL.iter().map(option).collect::<Vec<_>>()
    })
}
