//! The answers to the questions of the bench, held against what the reference said.
#![allow(clippy::unwrap_used, reason = "integration tests are not in a test module")]

use slots_bench::{
    reference::Question,
    scenarios::{self, NOW},
};
use types::Timestamp;

/// Of each question: how many slots the reference found, and the FNV-1a checksum of its list, one instant a line with
/// milliseconds.
const GOLDEN: [(&str, usize, u64); 9] = [
    ("one-15", 648, 0x5355_3393_869a_861e),
    ("one-30", 317, 0x87dc_5544_df2a_2ca5),
    ("one-60", 133, 0x6cca_1001_a3bb_8b74),
    ("one-heavy-15", 299, 0xbc68_a24f_29f5_edeb),
    ("rr10-15", 1988, 0x7fd4_737d_c82a_3ec7),
    ("rr10-30", 996, 0x2a0e_6898_608e_b63a),
    ("rr50-30", 1008, 0xd957_0925_0a74_6b10),
    ("coll3-30", 107, 0x014f_d060_aa9e_12a8),
    ("one-60day-15", 1233, 0xabac_0e1a_0e61_2959),
];

fn checksum(text: &str) -> u64 {
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, add)
}

#[test]
fn answers_are_those_of_the_reference() {
    let scenarios = scenarios::all().unwrap();
    assert_eq!(scenarios.len(), GOLDEN.len());
    for (scenario, (name, count, expected)) in scenarios.iter().zip(GOLDEN) {
        assert_eq!(scenario.name, name);
        let hosts = scenario.hosts();
        let slots = slots::slots(&scenario.rules, &hosts, scenario.rules.bookable, NOW);
        let lines: String = slots
            .iter()
            .map(|slot| format!("{}\n", slot.starts_at.to_string().replace('Z', ".000Z")))
            .collect();
        assert_eq!((slots.len(), checksum(&lines)), (count, expected), "{name}");
        for slot in &slots {
            let offered = slots::is_offered(&scenario.rules, &hosts, slot.starts_at, NOW);
            assert_eq!(offered.as_ref(), Some(&slot.hosts), "{name} {}", slot.starts_at);
        }
        let plain = Question::of(scenario).unwrap().starts(NOW.0 / Timestamp::SECOND).unwrap();
        assert!(
            plain.into_iter().eq(slots.iter().map(|slot| slot.starts_at.0 / Timestamp::SECOND)),
            "{name}"
        );
    }
}
