//! Telling speakers apart by what the provider of a call noted of who spoke when.

use types::calls::SpeakerSeparation;

use super::content::{Content, Heard, Said};
use crate::store::active_speakers::Turn;

impl Content {
    /// The same with the speakers that the provider noted, where it noted any: each segment is whoever's who spoke for the
    /// longest of it. What was said while nobody was noted stays nobody's.
    pub(super) fn told_apart(self, turns: &[Turn]) -> Self {
        if turns.is_empty() {
            return self;
        }
        let mut speakers: Vec<Heard> = Vec::new();
        let segments = self.segments.into_iter().map(|said| {
            let speaker = longest(turns, &said).map(|name| place(&mut speakers, name));
            Said { speaker, ..said }
        });
        let segments = segments.collect();
        Self { separation: SpeakerSeparation::Named, segments, speakers, ..self }
    }
}

/// Whoever spoke for the longest of a segment.
fn longest<'t>(turns: &'t [Turn], said: &Said) -> Option<&'t str> {
    let mut times: Vec<(&str, i64)> = Vec::new();
    // Turns are in their order, and one ends before the next one begins.
    let first = turns.partition_point(|turn| turn.end_ms <= said.start_ms);
    for turn in turns.iter().skip(first).take_while(|turn| turn.start_ms < said.end_ms) {
        let time = turn.end_ms.min(said.end_ms) - turn.start_ms.max(said.start_ms);
        match times.iter_mut().find(|(name, _)| *name == turn.name) {
            Some((_, sum)) => *sum += time,
            None => times.push((&turn.name, time)),
        }
    }
    times.into_iter().max_by_key(|(_, time)| *time).map(|(name, _)| name)
}

fn place(speakers: &mut Vec<Heard>, name: &str) -> usize {
    let known = speakers.iter().position(|heard| heard.name.as_deref() == Some(name));
    known.unwrap_or_else(|| {
        speakers.push(Heard { channel: None, name: Some(name.to_owned()) });
        speakers.len() - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(start_ms: i64, end_ms: i64) -> Said {
        Said { speaker: Some(0), start_ms, end_ms, text: "Hello".to_owned(), confidence: None }
    }

    #[test]
    fn a_segment_is_whoevers_who_spoke_for_the_longest_of_it() {
        let turn = |start_ms, end_ms, name: &str| Turn { start_ms, end_ms, name: name.to_owned() };
        let turns = [turn(1000, 3000, "Ana"), turn(3000, 3500, "Zoë"), turn(3500, 4500, "Ana")];
        let content = Content {
            engine: None,
            model: None,
            language: None,
            separation: SpeakerSeparation::NotSeparated,
            speakers: vec![Heard::default()],
            segments: vec![said(0, 900), said(500, 1500), said(2900, 3500), said(3000, 4400)],
        };
        assert_eq!(content.clone().told_apart(&[]), content);
        let apart = content.told_apart(&turns);
        assert_eq!(apart.separation, SpeakerSeparation::Named);
        let names: Vec<_> = apart.speakers.iter().map(|heard| heard.name.as_deref()).collect();
        assert_eq!(names, [Some("Ana"), Some("Zoë")]);
        let speakers: Vec<_> = apart.segments.iter().map(|said| said.speaker).collect();
        assert_eq!(speakers, [None, Some(0), Some(1), Some(0)]);
    }
}
