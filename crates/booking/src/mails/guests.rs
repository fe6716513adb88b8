//! Mails to whoever booked, and to those whom they invite: in the language of the link, in the name of the host.

use accounts::mails::{self, Calendar, NewMail};
use platform::{Result, Tx};
use types::booking::MeetingState;

use super::about::{About, in_name_of};
use super::letter::Letter;
use super::texts::Texts;
use super::when::Style;
use crate::meetings::Told;
use crate::pages::token_of;
use crate::{invitations, view};

/// Somebody outside who is written to.
pub(super) struct Reader<'a> {
    pub(super) email: &'a str,
    /// How they are greeted; a guest has no name.
    pub(super) name: &'a str,
    /// Whether they may move the meeting and call it off: whoever booked it alone.
    pub(super) may_change: bool,
}

/// Whoever is written to about a meeting. The contact comes first.
pub(super) fn readers<'a>(about: &'a About<'_>) -> Vec<Reader<'a>> {
    let contact = about.invitee.email.as_deref().map(|email| Reader {
        email,
        name: &about.invitee.name,
        may_change: true,
    });
    let guests = about.row.guests.0.iter();
    let guests = guests.map(|guest| Reader { email: &guest.email, name: "", may_change: false });
    contact.into_iter().chain(guests).collect()
}

/// How times are said to the guests of a meeting.
pub(super) fn style<'a>(about: &'a About<'_>) -> Style<'a> {
    Style { language: about.row.language, country: &about.row.country }
}

/// The word that the keys of the texts begin with.
pub(super) const fn key(told: Told) -> &'static str {
    match told {
        Told::Booked | Told::Confirmed => "booked",
        Told::Asked => "asked",
        Told::Declined => "declined",
        Told::Moved { .. } => "moved",
        Told::Cancelled { .. } => "cancelled",
        Told::Changed => "changed",
        Told::Linked => "linked",
    }
}

/// Writes to all of them.
pub(super) fn write(tx: &mut Tx<'_>, about: &About<'_>, told: Told) -> Result<()> {
    let texts = Texts::of(about.row.language)?;
    // Guests hear of a meeting once it stands.
    let is_for_contact = about.row.state == MeetingState::Pending
        || matches!(told, Told::Declined | Told::Cancelled { guests_know: false });
    for reader in readers(about) {
        if is_for_contact && !reader.may_change {
            continue;
        }
        let letter = letter(tx, &texts, about, told, &reader)?;
        let subject = subject(&texts, about, told);
        let mail = letter.mail(about.row.language, reader.email, &subject, "meeting_invitation");
        let url = if reader.may_change { Some(change_url(tx, about)?) } else { None };
        let calendar = calendar(tx, about, told, url.as_deref());
        mails::write(tx, in_name_of(about.sender(), NewMail { calendar, ..mail }))?;
    }
    Ok(())
}

fn subject(texts: &Texts, about: &About<'_>, told: Told) -> String {
    let when = style(about).start(&about.row.contact_time_zone, about.row.starts_at);
    let values = [("title", about.row.title.as_str()), ("when", when.as_str())];
    texts.fill(&format!("{}_subject", key(told)), &values)
}

fn letter(
    tx: &mut Tx<'_>,
    texts: &Texts,
    about: &About<'_>,
    told: Told,
    reader: &Reader<'_>,
) -> Result<Letter> {
    let mut letter = Letter::default();
    greet(&mut letter, texts, reader.name);
    let hosts = about.host_names();
    letter.paragraph(&texts.fill(&format!("{}_intro", key(told)), &[("hosts", &hosts)]));
    if about.row.state == MeetingState::Pending && told != Told::Asked {
        letter.paragraph(texts.get("awaiting"));
    }
    let mut all = facts(texts, about);
    if let Told::Moved { from } = told {
        let before = style(about).start(&about.row.contact_time_zone, from);
        all.insert(1, (texts.get("before"), before));
    }
    if !matches!(told, Told::Booked | Told::Confirmed | Told::Asked | Told::Linked) {
        all.push((texts.get("reason"), about.row.reason.clone().unwrap_or_default()));
    }
    letter.facts(&all);
    letter.paragraph(about.row.told_description.as_deref().unwrap_or_default());
    if stands(about) && reader.may_change {
        change_links(tx, &mut letter, texts, about)?;
    }
    Ok(letter)
}

