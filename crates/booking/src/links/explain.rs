//! Why a time is not offered.

use actix_web::get;
use platform::{Result, Tx};
use slots::Reason;
use types::booking::{
    BookingLinkPath, BookingLinkState, ExplainSlot, MissingReason, MissingSlotReason, SlotExplanation,
};
use types::{BookingLinkId, Timestamp, UserId};
use web::{Call, Params, Path, Reply};

use crate::access;
use crate::slots::{Facts, Own, Standing, standing};
use crate::store::links;

/// Say why a time of a link is offered or not.
#[utoipa::path(operation_id = "explain_slot", tag = "booking", params(BookingLinkPath, ExplainSlot), responses((status = 200, body = SlotExplanation)))]
#[get("/v1/booking_links/{booking_link_id}/slot")]
pub async fn explain_slot(call: Call, path: Path<BookingLinkPath>, query: Params<ExplainSlot>) -> Reply {
    call.read(move |tx| explain(tx, path.booking_link_id, &query)).await
}

/// Why a time is offered or not, host by host.
///
/// # Errors
/// [`Error::NotFound`](platform::Error::NotFound); [`Error::Invalid`](platform::Error::Invalid) for a duration beyond 480.
pub fn explain(tx: &mut Tx<'_>, id: BookingLinkId, query: &ExplainSlot) -> Result<SlotExplanation> {
    let link = access::read_link(tx, id)?;
    if !(5..=480).contains(&query.duration_minutes) {
        return Err(platform::Error::invalid("duration_minutes", "must be 5 to 480"));
    }
    let hosts = links::hosts_of(tx, id)?;
    let standing = standing(tx, &link, hosts)?;
    let starts_at = query.starts_at;
    let within = (starts_at, starts_at.plus_seconds(60 * i64::from(query.duration_minutes)));
    let facts = Facts::of(tx, &link, &standing, (query.duration_minutes, within), &Own::default())?;
    let now = tx.now();
    let open = standing.state == BookingLinkState::Active;
    let free_host_ids = facts.free_hosts(starts_at, now).filter(|_| open).unwrap_or_default();
    let mut reasons = standing_reasons(&standing);
    if free_host_ids.is_empty() {
        reasons.extend(facts.explain(starts_at, now).into_iter().filter_map(|reason| shown(&reason)));
    }
    Ok(SlotExplanation { is_offered: !free_host_ids.is_empty(), free_host_ids, reasons })
}

/// What is in the way of every time.
fn standing_reasons(standing: &Standing) -> Vec<MissingSlotReason> {
    let mut reasons = Vec::new();
    if standing.state == BookingLinkState::Ended || standing.state == BookingLinkState::WithoutHosts {
        reasons.push(bare(MissingReason::LinkEnded));
    }
    for host in &standing.unreachable {
        reasons.push(MissingSlotReason { host_id: Some(*host), ..bare(MissingReason::CalendarUnreachable) });
    }
    reasons
}

fn bare(reason: MissingReason) -> MissingSlotReason {
    MissingSlotReason { reason, host_id: None, from: None, until: None, detail: None }
}

fn shown(reason: &Reason) -> Option<MissingSlotReason> {
    let of_host = |reason, host: i64| MissingSlotReason { host_id: Some(UserId(host)), ..bare(reason) };
    let within = |reason, host: i64, span: &slots::Span| MissingSlotReason {
        from: Some(span.from),
        until: Some(span.until),
        ..of_host(reason, host)
    };
    Some(match reason {
        Reason::NoHosts => return None,
        Reason::Past => bare(MissingReason::Past),
        Reason::Notice { earliest } => {
            MissingSlotReason { from: Some::<Timestamp>(*earliest), ..bare(MissingReason::Notice) }
        }
        Reason::BeforeWindow => bare(MissingReason::BeforeWindow),
        Reason::AfterWindow => bare(MissingReason::AfterWindow),
        Reason::OutsideHours { host } => of_host(MissingReason::OutsideHours, *host),
        Reason::ClosedDate { host } => of_host(MissingReason::ClosedDate, *host),
        Reason::NotOnGrid { step } => {
            MissingSlotReason { detail: Some(step.to_string()), ..bare(MissingReason::NotOnGrid) }
        }
        Reason::Busy { host, span } => within(MissingReason::Busy, *host, span),
        Reason::Buffer { host, span } => within(MissingReason::Buffer, *host, span),
        Reason::DayFull { host, most } => {
            MissingSlotReason { detail: Some(most.to_string()), ..of_host(MissingReason::DayFull, *host) }
        }
        Reason::WeekFull { host, most } => {
            MissingSlotReason { detail: Some(most.to_string()), ..of_host(MissingReason::WeekFull, *host) }
        }
    })
}
