//! Reads the events of the live stream.
//!
//! By hand, because the derived reader of a tagged enum buffers every field in a form of its own, which means a second
//! reader for each type inside: a twentieth of the app's bundle. A test holds both to the same result.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use types::Event;

/// Reads an event; `None` for one that this release does not know.
pub fn read_event(event: Value) -> Option<Event> {
    let Value::Object(mut fields) = event else { return None };
    let Value::String(kind) = fields.remove("type")? else { return None };
    read(&kind, &mut Fields(fields))
}

struct Fields(Map<String, Value>);

impl Fields {
    /// A field; one that is left out reads as null.
    fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        types::json::read(self.0.remove(name).unwrap_or_default()).ok()
    }
}

fn read(kind: &str, fields: &mut Fields) -> Option<Event> {
    Some(match kind {
        "thread_created" => Event::ThreadCreated { thread: fields.take("thread")? },
        "thread_changed" => Event::ThreadChanged { thread: fields.take("thread")? },
        "message_created" => {
            Event::MessageCreated { message: fields.take("message")?, thread: fields.take("thread")? }
        }
        "message_changed" => Event::MessageChanged { message: fields.take("message")? },
        "thread_read" => Event::ThreadRead { thread_id: fields.take("thread_id")?, seq: fields.take("seq")? },
        "thread_presence" => Event::ThreadPresence { presence: fields.take("presence")? },
        "inbox_changed" => Event::InboxChanged { inbox: fields.take("inbox")? },
        "inbox_gained" => Event::InboxGained { inbox: fields.take("inbox")? },
        "inbox_removed" => Event::InboxRemoved { inbox_id: fields.take("inbox_id")? },
        "contact_changed" => Event::ContactChanged { contact: fields.take("contact")? },
        "contact_merged" => {
            Event::ContactMerged { from_id: fields.take("from_id")?, into: fields.take("into")? }
        }
        "contact_erased" => Event::ContactErased { contact_id: fields.take("contact_id")? },
        "consents_changed" => Event::ConsentsChanged { contact_id: fields.take("contact_id")? },
        "subscription_type_changed" => {
            Event::SubscriptionTypeChanged { subscription_type: fields.take("subscription_type")? }
        }
        "company_changed" => Event::CompanyChanged { company: fields.take("company")? },
        "company_deleted" => Event::CompanyDeleted { company_id: fields.take("company_id")? },
        "call_changed" => Event::CallChanged { call_id: fields.take("call_id")? },
        "call_removed" => Event::CallRemoved { call_id: fields.take("call_id")? },
        "clip_changed" => {
            Event::ClipChanged { clip_id: fields.take("clip_id")?, call_id: fields.take("call_id")? }
        }
        "clip_removed" => {
            Event::ClipRemoved { clip_id: fields.take("clip_id")?, call_id: fields.take("call_id")? }
        }
        "clip_folders_changed" => Event::ClipFoldersChanged,
        "call_note_changed" => Event::CallNoteChanged { call_id: fields.take("call_id")? },
        "call_comments_changed" => Event::CallCommentsChanged { call_id: fields.take("call_id")? },
        "deal_changed" => Event::DealChanged { deal: fields.take("deal")? },
        "deal_deleted" => Event::DealDeleted { deal_id: fields.take("deal_id")? },
        "ticket_changed" => Event::TicketChanged { ticket: fields.take("ticket")? },
        "ticket_deleted" => Event::TicketDeleted { ticket_id: fields.take("ticket_id")? },
        "record_removed" => Event::RecordRemoved { record: fields.take("record")? },
        "associations_changed" => Event::AssociationsChanged { record: fields.take("record")? },
        "pipeline_changed" => Event::PipelineChanged { stages: fields.take("stages")? },
        "ticket_statuses_changed" => Event::TicketStatusesChanged { statuses: fields.take("statuses")? },
        "property_changed" => Event::PropertyChanged { property: fields.take("property")? },
        "import_changed" => Event::ImportChanged { import: fields.take("import")? },
        "saved_view_changed" => Event::SavedViewChanged { view: fields.take("view")? },
        "saved_view_deleted" => Event::SavedViewDeleted { view_id: fields.take("view_id")? },
        other => return read_of_account(other, fields),
    })
}

/// Who works here, where, and what they should know of.
fn read_of_account(kind: &str, fields: &mut Fields) -> Option<Event> {
    Some(match kind {
        "user_changed" => Event::UserChanged { user: fields.take("user")? },
        "permissions_changed" => Event::PermissionsChanged { user_id: fields.take("user_id")? },
        "team_changed" => Event::TeamChanged { team: fields.take("team")? },
        "team_deleted" => Event::TeamDeleted { team_id: fields.take("team_id")? },
        "role_changed" => Event::RoleChanged { role: fields.take("role")? },
        "role_deleted" => Event::RoleDeleted { role_id: fields.take("role_id")? },
        "widget_changed" => Event::WidgetChanged { widget: fields.take("widget")? },
        "widget_deleted" => Event::WidgetDeleted { widget_id: fields.take("widget_id")? },
        "notification_created" => Event::NotificationCreated { notification: fields.take("notification")? },
        "notifications_read" => Event::NotificationsRead {
            up_to: fields.take("up_to")?,
            thread_id: fields.take("thread_id")?,
            call_id: fields.take("call_id")?,
        },
        other => return read_of_booking(other, fields),
    })
}

/// What is booked, and by what.
fn read_of_booking(kind: &str, fields: &mut Fields) -> Option<Event> {
    Some(match kind {
        "booking_link_changed" => Event::BookingLinkChanged { link_id: fields.take("link_id")? },
        "meeting_changed" => Event::MeetingChanged { meeting_id: fields.take("meeting_id")? },
        "meeting_requests_changed" => Event::MeetingRequestsChanged,
        "calendars_changed" => Event::CalendarsChanged,
        other => return read_of_system(other, fields),
    })
}

/// What goes on in the machine.
fn read_of_system(kind: &str, fields: &mut Fields) -> Option<Event> {
    Some(match kind {
        "mail_changed" => Event::MailChanged { mail_id: fields.take("mail_id")? },
        "webhook_changed" => Event::WebhookChanged { webhook_id: fields.take("webhook_id")? },
        "domain_changed" => Event::DomainChanged { domain_id: fields.take("domain_id")? },
        "domain_removed" => {
            Event::DomainRemoved { domain_id: fields.take("domain_id")?, name: fields.take("name")? }
        }
        "job_died" => Event::JobDied { job_id: fields.take("job_id")? },
        _ => return None,
    })
}
