//! The lines of a transcript: which one is being said, and what is marked in a text.

use std::ops::Range;

use types::SpeakerId;
use types::calls::{Segment, TextRange};

/// The position of the segment that is said at a moment, or was said last before it. The segments are in order of time.
pub fn line_at(segments: &[Segment], ms: i64) -> Option<usize> {
    segments.partition_point(|segment| segment.start_ms <= ms).checked_sub(1)
}

/// When a speaker speaks, in order of time; nobody's segments for `None`.
pub fn speech_of(segments: &[Segment], speaker: Option<SpeakerId>) -> Vec<Range<i64>> {
    let own = segments.iter().filter(|segment| segment.speaker_id == speaker);
    own.map(|segment| segment.start_ms..segment.end_ms).collect()
}

/// A text in pieces, each with whether it is marked. Ranges may overlap or lie outside the text.
pub fn marked(text: &str, ranges: &[TextRange]) -> Vec<(bool, String)> {
    let is_marked = |position: usize| {
        ranges.iter().any(|range| {
            let first = usize::try_from(range.position).unwrap_or_default();
            let length = usize::try_from(range.length).unwrap_or_default();
            (first..first.saturating_add(length)).contains(&position)
        })
    };
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for (position, character) in text.chars().enumerate() {
        let marked = is_marked(position);
        match pieces.last_mut() {
            Some((last, piece)) if *last == marked => piece.push(character),
            _ => pieces.push((marked, character.to_string())),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::SegmentId;

    fn segment(id: i64, start_ms: i64, end_ms: i64) -> Segment {
        Segment {
            id: SegmentId(id),
            speaker_id: Some(SpeakerId(id % 2)),
            start_ms,
            end_ms,
            text: String::new(),
            original_text: None,
            edited_by: None,
            edited_at: None,
            confidence: None,
        }
    }

    #[test]
    fn the_line_that_is_said() {
        let segments = [segment(1, 1_000, 2_000), segment(2, 1_500, 4_000), segment(3, 9_000, 9_500)];
        assert_eq!(line_at(&segments, 0), None);
        assert_eq!(line_at(&segments, 1_200), Some(0));
        assert_eq!(line_at(&segments, 1_500), Some(1), "who begins last is shown");
        assert_eq!(line_at(&segments, 6_000), Some(1), "the last one stays in a pause");
        assert_eq!(line_at(&segments, 99_000), Some(2));
        assert_eq!(speech_of(&segments, Some(SpeakerId(1))), [1_000..2_000, 9_000..9_500]);
    }

    #[test]
    fn marks_count_characters() {
        let range = |position, length| TextRange { position, length };
        assert_eq!(
            marked("été: refund", &[range(5, 6), range(0, 3)]),
            [(true, "été".to_owned()), (false, ": ".to_owned()), (true, "refund".to_owned())]
        );
        assert_eq!(marked("a", &[range(5, 6)]), [(false, "a".to_owned())]);
        assert_eq!(marked("", &[range(0, 1)]), []);
    }
}
