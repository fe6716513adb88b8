//! Contacts: people outside the company.

use std::collections::BTreeMap;

use serde_json::Value;

use super::RecordSort;
use crate::wire::{paths, queries, replies, requests};
use crate::{CompanyId, ContactId, Timestamp, UserId};

replies! {
    /// A person outside the company.
    pub struct Contact {
        /// The contact's id.
        pub id: ContactId,
        /// The name; `Visitor 1234` while nobody knows it.
        pub name: String,
        /// The address, if known.
        pub email: Option<String>,
        /// The telephone number, as it was typed.
        pub phone: Option<String>,
        /// What the contact does, for example `Office manager`.
        pub job_title: Option<String>,
        /// The company.
        pub company_id: Option<CompanyId>,
        /// The user who looks after the contact.
        pub owner_id: Option<UserId>,
        /// Whether who it is has been proved by a signed identity or entered by a user.
        pub verified: bool,
        /// The IANA time zone last seen in the contact's browser, for example `Europe/Paris`.
        pub time_zone: Option<String>,
        /// The language last seen in the contact's browser, for example `fr`.
        pub language: Option<String>,
        /// The custom properties that have a value, by key.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
        /// When it was created.
        pub created_at: Timestamp,
        /// When it last changed.
        pub updated_at: Timestamp,
    }
}

requests! {
    /// A new contact.
    #[derive(Default)]
    pub struct CreateContact {
        /// The name: 1 to 200 characters.
        pub name: String,
        /// The address; no two contacts the same.
        pub email: Option<String>,
        /// The telephone number: at most 50 characters.
        pub phone: Option<String>,
        /// What the contact does: at most 200 characters.
        pub job_title: Option<String>,
        /// The company.
        pub company_id: Option<CompanyId>,
        /// The user who looks after the contact.
        pub owner_id: Option<UserId>,
        /// Custom properties by key.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
    }

    /// The whole of a contact's own facts; what is null or left out is cleared.
    #[derive(Default)]
    pub struct UpdateContact {
        /// The name: 1 to 200 characters.
        pub name: String,
        /// The address; no two contacts the same.
        pub email: Option<String>,
        /// The telephone number: at most 50 characters.
        pub phone: Option<String>,
        /// What the contact does: at most 200 characters.
        pub job_title: Option<String>,
        /// The company.
        pub company_id: Option<CompanyId>,
        /// The user who looks after the contact.
        pub owner_id: Option<UserId>,
        /// Custom properties by key: null clears one, one that is left out stays.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
    }

    /// Merges another contact into this one.
    pub struct MergeContact {
        /// The contact that goes: its conversations and identities move over, its id leads here from then on.
        pub from_id: ContactId,
    }

    /// Erases a contact for good.
    pub struct EraseContact {
        /// The contact's name, typed again.
        pub confirm_name: String,
    }
}

queries! {
    /// Which contacts.
    pub struct ListContacts {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only contacts whose name or address starts so, whatever the case.
        pub q: Option<String>,
        /// Only contacts of this company.
        pub company_id: Option<CompanyId>,
        /// Only contacts that this user looks after.
        pub owner_id: Option<UserId>,
        /// `true` for contacts that nobody looks after.
        pub unowned: Option<bool>,
        /// Only contacts with these custom properties: a JSON object of keys and values, such as `{"segment":"gold"}`.
        pub properties: Option<String>,
        /// The order; by name unless told.
        pub sort: Option<RecordSort>,
    }
}

paths! {
    /// The id of a contact.
    pub struct ContactPath {
        /// The contact.
        pub contact_id: ContactId,
    }
}
