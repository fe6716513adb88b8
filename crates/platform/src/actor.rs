//! Who acts: a user, an API token, a visitor, the system itself, or somebody who has not said.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::Arc;

use types::{
    ApiTokenId, ContactId, InboxId, Permission, PermissionSet, RecordAccess, SessionId, Subject, UserId,
    VisitorId, VisitorSessionId, WidgetId,
};

use crate::{Error, Result};

/// What a user or a token may do, loaded when they are authenticated.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grants {
    /// Everything the role allows, narrowed to the token's scopes.
    pub permissions: PermissionSet,
    /// The inboxes they are a member of.
    pub inboxes: BTreeSet<InboxId>,
    /// Whether they may use every inbox.
    pub all_inboxes: bool,
    /// Whose records they see, beside those that nobody looks after.
    pub record_access: RecordAccess,
    /// The members of their teams, when `record_access` is [`RecordAccess::Team`].
    pub teammates: BTreeSet<UserId>,
}

/// A signed-in user.
#[derive(Clone, Debug)]
pub struct UserActor {
    /// The user.
    pub id: UserId,
    /// The user's name, for the audit log.
    pub name: Arc<str>,
    /// The sign-in.
    pub session_id: SessionId,
    /// What they may do.
    pub grants: Arc<Grants>,
}

/// An API token, which acts for the user who made it.
#[derive(Clone, Debug)]
pub struct TokenActor {
    /// The token.
    pub id: ApiTokenId,
    /// The token's name, for the audit log.
    pub name: Arc<str>,
    /// The user who made it.
    pub user_id: UserId,
    /// What it may do: never more than that user.
    pub grants: Arc<Grants>,
}

/// A visitor of a customer's site, in one browser.
#[derive(Clone, Copy, Debug)]
pub struct VisitorActor {
    /// The visitor.
    pub id: VisitorId,
    /// The visitor's session.
    pub session_id: VisitorSessionId,
    /// The chat widget they use.
    pub widget_id: WidgetId,
    /// The contact they are.
    pub contact_id: ContactId,
}

/// Who acts.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody without a credential: at sign-in, password reset, the start of a visitor's session.
    Anonymous {
        /// Where the request came from.
        address: IpAddr,
    },
    /// A signed-in user.
    User(UserActor),
    /// A program with an API token.
    Token(TokenActor),
    /// A visitor of a customer's site.
    Visitor(VisitorActor),
    /// Rapport itself: jobs, periodic work, the command line.
    System,
}

impl Actor {
    fn grants(&self) -> Option<&Grants> {
        match self {
            Self::User(user) => Some(&user.grants),
            Self::Token(token) => Some(&token.grants),
            Self::Anonymous { .. } | Self::Visitor(_) | Self::System => None,
        }
    }

    /// Whether they have a permission. The system has every one.
    pub fn has(&self, permission: Permission) -> bool {
        match self {
            Self::System => true,
            _ => self.grants().is_some_and(|grants| grants.permissions.contains(&permission)),
        }
    }

    /// Insists on a permission.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without it, [`Error::Unauthenticated`] for somebody who has not signed in.
    pub fn require(&self, permission: Permission) -> Result<()> {
        match self {
            Self::Anonymous { .. } => Err(Error::Unauthenticated),
            _ if self.has(permission) => Ok(()),
            _ => Err(Error::Forbidden(permission)),
        }
    }

    /// The user who acts, or for whom a token acts.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for anybody else.
    pub fn user_id(&self) -> Result<UserId> {
        match self {
            Self::User(user) => Ok(user.id),
            Self::Token(token) => Ok(token.user_id),
            _ => Err(Error::Unauthenticated),
        }
    }

    /// The visitor who acts.
    ///
    /// # Errors
    /// [`Error::Unauthenticated`] for anybody else.
    pub fn visitor(&self) -> Result<&VisitorActor> {
        match self {
            Self::Visitor(visitor) => Ok(visitor),
            _ => Err(Error::Unauthenticated),
        }
    }

