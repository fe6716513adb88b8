//! What the bundle of booking pages is told and says, and the days and words that it shows.

pub mod days;
pub mod form;
pub mod invitation;
pub mod numbers;
mod wire;

use types::FieldError;
use types::booking::{BookedMeeting, BookingPage};

use crate::config::Texts;
use crate::endpoints::{BOOKED_MEETINGS, BOOKING_PAGES};
use crate::json::{Json, Read};

/// What the server's page tells the bundle, in its data block `rapport-config`.
pub struct Config {
    /// The language and country that dates and times are written by, for example `fr-CH`.
    pub locale: String,
    /// The texts.
    pub texts: Texts,
    /// Whether the page stands in one of somebody else.
    pub is_embedded: bool,
    /// The link's page; absent where the link of a booked meeting is gone.
    pub page: Option<BookingPage>,
    /// The meeting, on its own page.
    pub booked: Option<BookedMeeting>,
}

impl Read for Config {
    fn read(json: &Json) -> Option<Self> {
        Some(Self {
            locale: json.text("locale")?,
            texts: Texts::of(json.field("texts")?),
            is_embedded: json.flag("is_embedded")?,
            page: json.object("page"),
            booked: json.object("booked"),
        })
    }
}

/// An operation of a link's page: `""` for the page itself, or such as `/slots`. `slug` has both parts: `ana/intro`.
pub fn page_address(slug: &str, operation: &str) -> String {
    [BOOKING_PAGES, slug, operation].concat()
}

/// An operation of a booked meeting: `""` for the meeting itself, or such as `/cancel`.
pub fn meeting_address(token: &str, operation: &str) -> String {
    [BOOKED_MEETINGS, token, operation].concat()
}

/// Why the server refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusal {
    /// The HTTP status; 0 where no reply came.
    pub status: u16,
    /// The stable code to decide by.
    pub code: String,
    /// What is wrong, for people.
    pub detail: String,
    /// The fields that break a rule.
    pub fields: Vec<FieldError>,
}

impl Refusal {
    /// What a reply of this status means.
    pub fn of_reply(status: u16, body: &str) -> Self {
        let problem = Json::parse(body);
        let part = |name| problem.as_ref().and_then(|problem| problem.text(name)).unwrap_or_default();
        let fields = problem.as_ref().and_then(|problem| problem.list("errors")).unwrap_or_default();
        Self { status, code: part("code"), detail: part("detail"), fields }
    }
}

impl Read for FieldError {
    fn read(json: &Json) -> Option<Self> {
        Some(Self { field: json.text("field")?, code: json.text("code")?, detail: json.text("detail")? })
    }
}

#[cfg(test)]
mod tests {
    use super::wire::tests::{booked, page};
    use super::*;
    use crate::json;

    #[test]
    fn the_pages_data_block_is_understood() {
        let block = serde_json::json!({
            "locale": "fr-CH", "texts": { "next": "Suivant" }, "is_embedded": true, "page": page(), "booked": null
        });
        let config = json::read::<Config>(&block.to_string()).unwrap();
        assert_eq!((config.locale.as_str(), config.texts.get("next").as_str()), ("fr-CH", "Suivant"));
        assert_eq!((config.is_embedded, config.page, config.booked), (true, Some(page()), None));

        let block = serde_json::json!({
            "locale": "en-US", "texts": {}, "is_embedded": false, "page": null, "booked": booked()
        });
        let config = json::read::<Config>(&block.to_string()).unwrap();
        assert_eq!((config.page, config.booked), (None, Some(booked())));
    }

    #[test]
    fn addresses_are_those_of_the_api() {
        assert_eq!(page_address("ana/intro", "/slots"), "/v1/booking_pages/ana/intro/slots");
        assert_eq!(meeting_address("t", ""), "/v1/booked_meetings/t");
    }

    #[test]
    fn a_refusal_names_its_fields() {
        let body = r#"{"code":"invalid_fields","detail":"Look again.","errors":[{"field":"email","code":"malformed","detail":"No address."}]}"#;
        let refusal = Refusal::of_reply(422, body);
        assert_eq!((refusal.status, refusal.code.as_str()), (422, "invalid_fields"));
        let wrong =
            FieldError { field: "email".into(), code: "malformed".into(), detail: "No address.".into() };
        assert_eq!(refusal.fields, [wrong]);
        assert_eq!(Refusal::of_reply(502, "<html>"), Refusal { status: 502, ..Refusal::default() });
    }
}
