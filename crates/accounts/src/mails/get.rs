use actix_web::get;
use types::accounts::{Mail, MailPath};
use web::{Call, Path, Reply};

use crate::access;

/// Get an outgoing mail.
#[utoipa::path(operation_id = "get_mail", tag = "mails", params(MailPath), responses((status = 200, body = Mail)))]
#[get("/v1/mails/{mail_id}")]
pub async fn get_mail(call: Call, path: Path<MailPath>) -> Reply {
    call.read(move |tx| {
        let row = access::read_mail(tx, path.mail_id)?;
        super::view(tx, row)
    })
    .await
}
