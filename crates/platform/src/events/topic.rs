//! Audiences: an event has one, a socket listens to those of its actor.

use std::fmt;
use std::str::FromStr;

use types::{InboxId, Permission, RecordAccess, Subject, UserId, VisitorId};

use crate::Actor;

/// Stands for the owner in the audience of what has none.
const NOBODY: &str = "nobody";

/// An audience, as stored with an event: `inbox:1`, `call:1`, `records:read_contacts:1`, `user:1`,
/// `permission:read_audit`, `users`, `visitor:1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whoever may use an inbox.
    Inbox(InboxId),
    /// Whoever may use every inbox. Events are never stored with it: it listens to each [`Topic::Inbox`].
    AllInboxes,
    /// Whoever may read a call of this owner.
    Call {
        /// The owner, if it has one.
        owner: Option<UserId>,
        /// Whether the call is private.
        private: bool,
    },
    /// Whoever may read the calls of others. Events are never stored with it: it listens to each [`Topic::Call`] that is
    /// not private.
    AllCalls,
    /// Whoever may read the private calls of others. It listens to each [`Topic::Call`] that is private.
    AllPrivateCalls,
    /// Whoever holds the permission and sees the records of this user, or of nobody.
    Records(Permission, Option<UserId>),
    /// Whoever holds the permission and sees everybody's records. Events are never stored with it: it listens to each
    /// [`Topic::Records`] of the permission.
    AllRecords(Permission),
    /// One user.
    User(UserId),
    /// Whoever holds a permission.
    Permission(Permission),
    /// Every user.
    Users,
    /// One visitor.
    Visitor(VisitorId),
    /// The nodes themselves, for what they do to sockets. Nobody listens to it.
    Control,
}

impl Topic {
    /// The audience of what happens to a subject.
    pub fn of(subject: &Subject) -> Self {
        match *subject {
            Subject::Thread { inbox, .. } | Subject::Inbox(inbox) => Self::Inbox(inbox),
            Subject::Call { owner, private } => Self::Call { owner, private },
            Subject::Record { read, owner } => Self::Records(read, owner),
            Subject::User(user) => Self::User(user),
            Subject::Permission(permission) => Self::Permission(permission),
            Subject::Everyone => Self::Users,
            Subject::Visitor(visitor) => Self::Visitor(visitor),
        }
    }

    /// The topic that listens to all topics of this kind.
    pub(crate) fn all_of_kind(&self) -> Option<Self> {
        match self {
            Self::Inbox(_) => Some(Self::AllInboxes),
            Self::Call { private: false, .. } => Some(Self::AllCalls),
            Self::Call { private: true, .. } => Some(Self::AllPrivateCalls),
            Self::Records(read, _) => Some(Self::AllRecords(*read)),
            _ => None,
        }
    }

