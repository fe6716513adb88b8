use actix_web::patch;
use db::Json;
use platform::{Error, Result, Tx};
use types::accounts::{Me, Preferences, UpdateMe};
use web::{Body, Call, Reply};

use crate::{access, fields, store, users};

/// Change your own name or settings.
#[utoipa::path(operation_id = "update_me", tag = "me", request_body = UpdateMe, responses((status = 200, body = Me)))]
#[patch("/v1/me")]
pub async fn update_me(call: Call, body: Body<UpdateMe>) -> Reply {
    call.write(move |tx| update(tx, &body)).await
}

/// Changes the name or the settings of the user who acts.
///
/// # Errors
/// [`Error::Invalid`] for `name` and `preferences.composer_height`.
pub fn update(tx: &mut Tx<'_>, changes: &UpdateMe) -> Result<Me> {
    let user = access::lock_self(tx)?;
    let mut after = user.clone();
    if let Some(name) = &changes.name {
        after.name = fields::name("name", name)?;
    }
    if let Some(preferences) = &changes.preferences {
        if !Preferences::COMPOSER_HEIGHTS.contains(&preferences.composer_height) {
            return Err(Error::invalid("preferences.composer_height", "must be from 64 to 2000 pixels"));
        }
        after.preferences = Json(preferences.clone());
    }
    store::users::update(tx, &user, &after)?;
    if after.name != user.name {
        users::announce(tx, &after)?;
    }
    super::view(tx, &after)
}
