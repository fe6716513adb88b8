//! What programs of others read in the calendars that are sent and written.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use rapport_tests::{node, python};
use serde_json::{Value, json};

/// What icalendar (Python) and ical.js (Thunderbird's) read in a text, which is the same.
pub fn read(text: &str) -> Value {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("programs/read_calendar.py");
    let mut python = python();
    python.arg(program);
    let mut one = run(python, text);
    let errors = one.as_object_mut().unwrap().remove("errors");
    assert_eq!(errors, Some(json!([])), "{text}");
    let other = run(node("ical", "read.mjs"), text);
    assert_eq!(one, other, "{text}");
    one
}

fn run(mut command: Command, text: &str) -> Value {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{command:?}: {text}");
    serde_json::from_slice(&output.stdout).unwrap()
}
