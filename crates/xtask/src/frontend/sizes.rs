//! How many bytes a browser loads, and how many it may.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};

use super::compress::twin;

/// What a visitor or representative waits for, as stable names, with its budget in bytes.
struct Budget {
    name: &'static str,
    files: &'static [&'static str],
    encoding: &'static str,
    bytes: u64,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        name: "SPA, first load",
        files: &["app/app.js", "app/app_bg.wasm", "app/app.css", "app/theme.js", "app/icon.svg"],
        encoding: "br",
        bytes: 600_000,
    },
    Budget {
        name: "chat widget",
        files: &["chat/chat.js", "chat/chat_bg.wasm", "chat/chat.css"],
        encoding: "br",
        bytes: 60_000,
    },
    Budget {
        name: "shared clip",
        files: &["clip/clip.js", "clip/clip_bg.wasm", "clip/clip.css"],
        encoding: "br",
        bytes: 40_000,
    },
    Budget {
        name: "booking page",
        files: &["booking/booking.js", "booking/booking_bg.wasm", "booking/booking.css"],
        encoding: "br",
        // With the page itself, which the server renders: 90 KB in all.
        bytes: 85_000,
    },
    Budget { name: "embed loader", files: &["embed/rapport.js"], encoding: "gz", bytes: 5_000 },
];

/// What a part of the SPA that is fetched when it is first needed may weigh, in bytes of brotli.
const PART_BYTES: u64 = 350_000;

/// Prints the size of every file and of each budget's sum; answers whether every sum is within its budget.
pub fn report(dist: &Path) -> Result<bool> {
    let manifest: BTreeMap<String, String> =
        serde_json::from_slice(&fs::read(dist.join("manifest.json"))?).context("dist/manifest.json")?;
    println!("{:>9} {:>9} {:>9}  file (bytes: plain, brotli, gzip)", "plain", "br", "gz");
    for (stable, path) in &manifest {
        let file = dist.join(on_disk(path));
        println!(
            "{:>9} {:>9} {:>9}  {stable}",
            size(&file)?,
            size(&twin(&file, "br"))?,
            size(&twin(&file, "gz"))?
        );
    }
    let mut within = true;
    for budget in &BUDGETS {
        let mut sum = 0;
        for stable in budget.files {
            let path = manifest.get(*stable).with_context(|| format!("{stable} was not built"))?;
            sum += size(&twin(&dist.join(on_disk(path)), budget.encoding))?;
        }
        within &= judge(budget.name, sum, budget.bytes, budget.encoding);
    }
    for (stable, path) in manifest.iter().filter(|(stable, _)| is_part(stable)) {
        within &= judge(stable, size(&twin(&dist.join(on_disk(path)), "br"))?, PART_BYTES, "br");
    }
    Ok(within)
}

/// Whether it is a part of the SPA, or what several parts share.
fn is_part(stable: &str) -> bool {
    stable.ends_with(".wasm") && (stable.starts_with("app/split_") || stable.starts_with("app/chunk_"))
}

/// Prints and answers whether `sum` is within its budget.
fn judge(name: &str, sum: u64, budget: u64, encoding: &str) -> bool {
    let verdict = if sum <= budget { "ok" } else { "TOO LARGE" };
    println!("{name}: {sum} of {budget} bytes {encoding}, {verdict}");
    sum <= budget
}

/// The file below `dist/` that is served at `path`.
fn on_disk(path: &str) -> String {
    match path.strip_prefix("/assets/") {
        Some(asset) => format!("app/assets/{asset}"),
        None => path.trim_start_matches('/').to_owned(),
    }
}

fn size(file: &Path) -> Result<u64> {
    Ok(fs::metadata(file).with_context(|| format!("cannot read {}", file.display()))?.len())
}
