//! Times in WebVTT and SubRip.

use super::{Place, SubtitleError};

/// The times of a cue in milliseconds from a line such as `00:01.000 --> 00:02.500 align:start`.
pub(super) fn timing(line: &str, place: Place) -> Result<(u64, u64), SubtitleError> {
    let invalid = |rule: String| SubtitleError::Invalid { place, rule };
    let form = || invalid("expected two times such as 00:00:01.000 --> 00:00:02.500".to_owned());
    let (start, rest) = line.split_once("-->").ok_or_else(form)?;
    // What follows the second time are settings.
    let end = rest.split_whitespace().next().ok_or_else(form)?;
    let read = |time: &str| {
        if time.trim_start().starts_with(['-', '\u{2212}']) {
            return Err(invalid(format!("the time {} is negative", time.trim())));
        }
        milliseconds(time.trim())
            .ok_or_else(|| invalid(format!("{:?} is no time such as 00:00:01.000", shortened(time))))
    };
    Ok((read(start)?, read(end)?))
}

fn shortened(time: &str) -> String {
    time.trim().chars().take(40).collect()
}

/// `[h…h:]mm:ss.ttt`, with a comma or a point.
fn milliseconds(time: &str) -> Option<u64> {
    let (clock, fraction) = time.split_once(['.', ','])?;
    let thousandths = (1..=3).contains(&fraction.len()).then(|| number(fraction))??;
    let thousandths = thousandths * 10_u64.pow(3 - u32::try_from(fraction.len()).ok()?);
    let mut parts = clock.rsplit(':');
    let seconds = number(parts.next()?).filter(|seconds| *seconds < 60)?;
    let minutes = number(parts.next()?).filter(|minutes| *minutes < 60)?;
    let hours = parts.next().map_or(Some(0), number)?;
    if parts.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)
}

/// Up to seven digits, so that no sum can overflow.
fn number(digits: &str) -> Option<u64> {
    let plain = (1..=7).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}
