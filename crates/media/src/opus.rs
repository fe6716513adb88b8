//! Decoding Opus (RFC 6716) as it comes in Ogg (RFC 7845), WebM and MP4.

use rusty_opus::OpusDecoder;
use symphonia::core::{
    codecs::audio::AudioCodecParameters,
    errors::{Error, Result, decode_error},
    packet::Packet,
};

use crate::MediaError;

/// Frames per second in which Opus counts its own delays and lengths.
const OPUS_CLOCK: usize = 48_000;
/// The longest packet: 120 ms (RFC 6716, 2.1.4), as a share of a second.
const LONGEST_PACKET: (usize, usize) = (120, 1000);

/// The decoder of one track.
pub(crate) struct OpusTrack {
    decoder: OpusDecoder,
    /// Frames per second that come out.
    rate: u32,
    channels: usize,
    /// Frames at the beginning that are still to be dropped: the decoder's settling (RFC 7845, 4.2).
    skip: usize,
    samples: Vec<f32>,
}

impl OpusTrack {
    pub(crate) fn new(parameters: &AudioCodecParameters, rate: u32) -> std::result::Result<Self, MediaError> {
        let unsupported = |reason: &str| MediaError::NoAudio { reason: reason.to_owned() };
        let channels = parameters.channels.as_ref().map_or(0, |channels| channels.count());
        if !(1..=2).contains(&channels) {
            return Err(unsupported("it is Opus of more than two channels"));
        }
        let hertz = i32::try_from(rate).unwrap_or_default();
        let decoder = OpusDecoder::new(hertz, channels).map_err(|error| unsupported(&error.to_string()))?;
        let most = rate as usize * LONGEST_PACKET.0 / LONGEST_PACKET.1 * channels;
        let skip = parameters.extra_data.as_deref().map_or(0, pre_skip) * rate as usize / OPUS_CLOCK;
        Ok(Self { decoder, rate, channels, skip, samples: vec![0.0; most] })
    }

    /// Decodes a packet into planes; answers the frames per second.
    pub(crate) fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<u32> {
        planes.resize(self.channels, Vec::new());
        planes.iter_mut().for_each(Vec::clear);
        // No bytes would mean a lost packet, to be concealed; there is none in a file.
        if packet.data.is_empty() {
            return decode_error("opus: empty packet");
        }
        let most = self.samples.len() / self.channels;
        let decoded = self.decoder.decode(&packet.data, most, &mut self.samples);
        let frames = decoded.map_err(|_| Error::DecodeError("opus: invalid packet"))?;
        let padding = usize::try_from(packet.trim_end.get()).unwrap_or(usize::MAX);
        let end = frames.saturating_sub(padding.saturating_mul(self.rate as usize) / OPUS_CLOCK);
        let start = self.skip.min(end);
        self.skip -= self.skip.min(frames);
        for (channel, plane) in planes.iter_mut().enumerate() {
            let frames = self.samples.chunks_exact(self.channels).take(end).skip(start);
            plane.extend(frames.filter_map(|frame| frame.get(channel)));
        }
        Ok(self.rate)
    }
}

/// Frames to drop at the beginning, at 48 kHz, from an identification header (RFC 7845, 5.1). MP4 keeps the same
/// fields in big endian, behind version 0 where Ogg and WebM have version 1.
fn pre_skip(header: &[u8]) -> usize {
    match (header.get(8), header.get(10..12)) {
        (Some(0), Some(&[high, low])) | (Some(_), Some(&[low, high])) => {
            usize::from(u16::from_be_bytes([high, low]))
        }
        _ => 0,
    }
}
