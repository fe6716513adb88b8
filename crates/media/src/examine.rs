//! The one pass over a recording at its import.

use std::{
    io::{self, Read, Seek, Write},
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::{
    Facts, Fault, Limits, MediaError, decoding::Decoding, meter::Meter, peaks::PeaksWriter, source::Source,
    time::milliseconds,
};

/// What Opus is decoded at, in Hz: the highest of its rates, at which nothing of it is lost.
const OPUS_RATE: u32 = 48_000;

/// Decodes a recording once, from beginning to end, and writes its waveform (see [`crate::peaks`]) into `peaks`, an
/// empty file that can be written and read.
///
/// Works in memory that does not grow with the recording's length, and within `limits` whatever the file asks for. Takes
/// seconds for a recording of an hour: call it where blocking is allowed.
///
/// # Errors
/// If the file is refused ([`MediaError`] says why, in words for whoever brought it), or cannot be read, or `peaks`
/// cannot be written. A recording of which only a part can be decoded is not refused: [`Facts::faults`] tell of it.
pub fn examine(
    source: impl Source,
    limits: &Limits,
    peaks: &mut (impl Read + Write + Seek),
) -> Result<Facts, MediaError> {
    unpanicked(|| look(source, limits, peaks))
}

/// Decoders are not ours; should one panic over a damaged file, only that file is given up.
pub(crate) fn unpanicked<T>(work: impl FnOnce() -> Result<T, MediaError>) -> Result<T, MediaError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(MediaError::Damaged { reason: "its decoder gave up".to_owned() }))
}

fn look(
    source: impl Source,
    limits: &Limits,
    peaks: &mut (impl Read + Write + Seek),
) -> Result<Facts, MediaError> {
    let mut decoding = Decoding::open(source, limits, OPUS_RATE)?;
    let mut writer = PeaksWriter::begin(peaks)?;
    let mut meter: Option<Meter> = None;
    let mut sample_rate = 0;
    while let Some(block) = decoding.next_block()? {
        sample_rate = block.rate;
        let meter = meter.get_or_insert_with(|| Meter::new(block.rate, block.planes.len()));
        meter.take::<io::Error>(block.planes, &mut |extremes| writer.point(extremes))?;
    }
    let Some(mut meter) = meter else {
        let reason =
            decoding.faults.first().map_or_else(|| "it has no audio data".to_owned(), ToString::to_string);
        return Err(MediaError::Damaged { reason });
    };
    meter.finish::<io::Error>(&mut |extremes| writer.point(extremes))?;
    let (channels, silent) = meter.channels();
    let count = u16::try_from(channels.len()).unwrap_or(u16::MAX);
    writer.finish(count, sample_rate, meter.frames_per_point(), meter.frames())?;
    let duration_ms = milliseconds(meter.frames(), sample_rate);
    let mut faults = std::mem::take(&mut decoding.faults);
    faults.extend(shorter(decoding.declared_ms, duration_ms));
    faults.extend(silent);
    Ok(Facts {
        container: decoding.container,
        audio_codec: decoding.audio_codec.clone(),
        video_codec: decoding.video_codec.clone(),
        duration_ms,
        declared_ms: decoding.declared_ms,
        sample_rate,
        channels,
        faults,
    })
}

/// Set where a file declares more than there is, by over a second and a hundredth: declarations are rounded, and a
/// picture may outlast the sound a little.
fn shorter(declared_ms: Option<u64>, decoded_ms: u64) -> Option<Fault> {
    let declared_ms = declared_ms?;
    (declared_ms > decoded_ms + decoded_ms / 100 + 1000).then_some(Fault::Shorter { declared_ms, decoded_ms })
}
