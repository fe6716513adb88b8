use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{CreateUser, User};
use types::{Permission, TeamId, UserId};
use web::{Body, Call, Reply};

use super::invite;
use crate::{access, store, teams};

/// Invite a user.
///
/// The user gets a mail with a link to set a password. You cannot give a role that may do more than you.
#[utoipa::path(operation_id = "create_user", tag = "users", request_body = CreateUser, responses((status = 201, body = User)))]
#[post("/v1/users")]
pub async fn create_user(call: Call, body: Body<CreateUser>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

fn create(tx: &mut Tx<'_>, new: &CreateUser) -> Result<User> {
    tx.actor().require(Permission::ManageUsers)?;
    let role = super::role_of_request(tx, new.role_id)?;
    access::may_give(tx, &role)?;
    let team_ids = access::all_teams(tx, "team_ids", &new.team_ids)?;
    let row = super::draft(tx, &new.name, &new.email, role.id)?;
    super::insert(tx, &row)?;
    join_teams(tx, row.id, &team_ids)?;
    invite::send(tx, &row)?;
    Ok(row.view())
}

fn join_teams(tx: &mut Tx<'_>, user: UserId, ids: &[TeamId]) -> Result<()> {
    let pairs: Vec<(TeamId, UserId)> = ids.iter().map(|team| (*team, user)).collect();
    store::teams::add_members(tx, &pairs)?;
    for row in store::teams::find_all(tx, ids)? {
        teams::announce(tx, row)?;
    }
    Ok(())
}
