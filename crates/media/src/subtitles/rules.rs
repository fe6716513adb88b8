//! What holds for the cues of every format.

use super::{Cue, Raw, Repair, SubtitleError, SubtitleLimits};

/// The most characters of a speaker's name.
const MOST_NAME: usize = 120;

/// Refuses more cues than are taken.
pub(super) fn check_count(cues: usize, limits: &SubtitleLimits) -> Result<(), SubtitleError> {
    if cues > limits.most_cues {
        return Err(SubtitleError::TooMuch { what: "cues", most: limits.most_cues });
    }
    Ok(())
}

/// Applies the rules that the module above tells.
pub(super) fn apply(
    mut raw: Vec<Raw>,
    limits: &SubtitleLimits,
) -> Result<(Vec<Cue>, Vec<Repair>), SubtitleError> {
    let mut repairs = Vec::new();
    raw.retain(|cue| !cue.text.is_empty());
    for cue in &mut raw {
        check(cue, limits)?;
        if cue.end_ms == cue.start_ms {
            cue.end_ms += 1;
            repairs.push(Repair { place: cue.place, what: "a cue of no length lasts 1 ms" });
        }
    }
    name_speakers(&mut raw);
    for pair in raw.windows(2) {
        if let [earlier, later] = pair
            && later.start_ms < earlier.start_ms
        {
            repairs.push(Repair { place: later.place, what: "a cue was out of order" });
        }
    }
    raw.sort_by_key(|cue| cue.start_ms);
    part(&mut raw, &mut repairs);
    let cues = raw.into_iter().map(|Raw { start_ms, end_ms, speaker, text, .. }| Cue {
        start_ms,
        end_ms,
        speaker: speaker.map(|name| name.chars().take(MOST_NAME).collect()),
        text,
    });
    Ok((cues.collect(), repairs))
}

fn check(cue: &Raw, limits: &SubtitleLimits) -> Result<(), SubtitleError> {
    let invalid = |rule: String| Err(SubtitleError::Invalid { place: cue.place, rule });
    if cue.end_ms < cue.start_ms {
        return invalid("the cue ends before it starts".to_owned());
    }
    if u128::from(cue.end_ms) > limits.longest.as_millis() {
        return invalid(format!("the cue ends after {} hours", limits.longest.as_secs() / 3600));
    }
    if cue.text.chars().count() > limits.most_characters {
        return Err(SubtitleError::TooMuch { what: "characters in a cue", most: limits.most_characters });
    }
    Ok(())
}

/// Takes `Name: text` apart where a file is labelled so throughout.
fn name_speakers(raw: &mut [Raw]) {
    let labelled = raw.iter().filter(|cue| cue.speaker.is_none() && label(&cue.text).is_some()).count();
    if labelled * 3 < raw.len() {
        return;
    }
    for cue in raw.iter_mut().filter(|cue| cue.speaker.is_none()) {
        if let Some((name, said)) = label(&cue.text) {
            (cue.speaker, cue.text) = (Some(name.to_owned()), said.to_owned());
        }
    }
}

/// The name and the rest of `Name: text`.
fn label(text: &str) -> Option<(&str, &str)> {
    let (name, said) = text.split_once(": ")?;
    let word = |word: &str| {
        word.starts_with(|first: char| {
            first.is_uppercase() || first.is_numeric() || first == '(' || first == '['
        })
    };
    let a_name = name.chars().count() <= MOST_NAME
        && name.split_whitespace().count() <= 5
        && !name.contains(['?', '!', ',', ';', '"'])
        && name.split_whitespace().all(word);
    let said = said.trim();
    (a_name && !name.trim().is_empty() && !said.is_empty()).then_some((name.trim(), said))
}

/// Ends a cue where the next of the same speaker begins.
fn part(raw: &mut [Raw], repairs: &mut Vec<Repair>) {
    // The last cue of each speaker so far.
    let mut last: std::collections::HashMap<Option<String>, usize> = std::collections::HashMap::new();
    for at in 0..raw.len() {
        let (before, rest) = raw.split_at_mut(at);
        let Some(cue) = rest.first() else { return };
        let earlier = last.get(&cue.speaker).and_then(|index| before.get_mut(*index));
        if let Some(earlier) =
            earlier.filter(|earlier| earlier.start_ms < cue.start_ms && cue.start_ms < earlier.end_ms)
        {
            earlier.end_ms = cue.start_ms;
            repairs.push(Repair {
                place: earlier.place,
                what: "a cue ends where the speaker's next one begins",
            });
        }
        last.insert(cue.speaker.clone(), at);
    }
}
