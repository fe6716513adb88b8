//! Two hundred players of long recordings at a time, beside a bare server of static files.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::json;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use tokio::time::sleep;
use types::calls::RecordingLink;

use crate::company::Company;
use crate::figures::{Figure, load_average, median};
use crate::http::{Connection, request_with};
use crate::process::Process;
use crate::recordings::{self, THREE_HOURS};
use crate::seed::megabytes;
use crate::servers::Bench;

/// How many read at a time.
const READERS: usize = 200;
/// How much each asks for at a time, in bytes.
const PART_BYTES: u64 = 4 * 1024 * 1024;
/// How much of a whole recording a reader takes that then takes no more, in bytes: more than the system buffers.
const SIP_BYTES: usize = 256 * 1024;
/// How long they take no more.
const STALL: Duration = Duration::from_secs(2);
/// The most memory that may be resident for each reader, in bytes.
const MOST_EACH: f64 = 128_000.0;

/// A server, and the files that it has: where each is to be asked for, and its size in bytes.
struct Target {
    name: &'static str,
    process: Process,
    files: Vec<(String, u64)>,
    rounds: Vec<Round>,
}

/// What a server did in one round. Memory is in bytes.
struct Round {
    megabytes_per_second: f64,
    cpu_seconds_per_gigabyte: f64,
    resident_before: u64,
    /// While parts were read.
    most_resident: u64,
    /// While readers had begun with the whole and took no more.
    resident_stalled: u64,
}

/// Reads parts of the recordings as fast as they come, and then begins with the whole and takes no more.
///
/// # Errors
/// When a server fails.
pub async fn measure(bench: &Bench) -> Result<Figure> {
    println!("{READERS} parallel readers of recordings of three hours");
    let data = recordings::ensure(bench).await?;
    let rapport = bench.rapport(&data).await?;
    let company = Company::sign_in(rapport.address()).await?;
    let (mut linked, mut bare) = (Vec::new(), Vec::new());
    for call in recordings::titled(&company, THREE_HOURS).await? {
        let (Some(id), Some(bytes)) = (call.recording.id, call.recording.bytes) else { continue };
        let make = company.post(&format!("/v1/calls/{}/recording/link", call.id), &json!({}))?;
        let link: RecordingLink = Connection::open(company.address).await?.call(&make).await?;
        linked.push((link.url, bytes.unsigned_abs()));
        bare.push((format!("/files/{id}"), bytes.unsigned_abs()));
    }
    let folder = data.join("files/recordings");
    let floor = bench.floor_with(|command| command.arg("--files").arg(folder)).await?;
    let mut ours = Target { name: "Rapport", process: rapport, files: linked, rounds: Vec::new() };
    let mut floor = Target { name: "floor", process: floor, files: bare, rounds: Vec::new() };
    for target in [&mut ours, &mut floor] {
        // Only warms up, and has the recordings read into the system's cache.
        target.round(bench).await?;
        target.rounds.clear();
    }
    for number in 1..=bench.rounds {
        for target in [&mut ours, &mut floor] {
            target.round(bench).await?;
            println!(
                "  {number} {:<8}{}  load {:.1}",
                target.name,
                text(&target.rounds[number - 1..]),
                load_average()?
            );
        }
    }
    let figure = figure(&ours.rounds, &floor.rounds);
    ours.process.stop().await?;
    Ok(figure)
}

fn figure(ours: &[Round], floor: &[Round]) -> Figure {
    let rate = |rounds: &[Round]| median(rounds.iter().map(|round| round.megabytes_per_second));
    let is_flat = |round: &Round| {
        let most = round.most_resident.max(round.resident_stalled);
        most.saturating_sub(round.resident_before) as f64 <= MOST_EACH * READERS as f64
    };
    let grown = match (ours.first(), ours.last()) {
        (Some(first), Some(last)) => last.most_resident as f64 / first.most_resident as f64,
        _ => f64::NAN,
    };
    Figure {
        what: "200 parallel range readers of recordings of 3 hours",
        target: "memory flat: at most 128 KB a reader, last round at most 1.1 of the first",
        ours: format!(
            "{:.2} of the floor: {}; last round {grown:.2} of the first",
            rate(ours) / rate(floor),
            text(ours)
        ),
        floor: text(floor),
        reached: Some(ours.iter().all(is_flat) && grown <= 1.1),
    }
}

