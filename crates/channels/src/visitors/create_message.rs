//! Receives a message of a visitor.

use accounts::content::Content;
use actix_web::post;
use conversations::Incoming;
use platform::fields::Fields;
use platform::{Error, Result, Tx};
use types::channels::{CreateVisitorMessage, VisitorMessage};
use types::conversations::ChannelKind;
use web::{Body, Call, Quota, Reply};

use super::{contact, view};
use crate::access;

/// The longest text, in characters.
pub(crate) const TEXT_CHARACTERS: usize = 10_000;
const CLIENT_ID_CHARACTERS: usize = 64;
/// The longest address of a page, in bytes: what browsers and servers commonly bear.
const PAGE_URL_BYTES: usize = 2_000;

/// Send a message. The first one starts the conversation; one after the team closed it opens it again.
#[utoipa::path(operation_id = "create_visitor_message", tag = "visitors", request_body = CreateVisitorMessage,
    responses((status = 201, description = "The message.", body = VisitorMessage)))]
#[post("/v1/visitor/messages")]
pub(crate) async fn create_visitor_message(call: Call, body: Body<CreateVisitorMessage>) -> Reply {
    let visitor = call.actor().visitor()?.id;
    let limits = &call.ctx().config().limits;
    call.limit("visitor_messages", visitor, Quota::per_minute(limits.visitor_messages_per_minute))?;
    check(&body, limits.attachments_per_message)?;
    let content = Content::from_text("text", &body.text)?;
    call.create(move |tx| create(tx, &body, &content)).await
}

/// Receives a message of the visitor who acts. `content` is made of its text before the transaction.
///
/// # Errors
/// [`Error::Unauthenticated`] for anybody but a visitor; [`Error::NotFound`] when the widget is off or deleted;
/// [`Error::Invalid`] for `attachment_ids`.
pub fn create(tx: &mut Tx<'_>, new: &CreateVisitorMessage, content: &Content) -> Result<VisitorMessage> {
    let visitor = access::lock_visitor(tx)?;
    let widget = access::open_widget(tx, visitor.widget_id)?;
    let incoming = Incoming {
        inbox_id: widget.inbox_id,
        channel: ChannelKind::Chat,
        widget_id: Some(widget.id),
        visitor_id: visitor.id,
        contact_id: visitor.contact_id,
        author_name: contact::ensure(tx, &visitor)?,
        content: content.clone(),
        attachment_ids: new.attachment_ids.clone(),
        client_id: Some(new.client_id.clone()),
        started_from: new.page_url.as_deref().map(without_fragment),
    };
    let received = conversations::receive_message(tx, &incoming)?;
    view::message(&received.thread, received.message)
        .ok_or_else(|| Error::internal("a visitor's message was stored as something else"))
}

fn check(new: &CreateVisitorMessage, max_attachments: usize) -> Result<()> {
    let mut fields = Fields::default();
    let mut refuse = |field: &str, code: &str, detail: String| fields.refuse(field, code, detail);
    if new.text.trim().is_empty() && new.attachment_ids.is_empty() {
        refuse("text", "required", "must not be empty without attachments".to_owned());
    }
    if new.text.chars().count() > TEXT_CHARACTERS {
        refuse("text", "too_long", format!("must have at most {TEXT_CHARACTERS} characters"));
    }
    if new.attachment_ids.len() > max_attachments {
        refuse("attachment_ids", "too_many", format!("must have at most {max_attachments} entries"));
    }
    if new.page_url.as_deref().is_some_and(|url| !is_page_url(url)) {
        let detail = format!("must be an http or https address of at most {PAGE_URL_BYTES} bytes");
        refuse("page_url", "malformed", detail);
    }
    fields.required("client_id", &new.client_id, CLIENT_ID_CHARACTERS);
    fields.finish()
}

/// The page alone: a fragment only opens the chat (`#rapport-open`), or holds what an application keeps to itself.
fn without_fragment(url: &str) -> String {
    url.split('#').next().unwrap_or_default().to_owned()
}

fn is_page_url(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= PAGE_URL_BYTES
        && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::FileId;

    fn message(text: &str) -> CreateVisitorMessage {
        CreateVisitorMessage {
            text: text.to_owned(),
            attachment_ids: Vec::new(),
            client_id: "c1".to_owned(),
            page_url: None,
        }
    }

    fn wrong(new: &CreateVisitorMessage) -> Vec<(String, String)> {
        match check(new, 2) {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|e| (e.field, e.code)).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_message_says_something() {
        check(&message("Hello"), 2).unwrap();
        check(&CreateVisitorMessage { attachment_ids: vec![FileId(1)], ..message(" ") }, 2).unwrap();
        assert_eq!(wrong(&message(" \n ")), [("text".to_owned(), "required".to_owned())]);
    }

    #[test]
    fn limits_are_named() {
        check(&message(&"é".repeat(TEXT_CHARACTERS)), 2).unwrap();
        assert_eq!(wrong(&message(&"é".repeat(TEXT_CHARACTERS + 1)))[0].1, "too_long");
        let many = CreateVisitorMessage { attachment_ids: vec![FileId(1); 3], ..message("x") };
        assert_eq!(wrong(&many)[0].0, "attachment_ids");
        let nameless = CreateVisitorMessage { client_id: String::new(), ..message("x") };
        assert_eq!(wrong(&nameless)[0].0, "client_id");
        for url in ["javascript:alert(1)", "https://e.org/a b", "about:blank"] {
            let from = CreateVisitorMessage { page_url: Some(url.to_owned()), ..message("x") };
            assert_eq!(wrong(&from)[0].0, "page_url", "{url}");
        }
    }
}
