//! The table of acceptance rows: which tests show them, on which database, through the API or in the browser.
//!
//! A test that passes writes a line `ROW<TAB>test<TAB>engine<TAB>api|browser` into `target/rows/`. A row that
//! `tests/rows.toml` claims needs the API shown on both engines and, for the kinds CAP and OPT, a browser test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::workspace;

/// What `tests/rows.toml` holds: the claimed rows by kind.
#[derive(Deserialize)]
struct Claims {
    /// Row ids to their kinds: CAP, OPT, PERM, RULE or SYS.
    rows: BTreeMap<String, String>,
}

#[derive(Default)]
struct Shown {
    tests: BTreeSet<String>,
    sqlite: bool,
    postgres: bool,
    browser: bool,
}

/// Where passing tests leave their lines.
pub fn folder() -> PathBuf {
    workspace::root().join("target/rows")
}

/// Forgets what earlier runs showed.
pub fn clear() -> Result<()> {
    let folder = folder();
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(folder).context("cannot make the folder of shown rows")
}

/// Prints the table, and fails where a claimed row is not shown.
pub fn report() -> Result<()> {
    let text = fs::read_to_string(workspace::root().join("tests/rows.toml")).context("tests/rows.toml")?;
    let claims: Claims = toml::from_str(&text).context("tests/rows.toml")?;
    let shown = collect()?;
    let mut faults = Vec::new();
    for (row, kind) in &claims.rows {
        let Some(by) = shown.get(row) else {
            faults.push(format!("{row} is claimed, and no passing test shows it"));
            continue;
        };
        let tests: Vec<_> = by.tests.iter().map(String::as_str).collect();
        let mark = |yes: bool, name: &'static str| if yes { name } else { "-" };
        println!(
            "{row:<12}{kind:<6}{:<8}{:<10}{:<9}{}",
            mark(by.sqlite, "sqlite"),
            mark(by.postgres, "postgres"),
            mark(by.browser, "browser"),
            tests.join(", ")
        );
        if !(by.sqlite && by.postgres) {
            faults.push(format!("{row} is not shown through the API on both databases"));
        }
        if matches!(kind.as_str(), "CAP" | "OPT") && !by.browser {
            faults.push(format!("{row} is of kind {kind} and not shown in the browser"));
        }
    }
    for row in shown.keys().filter(|row| !claims.rows.contains_key(*row)) {
        println!("{row:<12}shown, not claimed");
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    println!("{} rows claimed and shown", claims.rows.len());
    Ok(())
}

fn collect() -> Result<BTreeMap<String, Shown>> {
    let mut shown = BTreeMap::<String, Shown>::new();
    for entry in fs::read_dir(folder())? {
        for line in fs::read_to_string(entry?.path())?.lines() {
            let [row, test, engine, means] = line.split('\t').collect::<Vec<_>>()[..] else {
                bail!("a line of target/rows is malformed: {line}");
            };
            let by = shown.entry(row.to_owned()).or_default();
            by.tests.insert(test.to_owned());
            match (means, engine) {
                ("browser", _) => by.browser = true,
                (_, "sqlite") => by.sqlite = true,
                (_, _) => by.postgres = true,
            }
        }
    }
    Ok(shown)
}
