//! Audiences: an event has one, a socket listens to those of its actor.

use std::fmt;
use std::str::FromStr;

use types::{InboxId, Permission, RecordAccess, Subject, UserId, VisitorId};

use crate::Actor;

/// Stands for the owner in the audience of what has none.
const NOBODY: &str = "nobody";

/// An audience, as stored with an event: `inbox:1`, `records:read_contacts:1`, `user:1`,
/// `permission:read_audit`, `users`, `visitor:1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whoever may use an inbox.
    Inbox(InboxId),
    /// Whoever may use every inbox. Events are never stored with it: it listens to each [`Topic::Inbox`].
    AllInboxes,
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
            Self::Records(read, _) => Some(Self::AllRecords(*read)),
            _ => None,
        }
    }

    /// The SQL pattern (`LIKE`) of the stored topics that this one listens to beside itself.
    pub(crate) fn pattern(&self) -> Option<String> {
        match self {
            Self::AllInboxes => Some("inbox:%".to_owned()),
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
        match kind {
            "inbox" => Ok(Self::Inbox(InboxId(id()?))),
            "inboxes" => Ok(Self::AllInboxes),
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

/// Whether something for `audience` goes to a listener of `topics`.
fn reaches(topics: &[Topic], audience: Topic) -> bool {
    topics.contains(&audience) || audience.all_of_kind().is_some_and(|all| topics.contains(&all))
}

/// The audiences of an event as they are stored: their texts with a space between two.
pub(crate) fn stored(audiences: &[Topic]) -> String {
    audiences.iter().map(Topic::to_string).collect::<Vec<_>>().join(" ")
}

/// The audiences that a text stands for. One that only a newer release knows is left out: nobody here belongs to it.
pub(crate) fn parse_stored(text: &str) -> impl Iterator<Item = Topic> {
    text.split(' ').filter_map(|topic| topic.parse().ok())
}

/// Whether something with these stored audiences goes to a listener of `topics`.
pub(crate) fn reaches_one(topics: &[Topic], stored: &str) -> bool {
    parse_stored(stored).any(|audience| reaches(topics, audience))
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
        let mut subjects = vec![Subject::Everyone];
        for read in [Permission::ReadContacts, Permission::ReadCalls, Permission::ReadPrivateCalls] {
            let owners = [None, Some(UserId(1)), Some(UserId(2)), Some(UserId(3))];
            subjects.extend(owners.map(|owner| Subject::Record { read, owner }));
        }
        for id in [1, 2, 3] {
            subjects.extend([
                Subject::Thread { id: ThreadId(9), inbox: InboxId(id) },
                Subject::Inbox(InboxId(id)),
                Subject::User(UserId(id)),
                Subject::Visitor(VisitorId(id)),
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
        let others = [Topic::AllInboxes, Topic::AllRecords(Permission::ReadContacts), Topic::Control];
        for topic in subjects().iter().map(Topic::of).chain(others) {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        let several = [Topic::User(UserId(1)), Topic::Records(Permission::ReadCalls, None)];
        assert_eq!(stored(&several), "user:1 records:read_calls:nobody");
        assert_eq!(parse_stored("user:1 tomorrow:2 records:read_calls:nobody").collect::<Vec<_>>(), several);
        assert!(reaches_one(&[Topic::AllRecords(Permission::ReadCalls)], &stored(&several)));
        assert!(!reaches_one(&[Topic::User(UserId(2)), Topic::AllInboxes], &stored(&several)));
        assert_eq!("inbox:x".parse::<Topic>(), Err(UnknownTopic));
        assert_eq!("records:tomorrow:1".parse::<Topic>(), Err(UnknownTopic));
        assert_eq!("tomorrow:1".parse::<Topic>(), Err(UnknownTopic));
    }
}
