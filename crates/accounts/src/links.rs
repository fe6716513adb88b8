//! One-time links: what proves that somebody reads the mails of an address.

use platform::{Result, Tx};
use types::UserId;

use crate::store;
use crate::token::{hash_token, new_token};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To set a first password.
    Invitation,
    /// To set a new password.
    PasswordReset,
}

impl Purpose {
    /// The word in the database, which is also the purpose of the mail.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// The page of the app that the link opens.
    const fn page(self) -> &'static str {
        match self {
            Self::Invitation => "accept-invitation",
            Self::PasswordReset => "reset-password",
        }
    }
}

/// Makes a link for a user; earlier ones for the same purpose stop working. Returns its URL.
///
/// The token stands in the fragment, which browsers send to no server.
pub(crate) fn make(tx: &mut Tx<'_>, user: UserId, purpose: Purpose) -> Result<String> {
    let config = tx.ctx().config();
    let hours = match purpose {
        Purpose::Invitation => config.sessions.invitation_hours,
        Purpose::PasswordReset => config.sessions.reset_link_hours,
    };
    let app = config.server.app_url();
    let token = new_token();
    let url = format!("{app}/{}#{token}", purpose.page());
    let expires_at = tx.now().plus_seconds(hours * 60 * 60);
    store::links::replace(tx, user, purpose, hash_token(&token), expires_at)?;
    Ok(url)
}