    /// Whether they may use an inbox: as a member, or because they may use every one.
    pub fn may_use_inbox(&self, inbox: InboxId) -> bool {
        match self {
            Self::System => true,
            _ => self.grants().is_some_and(|g| g.all_inboxes || g.inboxes.contains(&inbox)),
        }
    }

    /// Whether something is the signed-in user's own. A program owns nothing: it may do what its scopes name.
    pub fn owns(&self, owner: Option<UserId>) -> bool {
        matches!(self, Self::User(user) if owner == Some(user.id))
    }

    /// The users whose records they see, beside those that nobody looks after; `None` when they see everybody's.
    pub fn record_owners(&self) -> Option<BTreeSet<UserId>> {
        let Some(grants) = self.grants() else {
            return if matches!(self, Self::System) { None } else { Some(BTreeSet::new()) };
        };
        let own = self.user_id().ok();
        match grants.record_access {
            RecordAccess::Everything => None,
            RecordAccess::Team => Some(grants.teammates.iter().copied().chain(own).collect()),
            RecordAccess::Own => Some(own.into_iter().collect()),
        }
    }

    /// Whether they see the records that this user looks after, or nobody. What reading them needs beside is for the
    /// caller to ask.
    pub fn sees_records_of(&self, owner: Option<UserId>) -> bool {
        let Some(grants) = self.grants() else { return matches!(self, Self::System) };
        let Some(owner) = owner else { return true };
        match grants.record_access {
            RecordAccess::Everything => true,
            RecordAccess::Team => {
                self.user_id().is_ok_and(|own| own == owner) || grants.teammates.contains(&owner)
            }
            RecordAccess::Own => self.user_id().is_ok_and(|own| own == owner),
        }
    }

    /// Whose records they see. The system sees everybody's.
    pub fn record_access(&self) -> RecordAccess {
        match self {
            Self::System => RecordAccess::Everything,
            _ => self.grants().map_or(RecordAccess::Own, |grants| grants.record_access),
        }
    }

    /// Whether they may see a thing. The one rule for reading it and for being told of it.
    pub fn may_see(&self, subject: &Subject) -> bool {
        match (self, subject) {
            (Self::System, _) => true,
            (Self::Anonymous { .. }, _) => false,
            (Self::Visitor(visitor), Subject::Visitor(id)) => visitor.id == *id,
            (Self::Visitor(_), _) | (_, Subject::Visitor(_)) => false,
            (_, Subject::Thread { inbox, .. } | Subject::Inbox(inbox)) => {
                self.has(Permission::ReadThreads) && self.may_use_inbox(*inbox)
            }
            (_, Subject::Record { read, owner }) => {
                read.reads_records() && self.has(*read) && self.sees_records_of(*owner)
            }
            (Self::User(user), Subject::User(id)) => user.id == *id,
            // A token sees what its scopes name; what concerns its user alone stays with the user.
            (Self::Token(_), Subject::User(_)) => false,
            (_, Subject::Permission(permission)) => self.has(*permission),
            (_, Subject::Everyone) => true,
        }
    }

    /// A text that names the actor: `user:1`, `token:2`, `visitor:3`, `system`, `anonymous:203.0.113.9`. Replies kept
    /// for idempotency and audit entries carry it.
    pub fn key(&self) -> String {
        match self {
            Self::Anonymous { address } => format!("anonymous:{address}"),
            Self::User(user) => format!("user:{}", user.id),
            Self::Token(token) => format!("token:{}", token.id),
            Self::Visitor(visitor) => format!("visitor:{}", visitor.id),
            Self::System => "system".to_owned(),
        }
    }

    /// The name that the audit log shows.
    pub fn name(&self) -> &str {
        match self {
            Self::User(user) => &user.name,
            Self::Token(token) => &token.name,
            Self::Anonymous { .. } | Self::Visitor(_) | Self::System => "",
        }
    }
}
