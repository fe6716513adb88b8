//! Makes ids: 41 bits of milliseconds since 2025-01-01, 5 bits of node, 7 of sequence; 53 in all.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::clock::system_time;

/// 2025-01-01T00:00:00Z in milliseconds since 1970.
const EPOCH_MS: i64 = 1_735_689_600_000;
const NODE_BITS: u32 = 5;
const SEQUENCE_BITS: u32 = 7;

/// How many nodes can make ids at the same time.
pub(crate) const NODES: i32 = 1 << NODE_BITS;

/// Makes the ids of one process. They rise, whatever the system's clock does; when more than 128 are made within a
/// millisecond they borrow from the next. Independent of a test's clock.
#[derive(Debug)]
pub(crate) struct IdGenerator {
    node: AtomicI64,
    /// Milliseconds and sequence of the last id, without the node between them.
    last: AtomicI64,
}

impl IdGenerator {
    pub(crate) fn new(node: i32) -> Self {
        Self { node: AtomicI64::new(node.into()), last: AtomicI64::new(0) }
    }

    /// Takes another node number, when the lease of the first was lost.
    pub(crate) fn set_node(&self, node: i32) {
        self.node.store(node.into(), Ordering::Release);
    }

    pub(crate) fn next(&self) -> i64 {
        self.next_at(system_time().0 / 1000)
    }

    fn next_at(&self, unix_ms: i64) -> i64 {
        let earliest = (unix_ms - EPOCH_MS).max(0) << SEQUENCE_BITS;
        let mut last = self.last.load(Ordering::Relaxed);
        let taken = loop {
            let next = earliest.max(last + 1);
            match self.last.compare_exchange_weak(last, next, Ordering::AcqRel, Ordering::Relaxed) {
                Ok(_) => break next,
                Err(other) => last = other,
            }
        };
        let (ms, sequence) = (taken >> SEQUENCE_BITS, taken & ((1 << SEQUENCE_BITS) - 1));
        (ms << (NODE_BITS + SEQUENCE_BITS)) | (self.node.load(Ordering::Acquire) << SEQUENCE_BITS) | sequence
    }

    /// The latest millisecond since 1970 that stands in an id.
    pub(crate) fn last_ms(&self) -> i64 {
        (self.last.load(Ordering::Acquire) >> SEQUENCE_BITS) + EPOCH_MS
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_rise_when_the_clock_steps_back() {
        let ids = IdGenerator::new(3);
        let at = EPOCH_MS + 1_000_000;
        let made: Vec<i64> = [at, at + 5, at - 10_000, at - 9_999, at + 5].map(|ms| ids.next_at(ms)).into();
        assert!(made.windows(2).all(|pair| pair[0] < pair[1]), "{made:?}");
    }

    #[test]
    fn ids_of_a_busy_millisecond_differ_and_fit_53_bits() {
        let ids = IdGenerator::new(31);
        let at = EPOCH_MS + (1 << 41) - 10;
        let made: BTreeSet<i64> = (0..1000).map(|_| ids.next_at(at)).collect();
        assert_eq!(made.len(), 1000);
        assert!(made.iter().all(|id| (0..1 << 53).contains(id)));
    }

    #[test]
    fn nodes_never_make_the_same_id() {
        let at = EPOCH_MS + 77;
        let made: BTreeSet<i64> = (0..NODES).map(|node| IdGenerator::new(node).next_at(at)).collect();
        assert_eq!(made.len(), NODES as usize);
    }
}
