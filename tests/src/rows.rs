//! Writes down which acceptance rows a passing test shows, for the table that the test command prints.

use std::fmt::Write as _;

use db::Engine;

/// The variable that names the folder of the lines; without it nothing is written.
const FOLDER: &str = "RAPPORT_TEST_ROWS";

/// Most rows that one test may claim: a test that shows everything shows nothing.
pub(crate) const MOST: usize = 5;

pub(crate) fn write(test: &str, engine: Engine, rows: &[&str]) {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    if rows.is_empty() {
        return;
    }
    let engine = name_of(engine);
    let mut text = String::new();
    for row in rows {
        writeln!(text, "{row}\t{test}\t{engine}\tapi").expect("a string takes every line");
    }
    let file = format!("{folder}/{}-{engine}.tsv", test.replace("::", "-"));
    std::fs::write(file, text).expect("the folder of rows can be written to");
}

fn name_of(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}
