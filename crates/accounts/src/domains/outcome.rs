//! What comes of a look at a domain.

use platform::{Granted, Result, Tx};
use types::Timestamp;
use types::accounts::{DomainProof, DomainState};

use super::look::Seen;
use crate::store;
use crate::store::domains::DomainRow;

/// Seconds that looks at a verified domain must have shown nothing before it is failing: a broken name server is no reason.
const FAILING_SECONDS: i64 = 3 * 24 * 3600;

/// Notes what was seen.
pub(super) fn note(tx: &mut Tx<'_>, locked: &Granted<DomainRow>, seen: Seen) -> Result<DomainRow> {
    let after = after(locked, seen, tx.now());
    store::domains::update(tx, locked, &after)?;
    if after.state != locked.state {
        let detail = serde_json::json!({
            "name": after.name, "proof": after.proof, "state": { "from": locked.state, "to": after.state },
        });
        tx.audit("domain.state", ("domain", after.id.0), detail)?;
    }
    super::announce(tx, after.id)?;
    Ok(after)
}

fn after(row: &DomainRow, seen: Seen, now: Timestamp) -> DomainRow {
    let proof = match (seen.dns, seen.http) {
        (Ok(()), _) => Some(DomainProof::Dns),
        (_, Ok(())) => Some(DomainProof::Http),
        _ => None,
    };
    let looked = DomainRow { proof, checked_at: Some(now), ..row.clone() };
    if proof.is_some() {
        return DomainRow {
            state: DomainState::Verified,
            dns_fault: None,
            http_fault: None,
            verified_at: row.verified_at.or(Some(now)),
            failing_since: None,
            ..looked
        };
    }
    let failing_since = row.verified_at.map(|_| row.failing_since.unwrap_or(now));
    let is_failing = failing_since.is_some_and(|since| now.seconds_since(since) >= FAILING_SECONDS);
    DomainRow {
        state: if is_failing { DomainState::Failing } else { row.state },
        dns_fault: seen.dns.err(),
        http_fault: seen.http.err(),
        failing_since,
        ..looked
    }
}
