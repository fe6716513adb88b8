//! The one error of every operation. `web` alone turns it into a reply; a cause goes to the log, never to the client.

use db::{OperationError, Verdict};
use types::{ErrorCode, FieldError, Permission};

/// What an operation returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A cause that only the log sees.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Why an operation did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the actor may not know that there is (404).
    #[error("not found")]
    NotFound,
    /// The actor may not do this (403).
    #[error("the permission {0} is missing")]
    Forbidden(Permission),
    /// No credential, or one that is not valid any more (401).
    #[error("not signed in")]
    Unauthenticated,
    /// Fields break rules, one entry each (422).
    #[error("{}", fields(.0))]
    Invalid(Vec<FieldError>),
    /// It does not fit what is there (409).
    #[error("{detail}")]
    Conflict {
        /// The stable code to decide by.
        code: ErrorCode,
        /// What is in the way, and what to do about it.
        detail: String,
        /// Facts that help to go on, such as the newer messages of a thread.
        extra: Option<serde_json::Value>,
    },
    /// Too many requests (429).
    #[error("too many requests; try again in {retry_after_seconds} s")]
    RateLimited {
        /// After how many seconds to try again.
        retry_after_seconds: u64,
    },
    /// A body or file is larger than allowed (413).
    #[error("larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// The server cannot do this at the moment (503).
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// The server failed (500).
    #[error("internal error: {0}")]
    Internal(Cause),
}

fn fields(errors: &[FieldError]) -> String {
    errors.iter().map(|e| format!("{}: {}", e.field, e.detail)).collect::<Vec<_>>().join("; ")
}

impl Error {
    /// One field breaks a rule. For several at once, or a code other than `invalid`, build [`Error::Invalid`].
    pub fn invalid(field: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError {
            field: field.to_owned(),
            code: "invalid".to_owned(),
            detail: detail.into(),
        }])
    }

    /// It does not fit what is there.
    pub fn conflict(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Conflict { code, detail: detail.into(), extra: None }
    }

    /// The server failed for a reason that only the log sees.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// Whether a unique constraint was broken: somebody else has the value already.
    pub fn is_taken(&self) -> bool {
        use diesel::result::{DatabaseErrorKind::UniqueViolation, Error::DatabaseError};
        matches!(self.query(), Some(DatabaseError(UniqueViolation, _)))
    }

    fn query(&self) -> Option<&diesel::result::Error> {
        match self {
            Self::Internal(cause) => cause.downcast_ref(),
            _ => None,
        }
    }

    /// The same error as whoever asked should see it: a database that broke down is one that cannot be used at the
    /// moment, and the request may be repeated.
    pub(crate) fn after_transaction(self) -> Self {
        match self.verdict() {
            Verdict::Refused => self,
            Verdict::Retry | Verdict::Broken => {
                tracing::warn!(cause = %self, "the database failed");
                Self::Unavailable("the database cannot be used at the moment; try again".to_owned())
            }
        }
    }
}

impl OperationError for Error {
    fn verdict(&self) -> Verdict {
        self.query().map_or(Verdict::Refused, db::judge)
    }
}

impl From<diesel::result::Error> for Error {
    fn from(cause: diesel::result::Error) -> Self {
        match cause {
            diesel::result::Error::NotFound => Self::NotFound,
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<db::Error> for Error {
    fn from(cause: db::Error) -> Self {
        match cause {
            db::Error::Query(query) => query.into(),
            db::Error::Busy { .. } | db::Error::Unavailable(_) | db::Error::Closed => {
                Self::Unavailable(cause.to_string())
            }
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(cause: serde_json::Error) -> Self {
        Self::Internal(Box::new(cause))
    }
}

impl From<db::MalformedCursor> for Error {
    fn from(cause: db::MalformedCursor) -> Self {
        Self::invalid("cursor", cause.to_string())
    }
}
