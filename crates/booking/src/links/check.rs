//! The rules of a link's settings.

use std::collections::BTreeSet;

use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::booking::{
    AnswerKind, Availability, BookingLinkHost, BookingLinkKind, BookingLinkSettings, ConferenceKind,
    FormField, Reminders, TimeRange,
};
use types::crm::ConsentSettings;
use types::{Permission, UserId};

use crate::store::links::HostRow;
use crate::store::meeting_types;
use crate::{conferences, form, templates, zones};

/// Most hosts of a link.
const MOST_HOSTS: usize = 50;
/// Most questions of a form.
const MOST_FIELDS: usize = 30;
/// The longest range of days, its first and its last counted: ten weeks.
const LONGEST_RANGE_DAYS: i64 = 70;
/// The last day of the year 2099, in days since 1970.
const LATEST_DATE: i64 = 47_481;
/// Minutes of four weeks: the earliest reminder, and the longest notice is near it.
const FOUR_WEEKS: u32 = 40_320;

/// The settings in their normal form.
///
/// # Errors
/// [`Error::Invalid`] naming every field that breaks a rule.
pub(crate) fn settings(
    tx: &mut Tx<'_>,
    given: &BookingLinkSettings,
    before: Option<&BookingLinkSettings>,
) -> Result<BookingLinkSettings> {
    let mut fields = Fields::default();
    let mut checked = given.clone();
    texts(&mut fields, given, &mut checked);
    durations(&mut fields, &mut checked.durations_minutes);
    reminders(&mut fields, &mut checked.reminders);
    availability(&mut fields, &mut checked.availability);
    form(tx, &mut fields, &mut checked.form, before.map_or(&[], |before| &before.form))?;
    addresses(&mut fields, &mut checked);
    checked.consent = Some(consent(tx, &mut fields, given, before)?);
    if let Some(id) = given.meeting_type_id
        && meeting_types::find(tx, id)?.is_none()
    {
        fields.refuse("settings.meeting_type_id", "unknown", "there is no such kind of meeting".to_owned());
    }
    if given.most_bookings.is_some_and(|most| !(1..=100_000).contains(&most)) {
        fields.refuse("settings.most_bookings", "out_of_range", "must be 1 to 100000".to_owned());
    }
    fields.finish()?;
    Ok(checked)
}

/// What a link says about consent: what was given, else what it said before, else what the account has for new links.
fn consent(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    given: &BookingLinkSettings,
    before: Option<&BookingLinkSettings>,
) -> Result<ConsentSettings> {
    let before = before.and_then(|settings| settings.consent.as_ref());
    let new = ConsentSettings::for_new_link(&crm::privacy::load(tx)?);
    let Some(given) = &given.consent else { return Ok(before.cloned().unwrap_or(new)) };
    let checked = crm::consents::check(tx, fields, "settings.consent", given)?;
    // What it is collected for unless customised was settled when the link was made.
    let default_subscription_type_id = before.unwrap_or(&new).default_subscription_type_id;
    Ok(ConsentSettings { default_subscription_type_id, ..checked })
}

fn texts(fields: &mut Fields, given: &BookingLinkSettings, checked: &mut BookingLinkSettings) {
    checked.internal_name = fields.required("settings.internal_name", &given.internal_name, 100);
    checked.title = fields.required("settings.title", &given.title, 120);
    checked.location = fields.optional("settings.location", given.location.as_deref(), 500);
    checked.invitation_subject =
        fields.required("settings.invitation_subject", &given.invitation_subject, 200);
    checked.invitation_description =
        fields.lines("settings.invitation_description", given.invitation_description.as_deref(), 5000);
    for (field, text) in [
        ("settings.invitation_subject", Some(&checked.invitation_subject)),
        ("settings.invitation_description", checked.invitation_description.as_ref()),
    ] {
        if let Some(unknown) = text.and_then(|text| templates::unknown_token(text)) {
            let rule = format!("{{{{{unknown}}}}} is none of: {}", templates::TOKENS.join(", "));
            fields.refuse(field, "unknown_token", rule);
        }
    }
    checked.country = given.country.trim().to_uppercase();
    if checked.country.len() != 2 || !checked.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let rule = "must be two letters of ISO 3166-1, such as FR";
        fields.refuse("settings.country", "malformed", rule.to_owned());
    }
}

