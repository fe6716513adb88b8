//! The users whom a comment mentions.

use platform::{Error, Result, Tx};
use types::UserId;

/// Most users that one comment mentions.
const MOST: usize = 50;

/// The mentioned users without repetitions, if each may read what mentions them. `refusal` says of one who may not why,
/// such as "may not see the call".
///
/// # Errors
/// [`Error::Invalid`] for `mentioned_user_ids`.
pub fn check(
    tx: &mut Tx<'_>,
    ids: &[UserId],
    refusal: &str,
    may_read: impl Fn(&mut Tx<'_>, UserId) -> Result<bool>,
) -> Result<Vec<UserId>> {
    let mut mentioned = ids.to_vec();
    mentioned.sort_unstable();
    mentioned.dedup();
    if mentioned.len() > MOST {
        return Err(Error::invalid("mentioned_user_ids", format!("must name at most {MOST} users")));
    }
    for id in &mentioned {
        if !may_read(tx, *id)? {
            return Err(Error::invalid("mentioned_user_ids", format!("user {id} {refusal}")));
        }
    }
    Ok(mentioned)
}
