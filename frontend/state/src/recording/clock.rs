//! Moments of a recording as people write them: `1:23`, `1:02:03`.

/// A moment in milliseconds as `m:ss`, or `h:mm:ss` from an hour on; parts of a second are dropped.
pub fn clock(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// Reads `83`, `83.5`, `1:23`, `1:23.5` or `1:02:03` as milliseconds. Below the first part, minutes and seconds are less
/// than 60.
pub fn parse_clock(text: &str) -> Option<i64> {
    let mut parts = text.trim().split(':').rev();
    let (seconds, minutes, hours) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    let digits = |text: &str| !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    let whole = |text: &str| digits(text).then(|| text.parse::<i64>().ok()).flatten();
    let (seconds, fraction) = seconds.split_once(['.', ',']).unwrap_or((seconds, "0"));
    let milliseconds =
        digits(fraction).then(|| format!("{fraction:0<3}").get(..3)?.parse::<i64>().ok())??;
    let seconds = whole(seconds).filter(|seconds| minutes.is_none() || *seconds < 60)?;
    let minutes = minutes.map_or(Some(0), whole).filter(|minutes| hours.is_none() || *minutes < 60)?;
    let hours = hours.map_or(Some(0), whole)?;
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds)
}

#[cfg(test)]
mod tests {
    use super::{clock, parse_clock};

    #[test]
    fn moments_are_written() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(83_999), "1:23");
        assert_eq!(clock(3_723_000), "1:02:03");
        assert_eq!(clock(-5), "0:00");
    }

    #[test]
    fn moments_are_read() {
        assert_eq!(parse_clock("83"), Some(83_000));
        assert_eq!(parse_clock(" 1:23 "), Some(83_000));
        assert_eq!(parse_clock("1:23.5"), Some(83_500));
        assert_eq!(parse_clock("1:23,25"), Some(83_250));
        assert_eq!(parse_clock("1:02:03"), Some(3_723_000));
        assert_eq!(parse_clock("90:00"), Some(5_400_000), "the first part may be large");
        for wrong in ["", ":", "1:", "1:60", "1:60:00", "1:2:3:4", "-1", "1:2x", "1.", "99999999"] {
            assert_eq!(parse_clock(wrong), None, "{wrong}");
        }
    }
}
