//! Requests that get as far as the question who may.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A body that can be read; what it says need not be possible.
pub(super) fn body(operation: &str, path: &BTreeMap<&str, String>) -> Option<Value> {
    body_of_calls(operation, path)
        .or_else(|| body_of_crm(operation))
        .or_else(|| body_of_booking(operation))
        .or_else(|| body_of_others(operation, path))
}

/// The same for what belongs neither to calls nor to records.
fn body_of_others(operation: &str, path: &BTreeMap<&str, String>) -> Option<Value> {
    Some(match operation {
        "create_first_administrator" => {
            json!({ "name": "A", "email": "a@example.org", "password": "1234567890", "company_name": "C" })
        }
        "create_session" => json!({ "email": "nobody@example.org", "password": "wrong" }),
        "create_password_reset" => json!({ "email": "nobody@example.org" }),
        "complete_password_reset" => json!({ "token": "x", "password": "1234567890" }),
        "accept_invitation" => json!({ "token": "x", "name": "A", "password": "1234567890" }),
        "create_visitor_session" => json!({ "widget_id": "1" }),
        "update_me" => json!({}),
        "change_password" => json!({ "current_password": "wrong", "new_password": "short" }),
        "confirm_totp" => json!({ "code": "000000" }),
        "disable_totp" | "renew_recovery_codes" => json!({ "password": "wrong" }),
        "create_user" => json!({ "name": "N", "email": "not an address", "role_id": "1" }),
        "update_user" => json!({}),
        "create_team" | "update_team" => json!({ "name": "", "member_ids": [] }),
        "create_role" | "update_role" => json!({ "name": "", "permissions": [] }),
        "create_api_token" => json!({ "name": "", "scopes": [] }),
        "create_domain" => json!({ "name": "" }),
        "create_webhook" | "update_webhook" => {
            json!({ "url": "", "description": "", "event_kinds": [], "is_active": true })
        }
        "start_connection" => json!({ "provider": "zoom", "scope": "user" }),
        "complete_connection" => json!({ "state": "x", "code": "y" }),
        "update_account_settings" => json!({ "company_name": "", "default_locale": "en" }),
        "read_notifications" => json!({}),
        "create_inbox" | "update_inbox" => json!({ "name": "", "member_ids": [] }),
        "assign_thread" => json!({ "user_id": path["agent_id"] }),
        "read_thread" => json!({ "seq": 1 }),
        "show_presence" => json!({ "viewing": true, "typing": false }),
        "create_message" => json!({ "html": "<p>Hello</p>", "send_anyway": true }),
        "create_comment" => json!({ "html": "<p>Note</p>" }),
        "create_chat_widget" => json!({ "name": "", "inbox_id": path["inbox_id"] }),
        "update_chat_widget" => json!({
            "name": "", "inbox_id": path["inbox_id"], "enabled": true, "allowed_origins": [],
            "require_signed_identity": false, "style": { "color": "#000000", "position": "left" }
        }),
        "create_visitor_message" => json!({ "text": "More", "client_id": "more" }),
        "save_visitor_receipt" => json!({ "delivered_seq": 0, "read_seq": 0 }),
        "show_visitor_typing" => json!({ "typing": true }),
        "identify_visitor" => json!({ "name": "Carla" }),
        _ => return None,
    })
}

/// The same for calls, and what is made of them.
fn body_of_calls(operation: &str, path: &BTreeMap<&str, String>) -> Option<Value> {
    Some(match operation {
        "update_zoom_settings" => json!({ "sync": false }),
        "start_recording_upload" => json!({ "name": "a.wav", "bytes": 1 }),
        "save_playback_position" => json!({ "position_ms": 0 }),
        "update_call_settings" => json!({
            "recording": true, "intelligence": true, "transcript_votes": true, "law_checked": false
        }),
        "update_call" => json!({ "title": "", "direction": "inbound", "started_at": "2026-01-01T00:00:00Z" }),
        "add_participant" => json!({}),
        "match_participant" => json!({ "user_id": path["agent_id"] }),
        "delete_calls" => json!({ "call_ids": [] }),
        "import_transcript" => json!({ "content": "1\n00:00:00,000 --> 00:00:01,000\nHello\n" }),
        "save_call_note" => json!({ "html": "<p>Hello</p>", "version": 0 }),
        "create_call_comment" | "edit_call_comment" => json!({ "html": "<p>Hello</p>" }),
        "create_telephony_account" | "update_telephony_account" => json!({ "name": "", "account_sid": "" }),
        "edit_segment" => json!({ "text": "Hello" }),
        "create_clip" => json!({ "from_ms": 0, "until_ms": 1000 }),
        "update_clip" => json!({ "title": "" }),
        "share_clip" => json!({ "recipient_ids": [] }),
        "create_clip_link" | "open_shared_clip" => json!({}),
        "create_clip_folder" | "update_clip_folder" => json!({ "name": "" }),
        "update_clip_settings" => {
            json!({ "links": true, "default_days": 1, "most_days": 1, "color": "#000000" })
        }
        "transcribe_call" | "vote_transcript" | "correct_segment_speaker" | "match_speaker" => json!({}),
        "create_tracked_term" | "update_tracked_term" => json!({ "name": "" }),
        "create_call" => json!({ "title": "", "direction": "inbound", "started_at": "2026-01-01T00:00:00Z" }),
        _ => return None,
    })
}

