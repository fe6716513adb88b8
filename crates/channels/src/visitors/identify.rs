//! A visitor says who it is: with a signature of the site, or without any proof.

use actix_web::post;
use platform::{Error, Granted, Key, Result, Tx};
use types::channels::{IdentifyVisitor, Visitor, VisitorIdentity};
use types::{ErrorCode, VisitorEvent};
use web::{Body, Call, Quota, Reply};

use super::identity_token::{self, SignedIdentity, refused};
use super::store::{self, VisitorRow};
use super::{contact, view};
use crate::access;
use crate::chat_widgets::renew_identity_secret;
use crate::chat_widgets::store::WidgetRow;

/// Say who the visitor is. With a signed token the identity is proved and the visitor becomes that contact; without, it
/// is kept as unverified, changes nothing but the visitor's own contact and is compared with nobody.
///
/// 401 `identity_refused`: the token is not valid, or the widget wants one. 409: this visitor is somebody else already;
/// end the session and start another one.
#[utoipa::path(operation_id = "identify_visitor", tag = "visitors", request_body = IdentifyVisitor,
    responses((status = 200, description = "The visitor.", body = Visitor)))]
#[post("/v1/visitor/identify")]
pub(crate) async fn identify_visitor(call: Call, body: Body<IdentifyVisitor>) -> Reply {
    let visitor = call.actor().visitor()?.id;
    let limits = &call.ctx().config().limits;
    call.limit("visitor_identities", visitor, Quota::per_minute(limits.visitor_messages_per_minute))?;
    call.write(move |tx| identify(tx, &body)).await
}

pub(super) fn identify(tx: &mut Tx<'_>, claim: &IdentifyVisitor) -> Result<Visitor> {
    if claim.token.is_some() && (claim.name.is_some() || claim.email.is_some()) {
        return Err(Error::invalid("token", "must come alone: put name and email into the token"));
    }
    let visitor = access::lock_visitor(tx)?;
    let widget = access::open_widget(tx, visitor.widget_id)?;
    let changed = match &claim.token {
        Some(token) => {
            let secret = renew_identity_secret::open(tx.ctx().secrets(), &widget)?;
            let identity = identity_token::verify(token, &secret, widget.id, tx.now())?;
            prove(tx, &visitor, &identity)?
        }
        None => believe(tx, &visitor, &widget, claim)?,
    };
    store::save_identity(tx, &visitor, &changed)?;
    let shown = view::visitor(tx, &changed)?;
    let is_news =
        (changed.identity, &changed.identity_subject) != (visitor.identity, &visitor.identity_subject);
    if let (Some(thread), Some(name), true) = (&shown.thread, &shown.name, is_news) {
        conversations::note_identified(tx, thread.id, name)?;
    }
    tx.emit_to_visitor(visitor.id, VisitorEvent::VisitorChanged { visitor: shown.clone() })?;
    Ok(shown)
}

/// Makes the visitor the contact that the signed identity belongs to.
fn prove(tx: &mut Tx<'_>, visitor: &Granted<VisitorRow>, identity: &SignedIdentity) -> Result<VisitorRow> {
    if visitor.identity_subject.as_ref().is_some_and(|subject| *subject != identity.subject) {
        return Err(somebody_else());
    }
    // An identity means something within the site that signs it: the widget's.
    let value = format!("{}:{}", visitor.widget_id, identity.subject);
    tx.lock(Key::Named("external_identity", &value))?;
    let mut changed = VisitorRow::clone(visitor);
    match crm::identities::find_external(tx, &value)? {
        Some(known) if known == visitor.contact_id => {}
        Some(known) => {
            if store::contact_name(tx, visitor.contact_id)?.is_some() {
                merge_own_contact(tx, visitor, known)?;
            }
            changed.contact_id = known;
        }
        None => {
            contact::ensure(tx, visitor)?;
        }
    }
    let (name, email) = (identity.name.as_deref(), identity.email.as_deref());
    crm::identities::bind_external(tx, changed.contact_id, &value, name, email)?;
    changed.identity = VisitorIdentity::Verified;
    changed.identity_subject = Some(identity.subject.clone());
    Ok(changed)
}

/// Merges what the visitor said before it was known into the contact it turns out to be.
fn merge_own_contact(tx: &mut Tx<'_>, visitor: &Granted<VisitorRow>, known: types::ContactId) -> Result<()> {
    match crm::visitors::merge(tx, visitor.contact_id, known) {
        Ok(_) => Ok(()),
        // Somebody of the team has made sure that this conversation is another person's.
        Err(Error::Conflict { .. }) => Err(somebody_else()),
        Err(other) => Err(other),
    }
}

/// Writes down what the visitor says without proof.
fn believe(
    tx: &mut Tx<'_>,
    visitor: &Granted<VisitorRow>,
    widget: &WidgetRow,
    claim: &IdentifyVisitor,
) -> Result<VisitorRow> {
    if widget.require_signed_identity {
        return Err(refused("This site accepts signed identities alone."));
    }
    if claim.name.is_none() && claim.email.is_none() {
        return Err(Error::invalid("token", "must be there unless name or email is"));
    }
    contact::ensure(tx, visitor)?;
    crm::visitors::claim(tx, visitor.contact_id, claim.name.as_deref(), claim.email.as_deref())?;
    Ok(VisitorRow { identity: VisitorIdentity::Unverified, ..VisitorRow::clone(visitor) })
}

fn somebody_else() -> Error {
    Error::conflict(
        ErrorCode::Conflict,
        "This visitor is somebody else already: end the session, start another one and identify again.",
    )
}
