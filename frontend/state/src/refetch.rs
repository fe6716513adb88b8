//! What has to be fetched because an event alone does not tell it.

use types::ThreadId;

/// Something to fetch again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refetch {
    /// Everything: the stream was reset, or an event is of a kind that this release does not know.
    Everything,
    /// The signed-in user and what it may do.
    Me,
    /// How many conversations each view holds.
    Counts,
    /// The list on the screen, from its beginning.
    List,
    /// The open conversation with its entries.
    OpenThread,
    /// One conversation: the user's own read position of it is not known yet.
    Thread(ThreadId),
    /// How many notifications are unread.
    UnreadNotifications,
}
