//! Permissions and the roles that come with Rapport. The app uses the same code to hide what the server refuses.

use std::collections::BTreeSet;

use crate::wire::text_enum;

text_enum! {
    /// One thing that somebody may do. A role is a set of them; an API token's scopes are a set of them too.
    pub enum Permission {
        /// Read the threads of the inboxes one is a member of.
        ReadThreads = "read_threads",
        /// Answer in the threads of the inboxes one is a member of.
        Reply = "reply",
        /// Write internal comments.
        Comment = "comment",
        /// Give a thread to a user or a team, or take it from them.
        AssignThreads = "assign_threads",
        /// Close and reopen threads.
        CloseThreads = "close_threads",
        /// Be chosen by automatic assignment. Assignment by hand does not need it.
        ReceiveAssignments = "receive_assignments",
        /// Use every inbox without being its member.
        AccessAllInboxes = "access_all_inboxes",
        /// Create and change inboxes and their members.
        ManageInboxes = "manage_inboxes",
        /// Connect and change channels, such as chat widgets.
        ManageChannels = "manage_channels",
        /// Read contacts, companies, deals and tickets, as far as the role's access to records goes.
        ReadContacts = "read_contacts",
        /// Create, change, associate, import and merge contacts, companies, deals and tickets.
        EditContacts = "edit_contacts",
        /// Erase a contact for good, with everything it said.
        EraseContacts = "erase_contacts",
        /// Read and play the calls of others, as far as the role's access to records goes: those of users whose records
        /// it shows, and those that belong to such a record. One's own calls need no permission.
        ReadCalls = "read_calls",
        /// Read the calls that others keep private, as far as the role's access to records goes.
        ReadPrivateCalls = "read_private_calls",
        /// Create and change calls and upload recordings.
        EditCalls = "edit_calls",
        /// Delete calls with their recordings.
        DeleteCalls = "delete_calls",
        /// Use transcripts, time links, tracked terms and clips of calls, and have one's own calls transcribed.
        UseCallIntelligence = "use_call_intelligence",
        /// Change the settings of recording and the accounts of telephony providers.
        ManageCalls = "manage_calls",
        /// Add and change tracked terms. Held by super administrators alone unless given.
        ManageTrackedTerms = "manage_tracked_terms",
        /// Have more than one booking link, and change all of it. Without it a user has one link, whose hours they may change.
        UseBooking = "use_booking",
        /// Change the links of others, the kinds of meetings and what all booking pages look like.
        ManageBooking = "manage_booking",
        /// Invite, change and deactivate users.
        ManageUsers = "manage_users",
        /// Create and change teams.
        ManageTeams = "manage_teams",
        /// Create and change roles. Held by super administrators alone unless given.
        ManageRoles = "manage_roles",
        /// Create and revoke API tokens.
        ManageApiTokens = "manage_api_tokens",
        /// Add and change webhooks, which tell other programs what happened, and read what they were told.
        ManageWebhooks = "manage_webhooks",
        /// Connect domains of the account's own, and choose one for the addresses of booking links.
        ManageDomains = "manage_domains",
        /// Change the settings of the whole account.
        ManageSettings = "manage_settings",
        /// Read the outgoing mails and send failed ones again.
        ManageMail = "manage_mail",
        /// See background jobs that failed and run them again.
        ManageJobs = "manage_jobs",
        /// Read the audit log.
        ReadAudit = "read_audit",
    }
}

impl Permission {
    /// Whether it allows to read records that have an owner, or calls, so that the role's access to records narrows it.
    pub const fn reads_records(self) -> bool {
        matches!(self, Self::ReadContacts | Self::ReadCalls | Self::ReadPrivateCalls)
    }
}

text_enum! {
    /// Whose records the users of a role see, beside those that nobody looks after. The later ones see more.
    pub enum RecordAccess {
        /// Their own.
        Own = "own",
        /// Their own and those of the members of their teams.
        Team = "team",
        /// Everybody's.
        Everything = "everything",
    }
}

#[allow(clippy::derivable_impls, reason = "the enum is written by a macro that marks no default")]
impl Default for RecordAccess {
    fn default() -> Self {
        Self::Everything
    }
}

/// A set of permissions; on the wire a sorted list.
pub type PermissionSet = BTreeSet<Permission>;

text_enum! {
    /// The roles every account has. They cannot be changed or deleted; custom roles stand beside them.
    pub enum BuiltinRole {
        /// Always holds every permission.
        SuperAdministrator = "super_administrator",
        /// Everything except changing roles and tracked terms and erasing contacts.
        Administrator = "administrator",
        /// Works in the inboxes.
        Agent = "agent",
        /// Reads, and changes nothing.
        Viewer = "viewer",
    }
}

impl BuiltinRole {
    /// What the role may do.
    pub fn permissions(self) -> PermissionSet {
        use Permission::*;
        let all = Permission::ALL.iter().copied();
        match self {
            Self::SuperAdministrator => all.collect(),
            Self::Administrator => {
                all.filter(|p| !matches!(p, ManageRoles | EraseContacts | ManageTrackedTerms)).collect()
            }
            Self::Agent => [
                ReadThreads,
                Reply,
                Comment,
                AssignThreads,
                CloseThreads,
                ReceiveAssignments,
                ReadContacts,
                EditContacts,
                ReadCalls,
                EditCalls,
                UseCallIntelligence,
                UseBooking,
            ]
            .into(),
            Self::Viewer => [ReadThreads, ReadContacts, ReadCalls].into(),
        }
    }
}
