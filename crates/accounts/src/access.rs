//! The only door to a row: each function checks what the actor may do before it hands one out.
//!
//! Colleagues' names, teams and roles are known to every user. To change one, the function locks it and returns
//! [`Granted`], which the store asks for.

use std::collections::BTreeSet;

use platform::{Actor, Error, Granted, Key, Result, Tx, UserActor};
use types::accounts::WebhookDeliveryPath;
use types::{
    ApiTokenId, BuiltinRole, ConnectionId, DomainId, ErrorCode, FileId, MailId, Permission, PermissionSet,
    RecordAccess, RoleId, SessionId, TeamId, UserId, WebhookId,
};

use crate::links::Purpose;
use crate::store::api_tokens::ApiTokenRow;
use crate::store::connections::ConnectionRow;
use crate::store::domains::DomainRow;
use crate::store::files::FileRow;
use crate::store::links::LinkRow;
use crate::store::mails::MailRow;
use crate::store::roles::RoleRow;
use crate::store::sessions::SessionRow;
use crate::store::teams::TeamRow;
use crate::store::users::UserRow;
use crate::store::webhook_deliveries::DeliveryRow;
use crate::store::webhooks::WebhookRow;
use crate::store::{
    api_tokens, connections, domains, files, links, mails, roles, sessions, teams, users, webhook_deliveries,
    webhooks,
};
use crate::token::hash_token;
use crate::webhooks::lock_lane;

/// Insists on a user, or a program that acts for one: who may know colleagues, teams and roles.
pub(crate) fn colleague(actor: &Actor) -> Result<()> {
    match actor {
        Actor::System => Ok(()),
        other => other.user_id().map(|_| ()),
    }
}

/// The user who is signed in. What belongs to a sign-in (password, second factor, sessions) is not for API tokens.
pub(crate) fn signed_in(actor: &Actor) -> Result<&UserActor> {
    match actor {
        Actor::User(user) => Ok(user),
        _ => Err(Error::Unauthenticated),
    }
}

/// The signed-in user's own row, to be read.
pub(crate) fn read_self(tx: &mut Tx<'_>) -> Result<UserRow> {
    let id = signed_in(tx.actor())?.id;
    users::find(tx, id)
}

/// The signed-in user's own row, to be changed.
pub(crate) fn lock_self(tx: &mut Tx<'_>) -> Result<Granted<UserRow>> {
    let id = signed_in(tx.actor())?.id;
    users::find_locked(tx, id).map(Granted::new)
}

/// A colleague.
pub(crate) fn read_user(tx: &mut Tx<'_>, id: UserId) -> Result<UserRow> {
    colleague(tx.actor())?;
    users::find(tx, id)
}

/// A user to be changed by somebody who manages users, and who may do all that the user may.
///
/// It holds [`Key::LastAdministrator`], so that of two who take the last two super administrators away at the same time
/// one is refused.
pub(crate) fn lock_user(tx: &mut Tx<'_>, id: UserId) -> Result<Granted<UserRow>> {
    tx.actor().require(Permission::ManageUsers)?;
    tx.lock(Key::LastAdministrator)?;
    let user = users::find_locked(tx, id)?;
    let role = roles::find(tx, user.role_id)?;
    may_give(tx, &role)?;
    Ok(Granted::new(user))
}

/// The user that a password was just checked for, to start a session.
pub(crate) fn lock_signing_in(tx: &mut Tx<'_>, id: UserId) -> Result<Granted<UserRow>> {
    users::find_locked(tx, id).map(Granted::new)
}

/// A user and the link that proves who opened it, if it was neither used nor expired.
pub(crate) fn lock_by_link(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    token: &str,
) -> Result<(Granted<UserRow>, LinkRow)> {
    let link = read_link(tx, purpose, token)?;
    let user = users::find_locked(tx, link.user_id)?;
    let link = links::find_locked(tx, link.id)?;
    if link.used_at.is_some() {
        return Err(expired());
    }
    Ok((Granted::new(user), link))
}

/// A link that was neither used nor expired.
pub(crate) fn read_link(tx: &mut Tx<'_>, purpose: Purpose, token: &str) -> Result<LinkRow> {
    let link = links::find(tx, purpose, &hash_token(token))?.ok_or_else(expired)?;
    if link.used_at.is_some() || link.expires_at <= tx.now() { Err(expired()) } else { Ok(link) }
}

fn expired() -> Error {
    Error::conflict(ErrorCode::LinkExpired, "This link has expired or was used already; ask for a new one.")
}

/// A session, to be renewed by whoever holds its refresh token.
pub(crate) fn lock_session(tx: &mut Tx<'_>, id: SessionId) -> Result<Granted<SessionRow>> {
    sessions::find_locked(tx, id).map(Granted::new)
}

