//! Connecting calendars. Their server is asked before anything is written down.

use accounts::connections;
use actix_web::post;
use calendar::CalendarInfo;
use platform::fields::Fields;
use platform::{Ctx, Error, Result, Tx};
use types::accounts::ConnectionProvider;
use types::booking::{CalendarAccount, CalendarProvider, CalendarState, ConnectCalendars};
use types::{CalendarAccountId, ConnectionId, UserId};
use web::{Body, Call, Reply};

use super::provider::{self, Provider};
use super::sync::SyncCalendar;
use crate::access;
use crate::store::calendars::{self, AccountRow, CalendarRow};

/// Most accounts that one user connects.
const MOST_ACCOUNTS: usize = 20;

/// Connect calendars of yours. The main one is added, and is the default when you have none; the others can be added then.
/// Connecting what is connected already renews the sign-in.
#[utoipa::path(operation_id = "connect_calendars", tag = "booking", request_body = ConnectCalendars, responses((status = 201, body = CalendarAccount), (status = 503, description = "The provider does not answer.")))]
#[post("/v1/calendar_accounts")]
pub async fn connect_calendars(call: Call, body: Body<ConnectCalendars>) -> Reply {
    let asked = body.clone();
    let account = call.query(move |tx| checked(tx, &asked)).await?;
    let found = ask(call.ctx(), &account).await?;
    call.create(move |tx| connect(tx, &account, &found)).await
}

