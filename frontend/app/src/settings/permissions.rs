//! Permissions by meaning, each with a sentence, and the boxes to choose them with.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::{Permission, PermissionSet};
use ui::Checkbox;

use crate::context::use_app;
use crate::texts::I18n;

macro_rules! permission_texts {
    ($($variant:ident: $title:ident, $hint:ident;)*) => {
        /// What a permission is called.
        pub fn title(i18n: I18n, permission: Permission) -> &'static str {
            match permission { $(Permission::$variant => t_string!(i18n, permissions.$title),)* }
        }

        /// What it allows, in a sentence.
        fn hint(i18n: I18n, permission: Permission) -> &'static str {
            match permission { $(Permission::$variant => t_string!(i18n, permissions.$hint),)* }
        }
    };
}

permission_texts! {
    ReadThreads: read_threads, read_threads_hint;
    Reply: reply, reply_hint;
    Comment: comment, comment_hint;
    AssignThreads: assign_threads, assign_threads_hint;
    CloseThreads: close_threads, close_threads_hint;
    ReceiveAssignments: receive_assignments, receive_assignments_hint;
    AccessAllInboxes: access_all_inboxes, access_all_inboxes_hint;
    ManageInboxes: manage_inboxes, manage_inboxes_hint;
    ManageChannels: manage_channels, manage_channels_hint;
    ReadContacts: read_contacts, read_contacts_hint;
    EditContacts: edit_contacts, edit_contacts_hint;
    EraseContacts: erase_contacts, erase_contacts_hint;
    ReadCalls: read_calls, read_calls_hint;
    ReadPrivateCalls: read_private_calls, read_private_calls_hint;
    EditCalls: edit_calls, edit_calls_hint;
    DeleteCalls: delete_calls, delete_calls_hint;
    UseCallIntelligence: use_call_intelligence, use_call_intelligence_hint;
    ManageCalls: manage_calls, manage_calls_hint;
    ManageTrackedTerms: manage_tracked_terms, manage_tracked_terms_hint;
    UseBooking: use_booking, use_booking_hint;
    ManageBooking: manage_booking, manage_booking_hint;
    ManageUsers: manage_users, manage_users_hint;
    ManageTeams: manage_teams, manage_teams_hint;
    ManageRoles: manage_roles, manage_roles_hint;
    ManageApiTokens: manage_api_tokens, manage_api_tokens_hint;
    ManageWebhooks: manage_webhooks, manage_webhooks_hint;
    ManageDomains: manage_domains, manage_domains_hint;
    ManageSettings: manage_settings, manage_settings_hint;
    ManageMail: manage_mail, manage_mail_hint;
    ManageJobs: manage_jobs, manage_jobs_hint;
    ReadAudit: read_audit, read_audit_hint;
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Conversations,
    Contacts,
    Calls,
    Booking,
    Channels,
    People,
    Account,
}

impl Group {
    const ALL: [Group; 7] = [
        Group::Conversations,
        Group::Contacts,
        Group::Calls,
        Group::Booking,
        Group::Channels,
        Group::People,
        Group::Account,
    ];

    fn of(permission: Permission) -> Self {
        use Permission::*;
        match permission {
            ReadThreads | Reply | Comment | AssignThreads | CloseThreads | ReceiveAssignments
            | AccessAllInboxes => Group::Conversations,
            ReadContacts | EditContacts | EraseContacts => Group::Contacts,
            ReadCalls | ReadPrivateCalls | EditCalls | DeleteCalls | UseCallIntelligence | ManageCalls
            | ManageTrackedTerms => Group::Calls,
            UseBooking | ManageBooking | ManageDomains => Group::Booking,
            ManageInboxes | ManageChannels => Group::Channels,
            ManageUsers | ManageTeams | ManageRoles => Group::People,
            ManageApiTokens | ManageWebhooks | ManageSettings | ManageMail | ManageJobs | ReadAudit => {
                Group::Account
            }
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Group::Conversations => t_string!(i18n, permissions.group_conversations),
            Group::Contacts => t_string!(i18n, permissions.group_contacts),
            Group::Calls => t_string!(i18n, permissions.group_calls),
            Group::Booking => t_string!(i18n, permissions.group_booking),
            Group::Channels => t_string!(i18n, permissions.group_channels),
            Group::People => t_string!(i18n, permissions.group_people),
            Group::Account => t_string!(i18n, permissions.group_account),
        }
    }
}

/// A box for each permission, grouped by meaning. It starts from what is chosen when it is drawn.
#[component]
pub fn PermissionPicker(
    /// What is chosen, both ways.
    chosen: RwSignal<PermissionSet>,
    /// What can be changed; the rest is shown and stays as it is.
    #[prop(into)]
    changeable: Signal<PermissionSet>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let choice = move |permission: Permission| {
        let checked = RwSignal::new(chosen.with_untracked(|chosen| chosen.contains(&permission)));
        Effect::new(move |before: Option<bool>| {
            let now = checked.get();
            if before.is_some_and(|before| before != now) {
                chosen.update(|chosen| {
                    if now {
                        chosen.insert(permission)
                    } else {
                        chosen.remove(&permission)
                    };
                });
            }
            now
        });
        let disabled = Signal::derive(move || changeable.with(|set| !set.contains(&permission)));
        view! {
            <Checkbox
                label=move || title(i18n, permission)
                hint=move || hint(i18n, permission)
                checked
                disabled
            />
        }
    };
    let group = move |group: Group| {
        let permissions =
            Permission::ALL.iter().copied().filter(|permission| Group::of(*permission) == group);
        view! {
            <fieldset>
                <legend>{move || group.title(i18n)}</legend>
                {permissions.map(choice).collect_view()}
            </fieldset>
        }
    };
    view! { <div class="permissions">{Group::ALL.into_iter().map(group).collect_view()}</div> }.into_any()
}
