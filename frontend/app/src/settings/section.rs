//! The sections of the settings, and who may see each.

use leptos_i18n::t_string;
use state::State;
use types::Permission;
use ui::IconName;

use crate::texts::I18n;

/// One section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The company's name and language.
    Account,
    /// What visitors are told of privacy, and what their consent is for.
    Privacy,
    /// Who signs in.
    Users,
    /// Groups of users.
    Teams,
    /// What users may do.
    Roles,
    /// Where conversations arrive.
    Inboxes,
    /// Chat widgets.
    Chat,
    /// What is known of records beside the built-in fields.
    Properties,
    /// The stages of deals.
    Pipeline,
    /// The statuses of tickets.
    TicketStatuses,
    /// What is recorded, transcribed and kept.
    Calls,
    /// What people should notice when it is said.
    TrackedTerms,
    /// What is shared with people outside.
    Clips,
    /// Providers that report recordings.
    Telephony,
    /// Access for programs.
    ApiTokens,
    /// Programs that are told what happens.
    Webhooks,
    /// Outgoing mails.
    Mail,
    /// Background jobs that failed.
    Jobs,
    /// Who changed what.
    Audit,
    /// What comes from Zoom.
    Zoom,
    /// One's own calendars.
    Calendars,
    /// The address of one's own booking links, and the default one.
    MeetingLinks,
    /// How booking pages look.
    BookingPages,
    /// Names of the account's own for booking pages.
    Domains,
}

/// Where a section stands in the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The company and its people.
    Company,
    /// Inboxes and channels.
    Conversations,
    /// What records are made of.
    Records,
    /// Recorded calls.
    Calls,
    /// Meetings and what they are booked by.
    Booking,
    /// The machine.
    System,
}

impl Group {
    /// Every group, in the order of the navigation.
    pub const ALL: [Group; 6] =
        [Group::Company, Group::Conversations, Group::Records, Group::Calls, Group::Booking, Group::System];

    /// Its heading.
    pub fn title(self, i18n: I18n) -> &'static str {
        match self {
            Group::Company => t_string!(i18n, settings.group_company),
            Group::Conversations => t_string!(i18n, settings.group_conversations),
            Group::Records => t_string!(i18n, settings.group_records),
            Group::Calls => t_string!(i18n, records.calls),
            Group::Booking => t_string!(i18n, permissions.group_booking),
            Group::System => t_string!(i18n, settings.group_system),
        }
    }
}

impl Section {
    /// Every section, in the order of the navigation.
    const ALL: [Section; 24] = [
        Section::Account,
        Section::Users,
        Section::Teams,
        Section::Roles,
        Section::Privacy,
        Section::Inboxes,
        Section::Chat,
        Section::Properties,
        Section::Pipeline,
        Section::TicketStatuses,
        Section::Calls,
        Section::TrackedTerms,
        Section::Clips,
        Section::Telephony,
        Section::Zoom,
        Section::Calendars,
        Section::MeetingLinks,
        Section::BookingPages,
        Section::Domains,
        Section::ApiTokens,
        Section::Webhooks,
        Section::Mail,
        Section::Jobs,
        Section::Audit,
    ];

    /// The sections that the signed-in user may see.
    pub fn allowed(state: &State) -> Vec<Section> {
        Self::ALL.into_iter().filter(|section| section.is_own() || state.may(section.permission())).collect()
    }

    /// Whether it is about the signed-in user alone, and so for everybody.
    fn is_own(self) -> bool {
        matches!(self, Section::Calendars | Section::MeetingLinks)
    }

    /// The section at `/settings/{slug}`.
    pub fn of_slug(slug: &str) -> Option<Section> {
        Self::ALL.into_iter().find(|section| section.slug() == slug)
    }

