//! Accounts at telephony providers that report recordings.

use crate::wire::{paths, replies, requests};
use crate::{TelephonyAccountId, Timestamp, UserId};

replies! {
    /// An account at a provider that reports recordings as Twilio does.
    pub struct TelephonyAccount {
        /// The account's id here.
        pub id: TelephonyAccountId,
        /// What it is called.
        pub name: String,
        /// What the provider calls it (Twilio: Account SID).
        pub account_sid: String,
        /// The user whose calls are reported; nobody's without.
        pub owner_id: Option<UserId>,
        /// The address that the provider is given as the recording status callback.
        pub callback_url: String,
        /// When it was created.
        pub created_at: Timestamp,
    }
}

requests! {
    /// The whole of an account at a telephony provider.
    pub struct SaveTelephonyAccount {
        /// What it is called: 1 to 100 characters.
        pub name: String,
        /// What the provider calls it (Twilio: Account SID): 1 to 64 letters and digits; no two accounts the same.
        pub account_sid: String,
        /// The secret that the provider signs with, and that fetches recordings (Twilio: Auth Token): 1 to 200 characters.
        /// It is never shown again; left out in a change, the one that is there stays.
        pub auth_token: Option<String>,
        /// The user whose calls are reported.
        pub owner_id: Option<UserId>,
    }
}

paths! {
    /// The id of an account at a telephony provider.
    pub struct TelephonyAccountPath {
        /// The account.
        pub account_id: TelephonyAccountId,
    }
}
