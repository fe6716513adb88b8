use platform::{Actor, Ctx, Error, Job, Result, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::MailState;
use types::{MailId, Timestamp};

use super::{Calendar, Delivery, Letter, Transport};
use crate::store::mails::MailRow;
use crate::{access, store};

/// The pause after the first failed attempt; it doubles with each further one.
const FIRST_PAUSE_SECONDS: i64 = 60;
/// The longest pause between attempts.
const LONGEST_PAUSE_SECONDS: i64 = 6 * 60 * 60;
/// After so many attempts, three days, a mail is given up.
const MAX_ATTEMPTS: i32 = 20;

/// Hands one mail of the outbox to the SMTP server.
///
/// Should the process die between the server's answer and noting it, the mail is sent twice, with the same Message-ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverMail {
    /// The mail.
    pub mail_id: MailId,
}

impl Job for DeliverMail {
    const KIND: &'static str = "deliver_mail";

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.mail_id;
        let found = ctx.read(&Actor::System, move |tx| access::read_mail(tx, id)).await;
        let mail = match found {
            Ok(mail) if mail.state == MailState::Queued => mail,
            // Sent already, or erased meanwhile.
            Ok(_) | Err(Error::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        let delivery = match ctx.extension::<Transport>() {
            Ok(transport) => Some(transport.0.send(&letter(&mail)).await),
            // Queued by a process that had an SMTP server.
            Err(_) => None,
        };
        ctx.write(&Actor::System, move |tx| note(tx, id, delivery.as_ref())).await
    }
}

fn letter(mail: &MailRow) -> Letter {
    Letter {
        message_id: mail.message_id.clone(),
        written_at: mail.created_at,
        to: mail.to_address.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        html: mail.html.clone(),
        from_name: mail.from_name.clone(),
        reply_to: mail.reply_to.clone(),
        calendar: mail
            .calendar_method
            .clone()
            .zip(mail.calendar_text.clone())
            .map(|(method, text)| Calendar { method, text }),
    }
}

/// Notes what came of an attempt, and plans the next one.
fn note(tx: &mut Tx<'_>, id: MailId, delivery: Option<&Delivery>) -> Result<()> {
    let mail = match access::lock_mail(tx, id) {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    tx.about(mail.contact_id);
    let after = after_attempt(&mail, delivery, tx.now());
    store::mails::update_state(tx, &mail, &after)?;
    if after.state == MailState::Queued {
        tx.enqueue_at(&DeliverMail { mail_id: id }, tx.now().plus_seconds(pause_seconds(after.attempts)))?;
    }
    super::announce(tx, id)
}

fn after_attempt(mail: &MailRow, delivery: Option<&Delivery>, now: Timestamp) -> MailRow {
    let attempts = mail.attempts + i32::from(delivery.is_some());
    let (state, last_error, sent_at) = match delivery {
        None => (MailState::Held, None, None),
        Some(Delivery::Accepted) => (MailState::Sent, None, Some(now)),
        Some(Delivery::Refused(why)) => (MailState::Failed, Some(why.clone()), None),
        Some(Delivery::Later(why)) if attempts >= MAX_ATTEMPTS => {
            (MailState::Failed, Some(why.clone()), None)
        }
        Some(Delivery::Later(why)) => (MailState::Queued, Some(why.clone()), None),
    };
    MailRow { state, attempts, last_error, sent_at, ..mail.clone() }
}

fn pause_seconds(attempts: i32) -> i64 {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    (FIRST_PAUSE_SECONDS << doublings).min(LONGEST_PAUSE_SECONDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(attempts: i32) -> MailRow {
        MailRow {
            id: MailId(1),
            message_id: "<1.rapport@example.com>".to_owned(),
            to_address: "ann@example.com".to_owned(),
            subject: "Hello".to_owned(),
            text: "Hello".to_owned(),
            html: None,
            purpose: "invitation".to_owned(),
            state: MailState::Queued,
            attempts,
            last_error: None,
            contact_id: None,
            created_at: Timestamp(0),
            sent_at: None,
            from_name: None,
            reply_to: None,
            calendar_method: None,
            calendar_text: None,
        }
    }

    #[test]
    fn a_mail_is_tried_for_three_days() {
        let hours: i64 = (1..MAX_ATTEMPTS).map(pause_seconds).sum::<i64>() / 3600;
        assert!((66..=74).contains(&hours), "{hours} h");
        assert_eq!([1, 2, 3].map(pause_seconds), [60, 120, 240]);
    }

    #[test]
    fn only_the_server_s_yes_makes_a_mail_sent() {
        let now = Timestamp(7);
        let later = Delivery::Later("busy".to_owned());
        let refused = Delivery::Refused("no such user".to_owned());
        let state = |attempts, delivery| after_attempt(&mail(attempts), delivery, now).state;
        assert_eq!(state(0, Some(&Delivery::Accepted)), MailState::Sent);
        assert_eq!(state(0, Some(&later)), MailState::Queued);
        assert_eq!(state(MAX_ATTEMPTS - 1, Some(&later)), MailState::Failed);
        assert_eq!(state(0, Some(&refused)), MailState::Failed);
        assert_eq!(state(3, None), MailState::Held);
        assert_eq!(after_attempt(&mail(0), Some(&later), now).last_error.as_deref(), Some("busy"));
    }
}
