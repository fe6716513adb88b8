//! Decoding a call and drawing its waveform, beside ffmpeg that only decodes.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use media::{Limits, examine};

use crate::{
    figures::{Figure, load_average, median},
    process::TICKS_PER_SECOND,
    seed::megabytes,
    servers::Bench,
};

/// How long the call is, in seconds.
const LENGTH: f64 = 3600.0;
/// The most memory that may be resident meanwhile, in megabytes.
const MOST_MEGABYTES: f64 = 64.0;

/// Two voices that take turns, each on its channel, with noise: 16 kHz stereo.
const CALL: &str = "aevalsrc='0.5*sin(2*PI*(140+30*sin(2*PI*0.7*t))*t)*lt(mod(t,9),4.5)*(0.6+0.4*sin(2*PI*3.1*t))+0.01*(random(0)-0.5)\
    |0.5*sin(2*PI*(210+40*sin(2*PI*0.9*t))*t)*gte(mod(t,9),4.5)*(0.6+0.4*sin(2*PI*2.7*t))+0.01*(random(1)-0.5)':s=16000";

/// Examines a call of an hour as Opus and as WAV.
///
/// # Errors
/// When ffmpeg is missing or a file cannot be made.
pub fn measure(bench: &Bench) -> Result<Vec<Figure>> {
    println!("peaks of a 60-minute stereo call, times real time per CPU second");
    let wav = call(bench, "call.wav", &["-f", "lavfi", "-i", CALL, "-t", "3600", "-c:a", "pcm_s16le"])?;
    let source = wav.display().to_string();
    let opus = call(bench, "call.opus", &["-i", &source, "-c:a", "libopus", "-b:a", "32k"])?;
    let (speed, bare, resident) = rounds(bench, &opus)?;
    let share = speed / bare;
    let opus = Figure {
        what: "peaks of a 60-minute stereo call in Opus",
        target: "at least 0.8 of ffmpeg decoding alone; at most 64 MB",
        ours: format!("{speed:.0} x ({share:.2}); {resident:.0} MB"),
        floor: format!("{bare:.0} x"),
        reached: Some(share >= 0.8 && resident <= MOST_MEGABYTES),
    };
    let (speed, bare, resident) = rounds(bench, &wav)?;
    let wav = Figure {
        what: "peaks of a 60-minute stereo call in WAV",
        target: "at least 3,000 x; at most 64 MB",
        ours: format!("{speed:.0} x; {resident:.0} MB"),
        floor: format!("{bare:.0} x"),
        reached: Some(speed >= 3000.0 && resident <= MOST_MEGABYTES),
    };
    Ok(vec![opus, wav])
}

/// Makes a file once.
fn call(bench: &Bench, name: &str, arguments: &[&str]) -> Result<PathBuf> {
    let path = bench.data(name);
    if !path.exists() {
        let unfinished = bench.data(&format!("new-{name}"));
        ffmpeg(Command::new("ffmpeg").args(["-v", "error", "-y"]).args(arguments).arg(&unfinished))?;
        fs::rename(unfinished, &path)?;
    }
    Ok(path)
}

fn ffmpeg(command: &mut Command) -> Result<()> {
    let status =
        command.stdin(Stdio::null()).status().context("cannot start ffmpeg: apt-get install ffmpeg")?;
    ensure!(status.success(), "ffmpeg failed");
    Ok(())
}

/// The medians of our speed and ffmpeg's, and the most megabytes that were resident here.
fn rounds(bench: &Bench, path: &Path) -> Result<(f64, f64, f64)> {
    let (mut ours, mut floor, mut most) = (Vec::new(), Vec::new(), 0.0_f64);
    for number in 1..=bench.rounds {
        let before = cpu_seconds(OWN)?;
        // What was resident before does not count.
        fs::write("/proc/self/clear_refs", "5")?;
        let peaks = bench.data("call.peaks");
        let mut file = File::options().read(true).write(true).create(true).truncate(true).open(peaks)?;
        let facts = examine(File::open(path)?, &Limits::default(), &mut file)?;
        ensure!(
            facts.faults.is_empty() && facts.duration_ms.abs_diff(3_600_000) < 100,
            "the call was not understood"
        );
        ours.push(LENGTH / (cpu_seconds(OWN)? - before));
        most = most.max(resident()?);
        let before = cpu_seconds(CHILDREN)?;
        let mut decode = Command::new("ffmpeg");
        ffmpeg(decode.args(["-v", "error", "-threads", "1", "-i"]).arg(path).args(["-f", "null", "-"]))?;
        floor.push(LENGTH / (cpu_seconds(CHILDREN)? - before));
        let last = |all: &[f64]| all.last().copied().unwrap_or(f64::NAN);
        println!(
            "  {number} Rapport {:.0} x   ffmpeg {:.0} x   load {:.1}",
            last(&ours),
            last(&floor),
            load_average()?
        );
    }
    Ok((median(ours), median(floor), most))
}

/// Where `/proc/self/stat` has the processor time of this process, counted from the state.
const OWN: usize = 11;
/// The same of its children that ended.
const CHILDREN: usize = 13;

/// Processor time so far, in seconds.
fn cpu_seconds(at: usize) -> Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = text.rsplit_once(')').context("/proc/self/stat is not as expected")?;
    let ticks = fields.split_whitespace().skip(at).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS_PER_SECOND)
}

/// The most that was resident since it was last asked to forget, in megabytes.
fn resident() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(megabytes(kilobytes * 1024))
}
