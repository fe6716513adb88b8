//! Domains of the account's own, under which booking pages are shown.

use crate::wire::{full_queries, paths, replies, requests, text_enum};
use crate::{DomainId, Timestamp, UserId};

text_enum! {
    /// How far a domain has come.
    pub enum DomainState {
        /// Nothing has shown yet that it is the account's. It cannot be used.
        Pending = "pending",
        /// It was shown to be the account's.
        Verified = "verified",
        /// It was, but for three days nothing has shown it any more. It is still used where it was chosen.
        Failing = "failing",
    }
}

text_enum! {
    /// What shows that a domain is the account's.
    pub enum DomainProof {
        /// A TXT record.
        Dns = "dns",
        /// What the domain answers over HTTP.
        Http = "http",
    }
}

text_enum! {
    /// Why a look at a domain showed nothing.
    pub enum DomainFault {
        /// There is no TXT record at the name.
        NoRecord = "no_record",
        /// The TXT records at the name hold something else.
        WrongRecord = "wrong_record",
        /// The DNS servers did not answer, or with an error.
        DnsFailed = "dns_failed",
        /// The domain leads nowhere, or nothing answers there.
        Unreachable = "unreachable",
        /// The domain leads into a private network, which the settings do not allow.
        PrivateAddress = "private_address",
        /// The answer leads to another host.
        Redirected = "redirected",
        /// Something else is answered.
        WrongAnswer = "wrong_answer",
    }
}

replies! {
    /// A domain of the account's own. One of the two proofs is enough, and must stay: it is looked at daily.
    pub struct Domain {
        /// The domain's id.
        pub id: DomainId,
        /// The domain in lower case, other letters than ASCII's as A-labels (RFC 5890).
        pub name: String,
        /// How far it has come.
        pub state: DomainState,
        /// The name of the TXT record that proves it: `_rapport-challenge.` before the domain.
        pub dns_name: String,
        /// The content of that record.
        pub dns_value: String,
        /// The address that proves it over HTTP. Rapport answers there by itself once the domain leads to it.
        pub http_url: String,
        /// The whole of what must be answered there, with status 200; space around it is left aside.
        pub http_body: String,
        /// What showed at the last look that it is the account's.
        pub proof: Option<DomainProof>,
        /// Why the record showed nothing at the last look; absent where either proof was seen.
        pub dns_fault: Option<DomainFault>,
        /// Why the answer showed nothing at the last look; absent where either proof was seen.
        pub http_fault: Option<DomainFault>,
        /// Both faults in a sentence of English each.
        pub error: Option<String>,
        /// When it was first shown to be the account's.
        pub verified_at: Option<Timestamp>,
        /// When it was last looked at.
        pub checked_at: Option<Timestamp>,
        /// Since when looks at a domain that was verified have shown nothing.
        pub failing_since: Option<Timestamp>,
        /// The user who added it.
        pub created_by: UserId,
        /// When it was added.
        pub created_at: Timestamp,
    }

    /// A name that is the account's.
    pub struct KnownDomain {
        /// The name, as it was understood.
        pub name: String,
    }
}

requests! {
    /// A domain to add.
    pub struct CreateDomain {
        /// A host name with at least two labels, at most 234 characters of ASCII; other letters are turned into A-labels.
        /// No address, and none of the names that Rapport itself is reached under.
        pub name: String,
    }
}

full_queries! {
    /// Which name to look for.
    pub struct CheckDomain {
        /// A host name.
        pub domain: String,
    }
}

paths! {
    /// The id of a domain.
    pub struct DomainPath {
        /// The domain.
        pub domain_id: DomainId,
    }
}
