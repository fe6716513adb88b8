//! Pictures of links and the logo of all pages: files that somebody uploaded.

use accounts::files;
use actix_web::get;
use platform::{Error, Key, Result, Setting, Tx};
use serde::{Deserialize, Serialize};
use types::FileId;
use types::booking::{BookingPicture, BookingPictures};
use web::{Call, Reply};

use crate::access;

/// The number of pictures that can be picked from.
const MOST_UPLOADED: usize = 50;

/// The pictures that were taken for a page, the newest first: they can be picked again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Uploaded {
    file_ids: Vec<FileId>,
}

impl Setting for Uploaded {
    const KEY: &'static str = "booking_pictures";
}

/// List the pictures that were uploaded for booking pages.
#[utoipa::path(operation_id = "list_booking_pictures", tag = "booking", responses((status = 200, body = BookingPictures)))]
#[get("/v1/settings/booking/pictures")]
pub async fn list_booking_pictures(call: Call) -> Reply {
    call.read(list).await
}

/// The newest pictures that were taken for a page, by whomever: colleagues share them.
fn list(tx: &mut Tx<'_>) -> Result<BookingPictures> {
    access::require_user(tx)?;
    let ids = tx.setting::<Uploaded>()?.file_ids;
    let mut known = files::load(tx, &ids)?;
    let items = ids
        .into_iter()
        .filter_map(|id| known.remove(&id))
        .map(|file| BookingPicture { id: file.id, name: file.name, url: file.url })
        .collect();
    Ok(BookingPictures { items })
}

/// Takes a picture for a link or for the account in place of the one before. A picture that is chosen anew must be one that
/// the actor uploaded, unless a page shows it already or it was taken for one before.
///
/// # Errors
/// [`Error::Invalid`] for `field` when it is no picture, or not the actor's.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    field: &str,
    before: Option<FileId>,
    after: Option<FileId>,
) -> Result<()> {
    let Some(id) = after.filter(|id| before != Some(*id)) else { return Ok(()) };
    let refused = |detail: &str| Error::invalid(field, detail);
    let known = files::load(tx, &[id])?.remove(&id).ok_or_else(|| refused("there is no such file"))?;
    if !known.is_image {
        return Err(refused("must be a picture"));
    }
    tx.lock(Key::Named("booking_pictures", ""))?;
    let mut uploaded = tx.setting::<Uploaded>()?;
    if uploaded.file_ids.contains(&id) || crate::store::links::shows_picture(tx, id)? {
        return Ok(());
    }
    files::attach(tx, &[id], None).map_err(|error| match error {
        Error::Invalid(_) => refused("must be a picture that you uploaded"),
        other => other,
    })?;
    uploaded.file_ids.insert(0, id);
    uploaded.file_ids.truncate(MOST_UPLOADED);
    tx.save_setting(&uploaded)
}

/// Where a picture is, for whoever may see the page it is on.
pub(crate) fn url(tx: &mut Tx<'_>, id: Option<FileId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(files::load(tx, &[id])?.remove(&id).map(|file| file.url))
}
