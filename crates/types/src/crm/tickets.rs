//! Tickets, and the statuses they go through.

use std::collections::BTreeMap;

use serde_json::Value;

use super::RecordSort;
use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{TicketId, TicketStatusId, Timestamp, UserId};

text_enum! {
    /// How much a ticket matters.
    pub enum TicketPriority {
        /// Can wait.
        Low = "low",
        /// As usual.
        Normal = "normal",
        /// Before others.
        High = "high",
        /// Now.
        Urgent = "urgent",
    }
}

#[allow(clippy::derivable_impls, reason = "the enum is written by a macro that marks no default")]
impl Default for TicketPriority {
    fn default() -> Self {
        Self::Normal
    }
}

replies! {
    /// A ticket.
    pub struct Ticket {
        /// The ticket's id.
        pub id: TicketId,
        /// What it is about.
        pub subject: String,
        /// What is the matter, as plain text.
        pub description: Option<String>,
        /// How far it is.
        pub status_id: TicketStatusId,
        /// How much it matters.
        pub priority: TicketPriority,
        /// The user who looks after the ticket.
        pub owner_id: Option<UserId>,
        /// The custom properties that have a value, by key.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }

    /// How far a ticket may be.
    pub struct TicketStatus {
        /// The status's id.
        pub id: TicketStatusId,
        /// The name.
        pub name: String,
        /// Whether a ticket in it is done with.
        pub closed: bool,
    }

    /// The statuses of the account.
    pub struct TicketStatuses {
        /// The statuses, in order.
        pub statuses: Vec<TicketStatus>,
    }
}

requests! {
    /// A ticket to be, or the whole of what it shall be; what is null or left out is cleared.
    #[derive(Default)]
    pub struct SaveTicket {
        /// What it is about: 1 to 200 characters.
        pub subject: String,
        /// What is the matter, as plain text: at most 10,000 characters.
        pub description: Option<String>,
        /// How far it is; for a new ticket the first status unless told, for another the one it has.
        pub status_id: Option<TicketStatusId>,
        /// How much it matters; normal unless told.
        #[serde(default)]
        pub priority: TicketPriority,
        /// The user who looks after the ticket.
        pub owner_id: Option<UserId>,
        /// Custom properties by key: null clears one, one that is left out stays.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
    }

    /// A status as the list shall have it.
    pub struct SaveTicketStatus {
        /// The status, if it exists; absent for a new one.
        pub id: Option<TicketStatusId>,
        /// The name: 1 to 100 characters, no two statuses the same.
        pub name: String,
        /// Whether a ticket in it is done with.
        pub closed: bool,
    }

    /// The whole list of statuses.
    pub struct SaveTicketStatuses {
        /// The statuses, in order: 1 to 50, at least one of them not closed. One that is left out is deleted, which is
        /// refused while tickets have it.
        pub statuses: Vec<SaveTicketStatus>,
    }
}

queries! {
    /// Which tickets.
    pub struct ListTickets {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only tickets whose subject starts so, whatever the case.
        pub q: Option<String>,
        /// Only tickets with this status.
        pub status_id: Option<TicketStatusId>,
        /// Only tickets that matter so much.
        pub priority: Option<TicketPriority>,
        /// Only tickets that this user looks after.
        pub owner_id: Option<UserId>,
        /// `true` for tickets that nobody looks after.
        pub unowned: Option<bool>,
        /// Only tickets with these custom properties: a JSON object of keys and values, such as `{"segment":"gold"}`.
        pub properties: Option<String>,
        /// The order; by name unless told.
        pub sort: Option<RecordSort>,
    }
}

paths! {
    /// The id of a ticket.
    pub struct TicketPath {
        /// The ticket.
        pub ticket_id: TicketId,
    }
}