fn durations(fields: &mut Fields, durations: &mut Vec<u16>) {
    durations.sort_unstable();
    durations.dedup();
    if durations.is_empty() || durations.len() > 8 {
        fields.refuse("settings.durations_minutes", "out_of_range", "must be 1 to 8 durations".to_owned());
    }
    if durations.iter().any(|minutes| !(5..=480).contains(minutes)) {
        fields.refuse("settings.durations_minutes", "out_of_range", "must each be 5 to 480".to_owned());
    }
}

/// Checks how long before a meeting reminders are sent, the earliest first.
pub(crate) fn minutes_before(fields: &mut Fields, field: &str, minutes: &mut Vec<u32>) {
    minutes.sort_unstable_by(|a, b| b.cmp(a));
    let all = minutes.len();
    minutes.dedup();
    if all != minutes.len() {
        fields.refuse(field, "repeated", "must not name the same time twice".to_owned());
    }
    if minutes.len() > 3 {
        fields.refuse(field, "too_many", "must be at most 3".to_owned());
    }
    if minutes.iter().any(|minutes| !(5..=FOUR_WEEKS).contains(minutes)) {
        fields.refuse(field, "out_of_range", format!("must each be 5 to {FOUR_WEEKS}"));
    }
}

fn reminders(fields: &mut Fields, reminders: &mut Reminders) {
    minutes_before(fields, "settings.reminders.minutes_before", &mut reminders.minutes_before);
}

fn availability(fields: &mut Fields, given: &mut Availability) {
    let at = |name: &str| format!("settings.availability.{name}");
    if let Some(zone) = &given.time_zone
        && zones::find(zone).is_none()
    {
        let rule = "must be an IANA zone such as Europe/Paris".to_owned();
        fields.refuse(&at("time_zone"), "unknown", rule);
    }
    hours(fields, given);
    window(fields, given);
    let mut within = |name: &str, value: Option<u32>, least: u32, most: u32| {
        if value.is_some_and(|value| !(least..=most).contains(&value)) {
            fields.refuse(&at(name), "out_of_range", format!("must be {least} to {most}"));
        }
    };
    within("notice_minutes", Some(given.notice_minutes), 0, 43_200);
    within("buffer_before_minutes", Some(given.buffer_before_minutes.into()), 0, 480);
    within("buffer_after_minutes", Some(given.buffer_after_minutes.into()), 0, 480);
    within("interval_minutes", given.interval_minutes.map(u32::from), 5, 480);
    within("most_per_day", given.most_per_day.map(u32::from), 1, 100);
    within("most_per_week", given.most_per_week.map(u32::from), 1, 500);
}

fn hours(fields: &mut Fields, given: &mut Availability) {
    let mut days = BTreeSet::new();
    for (index, day) in given.weekly.iter_mut().enumerate() {
        let field = format!("settings.availability.weekly.{index}");
        if day.weekday > 6 {
            fields.refuse(&format!("{field}.weekday"), "out_of_range", "must be 0 to 6".to_owned());
        }
        if !days.insert(day.weekday) {
            fields.refuse(&format!("{field}.weekday"), "repeated", "is named twice".to_owned());
        }
        ranges(fields, &format!("{field}.ranges"), &mut day.ranges);
    }
    given.weekly.sort_by_key(|day| day.weekday);
    if given.overrides.len() > 366 {
        let rule = "must be at most 366 days".to_owned();
        fields.refuse("settings.availability.overrides", "too_many", rule);
    }
    let mut dates = BTreeSet::new();
    for (index, day) in given.overrides.iter_mut().enumerate() {
        let field = format!("settings.availability.overrides.{index}");
        if !dates.insert(day.date) {
            fields.refuse(&format!("{field}.date"), "repeated", "is named twice".to_owned());
        }
        ranges(fields, &format!("{field}.ranges"), &mut day.ranges);
    }
    given.overrides.sort_by_key(|day| day.date);
}

