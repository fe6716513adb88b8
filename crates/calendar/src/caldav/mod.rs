//! Calendars on CalDAV servers (RFC 4791).
//!
//! Map: this file the client and how calendars are found; `sync` what changed; `store` events read, written and deleted;
//! `http` requests; `xml` answers.

pub(crate) mod http;
mod store;
mod sync;
mod xml;

use url::Url;

use crate::{CalendarInfo, Error, Result};

/// An account on a CalDAV server.
#[derive(Clone)]
pub struct CalDav {
    http: reqwest::Client,
    url: Url,
    user: String,
    password: String,
    owner: Option<String>,
}

const PRINCIPAL: &str = r#"<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>"#;
const HOME: &str = r#"<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-home-set/></prop></propfind>"#;
const CALENDARS: &str = r#"<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><prop><resourcetype/><displayname/><current-user-privilege-set/><owner/><C:supported-calendar-component-set/><C:calendar-timezone/><A:calendar-color/></prop></propfind>"#;

impl CalDav {
    /// An account. `http` must refuse addresses that may not be asked and must not follow redirects by itself: those to
    /// the same origin are followed here. Discovery begins at `url`. A user that is an e-mail address is the owner.
    ///
    /// # Errors
    /// [`Error::Unusable`] when `url` is no `http` or `https` address.
    pub fn new(http: reqwest::Client, url: &str, user: &str, password: &str) -> Result<Self> {
        let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.ok_or_else(|| Error::Unusable("its address is none".to_owned()))?;
        let owner = user.contains('@').then(|| user.to_owned());
        Ok(Self { http, url, user: user.to_owned(), password: password.to_owned(), owner })
    }

    /// The same account, of whom that e-mail address is: what they declined does not make them busy.
    #[must_use]
    pub fn with_owner(mut self, email: &str) -> Self {
        self.owner = Some(email.to_owned());
        self
    }

    /// The calendars for events that the account sees, as RFC 6764 finds them.
    ///
    /// # Errors
    /// [`Error::Unauthorized`], [`Error::Unreachable`], or [`Error::NotFound`] when there is no CalDAV at the address.
    pub async fn calendars(&self) -> Result<Vec<CalendarInfo>> {
        let principal = self.principal().await?;
        let (root, at) = self.multi_status("PROPFIND", &principal, "0", HOME.to_owned()).await?;
        let home = xml::items(&root).iter().find_map(|item| item.found.href_of("calendar-home-set"));
        let home = home.map_or(Ok(at.clone()), |href| self.resolved(&at, &href))?;
        let (root, at) = self.multi_status("PROPFIND", &home, "1", CALENDARS.to_owned()).await?;
        let mut calendars = Vec::new();
        for item in xml::items(&root) {
            let is_calendar = item.found.child("resourcetype").is_some_and(|kind| kind.holds("calendar"));
            if is_calendar && takes_events(&item.found) {
                calendars.push(self.info(&item, &at, &principal)?);
            }
        }
        Ok(calendars)
    }

    fn info(&self, item: &xml::Item, base: &Url, principal: &Url) -> Result<CalendarInfo> {
        let url = self.resolved(base, &item.href)?;
        let found = &item.found;
        let owner = found.href_of("owner").map(|href| self.resolved(base, &href)).transpose()?;
        let privileges = found.child("current-user-privilege-set");
        let may = |name: &str| privileges.is_some_and(|privileges| privileges.holds(name));
        let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
        Ok(CalendarInfo {
            external_id: url.to_string(),
            name: found.text_of("displayname").unwrap_or(last),
            color: found.text_of("calendar-color").and_then(|color| rgb(&color)),
            is_primary: false,
            is_owned: owner.is_none_or(|owner| {
                owner.path().trim_end_matches('/') == principal.path().trim_end_matches('/')
            }),
            // Servers that tell no privileges let their users write.
            is_writable: privileges.is_none()
                || may("all")
                || may("write")
                || may("write-content")
                || may("bind"),
            time_zone: found.text_of("calendar-timezone").and_then(|text| zone_of(&text)),
        })
    }

    /// Who signs in (RFC 5397): asked at the address itself, and where it does not know, at the well-known one.
    async fn principal(&self) -> Result<Url> {
        let well_known = self.resolved(&self.url, "/.well-known/caldav")?;
        let root = self.resolved(&self.url, "/")?;
        let mut failed = Error::NotFound;
        for url in [&self.url, &well_known, &root] {
            match self.multi_status("PROPFIND", url, "0", PRINCIPAL.to_owned()).await {
                Ok((answer, at)) => {
                    let told = xml::items(&answer)
                        .iter()
                        .find_map(|item| item.found.href_of("current-user-principal"));
                    if let Some(href) = told {
                        return self.resolved(&at, &href);
                    }
                }
                Err(error @ (Error::Unauthorized | Error::Unreachable(_))) => return Err(error),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }
}

/// Whether a calendar takes events: it does unless it says what it takes, and events are not in it.
fn takes_events(found: &xml::Element) -> bool {
    let Some(set) = found.child("supported-calendar-component-set") else { return true };
    let is_event =
        |comp: &xml::Element| comp.attributes.iter().any(|(key, value)| key == "name" && value == "VEVENT");
    set.children.is_empty() || set.all("comp").any(is_event)
}

/// `#rrggbb` of `#rrggbb` or `#rrggbbaa`.
fn rgb(text: &str) -> Option<String> {
    let color = text.get(..7)?;
    let is_color = color.starts_with('#') && color[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
    is_color.then(|| color.to_ascii_lowercase())
}

/// The IANA name of a VTIMEZONE that a calendar has.
fn zone_of(text: &str) -> Option<String> {
    let calendar = crate::ical::Component::read(text).ok()?;
    let tzid = calendar.inner("VTIMEZONE").next()?.property("TZID")?.value.trim().to_owned();
    jiff::tz::TimeZone::get(&tzid).ok()?.iana_name().map(str::to_owned)
}
