//! The table of endpoints. Each line becomes a method of [`Client`] and an entry of [`ENDPOINTS`].

use types::Page;
use types::accounts::*;
use types::booking::*;
use types::calls::{Call as RecordedCall, *};
use types::channels::*;
use types::clips::*;
use types::conversations::*;
use types::crm::*;
use types::files::File;
use types::page::PageQuery;
use types::platform::*;

use crate::call::Call;
use crate::{Client, ClientError, Method, Part, Transport, Upload};

/// One operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Endpoint {
    /// The `operationId` in the API document.
    pub operation_id: &'static str,
    /// The method.
    pub method: Method,
    /// The path, with names in braces.
    pub path: &'static str,
}

macro_rules! endpoints {
    ($($name:ident($($part:ident: $type:ty),*) $method:ident $path:literal -> $reply:ty;)+) => {
        /// Every operation that has a method on [`Client`].
        pub const ENDPOINTS: &[Endpoint] = &[
            $(Endpoint { operation_id: stringify!($name), method: Method::$method, path: $path },)+
        ];

        impl<T: Transport> Client<T> {
            $(
                #[doc = concat!("`", stringify!($name), "`: ", stringify!($method), " ", $path, ". The API document says what it does.\n\n# Errors\nSee [`ClientError`].")]
                pub async fn $name(&self, $($part: &$type),*) -> Result<$reply, ClientError> {
                    #[allow(unused_mut)]
                    let mut call = Call::new(Method::$method, $path);
                    $(call.$part($part)?;)*
                    self.run(call).await
                }
            )+
        }
    };
}

/// Operations without a method on [`Client`], because their request or their reply is not JSON.
pub const UNTYPED: &[Endpoint] = &[
    Endpoint { operation_id: "open_live_stream", method: Method::Get, path: "/v1/live" },
    Endpoint { operation_id: "export_records", method: Method::Get, path: "/v1/records/export" },
    Endpoint {
        operation_id: "get_refused_rows",
        method: Method::Get,
        path: "/v1/imports/{import_id}/refused",
    },
    Endpoint { operation_id: "get_file_content", method: Method::Get, path: "/v1/files/{file_id}/content" },
    Endpoint {
        operation_id: "get_recording_content",
        method: Method::Get,
        path: "/v1/recordings/{recording_id}/content",
    },
    Endpoint {
        operation_id: "download_recording",
        method: Method::Get,
        path: "/v1/calls/{call_id}/recording/content",
    },
    Endpoint {
        operation_id: "get_shared_clip_content",
        method: Method::Get,
        path: "/v1/shared_clips/{token}/content",
    },
    Endpoint { operation_id: "get_peaks", method: Method::Get, path: "/v1/calls/{call_id}/peaks" },
    Endpoint { operation_id: "get_peaks_tile", method: Method::Get, path: "/v1/calls/{call_id}/peaks/tile" },
    Endpoint {
        operation_id: "get_booked_meeting_file",
        method: Method::Get,
        path: "/v1/booked_meetings/{token}/calendar.ics",
    },
    Endpoint { operation_id: "receive_zoom_event", method: Method::Post, path: "/v1/zoom/events" },
    Endpoint {
        operation_id: "receive_google_push",
        method: Method::Post,
        path: "/v1/calendar_pushes/google",
    },
    Endpoint {
        operation_id: "receive_microsoft_push",
        method: Method::Post,
        path: "/v1/calendar_pushes/microsoft",
    },
    Endpoint {
        operation_id: "export_transcript",
        method: Method::Get,
        path: "/v1/calls/{call_id}/transcript/content",
    },
    Endpoint {
        operation_id: "receive_telephony_recording",
        method: Method::Post,
        path: "/v1/telephony/{account_id}/recordings",
    },
];

