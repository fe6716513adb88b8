use actix_web::post;
use platform::{Result, Tx};
use types::accounts::{SaveTeam, Team};
use types::{Permission, UserId};
use web::{Body, Call, Reply};

use crate::store::teams::TeamRow;
use crate::{access, fields, store};

/// Create a team.
#[utoipa::path(operation_id = "create_team", tag = "teams", request_body = SaveTeam, responses((status = 201, body = Team)))]
#[post("/v1/teams")]
pub async fn create_team(call: Call, body: Body<SaveTeam>) -> Reply {
    call.create(move |tx| {
        tx.actor().require(Permission::ManageTeams)?;
        add(tx, &body.name, &body.member_ids)
    })
    .await
}

/// Adds a team; the caller has checked that the actor may.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for a name that is malformed or taken, or a member who does not exist.
pub fn add(tx: &mut Tx<'_>, name: &str, member_ids: &[UserId]) -> Result<Team> {
    let members = access::all_users(tx, "member_ids", member_ids)?;
    let name = fields::name("name", name)?;
    let row = TeamRow { id: tx.new_id(), name, created_at: tx.now(), deleted_at: None };
    store::teams::insert(tx, &row).map_err(super::name_is_taken)?;
    store::teams::add_members(tx, &super::pairs(row.id, &members))?;
    super::rescope(tx, &members)?;
    let detail = serde_json::json!({ "name": row.name, "member_ids": members });
    tx.audit("team.create", ("team", row.id.0), detail)?;
    super::announce(tx, row)
}
