//! How the types of booking pages are read from JSON and written to it. Tests hold both equal to what serde does.

use types::Date;
use types::booking::{
    Answer, AnswerKind, BookMeeting, BookedMeeting, BookingLanguage, BookingPage, BookingPageState,
    CancelBookedMeeting, FormField, Guest, HoldSlot, MeetingState, PageConsent, PageHost, PageSlot,
    PageSlots, RequestMeeting, RescheduleBookedMeeting, SendBookingCode, SlotHold,
};

use crate::json::{Json, Object, Read, Write};

impl Read for BookingPageState {
    fn read(json: &Json) -> Option<Self> {
        Some(match json.text("state")?.as_str() {
            "open" => Self::Open,
            "request" => Self::Request,
            _ => Self::Ended,
        })
    }
}

fn day(json: &Json, name: &str) -> Option<Date> {
    json.text(name)?.parse().ok()
}

impl Read for BookingPage {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            slug: json.text("slug")?,
            state: BookingPageState::read(json)?,
            title: json.text("title")?,
            account_name: json.text("account_name")?,
            hosts: json.list("hosts")?,
            photo_url: json.text("photo_url"),
            logo_url: json.text("logo_url"),
            accent_color: json.text("accent_color")?,
            durations_minutes: json.list("durations_minutes")?,
            location: json.text("location"),
            has_conference: json.flag("has_conference")?,
            description: json.text("description"),
            language: match json.text("language")?.as_str() {
                "fr" => BookingLanguage::French,
                _ => BookingLanguage::English,
            },
            country: json.text("country")?,
            host_time_zone: json.text("host_time_zone")?,
            form: json.list("form")?,
            consent: json.object("consent"),
            allows_guests: json.flag("allows_guests")?,
            requires_confirmation: json.flag("requires_confirmation")?,
            verifies_email: json.flag("verifies_email")?,
            first_date: day(json, "first_date")?,
            last_date: day(json, "last_date")?,
        })
    }
}

impl Read for PageHost {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { name: json.text("name")?, photo_url: json.text("photo_url") })
    }
}

impl Read for FormField {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            key: json.text("key")?,
            property: json.text("property"),
            label: json.text("label")?,
            kind: match json.text("kind")?.as_str() {
                "lines" => AnswerKind::Lines,
                "choice" => AnswerKind::Choice,
                "number" => AnswerKind::Number,
                "date" => AnswerKind::Date,
                "checkbox" => AnswerKind::Checkbox,
                _ => AnswerKind::Line,
            },
            options: json.texts("options").unwrap_or_default(),
            is_required: json.flag("is_required")?,
        })
    }
}

impl Read for PageConsent {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            text: json.text("text")?,
            privacy_policy_text: json.text("privacy_policy_text"),
            privacy_policy_url: json.text("privacy_policy_url"),
            asks: json.flag("asks")?,
        })
    }
}

impl Read for PageSlot {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { starts_at: json.time("starts_at")? })
    }
}

impl Read for PageSlots {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            items: json.list("items")?,
            state: BookingPageState::read(json)?,
            synced_at: json.time("synced_at"),
        })
    }
}

impl Read for SlotHold {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { token: json.text("token")?, expires_at: json.time("expires_at")? })
    }
}

impl Read for BookedMeeting {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            state: match json.text("state")?.as_str() {
                "pending" => MeetingState::Pending,
                "booked" => MeetingState::Booked,
                "declined" => MeetingState::Declined,
                _ => MeetingState::Cancelled,
            },
            slug: json.text("slug")?,
            title: json.text("title")?,
            description: json.text("description"),
            hosts: json.list("hosts")?,
            location: json.text("location"),
            conference_url: json.text("conference_url"),
            starts_at: json.time("starts_at")?,
            ends_at: json.time("ends_at")?,
            time_zone: json.text("time_zone")?,
            email: json.text("email")?,
            reason: json.text("reason"),
            token: json.text("token")?,
            is_changeable: json.flag("is_changeable")?,
            redirect_url: json.text("redirect_url"),
        })
    }
}

impl Write for HoldSlot {
    fn write(&self, object: &mut Object) {
        object.text("starts_at", &self.starts_at.to_string());
        object.number("duration_minutes", self.duration_minutes.into());
        object.optional("replaces", self.replaces.as_deref());
    }
}

impl Write for SendBookingCode {
    fn write(&self, object: &mut Object) {
        object.text("email", &self.email);
    }
}

impl Write for Answer {
    fn write(&self, object: &mut Object) {
        object.text("key", &self.key);
        object.text("value", &self.value);
    }
}

impl Write for Guest {
    fn write(&self, object: &mut Object) {
        object.text("email", &self.email);
    }
}

impl Write for BookMeeting {
    fn write(&self, object: &mut Object) {
        object.text("starts_at", &self.starts_at.to_string());
        object.number("duration_minutes", self.duration_minutes.into());
        object.optional("hold_token", self.hold_token.as_deref());
        object.text("time_zone", &self.time_zone);
        object.text("first_name", &self.first_name);
        object.text("last_name", &self.last_name);
        object.text("email", &self.email);
        object.list("answers", &self.answers);
        object.list("guests", &self.guests);
        object.flag("has_consented", self.has_consented);
        object.optional("code", self.code.as_deref());
    }
}

