//! Errors on the wire: `application/problem+json` as in RFC 9457, with a stable code and one entry per wrong field.

use crate::wire::{replies, text_enum};

text_enum! {
    /// What went wrong, in a word that never changes. Programs decide by it; people read `detail`.
    pub enum ErrorCode {
        /// The body is not JSON, or the request is malformed.
        MalformedRequest = "malformed_request",
        /// A field breaks a rule; `errors` says which and how.
        InvalidFields = "invalid_fields",
        /// No credential, or one that is not valid any more.
        Unauthenticated = "unauthenticated",
        /// Address and password do not match.
        WrongCredentials = "wrong_credentials",
        /// The password is right; a code of the second factor is needed too.
        SecondFactorRequired = "second_factor_required",
        /// The code of the second factor is wrong or was used already.
        WrongSecondFactor = "wrong_second_factor",
        /// A refresh token was used twice: the session has been ended for safety.
        SessionReused = "session_reused",
        /// The origin of the page may not do this.
        OriginRefused = "origin_refused",
        /// You may not do this.
        Forbidden = "forbidden",
        /// There is no such thing, or you may not know of it.
        NotFound = "not_found",
        /// This path has no such method.
        MethodNotAllowed = "method_not_allowed",
        /// The media type of the body is not supported here.
        UnsupportedMediaType = "unsupported_media_type",
        /// The body or file is larger than the limit.
        TooLarge = "too_large",
        /// Too many requests; try again after the seconds in `Retry-After`.
        RateLimited = "rate_limited",
        /// The signature of a callback is missing or wrong.
        SignatureRefused = "signature_refused",
        /// Something else changed in the meantime.
        Conflict = "conflict",
        /// The value is taken already.
        AlreadyExists = "already_exists",
        /// There are messages in the thread that the writer has not seen; they are in `extra.messages`.
        NewerMessages = "newer_messages",
        /// Somebody has changed the note meanwhile; what it says now is in `extra.note`.
        NewerNote = "newer_note",
        /// Somebody has changed the booking link meanwhile; what it is now is in `extra.link`.
        NewerLink = "newer_link",
        /// The account must keep at least one active super administrator.
        LastAdministrator = "last_administrator",
        /// Built-in roles cannot be changed.
        BuiltinRole = "builtin_role",
        /// The thing is still used by something else.
        InUse = "in_use",
        /// The link or token has expired or was used already.
        LinkExpired = "link_expired",
        /// The link is over: its time is, or somebody ended it.
        LinkEnded = "link_ended",
        /// The time cannot be booked any more, or never could: choose another.
        SlotTaken = "slot_taken",
        /// Times cannot be offered at the moment, because a calendar cannot be reached: leave a request.
        CalendarUnreachable = "calendar_unreachable",
        /// The address must be proved with the code that was sent to it.
        CodeRequired = "code_required",
        /// The account has been set up already.
        AlreadySetUp = "already_set_up",
        /// The user has been deactivated.
        Deactivated = "deactivated",
        /// The signed identity is missing, expired or not valid.
        IdentityRefused = "identity_refused",
        /// The same Idempotency-Key came with another request.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// The contact was merged into another one; `extra.contact_id` names it.
        ContactMerged = "contact_merged",
        /// The same file is the recording of another call; `extra.call_id` names it to whoever may know of it.
        DuplicateRecording = "duplicate_recording",
        /// The server cannot do this at the moment; try again.
        Unavailable = "unavailable",
        /// The server failed. The cause is in its log.
        Internal = "internal",
    }
}

replies! {
    /// An error reply, `application/problem+json` (RFC 9457).
    pub struct Problem {
        /// A URI that names the kind of problem: `about:blank#` and the code.
        #[serde(rename = "type")]
        pub kind: String,
        /// The kind of problem in a few words.
        pub title: String,
        /// The HTTP status.
        pub status: u16,
        /// What is wrong, and what to do about it.
        pub detail: String,
        /// The stable code to decide by.
        pub code: ErrorCode,
        /// The fields that break a rule, one entry each.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub errors: Vec<FieldError>,
        /// Facts that help to go on, such as the newer messages of a thread.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub extra: Option<serde_json::Value>,
    }

    /// A field that breaks a rule.
    pub struct FieldError {
        /// The field's name in the request; parts are joined by dots.
        pub field: String,
        /// The rule in a word that never changes, such as `required`, `too_long`, `malformed`, `taken`.
        pub code: String,
        /// The rule in a sentence.
        pub detail: String,
    }
}
