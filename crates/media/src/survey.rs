//! A first look at a file's outermost structure, before a demultiplexer reads it: where the audio begins, and whether
//! the file ends before what it announces. Reads headers alone and skips what is between.

use std::io::{Read, SeekFrom};

use crate::{
    Container, Fault, Limits, MediaError,
    edits::{Priming, priming},
    source::Source,
};

/// What the outermost structure tells.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    /// Where the first byte of the media stream is.
    pub(crate) start: u64,
    /// Set where the file was cut off.
    pub(crate) fault: Option<Fault>,
    /// Bytes that the file should have at certain positions, to be understood.
    pub(crate) corrections: Vec<Correction>,
    /// What players leave out at the beginning of the audio.
    pub(crate) priming: Option<Priming>,
}

/// Four bytes, and where they belong.
pub(crate) type Correction = (u64, [u8; 4]);

/// The most headers that are looked at; files of hours have a few thousand.
const MOST_HEADERS: usize = 200_000;

/// Surveys a file of `length` bytes.
pub(crate) fn survey(
    source: &mut impl Source,
    container: Container,
    length: u64,
    limits: &Limits,
) -> Result<Survey, MediaError> {
    match container {
        Container::Wav => wav(source, length, limits),
        Container::Mp3 => mp3(source),
        Container::Mp4 => mp4(source, length, limits.most_memory),
        Container::Ogg => ogg(source, length),
        Container::Webm => webm(source, length),
    }
}

/// Bytes at a position, fewer at the end of the file.
fn bytes_at(source: &mut impl Source, position: u64, count: u64) -> Result<Vec<u8>, MediaError> {
    source.seek(SeekFrom::Start(position))?;
    let mut bytes = Vec::new();
    source.take(count).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn cut_off(missing_bytes: Option<u64>) -> Option<Fault> {
    Some(Fault::CutOff { missing_bytes })
}

/// RIFF chunks: four bytes of name, four of length in little endian, padded to even lengths.
fn wav(source: &mut impl Source, length: u64, limits: &Limits) -> Result<Survey, MediaError> {
    /// What stands for a length that the writer could not know.
    const UNKNOWN: u64 = 0xffff_ffff;
    let mut position = 12;
    for _ in 0..MOST_HEADERS {
        let header = bytes_at(source, position, 8)?;
        let Some((name, size)) =
            header.first_chunk::<4>().zip(header.last_chunk::<4>().filter(|_| header.len() == 8))
        else {
            break;
        };
        let size = u64::from(u32::from_le_bytes(*size));
        let end = position + 8 + size;
        if name == b"fmt " {
            // Behind two bytes of a code. The demultiplexer multiplies with it before anybody has looked at it.
            let channels = bytes_at(source, position + 10, 2)?;
            let channels = channels.first_chunk().map_or(0, |bytes| u16::from_le_bytes(*bytes));
            limits.check_channels(usize::from(channels))?;
        }
        if name == b"data" {
            // A recorder that streams cannot know the length and writes the largest number or none.
            let fault = match size {
                UNKNOWN => None,
                0 if length > end => cut_off(None),
                _ if end > length => cut_off(Some(end - length)),
                _ => None,
            };
            // A length that is unknown or wrong is taken as unknown, up to the end of the file.
            let corrections = if size == UNKNOWN || fault.is_some() {
                vec![(4, [0xff; 4]), (position + 4, [0xff; 4])]
            } else {
                Vec::new()
            };
            return Ok(Survey { fault, corrections, ..Survey::default() });
        }
        position = end + size % 2;
    }
    Err(MediaError::Damaged { reason: "it has no audio data".to_owned() })
}

/// Skips ID3v2 tags (id3.org, id3v2.4.0-structure, 3.1): ten bytes, of which four are the length, seven bits each.
fn mp3(source: &mut impl Source) -> Result<Survey, MediaError> {
    let mut start = 0;
    for _ in 0..16 {
        let header = bytes_at(source, start, 10)?;
        let Some(&[b'I', b'D', b'3', _, _, flags, a, b, c, d]) = header.first_chunk::<10>() else { break };
        let size = [a, b, c, d].iter().fold(0, |size, byte| size << 7 | u64::from(byte & 0x7f));
        let footer = if flags & 0x10 == 0 { 0 } else { 10 };
        start += 10 + size + footer;
    }
    Ok(Survey { start, ..Survey::default() })
}

/// Boxes (ISO/IEC 14496-12, 4.2): length and name, with a length of eight bytes where the first says 1.
fn mp4(source: &mut impl Source, length: u64, most_memory: u64) -> Result<Survey, MediaError> {
    let (mut position, mut index, mut movie) = (0, 0_u64, None);
    let mut fault = None;
    for _ in 0..MOST_HEADERS {
        let header = bytes_at(source, position, 16)?;
        let Some((size, name)) = header.first_chunk::<4>().zip(header.get(4..8)) else { break };
        let size = match u32::from_be_bytes(*size) {
            0 => length - position,
            1 => header
                .get(8..16)
                .map_or(0, |bytes| bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))),
            size => u64::from(size),
        };
        if size < 8 {
            fault = cut_off(None);
            break;
        }
        if name == b"moov" || name == b"moof" {
            index = index.saturating_add(size);
            if name == b"moov" {
                movie = Some((position, size));
            }
        }
        let Some(end) = position.checked_add(size).filter(|end| *end <= length) else {
            fault = cut_off(Some(position.saturating_add(size) - length));
            break;
        };
        position = end;
    }
    let Some((position, size)) = movie else {
        let reason = "its index is missing, as in a recording that was broken off".to_owned();
        return Err(MediaError::Damaged { reason });
    };
    if index > most_memory {
        return Err(MediaError::TooMuchMemory { most: most_memory });
    }
    let movie = bytes_at(source, position.saturating_add(8), size - 8)?;
    Ok(Survey { fault, priming: priming(&movie), ..Survey::default() })
}

