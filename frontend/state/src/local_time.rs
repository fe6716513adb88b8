//! Local times of a zone as instants. The zone's rules are the browser's; here stands what they mean for a local time that
//! does not exist or exists twice.

/// Longer than what clocks are moved by, and shorter than the time between two moves, in milliseconds.
const AROUND_MS: i64 = 24 * 60 * 60 * 1000;

/// The instant, in milliseconds since 1970 UTC, at which clocks of a zone show a local time, which is given as if it were
/// UTC. `offset_ms` answers by how much clocks of the zone are ahead of UTC at an instant.
///
/// Of a time that clocks show twice it is the first, and a time that they skip is as much later as they skip: what
/// RFC 5545, section 3.3.5, says of local times.
pub fn instant_of(local_ms: i64, offset_ms: impl Fn(i64) -> i64) -> i64 {
    let before = local_ms - offset_ms(local_ms - AROUND_MS);
    if offset_ms(before) == local_ms - before {
        return before;
    }
    let after = local_ms - offset_ms(local_ms + AROUND_MS);
    if offset_ms(after) == local_ms - after { after } else { before }
}
