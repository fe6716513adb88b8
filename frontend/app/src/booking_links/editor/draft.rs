//! What is typed into the editor.

use leptos::prelude::*;
use state::booking_links::{Week, week_of, weekly_of};
use types::booking::{
    Availability, BookingLanguage, BookingLink, BookingLinkHost, BookingLinkKind, BookingLinkSettings,
    ConferenceKind, DateHours, DateRange, FormField, Reminders,
};
use types::crm::ConsentSettings;
use types::{FileId, UserId};

/// The days that can be booked, as their choice names them.
pub const RANGE: &str = "range";
/// The weeks from now on.
pub const ROLLING: &str = "rolling";

/// What is typed, field by field. Numbers and days are kept as they are typed.
#[derive(Clone, Copy)]
pub struct Draft {
    pub kind: RwSignal<String>,
    pub slug: RwSignal<String>,
    pub hosts: RwSignal<Vec<BookingLinkHost>>,
    pub internal_name: RwSignal<String>,
    pub title: RwSignal<String>,
    pub photo: RwSignal<Option<FileId>>,
    /// Where the photo is.
    pub photo_url: RwSignal<Option<String>>,
    pub meeting_type: RwSignal<String>,
    pub durations: RwSignal<Vec<u16>>,
    pub location: RwSignal<String>,
    pub conference: RwSignal<String>,
    pub subject: RwSignal<String>,
    pub description: RwSignal<String>,
    pub language: RwSignal<String>,
    pub country: RwSignal<String>,
    pub reminds: RwSignal<bool>,
    pub reminds_description: RwSignal<bool>,
    pub reminders: RwSignal<Vec<u32>>,
    pub zone: RwSignal<Option<String>>,
    pub week: RwSignal<Week>,
    pub overrides: RwSignal<Vec<DateHours>>,
    pub window: RwSignal<String>,
    pub weeks: RwSignal<String>,
    pub first_day: RwSignal<String>,
    pub last_day: RwSignal<String>,
    pub notice: RwSignal<String>,
    pub buffer_before: RwSignal<String>,
    pub buffer_after: RwSignal<String>,
    pub interval: RwSignal<String>,
    pub most_per_day: RwSignal<String>,
    pub most_per_week: RwSignal<String>,
    pub form: RwSignal<Vec<FormField>>,
    pub consent: RwSignal<Option<ConsentSettings>>,
    pub allows_guests: RwSignal<bool>,
    pub requires_confirmation: RwSignal<bool>,
    pub verifies_email: RwSignal<bool>,
    pub redirect: RwSignal<String>,
    pub is_hidden: RwSignal<bool>,
    pub most_bookings: RwSignal<String>,
    pub origins: RwSignal<String>,
}

fn text(value: Option<impl ToString>) -> RwSignal<String> {
    RwSignal::new(value.map(|value| value.to_string()).unwrap_or_default())
}

fn given(text: RwSignal<String>) -> Option<String> {
    Some(text.get().trim().to_owned()).filter(|text| !text.is_empty())
}

/// A number that is typed; 0, which no field of a limit takes, for what is none.
fn number<N: std::str::FromStr + Default>(text: RwSignal<String>) -> N {
    text.get().trim().parse().unwrap_or_default()
}

fn given_number<N: std::str::FromStr + Default>(text: RwSignal<String>) -> Option<N> {
    given(text).map(|text| text.parse().unwrap_or_default())
}

