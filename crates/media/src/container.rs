//! What kind of file something is, by looking into it.

use serde::{Deserialize, Serialize};

/// A kind of file that recordings come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Container {
    /// RIFF WAVE: PCM, float, A-law and µ-law.
    Wav,
    /// An MPEG audio stream of layer III, with or without an ID3v2 tag before it.
    Mp3,
    /// The ISO base media file format (ISO/IEC 14496-12): m4a and mp4.
    Mp4,
    /// Ogg (RFC 3533) with Opus or Vorbis.
    Ogg,
    /// WebM, the subset of Matroska that browsers record.
    Webm,
}

impl Container {
    /// The media type to serve the file under, without parameters; `picture` tells whether it has a video track.
    #[must_use]
    pub fn media_type(self, picture: bool) -> &'static str {
        match (self, picture) {
            (Self::Wav, _) => "audio/wav",
            (Self::Mp3, _) => "audio/mpeg",
            (Self::Mp4, false) => "audio/mp4",
            (Self::Mp4, true) => "video/mp4",
            (Self::Ogg, _) => "audio/ogg",
            (Self::Webm, false) => "audio/webm",
            (Self::Webm, true) => "video/webm",
        }
    }

    /// The usual ending of such a file's name, without the dot.
    #[must_use]
    pub fn extension(self, picture: bool) -> &'static str {
        match (self, picture) {
            (Self::Wav, _) => "wav",
            (Self::Mp3, _) => "mp3",
            (Self::Mp4, false) => "m4a",
            (Self::Mp4, true) => "mp4",
            (Self::Ogg, _) => "ogg",
            (Self::Webm, _) => "webm",
        }
    }
}

/// How many bytes from the start of a file [`sniff`] looks at; fewer do as well where the file is shorter.
pub const SNIFFED_BYTES: usize = 4096;

/// Tells the container from the first bytes of a file, never from its name.
///
/// This says what the file claims to be; only [`crate::examine`] finds out whether it can be decoded.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Container> {
    let head = &head[..head.len().min(SNIFFED_BYTES)];
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return Some(Container::Wav);
    }
    if head.starts_with(b"OggS") {
        return Some(Container::Ogg);
    }
    if head.get(4..8) == Some(b"ftyp") {
        return is_mp4(head).then_some(Container::Mp4);
    }
    if head.starts_with(&EBML) {
        return is_webm(head).then_some(Container::Webm);
    }
    (head.starts_with(b"ID3") || is_layer_three(head)).then_some(Container::Mp3)
}

/// The id of the element that every EBML document begins with (RFC 8794, 11.2.1).
const EBML: [u8; 4] = [0x1a, 0x45, 0xdf, 0xa3];

/// Beginnings of the brands under which m4a and mp4 are written; others (HEIF, AVIF, JPEG XL) are pictures.
const BRANDS: [&[u8]; 8] = [b"iso", b"mp4", b"M4A", b"M4B", b"M4V", b"avc1", b"dash", b"MSNV"];

/// Whether one of the brands of the `ftyp` box (ISO/IEC 14496-12, 4.3) is one of ours.
fn is_mp4(head: &[u8]) -> bool {
    let Some(length) = head.first_chunk::<4>().map(|bytes| u32::from_be_bytes(*bytes)) else {
        return false;
    };
    let end = usize::try_from(length).unwrap_or(usize::MAX).min(head.len());
    // The major brand, a version, then the compatible brands.
    let major = head.get(8..12).into_iter();
    let compatible = head.get(16..end).unwrap_or_default().chunks_exact(4);
    major.chain(compatible).any(|brand| BRANDS.iter().any(|known| brand.starts_with(known)))
}

/// Whether the EBML header names the document type "webm": element 0x4282 (RFC 8794, 11.2.4) of four bytes.
fn is_webm(head: &[u8]) -> bool {
    head[..head.len().min(64)].windows(7).any(|window| window == b"\x42\x82\x84webm")
}

/// Whether the bytes begin with a header of MPEG audio layer III (ISO/IEC 11172-3, 2.4.1.3), and where a second
/// frame should follow, it does: two bytes alone occur in any file.
fn is_layer_three(head: &[u8]) -> bool {
    let Some(length) = frame_length(head) else { return false };
    head.get(length..).is_some_and(|rest| frame_length(rest).is_some())
}

/// The length in bytes of the layer III frame that begins here.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    /// Bit rates in kbit/s of MPEG 1, and of MPEG 2 and 2.5.
    const BIT_RATES: [[usize; 15]; 2] = [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    const SAMPLE_RATES: [usize; 3] = [44_100, 48_000, 32_000];
    let &[first, second, third, _] = bytes.first_chunk::<4>()?;
    let synchronised = first == 0xff && second & 0xe0 == 0xe0;
    let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
    if !synchronised || version == 1 || layer != 1 {
        return None;
    }
    let later = version != 3;
    let bit_rate = *BIT_RATES[usize::from(later)].get(usize::from(third >> 4)).filter(|rate| **rate > 0)?;
    let sample_rate =
        SAMPLE_RATES.get(usize::from(third >> 2 & 3))? >> (usize::from(later) + usize::from(version == 0));
    let padding = usize::from(third >> 1 & 1);
    Some((if later { 72 } else { 144 }) * bit_rate * 1000 / sample_rate + padding)
}
