//! Coming in: sign-in, the first administrator, invitations, passwords and the second factor.

use super::Me;
use crate::wire::{paths, replies, requests};
use crate::{SessionId, Timestamp};

replies! {
    /// How the account stands before anybody signs in.
    pub struct Setup {
        /// Nobody can sign in yet: the first administrator must be created.
        pub needs_administrator: bool,
        /// The company's name, shown at sign-in.
        pub company_name: String,
        /// In a demo database alone: the sign-ins to try.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub demo_sign_ins: Vec<DemoSignIn>,
    }

    /// A sign-in of the demo.
    pub struct DemoSignIn {
        /// The user's name.
        pub name: String,
        /// The role's name.
        pub role: String,
        /// The address to sign in with.
        pub email: String,
        /// The password.
        pub password: String,
    }

    /// A fresh access token; the refresh token travels in an HttpOnly cookie.
    pub struct SessionReply {
        /// A JWT for `Authorization: Bearer`, valid for some minutes.
        pub access_token: String,
        /// When the access token ends.
        pub expires_at: Timestamp,
        /// Who signed in.
        pub me: Me,
    }

    /// One of the user's sign-ins.
    pub struct Session {
        /// The session's id.
        pub id: SessionId,
        /// Whether this is the session that asks.
        pub current: bool,
        /// The browser, as it described itself.
        pub user_agent: String,
        /// The address it was last used from.
        pub address: String,
        /// When the user signed in.
        pub created_at: Timestamp,
        /// When it was last refreshed.
        pub last_used_at: Timestamp,
    }

    /// A second factor about to be set up (RFC 6238).
    pub struct TotpSetup {
        /// The secret in Base32, to type into an authenticator.
        pub secret: String,
        /// The `otpauth://` address.
        pub otpauth_url: String,
        /// The same address as a QR code: an SVG image.
        pub qr_svg: String,
    }

    /// Codes that each stand once for the second factor. They are shown this one time.
    pub struct RecoveryCodes {
        /// The codes.
        pub codes: Vec<String>,
    }
}

requests! {
    /// The first administrator. Works once, while nobody can sign in.
    pub struct CreateFirstAdministrator {
        /// The administrator's name: 1 to 100 characters.
        pub name: String,
        /// The address to sign in with.
        pub email: String,
        /// The password: 10 to 200 characters.
        pub password: String,
        /// The company's name: 1 to 100 characters.
        pub company_name: String,
    }

    /// A sign-in.
    pub struct CreateSession {
        /// The address.
        pub email: String,
        /// The password.
        pub password: String,
        /// Six digits of the authenticator, or a recovery code, if a second factor is set up.
        pub code: Option<String>,
    }

    /// Asks for a mail with a link to set a new password.
    pub struct CreatePasswordReset {
        /// The address to sign in with. The reply is the same whether it is known or not.
        pub email: String,
    }

    /// A new password, by the link of a mail.
    pub struct CompletePasswordReset {
        /// The token of the link.
        pub token: String,
        /// The new password: 10 to 200 characters.
        pub password: String,
    }

    /// An invitation taken up.
    pub struct AcceptInvitation {
        /// The token of the link.
        pub token: String,
        /// The name to be shown: 1 to 100 characters.
        pub name: String,
        /// The password: 10 to 200 characters.
        pub password: String,
    }

    /// A new password, by the old one. Every other session of the user ends.
    pub struct ChangePassword {
        /// The password until now.
        pub current_password: String,
        /// The new password: 10 to 200 characters.
        pub new_password: String,
    }

    /// Proves that the authenticator works, and switches the second factor on.
    pub struct ConfirmTotp {
        /// Six digits of the authenticator.
        pub code: String,
    }

    /// The password again, before something that weakens the account.
    pub struct ConfirmPassword {
        /// The password.
        pub password: String,
    }
}

paths! {
    /// The id of a session.
    pub struct SessionPath {
        /// The session.
        pub session_id: SessionId,
    }
}
