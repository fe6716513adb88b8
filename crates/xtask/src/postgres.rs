//! A PostgreSQL cluster of the tests' or the bench's own, started from the installed binaries and gone at the end.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{packages, workspace};

/// The folder of the newest PostgreSQL server that is installed.
pub fn binaries() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path());
    let major = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    versions.filter(|path| path.join("bin/initdb").exists()).max_by_key(major).map(|path| path.join("bin"))
}

/// A running cluster. Dropping it stops the server and removes its files.
pub struct Cluster {
    folder: PathBuf,
    binaries: PathBuf,
    port: u16,
    as_postgres: bool,
}

impl Cluster {
    /// Makes a cluster for tests, which make and drop thousands of rows and never need to survive a power cut.
    pub fn start() -> Result<Self> {
        Self::start_with("-c fsync=off -c full_page_writes=off -c max_connections=300")
    }

    /// Makes a cluster that has every commit on the disk, as a real one has.
    pub fn start_durable() -> Result<Self> {
        Self::start_with("-c fsync=on -c synchronous_commit=on -c max_wal_size=4GB")
    }

    /// Makes a cluster and starts it on a free port of the loopback address. `initdb` refuses root, so root hands it to
    /// the user `postgres`.
    fn start_with(settings: &str) -> Result<Self> {
        let binaries = binaries().context("PostgreSQL is not installed: apt-get install postgresql")?;
        let folder = std::env::temp_dir().join(format!("rapport-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let cluster = Self { folder, binaries, port: free_port()?, as_postgres: packages::is_root()? };
        if cluster.as_postgres {
            workspace::run(Command::new("chown").arg("postgres:postgres").arg(&cluster.folder))?;
        }
        let data = cluster.folder.join("data");
        cluster.run("initdb", |c| {
            c.args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
        })?;
        let options = format!(
            "-p {} -h 127.0.0.1 -k {} -c shared_buffers=256MB {settings}",
            cluster.port,
            cluster.folder.display()
        );
        cluster.run("pg_ctl", |c| {
            c.args(["start", "-w", "-l"])
                .arg(cluster.folder.join("log"))
                .arg("-D")
                .arg(&data)
                .args(["-o", &options])
        })?;
        Ok(cluster)
    }

    /// The address of the cluster's maintenance database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn run(&self, program: &str, arguments: impl FnOnce(&mut Command) -> &mut Command) -> Result<()> {
        let path = self.binaries.join(program);
        let mut command = if self.as_postgres {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir(Path::new("/")).stdout(std::process::Stdio::null());
        workspace::run(arguments(&mut command))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        // Nothing is left to do when stopping fails: the files go, and the server with them.
        let _ = self.run("pg_ctl", |c| c.args(["stop", "-m", "immediate", "-D"]).arg(&data));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A free port below 32768: from there on the system hands ports to outgoing connections.
fn free_port() -> Result<u16> {
    (18400..32000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free")
}