fn ranges(fields: &mut Fields, field: &str, ranges: &mut [TimeRange]) {
    ranges.sort_by_key(|range| range.from_minute);
    if ranges.len() > 8 {
        fields.refuse(field, "too_many", "must be at most 8 on a day".to_owned());
    }
    let wrong = |range: &TimeRange| {
        range.from_minute >= 1440 || range.until_minute > 2880 || range.until_minute <= range.from_minute
    };
    if ranges.iter().any(wrong) {
        let rule = "must begin before 1440, and end later than that and at 2880 at the latest";
        fields.refuse(field, "out_of_range", rule.to_owned());
    }
    if ranges.windows(2).any(|pair| matches!(pair, [a, b] if a.until_minute > b.from_minute)) {
        fields.refuse(field, "overlapping", "must not overlap".to_owned());
    }
}

/// A link can be booked for some weeks from now on, or in a range of days.
fn window(fields: &mut Fields, given: &Availability) {
    let at = |name: &str| format!("settings.availability.{name}");
    match (given.rolling_weeks, given.date_range) {
        (Some(weeks), None) => {
            if !(1..=52).contains(&weeks) {
                fields.refuse(&at("rolling_weeks"), "out_of_range", "must be 1 to 52".to_owned());
            }
        }
        (None, Some(range)) => {
            if range.until.0 > LATEST_DATE {
                let rule = "must be before the year 2100".to_owned();
                fields.refuse(&at("date_range.until"), "out_of_range", rule);
            } else if range.until < range.from {
                let rule = "must not be before from".to_owned();
                fields.refuse(&at("date_range.until"), "reversed", rule);
            } else if range.until.0 - range.from.0 >= LONGEST_RANGE_DAYS {
                let rule = "must be within 10 weeks: at most 69 days after from".to_owned();
                fields.refuse(&at("date_range.until"), "too_long", rule);
            }
        }
        (None, None) => fields.refuse(
            &at("rolling_weeks"),
            "required",
            "is needed, or a date_range in its place".to_owned(),
        ),
        (Some(_), Some(_)) => {
            let rule = "must be left out beside rolling_weeks".to_owned();
            fields.refuse(&at("date_range"), "ambiguous", rule);
        }
    }
}

/// Checks the questions. One that fills a property is asked as what the property is; `before` are those that the link had.
fn form(tx: &mut Tx<'_>, fields: &mut Fields, form: &mut [FormField], before: &[FormField]) -> Result<()> {
    if form.len() > MOST_FIELDS {
        fields.refuse("settings.form", "too_many", format!("must be at most {MOST_FIELDS} questions"));
    }
    let custom = form::custom(tx, form)?;
    let mut keys = BTreeSet::new();
    for (index, field) in form.iter_mut().enumerate() {
        let at = |name: &str| format!("settings.form.{index}.{name}");
        let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if field.key.is_empty() || field.key.len() > 40 || !field.key.chars().all(is_key) {
            let rule = "must be 1 to 40 of a-z, 0-9 and _".to_owned();
            fields.refuse(&at("key"), "malformed", rule);
        }
        if !keys.insert(field.key.clone()) {
            fields.refuse(&at("key"), "repeated", "is the key of another question".to_owned());
        }
        field.label = fields.required(&at("label"), &field.label, 200);
        match form::custom_key(field).map(|key| (key, custom.get(key))) {
            Some((_, Some(property))) => form::follow(field, property),
            // One that was archived since stays: it is asked for no more, and can be once it is used again.
            Some((key, None)) if before.iter().any(|known| known.property.as_deref() == Some(key)) => {}
            Some((_, None)) => {
                fields.refuse(&at("property"), "unknown", "there is no such property of contacts".to_owned());
            }
            None => options(fields, &at("options"), field),
        }
    }
    Ok(())
}

fn options(fields: &mut Fields, at: &str, field: &mut FormField) {
    if field.kind == AnswerKind::Choice {
        if field.options.is_empty() || field.options.len() > 50 {
            fields.refuse(at, "out_of_range", "must be 1 to 50".to_owned());
        }
        field.options = field.options.iter().map(|option| fields.required(at, option, 200)).collect();
        if field.options.iter().collect::<BTreeSet<_>>().len() != field.options.len() {
            fields.refuse(at, "repeated", "must differ from each other".to_owned());
        }
    } else if !field.options.is_empty() {
        fields.refuse(at, "unexpected", "belong to a choice alone".to_owned());
    }
}