endpoints! {
    get_liveness() Get "/health/live" -> Health;
    get_readiness() Get "/health/ready" -> Health;

    get_setup() Get "/v1/setup" -> Setup;
    create_first_administrator(body: CreateFirstAdministrator) Post "/v1/setup" -> SessionReply;
    create_session(body: CreateSession) Post "/v1/sessions" -> SessionReply;
    refresh_session() Post "/v1/sessions/refresh" -> SessionReply;
    list_sessions() Get "/v1/sessions" -> Page<Session>;
    delete_session() Delete "/v1/sessions/current" -> ();
    delete_sessions() Delete "/v1/sessions" -> ();
    create_password_reset(body: CreatePasswordReset) Post "/v1/password_resets" -> ();
    complete_password_reset(body: CompletePasswordReset) Post "/v1/password_resets/complete" -> ();
    accept_invitation(body: AcceptInvitation) Post "/v1/invitations/accept" -> SessionReply;
    get_me() Get "/v1/me" -> Me;
    update_me(body: UpdateMe) Patch "/v1/me" -> Me;
    change_password(body: ChangePassword) Post "/v1/me/password" -> ();
    start_totp() Post "/v1/me/totp" -> TotpSetup;
    confirm_totp(body: ConfirmTotp) Post "/v1/me/totp/confirm" -> RecoveryCodes;
    disable_totp(body: ConfirmPassword) Post "/v1/me/totp/disable" -> ();
    renew_recovery_codes(body: ConfirmPassword) Post "/v1/me/recovery_codes" -> RecoveryCodes;
    list_users(query: ListUsers) Get "/v1/users" -> Page<User>;
    create_user(body: CreateUser) Post "/v1/users" -> User;
    get_user(path: UserPath) Get "/v1/users/{user_id}" -> User;
    update_user(path: UserPath, body: UpdateUser) Patch "/v1/users/{user_id}" -> User;
    deactivate_user(path: UserPath) Post "/v1/users/{user_id}/deactivate" -> User;
    reactivate_user(path: UserPath) Post "/v1/users/{user_id}/reactivate" -> User;
    resend_invitation(path: UserPath) Post "/v1/users/{user_id}/invite" -> User;
    sign_out_user(path: UserPath) Post "/v1/users/{user_id}/sign_out" -> ();
    list_teams(query: PageQuery) Get "/v1/teams" -> Page<Team>;
    create_team(body: SaveTeam) Post "/v1/teams" -> Team;
    update_team(path: TeamPath, body: SaveTeam) Put "/v1/teams/{team_id}" -> Team;
    delete_team(path: TeamPath) Delete "/v1/teams/{team_id}" -> ();
    list_roles(query: PageQuery) Get "/v1/roles" -> Page<Role>;
    create_role(body: SaveRole) Post "/v1/roles" -> Role;
    update_role(path: RolePath, body: SaveRole) Put "/v1/roles/{role_id}" -> Role;
    delete_role(path: RolePath) Delete "/v1/roles/{role_id}" -> ();
    list_api_tokens(query: PageQuery) Get "/v1/api_tokens" -> Page<ApiToken>;
    create_api_token(body: CreateApiToken) Post "/v1/api_tokens" -> NewApiToken;
    delete_api_token(path: ApiTokenPath) Delete "/v1/api_tokens/{token_id}" -> ();
    list_audit_entries(query: ListAuditEntries) Get "/v1/audit_entries" -> Page<AuditEntry>;
    get_account_settings() Get "/v1/settings/account" -> AccountSettings;
    update_account_settings(body: UpdateAccountSettings) Put "/v1/settings/account" -> AccountSettings;
    list_mails(query: ListMails) Get "/v1/mails" -> Page<Mail>;
    get_mail(path: MailPath) Get "/v1/mails/{mail_id}" -> Mail;
    retry_mail(path: MailPath) Post "/v1/mails/{mail_id}/retry" -> Mail;
    retry_mails() Post "/v1/mails/retry" -> ();
    list_dead_jobs(query: PageQuery) Get "/v1/jobs" -> Page<DeadJob>;
    retry_job(path: JobPath) Post "/v1/jobs/{job_id}/retry" -> ();
    delete_job(path: JobPath) Delete "/v1/jobs/{job_id}" -> ();
    list_notifications(query: PageQuery) Get "/v1/notifications" -> Page<Notification>;
    count_unread_notifications() Get "/v1/notifications/unread" -> UnreadNotifications;
    read_notifications(body: ReadNotifications) Post "/v1/notifications/read" -> ();
    list_connections(query: PageQuery) Get "/v1/connections" -> Page<Connection>;
    start_connection(body: StartConnection) Post "/v1/connection_attempts" -> ConnectionStart;
    complete_connection(body: CompleteConnection) Post "/v1/connection_attempts/complete" -> Connection;
    delete_connection(path: ConnectionPath) Delete "/v1/connections/{connection_id}" -> ();
    list_domains(query: PageQuery) Get "/v1/domains" -> Page<Domain>;
    create_domain(body: CreateDomain) Post "/v1/domains" -> Domain;
    check_domain(query: CheckDomain) Get "/v1/domain_check" -> KnownDomain;
    get_domain(path: DomainPath) Get "/v1/domains/{domain_id}" -> Domain;
    verify_domain(path: DomainPath) Post "/v1/domains/{domain_id}/verify" -> Domain;
    delete_domain(path: DomainPath) Delete "/v1/domains/{domain_id}" -> ();
    list_webhooks(query: PageQuery) Get "/v1/webhooks" -> Page<Webhook>;
    create_webhook(body: SaveWebhook) Post "/v1/webhooks" -> NewWebhook;
    get_webhook(path: WebhookPath) Get "/v1/webhooks/{webhook_id}" -> Webhook;
    update_webhook(path: WebhookPath, body: SaveWebhook) Put "/v1/webhooks/{webhook_id}" -> Webhook;
    delete_webhook(path: WebhookPath) Delete "/v1/webhooks/{webhook_id}" -> ();
    rotate_webhook_secret(path: WebhookPath) Post "/v1/webhooks/{webhook_id}/rotate_secret" -> NewWebhook;
    test_webhook(path: WebhookPath) Post "/v1/webhooks/{webhook_id}/test" -> WebhookDelivery;
    list_webhook_deliveries(path: WebhookPath, query: ListWebhookDeliveries) Get "/v1/webhooks/{webhook_id}/deliveries" -> Page<WebhookDelivery>;
    replay_webhook_delivery(path: WebhookDeliveryPath) Post "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay" -> WebhookDelivery;
    create_file(file: Upload) Post "/v1/files" -> File;
    list_events(query: Since) Get "/v1/events" -> Events;

    list_contacts(query: ListContacts) Get "/v1/contacts" -> Page<Contact>;
    create_contact(body: CreateContact) Post "/v1/contacts" -> Contact;
    get_contact(path: ContactPath) Get "/v1/contacts/{contact_id}" -> Contact;
    update_contact(path: ContactPath, body: UpdateContact) Put "/v1/contacts/{contact_id}" -> Contact;
    merge_contact(path: ContactPath, body: MergeContact) Post "/v1/contacts/{contact_id}/merge" -> Contact;
    erase_contact(path: ContactPath, body: EraseContact) Post "/v1/contacts/{contact_id}/erase" -> Contact;
    list_companies(query: ListCompanies) Get "/v1/companies" -> Page<Company>;
    create_company(body: SaveCompany) Post "/v1/companies" -> Company;
    get_company(path: CompanyPath) Get "/v1/companies/{company_id}" -> Company;
    update_company(path: CompanyPath, body: SaveCompany) Put "/v1/companies/{company_id}" -> Company;
    delete_company(path: CompanyPath) Delete "/v1/companies/{company_id}" -> ();

    list_calls(query: ListCalls) Get "/v1/calls" -> Page<RecordedCall>;
    create_call(body: CreateCall) Post "/v1/calls" -> RecordedCall;
    delete_calls(body: DeleteCalls) Post "/v1/call_deletions" -> DeletedCalls;
    update_call(path: CallPath, body: UpdateCall) Put "/v1/calls/{call_id}" -> RecordedCall;
    delete_call(path: CallPath) Delete "/v1/calls/{call_id}" -> ();
    add_participant(path: CallPath, body: AddParticipant) Post "/v1/calls/{call_id}/participants" -> RecordedCall;
    match_participant(path: ParticipantPath, body: MatchParticipant) Put "/v1/calls/{call_id}/participants/{participant_id}" -> RecordedCall;
    remove_participant(path: ParticipantPath) Delete "/v1/calls/{call_id}/participants/{participant_id}" -> ();
    start_recording_upload(path: CallPath, body: StartRecordingUpload) Post "/v1/calls/{call_id}/recording/upload" -> RecordingUpload;
    get_recording_upload(path: CallPath) Get "/v1/calls/{call_id}/recording/upload" -> RecordingUpload;
    put_recording_part(path: RecordingPartPath, part: Part) Put "/v1/calls/{call_id}/recording/parts/{number}" -> RecordingUpload;
    complete_recording_upload(path: CallPath) Post "/v1/calls/{call_id}/recording/complete" -> RecordedCall;
    create_recording_link(path: CallPath) Post "/v1/calls/{call_id}/recording/link" -> RecordingLink;
    get_playback_position(path: CallPath) Get "/v1/calls/{call_id}/position" -> PlaybackPosition;
    save_playback_position(path: CallPath, body: SavePlaybackPosition) Put "/v1/calls/{call_id}/position" -> PlaybackPosition;
    get_call_settings() Get "/v1/settings/calls" -> CallSettings;
    update_call_settings(body: UpdateCallSettings) Put "/v1/settings/calls" -> CallSettings;
    get_call_note(path: CallPath) Get "/v1/calls/{call_id}/note" -> CallNote;
    save_call_note(path: CallPath, body: SaveCallNote) Put "/v1/calls/{call_id}/note" -> CallNote;
    list_call_comments(path: CallPath, query: PageQuery) Get "/v1/calls/{call_id}/comments" -> Page<CallComment>;
    create_call_comment(path: CallPath, body: CreateCallComment) Post "/v1/calls/{call_id}/comments" -> CallComment;
    edit_call_comment(path: CallCommentPath, body: EditCallComment) Put "/v1/calls/{call_id}/comments/{comment_id}" -> CallComment;
    delete_call_comment(path: CallCommentPath) Delete "/v1/calls/{call_id}/comments/{comment_id}" -> ();
    list_telephony_accounts() Get "/v1/telephony_accounts" -> Page<TelephonyAccount>;
    create_telephony_account(body: SaveTelephonyAccount) Post "/v1/telephony_accounts" -> TelephonyAccount;
    update_telephony_account(path: TelephonyAccountPath, body: SaveTelephonyAccount) Put "/v1/telephony_accounts/{account_id}" -> TelephonyAccount;
    delete_telephony_account(path: TelephonyAccountPath) Delete "/v1/telephony_accounts/{account_id}" -> ();
    get_zoom_settings() Get "/v1/settings/zoom" -> ZoomSettings;
    update_zoom_settings(body: UpdateZoomSettings) Put "/v1/settings/zoom" -> ZoomSettings;
    get_call(path: CallPath) Get "/v1/calls/{call_id}" -> RecordedCall;
    list_deals(query: ListDeals) Get "/v1/deals" -> Page<Deal>;
    create_deal(body: SaveDeal) Post "/v1/deals" -> Deal;
    get_deal(path: DealPath) Get "/v1/deals/{deal_id}" -> Deal;
    update_deal(path: DealPath, body: SaveDeal) Put "/v1/deals/{deal_id}" -> Deal;
    delete_deal(path: DealPath) Delete "/v1/deals/{deal_id}" -> ();
    list_tickets(query: ListTickets) Get "/v1/tickets" -> Page<Ticket>;
    create_ticket(body: SaveTicket) Post "/v1/tickets" -> Ticket;
    get_ticket(path: TicketPath) Get "/v1/tickets/{ticket_id}" -> Ticket;
    update_ticket(path: TicketPath, body: SaveTicket) Put "/v1/tickets/{ticket_id}" -> Ticket;
    delete_ticket(path: TicketPath) Delete "/v1/tickets/{ticket_id}" -> ();
    search_records(query: SearchRecords) Get "/v1/records" -> RecordSummaries;
    list_associations(query: ListAssociations) Get "/v1/associations" -> Associations;
    create_association(body: CreateAssociation) Post "/v1/associations" -> Association;
    delete_association(path: AssociationPath) Delete "/v1/associations/{association_id}" -> ();
    list_timeline(query: ListTimeline) Get "/v1/timeline" -> TimelinePage;
    get_pipeline() Get "/v1/pipeline" -> Pipeline;
    save_pipeline(body: SavePipeline) Put "/v1/pipeline" -> Pipeline;
    get_ticket_statuses() Get "/v1/ticket_statuses" -> TicketStatuses;
    save_ticket_statuses(body: SaveTicketStatuses) Put "/v1/ticket_statuses" -> TicketStatuses;
    get_privacy_settings() Get "/v1/settings/privacy" -> PrivacySettings;
    update_privacy_settings(body: UpdatePrivacySettings) Put "/v1/settings/privacy" -> PrivacySettings;
    list_subscription_types() Get "/v1/subscription_types" -> SubscriptionTypes;
    create_subscription_type(body: CreateSubscriptionType) Post "/v1/subscription_types" -> SubscriptionType;
    update_subscription_type(path: SubscriptionTypePath, body: UpdateSubscriptionType) Put "/v1/subscription_types/{subscription_type_id}" -> SubscriptionType;
    list_contact_consents(path: ContactPath, query: PageQuery) Get "/v1/contacts/{contact_id}/consents" -> ContactConsents;
    record_contact_consent(path: ContactPath, body: RecordConsent) Post "/v1/contacts/{contact_id}/consents" -> Consent;
    withdraw_contact_consent(path: ContactPath, body: WithdrawConsent) Post "/v1/contacts/{contact_id}/consents/withdraw" -> Consent;
    list_properties(query: ListProperties) Get "/v1/properties" -> Properties;
    create_property(body: CreateProperty) Post "/v1/properties" -> Property;
    update_property(path: PropertyPath, body: UpdateProperty) Put "/v1/properties/{property_id}" -> Property;
    list_saved_views(query: ListSavedViews) Get "/v1/saved_views" -> SavedViews;
    create_saved_view(body: SaveView) Post "/v1/saved_views" -> SavedView;
    update_saved_view(path: SavedViewPath, body: SaveView) Put "/v1/saved_views/{view_id}" -> SavedView;
    delete_saved_view(path: SavedViewPath) Delete "/v1/saved_views/{view_id}" -> ();
    get_list_layout(path: ListLayoutPath) Get "/v1/list_layouts/{list}" -> ListLayout;
    save_list_layout(path: ListLayoutPath, body: SaveListLayout) Put "/v1/list_layouts/{list}" -> ListLayout;

    preview_csv(body: PreviewCsv) Post "/v1/import_previews" -> CsvPreview;
    create_import(body: CreateImport) Post "/v1/imports" -> Import;
    list_imports(query: PageQuery) Get "/v1/imports" -> Page<Import>;
    get_import(path: ImportPath) Get "/v1/imports/{import_id}" -> Import;
    start_import(path: ImportPath) Post "/v1/imports/{import_id}/start" -> Import;
    list_import_problems(path: ImportPath, query: PageQuery) Get "/v1/imports/{import_id}/problems" -> Page<ImportProblem>;

    get_transcript(path: CallPath) Get "/v1/calls/{call_id}/transcript" -> Transcript;
    import_transcript(path: CallPath, body: ImportTranscript) Put "/v1/calls/{call_id}/transcript" -> Transcript;
    transcribe_call(path: CallPath, body: TranscribeCall) Post "/v1/calls/{call_id}/transcript/transcribe" -> Transcript;
    get_transcript_votes(path: CallPath) Get "/v1/calls/{call_id}/transcript/votes" -> TranscriptVotes;
    vote_transcript(path: CallPath, body: VoteTranscript) Put "/v1/calls/{call_id}/transcript/votes" -> TranscriptVotes;
    list_segments(path: CallPath, query: ListSegments) Get "/v1/calls/{call_id}/segments" -> Page<Segment>;
    edit_segment(path: SegmentPath, body: EditSegment) Put "/v1/calls/{call_id}/segments/{segment_id}" -> Segment;
    restore_segment(path: SegmentPath) Post "/v1/calls/{call_id}/segments/{segment_id}/restore" -> Segment;
    correct_segment_speaker(path: SegmentPath, body: CorrectSegmentSpeaker) Put "/v1/calls/{call_id}/segments/{segment_id}/speaker" -> Segment;
    list_speakers(path: CallPath) Get "/v1/calls/{call_id}/speakers" -> Speakers;
    create_speaker(path: CallPath) Post "/v1/calls/{call_id}/speakers" -> Speaker;
    match_speaker(path: SpeakerPath, body: MatchSpeaker) Put "/v1/calls/{call_id}/speakers/{speaker_id}" -> Speakers;
    get_call_metrics(path: CallPath) Get "/v1/calls/{call_id}/metrics" -> CallMetrics;
    search_transcripts(query: SearchTranscripts) Get "/v1/transcripts/search" -> Page<CallPassage>;
    search_call(path: CallPath, query: SearchCall) Get "/v1/calls/{call_id}/transcript/search" -> Page<Passage>;
    list_tracked_terms() Get "/v1/tracked_terms" -> Page<TrackedTerm>;
    create_tracked_term(body: SaveTrackedTerm) Post "/v1/tracked_terms" -> TrackedTerm;
    update_tracked_term(path: TrackedTermPath, body: SaveTrackedTerm) Put "/v1/tracked_terms/{term_id}" -> TrackedTerm;
    delete_tracked_term(path: TrackedTermPath) Delete "/v1/tracked_terms/{term_id}" -> ();
    count_tracked_term(path: TrackedTermPath, query: CountTrackedTerm) Get "/v1/tracked_terms/{term_id}/counts" -> TermCounts;
    list_call_terms(path: CallPath) Get "/v1/calls/{call_id}/terms" -> CallTerms;
    list_clips(query: ListClips) Get "/v1/clips" -> Page<Clip>;
    list_clip_recipients(path: CallPath, query: ListClipRecipients) Get "/v1/calls/{call_id}/clip_recipients" -> Page<ClipRecipient>;
    create_clip(path: CallPath, body: CreateClip) Post "/v1/calls/{call_id}/clips" -> Clip;
    get_clip(path: ClipPath) Get "/v1/clips/{clip_id}" -> Clip;
    update_clip(path: ClipPath, body: UpdateClip) Put "/v1/clips/{clip_id}" -> Clip;
    share_clip(path: ClipPath, body: ShareClip) Post "/v1/clips/{clip_id}/share" -> Clip;
    delete_clip(path: ClipPath) Delete "/v1/clips/{clip_id}" -> ();
    create_clip_link(path: ClipPath, body: CreateClipLink) Post "/v1/clips/{clip_id}/links" -> NewClipLink;
    revoke_clip_link(path: ClipLinkPath) Delete "/v1/clips/{clip_id}/links/{clip_link_id}" -> ();
    retry_cut(path: ClipPath) Post "/v1/clips/{clip_id}/cut/retry" -> Clip;
    list_clip_folders() Get "/v1/clip_folders" -> ClipFolders;
    create_clip_folder(body: SaveClipFolder) Post "/v1/clip_folders" -> ClipFolder;
    update_clip_folder(path: ClipFolderPath, body: SaveClipFolder) Put "/v1/clip_folders/{clip_folder_id}" -> ClipFolder;
    delete_clip_folder(path: ClipFolderPath) Delete "/v1/clip_folders/{clip_folder_id}" -> ();
    get_clip_settings() Get "/v1/settings/clips" -> ClipSettings;
    update_clip_settings(body: UpdateClipSettings) Put "/v1/settings/clips" -> ClipSettings;
    get_shared_clip(path: SharedClipPath) Get "/v1/shared_clips/{token}" -> SharedClip;
    open_shared_clip(path: SharedClipPath, body: OpenSharedClip) Post "/v1/shared_clips/{token}/open" -> OpenedClip;
    get_shared_transcript(path: SharedClipPath, query: OpenedClipQuery) Get "/v1/shared_clips/{token}/transcript" -> SharedTranscript;

    list_booking_links(query: ListBookingLinks) Get "/v1/booking_links" -> Page<BookingLink>;
    create_booking_link(body: CreateBookingLink) Post "/v1/booking_links" -> BookingLink;
    get_booking_link(path: BookingLinkPath) Get "/v1/booking_links/{booking_link_id}" -> BookingLink;
    update_booking_link(path: BookingLinkPath, body: UpdateBookingLink) Put "/v1/booking_links/{booking_link_id}" -> BookingLink;
    end_booking_link(path: BookingLinkPath) Post "/v1/booking_links/{booking_link_id}/end" -> BookingLink;
    explain_slot(path: BookingLinkPath, query: ExplainSlot) Get "/v1/booking_links/{booking_link_id}/slot" -> SlotExplanation;
    preview_reminder(body: PreviewReminder) Post "/v1/reminder_previews" -> ReminderPreview;
    list_conference_hosts() Get "/v1/conference_hosts" -> ConferenceHosts;
    list_meeting_types() Get "/v1/meeting_types" -> MeetingTypes;
    create_meeting_type(body: SaveMeetingType) Post "/v1/meeting_types" -> MeetingType;
    delete_meeting_type(path: MeetingTypePath) Delete "/v1/meeting_types/{meeting_type_id}" -> ();
    get_booking_profile() Get "/v1/me/booking" -> BookingProfile;
    update_booking_profile(body: UpdateBookingProfile) Put "/v1/me/booking" -> BookingProfile;
    get_booking_template() Get "/v1/me/booking/template" -> BookingLinkSettings;
    get_booking_settings() Get "/v1/settings/booking" -> BookingSettings;
    update_booking_settings(body: UpdateBookingSettings) Put "/v1/settings/booking" -> BookingSettings;
    list_booking_pictures() Get "/v1/settings/booking/pictures" -> BookingPictures;
    list_calendar_accounts() Get "/v1/calendar_accounts" -> CalendarAccounts;
    connect_calendars(body: ConnectCalendars) Post "/v1/calendar_accounts" -> CalendarAccount;
    refresh_calendar_account(path: CalendarAccountPath) Post "/v1/calendar_accounts/{calendar_account_id}/refresh" -> CalendarAccount;
    delete_calendar_account(path: CalendarAccountPath) Delete "/v1/calendar_accounts/{calendar_account_id}" -> ();
    update_calendar(path: CalendarPath, body: UpdateCalendar) Put "/v1/calendars/{calendar_id}" -> CalendarAccount;
    list_meetings(query: ListMeetings) Get "/v1/meetings" -> Page<Meeting>;
    create_meeting(body: CreateMeeting) Post "/v1/meetings" -> Meeting;
    get_meeting(path: MeetingPath) Get "/v1/meetings/{meeting_id}" -> Meeting;
    update_meeting(path: MeetingPath, body: UpdateMeeting) Put "/v1/meetings/{meeting_id}" -> Meeting;
    reschedule_meeting(path: MeetingPath, body: RescheduleMeeting) Post "/v1/meetings/{meeting_id}/reschedule" -> Meeting;
    cancel_meeting(path: MeetingPath, body: CancelMeeting) Post "/v1/meetings/{meeting_id}/cancel" -> Meeting;
    confirm_meeting(path: MeetingPath) Post "/v1/meetings/{meeting_id}/confirm" -> Meeting;
    decline_meeting(path: MeetingPath, body: CancelMeeting) Post "/v1/meetings/{meeting_id}/decline" -> Meeting;
    keep_meeting(path: MeetingPath) Post "/v1/meetings/{meeting_id}/keep" -> Meeting;
    set_meeting_outcome(path: MeetingPath, body: SetMeetingOutcome) Post "/v1/meetings/{meeting_id}/outcome" -> Meeting;
    list_meeting_requests(query: ListMeetingRequests) Get "/v1/meeting_requests" -> Page<MeetingRequest>;
    handle_meeting_request(path: MeetingRequestPath) Post "/v1/meeting_requests/{meeting_request_id}/handle" -> MeetingRequest;
    get_booking_page(path: BookingPagePath, query: GetBookingPage) Get "/v1/booking_pages/{user_slug}/{link_slug}" -> BookingPage;
    list_page_slots(path: BookingPagePath, query: ListPageSlots) Get "/v1/booking_pages/{user_slug}/{link_slug}/slots" -> PageSlots;
    hold_slot(path: BookingPagePath, body: HoldSlot) Post "/v1/booking_pages/{user_slug}/{link_slug}/holds" -> SlotHold;
    release_hold(path: BookingPagePath, body: ReleaseHold) Post "/v1/booking_pages/{user_slug}/{link_slug}/holds/release" -> ();
    send_booking_code(path: BookingPagePath, body: SendBookingCode) Post "/v1/booking_pages/{user_slug}/{link_slug}/codes" -> ();
    book_meeting(path: BookingPagePath, body: BookMeeting) Post "/v1/booking_pages/{user_slug}/{link_slug}/bookings" -> BookedMeeting;
    request_meeting(path: BookingPagePath, body: RequestMeeting) Post "/v1/booking_pages/{user_slug}/{link_slug}/requests" -> ();
    get_booked_meeting(path: BookedMeetingPath) Get "/v1/booked_meetings/{token}" -> BookedMeeting;
    reschedule_booked_meeting(path: BookedMeetingPath, body: RescheduleBookedMeeting) Post "/v1/booked_meetings/{token}/reschedule" -> BookedMeeting;
    cancel_booked_meeting(path: BookedMeetingPath, body: CancelBookedMeeting) Post "/v1/booked_meetings/{token}/cancel" -> BookedMeeting;

    list_inboxes(query: PageQuery) Get "/v1/inboxes" -> Page<Inbox>;
    create_inbox(body: SaveInbox) Post "/v1/inboxes" -> Inbox;
    get_inbox(path: InboxPath) Get "/v1/inboxes/{inbox_id}" -> Inbox;
    update_inbox(path: InboxPath, body: SaveInbox) Put "/v1/inboxes/{inbox_id}" -> Inbox;
    get_view_counts(query: GetViewCounts) Get "/v1/view_counts" -> ViewCounts;
    list_threads(query: ListThreads) Get "/v1/threads" -> Page<ThreadItem>;
    get_thread(path: ThreadPath) Get "/v1/threads/{thread_id}" -> ThreadDetail;
    assign_thread(path: ThreadPath, body: AssignThread) Post "/v1/threads/{thread_id}/assign" -> Thread;
    close_thread(path: ThreadPath) Post "/v1/threads/{thread_id}/close" -> Thread;
    reopen_thread(path: ThreadPath) Post "/v1/threads/{thread_id}/reopen" -> Thread;
    read_thread(path: ThreadPath, body: ReadThread) Post "/v1/threads/{thread_id}/read" -> ThreadItem;
    get_presence(path: ThreadPath) Get "/v1/threads/{thread_id}/presence" -> ThreadPresence;
    show_presence(path: ThreadPath, body: ShowPresence) Post "/v1/threads/{thread_id}/presence" -> ThreadPresence;
    list_messages(path: ThreadPath, query: ListMessages) Get "/v1/threads/{thread_id}/messages" -> MessagePage;
    create_message(path: ThreadPath, body: CreateMessage) Post "/v1/threads/{thread_id}/messages" -> Message;
    create_comment(path: ThreadPath, body: CreateComment) Post "/v1/threads/{thread_id}/comments" -> Message;
    get_message(path: MessagePath) Get "/v1/messages/{message_id}" -> Message;
    retry_message(path: MessagePath) Post "/v1/messages/{message_id}/retry" -> Message;

    list_chat_widgets(query: PageQuery) Get "/v1/chat_widgets" -> Page<ChatWidget>;
    create_chat_widget(body: CreateChatWidget) Post "/v1/chat_widgets" -> ChatWidget;
    get_chat_widget(path: WidgetPath) Get "/v1/chat_widgets/{widget_id}" -> ChatWidget;
    update_chat_widget(path: WidgetPath, body: UpdateChatWidget) Put "/v1/chat_widgets/{widget_id}" -> ChatWidget;
    delete_chat_widget(path: WidgetPath) Delete "/v1/chat_widgets/{widget_id}" -> ();
    renew_identity_secret(path: WidgetPath) Post "/v1/chat_widgets/{widget_id}/identity_secret" -> IdentitySecret;
    create_visitor_session(body: CreateVisitorSession) Post "/v1/visitor_sessions" -> VisitorSessionReply;
    get_visitor() Get "/v1/visitor" -> Visitor;
    delete_visitor_session() Delete "/v1/visitor/session" -> ();
    list_visitor_messages(query: ListVisitorMessages) Get "/v1/visitor/messages" -> VisitorMessagePage;
    create_visitor_message(body: CreateVisitorMessage) Post "/v1/visitor/messages" -> VisitorMessage;
    create_visitor_file(file: Upload) Post "/v1/visitor/files" -> File;
    save_visitor_receipt(body: SaveVisitorReceipt) Post "/v1/visitor/receipt" -> ();
    show_visitor_typing(body: ShowVisitorTyping) Post "/v1/visitor/typing" -> ();
    identify_visitor(body: IdentifyVisitor) Post "/v1/visitor/identify" -> Visitor;
    end_visitor_conversation() Post "/v1/visitor/end" -> Visitor;
}
