//! Taking an entry out of a calendar of which nothing is known here any more.

use accounts::connections;
use platform::{Actor, Ctx, Error, Job, JobError, Result};
use serde::{Deserialize, Serialize};
use types::CalendarId;

use crate::calendars::Provider;
use crate::store::calendars;

/// Deletes an event in a calendar. It is tried for about half a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeleteEntry {
    /// The calendar.
    pub calendar_id: CalendarId,
    /// What the provider calls the event.
    pub external_id: String,
}

impl Job for DeleteEntry {
    const KIND: &'static str = "delete_meeting_entry";
    const MAX_ATTEMPTS: u32 = 20;

    async fn run(self, ctx: Ctx) -> Result<()> {
        let id = self.calendar_id;
        let found = ctx
            .read(&Actor::System, move |tx| {
                let Some(calendar) = calendars::find(tx, id)? else { return Ok(None) };
                let account = calendars::account(tx, calendar.account_id)?;
                Ok(account.map(|account| (calendar, account)))
            })
            .await?;
        // It was taken away: nobody can ask its provider any more.
        let Some((calendar, account)) = found else { return Ok(()) };
        let deleted = match Provider::open(&ctx, &account).await {
            Ok(provider) => provider.delete(&calendar, &self.external_id).await,
            Err(cause) => Err(cause),
        };
        match deleted {
            Ok(()) => Ok(()),
            Err(cause @ calendar::Error::ReadOnly) => Err(JobError::Permanent(cause.into()).into()),
            Err(cause) => {
                if let (calendar::Error::Unauthorized, Some(connection)) = (&cause, account.connection_id) {
                    connections::spoil(&ctx, connection).await?;
                }
                Err(Error::Unavailable(cause.to_string()))
            }
        }
    }
}
