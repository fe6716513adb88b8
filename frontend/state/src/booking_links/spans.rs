//! Lengths of time in the largest unit that names them exactly.

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Minutes.
    Minutes(u32),
    /// Whole hours.
    Hours(u32),
    /// Whole days.
    Days(u32),
}

/// Minutes as the largest unit that names them exactly.
pub fn span_of(minutes: u32) -> Span {
    const DAY: u32 = 24 * 60;
    match minutes {
        0 => Span::Minutes(0),
        _ if minutes.is_multiple_of(DAY) => Span::Days(minutes / DAY),
        _ if minutes.is_multiple_of(60) => Span::Hours(minutes / 60),
        _ => Span::Minutes(minutes),
    }
}

/// How many minutes a length is; the largest number where that would be more.
pub fn minutes_of(span: Span) -> u32 {
    match span {
        Span::Minutes(minutes) => minutes,
        Span::Hours(hours) => hours.saturating_mul(60),
        Span::Days(days) => days.saturating_mul(24 * 60),
    }
}