/// Greets by name whoever has one.
pub(super) fn greet(letter: &mut Letter, texts: &Texts, name: &str) {
    if name.is_empty() {
        letter.paragraph(texts.get("hello_guest"));
    } else {
        letter.paragraph(&texts.fill("hello", &[("name", name)]));
    }
}

fn stands(about: &About<'_>) -> bool {
    matches!(about.row.state, MeetingState::Booked | MeetingState::Pending)
}

/// Where whoever booked a meeting moves it or calls it off.
fn change_url(tx: &mut Tx<'_>, about: &About<'_>) -> Result<String> {
    let token = token_of(tx.ctx(), about.row.id);
    view::page_url(tx, &format!("booked/{token}"))
}

fn change_links(tx: &mut Tx<'_>, letter: &mut Letter, texts: &Texts, about: &About<'_>) -> Result<()> {
    letter.link(texts.get("change_link"), &change_url(tx, about)?);
    if about.row.state == MeetingState::Booked {
        let token = token_of(tx.ctx(), about.row.id);
        let base = view::public_base(tx)?;
        letter.link(texts.get("calendar_link"), &format!("{base}/v1/booked_meetings/{token}/calendar.ics"));
    }
    Ok(())
}

/// What there is to know of a meeting: when in the zone of the contact and in that of the host, where, and with whom.
pub(super) fn facts(texts: &Texts, about: &About<'_>) -> Vec<(&'static str, String)> {
    let row = about.row;
    let style = style(about);
    let span = (row.starts_at, row.ends_at);
    let host_zone = about.hosts.first().and_then(|host| host.zone.as_deref());
    let for_host = host_zone.filter(|zone| *zone != row.contact_time_zone).map(|zone| style.span(zone, span));
    let guests: Vec<&str> = row.guests.0.iter().map(|guest| guest.email.as_str()).collect();
    vec![
        (texts.get("what"), row.title.clone()),
        (texts.get("when"), style.span(&row.contact_time_zone, span)),
        (texts.get("when_host"), for_host.unwrap_or_default()),
        (texts.get("where"), row.location.clone().unwrap_or_default()),
        (texts.get("conference"), conference(about, texts.get("conference_follows"))),
        (texts.get("with"), about.host_names()),
        (texts.get("guests"), guests.join(", ")),
    ]
}

/// The address of the video conference, or that there is none yet.
pub(super) fn conference(about: &About<'_>, awaits: &str) -> String {
    let url = about.row.conference_url.clone();
    url.unwrap_or_else(|| if about.awaits_conference { awaits.to_owned() } else { String::new() })
}

/// The invitation, while the meeting stands; what strikes it out, once it does not. `url` is where its reader changes it.
pub(super) fn calendar(tx: &Tx<'_>, about: &About<'_>, told: Told, url: Option<&str>) -> Option<Calendar> {
    let method = match about.row.state {
        MeetingState::Pending => return None,
        MeetingState::Booked => calendar::ical::Method::Request,
        MeetingState::Declined | MeetingState::Cancelled => calendar::ical::Method::Cancel,
    };
    // Nothing was invited to by a request that was not agreed to.
    if told == Told::Declined {
        return None;
    }
    Some(invitations::part(tx, about, method, url))
}

/// Writes a reminder to one of them; see [`super::reminders`].
pub(super) fn reminder(
    tx: &mut Tx<'_>,
    texts: &Texts,
    about: &About<'_>,
    reader: &Reader<'_>,
) -> Result<Letter> {
    let mut letter = Letter::default();
    reminder_words(&mut letter, texts, about, reader);
    if reader.may_change {
        letter.link(texts.get("change_link"), &change_url(tx, about)?);
    }
    Ok(letter)
}

/// What a reminder says, without its link.
pub(super) fn reminder_words(letter: &mut Letter, texts: &Texts, about: &About<'_>, reader: &Reader<'_>) {
    greet(letter, texts, reader.name);
    letter.paragraph(&texts.fill("reminder_intro", &[("hosts", &about.host_names())]));
    letter.facts(&facts(texts, about));
    if about.row.reminders.0.includes_description {
        letter.paragraph(about.row.told_description.as_deref().unwrap_or_default());
    }
}