fn text(rounds: &[Round]) -> String {
    let of = |value: &dyn Fn(&Round) -> f64| median(rounds.iter().map(value));
    format!(
        "{:.0} MB/s, CPU {:.2} s a GB, resident {:.0} MB before, at most {:.0} MB reading, {:.0} MB stalled",
        of(&|round| round.megabytes_per_second),
        of(&|round| round.cpu_seconds_per_gigabyte),
        of(&|round| megabytes(round.resident_before)),
        of(&|round| megabytes(round.most_resident)),
        of(&|round| megabytes(round.resident_stalled)),
    )
}

impl Target {
    async fn round(&mut self, bench: &Bench) -> Result<()> {
        let resident_before = self.process.resident()?;
        self.process.forget_peak()?;
        let (began, cpu) = (Instant::now(), self.process.cpu_seconds()?);
        let read = self.read(bench.round_length).await?;
        let (seconds, cpu) = (began.elapsed().as_secs_f64(), self.process.cpu_seconds()? - cpu);
        let most_resident = self.process.peak_resident()?;
        let resident_stalled = self.stall().await?;
        self.rounds.push(Round {
            megabytes_per_second: megabytes(read) / seconds,
            cpu_seconds_per_gigabyte: cpu * 1e9 / read as f64,
            resident_before,
            most_resident,
            resident_stalled,
        });
        Ok(())
    }

    /// Reads parts for a time, one after the other, each reader from a place of its own; how many bytes there were.
    async fn read(&self, length: Duration) -> Result<u64> {
        let mut readers = JoinSet::new();
        let began = Instant::now();
        for reader in 0..READERS {
            let (address, (path, size)) =
                (self.process.address(), self.files[reader % self.files.len()].clone());
            readers.spawn(async move {
                let mut connection = Connection::open(address).await?;
                let parts = size / PART_BYTES;
                let mut read = 0;
                for part in (0..parts).cycle().skip(reader * 7) {
                    if began.elapsed() >= length {
                        break;
                    }
                    let range = format!("bytes={}-{}", part * PART_BYTES, (part + 1) * PART_BYTES - 1);
                    let request = request_with("GET", &path, None, &[("Range", &range)], &[]);
                    let (status, bytes) = connection.skim(&request, usize::MAX).await?;
                    ensure!(status == 206 && bytes as u64 == PART_BYTES, "{status}, {bytes} bytes");
                    read += PART_BYTES;
                }
                anyhow::Ok(read)
            });
        }
        let mut read = 0;
        while let Some(done) = readers.join_next().await {
            read += done??;
        }
        Ok(read)
    }

    /// Begins with the whole recordings and takes no more, as players do that are paused; the bytes that are resident
    /// then.
    async fn stall(&self) -> Result<u64> {
        let (all_begun, looked) = (Arc::new(Barrier::new(READERS + 1)), Arc::new(Barrier::new(READERS + 1)));
        let mut readers = JoinSet::new();
        for reader in 0..READERS {
            let (address, (path, _)) =
                (self.process.address(), self.files[reader % self.files.len()].clone());
            let (all_begun, looked) = (Arc::clone(&all_begun), Arc::clone(&looked));
            readers.spawn(async move {
                let begun = async {
                    let mut connection = Connection::open(address).await?;
                    let request = request_with("GET", &path, None, &[("Range", "bytes=0-")], &[]);
                    let (status, _) = connection.skim(&request, SIP_BYTES).await?;
                    ensure!(status == 206, "{status}");
                    Ok(connection)
                }
                .await;
                all_begun.wait().await;
                looked.wait().await;
                // Only now may the connection go.
                begun.map(drop)
            });
        }
        all_begun.wait().await;
        sleep(STALL).await;
        let resident = self.process.resident()?;
        looked.wait().await;
        while let Some(done) = readers.join_next().await {
            done??;
        }
        Ok(resident)
    }
}
