//! Who and what there is: users, teams, roles, inboxes, chat widgets and records.

use std::collections::BTreeMap;

use types::accounts::{Role, Team, User};
use types::calls::Call;
use types::channels::ChatWidget;
use types::conversations::Inbox;
use types::crm::{Company, Contact, Deal, Ticket};
use types::{CallId, CompanyId, ContactId, DealId, InboxId, RoleId, TeamId, TicketId, UserId, WidgetId};

/// Users, teams, roles and inboxes are all known; of records and widgets only those that were shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    /// Users by id, the deactivated ones too.
    pub users: BTreeMap<UserId, User>,
    /// Teams by id.
    pub teams: BTreeMap<TeamId, Team>,
    /// Roles by id.
    pub roles: BTreeMap<RoleId, Role>,
    /// The inboxes the user may use, by id.
    pub inboxes: BTreeMap<InboxId, Inbox>,
    /// Chat widgets by id.
    pub widgets: BTreeMap<WidgetId, ChatWidget>,
    /// Contacts by id.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// Companies by id.
    pub companies: BTreeMap<CompanyId, Company>,
    /// Deals by id.
    pub deals: BTreeMap<DealId, Deal>,
    /// Tickets by id.
    pub tickets: BTreeMap<TicketId, Ticket>,
    /// Calls by id, as they were fetched last: events of calls carry no more than the id.
    pub calls: BTreeMap<CallId, Call>,
}

impl Directory {
    /// A team's name, if the team is known.
    pub fn team_name(&self, id: TeamId) -> Option<&str> {
        self.teams.get(&id).map(|team| team.name.as_str())
    }

    /// The inboxes by name.
    pub fn inboxes_by_name(&self) -> Vec<Inbox> {
        let mut inboxes: Vec<Inbox> = self.inboxes.values().cloned().collect();
        inboxes.sort_by_key(|inbox| inbox.name.to_lowercase());
        inboxes
    }
}
