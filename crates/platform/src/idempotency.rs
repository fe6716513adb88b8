//! Replies kept by `Idempotency-Key`, so that a request that is sent again is answered and not carried out again.

use db::schema::idempotency_keys;
use db::{Json, JsonText};
use diesel::prelude::*;
use types::{ErrorCode, FieldError, Timestamp};

use crate::lock::Key;
use crate::{Error, Result, Tx};

/// How long a reply is kept.
const KEPT_SECONDS: i64 = 24 * 60 * 60;

/// The key that a client chose for a request, and a fingerprint of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The value of the header.
    pub key: String,
    /// A digest of method, path and body.
    pub fingerprint: String,
}

/// The reply to a request that was carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredReply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: serde_json::Value,
}

impl Tx<'_> {
    /// Looks whether the actor sent this request before, and keeps others with the same key waiting until this
    /// transaction ends. Call it first; nothing means: carry the request out and [`keep_reply`](Self::keep_reply).
    ///
    /// # Errors
    /// [`Error::Invalid`] with the code `idempotency_key_reused` when the key came with another request.
    pub fn earlier_reply(&mut self, key: &IdempotencyKey) -> Result<Option<StoredReply>> {
        let actor = self.actor().key();
        self.lock(Key::Named("idempotency", &format!("{actor} {}", key.key)))?;
        let kept_since = self.now().plus_seconds(-KEPT_SECONDS);
        let found = idempotency_keys::table
            .find((&actor, &key.key))
            .select((
                idempotency_keys::fingerprint,
                idempotency_keys::status,
                idempotency_keys::reply,
                idempotency_keys::created_at,
            ))
            .get_result::<(String, i32, Json<serde_json::Value>, Timestamp)>(self.conn())
            .optional()?;
        match found {
            None => Ok(None),
            Some((.., created_at)) if created_at < kept_since => {
                diesel::delete(idempotency_keys::table.find((&actor, &key.key))).execute(self.conn())?;
                Ok(None)
            }
            Some((fingerprint, ..)) if fingerprint != key.fingerprint => {
                Err(Error::Invalid(vec![FieldError {
                    field: "Idempotency-Key".to_owned(),
                    code: ErrorCode::IdempotencyKeyReused.to_string(),
                    detail: "this key came with another request; choose a new one".to_owned(),
                }]))
            }
            Some((_, status, Json(body), _)) => {
                Ok(Some(StoredReply { status: u16::try_from(status).unwrap_or(200), body }))
            }
        }
    }

    /// Keeps the reply in the transaction that carried the request out.
    ///
    /// # Errors
    /// [`Error::Internal`] when the database refuses it.
    pub fn keep_reply(&mut self, key: &IdempotencyKey, reply: &StoredReply) -> Result<()> {
        let row = (
            idempotency_keys::actor.eq(self.actor().key()),
            idempotency_keys::key.eq(&key.key),
            idempotency_keys::fingerprint.eq(&key.fingerprint),
            idempotency_keys::status.eq(i32::from(reply.status)),
            idempotency_keys::reply.eq(JsonText(reply.body.to_string())),
            idempotency_keys::contact_id.eq(self.contact()),
            idempotency_keys::created_at.eq(self.now()),
        );
        diesel::insert_into(idempotency_keys::table).values(row).execute(self.conn())?;
        Ok(())
    }
}

/// Deletes at most `limit` replies that are kept no longer; how many it were.
pub(crate) fn expire(tx: &mut Tx<'_>, limit: i64) -> Result<usize> {
    let kept_since = tx.now().plus_seconds(-KEPT_SECONDS);
    let old: Vec<(String, String)> = idempotency_keys::table
        .filter(idempotency_keys::created_at.lt(kept_since))
        .select((idempotency_keys::actor, idempotency_keys::key))
        .limit(limit)
        .load(tx.conn())?;
    for (actor, key) in &old {
        diesel::delete(idempotency_keys::table.find((actor, key))).execute(tx.conn())?;
    }
    Ok(old.len())
}
