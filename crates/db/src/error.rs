//! What can go wrong with the database, and what it means for the transaction it happened in.

use diesel::result::{DatabaseErrorKind, Error as QueryError};

/// A failure of the database itself.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Too many operations wait already; try again later.
    #[error("{waiting} operations wait for the database already")]
    Busy {
        /// How many operations wait.
        waiting: usize,
    },
    /// The database cannot be reached, the connection was lost, or the commit that this operation shared failed.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database has been closed because the process is stopping.
    #[error("the database has been closed")]
    Closed,
    /// A query failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The URL names no engine that Rapport knows.
    #[error("a database URL starts with sqlite:// or postgres://")]
    Url,
    /// A migration cannot be applied, or the schema is not one this binary knows.
    #[error("{0}")]
    Migration(String),
    /// A file cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: String,
        /// The system's error.
        cause: std::io::Error,
    },
}

impl Error {
    pub(crate) fn connect(cause: diesel::ConnectionError) -> Self {
        Self::Unavailable(cause.to_string())
    }
}

/// What the failure of an operation means for the transaction it ran in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The operation was refused; what it wrote is rolled back and nothing else is touched.
    Refused,
    /// Two transactions got into each other's way: run the operation again.
    Retry,
    /// The connection or the transaction cannot be trusted any more.
    Broken,
}

/// An error that an operation on the database may return.
pub trait OperationError: From<Error> + From<QueryError> + Send + 'static {
    /// What it means for the transaction.
    fn verdict(&self) -> Verdict;
}

impl OperationError for Error {
    fn verdict(&self) -> Verdict {
        match self {
            Self::Query(cause) => judge(cause),
            Self::Unavailable(_) | Self::Closed => Verdict::Broken,
            _ => Verdict::Refused,
        }
    }
}

/// What a query's failure means for its transaction: a broken constraint or a missing row concerns the operation
/// alone, a serialization failure or deadlock (SQLSTATE 40001, 40P01) asks for another run, and anything else the
/// database says (disk full, input/output error, connection lost) leaves the transaction in doubt.
pub fn judge(error: &QueryError) -> Verdict {
    match error {
        QueryError::DatabaseError(kind, info) => match kind {
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::ExclusionViolation
            | DatabaseErrorKind::RestrictViolation => Verdict::Refused,
            DatabaseErrorKind::SerializationFailure => Verdict::Retry,
            _ if info.message() == "deadlock detected" => Verdict::Retry,
            _ => Verdict::Broken,
        },
        QueryError::NotFound
        | QueryError::QueryBuilderError(_)
        | QueryError::DeserializationError(_)
        | QueryError::SerializationError(_)
        | QueryError::InvalidCString(_) => Verdict::Refused,
        _ => Verdict::Broken,
    }
}
