//! What is recorded, transcribed and kept; and the accounts of telephony providers.

use crate::wire::{paths, replies, requests};
use crate::{TelephonyAccountId, Timestamp, UserId};

replies! {
    /// The settings of recording and of conversation intelligence.
    pub struct CallSettings {
        /// Whether recordings are taken in at all.
        pub recording: bool,
        /// Whether the calls of users who may use conversation intelligence are transcribed.
        pub intelligence: bool,
        /// The language that is spoken, for example `en`; absent to have it found out.
        pub language: Option<String>,
        /// Whether users are asked how helpful a transcript is.
        pub transcript_votes: bool,
        /// Days after which calls are deleted, counted from their beginning; absent to keep them.
        pub retention_days: Option<i32>,
        /// The languages that a transcript can be made in.
        pub languages: Vec<String>,
        /// Whether somebody has confirmed that the law on recording calls was checked.
        pub law_checked: bool,
    }

    /// An account at a telephony provider whose recordings are taken in.
    pub struct TelephonyAccount {
        /// The account's id.
        pub id: TelephonyAccountId,
        /// What it is called here.
        pub name: String,
        /// The provider's name for it, for example `AC0123456789abcdef0123456789abcdef`.
        pub account_sid: String,
        /// The user whose calls its recordings are.
        pub owner_id: Option<UserId>,
        /// When it was created.
        pub created_at: Timestamp,
    }
}

requests! {
    /// The whole settings of recording and of conversation intelligence.
    pub struct UpdateCallSettings {
        /// Whether recordings are taken in at all.
        pub recording: bool,
        /// Whether the calls of users who may use conversation intelligence are transcribed.
        pub intelligence: bool,
        /// The language that is spoken, one of `languages`; absent to have it found out.
        pub language: Option<String>,
        /// Whether users are asked how helpful a transcript is.
        pub transcript_votes: bool,
        /// Days after which calls are deleted: 1 to 36500; absent to keep them.
        pub retention_days: Option<i32>,
        /// Whether somebody has confirmed that the law on recording calls was checked.
        pub law_checked: bool,
    }

    /// An account at a telephony provider.
    pub struct SaveTelephonyAccount {
        /// What it is called here: 1 to 100 characters.
        pub name: String,
        /// The provider's name for it: 1 to 64 letters and digits; no two accounts the same.
        pub account_sid: String,
        /// The secret that the provider signs with: 16 to 200 characters. Left out, the one before stays.
        pub auth_token: Option<String>,
        /// The user whose calls its recordings are.
        pub owner_id: Option<UserId>,
    }
}

paths! {
    /// The id of a telephony account.
    pub struct TelephonyAccountPath {
        /// The account.
        pub telephony_account_id: TelephonyAccountId,
    }
}
