//! Whoever keeps the calendars of an account, as one thing.

use std::time::Duration;

use accounts::connections;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use calendar::caldav::CalDav;
use calendar::feed::{self, Answer, Version};
use calendar::{
    CalendarInfo, Changes, Draft, Error, Event, Google, Microsoft, SyncToken, Window, Written, ical,
};
use jiff::tz::TimeZone;
use outgoing::{Refused, Rule};
use platform::{Ctx, Secrets};
use reqwest::redirect::Policy;
use types::booking::CalendarProvider;
use types::{ConnectionId, Timestamp};
use url::Url;

use crate::store::calendars::{AccountRow, CalendarRow};
use crate::zones;

/// What passwords are sealed for.
const PURPOSE: &str = "calendar password";
/// Longest wait for a connection, and for the next bytes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A password as it is stored: sealed, in base64.
pub(super) fn seal(secrets: &Secrets, password: &str) -> platform::Result<String> {
    Ok(STANDARD_NO_PAD.encode(secrets.seal(PURPOSE, password.as_bytes())?))
}

fn open_password(secrets: &Secrets, sealed: &str) -> platform::Result<String> {
    let sealed = STANDARD_NO_PAD.decode(sealed).map_err(platform::Error::internal)?;
    String::from_utf8(secrets.open(PURPOSE, &sealed)?).map_err(platform::Error::internal)
}

/// Whoever keeps calendars, with what they are asked with.
pub(crate) enum Provider {
    CalDav(CalDav),
    Feed { http: reqwest::Client, rule: Rule, url: String, name: String },
    Google(Google),
    Microsoft(Microsoft),
}

/// Insists that an address may be asked: encrypted, and in no private network that the settings do not list.
pub(super) fn require_allowed(ctx: &Ctx, url: &str) -> Result<(), Refused> {
    // `webcal` is `https` by another name.
    let url = url.strip_prefix("webcal://").map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    let url = Url::parse(&url).map_err(|_| Refused::Host)?;
    rule(ctx).require_allowed(&url)
}

fn rule(ctx: &Ctx) -> Rule {
    // A password, or an address that is as good as one, goes along.
    Rule::new(&ctx.config().outgoing).encrypted()
}

/// A client for addresses that users gave. The adapters follow redirects themselves.
fn guarded(ctx: &Ctx) -> calendar::Result<reqwest::Client> {
    built(rule(ctx).client_builder())
}

fn built(builder: reqwest::ClientBuilder) -> calendar::Result<reqwest::Client> {
    let builder = builder.redirect(Policy::none()).connect_timeout(PATIENCE).read_timeout(PATIENCE);
    builder.build().map_err(|cause| Error::Unreachable(cause.to_string()))
}

impl Provider {
    /// The provider of an account, with its password unsealed or a token had for it.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] when somebody has to sign in again; [`Error::Unreachable`] for an address that must not be
    /// asked, and when the sign-in cannot be renewed at the moment.
    pub(crate) async fn open(ctx: &Ctx, account: &AccountRow) -> calendar::Result<Self> {
        match account.provider {
            CalendarProvider::CalDav => {
                let sealed = account.password_sealed.as_deref().ok_or(Error::Unauthorized)?;
                let password = open_password(ctx.secrets(), sealed).map_err(|cause| {
                    tracing::warn!(%cause, "the password of a calendar cannot be opened");
                    Error::Unauthorized
                })?;
                let user = account.user_name.as_deref().unwrap_or_default();
                Self::caldav(ctx, account.url.as_deref().unwrap_or_default(), user, &password)
            }
            CalendarProvider::Feed => {
                Self::feed(ctx, account.url.as_deref().unwrap_or_default(), &account.name)
            }
            CalendarProvider::Google | CalendarProvider::Microsoft => {
                let connection = account.connection_id.ok_or(Error::Unauthorized)?;
                Self::signed_in(ctx, account.provider, connection).await
            }
        }
    }

    pub(super) fn caldav(ctx: &Ctx, url: &str, user: &str, password: &str) -> calendar::Result<Self> {
        require_allowed(ctx, url).map_err(|refused| Error::Unreachable(refused.to_string()))?;
        Ok(Self::CalDav(CalDav::new(guarded(ctx)?, url, user, password)?))
    }

    pub(super) fn feed(ctx: &Ctx, url: &str, name: &str) -> calendar::Result<Self> {
        require_allowed(ctx, url).map_err(|refused| Error::Unreachable(refused.to_string()))?;
        Ok(Self::Feed { http: guarded(ctx)?, rule: rule(ctx), url: url.to_owned(), name: name.to_owned() })
    }

