//! Demultiplexing and decoding: from a file to blocks of samples on one time line.

use std::{
    io::{ErrorKind, Read, SeekFrom},
    sync::Arc,
};

use symphonia::{
    core::{
        audio::GenericAudioBufferRef,
        codecs::{
            audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions, well_known::CODEC_ID_OPUS},
            registry::CodecRegistry,
        },
        errors::Error,
        formats::{FormatOptions, FormatReader, Track, TrackType},
        io::MediaSourceStream,
        packet::Packet,
        units::{TimeBase, Timestamp},
    },
    default::formats::{IsoMp4Reader, MkvReader, MpaReader, OggReader, WavReader},
};

use crate::{
    Container, Fault, Limits, MediaError,
    container::{SNIFFED_BYTES, sniff},
    edits::Priming,
    opus::OpusTrack,
    picture,
    source::{Guard, Guarded, Source},
    survey::survey,
    time::milliseconds,
};

/// A stretch of decoded audio: as many planes as channels, of equal length, in samples of -1 to 1. Lossy codecs may
/// overshoot that; all samples are finite.
pub(crate) struct Block<'a> {
    pub(crate) planes: &'a [Vec<f32>],
    /// Frames per second.
    pub(crate) rate: u32,
}

/// A recording that is being decoded, block by block.
pub(crate) struct Decoding<'s> {
    pub(crate) container: Container,
    pub(crate) audio_codec: String,
    pub(crate) video_codec: Option<String>,
    pub(crate) declared_ms: Option<u64>,
    /// What was found wrong so far.
    pub(crate) faults: Vec<Fault>,
    reader: Box<dyn FormatReader + 's>,
    codec: Codec,
    track: u32,
    time_base: Option<TimeBase>,
    guard: Arc<Guard>,
    limits: Limits,
    /// The time stamp that stands at the beginning, once a packet was seen.
    origin: Option<Timestamp>,
    planes: Vec<Vec<f32>>,
    /// Zeros in as many planes.
    quiet: Vec<Vec<f32>>,
    /// Frames per second, once known.
    rate: u32,
    /// What is still to be left out at the beginning, until the rate is known.
    priming: Option<Priming>,
    /// Frames that are left out at the beginning, and how many of them are still to come.
    lead: u64,
    lead_left: u64,
    /// Frames handed out so far.
    position: u64,
    /// Frames of silence to hand out first.
    gap: u64,
    /// Whether `planes` hold a block that was not handed out.
    waiting: bool,
    /// Packets that could not be decoded.
    undecodable: u64,
    ended: bool,
}

enum Codec {
    Symphonia(Box<dyn AudioDecoder>),
    Opus(Box<OpusTrack>),
}

/// The sample rates that recordings have, in Hz. Filters for others could be of any size.
const RATES: std::ops::RangeInclusive<u32> = 4_000..=384_000;
/// Packets in a row that bring no audio, after which the rest of a file is given up.
const MOST_BARREN: usize = 100_000;

impl<'s> Decoding<'s> {
    /// Opens a recording. Opus can be decoded at any of 8, 12, 16, 24 and 48 kHz whatever it was made from, at less
    /// expense for the lower ones: `opus_rate` in Hz chooses.
    pub(crate) fn open(
        mut source: impl Source + 's,
        limits: &Limits,
        opus_rate: u32,
    ) -> Result<Self, MediaError> {
        let length = source.seek(SeekFrom::End(0))?;
        if length == 0 {
            return Err(MediaError::Empty);
        }
        if length > limits.most_bytes {
            return Err(MediaError::TooLarge { bytes: length, most: limits.most_bytes });
        }
        source.rewind()?;
        let mut head = Vec::new();
        (&mut source).take(SNIFFED_BYTES as u64).read_to_end(&mut head)?;
        let container = sniff(&head).ok_or(MediaError::Unrecognised)?;
        let survey = survey(&mut source, container, length, limits)?;
        let (fault, priming) = (survey.fault.clone(), survey.priming);
        let guard = Guard::new(limits);
        // An MP3 that can be sought has its length guessed from its bit rate, and everything beyond the guess cut away;
        // a WebM that was cut off refers to an index that is not there.
        let seekable = match container {
            Container::Mp3 => false,
            Container::Webm => fault.is_none(),
            _ => true,
        };
        let guarded = Guarded::new(source, length, survey, seekable, Arc::clone(&guard))?;
        let stream = MediaSourceStream::new(Box::new(guarded), Default::default());
        let reader = demultiplexer(container, stream).map_err(|error| {
            guard.breach().unwrap_or_else(|| MediaError::Damaged { reason: error.to_string() })
        })?;
        let mut decoding = Self::with_reader(container, reader, guard, limits, opus_rate, fault)?;
        // Opus tells of it a second time, where its decoder finds it.
        decoding.priming = priming.filter(|_| matches!(decoding.codec, Codec::Symphonia(_)));
        Ok(decoding)
    }

