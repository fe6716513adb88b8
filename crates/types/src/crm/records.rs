//! What records of every kind have in common.

use crate::wire::{queries, replies, text_enum};
use crate::{CallId, CompanyId, ContactId, DealId, RecordId, TicketId, UserId};

text_enum! {
    /// A kind of record.
    pub enum ObjectKind {
        /// A person outside the company.
        Contact = "contact",
        /// A company that contacts work for.
        Company = "company",
        /// A deal.
        Deal = "deal",
        /// A ticket.
        Ticket = "ticket",
        /// A recorded call.
        Call = "call",
    }
}

text_enum! {
    /// The order of a list of records. Ties are broken by id, so that pages have no gaps.
    pub enum RecordSort {
        /// By name, from A to Z, whatever the case and accents.
        Name = "name",
        /// By name, from Z to A.
        NameDescending = "-name",
        /// The oldest first.
        CreatedAt = "created_at",
        /// The newest first.
        CreatedAtDescending = "-created_at",
        /// What has not changed for the longest time first.
        UpdatedAt = "updated_at",
        /// What changed last first.
        UpdatedAtDescending = "-updated_at",
    }
}

#[allow(clippy::derivable_impls, reason = "the enum is written by a macro that marks no default")]
impl Default for RecordSort {
    fn default() -> Self {
        Self::Name
    }
}

/// Names a record of any kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordRef {
    /// The kind.
    pub kind: ObjectKind,
    /// The id among that kind.
    pub id: RecordId,
}

impl RecordRef {
    /// Names a record.
    pub fn new(kind: ObjectKind, id: impl Into<RecordId>) -> Self {
        Self { kind, id: id.into() }
    }
}

macro_rules! record_ids {
    ($($id:ident $kind:ident,)+) => { $(
        impl From<$id> for RecordId {
            fn from(id: $id) -> Self { Self(id.0) }
        }

        impl From<$id> for RecordRef {
            fn from(id: $id) -> Self { Self::new(ObjectKind::$kind, id) }
        }
    )+ };
}

record_ids! {
    ContactId Contact,
    CompanyId Company,
    DealId Deal,
    TicketId Ticket,
    CallId Call,
}

replies! {
    /// A record in a few words, for cards, previews and pickers.
    pub struct RecordSummary {
        /// The record.
        pub record: RecordRef,
        /// Its name; a ticket's subject.
        pub name: String,
        /// What tells it from others: a contact's address, a company's domain, a deal's stage, a ticket's status, the
        /// day a call began (UTC).
        pub detail: Option<String>,
        /// The user who looks after it.
        pub owner_id: Option<UserId>,
    }

    /// Records that were found.
    pub struct RecordSummaries {
        /// The records, by kind and then by name.
        pub items: Vec<RecordSummary>,
    }
}

queries! {
    /// Which records.
    pub struct SearchRecords {
        /// How the name, address or domain starts, whatever the case: 1 to 200 characters.
        pub q: String,
        /// Only records of this kind.
        pub kind: Option<ObjectKind>,
        /// 1 to 50 of each kind; 10 unless told.
        pub limit: Option<u16>,
    }
}
