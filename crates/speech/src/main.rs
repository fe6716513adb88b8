//! `rapport-speech`: writes down what is said in an utterance, and describes voices, in a process of its own beside the
//! server. It reads requests from standard input and writes replies to standard output (`speech_protocol`).
//!
//! The speech model is Whisper (Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022) in the
//! file format of CTranslate2, the speaker encoder is the one of "Generalized End-to-End Loss for Speaker Verification"
//! (Wan et al., 2018). Both run on candle, on one processor. Models are loaded at first need.
//!
//! Whisper is written out here instead of taken from candle-transformers, whose decoder works through the whole text
//! again for each token, and which brings a hundred other models to compile.
//!
//! Map: `serve` answers requests; `whisper/` is the speech model, `speaker/` the speaker encoder, `spectrogram` what both
//! see of the audio.

mod folder;
mod serve;
mod speaker;
mod spectrogram;
mod whisper;

use std::{
    io::{Write, stdin, stdout},
    path::PathBuf,
    sync::mpsc,
    thread,
    time::Duration,
};

use anyhow::{Context, Result};
use clap::Parser;
use speech_protocol::{encode_reply, read_request};

use crate::{folder::Folder, serve::Server};

/// Without a request for so long it ends, which gives its memory back.
const IDLE: Duration = Duration::from_mins(5);

#[derive(Parser)]
#[command(about = "Transcribes utterances for Rapport's server; not to be started by hand")]
struct Options {
    /// The folder of the models, as `cargo xtask speech` makes it
    #[arg(long, env = "RAPPORT_SPEECH_MODEL", default_value = "data/models")]
    models: PathBuf,
}

fn main() -> Result<()> {
    let mut server = Server::new(Folder::new(Options::parse().models));
    let (sender, requests) = mpsc::sync_channel(0);
    // Reading has no time-out of its own. The thread ends with the process.
    thread::spawn(move || {
        let mut input = stdin().lock();
        loop {
            let request = read_request(&mut input);
            let last = !matches!(request, Ok(Some(_)));
            if sender.send(request).is_err() || last {
                return;
            }
        }
    });
    let mut output = stdout().lock();
    while let Ok(request) = requests.recv_timeout(IDLE) {
        let Some((request, samples)) = request.context("cannot read the request")? else {
            break;
        };
        let reply = server.answer(&request, &samples);
        output.write_all(&encode_reply(&reply)?)?;
        output.flush()?;
    }
    Ok(())
}
