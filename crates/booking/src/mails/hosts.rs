//! Mails to the users who take part, each in their own language and zone.

use accounts::mails::{self, NewMail};
use platform::{Result, Tx};
use types::booking::MeetingState;

use super::about::{About, Host};
use super::guests::{calendar, conference, key};
use super::letter::Letter;
use super::texts::Texts;
use super::when::Style;
use crate::entries;
use crate::meetings::Told;

/// Writes to every host who works here, but not to the one who did it. The meeting is written to the first host's calendar; the
/// others get what theirs needs.
pub(super) fn write(tx: &mut Tx<'_>, about: &About<'_>, told: Told) -> Result<()> {
    let by = tx.actor().user_id().ok();
    for host in about.hosts.iter().filter(|host| host.is_active && Some(host.id) != by) {
        let texts = Texts::of(host.language)?;
        let style = Style { language: host.language, country: host.country() };
        let zone = host.zone.as_deref().unwrap_or(&about.row.contact_time_zone);
        let when = style.start(zone, about.row.starts_at);
        let values = [("contact", about.contact_name.as_str()), ("when", when.as_str())];
        let subject = texts.fill(&format!("{}_host_subject", key(told)), &values);
        let calendar = if about.is_first(host) { None } else { calendar(tx, about, told, None) };
        let letter = letter(tx, &texts, about, told, (host, style, zone))?;
        let mail = letter.mail(host.language, &host.email, &subject, "meeting_notice");
        mails::write(tx, NewMail { reply_to: about.invitee.email.clone(), calendar, ..mail })?;
    }
    Ok(())
}

/// Asks the first host, out of whose calendar somebody deleted the entry of a meeting, whether it is called off.
pub(super) fn ask(tx: &mut Tx<'_>, about: &About<'_>) -> Result<()> {
    let Some(host) = about.hosts.first().filter(|host| host.is_active) else { return Ok(()) };
    let texts = Texts::of(host.language)?;
    let style = Style { language: host.language, country: host.country() };
    let zone = host.zone.as_deref().unwrap_or(&about.row.contact_time_zone);
    let when = style.start(zone, about.row.starts_at);
    let values = [("contact", about.contact_name.as_str()), ("when", when.as_str())];
    let mut letter = Letter::default();
    letter.paragraph(&texts.fill("hello", &[("name", &host.name)]));
    letter.paragraph(&texts.fill("missing_host_intro", &values));
    letter.facts(&[
        (texts.get("what"), about.row.title.clone()),
        (texts.get("when"), style.span(zone, (about.row.starts_at, about.row.ends_at))),
    ]);
    letter.paragraph(texts.get("missing_host_notice"));
    let app = tx.ctx().config().server.app_url().to_owned();
    letter.link(texts.get("meeting_link"), &format!("{app}/meetings/{}", about.row.id));
    let subject = texts.fill("missing_host_subject", &values);
    mails::write(tx, letter.mail(host.language, &host.email, &subject, "meeting_entry_missing")).map(|_| ())
}

fn letter(
    tx: &mut Tx<'_>,
    texts: &Texts,
    about: &About<'_>,
    told: Told,
    (host, style, zone): (&Host, Style<'_>, &str),
) -> Result<Letter> {
    let row = about.row;
    let mut letter = Letter::default();
    letter.paragraph(&texts.fill("hello", &[("name", &host.name)]));
    let values = [("contact", about.contact_name.as_str())];
    letter.paragraph(&texts.fill(&format!("{}_host_intro", key(told)), &values));
    let span = (row.starts_at, row.ends_at);
    let is_elsewhere = zone != row.contact_time_zone;
    let for_contact = if is_elsewhere { style.span(&row.contact_time_zone, span) } else { String::new() };
    let before = match told {
        Told::Moved { from } => style.start(zone, from),
        _ => String::new(),
    };
    let has_reason = !matches!(told, Told::Booked | Told::Confirmed | Told::Asked);
    let reason = row.reason.clone().filter(|_| has_reason);
    let guests: Vec<&str> = row.guests.0.iter().map(|guest| guest.email.as_str()).collect();
    letter.facts(&[
        (texts.get("what"), row.title.clone()),
        (texts.get("before"), before),
        (texts.get("when"), style.span(zone, span)),
        (texts.get("when_contact"), for_contact),
        (texts.get("contact"), about.contact_name.clone()),
        (texts.get("email"), about.invitee.email.clone().unwrap_or_default()),
        (texts.get("where"), row.location.clone().unwrap_or_default()),
        (texts.get("conference"), conference(about, texts.get("conference_awaits"))),
        (texts.get("with"), about.host_names()),
        (texts.get("guests"), guests.join(", ")),
        (texts.get("reason"), reason.unwrap_or_default()),
    ]);
    let answers: Vec<(&str, String)> =
        row.answers.0.iter().map(|answer| (answer.label.as_str(), answer.value.clone())).collect();
    if !answers.is_empty() {
        letter.paragraph(texts.get("answers"));
        letter.facts(&answers);
    }
    links(tx, &mut letter, texts, (about, host), told)?;
    Ok(letter)
}

/// Leads to the meeting, to the contact, and, in the mail to the host in whose calendar the meeting stands, to its event there.
/// That is not written yet when the mail of a new meeting is, so the way to it goes through the app, which knows it by then.
fn links(
    tx: &mut Tx<'_>,
    letter: &mut Letter,
    texts: &Texts,
    (about, host): (&About<'_>, &Host),
    told: Told,
) -> Result<()> {
    let app = tx.ctx().config().server.app_url().to_owned();
    let id = about.row.id;
    let meeting = if told == Told::Asked { "agree_link" } else { "meeting_link" };
    letter.link(texts.get(meeting), &format!("{app}/meetings/{id}"));
    letter.link(texts.get("contact_link"), &format!("{app}/contacts/{}", about.row.contact_id));
    let is_booked = about.row.state == MeetingState::Booked;
    if about.is_first(host) && is_booked && entries::is_in_online_service(tx, id)? {
        letter.link(texts.get("entry_link"), &format!("{app}/meetings/{id}/calendar-entry"));
    }
    Ok(())
}
