//! What the app knows, and how events of the live stream change it. No browser and no framework, so all of it is tested
//! natively.
//!
//! The rule that everything here keeps: **applying an event gives the same as fetching again**. An event carries the
//! whole new state of what changed; where that is not enough, [`apply`] names what must be fetched ([`Refetch`]).
//!
//! | module | holds |
//! |-|-|
//! | [`threads`] | conversations by id, the list on the screen, counts of the views |
//! | [`messages`] | the entries of the open conversation, and replies on their way |
//! | [`directory`] | users, teams, roles, inboxes, widgets, records |
//! | [`records`] | the list of records, what records are made of, saved views, imports |
//! | [`terms`] | tracked terms over time |
//! | [`calls`] | which calls changed |
//! | [`booking`] | which meetings, calendars and booking links changed |
//! | [`booking_links`] | what the editor of a booking link computes |
//! | [`local_time`] | local times of a zone as instants |
//! | [`recording`] | what the page of a call computes: waveform, clip bounds, what is being said |
//! | [`uploads`] | recordings on their way to the server |
//! | [`notifications`] | what the user should know of |

mod apply;
mod apply_records;
pub mod booking;
pub mod booking_links;
pub mod calls;
pub mod directory;
pub mod local_time;
pub mod messages;
pub mod notifications;
mod reading;
pub mod recording;
pub mod records;
mod refetch;
pub mod terms;
pub mod threads;
pub mod uploads;

use types::accounts::Me;
use types::{Permission, TeamId, UserId};

pub use apply::apply;
pub use booking::Booking;
pub use calls::Calls;
pub use directory::Directory;
pub use messages::{OpenThread, PendingMessage};
pub use notifications::Notifications;
pub use reading::read_event;
pub use records::{Record, RecordList, RecordListKey, RecordSetup, Records};
pub use refetch::Refetch;
pub use threads::{ListKey, ThreadList, Threads};

/// All that the app knows of the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The signed-in user.
    pub me: Option<Me>,
    /// Who and what there is.
    pub directory: Directory,
    /// Conversations and the list on the screen.
    pub threads: Threads,
    /// The conversation that is open.
    pub open: Option<OpenThread>,
    /// The CRM beside the records themselves.
    pub records: Records,
    /// Which calls changed.
    pub calls: Calls,
    /// Which meetings, calendars and booking links changed.
    pub booking: Booking,
    /// What the user should know of.
    pub notifications: Notifications,
    /// How often everything was fetched again: what a screen has fetched for itself is out of date when it rises.
    pub refreshes: u64,
    /// How often an outgoing mail changed: a list of mails that is shown fetches again when it rises.
    pub mails_revision: u64,
    /// Grows when a webhook or one of its deliveries changes.
    pub webhooks_revision: u64,
    /// Grows when a domain changes or goes.
    pub domains_revision: u64,
    /// How often a clip or a folder of clips changed: a list of clips that is shown fetches again when it rises.
    pub clips_revision: u64,
    /// How often a background job died: a list of dead jobs that is shown fetches again when it rises.
    pub jobs_revision: u64,
}

impl State {
    /// The signed-in user's id.
    pub fn my_id(&self) -> Option<UserId> {
        self.me.as_ref().map(|me| me.user.id)
    }

    /// A user's name, if the user is known: the signed-in one from the start, colleagues once they were fetched.
    pub fn user_name(&self, id: UserId) -> Option<&str> {
        let me = self.me.as_ref().filter(|me| me.user.id == id).map(|me| me.user.name.as_str());
        me.or_else(|| self.directory.users.get(&id).map(|user| user.name.as_str()))
    }

    /// The teams of the signed-in user.
    pub fn my_teams(&self) -> &[TeamId] {
        self.me.as_ref().map_or(&[], |me| &me.team_ids)
    }

    /// Whether the signed-in user may do this; what it may not do is not shown.
    pub fn may(&self, permission: Permission) -> bool {
        self.me.as_ref().is_some_and(|me| me.permissions.contains(&permission))
    }
}