impl Draft {
    /// The settings and hosts of a link.
    pub fn new(kind: BookingLinkKind, hosts: Vec<BookingLinkHost>, settings: BookingLinkSettings) -> Self {
        let when = settings.availability;
        let range = when.date_range;
        Self {
            kind: RwSignal::new(kind.to_string()),
            slug: RwSignal::new(String::new()),
            hosts: RwSignal::new(hosts),
            internal_name: RwSignal::new(settings.internal_name),
            title: RwSignal::new(settings.title),
            photo: RwSignal::new(settings.photo_file_id),
            photo_url: RwSignal::new(None),
            meeting_type: text(settings.meeting_type_id),
            durations: RwSignal::new(settings.durations_minutes),
            location: text(settings.location),
            conference: text(settings.conference),
            subject: RwSignal::new(settings.invitation_subject),
            description: text(settings.invitation_description),
            language: RwSignal::new(settings.language.to_string()),
            country: RwSignal::new(settings.country),
            reminds: RwSignal::new(settings.reminders.is_enabled),
            reminds_description: RwSignal::new(settings.reminders.includes_description),
            reminders: RwSignal::new(settings.reminders.minutes_before),
            zone: RwSignal::new(when.time_zone),
            week: RwSignal::new(week_of(&when.weekly)),
            overrides: RwSignal::new(when.overrides),
            window: RwSignal::new(if range.is_some() { RANGE } else { ROLLING }.to_owned()),
            weeks: RwSignal::new(when.rolling_weeks.unwrap_or(4).to_string()),
            first_day: text(range.map(|range| range.from)),
            last_day: text(range.map(|range| range.until)),
            notice: RwSignal::new(when.notice_minutes.to_string()),
            buffer_before: RwSignal::new(when.buffer_before_minutes.to_string()),
            buffer_after: RwSignal::new(when.buffer_after_minutes.to_string()),
            interval: text(when.interval_minutes),
            most_per_day: text(when.most_per_day),
            most_per_week: text(when.most_per_week),
            form: RwSignal::new(settings.form),
            consent: RwSignal::new(settings.consent),
            allows_guests: RwSignal::new(settings.allows_guests),
            requires_confirmation: RwSignal::new(settings.requires_confirmation),
            verifies_email: RwSignal::new(settings.verifies_email),
            redirect: text(settings.redirect_url),
            is_hidden: RwSignal::new(settings.is_hidden),
            most_bookings: text(settings.most_bookings),
            origins: RwSignal::new(settings.embed_origins.join("\n")),
        }
    }

    /// A link that is saved.
    pub fn of(link: &BookingLink) -> Self {
        let photo_url = RwSignal::new(link.photo_url.clone());
        Self { photo_url, ..Self::new(link.kind, link.hosts.clone(), link.settings.clone()) }
    }

    /// The kind that is chosen. Tracked.
    pub fn link_kind(self) -> BookingLinkKind {
        self.kind.get().parse().unwrap_or(BookingLinkKind::Personal)
    }

    /// When it can be booked. Tracked.
    pub fn availability(self) -> Availability {
        let is_range = self.window.get() == RANGE;
        let days = (self.first_day.get().parse().ok(), self.last_day.get().parse().ok());
        let date_range = match days {
            (Some(from), Some(until)) if is_range => Some(DateRange { from, until }),
            _ => None,
        };
        Availability {
            time_zone: self.zone.get(),
            weekly: self.week.with(weekly_of),
            overrides: self.overrides.get(),
            rolling_weeks: (!is_range).then(|| number(self.weeks)),
            date_range,
            notice_minutes: number(self.notice),
            buffer_before_minutes: number(self.buffer_before),
            buffer_after_minutes: number(self.buffer_after),
            interval_minutes: given_number(self.interval),
            most_per_day: given_number(self.most_per_day),
            most_per_week: given_number(self.most_per_week),
        }
    }

    /// All of it as it would be saved. Tracked.
    pub fn settings(self) -> BookingLinkSettings {
        let lines = |text: String| -> Vec<String> {
            text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        BookingLinkSettings {
            internal_name: self.internal_name.get(),
            title: self.title.get(),
            photo_file_id: self.photo.get(),
            meeting_type_id: self.meeting_type.get().parse().ok(),
            durations_minutes: self.durations.get(),
            location: given(self.location),
            conference: self.conference.get().parse::<ConferenceKind>().ok(),
            invitation_subject: self.subject.get(),
            invitation_description: given(self.description),
            language: self.language.get().parse().unwrap_or(BookingLanguage::English),
            country: self.country.get().trim().to_uppercase(),
            reminders: Reminders {
                is_enabled: self.reminds.get(),
                includes_description: self.reminds_description.get(),
                minutes_before: self.reminders.get(),
            },
            availability: self.availability(),
            form: self.form.get(),
            consent: self.consent.get(),
            allows_guests: self.allows_guests.get(),
            requires_confirmation: self.requires_confirmation.get(),
            verifies_email: self.verifies_email.get(),
            redirect_url: given(self.redirect),
            is_hidden: self.is_hidden.get(),
            most_bookings: given_number(self.most_bookings),
            embed_origins: lines(self.origins.get()),
        }
    }
}

/// A host with the weight of all the others.
pub fn host(user_id: UserId) -> BookingLinkHost {
    BookingLinkHost { user_id, weight: 1 }
}
