//! Whose turn it is in round robin.
//!
//! Among the hosts who are free, the one who has been given the fewest of the link's meetings in the last 30 days for their
//! weight; among equals the one who was given one longest ago, then the first in the link's order. The same facts always
//! give the same host, and they are kept with the meeting.

use std::cmp::Ordering;

use platform::{Result, Tx};
use types::UserId;
use types::booking::{HostCandidate, HostChoice};

use crate::store::links::{self, LinkRow};
use crate::store::meetings;

/// How far back meetings count, in seconds.
const LOOK_BACK_SECONDS: i64 = 30 * 24 * 60 * 60;

/// Who of these hosts is chosen: the first of the candidates.
pub(crate) fn choose(tx: &mut Tx<'_>, link: &LinkRow, free: &[UserId]) -> Result<HostChoice> {
    let since = tx.now().plus_seconds(-LOOK_BACK_SECONDS);
    let given = meetings::given(tx, link.id, since)?;
    let hosts = links::hosts_of(tx, link.id)?;
    let mut candidates: Vec<HostCandidate> = hosts
        .into_iter()
        .filter(|host| free.contains(&host.user_id))
        .map(|host| {
            let (meetings, last_at) = given.get(&host.user_id).copied().unwrap_or_default();
            HostCandidate { user_id: host.user_id, meetings, weight: host.weight, last_at }
        })
        .collect();
    candidates.sort_by(by_turn);
    Ok(HostChoice { candidates })
}

/// Who comes first. The sorting is stable, so that equals stay in the link's order.
fn by_turn(one: &HostCandidate, other: &HostCandidate) -> Ordering {
    // The next meeting counts too, so that a heavier weight is felt from the first one on: (a + 1) / weight.
    let load = |of: &HostCandidate, weight: u16| (of.meetings + 1).saturating_mul(weight.into());
    load(one, other.weight).cmp(&load(other, one.weight)).then(one.last_at.cmp(&other.last_at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Timestamp;

    fn candidate(id: i64, meetings: i64, weight: u16, last_at: Option<i64>) -> HostCandidate {
        HostCandidate { user_id: UserId(id), meetings, weight, last_at: last_at.map(Timestamp) }
    }

    fn first(mut candidates: Vec<HostCandidate>) -> i64 {
        candidates.sort_by(by_turn);
        candidates[0].user_id.0
    }

    #[test]
    fn the_fewest_for_their_weight_come_first() {
        assert_eq!(first(vec![candidate(1, 3, 1, None), candidate(2, 2, 1, None)]), 2);
        assert_eq!(first(vec![candidate(1, 3, 4, None), candidate(2, 2, 1, None)]), 1);
        assert_eq!(first(vec![candidate(1, 1, 1, Some(20)), candidate(2, 1, 1, Some(10))]), 2);
        assert_eq!(first(vec![candidate(1, 1, 1, Some(20)), candidate(2, 1, 1, None)]), 2);
        assert_eq!(first(vec![candidate(1, 0, 1, None), candidate(2, 0, 1, None)]), 1);
    }

    #[test]
    fn weights_are_shares_in_the_long_run() {
        let mut hosts = [candidate(1, 0, 3, None), candidate(2, 0, 1, None)];
        for at in 0..400 {
            hosts.sort_by_key(|host| host.user_id);
            hosts.sort_by(by_turn);
            hosts[0].meetings += 1;
            hosts[0].last_at = Some(Timestamp(at));
        }
        hosts.sort_by_key(|host| host.user_id);
        assert_eq!((hosts[0].meetings, hosts[1].meetings), (300, 100));
    }
}
