//! Ids: one newtype over `i64` for each kind of thing, so that a contact's id cannot be passed for a thread's.
//!
//! They are made by the application and fit into 53 bits, so a JavaScript number could hold one; in JSON they are
//! strings of digits all the same. **Ids name, they do not order**: order within a thread is `seq`.

use crate::wire::bigint_column;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident,)+) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::BigInt))]
        pub struct $name(pub i64);

        bigint_column!($name);

        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = MalformedId;
            fn from_str(text: &str) -> Result<Self, MalformedId> { parse(text).map(Self) }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.collect_str(&self.0) }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                from.deserialize_str(Digits).map(Self)
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some("^[0-9]{1,16}$"))
                    .description(Some(concat!("Id of type ", stringify!($name), ": a string of digits.")))
                    .examples(["58719364096001"])
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )+ };
}

/// Says that a text is not an id: an id is 1 to 16 ASCII digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedId;

impl std::fmt::Display for MalformedId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an id is a string of 1 to 16 digits")
    }
}

impl std::error::Error for MalformedId {}

fn parse(text: &str) -> Result<i64, MalformedId> {
    if text.is_empty() || text.len() > 16 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(MalformedId);
    }
    text.parse().map_err(|_| MalformedId)
}

struct Digits;

impl serde::de::Visitor<'_> for Digits {
    type Value = i64;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an id: a string of 1 to 16 digits")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<i64, E> {
        parse(text).map_err(E::custom)
    }
}

ids! {
    /// Names an API token.
    ApiTokenId,
    /// Names an association of two records.
    AssociationId,
    /// Names an entry of the audit log.
    AuditEntryId,
    /// Names a link that people outside book meetings by.
    BookingLinkId,
    /// Names an account whose calendars say when a user is busy.
    CalendarAccountId,
    /// Names a calendar of such an account.
    CalendarId,
    /// Names a comment on a call.
    CallCommentId,
    /// Names a call.
    CallId,
    /// Names a folder of clips.
    ClipFolderId,
    /// Names a clip.
    ClipId,
    /// Names a link to a clip for people outside.
    ClipLinkId,
    /// Names a company.
    CompanyId,
    /// Names a connection to a service of others.
    ConnectionId,
    /// Names an entry of the log of a contact's consents.
    ConsentId,
    /// Names a contact: a person outside the company.
    ContactId,
    /// Names a deal.
    DealId,
    /// Names a stage of the pipeline of deals.
    DealStageId,
    /// Names a domain of the account's own.
    DomainId,
    /// Names a row of the event log.
    EventId,
    /// Names an uploaded file.
    FileId,
    /// Names an import of records.
    ImportId,
    /// Names an inbox.
    InboxId,
    /// Names a job.
    JobId,
    /// Names a mail in the outbox.
    MailId,
    /// Names a meeting.
    MeetingId,
    /// Names a wish for a meeting.
    MeetingRequestId,
    /// Names a kind of meeting.
    MeetingTypeId,
    /// Names a message, an internal comment or an activity of a thread.
    MessageId,
    /// Names a notification of a user.
    NotificationId,
    /// Names a participant of a call.
    ParticipantId,
    /// Names a custom property.
    PropertyId,
    /// Names a recording: one file of one call.
    RecordingId,
    /// Names a record of any kind: the kind stands beside it.
    RecordId,
    /// Names a role.
    RoleId,
    /// Names a saved view of a list.
    SavedViewId,
    /// Names a segment of a transcript.
    SegmentId,
    /// Names a session: one sign-in of a user in one browser.
    SessionId,
    /// Names a speaker of a call.
    SpeakerId,
    /// Names a subscription type.
    SubscriptionTypeId,
    /// Names a team.
    TeamId,
    /// Names an account at a telephony provider.
    TelephonyAccountId,
    /// Names a thread: one conversation.
    ThreadId,
    /// Names a ticket.
    TicketId,
    /// Names a status of tickets.
    TicketStatusId,
    /// Names an entry of a record's timeline.
    TimelineEntryId,
    /// Names a tracked term.
    TrackedTermId,
    /// Names a transcript.
    TranscriptId,
    /// Names a user: somebody who signs in.
    UserId,
    /// Names a visitor: one browser that talks to a chat widget.
    VisitorId,
    /// Names a visitor's session.
    VisitorSessionId,
    /// Names one event delivered, or to be delivered, to one webhook.
    WebhookDeliveryId,
    /// Names an event that webhooks are told of.
    WebhookEventId,
    /// Names a webhook.
    WebhookId,
    /// Names a chat widget.
    WidgetId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_string_of_digits_in_json() {
        assert_eq!(serde_json::to_string(&ThreadId(42)).unwrap(), "\"42\"");
        assert_eq!(serde_json::from_str::<ThreadId>("\"42\"").unwrap(), ThreadId(42));
        for bad in ["42", "\"\"", "\"-1\"", "\"4 2\"", "\"12345678901234567\"", "null"] {
            assert!(serde_json::from_str::<ThreadId>(bad).is_err(), "{bad}");
        }
    }
}
