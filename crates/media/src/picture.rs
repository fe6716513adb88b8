//! Names of what pictures are coded in.

use symphonia::core::{
    codecs::video::well_known::{
        CODEC_ID_AV1, CODEC_ID_H264, CODEC_ID_HEVC, CODEC_ID_MPEG4, CODEC_ID_VP8, CODEC_ID_VP9,
    },
    formats::Track,
};

/// The usual name of a video track's codec in lower case; `unknown` for one that browsers hardly play.
pub(crate) fn codec_name(track: &Track) -> String {
    let codec = track.codec_params.as_ref().and_then(|codec| codec.video()).map(|video| video.codec);
    let name = match codec {
        Some(CODEC_ID_H264) => "h264",
        Some(CODEC_ID_HEVC) => "hevc",
        Some(CODEC_ID_VP8) => "vp8",
        Some(CODEC_ID_VP9) => "vp9",
        Some(CODEC_ID_AV1) => "av1",
        Some(CODEC_ID_MPEG4) => "mpeg4",
        _ => "unknown",
    };
    name.to_owned()
}
