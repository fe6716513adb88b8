//! The built program as a process of its own.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

/// The program `rapport` as it was built beside the tests, or as `RAPPORT_BINARY` says.
pub fn program() -> PathBuf {
    if let Some(named) = std::env::var_os("RAPPORT_BINARY") {
        return named.into();
    }
    let tests = std::env::current_exe().unwrap();
    let built = tests.parent().and_then(Path::parent).unwrap().join("rapport");
    assert!(built.exists(), "build the server first: cargo build -p server ({})", built.display());
    built
}

/// A server process with a folder of its own. It is killed when dropped.
pub struct ServerProcess {
    child: Child,
    folder: PathBuf,
    database: String,
    port: u16,
}

impl ServerProcess {
    /// Starts the program on a database (a URL; none for SQLite in the folder) and waits until it answers.
    pub async fn start(folder: &Path, database: Option<&str>) -> Self {
        Self::launch(Command::new(program()), folder, database).await
    }

    /// As [`start`](Self::start), with more environment. A restart does without it.
    pub async fn start_with(folder: &Path, database: &str, environment: &[(&str, String)]) -> Self {
        let mut command = Command::new(program());
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        Self::launch(command, folder, Some(database)).await
    }

    /// As [`start`](Self::start) on SQLite, where no file may grow beyond so many kilobytes until
    /// [`unlimit`](Self::unlimit): a full disk that needs no rights to be made.
    pub async fn start_limited(folder: &Path, kilobytes: u64) -> Self {
        // Ignoring the signal makes the write fail, as on a full disk, where it would end the process. The shell counts
        // in blocks of 512 bytes.
        let limited = format!("trap '' XFSZ; ulimit -S -f {}; exec \"$0\" \"$@\"", kilobytes * 2);
        let mut command = Command::new("sh");
        command.args(["-c", &limited]).arg(program());
        Self::launch(command, folder, None).await
    }

    async fn launch(command: Command, folder: &Path, database: Option<&str>) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let database = database
            .map_or_else(|| format!("sqlite://{}", folder.join("rapport.db").display()), str::to_owned);
        let port = free_port();
        let child = spawn(command, folder, &database, port);
        let mut process = Self { child, folder: folder.to_owned(), database, port };
        process.wait_until_ready().await;
        process
    }

    /// Lets files grow again.
    pub fn unlimit(&self) {
        let process = self.child.id().to_string();
        let lifted =
            Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited:unlimited"]).status();
        assert!(lifted.unwrap().success());
    }

    /// The URL of the server.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Kills the process as a power cut would (SIGKILL).
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks the process to stop (SIGTERM), and waits until it has.
    pub fn terminate(&mut self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        assert!(self.child.wait().unwrap().success(), "the server did not stop in order");
    }

    /// Starts it again on the same database and port.
    pub async fn restart(&mut self) {
        self.child = spawn(Command::new(program()), &self.folder, &self.database, self.port);
        self.wait_until_ready().await;
    }

    async fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        let url = format!("{}/health/ready", self.base());
        while Instant::now() < deadline {
            if reqwest::get(&url).await.is_ok_and(|reply| reply.status().is_success()) {
                return;
            }
            assert!(self.child.try_wait().unwrap().is_none(), "the server ended at its start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the server does not answer");
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The settings of a process, as environment.
pub fn environment(folder: &Path, database: &str) -> Vec<(&'static str, String)> {
    vec![
        ("RAPPORT_DATABASE__URL", database.to_owned()),
        ("RAPPORT_STORAGE__PATH", folder.join("files").display().to_string()),
        ("RAPPORT_SECRETS__KEY_FILE", folder.join("key").display().to_string()),
        ("RAPPORT_LOG__LEVEL", "warn".to_owned()),
    ]
}

fn spawn(mut command: Command, folder: &Path, database: &str, port: u16) -> Child {
    let log = File::options().create(true).append(true).open(folder.join("log")).unwrap();
    command
        .arg("serve")
        .current_dir(folder)
        .envs(environment(folder, database))
        .env("RAPPORT_SERVER__BIND", format!("127.0.0.1:{port}"))
        .env("RAPPORT_LIMITS__VISITOR_MESSAGES_PER_MINUTE", "100000")
        .stdin(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("the server can be started")
}

/// A free port below the range that the system gives to outgoing connections, another one at each call.
pub fn free_port() -> u16 {
    static ASKED: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 1_000).unwrap() * 10;
    let first = first + ASKED.fetch_add(1, Ordering::Relaxed);
    (first..32_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a port is free")
}