    fn with_reader(
        container: Container,
        reader: Box<dyn FormatReader + 's>,
        guard: Arc<Guard>,
        limits: &Limits,
        opus_rate: u32,
        fault: Option<Fault>,
    ) -> Result<Self, MediaError> {
        let none = || MediaError::NoAudio { reason: "it has no audio track".to_owned() };
        let track = reader.default_track(TrackType::Audio).ok_or_else(none)?;
        let parameters = track.codec_params.as_ref().and_then(|codec| codec.audio()).ok_or_else(none)?;
        if let Some(channels) = parameters.channels.as_ref() {
            limits.check_channels(channels.count())?;
        }
        let declared_ms = declared_ms(track, &*reader);
        // A file that was cut off declares what it was meant to become; only decoding tells how long it is.
        if fault.is_none()
            && declared_ms.is_some_and(|declared| u128::from(declared) > limits.longest.as_millis())
        {
            return Err(MediaError::TooLong { longest: limits.longest });
        }
        let (codec, audio_codec) = Codec::new(parameters, symphonia::default::get_codecs(), opus_rate)?;
        Ok(Self {
            container,
            audio_codec,
            video_codec: reader.first_track(TrackType::Video).map(picture::codec_name),
            declared_ms,
            faults: fault.into_iter().collect(),
            codec,
            track: track.id,
            time_base: track.time_base,
            reader,
            guard,
            limits: limits.clone(),
            origin: None,
            planes: Vec::new(),
            quiet: Vec::new(),
            rate: 0,
            priming: None,
            lead: 0,
            lead_left: 0,
            position: 0,
            gap: 0,
            waiting: false,
            undecodable: 0,
            ended: false,
        })
    }

    /// How many channels the blocks have had; 0 before the first.
    pub(crate) fn channels(&self) -> usize {
        self.quiet.len()
    }

    /// The next block; none at the end of the recording, after which [`Self::faults`] are complete.
    pub(crate) fn next_block(&mut self) -> Result<Option<Block<'_>>, MediaError> {
        for _ in 0..MOST_BARREN {
            if self.gap > 0 && self.rate > 0 {
                return Ok(Some(self.silence()));
            }
            if self.waiting {
                self.waiting = false;
                self.position += self.planes.first().map_or(0, |plane| plane.len() as u64);
                return Ok(Some(Block { planes: &self.planes, rate: self.rate }));
            }
            if self.ended {
                return Ok(None);
            }
            match self.next_packet()? {
                Some(packet) => self.decode(&packet)?,
                None => self.end(None),
            }
        }
        let at_ms = milliseconds(self.position, self.rate);
        self.end(Some(Fault::Unreadable { at_ms }));
        Ok(None)
    }

    /// Up to a second of the silence that is due.
    fn silence(&mut self) -> Block<'_> {
        let frames = self.gap.min(u64::from(self.rate));
        self.gap -= frames;
        self.position += frames;
        self.quiet.resize(self.planes.len(), Vec::new());
        for plane in &mut self.quiet {
            plane.resize(usize::try_from(frames).unwrap_or_default(), 0.0);
        }
        Block { planes: &self.quiet, rate: self.rate }
    }

    fn next_packet(&mut self) -> Result<Option<Packet>, MediaError> {
        loop {
            self.guard.step()?;
            let at_ms = milliseconds(self.position, self.rate);
            match self.reader.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track => {
                    // Reading on at the end of a cut-off WAV brings empty packets for ever.
                    return Ok(Some(packet)
                        .filter(|packet| self.container != Container::Wav || !packet.data.is_empty()));
                }
                Ok(Some(_)) => {}
                Ok(None) => return Ok(None),
                Err(error) => {
                    if let Some(breach) = self.guard.breach() {
                        return Err(breach);
                    }
                    self.end(match error {
                        // Where a WAV has to end, the first look knows better.
                        Error::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => (self.container
                            != Container::Wav)
                            .then_some(Fault::CutOff { missing_bytes: None }),
                        Error::IoError(error) => return Err(error.into()),
                        Error::ResetRequired => Some(Fault::FormatChanges { at_ms }),
                        _ => Some(Fault::Unreadable { at_ms }),
                    });
                    return Ok(None);
                }
            }
        }
    }

    fn decode(&mut self, packet: &Packet) -> Result<(), MediaError> {
        let outcome = self.codec.decode(packet, &mut self.planes);
        let Ok(rate) = outcome else {
            self.undecodable += 1;
            // What cannot be decoded still takes its time.
            self.gap = self.gap.saturating_add(self.frames(packet.dur.get()));
            return self.check_length(0);
        };
        let frames = self.planes.first().map_or(0, Vec::len) as u64;
        if frames == 0 {
            return Ok(());
        }
        self.limits.check_channels(self.planes.len())?;
        if !RATES.contains(&rate) {
            return Err(MediaError::NoAudio { reason: format!("it claims {rate} samples a second") });
        }
        if self.rate == 0 {
            self.rate = rate;
            if let Some(Priming { units, timescale }) = self.priming.take() {
                self.lead = units * u64::from(rate) / u64::from(timescale);
                self.lead_left = self.lead;
            }
            self.quiet.resize(self.planes.len(), Vec::new());
        } else if (self.rate, self.quiet.len()) != (rate, self.planes.len()) {
            let at_ms = milliseconds(self.position, self.rate);
            self.end(Some(Fault::FormatChanges { at_ms }));
            return Ok(());
        }
        for sample in self.planes.iter_mut().flatten() {
            if !sample.is_finite() {
                *sample = 0.0;
            }
        }
        let dropped = self.lead_left.min(frames);
        self.lead_left -= dropped;
        for plane in &mut self.planes {
            plane.drain(..usize::try_from(dropped).unwrap_or(plane.len()));
        }
        self.align(packet);
        self.waiting = dropped < frames;
        self.check_length(frames - dropped)
    }

    /// Where the file's own times leave a gap before a packet, silence fills it, so that what is found at a time here
    /// is heard at that time in a player. Time stamps are rough: a tenth of a second is no gap.
    fn align(&mut self, packet: &Packet) {
        // Ogg streams may begin anywhere and players start there; beside a picture, sound may begin late.
        let from_zero = self.video_codec.is_some() && !packet.pts.is_negative();
        let origin = *self.origin.get_or_insert(if from_zero { Timestamp::ZERO } else { packet.pts });
        let at = packet.pts.duration_from(origin).map_or(0, |since| self.frames(since.get()));
        let at = at.saturating_sub(self.lead);
        let behind = at.saturating_sub(self.position.saturating_add(self.gap));
        if behind > u64::from(self.rate / 10) {
            self.gap = self.gap.saturating_add(behind);
        }
    }

    /// A length in the track's own units as frames of the decoded audio.
    fn frames(&self, units: u64) -> u64 {
        let Some(base) = self.time_base else { return 0 };
        let frames = u128::from(units) * u128::from(base.numer.get()) * u128::from(self.rate)
            / u128::from(base.denom.get());
        u64::try_from(frames).unwrap_or(u64::MAX)
    }

    fn check_length(&self, frames: u64) -> Result<(), MediaError> {
        let length = self.position.saturating_add(self.gap).saturating_add(frames);
        if self.rate > 0 && length > self.limits.frames(self.rate) {
            return Err(MediaError::TooLong { longest: self.limits.longest });
        }
        Ok(())
    }

    fn end(&mut self, fault: Option<Fault>) {
        if self.ended {
            return;
        }
        self.ended = true;
        // What the first look found says the same with more of the particulars.
        let known = !self.faults.is_empty() && matches!(fault, Some(Fault::CutOff { .. }));
        self.faults.extend(fault.filter(|_| !known));
        if self.undecodable > 0 {
            self.faults.push(Fault::Gaps { packets: self.undecodable });
        }
    }
}

