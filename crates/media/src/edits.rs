//! What an MP4 tells players to leave out at the beginning: the silence with which an encoder starts.

/// A length at the beginning of the audio, in units of a part of a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Priming {
    pub(crate) units: u64,
    /// How many units a second has.
    pub(crate) timescale: u32,
}

/// Reads it from the body of a `moov` box: the start of the first edit (ISO/IEC 14496-12, 8.6.6) of the first audio
/// track. A second and more is no priming, but an edit that was made on purpose, and is not followed.
pub(crate) fn priming(movie: &[u8]) -> Option<Priming> {
    let track = boxes(movie).filter(|(name, _)| *name == b"trak").find_map(|(_, track)| {
        let media = child(track, b"mdia")?;
        (child(media, b"hdlr")?.get(8..12)? == b"soun").then_some((track, media))
    });
    let (track, media) = track?;
    let header = child(media, b"mdhd")?;
    // The two versions have times of four and of eight bytes.
    let timescale = number(header, if header.first()? == &0 { 12 } else { 20 }, 4)?;
    let timescale = u32::try_from(timescale).ok().filter(|scale| *scale > 0)?;
    let edits = child(child(track, b"edts")?, b"elst")?;
    let units = match edits.first()? {
        0 => number(edits, 12, 4).filter(|units| *units < 1 << 31)?,
        _ => number(edits, 16, 8)?,
    };
    (units > 0 && units < u64::from(timescale)).then_some(Priming { units, timescale })
}

/// The boxes in a body: names and bodies.
fn boxes(mut body: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let size = usize::try_from(number(body, 0, 4)?).ok()?;
        let name = body.get(4..8)?.first_chunk()?;
        let inner = body.get(8..size)?;
        body = body.get(size..)?;
        Some((name, inner))
    })
}

fn child<'b>(body: &'b [u8], wanted: &[u8; 4]) -> Option<&'b [u8]> {
    boxes(body).find(|(name, _)| *name == wanted).map(|(_, inner)| inner)
}

/// A number in big endian.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    Some(bytes.get(at..at + width)?.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}
