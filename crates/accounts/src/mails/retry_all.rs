use actix_web::post;
use platform::{Result, Tx};
use types::Permission;
use types::accounts::MailState;
use web::{Call, Reply};

use crate::store;

/// How many mails one request queues: the writer is not to be held for long.
const AT_A_TIME: i64 = 500;

/// Send all mails again that were given up, the oldest 500 at a time.
#[utoipa::path(operation_id = "retry_mails", tag = "mails", responses((status = 204)))]
#[post("/v1/mails/retry")]
pub async fn retry_mails(call: Call) -> Reply {
    call.delete(retry_all).await
}

fn retry_all(tx: &mut Tx<'_>) -> Result<()> {
    tx.actor().require(Permission::ManageMail)?;
    let ids = store::mails::ids_in_state(tx, MailState::Failed, AT_A_TIME)?;
    for id in &ids {
        super::queue(tx, *id)?;
    }
    tx.about(None);
    tx.audit("mail.retry_all", ("mail", 0), serde_json::json!({ "mails": ids.len() }))
}