/// Pages (RFC 3533, 6): the last one of a stream carries the end-of-stream flag.
fn ogg(source: &mut impl Source, length: u64) -> Result<Survey, MediaError> {
    /// The longest page.
    const MOST: u64 = 27 + 255 + 255 * 255;
    const END_OF_STREAM: u8 = 4;
    let tail = bytes_at(source, length.saturating_sub(2 * MOST), 2 * MOST)?;
    let last = tail.windows(4).rposition(|window| window == b"OggS").and_then(|at| tail.get(at..));
    let whole = last.is_some_and(|page| {
        let segments = page.get(26).map_or(0, |count| usize::from(*count));
        let body = page
            .get(27..27 + segments)
            .map(|table| table.iter().map(|size| usize::from(*size)).sum::<usize>());
        let complete = body.is_some_and(|body| page.len() >= 27 + segments + body);
        complete && page.get(5).is_some_and(|flags| flags & END_OF_STREAM != 0)
    });
    let fault = if whole { None } else { cut_off(None) };
    Ok(Survey { fault, ..Survey::default() })
}

/// Elements (RFC 8794, 4): the segment's length, where it has one, must fit into the file. A live recording has none.
fn webm(source: &mut impl Source, length: u64) -> Result<Survey, MediaError> {
    const SEGMENT: [u8; 4] = [0x18, 0x53, 0x80, 0x67];
    let head = bytes_at(source, 0, 4096)?;
    let Some(at) = head.windows(4).position(|window| window == SEGMENT) else {
        return Err(MediaError::Damaged { reason: "it has no segment".to_owned() });
    };
    let Some((size, width)) = variable_size(&head[at + 4..]) else {
        return Ok(Survey { fault: cut_off(None), ..Survey::default() });
    };
    let begin = u64::try_from(at + 4 + width).unwrap_or(u64::MAX);
    let end = size.and_then(|size| begin.checked_add(size));
    let fault = end.filter(|end| *end > length).and_then(|end| cut_off(Some(end - length)));
    Ok(Survey { fault, ..Survey::default() })
}

/// A length of one to eight bytes, of which the first tells how many; all ones mean unknown. With it, its own width.
fn variable_size(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *bytes.first()?;
    let width = usize::try_from(first.leading_zeros()).ok()? + 1;
    let bytes = bytes.get(..width).filter(|_| width <= 8)?;
    let unknown = (1_u64 << (7 * width)) - 1;
    let size = bytes.iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte)) & unknown;
    Some(((size != unknown).then_some(size), width))
}
