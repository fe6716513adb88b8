//! A server under measurement: started, watched through `/proc`, and stopped.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use tokio::time::sleep;

use crate::http::{Connection, get};

/// How long a server may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often it is asked whether it is ready.
const ASK_EVERY: Duration = Duration::from_millis(1);

/// What the kernel counts processor time in: `sysconf(_SC_CLK_TCK)`, 100 on every Linux.
pub const TICKS_PER_SECOND: f64 = 100.0;

/// A running server. Dropping it kills it.
pub struct Process {
    child: Child,
    address: SocketAddr,
    /// How long it took from the start to the first answer.
    pub started_in: Duration,
}

/// A free port of the loopback address, below those that the system hands to outgoing connections.
///
/// # Errors
/// When all are in use.
pub fn free_address() -> Result<SocketAddr> {
    (18600..32000)
        .map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
        .find(|address| TcpListener::bind(address).is_ok())
        .context("no port is free")
}

impl Process {
    /// Starts a server that listens on `address`, and waits until it answers at `path`. It logs to a file.
    ///
    /// # Errors
    /// When it ends, or does not answer in time.
    pub async fn start(mut command: Command, address: SocketAddr, path: &str, log: &Path) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(log)?);
        let started = Instant::now();
        let child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let mut process = Self { child, address, started_in: Duration::ZERO };
        let request = get(path, None);
        loop {
            if let Ok(mut connection) = Connection::open(address).await
                && matches!(connection.send(&request).await, Ok((200, _)))
            {
                process.started_in = started.elapsed();
                return Ok(process);
            }
            if let Some(status) = process.child.try_wait()? {
                bail!("the server ended ({status}); see {}", log.display());
            }
            ensure!(started.elapsed() < PATIENCE, "the server does not answer; see {}", log.display());
            sleep(ASK_EVERY).await;
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Processor time used since its start, in seconds.
    ///
    /// # Errors
    /// When it is gone.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let text = self.read("stat")?;
        // The name of the program, in parentheses, may hold spaces.
        let (_, fields) = text.rsplit_once(')').context("no end of the name")?;
        let ticks = |at: usize| -> Result<f64> {
            Ok(fields.split_whitespace().nth(at).context("too few fields")?.parse()?)
        };
        Ok((ticks(11)? + ticks(12)?) / TICKS_PER_SECOND)
    }

    /// Resident memory in bytes.
    ///
    /// # Errors
    /// When it is gone.
    pub fn resident(&self) -> Result<u64> {
        self.memory("VmRSS:")
    }

    /// The most memory that was ever resident, or since the last [`forget_peak`](Self::forget_peak), in bytes.
    ///
    /// # Errors
    /// When it is gone.
    pub fn peak_resident(&self) -> Result<u64> {
        self.memory("VmHWM:")
    }

    /// Has [`peak_resident`](Self::peak_resident) begin anew.
    ///
    /// # Errors
    /// When it is gone.
    pub fn forget_peak(&self) -> Result<()> {
        // See proc_pid_clear_refs(5).
        fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5").context("the server is gone")
    }

    fn memory(&self, name: &str) -> Result<u64> {
        let text = self.read("status")?;
        let line = text.lines().find(|line| line.starts_with(name)).context("no such line")?;
        let kib: u64 = line.split_whitespace().nth(1).context("no value")?.parse()?;
        Ok(kib * 1024)
    }

    fn read(&self, file: &str) -> Result<String> {
        fs::read_to_string(format!("/proc/{}/{file}", self.child.id())).context("the server is gone")
    }

    /// Tells it to stop, and waits until it has.
    ///
    /// # Errors
    /// When it does not stop in time.
    pub async fn stop(mut self) -> Result<()> {
        let told = Command::new("kill").arg(self.child.id().to_string()).status()?;
        ensure!(told.success(), "cannot tell the server to stop");
        let began = Instant::now();
        while self.child.try_wait()?.is_none() {
            ensure!(began.elapsed() < PATIENCE, "the server does not stop");
            sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It fails for a server that has stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