/// Insists that the actor may give a role to somebody or take it: it holds every permission of the role, and is a super
/// administrator if the role is that one.
pub(crate) fn may_give(tx: &mut Tx<'_>, role: &RoleRow) -> Result<()> {
    let permissions = role.permissions();
    if let Some(missing) = permissions.iter().find(|permission| !tx.actor().has(**permission)) {
        return Err(Error::Forbidden(*missing));
    }
    if role.record_access > tx.actor().record_access() {
        return Err(Error::Forbidden(Permission::ManageRoles));
    }
    if role.builtin == Some(BuiltinRole::SuperAdministrator) && !is_super_administrator(tx)? {
        return Err(Error::Forbidden(Permission::ManageRoles));
    }
    Ok(())
}

fn is_super_administrator(tx: &mut Tx<'_>) -> Result<bool> {
    if matches!(tx.actor(), Actor::System) {
        return Ok(true);
    }
    let id = tx.actor().user_id()?;
    let role_id = users::find(tx, id)?.role_id;
    Ok(roles::find(tx, role_id)?.builtin == Some(BuiltinRole::SuperAdministrator))
}

/// Insists that the actor holds all of these permissions, to hand them on.
pub(crate) fn may_hand_on(actor: &Actor, permissions: &PermissionSet) -> Result<()> {
    match permissions.iter().find(|permission| !actor.has(**permission)) {
        Some(missing) => Err(Error::Forbidden(*missing)),
        None => Ok(()),
    }
}

/// Insists that the actor sees all records that it lets others see.
pub(crate) fn may_hand_on_records(actor: &Actor, access: RecordAccess) -> Result<()> {
    if access <= actor.record_access() {
        return Ok(());
    }
    Err(Error::invalid("record_access", "must not show more records than you see yourself"))
}

/// A custom role to be changed, by somebody who holds what it allows.
pub(crate) fn lock_role(tx: &mut Tx<'_>, id: RoleId) -> Result<Granted<RoleRow>> {
    tx.actor().require(Permission::ManageRoles)?;
    let role = roles::find_locked(tx, id)?;
    if role.builtin.is_some() {
        let detail = "Built-in roles cannot be changed or deleted; make a role of your own.";
        return Err(Error::conflict(ErrorCode::BuiltinRole, detail));
    }
    may_give(tx, &role)?;
    Ok(Granted::new(role))
}

/// A team to be changed.
pub(crate) fn lock_team(tx: &mut Tx<'_>, id: TeamId) -> Result<Granted<TeamRow>> {
    tx.actor().require(Permission::ManageTeams)?;
    teams::find_locked(tx, id).map(Granted::new)
}

