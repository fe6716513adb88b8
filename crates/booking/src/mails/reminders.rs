//! Reminders before a meeting, in the name of the host who was booked.
//!
//! Each is a job from the moment that the meeting stands. When its time has come it looks whether the meeting still is what it
//! was planned for, and notes that it was sent in the transaction in which the mails are written: so it is sent once, whatever
//! happens to the process, and on how many nodes ever.

use accounts::mails;
use platform::{Actor, Ctx, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::booking::{MeetingState, ReminderPreview};
use types::{MeetingId, Timestamp};

use super::about::{About, in_name_of};
use super::guests::{self, Reader};
use super::letter::Letter;
use super::texts::Texts;
use crate::store::meetings::{self, MeetingRow};
use crate::{access, view};

/// Reminds the guests of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendReminder {
    /// The meeting.
    pub meeting_id: MeetingId,
    /// How long before it begins, in minutes.
    pub minutes_before: u32,
    /// When it began when this was planned: a meeting that was moved is reminded of anew.
    pub starts_at: Timestamp,
}

impl Job for SendReminder {
    const KIND: &'static str = "send_meeting_reminder";

    async fn run(self, ctx: Ctx) -> Result<()> {
        ctx.write(&Actor::System, move |tx| send(tx, self)).await
    }
}

/// Plans the reminders of a meeting. Those whose time is past are not sent.
pub(super) fn plan(tx: &mut Tx<'_>, row: &MeetingRow) -> Result<()> {
    for &minutes_before in &row.reminders.0.minutes_before {
        let due = row.starts_at.plus_seconds(-60 * i64::from(minutes_before));
        if due > tx.now() {
            let job = SendReminder { meeting_id: row.id, minutes_before, starts_at: row.starts_at };
            tx.enqueue_at(&job, due)?;
        }
    }
    Ok(())
}

fn send(tx: &mut Tx<'_>, job: SendReminder) -> Result<()> {
    let Some(locked) = access::lock_meeting_to_follow(tx, job.meeting_id)? else { return Ok(()) };
    let row = (*locked).clone();
    let is_still_so = row.state == MeetingState::Booked
        && row.starts_at == job.starts_at
        && row.starts_at > tx.now()
        && row.reminders.0.minutes_before.contains(&job.minutes_before);
    if !is_still_so || !meetings::note_reminder(tx, &row, job.minutes_before)? {
        return Ok(());
    }
    tx.about(row.contact_id);
    let about = About::of(tx, &row)?;
    let texts = Texts::of(row.language)?;
    for reader in guests::readers(&about) {
        let letter = guests::reminder(tx, &texts, &about, &reader)?;
        let mail = letter.mail(row.language, reader.email, &subject(&texts, &about), "meeting_reminder");
        mails::write(tx, in_name_of(about.sender(), mail))?;
    }
    Ok(())
}

fn subject(texts: &Texts, about: &About<'_>) -> String {
    let when = guests::style(about).start(&about.row.contact_time_zone, about.row.starts_at);
    texts.fill("reminder_subject", &[("title", &about.row.title), ("when", &when)])
}

/// The reminder of a meeting that nobody has booked: its link leads nowhere.
pub(crate) fn preview(tx: &mut Tx<'_>, about: &About<'_>) -> Result<ReminderPreview> {
    let texts = Texts::of(about.row.language)?;
    let mut letter = Letter::default();
    let reader = Reader { email: "", name: &about.invitee.name, may_change: true };
    guests::reminder_words(&mut letter, &texts, about, &reader);
    letter.link(texts.get("change_link"), &view::page_url(tx, "booked/…")?);
    let (text, _) = letter.finish(about.row.language);
    let from_name = about.sender().map(|host| host.name.clone()).unwrap_or_default();
    Ok(ReminderPreview { from_name, subject: subject(&texts, about), text })
}
