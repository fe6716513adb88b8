//! API tokens.

use db::Json;
use db::schema::api_tokens;
use diesel::prelude::*;
use platform::{Granted, Result, Tx};
use types::accounts::ApiToken;
use types::{ApiTokenId, PermissionSet, Timestamp, UserId};

use super::first_locked;

/// A row of `api_tokens`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens)]
pub(crate) struct ApiTokenRow {
    pub(crate) id: ApiTokenId,
    pub(crate) user_id: UserId,
    pub(crate) name: String,
    pub(crate) prefix: String,
    pub(crate) secret_hash: String,
    pub(crate) scopes: Json<PermissionSet>,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) revoked_at: Option<Timestamp>,
}

impl ApiTokenRow {
    /// The token without its secret.
    pub(crate) fn view(&self) -> ApiToken {
        ApiToken {
            id: self.id,
            name: self.name.clone(),
            prefix: self.prefix.clone(),
            scopes: self.scopes.0.clone(),
            user_id: self.user_id,
            created_at: self.created_at,
            last_used_at: self.last_used_at,
            expires_at: self.expires_at,
        }
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, row: &ApiTokenRow) -> Result<()> {
    diesel::insert_into(api_tokens::table).values(row.clone()).execute(tx.conn())?;
    Ok(())
}

pub(crate) fn find_locked(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<ApiTokenRow> {
    let query = api_tokens::table.filter(api_tokens::revoked_at.is_null());
    Ok(first_locked!(tx.conn(), query.filter(api_tokens::id.eq(id)).select(ApiTokenRow::as_select()))?)
}

/// Tokens that were not revoked, after `after` in the order of their ids.
pub(crate) fn page(tx: &mut Tx<'_>, after: Option<ApiTokenId>, limit: i64) -> Result<Vec<ApiTokenRow>> {
    let mut query = api_tokens::table
        .filter(api_tokens::revoked_at.is_null())
        .select(ApiTokenRow::as_select())
        .order(api_tokens::id)
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(api_tokens::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

pub(crate) fn revoke(tx: &mut Tx<'_>, row: &Granted<ApiTokenRow>) -> Result<()> {
    let now = tx.now();
    diesel::update(api_tokens::table.find(row.id)).set(api_tokens::revoked_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Notes that a token was used.
pub(crate) fn touch(tx: &mut Tx<'_>, id: ApiTokenId) -> Result<()> {
    let now = tx.now();
    diesel::update(api_tokens::table.find(id)).set(api_tokens::last_used_at.eq(now)).execute(tx.conn())?;
    Ok(())
}