    /// The SQL pattern (`LIKE`) of the stored topics that this one listens to beside itself.
    pub(crate) fn pattern(&self) -> Option<String> {
        match self {
            Self::AllInboxes => Some("inbox:%".to_owned()),
            Self::AllCalls => Some("call:%".to_owned()),
            Self::AllPrivateCalls => Some("private_call:%".to_owned()),
            Self::AllRecords(read) => Some(format!("records:{read}:%")),
            _ => None,
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inbox(id) => write!(f, "inbox:{id}"),
            Self::AllInboxes => f.write_str("inboxes"),
            Self::Call { owner, private } => {
                let kind = if *private { "private_call" } else { "call" };
                match owner {
                    Some(owner) => write!(f, "{kind}:{owner}"),
                    None => write!(f, "{kind}:{NOBODY}"),
                }
            }
            Self::AllCalls => f.write_str("calls"),
            Self::AllPrivateCalls => f.write_str("private_calls"),
            Self::Records(read, Some(owner)) => write!(f, "records:{read}:{owner}"),
            Self::Records(read, None) => write!(f, "records:{read}:{NOBODY}"),
            Self::AllRecords(read) => write!(f, "records:{read}"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Permission(permission) => write!(f, "permission:{permission}"),
            Self::Users => f.write_str("users"),
            Self::Visitor(id) => write!(f, "visitor:{id}"),
            Self::Control => f.write_str("control"),
        }
    }
}

/// Says that a text names no audience that this release knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTopic;

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(text: &str) -> Result<Self, UnknownTopic> {
        let (kind, name) = text.split_once(':').unwrap_or((text, ""));
        let id = || name.parse::<i64>().map_err(|_| UnknownTopic);
        let owner = || if name == NOBODY { Ok(None) } else { id().map(|id| Some(UserId(id))) };
        match kind {
            "inbox" => Ok(Self::Inbox(InboxId(id()?))),
            "inboxes" => Ok(Self::AllInboxes),
            "call" => Ok(Self::Call { owner: owner()?, private: false }),
            "private_call" => Ok(Self::Call { owner: owner()?, private: true }),
            "calls" => Ok(Self::AllCalls),
            "private_calls" => Ok(Self::AllPrivateCalls),
            "records" => records(name).ok_or(UnknownTopic),
            "user" => Ok(Self::User(UserId(id()?))),
            "permission" => name.parse().map(Self::Permission).map_err(|_| UnknownTopic),
            "users" => Ok(Self::Users),
            "visitor" => Ok(Self::Visitor(VisitorId(id()?))),
            "control" => Ok(Self::Control),
            _ => Err(UnknownTopic),
        }
    }
}

/// Reads what follows `records:`.
fn records(name: &str) -> Option<Topic> {
    let Some((read, owner)) = name.split_once(':') else { return name.parse().ok().map(Topic::AllRecords) };
    let owner = if owner == NOBODY { None } else { Some(UserId(owner.parse().ok()?)) };
    Some(Topic::Records(read.parse().ok()?, owner))
}

/// The audiences that an actor belongs to: exactly those of the subjects that [`Actor::may_see`] lets it see.
pub(crate) fn topics_of(actor: &Actor) -> Vec<Topic> {
    let (grants, own) = match actor {
        Actor::Anonymous { .. } | Actor::System => return Vec::new(),
        Actor::Visitor(visitor) => return vec![Topic::Visitor(visitor.id)],
        Actor::User(user) => (&user.grants, Some(Topic::User(user.id))),
        Actor::Token(token) => (&token.grants, None),
    };
    let mut topics = vec![Topic::Users];
    topics.extend(own);
    topics.extend(grants.permissions.iter().copied().map(Topic::Permission));
    if grants.permissions.contains(&Permission::ReadThreads) {
        if grants.all_inboxes {
            topics.push(Topic::AllInboxes);
        } else {
            topics.extend(grants.inboxes.iter().copied().map(Topic::Inbox));
        }
    }
    topics.extend(calls_of(actor));
    for read in grants.permissions.iter().copied().filter(|permission| permission.reads_records()) {
        if grants.record_access == RecordAccess::Everything {
            topics.push(Topic::AllRecords(read));
        } else {
            topics.push(Topic::Records(read, None));
            topics.extend(
                actor.record_owners().into_iter().flatten().map(|owner| Topic::Records(read, Some(owner))),
            );
        }
    }
    topics
}

/// The audiences of calls: all of a kind, or else of one's own, so that nobody listens to the same call twice.
fn calls_of(actor: &Actor) -> impl Iterator<Item = Topic> {
    let own_id = match actor {
        Actor::User(user) => Some(user.id),
        _ => None,
    };
    let kinds = [
        (false, Permission::ReadCalls, Topic::AllCalls),
        (true, Permission::ReadPrivateCalls, Topic::AllPrivateCalls),
    ];
    kinds.into_iter().filter_map(move |(private, read, all)| {
        if actor.has(read) { Some(all) } else { own_id.map(|id| Topic::Call { owner: Some(id), private }) }
    })
}