    /// Its part of the address.
    pub fn slug(self) -> &'static str {
        match self {
            Section::Account => "account",
            Section::Privacy => "privacy",
            Section::Users => "users",
            Section::Teams => "teams",
            Section::Roles => "roles",
            Section::Inboxes => "inboxes",
            Section::Chat => "chat",
            Section::Properties => "properties",
            Section::Pipeline => "pipeline",
            Section::TicketStatuses => "ticket-statuses",
            Section::Calls => "calls",
            Section::TrackedTerms => "tracked-terms",
            Section::Clips => "clips",
            Section::Telephony => "telephony",
            Section::ApiTokens => "api-tokens",
            Section::Webhooks => "webhooks",
            Section::Mail => "mail",
            Section::Jobs => "jobs",
            Section::Audit => "audit",
            Section::Zoom => "zoom",
            Section::Calendars => "calendars",
            Section::MeetingLinks => "meeting-links",
            Section::BookingPages => "booking-pages",
            Section::Domains => "domains",
        }
    }

    /// What one must be allowed to see it.
    pub fn permission(self) -> Permission {
        match self {
            Section::Account
            | Section::Privacy
            | Section::Properties
            | Section::Pipeline
            | Section::TicketStatuses => Permission::ManageSettings,
            Section::Calls | Section::Clips | Section::Telephony => Permission::ManageCalls,
            // Who may change them is another question.
            Section::TrackedTerms => Permission::UseCallIntelligence,
            Section::Users => Permission::ManageUsers,
            Section::Teams => Permission::ManageTeams,
            Section::Roles => Permission::ManageRoles,
            Section::Inboxes => Permission::ManageInboxes,
            Section::Chat => Permission::ManageChannels,
            Section::ApiTokens => Permission::ManageApiTokens,
            Section::Webhooks => Permission::ManageWebhooks,
            Section::Mail => Permission::ManageMail,
            Section::Jobs => Permission::ManageJobs,
            Section::Audit => Permission::ReadAudit,
            Section::Zoom => Permission::ManageCalls,
            Section::Calendars | Section::MeetingLinks => Permission::UseBooking,
            Section::BookingPages => Permission::ManageBooking,
            Section::Domains => Permission::ManageDomains,
        }
    }

    /// Where it stands.
    pub fn group(self) -> Group {
        match self {
            Section::Account | Section::Privacy | Section::Users | Section::Teams | Section::Roles => {
                Group::Company
            }
            Section::Inboxes | Section::Chat => Group::Conversations,
            Section::Properties | Section::Pipeline | Section::TicketStatuses => Group::Records,
            Section::Calls | Section::TrackedTerms | Section::Clips | Section::Telephony | Section::Zoom => {
                Group::Calls
            }
            Section::Calendars | Section::MeetingLinks | Section::BookingPages | Section::Domains => {
                Group::Booking
            }
            Section::ApiTokens | Section::Webhooks | Section::Mail | Section::Jobs | Section::Audit => {
                Group::System
            }
        }
    }

    /// Its icon.
    pub fn icon(self) -> IconName {
        match self {
            Section::Account => IconName::Company,
            Section::Privacy => IconName::Lock,
            Section::Users => IconName::User,
            Section::Teams => IconName::Contacts,
            Section::Roles => IconName::Shield,
            Section::Inboxes => IconName::Inbox,
            Section::Chat => IconName::Chat,
            Section::Properties => IconName::Tag,
            Section::Pipeline => IconName::ChevronRight,
            Section::TicketStatuses => IconName::Check,
            Section::Calls => IconName::Phone,
            Section::TrackedTerms => IconName::Quote,
            Section::Clips => IconName::External,
            Section::Telephony => IconName::Link,
            Section::ApiTokens => IconName::Key,
            Section::Webhooks => IconName::Send,
            Section::Mail => IconName::Mail,
            Section::Jobs => IconName::Clock,
            Section::Audit => IconName::Audit,
            Section::Zoom => IconName::Phone,
            Section::Calendars => IconName::Calendar,
            Section::MeetingLinks => IconName::Link,
            Section::BookingPages => IconName::Image,
            Section::Domains => IconName::Globe,
        }
    }

    /// Its name.
    pub fn title(self, i18n: I18n) -> &'static str {
        match self {
            Section::Account => t_string!(i18n, settings.account),
            Section::Privacy => t_string!(i18n, consent.title),
            Section::Users => t_string!(i18n, settings.users),
            Section::Teams => t_string!(i18n, settings.teams),
            Section::Roles => t_string!(i18n, settings.roles),
            Section::Inboxes => t_string!(i18n, settings.inboxes),
            Section::Chat => t_string!(i18n, settings.chat),
            Section::Properties => t_string!(i18n, settings.properties),
            Section::Pipeline => t_string!(i18n, settings.pipeline),
            Section::TicketStatuses => t_string!(i18n, settings.ticket_statuses),
            Section::Calls => t_string!(i18n, settings.calls),
            Section::TrackedTerms => t_string!(i18n, settings.tracked_terms),
            Section::Clips => t_string!(i18n, settings.clips),
            Section::Telephony => t_string!(i18n, settings.telephony),
            Section::ApiTokens => t_string!(i18n, settings.api_tokens),
            Section::Webhooks => t_string!(i18n, settings.webhooks),
            Section::Mail => t_string!(i18n, settings.mail),
            Section::Jobs => t_string!(i18n, settings.jobs),
            Section::Audit => t_string!(i18n, settings.audit),
            Section::Zoom => t_string!(i18n, settings.zoom),
            Section::Calendars => t_string!(i18n, settings.calendars),
            Section::MeetingLinks => t_string!(i18n, settings.meeting_links),
            Section::BookingPages => t_string!(i18n, settings.booking_pages),
            Section::Domains => t_string!(i18n, settings.domains),
        }
    }
}
