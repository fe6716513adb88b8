//! The links that every user begins with: 60, 30 and 15 minutes.

use platform::{Result, Tx};
use types::UserId;
use types::booking::{
    Availability, BookingLanguage, BookingLinkHost, BookingLinkKind, BookingLinkSettings, Reminders,
    TimeRange, WeekdayHours,
};

use types::crm::ConsentSettings;

use super::{create, slugs};
use crate::store::links::LinkRow;
use crate::store::profiles::ProfileRow;

/// The durations, in minutes; the first one is the default link's.
pub(crate) const DURATIONS: [u16; 3] = [30, 15, 60];
/// Reminders are sent three days and one hour before.
const REMINDERS: [u32; 2] = [3 * 24 * 60, 60];

/// What a new link is unless told.
pub(crate) fn plain(name: &str, minutes: u16, language: BookingLanguage) -> BookingLinkSettings {
    let title = match language {
        BookingLanguage::English => format!("Meet with {name}"),
        BookingLanguage::French => format!("Rendez-vous avec {name}"),
    };
    BookingLinkSettings {
        internal_name: format!("{minutes} min"),
        title,
        photo_file_id: None,
        meeting_type_id: None,
        durations_minutes: vec![minutes],
        location: None,
        conference: None,
        invitation_subject: "{{contact.name}} / {{host.name}}".to_owned(),
        invitation_description: None,
        language,
        country: match language {
            BookingLanguage::English => "GB".to_owned(),
            BookingLanguage::French => "FR".to_owned(),
        },
        reminders: Reminders {
            is_enabled: true,
            includes_description: false,
            minutes_before: REMINDERS.to_vec(),
        },
        availability: office_hours(),
        form: Vec::new(),
        consent: None,
        allows_guests: false,
        requires_confirmation: false,
        verifies_email: false,
        redirect_url: None,
        is_hidden: false,
        most_bookings: None,
        embed_origins: Vec::new(),
    }
}

/// Monday to Friday, nine to five, two weeks ahead.
fn office_hours() -> Availability {
    let day = [TimeRange { from_minute: 9 * 60, until_minute: 17 * 60 }];
    Availability {
        time_zone: None,
        weekly: (0..5).map(|weekday| WeekdayHours { weekday, ranges: day.to_vec() }).collect(),
        overrides: Vec::new(),
        rolling_weeks: Some(2),
        date_range: None,
        notice_minutes: 4 * 60,
        buffer_before_minutes: 0,
        buffer_after_minutes: 0,
        interval_minutes: None,
        most_per_day: None,
        most_per_week: None,
    }
}

/// Whether settings have nothing of their own but names, one duration and hours, as those have who may not customise.
pub(crate) fn is_plain(settings: &BookingLinkSettings) -> bool {
    let [minutes] = settings.durations_minutes[..] else { return false };
    let plain = BookingLinkSettings {
        internal_name: settings.internal_name.clone(),
        title: settings.title.clone(),
        availability: settings.availability.clone(),
        consent: settings.consent.clone(),
        ..plain("", minutes, settings.language)
    };
    *settings == plain && settings.consent.as_ref().is_none_or(|consent| !consent.is_customized)
}

/// The language of new links: that of the account.
pub(crate) fn language(tx: &mut Tx<'_>) -> Result<BookingLanguage> {
    Ok(match accounts::settings::load(tx)?.default_locale {
        types::accounts::Locale::English => BookingLanguage::English,
        types::accounts::Locale::French => BookingLanguage::French,
    })
}

/// Makes the links that a user begins with; the id of the default one. Without `UseBooking` it is that one alone.
pub(crate) fn make(
    tx: &mut Tx<'_>,
    user: UserId,
    profile: &ProfileRow,
    has_all: bool,
) -> Result<Option<types::BookingLinkId>> {
    let name = accounts::users::find(tx, user)?.name;
    let language = language(tx)?;
    let mut default = None;
    for minutes in DURATIONS.into_iter().take(if has_all { 3 } else { 1 }) {
        let consent = Some(ConsentSettings::for_new_link(&crm::privacy::load(tx)?));
        let settings = BookingLinkSettings { consent, ..plain(&name, minutes, language) };
        let slug = slugs::free_link_slug(tx, &profile.user_slug, &settings.internal_name)?;
        let row = LinkRow {
            id: tx.new_id(),
            kind: BookingLinkKind::Personal,
            user_slug: profile.user_slug.clone(),
            name_key: create::name_key(&settings, &profile.user_slug, &slug),
            slug,
            owner_id: user,
            settings: db::Json(settings),
            ended_at: None,
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        let link = create::write(tx, row, &[BookingLinkHost { user_id: user, weight: 1 }])?;
        default = default.or(Some(link.id));
    }
    Ok(default)
}