/// Whether something for `audience` goes to a listener of `topics`.
#[cfg(test)]
fn reaches(topics: &[Topic], audience: Topic) -> bool {
    topics.contains(&audience) || audience.all_of_kind().is_some_and(|all| topics.contains(&all))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;

    use types::{ApiTokenId, ContactId, SessionId, ThreadId, VisitorSessionId, WidgetId};

    use super::*;
    use crate::{Grants, TokenActor, UserActor, VisitorActor};

    fn actors() -> Vec<Actor> {
        let mut actors = vec![
            Actor::Anonymous { address: IpAddr::V4(Ipv4Addr::LOCALHOST) },
            Actor::Visitor(VisitorActor {
                id: VisitorId(1),
                session_id: VisitorSessionId(1),
                widget_id: WidgetId(1),
                contact_id: ContactId(1),
            }),
        ];
        let some = [Permission::ReadThreads, Permission::ReadCalls, Permission::ReadPrivateCalls];
        let sets = some.map(|one| vec![one]).into_iter().chain([vec![], Permission::ALL.to_vec()]);
        for permissions in sets {
            for (inboxes, all_inboxes, record_access) in [
                (vec![], false, RecordAccess::Own),
                (vec![InboxId(1)], false, RecordAccess::Team),
                (vec![], true, RecordAccess::Everything),
            ] {
                let grants = Arc::new(Grants {
                    permissions: permissions.iter().copied().collect(),
                    inboxes: inboxes.into_iter().collect(),
                    all_inboxes,
                    record_access,
                    teammates: [UserId(2)].into(),
                });
                actors.push(Actor::User(UserActor {
                    id: UserId(1),
                    name: "Ann".into(),
                    session_id: SessionId(1),
                    grants: Arc::clone(&grants),
                }));
                actors.push(Actor::Token(TokenActor {
                    id: ApiTokenId(1),
                    name: "export".into(),
                    user_id: UserId(1),
                    grants,
                }));
            }
        }
        actors
    }

    fn subjects() -> Vec<Subject> {
        let mut subjects = vec![Subject::Everyone, Subject::Call { owner: None, private: false }];
        let read = Permission::ReadContacts;
        subjects.push(Subject::Record { read, owner: None });
        for id in [1, 2, 3] {
            subjects.extend([
                Subject::Record { read, owner: Some(UserId(id)) },
                Subject::Thread { id: ThreadId(9), inbox: InboxId(id) },
                Subject::Inbox(InboxId(id)),
                Subject::User(UserId(id)),
                Subject::Visitor(VisitorId(id)),
                Subject::Call { owner: Some(UserId(id)), private: false },
                Subject::Call { owner: Some(UserId(id)), private: true },
            ]);
        }
        subjects.extend(Permission::ALL.iter().copied().map(Subject::Permission));
        subjects
    }

    #[test]
    fn an_actor_listens_to_exactly_what_it_may_see() {
        for actor in actors() {
            let topics = topics_of(&actor);
            for subject in subjects() {
                assert_eq!(
                    reaches(&topics, Topic::of(&subject)),
                    actor.may_see(&subject),
                    "{actor:?} {subject:?}"
                );
            }
        }
    }

    #[test]
    fn a_topic_comes_back_from_its_text() {
        let others = [
            Topic::AllInboxes,
            Topic::AllCalls,
            Topic::AllPrivateCalls,
            Topic::AllRecords(Permission::ReadContacts),
            Topic::Control,
        ];
        for topic in subjects().iter().map(Topic::of).chain(others) {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        assert_eq!("inbox:x".parse::<Topic>(), Err(UnknownTopic));
        assert_eq!("records:tomorrow:1".parse::<Topic>(), Err(UnknownTopic));
        assert_eq!("tomorrow:1".parse::<Topic>(), Err(UnknownTopic));
    }
}
