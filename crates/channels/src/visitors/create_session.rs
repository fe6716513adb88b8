//! Starts a visitor's session.

use accounts::token::{hash_token, new_token};
use actix_web::post;
use platform::{Error, Result, Tx};
use types::channels::{CreateVisitorSession, VisitorIdentity, VisitorSessionReply};
use types::{FieldError, VisitorId};
use web::{Body, OpenCall, Quota, Reply, address_key};

use super::authenticator::TOKEN_PREFIX;
use super::store::{self, SessionRow, VisitorRow};
use super::view;
use crate::access;

/// The longest language tag that is kept, in characters (RFC 5646, section 4.4.1).
const LANGUAGE_CHARACTERS: usize = 35;

/// The longest name of a time zone that is kept, in characters.
const TIME_ZONE_CHARACTERS: usize = 64;

/// Start a visitor's session in a browser that has none. Needs no credential; the reply holds the visitor's own.
#[utoipa::path(operation_id = "create_visitor_session", tag = "visitors", security(()),
    request_body = CreateVisitorSession,
    responses(
        (status = 201, description = "The session.", body = VisitorSessionReply),
        (status = 404, description = "There is no such widget, or it is off."),
    ))]
#[post("/v1/visitor_sessions")]
pub(crate) async fn create_visitor_session(call: OpenCall, body: Body<CreateVisitorSession>) -> Reply {
    let per_minute = Quota::per_minute(call.ctx().config().limits.visitor_sessions_per_minute);
    let whose = format!("{} {}", address_key(call.address()), body.widget_id);
    call.limit("visitor_sessions", whose, per_minute)?;
    call.create_secret(move |tx| create(tx, &body)).await
}

/// Makes a visitor of a widget with a first session.
///
/// # Errors
/// [`Error::NotFound`] when there is no such widget or it is off; [`Error::Invalid`] for `language` or `time_zone`.
pub fn create(tx: &mut Tx<'_>, new: &CreateVisitorSession) -> Result<VisitorSessionReply> {
    check(new)?;
    let widget = access::open_widget(tx, new.widget_id)?;
    let (now, id) = (tx.now(), tx.new_id::<VisitorId>());
    let visitor = VisitorRow {
        id,
        widget_id: widget.id,
        contact_id: tx.new_id(),
        identity: VisitorIdentity::Anonymous,
        identity_subject: None,
        language: new.language.clone(),
        time_zone: new.time_zone.clone(),
        created_at: now,
        last_seen_at: now,
    };
    let token = format!("{TOKEN_PREFIX}{}", new_token());
    let session = SessionRow {
        id: tx.new_id(),
        visitor_id: id,
        token_hash: hash_token(&token),
        created_at: now,
        last_used_at: now,
    };
    store::insert(tx, &visitor, &session)?;
    Ok(VisitorSessionReply { token, visitor: view::visitor(tx, &visitor)? })
}

fn check(new: &CreateVisitorSession) -> Result<()> {
    let fits = |text: &Option<String>, max: usize, signs: &str| {
        text.as_ref().is_none_or(|text| {
            (1..=max).contains(&text.len())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
        })
    };
    let mut errors = Vec::new();
    let mut refuse = |field: &str, detail: &str| {
        errors.push(FieldError {
            field: field.to_owned(),
            code: "malformed".to_owned(),
            detail: detail.to_owned(),
        });
    };
    if !fits(&new.language, LANGUAGE_CHARACTERS, "-") {
        refuse("language", "must be a language tag such as fr-CH (RFC 5646)");
    }
    if !fits(&new.time_zone, TIME_ZONE_CHARACTERS, "/_+-") {
        refuse("time_zone", "must be the name of an IANA time zone such as Europe/Zurich");
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::WidgetId;

    #[test]
    fn what_browsers_say_is_accepted_and_nonsense_is_not() {
        let new = |language: Option<&str>, time_zone: Option<&str>| CreateVisitorSession {
            widget_id: WidgetId(1),
            language: language.map(str::to_owned),
            time_zone: time_zone.map(str::to_owned),
        };
        check(&new(None, None)).unwrap();
        check(&new(Some("zh-Hant-TW"), Some("America/Argentina/Buenos_Aires"))).unwrap();
        check(&new(Some("en"), Some("Etc/GMT+3"))).unwrap();
        let refused = check(&new(Some("<b>"), Some(""))).unwrap_err().to_string();
        assert!(refused.contains("language") && refused.contains("time_zone"), "{refused}");
        assert!(check(&new(Some(&"a".repeat(36)), None)).is_err());
    }
}