/// The account as it will be, once its provider has answered.
fn checked(tx: &mut Tx<'_>, request: &ConnectCalendars) -> Result<AccountRow> {
    let user_id = access::require_user(tx)?;
    let mut row = AccountRow {
        id: tx.new_id(),
        user_id,
        provider: CalendarProvider::CalDav,
        name: String::new(),
        url: None,
        user_name: None,
        password_sealed: None,
        connection_id: None,
        state: CalendarState::Pending,
        error: None,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    let mut fields = Fields::default();
    match request {
        ConnectCalendars::CalDav { url, user_name, password } => {
            row.url = Some(checked_url(tx.ctx(), &mut fields, url));
            row.name = fields.required("user_name", user_name, 200);
            row.user_name = Some(row.name.clone());
            if password.is_empty() || password.chars().count() > 500 {
                fields.refuse("password", "out_of_range", "must have 1 to 500 characters".to_owned());
            }
            row.password_sealed = Some(provider::seal(tx.ctx().secrets(), password)?);
        }
        ConnectCalendars::Feed { url, name } => {
            row.provider = CalendarProvider::Feed;
            row.url = Some(checked_url(tx.ctx(), &mut fields, url));
            row.name = fields.required("name", name, 100);
        }
        ConnectCalendars::Google { connection_id } => {
            row.provider = CalendarProvider::Google;
            row.name = connected(tx, &mut fields, (user_id, *connection_id), ConnectionProvider::Google)?;
            row.connection_id = Some(*connection_id);
        }
        ConnectCalendars::Microsoft { connection_id } => {
            row.provider = CalendarProvider::Microsoft;
            row.name = connected(tx, &mut fields, (user_id, *connection_id), ConnectionProvider::Microsoft)?;
            row.connection_id = Some(*connection_id);
        }
    }
    fields.finish()?;
    Ok(row)
}

fn checked_url(ctx: &Ctx, fields: &mut Fields, url: &str) -> String {
    let url = fields.required("url", url, 2000);
    if !url.is_empty()
        && let Err(refused) = provider::require_allowed(ctx, &url)
    {
        fields.refuse("url", "refused", refused.to_string());
    }
    url
}

/// The name of an account at a provider that the user has signed in to.
fn connected(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    (user, id): (UserId, ConnectionId),
    provider: ConnectionProvider,
) -> Result<String> {
    let linked = connections::of_provider(tx, provider)?;
    match linked.into_iter().find(|linked| linked.id == id && linked.user_id == Some(user)) {
        Some(linked) => Ok(linked.email.unwrap_or(linked.external_id)),
        None => {
            fields.refuse("connection_id", "unknown", "there is no such connection of yours".to_owned());
            Ok(String::new())
        }
    }
}

/// Asks an account for its calendars.
async fn ask(ctx: &Ctx, account: &AccountRow) -> Result<Vec<CalendarInfo>> {
    let asked = match Provider::open(ctx, account).await {
        Ok(provider) => provider.calendars().await,
        Err(cause) => Err(cause),
    };
    let found = asked.map_err(|cause| refused(account, &cause))?;
    if found.is_empty() {
        return Err(Error::invalid("url", "there are no calendars for events"));
    }
    Ok(found)
}

/// Which field of the request is to blame.
fn refused(account: &AccountRow, cause: &calendar::Error) -> Error {
    use calendar::Error as Asked;
    let field = match (account.provider, cause) {
        (CalendarProvider::Google | CalendarProvider::Microsoft, Asked::Unreachable(why)) => {
            return Error::Unavailable(why.clone());
        }
        (CalendarProvider::Google | CalendarProvider::Microsoft, _) => "connection_id",
        (CalendarProvider::CalDav, Asked::Unauthorized) => "password",
        (CalendarProvider::CalDav | CalendarProvider::Feed, _) => "url",
    };
    Error::invalid(field, cause.to_string())
}

/// Writes an account down with the calendars that were found, or renews the sign-in of the one that it is already.
fn connect(tx: &mut Tx<'_>, account: &AccountRow, found: &[CalendarInfo]) -> Result<CalendarAccount> {
    let user = access::lock_own_calendars(tx)?;
    let own = calendars::accounts_of(tx, user)?;
    let is_it = |row: &&AccountRow| {
        (row.provider, &row.url, &row.user_name, row.connection_id)
            == (account.provider, &account.url, &account.user_name, account.connection_id)
    };
    let id = if let Some(known) = own.iter().find(is_it) {
        let locked = access::lock_calendar_account(tx, known.id)?;
        let row = AccountRow {
            name: account.name.clone(),
            password_sealed: account.password_sealed.clone(),
            updated_at: tx.now(),
            ..(*locked).clone()
        };
        calendars::update_account(tx, &locked, &row)?;
        known.id
    } else {
        if own.len() >= MOST_ACCOUNTS {
            return Err(Error::invalid("provider", "there are 20 accounts already: take one away first"));
        }
        calendars::insert_account(tx, account)?;
        account.id
    };
    relist(tx, id, found)?;
    add_main(tx, id, found)?;
    super::choose_default(tx, user)?;
    for calendar in calendars::of_accounts(tx, &[id])? {
        if calendar.is_added {
            tx.enqueue(&SyncCalendar { calendar_id: calendar.id })?;
        }
    }
    super::settle_account(tx, id)?;
    super::tell(tx, user)?;
    tx.audit(
        "calendar_account.connect",
        ("calendar_account", id.0),
        serde_json::json!({ "name": account.name }),
    )?;
    super::shown_one(tx, id)
}

/// Adds the account's own main calendar unless one is added.
fn add_main(tx: &mut Tx<'_>, id: CalendarAccountId, found: &[CalendarInfo]) -> Result<()> {
    let known = calendars::of_accounts(tx, &[id])?;
    if known.iter().any(|row| row.is_added) {
        return Ok(());
    }
    let own = |info: &&CalendarInfo| info.is_owned;
    let main = found
        .iter()
        .filter(own)
        .max_by_key(|info| (info.is_primary && info.is_writable, info.is_writable))
        .map(|best| (best.is_primary && best.is_writable, best.is_writable));
    // The first of the best: `max_by_key` answers the last.
    let main = found
        .iter()
        .filter(own)
        .find(|info| Some((info.is_primary && info.is_writable, info.is_writable)) == main);
    let Some(main) = main else { return Ok(()) };
    let Some(row) = known.iter().find(|row| row.external_id == main.external_id) else { return Ok(()) };
    let locked = access::lock_calendar(tx, row.id)?;
    let row = CalendarRow { is_added: true, next_sync_at: tx.now(), ..(*locked).clone() };
    calendars::update(tx, &locked, &row)
}

/// Writes down which calendars an account has by now. An added one that is not told of any more stays, and cannot be read.
pub(super) fn relist(tx: &mut Tx<'_>, id: CalendarAccountId, found: &[CalendarInfo]) -> Result<()> {
    let Some(account) = access::lock_calendar_account_to_follow(tx, id)? else { return Ok(()) };
    let known = calendars::of_accounts(tx, &[id])?;
    for info in found {
        match known.iter().find(|row| row.external_id == info.external_id) {
            Some(row) => {
                let Some(locked) = access::lock_calendar_to_follow(tx, row.id)? else { continue };
                let row = told(info, (*locked).clone());
                if row != *locked {
                    calendars::update(tx, &locked, &row)?;
                }
            }
            None => {
                let row = told(info, fresh(tx, &account, &info.external_id));
                calendars::insert(tx, &row)?;
            }
        }
    }
    for row in known {
        if !row.is_added && !found.iter().any(|info| info.external_id == row.external_id) {
            calendars::delete(tx, row.id)?;
        }
    }
    Ok(())
}

/// A calendar as its provider tells of it.
fn told(info: &CalendarInfo, row: CalendarRow) -> CalendarRow {
    CalendarRow {
        name: info.name.chars().filter(|c| !c.is_control()).take(200).collect(),
        color: info.color.clone(),
        time_zone: info.time_zone.clone(),
        is_owned: info.is_owned,
        is_writable: info.is_writable,
        ..row
    }
}

fn fresh(tx: &Tx<'_>, account: &AccountRow, external_id: &str) -> CalendarRow {
    CalendarRow {
        id: tx.new_id(),
        account_id: account.id,
        user_id: account.user_id,
        external_id: external_id.to_owned(),
        name: String::new(),
        color: None,
        time_zone: None,
        is_owned: false,
        is_writable: false,
        is_added: false,
        is_default: false,
        is_two_way: false,
        state: CalendarState::Pending,
        error: None,
        failing_since: None,
        alerted_at: None,
        sync_token: None,
        synced_at: None,
        synced_until: None,
        next_sync_at: tx.now(),
        syncing_until: None,
        channel_id: None,
        channel_resource: None,
        channel_due_at: None,
    }
}
