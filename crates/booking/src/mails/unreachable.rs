//! The mail to a user whose calendar cannot be read.

use accounts::mails;
use platform::{Result, Tx};

use super::about::Host;
use super::letter::Letter;
use super::texts::Texts;
use crate::store::calendars::CalendarRow;

/// Writes to the owner of a calendar that nobody can book them.
pub(crate) fn unreachable(tx: &mut Tx<'_>, row: &CalendarRow) -> Result<()> {
    let owner = Host::of(tx, row.user_id)?;
    if !owner.is_active {
        return Ok(());
    }
    let texts = Texts::of(owner.language)?;
    let why = row.error.as_deref().unwrap_or_default();
    let values = [("calendar", row.name.as_str()), ("why", why)];
    let mut letter = Letter::default();
    letter.paragraph(&texts.fill("hello", &[("name", &owner.name)]));
    letter.paragraph(&texts.fill("unreachable_host_intro", &values));
    letter.paragraph(texts.get("unreachable_host_notice"));
    let app = tx.ctx().config().server.app_url().to_owned();
    letter.link(texts.get("settings_link"), &format!("{app}/settings/calendars"));
    let subject = texts.fill("unreachable_host_subject", &values);
    mails::write(tx, letter.mail(owner.language, &owner.email, &subject, "calendar_unreachable")).map(|_| ())
}
