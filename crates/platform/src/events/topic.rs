//! Audiences: an event has one, a socket listens to those of its actor.

use std::fmt;
use std::str::FromStr;

use types::{InboxId, Permission, Subject, UserId, VisitorId};

use crate::Actor;

/// An audience, as stored with an event: `inbox:1`, `user:1`, `permission:read_audit`, `users`, `visitor:1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Whoever may use an inbox.
    Inbox(InboxId),
    /// Whoever may use every inbox. Events are never stored with it: it listens to each [`Topic::Inbox`].
    AllInboxes,
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
            Subject::User(user) => Self::User(user),
            Subject::Permission(permission) => Self::Permission(permission),
            Subject::Everyone => Self::Users,
            Subject::Visitor(visitor) => Self::Visitor(visitor),
        }
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inbox(id) => write!(f, "inbox:{id}"),
            Self::AllInboxes => f.write_str("inboxes"),
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
            "user" => Ok(Self::User(UserId(id()?))),
            "permission" => name.parse().map(Self::Permission).map_err(|_| UnknownTopic),
            "users" => Ok(Self::Users),
            "visitor" => Ok(Self::Visitor(VisitorId(id()?))),
            "control" => Ok(Self::Control),
            _ => Err(UnknownTopic),
        }
    }
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
    topics
}

/// Whether something for `audience` goes to a listener of `topics`.
#[cfg(test)]
fn reaches(topics: &[Topic], audience: Topic) -> bool {
    topics.contains(&audience) || (matches!(audience, Topic::Inbox(_)) && topics.contains(&Topic::AllInboxes))
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
        for permissions in [vec![], vec![Permission::ReadThreads], Permission::ALL.to_vec()] {
            for (inboxes, all_inboxes) in [(vec![], false), (vec![InboxId(1)], false), (vec![], true)] {
                let grants = Arc::new(Grants {
                    permissions: permissions.iter().copied().collect(),
                    inboxes: inboxes.into_iter().collect(),
                    all_inboxes,
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
        for id in [1, 2] {
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
        let others = [Topic::AllInboxes, Topic::Control];
        for topic in subjects().iter().map(Topic::of).chain(others) {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
        assert_eq!("inbox:x".parse::<Topic>(), Err(UnknownTopic));
        assert_eq!("tomorrow:1".parse::<Topic>(), Err(UnknownTopic));
    }
}
