//! Teams: groups of users that a conversation can be given to.

mod create;
mod delete;
mod list;
mod update;

use platform::{Error, Result, Sockets, Tx};
use types::accounts::Team;
use types::{Event, Subject, TeamId, UserId};

use crate::store;
use crate::store::teams::TeamRow;

pub use create::{add, create_team};
pub use delete::delete_team;
pub use list::list_teams;
pub use update::update_team;

/// The teams that a user is in.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn of_user(tx: &mut Tx<'_>, user: UserId) -> Result<Vec<TeamId>> {
    store::teams::of_user(tx, user)
}

/// The users in a team.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn members(tx: &mut Tx<'_>, team: TeamId) -> Result<Vec<UserId>> {
    store::teams::members(tx, team)
}

/// Tells everybody how a team is now.
pub(crate) fn announce(tx: &mut Tx<'_>, row: TeamRow) -> Result<Team> {
    let team = store::teams::views(tx, vec![row])?.pop().ok_or(Error::NotFound)?;
    tx.emit(Subject::Everyone, Event::TeamChanged { team: team.clone() })?;
    Ok(team)
}

/// Lets those of the users see other records whose role shows them those of their teams.
pub(crate) fn rescope(tx: &mut Tx<'_>, users: &[UserId]) -> Result<()> {
    for user_id in store::teams::with_team_access(tx, users)? {
        tx.emit(Subject::User(user_id), Event::PermissionsChanged { user_id })?;
        tx.rescope_sockets(Sockets::User(user_id))?;
    }
    Ok(())
}

/// Names the field when another team has the name.
fn name_is_taken(error: Error) -> Error {
    if error.is_taken() { platform::fields::taken("name", "belongs to another team") } else { error }
}

fn pairs(team: TeamId, users: &[UserId]) -> Vec<(TeamId, UserId)> {
    users.iter().map(|user| (team, *user)).collect()
}
