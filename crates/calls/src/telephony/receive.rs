//! The callback of a provider: a recording is complete.

use actix_web::post;
use platform::{Actor, Ctx, Result, Tx};
use types::calls::{AddParticipant, CallSource, CreateCall, RecordingState, TelephonyAccountPath};
use types::{ErrorCode, TelephonyAccountId};
use web::{Failure, OpenCall, Path, RawBody, Reply, no_content};

use super::fetch::FetchRecording;
use super::report::{Parameters, Report};
use super::{callback_url, open, signature};
use crate::calls;
use crate::settings::Recording;
use crate::store::recordings::{self, RecordingRow};
use crate::store::{people, telephony};

/// Report that a recording is complete, as Twilio's `recordingStatusCallback` does.
///
/// The parameters are those of a form; `From`, `To` and `Direction` may stand in the query of the address that the
/// provider was given. A recording that was reported before changes nothing.
#[utoipa::path(operation_id = "receive_telephony_recording", tag = "calls",
    params(TelephonyAccountPath, ("X-Twilio-Signature" = String, Header, description = "The HMAC-SHA-1 of the address and the parameters under the account's secret, in base64, as Twilio makes it.")),
    request_body(content_type = "application/x-www-form-urlencoded", description = "AccountSid, CallSid, RecordingSid, RecordingUrl, RecordingStatus, RecordingDuration, RecordingChannels, RecordingStartTime."),
    responses(
        (status = 204, description = "It was taken in, or is no concern of ours."),
        (status = 403, description = "The signature is missing or wrong, or there is no such account."),
    ))]
#[post("/v1/telephony/{account_id}/recordings")]
pub async fn receive_telephony_recording(
    call: OpenCall,
    path: Path<TelephonyAccountPath>,
    body: RawBody,
) -> Reply {
    let query = call.request().query_string();
    let parameters = Parameters { form: pairs(&body.0), query: pairs(query.as_bytes()) };
    let header = call.request().headers().get("X-Twilio-Signature");
    let signature = header.and_then(|value| value.to_str().ok()).unwrap_or_default();
    let address = (path.account_id, query, signature);
    let Some(account_sid) = signed_by(call.ctx(), address, &parameters.form).await? else {
        let detail = "The signature of the callback is missing or wrong.";
        return Err(Failure::request(ErrorCode::SignatureRefused, detail));
    };
    if let Some(report) = Report::read(&parameters, &account_sid)? {
        let id = path.account_id;
        call.ctx().write(&Actor::System, move |tx| receive(tx, id, &report)).await?;
    }
    Ok(no_content())
}

fn pairs(text: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(text).into_owned().collect()
}

/// The provider's name of the account that has signed a callback; nothing when it has not.
async fn signed_by(
    ctx: &Ctx,
    (id, query, signature): (TelephonyAccountId, &str, &str),
    form: &[(String, String)],
) -> Result<Option<String>> {
    let Some(account) = ctx.read(&Actor::System, move |tx| telephony::find(tx, id)).await? else {
        return Ok(None);
    };
    let mut url = callback_url(ctx, id);
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }
    let is_valid = signature::is_valid(&open(ctx, &account)?, &url, form, signature);
    Ok(is_valid.then_some(account.account_sid))
}

/// Makes a call of the account's owner, and has its recording fetched.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for a number that breaks a rule.
fn receive(tx: &mut Tx<'_>, id: TelephonyAccountId, report: &Report) -> Result<()> {
    if !tx.setting::<Recording>()?.recording {
        return Ok(());
    }
    let Some(account) = telephony::find(tx, id)? else { return Ok(()) };
    let owner_id = match account.owner_id {
        Some(owner) if people::is_active_user(tx, owner)? => Some(owner),
        _ => None,
    };
    let nobody = AddParticipant { user_id: None, contact_id: None, name: None, email: None, phone: None };
    let owner = owner_id.map(|user| AddParticipant { user_id: Some(user), ..nobody.clone() });
    let other = report.phone.clone().map(|phone| AddParticipant { phone: Some(phone), ..nobody });
    let title = report.phone.clone().unwrap_or_else(|| account.name.clone());
    let request = CreateCall {
        external_id: Some(report.recording_sid.clone()),
        duration_ms: report.duration_ms,
        owner_id,
        participants: owner.into_iter().chain(other).collect(),
        ..CreateCall::new(title, report.direction, report.started_at.unwrap_or(tx.now()))
    };
    let (call, is_new) = calls::take_in(tx, CallSource::Telephony, &request)?;
    if !is_new {
        return Ok(());
    }
    let name = format!("{}.wav", report.recording_sid);
    let row = RecordingRow::arriving(tx.new_id(), call.id, RecordingState::Uploading, (name, 0), tx.now());
    recordings::insert(tx, &call, &row)?;
    // The job holds nothing of the contact; when the call is deleted with it, nothing is fetched.
    tx.about(None);
    tx.enqueue(&FetchRecording { account_id: id, recording_id: row.id, url: report.media_url.clone() })?;
    Ok(())
}
