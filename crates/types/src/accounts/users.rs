//! Who there is: users, teams, roles and API tokens.

use crate::wire::{paths, queries, replies, requests, text_enum};
use crate::{ApiTokenId, BuiltinRole, PermissionSet, RecordAccess, RoleId, TeamId, Timestamp, UserId};

text_enum! {
    /// Where a user stands.
    pub enum UserState {
        /// Invited, has not set a password yet.
        Invited = "invited",
        /// May sign in.
        Active = "active",
        /// May not sign in; what the user wrote stays.
        Deactivated = "deactivated",
    }
}

replies! {
    /// Somebody who signs in.
    pub struct User {
        /// The user's id.
        pub id: UserId,
        /// The name shown to colleagues and visitors.
        pub name: String,
        /// The address to sign in with.
        pub email: String,
        /// The role.
        pub role_id: RoleId,
        /// Where the user stands.
        pub state: UserState,
        /// When the user was invited or created.
        pub created_at: Timestamp,
        /// When the user was last seen; absent if never.
        pub last_seen_at: Option<Timestamp>,
    }

    /// A team.
    pub struct Team {
        /// The team's id.
        pub id: TeamId,
        /// The name.
        pub name: String,
        /// Its members.
        pub member_ids: Vec<UserId>,
    }

    /// A role: a named set of permissions.
    pub struct Role {
        /// The role's id.
        pub id: RoleId,
        /// The name.
        pub name: String,
        /// Set on the roles that come with Rapport and cannot be changed.
        pub builtin: Option<BuiltinRole>,
        /// What its users may do.
        pub permissions: PermissionSet,
        /// Whose records its users see.
        #[serde(default)]
        pub record_access: RecordAccess,
        /// How many users have it.
        pub user_count: i64,
    }

    /// A token for programs. Its secret is not in here: it is shown once, when the token is made.
    pub struct ApiToken {
        /// The token's id.
        pub id: ApiTokenId,
        /// What it is for.
        pub name: String,
        /// The beginning of the secret, to recognise it by.
        pub prefix: String,
        /// What it may do; never more than its maker may.
        pub scopes: PermissionSet,
        /// Who made it, and whose inboxes it may use.
        pub user_id: UserId,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last used, to within a minute.
        pub last_used_at: Option<Timestamp>,
        /// When it ends; absent if never.
        pub expires_at: Option<Timestamp>,
    }

    /// A new API token with its secret, which is never shown again.
    pub struct NewApiToken {
        /// The token.
        pub token: ApiToken,
        /// The secret for `Authorization: Bearer`.
        pub secret: String,
    }
}

requests! {
    /// An invitation.
    pub struct CreateUser {
        /// The name: 1 to 100 characters.
        pub name: String,
        /// The address the invitation goes to, and to sign in with.
        pub email: String,
        /// The role.
        pub role_id: RoleId,
        /// The teams to join.
        #[serde(default)]
        pub team_ids: Vec<TeamId>,
    }

    /// Changes of a user; what is left out stays.
    pub struct UpdateUser {
        /// The name: 1 to 100 characters.
        pub name: Option<String>,
        /// The role.
        pub role_id: Option<RoleId>,
    }

    /// A team to be, or the whole of what a team shall be.
    pub struct SaveTeam {
        /// The name: 1 to 100 characters, no two teams the same.
        pub name: String,
        /// The members.
        pub member_ids: Vec<UserId>,
    }

    /// A custom role to be, or the whole of what it shall be.
    pub struct SaveRole {
        /// The name: 1 to 100 characters, no two roles the same.
        pub name: String,
        /// What its users may do.
        pub permissions: PermissionSet,
        /// Whose records its users see; everybody's unless told.
        #[serde(default)]
        pub record_access: RecordAccess,
    }

    /// A new API token.
    pub struct CreateApiToken {
        /// What it is for: 1 to 100 characters.
        pub name: String,
        /// What it may do: at least one permission, and only ones that you hold.
        pub scopes: PermissionSet,
        /// When it ends; absent for never.
        pub expires_at: Option<Timestamp>,
    }
}

queries! {
    /// Which users.
    pub struct ListUsers {
        /// `next_cursor` of the page before.
        pub cursor: Option<String>,
        /// 1 to 200; 50 unless told.
        pub limit: Option<u16>,
        /// Only users in this state.
        pub state: Option<UserState>,
    }
}

paths! {
    /// The id of a user.
    pub struct UserPath {
        /// The user.
        pub user_id: UserId,
    }

    /// The id of a team.
    pub struct TeamPath {
        /// The team.
        pub team_id: TeamId,
    }

    /// The id of a role.
    pub struct RolePath {
        /// The role.
        pub role_id: RoleId,
    }

    /// The id of an API token.
    pub struct ApiTokenPath {
        /// The token.
        pub token_id: ApiTokenId,
    }
}
