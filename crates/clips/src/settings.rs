//! What may be shared with people outside.

use accounts::settings::load;
use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::Permission;
use types::clips::{ClipSettings, UpdateClipSettings};
use web::page::Color;
use web::{Body, Call, Reply};

use crate::Cutter;

/// The longest that a link may last, in days.
const MOST_DAYS: i32 = 3650;

/// The settings as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// Whether clips may be shared with people outside.
    pub links: bool,
    /// Days that a link lasts unless told.
    pub default_days: i32,
    /// Most days that a link lasts.
    pub most_days: i32,
    /// The accent colour of the page that people outside see, as `#rrggbb`.
    pub color: String,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { links: true, default_days: 14, most_days: 90, color: "#4b3fe4".to_owned() }
    }
}

impl Setting for Sharing {
    const KEY: &'static str = "clips";
}

impl Sharing {
    fn to_wire(&self, cuts_pictures: bool) -> ClipSettings {
        ClipSettings {
            links: self.links,
            default_days: self.default_days,
            most_days: self.most_days,
            color: self.color.clone(),
            cuts_pictures,
        }
    }
}

/// What people outside are told of who shares: the company's name and the settings.
pub(crate) fn of_account(tx: &mut Tx<'_>) -> Result<(String, Sharing)> {
    Ok((load(tx)?.company_name, tx.setting::<Sharing>()?))
}

/// Get the settings of clips.
#[utoipa::path(operation_id = "get_clip_settings", tag = "clips", responses((status = 200, body = ClipSettings)))]
#[get("/v1/settings/clips")]
pub async fn get_clip_settings(call: Call) -> Reply {
    let cuts_pictures = call.ctx().extension::<Cutter>()?.ffmpeg().await?.is_some();
    call.read(move |tx| {
        tx.actor().user_id()?;
        Ok(tx.setting::<Sharing>()?.to_wire(cuts_pictures))
    })
    .await
}

/// Replace the settings of clips.
#[utoipa::path(operation_id = "update_clip_settings", tag = "clips", request_body = UpdateClipSettings, responses((status = 200, body = ClipSettings)))]
#[put("/v1/settings/clips")]
pub async fn update_clip_settings(call: Call, body: Body<UpdateClipSettings>) -> Reply {
    let cuts_pictures = call.ctx().extension::<Cutter>()?.ffmpeg().await?.is_some();
    call.write(move |tx| Ok(update(tx, &body)?.to_wire(cuts_pictures))).await
}

/// Writes the whole of the settings.
///
/// # Errors
/// [`Error::Invalid`](platform::Error::Invalid) for fields that break a rule;
/// [`Error::Forbidden`](platform::Error::Forbidden) without `ManageCalls`.
pub fn update(tx: &mut Tx<'_>, request: &UpdateClipSettings) -> Result<Sharing> {
    tx.actor().require(Permission::ManageCalls)?;
    let mut fields = Fields::default();
    if !(1..=MOST_DAYS).contains(&request.most_days) {
        fields.refuse("most_days", "out_of_range", format!("must be 1 to {MOST_DAYS}"));
    }
    if !(1..=request.most_days).contains(&request.default_days) {
        fields.refuse("default_days", "out_of_range", "must be 1 to most_days".to_owned());
    }
    if request.color.parse::<Color>().is_err() {
        fields.refuse("color", "malformed", "must be a colour such as #4b3fe4".to_owned());
    }
    fields.finish()?;
    let before = tx.setting::<Sharing>()?;
    let after = Sharing {
        links: request.links,
        default_days: request.default_days,
        most_days: request.most_days,
        color: request.color.to_lowercase(),
    };
    tx.save_setting(&after)?;
    tx.audit("settings.update", ("settings", 0), serde_json::json!({ "from": before, "to": after }))?;
    Ok(after)
}