/// Checks the address to go on to, and the origins that may embed the page.
fn addresses(fields: &mut Fields, checked: &mut BookingLinkSettings) {
    checked.redirect_url = fields.optional("settings.redirect_url", checked.redirect_url.as_deref(), 2000);
    if let Some(address) = &checked.redirect_url
        && !url::Url::parse(address).is_ok_and(|url| url.scheme() == "https" && url.has_host())
    {
        fields.refuse("settings.redirect_url", "malformed", "must be an https address".to_owned());
    }
    if checked.embed_origins.len() > 20 {
        fields.refuse("settings.embed_origins", "too_many", "must be at most 20".to_owned());
    }
    for (index, origin) in checked.embed_origins.iter_mut().enumerate() {
        let parsed =
            url::Url::parse(origin.trim()).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
        match parsed.map(|url| url.origin().ascii_serialization()) {
            Some(text) if text == origin.trim().trim_end_matches('/') => *origin = text,
            _ => fields.refuse(
                &format!("settings.embed_origins.{index}"),
                "malformed",
                "must be an origin such as https://example.com".to_owned(),
            ),
        }
    }
}

/// Checks the hosts of a link, who must work here unless they are its hosts already.
///
/// # Errors
/// [`Error::Invalid`] for `hosts`.
pub(crate) fn hosts(
    tx: &mut Tx<'_>,
    kind: BookingLinkKind,
    hosts: &[BookingLinkHost],
    before: &[HostRow],
) -> Result<()> {
    let mut fields = Fields::default();
    let most = if kind == BookingLinkKind::Personal { 1 } else { MOST_HOSTS };
    if hosts.is_empty() || hosts.len() > most {
        let rule =
            if most == 1 { "must be one host".to_owned() } else { format!("must be 1 to {most} hosts") };
        fields.refuse("hosts", "out_of_range", rule);
    }
    let is_new = |host: &BookingLinkHost| !before.iter().any(|row| row.user_id == host.user_id);
    let own = tx.actor().user_id().ok();
    let is_of_others = hosts.iter().any(|host| is_new(host) && Some(host.user_id) != own);
    if kind == BookingLinkKind::Personal && hosts.len() == 1 && is_of_others {
        tx.actor().require(Permission::ManageBooking)?;
    }
    let mut seen = BTreeSet::new();
    for (index, host) in hosts.iter().enumerate() {
        if !seen.insert(host.user_id) {
            fields.refuse(&format!("hosts.{index}.user_id"), "repeated", "is named twice".to_owned());
        }
        if !(1..=100).contains(&host.weight) {
            fields.refuse(&format!("hosts.{index}.weight"), "out_of_range", "must be 1 to 100".to_owned());
        }
        if is_new(host) && accounts::actor_of(tx, host.user_id)?.is_none() {
            let rule = "there is no such user, or they do not work here any more".to_owned();
            fields.refuse(&format!("hosts.{index}.user_id"), "unknown", rule);
        }
    }
    fields.finish()
}

/// Checks that the hosts of a link can have the video conference that is chosen for it.
///
/// # Errors
/// [`Error::Invalid`] for `settings.conference`.
pub(crate) fn conference(
    tx: &mut Tx<'_>,
    kind: BookingLinkKind,
    hosts: &[BookingLinkHost],
    chosen: Option<ConferenceKind>,
) -> Result<()> {
    let Some(chosen) = chosen else { return Ok(()) };
    let hosts: Vec<UserId> = hosts.iter().map(|host| host.user_id).collect();
    if conferences::hosts(tx)?.kinds_of(kind, &hosts).contains(&chosen) {
        return Ok(());
    }
    let rule = match (kind, chosen) {
        (BookingLinkKind::RoundRobin, ConferenceKind::Zoom) => "needs every host to be signed in at Zoom",
        (BookingLinkKind::RoundRobin, ConferenceKind::Calendar) => {
            "needs every host to have a default calendar at Google or Microsoft"
        }
        (_, ConferenceKind::Zoom) => "needs the first host to be signed in at Zoom",
        (_, ConferenceKind::Calendar) => {
            "needs the first host to have a default calendar at Google or Microsoft"
        }
    };
    Err(Error::invalid("settings.conference", rule))
}
