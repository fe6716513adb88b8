//! A booked meeting for the visitor's own calendar.

use types::booking::BookedMeeting;

/// The meeting as a query of Google's calendar. `encode` makes a text part of an address.
pub fn google_address(meeting: &BookedMeeting, encode: impl Fn(&str) -> String) -> String {
    // Without the separators, as its template wants them.
    let compact = |time: String| time.replace(['-', ':'], "");
    let dates = [compact(meeting.starts_at.to_string()), compact(meeting.ends_at.to_string())].join("/");
    [
        "https://calendar.google.com/calendar/render?action=TEMPLATE&text=",
        &encode(&meeting.title),
        "&dates=",
        &encode(&dates),
        "&details=",
        &encode(&details(meeting)),
        "&location=",
        &encode(&place(meeting)),
    ]
    .concat()
}

/// The meeting as a query of Outlook's calendar on the web.
pub fn outlook_address(meeting: &BookedMeeting, encode: impl Fn(&str) -> String) -> String {
    [
        "https://outlook.live.com/calendar/0/deeplink/compose?path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&subject=",
        &encode(&meeting.title),
        "&startdt=",
        &encode(&meeting.starts_at.to_string()),
        "&enddt=",
        &encode(&meeting.ends_at.to_string()),
        "&body=",
        &encode(&details(meeting)),
        "&location=",
        &encode(&place(meeting)),
    ]
    .concat()
}

fn place(meeting: &BookedMeeting) -> String {
    meeting.conference_url.clone().or_else(|| meeting.location.clone()).unwrap_or_default()
}

fn details(meeting: &BookedMeeting) -> String {
    meeting.description.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::wire::tests::booked;
    use super::*;

    fn encode(text: &str) -> String {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        text.bytes()
            .map(|byte| if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect()
    }

    #[test]
    fn both_calendars_are_given_the_same_instants() {
        let meeting = booked();
        let google = google_address(&meeting, encode);
        assert!(google.contains("&dates=20260302T093000Z%2F20260302T100000Z&"), "{google}");
        assert!(google.ends_with("&location=https%3A%2F%2Fzoom.example%2F1"), "{google}");
        let outlook = outlook_address(&meeting, encode);
        assert!(
            outlook.contains("&startdt=2026-03-02T09%3A30%3A00Z&enddt=2026-03-02T10%3A00%3A00Z&"),
            "{outlook}"
        );
        for address in [google, outlook] {
            assert!(address.contains("Bring%20a%20drawing%20%26%20a%20photo"), "{address}");
            assert!(address.contains("Intro%2C%20with%20Zo%C3%AB"), "{address}");
        }
    }

    #[test]
    fn a_meeting_without_a_conference_is_where_it_is() {
        let meeting = BookedMeeting { conference_url: None, location: Some("Sète".into()), ..booked() };
        assert!(google_address(&meeting, str::to_owned).ends_with("&location=Sète"));
    }
}
