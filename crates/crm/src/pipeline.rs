//! The pipeline: the stages that deals go through, one list for the account.

use std::collections::HashSet;

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use serde_json::json;
use types::crm::{Pipeline, SavePipeline, StageOutcome};
use types::{DealStageId, ErrorCode, Event, Permission, Subject};
use web::{Body, Call, Reply};

use crate::store::DealStageRow;
use crate::{access, folding, store};

/// Most stages.
const MOST: usize = 50;

/// Get the stages that deals go through, in order.
#[utoipa::path(operation_id = "get_pipeline", tag = "crm", responses((status = 200, body = Pipeline)))]
#[get("/v1/pipeline")]
pub async fn get_pipeline(call: Call) -> Reply {
    call.read(get).await
}

/// Save the stages that deals go through: the request holds the whole list.
#[utoipa::path(operation_id = "save_pipeline", tag = "crm", request_body = SavePipeline, responses((status = 200, body = Pipeline)))]
#[put("/v1/pipeline")]
pub async fn save_pipeline(call: Call, body: Body<SavePipeline>) -> Reply {
    call.write(move |tx| save(tx, &body)).await
}

/// The stages in order.
///
/// # Errors
/// [`Error::Forbidden`] without `ReadContacts`.
pub fn get(tx: &mut Tx<'_>) -> Result<Pipeline> {
    access::require_read(tx)?;
    let stages = store::deal_stages(tx)?;
    Ok(Pipeline { stages: stages.iter().map(DealStageRow::to_wire).collect() })
}

/// Writes the whole list of stages.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Conflict`] `in_use` when a stage that is left out has deals;
/// [`Error::Forbidden`] without `ManageSettings`.
pub fn save(tx: &mut Tx<'_>, request: &SavePipeline) -> Result<Pipeline> {
    access::require_settings(tx)?;
    let before = store::lock_deal_stages(tx)?;
    let after = checked(tx, request, &before)?;
    let kept: HashSet<DealStageId> = after.iter().map(|stage| stage.id).collect();
    for gone in before.iter().filter(|stage| !kept.contains(&stage.id)) {
        let deals = store::deals_in_stage(tx, gone.id)?;
        if deals > 0 {
            let detail = format!("{deals} deals are in the stage \"{}\"; move them first.", gone.name);
            return Err(Error::conflict(ErrorCode::InUse, detail));
        }
        store::delete_deal_stage(tx, gone.id)?;
    }
    for stage in &after {
        if before.iter().any(|known| known.id == stage.id) {
            store::update_deal_stage(tx, stage)?;
        } else {
            store::insert_deal_stage(tx, stage)?;
        }
    }
    let stages: Vec<_> = after.iter().map(DealStageRow::to_wire).collect();
    let from: Vec<_> = before.iter().map(DealStageRow::to_wire).collect();
    tx.audit("pipeline.save", ("pipeline", 0), json!({ "from": from, "to": stages }))?;
    tx.emit(
        Subject::Permission(Permission::ReadContacts),
        Event::PipelineChanged { stages: stages.clone() },
    )?;
    Ok(Pipeline { stages })
}

fn checked(tx: &Tx<'_>, request: &SavePipeline, before: &[DealStageRow]) -> Result<Vec<DealStageRow>> {
    let mut fields = Fields::default();
    if !(1..=MOST).contains(&request.stages.len()) {
        fields.refuse("stages", "out_of_range", format!("must have 1 to {MOST} stages"));
    }
    if !request.stages.iter().any(|stage| stage.outcome == StageOutcome::Open) {
        fields.refuse("stages", "invalid", "at least one stage must be open".to_owned());
    }
    let (mut names, mut ids) = (HashSet::new(), HashSet::new());
    let mut rows = Vec::with_capacity(request.stages.len());
    for (position, stage) in request.stages.iter().enumerate() {
        let name = fields.required(&format!("stages.{position}.name"), &stage.name, 100);
        if !names.insert(folding::name_key(&name)) {
            let field = format!("stages.{position}.name");
            fields.refuse(&field, "taken", "another stage has this name".to_owned());
        }
        if let Some(id) = stage.id
            && !(ids.insert(id) && before.iter().any(|known| known.id == id))
        {
            let field = format!("stages.{position}.id");
            fields.refuse(&field, "unknown", "there is no such stage, or it is named twice".to_owned());
        }
        rows.push(DealStageRow {
            id: stage.id.unwrap_or_else(|| tx.new_id()),
            name,
            outcome: stage.outcome,
            position: i32::try_from(position).map_err(Error::internal)?,
        });
    }
    fields.finish()?;
    Ok(rows)
}
