//! Transcribes the test call: who said what, how well it is understood, and what it costs. It never fails because something
//! was slow.
//!
//! `cargo xtask bench speech` builds what is needed and starts this.
#![allow(clippy::print_stdout, reason = "a command-line tool reports on standard output")]

mod words;

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use clap::Parser;
use serde::Deserialize;
use transcribe::{Audio, DecodeError, SAMPLE_RATE, Transcriber, Transcript, Worker, WorkerSettings};

use crate::words::{errors, words};

/// The longest wait for one utterance.
const PATIENCE: Duration = Duration::from_mins(10);

/// What the kernel counts processor time in: `sysconf(_SC_CLK_TCK)`, 100 on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

#[derive(Parser)]
struct Options {
    /// The release build of rapport-speech
    #[arg(long)]
    worker: PathBuf,
    /// The folder of its models
    #[arg(long)]
    models: PathBuf,
    /// The folder of the test call
    #[arg(long)]
    audio: PathBuf,
}

/// A turn of the call as it was spoken. Times in seconds.
#[derive(Deserialize)]
struct Turn {
    speaker: String,
    start: f64,
    end: f64,
    text: String,
}

/// The speakers in the order of their channels.
const SPEAKERS: [&str; 2] = ["agent", "customer"];

/// The call in memory.
struct Call(Vec<Vec<f32>>);

impl Audio for Call {
    fn decode(&self, sink: &mut dyn FnMut(&[Vec<f32>]) -> ControlFlow<()>) -> Result<(), DecodeError> {
        let _ = sink(&self.0);
        Ok(())
    }
}

impl Call {
    fn seconds(&self) -> f64 {
        self.0.first().map_or(0, Vec::len) as f64 / SAMPLE_RATE as f64
    }

    fn mixed(&self) -> Self {
        let mut channels = self.0.iter();
        let mut mix = channels.next().cloned().unwrap_or_default();
        for channel in channels {
            mix.iter_mut().zip(channel).for_each(|(mix, sample)| *mix = (*mix + sample) / 2.0);
        }
        Self(vec![mix])
    }
}

/// What was measured, beside its target.
struct Figure {
    what: &'static str,
    target: &'static str,
    ours: String,
    reached: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    let turns: Vec<Turn> = serde_json::from_slice(&fs::read(options.audio.join("call_synth_ref.json"))?)?;
    let call = decoded(&options.audio.join("call_synth_stereo.ogg"))?;
    let mixed = call.mixed();
    let mut figures = two_channels(&options, call, &turns).await?;
    figures.push(one_channel(&options, mixed, &turns).await?);
    println!("\n| what | target | Rapport | |\n|---|---|---|---|");
    for Figure { what, target, ours, reached } in figures {
        println!("| {what} | {target} | {ours} | {} |", if reached { "reached" } else { "missed" });
    }
    Ok(())
}

async fn two_channels(options: &Options, call: Call, turns: &[Turn]) -> Result<Vec<Figure>> {
    let Measured { transcript, cpu, megabytes } = transcribe(options, call).await?;
    let error = word_error(turns, &transcript);
    let found = turns.iter().filter(|turn| is_found(turn, &transcript)).count();
    let (seen, all) = (turns_of(&transcript), turns.len());
    Ok(vec![
        Figure {
            what: "two channels: word error by speaker",
            target: "at most 5 %",
            ours: format!("{:.1} %", error * 100.0),
            reached: error <= 0.05,
        },
        Figure {
            what: "two channels: turns found of those spoken, and turns in all",
            target: "all, and no more",
            ours: format!("{found} of {all}, {seen}"),
            reached: found == all && seen == all,
        },
        Figure {
            what: "CPU seconds for a second of audio, loading the model included",
            target: "at most 0.35",
            ours: format!("{cpu:.2}"),
            reached: cpu <= 0.35,
        },
        Figure {
            what: "most memory of the worker",
            target: "at most 800 MB",
            ours: format!("{megabytes:.0} MB"),
            reached: megabytes <= 800.0,
        },
    ])
}

async fn one_channel(options: &Options, call: Call, turns: &[Turn]) -> Result<Figure> {
    let Measured { transcript, .. } = transcribe(options, call).await?;
    // The voices have no names: who speaks first is the agent in this call.
    let error = word_error(turns, &transcript);
    Ok(Figure {
        what: "both channels mixed: word error by speaker, told apart by voice",
        target: "at most 20 %",
        ours: format!("{:.1} %", error * 100.0),
        reached: error <= 0.20,
    })
}

