//! Every table, once: Diesel can join only tables of one crate. A check compares this file with the migrated databases.

use crate::JsonDoc;

diesel::table! {
    use diesel::sql_types::*;
    nodes (node) {
        node -> Integer,
        holder -> Text,
        leased_until -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    leases (name) {
        name -> Text,
        holder -> Text,
        leased_until -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    event_log (id) {
        id -> Integer,
        epoch -> Text,
        next_pos -> BigInt,
        first_pos -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    events (id) {
        id -> BigInt,
        pos -> Nullable<BigInt>,
        topic -> Text,
        payload -> JsonDoc,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    jobs (id) {
        id -> BigInt,
        kind -> Text,
        payload -> JsonDoc,
        state -> Text,
        run_at -> BigInt,
        attempts -> Integer,
        last_error -> Nullable<Text>,
        leased_until -> BigInt,
        lease_holder -> Nullable<Text>,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    periodic_runs (name) {
        name -> Text,
        last_run_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    idempotency_keys (actor, key) {
        actor -> Text,
        key -> Text,
        fingerprint -> Text,
        status -> Integer,
        reply -> JsonDoc,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    audit_entries (id) {
        id -> BigInt,
        actor -> Text,
        actor_name -> Text,
        action -> Text,
        subject_kind -> Text,
        subject_id -> BigInt,
        detail -> JsonDoc,
        address -> Nullable<Text>,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    settings (key) {
        key -> Text,
        value -> JsonDoc,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    roles (id) {
        id -> BigInt,
        name -> Text,
        builtin -> Nullable<Text>,
        permissions -> JsonDoc,
        created_at -> BigInt,
        record_access -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    users (id) {
        id -> BigInt,
        email -> Text,
        name -> Text,
        password_hash -> Nullable<Text>,
        role_id -> BigInt,
        state -> Text,
        preferences -> JsonDoc,
        totp_secret -> Nullable<Text>,
        totp_enabled -> Bool,
        totp_last_step -> BigInt,
        created_at -> BigInt,
        last_seen_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    recovery_codes (id) {
        id -> BigInt,
        user_id -> BigInt,
        code_hash -> Text,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    sessions (id) {
        id -> BigInt,
        user_id -> BigInt,
        refresh_hash -> Text,
        previous_hash -> Nullable<Text>,
        successor_sealed -> Nullable<Text>,
        rotated_at -> BigInt,
        user_agent -> Text,
        address -> Text,
        created_at -> BigInt,
        last_used_at -> BigInt,
        expires_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    spent_refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> BigInt,
        spent_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    one_time_links (id) {
        id -> BigInt,
        user_id -> BigInt,
        purpose -> Text,
        token_hash -> Text,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    teams (id) {
        id -> BigInt,
        name -> Text,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    team_members (team_id, user_id) {
        team_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    api_tokens (id) {
        id -> BigInt,
        user_id -> BigInt,
        name -> Text,
        prefix -> Text,
        secret_hash -> Text,
        scopes -> JsonDoc,
        created_at -> BigInt,
        last_used_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    notifications (id) {
        id -> BigInt,
        user_id -> BigInt,
        kind -> Text,
        thread_id -> BigInt,
        message_id -> Nullable<BigInt>,
        from_name -> Text,
        preview -> Text,
        contact_id -> Nullable<BigInt>,
        read_at -> Nullable<BigInt>,
        mailed_at -> Nullable<BigInt>,
        created_at -> BigInt,
        call_id -> Nullable<BigInt>,
        comment_id -> Nullable<BigInt>,
        clip_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    files (id) {
        id -> BigInt,
        name -> Text,
        content_type -> Text,
        size -> BigInt,
        sha256 -> Text,
        blob_key -> Text,
        uploader -> Text,
        attached -> Bool,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    mails (id) {
        id -> BigInt,
        message_id -> Text,
        to_address -> Text,
        subject -> Text,
        text -> Text,
        html -> Nullable<Text>,
        purpose -> Text,
        state -> Text,
        attempts -> Integer,
        last_error -> Nullable<Text>,
        contact_id -> Nullable<BigInt>,
        created_at -> BigInt,
        sent_at -> Nullable<BigInt>,
        from_name -> Nullable<Text>,
        reply_to -> Nullable<Text>,
        calendar_method -> Nullable<Text>,
        calendar_text -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    companies (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        domain -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
        phone -> Nullable<Text>,
        street -> Nullable<Text>,
        postal_code -> Nullable<Text>,
        city -> Nullable<Text>,
        country -> Nullable<Text>,
        owner_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    contacts (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        job_title -> Nullable<Text>,
        company_id -> Nullable<BigInt>,
        owner_id -> Nullable<BigInt>,
        verified -> Bool,
        time_zone -> Nullable<Text>,
        language -> Nullable<Text>,
        merged_into -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    contact_identities (id) {
        id -> BigInt,
        contact_id -> BigInt,
        kind -> Text,
        value -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    inboxes (id) {
        id -> BigInt,
        name -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    inbox_members (inbox_id, user_id) {
        inbox_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    threads (id) {
        id -> BigInt,
        inbox_id -> BigInt,
        channel -> Text,
        widget_id -> Nullable<BigInt>,
        visitor_id -> Nullable<BigInt>,
        started_from -> Nullable<Text>,
        contact_id -> BigInt,
        subject -> Nullable<Text>,
        status -> Text,
        owner_user_id -> Nullable<BigInt>,
        owner_team_id -> Nullable<BigInt>,
        waiting -> Text,
        last_seq -> BigInt,
        last_message_seq -> BigInt,
        last_entry_seq -> BigInt,
        last_message_at -> BigInt,
        preview -> Text,
        preview_author -> Text,
        comment_preview -> Nullable<Text>,
        participant_count -> Integer,
        contact_delivered_seq -> BigInt,
        contact_read_seq -> BigInt,
        team_read_seq -> BigInt,
        ended_by_contact -> Bool,
        created_at -> BigInt,
        closed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    messages (id) {
        id -> BigInt,
        thread_id -> BigInt,
        seq -> BigInt,
        kind -> Text,
        author -> Text,
        author_user_id -> Nullable<BigInt>,
        author_name -> Text,
        html -> Text,
        text -> Text,
        mentioned_user_ids -> Nullable<JsonDoc>,
        activity -> Nullable<JsonDoc>,
        delivery -> Nullable<Text>,
        delivery_error -> Nullable<Text>,
        client_id -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    message_attachments (message_id, file_id) {
        message_id -> BigInt,
        file_id -> BigInt,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    read_positions (thread_id, user_id) {
        thread_id -> BigInt,
        user_id -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    participants (thread_id, kind, participant_id) {
        thread_id -> BigInt,
        kind -> Text,
        participant_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    chat_widgets (id) {
        id -> BigInt,
        name -> Text,
        inbox_id -> BigInt,
        enabled -> Bool,
        style -> JsonDoc,
        allowed_origins -> JsonDoc,
        require_signed_identity -> Bool,
        identity_secret_sealed -> Text,
        created_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    visitors (id) {
        id -> BigInt,
        widget_id -> BigInt,
        contact_id -> BigInt,
        identity -> Text,
        identity_subject -> Nullable<Text>,
        language -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        created_at -> BigInt,
        last_seen_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    visitor_sessions (id) {
        id -> BigInt,
        visitor_id -> BigInt,
        token_hash -> Text,
        created_at -> BigInt,
        last_used_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    calls (id) {
        id -> BigInt,
        title -> Text,
        title_key -> Text,
        direction -> Text,
        source -> Text,
        external_id -> Nullable<Text>,
        started_at -> BigInt,
        duration_ms -> Nullable<BigInt>,
        owner_id -> Nullable<BigInt>,
        outcome -> Nullable<Text>,
        private -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    recordings (id) {
        id -> BigInt,
        call_id -> BigInt,
        state -> Text,
        name -> Text,
        media_type -> Nullable<Text>,
        bytes -> BigInt,
        sha256 -> Nullable<Text>,
        duration_ms -> Nullable<BigInt>,
        has_picture -> Bool,
        channels -> JsonDoc,
        problems -> JsonDoc,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    recording_uploads (recording_id) {
        recording_id -> BigInt,
        part_bytes -> BigInt,
        sha256 -> Nullable<Text>,
        touched_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    recording_parts (recording_id, number) {
        recording_id -> BigInt,
        number -> Integer,
        bytes -> BigInt,
        sha256 -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    call_participants (id) {
        id -> BigInt,
        call_id -> BigInt,
        kind -> Text,
        user_id -> Nullable<BigInt>,
        contact_id -> Nullable<BigInt>,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    playback_positions (call_id, user_id) {
        call_id -> BigInt,
        user_id -> BigInt,
        position_ms -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    transcripts (id) {
        id -> BigInt,
        call_id -> BigInt,
        source -> Text,
        state -> Text,
        progress -> Integer,
        error -> Nullable<Text>,
        engine -> Nullable<Text>,
        model -> Nullable<Text>,
        language -> Nullable<Text>,
        separation -> Nullable<Text>,
        created_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    speakers (id) {
        id -> BigInt,
        call_id -> BigInt,
        number -> Integer,
        channel -> Nullable<Integer>,
        name -> Nullable<Text>,
        participant_id -> Nullable<BigInt>,
        matched_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    segments (id) {
        id -> BigInt,
        call_id -> BigInt,
        seq -> BigInt,
        speaker_id -> Nullable<BigInt>,
        start_ms -> BigInt,
        end_ms -> BigInt,
        text -> Text,
        original_text -> Nullable<Text>,
        edited_by -> Nullable<BigInt>,
        edited_at -> Nullable<BigInt>,
        confidence -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    transcript_votes (call_id, user_id) {
        call_id -> BigInt,
        user_id -> BigInt,
        helpful -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    call_notes (call_id) {
        call_id -> BigInt,
        html -> Text,
        text -> Text,
        version -> BigInt,
        updated_by -> Nullable<BigInt>,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    call_comments (id) {
        id -> BigInt,
        call_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        author_id -> Nullable<BigInt>,
        author_name -> Text,
        at_ms -> Nullable<BigInt>,
        html -> Text,
        text -> Text,
        mentioned_user_ids -> JsonDoc,
        created_at -> BigInt,
        edited_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    tracked_terms (id) {
        id -> BigInt,
        name -> Text,
        variants -> JsonDoc,
        matching -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    tracked_term_hits (segment_id, term_id, position) {
        segment_id -> BigInt,
        term_id -> BigInt,
        position -> Integer,
        length -> Integer,
        call_id -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    telephony_accounts (id) {
        id -> BigInt,
        name -> Text,
        account_sid -> Text,
        auth_token_sealed -> Text,
        owner_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    watched_files (path) {
        path -> Text,
        bytes -> BigInt,
        modified_at -> BigInt,
        stable_since -> BigInt,
        taken -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    deal_stages (id) {
        id -> BigInt,
        name -> Text,
        outcome -> Text,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    deals (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        amount_minor -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        stage_id -> BigInt,
        close_date -> Nullable<BigInt>,
        owner_id -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    ticket_statuses (id) {
        id -> BigInt,
        name -> Text,
        closed -> Bool,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    tickets (id) {
        id -> BigInt,
        subject -> Text,
        subject_key -> Text,
        description -> Nullable<Text>,
        status_id -> BigInt,
        priority -> Text,
        owner_id -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    properties (id) {
        id -> BigInt,
        object -> Text,
        key -> Text,
        label -> Text,
        property_type -> Text,
        options -> JsonDoc,
        position -> Integer,
        archived -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    subscription_types (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        description -> Nullable<Text>,
        is_internal -> Bool,
        archived -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    consents (id) {
        id -> BigInt,
        contact_id -> BigInt,
        subscription_type_id -> BigInt,
        basis -> Text,
        state -> Text,
        text -> Nullable<Text>,
        privacy_policy_text -> Nullable<Text>,
        source -> Text,
        language -> Nullable<Text>,
        user_id -> Nullable<BigInt>,
        at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    property_values (record_id, property_id) {
        record_id -> BigInt,
        property_id -> BigInt,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    associations (id) {
        id -> BigInt,
        from_kind -> Text,
        from_id -> BigInt,
        to_kind -> Text,
        to_id -> BigInt,
        reason -> Text,
        created_by -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    timeline_entries (id) {
        id -> BigInt,
        record_kind -> Text,
        record_id -> BigInt,
        subject_id -> Nullable<BigInt>,
        event -> JsonDoc,
        user_id -> Nullable<BigInt>,
        at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    imports (id) {
        id -> BigInt,
        object -> Text,
        file_id -> BigInt,
        file_name -> Text,
        mapping -> JsonDoc,
        key -> Text,
        state -> Text,
        failure -> Nullable<Text>,
        row_count -> Nullable<BigInt>,
        done_count -> BigInt,
        created_count -> BigInt,
        updated_count -> BigInt,
        refused_count -> BigInt,
        user_id -> BigInt,
        created_at -> BigInt,
        finished_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    import_problems (import_id, row_number, position) {
        import_id -> BigInt,
        row_number -> BigInt,
        position -> Integer,
        column_name -> Nullable<Text>,
        detail -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    saved_views (id) {
        id -> BigInt,
        list -> Text,
        name -> Text,
        filters -> JsonDoc,
        column_names -> JsonDoc,
        sort -> Text,
        owner_id -> BigInt,
        shared -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    list_layouts (user_id, list) {
        user_id -> BigInt,
        list -> Text,
        column_names -> JsonDoc,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clip_folders (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clips (id) {
        id -> BigInt,
        call_id -> BigInt,
        from_ms -> BigInt,
        until_ms -> BigInt,
        is_whole -> Bool,
        title -> Text,
        message -> Nullable<Text>,
        folder_id -> Nullable<BigInt>,
        created_by -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clip_shares (mail_id) {
        mail_id -> BigInt,
        clip_id -> BigInt,
        user_id -> BigInt,
        shared_by -> BigInt,
        shared_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clip_cuts (clip_id) {
        clip_id -> BigInt,
        blob_key -> Text,
        state -> Text,
        error -> Nullable<Text>,
        media_type -> Nullable<Text>,
        bytes -> Nullable<BigInt>,
        sha256 -> Nullable<Text>,
        duration_ms -> Nullable<BigInt>,
        has_picture -> Bool,
        picture_left_out -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clip_links (id) {
        id -> BigInt,
        clip_id -> BigInt,
        token_hash -> Text,
        password_hash -> Nullable<Text>,
        has_transcript -> Bool,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        created_by -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    clip_views (id) {
        id -> BigInt,
        link_id -> BigInt,
        viewed_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    connections (id) {
        id -> BigInt,
        provider -> Text,
        user_id -> Nullable<BigInt>,
        external_id -> Text,
        external_account_id -> Nullable<Text>,
        name -> Nullable<Text>,
        email -> Nullable<Text>,
        tokens_sealed -> Nullable<Text>,
        expires_at -> BigInt,
        renewing_until -> Nullable<BigInt>,
        state -> Text,
        reason -> Nullable<Text>,
        created_by -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    connection_attempts (state_hash) {
        state_hash -> Text,
        provider -> Text,
        scope -> Text,
        session_id -> BigInt,
        verifier_sealed -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    zoom_recordings (key) {
        key -> Text,
        call_id -> BigInt,
        transcript -> Bool,
        taken_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    domains (id) {
        id -> BigInt,
        name -> Text,
        token -> Text,
        state -> Text,
        proof -> Nullable<Text>,
        dns_fault -> Nullable<Text>,
        http_fault -> Nullable<Text>,
        verified_at -> Nullable<BigInt>,
        checked_at -> Nullable<BigInt>,
        failing_since -> Nullable<BigInt>,
        created_by -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    webhooks (id) {
        id -> BigInt,
        url -> Text,
        description -> Text,
        event_kinds -> JsonDoc,
        secret_sealed -> Text,
        previous_secret_sealed -> Nullable<Text>,
        previous_secret_until -> Nullable<BigInt>,
        is_active -> Bool,
        switched_off_at -> Nullable<BigInt>,
        switched_off_reason -> Nullable<Text>,
        failures -> Integer,
        failing_since -> Nullable<BigInt>,
        created_by -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    webhook_deliveries (id) {
        id -> BigInt,
        webhook_id -> BigInt,
        event_id -> BigInt,
        kind -> Text,
        subject_id -> BigInt,
        seq -> BigInt,
        occurred_at -> BigInt,
        body -> Nullable<Text>,
        contact_id -> Nullable<BigInt>,
        state -> Text,
        attempts -> Integer,
        next_attempt_at -> Nullable<BigInt>,
        claimed_until -> Nullable<BigInt>,
        attempted_at -> Nullable<BigInt>,
        duration_ms -> Nullable<Integer>,
        response_status -> Nullable<Integer>,
        response_body -> Nullable<Text>,
        error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    active_speakers (call_id) {
        call_id -> BigInt,
        turns -> JsonDoc,
    }
}

diesel::joinable!(users -> roles (role_id));
diesel::joinable!(recovery_codes -> users (user_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(spent_refresh_tokens -> sessions (session_id));
diesel::joinable!(one_time_links -> users (user_id));
diesel::joinable!(team_members -> teams (team_id));
diesel::joinable!(team_members -> users (user_id));
diesel::joinable!(api_tokens -> users (user_id));
diesel::joinable!(notifications -> users (user_id));
diesel::joinable!(contacts -> companies (company_id));
diesel::joinable!(contacts -> users (owner_id));
diesel::joinable!(companies -> users (owner_id));
diesel::joinable!(deals -> deal_stages (stage_id));
diesel::joinable!(deals -> users (owner_id));
diesel::joinable!(tickets -> ticket_statuses (status_id));
diesel::joinable!(tickets -> users (owner_id));
diesel::joinable!(property_values -> properties (property_id));
diesel::joinable!(consents -> contacts (contact_id));
diesel::joinable!(consents -> subscription_types (subscription_type_id));
diesel::joinable!(consents -> users (user_id));
diesel::joinable!(imports -> files (file_id));
diesel::joinable!(import_problems -> imports (import_id));
diesel::joinable!(contact_identities -> contacts (contact_id));
diesel::joinable!(inbox_members -> inboxes (inbox_id));
diesel::joinable!(inbox_members -> users (user_id));
diesel::joinable!(threads -> inboxes (inbox_id));
diesel::joinable!(threads -> contacts (contact_id));
diesel::joinable!(threads -> users (owner_user_id));
diesel::joinable!(messages -> threads (thread_id));
diesel::joinable!(messages -> users (author_user_id));
diesel::joinable!(message_attachments -> messages (message_id));
diesel::joinable!(message_attachments -> files (file_id));
diesel::joinable!(read_positions -> threads (thread_id));
diesel::joinable!(read_positions -> users (user_id));
diesel::joinable!(participants -> threads (thread_id));
diesel::joinable!(chat_widgets -> inboxes (inbox_id));
diesel::joinable!(visitors -> chat_widgets (widget_id));
diesel::joinable!(visitor_sessions -> visitors (visitor_id));
diesel::joinable!(calls -> users (owner_id));
diesel::joinable!(recordings -> calls (call_id));
diesel::joinable!(recording_uploads -> recordings (recording_id));
diesel::joinable!(recording_parts -> recording_uploads (recording_id));
diesel::joinable!(call_participants -> calls (call_id));
diesel::joinable!(call_participants -> users (user_id));
diesel::joinable!(call_participants -> contacts (contact_id));
diesel::joinable!(playback_positions -> calls (call_id));
diesel::joinable!(transcripts -> calls (call_id));
diesel::joinable!(speakers -> calls (call_id));
diesel::joinable!(speakers -> call_participants (participant_id));
diesel::joinable!(segments -> calls (call_id));
diesel::joinable!(segments -> speakers (speaker_id));
diesel::joinable!(transcript_votes -> calls (call_id));
diesel::joinable!(call_notes -> calls (call_id));
diesel::joinable!(call_comments -> calls (call_id));
diesel::joinable!(tracked_term_hits -> calls (call_id));
diesel::joinable!(tracked_term_hits -> segments (segment_id));
diesel::joinable!(tracked_term_hits -> tracked_terms (term_id));
diesel::table! {
    use diesel::sql_types::*;
    meeting_types (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    booking_links (id) {
        id -> BigInt,
        kind -> Text,
        user_slug -> Text,
        slug -> Text,
        owner_id -> BigInt,
        name_key -> Text,
        settings -> JsonDoc,
        ended_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    booking_link_hosts (link_id, user_id) {
        link_id -> BigInt,
        user_id -> BigInt,
        weight -> Integer,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    booking_link_views (id) {
        id -> BigInt,
        link_id -> BigInt,
        viewed_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    booking_profiles (user_id) {
        user_id -> BigInt,
        user_slug -> Text,
        default_link_id -> Nullable<BigInt>,
        time_zone -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    calendar_accounts (id) {
        id -> BigInt,
        user_id -> BigInt,
        provider -> Text,
        name -> Text,
        url -> Nullable<Text>,
        user_name -> Nullable<Text>,
        password_sealed -> Nullable<Text>,
        connection_id -> Nullable<BigInt>,
        state -> Text,
        error -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    calendars (id) {
        id -> BigInt,
        account_id -> BigInt,
        user_id -> BigInt,
        external_id -> Text,
        name -> Text,
        color -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        is_owned -> Bool,
        is_writable -> Bool,
        is_added -> Bool,
        is_default -> Bool,
        is_two_way -> Bool,
        state -> Text,
        error -> Nullable<Text>,
        failing_since -> Nullable<BigInt>,
        alerted_at -> Nullable<BigInt>,
        sync_token -> Nullable<Text>,
        synced_at -> Nullable<BigInt>,
        synced_until -> Nullable<BigInt>,
        next_sync_at -> BigInt,
        syncing_until -> Nullable<BigInt>,
        channel_id -> Nullable<Text>,
        channel_resource -> Nullable<Text>,
        channel_due_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    calendar_events (id) {
        id -> BigInt,
        calendar_id -> BigInt,
        user_id -> BigInt,
        external_id -> Text,
        instance -> Text,
        uid -> Text,
        starts_at -> BigInt,
        ends_at -> BigInt,
        is_busy -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use super::JsonDoc;
    meetings (id) {
        id -> BigInt,
        state -> Text,
        booking_link_id -> Nullable<BigInt>,
        contact_id -> BigInt,
        guests -> JsonDoc,
        title -> Text,
        description -> Nullable<Text>,
        location -> Nullable<Text>,
        conference_kind -> Nullable<Text>,
        conference_id -> Nullable<Text>,
        conference_url -> Nullable<Text>,
        meeting_type_id -> Nullable<BigInt>,
        starts_at -> BigInt,
        ends_at -> BigInt,
        contact_time_zone -> Text,
        language -> Text,
        country -> Text,
        answers -> JsonDoc,
        outcome -> Nullable<Text>,
        reason -> Nullable<Text>,
        cancelled_by -> Nullable<Text>,
        host_choice -> Nullable<JsonDoc>,
        uid -> Text,
        sequence -> Integer,
        reminders -> JsonDoc,
        created_at -> BigInt,
        updated_at -> BigInt,
        booker_name -> Nullable<Text>,
        booker_email -> Nullable<Text>,
        told_description -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    meeting_conferences (meeting_id) {
        meeting_id -> BigInt,
        kind -> Text,
        is_asked -> Bool,
        is_wanted -> Bool,
        is_invited -> Bool,
        sequence -> Nullable<Integer>,
        error -> Nullable<Text>,
        asking_until -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    meeting_entries (meeting_id) {
        meeting_id -> BigInt,
        calendar_id -> BigInt,
        state -> Text,
        external_id -> Nullable<Text>,
        etag -> Nullable<Text>,
        url -> Nullable<Text>,
        error -> Nullable<Text>,
        sequence -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    meeting_hosts (meeting_id, user_id) {
        meeting_id -> BigInt,
        user_id -> BigInt,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    meeting_reminders (meeting_id, minutes_before, starts_at) {
        meeting_id -> BigInt,
        minutes_before -> Integer,
        starts_at -> BigInt,
        sent_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    host_claims (id) {
        id -> BigInt,
        host_id -> BigInt,
        from_us -> BigInt,
        until_us -> BigInt,
        kind -> Text,
        link_id -> Nullable<BigInt>,
        meeting_id -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
        token_hash -> Nullable<Text>,
        holder -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    meeting_requests (id) {
        id -> BigInt,
        link_id -> BigInt,
        contact_id -> BigInt,
        message -> Text,
        time_zone -> Text,
        handled_at -> Nullable<BigInt>,
        handled_by -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    booking_codes (address_hash) {
        address_hash -> Text,
        code_hash -> Text,
        attempts -> Integer,
        expires_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    nodes,
    leases,
    event_log,
    events,
    jobs,
    periodic_runs,
    idempotency_keys,
    audit_entries,
    settings,
    roles,
    users,
    recovery_codes,
    sessions,
    spent_refresh_tokens,
    one_time_links,
    teams,
    team_members,
    api_tokens,
    notifications,
    files,
    mails,
    companies,
    contacts,
    contact_identities,
    deal_stages,
    deals,
    ticket_statuses,
    tickets,
    subscription_types,
    consents,
    properties,
    property_values,
    associations,
    timeline_entries,
    imports,
    import_problems,
    saved_views,
    list_layouts,
    inboxes,
    inbox_members,
    threads,
    messages,
    message_attachments,
    read_positions,
    participants,
    chat_widgets,
    visitors,
    visitor_sessions,
    calls,
    recordings,
    recording_uploads,
    recording_parts,
    call_participants,
    playback_positions,
    transcripts,
    speakers,
    segments,
    transcript_votes,
    call_notes,
    call_comments,
    tracked_terms,
    tracked_term_hits,
    telephony_accounts,
    watched_files,
    clip_folders,
    clips,
    clip_shares,
    clip_cuts,
    clip_links,
    clip_views,
    connections,
    connection_attempts,
    zoom_recordings,
    active_speakers,
    meeting_types,
    booking_links,
    booking_link_hosts,
    booking_link_views,
    booking_profiles,
    calendar_accounts,
    calendars,
    calendar_events,
    meetings,
    meeting_conferences,
    meeting_entries,
    meeting_hosts,
    meeting_reminders,
    host_claims,
    meeting_requests,
    booking_codes,
);
