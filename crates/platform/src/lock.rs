//! Locks on something that is not a row, until the end of a transaction.

use db::{Cached, Engine};
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use sha2::{Digest, Sha256};
use types::{ContactId, InboxId, ThreadId, UserId, VisitorId};

use crate::{Result, Tx};

/// What is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// That a super administrator remains.
    LastAdministrator,
    /// Everything about a user that spans several rows, such as a capacity.
    User(UserId),
    /// Everything about a visitor that spans several rows, such as the one open thread.
    Visitor(VisitorId),
    /// Everything about a contact that spans several rows, such as merging it.
    Contact(ContactId),
    /// Everything about a thread that spans several rows.
    Thread(ThreadId),
    /// Everything about an inbox that spans several rows, such as its members.
    Inbox(InboxId),
    /// Anything else: what it is, and a text that names it.
    Named(&'a str, &'a str),
}

impl Key<'_> {
    /// A number that stands for the key. Two keys with the same number only wait for each other needlessly.
    fn number(&self) -> i64 {
        let (kind, name) = match self {
            Self::LastAdministrator => ("last_administrator", String::new()),
            Self::User(id) => ("user", id.to_string()),
            Self::Visitor(id) => ("visitor", id.to_string()),
            Self::Contact(id) => ("contact", id.to_string()),
            Self::Thread(id) => ("thread", id.to_string()),
            Self::Inbox(id) => ("inbox", id.to_string()),
            Self::Named(kind, name) => (*kind, (*name).to_owned()),
        };
        let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(name).finalize();
        digest.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes))
    }
}

impl Tx<'_> {
    /// Waits until no other transaction holds `key`, and holds it to the end of this one. On SQLite the one writer
    /// holds everything already.
    ///
    /// # Errors
    /// [`Error::Internal`](crate::Error::Internal) in a transaction that only reads, or when waiting takes longer than
    /// the statement timeout.
    pub fn lock(&mut self, key: Key<'_>) -> Result<()> {
        self.require_write()?;
        if self.engine() == Engine::Postgres {
            let lock = diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(key.number());
            Cached(lock).execute(self.conn())?;
        }
        Ok(())
    }
}
