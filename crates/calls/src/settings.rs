//! The settings of recording and of conversation intelligence.

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Error, Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::calls::{CallSettings, UpdateCallSettings};
use types::{ErrorCode, Permission};
use web::{Body, Call, Reply};

/// The languages that a transcript can be made in (ISO 639-1).
pub const LANGUAGES: [&str; 13] =
    ["da", "de", "en", "es", "fi", "fr", "it", "ja", "nl", "no", "pl", "pt", "sv"];

/// Most days that calls may be kept.
const MAX_RETENTION_DAYS: i32 = 36_500;

/// The settings as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// Whether recordings are taken in at all.
    pub recording: bool,
    /// Whether the calls of users who may use conversation intelligence are transcribed.
    pub intelligence: bool,
    /// The language that is spoken, one of [`LANGUAGES`]; nothing to have it found out.
    pub language: Option<String>,
    /// Whether users are asked how helpful a transcript is.
    pub transcript_votes: bool,
    /// Days after which calls are deleted, counted from their beginning.
    pub retention_days: Option<i32>,
    /// Whether somebody has confirmed that the law on recording calls was checked.
    pub law_checked: bool,
}

impl Default for Recording {
    fn default() -> Self {
        Self {
            recording: true,
            intelligence: true,
            language: None,
            transcript_votes: true,
            retention_days: None,
            law_checked: false,
        }
    }
}

impl Setting for Recording {
    const KEY: &'static str = "calls";
}

impl From<Recording> for CallSettings {
    fn from(stored: Recording) -> Self {
        Self {
            recording: stored.recording,
            intelligence: stored.intelligence,
            language: stored.language,
            transcript_votes: stored.transcript_votes,
            retention_days: stored.retention_days,
            languages: LANGUAGES.map(str::to_owned).into(),
            law_checked: stored.law_checked,
        }
    }
}

/// Get the settings of recording and of conversation intelligence.
#[utoipa::path(operation_id = "get_call_settings", tag = "calls", responses((status = 200, body = CallSettings)))]
#[get("/v1/settings/calls")]
pub async fn get_call_settings(call: Call) -> Reply {
    call.read(|tx| {
        tx.actor().user_id()?;
        Ok(CallSettings::from(tx.setting::<Recording>()?))
    })
    .await
}

/// Replace the settings of recording and of conversation intelligence.
#[utoipa::path(operation_id = "update_call_settings", tag = "calls", request_body = UpdateCallSettings, responses((status = 200, body = CallSettings)))]
#[put("/v1/settings/calls")]
pub async fn update_call_settings(call: Call, body: Body<UpdateCallSettings>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

/// Writes the whole of the settings.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule; [`Error::Forbidden`] without `ManageCalls`.
pub fn update(tx: &mut Tx<'_>, request: &UpdateCallSettings) -> Result<CallSettings> {
    tx.actor().require(Permission::ManageCalls)?;
    let mut fields = Fields::default();
    if request.language.as_deref().is_some_and(|language| !LANGUAGES.contains(&language)) {
        fields.refuse("language", "invalid", format!("must be one of: {}", LANGUAGES.join(", ")));
    }
    if request.retention_days.is_some_and(|days| !(1..=MAX_RETENTION_DAYS).contains(&days)) {
        fields.refuse("retention_days", "out_of_range", format!("must be 1 to {MAX_RETENTION_DAYS}"));
    }
    fields.finish()?;
    let before = tx.setting::<Recording>()?;
    let after = Recording {
        recording: request.recording,
        intelligence: request.intelligence,
        language: request.language.clone(),
        transcript_votes: request.transcript_votes,
        retention_days: request.retention_days,
        law_checked: request.law_checked,
    };
    tx.save_setting(&after)?;
    tx.audit("settings.update", ("settings", 0), serde_json::json!({ "from": before, "to": after }))?;
    Ok(after.into())
}

/// Insists that recordings are taken in.
///
/// # Errors
/// [`Error::Conflict`] when recording is switched off.
pub(crate) fn require_recording(tx: &mut Tx<'_>) -> Result<()> {
    if tx.setting::<Recording>()?.recording {
        return Ok(());
    }
    Err(Error::conflict(ErrorCode::Conflict, "recording is switched off in the settings of the account"))
}
