//! Why a calendar did not do what it was asked to.

/// What asking a calendar returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a calendar did not do what it was asked to. No variant holds a credential or a whole reply.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The credentials are not accepted any more: whoever connected the calendar must do it again.
    #[error("the calendar's server does not accept the sign-in")]
    Unauthorized,
    /// The server was not reached, did not answer in time, or said that it cannot answer now. Asking later may help.
    #[error("the calendar's server cannot be reached: {0}")]
    Unreachable(String),
    /// There is no such calendar or event, or it may not be seen.
    #[error("there is no such calendar or event")]
    NotFound,
    /// The event has changed since it was read (an ETag that does not match, RFC 9110).
    #[error("the event was changed meanwhile")]
    Changed,
    /// The token of an earlier answer is not known any more: read everything again.
    #[error("the changes since then are not known any more")]
    TokenExpired,
    /// The server may be read and not be written to.
    #[error("the calendar cannot be written to")]
    ReadOnly,
    /// What the server said cannot be understood, or is more than is taken.
    #[error("the calendar's server said something that cannot be used: {0}")]
    Unusable(String),
}