/// The same for contacts, companies, deals, tickets, and what is kept of them.
fn body_of_crm(operation: &str) -> Option<Value> {
    Some(match operation {
        "create_contact" | "update_contact" => json!({ "name": "" }),
        "merge_contact" => json!({ "from_id": "2" }),
        "erase_contact" => json!({ "confirm_name": "" }),
        "create_company" | "update_company" => json!({ "name": "" }),
        "create_deal" | "update_deal" => json!({ "name": "" }),
        "create_ticket" | "update_ticket" => json!({ "subject": "" }),
        "create_association" => {
            json!({ "from": { "kind": "contact", "id": "1" }, "to": { "kind": "deal", "id": "2" } })
        }
        "save_pipeline" => json!({ "stages": [] }),
        "save_ticket_statuses" => json!({ "statuses": [] }),
        "update_privacy_settings" => {
            json!({ "gdpr_enabled": false, "texts": [], "default_subscription_type_id": "1" })
        }
        "create_subscription_type" => json!({ "name": "" }),
        "update_subscription_type" => json!({ "name": "", "is_internal": false, "archived": false }),
        "record_contact_consent" => json!({ "subscription_type_id": "1", "basis": "consent", "source": "" }),
        "withdraw_contact_consent" => json!({ "subscription_type_id": "1", "source": "" }),
        "create_property" => json!({ "object": "deal", "key": "", "label": "", "type": "text" }),
        "update_property" => json!({ "label": "", "position": 0, "archived": false }),
        "create_saved_view" | "update_saved_view" => json!({ "list": "deal", "name": "", "columns": [] }),
        "save_list_layout" => json!({ "columns": [] }),
        "preview_csv" => json!({ "file_id": "1" }),
        "create_import" => json!({ "object": "deal", "file_id": "1", "columns": [], "key": "none" }),
        _ => return None,
    })
}

/// The same for links, and the meetings that are booked by them.
fn body_of_booking(operation: &str) -> Option<Value> {
    Some(match operation {
        "create_booking_link" => json!({ "kind": "group", "hosts": [], "settings": link_settings() }),
        "update_booking_link" => json!({ "hosts": [], "settings": link_settings() }),
        "preview_reminder" => json!({ "settings": link_settings() }),
        "create_meeting_type" => json!({ "name": "" }),
        "update_booking_profile" => json!({ "user_slug": "a", "time_zone": "Nowhere" }),
        "update_booking_settings" => json!({ "accent_color": "" }),
        "create_meeting" => json!({
            "contact_id": "1", "starts_at": "2031-03-25T09:00:00Z", "duration_minutes": 30, "time_zone": "UTC",
            "title": "", "language": "en"
        }),
        "connect_calendars" => json!({ "provider": "feed", "url": "", "name": "" }),
        "update_calendar" => json!({ "is_added": true, "is_default": false, "is_two_way": false }),
        "update_meeting" => json!({ "title": "" }),
        "reschedule_meeting" => json!({ "starts_at": "2031-03-25T09:00:00Z" }),
        "cancel_meeting" | "decline_meeting" | "set_meeting_outcome" | "cancel_booked_meeting" => json!({}),
        "hold_slot" => json!({ "starts_at": "2031-03-25T09:00:00Z", "duration_minutes": 30 }),
        "release_hold" => json!({ "token": "x" }),
        "send_booking_code" => json!({ "email": "a@example.org" }),
        "reschedule_booked_meeting" => json!({ "starts_at": "2031-03-25T09:00:00Z", "time_zone": "UTC" }),
        "request_meeting" => json!({
            "time_zone": "UTC", "first_name": "A", "last_name": "B", "email": "a@example.org", "message": "M"
        }),
        "book_meeting" => json!({
            "starts_at": "2031-03-25T09:00:00Z", "duration_minutes": 30, "time_zone": "UTC", "first_name": "A",
            "last_name": "B", "email": "a@example.org"
        }),
        _ => return None,
    })
}

/// Settings of a link that can be read, and break rules.
fn link_settings() -> Value {
    json!({
        "internal_name": "", "title": "", "durations_minutes": [], "invitation_subject": "", "language": "en",
        "country": "", "reminders": { "is_enabled": false, "includes_description": false, "minutes_before": [] },
        "availability": {
            "weekly": [], "notice_minutes": 0, "buffer_before_minutes": 0, "buffer_after_minutes": 0
        }
    })
}

/// The parameters that an operation cannot do without.
pub(super) fn query(operation: &str) -> &'static str {
    match operation {
        "search_records" | "search_transcripts" | "search_call" => "?q=a",
        "explain_slot" => "?starts_at=2031-03-25T09:00:00Z&duration_minutes=30",
        "list_page_slots" => "?from=2031-03-25T09:00:00Z&until=2031-03-26T09:00:00Z&duration_minutes=30",
        "get_peaks_tile" => "?level=0&tile=0",
        "export_records" => "?object=deal",
        "get_shared_clip_content" | "get_shared_transcript" => "?expires=1&signature=x",
        "list_associations" | "list_timeline" => "?kind=contact&id=1",
        _ => "",
    }
}