    /// Google or Microsoft, with a token of that connection.
    pub(super) async fn signed_in(
        ctx: &Ctx,
        provider: CalendarProvider,
        connection: ConnectionId,
    ) -> calendar::Result<Self> {
        let token = connections::access_token(ctx, connection)
            .await
            .map_err(|cause| Error::Unreachable(cause.to_string()))?
            .ok_or(Error::Unauthorized)?;
        let http = built(reqwest::Client::builder())?;
        let config = ctx.config();
        Ok(match provider {
            CalendarProvider::Microsoft => {
                Self::Microsoft(Microsoft::new(http, &config.microsoft.api_url, &token))
            }
            _ => Self::Google(Google::new(http, &config.google.api_url, &token)),
        })
    }

    /// The calendars of the account.
    pub(crate) async fn calendars(&self) -> calendar::Result<Vec<CalendarInfo>> {
        match self {
            Self::CalDav(caldav) => caldav.calendars().await,
            Self::Google(google) => google.calendars().await,
            Self::Microsoft(microsoft) => microsoft.calendars().await,
            Self::Feed { http, rule, url, name } => {
                let text = feed_text(http, rule, url).await?;
                // What is no calendar is not connected.
                let nowhen = Window { from: Timestamp(0), until: Timestamp(0) };
                ical::events(&text, nowhen, &TimeZone::UTC, None)?;
                Ok(vec![CalendarInfo {
                    external_id: url.clone(),
                    name: name.clone(),
                    color: None,
                    is_primary: false,
                    is_owned: true,
                    is_writable: false,
                    time_zone: None,
                }])
            }
        }
    }

    /// What is in the window of a calendar, or what changed since the token.
    pub(crate) async fn changes(
        &self,
        calendar: &CalendarRow,
        window: Window,
        zone: &TimeZone,
        token: Option<&SyncToken>,
    ) -> calendar::Result<Changes> {
        let id = &calendar.external_id;
        match self {
            Self::CalDav(caldav) => caldav.changes(id, window, zone, token).await,
            Self::Google(google) => google.changes(id, window, token).await,
            Self::Microsoft(microsoft) => microsoft.changes(id, window, token).await,
            Self::Feed { http, rule, url, .. } => {
                let text = feed_text(http, rule, url).await?;
                let events = ical::events(&text, window, zone, None)?;
                Ok(Changes { is_full: true, changed_ids: Vec::new(), events, token: None })
            }
        }
    }

    /// An event.
    pub(crate) async fn get(
        &self,
        calendar: &CalendarRow,
        external_id: &str,
        zone: &TimeZone,
    ) -> calendar::Result<Event> {
        match self {
            Self::CalDav(caldav) => caldav.get(external_id, zone).await,
            Self::Google(google) => google.get(&calendar.external_id, external_id).await,
            Self::Microsoft(microsoft) => microsoft.get(external_id).await,
            Self::Feed { .. } => Err(Error::NotFound),
        }
    }

    /// Writes an event: a new one, or over the known one of this id and version.
    pub(crate) async fn put(
        &self,
        calendar: &CalendarRow,
        draft: &Draft,
        known: Option<(&str, &str)>,
        now: Timestamp,
    ) -> calendar::Result<Written> {
        match self {
            Self::CalDav(caldav) => {
                caldav.put(&calendar.external_id, draft, known.map(|(_, etag)| etag), now).await
            }
            Self::Google(google) => google.put(&calendar.external_id, draft, known).await,
            Self::Microsoft(microsoft) => microsoft.put(&calendar.external_id, draft, known).await,
            Self::Feed { .. } => Err(Error::ReadOnly),
        }
    }

    /// Takes an event out of a calendar. One that is gone already is fine.
    pub(crate) async fn delete(&self, calendar: &CalendarRow, external_id: &str) -> calendar::Result<()> {
        match self {
            Self::CalDav(caldav) => caldav.delete(external_id, None).await,
            Self::Google(google) => google.delete(&calendar.external_id, external_id).await,
            Self::Microsoft(microsoft) => microsoft.delete(external_id).await,
            Self::Feed { .. } => Err(Error::ReadOnly),
        }
    }
}

async fn feed_text(http: &reqwest::Client, rule: &Rule, url: &str) -> calendar::Result<String> {
    match feed::read(http, url, &Version::default(), |url| rule.require_allowed(url).is_ok()).await? {
        Answer::Text { text, .. } => Ok(text),
        Answer::NotModified => Err(Error::Unusable("it did not say what it holds".to_owned())),
    }
}

/// The zone of times without one: the calendar's own, or its owner's.
pub(crate) fn zone_of(calendar: &CalendarRow, owner_zone: Option<&str>) -> TimeZone {
    let own = calendar.time_zone.as_deref().and_then(zones::find);
    own.or_else(|| owner_zone.and_then(zones::find)).unwrap_or(TimeZone::UTC)
}
