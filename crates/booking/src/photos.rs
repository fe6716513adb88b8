//! Pictures of links and the logo of all pages: files that somebody uploaded.

use accounts::files;
use platform::{Error, Result, Tx};
use types::FileId;

/// Takes a picture for a link or for the account in place of the one before. A picture that is chosen anew must be one that
/// the actor uploaded, unless another link shows it already.
///
/// # Errors
/// [`Error::Invalid`] for `photo_file_id` when it is no picture, or not the actor's.
pub(crate) fn keep(tx: &mut Tx<'_>, before: Option<FileId>, after: Option<FileId>) -> Result<()> {
    let Some(id) = after.filter(|id| before != Some(*id)) else { return Ok(()) };
    let refused = |detail: &str| Error::invalid("photo_file_id", detail);
    let known = files::load(tx, &[id])?.remove(&id).ok_or_else(|| refused("there is no such file"))?;
    if !known.is_image {
        return Err(refused("must be a picture"));
    }
    if crate::store::links::shows_picture(tx, id)? {
        return Ok(());
    }
    match files::attach(tx, &[id], None) {
        Err(Error::Invalid(_)) => Err(refused("must be a picture that you uploaded")),
        other => other.map(|_| ()),
    }
}

/// Where a picture is, for whoever may see the page it is on.
pub(crate) fn url(tx: &mut Tx<'_>, id: Option<FileId>) -> Result<Option<String>> {
    let Some(id) = id else { return Ok(None) };
    Ok(files::load(tx, &[id])?.remove(&id).map(|file| file.url))
}