impl Write for RequestMeeting {
    fn write(&self, object: &mut Object) {
        object.text("time_zone", &self.time_zone);
        object.text("first_name", &self.first_name);
        object.text("last_name", &self.last_name);
        object.text("email", &self.email);
        object.text("message", &self.message);
        object.flag("has_consented", self.has_consented);
    }
}

impl Write for RescheduleBookedMeeting {
    fn write(&self, object: &mut Object) {
        object.text("starts_at", &self.starts_at.to_string());
        object.text("time_zone", &self.time_zone);
        object.optional("reason", self.reason.as_deref());
    }
}

impl Write for CancelBookedMeeting {
    fn write(&self, object: &mut Object) {
        object.optional("reason", self.reason.as_deref());
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;
    use types::Timestamp;

    use super::*;
    use crate::json;

    const START: Timestamp = Timestamp(1_772_443_800_000_000);

    fn host() -> PageHost {
        PageHost { name: "Ana".into(), photo_url: Some("/v1/x".into()) }
    }

    fn field(kind: AnswerKind) -> FormField {
        FormField {
            key: "size".into(),
            property: Some("phone".into()),
            label: "How long?".into(),
            kind,
            options: vec!["180 cm".into(), "220 cm".into()],
            is_required: true,
        }
    }

    /// A page with everything in it.
    pub(in crate::booking) fn page() -> BookingPage {
        BookingPage {
            slug: "ana/intro".into(),
            state: BookingPageState::Open,
            title: "Intro".into(),
            account_name: "Atelier Sud".into(),
            hosts: vec![host()],
            photo_url: None,
            logo_url: Some("/v1/logo".into()),
            accent_color: "#0b6e4f".into(),
            durations_minutes: vec![15, 30, 60],
            location: Some("Sète".into()),
            has_conference: true,
            description: Some("A <table>".into()),
            language: BookingLanguage::French,
            country: "FR".into(),
            host_time_zone: "Europe/Paris".into(),
            form: AnswerKind::ALL.iter().map(|&kind| field(kind)).collect(),
            consent: Some(PageConsent {
                text: "We keep it.".into(),
                privacy_policy_text: Some("Policy".into()),
                privacy_policy_url: None,
                asks: true,
            }),
            allows_guests: true,
            requires_confirmation: false,
            verifies_email: true,
            first_date: Date::of(2026, 3, 2),
            last_date: Date::of(2026, 4, 30),
        }
    }

    /// A meeting that stands.
    pub(in crate::booking) fn booked() -> BookedMeeting {
        BookedMeeting {
            state: MeetingState::Booked,
            slug: "ana/intro".into(),
            title: "Intro, with Zoë".into(),
            description: Some("Bring a drawing & a photo".into()),
            hosts: vec![host()],
            location: None,
            conference_url: Some("https://zoom.example/1".into()),
            starts_at: START,
            ends_at: START.plus_seconds(1800),
            time_zone: "America/Los_Angeles".into(),
            email: "zoe@client.example".into(),
            reason: None,
            token: "t0ken".into(),
            is_changeable: true,
            redirect_url: None,
        }
    }

    fn assert_reads<T: Read + Serialize + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(json::read::<T>(&serde_json::to_string(value).unwrap()).as_ref(), Some(value));
    }

    fn assert_writes<T: Write + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(&serde_json::from_str::<T>(&json::write(value)).unwrap(), value);
    }

    #[test]
    fn what_serde_writes_is_read() {
        for &state in BookingPageState::ALL {
            assert_reads(&BookingPage { state, ..page() });
        }
        for &language in BookingLanguage::ALL {
            assert_reads(&BookingPage { language, consent: None, description: None, ..page() });
        }
        for &state in MeetingState::ALL {
            assert_reads(&BookedMeeting { state, reason: Some("Ill".into()), ..booked() });
        }
        let items = vec![PageSlot { starts_at: START }, PageSlot { starts_at: START.plus_seconds(900) }];
        assert_reads(&PageSlots { items, state: BookingPageState::Open, synced_at: Some(START) });
        assert_reads(&PageSlots { items: vec![], state: BookingPageState::Request, synced_at: None });
        assert_reads(&SlotHold { token: "h".into(), expires_at: START });
        assert_eq!(json::read::<BookingPage>(r#"{"slug":"ana/intro","state":"open"}"#), None);
    }

    #[test]
    fn serde_reads_what_is_written() {
        assert_writes(&HoldSlot { starts_at: START, duration_minutes: 30, replaces: Some("h".into()) });
        assert_writes(&SendBookingCode { email: "zoe@client.example".into() });
        assert_writes(&BookMeeting {
            starts_at: START,
            duration_minutes: 30,
            hold_token: None,
            time_zone: "Europe/Paris".into(),
            first_name: "Zoë \"Z\"".into(),
            last_name: "Roux".into(),
            email: "zoe@client.example".into(),
            answers: vec![Answer { key: "size".into(), value: "180 cm".into() }],
            guests: vec![Guest { email: "li@client.example".into() }],
            has_consented: true,
            code: Some("123456".into()),
        });
        assert_writes(&RequestMeeting {
            time_zone: "Europe/Paris".into(),
            first_name: "Zoë".into(),
            last_name: "Roux".into(),
            email: "zoe@client.example".into(),
            message: "Monday\nmorning".into(),
            has_consented: false,
        });
        assert_writes(&RescheduleBookedMeeting {
            starts_at: START,
            time_zone: "Asia/Kolkata".into(),
            reason: None,
        });
        assert_writes(&CancelBookedMeeting { reason: Some("Ill".into()) });
    }
}
