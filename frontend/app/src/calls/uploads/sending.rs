//! Sending a recording: its call is created, then every part that the server does not have is sent with its checksum.

use std::time::Duration;

use client::{ClientError, Part};
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::t_string;
use state::uploads::{UploadState, missing_parts, part_bounds, sent_bytes};
use types::calls::{
    CallPath, CallSource, CreateCall, RecordingPartPath, RecordingState, RecordingUpload,
    StartRecordingUpload,
};
use types::{CallId, ErrorCode};
use web_sys::File;

use super::checksum::{self, Fault};
use super::{Source, lock_name};
use crate::browser;
use crate::context::App;
use crate::errors::error_text;

/// How long to wait after the first failure; twice as long after each further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How often a part is sent that arrives otherwise than it left.
const TRIES: u32 = 3;

/// Why an upload does not go on.
enum Stop {
    /// The user has paused or cancelled it.
    Halted,
    /// The file is a recording already: of this call, if the user may see it.
    Duplicate(Option<CallId>),
    /// For a reason in words.
    Failed(String),
}

/// Sends what waits, as many at the same time as may be.
pub fn start_waiting(app: App) {
    while let Some((id, key)) = app.uploads.start_next() {
        spawn_local(async move {
            // Another tab that recalls it waits until this one is done.
            browser::exclusively(&lock_name(&key), run(app, id)).await;
            app.uploads.end(id);
            start_waiting(app);
        });
    }
}

/// Gives an upload up, its call with it where that was made for it and the user may delete it.
pub fn cancel(app: App, id: u32) {
    let made_call = app.uploads.source(id).is_some_and(|source| source.made_call);
    let call_id = app.uploads.get(id).and_then(|upload| upload.call_id).filter(|_| made_call);
    app.uploads.forget(app, id);
    app.uploads.remove(id);
    if let Some(call_id) = call_id {
        spawn_local(async move { discard(app, call_id).await });
    }
}

/// Deletes a call that got no recording. One that was made in a colleague's name stays where the user may not delete calls.
async fn discard(app: App, call_id: CallId) {
    if let Err(error) = app.api().delete_call(&CallPath { call_id }).await
        && !matches!(error.status(), Some(403 | 404))
    {
        app.fail(&error);
    }
}

async fn run(app: App, id: u32) {
    let state = match send(app, id).await {
        Ok(()) => UploadState::Done,
        Err(Stop::Halted) => return,
        Err(Stop::Duplicate(call)) => UploadState::Duplicate(call),
        Err(Stop::Failed(reason)) => UploadState::Failed(reason),
    };
    if state.is_over() {
        app.uploads.forget(app, id);
    }
    app.uploads.set_state(id, state);
}

async fn send(app: App, id: u32) -> Result<(), Stop> {
    let Some(Source { key, file: Some(file), call, made_call }) = app.uploads.source(id) else {
        return Err(Stop::Halted);
    };
    app.uploads.advance(id, UploadState::Checking);
    let sha256 = checksum::of_file(&file).await.map_err(|fault| Stop::Failed(fault_text(app, fault)))?;
    let call_id = match (app.uploads.get(id).and_then(|upload| upload.call_id), call) {
        (Some(call_id), _) => call_id,
        (None, Some(call)) => {
            create(app, id, CreateCall { recording_sha256: sha256.clone(), ..call }, &key).await?
        }
        (None, None) => return Err(Stop::Halted),
    };
    let upload = match start(app, id, call_id, &file, sha256).await {
        Err(Stop::Duplicate(other)) => {
            if made_call {
                discard(app, call_id).await;
            }
            return Err(Stop::Duplicate(other));
        }
        started => started?,
    };
    send_parts(app, id, call_id, &file, upload).await?;
    complete(app, id, call_id).await
}

/// Creates the call. The same file names the same call, so that a lost reply makes no second one; without its checksum
/// the upload's `key` does.
async fn create(app: App, id: u32, call: CreateCall, key: &str) -> Result<CallId, Stop> {
    let external_id = Some(call.recording_sha256.as_deref().unwrap_or(key).to_owned());
    let request = CreateCall { source: Some(CallSource::Upload), external_id, ..call };
    let reply = insist(app, id, async || app.api().create_call(&request).await).await?;
    let call = reply.map_err(|error| match (error.field("external_id"), duplicate_of(&error)) {
        (Some(_), _) => Stop::Duplicate(None),
        (None, Some(other)) => Stop::Duplicate(other),
        (None, None) => failed(app, &error),
    })?;
    if matches!(call.recording.state, RecordingState::Ready | RecordingState::Processing) {
        return Err(Stop::Duplicate(Some(call.id)));
    }
    app.uploads.set_call(app, id, call.id);
    Ok(call.id)
}

