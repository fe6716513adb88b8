//! Creating a deal.

use actix_web::post;
use platform::fields::Fields;
use platform::{Result, Tx};
use types::crm::{Deal, ObjectKind, SaveDeal, TimelineEvent};
use types::{DealId, DealStageId, Event, Timestamp};
use web::{Body, Call, Reply};

use super::currency;
use crate::properties::{self, Changes};
use crate::store::{self, DealRow};
use crate::{access, folding, records, timeline};

/// The largest amount, in minor units: JavaScript counts exactly so far.
const MOST: i64 = 1_000_000_000_000_000;

/// Create a deal.
#[utoipa::path(operation_id = "create_deal", tag = "crm", request_body = SaveDeal, responses((status = 201, body = Deal)))]
#[post("/v1/deals")]
pub async fn create_deal(call: Call, body: Body<SaveDeal>) -> Reply {
    call.create(move |tx| create(tx, &body)).await
}

/// Creates a deal, in the first stage unless told.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `EditContacts`.
pub fn create(tx: &mut Tx<'_>, request: &SaveDeal) -> Result<Deal> {
    access::require_edit(tx)?;
    let id = tx.new_id();
    let now = tx.now();
    let (row, values) = checked(tx, id, (now, None), request)?;
    store::insert_deal(tx, &row)?;
    values.write(tx, id)?;
    timeline::record(tx, id, TimelineEvent::RecordCreated)?;
    let deal = row.to_wire(properties::of_record(tx, id)?);
    tx.emit(records::subject(row.owner_id), Event::DealChanged { deal: Box::new(deal.clone()) })?;
    Ok(deal)
}

/// The row that a request describes and the values of custom properties, after checking every rule. `stage` is the one
/// that the deal is in by now.
pub(super) fn checked(
    tx: &mut Tx<'_>,
    id: DealId,
    (created_at, stage): (Timestamp, Option<DealStageId>),
    request: &SaveDeal,
) -> Result<(DealRow, Changes)> {
    let mut fields = Fields::default();
    let name = fields.required("name", &request.name, 200);
    let (amount_minor, currency) = amount(&mut fields, request);
    let row = DealRow {
        id,
        name_key: folding::name_key(&name),
        name,
        amount_minor,
        currency,
        stage_id: stage_of(tx, &mut fields, request.stage_id, stage)?,
        close_date: request.close_date,
        owner_id: request.owner_id,
        created_at,
        updated_at: tx.now(),
    };
    records::check_owner(tx, &mut fields, request.owner_id)?;
    let values = Changes::checked(tx, &mut fields, ObjectKind::Deal, &request.properties)?;
    fields.finish()?;
    Ok((row, values))
}

fn amount(fields: &mut Fields, request: &SaveDeal) -> (Option<i64>, Option<String>) {
    let currency = request.currency.as_deref().map(str::trim).filter(|code| !code.is_empty());
    if currency.is_some_and(|code| !currency::is_known(code)) {
        fields.refuse("currency", "malformed", "must be a code of ISO 4217 such as EUR".to_owned());
    }
    if request.amount_minor.is_some_and(|amount| !(0..=MOST).contains(&amount)) {
        fields.refuse("amount_minor", "out_of_range", format!("must be 0 to {MOST}"));
    }
    match (request.amount_minor, currency) {
        (Some(_), None) => fields.refuse("currency", "required", "an amount needs a currency".to_owned()),
        (None, Some(_)) => fields.refuse("amount_minor", "required", "a currency needs an amount".to_owned()),
        _ => {}
    }
    (request.amount_minor, currency.map(str::to_owned))
}

/// The stage that is asked for, the one that the deal is in, or the first.
fn stage_of(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    wanted: Option<DealStageId>,
    current: Option<DealStageId>,
) -> Result<DealStageId> {
    let first = match wanted.or(current) {
        Some(id) => id,
        None => store::deal_stages(tx)?.first().map_or(DealStageId(0), |stage| stage.id),
    };
    if store::hold_deal_stage(tx, first)?.is_none() {
        fields.refuse("stage_id", "unknown", "there is no such stage".to_owned());
    }
    Ok(first)
}
