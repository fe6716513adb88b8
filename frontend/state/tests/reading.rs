//! Every event reads as it was written.

use serde_json::{Value, json};
use state::read_event;
use types::Event;

const AT: &str = "2026-03-02T09:30:00Z";

fn thread() -> Value {
    json!({
        "id": "1", "inbox_id": "2", "channel": "chat", "widget_id": null, "visitor_id": null,
        "started_from": null, "contact_id": "3", "contact_name": "Lucie", "contact_verified": true,
        "subject": null, "status": "open", "owner_user_id": "4", "owner_team_id": null, "waiting": "for_reply",
        "last_seq": 2, "last_message_seq": 1, "last_entry_seq": 2, "last_message_at": AT, "preview": "Hello",
        "preview_author": "contact", "comment_preview": null, "participant_count": 2,
        "contact_delivered_seq": 0, "contact_read_seq": 0, "created_at": AT, "closed_at": null
    })
}

fn message() -> Value {
    json!({
        "id": "5", "thread_id": "1", "seq": 2, "kind": "activity", "author": "user", "author_user_id": "4",
        "author_name": "Ana", "html": "", "text": "", "attachments": [], "mentioned_user_ids": [],
        "activity": { "kind": "assigned", "user_id": "4", "team_id": null, "name": "Ana" },
        "delivery": null, "delivery_error": null, "client_id": null, "created_at": AT
    })
}

fn contact() -> Value {
    json!({
        "id": "3", "name": "Lucie", "email": null, "phone": null, "job_title": null, "company_id": null,
        "owner_id": null, "verified": true, "time_zone": null, "language": "fr", "created_at": AT, "updated_at": AT
    })
}

fn people() -> Vec<Value> {
    let user = json!({
        "id": "4", "name": "Ana", "email": "ana@example.org", "role_id": "6", "state": "active",
        "created_at": AT, "last_seen_at": null
    });
    let role =
        json!({ "id": "6", "name": "Agent", "builtin": "agent", "permissions": ["reply"], "user_count": 1 });
    vec![
        json!({ "type": "user_changed", "user": user }),
        json!({ "type": "permissions_changed", "user_id": "4" }),
        json!({ "type": "team_changed", "team": { "id": "7", "name": "Care", "member_ids": ["4"] } }),
        json!({ "type": "team_deleted", "team_id": "7" }),
        json!({ "type": "role_changed", "role": role }),
        json!({ "type": "role_deleted", "role_id": "6" }),
    ]
}

fn around_conversations() -> Vec<Value> {
    let inbox = json!({ "id": "2", "name": "Support", "member_ids": ["4"], "created_at": AT });
    let company = json!({
        "id": "8", "name": "Atelier", "domain": null, "contact_count": 1, "created_at": AT, "updated_at": AT
    });
    let style = json!({
        "color": "#4b3fe4", "position": "right", "title": null, "welcome": null, "launcher_label": null, "locale": null
    });
    let widget = json!({
        "id": "9", "name": "Site", "inbox_id": "2", "enabled": true, "style": style, "allowed_origins": [],
        "require_signed_identity": false, "tracking_code": "<script>", "created_at": AT
    });
    vec![
        json!({ "type": "inbox_changed", "inbox": inbox }),
        json!({ "type": "inbox_gained", "inbox": inbox }),
        json!({ "type": "inbox_removed", "inbox_id": "2" }),
        json!({ "type": "contact_changed", "contact": contact() }),
        json!({ "type": "contact_merged", "from_id": "33", "into": contact() }),
        json!({ "type": "contact_erased", "contact_id": "3" }),
        json!({ "type": "company_changed", "company": company }),
        json!({ "type": "company_deleted", "company_id": "8" }),
        json!({ "type": "widget_changed", "widget": widget }),
        json!({ "type": "widget_deleted", "widget_id": "9" }),
    ]
}

fn conversations() -> Vec<Value> {
    let presence = json!({
        "thread_id": "1", "users": [{ "user_id": "4", "typing": true }], "contact_typing": false, "contact_online": true
    });
    let notification = json!({
        "id": "10", "kind": "assigned", "thread_id": "1", "message_id": null, "call_id": null, "comment_id": null, "clip_id": null, "from_name": "Ana", "preview": "",
        "read": false, "created_at": AT
    });
    vec![
        json!({ "type": "thread_created", "thread": thread() }),
        json!({ "type": "thread_changed", "thread": thread() }),
        json!({ "type": "message_created", "message": message(), "thread": thread() }),
        json!({ "type": "message_changed", "message": message() }),
        json!({ "type": "thread_read", "thread_id": "1", "seq": 2 }),
        json!({ "type": "thread_presence", "presence": presence }),
        json!({ "type": "notification_created", "notification": notification }),
        json!({ "type": "notifications_read", "up_to": null, "thread_id": "1", "call_id": null }),
        json!({ "type": "mail_changed", "mail_id": "11" }),
        json!({ "type": "webhook_changed", "webhook_id": "19" }),
        json!({ "type": "domain_changed", "domain_id": "20" }),
        json!({ "type": "domain_removed", "domain_id": "20", "name": "meet.example.org" }),
        json!({ "type": "job_died", "job_id": "12" }),
        json!({ "type": "call_changed", "call_id": "13" }),
        json!({ "type": "call_removed", "call_id": "13" }),
        json!({ "type": "call_note_changed", "call_id": "13" }),
        json!({ "type": "call_comments_changed", "call_id": "13" }),
        json!({ "type": "clip_changed", "clip_id": "14", "call_id": "13" }),
        json!({ "type": "clip_removed", "clip_id": "14", "call_id": "13" }),
        json!({ "type": "clip_folders_changed" }),
        json!({ "type": "booking_link_changed", "link_id": "19" }),
        json!({ "type": "meeting_changed", "meeting_id": "20" }),
        json!({ "type": "meeting_requests_changed" }),
        json!({ "type": "calendars_changed" }),
    ]
}

