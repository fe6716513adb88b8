//! The rules of the fields of calls.

use platform::fields::{Fields, is_unfit};
use platform::{Error, Result, Tx};
use types::calls::AddParticipant;
use types::{Timestamp, UserId};

use crate::store::people;

/// Most milliseconds of a call: 7 days.
pub(crate) const MAX_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// Most participants of a call.
pub(crate) const MAX_PARTICIPANTS: usize = 50;
/// Most characters of a title, and of a name.
const TITLE_CHARACTERS: usize = 200;
/// Seconds by which the clock of whoever reports a call may be ahead.
const AHEAD_SECONDS: i64 = 24 * 60 * 60;

/// Checks title, beginning and duration; returns the title in its normal form.
pub(crate) fn facts(
    fields: &mut Fields,
    title: &str,
    (started_at, now): (Timestamp, Timestamp),
    duration_ms: Option<i64>,
) -> String {
    if started_at > now.plus_seconds(AHEAD_SECONDS) {
        fields.refuse("started_at", "out_of_range", "must not be after now by more than a day".to_owned());
    }
    if duration_ms.is_some_and(|ms| !(0..=MAX_MS).contains(&ms)) {
        fields.refuse("duration_ms", "out_of_range", format!("must be 0 to {MAX_MS} (7 days)"));
    }
    fields.required("title", title, TITLE_CHARACTERS)
}

/// Checks a SHA-256 of a file.
pub(crate) fn sha256(fields: &mut Fields, name: &str, given: Option<&str>) {
    let is_digest =
        |text: &str| text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if given.is_some_and(|text| !is_digest(text)) {
        fields.refuse(name, "malformed", "must be 64 lower-case hexadecimal digits".to_owned());
    }
}

/// Insists that an owner is a user who may sign in.
pub(crate) fn owner(tx: &mut Tx<'_>, owner: Option<UserId>) -> Result<()> {
    match owner {
        Some(id) if !people::is_active_user(tx, id)? => {
            Err(Error::invalid("owner_id", "must be a user who may sign in"))
        }
        _ => Ok(()),
    }
}

/// A text of others as a title or a name: without what such a text may not hold, and at most 200 characters of it.
pub(crate) fn shown(text: &str) -> Option<String> {
    let fit: String = text.chars().filter(|c| !is_unfit(*c)).collect();
    let shown: String = fit.trim().chars().take(TITLE_CHARACTERS).collect();
    Some(shown).filter(|shown| !shown.is_empty())
}

/// Name, address and number of a participant in their normal form.
pub(crate) struct Known {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
}

/// Checks what is said of a participant. `prefix` stands before the names of the fields.
pub(crate) fn participant(fields: &mut Fields, prefix: &str, given: &AddParticipant) -> Known {
    let field = |name: &str| format!("{prefix}{name}");
    if given.user_id.is_some() && given.contact_id.is_some() {
        fields.refuse(&field("contact_id"), "invalid", "must be left out beside user_id".to_owned());
    }
    let known = Known {
        name: fields.optional(&field("name"), given.name.as_deref(), TITLE_CHARACTERS),
        email: fields.email(&field("email"), given.email.as_deref()),
        phone: fields.optional(&field("phone"), given.phone.as_deref(), 50),
    };
    let named = known.name.is_some() || known.email.is_some() || known.phone.is_some();
    if given.user_id.is_none() && given.contact_id.is_none() && !named {
        let rule = "must not be empty where nothing else says who it is";
        fields.refuse(&field("name"), "required", rule.to_owned());
    }
    known
}
