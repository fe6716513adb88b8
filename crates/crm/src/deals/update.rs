//! Changing a deal.

use actix_web::put;
use platform::{Result, Tx};
use types::crm::{Deal, DealPath, SaveDeal, TimelineEvent};
use types::{DealId, DealStageId, Event};
use web::{Body, Call, Path, Reply};

use super::create::checked;
use crate::store::DealRow;
use crate::{access, properties, records, store, timeline};

/// Change a deal: the request holds the whole of it.
#[utoipa::path(operation_id = "update_deal", tag = "crm", params(DealPath), request_body = SaveDeal, responses((status = 200, body = Deal)))]
#[put("/v1/deals/{deal_id}")]
pub async fn update_deal(call: Call, path: Path<DealPath>, body: Body<SaveDeal>) -> Reply {
    call.write(move |tx| update(tx, path.deal_id, &body)).await
}

/// Writes the whole of a deal.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::NotFound`](platform::Error::NotFound) for a deal that is out of sight.
pub fn update(tx: &mut Tx<'_>, id: DealId, request: &SaveDeal) -> Result<Deal> {
    let locked = access::lock_deal(tx, id)?;
    let (row, values) = checked(tx, id, (locked.created_at, Some(locked.stage_id)), request)?;
    store::update_deal(tx, &locked, &row)?;
    values.write(tx, id)?;
    note_changes(tx, &locked, &row)?;
    let deal = row.to_wire(properties::of_record(tx, id)?);
    let owners = (locked.owner_id, row.owner_id);
    records::announce(tx, id, owners, Event::DealChanged { deal: Box::new(deal.clone()) })?;
    Ok(deal)
}

fn note_changes(tx: &mut Tx<'_>, before: &DealRow, after: &DealRow) -> Result<()> {
    if before.owner_id != after.owner_id {
        let changed = TimelineEvent::OwnerChanged { from: before.owner_id, to: after.owner_id };
        timeline::record(tx, after.id, changed)?;
    }
    if before.stage_id != after.stage_id {
        let (from, to) = (stage_name(tx, before.stage_id)?, stage_name(tx, after.stage_id)?);
        timeline::record(tx, after.id, TimelineEvent::StageChanged { from, to })?;
    }
    Ok(())
}

fn stage_name(tx: &mut Tx<'_>, id: DealStageId) -> Result<String> {
    Ok(store::hold_deal_stage(tx, id)?.map(|stage| stage.name).unwrap_or_default())
}
