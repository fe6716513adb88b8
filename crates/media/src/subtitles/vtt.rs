//! Reading WebVTT.

use super::{Place, Raw, SubtitleError, SubtitleLimits, lines, rules::check_count, text, time::timing};

/// Whether a text says that it is WebVTT: the word, then nothing, or white space and a comment.
pub(super) fn recognises(text: &str) -> bool {
    text.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Reads the cues; blocks are parted by empty lines.
pub(super) fn read(text: &str, limits: &SubtitleLimits) -> Result<Vec<Raw>, SubtitleError> {
    let mut cues = Vec::new();
    let mut block = Vec::new();
    // The header is a block of its own, in which nothing is looked for.
    let mut header = true;
    for (number, line) in lines(text).chain([(0, "")]) {
        if !line.is_empty() {
            block.push((number, line));
            continue;
        }
        if !std::mem::take(&mut header) {
            read_block(&block, &mut cues)?;
            check_count(cues.len(), limits)?;
        }
        block.clear();
    }
    Ok(cues)
}

fn read_block(block: &[(usize, &str)], cues: &mut Vec<Raw>) -> Result<(), SubtitleError> {
    let first = block.first().map_or("", |(_, line)| *line);
    if ["NOTE", "STYLE", "REGION"].iter().any(|word| is_block(first, word)) {
        return Ok(());
    }
    let Some((number, line, said)) = split(block) else {
        return match block.first() {
            Some((number, _)) => Err(SubtitleError::Invalid {
                place: Place::Line(*number),
                rule: "expected a cue, with its times on the first or the second line".to_owned(),
            }),
            None => Ok(()),
        };
    };
    let place = Place::Line(number);
    let (start_ms, end_ms) = timing(line, place)?;
    let said: Vec<_> = said.iter().map(|(_, line)| *line).collect();
    for (speaker, text) in text::voices(&said.join(" ")) {
        cues.push(Raw { place, start_ms, end_ms, speaker, text });
    }
    Ok(())
}

fn is_block(line: &str, word: &str) -> bool {
    !line.contains("-->")
        && line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
}

/// Lines of a file with their numbers.
pub(super) type Lines<'a, 't> = &'a [(usize, &'t str)];

/// The line of the times, on the first or after an identifier on the second line, and what follows.
pub(super) fn split<'a, 't>(block: Lines<'a, 't>) -> Option<(usize, &'t str, Lines<'a, 't>)> {
    let at = block.iter().take(2).position(|(_, line)| line.contains("-->"))?;
    let (number, line) = block.get(at)?;
    Some((*number, line, block.get(at + 1..).unwrap_or_default()))
}
