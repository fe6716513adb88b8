//! `cargo xtask test`: every check and every test, on both databases and in a real browser.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{build, check, frontend, packages, parts::Parts, postgres::Cluster, rows, speech, workspace};

#[derive(Args)]
pub struct Options {
    /// Also run what takes long: races a hundred times, hostile requests at depth, every screen in every language and theme,
    /// embeds in Firefox and WebKit
    #[arg(long)]
    full: bool,
}

/// How many tests passed, by the database they ran on.
#[derive(Default)]
struct Tally {
    sqlite: usize,
    postgres: usize,
    neither: usize,
    browser: usize,
    failed: usize,
}

/// Runs everything and prints a summary. The last line is in the form `N passed, N failed`.
pub fn run(options: &Options) -> Result<()> {
    let mut parts = Parts::default();
    let mut tally = Tally::default();
    parts.part("programs the tests need", packages::ensure)?;
    check::all(&mut parts)?;
    rows::clear()?;
    let cluster = parts.part("a PostgreSQL cluster", Cluster::start)?;
    let outcome = suites(options, &cluster, &mut parts, &mut tally);
    drop(cluster);
    parts.report();
    println!(
        "tests on SQLite: {}, on PostgreSQL: {}, on neither: {}, in the browser: {}",
        tally.sqlite, tally.postgres, tally.neither, tally.browser
    );
    let passed = tally.sqlite + tally.postgres + tally.neither + tally.browser;
    println!("{passed} passed, {} failed", tally.failed);
    outcome
}

fn suites(options: &Options, cluster: &Cluster, parts: &mut Parts, tally: &mut Tally) -> Result<()> {
    let python = packages::python_bin()?;
    let models = parts.part("speech models", speech::models)?;
    let environment = |command: &mut Command| {
        command.env("RAPPORT_TEST_SPEECH_MODELS", &models);
        command.env("RAPPORT_TEST_POSTGRES", cluster.url());
        command.env("RAPPORT_TEST_PYTHON", &python);
        command.env("RAPPORT_TEST_ROWS", rows::folder());
        command.env("RAPPORT_DIST", workspace::root().join("dist"));
        if options.full {
            command.env("RAPPORT_TEST_FULL", "1");
        }
    };
    // The tests run what ships: it has to be built in any case, to be weighed. The end of its build has work for one
    // processor alone.
    let ((), server) = parts.beside(
        ("the frontend", || frontend::run(&frontend::Options::release())),
        ("the server and the tests", build::tests),
    )?;
    parts.part("tests in Rust", || {
        let mut command = build::native("test");
        command.arg("--no-fail-fast");
        environment(&mut command);
        rust(command, tally)
    })?;
    if options.full {
        parts.part("races, a hundred times each", || races(&environment))?;
        parts.part("a transcription server of others", || speech_server(&environment, tally))?;
    } else {
        parts.skip("races a hundred times, random requests at depth: they run with --full");
        parts.skip("the engine for OpenAI's interface against faster-whisper-server: it runs with --full");
    }
    let geckodriver = if options.full {
        Some(parts.part("Firefox and WebKit", packages::browsers)?)
    } else {
        parts.skip("embeds in Firefox and WebKit: they run with --full");
        None
    };
    parts.part("tests in the browser", || {
        let mut command = Command::new("node");
        command
            .current_dir(workspace::root().join("tests/e2e"))
            .args(["run.mjs"])
            .env("RAPPORT_BINARY", &server)
            .envs(geckodriver.map(|program| ("RAPPORT_TEST_GECKODRIVER", program)));
        environment(&mut command);
        browser(command, tally)
    })?;
    parts.part("acceptance rows", rows::report)
}

/// Runs cargo's tests, passes on what they print and counts the results.
fn rust(command: Command, tally: &mut Tally) -> Result<()> {
    let passed = stream(command, |line| {
        let Some((name, result)) = line.strip_prefix("test ").and_then(|rest| rest.rsplit_once(" ... "))
        else {
            return;
        };
        match result {
            "ok" if name.ends_with("sqlite") => tally.sqlite += 1,
            "ok" if name.ends_with("postgres") => tally.postgres += 1,
            "ok" => tally.neither += 1,
            _ if result.starts_with("FAILED") => tally.failed += 1,
            _ => {}
        }
    })?;
    ensure!(passed, "tests failed");
    Ok(())
}

/// Tests of what happens when many do the same at the same time, by suite.
const RACES: [(&str, &[&str]); 3] = [
    (
        "accounts",
        &[
            "a_refresh_token_rotates_with_grace",
            "of_fifty_who_take_the_last_administrators_away_one_is_refused",
        ],
    ),
    ("platform", &["of_fifty_that_look_and_write_under_a_lock_one_does", "idempotency::"]),
    (
        "api",
        &[
            "a_hundred_first_messages_make_one_conversation",
            "of_fifty_who_book_one_time_one_does",
            "of_fifty_through_two_links_one_does",
            "of_fifty_on_two_nodes_one_does",
        ],
    ),
];

/// How often each race is run.
const ROUNDS: usize = 100;

fn races(environment: &dyn Fn(&mut Command)) -> Result<()> {
    for round in 1..=ROUNDS {
        for (suite, tests) in RACES {
            let mut command = build::native("test");
            command.args(["--quiet", "--test", suite, "--"]).args(tests);
            environment(&mut command);
            let output = command.output()?;
            let told = String::from_utf8_lossy(&output.stdout);
            let complaints = String::from_utf8_lossy(&output.stderr);
            // A name that fits no test passes too.
            let ran = told.contains("test result: ok.") && !told.contains(" 0 passed");
            ensure!(
                output.status.success() && ran,
                "round {round} of {ROUNDS}, {suite}:\n{told}{complaints}"
            );
        }
    }
    Ok(())
}

/// Has faster-whisper-server, installed at first need, transcribe the start of the test call.
fn speech_server(environment: &dyn Fn(&mut Command), tally: &mut Tally) -> Result<()> {
    let mut command = build::cargo();
    command.args(["test", "--package", "speech", "--test", "transcription", "--", "--ignored"]);
    command.env("RAPPORT_TEST_SPEECH_SERVER", packages::speech_server()?);
    environment(&mut command);
    rust(command, tally)
}

/// Runs the browser's tests, which report in the Test Anything Protocol.
fn browser(command: Command, tally: &mut Tally) -> Result<()> {
    let passed = stream(command, |line| {
        if line.starts_with("ok ") {
            tally.browser += 1;
        } else if line.starts_with("not ok ") {
            tally.failed += 1;
        }
    })?;
    ensure!(passed, "tests failed");
    Ok(())
}

fn stream(mut command: Command, mut each: impl FnMut(&str)) -> Result<bool> {
    let program = format!("{command:?}");
    let mut child =
        command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {program}"))?;
    let output = child.stdout.take().context("no output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        each(&line);
    }
    Ok(child.wait()?.success())
}