/// Begins the upload, or goes on with the one that was begun with the same file.
async fn start(
    app: App,
    id: u32,
    call_id: CallId,
    file: &File,
    sha256: Option<String>,
) -> Result<RecordingUpload, Stop> {
    let request = StartRecordingUpload { name: file.name(), bytes: file.size() as i64, sha256 };
    let path = CallPath { call_id };
    let reply = insist(app, id, async || app.api().start_recording_upload(&path, &request).await).await?;
    reply.map_err(|error| match duplicate_of(&error) {
        Some(other) => Stop::Duplicate(other),
        None => failed(app, &error),
    })
}

/// The call that has the file already, where that is what is wrong.
fn duplicate_of(error: &ClientError) -> Option<Option<CallId>> {
    match error {
        ClientError::Problem(problem) if problem.code == ErrorCode::DuplicateRecording => {
            let call = problem.extra.as_ref().and_then(|extra| extra.get("call_id")?.as_str()?.parse().ok());
            Some(call)
        }
        _ => None,
    }
}

async fn send_parts(
    app: App,
    id: u32,
    call_id: CallId,
    file: &File,
    mut upload: RecordingUpload,
) -> Result<(), Stop> {
    let mut tries = 0;
    while let Some(number) = missing_parts(&upload).first().copied() {
        app.uploads.change(id, |shown| shown.sent = sent_bytes(&upload));
        app.uploads.advance(id, UploadState::Sending);
        let portion = checksum::portion(file, part_bounds(&upload, number)).await;
        let portion = portion.map_err(|fault| Stop::Failed(fault_text(app, fault)))?;
        let (path, part) =
            (RecordingPartPath { call_id, number }, Part { digest: portion.digest, bytes: portion.bytes });
        match insist(app, id, async || app.api().put_recording_part(&path, &part).await).await? {
            Ok(now) => (upload, tries) = (now, 0),
            Err(error) if error.status() == Some(422) && tries < TRIES => tries += 1,
            Err(error) => return Err(failed(app, &error)),
        }
    }
    app.uploads.change(id, |shown| shown.sent = shown.bytes);
    Ok(())
}

async fn complete(app: App, id: u32, call_id: CallId) -> Result<(), Stop> {
    let path = CallPath { call_id };
    let reply = insist(app, id, async || app.api().complete_recording_upload(&path).await).await?;
    let Err(error) = reply else { return Ok(()) };
    if error.status() != Some(409) {
        return Err(failed(app, &error));
    }
    // The reply of an earlier try may have been lost.
    let call = insist(app, id, async || app.api().get_call(&path).await).await?;
    match call.map_err(|error| failed(app, &error))?.recording.state {
        RecordingState::Processing | RecordingState::Ready => Ok(()),
        _ => Err(failed(app, &error)),
    }
}

/// Sends a request until the server has answered it, for as long as the user does not halt the upload.
async fn insist<T>(
    app: App,
    id: u32,
    request: impl AsyncFn() -> Result<T, ClientError>,
) -> Result<Result<T, ClientError>, Stop> {
    let mut wait = FIRST_WAIT;
    loop {
        let goes_on = app.uploads.get(id).is_some_and(|upload| upload.state.is_active());
        if !goes_on {
            return Err(Stop::Halted);
        }
        match request().await {
            Err(error) if passes(&error) => {
                app.uploads.advance(id, UploadState::Unreachable);
                browser::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            reply => return Ok(reply),
        }
    }
}

/// Whether a failure passes by itself.
fn passes(error: &ClientError) -> bool {
    match error {
        ClientError::Network(_) => true,
        other => other.status().is_some_and(|status| status >= 500 || status == 429),
    }
}

fn failed(app: App, error: &ClientError) -> Stop {
    Stop::Failed(untrack(|| error_text(app.i18n, error)))
}

fn fault_text(app: App, fault: Fault) -> String {
    let text = untrack(|| match fault {
        Fault::Unreadable => t_string!(app.i18n, calls.file_unreadable),
        Fault::NotSecure => t_string!(app.i18n, calls.not_secure),
    });
    text.to_owned()
}