fn records() -> Vec<Value> {
    let deal = json!({
        "id": "14", "name": "Chairs", "amount_minor": 125000, "currency": "EUR", "stage_id": "1",
        "close_date": "2026-03-02", "owner_id": null, "properties": { "wood": "oak", "seats": 4, "vip": true },
        "created_at": AT, "updated_at": AT
    });
    let ticket = json!({
        "id": "15", "subject": "Broken", "description": null, "status_id": "1", "priority": "high",
        "owner_id": "4", "properties": {}, "created_at": AT, "updated_at": AT
    });
    vec![
        json!({ "type": "deal_changed", "deal": deal }),
        json!({ "type": "deal_deleted", "deal_id": "14" }),
        json!({ "type": "ticket_changed", "ticket": ticket }),
        json!({ "type": "ticket_deleted", "ticket_id": "15" }),
        json!({ "type": "record_removed", "record": { "kind": "contact", "id": "3" } }),
        json!({ "type": "associations_changed", "record": { "kind": "deal", "id": "14" } }),
    ]
}

fn around_records() -> Vec<Value> {
    let property = json!({
        "id": "16", "object": "deal", "key": "wood", "label": "Wood", "type": "select",
        "options": [{ "value": "oak", "label": "Oak" }], "position": 0, "archived": false
    });
    let import = json!({
        "id": "17", "object": "contact", "file_name": "people.csv", "columns": [{ "column": "Name", "field": "name" }],
        "key": "none", "state": "running", "failure": null, "row_count": 10, "done_count": 5, "created_count": 4,
        "updated_count": 0, "refused_count": 1, "user_id": "4", "created_at": AT, "finished_at": null
    });
    let view = json!({
        "id": "18", "list": "deal", "name": "Mine", "filters": { "owner_id": "4" }, "columns": ["name"],
        "sort": "-updated_at", "owner_id": "4", "shared": false, "created_at": AT, "updated_at": AT
    });
    let subscription_type = json!({
        "id": "19", "name": "Newsletter", "description": null, "is_internal": false, "is_built_in": false,
        "archived": false
    });
    vec![
        json!({ "type": "pipeline_changed", "stages": [{ "id": "1", "name": "Qualified", "outcome": "open" }] }),
        json!({ "type": "ticket_statuses_changed", "statuses": [{ "id": "1", "name": "New", "closed": false }] }),
        json!({ "type": "property_changed", "property": property }),
        json!({ "type": "import_changed", "import": import }),
        json!({ "type": "saved_view_changed", "view": view }),
        json!({ "type": "saved_view_deleted", "view_id": "18" }),
        json!({ "type": "consents_changed", "contact_id": "3" }),
        json!({ "type": "subscription_type_changed", "subscription_type": subscription_type }),
    ]
}

/// Does not compile when an event is added: give it a sample above and an arm in `reading.rs`.
fn is_sampled(event: &Event) -> bool {
    use Event::*;
    match event {
        ThreadCreated { .. } | ThreadChanged { .. } | MessageCreated { .. } | MessageChanged { .. } => true,
        ThreadRead { .. } | ThreadPresence { .. } | InboxChanged { .. } | InboxGained { .. } => true,
        InboxRemoved { .. } | ContactChanged { .. } | ContactMerged { .. } | ContactErased { .. } => true,
        CompanyChanged { .. } | CompanyDeleted { .. } | UserChanged { .. } | PermissionsChanged { .. } => {
            true
        }
        TeamChanged { .. } | TeamDeleted { .. } | RoleChanged { .. } | RoleDeleted { .. } => true,
        WidgetChanged { .. } | WidgetDeleted { .. } | NotificationCreated { .. } => true,
        NotificationsRead { .. } | MailChanged { .. } | WebhookChanged { .. } | JobDied { .. } => true,
        DomainChanged { .. } | DomainRemoved { .. } => true,
        CallChanged { .. } | CallRemoved { .. } | CallNoteChanged { .. } | CallCommentsChanged { .. } => true,
        ClipChanged { .. } | ClipRemoved { .. } | ClipFoldersChanged => true,
        BookingLinkChanged { .. } | MeetingChanged { .. } | MeetingRequestsChanged | CalendarsChanged => true,
        DealChanged { .. } | DealDeleted { .. } | TicketChanged { .. } | TicketDeleted { .. } => true,
        RecordRemoved { .. } | AssociationsChanged { .. } | PipelineChanged { .. } => true,
        TicketStatusesChanged { .. } | PropertyChanged { .. } | ImportChanged { .. } => true,
        SavedViewChanged { .. } | SavedViewDeleted { .. } => true,
        ConsentsChanged { .. } | SubscriptionTypeChanged { .. } => true,
    }
}

#[test]
fn every_event_reads_as_the_derived_reader_reads_it() {
    let samples = [people(), around_conversations(), conversations(), records(), around_records()].concat();
    assert_eq!(samples.len(), 54);
    for sample in samples {
        let derived: Event = serde_json::from_value(sample.clone()).unwrap();
        assert!(is_sampled(&derived));
        assert_eq!(read_event(sample.clone()), Some(derived), "{sample}");
    }
}

#[test]
fn what_is_left_out_may_be_left_out_only_where_it_is_optional() {
    assert!(read_event(json!({ "type": "notifications_read" })).is_some());
    assert_eq!(read_event(json!({ "type": "thread_read", "thread_id": "1" })), None);
    assert_eq!(read_event(json!("thread_read")), None);
}
