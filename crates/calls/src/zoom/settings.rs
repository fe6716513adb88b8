//! What is taken over from Zoom.

use std::collections::BTreeMap;

use accounts::connections;
use actix_web::{get, put};
use platform::{Key, Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::accounts::ConnectionProvider;
use types::calls::{UpdateZoomSettings, ZoomSettings};
use types::{ConnectionId, Permission, Timestamp};
use web::{Body, Call, Reply};

/// The settings as stored, and how far it has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sync {
    /// Since when recordings are taken over; nothing while they are not.
    pub(super) since: Option<Timestamp>,
    /// Until when no recording was missed, by connection.
    pub(super) caught_up: BTreeMap<ConnectionId, Timestamp>,
}

impl Setting for Sync {
    const KEY: &'static str = "zoom";
}

impl Sync {
    /// The settings, to be changed: whoever else changes them waits.
    pub(super) fn lock(tx: &mut Tx<'_>) -> Result<Self> {
        tx.lock(Key::Named("settings", Self::KEY))?;
        tx.setting()
    }

    fn to_wire(&self, tx: &Tx<'_>) -> ZoomSettings {
        let config = tx.ctx().config();
        ZoomSettings {
            configured: connections::is_configured(config, ConnectionProvider::Zoom),
            sync: self.since.is_some(),
            sync_since: self.since,
            caught_up_to: self.caught_up.values().min().copied(),
            events_url: format!("{}/v1/zoom/events", config.server.public_url),
            redirect_url: connections::return_url(config),
        }
    }
}

/// Get what is taken over from Zoom, and the addresses to enter at Zoom.
#[utoipa::path(operation_id = "get_zoom_settings", tag = "calls", responses((status = 200, body = ZoomSettings)))]
#[get("/v1/settings/zoom")]
pub async fn get_zoom_settings(call: Call) -> Reply {
    call.read(|tx| {
        tx.actor().user_id()?;
        Ok(tx.setting::<Sync>()?.to_wire(tx))
    })
    .await
}

/// Replace what is taken over from Zoom.
#[utoipa::path(operation_id = "update_zoom_settings", tag = "calls", request_body = UpdateZoomSettings, responses((status = 200, body = ZoomSettings)))]
#[put("/v1/settings/zoom")]
pub async fn update_zoom_settings(call: Call, body: Body<UpdateZoomSettings>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

/// Writes the whole of the settings.
///
/// # Errors
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageCalls`.
pub fn update(tx: &mut Tx<'_>, request: &UpdateZoomSettings) -> Result<ZoomSettings> {
    tx.actor().require(Permission::ManageCalls)?;
    let before = Sync::lock(tx)?;
    let after = match (request.sync, before.since) {
        (false, _) => Sync::default(),
        (true, None) => Sync { since: Some(tx.now()), ..Sync::default() },
        (true, Some(_)) => before.clone(),
    };
    tx.save_setting(&after)?;
    let detail = serde_json::json!({ "from": before.since.is_some(), "to": request.sync });
    tx.audit("settings.update", ("settings", 0), serde_json::json!({ "zoom_sync": detail }))?;
    Ok(after.to_wire(tx))
}
