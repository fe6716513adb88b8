//! Reading SubRip.

use super::{
    Place, Raw, SubtitleError, SubtitleLimits, lines, rules::check_count, text, time::timing, vtt::split,
};

/// Reads the cues; blocks are parted by empty lines.
pub(super) fn read(text: &str, limits: &SubtitleLimits) -> Result<Vec<Raw>, SubtitleError> {
    let mut cues: Vec<Raw> = Vec::new();
    let mut block = Vec::new();
    for (number, line) in lines(text).chain([(0, "")]) {
        if !line.trim().is_empty() {
            block.push((number, line));
            continue;
        }
        if let Some((first, _)) = block.first() {
            let Some((number, times, said)) = split(&block) else {
                let rule = "expected a number, a line of times, and what is said".to_owned();
                return Err(SubtitleError::Invalid { place: Place::Line(*first), rule });
            };
            let place = Place::Line(number);
            let (start_ms, end_ms) = timing(times, place)?;
            let said: Vec<_> = said.iter().map(|(_, line)| *line).collect();
            for (speaker, text) in text::voices(&said.join(" ")) {
                cues.push(Raw { place, start_ms, end_ms, speaker, text });
            }
            check_count(cues.len(), limits)?;
        }
        block.clear();
    }
    Ok(cues)
}
