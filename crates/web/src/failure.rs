//! Why a request was not answered as asked, as a problem document (RFC 9457).

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use platform::Error;
use types::{ErrorCode, FieldError, Problem};

/// A failed request. Handlers get one from an operation's [`Error`] by `?`.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// What an operation returned.
    #[error(transparent)]
    Operation(#[from] Error),
    /// The request itself cannot be accepted.
    #[error("{detail}")]
    Request {
        /// The stable code, which decides the status.
        code: ErrorCode,
        /// What is wrong, and what to do about it.
        detail: String,
    },
    /// There is something at this path, but not for this method.
    #[error("the method is not allowed here")]
    MethodNotAllowed {
        /// The methods that are, as in the header `Allow`.
        allow: String,
    },
}

impl Failure {
    /// A request that cannot be accepted.
    pub fn request(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self::Request { code, detail: detail.into() }
    }

    /// The cause that only the log sees, if the server failed.
    pub fn cause(&self) -> Option<&platform::Cause> {
        match self {
            Self::Operation(Error::Internal(cause)) => Some(cause),
            _ => None,
        }
    }

    /// The problem that the client is told of.
    pub fn problem(&self) -> Problem {
        let (code, detail, errors, extra) = self.parts();
        let words = code.as_str().replace('_', " ");
        let (first, rest) = words.split_at(words.len().min(1));
        Problem {
            kind: format!("about:blank#{code}"),
            title: first.to_uppercase() + rest,
            status: status_of(code).as_u16(),
            detail,
            code,
            errors,
            extra,
        }
    }

    fn parts(&self) -> (ErrorCode, String, Vec<FieldError>, Option<serde_json::Value>) {
        let plain = |code, detail: &str| (code, detail.to_owned(), Vec::new(), None);
        let error = match self {
            Self::Request { code, detail } => return plain(*code, detail),
            Self::MethodNotAllowed { .. } => {
                return plain(ErrorCode::MethodNotAllowed, "This path has no such method.");
            }
            Self::Operation(error) => error,
        };
        match error {
            Error::NotFound => {
                plain(ErrorCode::NotFound, "There is no such thing, or you may not know of it.")
            }
            Error::Forbidden(permission) => {
                plain(ErrorCode::Forbidden, &format!("You need the permission {permission}."))
            }
            Error::Unauthenticated => {
                plain(ErrorCode::Unauthenticated, "Sign in, and send the token as Authorization: Bearer.")
            }
            Error::Invalid(errors) => {
                // A rule that has a code of its own, such as a reused key, is told by that code.
                let own = match errors.as_slice() {
                    [only] => only.code.parse().ok(),
                    _ => None,
                };
                (own.unwrap_or(ErrorCode::InvalidFields), error.to_string(), errors.clone(), None)
            }
            Error::Conflict { code, detail, extra } => (*code, detail.clone(), Vec::new(), extra.clone()),
            Error::RateLimited { .. } => plain(ErrorCode::RateLimited, &error.to_string()),
            Error::TooLarge { .. } => plain(ErrorCode::TooLarge, &error.to_string()),
            Error::Unavailable(_) => {
                plain(ErrorCode::Unavailable, "The server cannot do this at the moment; try again.")
            }
            Error::Internal(_) => plain(ErrorCode::Internal, "The server failed. The cause is in its log."),
        }
    }
}

/// The status that goes with a code: the one table.
const fn status_of(code: ErrorCode) -> StatusCode {
    use ErrorCode::*;
    match code {
        MalformedRequest => StatusCode::BAD_REQUEST,
        Unauthenticated | WrongCredentials | SecondFactorRequired | WrongSecondFactor | SessionReused
        | IdentityRefused => StatusCode::UNAUTHORIZED,
        OriginRefused | Forbidden | Deactivated | SignatureRefused => StatusCode::FORBIDDEN,
        NotFound => StatusCode::NOT_FOUND,
        MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Conflict | AlreadyExists | NewerMessages | NewerNote | NewerLink | LastAdministrator
        | BuiltinRole | InUse | LinkExpired | AlreadySetUp | ContactMerged | DuplicateRecording
        | SlotTaken | CalendarUnreachable | CodeRequired => StatusCode::CONFLICT,
        LinkEnded => StatusCode::GONE,
        TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        InvalidFields | IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        status_of(self.parts().0)
    }

    fn error_response(&self) -> HttpResponse {
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut reply = HttpResponse::build(status);
        reply.insert_header((header::CACHE_CONTROL, "no-store"));
        match self {
            Self::Operation(Error::RateLimited { retry_after_seconds }) => {
                reply.insert_header((header::RETRY_AFTER, retry_after_seconds.to_string()));
            }
            Self::Operation(Error::Unavailable(_)) => {
                reply.insert_header((header::RETRY_AFTER, "1"));
            }
            Self::MethodNotAllowed { allow } => {
                reply.insert_header((header::ALLOW, allow.as_str()));
            }
            _ => {}
        }
        if status == StatusCode::UNAUTHORIZED {
            reply.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let body = serde_json::to_string(&problem).unwrap_or_default();
        reply.insert_header((header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")));
        reply.body(body)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;

    use super::*;

    async fn sent(failure: Failure) -> (HttpResponse<()>, Problem) {
        let (head, body) = failure.error_response().into_parts();
        let problem = serde_json::from_slice(&to_bytes(body).await.unwrap()).unwrap();
        (head, problem)
    }

    #[actix_web::test]
    async fn a_cause_never_leaves_the_process() {
        let (reply, problem) = sent(Error::internal("password of the database").into()).await;
        assert_eq!(reply.status(), 500);
        assert_eq!(reply.headers().get("content-type").unwrap(), "application/problem+json");
        assert!(!serde_json::to_string(&problem).unwrap().contains("password"));
        assert_eq!(problem.title, "Internal");
    }

    #[actix_web::test]
    async fn each_wrong_field_is_named() {
        let (reply, problem) = sent(Error::invalid("name", "must not be empty").into()).await;
        assert_eq!((reply.status().as_u16(), problem.status), (422, 422));
        assert_eq!(problem.kind, "about:blank#invalid_fields");
        assert_eq!(problem.errors[0].field, "name");
    }

    #[actix_web::test]
    async fn the_code_decides_the_status() {
        let (reply, _) = sent(Error::conflict(ErrorCode::WrongCredentials, "no").into()).await;
        assert_eq!(reply.status(), 401);
        assert_eq!(reply.headers().get("www-authenticate").unwrap(), "Bearer");
        let (reply, problem) = sent(Error::RateLimited { retry_after_seconds: 7 }.into()).await;
        assert_eq!(reply.headers().get("retry-after").unwrap(), "7");
        assert_eq!(problem.code, ErrorCode::RateLimited);
        let (reply, _) = sent(Failure::MethodNotAllowed { allow: "GET".to_owned() }).await;
        assert_eq!(
            (reply.status().as_u16(), reply.headers().get("allow").unwrap().as_bytes()),
            (405, &b"GET"[..])
        );
    }

    #[actix_web::test]
    async fn a_rule_with_a_code_of_its_own_is_told_by_it() {
        let reused = Error::Invalid(vec![FieldError {
            field: "Idempotency-Key".to_owned(),
            code: ErrorCode::IdempotencyKeyReused.to_string(),
            detail: "choose a new one".to_owned(),
        }]);
        let (reply, problem) = sent(reused.into()).await;
        assert_eq!((reply.status().as_u16(), problem.code), (422, ErrorCode::IdempotencyKeyReused));
    }
}
