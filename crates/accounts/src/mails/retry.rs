use actix_web::post;
use platform::{Error, Result, Tx};
use types::ErrorCode;
use types::accounts::{Mail, MailPath, MailState};
use web::{Call, Path, Reply};

use crate::access;

/// Send a mail again that was given up.
#[utoipa::path(operation_id = "retry_mail", tag = "mails", params(MailPath), responses((status = 200, body = Mail)))]
#[post("/v1/mails/{mail_id}/retry")]
pub async fn retry_mail(call: Call, path: Path<MailPath>) -> Reply {
    call.write(move |tx| retry(tx, &path)).await
}

fn retry(tx: &mut Tx<'_>, path: &MailPath) -> Result<Mail> {
    if access::lock_mail(tx, path.mail_id)?.state != MailState::Failed {
        let detail = "Only a mail that was given up can be sent again.";
        return Err(Error::conflict(ErrorCode::Conflict, detail));
    }
    let row = super::queue(tx, path.mail_id)?;
    tx.audit("mail.retry", ("mail", row.id.0), serde_json::json!({}))?;
    super::view(tx, row)
}
