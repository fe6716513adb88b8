//! How people talk: what can be counted from who speaks when.

use types::SpeakerId;
use types::calls::SpeakerMetrics;

/// What one speaker says from one moment to another, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Talk {
    pub(super) speaker: SpeakerId,
    pub(super) start_ms: i64,
    pub(super) end_ms: i64,
}

/// What was counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Measured {
    /// By speaker, in the order of the speakers that were given.
    pub(super) speakers: Vec<SpeakerMetrics>,
    /// How often the word passes from one speaker to another, per minute from the first word to the last.
    pub(super) interactivity: f64,
}

/// Counts how the speakers talk. `talk` is in the order of beginnings. A turn is what one speaker says until another
/// begins, pauses included; an answer is a turn that follows another speaker's, and the pause before it is the time between
/// the two, nothing where they overlap.
pub(super) fn measure(speakers: &[SpeakerId], talk: &[Talk]) -> Measured {
    let turns = turns(talk);
    let talked: Vec<i64> = speakers.iter().map(|speaker| talk_ms(*speaker, talk)).collect();
    let all: i64 = talked.iter().sum();
    let of_speaker = |(speaker, talk_ms): (&SpeakerId, &i64)| SpeakerMetrics {
        speaker_id: *speaker,
        talk_ms: *talk_ms,
        talk_share: share(*talk_ms, all),
        longest_monologue_ms: longest(*speaker, &turns),
        patience_ms: patience(*speaker, &turns),
    };
    Measured {
        speakers: speakers.iter().zip(&talked).map(of_speaker).collect(),
        interactivity: interactivity(&turns),
    }
}

/// A part of a whole, from 0 to 1; nothing of nothing.
pub(super) fn share(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn turns(talk: &[Talk]) -> Vec<Talk> {
    let mut turns: Vec<Talk> = Vec::new();
    for said in talk {
        match turns.last_mut() {
            Some(turn) if turn.speaker == said.speaker => turn.end_ms = turn.end_ms.max(said.end_ms),
            _ => turns.push(*said),
        }
    }
    turns
}

fn talk_ms(speaker: SpeakerId, talk: &[Talk]) -> i64 {
    let (mut total, mut until) = (0, i64::MIN);
    for said in talk.iter().filter(|said| said.speaker == speaker) {
        total += (said.end_ms - said.start_ms.max(until)).max(0);
        until = until.max(said.end_ms);
    }
    total
}

fn longest(speaker: SpeakerId, turns: &[Talk]) -> i64 {
    let own = turns.iter().filter(|turn| turn.speaker == speaker);
    own.map(|turn| turn.end_ms - turn.start_ms).max().unwrap_or_default()
}

fn patience(speaker: SpeakerId, turns: &[Talk]) -> Option<i64> {
    let (mut pauses, mut answers) = (0, 0);
    for pair in turns.windows(2) {
        if let [before, answer] = pair
            && answer.speaker == speaker
        {
            pauses += (answer.start_ms - before.end_ms).max(0);
            answers += 1;
        }
    }
    (answers > 0).then(|| pauses / answers)
}

fn interactivity(turns: &[Talk]) -> f64 {
    let begin = turns.first().map_or(0, |turn| turn.start_ms);
    let end = turns.iter().map(|turn| turn.end_ms).max().unwrap_or_default();
    let changes = turns.len().saturating_sub(1);
    if end <= begin { 0.0 } else { changes as f64 * 60_000.0 / (end - begin) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANA: SpeakerId = SpeakerId(1);
    const BEN: SpeakerId = SpeakerId(2);

    fn talk(said: &[(SpeakerId, i64, i64)]) -> Vec<Talk> {
        said.iter().map(|&(speaker, start_ms, end_ms)| Talk { speaker, start_ms, end_ms }).collect()
    }

    #[test]
    fn shares_turns_pauses_and_changes_are_counted() {
        let said = talk(&[
            (ANA, 0, 4_000),
            (ANA, 5_000, 9_000),
            (BEN, 10_000, 14_000),
            (ANA, 13_000, 15_000),
            (BEN, 18_000, 20_000),
        ]);
        let measured = measure(&[ANA, BEN], &said);
        let ana = SpeakerMetrics {
            speaker_id: ANA,
            talk_ms: 10_000,
            talk_share: 0.625,
            longest_monologue_ms: 9_000,
            // It broke in.
            patience_ms: Some(0),
        };
        let ben = SpeakerMetrics {
            speaker_id: BEN,
            talk_ms: 6_000,
            talk_share: 0.375,
            longest_monologue_ms: 4_000,
            // 1 s and 3 s.
            patience_ms: Some(2_000),
        };
        assert_eq!(measured.speakers, [ana, ben]);
        // Three changes in a third of a minute.
        assert!((measured.interactivity - 9.0).abs() < 1e-9, "{}", measured.interactivity);
    }

    #[test]
    fn what_overlaps_itself_counts_once_and_silence_is_no_fault() {
        let twice = measure(&[ANA], &talk(&[(ANA, 0, 3_000), (ANA, 1_000, 2_000), (ANA, 2_500, 4_000)]));
        assert_eq!(twice.speakers[0].talk_ms, 4_000);
        assert_eq!(twice.speakers[0].patience_ms, None);
        let silent = measure(&[ANA], &[]);
        assert_eq!((silent.speakers[0].talk_ms, silent.interactivity), (0, 0.0));
        assert_eq!(silent.speakers[0].talk_share, 0.0);
    }
}
