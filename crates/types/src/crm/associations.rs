//! Associations: which records belong together.

use super::{ObjectKind, RecordRef, RecordSummary};
use crate::wire::{full_queries, paths, replies, requests, text_enum};
use crate::{AssociationId, RecordId, Timestamp, UserId};

text_enum! {
    /// Why two records belong together.
    pub enum AssociationReason {
        /// Somebody said so.
        Manual = "manual",
        /// The company is the contact's, or that of a participant's contact.
        PrimaryCompany = "primary_company",
        /// The contact took part.
        Participant = "participant",
    }
}

replies! {
    /// That two records belong together.
    pub struct Association {
        /// The association's id.
        pub id: AssociationId,
        /// One of the two.
        pub from: RecordRef,
        /// The other.
        pub to: RecordRef,
        /// Why.
        pub reason: AssociationReason,
        /// The user who said so; absent for what Rapport found itself.
        pub created_by: Option<UserId>,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A record that belongs to another one.
    pub struct AssociatedRecord {
        /// The association, to remove it by.
        pub association_id: AssociationId,
        /// The record.
        pub summary: RecordSummary,
        /// Why it belongs there.
        pub reason: AssociationReason,
        /// The user who said so; absent for what Rapport found itself.
        pub created_by: Option<UserId>,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// The associated records of one kind.
    pub struct AssociatedKind {
        /// The kind.
        pub kind: ObjectKind,
        /// The newest 100 of them that you may see, by name.
        pub items: Vec<AssociatedRecord>,
        /// Whether there are more.
        pub more: bool,
    }

    /// Everything that belongs to a record.
    pub struct Associations {
        /// One entry for each kind of record, also where it is empty.
        pub kinds: Vec<AssociatedKind>,
    }
}

requests! {
    /// Says that two records belong together.
    pub struct CreateAssociation {
        /// One of the two.
        pub from: RecordRef,
        /// The other.
        pub to: RecordRef,
    }
}

full_queries! {
    /// Of which record.
    pub struct ListAssociations {
        /// The record's kind.
        pub kind: ObjectKind,
        /// The record's id.
        pub id: RecordId,
    }
}

paths! {
    /// The id of an association.
    pub struct AssociationPath {
        /// The association.
        pub association_id: AssociationId,
    }
}
