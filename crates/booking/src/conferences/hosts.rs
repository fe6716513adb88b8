//! Who can have a video conference made for their meetings.

use std::collections::BTreeMap;

use accounts::connections;
use actix_web::get;
use platform::{Result, Tx};
use types::UserId;
use types::accounts::ConnectionProvider;
use types::booking::{ConferenceHost, ConferenceHosts, ConferenceKind};
use web::{Call, Reply};

use crate::access;
use crate::store::conferences;

/// List the users for whose meetings a video conference can be made, and by what: what may be chosen for a link with them.
#[utoipa::path(operation_id = "list_conference_hosts", tag = "booking", responses((status = 200, body = ConferenceHosts)))]
#[get("/v1/conference_hosts")]
pub async fn list_conference_hosts(call: Call) -> Reply {
    call.read(|tx| {
        access::require_user(tx)?;
        hosts(tx)
    })
    .await
}

/// All of them.
pub(crate) fn hosts(tx: &mut Tx<'_>) -> Result<ConferenceHosts> {
    let mut found: BTreeMap<UserId, ConferenceHost> = BTreeMap::new();
    let none = |user_id| ConferenceHost { user_id, kinds: Vec::new(), calendar_provider: None };
    for user in connections::of_users(tx, ConnectionProvider::Zoom)?.into_keys() {
        found.entry(user).or_insert_with(|| none(user)).kinds.push(ConferenceKind::Zoom);
    }
    for (user, provider) in conferences::calendar_providers(tx)? {
        let host = found.entry(user).or_insert_with(|| none(user));
        host.kinds.push(ConferenceKind::Calendar);
        host.calendar_provider = Some(provider);
    }
    Ok(ConferenceHosts { items: found.into_values().collect() })
}
