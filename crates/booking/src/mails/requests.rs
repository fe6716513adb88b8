//! Wishes for a meeting that were left while a calendar could not be reached, and codes that prove an address.

use accounts::mails::{self, NewMail};
use crm::bookers::Booker;
use platform::{Result, Tx};

use super::about::{Host, in_name_of};
use super::letter::Letter;
use super::texts::Texts;
use super::when::Style;
use crate::slots;
use crate::store::links::{self, LinkRow};
use crate::store::requests::RequestRow;

/// Tells the hosts whose calendars cannot be reached what was asked for, and that this is why no times are offered; and tells
/// whoever asked that it has arrived. They are called as they have said: who they are by our records is not theirs to read.
pub(crate) fn requested(tx: &mut Tx<'_>, link: &LinkRow, row: &RequestRow, booker: &Booker) -> Result<()> {
    let before = tx.contact();
    tx.about(row.contact_id);
    let rows = links::hosts_of(tx, link.id)?;
    let standing = slots::standing(tx, link, rows)?;
    let mut first = None;
    for id in standing.unreachable {
        let host = Host::of(tx, id)?;
        tell_host(tx, &host, link, row, booker)?;
        first.get_or_insert(host);
    }
    receipt(tx, link, booker, first.as_ref())?;
    tx.about(before);
    Ok(())
}

fn tell_host(tx: &mut Tx<'_>, host: &Host, link: &LinkRow, row: &RequestRow, booker: &Booker) -> Result<()> {
    let texts = Texts::of(host.language)?;
    let app = tx.ctx().config().server.app_url().to_owned();
    let style = Style { language: host.language, country: host.country() };
    let mut letter = Letter::default();
    letter.paragraph(&texts.fill("hello", &[("name", &host.name)]));
    letter.paragraph(&texts.fill("requested_host_intro", &[("contact", &booker.name)]));
    letter.facts(&[
        (texts.get("page"), link.settings.0.internal_name.clone()),
        (texts.get("contact"), booker.name.clone()),
        (texts.get("email"), booker.email.clone()),
        (texts.get("zone"), style.zone_at(&row.time_zone, row.created_at)),
    ]);
    letter.paragraph(&row.message);
    letter.paragraph(texts.get("requested_host_notice"));
    letter.link(texts.get("settings_link"), &format!("{app}/settings/calendars"));
    letter.link(texts.get("requests_link"), &format!("{app}/meetings/requests"));
    letter.link(texts.get("contact_link"), &format!("{app}/contacts/{}", row.contact_id));
    let subject = texts.fill("requested_host_subject", &[("contact", &booker.name)]);
    let mail = letter.mail(host.language, &host.email, &subject, "meeting_request");
    mails::write(tx, NewMail { reply_to: Some(booker.email.clone()), ..mail }).map(|_| ())
}

/// Says to whoever asked that it has arrived.
fn receipt(tx: &mut Tx<'_>, link: &LinkRow, booker: &Booker, host: Option<&Host>) -> Result<()> {
    let language = link.settings.0.language;
    let texts = Texts::of(language)?;
    let mut letter = Letter::default();
    letter.paragraph(&texts.fill("hello", &[("name", &booker.name)]));
    // Without what they wrote: the address is a claim, and nobody's words go to somebody else in the host's name.
    letter.paragraph(texts.get("requested_intro"));
    let subject = texts.fill("requested_subject", &[("title", &link.settings.0.title)]);
    let mail = letter.mail(language, &booker.email, &subject, "meeting_request");
    mails::write(tx, in_name_of(host, mail)).map(|_| ())
}

/// Sends the code that proves an address, in the language of the link.
pub(crate) fn code(tx: &mut Tx<'_>, link: &LinkRow, email: &str, code: &str) -> Result<()> {
    let settings = &link.settings.0;
    let texts = Texts::of(settings.language)?;
    let mut letter = Letter::default();
    letter.paragraph(texts.get("hello_guest"));
    letter.paragraph(&texts.fill("code_intro", &[("title", &settings.title), ("code", code)]));
    letter.paragraph(texts.get("code_notice"));
    let subject = texts.fill("code_subject", &[("code", code)]);
    mails::write(tx, letter.mail(settings.language, email, &subject, "booking_code")).map(|_| ())
}
