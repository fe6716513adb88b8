//! What all booking pages of the account have.

use actix_web::{get, put};
use platform::fields::Fields;
use platform::{Error, Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::booking::{BookingSettings, UpdateBookingSettings};
use types::{ErrorCode, FileId, Permission};
use web::page::Color;
use web::{Body, Call, Reply};

use crate::{access, photos};

/// The settings as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// The logo on all pages.
    pub logo_file_id: Option<FileId>,
    /// The accent colour of all pages, as `#rrggbb`.
    pub accent_color: String,
    /// The host name of links' addresses, a domain of the account; nothing for that of Rapport itself.
    #[serde(default)]
    pub domain: Option<String>,
}

impl Default for Booking {
    fn default() -> Self {
        Self { logo_file_id: None, accent_color: "#4b3fe4".to_owned(), domain: None }
    }
}

impl Setting for Booking {
    const KEY: &'static str = "booking";
}

impl Booking {
    fn to_wire(&self, tx: &mut Tx<'_>) -> Result<BookingSettings> {
        Ok(BookingSettings {
            logo_file_id: self.logo_file_id,
            logo_url: photos::url(tx, self.logo_file_id)?,
            accent_color: self.accent_color.clone(),
            domain: self.domain.clone(),
        })
    }
}

/// Get the settings of all booking pages.
#[utoipa::path(operation_id = "get_booking_settings", tag = "booking", responses((status = 200, body = BookingSettings)))]
#[get("/v1/settings/booking")]
pub async fn get_booking_settings(call: Call) -> Reply {
    call.read(move |tx| {
        access::require_user(tx)?;
        tx.setting::<Booking>()?.to_wire(tx)
    })
    .await
}

/// Replace the settings of all booking pages.
#[utoipa::path(operation_id = "update_booking_settings", tag = "booking", request_body = UpdateBookingSettings, responses((status = 200, body = BookingSettings)))]
#[put("/v1/settings/booking")]
pub async fn update_booking_settings(call: Call, body: Body<UpdateBookingSettings>) -> Reply {
    call.write(move |tx| update(tx, &body)?.to_wire(tx)).await
}

/// Writes the whole of the settings.
///
/// # Errors
/// [`Error::Invalid`] for fields that break a rule;
/// [`Error::Forbidden`] without `ManageBooking`, and without `ManageDomains` where another domain is chosen.
pub fn update(tx: &mut Tx<'_>, request: &UpdateBookingSettings) -> Result<Booking> {
    tx.actor().require(Permission::ManageBooking)?;
    let before = tx.setting::<Booking>()?;
    let mut fields = Fields::default();
    if request.accent_color.parse::<Color>().is_err() {
        fields.refuse("accent_color", "malformed", "must be a colour such as #4b3fe4".to_owned());
    }
    let domain = chosen_domain(tx, &mut fields, &before, request.domain.as_deref())?;
    fields.finish()?;
    photos::keep(tx, "logo_file_id", before.logo_file_id, request.logo_file_id)?;
    let after = Booking {
        logo_file_id: request.logo_file_id,
        accent_color: request.accent_color.to_lowercase(),
        domain,
    };
    tx.save_setting(&after)?;
    tx.audit("settings.update", ("settings", 0), serde_json::json!({ "from": before, "to": after }))?;
    Ok(after)
}

/// The domain that is asked for: the one that is chosen already, or a verified one.
fn chosen_domain(
    tx: &mut Tx<'_>,
    fields: &mut Fields,
    before: &Booking,
    asked: Option<&str>,
) -> Result<Option<String>> {
    let asked = fields.optional("domain", asked, 253);
    let Some(name) = asked.as_ref().filter(|_| asked != before.domain) else { return Ok(asked) };
    tx.actor().require(Permission::ManageDomains)?;
    let found = accounts::domains::choosable(tx, name)?;
    if found.is_none() {
        fields.refuse("domain", "unknown", "must be one of the connected domains".to_owned());
    }
    Ok(found)
}

/// Refuses that a domain goes while links have it.
pub(crate) fn require_unused(tx: &mut Tx<'_>, domain: &str) -> Result<()> {
    if tx.setting::<Booking>()?.domain.as_deref() != Some(domain) {
        return Ok(());
    }
    let detail = "Booking links have this domain in their addresses; choose another one for them first.";
    Err(Error::conflict(ErrorCode::InUse, detail))
}
