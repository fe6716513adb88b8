//! Companies that contacts work for.

use std::collections::BTreeMap;

use serde_json::Value;

use super::RecordSort;
use crate::wire::{paths, queries, replies, requests};
use crate::{CompanyId, Timestamp, UserId};

replies! {
    /// A company that contacts work for.
    pub struct Company {
        /// The company's id.
        pub id: CompanyId,
        /// The name.
        pub name: String,
        /// The domain of its addresses, for example `example.org`.
        pub domain: Option<String>,
        /// The telephone number, as it was typed.
        pub phone: Option<String>,
        /// Street and number.
        pub street: Option<String>,
        /// The postal code.
        pub postal_code: Option<String>,
        /// The town.
        pub city: Option<String>,
        /// The country, as it was typed.
        pub country: Option<String>,
        /// The user who looks after the company.
        pub owner_id: Option<UserId>,
        /// How many of the contacts work for it.
        pub contact_count: i64,
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
    /// A company to be, or the whole of what it shall be; what is null or left out is cleared.
    #[derive(Default)]
    pub struct SaveCompany {
        /// The name: 1 to 200 characters.
        pub name: String,
        /// The domain of its addresses; no two companies the same.
        pub domain: Option<String>,
        /// The telephone number: at most 50 characters.
        pub phone: Option<String>,
        /// Street and number: at most 200 characters.
        pub street: Option<String>,
        /// The postal code: at most 20 characters.
        pub postal_code: Option<String>,
        /// The town: at most 100 characters.
        pub city: Option<String>,
        /// The country: at most 100 characters.
        pub country: Option<String>,
        /// The user who looks after the company.
        pub owner_id: Option<UserId>,
        /// Custom properties by key: null clears one, one that is left out stays.
        #[serde(default)]
        pub properties: BTreeMap<String, Value>,
    }
}

queries! {
    /// Which companies.
    pub struct ListCompanies {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only companies whose name or domain starts so, whatever the case.
        pub q: Option<String>,
        /// Only companies that this user looks after.
        pub owner_id: Option<UserId>,
        /// `true` for companies that nobody looks after.
        pub unowned: Option<bool>,
        /// Only companies with these custom properties: a JSON object of keys and values, such as `{"segment":"gold"}`.
        pub properties: Option<String>,
        /// The order; by name unless told.
        pub sort: Option<RecordSort>,
    }
}

paths! {
    /// The id of a company.
    pub struct CompanyPath {
        /// The company.
        pub company_id: CompanyId,
    }
}
