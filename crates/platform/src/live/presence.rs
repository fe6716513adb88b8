//! Who looks at a thread or writes in it. It is never stored: what is not shown again is forgotten.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use types::conversations::{PresentUser, ThreadPresence};
use types::{InboxId, ThreadId, Timestamp, UserId};

/// Somebody who takes part in a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Participant {
    /// A user.
    User(UserId),
    /// The contact.
    Contact,
}

/// What somebody does in a thread. The default is: nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// Whether they look at it.
    pub present: bool,
    /// Whether they write.
    pub typing: bool,
}

struct Thread {
    inbox: InboxId,
    participants: BTreeMap<Participant, (Presence, Timestamp)>,
}

/// Who is present in which thread, as far as this node knows.
#[derive(Clone, Default)]
pub(crate) struct Present(Arc<Mutex<HashMap<ThreadId, Thread>>>);

impl Present {
    // A panic cannot leave it half-changed: nothing that can panic runs under the lock.
    fn threads(&self) -> MutexGuard<'_, HashMap<ThreadId, Thread>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of somebody; whether anything changed but the time.
    pub(crate) fn note(
        &self,
        thread: ThreadId,
        inbox: InboxId,
        who: Participant,
        presence: Presence,
        until: Timestamp,
    ) -> bool {
        let mut threads = self.threads();
        if presence == Presence::default() {
            let Some(known) = threads.get_mut(&thread) else { return false };
            let changed = known.participants.remove(&who).is_some();
            if known.participants.is_empty() {
                threads.remove(&thread);
            }
            return changed;
        }
        let known = threads.entry(thread).or_insert_with(|| Thread { inbox, participants: BTreeMap::new() });
        known.inbox = inbox;
        let before = known.participants.insert(who, (presence, until));
        before.map(|(presence, _)| presence) != Some(presence)
    }

    /// Forgets who has not shown up again; the threads where that changed something.
    pub(crate) fn expire(&self, now: Timestamp) -> Vec<(ThreadId, InboxId)> {
        let mut changed = Vec::new();
        self.threads().retain(|id, thread| {
            let before = thread.participants.len();
            thread.participants.retain(|_, (_, until)| *until > now);
            if thread.participants.len() != before {
                changed.push((*id, thread.inbox));
            }
            !thread.participants.is_empty()
        });
        changed
    }

    /// Where somebody is present.
    pub(crate) fn threads_of(&self, who: Participant) -> Vec<(ThreadId, InboxId)> {
        let threads = self.threads();
        let with_them = threads.iter().filter(|(_, thread)| thread.participants.contains_key(&who));
        with_them.map(|(id, thread)| (*id, thread.inbox)).collect()
    }

    /// Who is present in a thread.
    pub(crate) fn of(&self, thread_id: ThreadId, now: Timestamp) -> ThreadPresence {
        let mut presence =
            ThreadPresence { thread_id, users: Vec::new(), contact_typing: false, contact_online: false };
        let threads = self.threads();
        for (who, (shown, until)) in threads.get(&thread_id).iter().flat_map(|thread| &thread.participants) {
            match who {
                _ if *until <= now => {}
                Participant::User(user_id) => {
                    presence.users.push(PresentUser { user_id: *user_id, typing: shown.typing });
                }
                Participant::Contact => {
                    presence.contact_online = shown.present;
                    presence.contact_typing = shown.typing;
                }
            }
        }
        presence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREAD: ThreadId = ThreadId(1);
    const INBOX: InboxId = InboxId(2);

    #[test]
    fn presence_ends_when_it_is_not_shown_again() {
        let present = Present::default();
        let looking = Presence { present: true, typing: false };
        let typing = Presence { present: true, typing: true };
        let ann = Participant::User(UserId(1));
        assert!(present.note(THREAD, INBOX, ann, looking, Timestamp(10)));
        assert!(!present.note(THREAD, INBOX, ann, looking, Timestamp(20)));
        assert!(present.note(THREAD, INBOX, ann, typing, Timestamp(20)));
        assert!(present.note(THREAD, INBOX, Participant::Contact, typing, Timestamp(30)));
        let now = present.of(THREAD, Timestamp(15));
        assert_eq!(now.users, [PresentUser { user_id: UserId(1), typing: true }]);
        assert!(now.contact_typing && now.contact_online);
        assert_eq!(present.expire(Timestamp(20)), [(THREAD, INBOX)]);
        assert!(present.of(THREAD, Timestamp(20)).users.is_empty());
        assert!(present.note(THREAD, INBOX, Participant::Contact, Presence::default(), Timestamp(0)));
        assert!(!present.note(THREAD, INBOX, Participant::Contact, Presence::default(), Timestamp(0)));
        assert!(present.expire(Timestamp(99)).is_empty());
    }
}