struct Measured {
    transcript: Transcript,
    /// Seconds of processor time for a second of audio.
    cpu: f64,
    /// The most memory of the worker.
    megabytes: f64,
}

async fn transcribe(options: &Options, call: Call) -> Result<Measured> {
    let seconds = call.seconds();
    let settings =
        WorkerSettings { program: options.worker.clone(), models: options.models.clone(), timeout: PATIENCE };
    let worker = Arc::new(Worker::new(settings));
    let transcriber = Transcriber::new(worker.clone(), Some(worker.clone()));
    let (began, own_before) = (Instant::now(), cpu_seconds("self")?);
    let given = transcribe::Options::default();
    let transcript = transcriber.transcribe(Arc::new(call), given, |_| ControlFlow::Continue(())).await?;
    let wall = began.elapsed().as_secs_f64();
    let process = worker.process_id().await.context("the worker has ended")?.to_string();
    let cpu = (cpu_seconds(&process)? + cpu_seconds("self")? - own_before) / seconds;
    for segment in &transcript.segments {
        println!("{:>6.1} s  {}  {}", segment.start_ms as f64 / 1e3, segment.speaker, segment.text);
    }
    let load = fs::read_to_string("/proc/loadavg")?;
    println!("{seconds:.0} s of audio in {wall:.0} s, {cpu:.2} CPU s a second, load {}", load.trim());
    Ok(Measured { transcript, cpu, megabytes: peak_megabytes(&process)? })
}

/// Processor time that a process has used since its start, in seconds.
fn cpu_seconds(process: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name of the program, in parentheses, may hold spaces.
    let (_, fields) = text.rsplit_once(')').context("no end of the name")?;
    let ticks = |at: usize| -> Result<f64> {
        Ok(fields.split_whitespace().nth(at).context("too few fields")?.parse()?)
    };
    Ok((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
}

/// The most memory of a process that was ever resident.
fn peak_megabytes(process: &str) -> Result<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:")).context("no such line")?;
    let kib: f64 = line.split_whitespace().nth(1).context("no value")?.parse()?;
    Ok(kib * 1024.0 / 1e6)
}

/// The call as samples of each channel.
fn decoded(file: &Path) -> Result<Call> {
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-i"]).arg(file).args(["-f", "f32le", "-ar", &SAMPLE_RATE.to_string(), "-"]);
    let output = ffmpeg.output().context("cannot start ffmpeg")?;
    ensure!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
    let samples = output.stdout.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (at, sample) in samples.enumerate() {
        if at % 2 == 0 { left.push(sample) } else { right.push(sample) }
    }
    Ok(Call(vec![left, right]))
}

/// Errors in the words of each speaker against what that speaker said, as a share of all words.
fn word_error(turns: &[Turn], transcript: &Transcript) -> f64 {
    let (mut wrong, mut all) = (0, 0);
    for (speaker, name) in SPEAKERS.iter().enumerate() {
        let spoken = turns.iter().filter(|turn| turn.speaker == *name).map(|turn| turn.text.as_str());
        let heard = transcript.segments.iter().filter(|segment| segment.speaker == speaker);
        let spoken = words(&spoken.collect::<Vec<_>>().join(" "));
        let heard = words(&heard.map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" "));
        wrong += errors(&spoken, &heard);
        all += spoken.len();
    }
    wrong as f64 / all as f64
}

/// Whether the transcript has the turn's speaker speak for at least half of its time.
fn is_found(turn: &Turn, transcript: &Transcript) -> bool {
    let of_speaker =
        transcript.segments.iter().filter(|one| SPEAKERS.get(one.speaker) == Some(&turn.speaker.as_str()));
    let covered: f64 = of_speaker
        .map(|one| {
            (turn.end.min(one.end_ms as f64 / 1e3) - turn.start.max(one.start_ms as f64 / 1e3)).max(0.0)
        })
        .sum();
    covered >= (turn.end - turn.start) / 2.0
}

/// How many turns the transcript has: what one speaker says until another does.
fn turns_of(transcript: &Transcript) -> usize {
    let speakers: Vec<usize> = transcript.segments.iter().map(|segment| segment.speaker).collect();
    speakers.chunk_by(|one, next| one == next).count()
}
