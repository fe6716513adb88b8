//! Teams and who is in them.

use std::collections::BTreeMap;

use db::on;
use db::schema::{roles, team_members, teams, users};
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::Team;
use types::{RecordAccess, TeamId, Timestamp, UserId};

use super::first_locked;

/// A row of `teams`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = teams)]
pub(crate) struct TeamRow {
    pub(crate) id: TeamId,
    pub(crate) name: String,
    pub(crate) created_at: Timestamp,
    pub(crate) deleted_at: Option<Timestamp>,
}

/// Teams that were not deleted.
#[diesel::dsl::auto_type]
fn live() -> _ {
    teams::table.filter(teams::deleted_at.is_null())
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &TeamRow) -> Result<()> {
    diesel::insert_into(teams::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: TeamId) -> Result<TeamRow> {
    Ok(first_locked!(tx.conn(), live().filter(teams::id.eq(id)).select(TeamRow::as_select()))?)
}

/// Teams after `after` in the order of their ids.
pub(crate) fn page(tx: &mut Tx<'_>, after: Option<TeamId>, limit: i64) -> Result<Vec<TeamRow>> {
    let mut query = live().select(TeamRow::as_select()).order(teams::id).limit(limit).into_boxed();
    if let Some(after) = after {
        query = query.filter(teams::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

/// The teams with their members.
pub(crate) fn views(tx: &mut Tx<'_>, rows: Vec<TeamRow>) -> Result<Vec<Team>> {
    let ids: Vec<TeamId> = rows.iter().map(|row| row.id).collect();
    let pairs: Vec<(TeamId, UserId)> = team_members::table
        .filter(team_members::team_id.eq_any(ids))
        .select((team_members::team_id, team_members::user_id))
        .order((team_members::team_id, team_members::user_id))
        .load(tx.conn())?;
    let mut members: BTreeMap<TeamId, Vec<UserId>> = BTreeMap::new();
    for (team, user) in pairs {
        members.entry(team).or_default().push(user);
    }
    let view = |row: TeamRow| Team {
        id: row.id,
        name: row.name,
        member_ids: members.remove(&row.id).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(view).collect())
}

pub(crate) fn count(tx: &mut Tx<'_>, ids: &[TeamId]) -> Result<i64> {
    Ok(live().filter(teams::id.eq_any(ids.to_vec())).count().get_result(tx.conn())?)
}

pub(crate) fn find_all(tx: &mut Tx<'_>, ids: &[TeamId]) -> Result<Vec<TeamRow>> {
    let query = live().filter(teams::id.eq_any(ids.to_vec())).select(TeamRow::as_select());
    Ok(query.order(teams::id).load(tx.conn())?)
}

pub(crate) fn of_user(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<TeamId>> {
    let query = team_members::table.filter(team_members::user_id.eq(user)).select(team_members::team_id);
    Ok(query.order(team_members::team_id).load(tx.conn())?)
}

pub(crate) fn members(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<UserId>> {
    let query = team_members::table.filter(team_members::team_id.eq(team)).select(team_members::user_id);
    Ok(query.order(team_members::user_id).load(tx.conn())?)
}

/// Who is in a team with this user, the user too.
pub(crate) fn teammates(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<UserId>> {
    let own = team_members::table.filter(team_members::user_id.eq(user)).select(team_members::team_id);
    let own: Vec<TeamId> = own.load(tx.conn())?;
    let query = team_members::table.filter(team_members::team_id.eq_any(own)).select(team_members::user_id);
    Ok(query.distinct().load(tx.conn())?)
}

/// Those of the users whose role shows them the records of their teams.
pub(crate) fn with_team_access(tx: &mut Tx<'_>, ids: &[UserId]) -> Result<Vec<UserId>> {
    let query = users::table
        .inner_join(roles::table)
        .filter(users::id.eq_any(ids.to_vec()))
        .filter(roles::record_access.eq(RecordAccess::Team))
        .select(users::id);
    Ok(query.order(users::id).load(tx.conn())?)
}

pub(crate) fn rename(tx: &mut Tx<'_>, row: &Granted<TeamRow>, name: &str) -> Result<()> {
    diesel::update(teams::table.find(row.id)).set(teams::name.eq(name)).execute(tx.conn())?;
    Ok(())
}

/// Leaves the row for what points at it, without members.
pub(crate) fn delete(tx: &mut Tx<'_>, row: &Granted<TeamRow>) -> Result<()> {
    remove_members(tx, row.id)?;
    let now = tx.now();
    diesel::update(teams::table.find(row.id)).set(teams::deleted_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn remove_members(tx: &mut Tx<'_>, team: TeamId) -> Result<()> {
    diesel::delete(team_members::table.filter(team_members::team_id.eq(team))).execute(tx.conn())?;
    Ok(())
}

/// Adds pairs of a team and a user; those that are there already stay.
pub(crate) fn add_members(tx: &mut Tx<'_>, pairs: &[(TeamId, UserId)]) -> Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = pairs
        .iter()
        .map(|(team, user)| (team_members::team_id.eq(*team), team_members::user_id.eq(*user)))
        .collect();
    on!(tx.conn(), conn => diesel::insert_into(team_members::table)
        .values(&rows)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}