/// An API token to be revoked.
pub(crate) fn lock_api_token(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<Granted<ApiTokenRow>> {
    tx.actor().require(Permission::ManageApiTokens)?;
    api_tokens::find_locked(tx, id).map(Granted::new)
}

/// A connection to be removed: one's own, or any by whoever manages settings. Nobody else learns that it exists.
pub(crate) fn lock_connection(tx: &mut Tx<'_>, id: ConnectionId) -> Result<Granted<ConnectionRow>> {
    colleague(tx.actor())?;
    let row = connections::find_locked(tx, id)?.ok_or(Error::NotFound)?;
    let own = row.user_id.is_some() && row.user_id == tx.actor().user_id().ok();
    if own || tx.actor().has(Permission::ManageSettings) {
        Ok(Granted::new(row))
    } else {
        Err(Error::NotFound)
    }
}

/// A connection that changes because of what its provider said, whoever was asking. Nothing when it was removed meanwhile.
pub(crate) fn lock_connection_to_follow(
    tx: &mut Tx<'_>,
    id: ConnectionId,
) -> Result<Option<Granted<ConnectionRow>>> {
    Ok(connections::find_locked(tx, id)?.map(Granted::new))
}

/// The locked connection of whoever has just signed in at the provider again.
pub(crate) fn grant_same_connection(locked: ConnectionRow) -> Granted<ConnectionRow> {
    Granted::new(locked)
}

/// A domain.
pub(crate) fn read_domain(tx: &mut Tx<'_>, id: DomainId) -> Result<DomainRow> {
    tx.actor().require(Permission::ManageDomains)?;
    domains::find(tx, id)
}

/// A domain to be changed.
pub(crate) fn lock_domain(tx: &mut Tx<'_>, id: DomainId) -> Result<Granted<DomainRow>> {
    tx.actor().require(Permission::ManageDomains)?;
    domains::find_locked(tx, id).map(Granted::new)
}

/// A domain that changes because of what was seen of it.
pub(crate) fn lock_domain_to_follow(tx: &mut Tx<'_>, id: DomainId) -> Result<Granted<DomainRow>> {
    domains::find_locked(tx, id).map(Granted::new)
}

/// A webhook.
pub(crate) fn read_webhook(tx: &mut Tx<'_>, id: WebhookId) -> Result<WebhookRow> {
    tx.actor().require(Permission::ManageWebhooks)?;
    webhooks::find(tx, id)
}

/// A webhook to be changed.
pub(crate) fn lock_webhook(tx: &mut Tx<'_>, id: WebhookId) -> Result<Granted<WebhookRow>> {
    tx.actor().require(Permission::ManageWebhooks)?;
    webhooks::find_locked(tx, id).map(Granted::new)
}

/// A webhook that changes because of what its receiver answered.
pub(crate) fn lock_webhook_to_follow(tx: &mut Tx<'_>, id: WebhookId) -> Result<Granted<WebhookRow>> {
    webhooks::find_locked_to_follow(tx, id).map(Granted::new)
}

/// A delivery to be sent again, and its webhook. Its subject is locked first, as whoever notes an answer does.
pub(crate) fn lock_webhook_delivery(
    tx: &mut Tx<'_>,
    path: &WebhookDeliveryPath,
) -> Result<(WebhookRow, Granted<DeliveryRow>)> {
    read_webhook(tx, path.webhook_id)?;
    let found = webhook_deliveries::find(tx, path.delivery_id)?;
    if found.webhook_id != path.webhook_id {
        return Err(Error::NotFound);
    }
    lock_lane(tx, found.webhook_id, found.subject_id)?;
    let webhook = webhooks::find_locked_to_follow(tx, found.webhook_id)?;
    let delivery = webhook_deliveries::find_locked(tx, found.id)?;
    Ok((webhook, Granted::new(delivery)))
}

/// A delivery whose turn it is, while its subject is locked.
pub(crate) fn grant_delivery_in_turn(row: DeliveryRow) -> Granted<DeliveryRow> {
    Granted::new(row)
}

/// A mail of the outbox.
pub(crate) fn read_mail(tx: &mut Tx<'_>, id: MailId) -> Result<MailRow> {
    tx.actor().require(Permission::ManageMail)?;
    mails::find(tx, id)
}

/// A mail of the outbox, to be sent again.
pub(crate) fn lock_mail(tx: &mut Tx<'_>, id: MailId) -> Result<Granted<MailRow>> {
    tx.actor().require(Permission::ManageMail)?;
    mails::find_locked(tx, id).map(Granted::new)
}

/// Whether the actor may read the text of mails to this address: a link in it signs in as its user, so only somebody
/// who may do all that the user may.
pub(crate) fn may_read_links_to(tx: &mut Tx<'_>, address: &str) -> Result<bool> {
    let Some(user) = users::find_by_email(tx, address)? else { return Ok(true) };
    let role = roles::find(tx, user.role_id)?;
    match may_give(tx, &role) {
        Ok(()) => Ok(true),
        Err(Error::Forbidden(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Loose files of the actor's own, to be attached. What is missing, attached already or somebody else's is left out.
pub(crate) fn lock_own_loose_files(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<Vec<Granted<FileRow>>> {
    let uploader = tx.actor().key();
    let rows = files::find_locked(tx, ids)?;
    let own = rows.into_iter().filter(|file| !file.attached && file.uploader == uploader);
    Ok(own.map(Granted::new).collect())
}

/// Files to be deleted by the slice that they are attached in, which has checked the message, or by the system.
pub(crate) fn lock_files(tx: &mut Tx<'_>, ids: &[FileId]) -> Result<Vec<Granted<FileRow>>> {
    Ok(files::find_locked(tx, ids)?.into_iter().map(Granted::new).collect())
}

/// Refuses a list with an id in it that names nobody.
pub(crate) fn all_users(tx: &mut Tx<'_>, field: &str, ids: &[UserId]) -> Result<Vec<UserId>> {
    let different: BTreeSet<UserId> = ids.iter().copied().collect();
    let different: Vec<UserId> = different.into_iter().collect();
    if users::count(tx, &different)? == different.len() as i64 {
        Ok(different)
    } else {
        Err(Error::invalid(field, "names a user that does not exist"))
    }
}

/// Refuses a list with an id in it that names no team.
pub(crate) fn all_teams(tx: &mut Tx<'_>, field: &str, ids: &[TeamId]) -> Result<Vec<TeamId>> {
    let different: BTreeSet<TeamId> = ids.iter().copied().collect();
    let different: Vec<TeamId> = different.into_iter().collect();
    if teams::count(tx, &different)? == different.len() as i64 {
        Ok(different)
    } else {
        Err(Error::invalid(field, "names a team that does not exist"))
    }
}
