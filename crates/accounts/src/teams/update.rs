use actix_web::put;
use platform::{Result, Tx};
use types::accounts::{SaveTeam, Team, TeamPath};
use web::{Body, Call, Path, Reply};

use crate::store::teams::TeamRow;
use crate::{access, fields, store};

/// Replace a team.
#[utoipa::path(operation_id = "update_team", tag = "teams", params(TeamPath), request_body = SaveTeam, responses((status = 200, body = Team)))]
#[put("/v1/teams/{team_id}")]
pub async fn update_team(call: Call, path: Path<TeamPath>, body: Body<SaveTeam>) -> Reply {
    call.write(move |tx| update(tx, &path, &body)).await
}

fn update(tx: &mut Tx<'_>, path: &TeamPath, after: &SaveTeam) -> Result<Team> {
    let team = access::lock_team(tx, path.team_id)?;
    let name = fields::name("name", &after.name)?;
    let members = access::all_users(tx, "member_ids", &after.member_ids)?;
    let before = store::teams::members(tx, team.id)?;
    store::teams::rename(tx, &team, &name).map_err(super::name_is_taken)?;
    store::teams::remove_members(tx, team.id)?;
    store::teams::add_members(tx, &super::pairs(team.id, &members))?;
    let concerned: Vec<_> = before.iter().chain(&members).copied().collect();
    super::rescope(tx, &concerned)?;
    let detail = serde_json::json!({
        "name": { "from": team.name, "to": name },
        "member_ids": { "from": before, "to": members },
    });
    tx.audit("team.update", ("team", team.id.0), detail)?;
    super::announce(tx, TeamRow { name, ..team.into_inner() })
}
