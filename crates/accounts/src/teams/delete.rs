use actix_web::delete;
use platform::{Result, Tx};
use types::accounts::TeamPath;
use types::{Event, Subject};
use web::{Call, Path, Reply};

use crate::{access, store};

/// Delete a team.
///
/// Its open conversations become unassigned.
#[utoipa::path(operation_id = "delete_team", tag = "teams", params(TeamPath), responses((status = 204)))]
#[delete("/v1/teams/{team_id}")]
pub async fn delete_team(call: Call, path: Path<TeamPath>) -> Reply {
    call.delete(move |tx| delete(tx, &path)).await
}

fn delete(tx: &mut Tx<'_>, path: &TeamPath) -> Result<()> {
    let team = access::lock_team(tx, path.team_id)?;
    let members = store::teams::members(tx, team.id)?;
    store::teams::delete(tx, &team)?;
    super::rescope(tx, &members)?;
    tx.emit(Subject::Everyone, Event::TeamDeleted { team_id: team.id })?;
    tx.audit("team.delete", ("team", team.id.0), serde_json::json!({ "name": team.name }))
}
