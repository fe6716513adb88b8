//! From an [`Outgoing`] to the bytes and the envelope that go over the wire (RFC 5322, RFC 2047, RFC 2046).

use lettre::{
    Message,
    message::{
        Attachment, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};

use crate::{Calendar, Mailbox, Outgoing, SendError, SmtpSettings};

/// Longest line of a header, and so longest Message-ID (RFC 5322, section 2.1.1), in bytes without its line end.
const LINE_LIMIT: usize = 998;

/// Headers that fields of [`Outgoing`] or the composition itself write; they cannot be given a second time.
const OWN_HEADERS: [&str; 14] = [
    "from",
    "sender",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "mime-version",
    "return-path",
    "received",
];

/// Builds the message, checking every value that ends in a header.
pub(crate) fn compose(outgoing: &Outgoing, settings: &SmtpSettings) -> Result<Message, SendError> {
    let from = match &outgoing.from {
        Some(mailbox) => parse_mailbox("from", mailbox)?,
        None => sender_of(settings)?,
    };
    let mut builder = Message::builder()
        .from(from)
        .date(outgoing.date)
        .message_id(Some(message_id("message_id", &outgoing.message_id)?.to_owned()))
        .subject(one_line("subject", &outgoing.subject)?);
    if outgoing.to.is_empty() {
        return Err(SendError::invalid("to", "must name at least one recipient"));
    }
    for mailbox in &outgoing.to {
        builder = builder.to(parse_mailbox("to", mailbox)?);
    }
    if let Some(mailbox) = &outgoing.reply_to {
        builder = builder.reply_to(parse_mailbox("reply_to", mailbox)?);
    }
    if let Some(id) = &outgoing.in_reply_to {
        builder = builder.in_reply_to(message_id("in_reply_to", id)?.to_owned());
    }
    if !outgoing.references.is_empty() {
        for id in &outgoing.references {
            message_id("references", id)?;
        }
        builder = builder.references(outgoing.references.join(" "));
    }
    for (name, value) in &outgoing.headers {
        builder = builder.raw_header(further_header(name, value)?);
    }
    let message = match body(outgoing)? {
        Body::One(part) => builder.singlepart(part),
        Body::Several(parts) => builder.multipart(parts),
    };
    message.map_err(|error| SendError::invalid("to", error.to_string()))
}

/// What stands below the headers.
enum Body {
    One(SinglePart),
    Several(MultiPart),
}

/// The text; with its other forms, the least preferred first (RFC 2046, section 5.1.4); with an invitation that is attached
/// as well, as not every program reads it among the alternatives (RFC 6047, section 2.4).
fn body(outgoing: &Outgoing) -> Result<Body, SendError> {
    let text = SinglePart::plain(outgoing.text.clone());
    let html = outgoing.html.clone().map(SinglePart::html);
    let Some(calendar) = &outgoing.calendar else {
        return Ok(match html {
            Some(html) => Body::Several(MultiPart::alternative().singlepart(text).singlepart(html)),
            None => Body::One(text),
        });
    };
    let mut forms = MultiPart::alternative().singlepart(text);
    if let Some(html) = html {
        forms = forms.singlepart(html);
    }
    let forms = forms.singlepart(invitation(calendar)?);
    let file = Attachment::new("invite.ics".to_owned())
        .body(calendar.text.clone(), content_type("application/ics; name=\"invite.ics\"")?);
    Ok(Body::Several(MultiPart::mixed().multipart(forms).singlepart(file)))
}

/// The part whose parameter `method` says what the calendar is to do (RFC 6047, section 2.4).
fn invitation(calendar: &Calendar) -> Result<SinglePart, SendError> {
    if calendar.method.is_empty() || !calendar.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(SendError::invalid("calendar", "must have a method in capitals, such as REQUEST"));
    }
    let kind = content_type(&format!("text/calendar; charset=utf-8; method={}", calendar.method))?;
    Ok(SinglePart::builder().header(kind).body(calendar.text.clone()))
}

fn content_type(text: &str) -> Result<ContentType, SendError> {
    ContentType::parse(text).map_err(|error| SendError::invalid("calendar", error.to_string()))
}

/// The sender that the settings name.
pub(crate) fn sender_of(settings: &SmtpSettings) -> Result<lettre::message::Mailbox, SendError> {
    let name = Some(settings.from_name.clone()).filter(|name| !name.trim().is_empty());
    parse_mailbox("from_address", &Mailbox { name, address: settings.from_address.clone() })
}

fn parse_mailbox(field: &'static str, mailbox: &Mailbox) -> Result<lettre::message::Mailbox, SendError> {
    let name = mailbox.name.as_deref().map(|name| one_line(field, name)).transpose()?;
    let address = mailbox
        .address
        .parse()
        .map_err(|_| SendError::invalid(field, "must be an e-mail address such as name@example.com"))?;
    Ok(lettre::message::Mailbox::new(name.map(str::to_owned), address))
}

/// A value without control characters: a line end in it would start a header of the sender's choice.
fn one_line<'a>(field: &'static str, value: &'a str) -> Result<&'a str, SendError> {
    if value.chars().any(char::is_control) {
        return Err(SendError::invalid(field, "must be one line without control characters"));
    }
    Ok(value)
}

/// A Message-ID as in RFC 5322, section 3.6.4, kept to printable ASCII.
fn message_id<'a>(field: &'static str, id: &'a str) -> Result<&'a str, SendError> {
    let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    let printable = inner.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>'));
    let two_sides = inner.split_once('@').is_some_and(|(left, right)| !left.is_empty() && !right.is_empty());
    if !printable || !two_sides || id.len() > LINE_LIMIT {
        return Err(SendError::invalid(field, "must be a Message-ID such as <unique@example.com>"));
    }
    Ok(id)
}

fn further_header(name: &str, value: &str) -> Result<HeaderValue, SendError> {
    let lower = name.to_ascii_lowercase();
    if OWN_HEADERS.contains(&lower.as_str()) || lower.starts_with("content-") {
        return Err(SendError::invalid("headers", format!("{lower} is written from the other fields")));
    }
    // RFC 5322, section 2.2: printable ASCII without the colon.
    let printable = name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let name = HeaderName::new_from_ascii(name.to_owned())
        .ok()
        .filter(|_| printable)
        .ok_or_else(|| SendError::invalid("headers", "a name must be printable ASCII without a colon"))?;
    Ok(HeaderValue::new(name, one_line("headers", value)?.to_owned()))
}

#[cfg(test)]
#[path = "compose_tests.rs"]
mod tests;
