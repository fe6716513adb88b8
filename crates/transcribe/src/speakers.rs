//! Tells apart the speakers of one channel by their voices.
//!
//! Each voice is a vector of length one that an encoder made; average linkage joins those that point alike.

use kodama::{Method, linkage};

/// A group of voices is another speaker when its mean cosine similarity to the others is below this.
pub(crate) const SAME_SPEAKER: f32 = 0.70;

/// Shorter utterances say too little about a voice to found a speaker; they join the speaker they resemble most.
const FOUNDING_MS: u64 = 800;

/// The most utterances that are compared with each other; the longest are. The work grows with their square.
const MOST: usize = 1500;

/// How one utterance sounds.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    /// Of length one.
    pub(crate) embedding: Vec<f32>,
    pub(crate) length_ms: u64,
}

/// The speaker of each voice, at most `most` different ones, numbered from 0 in the order in which they first speak.
pub(crate) fn speakers(voices: &[Voice], most: usize) -> Vec<usize> {
    let centres = centres(voices, most);
    let nearest = |voice: &Voice| {
        let similarities = centres.iter().map(|centre| cosine(centre, &voice.embedding)).enumerate();
        similarities.max_by(|(_, one), (_, other)| one.total_cmp(other)).map_or(0, |(at, _)| at)
    };
    let mut order: Vec<usize> = Vec::new();
    voices
        .iter()
        .map(|voice| {
            let centre = nearest(voice);
            order.iter().position(|known| *known == centre).unwrap_or_else(|| {
                order.push(centre);
                order.len() - 1
            })
        })
        .collect()
}

/// The mean voice of each speaker.
fn centres(voices: &[Voice], most: usize) -> Vec<Vec<f32>> {
    let mut founding: Vec<&Voice> = voices.iter().filter(|voice| voice.length_ms >= FOUNDING_MS).collect();
    if founding.is_empty() {
        founding = voices.iter().collect();
    }
    founding.sort_by_key(|voice| std::cmp::Reverse(voice.length_ms));
    founding.truncate(MOST);
    clusters(&founding, most).iter().map(|members| mean(members)).collect()
}

/// Groups of voices that sound alike.
fn clusters<'a>(voices: &[&'a Voice], most: usize) -> Vec<Vec<&'a Voice>> {
    let mut distances: Vec<f32> = Vec::with_capacity(voices.len() * voices.len() / 2);
    for (at, voice) in voices.iter().enumerate() {
        distances
            .extend(voices.iter().skip(at + 1).map(|other| 1.0 - cosine(&voice.embedding, &other.embedding)));
    }
    let tree = linkage(&mut distances, voices.len(), Method::Average);
    // Steps join the groups in the order of rising distance; step n makes the group with the number `voices + n`.
    let mut groups: Vec<Option<Vec<&Voice>>> = voices.iter().map(|voice| Some(vec![*voice])).collect();
    let mut count = voices.len();
    for step in tree.steps() {
        if count <= most && step.dissimilarity > 1.0 - SAME_SPEAKER {
            break;
        }
        let mut joined = Vec::new();
        for part in [step.cluster1, step.cluster2] {
            joined.extend(groups.get_mut(part).and_then(Option::take).unwrap_or_default());
        }
        groups.push(Some(joined));
        count -= 1;
    }
    groups.into_iter().flatten().collect()
}

/// The direction in which voices point together, the longer ones more.
fn mean(voices: &[&Voice]) -> Vec<f32> {
    let mut sum: Vec<f32> = vec![0.0; voices.first().map_or(0, |voice| voice.embedding.len())];
    for voice in voices {
        for (sum, value) in sum.iter_mut().zip(&voice.embedding) {
            *sum += value * voice.length_ms as f32;
        }
    }
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    sum.iter().map(|value| value / length.max(f32::MIN_POSITIVE)).collect()
}

fn cosine(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A voice in the plane that points at an angle in degrees.
    fn voice(degrees: f32, length_ms: u64) -> Voice {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Voice { embedding: vec![cos, sin], length_ms }
    }

    #[test]
    fn voices_that_point_alike_are_one_speaker() {
        let voices =
            [voice(80.0, 3000), voice(5.0, 2000), voice(85.0, 1000), voice(-4.0, 5000), voice(76.0, 900)];
        assert_eq!(speakers(&voices, 2), [0, 1, 0, 1, 0]);
    }

    #[test]
    fn one_speaker_is_not_split() {
        let voices = [voice(10.0, 3000), voice(20.0, 2000), voice(0.0, 900), voice(30.0, 1500)];
        assert_eq!(speakers(&voices, 2), [0, 0, 0, 0]);
    }

    #[test]
    fn there_are_no_more_speakers_than_asked_for() {
        let voices = [voice(0.0, 3000), voice(70.0, 2000), voice(180.0, 4000)];
        assert_eq!(speakers(&voices, 3), [0, 1, 2]);
        assert_eq!(speakers(&voices, 2), [0, 0, 1]);
    }

    #[test]
    fn a_short_sound_founds_no_speaker() {
        let voices = [voice(0.0, 3000), voice(95.0, 200), voice(4.0, 2000)];
        assert_eq!(speakers(&voices, 2), [0, 0, 0]);
        assert_eq!(speakers(&[voice(0.0, 200), voice(95.0, 200)], 2), [0, 1]);
        assert_eq!(speakers(&[], 2), [0; 0]);
    }
}