impl Codec {
    fn new(
        parameters: &AudioCodecParameters,
        registry: &CodecRegistry,
        opus_rate: u32,
    ) -> Result<(Self, String), MediaError> {
        if parameters.codec == CODEC_ID_OPUS {
            return Ok((Self::Opus(Box::new(OpusTrack::new(parameters, opus_rate)?)), "opus".to_owned()));
        }
        let decoder = registry
            .make_audio_decoder(parameters, &AudioDecoderOptions::default())
            .map_err(|error| MediaError::NoAudio { reason: error.to_string() })?;
        let name = decoder.codec_info().short_name.to_owned();
        Ok((Self::Symphonia(decoder), name))
    }

    /// Decodes a packet into planes; answers the frames per second.
    fn decode(&mut self, packet: &Packet, planes: &mut Vec<Vec<f32>>) -> Result<u32, Error> {
        match self {
            Self::Symphonia(decoder) => {
                let buffer: GenericAudioBufferRef<'_> = decoder.decode(packet)?;
                buffer.copy_to_vecs_planar(planes);
                Ok(buffer.spec().rate())
            }
            Self::Opus(track) => track.decode(packet, planes),
        }
    }
}

fn demultiplexer<'s>(
    container: Container,
    stream: MediaSourceStream<'s>,
) -> symphonia::core::errors::Result<Box<dyn FormatReader + 's>> {
    let options = FormatOptions::default();
    Ok(match container {
        Container::Wav => Box::new(WavReader::try_new(stream, options)?),
        Container::Mp3 => Box::new(MpaReader::try_new(stream, options)?),
        Container::Mp4 => Box::new(IsoMp4Reader::try_new(stream, options)?),
        Container::Ogg => Box::new(OggReader::try_new(stream, options)?),
        Container::Webm => Box::new(MkvReader::try_new(stream, options)?),
    })
}

/// What the audio track, or else the file as a whole, says of its length.
fn declared_ms(track: &Track, reader: &dyn FormatReader) -> Option<u64> {
    let of = |base: Option<TimeBase>, length: Option<symphonia::core::units::Duration>| {
        let milliseconds = base?.calc_duration_saturating(length?).as_millis();
        u64::try_from(milliseconds).ok()
    };
    let media = reader.media_info();
    of(track.time_base, track.duration).or_else(|| of(media.time_base, media.duration))
}
